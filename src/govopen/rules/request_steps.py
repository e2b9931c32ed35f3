"""Rules on how requests came in, and how they ended without a reply (clause 1.5)."""

from __future__ import annotations

import datetime as dt

import attrs

from govopen.model.requests import (
    Abandonment,
    AbandonmentCause,
    ChannelKind,
    Correction,
    PostKind,
    Receipt,
    Reply,
    ReplyOutcome,
    Request,
    RequestKind,
)
from govopen.model.units import Duty
from govopen.rules.base import Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.request_receipt import RECEIPT_MATTER, Dated, date_of_receipt
from govopen.rules.requests import NO_DOCUMENTS, NO_LAW, NOT_CONCERNED, law_of, request_case
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable
from govopen.texts import Text

__all__ = ["RULES"]

_NO_RECEIPT = NotApplicable("no_receipt")
_NOT_ENDED = NotApplicable("not_ended")
_WITHDRAWN = NotApplicable("withdrawn")

_YEAR_END = dt.date(2019, 12, 31)
_ARRIVED = dt.date(2019, 5, 20)
_REPLY = Reply(on=dt.date(2019, 6, 3), outcome=ReplyOutcome.GRANTED)
_LETTER = {"received_on": _ARRIVED, "channel": ChannelKind.POST, "reply": _REPLY}


@rule(
    code="REQ017",
    name="receipt-dated",
    title=Text("收到申请之日依法确定", "The date of receipt is the one that the law gives the channel"),
    subject=Request,
    duty=Duty.REQUESTS,
    excusable=False,
    matters=(RECEIPT_MATTER,),
    answers=("panyu-2011:1.5/o3",),
    basis=("panyu-2011:1.5", "ogi-2019:31"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "一切期限从收到申请之日起算；日期不定，就没有期限。",
        "Every time limit runs from the date of receipt; while that is open, there is none.",
    ),
    remedy=Text(
        "与申请人确认收到申请之日并登记；登记的日期与收件情况不符的，予以更正。",
        "Confirm the date with the applicant and record it; correct a date that does not follow from how it came in.",
    ),
    messages=NOT_CONCERNED
    | {
        "no_receipt": Text(
            "没有登记收件情况，以登记的日期为准。", "How it came in is not recorded; the date on record holds."
        ),
        "unconfirmed": Text(
            "{arrived_on}到达，尚未确定收到申请之日（{basis}）。",
            "It arrived on {arrived_on}, and has no date of receipt yet ({basis}).",
        ),
        "late": Text(
            "平常信函{arrived_on}到达，{confirmed_on}才与申请人确认；应当于到达当日确认。",
            "The letter arrived on {arrived_on} and was confirmed on {confirmed_on}; it was due on arrival.",
        ),
        "differs": Text(
            "登记的收到申请之日是{received_on}，依法应为{lawful}（{basis}）。",
            "The date of receipt on record is {received_on}; by law it is {lawful} ({basis}).",
        ),
    },
    valid=(
        request_case(
            "到达当日确认的信函",
            "a letter confirmed on the day it arrived",
            _YEAR_END,
            receipt=Receipt(arrived_on=_ARRIVED, post=PostKind.ORDINARY, confirmed_on=_ARRIVED),
            **_LETTER,
        ),
        request_case(
            "2011年以到达之日为准", "in 2011 the day of arrival", receipt=Receipt(arrived_on=dt.date(2011, 4, 15))
        ),
    ),
    invalid=(
        request_case(
            "次日才确认的信函",
            "a letter confirmed a day later",
            _YEAR_END,
            receipt=Receipt(arrived_on=_ARRIVED, post=PostKind.ORDINARY, confirmed_on=dt.date(2019, 5, 21)),
            **_LETTER,
        ),
        request_case(
            "签收日与登记不符",
            "signed for on another day",
            _YEAR_END,
            receipt=Receipt(arrived_on=dt.date(2019, 5, 17), post=PostKind.SIGNED, signed_on=dt.date(2019, 5, 17)),
            **_LETTER,
        ),
    ),
)
def receipt_dated(dossier: Dossier[Request], ctx: Context) -> Result:
    """An enquiry has no time limits, and no date of receipt to settle."""
    request = dossier.record
    if request.kind is RequestKind.ENQUIRY:
        return NO_DOCUMENTS
    receipt = request.receipt
    if receipt is None:
        return _NO_RECEIPT
    dated = date_of_receipt(request, ctx)
    return NO_LAW if dated.law is None else _as_dated(request, receipt, dated)


