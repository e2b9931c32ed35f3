"""The pytest plugin on records that are missing, wrong, or of another day: it says so, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.testing.pytest_runs import ITEMS, ON, Run


def test_a_workspace_without_a_unit_is_no_green_run(run: Run) -> None:
    ran = run("--govopen", "office")

    assert ran.status == 2
    assert "The workspace holds no unit" in ran.out


@pytest.mark.parametrize("name", ["missing.csv", "missing"])
def test_records_that_are_not_there_are_said_to_be_missing(run: Run, name: str) -> None:
    ran = run("--govopen", "office", "--govopen-records", name)

    assert ran.status == 2
    assert f"There is no file or folder {name}." in ran.out


def test_records_without_their_unit_are_told_of_files_and_of_no_store(run: Run) -> None:
    ran = run("--govopen", "office", "--govopen-records", "records/items.jsonl")

    assert ran.status == 2
    assert "There is no unit bureau in these files." in ran.out
    assert "Name the file that holds it, too." in ran.out
    assert "in the store" not in ran.out


def test_a_day_after_the_plan_fails_with_what_the_workspace_has_to_say(run: Run) -> None:
    ran = run(*ON[:-1], "2026-03-02", "-k", "1.3/o2 and bureau")

    assert ran.outcomes == {"office/govopen.toml::bureau::panyu-2011:1.3/o2": "failed"}
    assert "Write `continues = true` or `continues = false` under [instruments.panyu-2011]" in ran.out


def test_records_that_do_not_load_are_said_with_their_line(run: Run, place: Path) -> None:
    (place / "records" / "items.jsonl").write_text(ITEMS.replace("2011-02-28", "2011-02-30"), encoding="utf-8")
    ran = run(*ON)

    assert ran.status == 2
    assert "items.jsonl:1" in ran.out
    assert "Traceback" not in ran.out
