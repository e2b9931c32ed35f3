"""What the entries of the eleven categories say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import attrs
from make_plan import UnitPlan

from govopen.model.catalog import Category
from govopen.model.contents import (
    ApprovalItem,
    ApprovalKind,
    ComplaintChannel,
    ComplaintKind,
    Contacts,
    DocumentEntry,
    DocumentRelation,
    Emergency,
    EnforcementPower,
    FeeItem,
    Institution,
    Leader,
    MajorDecision,
    MajorProject,
    OnlineService,
    Outcome,
    SupervisionEntry,
)

__all__ = ["SERVICES", "Entry", "content", "number_of", "phone", "summary"]

_FLOWS = (
    ("受理", "审查", "决定", "送达"),
    ("申请", "受理", "现场核查", "审批", "发证"),
    ("提交材料", "核对", "登记", "归档"),
)
_MATERIALS = (
    ("申请表", "申请人身份证明复印件"),
    ("申请书", "营业执照副本复印件", "场地证明"),
    ("登记表",),
)
_CHARGES = ("主持全面工作", "分管业务工作", "分管办公室和信息公开工作")
_POSTS = {"town": "镇长", "street": "主任", "management_committee": "主任", "public_entity": "负责人"}
_STEPS = (
    ("调研论证", "网上征求意见", "专家论证", "合法性审查", "集体讨论决定"),
    ("公示方案", "座谈会", "风险评估", "合法性审查", "集体讨论决定"),
)
_STATUS = ("已完成前期工作，准备招标", "主体工程在建，进度符合计划", "已完工，正在验收")

SERVICES = (Category.APPROVAL, Category.ENFORCEMENT, Category.COMPLAINT, Category.ONLINE, Category.FEE)
"""Categories whose entries stand in a unit's column of services."""


@attrs.frozen(kw_only=True)
class Entry:
    """A row of the seed: an entry of a unit's catalog.

    Attributes:
        seed: A number of its own, from which counts and choices follow.
        about: What else the row says.
    """

    plan: UnitPlan
    id: str
    kind: str
    day: dt.date
    title: str
    seed: int
    about: Mapping[str, Any]


def _outcomes(seed: int) -> tuple[Outcome, ...]:
    """The first half of 2011 and the year before; some counts are zero, which is a count."""
    return (
        Outcome(covers_from=dt.date(2010, 1, 1), covers_until=dt.date(2010, 12, 31), handled=seed * 17 % 240),
        Outcome(covers_from=dt.date(2011, 1, 1), covers_until=dt.date(2011, 6, 30), handled=seed * 7 % 90),
    )


def number_of(plan: UnitPlan, day: dt.date) -> str:
    """A document number: the later in the year, the greater."""
    return f"{plan.short}〔{day.year}〕{day.timetuple().tm_yday // 4 + 1}号"


def phone(plan: UnitPlan, line: int) -> str:
    """A number that rings nowhere."""
    return f"020-0000{plan.number:02}{line:02}"


def _institution(entry: Entry) -> dict[str, Any]:
    post = _POSTS.get(entry.plan.kind, "局长")
    leaders = tuple(
        Leader(name=name, post=post if index == 0 else f"副{post}", in_charge_of=_CHARGES[index])
        for index, name in enumerate(entry.plan.leaders)
    )
    contacts = Contacts(
        address=entry.plan.address, phone=phone(entry.plan, 1), office_hours="工作日8:30-12:00，14:00-17:30"
    )
    return {
        "institution": Institution(
            functions=entry.plan.functions, leaders=leaders, divisions=tuple(entry.plan.divisions), contacts=contacts
        )
    }


def _issued(entry: Entry) -> dict[str, Any]:
    return {
        "document": DocumentEntry(
            relation=DocumentRelation.ISSUED,
            name=entry.title,
            document_number=number_of(entry.plan, entry.day),
            issued_by=entry.plan.name,
            issued_on=entry.day,
        )
    }


def _applied(entry: Entry) -> dict[str, Any]:
    return {"document": DocumentEntry(relation=DocumentRelation.APPLIED, name=entry.title, issued_by=entry.about["by"])}


def _approval(kind: ApprovalKind) -> Callable[..., dict[str, Any]]:
    def make(entry: Entry) -> dict[str, Any]:
        return {
            "approval": ApprovalItem(
                kind=kind,
                name=entry.title,
                workflow=_FLOWS[entry.seed % 3],
                materials=_MATERIALS[entry.seed % 3],
                outcomes=_outcomes(entry.seed),
            )
        }

    return make


