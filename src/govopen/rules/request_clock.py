"""When the time to reply to a request runs, stands still and ends (clause 1.5).

The law is that of the day of receipt. Working days are counted; the day from which they are counted is not.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from govopen.errors import NotComputable
from govopen.model.requests import Extension, Request, Suspension, SuspensionCause
from govopen.policy.matter import Provision
from govopen.rules.context import Context
from govopen.rules.request_receipt import RECEIPT_MATTER, unconfirmed
from govopen.rules.results import NotApplicable, Undecidable, Verdict
from govopen.texts import Text

__all__ = [
    "CLOCK_MATTERS",
    "CLOCK_MESSAGES",
    "Course",
    "Pause",
    "Standing",
    "Starts",
    "State",
    "answer_limit",
    "course_of",
    "delayed_until",
    "granted",
    "pauses_of",
    "reply_standing",
    "standing_of",
    "starts_of",
    "undecided",
]

_AWAITING = NotApplicable("awaiting_correction")
_SUSPENDED = NotApplicable("suspended")
_UNCONFIRMED = NotApplicable("unconfirmed")
_UNPAID = NotApplicable("unpaid")

CLOCK_MATTERS = (
    "ogi/reply-time",
    "ogi/uncounted-time",
    "ogi/clock-restart",
    "ogi/third-party-time",
    "ogi/joint-maker-silence",
    "ogi/handling-fee-payment",
    "ogi/excessive-requests",
    RECEIPT_MATTER,
)
"""The matters that decide when a reply is due."""
CLOCK_MESSAGES = {
    "awaiting_correction": Text(
        "补正后的申请尚未收到，答复期限未起算。",
        "The corrected request has not come in; the time to reply does not run.",
    ),
    "suspended": Text("正在征求意见，答复期限暂不计算。", "Opinions are being asked; the time to reply stands still."),
    "unconfirmed": Text(
        "收到申请之日尚未确定，答复期限未起算。",
        "The date of receipt is not settled yet; the time to reply does not run.",
    ),
    "unpaid": Text(
        "信息处理费尚未缴纳，答复期限未重新起算。",
        "The handling fee is not paid; the time to reply does not run.",
    ),
    "not_yet_due": Text("期限到{due}为止，尚未届满。", "There is time until {due}."),
    "clock_unstated": Text(
        "当时的法律没有规定补正后期限是否重新起算；从首次收到起算，期限到{due}为止。",
        "The law of the time does not say whether a correction restarts the clock; "
        "counted from the first receipt it ended on {due}.",
    ),
}
"""What rules about the time to reply can say."""


class State(enum.Enum):
    """How a deed stands to a period.

    ``IN_TIME`` and ``LATE`` are of deeds done. Of deeds not done: the end is ``AHEAD``, or was ``MISSED``, or the clock
    is ``STOPPED``. ``NOT_STARTED``: it waits for the corrected request; ``UNPAID``: for the fee; ``UNCONFIRMED``: for
    the day of receipt. ``UNSTATED``: in time by one way to count and late by another, and the law does not say which
    holds.
    """

    IN_TIME = enum.auto()
    LATE = enum.auto()
    AHEAD = enum.auto()
    MISSED = enum.auto()
    STOPPED = enum.auto()
    NOT_STARTED = enum.auto()
    UNPAID = enum.auto()
    UNCONFIRMED = enum.auto()
    UNSTATED = enum.auto()


@attrs.frozen
class Standing:
    """How a deed stands to a period, and the last day of that period, where the state has one."""

    state: State
    due: dt.date = dt.date.max


@attrs.frozen
class Pause:
    """Time that does not count: the days after ``since``, up to and including ``until`` (``None``: it goes on)."""

    since: dt.date
    until: dt.date | None
    entry: Suspension


@attrs.frozen
class Course:
    """How so many working days ran from ``start``, which is not counted.

    Attributes:
        pauses: Those that took time, in their order; they may overlap.
        due: The last day; ``None`` while the clock stands still.
    """

    start: dt.date
    pauses: tuple[Pause, ...]
    due: dt.date | None


@attrs.frozen
class Starts:
    """From which day the time can be said to run; ``None``: it does not run yet.

    Attributes:
        earliest: By the way to count that ends first.
        latest: By the one that ends last.
        unpaid: It waits for the fee and for nothing else.
    """

    earliest: dt.date | None
    latest: dt.date | None
    unpaid: bool = False


def starts_of(request: Request, days: int, done_on: dt.date | None, ctx: Context) -> Starts:
    """From which day ``days`` run, after corrections and the payment of a fee."""
    starts = _after_corrections(request, days, done_on, ctx)
    if request.fee is None or starts.earliest is None:
        return starts
    return _after_payment(request, starts, days, done_on, ctx)


def _after_corrections(request: Request, days: int, done_on: dt.date | None, ctx: Context) -> Starts:
    first = request.received_on
    end = ctx.as_of if done_on is None else done_on
    asked = [entry for entry in request.corrections if ctx.known(entry.notified_on) and entry.notified_on <= end]
    if not asked:
        return Starts(first, first)
    restarts = ctx.matter("ogi/clock-restart", on=first).values["restarts"] == "restarts"
    if not restarts and (due := course_of(request, first, days, done_on, ctx).due) is not None:
        # Time that is over cannot be made to run again by asking for a correction.
        asked = [entry for entry in asked if entry.notified_on <= due]
        if not asked:
            return Starts(first, first)
    corrected = [day for entry in asked if (day := entry.received_on) is not None and ctx.known(day) and day <= end]
    latest = max(corrected) if len(corrected) == len(asked) else None
    return Starts(latest if restarts else first, latest)


def _after_payment(request: Request, starts: Starts, days: int, done_on: dt.date | None, ctx: Context) -> Starts:
    fee, end = request.fee, ctx.as_of if done_on is None else done_on
    assert fee is not None
    assert starts.earliest is not None
    if not ctx.known(fee.notified_on) or fee.notified_on > end:
        return starts
    try:
        law = ctx.matter("ogi/handling-fee-payment", on=request.received_on)
    except NotComputable:
        return starts
    due = course_of(request, starts.earliest, days, done_on, ctx).due
    # Time that is over cannot be made to run again by asking for money.
    if not law.values["restarts"] or (due is not None and fee.notified_on > due):
        return starts
    if fee.paid_on is None or not ctx.known(fee.paid_on) or fee.paid_on > end:
        return Starts(None, None, unpaid=True)
    return Starts(max(starts.earliest, fee.paid_on), starts.latest and max(starts.latest, fee.paid_on))


def course_of(request: Request, start: dt.date, days: int, done_on: dt.date | None, ctx: Context) -> Course:
    """How ``days`` working days run from ``start``, up to ``done_on`` (``None``: as known on the as-of date).

    Days after a question was put, up to and including the day of its answer, do not count. Suspensions may overlap.
    """
    due = ctx.due(start, days)
    if not request.suspensions:
        return Course(start, (), due)
    counted_from = start
    taken: list[Pause] = []
    for pause in pauses_of(request, ctx):
        if pause.since >= due or (done_on is not None and pause.since >= done_on):
            break
        if pause.until is None and done_on is None:
            return Course(start, (*taken, pause), None)
        stopped, resumed = max(pause.since, counted_from), min(pause.until or dt.date.max, done_on or dt.date.max)
        if resumed > stopped:
            due = ctx.due(due, ctx.calendar.working_days_between(stopped, resumed))
            counted_from = resumed
            taken.append(Pause(stopped, resumed, pause.entry))
    return Course(start, tuple(taken), due)


def pauses_of(request: Request, ctx: Context) -> list[Pause]:
    """From when to when the clock stood still, as known on the as-of date.

    Raises:
        NotComputable: The calendar does not reach the end of the time that a third party has to answer.
    """
    if not request.suspensions:
        return []
    causes = ctx.matter("ogi/uncounted-time", on=request.received_on).keys("suspensions")
    return sorted(
        (
            Pause(entry.since, _end(entry, request, ctx), entry)
            for entry in request.suspensions
            if entry.cause.value in causes and ctx.known(entry.since)
        ),
        key=lambda pause: pause.since,
    )


def answer_limit(stop: Suspension, request: Request, ctx: Context) -> Provision | None:
    """What the law says of the time to answer of who was asked; ``None``: it says nothing of that organ's."""
    if stop.cause is SuspensionCause.THIRD_PARTY:
        return ctx.matter("ogi/third-party-time", on=request.received_on)
    return ctx.matter("ogi/joint-maker-silence", on=request.received_on) if stop.joint_maker else None


