"""The conformance kit of :class:`~govopen.calendars.port.Calendar`.

.. code-block:: python

    class TestOurCalendar(CalendarConformance):
        @pytest.fixture
        def calendar(self) -> Calendar:
            return our_calendar()

What the days are, the kit cannot know. That every answer follows from :meth:`Calendar.is_working_day` and the coverage,
it tests, by counting day by day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govopen.calendars.port import Calendar
from govopen.errors import InputError, NotComputable

__all__ = ["CalendarConformance"]

# The fixture is read only, and every subclass runs the same scenarios: neither is the mistake these checks look for.
_scenario = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
)
_DAY = dt.timedelta(days=1)
_counts = st.integers(0, 80)


def _days(calendar: Calendar) -> st.SearchStrategy[dt.date]:
    first, last = calendar.coverage
    # The ends are where calendars go wrong, and a draw over decades seldom meets them.
    near_end = st.integers(0, min(90, (last - first).days)).map(lambda back: last - back * _DAY)
    return st.dates(first, last) | near_end


def _walk(calendar: Calendar, day: dt.date, count: int) -> dt.date | None:
    """The ``count``-th working day after ``day`` by asking about every day; ``None`` if the coverage ends before."""
    last = calendar.coverage[1]
    while count:
        if day >= last:
            return None
        day += _DAY
        count -= calendar.is_working_day(day)
    return day


def _answer(ask: Callable[[], dt.date]) -> dt.date | None:
    try:
        return ask()
    except NotComputable:
        return None


def _outside(calendar: Calendar) -> list[dt.date]:
    first, last = calendar.coverage
    days = []
    if first > dt.date.min:
        days += [first - _DAY, dt.date.min]
    if last < dt.date.max:
        # A week, so that a guess for weekdays only, or for weekends only, shows.
        days += [last + number * _DAY for number in range(1, min(7, (dt.date.max - last).days) + 1)]
        days += [dt.date.max]
    return days


def _refuses(calendar: Calendar, day: dt.date, ask: Callable[..., object], *asked: object) -> None:
    with pytest.raises(NotComputable) as refusal:
        ask(*asked)
    text = str(refusal.value)
    first, last = calendar.coverage
    for said in (calendar.name, day.isoformat(), first.isoformat(), last.isoformat()):
        assert said in text, f"the refusal does not name {said}: {text}"


class CalendarConformance:
    """What every calendar must do. A subclass supplies the fixture ``calendar``, the same calendar for every test."""

    def test_says_what_it_is(self, calendar: Calendar) -> None:
        """Name and version are stored with computed dates, so neither may be empty."""
        first, last = calendar.coverage
        assert calendar.name
        assert calendar.version
        assert first <= last

    def test_covers_its_ends(self, calendar: Calendar) -> None:
        """The first and the last day of the coverage have an answer."""
        for day in calendar.coverage:
            assert calendar.is_working_day(day) in (True, False)
            assert calendar.add_working_days(day, 0) == day

    def test_refuses_a_day_outside_its_coverage(self, calendar: Calendar) -> None:
        """No question about a day outside is answered, and the refusal says what is covered."""
        first, last = calendar.coverage
        for day in _outside(calendar):
            _refuses(calendar, day, calendar.is_working_day, day)
            _refuses(calendar, day, calendar.next_working_day, day)
            for count in (0, 1, 20):
                _refuses(calendar, day, calendar.add_working_days, day, count)
            _refuses(calendar, day, calendar.working_days_between, first, day)
            _refuses(calendar, day, calendar.working_days_between, day, last)

    def test_refuses_a_count_that_runs_past_its_end(self, calendar: Calendar) -> None:
        """A period that begins inside and ends outside has no due date."""
        first, last = calendar.coverage
        _refuses(calendar, last, calendar.add_working_days, last, 1)
        _refuses(calendar, first, calendar.add_working_days, first, (last - first).days + 1)

    def test_refuses_a_negative_count(self, calendar: Calendar) -> None:
        """Counting back is another question: a statute that means it must say from where."""
        with pytest.raises(InputError):
            calendar.add_working_days(calendar.coverage[1], -1)

    @_scenario
    @given(data=st.data(), count=_counts)
    def test_does_not_count_day_0(self, calendar: Calendar, data: st.DataObject, count: int) -> None:
        """Adding counts the working days after the start, one by one, or refuses where the coverage ends."""
        day = data.draw(_days(calendar), label="day")
        assert _answer(lambda: calendar.add_working_days(day, count)) == _walk(calendar, day, count)

    @_scenario
    @given(data=st.data(), count=_counts)
    def test_a_due_date_is_a_working_day(self, calendar: Calendar, data: st.DataObject, count: int) -> None:
        """Where a count of at least 1 ends, the office is at work."""
        day = data.draw(_days(calendar), label="day")
        due = _answer(lambda: calendar.add_working_days(day, count + 1))
        assert due is None or calendar.is_working_day(due)

    @_scenario
    @given(data=st.data(), one=_counts, two=_counts)
    def test_adds_in_steps_as_at_once(self, calendar: Calendar, data: st.DataObject, one: int, two: int) -> None:
        """add(add(day, a), b) is add(day, a + b): an extension continues the period."""
        day = data.draw(_days(calendar), label="day")
        at_once = _answer(lambda: calendar.add_working_days(day, one + two))
        assert _answer(lambda: calendar.add_working_days(calendar.add_working_days(day, one), two)) == at_once

    @_scenario
    @given(data=st.data(), count=_counts)
    def test_between_undoes_adding(self, calendar: Calendar, data: st.DataObject, count: int) -> None:
        """From a day to its due date there are as many working days as were added."""
        day = data.draw(_days(calendar), label="day")
        due = _answer(lambda: calendar.add_working_days(day, count))
        if due is not None:
            assert calendar.working_days_between(day, due) == count
            assert calendar.working_days_between(due, day) == -count

    @_scenario
    @given(data=st.data())
    def test_between_adds_up(self, calendar: Calendar, data: st.DataObject) -> None:
        """Start to middle and middle to end make start to end, in any order of the three; one day is one or none."""
        start, middle, end = (data.draw(_days(calendar), label=label) for label in ("start", "middle", "end"))
        between = calendar.working_days_between
        assert between(start, middle) + between(middle, end) == between(start, end)
        if start < calendar.coverage[1]:
            assert between(start, start + _DAY) == calendar.is_working_day(start + _DAY)

    @_scenario
    @given(data=st.data(), count=_counts)
    def test_never_runs_backwards(self, calendar: Calendar, data: st.DataObject, count: int) -> None:
        """Who began later is not due earlier, and a longer period does not end earlier."""
        early, late = sorted(data.draw(_days(calendar), label=label) for label in ("one", "other"))
        due_late = _answer(lambda: calendar.add_working_days(late, count))
        if due_late is not None:
            assert calendar.add_working_days(early, count) <= due_late
        due_longer = _answer(lambda: calendar.add_working_days(early, count + 1))
        if due_longer is not None:
            assert calendar.add_working_days(early, count) < due_longer

    @_scenario
    @given(data=st.data())
    def test_next_working_day_stays_on_a_working_day(self, calendar: Calendar, data: st.DataObject) -> None:
        """A working day is its own next working day; a rest day moves to the first working day after it."""
        day = data.draw(_days(calendar), label="day")
        expected = day if calendar.is_working_day(day) else _walk(calendar, day, 1)
        assert _answer(lambda: calendar.next_working_day(day)) == expected
