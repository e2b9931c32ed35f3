"""What the steps of a request ask for before its reply, besides their state and role (clause 1.5).

The law is that of the day of receipt. Where it does not speak of something, nothing is asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from govopen.errors import NotComputable
from govopen.model.actors import Actor
from govopen.model.base import filled
from govopen.model.requests import Opinion, Request, SuspensionCause
from govopen.rules.context import Context
from govopen.rules.request_clock import answer_limit
from govopen.rules.requests import law_of
from govopen.texts import Text
from govopen.workflow.deadlines import DeadlineKind
from govopen.workflow.request_deadlines import explain
from govopen.workflow.sequence import in_sequence
from govopen.workflow.table import Guard, Refusal

__all__ = [
    "ANSWER_OPEN",
    "ARRIVED",
    "CORRECTION_IN_TIME",
    "CORRECTION_ONCE",
    "CORRECTION_SAID",
    "ENQUIRY_REASON",
    "IN_SEQUENCE",
    "JOINT_MAKER",
    "SILENCE",
    "waits_until",
]

_Args = Mapping[str, Any]
_Guard = Guard[Request]


def _days(request: Request) -> Iterator[dt.date | None]:
    yield request.received_on
    if request.receipt is not None:
        yield request.receipt.arrived_on
    if request.triage is not None:
        yield request.triage.on
    for correction in request.corrections:
        yield from (correction.notified_on, correction.received_on)
    for stop in request.suspensions:
        yield from (stop.since, stop.until)
    if request.extension is not None:
        yield from (request.extension.consented_on, request.extension.notified_on)
    if request.excess is not None:
        yield from (request.excess.asked_on, request.excess.given_on, request.excess.told_on)
    if request.fee is not None:
        yield from (request.fee.notified_on, request.fee.paid_on)


IN_SEQUENCE = in_sequence(_days, ours=Text("倒填的日期会改变法定期限。", "A backdated step would move the legal time."))
"""It is dated no earlier than the steps on record."""


def _arrived(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    receipt = request.receipt
    days = () if receipt is None else (receipt.arrived_on, receipt.signed_on, receipt.confirmed_on)
    ahead = [day for day in days if day is not None and day > ctx.as_of]
    if not ahead:
        return None
    return Refusal(
        reason=Text(
            "{day}尚未到来，不能登记为收件日期；请填写实际日期。",
            "{day} is still to come and cannot be when it came in. Record the day on which it did.",
        ),
        facts={"day": max(ahead)},
    )


ARRIVED = _Guard(
    name="arrived",
    title=Text("已经到达", "It has arrived"),
    check=_arrived,
    citations=("ogi-2019:31",),
)
"""It has arrived."""


def _enquiry_reason(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    if filled(args["reason"]):
        return None
    return Refusal(
        reason=Text(
            "认定为咨询必须写明理由。", "To call it an enquiry takes a reason. State why it asks for no document."
        )
    )


ENQUIRY_REASON = _Guard(
    name="enquiry-reason",
    title=Text("认定为咨询的写明理由", "To call it an enquiry takes a reason"),
    check=_enquiry_reason,
    ours=Text(
        "认定为咨询，申请人就失去法定答复期限的保障。",
        "Whoever is said to make an enquiry loses the legal time to reply.",
    ),
)
"""To call it an enquiry takes a reason."""


def _correction_once(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    law = law_of("ogi/correction-notice", request, ctx)
    if law is None or not law.values["once"] or not request.corrections:
        return None
    return Refusal(
        reason=Text(
            "已于{day}告知补正；法律要求一次性告知。请按现有内容答复；仍不明确的，答复无法提供。",
            "What to correct was told on {day}, and the law says once. Reply to what there is; "
            "if it is still unclear, reply that it cannot be provided.",
        ),
        facts={"day": request.corrections[0].notified_on},
    )


CORRECTION_ONCE = _Guard(
    name="correction-once",
    title=Text("一次性告知补正", "What to correct is told once"),
    check=_correction_once,
    citations=("ogi-2019:30",),
)
"""What to correct is told once."""


def _correction_in_time(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    found = explain(request, DeadlineKind.CORRECTION_NOTICE, ctx).deadline
    if found.due is None or ctx.as_of <= found.due:
        return None
    return Refusal(
        reason=Text(
            "告知补正的期限到{due}为止。请按现有内容答复。",
            "There was time until {due} to tell what to correct. Reply to what there is.",
        ),
        facts={"due": found.due},
    )


CORRECTION_IN_TIME = _Guard(
    name="correction-in-time",
    title=Text("在7个工作日内告知补正", "What to correct is told within 7 working days"),
    check=_correction_in_time,
    citations=("ogi-2019:30",),
)
"""What to correct is told within 7 working days."""


def _correction_said(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    if not filled(args["asked_for"]):
        return Refusal(reason=Text("没有写明补正事项。", "It does not say what to correct. State it."))
    law = law_of("ogi/correction-notice", request, ctx)
    until: dt.date | None = args["until"]
    if (law is not None and law.values["once"] and until is None) or (until is not None and until <= ctx.as_of):
        return Refusal(
            reason=Text(
                "没有给申请人合理的补正期限；请填写{day}以后的日期。",
                "It leaves the applicant no reasonable time. Set a day after {day}.",
            ),
            facts={"day": ctx.as_of},
        )
    return None


CORRECTION_SAID = _Guard(
    name="correction-said",
    title=Text("写明补正事项和合理的补正期限", "It says what to correct, and by when"),
    check=_correction_said,
    citations=("ogi-2007:21", "ogi-2019:30"),
)
"""It says what to correct, and by when."""


def _joint_maker(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    if not args["joint_maker"] or args["cause"] is SuspensionCause.OTHER_ORGAN:
        return None
    return Refusal(
        reason=Text(
            "共同制作机关是行政机关，不是第三方；请登记为征求其他机关意见。",
            "A joint maker is an organ and no third party. Record that another organ is asked.",
        )
    )


JOINT_MAKER = _Guard(
    name="joint-maker",
    title=Text("共同制作机关是其他机关", "A joint maker is another organ"),
    check=_joint_maker,
    citations=("ogi-2019:34",),
)
"""A joint maker is another organ."""


def _answer_open(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    part: int = args["part"]
    if 1 <= part <= len(request.suspensions) and request.suspensions[part - 1].until is None:
        return None
    waiting = tuple(number for number, stop in enumerate(request.suspensions, start=1) if stop.until is None)
    return Refusal(
        reason=Text(
            "第{part}次征求意见不存在或者已经答复；待答复的：{waiting}。",
            "Consultation {part} does not exist or is answered. Waiting for an answer: {waiting}.",
        ),
        facts={"part": part, "waiting": waiting or "-"},
    )


ANSWER_OPEN = _Guard(
    name="answer-open",
    title=Text("征求的意见尚未答复", "It has been asked and not answered"),
    check=_answer_open,
    ours=Text("答复记在哪一次征求意见上，须能查证。", "It has to be clear which question an answer is to."),
)
"""It has been asked and not answered."""


def waits_until(request: Request, part: int, ctx: Context) -> dt.date | None:
    """Until when an answer has to be waited for; ``None``: the law sets no time."""
    stop = request.suspensions[part - 1]
    try:
        law = answer_limit(stop, request, ctx)
    except NotComputable:
        return None
    return ctx.due(stop.since, law.integer("days")) if law is not None and law.values["limited"] else None


def _silence(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    if args["opinion"] is not Opinion.SILENT:
        return None
    last = waits_until(request, args["part"], ctx)
    if last is None or ctx.as_of > last:
        return None
    return Refusal(
        reason=Text(
            "答复意见的期限到{last}为止，在此之前不能视为逾期未答复。",
            "There is time to answer until {last}; nobody is silent before that.",
        ),
        facts={"last": last},
    )


SILENCE = _Guard(
    name="silence",
    title=Text("期限届满才视为未答复", "Silence is stated only when the time to answer is over"),
    check=_silence,
    citations=("ogi-2019:32", "ogi-2019:34"),
)
"""Silence is stated only when the time to answer is over."""
