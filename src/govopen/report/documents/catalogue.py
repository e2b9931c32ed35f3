"""公开目录: what a unit has published.

An entry has the elements that article 19 of the Regulations of 2007 and article 12 of those of 2019 name: index, name,
summary, date of creation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govopen.errors import InputError
from govopen.model.base import filled
from govopen.model.catalog import Category, InformationItem
from govopen.report.documents.parts import Cell, Grid, Line, Paragraph, Section, Span, line
from govopen.report.documents.phrases import ELEMENTS, as_of, known, missing
from govopen.report.documents.records import UnitRecords
from govopen.report.wording import Wording
from govopen.texts import N_, Text

__all__ = ["catalogue", "category_named"]

_TITLE = Text("{unit}政府信息公开目录", "Catalogue of the government information of {unit}")
_LAW = ("ogi-2007:19", "ogi-2019:12")
_COUNT = Text("共收录信息{count}条。", "Entries: {count}.")
_NONE = Text("没有已公开的信息。", "Nothing is published.")
_NUMBER = Text("文号", "Document number")
_NO_COLUMN = Text("未归入栏目", "In no column")


def catalogue(
    records: UnitRecords, words: Wording, *, categories: Iterable[Category] = (), by_column: bool = False
) -> Section:
    """The catalogue of a unit on the records' day: every item that is cleared for the public, once.

    Args:
        records: What the public may know of the unit.
        words: The language.
        categories: Only these; default: all.
        by_column: Arrange the entries by the columns of the sites instead of by category. An item that several columns
            take stands in each.
    """
    wanted = tuple(categories) or tuple(Category)
    items = records.of(*wanted)
    intro = as_of(records, words, *_LAW)
    said = _COUNT.get(words.lang, count=len(items)) if items else words.text(_NONE)
    groups = _columns(records, items, words) if by_column else _categories(items, words, wanted)
    return Section(
        key="catalogue",
        title=_TITLE.get(words.lang, unit=records.unit.name),
        parts=(intro, Paragraph(line(said)), *(_section(records, words, *group) for group in groups)),
    )


Group = tuple[str, str, list[InformationItem]]


def _categories(items: tuple[InformationItem, ...], words: Wording, wanted: tuple[Category, ...]) -> Iterator[Group]:
    for category in Category:
        held = [item for item in items if item.category is category]
        if held and category in wanted:
            yield category.value, words.label(category), held


def _columns(records: UnitRecords, items: tuple[InformationItem, ...], words: Wording) -> Iterator[Group]:
    left = {item.id for item in items}
    for number, column in enumerate(records.columns, 1):
        held = [item for item in items if not column.categories or item.category in column.categories]
        left -= {item.id for item in held}
        if held:
            yield f"column-{number}", column.name if filled(column.name) else column.id, held
    if left:
        yield "column-none", words.text(_NO_COLUMN), [item for item in items if item.id in left]


def _section(records: UnitRecords, words: Wording, key: str, title: str, items: list[InformationItem]) -> Section:
    newest_first = sorted(items, key=lambda item: item.id)
    newest_first.sort(key=lambda item: item.created_on.toordinal() if item.created_on else 0, reverse=True)
    numbered = any(filled(item.document_number) for item in items)
    heads = [words.text(text) for text in ELEMENTS.values()] + [words.text(_NUMBER)] * numbered
    return Section(
        key=key.replace("_", "-"),
        title=f"{title}（{len(items)}）" if words.lang == "zh-Hans" else f"{title} ({len(items)})",
        parts=(
            Grid(
                heads=tuple(heads),
                rows=tuple(tuple(_row(records, item, words, numbered=numbered)) for item in newest_first),
                widths=(20, 23, 27, 16, 14) if numbered else (21, 28, 35, 16),
            ),
        ),
    )


def _row(records: UnitRecords, item: InformationItem, words: Wording, *, numbered: bool) -> Iterator[Cell]:
    name: Line = (Span(item.title, href=records.addresses.get(item.id, "")),)
    sub = next((entry for entry in records.categories if entry.id == item.subcategory), None)
    yield (known(item.index_number, words),)
    yield (name,) if sub is None else (name, line(words.text(sub.title)))
    yield (known(item.summary, words),)
    yield (line(item.created_on.isoformat() if item.created_on else missing(words)),)
    if numbered:
        # Not every piece of information is a document with a number: a blank is no gap.
        yield (line(item.document_number),) if filled(item.document_number) else ()


def category_named(name: str) -> Category:
    """The category of a code or of a term in either language.

    Raises:
        InputError: There is none.
    """
    wanted = name.strip().lower()
    for category in Category:
        if wanted in (category.value, category.text.zh, category.text.en):
            return category
    raise InputError(
        N_("There is no category '{name}'."),
        hint=N_("Accepted: {accepted}."),
        name=name,
        accepted=", ".join(category.value for category in Category),
    )
