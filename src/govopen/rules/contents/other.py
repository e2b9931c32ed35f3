"""The rule on what falls under none of the ten named categories (clause 1.2.11)."""

from __future__ import annotations

import attrs

from govopen.model.catalog import Category, InformationItem
from govopen.model.units import Duty
from govopen.rules import samples
from govopen.rules.base import Severity, rule
from govopen.rules.contents.common import case
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, Result
from govopen.texts import Text

__all__ = ["RULES"]


@rule(
    subject=InformationItem,
    # An entry that nobody catalogued has no category to be chosen by.
    when=lambda item: item.category is None or item.category is Category.OTHER,
    code="CAT111",
    name="nothing-uncatalogued",
    title=Text("其他履职信息归入兜底类别", "Other information is catalogued, not dropped"),
    duty=Duty.OTHER,
    answers=("panyu-2011:1.2.11/o1",),
    basis=("panyu-2011:1.2.11",),
    severity=Severity.MINOR,
    rationale=Text(
        "没有类别的信息不在任何目录中，查不到，也没有人对它负责。",
        "Information without a category is in no catalog: nobody finds it, and nobody answers for it.",
    ),
    remedy=Text(
        "归入前十类之一；都不合适的，归入“其他履职信息”。",
        "Put it under one of the first ten categories, or, where none fits, under other information.",
    ),
    messages={"uncatalogued": Text("该信息没有归入任何类别。", "The information is catalogued under no category.")},
    valid=(case("归入其他履职信息", "under the residual category", samples.item()),),
    invalid=(case("没有类别", "without category", attrs.evolve(samples.item(), category=None)),),
)
def nothing_uncatalogued(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Whatever is under one of the ten named categories is not residual."""
    return Fail("uncatalogued") if dossier.record.category is None else None


RULES = (nothing_uncatalogued,)
"""The rules of this module."""
