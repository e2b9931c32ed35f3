"""Rules on the catalog as a whole (clause 1.2): every kind of information, in one form, with its issuer, in time."""

from __future__ import annotations

import datetime as dt

from govopen.errors import NotComputable
from govopen.model.assurance import NilReturn
from govopen.model.base import FieldName, filled
from govopen.model.catalog import CATEGORY_DUTIES, Category, InformationItem
from govopen.model.units import Duty, Unit
from govopen.policy.matter import Provision
from govopen.rules import samples
from govopen.rules.base import Case, Reads, Severity, fold_rule, rule
from govopen.rules.catalog_time import produced_in_time
from govopen.rules.contents.common import blanks
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable
from govopen.texts import Text

__all__ = ["RULES"]

_ELEMENTS = "ogi/catalog-elements"
_NOWHERE = frozenset[Category]()
_JUST = {category: frozenset({category}) for category in Category}


def _nil_return(duty: Duty) -> NilReturn:
    return NilReturn(
        id="nil-1",
        unit=samples.UNIT.id,
        duty=duty,
        covers_from=dt.date(2011, 1, 1),
        covers_until=samples.YEAR_END,
        reported_on=dt.date(2011, 12, 30),
        officer="甲",
    )


def _in_force(since: dt.date | None, until: dt.date | None, ctx: Context) -> bool:
    return (since is None or ctx.known(since)) and (until is None or not ctx.past(until))


def _category(dossier: Dossier[InformationItem], ctx: Context) -> frozenset[Category]:
    category = dossier.record.category
    return _NOWHERE if category is None else _JUST[category]


def _union(one: frozenset[Category], other: frozenset[Category]) -> frozenset[Category]:
    return one if other <= one else one | other


@fold_rule(
    code="CAT001",
    name="every-kind-has-entries",
    title=Text("职责涉及的各类信息都有条目", "Every kind of information that the duties give rise to has an entry"),
    subject=Unit,
    over=InformationItem,
    key=lambda item: item.unit,
    map=_category,
    merge=_union,
    without_records=True,
    reads=(Reads(NilReturn, by="unit"),),
    answers=("panyu-2011:1.2/o1",),
    basis=("panyu-2011:1.2",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "整类缺失比单条有误更难发现：没有条目，就没有人去查。",
        "A whole kind that is missing is harder to notice than a wrong entry: where there is none, nobody looks.",
    ),
    remedy=Text(
        "为缺少的类别梳理、制作信息；期内确实没有发生的，由责任人作出零报告。",
        "Produce entries for the kinds that lack them; where the period brought nothing, have an officer make a nil "
        "return.",
    ),
    messages={
        "missing": Text(
            "职责涉及的下列类别没有任何条目，也没有零报告：{missing}。",
            "These kinds belong to the unit's duties and have neither entry nor nil return: {missing}.",
        ),
        "unstated": Text(
            "没有登记本单位的职责事项，无法判断应有哪些类别。请在单位记录中填写职责事项（没有的填写空列表）。",
            "The unit's duties are not recorded, so nobody can tell which kinds it must have. Enter the duties in the "
            "unit's record (an empty list if there are none).",
        ),
        "no_duty": Text(
            "本单位的职责不涉及十一类信息中的任何一类。", "None of the eleven kinds belongs to its duties."
        ),
    },
    valid=(
        Case(
            Text("职责涉及的类别都有条目", "an entry for each duty"),
            (
                samples.unit(Duty.FEES, Duty.LICENCES),
                samples.item(Category.FEE),
                samples.item(Category.APPROVAL),
            ),
            samples.YEAR_END,
        ),
        Case(
            Text("没有发生的已作零报告", "a nil return where nothing happened"),
            (samples.unit(Duty.EMERGENCIES), _nil_return(Duty.EMERGENCIES)),
            samples.YEAR_END,
        ),
    ),
    invalid=(
        Case(
            Text("收费类没有条目", "no entry on fees"),
            (samples.unit(Duty.FEES, Duty.LICENCES), samples.item(Category.APPROVAL)),
            samples.YEAR_END,
        ),
    ),
)
def every_kind_has_entries(dossier: Dossier[Unit], present: frozenset[Category] | None, ctx: Context) -> Result:
    """A nil return speaks for one duty: a kind with two duties and no entry needs two."""
    present = present or _NOWHERE
    if len(present) == len(CATEGORY_DUTIES):
        return None
    if dossier.record.duties is None:
        return Undecidable("unstated")
    duties = {entry.duty for entry in dossier.record.duties if _in_force(entry.since, entry.until, ctx)}
    expected = [category for category, of_category in CATEGORY_DUTIES.items() if duties & of_category]
    if not expected:
        return NotApplicable("no_duty")
    nil = {
        entry.duty
        for entry in dossier.related(NilReturn)
        if _in_force(entry.covers_from, entry.covers_until, ctx) and entry.speaks_for(ctx.as_of)
    }
    missing = tuple(
        category for category in expected if category not in present and duties & CATEGORY_DUTIES[category] - nil
    )
    return Fail("missing", missing=missing) if missing else None


