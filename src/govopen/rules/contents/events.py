"""Rules on emergencies, major decisions and major construction projects (clauses 1.2.7, 1.2.8 and 1.2.9)."""

from __future__ import annotations

from typing import Any

from govopen.model.base import filled
from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import MajorDecision
from govopen.model.units import Duty
from govopen.rules.base import Severity, rule
from govopen.rules.contents.common import any_filled, case, complete, entry
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable
from govopen.texts import Text

__all__ = ["RULES"]

_EMERGENCY = ("response", "disposal")
_APPROVAL = ("approval_number", "approved_on")
_STATUS = ("status", "status_on")
_DECISION: dict[str, Any] = {
    "subject": InformationItem,
    "category": Category.DECISION,
    "when": lambda item: item.decision is not None,
    "duty": Duty.MAJOR_DECISIONS,
    "basis": ("panyu-2011:1.2.8",),
}
_DECIDED_LATER = Text("决策于{decided_on}才作出。", "The decision is taken only on {decided_on}.")
_PROJECT: dict[str, Any] = {
    "subject": InformationItem,
    "category": Category.PROJECT,
    "when": lambda item: item.project is not None,
    "duty": Duty.MAJOR_PROJECTS,
    "basis": ("panyu-2011:1.2.9", "ogi-2019:20"),
}


