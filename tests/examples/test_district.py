"""The invented district: what was planted is found, and nothing else."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from python_calamine import load_workbook

from govopen.checking.algebra import Reason, Status
from govopen.checking.result import CheckReport
from govopen.model.base import terms
from govopen.model.catalog import Category, InformationItem
from govopen.model.requests import ChannelKind, ReplyOutcome, Request, RequestChannel
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Unit, UnitKind
from govopen.office.facade import Office
from govopen.report.document import report_json
from govopen.report.html import report_html
from govopen.rules.results import Outcome

pytestmark = pytest.mark.examples

YEAR_END = dt.date(2011, 12, 31)
GROUPS = ("defects", "awaiting", "waived")
ANSWERED = ("1.1", "1.2", "1.3", "1.4", "1.5", "2.3")


@pytest.fixture(scope="module")
def report(district: Office) -> CheckReport:
    return district.check(as_of=YEAR_END)


@pytest.fixture(scope="module")
def entries(planted: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for group in GROUPS for entry in planted[group]]


def records_of(office: Office, cls: type[Any]) -> list[Any]:
    with office.store.snapshot() as view:
        return [record for unit in view.units() for record in view.read(cls, unit.id)]


def cells(path: Path) -> dict[str, list[list[Any]]]:
    with load_workbook(str(path)) as workbook:
        return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def test_building_it_anew_gives_the_files_that_are_kept(district_folder: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, district_folder / "build.py", tmp_path], check=True)

    built = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    kept = [path for folder in ("records", "legacy", "files") for path in (district_folder / folder).iterdir()]
    assert {*built} == {path.relative_to(district_folder) for path in kept} | {Path("DEFECTS.md")}
    for path in built:
        new, old = tmp_path / path, district_folder / path
        # Another release of the writer packs the same cells differently.
        if path.suffix == ".xlsx":
            assert cells(new) == cells(old), path
        else:
            assert new.read_bytes() == old.read_bytes(), path


def test_it_is_a_whole_district(district: Office) -> None:
    units = records_of(district, Unit)

    assert {unit.kind for unit in units} == set(UnitKind)
    assert len(units) >= 12
    assert any(unit.until is not None and unit.successor for unit in units)
    assert sum(district.store.count(entry.cls) for entry in RECORD_TYPES) >= 600
    assert {item.category for item in records_of(district, InformationItem)} == {*Category, None}
    assert {channel.kind for channel in records_of(district, RequestChannel)} == set(ChannelKind)
    outcomes = {entry.reply.outcome for entry in records_of(district, Request) if entry.reply is not None}
    assert outcomes >= {*ReplyOutcome} - {ReplyOutcome.OTHER}


def test_the_check_finds_what_was_planted_and_nothing_else(report: CheckReport, entries: list[dict[str, Any]]) -> None:
    expected = {
        (rule, entry["unit"], subject, outcome) for entry in entries for rule, subject, outcome in entry["findings"]
    }

    assert {(found.rule, found.unit, found.subject, found.outcome.value) for found in report.findings} == expected


def test_a_finding_touches_the_obligations_that_the_list_says(
    report: CheckReport, entries: list[dict[str, Any]]
) -> None:
    listed: dict[tuple[str, str], set[str]] = {}
    for entry in entries:
        for rule, subject, _ in entry["findings"]:
            listed.setdefault((rule, subject), set()).update(entry["statuses"])

    for found in report.findings:
        assert {citation.local for citation in found.obligations} <= listed[found.rule, found.subject], found


def test_every_other_obligation_that_is_answered_is_satisfied_or_not_applicable(
    report: CheckReport, entries: list[dict[str, Any]]
) -> None:
    listed = {
        (entry["unit"], f"panyu-2011:{local}"): status
        for entry in entries
        for local, status in entry["statuses"].items()
    }
    checked = {
        (entry.unit, str(entry.citation)): entry.status.value
        for entry in report.statuses
        if any(entry.citation.within(clause) for clause in ANSWERED)
    }

    assert {place: checked[place] for place in listed} == listed
    fine = {Status.SATISFIED.value, Status.NOT_APPLICABLE.value}
    assert {place: status for place, status in checked.items() if place not in listed and status not in fine} == {}
    assert len(checked) == 13 * 79


def test_what_looks_wrong_and_is_right_is_not_spoken_of(report: CheckReport, planted: dict[str, Any]) -> None:
    spoken_of = {found.subject for found in report.findings}

    assert [entry["subject"] for entry in planted["silent"] if entry["subject"] in spoken_of] == []


def test_the_silent_records_are_there(district: Office, planted: dict[str, Any]) -> None:
    known = {record.id for entry in RECORD_TYPES for record in records_of(district, entry.cls)}

    assert {entry["subject"] for entry in planted["silent"]} <= known


def test_the_defects_lie_in_every_clause_and_in_every_area_of_rules(entries: list[dict[str, Any]]) -> None:
    clauses = {".".join(local.split("/")[0].split(".")[:2]) for entry in entries for local in entry["statuses"]}
    areas = {rule[:-3] for entry in entries for rule, _, _ in entry["findings"]}

    assert clauses == set(ANSWERED)
    assert areas == {"ORG", "CAT", "SVC", "DIS", "INT", "SUP", "DEC", "SEC", "WEB", "REQ"}


@pytest.mark.parametrize(
    ("subject", "working_days", "due"),
    [
        ("education-issued-4", 21, dt.date(2011, 10, 13)),
        ("construction-issued-2", 21, dt.date(2011, 10, 9)),
        ("finance-institution-1", 22, dt.date(2011, 8, 1)),
    ],
)
def test_lateness_is_counted_by_the_holidays_of_2011(
    report: CheckReport, subject: str, working_days: int, due: dt.date
) -> None:
    (found,) = (found for found in report.findings if found.rule == "CAT006" and found.subject == subject)

    assert (found.facts["working_days"], found.facts["due"]) == (working_days, due)


def test_a_publication_on_a_worked_saturday_is_in_time(district: Office) -> None:
    notes = district.check(as_of=YEAR_END, detailed=True).notes
    (note,) = (note for note in notes if (note.rule, note.subject) == ("CAT006", "office-issued-5"))

    assert note.facts == {"working_days": 20, "allowed": 20, "due": dt.date(2011, 10, 8)}


def test_the_waiver_excuses_one_failure_and_is_no_notice(report: CheckReport) -> None:
    (waived,) = (found for found in report.findings if found.outcome is Outcome.WAIVED)

    assert waived.waiver == "hightech-site-moves"
    assert [(notice.code, notice.facts["unit"]) for notice in report.notices] == [("GOV022", "linxi")]


def test_an_abolished_unit_is_bound_to_nothing_any_more(report: CheckReport) -> None:
    reasons = {(entry.status, entry.reason) for entry in report.statuses if entry.unit == "linxi"}

    assert reasons == {(Status.NOT_APPLICABLE, Reason.NO_UNIT)}


def words_of(value: Any) -> Iterator[str]:
    """What a record holds in fields of text or of personal data."""
    if isinstance(value, tuple):
        for member in value:
            yield from words_of(member)
    elif attrs.has(type(value)):
        for name, term in terms(type(value)).items():
            held = getattr(value, name)
            if term.text or term.personal:
                yield from (text for text in (held if isinstance(held, tuple) else (held,)) if isinstance(text, str))
            yield from words_of(held)


def test_no_report_holds_text_of_a_record_or_an_applicants_data(district: Office, report: CheckReport) -> None:
    records = [record for entry in RECORD_TYPES for record in records_of(district, entry.cls)]
    # The names of units stand in every report, and are the issuers of their items. Shorter words occur by chance.
    texts = {text for record in records for text in words_of(record) if len(text) > 3}
    texts -= {unit.name for unit in records_of(district, Unit)}

    printed = report_json(report, "en").decode() + report_html(report, "en", heading="District")

    assert len(texts) > 600
    assert [text for text in texts if text in printed] == []


def test_the_old_register_is_read_through_the_mapping_of_the_workspace(
    district_folder: Path, tmp_path: Path, report: CheckReport
) -> None:
    settings = (district_folder / "govopen.toml").read_text(encoding="utf-8")
    (tmp_path / "govopen.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "waivers.toml").write_bytes((district_folder / "waivers.toml").read_bytes())
    with Office.open(tmp_path) as office:
        office.import_files([district_folder / "records"])
        summary = office.import_files([district_folder / "legacy"], mapping="register-2009")
        enlarged = office.check(as_of=YEAR_END)

    assert summary.counts == {"request": 16}
    assert {found.fingerprint for found in enlarged.findings} == {found.fingerprint for found in report.findings}


def test_the_list_for_people_names_every_defect(district_folder: Path, entries: list[dict[str, Any]]) -> None:
    rows = (district_folder / "DEFECTS.md").read_text(encoding="utf-8").splitlines()

    assert [row.split(" | ")[0] for row in rows if row[:3] in {"| D", "| A", "| W"}] == [
        f"| {entry['id']}" for entry in entries
    ]
