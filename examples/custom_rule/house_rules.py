"""The house rules of an office: a matter with dates, and the rule that asks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from govopen.model.catalog import Category, InformationItem
from govopen.plugins.hookspecs import hookimpl
from govopen.policy.citation import Citation
from govopen.policy.instrument import Clause, Instrument, InstrumentKind
from govopen.policy.matter import Matter, Provision
from govopen.rules import samples
from govopen.rules.base import Case, Rule, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result
from govopen.texts import Text

GOVOPEN_INTERFACE = 1

HOUSE = Instrument(
    id="office-2011",
    kind=InstrumentKind.NORMATIVE_DOCUMENT,
    title=Text("示例办公室内部规定", "house rules of an example office"),
    issuer=Text("示例办公室", "example office"),
    document_number="示办〔2011〕1号",
    issued_on=dt.date(2011, 1, 4),
    in_force_from=dt.date(2011, 1, 4),
    jurisdiction="CN-440113",
    verified=True,
    source="invented",
    clauses=(
        Clause(
            id="1",
            heading=Text("收费投诉电话", "number for complaints"),
            gist=Text("收费项目注明投诉电话。", "A fee item names the number for complaints."),
        ),
    ),
)
COMPLAINTS = Matter(
    id="office/fee-complaints",
    title=Text("收费投诉电话", "number for complaints about fees"),
    act="created_on",
    parameters={"number": Text("电话号码", "telephone number")},
    provisions=(
        Provision(
            since=dt.date(2011, 1, 4),
            until=dt.date(2018, 12, 31),
            basis=(Citation("office-2011", "1"),),
            values={"number": "12358"},
            verified=True,
        ),
        Provision(
            since=dt.date(2019, 1, 1), basis=(Citation("office-2011", "1"),), values={"number": "12315"}, verified=True
        ),
    ),
)
FEE = samples.item(Category.FEE)


@rule(
    code="HSE001",
    name="fee-names-complaints-number",
    title=Text("收费项目注明投诉电话", "A fee item names the number for complaints"),
    subject=InformationItem,
    category=Category.FEE,
    matters=("office/fee-complaints",),
    basis=("office-2011:1",),
    severity=Severity.MINOR,
    rationale=Text("缴费人要知道向谁投诉。", "Who pays has to know where to complain."),
    remedy=Text("在正文中注明投诉电话。", "Name the number in the text."),
    messages={
        "missing": Text("正文没有投诉电话{number}。", "The text does not name the number {number}."),
        "undated": Text("没有形成日期，无法确定适用哪个号码。", "Without the day it was made, no number applies."),
    },
    valid=(Case(Text("有电话", "named"), (attrs.evolve(FEE, text="投诉电话：12358。"),), samples.YEAR_END),),
    invalid=(Case(Text("没有电话", "not named"), (attrs.evolve(FEE, text="欢迎投诉。"),), samples.YEAR_END),),
)
def fee_names_complaints_number(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """The number is that of the day on which the item was made, not of the day of the check."""
    made_on = dossier.record.created_on
    if made_on is None:
        return NotApplicable("undated")  # CAT006 asks for the day
    number = str(ctx.matter("office/fee-complaints", on=made_on).values["number"])
    return None if number in dossier.record.text else Fail("missing", number=number)


@hookimpl
def govopen_instruments() -> Iterable[Instrument | Matter]:
    """The house rules as law: the rule cites them, and asks the matter."""
    return [HOUSE, COMPLAINTS]


@hookimpl
def govopen_rules() -> Iterable[Rule]:
    """One rule."""
    return [fee_names_complaints_number]
