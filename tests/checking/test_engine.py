"""Rules over records: which are shown to which, with what, and what becomes of what a rule says or raises."""

from __future__ import annotations

import datetime as dt
import logging
import operator
from typing import Any

import attrs
import pytest

from govopen.checking.algebra import Reason, Status
from govopen.errors import NotComputable
from govopen.model.catalog import Category, InformationItem
from govopen.model.units import Unit
from govopen.model.website import Carrier, Column, Publication
from govopen.rules import samples
from govopen.rules.base import Reads, Severity
from govopen.rules.results import Fail, NotApplicable, Outcome, Passed, Undecidable

O1 = "city-2012:1/o1"
YEAR_END = dt.date(2012, 12, 31)


def of(report: Any, obligation: str = O1, unit: str = "bureau") -> Status:
    return report.status(unit, obligation).status


def seen(report: Any) -> list[str]:
    return [entry.subject for entry in report.findings]


def always(dossier: Any, ctx: Any) -> Fail:
    return Fail("bad", n=1)


def test_every_record_in_view_is_a_subject(check: Any, a_rule: Any) -> None:
    report = check(a_rule(lambda d, c: None), samples.item(id="a"), samples.item(id="b"))
    assert of(report) is Status.SATISFIED
    assert report.status("bureau", O1).counts == {Outcome.PASS: 2}
    assert report.records == 2


def test_a_finding_names_rule_subject_facts_and_the_obligations_touched(check: Any, a_rule: Any) -> None:
    report = check(a_rule(always), samples.item(id="a"))
    (finding,) = report.findings
    assert (finding.rule, finding.subject_type, finding.subject) == ("TST001", "information-item", "a")
    assert (finding.message, finding.facts, finding.unit) == ("bad", {"n": 1}, "bureau")
    assert [str(citation) for citation in finding.obligations] == [O1]
    assert of(report) is Status.VIOLATED


def test_a_record_of_another_unit_is_that_unit_s_matter(check: Any, a_rule: Any) -> None:
    other = attrs.evolve(samples.UNIT, id="other")
    report = check(a_rule(always), samples.UNIT, other, samples.item(id="a", unit="other"))
    assert of(report) is Status.NOTHING_RECORDED
    assert of(report, unit="other") is Status.VIOLATED


@pytest.mark.parametrize(("day", "expected"), [(30, []), (31, ["a"])])
def test_a_record_is_in_view_from_the_day_of_its_act_on(check: Any, a_rule: Any, day: int, expected: list[str]) -> None:
    item = samples.item(id="a", created_on=YEAR_END)
    assert seen(check(a_rule(always), item, as_of=dt.date(2012, 12, day))) == expected


def test_a_record_whose_act_has_no_date_is_in_view(check: Any, a_rule: Any) -> None:
    assert seen(check(a_rule(always), samples.item(id="a", created_on=None))) == ["a"]


def test_a_rule_of_a_category_sees_its_category_only(check: Any, a_rule: Any) -> None:
    items = [samples.item(category, id=category.value) for category in (Category.FEE, Category.OTHER)]
    rules = [a_rule(always, category=Category.FEE), a_rule(always, "TST002")]
    report = check(rules, *items, attrs.evolve(samples.item(id="none"), category=None))
    assert [(entry.rule, entry.subject) for entry in report.findings] == [
        ("TST001", "fee"),
        ("TST002", "fee"),
        ("TST002", "none"),
        ("TST002", "other"),
    ]


def test_what_does_not_fulfil_the_condition_is_no_subject(check: Any, a_rule: Any) -> None:
    rule = a_rule(always, when=lambda item: item.id == "a")
    report = check(rule, samples.item(id="a"), samples.item(id="b"))
    assert seen(report) == ["a"]
    assert of(check(rule, samples.item(id="b"))) is Status.NOTHING_RECORDED


def test_a_unit_is_the_one_subject_of_a_rule_about_units(check: Any, a_rule: Any) -> None:
    rule = a_rule(lambda d, c: None, subject=Unit, reads=(Reads(InformationItem, by="unit"),))
    report = check(rule, samples.item(id="a"))
    assert report.status("bureau", O1).counts == {Outcome.PASS: 1}


def test_a_rule_about_units_reads_all_records_of_the_unit_in_view(check: Any, a_rule: Any) -> None:
    def count(dossier: Any, ctx: Any) -> Fail:
        return Fail("bad", n=len(dossier.related(InformationItem)))

    rule = a_rule(count, subject=Unit, reads=(Reads(InformationItem, by="unit"),))
    late = samples.item(id="late", created_on=dt.date(2013, 1, 1))
    (finding,) = check(rule, samples.item(id="a"), samples.item(id="b"), late).findings
    assert finding.facts == {"n": 2}


