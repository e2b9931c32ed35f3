"""Rules on enforcement powers (clause 1.2.4)."""

from __future__ import annotations

from typing import Any

from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import EnforcementPower
from govopen.model.units import Duty
from govopen.rules.base import Severity, rule
from govopen.rules.contents.common import NO_COUNT, any_filled, case, complete, entry, recorded
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, Result
from govopen.texts import Text

__all__ = ["RULES"]

_WHOLE = case("执法职权齐全", "a whole entry", entry(Category.ENFORCEMENT))
_NAME = ("name",)
_ABOUT: dict[str, Any] = {
    "subject": InformationItem,
    "category": Category.ENFORCEMENT,
    "when": lambda item: item.enforcement is not None,
    "duty": Duty.ENFORCEMENT,
    "basis": ("panyu-2011:1.2.4", "ogi-2019:20"),
}


def _content(dossier: Dossier[InformationItem]) -> EnforcementPower:
    content = dossier.record.enforcement
    assert content is not None
    return content


@rule(
    **_ABOUT,
    code="DIS041",
    name="enforcement-power-listed",
    title=Text("列出行政执法职权", "Each enforcement power is listed by name"),
    answers=("panyu-2011:1.2.4/o1",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "执法职权法定。没有列明的职权，当事人无从核实执法人员是否有权。",
        "Powers to enforce come from law. Of a power that is not named nobody can check whether the officer has it.",
    ),
    remedy=Text("按权责清单填写执法职权的名称。", "Enter the name of the power as the list of powers has it."),
    messages={"incomplete": Text("执法职权没有名称。", "The entry names no enforcement power.")},
    valid=(_WHOLE,),
    invalid=(case("没有名称", "no name", entry(Category.ENFORCEMENT, name=" ")),),
)
def power_listed(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """A power has a name."""
    return complete(dossier.record.enforcement, _NAME)


@rule(
    **_ABOUT,
    code="DIS042",
    name="enforcement-workflow",
    title=Text("执法职权有工作流程", "Each enforcement power has a workflow"),
    answers=("panyu-2011:1.2.4/o2",),
    severity=Severity.MINOR,
    rationale=Text(
        "执法程序公开，当事人才知道何时可以陈述、申辩，程序是否被省略。",
        "With the procedure public, those concerned know when they are heard and whether a step was left out.",
    ),
    remedy=Text("逐个环节填写该项职权从立案到执行的流程。", "Enter the steps from opening a case to carrying it out."),
    messages={"none": Text("执法职权没有工作流程。", "The entry of the enforcement power has no workflow.")},
    valid=(_WHOLE,),
    invalid=(
        case("没有流程", "no steps", entry(Category.ENFORCEMENT, workflow=())),
        case("环节只有空格", "blank steps", entry(Category.ENFORCEMENT, workflow=("\u3000",))),
    ),
)
def power_workflow(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """At least one step says something."""
    return None if any_filled(_content(dossier).workflow) else Fail("none")


@rule(
    **_ABOUT,
    code="DIS043",
    name="enforcement-outcomes",
    title=Text("记录执法结果", "Outcomes of enforcement are recorded"),
    answers=("panyu-2011:1.2.4/o3",),
    severity=Severity.MINOR,
    rationale=Text(
        "执法结果反映职权是否履行、尺度是否一致。没有案件和没有统计是两回事，零也要填写。",
        "Outcomes show whether a power is used, and evenly. No case and no count are two things: enter zero.",
    ),
    remedy=Text(
        "填写统计期内该项职权的办结数；确实没有的填写0。",
        "Enter how many cases were closed in the period, 0 if there were none.",
    ),
    messages={"none": Text("执法职权没有执法结果。", "The entry of the enforcement power has no outcomes.")},
    valid=(_WHOLE,),
    invalid=(
        case("没有执法结果", "no outcomes", entry(Category.ENFORCEMENT, outcomes=())),
        case("办结数未填", "count left blank", entry(Category.ENFORCEMENT, outcomes=NO_COUNT)),
    ),
)
def power_outcomes(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Zero is a count, a blank is none."""
    return None if recorded(_content(dossier).outcomes, ctx) else Fail("none")


RULES = (power_listed, power_workflow, power_outcomes)
"""The rules of this module."""
