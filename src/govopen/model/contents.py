"""What an entry of each of the eleven categories says (clauses 1.2.1 to 1.2.11)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

import attrs

from govopen.model.base import Term
from govopen.texts import Label

__all__ = [
    "ApprovalItem",
    "ApprovalKind",
    "ComplaintChannel",
    "ComplaintKind",
    "Contacts",
    "DocumentEntry",
    "DocumentRelation",
    "Emergency",
    "EnforcementPower",
    "FeeItem",
    "Institution",
    "Leader",
    "MajorDecision",
    "MajorProject",
    "OnlineService",
    "Outcome",
    "PowerKind",
    "SupervisionEntry",
]


class DocumentRelation(Label):
    """Whether the unit issued a document or applies it."""

    ISSUED = "issued", "本单位印发", "issued by the unit"
    APPLIED = "applied", "负责实施或监督实施", "applied or overseen by the unit"


class ApprovalKind(Label):
    """The three kinds of 1.2.3."""

    LICENCE = "licence", "行政许可", "administrative licence"
    NON_LICENCE = "non_licence", "非行政许可审批", "non-licence approval"
    FILING = "filing", "备案", "filing"


class ComplaintKind(Label):
    """What a channel of 1.2.5 takes in."""

    REPORT = "report", "举报", "report"
    COMPLAINT = "complaint", "投诉", "complaint"
    HELP = "help", "求助", "call for help"


class PowerKind(Label):
    """What an enforcement power is; discretion of every kind falls under rules (2.3)."""

    PENALTY = "penalty", "行政处罚", "penalty"
    LICENCE = "licence", "行政许可", "licence"
    NON_LICENCE_APPROVAL = "non_licence_approval", "非行政许可审批", "non-licence approval"
    COERCION = "coercion", "行政强制", "coercion"
    LEVY = "levy", "行政征收", "levy"
    PAYMENT = "payment", "行政给付", "payment"
    CONFIRMATION = "confirmation", "行政确认", "confirmation"
    RULING = "ruling", "行政裁决", "ruling"
    INSPECTION = "inspection", "行政检查", "inspection"


@attrs.frozen(kw_only=True)
class Outcome:
    """Results of handling in a period. A count of zero says that there were none; a blank says nothing."""

    covers_from: Annotated[dt.date, Term("统计起始", "from")]
    covers_until: Annotated[dt.date, Term("统计截止", "until")]
    handled: Annotated[int | None, Term("办结数", "handled", example="0")] = None


@attrs.frozen(kw_only=True)
class Leader:
    """A member of the leadership and what he or she is in charge of."""

    name: Annotated[str, Term("姓名", "name", text=True)]
    post: Annotated[str, Term("职务", "post", text=True)] = ""
    in_charge_of: Annotated[str, Term("分工", "division of work", text=True)] = ""


@attrs.frozen(kw_only=True)
class Contacts:
    """Main contact details."""

    address: Annotated[str, Term("办公地址", "address", text=True)] = ""
    phone: Annotated[str, Term("联系电话", "phone", text=True)] = ""
    office_hours: Annotated[str, Term("办公时间", "office hours", text=True)] = ""


@attrs.frozen(kw_only=True)
class Institution:
    """1.2.1: who the unit is. One entry need not hold everything; a unit's entries are read together."""

    functions: Annotated[str, Term("职能", "functions", text=True)] = ""
    leaders: Annotated[tuple[Leader, ...], Term("领导成员", "leaders", repeat=3)] = ()
    divisions: Annotated[tuple[str, ...], Term("内设机构", "internal divisions", text=True)] = ()
    contacts: Annotated[Contacts | None, Term("联系方式", "contacts")] = None


@attrs.frozen(kw_only=True)
class DocumentEntry:
    """1.2.2: a normative document the unit issued, or law that it applies."""

    relation: Annotated[DocumentRelation, Term("与本单位关系", "relation", example="issued")]
    name: Annotated[str, Term("名称", "name", text=True)] = ""
    document_number: Annotated[str, Term("文号", "document number")] = ""
    issued_by: Annotated[str, Term("制定机关", "issued by", text=True)] = ""
    issued_on: Annotated[dt.date | None, Term("成文日期", "date of document")] = None
    repealed_on: Annotated[dt.date | None, Term("废止日期", "repealed on")] = None


@attrs.frozen(kw_only=True)
class ApprovalItem:
    """1.2.3: a matter of licensing, other approval or filing."""

    kind: Annotated[ApprovalKind, Term("事项类别", "kind", example="licence")]
    name: Annotated[str, Term("事项名称", "name", text=True)] = ""
    workflow: Annotated[tuple[str, ...], Term("工作流程", "steps of the workflow", text=True)] = ()
    materials: Annotated[tuple[str, ...] | None, Term("申请材料目录", "application materials", text=True)] = None
    outcomes: Annotated[tuple[Outcome, ...], Term("办理结果", "outcomes")] = ()


