"""The handling fee: progressive, per item or per page, by the law of the day of receipt."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.calendars.china import china_calendar
from govopen.errors import InputError, NotComputable
from govopen.model.requests import FeeMethod
from govopen.policy.loading import builtin_library
from govopen.rules.context import Context
from govopen.workflow.fees import Band, handling_fee

DAY = dt.date(2023, 6, 1)


def context() -> Context:
    return Context(as_of=DAY, library=builtin_library(), calendar=china_calendar())


@pytest.mark.parametrize(
    ("items", "yuan"),
    [
        (1, 0),
        (10, 0),
        (11, 100),
        (12, 200),
        (25, 1500),
        (30, 2000),
        (31, 2200),
        (40, 4000),
        (41, 4300),
        (50, 7000),
        (51, 7400),
    ],
)
def test_items_of_a_month_cost_more_the_more_there_are(items: int, yuan: int) -> None:
    fee = handling_fee(context(), DAY, items=range(1, items + 1))
    assert fee.amount == Decimal(yuan)
    assert fee.method is FeeMethod.PER_ITEM


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(1, 0), (30, 0), (31, 10), (44, 140), (72, 420), (100, 700), (101, 720), (200, 2700), (201, 2740)],
)
def test_pages_cost_more_on_the_excess(pages: int, yuan: int) -> None:
    assert handling_fee(context(), DAY, pages=pages).amount == Decimal(yuan)


def test_fees_that_a_city_reported_come_out() -> None:
    """One case of 420 and one of 140 yuan by pages; fifteen of 1500 and six of 600 yuan, 100 each."""
    assert handling_fee(context(), DAY, pages=72).amount == 420
    assert handling_fee(context(), DAY, pages=44).amount == 140
    assert handling_fee(context(), DAY, items=range(11, 26)).amount == 1500
    assert handling_fee(context(), DAY, items=range(11, 17)).amount == 600


def test_the_bands_say_how_it_came_about() -> None:
    assert handling_fee(context(), DAY, items=range(9, 33)).bands == (
        Band(first=9, last=10, yuan=Decimal(0)),
        Band(first=11, last=30, yuan=Decimal(100)),
        Band(first=31, last=32, yuan=Decimal(200)),
    )


@given(st.integers(1, 300), st.integers(0, 60), st.integers(0, 60))
def test_a_months_items_cost_the_same_together_and_apart(first: int, more: int, further: int) -> None:
    ctx = context()
    middle, end = first + 1 + more, first + 2 + more + further
    apart = (
        handling_fee(ctx, DAY, items=range(first, middle)).amount
        + handling_fee(ctx, DAY, items=range(middle, end)).amount
    )
    assert handling_fee(ctx, DAY, items=range(first, end)).amount == apart


@pytest.mark.parametrize("given_", [{}, {"items": range(1, 2), "pages": 3}])
def test_it_is_one_of_the_two_and_never_both(given_: dict[str, object]) -> None:
    with pytest.raises(InputError, match="never both"):
        handling_fee(context(), DAY, **given_)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [range(3), range(3, 3), range(1, 9, 2)])
def test_items_are_counted_from_one_without_gaps(wrong: range) -> None:
    with pytest.raises(InputError, match="counted from 1"):
        handling_fee(context(), DAY, items=wrong)


def test_no_pages_are_no_request() -> None:
    with pytest.raises(InputError, match="at least 1 page"):
        handling_fee(context(), DAY, pages=0)


@pytest.mark.parametrize("day", [dt.date(2011, 4, 15), dt.date(2019, 5, 15), dt.date(2020, 12, 31)])
def test_before_the_measures_nothing_can_be_charged(day: dt.date) -> None:
    with pytest.raises(NotComputable, match="handling-fee"):
        handling_fee(context(), day, pages=500)


def test_that_nobody_verified_the_figures_is_said_with_them() -> None:
    for fee in (handling_fee(context(), DAY, pages=31), handling_fee(context(), DAY, items=range(1, 12))):
        assert fee.verified is False
        assert "ogi-fees-2020:3" in map(str, fee.citations)
