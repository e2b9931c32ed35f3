"""Rules on the portal's columns that a unit is assigned to fill (clause 1.4)."""

from __future__ import annotations

import datetime as dt
from operator import add

from govopen.calendars.due import due_date
from govopen.calendars.period import Period, PeriodUnit
from govopen.errors import InputError
from govopen.model.assurance import Probe, ProbeKind
from govopen.model.units import Duty
from govopen.model.website import Carrier, Column, Publication, Site, SiteKind
from govopen.rules import samples
from govopen.rules.base import Case, Reads, Severity, fold_rule
from govopen.rules.context import Context, Dossier
from govopen.rules.probing import MAX_AGE, is_fresh, newest
from govopen.rules.results import Fail, NotApplicable, Passed, Result, Undecidable
from govopen.texts import Text

__all__ = ["RULES"]

_YEAR_END = samples.YEAR_END
_SITES = Reads(Site, by="unit")
_CLOSED = Text("已于{until}停用。", "Closed since {until}.")
_NOT_PORTAL = Text("不是政府门户网站的栏目。", "It is no column of the government portal.")
_PUBLISHED = (
    samples.proactive_item(),
    samples.publication("other-1", Carrier.OWN_SITE),
    samples.publication("other-1", Carrier.PORTAL, column="column-1"),
)
_FILLED = Case(Text("栏目有内容", "a column with content"), (samples.column(), *_PUBLISHED), _YEAR_END)


def _column_of(entry: Publication) -> str | None:
    """What stands elsewhere fills no column of the portal, whatever column it names."""
    return (entry.column or None) if entry.carrier is Carrier.PORTAL else None


def _not_asked(dossier: Dossier[Column], ctx: Context) -> NotApplicable | None:
    """The portal is mostly another unit's; but of a site of the unit itself it is known what it is."""
    column = dossier.record
    if column.carrier is not Carrier.PORTAL or any(
        site.id == column.site and site.kind is SiteKind.OWN for site in dossier.related(Site)
    ):
        return NotApplicable("not_portal")
    if column.until is not None and ctx.past(column.until):
        return NotApplicable("closed", until=column.until)
    return None


def _is_live(dossier: Dossier[Publication], ctx: Context) -> int:
    return 0 if ctx.known(dossier.record.withdrawn_on) else 1


@fold_rule(
    code="WEB002",
    name="columns-not-empty",
    title=Text("负责保障的栏目有内容", "Columns assigned to the unit have content"),
    subject=Column,
    over=Publication,
    key=_column_of,
    map=_is_live,
    merge=add,
    without_records=True,
    reads=(Reads(Probe, by="target"), _SITES),
    duty=Duty.PORTAL_COLUMNS,
    answers=("panyu-2011:1.4/o2",),
    basis=("panyu-2011:1.4",),
    severity=Severity.SERIOUS,
    rationale=Text(
        "空白栏目让公众白跑一趟，也是政府网站检查的扣分项。",
        "Who opens an empty column comes for nothing. Inspections of government websites mark it down.",
    ),
    remedy=Text(
        "补充栏目内容，并登记发布记录；不再需要的栏目，登记停用日期。",
        "Fill the column and record what was published; if it is no longer needed, record when it was closed.",
    ),
    messages={
        "closed": _CLOSED,
        "not_portal": _NOT_PORTAL,
        "empty": Text("栏目下没有在线的发布记录。", "No publication stands in the column."),
        "seen_empty": Text(
            "{observed_on}的观测显示栏目为空。", "The observation of {observed_on} found the column empty."
        ),
        "filled": Text("栏目有{entries}条内容。", "The column holds {entries} entries."),
    },
    parameters=(MAX_AGE,),
    valid=(
        _FILLED,
        Case(
            Text("观测有条目", "seen with entries"),
            (
                samples.column(since=dt.date(2011, 12, 1)),
                samples.probe("column-1", kind=ProbeKind.ENTRIES, works=None, entries=3),
            ),
            _YEAR_END,
        ),
    ),
    invalid=(
        Case(Text("没有发布记录", "nothing published"), (samples.column(since=dt.date(2011, 12, 1)),), _YEAR_END),
        Case(
            Text("观测为空", "seen empty"),
            (
                samples.column(),
                *_PUBLISHED,
                samples.probe("column-1", kind=ProbeKind.ENTRIES, works=None, entries=0),
            ),
            _YEAR_END,
        ),
    ),
)
def columns_not_empty(dossier: Dossier[Column], live: int | None, ctx: Context) -> Result:
    """What somebody lately saw there goes before what our records say should stand there."""
    if outside := _not_asked(dossier, ctx):
        return outside
    probes = newest(dossier.related(Probe), ProbeKind.ENTRIES)
    entries = live or 0
    if probes and is_fresh(probes[0], ctx):
        entries = min(probe.entries or 0 for probe in probes)
        if entries <= 0:
            return Fail("seen_empty", observed_on=probes[0].observed_on)
    if entries == 0:
        return Fail("empty")
    return Passed("filled", entries=entries) if ctx.detailed else None