def _end(stop: Suspension, request: Request, ctx: Context) -> dt.date | None:
    """The last day on which the clock stood still; ``None`` while it does.

    Where the law gives a third party or a joint maker a time to answer, a later answer is not waited for: silence
    leaves the decision to the organ, or is consent.
    """
    answered = stop.until if ctx.known(stop.until) else None
    law = answer_limit(stop, request, ctx)
    if law is None or not law.values["limited"]:
        return answered
    last = ctx.due(stop.since, law.integer("days"))
    if answered is not None:
        return min(answered, last)
    return last if ctx.past(last) else None


def standing_of(request: Request, days: int, done_on: dt.date | None, ctx: Context) -> Standing:
    """How a deed of the day ``done_on`` (``None``: not done) stands to ``days`` working days.

    Raises:
        NotComputable: The calendar does not reach that far.
    """
    if unconfirmed(request, ctx):
        # The day of receipt is the day of arrival or a later one: what is in time by the first is so by any.
        first = ctx.due(request.received_on, days)
        return (
            Standing(State.IN_TIME, first) if done_on is not None and done_on <= first else Standing(State.UNCONFIRMED)
        )
    starts = starts_of(request, days, done_on, ctx)
    if starts.earliest is None:
        return Standing(State.UNPAID if starts.unpaid else State.NOT_STARTED)
    due = course_of(request, starts.earliest, days, done_on, ctx).due
    if due is None:
        return Standing(State.STOPPED)
    return _against(request, starts, due, days, done_on, ctx)


