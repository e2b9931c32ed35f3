"""The steps by which a request is handled, once it has come in (clause 1.5).

Each takes the request as it is and returns it as it is afterwards; the day of the step is the as-of date of ``ctx``.
Every one raises :class:`~govopen.errors.TransitionRefused` where the actor may not, or not now; the error says who may
do what instead. How a request comes in: :mod:`govopen.workflow.receipt`.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs

from govopen.errors import InputError
from govopen.model.actors import Actor
from govopen.model.requests import (
    Abandonment,
    AbandonmentCause,
    Correction,
    Excess,
    Extension,
    FeeMethod,
    FeeNotice,
    Opinion,
    Reply,
    ReplyKind,
    ReplyOutcome,
    Request,
    RequestKind,
    Suspension,
    SuspensionCause,
    Triage,
)
from govopen.rules.context import Context
from govopen.workflow.deadlines import DeadlineKind
from govopen.workflow.request_deadlines import explain
from govopen.workflow.request_reply_guards import kind_of
from govopen.workflow.request_table import REQUEST, RequestState, state_of
from govopen.workflow.retention import closed
from govopen.workflow.table import permit

__all__ = [
    "abandon",
    "answer",
    "ask_correction",
    "ask_reasons",
    "charge",
    "consult",
    "correct",
    "extend",
    "notify_extension",
    "pay",
    "reply",
    "set_delay",
    "transfer",
    "triage",
    "weigh_reasons",
    "withdraw",
]


def _permit(request: Request, step: str, actor: Actor, ctx: Context, **arguments: object) -> RequestState:
    state = state_of(request, ctx)
    permit(REQUEST, request, request.unit, state, step, actor, ctx, **arguments)
    return state


def triage(request: Request, *, actor: Actor, ctx: Context, kind: RequestKind, reason: str = "") -> Request:
    """Decide whether somebody asks for documents or for advice (1.5/o2). An enquiry leaves this procedure."""
    _permit(request, "accept" if kind is RequestKind.INFORMATION else "redirect", actor, ctx, reason=reason)
    decided = Triage(kind=kind, on=ctx.as_of, decided_by=actor.signature, reason=reason.strip())
    labelled = attrs.evolve(request, kind=kind, triage=decided)
    return labelled if kind is RequestKind.INFORMATION else closed(labelled, ctx.as_of, ctx)


def ask_correction(
    request: Request, *, actor: Actor, ctx: Context, asked_for: str, until: dt.date | None = None
) -> Request:
    """Tell the applicant what to correct: since 2019 once, within 7 working days, and with a reasonable time."""
    _permit(request, "ask_correction", actor, ctx, asked_for=asked_for, until=until)
    entry = Correction(notified_on=ctx.as_of, until=until, asked_for=asked_for.strip())
    return attrs.evolve(request, corrections=(*request.corrections, entry))


def correct(request: Request, *, actor: Actor, ctx: Context, description: str = "") -> Request:
    """Take in the corrected request, from which the time to reply runs since 2019."""
    _permit(request, "correct", actor, ctx)
    corrections = tuple(
        attrs.evolve(entry, received_on=ctx.as_of) if entry.received_on is None else entry
        for entry in request.corrections
    )
    return attrs.evolve(request, corrections=corrections, description=description or request.description)


def consult(
    request: Request, *, actor: Actor, ctx: Context, cause: SuspensionCause, asked: str = "", joint_maker: bool = False
) -> Request:
    """Ask a third party or another organ for its opinion. Its number is its place in the list, from 1."""
    _permit(request, "consult", actor, ctx, cause=cause, joint_maker=joint_maker)
    stop = Suspension(cause=cause, since=ctx.as_of, asked=asked.strip(), joint_maker=joint_maker)
    return attrs.evolve(request, suspensions=(*request.suspensions, stop))


def answer(request: Request, *, actor: Actor, ctx: Context, opinion: Opinion, part: int = 1) -> Request:
    """What consultation ``part`` brought. Silence can only be stated once the time to answer is over."""
    _permit(request, "answer", actor, ctx, opinion=opinion, part=part)
    stops = list(request.suspensions)
    stops[part - 1] = attrs.evolve(stops[part - 1], until=ctx.as_of, opinion=opinion)
    return attrs.evolve(request, suspensions=tuple(stops))


def extend(request: Request, *, actor: Actor, ctx: Context, days: int) -> Request:
    """The head of the openness office consents to ``days`` more working days. They count once the applicant is told."""
    _permit(request, "extend", actor, ctx, days=days)
    return attrs.evolve(request, extension=Extension(days=days, consented_by=actor.signature, consented_on=ctx.as_of))


def notify_extension(request: Request, *, actor: Actor, ctx: Context) -> Request:
    """Tell the applicant of the extension, before the time to reply is over."""
    _permit(request, "notify_extension", actor, ctx)
    extension = request.extension
    return attrs.evolve(
        request, extension=attrs.evolve(extension, notified_on=ctx.as_of) if extension is not None else None
    )


def ask_reasons(request: Request, *, actor: Actor, ctx: Context) -> Request:
    """Ask for the reasons of a request that is clearly beyond reason in number or frequency (2019, article 35)."""
    _permit(request, "ask_reasons", actor, ctx)
    return attrs.evolve(request, excess=Excess(asked_on=ctx.as_of))


def weigh_reasons(
    request: Request, *, actor: Actor, ctx: Context, reasonable: bool, given_on: dt.date | None = None
) -> Request:
    """Decide whether the reasons are good; ``given_on`` is ``None`` where none came."""
    _permit(request, "weigh_reasons", actor, ctx, reasonable=reasonable, given_on=given_on)
    excess = request.excess or Excess(asked_on=ctx.as_of)
    return attrs.evolve(request, excess=attrs.evolve(excess, reasonable=reasonable, given_on=given_on))


def set_delay(request: Request, *, actor: Actor, ctx: Context, until: dt.date) -> Request:
    """Put off the reply to an excessive request with good reasons, and tell the applicant the same day."""
    _permit(request, "set_delay", actor, ctx, until=until)
    excess = request.excess or Excess(asked_on=ctx.as_of)
    return attrs.evolve(request, excess=attrs.evolve(excess, delayed_until=until, told_on=ctx.as_of))


def charge(
    request: Request, *, actor: Actor, ctx: Context, amount: Decimal, method: FeeMethod | None = None
) -> Request:
    """Notify a handling fee in yuan, as :mod:`govopen.workflow.fees` computes it."""
    _permit(request, "charge", actor, ctx, amount=amount)
    return attrs.evolve(request, fee=FeeNotice(notified_on=ctx.as_of, amount_yuan=amount, method=method))


def pay(request: Request, *, actor: Actor, ctx: Context) -> Request:
    """Record the payment, from which the time to reply runs anew."""
    _permit(request, "pay", actor, ctx)
    return attrs.evolve(request, fee=attrs.evolve(request.fee, paid_on=ctx.as_of) if request.fee is not None else None)


def abandon(request: Request, *, actor: Actor, ctx: Context) -> Request:
    """Record that the applicant let the time pass to correct or to pay, so that the request counts as abandoned."""
    state = state_of(request, ctx)
    cause, due = AbandonmentCause.NOT_CORRECTED, None
    if state is RequestState.AWAITING_PAYMENT:
        cause, due = AbandonmentCause.FEE_UNPAID, explain(request, DeadlineKind.FEE, ctx).deadline.due
    elif state is RequestState.AWAITING_CORRECTION:
        due = max((entry.until for entry in request.corrections if entry.until is not None), default=None)
    _permit(request, "abandon", actor, ctx, cause=cause, due=due)
    return _ended(request, cause, ctx)


def withdraw(request: Request, *, actor: Actor, ctx: Context) -> Request:
    """Record that the applicant withdrew the request."""
    _permit(request, "withdraw", actor, ctx)
    return _ended(request, AbandonmentCause.WITHDRAWN, ctx)


def _ended(request: Request, cause: AbandonmentCause, ctx: Context) -> Request:
    return closed(attrs.evolve(request, abandoned=Abandonment(on=ctx.as_of, cause=cause)), ctx.as_of, ctx)


def transfer(request: Request, *, actor: Actor, ctx: Context, to: str, reasons: str, remedies_named: bool) -> Request:
    """Reply that the information is another organ's, and which (2007, article 21; 2019, article 36, item 5)."""
    said = Reply(
        on=ctx.as_of,
        outcome=ReplyOutcome.UNABLE,
        kind=ReplyKind.NOT_HELD,
        reasons=reasons.strip(),
        reasons_given=bool(reasons.strip()),
        remedies_named=remedies_named,
        referred_to=to.strip(),
    )
    _permit(request, "transfer", actor, ctx, reply=said, repeat_of="")
    return closed(attrs.evolve(request, reply=said), ctx.as_of, ctx)


