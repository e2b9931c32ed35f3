"""Discretion tables as workbooks laid out as offices do."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govopen.discretion.axes import Axis
from govopen.discretion.compiling import compile_table
from govopen.discretion.grid import Grid
from govopen.discretion.language import Term, parse_condition
from govopen.discretion.spans import Spans, intersect
from govopen.discretion.wording import INTERVAL_WORDS, IntervalWords
from govopen.discretion.writing import write_cell
from govopen.errors import InputError
from govopen.interchange.tables.xlsx_conditions import condition_cell
from govopen.interchange.tables.xlsx_layout import (
    ABOUT_HEADER,
    ABOUT_SHEET,
    EMPTY,
    LIST_SHEETS,
    TABLE_SHEET,
    Column,
    Headings,
    join,
    written_fields,
)
from govopen.interchange.values import is_blank
from govopen.model.discretion import DiscretionTable, InputKind, TableRow
from govopen.texts import N_, Label

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write_xlsx_table"]

# Workbooks of equal tables are the same bytes; a time of making would make each one new.
_MADE = dt.datetime(2025, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_LENGTH = 32_767
_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PENALTY_FIELDS = ("outcome", "further", "mode", "ground", "citation", "wording", "outcome_wording")
_WORDS = {"true": "是", "false": "否"}
_TOP = 2


def write_xlsx_table(document: DiscretionTable, *, words: IntervalWords = INTERVAL_WORDS) -> bytes:
    """The table as a workbook, the same bytes for equal tables.

    :func:`~govopen.interchange.tables.xlsx_read.read_xlsx_table` gives back a table that means the same: only the
    conditions of its rows may be worded differently. A condition with alternatives takes several rows; one that no
    cells can say, such as one with an ambiguous ``/``, stands in the column 适用条件.

    Args:
        document: The table.
        words: Which interval words include their number, by the law of the table's date.

    Raises:
        TableError: The table does not compile.
        InputError: A text is too long for a cell, or holds a character that no workbook can hold; or the library that
            writes workbooks is not installed.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - an optional dependency
    except ImportError:
        raise InputError(
            N_("XLSX files are written by an extra that is not installed."),
            hint=N_('Install it: pip install "govopen[xlsx]", or, from a checkout: pip install ".[xlsx]"'),
        ) from None
    axes = compile_table(document, words=words).axes
    # What begins with "=" is text here: a formula in a text would run on somebody's machine.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, options) as workbook:
        workbook.set_properties({"created": _MADE})
        pen = _Pen(workbook)
        _tiers_sheet(pen, document, axes, words)
        _about_sheet(pen, document)
        for name, (title, cls) in LIST_SHEETS.items():
            if members := getattr(document, name):
                _list_sheet(pen, title, cls, members)
    return written.getvalue()


