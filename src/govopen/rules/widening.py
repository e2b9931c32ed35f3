"""Rules on widening four key fields (clause 1.4): more than a year ago stands published. Promoted, not demanded."""

from __future__ import annotations

import datetime as dt
from operator import attrgetter

import attrs

from govopen.model.base import Record
from govopen.model.catalog import InformationItem, KeyField
from govopen.model.classification import ReviewResult, SecrecyReview
from govopen.model.units import Duty, Unit
from govopen.model.website import Carrier, Publication
from govopen.rules import samples
from govopen.rules.base import Case, FoldRule, Reads, Severity, fold_rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Passed, Result, Undecidable
from govopen.texts import Text

__all__ = ["RULES"]

# Entries standing published now, those a year before, and those published by then, withdrawn ones included.
_Counts = tuple[int, int, int]


def _a_year_after(day: dt.date) -> dt.date:
    """The first day whose "year before" is ``day`` or later; that of 29 February is 28 February."""
    if day.year == dt.MAXYEAR:
        return dt.date.max
    if (day.month, day.day) == (2, 29):
        return dt.date(day.year + 1, 3, 1)
    return day.replace(year=day.year + 1)


def _standing(dossier: Dossier[InformationItem], ctx: Context) -> _Counts:
    now = before = reaching = 0
    for entry in dossier.related(Publication):
        if not ctx.known(entry.withdrawn_on):
            now = 1
        if ctx.known(_a_year_after(entry.published_on)):
            reaching = 1
            if entry.withdrawn_on is None or not ctx.known(_a_year_after(entry.withdrawn_on)):
                before = 1
    return now, before, reaching


def _sum(left: _Counts, right: _Counts) -> _Counts:
    return left[0] + right[0], left[1] + right[1], left[2] + right[2]


def _compare(dossier: Dossier[Unit], counts: _Counts | None, ctx: Context) -> Result:
    """Nothing published a year ago may mean that there was nothing, or that nobody recorded it.

    A unit that did not exist a year ago has nothing to compare with.
    """
    since = dossier.record.since
    if since is not None and not ctx.known(_a_year_after(since)):
        return NotApplicable("founded", since=since)
    now, before, reaching = counts or (0, 0, 0)
    if not reaching:
        return Undecidable("two_periods")
    if now <= before:
        return Fail("not_widened", now=now, before=before)
    return Passed("widened", now=now, before=before) if ctx.detailed else None


def _published(field: KeyField, year: int) -> tuple[Record, ...]:
    """An entry of the field created and published in spring of ``year``, in due course."""
    entry = samples.proactive_item(
        id=f"entry-{year}",
        index_number=f"006939748/{year}-00001",
        field=field,
        created_on=dt.date(year, 4, 15),
        review=SecrecyReview(reviewed_on=dt.date(year, 4, 18), reviewer="丁", result=ReviewResult.NOT_CLASSIFIED),
    )
    signed = (attrs.evolve(step, on=step.on and step.on.replace(year=year)) for step in entry.sign_offs)
    return (
        attrs.evolve(entry, sign_offs=tuple(signed)),
        samples.publication(entry.id, Carrier.OWN_SITE, published_on=dt.date(year, 5, 10)),
        samples.publication(entry.id, Carrier.PORTAL, published_on=dt.date(year, 5, 10)),
    )


def _widening(code: str, obligation: str, field: KeyField, duty: Duty) -> FoldRule:
    zh, en = field.text.zh, field.text.en
    earlier = _published(field, 2010)
    return fold_rule(
        code=code,
        name=f"{field.value.replace('_', '-')}-widened",
        title=Text(f"拓展“{zh}”领域的公开信息", f"More is disclosed than a year ago: {en}"),
        subject=Unit,
        over=InformationItem,
        over_reads=(Reads(Publication, by="item"),),
        when=lambda item: item.field is field,
        key=attrgetter("unit"),
        map=_standing,
        merge=_sum,
        duty=duty,
        answers=(obligation,),
        basis=("panyu-2011:1.4",),
        severity=Severity.MINOR,
        rationale=Text(
            "这四个领域涉及公众切身利益，文件要求逐步扩大公开的深度和广度。",
            "These four fields touch everybody, and the policy asks to widen them step by step.",
        ),
        remedy=Text(
            "梳理该领域尚未公开的信息，审查后予以公开，并标注重点领域。",
            "Look for what the field has that is not public, review and publish it, and mark its key field.",
        ),
        messages={
            "founded": Text(
                "本单位于{since}成立，至今不满一年。", "The unit was founded on {since}, less than a year ago."
            ),
            "two_periods": Text(
                "没有一年以前的发布记录，无法比较；请补录上年度该领域的信息和发布记录。",
                "No publication of a year ago is on record, so there are no two periods to compare. "
                "Record what was published in the field the year before.",
            ),
            "not_widened": Text(
                "目前在线{now}条，一年前{before}条，没有增加。",
                "{now} entries stand published, {before} a year before: no more than then.",
            ),
            "widened": Text(
                "目前在线{now}条，一年前{before}条。", "{now} entries stand published, {before} a year before."
            ),
        },
        valid=(
            Case(Text("比一年前多", "more than a year before"), (*earlier, *_published(field, 2011)), samples.YEAR_END),
        ),
        invalid=(Case(Text("没有增加", "no more than a year before"), earlier, samples.YEAR_END),),
    )(_compare)


RULES = (
    _widening("WEB007", "panyu-2011:1.4/o7", KeyField.FISCAL_BUDGET, Duty.FISCAL_BUDGET),
    _widening("WEB008", "panyu-2011:1.4/o8", KeyField.RESOURCE_ALLOCATION, Duty.RESOURCE_ALLOCATION),
    _widening("WEB009", "panyu-2011:1.4/o9", KeyField.MAJOR_PROJECTS, Duty.MAJOR_PROJECTS),
    _widening("WEB010", "panyu-2011:1.4/o10", KeyField.PUBLIC_WELFARE, Duty.PUBLIC_WELFARE),
)
"""The rules of this module."""
