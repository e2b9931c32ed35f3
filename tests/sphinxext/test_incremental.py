"""What is read again after a change, and that several processes read the same as one."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from sphinx.environment import BuildEnvironment
from tests.sphinxext.projects import Project, described, directive
from tests.sphinxext.test_pages import INSTRUMENT, UNIT_RULE

from govopen.sphinxext.building import DOMAIN
from govopen.sphinxext.domain import GovDomain

MODULE = "unit_rules_of_test_incremental"

PAGES = {
    "bureau": "# Bureau\n\n" + directive("govopen-instruments", "bureau-2024"),
    "city": "# City\n\n" + directive("govopen-instruments", "panyu-2011"),
    "hooks": "# Hooks\n\n" + directive("govopen-hooks"),
    "ours": "# Ours\n\n" + directive("govopen-rules", "WIN"),
    "prose": "# Prose\n\n{gov:rule}`WIN001` and {gov:clause}`panyu-2011:1.3`\n",
    "secrecy": "# Secrecy\n\n" + directive("govopen-rules", "SEC002 SEC006"),
    "workflows": "# Workflows\n\n" + directive("govopen-workflow"),
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with an instrument and a rule of its own."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "bureau.toml").write_text(INSTRUMENT, encoding="utf-8")
    (tmp_path / f"{MODULE}.py").write_text(UNIT_RULE, encoding="utf-8")
    monkeypatch.delitem(sys.modules, MODULE, raising=False)
    settings = {"govopen_instruments": ["../bureau.toml"], "govopen_plugins": [MODULE]}
    return Project.make(tmp_path / "docs", PAGES, **settings)


def change(path: Path, old: str, new: str) -> None:
    """Change a file, and forget the module that may have been made of it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    # A change within the resolution of the file system's clock is a change, too.
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 2_000_000_000))
    sys.modules.pop(path.stem, None)


def test_only_what_changed_is_read_again(project: Project, tmp_path: Path) -> None:
    first = project.build("text")
    assert (first.warnings, first.read) == ("", tuple(sorted([*PAGES, "index"])))

    assert project.build("text").read == ()

    change(tmp_path / f"{MODULE}.py", "No title shouts", "A title keeps its voice down")
    after_rule = project.build("text")
    assert after_rule.read == ("ours",)
    assert "A title keeps its voice down" in after_rule.text("ours.txt")

    change(tmp_path / "bureau.toml", "Fees are shown.", "Fees hang at the door.")
    after_law = project.build("text")
    assert after_law.read == ("bureau",)
    assert "Fees hang at the door." in after_law.text("bureau.txt")

    change(tmp_path / f"{MODULE}.py", 'basis=("ogi-2019:12",)', 'basis=("panyu-2011:1.3",)')
    # The clause says which rules rest on it.
    assert project.build("text").read == ("city", "ours")


def test_a_page_is_read_again_when_the_law_is_mended_that_it_could_not_be_written_under(
    project: Project, tmp_path: Path
) -> None:
    assert project.build("dummy").warnings == ""

    change(tmp_path / "bureau.toml", 'force = "shall"', 'force = "should"')
    assert "bureau.toml" in project.build("dummy").warnings

    change(tmp_path / "bureau.toml", 'force = "should"', 'force = "shall"')
    mended = project.build("dummy")
    assert mended.warnings == ""
    assert mended.domain.entry("obligation", "bureau-2024:3/o1") is not None


def test_two_processes_read_the_same_as_one(project: Project, tmp_path: Path) -> None:
    serial = project.build("text")

    out, trees = tmp_path / "parallel", tmp_path / "parallel-trees"
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "-j",
        "2",
        "-b",
        "text",
        "-d",
        str(trees),
        str(project.folder),
        str(out),
    ]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    subprocess.run(command, check=True, env=environment, capture_output=True)
    with (trees / "environment.pickle").open("rb") as stream:
        env: BuildEnvironment = pickle.load(stream)  # noqa: S301 - written a moment ago
    data = env.domaindata[DOMAIN]

    assert data["objects"] == serial.domain.objects
    assert data["calls"] == serial.domain.calls
    assert data["mentions"] == serial.domain.mentions
    assert data["references"] == serial.domain.references
    for page in PAGES:
        assert (out / f"{page}.txt").read_bytes() == (serial.out / f"{page}.txt").read_bytes()
    assert serial.domain.objects


def test_what_two_processes_describe_twice_is_told_and_settled_as_by_one(tmp_path: Path) -> None:
    pages = {
        "a": "# A\n\n" + directive("govopen-rules", "SEC002"),
        "b": "# B\n\n" + directive("govopen-rules", "SEC002"),
    }
    built = Project.make(tmp_path / "both", pages).build("dummy")
    expected = described(built.domain)
    env = built.domain.env
    ours, other = GovDomain(env), pickle.loads(pickle.dumps(built.domain.data))  # noqa: S301 - ours
    ours.data["objects"].clear()
    for entries in other["objects"].values():
        for lang, entry in entries.items():
            entries[lang] = type(entry)("b", entry.node_id, entry.title)

    ours.merge_domaindata({"b"}, other)
    ours.merge_domaindata({"a"}, {"objects": expected, "calls": {}, "mentions": {}, "references": {}})

    assert described(ours) == expected
    assert {entry.docname for entries in expected.values() for entry in entries.values()} == {"a"}
    assert "described twice" in built.warnings