def _enforcement(entry: Entry) -> dict[str, Any]:
    workflow = ("立案", "调查取证", "告知当事人", "处罚决定", "执行")
    return {"enforcement": EnforcementPower(name=entry.title, workflow=workflow, outcomes=_outcomes(entry.seed))}


def _complaint(entry: Entry) -> dict[str, Any]:
    return {
        "complaint": ComplaintChannel(
            takes=tuple(ComplaintKind), address=phone(entry.plan, 8), outcomes=_outcomes(entry.seed)
        )
    }


def _supervision(entry: Entry) -> dict[str, Any]:
    result = f"检查{entry.seed % 5 + 3}个单位，发现问题{entry.seed % 4}项，已限期整改"
    return {"supervision": SupervisionEntry(carried_out_on=entry.day, result=result)}


def _online(entry: Entry) -> dict[str, Any]:
    return {
        "online": OnlineService(
            name=entry.title,
            url=f"http://{entry.plan.id}.lingan.example.gov.cn/service/{entry.seed}",
            workflow=("网上填报", "网上预审", "窗口核验", "办结"),
            outcomes=_outcomes(entry.seed),
        )
    }


def _emergency(entry: Entry) -> dict[str, Any]:
    return {
        "emergency": Emergency(
            occurred_on=entry.day,
            response="启动应急预案，组织人员和设备到场，设置警戒并疏导群众",
            disposal="险情当日排除，无人员伤亡，次日恢复正常",
        )
    }


def _decision(entry: Entry) -> dict[str, Any]:
    return {
        "decision": MajorDecision(
            decided_on=entry.day, process=_STEPS[entry.seed % 2], content=entry.title.removesuffix("的决策情况")
        )
    }


def _project(entry: Entry) -> dict[str, Any]:
    return {
        "project": MajorProject(
            approval_number=f"岭发改〔{entry.day.year}〕{entry.seed + 20}号",
            approved_on=entry.day,
            status=_STATUS[entry.seed % 3],
            status_on=entry.day,
        )
    }


def _fee(entry: Entry) -> dict[str, Any]:
    rate = entry.about.get("rate")
    return {
        "fee": FeeItem(
            name=entry.title,
            basis=entry.about["basis"],
            rate_yuan=None if rate is None else Decimal(rate),
            rate_rule=entry.about.get("rule", ""),
        )
    }


def _other(entry: Entry) -> dict[str, Any]:
    return {}


_KINDS: Mapping[str, tuple[Category, str, Callable[..., dict[str, Any]]]] = {
    "institution": (Category.INSTITUTION, "介绍职能、领导分工、内设机构和联系方式。", _institution),
    "issued": (Category.DOCUMENT, "明确工作要求、责任分工和完成时限。", _issued),
    "applied": (Category.DOCUMENT, "本单位负责实施的法律法规。", _applied),
    "licence": (Category.APPROVAL, "说明许可条件、程序、材料和办理结果。", _approval(ApprovalKind.LICENCE)),
    "approval": (Category.APPROVAL, "说明核准条件、程序、材料和办理结果。", _approval(ApprovalKind.NON_LICENCE)),
    "filing": (Category.APPROVAL, "说明备案范围、程序、材料和办理结果。", _approval(ApprovalKind.FILING)),
    "enforcement": (Category.ENFORCEMENT, "说明执法依据、程序和结果。", _enforcement),
    "complaint": (Category.COMPLAINT, "说明受理范围、电话和处理结果。", _complaint),
    "supervision": (Category.COMPLAINT, "通报检查范围、结果和整改要求。", _supervision),
    "online": (Category.ONLINE, "说明网上办理的入口、流程和结果。", _online),
    "emergency": (Category.EMERGENCY, "说明事件经过、应对和处置情况。", _emergency),
    "decision": (Category.DECISION, "说明决策过程和主要内容。", _decision),
    "project": (Category.PROJECT, "说明项目批准和实施情况。", _project),
    "fee": (Category.FEE, "说明收费项目、依据和标准。", _fee),
    "other": (Category.OTHER, "说明有关工作的开展情况。", _other),
}


def content(entry: Entry) -> dict[str, Any]:
    """Category, and the field that it names, of an entry of the seed."""
    category, _, make = _KINDS[entry.kind]
    return {"category": category, **make(entry)}


def summary(entry: Entry) -> str:
    """What the entry is about, in a sentence."""
    return f"{entry.title}：{_KINDS[entry.kind][1]}"
