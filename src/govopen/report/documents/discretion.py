"""裁量基准: the tables by which a unit narrows its discretion, as far as they are published."""

from __future__ import annotations

from collections.abc import Iterator

from govopen.discretion.compiling import compile_table
from govopen.discretion.table import Table
from govopen.discretion.wording import interval_words
from govopen.errors import InputError, NotComputable
from govopen.model.discretion import DiscretionTable
from govopen.policy.matter import Provision
from govopen.report.documents.law import articles_cell, unverified
from govopen.report.documents.parts import Cell, Grid, Listing, Paragraph, Part, Picture, Section, Span, line
from govopen.report.documents.phrases import as_of, labelled
from govopen.report.documents.records import UnitRecords
from govopen.report.tables.rows import Line as Row
from govopen.report.tables.rows import Sheeted, sheeted
from govopen.report.tables.svg import table_svg
from govopen.report.tables.wording import TableWords
from govopen.rules.discretion_common import INTERVAL_WORDS
from govopen.texts import Text

__all__ = ["discretion"]

_TITLE = Text("{unit}行政处罚裁量基准", "Discretion tables of {unit}")
_LAW = ("discretion-opinion-2022:0",)
_COUNT = Text("现行裁量基准{count}张。", "Tables in force: {count}.")
_NONE = Text("没有已公开的现行裁量基准。", "No table in force is published.")
_HELD = Text(
    "另有{count}张现行裁量基准，因公布它的信息条目未经核准公开，或者内容未通过筛查，本页不列。",
    "Tables in force that are not shown, since no item cleared for the public publishes them or screening finds "
    "something in them: {count}.",
)
_BROKEN = Text("该基准无法读作裁量表，此处不列。", "It cannot be read as a table, and is not shown.")
_STATUTES = Text("法定幅度", "Statutory ranges")
_WORDS = Text("“以上”“以下”等词的含义依据", "Words of interval by")
_POWER = Text("执法职权", "Power")
_PUBLISHED = Text("公布文件", "Published by")

_DIGITS = 12
"""How much of a version a reader is shown: enough to tell one from another, and to find it by."""


def discretion(records: UnitRecords, words: TableWords, *, pictures: bool = True) -> Section:
    """The discretion tables of a unit in force on the records' day.

    A table is shown if the information item that publishes it is cleared for the public, and screeners find nothing in
    the table itself.

    Args:
        records: What the public may know of the unit.
        words: The language.
        pictures: Whether to draw the tables as well, where a picture has room for them.
    """
    count = len(records.tables)
    said = _COUNT.get(words.lang, count=count) if count else words.text(_NONE)
    parts: list[Part] = [as_of(records, words, *_LAW), Paragraph(line(said))]
    if records.held_back:
        parts.append(Paragraph(line(_HELD.get(words.lang, count=records.held_back))))
    for number, document in enumerate(records.tables, 1):
        found = tuple(_table(records, document, words, pictures=pictures, prefix=f"{records.unit.id}-{number}-"))
        title = document.title or document.id
        parts.append(Section(key=f"table-{number}", title=title, parts=found, table=document.id))
    return Section(key="discretion", title=_TITLE.get(words.lang, unit=records.unit.name), parts=tuple(parts))


def _table(
    records: UnitRecords, document: DiscretionTable, words: TableWords, *, pictures: bool, prefix: str
) -> Iterator[Part]:
    provision, settled = _provision(records, document)
    try:
        table = compile_table(document, words=interval_words(provision))
    except InputError:
        # What is wrong with it is for a check to say, and not for the public.
        yield Paragraph(line(Span(words.text(_BROKEN), "missing")))
        return
    sheet = sheeted(table, words)
    # The page is the unit's own: its identifier would only be in the way.
    shown = [(label, text) for label, text in sheet.facts if label != words.say("Unit")]
    facts = [(label, line(text[:_DIGITS] if label == words.say("Version") else text)) for label, text in shown]
    by_id = {item.id: item for item in records.items}
    for label, item_id in ((_POWER, document.power), (_PUBLISHED, document.item)):
        if (item := by_id.get(item_id)) is not None:
            facts.append((words.text(label), line(Span(item.title, href=records.addresses.get(item.id, "")))))
    for article in articles_cell(records.library, provision.basis, words):
        marked = any(span.kind == "unverified" for span in article)
        facts.append((words.text(_WORDS), article if settled or marked else (*article, unverified(words))))
    yield Listing(tuple(labelled(label, value, words) for label, value in facts))
    yield from _statutes(sheet, words)
    yield _grid(sheet, words)
    if pictures and (drawn := _drawn(table, words, prefix)):
        yield Picture(svg=drawn)


def _provision(records: UnitRecords, document: DiscretionTable) -> tuple[Provision, bool]:
    """The law on words of interval of the day that the table was issued, and whether that law is settled.

    Of a day on which no law said anything, the first provision after it stands in.
    """
    matter = records.library.matter(INTERVAL_WORDS)
    try:
        provision = matter.on(document.issued_on or document.since or records.day)
    except NotComputable:
        return matter.provisions[0], False
    return provision, provision.verified


def _statutes(sheet: Sheeted, words: TableWords) -> Iterator[Part]:
    if sheet.statutes:
        yield Paragraph(labelled(words.text(_STATUTES), (), words))
        yield Listing(tuple(line(text) for text in sheet.statutes))


def _grid(sheet: Sheeted, words: TableWords) -> Grid:
    heads = [words.say("No."), *([words.say("Tier")] if sheet.penal else ()), *sheet.inputs, *sheet.results]
    heads += [words.say("Mode")] if sheet.moded else []
    heads += [words.say("Law")] if sheet.cited else []
    heads += [words.say("As published")] if sheet.published else []
    # The first column holds numbers; the others share what is left.
    widths = (6, *([94 // (len(heads) - 1)] * (len(heads) - 1)))
    return Grid(heads=tuple(heads), rows=tuple(tuple(_cells(row, sheet, words)) for row in sheet.lines), widths=widths)


def _cells(row: Row, sheet: Sheeted, words: TableWords) -> Iterator[Cell]:
    yield (line(str(row.number)),)
    if sheet.penal:
        yield (line(row.tier),)
    several = len(row.conditions) > 1
    for at in range(len(sheet.inputs)):
        texts = [condition[at] for condition in row.conditions]
        if several:
            texts = [words.say("{number}) {text}", number=number, text=text) for number, text in enumerate(texts, 1)]
        yield tuple(line(text) for text in texts)
    yield from ((line(text),) for text in row.results)
    if sheet.moded:
        yield (line(row.mode),)
    if sheet.cited:
        yield tuple(line(text) for text in row.law)
    if sheet.published:
        yield tuple(line(text) for text in row.published)


def _drawn(table: Table, words: TableWords, prefix: str) -> str:
    try:
        return table_svg(table, words.lang, prefix=prefix)
    except InputError:
        # It has no input, or too many cells for a picture; the rows above say all.
        return ""
