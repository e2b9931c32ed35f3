"""How a request comes in, and the day of its receipt (clause 1.5; Regulations of 2019, article 31).

Which day it is, :mod:`govopen.rules.request_receipt` says.
"""

from __future__ import annotations

import attrs

from govopen.model.actors import Actor
from govopen.model.requests import ChannelKind, PostKind, Receipt, Request
from govopen.rules.context import Context
from govopen.rules.request_receipt import date_of_receipt
from govopen.workflow.request_table import REQUEST, state_of
from govopen.workflow.table import permit

__all__ = ["confirm", "receive"]


def receive(request: Request, *, actor: Actor, ctx: Context) -> Request:
    """A request that came in, with the date of receipt that its channel and the law of the day of arrival give it.

    Only what came in is taken: unit, channel, applicant, description, and the receipt (default: it arrived on the
    as-of date). Where the day has still to be confirmed, ``received_on`` is the day of arrival, and no time runs.

    Raises:
        TransitionRefused: The actor may not, or the day of arrival is still to come.
    """
    receipt = request.receipt or Receipt(arrived_on=ctx.as_of)
    arrived = receipt.arrived_on or receipt.signed_on or ctx.as_of
    new = Request(
        id=request.id,
        unit=request.unit,
        received_on=arrived,
        channel=request.channel,
        applicant=request.applicant,
        applicant_kind=request.applicant_kind,
        description=request.description,
        receipt=attrs.evolve(receipt, arrived_on=arrived),
    )
    permit(REQUEST, new, new.unit, None, "receive", actor, ctx)
    return attrs.evolve(new, received_on=date_of_receipt(new, ctx).on or arrived)


def confirm(request: Request, *, actor: Actor, ctx: Context) -> Request:
    """That both sides confirmed the receipt on the as-of date, or that a letter was signed for on it.

    Ordinary post has to be confirmed on the day it arrives. Confirmed later, it was received on the day of arrival all
    the same (our reading): lateness gains the organ no time.

    Raises:
        TransitionRefused: The actor may not, or nothing has to be confirmed.
    """
    permit(REQUEST, request, request.unit, state_of(request, ctx), "confirm", actor, ctx)
    receipt = request.receipt or Receipt(arrived_on=request.received_on)
    if request.channel is ChannelKind.POST and receipt.post is PostKind.SIGNED:
        receipt = attrs.evolve(receipt, signed_on=ctx.as_of)
    else:
        receipt = attrs.evolve(receipt, confirmed_on=ctx.as_of)
    confirmed = attrs.evolve(request, receipt=receipt)
    return attrs.evolve(confirmed, received_on=date_of_receipt(confirmed, ctx).on or request.received_on)
