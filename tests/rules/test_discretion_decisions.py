"""Decisions held against the table that they were made under (clause 2.3)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from govopen.calendars.china import china_calendar
from govopen.checking.algebra import Status
from govopen.discretion.table import version_of
from govopen.model.discretion import (
    DecidedFact,
    DiscretionTable,
    HitPolicy,
    InputKind,
    PenaltyDecision,
    TableInput,
    TableRow,
)
from govopen.policy.loading import builtin_library
from govopen.rules import samples
from govopen.rules.base import Case, RecordRule
from govopen.rules.context import Context, Dossier
from govopen.rules.discretion_decisions import RULES
from govopen.rules.results import Verdict
from govopen.rules.samples_discretion import benchmark, discretion_table, penalty_decision
from govopen.testing.compliant import Setting
from govopen.testing.compliant_discretion import benchmarks
from govopen.testing.mutation import Mutation, assert_found
from govopen.testing.rules import run_case
from govopen.texts import Text

CODES = {rule.code: rule for rule in RULES}
FEW = settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2014, 12, 31)) | st.dates(dt.date(2021, 6, 1), dt.date(2025, 6, 30))
UNIT = samples.unit(roles=samples.ENFORCER.roles)
FIRST, SECOND, THIRD = discretion_table().rows


def verdicts(code: str, table: DiscretionTable, *decisions: PenaltyDecision) -> list[Verdict]:
    rule = CODES[code]
    assert isinstance(rule, RecordRule)
    ctx = Context(as_of=samples.YEAR_END, library=builtin_library(), calendar=china_calendar())
    result = rule.check(Dossier(table, samples.ENFORCER, {PenaltyDecision: decisions}), ctx)
    return result if isinstance(result, list) else [] if result is None else [result]


def said(code: str, table: DiscretionTable | None = None, **changes: Any) -> list[str]:
    """What a rule says of the exemplary decision with these changes."""
    found = verdicts(code, table or discretion_table(), penalty_decision(**changes))
    return [f"{verdict.outcome}: {verdict.message}" for verdict in found]


def facts(**values: str) -> tuple[DecidedFact, ...]:
    return tuple(DecidedFact(name=name, value=value) for name, value in values.items())


# Tiers


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("4999.99", ["fail: outside"]),
        ("5000", []),
        ("10000.00", []),
        ("10000.01", ["fail: outside"]),
        ("0", ["fail: outside"]),
        (None, ["undecidable: no_amount"]),
    ],
)
def test_the_fine_lies_between_the_ends_of_its_row(amount: str | None, expected: list[str]) -> None:
    assert said("DIS031", amount_yuan=None if amount is None else Decimal(amount)) == expected


def test_the_row_is_that_of_the_facts_and_not_that_of_the_decision() -> None:
    assert said("DIS031", tier=3, amount_yuan=Decimal(8000)) == ["fail: other_row"]
    assert said("DIS031", tier=None) == []
    assert said("DIS031", facts=facts(times="3"), tier=None) == ["fail: outside"]


def test_facts_may_be_named_by_the_label_of_the_input() -> None:
    assert said("DIS031", facts=facts(受罚次数="2次")) == []


@pytest.mark.parametrize("given", [{}, {"times": " "}])
def test_a_fact_that_matters_and_is_missing_is_named(given: dict[str, str]) -> None:
    (verdict,) = verdicts("DIS031", discretion_table(), penalty_decision(facts=facts(**given)))

    assert (verdict.outcome, verdict.message) == ("undecidable", "facts_missing")
    assert verdict.facts["inputs"] == ("times",)


@pytest.mark.parametrize("given", [{"times": "often"}, {"times": "0"}, {"times": "2", "weather": "1"}])
def test_what_is_no_fact_of_the_table_is_undecidable_and_not_repeated(given: dict[str, str]) -> None:
    (verdict,) = verdicts("DIS031", discretion_table(), penalty_decision(facts=facts(**given)))

    assert (verdict.outcome, verdict.message) == ("undecidable", "unreadable_facts")
    assert verdict.facts == {"decision": "decision-1", "problems": 1}


def test_a_case_between_the_tiers_is_outside_and_one_in_two_tiers_undecidable() -> None:
    gap = discretion_table(rows=(FIRST, THIRD))
    twice = discretion_table(rows=(FIRST, SECOND, attrs.evolve(THIRD, when="times >= 2")))

    assert said("DIS031", gap) == ["fail: no_row"]
    assert said("DIS031", twice) == ["undecidable: conflict"]


def test_under_a_policy_of_several_rows_no_single_row_is_held_against_it() -> None:
    assert said("DIS031", discretion_table(hit_policy=HitPolicy.RULE_ORDER)) == ["undecidable: several"]


def test_a_row_that_depends_on_how_a_slash_is_read_is_undecidable() -> None:
    abuse = TableInput(name="abuse", kind=InputKind.BOOLEAN)
    rows = (FIRST, attrs.evolve(SECOND, when="times = 2 / abuse = true"), THIRD)
    table = discretion_table(inputs=(*discretion_table().inputs, abuse), rows=rows)

    assert said("DIS031", table, facts=facts(times="2", abuse="false")) == ["undecidable: ambiguous"]


@pytest.mark.parametrize(
    ("outcome", "amount", "expected"),
    [
        ("不予处罚", "0", []),
        ("不予处罚", "1", ["fail: outside"]),
        ("造价的5%以上10%以下", "10000", []),
        ("造价的5%以上10%以下", "20000.01", ["fail: outside"]),
        ("货值的1倍以上2倍以下", "200000", ["undecidable: no_base"]),
        ("每平方米100元", "5000", []),
        ("每平方米100元", "5001", ["fail: outside"]),
        ("formula: 1000 + 0.01 * cost", "3000", []),
        ("formula: 1000 + 0.01 * cost", "2999.99", ["fail: outside"]),
    ],
)
def test_outcomes_that_are_no_amount_are_reckoned_from_the_facts(
    outcome: str, amount: str, expected: list[str]
) -> None:
    inputs = (
        TableInput(name="cost", label="造价", kind=InputKind.MONEY, domain=">= 0"),
        TableInput(name="area", kind=InputKind.INTEGER, unit="平方米", domain=">= 0"),
    )
    table = discretion_table(inputs=inputs, rows=(TableRow(when="-", outcome=outcome),))
    given = {"facts": facts(cost="200000", area="50"), "tier": 1, "amount_yuan": Decimal(amount)}

    assert said("DIS031", table, **given) == expected


def test_a_further_penalty_has_to_be_one_of_the_row() -> None:
    rows = (FIRST, attrs.evolve(SECOND, further=("没收违法所得",)), THIRD)
    table = discretion_table(rows=rows)

    assert said("DIS031", table) == []
    assert said("DIS031", table, further=("没收违法所得",)) == []
    assert said("DIS031", table, further=("吊销许可证",)) == ["fail: further"]


def test_each_decision_has_a_verdict_of_its_own_and_those_that_keep_to_it_none() -> None:
    decisions = [
        penalty_decision(id=f"decision-{number}", amount_yuan=Decimal(amount))
        for number, amount in enumerate((1, 8000, 2))
    ]
    found = verdicts("DIS031", discretion_table(), *decisions)

    assert [verdict.facts["decision"] for verdict in found] == ["decision-0", "decision-2"]


def test_nothing_is_said_where_there_is_no_decision_and_all_of_a_table_that_cannot_be_read() -> None:
    unreadable = discretion_table(rows=(TableRow(when="weather = 1"),))

    assert [verdict.message for verdict in verdicts("DIS031", unreadable)] == ["none"]
    (verdict,) = verdicts("DIS031", unreadable, penalty_decision(), penalty_decision(id="decision-2"))
    assert (verdict.outcome, verdict.facts) == ("undecidable", {"decisions": ("decision-1", "decision-2")})


# Table and reasons


@pytest.mark.parametrize(
    ("acted_on", "expected"),
    [
        (dt.date(2011, 4, 30), ["fail: not_in_force"]),
        (dt.date(2011, 5, 1), []),
        (dt.date(2011, 9, 30), []),
        (dt.date(2011, 10, 1), ["fail: not_in_force"]),
        (None, ["undecidable: undated"]),
    ],
)
def test_the_act_lies_within_the_time_of_the_table(acted_on: dt.date | None, expected: list[str]) -> None:
    table = discretion_table(until=dt.date(2011, 9, 30))

    assert said("DIS033", table, acted_on=acted_on) == expected


def test_a_table_without_a_first_day_decides_nothing() -> None:
    assert said("DIS033", discretion_table(since=None)) == ["undecidable: table_undated"]


def test_the_version_is_that_of_the_table_whether_or_not_it_has_got_an_end_since() -> None:
    table = discretion_table()
    ended = attrs.evolve(table, until=dt.date(2011, 9, 30))
    changed = attrs.evolve(table, rows=(FIRST, attrs.evolve(SECOND, outcome="6000元以上10000元以下"), THIRD))

    assert said("DIS033", table, version=version_of(table)) == []
    assert said("DIS033", ended, version=version_of(table)) == []
    assert said("DIS033", changed, version=version_of(table)) == ["fail: other_version"]
    # What was decided under another text is not held against this one.
    assert said("DIS031", changed, version=version_of(table)) == ["undecidable: other_version"]
    assert said("DIS031", ended, version=version_of(table)) == []


def test_decisions_under_a_table_that_has_ended_are_still_looked_at() -> None:
    assert said("DIS032", discretion_table(until=dt.date(2011, 9, 30)), reasons="") == ["fail: no_reasons"]


def test_a_decision_without_reasons_violates_what_evidence_shows_to_be_met() -> None:
    records = (*benchmark(), samples.evidence("panyu-2011:2.3/o2"))
    kept = run_case(Case(Text("", ""), (*records, penalty_decision()), samples.YEAR_END))
    broken = run_case(Case(Text("", ""), (*records, penalty_decision(reasons=" ")), samples.YEAR_END))

    assert kept.status("bureau", "panyu-2011:2.3/o2").status is Status.SATISFIED
    assert broken.status("bureau", "panyu-2011:2.3/o2").status is Status.VIOLATED


def test_a_decision_that_comes_later_is_not_there_yet() -> None:
    late = penalty_decision(decided_on=dt.date(2012, 1, 1), reasons="")
    report = run_case(Case(Text("", ""), (*benchmark(), late), samples.YEAR_END))

    assert "DIS032" not in {entry.rule for entry in report.findings}


def test_a_decision_under_a_table_that_is_not_the_units_is_counted() -> None:
    stray = penalty_decision(table="table-2", reasons="")
    report = run_case(Case(Text("", ""), (*benchmark(), stray), samples.YEAR_END))

    assert "DIS032" not in {entry.rule for entry in report.findings}
    assert [notice.facts["name"] for notice in report.notices] == ["penalty-decision"]


@pytest.mark.parametrize(
    ("field", "change", "owner", "also"),
    [
        ("reasons", "\u3000", "DIS032", ()),
        ("amount_yuan", Decimal(99999999), "DIS031", ()),
        ("amount_yuan", None, "DIS031", ()),
        ("facts", (), "DIS031", ()),
        ("tier", 9, "DIS031", ()),
        ("acted_on", None, "DIS033", ()),
        ("acted_on", dt.date(2001, 1, 1), "DIS033", ()),
        ("version", "f" * 64, "DIS033", ("DIS031",)),
    ],
)
@FEW
@given(st.data())
def test_the_rule_that_owns_a_field_of_a_decision_finds_its_change(
    field: str, change: Any, owner: str, also: tuple[str, ...], data: st.DataObject
) -> None:
    setting = Setting(UNIT, data.draw(DAYS))
    drawn = data.draw(benchmarks(setting))
    assume(isinstance(drawn[-1], PenaltyDecision))
    mutation = Mutation(
        of=PenaltyDecision,
        field=field,
        change=change,
        owner=owner,
        also=frozenset(also),
        drawn=lambda _: st.just(drawn),
    )
    assert_found(mutation, drawn, setting)
