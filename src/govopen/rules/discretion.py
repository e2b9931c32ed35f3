"""Rules on enforcement powers and the discretion that they leave (clause 2.3).

What the policy leaves to evidence (DIS001, DIS002) rules on tables and decisions refine. Each power is asked whether
somebody went through it, what it rests on, who answers for it and how far it goes, and, where it leaves room for
discretion, for a graded table (DIS003 to DIS007). What a table has to be like stands in
:mod:`govopen.rules.discretion_tables` and :mod:`govopen.rules.discretion_proofs`, what a decision under it in
:mod:`govopen.rules.discretion_decisions`.

Two duties stand behind these rules. Powers belong to the duty *enforcement*, as in 1.2.4. Tables have a duty of their
own, *discretion*: a unit may well have powers and no room for discretion in any of them. Without that duty it could
not say so: the rules on tables would find nothing, and what they answer would be *nothing recorded* for ever. It is no
way around a table that is missing: DIS003 asks every power that is said to leave room, whatever the duties say.
"""

from __future__ import annotations

from typing import Any

from govopen.model.base import filled
from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import EnforcementPower, PowerKind
from govopen.model.discretion import DiscretionTable
from govopen.model.units import Duty
from govopen.rules import samples
from govopen.rules.assurance import evidence_rule
from govopen.rules.base import Case, Reads, Severity, rule
from govopen.rules.contents.common import any_filled, complete, entry
from govopen.rules.context import Context, Dossier
from govopen.rules.discretion_common import LAW, tabled
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable
from govopen.rules.samples_discretion import discretion_table
from govopen.texts import Text

__all__ = ["RULES"]

_ABOUT: dict[str, Any] = {
    "subject": InformationItem,
    "category": Category.ENFORCEMENT,
    "when": lambda item: item.enforcement is not None,
    "duty": Duty.ENFORCEMENT,
    "basis": LAW,
}

_RESPONSIBLE = ("responsible",)
_LIMITS = ("limits",)
_ONE_ROW = discretion_table().rows[:1]


def _case(zh: str, en: str, **changes: Any) -> Case:
    """A power without room for discretion, with these changes."""
    return Case(Text(zh, en), (samples.ENFORCER, entry(Category.ENFORCEMENT, **changes)), samples.YEAR_END)


_WHOLE = _case("职权各项齐全", "everything stated")


def _content(dossier: Dossier[InformationItem]) -> EnforcementPower:
    content = dossier.record.enforcement
    assert content is not None
    return content


discretion_studied = evidence_rule(
    code="DIS001",
    name="discretion-studied-evidence",
    title=Text("有学习规范裁量权动员大会精神的凭证", "There is evidence that the meeting on discretion was studied"),
    obligation="panyu-2011:2.3/o1",
    severity=Severity.MINOR,
    rationale=Text(
        "执法人员不知道为什么要规范裁量权，基准就只是一张纸。",
        "Officers who do not know why discretion is put under rules will take the table for a sheet of paper.",
    ),
    remedy=Text(
        "提交学习传达的会议纪要或者签到记录，由本单位审核人接受。",
        "File the minutes or the attendance list of the briefing, and have an officer accept it.",
    ),
    unit=samples.ENFORCER,
)

discretion_rules_applied = evidence_rule(
    code="DIS002",
    name="discretion-rules-evidence",
    title=Text("有执行规范裁量权规定的凭证", "There is evidence that the rules on discretion are put into practice"),
    obligation="panyu-2011:2.3/o2",
    severity=Severity.SERIOUS,
    rationale=Text(
        "规定是否执行，要看本单位的实施办法、培训和案卷评查。",
        "Whether the rules are followed shows in the unit's own measures, in training and in the review of files.",
    ),
    remedy=Text(
        "提交本单位的实施办法或者案卷评查报告，由本单位审核人接受。",
        "File the unit's own measures or the report on the review of files, and have an officer accept it.",
    ),
    basis=("gz-discretion-2009:0",),
    unit=samples.ENFORCER,
)


def _graded(table: DiscretionTable, power: EnforcementPower) -> bool:
    """Whether its rows say at least two different things of what follows; of a power to penalise, penalties."""
    if table.outputs:
        results = {row.outputs for row in table.rows if any_filled(row.outputs)}
        return power.kind not in (None, PowerKind.PENALTY) and len(results) > 1
    return len({(row.outcome.strip(), row.further) for row in table.rows if filled(row.outcome)}) > 1