# What law calls the elements, and the fields that hold them.
_FIELDS = {"index_number": "index_number", "name": "title", "summary": "summary", "created_on": "created_on"}


def _catalog_law(item: InformationItem, ctx: Context) -> Provision:
    """The law when the information was made; for what is undated or older than that law, that of the catalog's day."""
    try:
        return ctx.matter(_ELEMENTS, on=item.created_on or ctx.as_of)
    except NotComputable:
        return ctx.matter(_ELEMENTS, on=ctx.as_of)


@rule(
    code="CAT002",
    name="standard-form",
    title=Text("条目格式统一，必填项齐全", "Entries follow the standard form"),
    subject=InformationItem,
    answers=("panyu-2011:1.2/o2",),
    basis=("panyu-2011:1.2", "ogi-2007:19", "ogi-2019:12"),
    matters=(_ELEMENTS,),
    severity=Severity.MINOR,
    rationale=Text(
        "索引号、名称、内容概述、生成日期是法定的目录要素；缺一项，条目就难以检索、引用和核对。索引号的格式由各地自定，不作要求。",
        "Index number, name, summary and date of creation are what law asks of a catalog; an entry without one of them "
        "is hard to find, cite or compare. The format of the index number is each place's own: none is asked for.",
    ),
    remedy=Text("补填缺少的字段。", "Fill in the fields that are missing."),
    messages={"missing": Text("条目缺少：{missing}。", "The entry lacks: {missing}.")},
    valid=(
        Case(Text("要素齐全", "all elements"), (samples.item(Category.FEE),), samples.YEAR_END),
        Case(
            Text("索引号格式不限", "any format of index number"),
            (samples.item(index_number="11441700007280420Y/2011-00050"),),
            samples.YEAR_END,
        ),
    ),
    invalid=(
        Case(Text("没有索引号", "no index number"), (samples.item(index_number=""),), samples.YEAR_END),
        Case(Text("内容概述只有空格", "blank summary"), (samples.item(summary="\u3000"),), samples.YEAR_END),
        Case(
            Text("没有该类别的内容", "without the content of its category"),
            (samples.item(Category.FEE, fee=None),),
            samples.YEAR_END,
        ),
    ),
)
def standard_form(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """The elements of the law, and the content that the category names."""
    item = dossier.record
    missing = blanks(item, map(_FIELDS.__getitem__, _catalog_law(item, ctx).keys("elements")))
    category = item.category
    # The category is named like the field that holds its content; that of complaints has a second one.
    if (
        category is not None
        and category is not Category.OTHER
        and getattr(item, category) is None
        and (category is not Category.COMPLAINT or item.supervision is None)
    ):
        missing += (FieldName(InformationItem, category.value),)
    return Fail("missing", missing=missing) if missing else None


@rule(
    code="CAT005",
    name="issuer-stated",
    title=Text("写明发布机构", "The issuing body is stated"),
    subject=InformationItem,
    answers=("panyu-2011:1.2/o5",),
    basis=("panyu-2011:1.2",),
    severity=Severity.MINOR,
    rationale=Text(
        "不知道由谁发布，就无从判断信息是否权威、有疑问找谁核实。",
        "Where nobody is named, nobody can judge the authority of the information, or ask about it.",
    ),
    remedy=Text("填写发布机构。", "Enter the issuing body."),
    messages={"missing": Text("条目没有写明发布机构。", "The entry names no issuing body.")},
    valid=(Case(Text("写明发布机构", "issuer stated"), (samples.item(),), samples.YEAR_END),),
    invalid=(
        Case(Text("没有发布机构", "no issuer"), (samples.item(issuer=""),), samples.YEAR_END),
        Case(Text("发布机构只有空格", "blank issuer"), (samples.item(issuer="  "),), samples.YEAR_END),
    ),
)
def issuer_stated(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Blanks name nobody."""
    return None if filled(dossier.record.issuer) else Fail("missing")


RULES = (every_kind_has_entries, standard_form, issuer_stated, produced_in_time)
"""The rules of this module."""
