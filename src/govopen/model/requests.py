"""Requests for information and the six channels (clause 1.5)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import attrs

from govopen.model.base import Record, Term, within
from govopen.texts import Label

__all__ = [
    "Applicant",
    "ChannelKind",
    "Correction",
    "Extension",
    "Reply",
    "ReplyOutcome",
    "Request",
    "RequestChannel",
    "RequestKind",
    "Suspension",
    "SuspensionCause",
]


class ChannelKind(Label):
    """The six channels of 1.5.1 to 1.5.6."""

    IN_PERSON = "in_person", "当面申请", "in person"
    FAX = "fax", "传真", "fax"
    EMAIL = "email", "电子邮件", "e-mail"
    WEBSITE = "website", "网站栏目", "column of the website"
    POST = "post", "信函", "post"
    OTHER = "other", "其他形式", "another form"


class RequestKind(Label):
    """What an applicant wants: documents, or an answer about policy or business."""

    INFORMATION = "information", "索取文件资料", "request for documents"
    ENQUIRY = "enquiry", "政策业务咨询", "enquiry about policy or business"


class ReplyOutcome(Label):
    """How a request was answered."""

    GRANTED = "granted", "予以公开", "granted"
    PARTIAL = "partial", "部分公开", "partly granted"
    REFUSED = "refused", "不予公开", "refused"
    UNABLE = "unable", "无法提供", "unable to provide"
    NOT_HANDLED = "not_handled", "不予处理", "not handled"
    OTHER = "other", "其他处理", "otherwise handled"


class SuspensionCause(Label):
    """Why time did not run."""

    THIRD_PARTY = "third_party", "征求第三方意见", "third party asked"
    OTHER_ORGAN = "other_organ", "征求其他机关意见", "other organ asked"


@attrs.frozen(kw_only=True)
class RequestChannel(Record):
    """A way by which requests can be made. ``address`` is a window, number, mailbox or page, public by nature."""

    unit: Annotated[str, Term("单位", "unit")]
    kind: Annotated[ChannelKind, Term("途径", "channel", example="fax")]
    address: Annotated[str, Term("地址、号码或网址", "address, number or page")] = ""
    office_hours: Annotated[str, Term("受理时间", "office hours")] = ""
    published_on: Annotated[dt.date | None, Term("公布日期", "published on")] = None
    since: Annotated[dt.date | None, Term("开通日期", "opened on")] = None
    until: Annotated[dt.date | None, Term("停用日期", "last day open")] = None

    def open_on(self, day: dt.date) -> bool:
        return within(day, self.since, self.until)


@attrs.frozen(kw_only=True)
class Applicant:
    """Who asks. Personal data: it reaches no publisher, exporter, log or report."""

    name: Annotated[str, Term("姓名或名称", "name", personal=True, text=True)] = ""
    identity_proof: Annotated[str, Term("身份证明", "proof of identity", personal=True, text=True)] = ""
    contact: Annotated[str, Term("联系方式", "contact", personal=True, text=True)] = ""


@attrs.frozen(kw_only=True)
class Correction:
    """补正: what the applicant was asked to correct, and when the corrected request came in."""

    notified_on: Annotated[dt.date, Term("告知补正日期", "notified on")]
    received_on: Annotated[dt.date | None, Term("收到补正日期", "corrected request received on")] = None


@attrs.frozen(kw_only=True)
class Extension:
    """延长答复期限: consent of the head of the body in charge, and notice to the applicant."""

    days: Annotated[int, Term("延长工作日数", "working days added", example="15")]
    consented_by: Annotated[str, Term("同意人", "consent of", text=True)] = ""
    notified_on: Annotated[dt.date | None, Term("告知申请人日期", "applicant told on")] = None


@attrs.frozen(kw_only=True)
class Suspension:
    """Time not counted: from the day the question was put to the day the answer came."""

    cause: Annotated[SuspensionCause, Term("事由", "cause", example="third_party")]
    since: Annotated[dt.date, Term("起始日期", "asked on")]
    until: Annotated[dt.date | None, Term("截止日期", "answered on")] = None


@attrs.frozen(kw_only=True)
class Reply:
    """答复. A refusal states its ground, the reasons and where to seek remedy."""

    on: Annotated[dt.date, Term("答复日期", "replied on")]
    outcome: Annotated[ReplyOutcome | None, Term("答复类型", "outcome", example="granted")] = None
    ground: Annotated[str, Term("不予公开理由代码", "ground", example="state_secret")] = ""
    reasons_given: Annotated[bool | None, Term("是否说明理由", "reasons given", example="true")] = None
    remedies_named: Annotated[bool | None, Term("是否告知救济途径", "remedies named", example="true")] = None


@attrs.frozen(kw_only=True)
class Request(Record):
    """An incoming request, labelled as one for documents or as an enquiry."""

    unit: Annotated[str, Term("单位", "unit")]
    received_on: Annotated[dt.date, Term("收到申请之日", "date of receipt")]
    channel: Annotated[ChannelKind, Term("途径", "channel", example="website")]
    kind: Annotated[RequestKind | None, Term("申请性质", "kind", example="information")] = None
    applicant: Annotated[Applicant | None, Term("申请人", "applicant", personal=True)] = None
    description: Annotated[str, Term("所需信息描述", "information wanted", text=True, personal=True)] = ""
    corrections: Annotated[tuple[Correction, ...], Term("补正", "corrections")] = ()
    extension: Annotated[Extension | None, Term("延期", "extension")] = None
    suspensions: Annotated[tuple[Suspension, ...], Term("不计入时间", "time not counted")] = ()
    reply: Annotated[Reply | None, Term("答复", "reply")] = None
