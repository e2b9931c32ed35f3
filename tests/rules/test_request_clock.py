"""The clock of a request, against counting day by day under the law of 2007."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from govopen.calendars.china import china_calendar
from govopen.model.requests import Reply, Suspension, SuspensionCause
from govopen.policy.loading import builtin_library
from govopen.rules import samples
from govopen.rules.context import Context
from govopen.rules.request_clock import State, standing_of

DAY = dt.timedelta(days=1)
CALENDAR = china_calendar()
LIBRARY = builtin_library()


def context(as_of: dt.date) -> Context:
    return Context(as_of=as_of, library=LIBRARY, calendar=CALENDAR)


def day_by_day(start: dt.date, days: int, stops: tuple[Suspension, ...]) -> dt.date:
    """The due date, counted with a finger on the calendar."""
    day, counted = start, 0
    while counted < days:
        day += DAY
        stopped = any(stop.since < day <= stop.until for stop in stops if stop.cause is SuspensionCause.THIRD_PARTY)
        counted += CALENDAR.is_working_day(day) and not stopped
    return day


DAYS_OF_2012 = st.dates(dt.date(2012, 1, 1), dt.date(2012, 12, 31))
STOPS = st.lists(
    st.builds(Suspension, cause=st.sampled_from(SuspensionCause), since=DAYS_OF_2012, until=DAYS_OF_2012), max_size=4
).map(tuple)


@given(received_on=DAYS_OF_2012, stops=STOPS)
def test_the_due_date_is_that_of_counting_day_by_day(received_on: dt.date, stops: tuple[Suspension, ...]) -> None:
    started = tuple(stop for stop in stops if stop.since >= received_on)
    request = samples.request(received_on=received_on, suspensions=started, reply=None)
    standing = standing_of(request, 15, None, context(dt.date(2014, 12, 31)))
    assert (standing.state, standing.due) == (State.MISSED, day_by_day(received_on, 15, started))


@given(received_on=DAYS_OF_2012, stops=STOPS, later=st.integers(0, 200))
def test_a_reply_is_in_time_up_to_the_day_counted_and_no_longer(
    received_on: dt.date, stops: tuple[Suspension, ...], later: int
) -> None:
    done_on = received_on + later * DAY
    request = samples.request(received_on=received_on, suspensions=stops, reply=Reply(on=done_on))
    standing = standing_of(request, 15, done_on, context(dt.date(2014, 12, 31)))
    assert (standing.state is State.IN_TIME) == (done_on <= day_by_day(received_on, 15, stops))
