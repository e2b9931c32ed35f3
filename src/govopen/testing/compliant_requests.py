"""Hypothesis strategies for requests that were handled as the law of their day says.

The time to reply is counted here day by day, not by the rules' own arithmetic.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs
from hypothesis import strategies as st

from govopen.model.requests import (
    Abandonment,
    AbandonmentCause,
    Applicant,
    ApplicantKind,
    ChannelKind,
    Correction,
    Extension,
    Opinion,
    PostKind,
    Receipt,
    Reply,
    ReplyKind,
    ReplyOutcome,
    Request,
    RequestKind,
    Suspension,
    SuspensionCause,
    Triage,
)
from govopen.testing.compliant import CALENDAR, Setting, days_after, days_before, law, words

__all__ = ["requests"]

_DAY = dt.timedelta(days=1)
_NEW_LAW = dt.date(2019, 5, 15)
_THIRD_PARTY = {"trade_secret": "third_party", "personal_privacy": "third_party"}
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
    grounds = law().matter("ogi/refusal-grounds").on(received_on).keys("grounds")
    ground = draw(st.sampled_from(grounds)) if outcome is ReplyOutcome.REFUSED else ""
    row = f"refused.{_THIRD_PARTY.get(ground, ground)}" if ground else outcome.value
    kinds = [kind for kind in ReplyKind if kind.value == row]
    reply = Reply(
        on=on, outcome=outcome, ground=ground, kind=draw(st.none() | st.sampled_from(kinds)) if kinds else None
    )
    if outcome is ReplyOutcome.PARTIAL:
        reply = attrs.evolve(reply, severed=draw(st.sampled_from([None, True])))
    if outcome in _REFUSALS:
        reply = attrs.evolve(reply, reasons_given=True, remedies_named=True, reasons=draw(st.just("") | words()))
    return reply


@st.composite
def _receipts(draw: st.DrawFn, channel: ChannelKind, received_on: dt.date) -> Receipt:
    """How it came in, so that the law of the day of arrival dates the receipt so."""
    earlier = draw(st.sampled_from([received_on, received_on - _DAY, received_on - 4 * _DAY]))
    if channel is ChannelKind.POST and draw(st.booleans()):
        signed = Receipt(arrived_on=earlier, post=PostKind.SIGNED, signed_on=received_on)
        return signed if earlier >= _NEW_LAW else attrs.evolve(signed, arrived_on=received_on)
    if channel in (ChannelKind.FAX, ChannelKind.EMAIL, ChannelKind.WEBSITE) and earlier >= _NEW_LAW:
        return Receipt(arrived_on=earlier, confirmed_on=received_on)
    return Receipt(arrived_on=received_on, confirmed_on=received_on)


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
    """A request answered in time, one lawfully taken for abandoned, an enquiry, or one whose time has just begun.

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
    ways = ["answered", "answered", "enquiry", "new", "abandoned"]
    way = "answered" if answered else draw(st.sampled_from(ways))
    received_on = draw(days_before(setting.as_of, *((0, 10) if way == "new" else (240, 700))))
    channel = draw(st.sampled_from(list(ChannelKind)))
    kind = RequestKind.ENQUIRY if way == "enquiry" else RequestKind.INFORMATION
    request = Request(
        id=f"request-{number}",
        unit=setting.unit.id,
        received_on=received_on,
        channel=channel,
        kind=kind,
        applicant_kind=draw(st.none() | st.sampled_from(ApplicantKind)),
        receipt=draw(st.none() | _receipts(channel, received_on)),
        triage=draw(st.none() | st.builds(Triage, kind=st.just(kind), on=st.just(received_on), decided_by=words())),
        applicant=draw(st.builds(Applicant, name=words(), identity_proof=words(), contact=words())),
        description=draw(words()),
    )
    if way == "new":
        return request
    if way == "enquiry":
        reply = st.none() | st.builds(Reply, on=days_after(request.received_on, 0, 200))
        return attrs.evolve(request, reply=draw(reply))
    if way == "abandoned":
        return draw(_abandoned(request))
    done = [draw(st.booleans()) if way is None else way for way in handled]
    return draw(_answered(request, *done, outcome=outcome))


@st.composite
def _abandoned(draw: st.DrawFn, request: Request) -> Request:
    """Withdrawn or, since 2019, not corrected in the time that was set."""
    if request.received_on < _NEW_LAW or draw(st.booleans()):
        on = draw(days_after(request.received_on, 0, 10))
        return attrs.evolve(request, abandoned=Abandonment(on=on, cause=AbandonmentCause.WITHDRAWN))
    notified_on = CALENDAR.add_working_days(request.received_on, draw(st.integers(1, 7)))
    until = draw(days_after(notified_on, 5, 30))
    ended = Abandonment(on=draw(days_after(until, 1, 30)), cause=AbandonmentCause.NOT_CORRECTED)
    return attrs.evolve(
        request,
        corrections=(Correction(notified_on=notified_on, until=until, asked_for=draw(words())),),
        abandoned=ended,
    )


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
        opinion = draw(st.none() | st.sampled_from(Opinion))
        stop = Suspension(cause=cause, since=since, until=until, asked=draw(words()), opinion=opinion)
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
