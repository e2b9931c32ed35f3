"""Which day is the day of receipt of a request (clause 1.5; Regulations of 2019, article 31).

The law of the day of arrival decides. The day of receipt then picks the law on everything else.
"""

from __future__ import annotations

import datetime as dt

import attrs

from govopen.errors import NotComputable
from govopen.model.requests import ChannelKind, PostKind, Receipt, Request
from govopen.policy.matter import Provision
from govopen.rules.context import Context
from govopen.texts import Label

__all__ = ["RECEIPT_MATTER", "Basis", "Dated", "date_of_receipt", "unconfirmed"]

RECEIPT_MATTER = "ogi/receipt-date"
"""The matter of the date of receipt."""

_NETWORK = frozenset({ChannelKind.FAX, ChannelKind.EMAIL, ChannelKind.WEBSITE})


class Basis(Label):
    """What makes a day the day of receipt."""

    RECORDED = "recorded", "登记的收到申请之日", "the date of receipt as recorded"
    HANDED_IN = "handed_in", "当面提交之日", "the day it was handed in"
    ARRIVED = "arrived", "到达之日", "the day it arrived"
    SIGNED = "signed", "签收之日", "the day it was signed for"
    CONFIRMED = "confirmed", "双方确认之日", "the day both sides confirmed it"
    CONFIRMED_AT_ONCE = "confirmed_at_once", "到达当日确认之日", "the day it arrived and was confirmed"


@attrs.frozen
class Dated:
    """The day of receipt, and why it is that day.

    Attributes:
        on: The day; ``None``: ``basis`` has not come about, so there is no day of receipt yet.
        basis: What makes the day.
        law: The provision; ``None``: no law spoke of it, or nothing but the date is recorded.
        late: Ordinary post was confirmed after the day it arrived. The later day counts for nothing: the
            confirmation had to be made on that day (our reading).
    """

    on: dt.date | None
    basis: Basis
    law: Provision | None = None
    late: bool = False


def date_of_receipt(request: Request, ctx: Context) -> Dated:
    """The day of receipt of ``request``, as known on the as-of date.

    A request without a receipt, as other systems hand it over, was received on the date recorded.
    """
    receipt = request.receipt
    if receipt is None:
        return Dated(request.received_on, Basis.RECORDED)
    arrived = receipt.arrived_on or request.received_on
    try:
        law = ctx.matter(RECEIPT_MATTER, on=arrived)
    except NotComputable:
        return Dated(arrived, Basis.ARRIVED)
    way = law.values[_way(request.channel, receipt)]
    if way == "arrival":
        return Dated(arrived, Basis.HANDED_IN if request.channel is ChannelKind.IN_PERSON else Basis.ARRIVED, law)
    made_by = receipt.signed_on if way == "signed" else receipt.confirmed_on
    made_on = made_by if ctx.known(made_by) else None
    if way == "confirmed_at_once" and made_on is not None:
        return Dated(arrived, Basis.CONFIRMED_AT_ONCE, law, late=made_on > arrived)
    return Dated(made_on, Basis(str(way)), law)


def _way(channel: ChannelKind, receipt: Receipt) -> str:
    """The parameter of the matter that speaks of the channel. Of other forms the law says nothing: the day of arrival,
    as in person, is our reading.
    """
    if channel is ChannelKind.POST:
        signed = receipt.post is PostKind.SIGNED or (receipt.post is None and receipt.signed_on is not None)
        return "signed_post" if signed else "ordinary_post"
    return "network" if channel in _NETWORK else "in_person"


def unconfirmed(request: Request, ctx: Context) -> bool:
    """Whether the request waits for the day of its receipt. Until then no time runs."""
    return request.receipt is not None and date_of_receipt(request, ctx).on is None
