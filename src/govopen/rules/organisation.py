"""Rules on leadership, working body, staff, funds and plan of the work (clause 1.1).

The policy leaves these to evidence and judgement (ORG001 to ORG006). What the year's record states is checked besides
(ORG011 to ORG015): where it shows a gap, no document makes up for it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from govopen.model.base import FieldName, filled
from govopen.model.organisation import Organisation
from govopen.rules import samples
from govopen.rules.assurance import evidence_rule, judgement_rule
from govopen.rules.base import Case, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable
from govopen.texts import Text

__all__ = ["RULES"]

_OTHER_YEAR = NotApplicable("other_year")
_OTHER_YEAR_TEXT = Text("不是该年度的记录。", "It is the record of another year.")
_COMPLETE = Case(Text("各项齐全", "everything stated"), (samples.organisation(),), samples.YEAR_END)


def _case(zh: str, en: str, **changes: Any) -> Case:
    return Case(Text(zh, en), (samples.organisation(**changes),), samples.YEAR_END)


def _of_the_year(record: Organisation, ctx: Context) -> bool:
    year = record.year
    # A year typed wrongly may be no year at all.
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return False
    return ctx.known(dt.date(year, 1, 1)) and not ctx.past(dt.date(year, 12, 31))


leadership_evidence = evidence_rule(
    code="ORG001",
    name="leadership-evidence",
    title=Text("有加强组织领导的凭证", "There is evidence that the work is led"),
    obligation="panyu-2011:1.1/o1",
    severity=Severity.SERIOUS,
    rationale=Text(
        "没有明确的领导负责，其余各项工作就无人推动。",
        "Where no leader answers for the work, nobody moves the rest of it.",
    ),
    remedy=Text(
        "提交明确分管领导的文件（如领导小组成立通知、分工文件），由本单位审核人接受。",
        "File the document that names the responsible leader (such as the notice of the leading group or on "
        "the division of work), and have an officer accept it.",
    ),
)

working_body_evidence = evidence_rule(
    code="ORG002",
    name="working-body-evidence",
    title=Text("有明确工作机构的凭证", "There is evidence of a designated working body"),
    obligation="panyu-2011:1.1/o2",
    severity=Severity.SERIOUS,
    rationale=Text(
        "申请人、主管部门和本单位人员都需要知道由谁承办。",
        "Applicants, supervisors and the unit's own staff need to know who does the work.",
    ),
    remedy=Text(
        "提交指定政府信息公开工作机构的文件，由本单位审核人接受。",
        "File the document that designates the working body, and have an officer accept it.",
    ),
)

staff_evidence = evidence_rule(
    code="ORG003",
    name="full-time-staff-evidence",
    title=Text("有落实专职人员的凭证", "There is evidence of full-time staff"),
    obligation="panyu-2011:1.1/o3",
    severity=Severity.SERIOUS,
    rationale=Text(
        "法定期限按工作日计算，须有专人跟进。",
        "The legal time limits run in working days; somebody must have the time to keep them.",
    ),
    remedy=Text(
        "提交任命或者分工文件，证明至少有一名专职人员，由本单位审核人接受。",
        "File the appointment or the division of work that shows at least one full-time member of staff, "
        "and have an officer accept it.",
    ),
)

funds_evidence = evidence_rule(
    code="ORG004",
    name="funds-evidence",
    title=Text("有保障业务经费的凭证", "There is evidence that funds are secured"),
    obligation="panyu-2011:1.1/o4",
    severity=Severity.MINOR,
    rationale=Text(
        "没有经费，网站、目录和受理渠道都难以维持。",
        "Without funds, website, catalog and channels for requests do not last.",
    ),
    remedy=Text(
        "提交列有该项经费的年度预算，由本单位审核人接受。",
        "File the year's budget with the line for this work, and have an officer accept it.",
    ),
)

plan_evidence = evidence_rule(
    code="ORG005",
    name="plan-evidence",
    title=Text("有本单位年度工作实施方案", "There is an implementation plan for the year"),
    obligation="panyu-2011:1.1/o5",
    severity=Severity.SERIOUS,
    rationale=Text(
        "区的工作要点要落到各单位自己的方案上，才有人员、时间和步骤。",
        "The district's key points get persons, dates and steps only in the unit's own plan.",
    ),
    remedy=Text(
        "印发本年度实施方案并提交，由本单位审核人接受。",
        "Issue the plan of the year, file it, and have an officer accept it.",
    ),
)

duties_judged = judgement_rule(
    code="ORG006",
    name="responsibility-judgement",
    title=Text("切实履行推进、指导、协调、监督职责", "The unit promotes, guides, coordinates and supervises the work"),
    obligation="panyu-2011:1.1/o6",
    severity=Severity.MINOR,
    rationale=Text(
        "是否切实履行职责，记录本身说明不了，须由人判定并写明理由。",
        "Whether the unit lives up to this no record can show; a person has to judge it and say why.",
    ),
    remedy=Text(
        "由分管领导或者其指定的人员对照会议、检查和整改记录作出判定，写明理由和覆盖期间。",
        "Let the responsible leader, or whom they name, judge by the records of meetings, inspections and corrections, "
        "with the reason and the period covered.",
    ),
)


@rule(
    code="ORG011",
    name="leader-named",
    title=Text("记录了分管领导", "The responsible leader is named"),
    subject=Organisation,
    answers=("panyu-2011:1.1/o1",),
    basis=("panyu-2011:1.1",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "组织领导落实到人，才可以核查。",
        "Leadership can be checked once it has a name.",
    ),
    remedy=Text("在当年的组织保障记录中填写分管领导。", "State the responsible leader in the year's record."),
    messages={
        "blank": Text("{year}年度记录没有写明分管领导。", "The record of {year} names no responsible leader."),
        "other_year": _OTHER_YEAR_TEXT,
    },
    valid=(_COMPLETE,),
    invalid=(_case("未写明", "blank", leader=""), _case("只有空格", "only spaces", leader="\u3000 ")),
)
def leader_named(dossier: Dossier[Organisation], ctx: Context) -> Result:
    """The reading of the clause: somebody is named as responsible."""
    record = dossier.record
    if not _of_the_year(record, ctx):
        return _OTHER_YEAR
    return None if filled(record.leader) else Fail("blank", year=record.year)


@rule(
    code="ORG012",
    name="working-body-named",
    title=Text("记录了工作机构", "The working body is named"),
    subject=Organisation,
    answers=("panyu-2011:1.1/o2",),
    basis=("panyu-2011:1.1",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "工作机构的名称、地址和电话是公开指南的内容，首先要有这个机构。",
        "The guide to disclosure states the working body's name, address and telephone; first there has to be one.",
    ),
    remedy=Text("在当年的组织保障记录中填写工作机构。", "State the working body in the year's record."),
    messages={
        "blank": Text("{year}年度记录没有写明工作机构。", "The record of {year} names no working body."),
        "other_year": _OTHER_YEAR_TEXT,
    },
    valid=(_COMPLETE,),
    invalid=(_case("未写明", "blank", working_body=""),),
)
def working_body_named(dossier: Dossier[Organisation], ctx: Context) -> Result:
    """A working body is designated."""
    record = dossier.record
    if not _of_the_year(record, ctx):
        return _OTHER_YEAR
    return None if filled(record.working_body) else Fail("blank", year=record.year)


@rule(
    code="ORG013",
    name="full-time-staff",
    title=Text("至少有一名专职人员", "At least one member of staff is full-time"),
    subject=Organisation,
    answers=("panyu-2011:1.1/o3",),
    basis=("panyu-2011:1.1",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "兼职人员难以保证法定期限；政策要求落实专职人员。",
        "Part-time staff can hardly keep the legal time limits; the policy asks for full-time staff.",
    ),
    remedy=Text(
        "落实至少一名专职人员，并在当年的组织保障记录中填写人数。",
        "Assign at least one full-time member of staff, and state the number in the year's record.",
    ),
    messages={
        "too_few": Text("{year}年度专职人员数为{staff}。", "The number of full-time staff in {year} is {staff}."),
        "unknown": Text(
            "{year}年度记录没有填写专职人员数；空白不等于零。",
            "The record of {year} does not state the number of full-time staff; a blank is not zero.",
        ),
        "other_year": _OTHER_YEAR_TEXT,
    },
    valid=(_COMPLETE,),
    invalid=(_case("没有专职人员", "none", full_time_staff=0),),
)
def full_time_staff(dossier: Dossier[Organisation], ctx: Context) -> Result:
    """At least one: 落实专职人员."""
    record = dossier.record
    if not _of_the_year(record, ctx):
        return _OTHER_YEAR
    staff = record.full_time_staff
    if staff is None:
        return Undecidable("unknown", year=record.year)
    return None if staff >= 1 else Fail("too_few", year=record.year, staff=staff)


@rule(
    code="ORG014",
    name="funds-secured",
    title=Text("安排了业务经费", "There are funds for the work"),
    subject=Organisation,
    answers=("panyu-2011:1.1/o4",),
    basis=("panyu-2011:1.1",),
    severity=Severity.MINOR,
    rationale=Text(
        "政策要求保障业务经费；预算中为零就是没有保障。",
        "The policy asks for secured funds; zero in the budget is none.",
    ),
    remedy=Text(
        "在预算中安排业务经费，并在当年的组织保障记录中填写金额（元）。",
        "Budget for the work, and state the amount (CNY) in the year's record.",
    ),
    messages={
        "none": Text("{year}年度业务经费为{amount}元。", "The funds for the work in {year} are CNY {amount}."),
        "unknown": Text(
            "{year}年度记录没有填写业务经费；空白不等于零。",
            "The record of {year} does not state the funds; a blank is not zero.",
        ),
        "other_year": _OTHER_YEAR_TEXT,
    },
    valid=(_COMPLETE,),
    invalid=(_case("经费为零", "zero", budget_yuan=Decimal(0)),),
)
def funds_secured(dossier: Dossier[Organisation], ctx: Context) -> Result:
    """The reading of the clause: a budget line exists."""
    record = dossier.record
    if not _of_the_year(record, ctx):
        return _OTHER_YEAR
    amount = record.budget_yuan
    if amount is None:
        return Undecidable("unknown", year=record.year)
    return None if amount > 0 else Fail("none", year=record.year, amount=amount)


@rule(
    code="ORG015",
    name="plan-issued",
    title=Text(
        "年度实施方案已印发，文号和日期有记录", "The year's plan has been issued, with number and date recorded"
    ),
    subject=Organisation,
    answers=("panyu-2011:1.1/o5",),
    basis=("panyu-2011:1.1",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "文号和印发日期使方案可以查到；没有这两项，无从核对提交的凭证。",
        "Number and date make the plan findable; without them no document filed as evidence can be compared with it.",
    ),
    remedy=Text(
        "印发实施方案，并在当年的组织保障记录中填写文号和印发日期。",
        "Issue the plan, and state its number and date of issue in the year's record.",
    ),
    messages={
        "no_plan": Text(
            "{year}年度记录没有实施方案的文号和印发日期。",
            "The record of {year} has neither number nor date of a plan.",
        ),
        "not_issued": Text("实施方案的印发日期是{issued_on}，尚未印发。", "The plan is to be issued on {issued_on}."),
        "incomplete": Text(
            "{year}年度实施方案缺少：{missing}。", "Of the plan of {year} this is not recorded: {missing}."
        ),
        "other_year": _OTHER_YEAR_TEXT,
    },
    valid=(_COMPLETE,),
    invalid=(_case("没有方案", "no plan", plan_document_number="", plan_issued_on=None),),
)
def plan_issued(dossier: Dossier[Organisation], ctx: Context) -> Result:
    """A plan with a number but no date, or the reverse, may have been issued: that cannot be decided."""
    record = dossier.record
    if not _of_the_year(record, ctx):
        return _OTHER_YEAR
    issued_on = record.plan_issued_on
    if issued_on is None:
        if not filled(record.plan_document_number):
            return Fail("no_plan", year=record.year)
        return Undecidable("incomplete", year=record.year, missing=FieldName(Organisation, "plan_issued_on"))
    if not ctx.known(issued_on):
        return Fail("not_issued", issued_on=issued_on)
    if not filled(record.plan_document_number):
        return Undecidable("incomplete", year=record.year, missing=FieldName(Organisation, "plan_document_number"))
    return None


RULES = (
    leadership_evidence,
    working_body_evidence,
    staff_evidence,
    funds_evidence,
    plan_evidence,
    duties_judged,
    leader_named,
    working_body_named,
    full_time_staff,
    funds_secured,
    plan_issued,
)
"""The rules of this module."""