class _Pen:
    """Writes cells in the formats of the workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        framed = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        # As text: a spreadsheet program would make a formula of "= 3" and a day of 3-5 as soon as somebody types.
        self.text = workbook.add_format({**framed, "num_format": "@"})
        self.number = workbook.add_format({**framed, "align": "center"})
        self.date = workbook.add_format({**framed, "num_format": "yyyy-mm-dd"})
        self.heading = workbook.add_format({**framed, "bold": True, "bg_color": "#D9E2F3", "align": "center"})
        self.title = workbook.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"})

    def put(self, sheet: Worksheet, row: int, column: int, value: object, last: int | None = None) -> None:
        """Write a value, over rows down to ``last`` where that is another."""
        form = self._form(value)
        held = _shown(value)
        if last is not None and last > row:
            sheet.merge_range(row, column, last, column, "", form)
        if isinstance(held, str):
            sheet.write_string(row, column, held, form) if held else sheet.write_blank(row, column, None, form)
        elif isinstance(held, dt.date):
            sheet.write_datetime(row, column, held, form)
        else:
            sheet.write_number(row, column, held, form)

    def _form(self, value: object) -> Format:
        if isinstance(value, dt.date):
            return self.date
        return self.number if isinstance(value, int) and not isinstance(value, bool) else self.text


def _shown(value: object) -> str | int | dt.date:
    """A value as a cell holds it: a decimal as text, since a number there is binary."""
    match value:
        case bool():
            return _WORDS["true" if value else "false"]
        case Label():
            return value.text.zh
        case int() | dt.date():
            return value
        case Decimal():
            return f"{value:f}"
        case tuple():
            return _held(join(value))
    return "" if value is None else _held(str(value))


def _held(text: str) -> str:
    if len(text) > _LENGTH:
        raise InputError(
            N_("A text of {size} characters is too long for a cell."),
            hint=N_("Accepted: at most {limit}. Write the table as TOML instead."),
            size=len(text),
            limit=_LENGTH,
        )
    if _UNHELD.search(text):
        raise InputError(
            N_("A text of the table holds a character that no workbook can hold."),
            hint=N_("Take it out, or write the table as TOML instead."),
        )
    return text


def _tiers_sheet(pen: _Pen, document: DiscretionTable, axes: Sequence[Axis], words: IntervalWords) -> None:
    conditions = [_cells(row.when, axes, words) for row in document.rows]
    headings = Headings(document.inputs, document.outputs)
    columns = list(_columns(document, whole=None in conditions))
    sheet = pen.workbook.add_worksheet(TABLE_SHEET)
    sheet.freeze_panes(_TOP, 0)
    if document.title:
        sheet.merge_range(0, 0, 0, len(columns) - 1, "", pen.title)
        sheet.write_string(0, 0, _held(document.title), pen.title)
    for at, column in enumerate(columns):
        heading = headings.write(column)
        sheet.write_string(1, at, _held(heading), pen.heading)
        sheet.set_column(at, at, 6 if column.kind == "number" else max(12, min(36, len(heading) * 2)))
    top = _TOP
    for number, (row, cells) in enumerate(zip(document.rows, conditions, strict=True), start=1):
        last = top + len(cells or [()]) - 1
        for at, column in enumerate(columns):
            if column.kind == "input":
                for below in range(top, last + 1):
                    pen.put(sheet, below, at, cells[below - top][column.position] if cells else "")
            else:
                pen.put(sheet, top, at, _value(column, number, row, cells), last)
        top = last + 1


def _columns(document: DiscretionTable, *, whole: bool) -> Iterator[Column]:
    yield Column("number")
    yield Column("field", "tier")
    yield from (Column("input", "", at) for at in range(len(document.inputs)))
    if whole:
        yield Column("field", "when")
    yield from (Column("output", "", at) for at in range(len(document.outputs)))
    for name in _PENALTY_FIELDS:
        if not document.outputs or any(getattr(row, name) for row in document.rows):
            yield Column("field", name)


def _value(column: Column, number: int, row: TableRow, cells: object) -> object:
    if column.kind == "number":
        return number
    if column.kind == "output":
        text = row.outputs[column.position]
        return EMPTY if is_blank(text) else text
    if column.name == "when":
        return "" if cells else row.when
    return getattr(row, column.name)


def _cells(when: str, axes: Sequence[Axis], words: IntervalWords) -> list[list[str]] | None:
    """The cells of a condition, for each alternative one for each axis; ``None``: no cells say it."""
    condition = parse_condition(when, axes, words)
    if condition.ambiguous:
        return None
    found = [list(_texts(term, axes, words)) for term in condition.terms()]
    return found if found and all("" not in texts for texts in found) else None


def _texts(term: Term, axes: Sequence[Axis], words: IntervalWords) -> Iterator[str]:
    for at, axis in enumerate(axes):
        spans = _within(term.get(at, axis.domain), axis)
        yield _text(spans, axis, words)


def _text(spans: Spans, axis: Axis, words: IntervalWords) -> str:
    """The cell for the values of an axis; blank if none would be read back as them."""
    if spans == _within(axis.domain, axis):
        return "-"
    text = write_cell(spans, axis) if spans else ""
    if axis.kind is InputKind.BOOLEAN:
        text = _WORDS.get(text, text)
    try:
        return text if _within(condition_cell(text, axis, words).spans, axis) == spans else ""
    except InputError:
        return ""


def _within(spans: Spans, axis: Axis) -> Spans:
    # Beyond its first and last value an axis has no cells, so that nothing there can make a difference.
    return intersect(spans, (Grid.hull(axis),))


def _about_sheet(pen: _Pen, document: DiscretionTable) -> None:
    sheet = pen.workbook.add_worksheet(ABOUT_SHEET)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 60)
    for at, heading in enumerate(ABOUT_HEADER):
        sheet.write_string(0, at, heading, pen.heading)
    row = 1
    for field in written_fields(DiscretionTable):
        held = getattr(document, field.name)
        for value in held if field.many else (held,):
            if value not in ("", None):
                pen.put(sheet, row, 0, field.term.zh)
                pen.put(sheet, row, 1, value)
                row += 1


def _list_sheet(pen: _Pen, title: str, cls: type, members: Sequence[Any]) -> None:
    sheet = pen.workbook.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for at, field in enumerate(written_fields(cls)):
        sheet.write_string(0, at, field.term.zh, pen.heading)
        sheet.set_column(at, at, 18)
        for row, member in enumerate(members, start=1):
            pen.put(sheet, row, at, getattr(member, field.name))
