"""The China calendar: the days that the State Council's notices made."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import chinese_calendar
import holidays
import pytest

from govopen.calendars.china import CORRECTIONS, china_calendar
from govopen.calendars.port import Calendar
from govopen.errors import NotComputable
from govopen.testing.conformance.calendar import CalendarConformance
from govopen.texts import Text

CHINA = china_calendar()
YEARS = range(2008, 2027)
WORKING_DAYS = (251, 250, 250, 250, 249, 250, 250, 249, 250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248)
WORKED_WEEKEND_DAYS = (5, 6, 8, 6, 6, 12, 5, 5, 6, 5, 7, 6, 6, 7, 7, 7, 8, 5, 6)


def days_of(year: int) -> list[dt.date]:
    first = dt.date(year, 1, 1).toordinal()
    return [dt.date.fromordinal(number) for number in range(first, dt.date(year + 1, 1, 1).toordinal())]


class TestChinaCalendar(CalendarConformance):
    @pytest.fixture
    def calendar(self) -> Calendar:
        return CHINA


def test_covers_whole_years_from_2004() -> None:
    first, last = CHINA.coverage
    assert first == dt.date(2004, 1, 1)
    assert last >= dt.date(2026, 12, 31)
    assert (last.month, last.day) == (12, 31)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_an_independent_source(year: int) -> None:
    other = holidays.country_holidays("CN", years=year)
    assert [d for d in days_of(year) if CHINA.is_working_day(d) != other.is_working_day(d)] == []


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_day_but_the_corrections_is_that_of_the_data(year: int) -> None:
    corrected = CORRECTIONS.changes[0].days
    differing = [d for d in days_of(year) if CHINA.is_working_day(d) != chinese_calendar.is_workday(d)]
    assert set(differing) <= set(corrected)


@pytest.mark.parametrize(("year", "count"), list(zip(YEARS, WORKING_DAYS, strict=True)))
def test_a_year_has_so_many_working_days(year: int, count: int) -> None:
    assert sum(map(CHINA.is_working_day, days_of(year))) == count
    if year > 2008:
        assert CHINA.working_days_between(dt.date(year - 1, 12, 31), dt.date(year, 12, 31)) == count


@pytest.mark.parametrize(("year", "count"), list(zip(YEARS, WORKED_WEEKEND_DAYS, strict=True)))
def test_a_year_has_so_many_worked_weekend_days(year: int, count: int) -> None:
    assert sum(CHINA.is_working_day(d) for d in days_of(year) if d.weekday() > 4) == count


@pytest.mark.parametrize(
    ("year", "worked"),
    [
        (2011, ["2011-01-30", "2011-02-12", "2011-04-02", "2011-10-08", "2011-10-09", "2011-12-31"]),
        (2026, ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]),
    ],
)
def test_the_worked_weekend_days_are_those_of_the_notice(year: int, worked: list[str]) -> None:
    assert [d.isoformat() for d in days_of(year) if d.weekday() > 4 and CHINA.is_working_day(d)] == worked


def test_the_last_saturday_of_2005_was_worked() -> None:
    """国办发明电〔2005〕35号 made it so, which the data miss."""
    assert CHINA.is_working_day(dt.date(2005, 12, 31))
    assert CHINA.add_working_days(dt.date(2005, 12, 30), 1) == dt.date(2005, 12, 31)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2015-09-03", False),  # the 70th anniversary, decided late
        ("2015-09-06", True),
        ("2020-01-31", False),  # the Spring Festival of 2020, prolonged when it had begun
        ("2020-02-01", False),
        ("2020-02-03", True),
    ],
)
def test_one_off_changes_are_in_the_data(day: str, worked: bool) -> None:
    assert CHINA.is_working_day(dt.date.fromisoformat(day)) is worked


def test_the_year_after_the_last_notice_is_refused() -> None:
    last = CHINA.coverage[1]
    with pytest.raises(NotComputable, match=rf"china covers 2004-01-01 to {last}.*{last.year + 1}-01-04.*overlay"):
        CHINA.is_working_day(dt.date(last.year + 1, 1, 4))
    with pytest.raises(NotComputable, match="working day 30 after"):
        CHINA.add_working_days(last - dt.timedelta(days=20), 30)


def test_version_names_the_data_and_the_corrections() -> None:
    assert CHINA.version == f"chinesecalendar@{chinese_calendar.__version__}+{CORRECTIONS}"


def test_the_same_calendar_is_built_once() -> None:
    assert china_calendar() is CHINA
    assert china_calendar([]) is CHINA


def test_a_year_without_its_national_day_is_not_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release that has only the first days of a year does not extend the coverage."""
    last = CHINA.coverage[1]
    partial = {**chinese_calendar.constants.holidays, dt.date(last.year + 1, 1, 1): "New Year's Day"}
    monkeypatch.setattr(chinese_calendar.constants, "holidays", partial)
    from govopen.calendars import china

    assert china._published().coverage[1] == last


def test_importing_the_calendar_does_not_load_its_data() -> None:
    code = "import sys, govopen.calendars.china; sys.exit('chinese_calendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_holiday_has_its_name_and_a_worked_saturday_none():
    calendar = china_calendar()
    assert calendar.holiday_name(dt.date(2011, 10, 3)) == Text("国庆节", "National Day")
    assert calendar.holiday_name(dt.date(2011, 10, 8)) is None
    assert calendar.holiday_name(dt.date(2011, 10, 15)) is None