def publications(dossier: Any, ctx: Any) -> Fail:
    return Fail("bad", n=tuple(entry.id for entry in dossier.related(Publication)))


def test_each_record_comes_with_what_points_at_it(check: Any, a_rule: Any) -> None:
    """Records without relations, relations without their record, and many relations of one record."""
    related = [
        samples.publication(item, Carrier.OWN_SITE, id=name, published_on=dt.date(2012, 5, 1))
        for name, item in (("p1", "b"), ("p2", "0-gone"), ("p3", "b"), ("p4", "d"), ("p5", "c-gone"), ("p6", "z-gone"))
    ]
    items = [samples.item(id=name) for name in "abd"]
    report = check(a_rule(publications, reads=(Reads(Publication, by="item"),)), *items, *related)
    assert {entry.subject: entry.facts["n"] for entry in report.findings} == {
        "a": (),
        "b": ("p1", "p3"),
        "d": ("p4",),
    }


def test_what_points_at_it_is_in_view_by_its_own_act(check: Any, a_rule: Any) -> None:
    late = samples.publication("a", Carrier.OWN_SITE, id="p1", published_on=dt.date(2013, 1, 1))
    rule = a_rule(publications, reads=(Reads(Publication, by="item"),))
    assert check(rule, samples.item(id="a"), late).findings[0].facts == {"n": ()}
    assert check(rule, samples.item(id="a"), late, as_of=late.published_on).findings[0].facts == {"n": ("p1",)}


def test_records_that_share_a_value_with_the_root_are_found_by_it(check: Any, a_rule: Any) -> None:
    """Here: all publications of the column in which the one at hand stands."""
    published = [
        samples.publication("a", Carrier.OWN_SITE, id=name, column=column, published_on=dt.date(2012, 5, 1))
        for name, column in (("p1", "c"), ("p2", ""), ("p3", "c"), ("p4", "d"))
    ]
    late = attrs.evolve(published[0], id="p5", published_on=dt.date(2013, 1, 1))
    rule = a_rule(publications, subject=Publication, reads=(Reads(Publication, by="column", equals="column"),))
    report = check(rule, samples.item(id="a"), *published, late)
    assert {entry.subject: entry.facts["n"] for entry in report.findings} == {
        "p1": ("p1", "p3"),
        "p2": (),
        "p3": ("p1", "p3"),
        "p4": ("p4",),
    }


def test_a_rule_that_reads_what_it_does_not_declare_fails_as_a_program(check: Any, a_rule: Any) -> None:
    report = check(a_rule(publications), samples.item(id="a"))
    assert of(report) is Status.ERROR
    assert report.findings[0].facts == {"error": "RuleError"}


def fold(**about: Any) -> dict[str, Any]:
    return {
        "subject": Unit,
        "over": InformationItem,
        "key": lambda item: item.unit,
        "map": lambda dossier, ctx: 1,
        "merge": operator.add,
    } | about


def total(dossier: Any, value: Any, ctx: Any) -> Fail:
    return Fail("bad", n=-1 if value is None else value)


def test_a_fold_adds_up_the_records_of_each_roster_record(check: Any, a_rule: Any) -> None:
    (finding,) = check(a_rule(total, **fold()), samples.item(id="a"), samples.item(id="b")).findings
    assert (finding.subject, finding.facts) == ("bureau", {"n": 2})


def test_a_fold_without_records_has_no_subject_unless_it_asks_for_one(check: Any, a_rule: Any) -> None:
    assert of(check(a_rule(total, **fold()))) is Status.NOTHING_RECORDED
    (finding,) = check(a_rule(total, **fold(without_records=True))).findings
    assert finding.facts == {"n": -1}


def test_a_fold_may_have_any_roster_and_leave_records_out(check: Any, a_rule: Any) -> None:
    columns = [samples.column(id=name) for name in ("c1", "c2")]
    entries = [
        samples.publication(f"i{number}", Carrier.PORTAL, column=column, published_on=dt.date(2012, 5, 1))
        for number, column in enumerate(["c1", "", "c1", "elsewhere"])
    ]
    rule = a_rule(total, **fold(subject=Column, over=Publication, key=lambda entry: entry.column or None))
    report = check(rule, *columns, *entries)
    assert [(entry.subject, entry.facts) for entry in report.findings] == [("c1", {"n": 2})]
    every = check(attrs.evolve(rule, without_records=True), *columns, *entries)
    assert [(entry.subject, entry.facts["n"]) for entry in every.findings] == [("c1", 2), ("c2", -1)]


def test_a_fold_of_a_category_folds_its_category_only(check: Any, a_rule: Any) -> None:
    rule = a_rule(total, **fold(category=Category.FEE, when=lambda item: item.id != "b"))
    items = [samples.item(Category.FEE, id=name) for name in "ab"]
    (finding,) = check(rule, *items, samples.item(id="c")).findings
    assert finding.facts == {"n": 1}


