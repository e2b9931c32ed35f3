"""The calendar kit fails calendars that are broken on purpose, each in the scenario that names its fault."""

from __future__ import annotations

import datetime as dt

import pytest

from govopen.calendars.port import Calendar
from govopen.calendars.table import TableCalendar, weekday_flags
from govopen.errors import InputError, NotComputable
from govopen.testing.conformance.calendar import CalendarConformance

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
DAY = dt.timedelta(days=1)


# So many rest days and worked Sundays that a broken calendar meets one in every run of random draws.
_FLAGS = weekday_flags(FIRST, LAST)
for _number in range(len(_FLAGS)):
    match (FIRST + _number * DAY).isoweekday():
        case 4:
            _FLAGS[_number] = 0
        case 7:
            _FLAGS[_number] = 1

GOOD = TableCalendar(name="good", version="1", first=FIRST, flags=_FLAGS)


class Wrapped:
    """A calendar that answers as a good one does, for the broken ones to depart from."""

    name = "wrapped"
    version = "1"
    coverage = GOOD.coverage
    _good = TableCalendar(name="wrapped", version="1", first=FIRST, flags=GOOD.flags)

    def is_working_day(self, day: dt.date) -> bool:
        return self._good.is_working_day(day)

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        return self._good.add_working_days(day, n)

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        return self._good.working_days_between(start, end)

    def next_working_day(self, day: dt.date) -> dt.date:
        return self._good.next_working_day(day)


class GuessesMondayToFriday(Wrapped):
    """Answers beyond its coverage from the weekday alone."""

    def is_working_day(self, day: dt.date) -> bool:
        return super().is_working_day(day) if FIRST <= day <= LAST else day.weekday() < 5

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        for _ in range(n):
            day = self.next_working_day(day + DAY)
        return day

    def next_working_day(self, day: dt.date) -> dt.date:
        while not self.is_working_day(day):
            day += DAY
        return day


class GuessesPeriodsOnly(Wrapped):
    """Refuses to say whether a day outside is worked, and yet counts on into the next year."""

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        try:
            return super().add_working_days(day, n)
        except NotComputable:
            if day > LAST:
                raise
            return LAST + n * DAY


class CountsDay0(Wrapped):
    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        return super().add_working_days(day, n - self.is_working_day(day) if n else 0)


class OneTooMany(Wrapped):
    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        return super().add_working_days(day, n + 1 if n else 0)


class AddsWeekdays(Wrapped):
    """Knows the holidays when asked about a day, and forgets them when it counts."""

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        super().add_working_days(day, n)
        while n:
            day += DAY
            n -= day.weekday() < 5
        return day


class NothingAddedIsTheNextWorkingDay(Wrapped):
    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        return super().add_working_days(day, n) if n else self.next_working_day(day)


class CountsTheStart(Wrapped):
    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        return super().working_days_between(start, end) + self.is_working_day(start)


class NeverNegative(Wrapped):
    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        return abs(super().working_days_between(start, end))


class AlwaysMovesOn(Wrapped):
    def next_working_day(self, day: dt.date) -> dt.date:
        return self.add_working_days(day, 1)


class MovesToMonday(Wrapped):
    def next_working_day(self, day: dt.date) -> dt.date:
        super().next_working_day(day)
        return day + (7 - day.weekday()) * DAY if day.weekday() > 4 else day


class CountsBack(Wrapped):
    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        try:
            return super().add_working_days(day, n)
        except InputError:
            return day + n * DAY


class RefusesWithoutSayingWhy(Wrapped):
    def is_working_day(self, day: dt.date) -> bool:
        try:
            return super().is_working_day(day)
        except NotComputable:
            raise NotComputable("No.") from None


class PromisesADayTooMany(Wrapped):
    coverage = (FIRST, LAST + DAY)


class HasNoVersion(Wrapped):
    version = ""


SCENARIOS = [name.removeprefix("test_") for name in dir(CalendarConformance) if name.startswith("test_")]


def fails(calendar: Calendar, scenario: str) -> bool:
    try:
        getattr(CalendarConformance(), f"test_{scenario}")(calendar=calendar)
    except (Exception, pytest.fail.Exception):  # noqa: BLE001
        return True
    return False


def failures(calendar: Calendar) -> list[str]:
    return [scenario for scenario in SCENARIOS if fails(calendar, scenario)]


@pytest.mark.parametrize("calendar", [GOOD, Wrapped()], ids=["table", "another class"])
def test_a_good_calendar_passes_every_scenario(calendar: Calendar) -> None:
    assert failures(calendar) == []


@pytest.mark.parametrize("flags", ["w", ".", "w.", ".w", "...."])
def test_a_good_calendar_of_a_few_days_passes(flags: str) -> None:
    few = TableCalendar(name="few", version="1", first=FIRST, flags=[flag == "w" for flag in flags])
    assert failures(few) == []


@pytest.mark.parametrize("first", [dt.date.min, dt.date.max - 2 * DAY])
def test_a_good_calendar_at_the_end_of_time_passes(first: dt.date) -> None:
    edge = TableCalendar(name="edge", version="1", first=first, flags=[1, 0, 1])
    assert failures(edge) == []


BROKEN = [
    (GuessesMondayToFriday, "refuses_a_day_outside_its_coverage"),
    (GuessesMondayToFriday, "refuses_a_count_that_runs_past_its_end"),
    (GuessesPeriodsOnly, "refuses_a_count_that_runs_past_its_end"),
    (CountsDay0, "does_not_count_day_0"),
    (CountsDay0, "between_undoes_adding"),
    (OneTooMany, "does_not_count_day_0"),
    (OneTooMany, "adds_in_steps_as_at_once"),
    (AddsWeekdays, "does_not_count_day_0"),
    (AddsWeekdays, "a_due_date_is_a_working_day"),
    (NothingAddedIsTheNextWorkingDay, "covers_its_ends"),
    (NothingAddedIsTheNextWorkingDay, "never_runs_backwards"),
    (CountsTheStart, "between_undoes_adding"),
    (CountsTheStart, "between_adds_up"),
    (NeverNegative, "between_undoes_adding"),
    (NeverNegative, "between_adds_up"),
    (AlwaysMovesOn, "next_working_day_stays_on_a_working_day"),
    (MovesToMonday, "next_working_day_stays_on_a_working_day"),
    (CountsBack, "refuses_a_negative_count"),
    (RefusesWithoutSayingWhy, "refuses_a_day_outside_its_coverage"),
    (PromisesADayTooMany, "covers_its_ends"),
    (HasNoVersion, "says_what_it_is"),
]


@pytest.mark.parametrize(("broken", "scenario"), BROKEN)
def test_a_broken_calendar_fails_the_scenario_that_names_its_fault(broken: type[Wrapped], scenario: str) -> None:
    assert fails(broken(), scenario)


def test_every_scenario_is_failed_by_some_broken_calendar() -> None:
    assert {case[1] for case in BROKEN} == set(SCENARIOS)
