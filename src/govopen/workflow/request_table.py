"""The course of a request, from its arrival to its end (clause 1.5). The state is folded from the record's fields."""

from __future__ import annotations

from govopen.model.actors import Role
from govopen.model.requests import Request, RequestKind
from govopen.rules.context import Context
from govopen.rules.request_receipt import unconfirmed
from govopen.texts import Label, Text
from govopen.workflow import request_guards as guards
from govopen.workflow import request_reply_guards as replies
from govopen.workflow import request_time_guards as times
from govopen.workflow import retention_guards as retention
from govopen.workflow.request_guards import waits_until
from govopen.workflow.table import Transition, Workflow

__all__ = ["REQUEST", "RequestState", "state_of"]


class RequestState(Label):
    """How far a request has come."""

    ARRIVED = "arrived", "已到达、待确认", "arrived, to be confirmed"
    RECEIVED = "received", "已收到、待认定性质", "received, to be labelled"
    HANDLING = "handling", "办理中", "being handled"
    AWAITING_CORRECTION = "awaiting_correction", "待申请人补正", "waiting for the correction"
    AWAITING_REASONS = "awaiting_reasons", "待申请人说明理由", "waiting for reasons"
    AWAITING_PAYMENT = "awaiting_payment", "待申请人缴费", "waiting for the payment"
    CONSULTING = "consulting", "征求意见中", "opinions being asked"
    ENQUIRY = "enquiry", "转为咨询", "handled as an enquiry"
    REPLIED = "replied", "已答复", "replied"
    ABANDONED = "abandoned", "已终止", "ended without a reply"


_State = RequestState


def state_of(request: Request, ctx: Context) -> RequestState:
    """Where the request stands on the as-of date.

    Raises:
        NotComputable: The calendar does not reach the end of the time that somebody has to answer.
    """
    if request.abandoned is not None and ctx.known(request.abandoned.on):
        return _State.ABANDONED
    if request.kind is RequestKind.ENQUIRY:
        return _State.ENQUIRY
    if request.reply is not None and ctx.known(request.reply.on):
        return _State.REPLIED
    if unconfirmed(request, ctx):
        return _State.ARRIVED
    return _State.RECEIVED if request.kind is None else _waiting(request, ctx)


def _waiting(request: Request, ctx: Context) -> RequestState:
    if any(ctx.known(entry.notified_on) and not ctx.known(entry.received_on) for entry in request.corrections):
        return _State.AWAITING_CORRECTION
    fee, excess = request.fee, request.excess
    if fee is not None and ctx.known(fee.notified_on) and not ctx.known(fee.paid_on):
        return _State.AWAITING_PAYMENT
    if excess is not None and ctx.known(excess.asked_on) and excess.reasonable is None:
        return _State.AWAITING_REASONS
    for part, stop in enumerate(request.suspensions, start=1):
        if ctx.known(stop.since) and not ctx.known(stop.until):
            last = waits_until(request, part, ctx)
            if last is None or not ctx.past(last):
                return _State.CONSULTING
    return _State.HANDLING


_CLERK = (Role.REQUEST_CLERK,)
_WORK = (_State.HANDLING, _State.CONSULTING)
_WAITING = (_State.AWAITING_CORRECTION, _State.AWAITING_REASONS, _State.AWAITING_PAYMENT)
_ENDED = (_State.ENQUIRY, _State.REPLIED, _State.ABANDONED)
_SEQUENCE = guards.IN_SEQUENCE
_REPLY_GUARDS = (
    replies.LAWFUL,
    replies.CORRECTION_AWAITED,
    replies.FITTING,
    replies.GROUND,
    replies.NOT_HANDLED,
    replies.SEVERED,
    replies.EXPLAINED,
    replies.ITEMS,
)
# What can be granted need not wait for a correction.
_ANSWERABLE = (_State.HANDLING, _State.AWAITING_CORRECTION)

