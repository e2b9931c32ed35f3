"""Rules on fees (clause 1.2.10)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from govopen.model.base import filled
from govopen.model.catalog import Category, InformationItem
from govopen.model.units import Duty
from govopen.rules.base import Severity, rule
from govopen.rules.contents.common import case, complete, entry
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, Result
from govopen.texts import Text

__all__ = ["RULES"]

_WHOLE = case("收费项目齐全", "a whole entry", entry(Category.FEE))
_NAME = ("name",)
_BASIS = ("basis",)
_ABOUT: dict[str, Any] = {
    "subject": InformationItem,
    "category": Category.FEE,
    "when": lambda item: item.fee is not None,
    "duty": Duty.FEES,
    "basis": ("panyu-2011:1.2.10", "ogi-2019:20"),
}


@rule(
    **_ABOUT,
    code="CAT101",
    name="fee-listed",
    title=Text("列出收费项目", "Each fee is listed by name"),
    answers=("panyu-2011:1.2.10/o1",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "没有列名的收费，缴费人无法判断该不该交。",
        "Whether a fee is owed cannot be told where it has no name.",
    ),
    remedy=Text("按收费目录填写收费项目的名称。", "Enter the name of the fee as the list of fees has it."),
    messages={"incomplete": Text("收费项目没有名称。", "The entry names no fee.")},
    valid=(_WHOLE,),
    invalid=(case("名称只有空格", "blank name", entry(Category.FEE, name=" ")),),
)
def fee_listed(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """A fee has a name."""
    return complete(dossier.record.fee, _NAME)


@rule(
    **_ABOUT,
    code="CAT102",
    name="fee-basis-stated",
    title=Text("写明收费依据", "Each fee states its legal basis"),
    answers=("panyu-2011:1.2.10/o2",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "没有依据的收费就是乱收费。",
        "A fee without a legal basis must not be charged.",
    ),
    remedy=Text(
        "填写批准收费的文件；找不到依据的，停止收费并清退。",
        "Enter the document that allows the fee; where there is none, stop charging and pay back.",
    ),
    messages={"incomplete": Text("收费项目没有写明依据。", "The entry of the fee states no legal basis.")},
    valid=(_WHOLE,),
    invalid=(case("没有依据", "no basis", entry(Category.FEE, basis="")),),
)
def fee_basis_stated(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Whether the basis holds is not asked here."""
    return complete(dossier.record.fee, _BASIS)


@rule(
    **_ABOUT,
    code="CAT103",
    name="fee-rate-stated",
    title=Text("写明收费标准", "Each fee states its rate"),
    answers=("panyu-2011:1.2.10/o3",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "标准公开，缴费人才能核对自己交了多少、该交多少。免收也要写明。",
        "With the rate public, people can check what they pay. That nothing is charged is said too.",
    ),
    remedy=Text(
        "填写金额（免收的填写0），或者写明计费办法。",
        "Enter the amount (0 where it is waived), or how the fee is reckoned.",
    ),
    messages={"none": Text("收费项目没有写明标准。", "The entry of the fee states no rate.")},
    valid=(
        _WHOLE,
        case("免收写为零", "a rate of zero", entry(Category.FEE, rate_yuan=Decimal(0))),
        case("只有计费办法", "a rule of reckoning", entry(Category.FEE, rate_yuan=None, rate_rule="按面积计收")),
    ),
    invalid=(
        case("没有标准", "no rate", entry(Category.FEE, rate_yuan=None)),
        case("计费办法只有空格", "blank rule", entry(Category.FEE, rate_yuan=None, rate_rule=" ")),
    ),
)
def fee_rate_stated(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Zero is a rate, a blank is none."""
    fee = dossier.record.fee
    assert fee is not None
    return None if fee.rate_yuan is not None or filled(fee.rate_rule) else Fail("none")


RULES = (fee_listed, fee_basis_stated, fee_rate_stated)
"""The rules of this module."""