def _last_change(dossier: Dossier[Publication], ctx: Context) -> dt.date | None:
    if ctx.known(dossier.record.withdrawn_on):
        return None
    updated_on = dossier.record.updated_on
    published_on = dossier.record.published_on
    # An update before publication is a slip of the pen; one after the as-of date is not there yet.
    return (
        updated_on if updated_on is not None and updated_on > published_on and ctx.known(updated_on) else published_on
    )


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return max(one, other) if one is not None and other is not None else one or other


@fold_rule(
    code="WEB003",
    name="columns-in-time",
    title=Text("栏目内容及时更新", "Column content is submitted in time"),
    subject=Column,
    over=Publication,
    key=_column_of,
    map=_last_change,
    merge=_later,
    without_records=True,
    reads=(_SITES,),
    duty=Duty.PORTAL_COLUMNS,
    answers=("panyu-2011:1.4/o3",),
    basis=("panyu-2011:1.4",),
    severity=Severity.MINOR,
    rationale=Text(
        "过时的信息会误导办事的人。多久更新一次，由栏目自己的更新周期决定。",
        "Outdated information misleads. How often is often enough is for each column's own period to say.",
    ),
    remedy=Text(
        "报送新的内容并登记更新日期；更新周期不合实际的，与门户网站管理单位商定后修改。",
        "Submit new content and record its date. If the period does not fit, agree on another with the portal.",
    ),
    messages={
        "closed": _CLOSED,
        "not_portal": _NOT_PORTAL,
        "no_period": Text(
            "栏目没有可读的更新周期；请登记，如20wd（工作日）、6m（月）。",
            "The column has no readable update period. Record one: 20wd (working days), 6m (months).",
        ),
        "no_start": Text(
            "栏目下没有在线的发布记录，也没有开设日期，无法计算更新期限；请补录。",
            "The column has neither a standing publication nor an opening date, so its period cannot be counted. "
            "Record one.",
        ),
        "not_yet_due": Text("首次报送期限为{due}。", "First content is due on {due}."),
        "never": Text(
            "自{since}开设以来没有报送内容，或者已经全部撤下，期限为{due}。",
            "Nothing that was submitted since it opened on {since} stands there; due on {due}.",
        ),
        "overdue": Text(
            "最近一次更新是在{last}，应于{due}前（含当日）再次更新。",
            "Last updated on {last}; the next update was due on {due}.",
        ),
        "in_time": Text("最近一次更新是在{last}，仍在更新周期内。", "Last updated on {last}, within its period."),
    },
    valid=(_FILLED,),
    invalid=(
        Case(
            Text("逾期未更新", "not updated in time"),
            (samples.column(update_within="6m"), *_PUBLISHED),
            _YEAR_END,
        ),
    ),
)
def columns_in_time(dossier: Dossier[Column], last: dt.date | None, ctx: Context) -> Result:
    """A column without any content counts from the day it opened; what was withdrawn keeps nothing up to date."""
    column = dossier.record
    if outside := _not_asked(dossier, ctx):
        return outside
    try:
        period = Period.parse(column.update_within)
    except InputError:
        return Undecidable("no_period")
    start = last or column.since
    if start is None:
        return Undecidable("no_start")
    if last is None:
        due = due_date(start, period, ctx.calendar)
        return Fail("never", since=start, due=due) if ctx.past(due) else NotApplicable("not_yet_due", due=due)
    if ctx.past(_surely_reaches(last, period, ctx)):
        due = due_date(last, period, ctx.calendar)
        if ctx.past(due):
            return Fail("overdue", last=last, due=due)
    return Passed("in_time", last=last) if ctx.detailed else None


def _surely_reaches(start: dt.date, period: Period, ctx: Context) -> dt.date:
    """A day before which the period cannot end. It needs no calendar, which may not know next year's days yet."""
    if period.unit is PeriodUnit.WORKING_DAYS:
        period = Period(period.count, PeriodUnit.CALENDAR_DAYS)
    return due_date(start, period, ctx.calendar, roll=False)


RULES = (columns_not_empty, columns_in_time)
"""The rules of this module."""
