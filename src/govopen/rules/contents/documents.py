"""Rules on normative documents and the law applied (clause 1.2.2)."""

from __future__ import annotations

from typing import Any

from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import DocumentRelation
from govopen.model.units import Duty
from govopen.rules.base import Severity, rule
from govopen.rules.contents.common import case, complete, entry
from govopen.rules.context import Context, Dossier
from govopen.rules.results import NotApplicable, Result
from govopen.texts import Text

__all__ = ["RULES"]

_ISSUED = ("name", "document_number", "issued_on")
_APPLIED = ("name", "issued_by")
_LAW: dict[str, Any] = {
    "relation": DocumentRelation.APPLIED,
    "name": "示例条例",
    "document_number": "",
    "issued_by": "示例机关",
}


@rule(
    code="CAT021",
    name="issued-document-identified",
    title=Text("本单位印发的规范性文件列明名称、文号和日期", "Documents the unit issued are named and identified"),
    subject=InformationItem,
    category=Category.DOCUMENT,
    when=lambda item: item.document is not None and item.document.relation is DocumentRelation.ISSUED,
    duty=Duty.ISSUED_DOCUMENTS,
    answers=("panyu-2011:1.2.2/o1",),
    basis=("panyu-2011:1.2.2", "ogi-2019:20"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "规范性文件对群众有约束力。没有文号和成文日期，就无法确认引用的是哪一份、是否仍然有效。",
        "Normative documents bind people. Without number and date nobody can tell which one is meant, or whether it is "
        "still in force.",
    ),
    remedy=Text(
        "按文件原件补全名称、文号和成文日期。",
        "Complete name, document number and date from the original.",
    ),
    messages={
        "incomplete": Text(
            "本单位印发的规范性文件缺少：{missing}。", "The entry of a document the unit issued lacks: {missing}."
        ),
        "ahead": Text("文件于{issued_on}才印发。", "The document is issued only on {issued_on}."),
    },
    valid=(case("名称、文号、日期齐全", "named and identified", entry(Category.DOCUMENT)),),
    invalid=(
        case("没有文号", "no document number", entry(Category.DOCUMENT, document_number="")),
        case("没有成文日期", "no date", entry(Category.DOCUMENT, issued_on=None)),
        case("名称只有空格", "blank name", entry(Category.DOCUMENT, name=" ")),
    ),
)
def issued_document_identified(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """The number and date of the document itself, not those of the catalog entry. Of one still to come nothing can be
    asked.
    """
    content = dossier.record.document
    assert content is not None
    if content.issued_on is not None and not ctx.known(content.issued_on):
        return NotApplicable("ahead", issued_on=content.issued_on)
    return complete(content, _ISSUED)


@rule(
    code="CAT022",
    name="applied-law-listed",
    title=Text(
        "负责实施或监督实施的法规文件列明名称和制定机关", "Law the unit applies or oversees is listed with its maker"
    ),
    subject=InformationItem,
    category=Category.DOCUMENT,
    when=lambda item: item.document is not None and item.document.relation is DocumentRelation.APPLIED,
    duty=Duty.APPLIED_LAW,
    answers=("panyu-2011:1.2.2/o2",),
    basis=("panyu-2011:1.2.2", "ogi-2019:20"),
    severity=Severity.MINOR,
    rationale=Text(
        "群众要知道单位依据什么办事。制定机关不同，效力等级也不同。",
        "People need to know on what law a unit acts. Who made it decides its rank.",
    ),
    remedy=Text(
        "补全法律、法规或者规范性文件的名称和制定机关。",
        "Enter the name of the law or document and the body that made it.",
    ),
    messages={
        "incomplete": Text(
            "负责实施或监督实施的法规文件缺少：{missing}。",
            "The entry of law that the unit applies or oversees lacks: {missing}.",
        )
    },
    valid=(case("名称和制定机关齐全", "named, with its maker", entry(Category.DOCUMENT, **_LAW)),),
    invalid=(
        case("没有制定机关", "no maker", entry(Category.DOCUMENT, **_LAW | {"issued_by": ""})),
        case("没有名称", "no name", entry(Category.DOCUMENT, **_LAW | {"name": ""})),
    ),
)
def applied_law_listed(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """A law has no document number of the unit's; its name and maker identify it."""
    return complete(dossier.record.document, _APPLIED)


RULES = (issued_document_identified, applied_law_listed)
"""The rules of this module."""
