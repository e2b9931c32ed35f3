"""A rule of the bureau's own, as a plugin of one module."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govopen import Case, Fail, NotApplicable, Text, hookimpl, rule
from govopen.model.catalog import InformationItem
from govopen.rules import samples
from govopen.rules.base import Rule, Severity
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Result

__all__ = ["govopen_rules", "index_number_shape"]

_SHAPE = re.compile(r"[0-9A-Z]{9}/[0-9]{4}-[0-9]{5}")


@rule(
    code="EXF001",
    name="index-number-shape",
    title=Text("索引号符合本局编号规则", "Index numbers follow the bureau's scheme"),
    subject=InformationItem,
    severity=Severity.ADVICE,
    rationale=Text(
        "编号不一致，就无法按编号找到条目。", "Nobody finds an entry by a number that is written in two ways."
    ),
    remedy=Text("按“机构代码/年份-五位序号”重新编号。", "Number it anew: code, slash, year, hyphen, five digits."),
    messages={
        "shape": Text("索引号不是“代码/年份-五位序号”。", "The index number is not code/year-number."),
        "none": Text("没有索引号。", "It has no index number."),
    },
    valid=(Case(Text("符合", "as it should be"), (samples.item(),), samples.YEAR_END),),
    invalid=(
        Case(Text("序号四位", "four digits"), (samples.item(index_number="006939748/2011-0001"),), samples.YEAR_END),
    ),
)
def index_number_shape(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """CAT002 asks for an index number; this rule asks for its shape."""
    number = dossier.record.index_number
    if not number:
        return NotApplicable("none")
    return None if _SHAPE.fullmatch(number) else Fail("shape")


@hookimpl
def govopen_rules() -> Iterable[Rule]:
    """The rules of the house."""
    return [index_number_shape]
