"""Information items in eleven categories (clause 1.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

import attrs

from govopen.model.base import Record, Term
from govopen.model.classification import DisclosureAttribute, SecrecyReview, SignOff
from govopen.model.contents import (
    ApprovalItem,
    ComplaintChannel,
    DocumentEntry,
    Emergency,
    EnforcementPower,
    FeeItem,
    Institution,
    MajorDecision,
    MajorProject,
    OnlineService,
    SupervisionEntry,
)
from govopen.model.units import Duty
from govopen.texts import Label, Text

__all__ = [
    "CATEGORY_DUTIES",
    "CONTENT_FIELDS",
    "AttachedFile",
    "Category",
    "InformationItem",
    "KeyField",
    "SubCategory",
    "Withdrawal",
]


class Category(Label):
    """The eleven categories of 1.2.1 to 1.2.11, in their order."""

    INSTITUTION = "institution", "机构信息", "institution"
    DOCUMENT = "document", "规范性文件与法规依据", "normative documents and law applied"
    APPROVAL = "approval", "审批与备案事项", "approvals and filings"
    ENFORCEMENT = "enforcement", "行政执法职权事项", "enforcement powers"
    COMPLAINT = "complaint", "举报投诉求助与主动监督", "complaints and supervision"
    ONLINE = "online", "网上办理事项", "online services"
    EMERGENCY = "emergency", "突发事件应对处置", "emergencies"
    DECISION = "decision", "重大决策事项", "major decisions"
    PROJECT = "project", "重大建设项目", "major construction projects"
    FEE = "fee", "收费项目依据标准", "fees"
    OTHER = "other", "其他履职信息", "other information"


CATEGORY_DUTIES: Mapping[Category, frozenset[Duty]] = {
    Category.INSTITUTION: frozenset({Duty.INSTITUTION}),
    Category.DOCUMENT: frozenset({Duty.ISSUED_DOCUMENTS, Duty.APPLIED_LAW}),
    Category.APPROVAL: frozenset({Duty.LICENCES, Duty.NON_LICENCE_APPROVALS, Duty.FILINGS}),
    Category.ENFORCEMENT: frozenset({Duty.ENFORCEMENT}),
    Category.COMPLAINT: frozenset({Duty.COMPLAINTS, Duty.SUPERVISION}),
    Category.ONLINE: frozenset({Duty.ONLINE_SERVICES}),
    Category.EMERGENCY: frozenset({Duty.EMERGENCIES}),
    Category.DECISION: frozenset({Duty.MAJOR_DECISIONS}),
    Category.PROJECT: frozenset({Duty.MAJOR_PROJECTS}),
    Category.FEE: frozenset({Duty.FEES}),
    Category.OTHER: frozenset({Duty.OTHER}),
}
"""Which duties give rise to entries of a category."""

CONTENT_FIELDS: Mapping[Category, tuple[str, ...]] = {
    Category.INSTITUTION: ("institution",),
    Category.DOCUMENT: ("document",),
    Category.APPROVAL: ("approval",),
    Category.ENFORCEMENT: ("enforcement",),
    Category.COMPLAINT: ("complaint", "supervision"),
    Category.ONLINE: ("online",),
    Category.EMERGENCY: ("emergency",),
    Category.DECISION: ("decision",),
    Category.PROJECT: ("project",),
    Category.FEE: ("fee",),
    Category.OTHER: (),
}
"""In which fields an item of a category says what it says."""


class KeyField(Label):
    """The four fields that 1.4 asks to widen."""

    FISCAL_BUDGET = "fiscal_budget", "财政预算", "fiscal budget"
    RESOURCE_ALLOCATION = "resource_allocation", "公共资源配置", "allocation of public resources"
    MAJOR_PROJECTS = "major_projects", "重大建设项目批准和实施", "major projects"
    PUBLIC_WELFARE = "public_welfare", "社会公益事业建设", "social public welfare"


@attrs.frozen(kw_only=True)
class SubCategory:
    """A unit's own division of one of the eleven categories, brought by a plugin."""

    id: str
    category: Category
    title: Text


