"""Hypothesis strategies for requests that were handled as the law of their day says.

The time to reply is counted here day by day, not by the rules' own arithmetic.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs
from hypothesis import strategies as st

from govopen.model.requests import (
    Applicant,
    ChannelKind,
    Correction,
    Extension,
    Reply,
    ReplyOutcome,
    Request,
    RequestKind,
    Suspension,
    SuspensionCause,
)
from govopen.testing.compliant import CALENDAR, Setting, days_after, days_before, law, words

__all__ = ["requests"]

_DAY = dt.timedelta(days=1)
_REFUSALS = (ReplyOutcome.PARTIAL, ReplyOutcome.REFUSED, ReplyOutcome.UNABLE, ReplyOutcome.NOT_HANDLED)


def _counted(start: dt.date, days: int, stops: Sequence[Suspension]) -> list[dt.date]:
    """From ``start`` to the last of so many working days after it, but for those on which time stood still."""
    found, day, count = [start], start, 0
    while count < days:
        day += _DAY
        until = max((stop.until for stop in stops if stop.until and stop.since < day <= stop.until), default=None)
        if until is None:
            count += CALENDAR.is_working_day(day)
        if until is None or day == until:
            found.append(day)
    return found


@st.composite
def _replies(draw: st.DrawFn, received_on: dt.date, on: dt.date, outcome: ReplyOutcome | None) -> Reply:
    known = law().matter("ogi/reply-outcomes").on(received_on).keys("outcomes")
    outcome = outcome or draw(st.sampled_from([entry for entry in ReplyOutcome if entry.value in known]))
    if outcome not in _REFUSALS:
        return Reply(on=on, outcome=outcome)
    grounds = law().matter("ogi/refusal-grounds").on(received_on).keys("grounds")
    ground = draw(st.sampled_from(grounds)) if outcome is ReplyOutcome.REFUSED else ""
    return Reply(on=on, outcome=outcome, ground=ground, reasons_given=True, remedies_named=True)


@st.composite
def requests(
    draw: st.DrawFn,
    setting: Setting,
    number: int = 1,
    *,
    corrected: bool | None = None,
    suspended: bool | None = None,
    extended: bool | None = None,
    outcome: ReplyOutcome | None = None,
) -> Request:
    """A request answered in time, an enquiry, or a request whose time has just begun.

    Args:
        draw: Hypothesis's.
        setting: Unit and day.
        number: Makes its identifier.
        corrected: Whether it had to be corrected; any of these arguments makes it a request that was answered.
        suspended: Whether third parties were asked.
        extended: Whether the time was extended, and used.
        outcome: How it was answered.
    """
    handled = (corrected, suspended, extended)
    answered = outcome is not None or any(way is not None for way in handled)
    way = "answered" if answered else draw(st.sampled_from(["answered", "answered", "enquiry", "new"]))
    request = Request(
        id=f"request-{number}",
        unit=setting.unit.id,
        received_on=draw(days_before(setting.as_of, *((0, 10) if way == "new" else (240, 700)))),
        channel=draw(st.sampled_from(list(ChannelKind))),
        kind=RequestKind.ENQUIRY if way == "enquiry" else RequestKind.INFORMATION,
        applicant=draw(st.builds(Applicant, name=words(), identity_proof=words(), contact=words())),
        description=draw(words()),
    )
    if way == "new":
        return request
    if way == "enquiry":
        reply = st.none() | st.builds(Reply, on=days_after(request.received_on, 0, 200))
        return attrs.evolve(request, reply=draw(reply))
    ways = [draw(st.booleans()) if way is None else way for way in handled]
    return draw(_answered(request, *ways, outcome=outcome))


@st.composite
def _answered(
    draw: st.DrawFn,
    request: Request,
    corrected: bool,
    suspended: bool,
    extended: bool,
    *,
    outcome: ReplyOutcome | None,
) -> Request:
    received_on = request.received_on
    time = law().matter("ogi/reply-time").on(received_on)
    start = received_on
    if corrected:
        notified_on = CALENDAR.add_working_days(received_on, draw(st.integers(1, 7)))
        correction = Correction(notified_on=notified_on, received_on=draw(days_after(notified_on, 0, 5)))
        request = attrs.evolve(request, corrections=(correction,))
        # The law of 2007 does not say that the clock starts anew: in time by both ways to count is in time.
        if law().matter("ogi/clock-restart").on(received_on).values["restarts"] == "restarts":
            start = correction.received_on or start
    if suspended:
        causes = law().matter("ogi/uncounted-time").on(received_on).keys("suspensions")
        since = draw(st.sampled_from(_counted(start, 5, ())[1:]))
        cause = draw(st.sampled_from([entry for entry in SuspensionCause if entry.value in causes]))
        answer = law().matter("ogi/third-party-time").on(received_on)
        limited = cause is SuspensionCause.THIRD_PARTY and answer.values["limited"]
        # Days of the calendar within as many working days: a later answer is not waited for.
        until = draw(days_after(since, 1, answer.integer("days") if limited else 40))
        stop = Suspension(cause=cause, since=since, until=until)
        request = attrs.evolve(request, suspensions=(stop,))
    days = _counted(start, time.integer("days"), request.suspensions)
    if extended:
        extension = Extension(
            days=draw(st.integers(1, time.integer("extension"))),
            consented_by=draw(words()),
            notified_on=draw(st.sampled_from(days[-3:])),
        )
        request = attrs.evolve(request, extension=extension)
        longer = _counted(start, time.integer("days") + extension.days, request.suspensions)
        # Used: the reply comes after the original time.
        days = [day for day in longer if day > days[-1]]
    # Opinions were asked before the reply, and corrections before that.
    asked = [stop.until for stop in request.suspensions if stop.until is not None]
    earliest = max([received_on, start, *asked])
    on = draw(st.sampled_from([day for day in days if day >= earliest]))
    return attrs.evolve(request, reply=draw(_replies(received_on, on, outcome)))
