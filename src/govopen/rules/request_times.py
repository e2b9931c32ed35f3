"""Rules on the time to reply to a request: the reply, the notice to correct, the extension (clause 1.5).

The law is that of the day of receipt. Working days are counted; the day of receipt is not.
"""

from __future__ import annotations

import datetime as dt

import attrs

from govopen.model.base import filled
from govopen.model.requests import Correction, Extension, Reply, ReplyOutcome, Request, RequestKind, Suspension
from govopen.model.requests import SuspensionCause as Cause
from govopen.model.units import Duty
from govopen.rules.base import Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.request_clock import (
    CLOCK_MATTERS,
    CLOCK_MESSAGES,
    Standing,
    State,
    delayed_until,
    granted,
    reply_standing,
    standing_of,
    undecided,
)
from govopen.rules.requests import NO_DOCUMENTS, NO_LAW, NOT_CONCERNED, abandoned, law_of, reply_of, request_case
from govopen.rules.results import Fail, NotApplicable, Passed, Result, Undecidable, Verdict
from govopen.texts import Text

__all__ = ["RULES"]

_ENQUIRY = NotApplicable("enquiry")
_ABANDONED = NotApplicable("abandoned")


_LAW_OF_2019 = dt.date(2019, 5, 15)
_YEAR_END_2019 = dt.date(2019, 12, 31)


@rule(
    code="REQ003",
    name="reply-in-time",
    title=Text("在法定期限内答复", "The reply is made within the legal time"),
    subject=Request,
    duty=Duty.REQUESTS,
    excusable=False,
    matters=(*CLOCK_MATTERS, "ogi/abandonment"),
    answers=("panyu-2011:1.5/o3",),
    basis=(
        "panyu-2011:1.5",
        "ogi-2007:24",
        "ogi-2019:30",
        "ogi-2019:31",
        "ogi-2019:32",
        "ogi-2019:33",
        "ogi-2019:34",
        "ogi-2019:35",
    ),
    severity=Severity.SERIOUS,
    rationale=Text(
        "逾期不答复，申请人可以申请行政复议或者提起诉讼。",
        "When time runs out without a reply, the applicant may ask for review or go to court.",
    ),
    remedy=Text(
        "立即答复并说明逾期原因；确需更多时间的，在期限届满前办理延期并告知申请人。",
        "Reply at once and say why it is late; where more time is needed, extend before the time is over and tell the "
        "applicant.",
    ),
    messages=CLOCK_MESSAGES
    | {
        "late": Text("{replied_on}才答复，期限到{due}为止。", "The reply came on {replied_on}; it was due by {due}."),
        "unanswered": Text("期限到{due}为止，仍未答复。", "No reply so far; it was due by {due}."),
        "in_time": Text(
            "用时{working_days}个工作日，期限到{due}为止。", "Replied after {working_days} working days; due by {due}."
        ),
        "in_delay": Text("在确定的延迟期限{due}之内答复。", "Replied by {due}, to which the reply was put off."),
        "abandoned": Text("申请已撤回或者依法视为放弃。", "The request was withdrawn, or counts as abandoned by law."),
        "unlabelled": Text(
            "没有注明申请性质，无法判定是否适用法定答复期限。",
            "It is not labelled; whether the legal time to reply applies cannot be said.",
        ),
        "before_receipt": Text(
            "答复日期{replied_on}早于收到申请之日{received_on}。",
            "The reply is dated {replied_on}, before the receipt on {received_on}.",
        ),
        "enquiry": Text("政策业务咨询，不适用公开申请的答复期限。", "An enquiry has no time to reply under this law."),
        "no_law": NOT_CONCERNED["no_law"],
    },
    valid=(
        request_case("当场答复", "on the spot", reply=Reply(on=dt.date(2011, 4, 15), outcome=ReplyOutcome.GRANTED)),
        request_case(
            "第15个工作日", "15th working day", reply=Reply(on=dt.date(2011, 5, 9), outcome=ReplyOutcome.GRANTED)
        ),
        request_case(
            "2019年起第20个工作日",
            "20th working day, since 2019",
            _YEAR_END_2019,
            received_on=_LAW_OF_2019,
            reply=Reply(on=dt.date(2019, 6, 13), outcome=ReplyOutcome.GRANTED),
        ),
        request_case(
            "征求第三方意见的时间不计",
            "time of asking a third party does not count",
            suspensions=(Suspension(cause=Cause.THIRD_PARTY, since=dt.date(2011, 4, 22), until=dt.date(2011, 5, 9)),),
            reply=Reply(on=dt.date(2011, 5, 20), outcome=ReplyOutcome.GRANTED),
        ),
    ),
    invalid=(
        request_case(
            "第16个工作日", "16th working day", reply=Reply(on=dt.date(2011, 5, 10), outcome=ReplyOutcome.GRANTED)
        ),
        request_case("未答复", "no reply", reply=None),
    ),
)
def reply_in_time(dossier: Dossier[Request], ctx: Context) -> Result:
    """Where the law does not say whether a correction restarts the clock, only what is clear both ways is decided."""
    request = dossier.record
    if request.kind is not RequestKind.INFORMATION:
        return Undecidable("unlabelled") if request.kind is None else _ENQUIRY
    law = law_of("ogi/reply-time", request, ctx)
    if law is None:
        return NO_LAW
    reply = reply_of(request, ctx)
    if reply is None and abandoned(request, ctx):
        return _ABANDONED
    standing = reply_standing(request, law, None if reply is None else reply.on, ctx)
    if reply is None:
        return _open_request(standing)
    return _replied(request, reply, law.integer("days") + granted(request, law, ctx), standing, ctx)


