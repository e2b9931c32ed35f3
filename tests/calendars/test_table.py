"""The table calendar: any days, the same arithmetic."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.calendars.table import TableCalendar, weekday_flags
from govopen.errors import InputError, NotComputable

FIRST = dt.date(2026, 1, 1)  # a Thursday
DAY = dt.timedelta(days=1)


def table(flags: str) -> TableCalendar:
    return TableCalendar(name="made", version="1", first=FIRST, flags=[flag == "w" for flag in flags])


def test_coverage_is_as_long_as_the_flags() -> None:
    assert table("ww..w").coverage == (FIRST, FIRST + 4 * DAY)


def test_a_calendar_of_no_days_is_refused() -> None:
    with pytest.raises(InputError, match="made has no days"):
        table("")


def test_a_moment_is_not_a_day() -> None:
    with pytest.raises(TypeError, match="dates, not moments"):
        table("www").is_working_day(dt.datetime(2026, 1, 1, 23, tzinfo=dt.UTC))


def test_a_calendar_of_rest_days_has_no_next_working_day() -> None:
    rest = table("...")
    assert rest.working_days_between(FIRST, FIRST + 2 * DAY) == 0
    assert rest.add_working_days(FIRST, 0) == FIRST
    with pytest.raises(NotComputable, match="made covers 2026-01-01 to 2026-01-03"):
        rest.next_working_day(FIRST)


def test_a_refusal_says_what_to_do_next() -> None:
    with pytest.raises(NotComputable) as refusal:
        table("w").is_working_day(FIRST + DAY)
    assert "notice" in refusal.value.hint
    assert refusal.value.facts["day"] == "2026-01-02"


def test_equal_tables_are_different_calendars() -> None:
    # Plugin managers refuse equal objects as duplicates.
    assert table("w") != table("w")


def test_a_calendar_can_be_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(table("w.w")))  # noqa: S301
    assert sent.add_working_days(FIRST, 1) == FIRST + 2 * DAY
    assert sent.coverage == (FIRST, FIRST + 2 * DAY)


@given(
    flags=st.text("w.", min_size=1, max_size=60),
    places=st.tuples(st.integers(0, 59), st.integers(0, 59)),
)
def test_between_counts_what_the_flags_say(flags: str, places: tuple[int, int]) -> None:
    start, end = sorted(place % len(flags) for place in places)
    counted = flags[start + 1 : end + 1].count("w")
    calendar = table(flags)
    assert calendar.working_days_between(FIRST + start * DAY, FIRST + end * DAY) == counted
    assert calendar.working_days_between(FIRST + end * DAY, FIRST + start * DAY) == -counted


@given(first=st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), length=st.integers(0, 40))
def test_weekday_flags_are_monday_to_friday(first: dt.date, length: int) -> None:
    flags = weekday_flags(first, first + length * DAY)
    assert [bool(flag) for flag in flags] == [(first + n * DAY).weekday() < 5 for n in range(length + 1)]
