"""Rules on discretion tables as documents: published, readable, resting on law in force (clause 2.3).

Tables that have ended are left alone: nobody can mend them. What is asked of tables belongs to the duty *discretion*;
why, :mod:`govopen.rules.discretion` says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from govopen.model.base import within
from govopen.model.catalog import Category, InformationItem
from govopen.model.discretion import DiscretionTable, StatutoryRange
from govopen.model.website import Publication
from govopen.rules import samples
from govopen.rules.base import Case, Reads, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.discretion_common import ABOUT_TABLES, INTERVAL_WORDS, LAW, ended, examined, tabled
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable
from govopen.rules.samples_discretion import benchmark, discretion_table
from govopen.texts import Text

__all__ = ["RULES"]

_ENDED = NotApplicable("ended")
_ENDED_TEXT = Text("该裁量基准已经失效。", "The table holds no more.")
_WHOLE = tabled("基准齐全", "a whole table")
_SAMPLE = discretion_table()
(_RANGE,) = _SAMPLE.statute
_FIRST, *_OTHERS = _SAMPLE.rows


def _published_by(zh: str, en: str, of: InformationItem) -> Case:
    """The table is to be published by an item that stands nowhere."""
    kept = (entry for entry in benchmark() if not isinstance(entry, Publication) and entry.id != of.id)
    return Case(Text(zh, en), (*kept, of), samples.YEAR_END)


@rule(
    **ABOUT_TABLES,
    code="DIS008",
    name="discretion-table-published",
    title=Text("裁量基准对外公布", "Discretion tables are published"),
    reads=(Reads(Publication, by="item", equals="item"),),
    answers=("panyu-2011:2.3/o8",),
    basis=(*LAW, "penalty-2021:34"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "不公布的基准只约束当事人，约束不了执法人员。",
        "A table that nobody can read binds those who are fined and not those who fine.",
    ),
    remedy=Text(
        "公布裁量基准，登记公布它的信息条目和发布记录，并在基准中填写该条目的编号。",
        "Publish the table, record the information item that publishes it and the publication, and enter the item's "
        "identifier in the table.",
    ),
    messages={
        "ended": _ENDED_TEXT,
        "no_item": Text(
            "裁量基准没有写明由哪一信息条目公布。", "The table names no information item that publishes it."
        ),
        "unpublished": Text(
            "公布裁量基准的信息条目{item}当日没有发布，或者已经撤下。",
            "Item {item}, which is to publish the table, stands published nowhere that day.",
        ),
    },
    valid=(_WHOLE,),
    invalid=(
        tabled("没有信息条目", "no item", item=""),
        _published_by("尚未发布", "not published", samples.item(Category.DOCUMENT)),
    ),
)
def table_published(dossier: Dossier[DiscretionTable], ctx: Context) -> Result:
    """It stands in at least one place, be it a site, a gazette or a notice board."""
    table = dossier.record
    if ended(table, ctx):
        return _ENDED
    if not table.item:
        return Fail("no_item")
    for copy in dossier.related(Publication):
        if ctx.known(copy.published_on) and not ctx.known(copy.withdrawn_on):
            return None
    return Fail("unpublished", item=table.item)


@rule(
    **ABOUT_TABLES,
    code="DIS009",
    name="discretion-table-readable",
    title=Text("裁量基准的条件和幅度可以读取", "Conditions and outcomes of a discretion table can be read"),
    matters=(INTERVAL_WORDS,),
    answers=("panyu-2011:2.3/o3",),
    basis=LAW,
    severity=Severity.SERIOUS,
    rationale=Text(
        "读不出的条件，既不能证明没有漏洞，也不能用来核对决定。",
        "Of a condition that cannot be read nothing can be proved, and no decision can be held against it.",
    ),
    remedy=Text(
        "运行 govopen table check，按提示逐处更正；补录印发日期。",
        "Run govopen table check and correct what it names; enter the date of issue.",
    ),
    messages={
        "ended": _ENDED_TEXT,
        "undated": Text(
            "裁量基准没有印发日期，也没有施行日期，无法确定“以上”“以下”等词按哪部法律理解；请补录。",
            "The table has neither a date of issue nor one from which it holds, so no law says which words of interval "
            "include the number. Enter one.",
        ),
        "unreadable": Text("裁量基准有{problems}处读不出。", "Places of the table that cannot be read: {problems}."),
        "no_law": Text(
            "没有法定幅度或者法定幅度读不出，无从证明。",
            "It has no statutory range that can be read, so nothing can be proved of it.",
        ),
    },
    valid=(_WHOLE,),
    invalid=(
        tabled(
            "条件中的事实没有定义",
            "a fact that no input defines",
            rows=(attrs.evolve(_FIRST, when="weather = 1"), *_OTHERS),
        ),
        tabled("幅度读不出", "an outcome that says nothing", rows=(attrs.evolve(_FIRST, outcome="酌情"), *_OTHERS)),
    ),
)
def table_readable(dossier: Dossier[DiscretionTable], ctx: Context) -> Result:
    """It compiles. Where it does not, the rules on what it proves are silent, so that one fault is told once."""
    if ended(dossier.record, ctx):
        return _ENDED
    found = examined(dossier, ctx)
    if found is None:
        return Undecidable("undated")
    if found.problems:
        return Fail("unreadable", problems=found.problems)
    return Undecidable("no_law") if found.of_law else None


def _in_force(entry: StatutoryRange, ctx: Context) -> bool:
    return ctx.known(entry.since) and (entry.until is None or not ctx.past(entry.until))


def _gap(ranges: Iterable[StatutoryRange], since: dt.date, ctx: Context) -> Result:
    ranges = tuple(ranges)
    if not any(within(since, entry.since, entry.until) for entry in ranges):
        return Fail("not_in_force", day=since)
    if ctx.known(since) and not any(_in_force(entry, ctx) for entry in ranges):
        return Fail("not_in_force", day=ctx.as_of)
    return None


@rule(
    **ABOUT_TABLES,
    code="DIS021",
    name="statutory-range-in-force",
    title=Text("裁量基准所依据的法定幅度当时有效", "A discretion table rests on a statutory range that is in force"),
    matters=(INTERVAL_WORDS,),
    answers=("panyu-2011:2.3/o7",),
    basis=LAW,
    severity=Severity.SERIOUS,
    rationale=Text(
        "法律修改了幅度，基准没有跟上，按基准作出的每个决定都没有依据。",
        "Once the law has changed the range, every decision under a table that has not followed rests on nothing.",
    ),
    remedy=Text(
        "核对现行法律，填写法定幅度及其起止日期；幅度已经变更的，重新编制基准。",
        "Compare with the law in force, and enter the statutory range with its days; if it has changed, draw up the "
        "table anew.",
    ),
    messages={
        "ended": _ENDED_TEXT,
        "undated": Text(
            "裁量基准没有施行日期，无法核对法定幅度当时是否有效；请补录。",
            "It is not recorded from when the table holds, so nobody can tell whether its statutory range was in "
            "force. Enter the date.",
        ),
        "none": Text("裁量基准没有写明法定幅度。", "The table names no statutory range."),
        "unreadable": Text(
            "法定幅度有{problems}处读不出。", "Places of its statutory ranges that cannot be read: {problems}."
        ),
        "not_in_force": Text(
            "{day}没有一项所列的法定幅度有效。", "None of the statutory ranges that it names is in force on {day}."
        ),
    },
    valid=(
        _WHOLE,
        tabled(
            "幅度变更前后各有一项",
            "one range before a change of law, one after it",
            statute=(
                attrs.evolve(_RANGE, until=dt.date(2011, 8, 31)),
                attrs.evolve(_RANGE, since=dt.date(2011, 9, 1)),
            ),
        ),
    ),
    invalid=(
        tabled("没有法定幅度", "no range", statute=()),
        tabled("法定幅度读不出", "a range that says nothing", statute=(attrs.evolve(_RANGE, outcome="从重"),)),
        tabled("施行时尚未生效", "not yet in force", statute=(attrs.evolve(_RANGE, since=dt.date(2011, 6, 1)),)),
        tabled("已经废止", "repealed", statute=(attrs.evolve(_RANGE, until=dt.date(2011, 10, 31)),)),
    ),
)
def range_in_force(dossier: Dossier[DiscretionTable], ctx: Context) -> Result:
    """On the first day on which the table holds, and on the legal day."""
    table = dossier.record
    if ended(table, ctx):
        return _ENDED
    if not table.statute:
        return Fail("none")
    found = examined(dossier, ctx)
    if found is not None and found.of_law:
        return Fail("unreadable", problems=found.of_law)
    return Undecidable("undated") if table.since is None else _gap(table.statute, table.since, ctx)


@rule(
    **ABOUT_TABLES,
    code="DIS022",
    name="statutory-range-verified",
    title=Text("法定幅度已对照原文核对", "Statutory ranges have been compared with the text of the law"),
    basis=LAW,
    severity=Severity.ADVICE,
    rationale=Text(
        "幅度抄错一个字，整张基准都会跟着错，而且怎么证明都是对的。",
        "With one figure of the range copied wrongly the whole table is wrong, and every proof of it holds.",
    ),
    remedy=Text(
        "由专人对照法律原文核对幅度，再标明已核对。",
        "Have somebody compare the range with a copy of the law, and mark it as verified.",
    ),
    messages={
        "ended": _ENDED_TEXT,
        "unverified": Text(
            "以下法定幅度（按所列次序）没有人对照原文核对：{ranges}。",
            "Nobody has compared these statutory ranges with the law (by their place in the list): {ranges}.",
        ),
    },
    valid=(_WHOLE,),
    invalid=(tabled("没有核对", "not verified", statute=(attrs.evolve(_RANGE, verified=False),)),),
)
def range_verified(dossier: Dossier[DiscretionTable], ctx: Context) -> Result:
    """It says so and decides nothing: the table may well be right."""
    table = dossier.record
    if ended(table, ctx):
        return _ENDED
    unverified = tuple(number for number, entry in enumerate(table.statute, start=1) if not entry.verified)
    return Fail("unverified", ranges=unverified) if unverified else None


RULES = (table_published, table_readable, range_in_force, range_verified)
"""The rules of this module."""