def _open_request(standing: Standing) -> Result:
    if standing.state is State.MISSED:
        return Fail("unanswered", due=standing.due)
    return undecided(standing)


def _replied(request: Request, reply: Reply, days: int, standing: Standing, ctx: Context) -> Result:
    if reply.on < request.received_on:
        return Undecidable("before_receipt", replied_on=reply.on, received_on=request.received_on)
    if standing.state is State.IN_TIME:
        if not ctx.detailed:
            return None
        if delayed_until(request, ctx) == standing.due:
            return Passed("in_delay", due=standing.due)
        left = ctx.calendar.working_days_between(reply.on, standing.due)
        return Passed("in_time", working_days=days - left, due=standing.due)
    if standing.state is State.LATE:
        return Fail("late", replied_on=reply.on, due=standing.due)
    return undecided(standing)


@rule(
    code="REQ005",
    name="correction-notice",
    title=Text("在法定期限内一次性告知补正", "The applicant is told once and in time what to correct"),
    subject=Request,
    duty=Duty.REQUESTS,
    excusable=False,
    matters=("ogi/correction-notice",),
    answers=("panyu-2011:1.5/o3",),
    basis=("panyu-2011:1.5", "ogi-2007:21", "ogi-2019:30"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "补正使期限重新起算；告知过晚或者反复告知，等于随意延长期限。",
        "A correction restarts the clock; told late or again and again, it would stretch the time at will.",
    ),
    remedy=Text(
        "收到申请后即审查内容，一次告知全部补正事项；补正后仍不明确的，依法答复。",
        "Review a request when it comes in and tell everything to correct at once; if it is still unclear after that, "
        "reply as the law says.",
    ),
    messages=NOT_CONCERNED
    | {
        "late": Text(
            "{notified_on}才告知补正，期限到{due}为止。",
            "The applicant was told on {notified_on} what to correct; this was due by {due}.",
        ),
        "repeated": Text(
            "{count}次告知补正；法律要求一次性告知。",
            "The applicant was told {count} times what to correct; the law says once.",
        ),
        "no_correction": Text("没有告知补正。", "Nothing had to be corrected."),
        "no_limit": Text("当时的法律没有规定期限和次数。", "The law of the time sets no time and no number."),
    },
    valid=(
        request_case(
            "第7个工作日告知",
            "told on the 7th working day",
            _YEAR_END_2019,
            received_on=_LAW_OF_2019,
            corrections=(Correction(notified_on=dt.date(2019, 5, 24), received_on=dt.date(2019, 6, 3)),),
            reply=Reply(on=dt.date(2019, 6, 20), outcome=ReplyOutcome.GRANTED),
        ),
    ),
    invalid=(
        request_case(
            "第8个工作日告知",
            "told on the 8th working day",
            _YEAR_END_2019,
            received_on=_LAW_OF_2019,
            corrections=(Correction(notified_on=dt.date(2019, 5, 27), received_on=dt.date(2019, 6, 3)),),
            reply=Reply(on=dt.date(2019, 6, 20), outcome=ReplyOutcome.GRANTED),
        ),
        request_case(
            "两次告知",
            "told twice",
            _YEAR_END_2019,
            received_on=_LAW_OF_2019,
            corrections=(
                Correction(notified_on=dt.date(2019, 5, 17), received_on=dt.date(2019, 5, 20)),
                Correction(notified_on=dt.date(2019, 5, 22), received_on=dt.date(2019, 6, 3)),
            ),
            reply=Reply(on=dt.date(2019, 6, 20), outcome=ReplyOutcome.GRANTED),
        ),
    ),
)
def correction_notice(dossier: Dossier[Request], ctx: Context) -> Result:
    """Two entries of one day are one notice."""
    request = dossier.record
    if request.kind is not RequestKind.INFORMATION:
        return NO_DOCUMENTS
    days = sorted({entry.notified_on for entry in request.corrections if ctx.known(entry.notified_on)})
    if not days:
        return _NO_CORRECTION
    law = law_of("ogi/correction-notice", request, ctx)
    if law is None:
        return NO_LAW
    said: list[Verdict] = []
    if law.values["limited"] and days[0] > (due := ctx.due(request.received_on, law.integer("days"))):
        said.append(Fail("late", notified_on=days[0], due=due))
    if law.values["once"] and len(days) > 1:
        said.append(Fail("repeated", count=len(days)))
    return said or (None if law.values["limited"] else _NO_LIMIT)


