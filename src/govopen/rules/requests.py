"""Rules on requests: their label, the outcome of the reply, and what a refusal says (clause 1.5).

When the reply was due is another module's: :mod:`govopen.rules.request_times`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from govopen.errors import NotComputable
from govopen.model.base import FieldName, filled
from govopen.model.requests import AbandonmentCause, Reply, ReplyOutcome, Request, RequestKind, Triage
from govopen.model.units import Duty
from govopen.policy.matter import Provision
from govopen.rules import samples
from govopen.rules.assurance import judgement_rule
from govopen.rules.base import Case, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable, Verdict
from govopen.texts import Text

__all__ = ["NOT_CONCERNED", "NO_DOCUMENTS", "NO_LAW", "RULES", "abandoned", "law_of", "reply_of", "request_case"]

NO_DOCUMENTS = NotApplicable("no_documents")
"""The result for an enquiry: it asks for no documents."""
NO_LAW = NotApplicable("no_law")
"""The result where the law of the day of receipt asks for nothing of the kind."""
NOT_CONCERNED = {
    "no_documents": Text(
        "不是索取文件资料的申请，或者性质未注明。",
        "It is no request for documents, or is not labelled.",
    ),
    "no_law": Text("收到申请之日还没有这方面的规定。", "On the day of receipt no law spoke of this yet."),
}
"""What the rules on requests for documents say of items that they do not concern. That an item is not labelled is a
finding of REQ002 and REQ003; the other rules do not repeat it."""

_UNANSWERED = NotApplicable("unanswered")
_NO_OUTCOME = NotApplicable("no_outcome")
_NOT_REFUSED = NotApplicable("not_refused")
_REFUSALS = frozenset({ReplyOutcome.REFUSED, ReplyOutcome.PARTIAL, ReplyOutcome.UNABLE, ReplyOutcome.NOT_HANDLED})


def law_of(matter: str, request: Request, ctx: Context) -> Provision | None:
    """What the law said on ``matter`` on the day of receipt; ``None`` before 2008-05-01: the first Regulations."""
    try:
        return ctx.matter(matter, on=request.received_on)
    except NotComputable:
        return None


def reply_of(request: Request, ctx: Context) -> Reply | None:
    """The reply, if it has been made by the as-of date."""
    reply = request.reply
    return reply if reply is not None and ctx.known(reply.on) else None


def abandoned(request: Request, ctx: Context) -> bool:
    """Whether the request has ended without a reply, in a way that the law of the day of receipt knows.

    Whoever asks may always withdraw.
    """
    ended = request.abandoned
    if ended is None or not ctx.known(ended.on):
        return False
    law = law_of("ogi/abandonment", request, ctx)
    return ended.cause is AbandonmentCause.WITHDRAWN or (law is not None and ended.cause.value in law.keys("causes"))


def request_case(zh: str, en: str, as_of: dt.date = samples.YEAR_END, **changes: Any) -> Case:
    """The exemplary request with ``changes``, as a case."""
    return Case(Text(zh, en), (samples.request(**changes),), as_of)


@rule(
    code="REQ002",
    name="request-labelled",
    title=Text(
        "来件已注明是索取文件资料还是政策业务咨询", "The item is labelled a request for documents or an enquiry"
    ),
    subject=Request,
    duty=Duty.REQUESTS,
    excusable=False,
    answers=("panyu-2011:1.5/o2",),
    basis=("panyu-2011:1.5",),
    severity=Severity.MINOR,
    rationale=Text(
        "两者适用的程序不同；未注明，就不知道法定期限是否已经起算。",
        "The two are handled differently; without a label nobody knows whether a legal time limit is running.",
    ),
    remedy=Text("由受理人员注明申请性质。", "Let whoever took it in label it."),
    messages={
        "unlabelled": Text("没有注明申请性质。", "It is labelled neither a request nor an enquiry."),
        "otherwise": Text(
            "注明为“{kind}”，{decided_on}的认定为“{decided}”。",
            "It is labelled '{kind}', and was decided on {decided_on} to be '{decided}'.",
        ),
    },
    valid=(
        request_case("索取文件资料", "request for documents"),
        request_case("政策业务咨询", "enquiry", kind=RequestKind.ENQUIRY),
    ),
    invalid=(
        request_case("未注明", "no label", kind=None),
        request_case(
            "与认定不符",
            "not as decided",
            triage=Triage(kind=RequestKind.ENQUIRY, on=dt.date(2011, 4, 15), decided_by="辛"),
        ),
    ),
)
def request_labelled(dossier: Dossier[Request], ctx: Context) -> Result:
    """Whether the label is right is not asked here; only that it is as decided, where a decision is on record."""
    request, triage = dossier.record, dossier.record.triage
    if request.kind is None:
        return Fail("unlabelled")
    if triage is not None and ctx.known(triage.on) and triage.kind is not request.kind:
        return Fail("otherwise", kind=request.kind, decided=triage.kind, decided_on=triage.on)
    return None


@rule(
    code="REQ004",
    name="reply-outcome-lawful",
    title=Text("答复属于当时法律规定的类型", "The reply is of a kind that the law of its time knows"),
    subject=Request,
    duty=Duty.REQUESTS,
    excusable=False,
    matters=("ogi/reply-outcomes",),
    answers=("panyu-2011:1.5/o3",),
    basis=("panyu-2011:1.5", "ogi-2007:21", "ogi-2007:22", "ogi-2019:36", "ogi-2019:37"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "法律列举了答复的类型；以其他方式了结，申请人得不到法律保障的答复。",
        "The law lists what a reply can be; whatever else ends a request is not the answer that applicants are owed.",
    ),
    remedy=Text(
        "核对答复文书，改填法定类型；确属法外处理的，重新答复。",
        "Check the letter and record the kind that the law names; if the reply was of no lawful kind, reply anew.",
    ),
    messages=NOT_CONCERNED
    | {
        "unlawful": Text(
            "答复类型“{outcome}”不在收到申请之日的法律所列类型之内。",
            "The law of the day of receipt knows no reply of the kind '{outcome}'.",
        ),
        "blank": Text("有答复，但没有注明答复类型。", "There is a reply, but its kind is not recorded."),
        "unanswered": Text("尚未答复。", "No reply so far."),
    },
    valid=(
        request_case("予以公开", "granted"),
        request_case(
            "2019年起的“其他处理”",
            "otherwise handled, since 2019",
            dt.date(2019, 12, 31),
            received_on=dt.date(2019, 5, 15),
            reply=Reply(on=dt.date(2019, 6, 13), outcome=ReplyOutcome.OTHER),
        ),
    ),
    invalid=(
        request_case(
            "2011年的“其他处理”",
            "otherwise handled, in 2011",
            reply=Reply(on=dt.date(2011, 4, 22), outcome=ReplyOutcome.OTHER),
        ),
    ),
)
def reply_outcome_lawful(dossier: Dossier[Request], ctx: Context) -> Result:
    """By the law of the day of receipt, as is the time to reply."""
    request = dossier.record
    if request.kind is not RequestKind.INFORMATION:
        return NO_DOCUMENTS
    reply = reply_of(request, ctx)
    if reply is None:
        return _UNANSWERED
    law = law_of("ogi/reply-outcomes", request, ctx)
    if law is None:
        return NO_LAW
    if reply.outcome is None:
        return Undecidable("blank")
    return None if reply.outcome.value in law.keys("outcomes") else Fail("unlawful", outcome=reply.outcome)


_REFUSAL = Reply(
    on=dt.date(2011, 4, 22),
    outcome=ReplyOutcome.REFUSED,
    ground="state_secret",
    reasons_given=True,
    remedies_named=True,
)


@rule(
    code="REQ007",
    name="refusal-explained",
    title=Text("拒绝时说明理由并告知救济途径", "A refusal gives reasons and names the remedies"),
    subject=Request,
    duty=Duty.REQUESTS,
    excusable=False,
    matters=("ogi/refusal-grounds",),
    answers=("panyu-2011:1.5/o3",),
    basis=("panyu-2011:1.5", "ogi-2007:21", "ogi-2007:33", "ogi-2019:36", "ogi-2019:37", "ogi-2019:51"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "没有理由和救济途径，申请人无法判断是否复议或者起诉。",
        "Without reasons and remedies applicants cannot judge whether to ask for review or go to court.",
    ),
    remedy=Text(
        "补充说明理由、告知救济途径，并如实填写答复记录和不予公开理由代码。",
        "Give the reasons and name the remedies in writing, and record what was done, with the key of the ground.",
    ),
    messages=NOT_CONCERNED
    | {
        "no_reasons": Text("答复（{outcome}）没有说明理由。", "The reply ({outcome}) gives no reasons."),
        "no_remedies": Text("答复（{outcome}）没有告知救济途径。", "The reply ({outcome}) names no remedies."),
        "unknown": Text(
            "答复（{outcome}）的记录没有填写：{missing}。",
            "The record of the reply ({outcome}) leaves blank: {missing}.",
        ),
        "unknown_ground": Text(
            "不予公开的理由代码不在收到申请之日的法律所列理由之内。",
            "The ground of the refusal is not among those of the law of the day of receipt.",
        ),
        "unanswered": Text("尚未答复。", "No reply so far."),
        "no_outcome": Text("没有注明答复类型。", "The kind of the reply is not recorded."),
        "not_refused": Text("不是拒绝。", "It is no refusal."),
    },
    valid=(
        request_case("理由和救济途径齐全", "reasons and remedies", reply=_REFUSAL),
        request_case(
            "部分公开",
            "partly granted",
            reply=attrs.evolve(_REFUSAL, outcome=ReplyOutcome.PARTIAL, ground=""),
        ),
    ),
    invalid=(
        request_case("没有理由", "no reasons", reply=attrs.evolve(_REFUSAL, reasons_given=False)),
        request_case(
            "没有救济途径",
            "no remedies",
            reply=attrs.evolve(_REFUSAL, outcome=ReplyOutcome.UNABLE, ground="", remedies_named=False),
        ),
        request_case(
            "2019年起不再要求特殊需要",
            "no special need has to be shown since 2019",
            dt.date(2019, 12, 31),
            received_on=dt.date(2019, 5, 15),
            reply=attrs.evolve(_REFUSAL, on=dt.date(2019, 6, 13), ground="no_special_need"),
        ),
    ),
)
def refusal_explained(dossier: Dossier[Request], ctx: Context) -> Result:
    """Who refuses in whole or in part, cannot provide or does not handle has to say why, and where to turn."""
    request = dossier.record
    if request.kind is not RequestKind.INFORMATION:
        return NO_DOCUMENTS
    reply = reply_of(request, ctx)
    if reply is None:
        return _UNANSWERED
    if reply.outcome not in _REFUSALS:
        return _NO_OUTCOME if reply.outcome is None else _NOT_REFUSED
    law = law_of("ogi/refusal-grounds", request, ctx)
    return NO_LAW if law is None else _explained(reply, reply.outcome, law)


def _explained(reply: Reply, outcome: ReplyOutcome, law: Provision) -> Result:
    said: list[Verdict] = []
    missing = [name for name in ("reasons_given", "remedies_named") if getattr(reply, name) is None]
    if reply.reasons_given is False:
        said.append(Fail("no_reasons", outcome=outcome))
    if reply.remedies_named is False:
        said.append(Fail("no_remedies", outcome=outcome))
    if outcome is ReplyOutcome.REFUSED:
        if not filled(reply.ground):
            missing.append("ground")
        elif reply.ground not in law.keys("grounds"):
            # A list that nobody verified may lack a ground: it does not convict.
            said.append(Fail("unknown_ground") if law.verified else Undecidable("unknown_ground"))
    if missing:
        said.append(Undecidable("unknown", outcome=outcome, missing=tuple(FieldName(Reply, name) for name in missing)))
    return said or None


mechanism_judged = judgement_rule(
    code="REQ008",
    name="mechanism-judgement",
    title=Text("优化受理答复机制", "The way requests are taken in and answered is improved"),
    obligation="panyu-2011:1.5/o4",
    severity=Severity.ADVICE,
    rationale=Text(
        "是否优化，要与以前比较，记录本身说明不了。",
        "Improvement is a comparison with what was; no single record shows it.",
    ),
    remedy=Text(
        "由工作机构负责人对照受理、分办、答复的制度和当期办理情况作出判定，写明理由和覆盖期间。",
        "Let the head of the working body judge by the written procedure and by how requests were handled, "
        "with the reason and the period covered.",
    ),
)

RULES = (request_labelled, reply_outcome_lawful, refusal_explained, mechanism_judged)
"""The rules of this module."""
