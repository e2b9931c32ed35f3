"""Requests for information and the six channels (clause 1.5)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

import attrs

from govopen.model.base import Record, Term, within
from govopen.texts import Label

__all__ = [
    "Abandonment",
    "AbandonmentCause",
    "Applicant",
    "ApplicantKind",
    "ChannelKind",
    "Correction",
    "Excess",
    "Extension",
    "FeeMethod",
    "FeeNotice",
    "Opinion",
    "PostKind",
    "Receipt",
    "Reply",
    "ReplyKind",
    "ReplyOutcome",
    "Request",
    "RequestChannel",
    "RequestKind",
    "Suspension",
    "SuspensionCause",
    "Triage",
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


class ReplyKind(Label):
    """The rows of the annual report's table of requests: 21 of the form of 2021.

    The form of 2019 has one undivided row for what is otherwise handled: ``OTHER``.
    """

    GRANTED = "granted", "予以公开", "granted"
    PARTIAL = "partial", "部分公开", "partly granted"
    STATE_SECRET = "refused.state_secret", "属于国家秘密", "refused: state secret"
    FORBIDDEN_BY_LAW = "refused.forbidden_by_law", "其他法律行政法规禁止公开", "refused: forbidden by law"
    THREE_SECURITIES = "refused.three_securities", "危及“三安全一稳定”", "refused: three securities and one stability"
    THIRD_PARTY = "refused.third_party", "保护第三方合法权益", "refused: rights of a third party"
    INTERNAL = "refused.internal", "属于三类内部事务信息", "refused: internal affairs"
    PROCESS = "refused.process", "属于四类过程性信息", "refused: process information"
    CASE_FILE = "refused.case_file", "属于行政执法案卷", "refused: enforcement case file"
    ADMIN_QUERY = "refused.admin_query", "属于行政查询事项", "refused: administrative query"
    NOT_HELD = "unable.not_held", "本机关不掌握相关政府信息", "unable: not held"
    MUST_CREATE = "unable.must_create", "没有现成信息需要另行制作", "unable: must be made anew"
    UNCLEAR = "unable.unclear", "补正后申请内容仍不明确", "unable: still unclear after correction"
    PETITION = "not_handled.petition", "信访举报投诉类申请", "not handled: petition or complaint"
    REPEAT = "not_handled.repeat", "重复申请", "not handled: repeat"
    PUBLICATION = "not_handled.publication", "要求提供公开出版物", "not handled: publication"
    MASSIVE = "not_handled.massive", "无正当理由大量反复申请", "not handled: massive without reason"
    CONFIRM = "not_handled.confirm", "要求行政机关确认或重新出具已获取信息", "not handled: to confirm or re-issue"
    NOT_CORRECTED = "other.not_corrected", "申请人逾期不补正，不再处理", "otherwise: not corrected in time"
    FEE_UNPAID = "other.fee_unpaid", "申请人逾期不缴费，不再处理", "otherwise: fee not paid in time"
    OTHER_OTHER = "other.other", "其他", "otherwise: other"
    OTHER = "other", "其他处理（2019年表式，不分项）", "otherwise handled (undivided, form of 2019)"

    @property
    def outcome(self) -> ReplyOutcome:
        """The group of rows to which it belongs."""
        return ReplyOutcome(self.value.partition(".")[0])


class ApplicantKind(Label):
    """The columns of the annual report's table of requests."""

    NATURAL_PERSON = "natural_person", "自然人", "natural person"
    BUSINESS = "business", "商业企业", "business"
    RESEARCH = "research", "科研机构", "research institution"
    SOCIAL_WELFARE = "social_welfare", "社会公益组织", "social-welfare organisation"
    LEGAL_SERVICE = "legal_service", "法律服务机构", "legal-service body"
    OTHER = "other", "其他法人或组织", "other legal person or organisation"


class PostKind(Label):
    """How a letter came: the law of 2019 dates the two kinds differently."""

    SIGNED = "signed", "需签收的邮件", "signed-for post"
    ORDINARY = "ordinary", "平常信函", "ordinary post"


class Opinion(Label):
    """What a third party or another organ answered."""

    CONSENT = "consent", "同意公开", "consents"
    OBJECT = "object", "不同意公开", "objects"
    SILENT = "silent", "逾期未答复", "silent"


class FeeMethod(Label):
    """How an information-handling fee is computed: one of the two, never both."""

    PER_ITEM = "per_item", "按件计收", "per item"
    PER_PAGE = "per_page", "按量计收", "per page"


class AbandonmentCause(Label):
    """Why a request ended without a reply."""

    NOT_CORRECTED = "not_corrected", "逾期不补正", "not corrected in time"
    FEE_UNPAID = "fee_unpaid", "逾期不缴费", "fee not paid in time"
    WITHDRAWN = "withdrawn", "申请人撤回", "withdrawn by the applicant"


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
class Receipt:
    """收件: how and when a request came in, from which the law of the day makes the date of receipt.

    ``confirmed_on`` is the day that both sides confirmed: of ordinary post, fax and the internet under the law of 2019.
    """

    arrived_on: Annotated[dt.date | None, Term("到达日期", "arrived on")] = None
    post: Annotated[PostKind | None, Term("信函种类", "kind of post", example="signed")] = None
    signed_on: Annotated[dt.date | None, Term("签收日期", "signed for on")] = None
    confirmed_on: Annotated[dt.date | None, Term("双方确认日期", "confirmed on")] = None


@attrs.frozen(kw_only=True)
class Triage:
    """The recorded decision whether somebody asks for documents or for advice."""

    kind: Annotated[RequestKind, Term("认定性质", "decided kind", example="information")]
    on: Annotated[dt.date, Term("认定日期", "decided on")]
    decided_by: Annotated[str, Term("认定人", "decided by", text=True)] = ""
    reason: Annotated[str, Term("认定理由", "reason", text=True, personal=True)] = ""


