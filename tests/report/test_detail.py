"""One obligation in plain lines: complete for whoever has to act, and silent about what is not its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from govopen.checking.algebra import Reason, Status
from govopen.checking.result import CheckReport, ObligationStatus
from govopen.checking.waivers import Waiver
from govopen.report.detail import advice, found_by_obligation, lines_of, said, unexplained
from govopen.report.render import Renderer
from govopen.rules.results import Outcome


def lines(report: CheckReport, entry: ObligationStatus, lang: Any = "en") -> list[str]:
    found = found_by_obligation(report)
    return lines_of(entry, found.get((entry.unit, entry.citation), ()), Renderer(report, lang))


def first(report: CheckReport, status: Status) -> ObligationStatus:
    return next(entry for entry in report.statuses if entry.status is status)


def test_it_begins_with_status_unit_and_citation_and_says_law_and_remedy_once(a_dozen: CheckReport) -> None:
    entry = first(a_dozen, Status.VIOLATED)
    found = lines(a_dozen, entry)

    assert found[0] == f"violated · {entry.unit} · {entry.citation}"
    rules = {
        finding.rule
        for finding in a_dozen.findings
        if finding.unit == entry.unit and entry.citation in finding.obligations
    }
    assert sum(line.startswith("  Do: ") for line in found) == len(rules) > 0
    assert sum(line.startswith("  Law: ") for line in found) == len(rules)


def test_where_nothing_is_recorded_it_says_what_looks_for_a_record_and_what_to_do(a_dozen: CheckReport) -> None:
    entry = first(a_dozen, Status.NOTHING_RECORDED)

    (said_,) = [line for line in lines(a_dozen, entry) if "nil return" in line]
    assert entry.rules[0] in said_


def test_it_says_which_reading_is_ours_and_what_nobody_verified(a_dozen: CheckReport) -> None:
    read = next(entry for entry in a_dozen.statuses if a_dozen.library.obligation(entry.citation).reading is not None)
    unverified = next(entry for entry in a_dozen.statuses if entry.unverified)

    assert any(line.startswith("Our reading: ") for line in lines(a_dozen, read))
    assert any(line.endswith(", ".join(unverified.unverified)) for line in lines(a_dozen, unverified))


def test_it_says_what_later_law_did(district: Any, cases: Any) -> None:
    report = district(cases[:1], as_of=dt.date(2025, 6, 30))
    entry = next(entry for entry in report.statuses if entry.later_law)

    assert any(line.startswith(f"{entry.later_law[0].since} ") for line in lines(report, entry))


def test_a_reason_stands_with_its_status_in_both_languages(a_dozen: CheckReport) -> None:
    entry = attrs.evolve(first(a_dozen, Status.VIOLATED), status=Status.UNDECIDABLE, reason=Reason.UNDATED)

    assert lines(a_dozen, entry)[0].startswith("undecidable: when it was done is not recorded · ")
    assert lines(a_dozen, entry, "zh-Hans")[0].startswith("无法判定（未记录完成日期")


@pytest.mark.parametrize(
    ("changes", "marks"),
    [
        ({}, []),
        ({"outcome": Outcome.UNDECIDABLE}, ["[undecidable]"]),
        ({"baselined": True}, ["[accepted before]"]),
        ({"outcome": Outcome.WAIVED, "waiver": "w1"}, ["[waived]", "Waived: w1 (b; a; until 2012-01-01)"]),
    ],
)
def test_a_finding_says_what_excuses_it(a_dozen: CheckReport, changes: dict[str, Any], marks: list[str]) -> None:
    day = dt.date(2012, 1, 1)
    waiver = Waiver(id="w1", rule="X", reason="r", basis="b", approver="a", since=day, until=day)
    report = attrs.evolve(a_dozen, waivers={"w1": waiver})
    entry = attrs.evolve(a_dozen.findings[0], outcome=Outcome.FAIL)
    plain, text = (said(one, Renderer(report, "en")) for one in (entry, attrs.evolve(entry, **changes)))

    assert plain.startswith(f"{entry.subject_type} {entry.subject}: ")
    assert [mark for mark in ("[undecidable]", "[accepted before]", "[waived]") if mark in text] == [
        mark for mark in marks if mark.startswith("[")
    ]
    assert all(mark in text for mark in marks)


def test_a_finding_is_under_each_obligation_or_is_advice(a_dozen: CheckReport) -> None:
    found = found_by_obligation(a_dozen)
    entry = max(a_dozen.findings, key=lambda finding: len(finding.obligations))
    loose = attrs.evolve(entry, obligations=())
    report = attrs.evolve(a_dozen, findings=(loose,))

    assert all(entry in found[entry.unit, citation] for citation in entry.obligations)
    assert advice(report, entry.unit) == [loose]
    assert advice(report, "gone") == []
    assert found_by_obligation(report) == {}
    assert len(unexplained(report, {})) > len(unexplained(a_dozen, found)) > 0


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_what_cannot_be_decided_because_a_plan_has_ended_says_what_to_write(a_dozen: CheckReport, lang: Any) -> None:
    entry = first(a_dozen, Status.SATISFIED)
    unstated = attrs.evolve(entry, status=Status.UNDECIDABLE, reason=Reason.CONTINUATION_UNSTATED)

    def wanted(of: ObligationStatus) -> list[str]:
        return [line for line in lines(a_dozen, of, lang) if "continues = true" in line]

    assert wanted(entry) == []
    assert len(wanted(unstated)) == 1
    assert "[instruments.panyu-2011]" in wanted(unstated)[0]
