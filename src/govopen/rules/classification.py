"""Rules on secrecy and its review (clause 1.3). None of them can be waived or baselined."""

from __future__ import annotations

import datetime as dt

from govopen.calendars.due import due_date
from govopen.calendars.period import Period, PeriodUnit
from govopen.model.base import FieldName, filled
from govopen.model.catalog import InformationItem
from govopen.model.classification import ClassifiedItem, ReviewResult, SecrecyReview
from govopen.model.units import Duty
from govopen.model.website import Carrier, Publication
from govopen.rules import samples
from govopen.rules.base import Case, Reads, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result
from govopen.texts import Text

__all__ = ["RULES"]

_OWN = Carrier.OWN_SITE
_PERIOD = "secrets/period"
_DETERMINED = Case(Text("记录齐全", "everything recorded"), (samples.classified_item(),), samples.YEAR_END)


@rule(
    code="SEC002",
    name="classified-not-disclosed",
    title=Text("涉密信息在保密期限内不得公开", "Classified information is not disclosed within its secrecy period"),
    subject=ClassifiedItem,
    reads=(Reads(Publication, by="item"),),
    answers=("panyu-2011:1.3/o2",),
    basis=("panyu-2011:1.3", "ogi-2007:14", "ogi-2019:14", "secrets-2010:19", "secrets-2024:24"),
    severity=Severity.CRITICAL,
    protected=True,
    duty=Duty.CLASSIFIED_ITEMS,
    rationale=Text(
        "保密期限届满或者提前解密之前，任何载体上的发布都是泄密。撤下不能使已发生的发布合法。",
        "Until the period ends or the item is released early, publication anywhere discloses a secret. "
        "Withdrawing it later does not undo that.",
    ),
    remedy=Text(
        "立即撤下并按泄密事件报告；核对该条目的定密记录。",
        "Withdraw it at once, report a leak, and check the item's determination.",
    ),
    messages={
        "disclosed": Text(
            "涉密条目于{published_on}在{carrier}发布（{publication}），当时仍在保密期限内。",
            "The classified item was published on {published_on} on {carrier} ({publication}), "
            "within its secrecy period.",
        )
    },
    valid=(
        Case(Text("未发布", "not published"), (samples.classified_item(),), samples.YEAR_END),
        Case(
            Text("解密后发布", "published after release"),
            (
                samples.classified_item(declassified_on=dt.date(2011, 5, 1)),
                samples.publication("c-1", _OWN, published_on=dt.date(2011, 5, 1)),
            ),
            samples.YEAR_END,
        ),
    ),
    invalid=(
        Case(
            Text("期限内发布", "published within the period"),
            (samples.classified_item(), samples.publication("c-1", _OWN)),
            samples.YEAR_END,
        ),
        Case(
            Text("已撤下也算", "withdrawn, but disclosed"),
            (
                samples.classified_item(classified_until=dt.date(2011, 5, 10)),
                samples.publication("c-1", _OWN, withdrawn_on=dt.date(2011, 5, 11)),
            ),
            samples.YEAR_END,
        ),
    ),
)
def classified_not_disclosed(dossier: Dossier[ClassifiedItem], ctx: Context) -> Result:
    """A publication on the last day of the period still falls within it."""
    return [
        Fail("disclosed", published_on=entry.published_on, carrier=entry.carrier, publication=entry.id)
        for entry in dossier.related(Publication)
        if dossier.record.classified_on(entry.published_on)
    ] or None


@rule(
    code="SEC003",
    name="reviewed-before-disclosure",
    title=Text("先审查、后公开", "Reviewed before any disclosure"),
    subject=InformationItem,
    reads=(Reads(Publication, by="item"),),
    answers=("panyu-2011:1.3/o3",),
    basis=("panyu-2011:1.3", "ogi-2007:14", "ogi-2019:17", "secrets-2010:29", "secrets-2024:35"),
    severity=Severity.CRITICAL,
    protected=True,
    rationale=Text(
        "未经保密审查的信息一旦公开便无法收回。审查须逐条进行，并早于任何一次发布。",
        "Once out, information cannot be called back. Each item is reviewed on its own, before any publication.",
    ),
    remedy=Text(
        "撤下该信息，补做保密审查并记录审查日期和结论，再重新发布。",
        "Withdraw it, review it, record date and result of the review, then publish again.",
    ),
    messages={
        "unreviewed": Text(
            "于{published_on}发布（{publication}），但没有得出不涉密结论的保密审查记录。",
            "Published on {published_on} ({publication}), but no review that found it not classified is recorded.",
        ),
        "early": Text(
            "于{published_on}发布（{publication}），早于{reviewed_on}的保密审查。",
            "Published on {published_on} ({publication}), before its review of {reviewed_on}.",
        ),
        "not_disclosed": Text("尚未公开。", "Not disclosed so far."),
    },
    valid=(
        Case(
            Text("审查后发布", "published after review"),
            (
                samples.proactive_item(),
                samples.publication("other-1", _OWN),
                samples.publication("other-1", Carrier.PORTAL),
            ),
            samples.YEAR_END,
        ),
    ),
    invalid=(
        Case(
            Text("审查前发布", "published before review"),
            (
                samples.proactive_item(
                    review=SecrecyReview(reviewed_on=dt.date(2011, 5, 11), result=ReviewResult.NOT_CLASSIFIED)
                ),
                samples.publication("other-1", _OWN),
                samples.publication("other-1", Carrier.PORTAL),
            ),
            samples.YEAR_END,
        ),
        Case(
            Text("未审查即发布", "published without review"),
            (
                samples.proactive_item(review=None),
                samples.publication("other-1", _OWN),
                samples.publication("other-1", Carrier.PORTAL),
            ),
            samples.YEAR_END,
        ),
    ),
)
def reviewed_before_disclosure(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Same-day review and publication pass: the record has dates, not hours."""
    publications = dossier.related(Publication)
    if not publications:
        return NotApplicable("not_disclosed")
    review = dossier.record.review
    if review is None or review.result is not ReviewResult.NOT_CLASSIFIED or review.reviewed_on is None:
        first = min(publications, key=lambda entry: entry.published_on)
        return Fail("unreviewed", published_on=first.published_on, publication=first.id)
    return [
        Fail("early", published_on=entry.published_on, publication=entry.id, reviewed_on=review.reviewed_on)
        for entry in publications
        if entry.published_on < review.reviewed_on
    ] or None


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


RULES = (classified_not_disclosed, reviewed_before_disclosure, determination_complete, period_within_ceiling)
