"""When periods end: Civil Code arts. 201 to 203, and working days."""

from __future__ import annotations

import datetime as dt

import pytest

from govopen.calendars.china import china_calendar
from govopen.calendars.due import due_date
from govopen.calendars.period import Period, PeriodUnit
from govopen.errors import NotComputable

CHINA = china_calendar()

# Worked out from chinesecalendar 1.11.0 and again from holidays 0.109; day 0 not counted.
# start, then due after 5, 7, 15, 20 and 40 working days
WORKED_EXAMPLES = """
2008-05-01  2008-05-08  2008-05-12  2008-05-22  2008-05-29  2008-06-27
2011-04-15  2011-04-22  2011-04-26  2011-05-09  2011-05-16  2011-06-14
2011-09-09  2011-09-19  2011-09-21  2011-10-08  2011-10-13  2011-11-10
2011-12-30  2012-01-09  2012-01-11  2012-01-21  2012-02-02  2012-03-01
2019-05-15  2019-05-22  2019-05-24  2019-06-05  2019-06-13  2019-07-11
2020-01-20  2020-02-04  2020-02-06  2020-02-18  2020-02-25  2020-03-24
2024-02-05  2024-02-18  2024-02-20  2024-03-01  2024-03-08  2024-04-08
2024-09-10  2024-09-18  2024-09-20  2024-10-08  2024-10-14  2024-11-11
2025-01-17  2025-01-24  2025-01-27  2025-02-13  2025-02-20  2025-03-20
2025-09-22  2025-09-28  2025-09-30  2025-10-17  2025-10-24  2025-11-21
2026-02-09  2026-02-14  2026-02-25  2026-03-06  2026-03-13  2026-04-13
2026-09-18  2026-09-24  2026-09-29  2026-10-15  2026-10-22  2026-11-19
"""
CASES = [
    (start, count, due)
    for start, *dues in (line.split() for line in WORKED_EXAMPLES.strip().splitlines())
    for count, due in zip((5, 7, 15, 20, 40), dues, strict=True)
]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_worked_examples_are_sixty() -> None:
    assert len(CASES) == 60


@pytest.mark.parametrize(("start", "count", "due"), CASES)
def test_working_days_end_on_the_day_worked_out(start: str, count: int, due: str) -> None:
    assert due_date(day(start), Period(count, PeriodUnit.WORKING_DAYS), CHINA) == day(due)


def test_working_days_can_end_on_a_worked_saturday() -> None:
    due = due_date(day("2011-09-09"), Period.parse("15wd"), CHINA)
    assert due == day("2011-10-08")
    assert due.strftime("%a") == "Sat"


@pytest.mark.parametrize(
    ("start", "period", "due", "rolled"),
    [
        pytest.param("2026-03-02", "7d", "2026-03-09", "2026-03-09", id="ends on a working day"),
        pytest.param("2026-03-01", "6d", "2026-03-07", "2026-03-09", id="ends on a Saturday"),
        pytest.param("2026-09-01", "30d", "2026-10-01", "2026-10-08", id="ends in the National Day holiday"),
        pytest.param("2026-02-07", "7d", "2026-02-14", "2026-02-14", id="ends on a worked Saturday"),
        pytest.param("2026-02-10", "5d", "2026-02-15", "2026-02-24", id="ends in the Spring Festival holiday"),
        pytest.param(
            "2025-08-31", "6m", "2026-02-28", "2026-02-28", id="ends at the month's last day, a worked Saturday"
        ),
        pytest.param("2026-01-31", "1m", "2026-02-28", "2026-02-28", id="no 31 February"),
        pytest.param("2024-01-31", "1m", "2024-02-29", "2024-02-29", id="no 31 February in a leap year"),
        pytest.param("2026-01-31", "2m", "2026-03-31", "2026-03-31", id="month end is not sticky"),
        pytest.param("2025-11-30", "3m", "2026-02-28", "2026-02-28", id="over the turn of the year"),
        pytest.param("2025-12-15", "12m", "2026-12-15", "2026-12-15", id="twelve months are a year"),
        pytest.param("2016-02-29", "10y", "2026-02-28", "2026-02-28", id="born on 29 February"),
        pytest.param("2016-10-05", "10y", "2026-10-05", "2026-10-08", id="ten years to a holiday"),
    ],
)
def test_a_last_day_of_rest_moves_unless_told_otherwise(start: str, period: str, due: str, rolled: str) -> None:
    assert due_date(day(start), Period.parse(period), CHINA, roll=False) == day(due)
    assert due_date(day(start), Period.parse(period), CHINA) == day(rolled)


def test_a_period_that_rolls_needs_the_calendar_at_its_end() -> None:
    end = CHINA.coverage[1]
    with pytest.raises(NotComputable, match="china"):
        due_date(end, Period.parse("1d"), CHINA)
    with pytest.raises(NotComputable, match="china"):
        due_date(end, Period.parse("1wd"), CHINA)


def test_a_secrecy_period_runs_past_the_coverage() -> None:
    assert due_date(day("2026-11-23"), Period.parse("30y"), CHINA, roll=False) == day("2056-11-23")


def test_a_period_may_begin_before_the_coverage_and_end_within() -> None:
    assert due_date(day("2003-12-31"), Period.parse("30d"), CHINA) == day("2004-01-30")


@pytest.mark.parametrize("period", ["999999y", "999999m", "999999d"])
def test_a_period_past_the_last_date_is_not_computable(period: str) -> None:
    with pytest.raises(NotComputable, match=period):
        due_date(day("9999-11-23"), Period.parse(period), CHINA, roll=False)