REQUEST: Workflow[Request] = Workflow(
    name="request",
    title=Text("依申请公开", "request for information"),
    states=_State,
    initial=_State.ARRIVED,
    transitions=(
        Transition(
            name="receive",
            title=Text("登记收件", "record the arrival"),
            target=_State.ARRIVED,
            roles=_CLERK,
            guards=(guards.ARRIVED,),
            citations=("panyu-2011:1.5/o3", "ogi-2019:45"),
        ),
        Transition(
            name="settle",
            title=Text("收到申请之日由到达或者签收确定", "the date of receipt follows from arrival or signature"),
            sources=(_State.ARRIVED,),
            target=_State.RECEIVED,
            roles=(),
            citations=("ogi-2019:31",),
        ),
        Transition(
            name="confirm",
            title=Text("与申请人确认收到申请之日", "confirm the date of receipt with the applicant"),
            sources=(_State.ARRIVED,),
            target=_State.RECEIVED,
            roles=_CLERK,
            guards=(_SEQUENCE,),
            citations=("ogi-2019:31",),
        ),
        Transition(
            name="accept",
            title=Text("认定为公开申请", "label it a request for documents"),
            sources=(_State.RECEIVED,),
            target=_State.HANDLING,
            roles=_CLERK,
            guards=(_SEQUENCE,),
            citations=("panyu-2011:1.5/o2",),
        ),
        Transition(
            name="redirect",
            title=Text("认定为政策业务咨询", "label it an enquiry"),
            sources=(_State.RECEIVED,),
            target=_State.ENQUIRY,
            roles=_CLERK,
            guards=(_SEQUENCE, guards.ENQUIRY_REASON),
            citations=("panyu-2011:1.5/o2",),
        ),
        Transition(
            name="ask_correction",
            title=Text("告知补正", "tell what to correct"),
            sources=(_State.HANDLING,),
            target=_State.AWAITING_CORRECTION,
            roles=_CLERK,
            guards=(_SEQUENCE, guards.CORRECTION_ONCE, guards.CORRECTION_IN_TIME, guards.CORRECTION_SAID),
            citations=("ogi-2007:21", "ogi-2019:30"),
        ),
        Transition(
            name="correct",
            title=Text("收到补正", "take in the corrected request"),
            sources=(_State.AWAITING_CORRECTION,),
            target=_State.HANDLING,
            roles=_CLERK,
            guards=(_SEQUENCE,),
            citations=("ogi-2007:21", "ogi-2019:30"),
        ),
        Transition(
            name="consult",
            title=Text("征求第三方或者其他机关意见", "ask a third party or another organ"),
            sources=_WORK,
            target=_State.CONSULTING,
            roles=_CLERK,
            guards=(_SEQUENCE, guards.JOINT_MAKER),
            citations=("ogi-2007:23", "ogi-2019:32", "ogi-2019:33", "ogi-2019:34"),
        ),
        Transition(
            name="answer",
            title=Text("登记所答复的意见", "record the answer"),
            sources=_WORK,
            target=_State.HANDLING,
            roles=_CLERK,
            guards=(_SEQUENCE, guards.ANSWER_OPEN, guards.SILENCE),
            citations=("ogi-2007:23", "ogi-2019:32", "ogi-2019:34"),
        ),
        Transition(
            name="lapse",
            title=Text("答复意见的期限届满", "the time to answer is over"),
            sources=(_State.CONSULTING,),
            target=_State.HANDLING,
            roles=(),
            citations=("ogi-2019:32", "ogi-2019:34"),
        ),
        Transition(
            name="extend",
            title=Text("同意延长答复期限", "consent to an extension"),
            sources=_WORK,
            target=None,
            roles=(Role.OPENNESS_HEAD,),
            guards=(_SEQUENCE, times.EXTENSION_ONCE, times.EXTENSION_LENGTH, times.BEFORE_DUE),
            citations=("ogi-2007:24", "ogi-2019:33"),
        ),
        Transition(
            name="notify_extension",
            title=Text("告知申请人延期", "tell the applicant of the extension"),
            sources=_WORK,
            target=None,
            roles=_CLERK,
            guards=(_SEQUENCE, times.EXTENSION_UNTOLD, times.BEFORE_DUE),
            citations=("ogi-2007:24", "ogi-2019:33"),
        ),
        Transition(
            name="ask_reasons",
            title=Text("要求说明理由", "ask for reasons"),
            sources=(_State.HANDLING,),
            target=_State.AWAITING_REASONS,
            roles=_CLERK,
            guards=(_SEQUENCE, times.REASONS_POSSIBLE),
            citations=("ogi-2019:35",),
        ),
        Transition(
            name="weigh_reasons",
            title=Text("认定理由是否合理", "weigh the reasons"),
            sources=(_State.AWAITING_REASONS,),
            target=_State.HANDLING,
            roles=_CLERK,
            guards=(_SEQUENCE, times.WEIGHED),
            citations=("ogi-2019:35",),
        ),
        Transition(
            name="set_delay",
            title=Text("确定延迟期限并告知申请人", "put the reply off and tell the applicant"),
            sources=_WORK,
            target=None,
            roles=_CLERK,
            guards=(_SEQUENCE, times.DELAY, times.BEFORE_DUE),
            citations=("ogi-2019:35",),
        ),
        Transition(
            name="charge",
            title=Text("通知收取信息处理费", "charge a handling fee"),
            sources=(_State.HANDLING,),
            target=_State.AWAITING_PAYMENT,
            roles=_CLERK,
            guards=(_SEQUENCE, times.CHARGEABLE, times.BEFORE_DUE),
            citations=("ogi-2019:42", "ogi-fees-2020:6"),
        ),
        Transition(
            name="pay",
            title=Text("登记缴费", "record the payment"),
            sources=(_State.AWAITING_PAYMENT,),
            target=_State.HANDLING,
            roles=_CLERK,
            guards=(_SEQUENCE,),
            citations=("ogi-fees-2020:6",),
        ),
        Transition(
            name="abandon",
            title=Text("登记为视为放弃", "record that it counts as abandoned"),
            sources=(_State.AWAITING_CORRECTION, _State.AWAITING_PAYMENT),
            target=_State.ABANDONED,
            roles=_CLERK,
            guards=(_SEQUENCE, times.PERIOD_OVER),
            citations=("ogi-2019:30", "ogi-fees-2020:6"),
        ),
        Transition(
            name="withdraw",
            title=Text("登记申请人撤回", "record that the applicant withdrew it"),
            sources=(_State.ARRIVED, _State.RECEIVED, *_WORK, *_WAITING),
            target=_State.ABANDONED,
            roles=_CLERK,
            guards=(_SEQUENCE,),
            ours=Text(
                "申请人可以随时撤回，条例没有规定程序。",
                "Whoever asks may stop asking; the Regulations have no procedure for it.",
            ),
        ),
        Transition(
            name="transfer",
            title=Text("告知申请人向其他机关申请", "refer the applicant to another organ"),
            sources=_ANSWERABLE,
            target=_State.REPLIED,
            roles=_CLERK,
            guards=(_SEQUENCE, replies.REFERRED, *_REPLY_GUARDS),
            citations=("ogi-2007:21", "ogi-2019:36"),
        ),
        Transition(
            name="reply",
            title=Text("答复", "reply"),
            sources=_ANSWERABLE,
            target=_State.REPLIED,
            roles=_CLERK,
            guards=(_SEQUENCE, *_REPLY_GUARDS),
            citations=("panyu-2011:1.5/o3", "ogi-2007:21", "ogi-2019:36"),
        ),
        Transition(
            name="erase",
            title=Text("清除个人信息", "erase personal data"),
            sources=_ENDED,
            target=None,
            roles=(Role.RECORDS_OFFICER,),
            guards=(retention.RETENTION_OVER,),
            ours=Text(
                "保存期由单位设定，本系统不引用法律。",
                "How long personal data are kept is the unit's setting; govopen cites no law for it.",
            ),
        ),
    ),
)
"""The course of a request, from arrival to end (clause 1.5)."""
