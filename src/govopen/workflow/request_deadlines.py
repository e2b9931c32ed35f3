"""The deadlines of a request: which there are, and how each was found (clause 1.5).

The clock is that of the rules, :mod:`govopen.rules.request_clock`: what is shown as due is what is checked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

import attrs

from govopen.errors import InputError, NotComputable
from govopen.model.requests import Request, RequestKind, Suspension, SuspensionCause
from govopen.policy.citation import Citation
from govopen.policy.matter import Provision
from govopen.rules.context import Context
from govopen.rules.request_clock import (
    Course,
    Pause,
    answer_limit,
    course_of,
    delayed_until,
    granted,
    pauses_of,
    starts_of,
)
from govopen.rules.request_receipt import Basis, date_of_receipt, unconfirmed
from govopen.workflow.day_count import DayReason, Ruling, Stretch, stretches
from govopen.workflow.deadlines import Deadline, DeadlineKind, Explanation, Undated

__all__ = ["explain", "request_deadlines"]

_DAY = dt.timedelta(days=1)
_TYPE = "request"
P = TypeVar("P")


def request_deadlines(request: Request, ctx: Context) -> tuple[Deadline, ...]:
    """What is due of a request that is still open on the as-of date, in the order in which it comes about.

    Nothing of an enquiry, and nothing once it was replied to or has ended. Of an item without label the time to reply
    may be running, and is told.
    """
    if _over(request, ctx):
        return ()
    return tuple(explain(request, kind, ctx, part=part).deadline for kind, part in _open(request, ctx))


def _over(request: Request, ctx: Context) -> bool:
    return (
        request.kind is RequestKind.ENQUIRY
        or not ctx.known(request.received_on)
        or (request.reply is not None and ctx.known(request.reply.on))
        or (request.abandoned is not None and ctx.known(request.abandoned.on))
    )


def _open(request: Request, ctx: Context) -> Iterator[tuple[DeadlineKind, int]]:
    if unconfirmed(request, ctx):
        yield DeadlineKind.CONFIRMATION, 0
        return
    asked = [entry for entry in request.corrections if ctx.known(entry.notified_on)]
    if not asked and _correction_possible(request, ctx):
        yield DeadlineKind.CORRECTION_NOTICE, 0
    for part, correction in enumerate(request.corrections, start=1):
        if ctx.known(correction.notified_on) and not ctx.known(correction.received_on):
            yield DeadlineKind.CORRECTED_REQUEST, part
    for part, stop in enumerate(request.suspensions, start=1):
        if ctx.known(stop.since) and not ctx.known(stop.until):
            yield _asked(stop), part
    if request.fee is not None and ctx.known(request.fee.notified_on) and not ctx.known(request.fee.paid_on):
        yield DeadlineKind.FEE, 0
    if request.extension is not None and not ctx.known(request.extension.notified_on):
        yield DeadlineKind.EXTENSION_NOTICE, 0
    yield DeadlineKind.REPLY, 0


def _correction_possible(request: Request, ctx: Context) -> bool:
    """Whether there is still time to ask for a correction: once that is over nobody has missed anything."""
    deadline = explain(request, DeadlineKind.CORRECTION_NOTICE, ctx).deadline
    return deadline.due is not None and ctx.as_of <= deadline.due


def _asked(stop: Suspension) -> DeadlineKind:
    if stop.cause is SuspensionCause.THIRD_PARTY:
        return DeadlineKind.THIRD_PARTY
    return DeadlineKind.JOINT_MAKER if stop.joint_maker else DeadlineKind.OTHER_ORGAN


def explain(request: Request, kind: DeadlineKind, ctx: Context, *, part: int = 0) -> Explanation:
    """How the deadline was found, as known on the as-of date.

    Args:
        request: The request, open or not.
        kind: Of the deadline.
        ctx: The day, the law and the calendar.
        part: Which correction or consultation, counted from 1.

    Raises:
        InputError: The request has no such deadline.
    """
    # A context of its own tells just what this deadline rests on.
    own = Context(as_of=ctx.as_of, library=ctx.library, calendar=ctx.calendar, parameters=ctx.parameters)
    finder = _FINDERS.get(kind)
    if finder is None:
        raise _none(request, kind)
    found = finder(request, kind, own, part)
    unverified = tuple(sorted(own.unverified))
    deadline = attrs.evolve(found.deadline, verified=not unverified, calendar=own.calendar.version)
    return attrs.evolve(found, deadline=deadline, unverified=unverified)


def _none(request: Request, kind: DeadlineKind) -> InputError:
    return InputError(
        "Request {id} has no deadline of the kind {kind}.",
        hint="request_deadlines() lists those that it has.",
        id=request.id,
        kind=kind,
    )


def _deadline(
    request: Request, kind: DeadlineKind, part: int, law: Provision | None, due: dt.date | Undated
) -> Deadline:
    return Deadline(
        kind=kind,
        type=_TYPE,
        id=request.id,
        unit=request.unit,
        part=part,
        due=due if isinstance(due, dt.date) else None,
        undated=due if isinstance(due, Undated) else None,
        citations=law.basis if law is not None else (),
    )


def _law(name: str, request: Request, ctx: Context) -> Provision | None:
    try:
        return ctx.matter(name, on=request.received_on)
    except NotComputable:
        return None


def _confirmation(request: Request, kind: DeadlineKind, ctx: Context, part: int) -> Explanation:
    """Ordinary post has to be confirmed on the day it arrives; of fax and the internet the law sets no time."""
    dated = date_of_receipt(request, ctx)
    at_once = dated.basis is Basis.CONFIRMED_AT_ONCE
    arrived = (request.receipt and request.receipt.arrived_on) or request.received_on
    due = arrived if at_once else Undated.NO_TIME
    return Explanation(deadline=_deadline(request, kind, part, dated.law, due), start=arrived)


def _correction_notice(request: Request, kind: DeadlineKind, ctx: Context, part: int) -> Explanation:
    law = _law("ogi/correction-notice", request, ctx)
    if law is None or not law.values["limited"]:
        return _open_ended(request, kind, part, law)
    if unconfirmed(request, ctx):
        return Explanation(deadline=_deadline(request, kind, part, law, Undated.UNCONFIRMED))
    return _plain(request, kind, part, law, request.received_on, ctx)


def _corrected_request(request: Request, kind: DeadlineKind, ctx: Context, part: int) -> Explanation:
    """The reasonable time that the organ itself set."""
    correction = _part(request.corrections, request, kind, part)
    law = _law("ogi/correction-notice", request, ctx)
    due = correction.until or Undated.NO_TIME
    return Explanation(deadline=_deadline(request, kind, part, law, due), start=correction.notified_on)


def _consultation(request: Request, kind: DeadlineKind, ctx: Context, part: int) -> Explanation:
    stop = _part(request.suspensions, request, kind, part)
    if _asked(stop) is not kind:
        raise _none(request, kind)
    law = _answer_law(stop, request, ctx)
    if law is None or not law.values["limited"]:
        return _open_ended(request, kind, part, law)
    return _plain(request, kind, part, law, stop.since, ctx)


def _answer_law(stop: Suspension, request: Request, ctx: Context) -> Provision | None:
    try:
        return answer_limit(stop, request, ctx)
    except NotComputable:
        return None


def _fee(request: Request, kind: DeadlineKind, ctx: Context, part: int) -> Explanation:
    if request.fee is None:
        raise _none(request, kind)
    law = _law("ogi/handling-fee-payment", request, ctx)
    if law is None:
        return _open_ended(request, kind, part, None)
    return _plain(request, kind, part, law, request.fee.notified_on, ctx)


def _extension_notice(request: Request, kind: DeadlineKind, ctx: Context, part: int) -> Explanation:
    if request.extension is None:
        raise _none(request, kind)
    found = _reply(attrs.evolve(request, extension=None), kind, ctx, part)
    return attrs.evolve(found, deadline=attrs.evolve(found.deadline, kind=kind))


def _open_ended(request: Request, kind: DeadlineKind, part: int, law: Provision | None) -> Explanation:
    why = Undated.NO_LAW if law is None and kind is not DeadlineKind.OTHER_ORGAN else Undated.NO_TIME
    return Explanation(deadline=_deadline(request, kind, part, law, why))


def _part(parts: Sequence[P], request: Request, kind: DeadlineKind, part: int) -> P:
    if not 1 <= part <= len(parts):
        raise _none(request, kind)
    return parts[part - 1]


def _plain(  # noqa: PLR0917 - what is due, of what, by which law, from when
    request: Request, kind: DeadlineKind, part: int, law: Provision, start: dt.date, ctx: Context
) -> Explanation:
    """So many working days from ``start``, whatever happens."""
    days = law.integer("days")
    try:
        due: dt.date | Undated = ctx.due(start, days)
    except NotComputable:
        due = Undated.BEYOND_CALENDAR
    found = (*_first_day(start, ctx), *_days(start, due, ctx))
    return Explanation(
        deadline=_deadline(request, kind, part, law, due), start=start, days=days, stretches=tuple(found)
    )


def _first_day(start: dt.date, ctx: Context) -> Iterator[Stretch]:
    law = ctx.matter("time/first-day", on=start)
    yield Stretch(since=start, until=start, working_days=0, reason=DayReason.FIRST_DAY, citations=law.basis)


def _days(
    start: dt.date,
    due: dt.date | Undated,
    ctx: Context,
    ruled: Callable[[dt.date], Ruling | None] = lambda _: None,
    extended: tuple[int, tuple[Citation, ...]] | None = None,
) -> Iterator[Stretch]:
    """Up to the last day, or as far as the calendar goes."""
    first, last = ctx.calendar.coverage
    until = due if isinstance(due, dt.date) else last
    if first <= start:
        after, basis = extended or (None, ())
        yield from stretches(start, until, ctx.calendar, ruled=ruled, extended_after=after, extension=basis)


def _reply(request: Request, kind: DeadlineKind, ctx: Context, part: int) -> Explanation:
    law = _law("ogi/reply-time", request, ctx)
    if law is None:
        return _open_ended(request, kind, part, None)
    return _ReplyTime(request, kind, part, law, ctx).explanation()


@attrs.frozen
class _ReplyTime:
    """The time to reply, which corrections, payments, consultations, extensions and delays move."""

    request: Request
    kind: DeadlineKind
    part: int
    law: Provision
    ctx: Context

    def explanation(self) -> Explanation:
        if unconfirmed(self.request, self.ctx):
            return self._without(Undated.UNCONFIRMED)
        try:
            starts = starts_of(self.request, self.days, self.done_on, self.ctx)
        except NotComputable:
            return self._run(self.request.received_on, None)
        if starts.earliest is None:
            return self._without(Undated.AWAITING_PAYMENT if starts.unpaid else Undated.AWAITING_CORRECTION)
        return self._run(starts.earliest, starts.latest)

    @property
    def done_on(self) -> dt.date | None:
        reply = self.request.reply
        return reply.on if reply is not None and self.ctx.known(reply.on) else None

    @property
    def days(self) -> int:
        """Of the law and of an extension of which the applicant was told: before that it gains no time."""
        extension = self.request.extension
        told = extension is not None and extension.notified_on is not None
        return self.law.integer("days") + (granted(self.request, self.law, self.ctx) if told else 0)

    def _without(self, why: Undated) -> Explanation:
        return Explanation(deadline=_deadline(self.request, self.kind, self.part, self.law, why), days=self.days)

    def _run(self, start: dt.date, latest: dt.date | None) -> Explanation:
        due: dt.date | Undated
        pauses: tuple[Pause, ...] = ()
        last: dt.date | None = None
        try:
            course = self._course(start)
            pauses, due = course.pauses, course.due or Undated.SUSPENDED
            if latest is not None and latest != start:
                last = self._course(latest).due
        except NotComputable:
            due = Undated.BEYOND_CALENDAR
            with suppress(NotComputable):
                pauses = tuple(pauses_of(self.request, self.ctx))
        until = due if due is not Undated.SUSPENDED else pauses[-1].since
        extended = (self.law.integer("days"), self.law.basis) if self.days > self.law.integer("days") else None
        found = [
            *self._before(start),
            *_first_day(start, self.ctx),
            *_days(start, until, self.ctx, self._ruling(pauses), extended),
        ]
        if due is Undated.SUSPENDED:
            found.append(self._still(pauses[-1]))
        if isinstance(due, dt.date) and (put_off := self._put_off(due)) is not None:
            found.append(put_off)
            due = put_off.until
        deadline = _deadline(self.request, self.kind, self.part, self.law, due)
        return Explanation(
            deadline=attrs.evolve(deadline, latest=last), start=start, days=self.days, stretches=tuple(found)
        )

    def _course(self, start: dt.date) -> Course:
        return course_of(self.request, start, self.days, self.done_on, self.ctx)

    def _before(self, start: dt.date) -> Iterator[Stretch]:
        """The days that a new start has made worthless."""
        first = self.request.received_on
        if start <= first:
            return
        fee = self.request.fee
        paid = fee is not None and fee.paid_on == start
        matter = "ogi/handling-fee-payment" if paid else "ogi/clock-restart"
        yield Stretch(
            since=first,
            until=start - _DAY,
            working_days=0,
            reason=DayReason.AWAITING_PAYMENT if paid else DayReason.RESTARTED,
            citations=self.ctx.matter(matter, on=first).basis,
        )

    def _ruling(self, pauses: tuple[Pause, ...]) -> Callable[[dt.date], Ruling | None]:
        rulings = [(pause.since, pause.until or dt.date.max, self._asked(pause.entry)) for pause in pauses]

        def ruled(day: dt.date) -> Ruling | None:
            return next((ruling for since, until, ruling in rulings if since < day <= until), None)

        return ruled

    def _asked(self, stop: Suspension) -> Ruling:
        law = self.ctx.matter("ogi/uncounted-time", on=self.request.received_on)
        return Ruling(DayReason(stop.cause.value), law.basis)

    def _still(self, pause: Pause) -> Stretch:
        ruling = self._asked(pause.entry)
        until = max(pause.since + _DAY, self.ctx.as_of)
        return Stretch(
            since=pause.since + _DAY, until=until, working_days=0, reason=ruling.reason, citations=ruling.citations
        )

    def _put_off(self, due: dt.date) -> Stretch | None:
        until = delayed_until(self.request, self.ctx)
        excess = self.request.excess
        if until is None or until <= due or excess is None or excess.told_on is None or excess.told_on > due:
            return None
        law = self.ctx.matter("ogi/excessive-requests", on=self.request.received_on)
        return Stretch(since=due + _DAY, until=until, working_days=0, reason=DayReason.DELAYED, citations=law.basis)


_FINDERS: dict[DeadlineKind, Callable[[Request, DeadlineKind, Context, int], Explanation]] = {
    DeadlineKind.CONFIRMATION: _confirmation,
    DeadlineKind.CORRECTION_NOTICE: _correction_notice,
    DeadlineKind.CORRECTED_REQUEST: _corrected_request,
    DeadlineKind.THIRD_PARTY: _consultation,
    DeadlineKind.JOINT_MAKER: _consultation,
    DeadlineKind.OTHER_ORGAN: _consultation,
    DeadlineKind.FEE: _fee,
    DeadlineKind.EXTENSION_NOTICE: _extension_notice,
    DeadlineKind.REPLY: _reply,
}