def _as_dated(request: Request, receipt: Receipt, dated: Dated) -> Result:
    if dated.on is None:
        return Undecidable("unconfirmed", arrived_on=receipt.arrived_on or request.received_on, basis=dated.basis)
    if dated.late and receipt.confirmed_on is not None:
        return Fail("late", arrived_on=dated.on, confirmed_on=receipt.confirmed_on)
    if dated.on != request.received_on:
        return Fail("differs", received_on=request.received_on, lawful=dated.on, basis=dated.basis)
    return None


_ASKED = Correction(notified_on=dt.date(2019, 5, 22), until=dt.date(2019, 6, 12))
_GIVEN_UP = Abandonment(on=dt.date(2019, 6, 13), cause=AbandonmentCause.NOT_CORRECTED)


@rule(
    code="REQ018",
    name="abandonment-lawful",
    title=Text("视为放弃申请有法律依据", "A request counts as abandoned only as the law says"),
    subject=Request,
    duty=Duty.REQUESTS,
    excusable=False,
    matters=("ogi/abandonment",),
    answers=("panyu-2011:1.5/o3",),
    basis=("panyu-2011:1.5", "ogi-2007:21", "ogi-2019:30", "ogi-fees-2020:6"),
    severity=Severity.SERIOUS,
    rationale=Text("没有法律依据而终止，就是不答复。", "To end a request where no law ends it is not to reply to it."),
    remedy=Text(
        "恢复办理并答复；确属逾期的，补录补正期限或者缴费期限。",
        "Take it up again and reply; where time was let pass, record what had been set.",
    ),
    messages=NOT_CONCERNED
    | {
        "unlawful": Text(
            "收到申请之日的法律没有规定“{cause}”视为放弃申请。",
            "By the law of the day of receipt '{cause}' does not end a request.",
        ),
        "not_asked": Text("没有相应的补正告知或者收费通知。", "Nothing was asked for that could have been let pass."),
        "early": Text(
            "{ended_on}终止，申请人的期限到{until}为止。", "It was ended on {ended_on}; there was time until {until}."
        ),
        "undated": Text("没有登记补正期限，无法判定是否逾期。", "The last day to correct is not recorded."),
        "not_ended": Text("没有终止。", "It was not ended."),
        "withdrawn": Text("申请人撤回。", "The applicant withdrew it."),
    },
    valid=(
        request_case(
            "逾期不补正",
            "not corrected in time",
            _YEAR_END,
            received_on=_ARRIVED,
            corrections=(_ASKED,),
            abandoned=_GIVEN_UP,
            reply=None,
        ),
    ),
    invalid=(
        request_case(
            "期限未届满",
            "before the time was over",
            _YEAR_END,
            received_on=_ARRIVED,
            corrections=(_ASKED,),
            abandoned=attrs.evolve(_GIVEN_UP, on=dt.date(2019, 6, 12)),
            reply=None,
        ),
        request_case(
            "2011年没有视为放弃",
            "nothing counted as abandoned in 2011",
            corrections=(Correction(notified_on=dt.date(2011, 4, 20), until=dt.date(2011, 4, 29)),),
            abandoned=attrs.evolve(_GIVEN_UP, on=dt.date(2011, 5, 3)),
        ),
    ),
)
def abandonment_lawful(dossier: Dossier[Request], ctx: Context) -> Result:
    """Whoever asks may always withdraw; that is no matter of law."""
    request, ended = dossier.record, dossier.record.abandoned
    if request.kind is not RequestKind.INFORMATION:
        return NO_DOCUMENTS
    if ended is None or not ctx.known(ended.on):
        return _NOT_ENDED
    if ended.cause is AbandonmentCause.WITHDRAWN:
        return _WITHDRAWN
    law = law_of("ogi/abandonment", request, ctx)
    if law is None:
        return NO_LAW
    if ended.cause.value not in law.keys("causes"):
        return Fail("unlawful", cause=ended.cause)
    return _let_pass(request, ended, ctx)


def _let_pass(request: Request, ended: Abandonment, ctx: Context) -> Result:
    if ended.cause is AbandonmentCause.FEE_UNPAID:
        if request.fee is None:
            return Fail("not_asked")
        law = ctx.matter("ogi/handling-fee-payment", on=request.received_on)
        until: dt.date | None = ctx.due(request.fee.notified_on, law.integer("days"))
    else:
        asked = [entry for entry in request.corrections if entry.received_on is None]
        if not asked:
            return Fail("not_asked")
        until = max((entry.until for entry in asked if entry.until is not None), default=None)
    if until is None:
        return Undecidable("undated")
    return Fail("early", ended_on=ended.on, until=until) if ended.on <= until else None


RULES = (receipt_dated, abandonment_lawful)
"""The rules of this module."""
