"""The clock of a request, against counting day by day under the law of 2007."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.calendars.china import china_calendar
from govopen.model.requests import Correction, Reply, Request, Suspension, SuspensionCause
from govopen.policy.loading import builtin_library
from govopen.rules import samples
from govopen.rules.context import Context
from govopen.rules.request_clock import Standing, State, standing_of

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


# Fifteen working days after 2011-04-15, and twenty after 2019-05-15, the first day of the law of 2019.
RECEIVED_2011, DUE_2011 = dt.date(2011, 4, 15), dt.date(2011, 5, 9)
RECEIVED_2019, DUE_2019 = dt.date(2019, 5, 15), dt.date(2019, 6, 13)


class TestSilenceOfAThirdParty:
    # Fifteen working days after 2019-05-20, on which it was asked, end on 2019-06-11.
    ASKED, LAST = dt.date(2019, 5, 20), dt.date(2019, 6, 11)
    LONG_AFTER = dt.date(2019, 12, 31)

    def standing(
        self, until: dt.date | None, done_on: dt.date | None = None, as_of: dt.date = LONG_AFTER, **changes: object
    ) -> Standing:
        stop = Suspension(**{"cause": SuspensionCause.THIRD_PARTY, "since": self.ASKED, "until": until} | changes)  # type: ignore[arg-type]
        request = samples.request(received_on=RECEIVED_2019, suspensions=(stop,), reply=None)
        return standing_of(request, 20, done_on, context(as_of))

    @pytest.mark.parametrize("until", [None, LAST, LAST + DAY, dt.date(2019, 8, 30)])
    def test_since_2019_the_clock_runs_on_when_its_time_to_answer_is_over(self, until: dt.date | None) -> None:
        standing = self.standing(until)
        assert standing.state is State.MISSED
        assert CALENDAR.working_days_between(RECEIVED_2019, standing.due) == 20 + 15
        assert self.standing(until, standing.due).state is State.IN_TIME
        assert self.standing(until, standing.due + DAY).state is State.LATE

    def test_until_then_it_stands_still(self) -> None:
        assert self.standing(None, as_of=self.LAST).state is State.STOPPED
        assert self.standing(None, as_of=self.LAST + DAY).state is State.AHEAD

    def test_that_it_stands_still_holds_until_then(self) -> None:
        ctx = context(self.ASKED)
        stop = Suspension(cause=SuspensionCause.THIRD_PARTY, since=self.ASKED)
        standing_of(samples.request(received_on=RECEIVED_2019, suspensions=(stop,), reply=None), 20, None, ctx)
        assert ctx.holds_until == self.LAST

    def test_an_answer_within_the_time_ends_it_at_once(self) -> None:
        assert self.standing(self.ASKED + DAY).due == CALENDAR.add_working_days(DUE_2019, 1)

    def test_another_organ_has_no_such_time(self) -> None:
        assert self.standing(None, cause=SuspensionCause.OTHER_ORGAN).state is State.STOPPED

    def test_nor_has_a_third_party_under_the_law_of_2007(self) -> None:
        stop = Suspension(cause=SuspensionCause.THIRD_PARTY, since=dt.date(2011, 4, 22))
        request = samples.request(received_on=RECEIVED_2011, suspensions=(stop,), reply=None)
        assert standing_of(request, 15, None, context(dt.date(2011, 12, 31))).state is State.STOPPED


class TestLateNotice:
    """The law of 2007 does not say whether a correction restarts the clock; it restarts none that has run down."""

    LATE = Correction(notified_on=DUE_2011 + DAY, received_on=dt.date(2011, 5, 20))
    YEAR_END = dt.date(2011, 12, 31)

    def request(self, *corrections: Correction, **changes: object) -> Request:
        return samples.request(received_on=RECEIVED_2011, corrections=corrections, reply=None, **changes)

    @pytest.mark.parametrize("received_on", [None, dt.date(2011, 5, 20)])
    def test_a_notice_after_the_due_date_excuses_nothing(self, received_on: dt.date | None) -> None:
        request = self.request(attrs.evolve(self.LATE, received_on=received_on))
        assert standing_of(request, 15, None, context(self.YEAR_END)) == Standing(State.MISSED, DUE_2011)
        done_on = dt.date(2011, 5, 25)
        assert standing_of(request, 15, done_on, context(self.YEAR_END)) == Standing(State.LATE, DUE_2011)

    def test_one_on_the_due_date_may_have_restarted_it(self) -> None:
        request = self.request(attrs.evolve(self.LATE, notified_on=DUE_2011))
        done_on = dt.date(2011, 5, 25)
        assert standing_of(request, 15, done_on, context(self.YEAR_END)) == Standing(State.UNSTATED, DUE_2011)

    def test_time_that_stood_still_is_still_there(self) -> None:
        stop = Suspension(cause=SuspensionCause.THIRD_PARTY, since=dt.date(2011, 4, 22), until=dt.date(2011, 5, 9))
        request = self.request(self.LATE, suspensions=(stop,))
        assert standing_of(request, 15, dt.date(2011, 5, 30), context(self.YEAR_END)).state is State.UNSTATED

    def test_a_late_one_takes_nothing_from_one_in_time(self) -> None:
        in_time = Correction(notified_on=dt.date(2011, 4, 20), received_on=dt.date(2011, 5, 3))
        open_ended = attrs.evolve(self.LATE, received_on=None)
        done_on = dt.date(2011, 5, 25)
        alone = standing_of(self.request(in_time), 15, done_on, context(self.YEAR_END))
        assert alone == Standing(State.LATE, dt.date(2011, 5, 24))
        assert standing_of(self.request(in_time, open_ended), 15, done_on, context(self.YEAR_END)) == alone
