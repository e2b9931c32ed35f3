"""Rules on what a determination of secrecy states (clause 1.3). None of them can be waived or baselined."""

from __future__ import annotations

import datetime as dt

from govopen.model.base import FieldName, filled
from govopen.model.classification import ClassifiedItem, PeriodExtension
from govopen.model.units import Duty
from govopen.rules import samples
from govopen.rules.base import Case, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result
from govopen.rules.secrecy_period import SECRECY_PERIOD, ceiling_of, first_end
from govopen.texts import Text

__all__ = ["determination_complete", "extended_in_time", "period_within_ceiling"]

_DETERMINED = Case(Text("记录齐全", "everything recorded"), (samples.classified_item(),), samples.YEAR_END)


def _extended(decided_on: dt.date) -> ClassifiedItem:
    previous, until = dt.date(2021, 2, 28), dt.date(2026, 2, 28)
    extension = PeriodExtension(
        decided_on=decided_on,
        previous_until=previous,
        until=until,
        basis="secrets-2010:19",
        authorisation="SC-2021-001",
    )
    return samples.classified_item(classified_until=until, extensions=(extension,))


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
    matters=(SECRECY_PERIOD,),
    severity=Severity.MINOR,
    protected=True,
    duty=Duty.CLASSIFIED_ITEMS,
    rationale=Text(
        "期限过长或者没有期限，会使本可公开的信息长期不能公开。",
        "Too long a period, or none, keeps closed what could be open.",
    ),
    remedy=Text(
        "由原定密机关核定期限；另有规定的，写明该规定；已依法延长的，登记延长决定。",
        "Let the organ that classified it set the period anew. Where it is otherwise provided, record the provision; "
        "where it was extended by law, record the extension.",
    ),
    messages={
        "provided_otherwise": Text(
            "保密期限超过上限，但已写明另有规定。", "It runs past the ceiling, and states the provision that allows it."
        ),
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
            Text("另有规定", "otherwise provided"),
            (samples.classified_item(classified_until=dt.date(2031, 3, 1), provided_otherwise="示保〔2011〕1号"),),
            samples.YEAR_END,
        ),
        Case(
            Text("期限内延长", "extended within the period"),
            (_extended(dt.date(2021, 2, 28)),),
            dt.date(2021, 12, 31),
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
    """The period as it was determined: an extension sets another, by a decision of its own."""
    record = dossier.record
    if record.declassified_on is not None and ctx.known(record.declassified_on):
        return NotApplicable("released", declassified_on=record.declassified_on)
    if record.classified_until is None:
        return None if record.declassify_condition else Fail("no_end")
    years, ceiling = ceiling_of(record, ctx)
    until = first_end(record)
    if until is None or until <= ceiling:
        return None
    if filled(record.provided_otherwise):
        return NotApplicable("provided_otherwise")
    return Fail("too_long", classified_until=until, level=record.level, years=years, ceiling=ceiling)


@rule(
    code="SEC014",
    name="extended-in-time",
    title=Text("保密期限在届满前延长", "A secrecy period is extended before it ends"),
    subject=ClassifiedItem,
    basis=("panyu-2011:1.3", "secrets-2010:19", "secrets-2024:24"),
    severity=Severity.SERIOUS,
    protected=True,
    duty=Duty.CLASSIFIED_ITEMS,
    rationale=Text(
        "期限届满即自行解密；届满以后的延长无从延起。在有权机关答复以前，该条目仍按涉密对待。",
        "At the end of the period it is secret no longer, and nothing is left to extend. Until the competent organ has "
        "answered, the item is still treated as classified.",
    ),
    remedy=Text(
        "报原定密机关或者其上级确定是否仍属国家秘密：仍属的重新定密，不属的登记解密。",
        "Ask the organ that classified it, or its superior, whether it is still a secret: if so, determine it anew; if "
        "not, record that it is declassified.",
    ),
    messages={
        "not_extended": Text("没有延长过保密期限。", "Its period was never extended."),
        "late": Text(
            "{decided_on}决定延长，而原保密期限已于{previous_until}届满。",
            "The extension was decided on {decided_on}, but the period had ended on {previous_until}.",
        ),
    },
    valid=(
        Case(Text("届满当日延长", "on the last day"), (_extended(dt.date(2021, 2, 28)),), dt.date(2021, 12, 31)),
        Case(Text("没有延长", "never extended"), (samples.classified_item(),), samples.YEAR_END),
    ),
    invalid=(Case(Text("届满次日延长", "a day late"), (_extended(dt.date(2021, 3, 1)),), dt.date(2021, 12, 31)),),
)
def extended_in_time(dossier: Dossier[ClassifiedItem], ctx: Context) -> Result:
    """The last day of the period is in time. A decision after the as-of date is not asked about yet."""
    extensions = dossier.record.extensions
    if not extensions:
        return NotApplicable("not_extended")
    return [
        Fail("late", decided_on=entry.decided_on, previous_until=entry.previous_until)
        for entry in extensions
        if ctx.known(entry.decided_on) and entry.decided_on > entry.previous_until
    ] or None
