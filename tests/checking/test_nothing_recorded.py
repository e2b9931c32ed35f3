"""No subject at all: nothing recorded, no such duty, a nil return. And ability, which needs a record of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from govopen.checking.algebra import Reason, Status
from govopen.model.assurance import Ability, NilReturn
from govopen.model.units import DatedDuty, Duty, Unit
from govopen.rules import samples
from govopen.rules.results import Fail, NotApplicable

O1, O3 = "city-2012:1/o1", "city-2012:1/o3"
DAY = dt.date(2012, 12, 31)


def nil(**changes: Any) -> NilReturn:
    whole: dict[str, Any] = {
        "id": "nil",
        "unit": "bureau",
        "duty": Duty.FEES,
        "covers_from": DAY,
        "covers_until": DAY,
        "reported_on": DAY,
        "officer": "甲",
    }
    return NilReturn(**(whole | changes))


@pytest.fixture
def said(check: Any, a_rule: Any) -> Any:
    def run(*records: Any, function: Any = lambda d, c: None, **about: Any) -> Any:
        entry = check(a_rule(function, **({"duty": Duty.FEES} | about)), *records).status("bureau", O1)
        return entry.status, entry.reason

    return run


def test_without_a_subject_nothing_is_recorded(said: Any) -> None:
    assert said() == (Status.NOTHING_RECORDED, Reason.NONE)
    assert said(samples.unit(Duty.FEES)) == (Status.NOTHING_RECORDED, Reason.NONE)


def test_a_unit_without_the_duty_is_not_concerned(said: Any) -> None:
    assert said(samples.unit()) == (Status.NOT_APPLICABLE, Reason.NO_SUCH_DUTY)
    assert said(samples.unit(Duty.LICENCES)) == (Status.NOT_APPLICABLE, Reason.NO_SUCH_DUTY)


@pytest.mark.parametrize(
    ("since", "until", "concerned"),
    [(DAY, None, True), (dt.date(2013, 1, 1), None, False), (None, DAY, True), (None, dt.date(2012, 12, 30), False)],
)
def test_duties_have_their_time(said: Any, since: dt.date | None, until: dt.date | None, concerned: bool) -> None:
    unit = Unit(
        id="bureau",
        name="示例局",
        kind=samples.UNIT.kind,
        jurisdiction="CN-440113",
        duties=(DatedDuty(duty=Duty.FEES, since=since, until=until),),
    )
    assert (said(unit)[0] is Status.NOTHING_RECORDED) is concerned


def test_a_rule_without_a_duty_knows_neither_excuse(said: Any) -> None:
    assert said(samples.unit(), duty=None)[0] is Status.NOTHING_RECORDED
    assert said(nil(), duty=None)[0] is Status.NOTHING_RECORDED


def test_a_nil_return_that_covers_the_day_satisfies(said: Any) -> None:
    assert said(nil()) == (Status.SATISFIED, Reason.NIL_RETURN)


@pytest.mark.parametrize(
    "changes",
    [
        {"duty": Duty.LICENCES},
        {"covers_from": dt.date(2012, 1, 1), "covers_until": dt.date(2012, 12, 30)},
        {"covers_from": dt.date(2013, 1, 1), "covers_until": dt.date(2013, 12, 31)},
        {"reported_on": dt.date(2012, 11, 29)},
        {"officer": " "},
        {"unit": "other"},
    ],
    ids=["another duty", "ended", "to come", "said more than a month before", "by nobody", "of another unit"],
)
def test_a_nil_return_of_something_else_says_nothing(said: Any, changes: dict[str, Any]) -> None:
    assert said(nil(**changes)) == (Status.NOTHING_RECORDED, Reason.NONE)


@pytest.mark.parametrize("reported_on", [dt.date(2012, 11, 30), dt.date(2012, 12, 31), dt.date(2013, 1, 5)])
def test_a_nil_return_may_be_made_up_to_a_month_before_the_day_or_at_any_time_after(
    said: Any, reported_on: dt.date
) -> None:
    assert said(nil(reported_on=reported_on)) == (Status.SATISFIED, Reason.NIL_RETURN)


def test_what_is_recorded_goes_before_a_nil_return(said: Any) -> None:
    assert said(nil(), samples.item(), function=lambda d, c: Fail("bad", n=1))[0] is Status.VIOLATED


def test_a_unit_with_records_is_checked_whatever_its_duties(said: Any) -> None:
    assert said(samples.unit(), samples.item(), function=lambda d, c: Fail("bad", n=1))[0] is Status.VIOLATED


def test_subjects_none_of_which_is_concerned_now_make_it_not_applicable(said: Any) -> None:
    assert said(samples.item(), function=lambda d, c: NotApplicable("known")) == (
        Status.NOT_APPLICABLE,
        Reason.NOT_NOW,
    )


def ability(**changes: Any) -> Ability:
    whole: dict[str, Any] = {
        "id": "ability",
        "unit": "bureau",
        "obligation": O3,
        "able": False,
        "officer": "甲",
        "reason": "没有场地",
        "stated_on": dt.date(2012, 2, 1),
        "covers_from": dt.date(2012, 1, 1),
        "covers_until": DAY,
    }
    return Ability(**(whole | changes))


@pytest.fixture
def of_able(check: Any, a_rule: Any) -> Any:
    def run(*records: Any) -> Any:
        rule = a_rule(lambda d, c: Fail("bad", n=1), answers=(O3,))
        return check(rule, samples.item(), *records).status("bureau", O3).status

    return run


def test_what_is_asked_of_the_able_is_not_shown_until_inability_is_recorded(of_able: Any) -> None:
    assert of_able() is Status.NOT_SHOWN
    assert of_able(ability(able=True)) is Status.NOT_SHOWN
    assert of_able(ability()) is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    "changes",
    [
        {"obligation": O1},
        {"covers_until": dt.date(2012, 12, 30)},
        {"stated_on": dt.date(2013, 1, 1)},
        {"officer": " "},
        {"reason": ""},
    ],
    ids=["of another obligation", "ended", "stated later", "nobody stated it", "without a reason"],
)
def test_a_statement_that_does_not_hold_excuses_nothing(of_able: Any, changes: dict[str, Any]) -> None:
    assert of_able(ability(**changes)) is Status.NOT_SHOWN


def test_of_two_statements_the_later_holds_whatever_they_are_called(of_able: Any) -> None:
    earlier = ability(id="z", stated_on=dt.date(2012, 3, 1))
    later = ability(id="a", able=True, stated_on=dt.date(2012, 4, 1))
    assert of_able(earlier, later) is Status.NOT_SHOWN
    assert of_able(earlier) is Status.NOT_APPLICABLE