@attrs.frozen(kw_only=True)
class AttachedFile:
    """A file that belongs to an item: its content is kept by the store under the digest."""

    name: Annotated[str, Term("文件名", "file name", text=True)]
    digest: Annotated[str, Term("文件摘要（SHA-256）", "SHA-256 of the file")]
    media_type: Annotated[str, Term("文件类型", "media type", example="application/pdf")] = "application/octet-stream"


@attrs.frozen(kw_only=True)
class Withdrawal:
    """撤下: from this day on the item is shown nowhere, until it has gone through review again."""

    on: Annotated[dt.date, Term("撤下日期", "withdrawn on")]
    person: Annotated[str, Term("决定人", "person", text=True)] = ""
    reason: Annotated[str, Term("撤下理由", "reason", text=True)] = ""


@attrs.frozen(kw_only=True)
class InformationItem(Record):
    """A piece of government information in a unit's catalog.

    What it says lies in the one field that its category names (``approval`` for :attr:`Category.APPROVAL`; for
    complaints ``complaint`` or ``supervision``); :attr:`Category.OTHER` needs none. A blank category means that nobody
    has catalogued the item.
    """

    unit: Annotated[str, Term("单位", "unit")]
    category: Annotated[Category | None, Term("类别", "category", example="document")] = None
    subcategory: Annotated[str, Term("子类别", "sub-category")] = ""
    field: Annotated[KeyField | None, Term("重点领域", "key field", example="fiscal_budget")] = None
    index_number: Annotated[str, Term("索引号", "index number")] = ""
    title: Annotated[str, Term("名称", "title", text=True)] = ""
    summary: Annotated[str, Term("内容概述", "summary", text=True)] = ""
    document_number: Annotated[str, Term("文号", "document number")] = ""
    issuer: Annotated[str, Term("发布机构", "issuing body", text=True)] = ""
    created_on: Annotated[dt.date | None, Term("生成日期", "date of creation")] = None
    changed_on: Annotated[dt.date | None, Term("最近变更日期", "last changed on")] = None
    digest: Annotated[str, Term("正文摘要（SHA-256）", "SHA-256 of the text")] = ""
    text: Annotated[str, Term("正文", "text", text=True)] = ""
    attachments: Annotated[tuple[AttachedFile, ...], Term("附件", "attachments")] = ()
    valid_until: Annotated[dt.date | None, Term("有效期截止", "valid until (last day)")] = None
    attributes: Annotated[tuple[DisclosureAttribute, ...], Term("公开属性", "disclosure attribute", "proactive")] = ()
    review: Annotated[SecrecyReview | None, Term("保密审查", "secrecy review")] = None
    sign_offs: Annotated[tuple[SignOff, ...], Term("审签", "sign-offs", repeat=3)] = ()
    withdrawn: Annotated[Withdrawal | None, Term("撤下", "withdrawal")] = None
    institution: Annotated[Institution | None, Term("机构", "institution")] = None
    document: Annotated[DocumentEntry | None, Term("文件", "document")] = None
    approval: Annotated[ApprovalItem | None, Term("审批", "approval")] = None
    enforcement: Annotated[EnforcementPower | None, Term("执法", "enforcement")] = None
    complaint: Annotated[ComplaintChannel | None, Term("投诉", "complaint channel")] = None
    supervision: Annotated[SupervisionEntry | None, Term("监督", "supervision")] = None
    online: Annotated[OnlineService | None, Term("网办", "online service")] = None
    emergency: Annotated[Emergency | None, Term("突发事件", "emergency")] = None
    decision: Annotated[MajorDecision | None, Term("决策", "decision")] = None
    project: Annotated[MajorProject | None, Term("项目", "project")] = None
    fee: Annotated[FeeItem | None, Term("收费", "fee")] = None