@rule(
    subject=InformationItem,
    category=Category.EMERGENCY,
    when=lambda item: item.emergency is not None,
    code="CAT071",
    name="emergency-handling-recorded",
    title=Text("记录突发事件的应对和处置情况", "Response to and disposal of each emergency are recorded"),
    duty=Duty.EMERGENCIES,
    answers=("panyu-2011:1.2.7/o1",),
    basis=("panyu-2011:1.2.7", "ogi-2019:20"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "突发事件直接关系群众安全。只说发生了什么，不说怎样应对、怎样了结，谣言就会填补空白。",
        "Emergencies touch people's safety. Where it is not said what was done and how it ended, rumours say it.",
    ),
    remedy=Text(
        "分别填写应对情况（采取了什么措施）和处置情况（如何了结）。",
        "Enter the response (what was done) and the disposal (how it was brought to an end).",
    ),
    messages={"incomplete": Text("突发事件记录缺少：{missing}。", "The entry of the emergency lacks: {missing}.")},
    valid=(case("应对和处置齐全", "response and disposal", entry(Category.EMERGENCY)),),
    invalid=(
        case("没有应对情况", "no response", entry(Category.EMERGENCY, response="")),
        case("处置情况只有空格", "blank disposal", entry(Category.EMERGENCY, disposal=" ")),
    ),
)
def emergency_handling_recorded(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Both are asked: an emergency met is not yet one brought to an end."""
    return complete(dossier.record.emergency, _EMERGENCY)


def _decision(dossier: Dossier[InformationItem]) -> MajorDecision:
    content = dossier.record.decision
    assert content is not None
    return content


@rule(
    **_DECISION,
    code="DEC081",
    name="decision-process-recorded",
    title=Text("记录重大决策的决策过程", "The process of each major decision is recorded"),
    answers=("panyu-2011:1.2.8/o1",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "公开决策过程，群众才能看到意见是否听取、程序是否走完。",
        "With the process public, people see whether they were heard and whether no step was left out.",
    ),
    remedy=Text("按实际经过逐项填写决策过程的环节。", "Enter the steps of the decision as they were taken."),
    messages={
        "none": Text("重大决策没有记录决策过程。", "The entry of the major decision has no process."),
        "ahead": _DECIDED_LATER,
    },
    valid=(case("过程和内容齐全", "process and content", entry(Category.DECISION)),),
    invalid=(
        case("没有决策过程", "no process", entry(Category.DECISION, process=())),
        case("环节只有空格", "blank steps", entry(Category.DECISION, process=(" ",))),
    ),
)
def decision_process_recorded(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Which steps a decision needs is a matter of clause 2.1; here some are recorded."""
    content = _decision(dossier)
    if content.decided_on is not None and not ctx.known(content.decided_on):
        return NotApplicable("ahead", decided_on=content.decided_on)
    return None if any_filled(content.process) else Fail("none")


@rule(
    **_DECISION,
    code="DEC082",
    name="decision-content-recorded",
    title=Text("记录重大决策的主要内容", "The main content of each major decision is recorded"),
    answers=("panyu-2011:1.2.8/o2",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "只有过程没有内容，群众不知道决定了什么、与自己有什么关系。",
        "A process without content does not tell people what was decided and how it touches them.",
    ),
    remedy=Text("填写决策的主要内容。", "Enter the main content of the decision."),
    messages={
        "none": Text("重大决策没有记录主要内容。", "The entry of the major decision has no main content."),
        "ahead": _DECIDED_LATER,
    },
    valid=(case("过程和内容齐全", "process and content", entry(Category.DECISION)),),
    invalid=(case("主要内容只有空格", "blank content", entry(Category.DECISION, content=" ")),),
)
def decision_content_recorded(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """The content of the decision, not the summary of the catalog entry."""
    content = _decision(dossier)
    if content.decided_on is not None and not ctx.known(content.decided_on):
        return NotApplicable("ahead", decided_on=content.decided_on)
    return None if filled(content.content) else Fail("none")


@rule(
    **_PROJECT,
    code="CAT091",
    name="project-approval-recorded",
    title=Text("记录重大建设项目的批准文号和日期", "The approval of each major project is recorded"),
    answers=("panyu-2011:1.2.9/o1",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "没有批准文号和日期，无法核实项目是否经过批准、由谁批准。",
        "Without number and date nobody can check whether the project was approved, and by whom.",
    ),
    remedy=Text("按批复文件填写批准文号和批准日期。", "Enter number and date of the approval from the document."),
    messages={
        "incomplete": Text("重大建设项目缺少：{missing}。", "The entry of the major project lacks: {missing}."),
        "ahead": Text("项目于{approved_on}才获批准。", "The project is approved only on {approved_on}."),
    },
    valid=(case("批准和实施情况齐全", "approval and status", entry(Category.PROJECT)),),
    invalid=(
        case("没有批准文号", "no number", entry(Category.PROJECT, approval_number="")),
        case("没有批准日期", "no date", entry(Category.PROJECT, approved_on=None)),
    ),
)
def project_approval_recorded(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Of an approval still to come nothing can be asked."""
    content = dossier.record.project
    assert content is not None
    if content.approved_on is not None and not ctx.known(content.approved_on):
        return NotApplicable("ahead", approved_on=content.approved_on)
    return complete(content, _APPROVAL)


@rule(
    **_PROJECT,
    code="CAT092",
    name="project-status-recorded",
    title=Text("记录重大建设项目的实施情况及其日期", "The status of each major project is recorded, with its date"),
    answers=("panyu-2011:1.2.9/o2",),
    severity=Severity.MINOR,
    rationale=Text(
        "实施情况会变。没有日期的“在建”说明不了项目现在怎样。",
        "Status changes. Under construction, without a date, does not say how the project stands.",
    ),
    remedy=Text("填写实施情况，并注明截至哪一天。", "Enter the status and the day it describes."),
    messages={
        "incomplete": Text("重大建设项目缺少：{missing}。", "The entry of the major project lacks: {missing}."),
        "later": Text(
            "只有{status_on}的实施情况，看不出核查日之前是否已有记录。请以当日的记录版本核查。",
            "The only status recorded is that of {status_on}; whether there was one by the day of the check cannot be "
            "seen. Check the records as they were known then.",
        ),
    },
    valid=(case("批准和实施情况齐全", "approval and status", entry(Category.PROJECT)),),
    invalid=(
        case("没有实施情况", "no status", entry(Category.PROJECT, status=" ")),
        case("实施情况没有日期", "no date of the status", entry(Category.PROJECT, status_on=None)),
    ),
)
def project_status_recorded(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """A record holds the latest status only; one of a later day says nothing of those before it."""
    content = dossier.record.project
    assert content is not None
    if content.status_on is not None and not ctx.known(content.status_on):
        return Undecidable("later", status_on=content.status_on)
    return complete(content, _STATUS)


RULES = (
    emergency_handling_recorded,
    decision_process_recorded,
    decision_content_recorded,
    project_approval_recorded,
    project_status_recorded,
)
"""The rules of this module."""
