"""Rules on what a determination of secrecy states (clause 1.3). None of them can be waived or baselined."""

from __future__ import annotations

import datetime as dt

from govopen.calendars.due import due_date
from govopen.calendars.period import Period, PeriodUnit
from govopen.model.base import FieldName, filled
from govopen.model.classification import ClassifiedItem
from govopen.model.units import Duty
from govopen.rules import samples
from govopen.rules.base import Case, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result
from govopen.texts import Text

__all__ = ["determination_complete", "period_within_ceiling"]

_PERIOD = "secrets/period"
_DETERMINED = Case(Text("记录齐全", "everything recorded"), (samples.classified_item(),), samples.YEAR_END)


@rule(
    code="SEC011",
    name="determination-complete",
    title=Text("定密须有依据和权限", "A determination states its basis and authority"),
    subject=ClassifiedItem,
    basis=("panyu-2011:1.3", "secrets-2010:13", "secrets-2024:17", "secrets-2024:18"),
    severity=Severity.SERIOUS,
    protected=True,
    duty=Duty.CLASSIFIED_ITEMS,
    rationale=Text(
        "区级单位没有固有的定密权，须经授权，或者从已定密事项派生。记录不全时仍按涉密对待，不得公开。",
        "A district's unit has no power of its own to classify: it is authorised, or takes over the level of what is "
        "classified already. Until that is shown the item is still treated as classified.",
    ),
    remedy=Text(
        "请定密责任人补录依据、定密权来源和授权（派生来源）编号；确无依据的，按程序解密。",
        "Let the person responsible for classification record what is missing. If there is no basis, declassify it.",
    ),
    messages={
        "incomplete": Text(
            "定密记录缺少：{fields}。该条目仍按涉密对待。",
            "The determination lacks: {fields}. The item is still treated as classified.",
        ),
    },
    valid=(_DETERMINED,),
    invalid=(
        Case(Text("没有依据", "no basis"), (samples.classified_item(basis=" "),), samples.YEAR_END),
        Case(Text("没有定密权来源", "no authority"), (samples.classified_item(authority=None),), samples.YEAR_END),
        Case(Text("没有授权编号", "no authorisation"), (samples.classified_item(authorisation=""),), samples.YEAR_END),
    ),
)
def determination_complete(dossier: Dossier[ClassifiedItem], ctx: Context) -> Result:
    """Whether the authority reaches the level set is for people to judge; that one is named is seen here."""
    record = dossier.record
    if filled(record.basis) and record.authority is not None and filled(record.authorisation):
        return None
    missing = {
        "basis": not filled(record.basis),
        "authority": record.authority is None,
        "authorisation": not filled(record.authorisation),
    }
    return Fail("incomplete", fields=tuple(FieldName(ClassifiedItem, name) for name, lacks in missing.items() if lacks))


@rule(
    code="SEC012",
    name="period-within-ceiling",
    title=Text("保密期限不超过密级上限", "The secrecy period keeps to the ceiling of its level"),
    subject=ClassifiedItem,
    basis=("panyu-2011:1.3", "secrets-2010:15", "secrets-2024:20"),
    matters=(_PERIOD,),
    severity=Severity.MINOR,
    protected=True,
    duty=Duty.CLASSIFIED_ITEMS,
    rationale=Text(
        "期限过长或者没有期限，会使本可公开的信息长期不能公开。",
        "Too long a period, or none, keeps closed what could be open.",
    ),
    remedy=Text(
        "由原定密机关核定期限；另有规定或者已依法延长的，在定密依据中注明。",
        "Let the organ that classified it set the period anew. Where other rules allow it, or it was extended by law, "
        "say so in the basis.",
    ),
    messages={
        "released": Text("已于{declassified_on}解密。", "Declassified on {declassified_on}."),
        "no_end": Text(
            "既没有保密期限，也没有解密条件。",
            "It has neither an end of its secrecy period nor a condition that ends it.",
        ),
        "too_long": Text(
            "保密期限至{classified_until}，超过{level}级{years}年的上限（至{ceiling}）；另有规定的除外。",
            "The secrecy period runs to {classified_until}, past the ceiling of {years} years for {level} ({ceiling}), "
            "unless otherwise provided.",
        ),
    },
    valid=(
        _DETERMINED,
        Case(
            Text("期限恰为十年", "ten years to the day"),
            (samples.classified_item(classified_until=dt.date(2021, 3, 1)),),
            samples.YEAR_END,
        ),
        Case(
            Text("以条件解密", "ends on a condition"),
            (samples.classified_item(classified_until=None, declassify_condition=True),),
            samples.YEAR_END,
        ),
    ),
    invalid=(
        Case(
            Text("超过上限一日", "a day past the ceiling"),
            (samples.classified_item(classified_until=dt.date(2021, 3, 2)),),
            samples.YEAR_END,
        ),
        Case(
            Text("没有期限", "no end"),
            (samples.classified_item(classified_until=None),),
            samples.YEAR_END,
        ),
    ),
)
def period_within_ceiling(dossier: Dossier[ClassifiedItem], ctx: Context) -> Result:
    """The day of determination is not counted, and no rest day moves the end: the period runs out by its date."""
    record = dossier.record
    if record.declassified_on is not None and ctx.known(record.declassified_on):
        return NotApplicable("released", declassified_on=record.declassified_on)
    if record.classified_until is None:
        return None if record.declassify_condition else Fail("no_end")
    years = ctx.matter(_PERIOD, on=record.determined_on).integer(record.level.value)
    ceiling = due_date(record.determined_on, Period(years, PeriodUnit.YEARS), ctx.calendar, roll=False)
    if record.classified_until <= ceiling:
        return None
    return Fail("too_long", classified_until=record.classified_until, level=record.level, years=years, ceiling=ceiling)
