"""Rules on licences, other approvals and filings (clause 1.2.3).

Each of the three kinds has rules of its own: a unit may have one of these duties and not the others, and gives nil
returns by duty. Of a code, the first digit is the kind, the other two are clause and obligation.
"""

from __future__ import annotations

from typing import Any

from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import ApprovalItem, ApprovalKind
from govopen.model.units import Duty
from govopen.rules.base import RecordRule, Severity, rule
from govopen.rules.contents.common import NO_COUNT, any_filled, case, complete, entry, recorded
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, Result
from govopen.texts import Text

__all__ = ["RULES"]

_KINDS = (
    (ApprovalKind.LICENCE, Duty.LICENCES),
    (ApprovalKind.NON_LICENCE, Duty.NON_LICENCE_APPROVALS),
    (ApprovalKind.FILING, Duty.FILINGS),
)
_NAME = ("name",)


def _content(dossier: Dossier[InformationItem]) -> ApprovalItem:
    content = dossier.record.approval
    assert content is not None
    return content


def _about(position: int, obligation: int, name: str) -> dict[str, Any]:
    """What all rules about one kind have in common."""
    kind, duty = _KINDS[position]
    return {
        "code": f"SVC{position}3{obligation}",
        "name": f"{kind.replace('_', '-')}-{name}",
        "subject": InformationItem,
        "category": Category.APPROVAL,
        "when": lambda item: item.approval is not None and item.approval.kind is kind,
        "duty": duty,
        "answers": (f"panyu-2011:1.2.3/o{obligation}",),
        "basis": ("panyu-2011:1.2.3", "ogi-2019:20") if kind is ApprovalKind.LICENCE else ("panyu-2011:1.2.3",),
        "valid": (case(f"{kind.text.zh}事项齐全", f"a whole {kind.text.en}", entry(Category.APPROVAL, kind=kind)),),
    }


def _listed(position: int) -> RecordRule:
    kind, _ = _KINDS[position]
    zh, en = kind.text.zh, kind.text.en

    @rule(
        **_about(position, position + 1, "listed"),
        title=Text(f"列出{zh}事项", f"Each {en} is listed by name"),
        severity=Severity.SERIOUS,
        rationale=Text(
            f"没有名称的{zh}事项查不到、办不了，也无法与权责清单核对。",
            f"Without a name a matter of this kind ({en}) cannot be found, applied for, or held against the list of "
            "the unit's powers.",
        ),
        remedy=Text(
            f"按清理后保留的目录填写{zh}事项的名称。", f"Enter the name of the {en} as the list of powers has it."
        ),
        messages={"incomplete": Text(f"{zh}事项没有名称。", f"The entry of this {en} names no matter.")},
        invalid=(case("没有名称", "no name", entry(Category.APPROVAL, kind=kind, name="")),),
    )
    def listed(dossier: Dossier[InformationItem], ctx: Context) -> Result:
        return complete(dossier.record.approval, _NAME)

    return listed


def _workflow(position: int) -> RecordRule:
    kind, _ = _KINDS[position]
    zh, en = kind.text.zh, kind.text.en

    @rule(
        **_about(position, 4, "workflow"),
        title=Text(f"{zh}事项有工作流程", f"Each {en} has a workflow"),
        severity=Severity.MINOR,
        rationale=Text(
            "流程公开，申请人才知道要经过哪些环节、现在办到哪一步。",
            "With the workflow public, applicants know what steps there are and how far they have come.",
        ),
        remedy=Text(
            f"逐个环节填写该{zh}事项从受理到办结的流程。", f"Enter the steps of this {en}, from receipt to decision."
        ),
        messages={"none": Text(f"{zh}事项没有工作流程。", f"The entry of this {en} has no workflow.")},
        invalid=(
            case("没有流程", "no steps", entry(Category.APPROVAL, kind=kind, workflow=())),
            case("环节只有空格", "blank steps", entry(Category.APPROVAL, kind=kind, workflow=(" ", ""))),
        ),
    )
    def workflow(dossier: Dossier[InformationItem], ctx: Context) -> Result:
        return None if any_filled(_content(dossier).workflow) else Fail("none")

    return workflow


def _outcomes(position: int) -> RecordRule:
    kind, _ = _KINDS[position]
    zh, en = kind.text.zh, kind.text.en

    @rule(
        **_about(position, 5, "outcomes"),
        title=Text(f"记录{zh}事项的办理结果", f"Outcomes of each {en} are recorded"),
        severity=Severity.MINOR,
        rationale=Text(
            "办理结果是监督审批权力运行的依据。没有办结和没有统计是两回事，零也要填写。",
            "Outcomes show how the power to approve is used. None handled and none counted are two things: enter zero.",
        ),
        remedy=Text(
            f"填写该{zh}事项统计期内的办结数；确实没有的填写0。",
            f"Enter how many cases of this {en} were handled in the period, 0 if there were none.",
        ),
        messages={"none": Text(f"{zh}事项没有办理结果。", f"The entry of this {en} has no outcomes.")},
        invalid=(
            case("没有办理结果", "no outcomes", entry(Category.APPROVAL, kind=kind, outcomes=())),
            case("办结数未填", "count left blank", entry(Category.APPROVAL, kind=kind, outcomes=NO_COUNT)),
        ),
    )
    def outcomes(dossier: Dossier[InformationItem], ctx: Context) -> Result:
        return None if recorded(_content(dossier).outcomes, ctx) else Fail("none")

    return outcomes


def _materials(position: int) -> RecordRule:
    kind, _ = _KINDS[position]
    zh, en = kind.text.zh, kind.text.en

    @rule(
        **_about(position, 6, "materials"),
        title=Text(f"{zh}事项有申请材料目录", f"Each {en} has a list of application materials"),
        severity=Severity.SERIOUS,
        rationale=Text(
            "没有材料目录，申请人就要多跑几趟，窗口也可以随意加码。",
            "Without the list applicants come in vain, and the counter can ask for more at will.",
        ),
        remedy=Text(
            f"填写办理该{zh}事项所需的全部材料；不需要材料的，填写空目录。",
            f"List all that has to be handed in for this {en}; where nothing has, enter an empty list.",
        ),
        messages={
            "none": Text(f"{zh}事项没有申请材料目录。", f"The entry of this {en} has no list of materials."),
            "blank": Text(
                f"{zh}事项的申请材料目录中，各项均为空白。", f"The list of materials of this {en} has only blank lines."
            ),
        },
        invalid=(
            case("没有材料目录", "no list", entry(Category.APPROVAL, kind=kind, materials=None)),
            case("材料只有空格", "blank lines", entry(Category.APPROVAL, kind=kind, materials=(" ",))),
        ),
    )
    def materials(dossier: Dossier[InformationItem], ctx: Context) -> Result:
        """An empty list states that nothing has to be handed in; no list states nothing."""
        listed = _content(dossier).materials
        if listed is None:
            return Fail("none")
        return Fail("blank") if listed and not any_filled(listed) else None

    return materials


RULES = tuple(make(position) for position in range(len(_KINDS)) for make in (_listed, _workflow, _outcomes, _materials))
"""The rules of this module."""
