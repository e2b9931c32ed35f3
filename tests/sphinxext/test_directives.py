"""The extension as Sphinx and its users find it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sphinxext.projects import Project, directive

from govopen.sphinxext import directives
from govopen.sphinxext.objects import Kind
from govopen.sphinxext.pages import PAGES

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "sphinx.md"


def test_naming_the_package_loads_nothing_yet() -> None:
    code = "import sys, govopen.sphinxext; print(sorted({'sphinx', 'docutils', 'attrs'} & set(sys.modules)))"

    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    assert printed.strip() == "[]"


@pytest.mark.parametrize("named", ["govopen.sphinxext.directives", "govopen.sphinxext"])
def test_a_project_names_the_package_or_the_module_of_the_directives_or_both(tmp_path: Path, named: str) -> None:
    project = Project.make(tmp_path, {"index": "# Workflows\n\n" + directive("govopen-workflow", "secrecy")})
    conf = tmp_path / "conf.py"
    conf.write_text(f"{conf.read_text(encoding='utf-8')}\nextensions[0] = {named!r}\n", encoding="utf-8")
    if named == "govopen.sphinxext":
        conf.write_text(
            f"{conf.read_text(encoding='utf-8')}\nextensions.append('govopen.sphinxext.directives')\n", "utf-8"
        )

    built = project.build()

    assert built.warnings == ""
    assert "<svg" in built.text("index.html")


def test_every_directive_and_role_is_documented() -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(govopen-[a-z]+)` \|", page, re.MULTILINE))

    assert described == {*PAGES, "govopen-table"}
    assert set(re.findall(r"^\| `gov:([a-z]+)` \|", page, re.MULTILINE)) == {kind.value for kind in Kind}
    assert [name for name in described if f"``{name}``" not in str(directives.__doc__)] == []
