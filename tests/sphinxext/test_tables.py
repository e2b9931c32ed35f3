"""The directive that shows a discretion table."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.sphinxext.projects import Project, directive

REAL = Path(__file__).parents[2] / "examples" / "real" / "discretion"


@pytest.fixture
def table(tmp_path: Path) -> str:
    shutil.copy(REAL / "sz-001.toml", tmp_path / "sz-001.toml")
    return "sz-001.toml"


@pytest.mark.parametrize("builder", ["html", "latex", "text"])
def test_a_table_has_a_section_that_can_be_referred_to(tmp_path: Path, table: str, builder: str) -> None:
    page = "# Tables\n\n" + directive("govopen-table", table) + "\nSee {gov:table}`sz-001`.\n"

    built = Project.make(tmp_path, {"page": page}, language="zh_CN").build(builder)

    assert built.warnings == ""
    entry = built.domain.entry("table", "sz-001")
    assert entry is not None
    assert entry.node_id == "table-sz-001"


def test_the_law_that_its_words_are_read_by_is_named(tmp_path: Path, table: str) -> None:
    page = "# Tables\n\n" + directive("govopen-table", table)

    text = Project.make(tmp_path, {"page": page}).build("text").text("page.txt")

    assert "Words of interval are read by:" in text
    assert "No." in text


def test_a_change_of_the_file_is_a_change_of_the_page(tmp_path: Path, table: str) -> None:
    page = "# Tables\n\n" + directive("govopen-table", table)
    project = Project.make(tmp_path, {"page": page, "other": "# Other\n"})
    assert "page" in project.build("dummy").read
    assert project.build("dummy").read == ()

    path = tmp_path / table
    path.write_text(
        path.read_text(encoding="utf-8").replace("\ntitle = ", "\n# changed\ntitle = ", 1), encoding="utf-8"
    )

    assert project.build("dummy").read == ("page",)


def test_a_file_that_holds_none_is_told_with_its_problems(tmp_path: Path) -> None:
    (tmp_path / "none.toml").write_text('id = "none"\n', encoding="utf-8")
    page = "# Tables\n\n" + directive("govopen-table", "none.toml") + "\n" + directive("govopen-table", "gone.toml")

    warnings = Project.make(tmp_path, {"page": page}).build("dummy").warnings

    assert "none.toml" in warnings
    assert "gone.toml" in warnings
    assert "Traceback" not in warnings
