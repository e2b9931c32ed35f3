"""The year's record of leader, body, staff, funds and plan. A blank number is not zero."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from govopen.calendars.china import china_calendar
from govopen.policy.loading import builtin_library
from govopen.rules import organisation, samples
from govopen.rules.base import RecordRule, Rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, Outcome, Result, Undecidable, Verdict

AUTOMATIC = (
    organisation.leader_named,
    organisation.working_body_named,
    organisation.full_time_staff,
    organisation.funds_secured,
    organisation.plan_issued,
)


def context(as_of: dt.date = samples.YEAR_END) -> Context:
    return Context(as_of=as_of, library=builtin_library(), calendar=china_calendar())


def worded(rule: Rule, result: Result) -> Result:
    """The result itself, once every verdict is seen to have a text in both languages that takes just its facts."""
    for verdict in result if isinstance(result, list) else [] if result is None else [result]:
        text = rule.messages[verdict.message]
        assert text.zh.format(**verdict.facts)
        assert text.en.format(**verdict.facts)
    return result


def check(rule: RecordRule, ctx: Context | None = None, **changes: Any) -> Result:
    return worded(rule, rule.check(Dossier(samples.organisation(**changes), samples.UNIT, {}), ctx or context()))


def test_each_obligation_of_the_clause_is_answered_and_each_but_the_last_by_two_rules() -> None:
    answered = [str(citation) for rule in organisation.RULES for citation in rule.answers]
    assert sorted(answered) == sorted([f"panyu-2011:1.1/o{number}" for number in (1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6)])


@pytest.mark.parametrize("rule", AUTOMATIC, ids=lambda rule: rule.code)
def test_a_complete_record_of_the_year_passes(rule: RecordRule) -> None:
    assert check(rule) is None


@pytest.mark.parametrize("rule", AUTOMATIC, ids=lambda rule: rule.code)
@pytest.mark.parametrize("year", [2010, 2012, 0, 99999])
def test_the_record_of_another_year_or_of_no_year_is_not_concerned(rule: RecordRule, year: int) -> None:
    result = check(rule, year=year, leader="", working_body="", full_time_staff=0, budget_yuan=None)
    assert isinstance(result, Verdict)
    assert (result.outcome, result.message) == (Outcome.NOT_APPLICABLE, "other_year")


def test_the_answer_holds_for_the_year() -> None:
    ctx = context(dt.date(2011, 8, 1))
    check(organisation.full_time_staff, ctx)
    assert (ctx.holds_since, ctx.holds_until) == (dt.date(2011, 1, 1), dt.date(2011, 12, 31))


@pytest.mark.parametrize(
    ("rule", "field"), [(organisation.leader_named, "leader"), (organisation.working_body_named, "working_body")]
)
def test_spaces_are_no_name(rule: RecordRule, field: str) -> None:
    result = check(rule, **{field: " \u3000"})
    assert isinstance(result, Fail)
    assert result.facts == {"year": 2011}


def test_no_full_time_staff_fails_and_an_unknown_number_is_undecidable() -> None:
    none = check(organisation.full_time_staff, full_time_staff=0)
    assert isinstance(none, Fail)
    assert none.facts == {"year": 2011, "staff": 0}
    assert isinstance(check(organisation.full_time_staff, full_time_staff=None), Undecidable)
    assert check(organisation.full_time_staff, full_time_staff=2) is None


def test_no_funds_fail_and_an_unknown_amount_is_undecidable() -> None:
    assert isinstance(check(organisation.funds_secured, budget_yuan=Decimal("0.00")), Fail)
    assert isinstance(check(organisation.funds_secured, budget_yuan=None), Undecidable)
    assert check(organisation.funds_secured, budget_yuan=Decimal("0.01")) is None


def test_without_number_and_date_there_is_no_plan() -> None:
    result = check(organisation.plan_issued, plan_document_number=" ", plan_issued_on=None)
    assert isinstance(result, Fail)
    assert result.message == "no_plan"


@pytest.mark.parametrize(
    ("changes", "missing"),
    [({"plan_issued_on": None}, "plan_issued_on"), ({"plan_document_number": ""}, "plan_document_number")],
)
def test_a_plan_with_only_number_or_only_date_cannot_be_decided(changes: dict[str, Any], missing: str) -> None:
    result = check(organisation.plan_issued, **changes)
    assert isinstance(result, Undecidable)
    assert result.facts["missing"] == missing


def test_a_plan_counts_from_the_day_it_is_issued() -> None:
    issued_on = dt.date(2011, 5, 20)
    before = context(issued_on - dt.timedelta(days=1))
    result = check(organisation.plan_issued, before)
    assert isinstance(result, Fail)
    assert result.facts == {"issued_on": issued_on}
    assert before.holds_until == issued_on - dt.timedelta(days=1)
    assert check(organisation.plan_issued, context(issued_on)) is None