def test_a_fold_reads_of_each_record_and_of_the_roster_record(check: Any, a_rule: Any) -> None:
    rule = a_rule(
        lambda dossier, value, ctx: Fail("bad", n=value + 100 * len(dossier.related(Column))),
        **fold(
            over_reads=(Reads(Publication, by="item"),),
            map=lambda dossier, ctx: len(dossier.related(Publication)),
            reads=(Reads(Column, by="unit"),),
        ),
    )
    published = samples.publication("a", Carrier.PORTAL, published_on=dt.date(2012, 5, 1))
    (finding,) = check(rule, samples.item(id="a"), samples.item(id="b"), published, samples.column()).findings
    assert finding.facts == {"n": 101}


WORDS = "the text of the record"


def raising(error: Exception) -> Any:
    def check_(*_: Any) -> Any:
        raise error

    return check_


KEY_ERROR = raising(KeyError(WORDS))


def items_of(number: int) -> list[InformationItem]:
    return [samples.item(id=f"item-{each}") for each in range(number)]


@pytest.mark.parametrize(
    ("function", "about"),
    [
        (KEY_ERROR, {}),
        (always, {"when": KEY_ERROR}),
        (KEY_ERROR, {"subject": Unit}),
        (KEY_ERROR, fold()),
        (total, fold(map=KEY_ERROR)),
        (total, fold(merge=KEY_ERROR)),
        (total, fold(key=KEY_ERROR)),
        (total, fold(when=KEY_ERROR)),
        (total, fold(key=lambda item: [item.unit])),
    ],
    ids=["check", "when", "of a unit", "finish", "map", "merge", "key", "when of a fold", "a list for a key"],
)
def test_a_rule_that_raises_is_an_error_of_the_program_and_stops_nobody(
    check: Any, a_rule: Any, function: Any, about: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    rules = [a_rule(function, **about), a_rule(always, "TST002", answers=("city-2012:2.1/o1",))]
    with caplog.at_level(logging.DEBUG):
        report = check(rules, *items_of(2))
    assert of(report) is Status.ERROR
    assert of(report, "city-2012:2.1/o1") is Status.VIOLATED
    raised = [entry for entry in report.findings if entry.rule == "TST001"]
    assert {entry.outcome for entry in raised} == {Outcome.ERROR}
    assert {entry.facts["error"] for entry in raised} <= {"KeyError", "TypeError"}
    assert "TST001" in caplog.text
    assert WORDS not in caplog.text
    assert not any(record.exc_info for record in caplog.records)


def test_a_fold_that_cannot_tell_whose_a_record_is_says_so_of_all_it_may_be_of(check: Any, a_rule: Any) -> None:
    def key(entry: Publication) -> str:
        if entry.id == "p2":
            raise KeyError(WORDS)
        return entry.column

    columns = [samples.column(id=name) for name in ("c1", "c2")]
    entries = [
        samples.publication("a", Carrier.PORTAL, id=name, column="c1", published_on=dt.date(2012, 5, 1))
        for name in ("p1", "p2")
    ]
    report = check(a_rule(total, **fold(subject=Column, over=Publication, key=key)), *columns, *entries)
    assert [(entry.subject, entry.outcome) for entry in report.findings] == [
        ("c1", Outcome.ERROR),
        ("c2", Outcome.ERROR),
    ]


@pytest.mark.parametrize("what", [True, False, "bad", 0, (), Fail("bad", n=object()), [Fail("bad", n=1), "worse"]])
def test_what_is_no_verdict_or_holds_no_facts_is_the_rule_s_error(check: Any, a_rule: Any, what: Any) -> None:
    report = check(a_rule(lambda d, c: what), samples.item(id="a"))
    assert report.status("bureau", O1).counts == {Outcome.ERROR: 1}
    assert [entry.outcome for entry in report.findings] == [Outcome.ERROR]


@pytest.mark.parametrize("nothing", [None, []])
def test_nothing_said_is_a_pass(check: Any, a_rule: Any, nothing: Any) -> None:
    report = check(a_rule(lambda d, c: nothing), *items_of(3))
    assert report.status("bureau", O1).counts == {Outcome.PASS: 3}


def test_where_law_or_calendar_have_no_answer_the_rule_cannot_decide(check: Any, a_rule: Any) -> None:
    error = NotComputable("No law on {matter} on {day}.", matter="x/y", day="2001-01-01", cause="other")
    report = check(a_rule(raising(error)), samples.item(id="a"))
    assert of(report) is Status.UNDECIDABLE
    (finding,) = report.findings
    assert finding.outcome is Outcome.UNDECIDABLE
    assert finding.facts == {"matter": "x/y", "day": "2001-01-01", "cause": "No law on {matter} on {day}."}


def test_of_several_things_said_of_a_subject_the_worst_counts_and_each_is_a_finding(check: Any, a_rule: Any) -> None:
    said = [Fail("bad", n=1), Undecidable("bad", n=2), NotApplicable("bad", n=3), Passed("known")]
    report = check(a_rule(lambda d, c: said), samples.item(id="a"))
    assert report.status("bureau", O1).counts == {Outcome.FAIL: 1}
    assert [entry.outcome for entry in report.findings] == [Outcome.FAIL, Outcome.UNDECIDABLE]


def test_several_rules_of_an_obligation_have_to_hold_all(check: Any, a_rule: Any) -> None:
    rules = [a_rule(lambda d, c: None), a_rule(lambda d, c: Undecidable("bad", n=1), "TST002")]
    report = check(rules, samples.item(id="a"))
    assert of(report) is Status.UNDECIDABLE
    assert report.status("bureau", O1).rules == ("TST001", "TST002")
    assert report.status("bureau", O1).counts == {Outcome.PASS: 1, Outcome.UNDECIDABLE: 1}


def test_what_a_pass_measured_is_noted_only_if_asked_for(check: Any, a_rule: Any) -> None:
    rule = a_rule(lambda d, c: Passed("known", n=3))
    assert check(rule, samples.item(id="a")).notes == ()
    (note,) = check(rule, samples.item(id="a"), detailed=True).notes
    assert (note.rule, note.subject, note.message, note.facts) == ("TST001", "a", "known", {"n": 3})


def test_a_rule_knows_whether_anybody_reads_what_it_measures(check: Any, a_rule: Any) -> None:
    rule = a_rule(lambda d, c: Fail("bad", n=int(c.detailed)))
    assert [check(rule, samples.item(), detailed=asked).findings[0].facts["n"] for asked in (False, True)] == [0, 1]


def test_it_was_done_when_the_last_of_the_passes_was_done(check: Any, a_rule: Any) -> None:
    days = {"item-0": dt.date(2013, 5, 1), "item-1": dt.date(2013, 7, 1)}
    rule = a_rule(lambda d, c: Passed("known", done_on=days[d.record.id]), answers=("city-2012:1/o4",))
    report = check(rule, *items_of(2), as_of=dt.date(2013, 12, 31))
    assert report.status("bureau", "city-2012:1/o4").done_on == days["item-1"]
    assert of(report, "city-2012:1/o4") is Status.MET_LATE


def test_a_rule_that_answers_nothing_advises_and_changes_no_status(check: Any, a_rule: Any) -> None:
    report = check(a_rule(always, answers=()), samples.item(id="a"))
    assert [entry.obligations for entry in report.findings] == [()]
    assert Status.VIOLATED not in report.summary()


def test_an_obligation_that_no_rule_answers_is_not_checked_and_says_so(check: Any, a_rule: Any) -> None:
    entry = check(a_rule(always)).status("bureau", "city-2012:2.1/o1")
    assert (entry.status, entry.reason) == (Status.NOT_CHECKED, Reason.UNMAPPED)


def test_findings_come_the_gravest_first_then_by_unit_rule_and_subject(check: Any, a_rule: Any) -> None:
    rules = [a_rule(always, "TST002", severity=Severity.MINOR), a_rule(always, "TST003"), a_rule(always)]
    units = [attrs.evolve(samples.UNIT, id=name) for name in ("b", "a")]
    items = [samples.item(id=f"{unit}{number}", unit=unit) for unit in "ba" for number in (2, 1)]
    report = check(rules, *units, *items)
    assert [(entry.unit, entry.rule, entry.subject) for entry in report.findings] == [
        *((unit, rule, f"{unit}{number}") for unit in "ab" for rule in ("TST001", "TST003") for number in (1, 2)),
        *((unit, "TST002", f"{unit}{number}") for unit in "ab" for number in (1, 2)),
    ]


def test_records_of_types_that_nobody_knows_are_reported(check: Any, a_rule: Any) -> None:
    report = check(a_rule(always), opaque={"permit": 3})
    assert [(entry.code, entry.facts) for entry in report.notices] == [("GOV001", {"name": "permit", "count": 3})]


def test_progress_is_told_unit_by_unit(check: Any, a_rule: Any) -> None:
    told: list[str] = []
    units = [attrs.evolve(samples.UNIT, id=name) for name in ("b", "a")]
    check(a_rule(always), *units, on_unit=told.append)
    assert told == ["a", "b"]


def test_the_calendar_is_that_of_the_unit_and_its_version_is_reported(check: Any, a_rule: Any) -> None:
    report = check(a_rule(always))
    assert list(report.calendars) == ["CN-440113"]
    assert report.calendars["CN-440113"].startswith("chinesecalendar@")
