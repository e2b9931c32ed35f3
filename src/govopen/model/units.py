"""Units and what their duties give rise to."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import attrs

from govopen.model.base import Record, Term, within
from govopen.texts import Label

__all__ = ["DatedDuty", "DatedRole", "Duty", "Unit", "UnitKind"]


class UnitKind(Label):
    """The kinds of units that the policy addresses."""

    TOWN = "town", "镇", "town"
    STREET = "street", "街道", "sub-district"
    DEPARTMENT = "department", "区政府部门", "department"
    AFFILIATE = "affiliate", "直属机构", "affiliated body"
    MANAGEMENT_COMMITTEE = "management_committee", "管委会", "management committee"
    PUBLIC_ENTITY = "public_entity", "公共企事业单位", "public enterprise or institution"


class Duty(Label):
    """What a unit's duties can give rise to, or what can be reported as nil.

    The first sixteen lie within the eleven categories of 1.2.1 to 1.2.11.
    """

    INSTITUTION = "institution", "机构信息", "institution"
    ISSUED_DOCUMENTS = "issued_documents", "印发规范性文件", "normative documents issued"
    APPLIED_LAW = "applied_law", "实施的法规文件", "law applied"
    LICENCES = "licences", "行政许可", "licences"
    NON_LICENCE_APPROVALS = "non_licence_approvals", "非行政许可审批", "non-licence approvals"
    FILINGS = "filings", "备案", "filings"
    ENFORCEMENT = "enforcement", "行政执法", "enforcement"
    COMPLAINTS = "complaints", "举报投诉求助", "reports, complaints and help"
    SUPERVISION = "supervision", "主动监督", "supervision on own initiative"
    ONLINE_SERVICES = "online_services", "网上办理", "online services"
    EMERGENCIES = "emergencies", "突发事件", "emergencies"
    MAJOR_DECISIONS = "major_decisions", "重大决策", "major decisions"
    MAJOR_PROJECTS = "major_projects", "重大建设项目", "major construction projects"
    FEES = "fees", "收费", "fees"
    OTHER = "other", "其他履职信息", "other information"
    CLASSIFIED_ITEMS = "classified_items", "涉密信息", "classified items"
    PORTAL_COLUMNS = "portal_columns", "门户栏目保障", "portal columns"
    FISCAL_BUDGET = "fiscal_budget", "财政预算", "fiscal budget"
    RESOURCE_ALLOCATION = "resource_allocation", "公共资源配置", "allocation of public resources"
    PUBLIC_WELFARE = "public_welfare", "社会公益事业", "social public welfare"
    REQUESTS = "requests", "依申请公开", "requests for information"
    DISCRETION = "discretion", "行政执法裁量", "discretion in enforcement"


@attrs.frozen(kw_only=True)
class DatedRole:
    """A function the unit holds from one day to another: ``enforcement_body``, ``openness_office`` …"""

    role: Annotated[str, Term("职能", "role", example="enforcement_body")]
    since: Annotated[dt.date | None, Term("起始日期", "since")] = None
    until: Annotated[dt.date | None, Term("截止日期", "until")] = None


@attrs.frozen(kw_only=True)
class DatedDuty:
    """Something that the unit's duties give rise to from one day to another."""

    duty: Annotated[Duty, Term("职责事项", "duty", example="licences")]
    since: Annotated[dt.date | None, Term("起始日期", "since")] = None
    until: Annotated[dt.date | None, Term("截止日期", "until")] = None


@attrs.frozen(kw_only=True)
class Unit(Record):
    """A government unit, or a public enterprise or institution, with duties of openness.

    ``duties`` is ``None`` when nobody has stated them; an empty tuple states that there are none.
    """

    name: Annotated[str, Term("名称", "name", example="某某街道办事处")]
    kind: Annotated[UnitKind, Term("类别", "kind", example="street")]
    parent: Annotated[str, Term("上级单位", "parent unit")] = ""
    jurisdiction: Annotated[str, Term("行政区划", "jurisdiction", example="CN-440113")]
    roles: Annotated[tuple[DatedRole, ...], Term("职能", "roles", repeat=3)] = ()
    duties: Annotated[tuple[DatedDuty, ...] | None, Term("职责事项", "duties", repeat=12)] = None
    since: Annotated[dt.date | None, Term("成立日期", "established")] = None
    until: Annotated[dt.date | None, Term("撤销日期", "abolished (last day)")] = None
    successor: Annotated[str, Term("承继单位", "successor")] = ""

    def exists_on(self, day: dt.date) -> bool:
        return within(day, self.since, self.until)

    def roles_on(self, day: dt.date) -> frozenset[str]:
        return frozenset(entry.role for entry in self.roles if within(day, entry.since, entry.until))

    def duties_on(self, day: dt.date) -> frozenset[Duty] | None:
        """What its duties give rise to on that day; ``None`` if nobody has stated it."""
        if self.duties is None:
            return None
        return frozenset(entry.duty for entry in self.duties if within(day, entry.since, entry.until))