def _against(  # noqa: PLR0917 - the two ways to count, the end of the first, and what both are of
    request: Request, starts: Starts, due: dt.date, days: int, done_on: dt.date | None, ctx: Context
) -> Standing:
    latest = starts.latest
    if done_on is None:
        if not ctx.past(due):
            return Standing(State.AHEAD, due)
    elif done_on <= due:
        return Standing(State.IN_TIME, due)
    last = due if latest == starts.earliest else latest and course_of(request, latest, days, done_on, ctx).due
    if last is None or (not ctx.past(last) if done_on is None else done_on <= last):
        return Standing(State.UNSTATED, due)
    return Standing(State.MISSED if done_on is None else State.LATE, last)


def granted(request: Request, law: Provision, ctx: Context) -> int:
    """How many working days the extension adds: no more than the law allows.

    None before the day on which the applicant was told. Where no such day is recorded it adds them all the same: that
    nobody was told, or too late, is a finding of REQ006, and REQ003 does not repeat it.
    """
    extension: Extension | None = request.extension
    if extension is None or (extension.notified_on is not None and not ctx.known(extension.notified_on)):
        return 0
    return max(0, min(extension.days, law.integer("extension")))


def delayed_until(request: Request, ctx: Context) -> dt.date | None:
    """Until when the reply to an excessive request with good reasons was put off, and the applicant told so.

    Regulations of 2019, article 35.
    """
    excess = request.excess
    if excess is None or not excess.reasonable or excess.delayed_until is None or not ctx.known(excess.told_on):
        return None
    try:
        law = ctx.matter("ogi/excessive-requests", on=request.received_on)
    except NotComputable:
        return None
    return excess.delayed_until if law.values["delay"] else None


def reply_standing(request: Request, law: Provision, done_on: dt.date | None, ctx: Context) -> Standing:
    """How the reply of the day ``done_on`` (``None``: not made) stands to its time, extended or put off.

    Args:
        request: The request.
        law: What ``ogi/reply-time`` says of it.
        done_on: The day of the reply.
        ctx: The day and the law.

    Raises:
        NotComputable: The calendar does not reach that far.
    """
    standing = standing_of(request, law.integer("days") + granted(request, law, ctx), done_on, ctx)
    until = delayed_until(request, ctx)
    if until is None or standing.state not in _ENDING or until <= standing.due:
        return standing
    assert request.excess is not None
    assert request.excess.told_on is not None
    if request.excess.told_on > standing.due:
        return standing
    if done_on is None:
        return Standing(State.MISSED if ctx.past(until) else State.AHEAD, until)
    return Standing(State.IN_TIME if done_on <= until else State.LATE, until)


_ENDING = frozenset({State.LATE, State.AHEAD, State.MISSED, State.UNSTATED})


def undecided(standing: Standing) -> Verdict:
    """What is said while the period neither was kept nor is over."""
    match standing.state:
        case State.NOT_STARTED:
            return _AWAITING
        case State.STOPPED:
            return _SUSPENDED
        case State.UNPAID:
            return _UNPAID
        case State.UNCONFIRMED:
            return _UNCONFIRMED
        case State.AHEAD:
            return NotApplicable("not_yet_due", due=standing.due)
        case _:
            return Undecidable("clock_unstated", due=standing.due)
