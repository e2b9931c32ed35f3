"""JUnit: of the form that Jenkins describes; only what is done passes, only what ``fail_on`` names fails."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from govopen.checking.algebra import Reason, Status
from govopen.checking.result import FAIL_ON, CheckReport, Notice, ObligationStatus
from govopen.checking.selection import Selection
from govopen.report.junit import report_junit
from govopen.rules.results import Outcome
from govopen.texts import LANGUAGES

LANGS = st.sampled_from(LANGUAGES)
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "data" / "junit-10.xsd"))


def tree_of(report: CheckReport, lang: Any = "en", **how: Any) -> Any:
    tree = etree.fromstring(report_junit(report, lang, heading="岭安区", **how))
    SCHEMA.assertValid(tree)
    return tree


def outcome_of(case: Any) -> str:
    tags = [child.tag for child in case if child.tag != "system-out"]
    assert len(tags) <= 1
    return tags[0] if tags else "passed"


def cases_of(tree: Any) -> dict[tuple[str, str], Any]:
    return {(case.get("classname"), case.get("name")): case for case in tree.iter("testcase")}


def with_status(report: CheckReport, status: Status, **changes: Any) -> CheckReport:
    first: ObligationStatus = attrs.evolve(report.statuses[0], status=status, reason=Reason.NONE, **changes)
    return attrs.evolve(report, statuses=(first,), findings=(), notices=())


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    data=st.data(),
    fail_on=st.frozensets(st.sampled_from(list(Status))),
    as_of=st.sampled_from([dt.date(2011, 12, 31), dt.date(2018, 6, 30)]),
)
def test_whatever_was_checked_is_valid_and_its_sums_are_right(
    district: Any, cases: Any, data: st.DataObject, fail_on: frozenset[Status], as_of: dt.date
) -> None:
    selection, lang = data.draw(st.tuples(st.sampled_from([Selection(), Selection(clauses=("1.3",))]), LANGS))
    chosen = data.draw(st.lists(st.sampled_from(range(len(cases))), min_size=1, max_size=3))
    report: CheckReport = district([cases[number] for number in chosen], as_of=as_of, selection=selection)
    tree = tree_of(report, lang, fail_on=fail_on)
    found = cases_of(tree)

    assert [suite.get("name") for suite in tree][: len(report.units)] == list(report.units)
    failing = {(entry.unit, str(entry.citation)) for entry in report.failing(fail_on)}
    assert {place for place, case in found.items() if outcome_of(case) in ("failure", "error")} == failing
    for suite in tree:
        outcomes = [outcome_of(case) for case in suite.iter("testcase")]
        assert int(suite.get("tests")) == len(outcomes)
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(name)) == outcomes.count(tag)
    for name in ("tests", "failures", "errors"):
        assert int(tree.get(name)) == sum(int(suite.get(name)) for suite in tree)


PASSES = {Status.SATISFIED, Status.MET_LATE}


@pytest.mark.parametrize("status", Status)
def test_only_what_is_done_passes_and_only_what_is_named_fails(a_dozen: CheckReport, status: Status) -> None:
    report = with_status(a_dozen, status)
    (ordinary,) = cases_of(tree_of(report)).values()
    (named,) = cases_of(tree_of(report, fail_on=frozenset({status}))).values()
    (unnamed,) = cases_of(tree_of(report, fail_on=frozenset())).values()

    bad = "error" if status is Status.ERROR else "failure"
    assert outcome_of(ordinary) == (bad if status in FAIL_ON else "passed" if status in PASSES else "skipped")
    assert outcome_of(named) == bad
    assert outcome_of(unnamed) == ("passed" if status in PASSES else "skipped")
    if outcome_of(unnamed) == "skipped":
        assert unnamed.find("skipped").get("type") == status.value
        assert unnamed.find("skipped").get("message")


def test_what_was_accepted_before_is_skipped_and_says_so(a_dozen: CheckReport) -> None:
    (case,) = cases_of(tree_of(with_status(a_dozen, Status.VIOLATED, baselined=True))).values()

    assert outcome_of(case) == "skipped"
    assert case.find("skipped").get("message") == "violated [accepted before]"


def test_a_failure_says_what_was_found_by_which_law_and_what_to_do(a_dozen: CheckReport) -> None:
    entry = next(finding for finding in a_dozen.findings if finding.outcome is Outcome.FAIL and finding.obligations)
    case = cases_of(tree_of(a_dozen))[entry.unit, str(entry.obligations[0])]
    text = case.find("failure").text

    assert f"{entry.subject_type} {entry.subject}:" in text
    assert a_dozen.rules[entry.rule].remedy.en in text
    assert "Law: " in text
    assert case.find("failure").get("type") == "violated"


def test_names_are_the_same_in_both_languages_and_texts_are_not(a_dozen: CheckReport) -> None:
    chinese, english = tree_of(a_dozen, "zh-Hans"), tree_of(a_dozen, "en")

    assert list(cases_of(chinese)) == list(cases_of(english))
    assert chinese.xpath("string(//failure[1])") != english.xpath("string(//failure[1])")


def test_a_finding_that_touches_no_obligation_stands_with_its_unit(a_dozen: CheckReport) -> None:
    entry = attrs.evolve(a_dozen.findings[0], obligations=(), subject="only-here")
    tree = tree_of(attrs.evolve(a_dozen, findings=(entry,)))
    (suite,) = (suite for suite in tree if suite.get("name") == entry.unit)

    assert "only-here" in suite.findtext("system-out")
    assert [other.find("system-out") for other in tree if other is not suite] == [None] * (len(tree) - 1)


@pytest.mark.parametrize(("fails", "outcome"), [(False, "skipped"), (True, "failure")])
def test_notices_about_the_run_have_a_suite_of_their_own(a_dozen: CheckReport, fails: bool, outcome: str) -> None:
    notices = tuple(Notice(code="GOV013", message="Waiver {w}", facts={"w": name}) for name in ("w1", "w2"))
    tree = tree_of(attrs.evolve(a_dozen, notices=notices), notices_fail=fails)
    case = cases_of(tree)["govopen notices", "GOV013"]

    assert outcome_of(case) == outcome
    assert "Waiver w2" in "".join(case.itertext())


def test_what_xml_cannot_hold_is_written_out(a_dozen: CheckReport) -> None:
    unit = attrs.evolve(a_dozen.units["u1"], id="]]>&{\x7f\ufffe\x1b\ud800", name="\x00<b>")
    report = with_status(a_dozen, Status.VIOLATED, unit=unit.id)
    tree = tree_of(attrs.evolve(report, units={unit.id: unit}))

    assert tree[0].get("name") == "]]>&{\x7f\\ufffe\\u001b\\ud800"
    assert tree.xpath("//property[@name='unit']/@value") == ["\\u0000<b>"]


def test_the_same_check_gives_the_same_bytes(district: Any, cases: Any) -> None:
    first, second = (report_junit(district(cases[:3]), "en", heading="x") for _ in range(2))

    assert first == second