def reply(request: Request, *, actor: Actor, ctx: Context, said: Reply, repeat_of: str = "") -> Request:
    """Reply as ``said``, dated the as-of date. What it gives is cleared for the applicant elsewhere.

    The row of the annual report follows from outcome and ground where these settle it.

    Args:
        request: The request.
        actor: A request clerk.
        ctx: Law and day.
        said: The reply. Its ``on`` is that day; ``reasons_given`` follows from ``reasons``.
        repeat_of: Identifier of the earlier request, for a repeat.

    Raises:
        TransitionRefused: The actor may not, or not now, or the law of the day of receipt knows no such reply.
        InputError: The reply is dated another day.
    """
    if said.on != ctx.as_of:
        raise InputError(
            "The reply is dated {on}, and is made on {day}.", hint="Date it that day.", on=said.on, day=ctx.as_of
        )
    kind = said.kind or (kind_of(said.outcome, said.ground) if said.outcome is not None else None)
    whole = attrs.evolve(said, kind=kind, reasons=said.reasons.strip())
    if whole.reasons:
        whole = attrs.evolve(whole, reasons_given=True)
    _permit(request, "reply", actor, ctx, reply=whole, repeat_of=repeat_of)
    return closed(attrs.evolve(request, reply=whole, repeat_of=repeat_of or request.repeat_of), ctx.as_of, ctx)