@attrs.frozen(kw_only=True)
class Correction:
    """补正: what the applicant was asked to correct, until when, and when the corrected request came in."""

    notified_on: Annotated[dt.date, Term("告知补正日期", "notified on")]
    received_on: Annotated[dt.date | None, Term("收到补正日期", "corrected request received on")] = None
    until: Annotated[dt.date | None, Term("补正期限截止", "last day to correct")] = None
    asked_for: Annotated[str, Term("补正事项", "what to correct", text=True, personal=True)] = ""


@attrs.frozen(kw_only=True)
class Extension:
    """延长答复期限: consent of the head of the body in charge, and notice to the applicant."""

    days: Annotated[int, Term("延长工作日数", "working days added", example="15")]
    consented_by: Annotated[str, Term("同意人", "consent of", text=True)] = ""
    notified_on: Annotated[dt.date | None, Term("告知申请人日期", "applicant told on")] = None
    consented_on: Annotated[dt.date | None, Term("同意日期", "consented on")] = None


@attrs.frozen(kw_only=True)
class Suspension:
    """Time not counted: from the day the question was put to the day the answer came.

    ``joint_maker``: the other organ made the information together with this one; since 2019 its silence is consent.
    """

    cause: Annotated[SuspensionCause, Term("事由", "cause", example="third_party")]
    since: Annotated[dt.date, Term("起始日期", "asked on")]
    until: Annotated[dt.date | None, Term("截止日期", "answered on")] = None
    asked: Annotated[str, Term("征求对象", "who was asked", text=True, personal=True)] = ""
    joint_maker: Annotated[bool, Term("共同制作机关", "joint maker", example="false")] = False
    opinion: Annotated[Opinion | None, Term("意见", "opinion", example="consent")] = None


@attrs.frozen(kw_only=True)
class Excess:
    """数量、频次明显超过合理范围: reasons asked for, given, weighed, and the time set for a reply.

    Regulations of 2019, article 35.
    """

    asked_on: Annotated[dt.date, Term("要求说明理由日期", "reasons asked for on")]
    given_on: Annotated[dt.date | None, Term("说明理由日期", "reasons given on")] = None
    reasonable: Annotated[bool | None, Term("理由是否合理", "reasons good", example="true")] = None
    delayed_until: Annotated[dt.date | None, Term("延迟答复期限截止", "reply delayed until")] = None
    told_on: Annotated[dt.date | None, Term("告知延迟日期", "told of the delay on")] = None


@attrs.frozen(kw_only=True)
class FeeNotice:
    """信息处理费收费通知 and its payment."""

    notified_on: Annotated[dt.date, Term("收费通知日期", "notified on")]
    amount_yuan: Annotated[Decimal | None, Term("金额（元）", "amount in yuan", example="100.00")] = None
    method: Annotated[FeeMethod | None, Term("计收方式", "computed", example="per_item")] = None
    paid_on: Annotated[dt.date | None, Term("缴费日期", "paid on")] = None


@attrs.frozen(kw_only=True)
class Abandonment:
    """视为放弃申请, or withdrawn by the applicant."""

    on: Annotated[dt.date, Term("终止日期", "ended on")]
    cause: Annotated[AbandonmentCause, Term("终止事由", "cause", example="not_corrected")]


@attrs.frozen(kw_only=True)
class Reply:
    """答复. A refusal states its ground, the reasons and where to seek remedy.

    ``items`` are the information items given. They are cleared for the applicant elsewhere.
    """

    on: Annotated[dt.date, Term("答复日期", "replied on")]
    outcome: Annotated[ReplyOutcome | None, Term("答复类型", "outcome", example="granted")] = None
    ground: Annotated[str, Term("不予公开理由代码", "ground", example="state_secret")] = ""
    reasons_given: Annotated[bool | None, Term("是否说明理由", "reasons given", example="true")] = None
    remedies_named: Annotated[bool | None, Term("是否告知救济途径", "remedies named", example="true")] = None
    kind: Annotated[ReplyKind | None, Term("答复细类", "row of the report", example="granted")] = None
    severed: Annotated[bool | None, Term("是否区分处理", "severed", example="true")] = None
    reasons: Annotated[str, Term("理由", "reasons", text=True, personal=True)] = ""
    referred_to: Annotated[str, Term("告知的其他机关", "organ referred to", text=True)] = ""
    items: Annotated[tuple[str, ...], Term("提供的信息编号", "items given")] = ()


@attrs.frozen(kw_only=True)
class Request(Record):
    """An incoming request, labelled as one for documents or as an enquiry.

    ``received_on`` picks the law. While a date of receipt still waits to be confirmed it is the day of arrival, and the
    time to reply does not run.
    """

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
    applicant_kind: Annotated[ApplicantKind | None, Term("申请人类型", "applicant kind", "natural_person")] = None
    receipt: Annotated[Receipt | None, Term("收件", "receipt")] = None
    triage: Annotated[Triage | None, Term("性质认定", "triage")] = None
    repeat_of: Annotated[str, Term("所重复的申请编号", "repeats request")] = ""
    excess: Annotated[Excess | None, Term("超过合理范围", "excessive")] = None
    fee: Annotated[FeeNotice | None, Term("信息处理费", "handling fee")] = None
    abandoned: Annotated[Abandonment | None, Term("终止", "abandoned")] = None
    closed_on: Annotated[dt.date | None, Term("办结日期", "closed on")] = None
    erase_after: Annotated[dt.date | None, Term("个人信息保存期截止", "personal data kept until")] = None
    erased_on: Annotated[dt.date | None, Term("个人信息清除日期", "personal data erased on")] = None