@rule(
    **_ABOUT,
    code="DIS003",
    name="discretion-has-graded-table",
    title=Text("有裁量余地的职权都有分档的裁量基准", "A power with room for discretion has a graded table"),
    reads=(Reads(DiscretionTable, by="power"),),
    answers=("panyu-2011:2.3/o3",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "没有分档的基准，同样的违法行为罚多少，全看由谁经办。",
        "Without tiers the fine for the same act depends on who is in charge of the case.",
    ),
    remedy=Text(
        "编制该项职权的裁量基准并登记，写明施行日期，至少分两档；确实没有裁量余地的，在职权中写明。",
        "Draw up the power's discretion table and record it, with the day from which it holds and at least two tiers; "
        "if the power leaves no room for discretion, say so in its entry.",
    ),
    messages={
        "none": Text("该项职权没有裁量余地。", "The power leaves no room for discretion."),
        "unstated": Text(
            "没有写明该项职权是否有裁量余地，请补录。",
            "It is not recorded whether the power leaves room for discretion. Enter it.",
        ),
        "no_table": Text(
            "该项职权有裁量余地，当日没有施行中的裁量基准。",
            "The power leaves room for discretion, and no discretion table of it is in force that day.",
        ),
        "undated": Text(
            "裁量基准{tables}没有施行日期，无法判定当日是否施行；请补录。",
            "Of the discretion tables {tables} it is not recorded from when they hold. Enter the date.",
        ),
        "ungraded": Text(
            "施行中的裁量基准{tables}没有分档：写明结果的不足两行。",
            "The discretion tables in force, {tables}, are not graded: fewer than two rows say what follows.",
        ),
    },
    valid=(_WHOLE, tabled("有分档的基准", "a graded table")),
    invalid=(
        _case("没有基准", "no table", discretionary=True),
        tabled("基准只有一行", "a single row", rows=_ONE_ROW),
        tabled("基准已经失效", "a table that has ended", until=samples.YEAR_END.replace(month=11, day=30)),
    ),
)
def has_graded_table(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """At least one table of the power is in force and has two tiers."""
    discretionary = _content(dossier).discretionary
    if discretionary is None:
        return Undecidable("unstated")
    if not discretionary:
        return NotApplicable("none")
    undated: tuple[str, ...] = ()
    ungraded: tuple[str, ...] = ()
    for table in dossier.related(DiscretionTable):
        if table.until is not None and ctx.past(table.until):
            continue
        if table.since is None:
            undated += (table.id,)
        elif ctx.known(table.since):
            if _graded(table, _content(dossier)):
                return None
            ungraded += (table.id,)
    if undated:
        return Undecidable("undated", tables=undated)
    return Fail("ungraded", tables=ungraded) if ungraded else Fail("no_table")


@rule(
    **_ABOUT,
    code="DIS004",
    name="power-gone-through",
    title=Text("逐项清理执法职权", "Each enforcement power has been gone through"),
    answers=("panyu-2011:2.3/o4",),
    severity=Severity.MINOR,
    rationale=Text(
        "依据修改、机构调整之后，没有清理过的职权可能已经不存在。",
        "After laws and offices have changed, a power that nobody went through may no longer be there.",
    ),
    remedy=Text(
        "对照现行依据清理该项职权，填写清理日期。",
        "Go through the power against the law in force, and enter the day.",
    ),
    messages={
        "none": Text("该项职权没有清理日期。", "No day is recorded on which the power was gone through."),
        "future": Text("清理日期是{reviewed_on}，尚未清理。", "The power is to be gone through on {reviewed_on}."),
    },
    valid=(_WHOLE,),
    invalid=(
        _case("没有清理日期", "no date", reviewed_on=None),
        _case("清理日期未到", "a date to come", reviewed_on=samples.YEAR_END.replace(year=2012)),
    ),
)
def power_gone_through(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Somebody went through it by the legal day."""
    reviewed_on = _content(dossier).reviewed_on
    if reviewed_on is None:
        return Fail("none")
    return None if ctx.known(reviewed_on) else Fail("future", reviewed_on=reviewed_on)


@rule(
    **_ABOUT,
    code="DIS005",
    name="power-has-basis",
    title=Text("执法职权写明法律依据", "Each enforcement power names the law it rests on"),
    answers=("panyu-2011:2.3/o5",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "没有依据，就没有职权。",
        "Without law there is no power.",
    ),
    remedy=Text("填写设定该项职权的法律、法规、规章及其条款。", "Enter law and article that give the power."),
    messages={"none": Text("执法职权没有写明依据。", "The entry names no law that gives the power.")},
    valid=(_WHOLE,),
    invalid=(
        _case("没有依据", "no law", basis=()),
        _case("依据只有空格", "blanks only", basis=("\u3000",)),
    ),
)
def power_has_basis(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """At least one law is named."""
    return None if any_filled(_content(dossier).basis) else Fail("none")


@rule(
    **_ABOUT,
    code="DIS006",
    name="power-has-somebody-responsible",
    title=Text("执法职权有责任岗位或者责任机构", "A post or a body answers for each enforcement power"),
    answers=("panyu-2011:2.3/o6",),
    severity=Severity.MINOR,
    rationale=Text(
        "没有责任岗位，出了问题找不到人。",
        "Where no post answers for a power, nobody is there when it goes wrong.",
    ),
    remedy=Text("填写该项职权的责任岗位或者责任机构。", "Enter the post or the body that answers for the power."),
    messages={"incomplete": Text("执法职权没有责任岗位或者责任机构。", "Nobody is named who answers for the power.")},
    valid=(_WHOLE,),
    invalid=(_case("没有责任岗位", "nobody", responsible=" "),),
)
def power_has_somebody_responsible(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """A post or a body is named."""
    return complete(dossier.record.enforcement, _RESPONSIBLE)


@rule(
    **_ABOUT,
    code="DIS007",
    name="power-has-limits",
    title=Text("执法职权写明权限", "Each enforcement power has its limits"),
    answers=("panyu-2011:2.3/o7",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "权限不明，越权和不作为都无从判断。",
        "Where nobody knows how far a power goes, neither excess nor neglect can be told.",
    ),
    remedy=Text(
        "填写该项职权的权限：对象、地域、幅度。",
        "Enter how far the power goes: over whom, where, and up to what.",
    ),
    messages={"incomplete": Text("执法职权没有写明权限。", "The entry does not say how far the power goes.")},
    valid=(_WHOLE,),
    invalid=(_case("没有权限", "no limits", limits=""),),
)
def power_has_limits(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Something is said of them; whether tiers keep to the law is for DIS017."""
    return complete(dossier.record.enforcement, _LIMITS)


RULES = (
    discretion_studied,
    discretion_rules_applied,
    has_graded_table,
    power_gone_through,
    power_has_basis,
    power_has_somebody_responsible,
    power_has_limits,
)
"""The rules of this module."""