_NO_CORRECTION = NotApplicable("no_correction")
_NO_LIMIT = NotApplicable("no_limit")
_NO_EXTENSION = NotApplicable("no_extension")
_UNUSED = NotApplicable("unused")

_EXTENDED = Extension(days=15, consented_by="庚", notified_on=dt.date(2011, 5, 9))
_LATER_REPLY = Reply(on=dt.date(2011, 5, 20), outcome=ReplyOutcome.GRANTED)


@rule(
    code="REQ006",
    name="extension-lawful",
    title=Text("延长答复期限合法：长度、同意、告知", "An extension is lawful: length, consent, notice"),
    subject=Request,
    duty=Duty.REQUESTS,
    excusable=False,
    matters=CLOCK_MATTERS,
    answers=("panyu-2011:1.5/o3",),
    basis=("panyu-2011:1.5", "ogi-2007:24", "ogi-2019:32", "ogi-2019:33"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "延期须经负责人同意并告知申请人，否则原期限照算。",
        "Without consent and notice the original time goes on; the applicant has to know when to expect the reply.",
    ),
    remedy=Text(
        "原期限届满前取得政府信息公开工作机构负责人同意并告知申请人；延长不超过法定上限。",
        "Before the original time is over, get the consent of the head of the working body and tell the applicant; "
        "extend by no more than the law allows.",
    ),
    messages=NOT_CONCERNED
    | CLOCK_MESSAGES
    | {
        "length": Text(
            "延长{days}个工作日；法律允许1至{at_most}个。",
            "It adds {days} working days; the law allows 1 to {at_most}.",
        ),
        "no_consent": Text("没有记录同意人。", "Whose consent it had is not recorded."),
        "told_late": Text(
            "{told_on}才告知申请人，原期限到{due}为止。",
            "The applicant was told on {told_on}; the original time ended on {due}.",
        ),
        "not_told": Text(
            "原期限到{due}为止，没有告知申请人延期。",
            "The applicant was not told of the extension; the original time ended on {due}.",
        ),
        "no_extension": Text("没有延期。", "There is no extension."),
        "unused": Text("在原期限内已答复，延期未使用。", "The reply came within the original time."),
    },
    valid=(request_case("期限届满日告知", "told on the last day", extension=_EXTENDED, reply=_LATER_REPLY),),
    invalid=(
        request_case("超过上限", "too long", extension=attrs.evolve(_EXTENDED, days=16), reply=_LATER_REPLY),
        request_case(
            "没有同意人", "no consent", extension=attrs.evolve(_EXTENDED, consented_by=""), reply=_LATER_REPLY
        ),
        request_case(
            "逾期告知",
            "told late",
            extension=attrs.evolve(_EXTENDED, notified_on=dt.date(2011, 5, 10)),
            reply=_LATER_REPLY,
        ),
        request_case("没有告知", "not told", extension=attrs.evolve(_EXTENDED, notified_on=None), reply=_LATER_REPLY),
    ),
)
def extension_lawful(dossier: Dossier[Request], ctx: Context) -> Result:
    """The original time is that without the extension."""
    request = dossier.record
    extension = request.extension
    if request.kind is not RequestKind.INFORMATION:
        return NO_DOCUMENTS
    if extension is None:
        return _NO_EXTENSION
    law = law_of("ogi/reply-time", request, ctx)
    if law is None:
        return NO_LAW
    said: list[Verdict] = []
    at_most = law.integer("extension")
    if not 1 <= extension.days <= at_most:
        said.append(Fail("length", days=extension.days, at_most=at_most))
    if not filled(extension.consented_by):
        said.append(Fail("no_consent"))
    notice = _notice(request, extension, law.integer("days"), ctx)
    if notice is not None and (not said or notice.outcome is not NotApplicable.outcome):
        said.append(notice)
    return said or None


def _notice(request: Request, extension: Extension, days: int, ctx: Context) -> Verdict | None:
    """What there is to say of the notice to the applicant."""
    told_on = extension.notified_on if ctx.known(extension.notified_on) else None
    if told_on is not None:
        standing = standing_of(request, days, told_on, ctx)
        if standing.state is State.IN_TIME:
            return None
        return (
            Fail("told_late", told_on=told_on, due=standing.due)
            if standing.state is State.LATE
            else undecided(standing)
        )
    reply = reply_of(request, ctx)
    standing = standing_of(request, days, None if reply is None else reply.on, ctx)
    if standing.state is State.IN_TIME:
        return _UNUSED
    if standing.state in (State.MISSED, State.LATE):
        return Fail("not_told", due=standing.due)
    return undecided(standing)


RULES = (reply_in_time, correction_notice, extension_lawful)
"""The rules of this module."""