@attrs.frozen(kw_only=True)
class EnforcementPower:
    """1.2.4: a power of enforcement; and what 2.3 asks of it.

    Attributes:
        basis: Law and article, one for each.
        responsible: The post or the body that answers for it.
        limits: How far it goes: over whom, where, up to what.
        discretionary: Whether it leaves room for discretion; ``None``: nobody has said.
        reviewed_on: When somebody last went through it (清理).
    """

    name: Annotated[str, Term("职权名称", "name", text=True)] = ""
    workflow: Annotated[tuple[str, ...], Term("工作流程", "steps of the workflow", text=True)] = ()
    outcomes: Annotated[tuple[Outcome, ...], Term("执法结果", "outcomes")] = ()
    kind: Annotated[PowerKind | None, Term("职权类别", "kind", example="penalty")] = None
    basis: Annotated[tuple[str, ...], Term("执法依据", "legal basis", text=True)] = ()
    responsible: Annotated[str, Term("责任岗位或机构", "post or body responsible", text=True)] = ""
    limits: Annotated[str, Term("权限", "limits", text=True)] = ""
    discretionary: Annotated[bool | None, Term("有裁量余地", "room for discretion", example="true")] = None
    reviewed_on: Annotated[dt.date | None, Term("清理日期", "last gone through on")] = None


@attrs.frozen(kw_only=True)
class ComplaintChannel:
    """1.2.5: where to report, complain or ask for help, and how it ended."""

    takes: Annotated[tuple[ComplaintKind, ...], Term("受理类别", "takes", example="report; complaint")] = ()
    address: Annotated[str, Term("渠道（电话、地址、网址）", "phone, address or page", text=True)] = ""
    outcomes: Annotated[tuple[Outcome, ...], Term("处理结果", "outcomes")] = ()


@attrs.frozen(kw_only=True)
class SupervisionEntry:
    """1.2.5: supervision that the unit carried out on its own initiative."""

    carried_out_on: Annotated[dt.date | None, Term("实施日期", "carried out on")] = None
    result: Annotated[str, Term("监督结果", "result", text=True)] = ""


@attrs.frozen(kw_only=True)
class OnlineService:
    """1.2.6: a matter taken in or handled online."""

    name: Annotated[str, Term("事项名称", "name", text=True)] = ""
    url: Annotated[str, Term("办理网址", "address of the page", text=True)] = ""
    workflow: Annotated[tuple[str, ...], Term("网上办理流程", "steps of the online workflow", text=True)] = ()
    outcomes: Annotated[tuple[Outcome, ...], Term("办理结果", "outcomes")] = ()


@attrs.frozen(kw_only=True)
class Emergency:
    """1.2.7: an emergency and how it was dealt with."""

    occurred_on: Annotated[dt.date | None, Term("发生日期", "occurred on")] = None
    response: Annotated[str, Term("应对情况", "response", text=True)] = ""
    disposal: Annotated[str, Term("处置情况", "disposal", text=True)] = ""


@attrs.frozen(kw_only=True)
class MajorDecision:
    """1.2.8: how a major decision was made and what it says."""

    decided_on: Annotated[dt.date | None, Term("决定日期", "decided on")] = None
    process: Annotated[tuple[str, ...], Term("决策过程", "steps of the decision", text=True)] = ()
    content: Annotated[str, Term("主要内容", "main content", text=True)] = ""


@attrs.frozen(kw_only=True)
class MajorProject:
    """1.2.9: approval and progress of a major construction project."""

    approval_number: Annotated[str, Term("批准文号", "approval number")] = ""
    approved_on: Annotated[dt.date | None, Term("批准日期", "approved on")] = None
    status: Annotated[str, Term("实施情况", "implementation status", text=True)] = ""
    status_on: Annotated[dt.date | None, Term("实施情况日期", "status as of")] = None


@attrs.frozen(kw_only=True)
class FeeItem:
    """1.2.10: an administrative, institutional or business fee. A rate of zero is a rate; a blank is none."""

    name: Annotated[str, Term("收费项目", "name", text=True)] = ""
    basis: Annotated[str, Term("收费依据", "legal basis", text=True)] = ""
    rate_yuan: Annotated[Decimal | None, Term("收费标准（元）", "rate (CNY)", example="10.00")] = None
    rate_rule: Annotated[str, Term("计费办法", "how the rate is reckoned", text=True)] = ""
