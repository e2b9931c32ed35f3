"""When the time to reply to a request runs, stands still and ends (clause 1.5).

The law is that of the day of receipt. Working days are counted; the day from which they are counted is not.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection

import attrs

from govopen.model.requests import Request, Suspension, SuspensionCause
from govopen.rules.context import Context
from govopen.rules.results import NotApplicable, Undecidable, Verdict
from govopen.texts import Text

__all__ = ["CLOCK_MATTERS", "CLOCK_MESSAGES", "Standing", "State", "standing_of", "undecided"]

_AWAITING = NotApplicable("awaiting_correction")
_SUSPENDED = NotApplicable("suspended")

CLOCK_MATTERS = ("ogi/reply-time", "ogi/uncounted-time", "ogi/clock-restart", "ogi/third-party-time")
CLOCK_MESSAGES = {
    "awaiting_correction": Text(
        "补正后的申请尚未收到，答复期限未起算。",
        "The corrected request has not come in; the time to reply does not run.",
    ),
    "suspended": Text("正在征求意见，答复期限暂不计算。", "Opinions are being asked; the time to reply stands still."),
    "not_yet_due": Text("期限到{due}为止，尚未届满。", "There is time until {due}."),
    "clock_unstated": Text(
        "当时的法律没有规定补正后期限是否重新起算；从首次收到起算，期限到{due}为止。",
        "The law of the time does not say whether a correction restarts the clock; "
        "counted from the first receipt it ended on {due}.",
    ),
}


class State(enum.Enum):
    """How a deed stands to a period.

    ``IN_TIME`` and ``LATE`` are of deeds done. Of deeds not done: the end is ``AHEAD``, or was ``MISSED``, or the clock
    is ``STOPPED``. ``NOT_STARTED``: it waits for the corrected request. ``UNSTATED``: in time by one way to count and
    late by another, and the law does not say which holds.
    """

    IN_TIME = enum.auto()
    LATE = enum.auto()
    AHEAD = enum.auto()
    MISSED = enum.auto()
    STOPPED = enum.auto()
    NOT_STARTED = enum.auto()
    UNSTATED = enum.auto()


@attrs.frozen
class Standing:
    """How a deed stands to a period, and the last day of that period, where the state has one."""

    state: State
    due: dt.date = dt.date.max


def _starts(
    request: Request, days: int, done_on: dt.date | None, ctx: Context
) -> tuple[dt.date | None, dt.date | None]:
    """The earliest and the latest day from which ``days`` can be said to run; ``None``: they do not run yet."""
    first = request.received_on
    end = ctx.as_of if done_on is None else done_on
    asked = [entry for entry in request.corrections if ctx.known(entry.notified_on) and entry.notified_on <= end]
    if not asked:
        return first, first
    restarts = ctx.matter("ogi/clock-restart", on=first).values["restarts"] == "restarts"
    if not restarts and (due := _due(request, first, days, done_on, ctx)) is not None:
        # Time that is over cannot be made to run again by asking for a correction.
        asked = [entry for entry in asked if entry.notified_on <= due]
        if not asked:
            return first, first
    corrected = [day for entry in asked if (day := entry.received_on) is not None and ctx.known(day) and day <= end]
    latest = max(corrected) if len(corrected) == len(asked) else None
    return (latest if restarts else first), latest


def _due(request: Request, start: dt.date, days: int, done_on: dt.date | None, ctx: Context) -> dt.date | None:
    """The last of ``days`` working days after ``start``; ``None`` while the clock stands still.

    Days after a question was put, up to and including the day of its answer, do not count. Suspensions may overlap.
    """
    due = ctx.due(start, days)
    if not request.suspensions:
        return due
    causes = ctx.matter("ogi/uncounted-time", on=request.received_on).keys("suspensions")
    counted_from = start
    for since, until in _stops(request, causes, ctx):
        if since >= due or (done_on is not None and since >= done_on):
            break
        if until is None and done_on is None:
            return None
        stopped, resumed = max(since, counted_from), min(until or dt.date.max, done_on or dt.date.max)
        if resumed > stopped:
            due = ctx.due(due, ctx.calendar.working_days_between(stopped, resumed))
            counted_from = resumed
    return due


def _stops(request: Request, causes: Collection[str], ctx: Context) -> list[tuple[dt.date, dt.date | None]]:
    """From when to when the clock stood still, as known on the as-of date."""
    return sorted(
        (
            (entry.since, _end(entry, request, ctx))
            for entry in request.suspensions
            if entry.cause.value in causes and ctx.known(entry.since)
        ),
        key=lambda stop: stop[0],
    )


def _end(stop: Suspension, request: Request, ctx: Context) -> dt.date | None:
    """The last day on which the clock stood still; ``None`` while it does.

    Where the law gives a third party a time to answer, a later answer is not waited for: silence leaves the decision to
    the organ.
    """
    answered = stop.until if ctx.known(stop.until) else None
    if stop.cause is not SuspensionCause.THIRD_PARTY:
        return answered
    law = ctx.matter("ogi/third-party-time", on=request.received_on)
    if not law.values["limited"]:
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
    earliest, latest = _starts(request, days, done_on, ctx)
    if earliest is None:
        return Standing(State.NOT_STARTED)
    due = _due(request, earliest, days, done_on, ctx)
    if due is None:
        return Standing(State.STOPPED)
    if done_on is None:
        if not ctx.past(due):
            return Standing(State.AHEAD, due)
    elif done_on <= due:
        return Standing(State.IN_TIME, due)
    last = due if latest == earliest else latest and _due(request, latest, days, done_on, ctx)
    if last is None or (not ctx.past(last) if done_on is None else done_on <= last):
        return Standing(State.UNSTATED, due)
    return Standing(State.MISSED if done_on is None else State.LATE, last)


def undecided(standing: Standing) -> Verdict:
    """What is said while the period neither was kept nor is over."""
    match standing.state:
        case State.NOT_STARTED:
            return _AWAITING
        case State.STOPPED:
            return _SUSPENDED
        case State.AHEAD:
            return NotApplicable("not_yet_due", due=standing.due)
        case _:
            return Undecidable("clock_unstated", due=standing.due)
