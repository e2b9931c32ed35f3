"""Real catalogue entries: their time to publication, and index numbers of any format."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from govopen.checking.algebra import Status
from govopen.checking.result import CheckReport

pytestmark = pytest.mark.examples

SCRIPT = Path(__file__).parents[2] / "examples" / "real" / "check.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("examples_real_check", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def report(script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> CheckReport:
    found = script.measured(tmp_path_factory.mktemp("real"))
    assert isinstance(found, CheckReport)
    return found


@pytest.mark.parametrize(
    ("item", "working_days"), [("yangjiang-2021-9", 9), ("guangdong-303", 15), ("state-council-2021-30", 3)]
)
def test_an_entry_published_within_twenty_working_days_is_in_time(
    report: CheckReport, item: str, working_days: int
) -> None:
    (note,) = (note for note in report.notes if (note.rule, note.subject) == ("CAT006", item))

    assert (note.message, note.facts["working_days"]) == ("in_time", working_days)
    assert report.status(note.unit, "panyu-2011:1.2/o6").status is Status.SATISFIED


def test_no_format_of_an_index_number_is_objected_to_and_only_a_missing_one_is_found(report: CheckReport) -> None:
    said = [(found.rule, found.subject, found.facts) for found in report.findings]

    assert said == [("CAT002", "panyu-2011-22", {"missing": ("index_number",)})]


def test_an_entry_nobody_dated_a_publication_of_is_not_called_late(report: CheckReport) -> None:
    assert report.status("panyu", "panyu-2011:1.2/o6").status is Status.NOT_APPLICABLE


def test_what_outsiders_cannot_see_is_not_checked(report: CheckReport) -> None:
    assert report.status("yangjiang", "panyu-2011:1.3/o8").status is Status.NOT_CHECKED


def test_the_script_prints_what_was_measured(tmp_path: Path) -> None:
    printed = subprocess.run(
        [sys.executable, SCRIPT], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8"
    ).stdout

    assert "yangjiang-2021-9: Published 9 working days after creation; 20 are allowed. (CAT006)" in printed
    assert "guangdong-303: Published 15 working days after creation; 20 are allowed. (CAT006)" in printed
    assert "panyu-2011-22: The entry lacks: index_number. (CAT002)" in printed
