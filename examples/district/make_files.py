"""Records written down as a district would have them: JSON Lines, CSV and workbooks."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from govopen.interchange.fields import Leaf, fields_of
from govopen.interchange.headings import find_leaf
from govopen.model.base import Record, RecordType
from govopen.model.codec import encode
from govopen.model.types import RECORD_TYPES
from govopen.texts import Label

__all__ = ["write_csv", "write_jsonl", "write_rows", "write_workbook"]

_TYPES: dict[type[Record], RecordType] = {entry.cls: entry for entry in RECORD_TYPES}
# A workbook says when it was made; that must not make each one new.
_MADE = dt.datetime(2012, 1, 4, tzinfo=dt.UTC).replace(tzinfo=None)


def write_jsonl(path: Path, records: Iterable[Record], *, mixed: bool = False) -> None:
    """One object a line; in a file of several types each names its own."""
    lines = []
    for record in records:
        body = json.loads(encode(record))
        if mixed:
            body = {"type": _TYPES[type(record)].name, **body}
        lines.append(json.dumps(body, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """What a record's body holds, by path; positions count from 1."""
    if isinstance(value, dict):
        for name, held in value.items():
            yield from _flat(held, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for position, held in enumerate(value, start=1):
            yield from _flat(held, f"{path}.{position}")
    else:
        yield path, value


@attrs.frozen
class _Column:
    """A field as a table has it."""

    cls: type[Record]
    path: str

    @property
    def _found(self) -> tuple[Leaf, tuple[int, ...]]:
        found = find_leaf(self.cls, self.path)
        assert found is not None, self.path
        return found

    @property
    def heading(self) -> str:
        """As a template prints it; the path itself where two fields share a heading."""
        leaf, positions = self._found
        heading = leaf.heading("zh-Hans", positions)
        return heading if find_leaf(self.cls, heading) == (leaf, positions) else self.path

    def order(self) -> tuple[int, ...]:
        """That of the template: fields as the class has them, all of a list's first member before the second."""
        cls: type = self.cls
        keys: list[int] = []
        for part in self.path.split("."):
            if part.isdecimal():
                keys.append(int(part))
            else:
                names = [field.name for field in fields_of(cls)]
                keys.append(names.index(part))
                cls = fields_of(cls)[names.index(part)].kind
        return tuple(keys)

    def cell(self, value: Any) -> str:
        """A value as people write it. An empty list is said: it is not the same as a blank."""
        if isinstance(value, list):
            return "；".join(self.cell(member) for member in value) or "无"
        if isinstance(value, bool):
            return "是" if value else "否"
        kind = self._found[0].field.kind
        return kind(value).text.zh if issubclass(kind, Label) else str(value)


def _table(records: Sequence[Record]) -> tuple[list[str], list[list[str]]]:
    """Chinese headings, and a row of cells for each record."""
    bodies = [dict(_flat(json.loads(encode(record)))) for record in records]
    paths = {path for body in bodies for path in body}
    columns = sorted((_Column(type(records[0]), path) for path in paths), key=_Column.order)
    return [column.heading for column in columns], [
        [column.cell(body[column.path]) if column.path in body else "" for column in columns] for body in bodies
    ]


def write_csv(path: Path, records: Iterable[Record], *, mark: bool = False) -> None:
    """A table with Chinese headings. ``mark``: as spreadsheet programs save it, with a byte order mark."""
    headings, rows = _table(list(records))
    write_rows(path, [headings, *rows], encoding="utf-8-sig" if mark else "utf-8")


def write_rows(path: Path, rows: Iterable[Sequence[str]], *, encoding: str) -> None:
    """Rows as they are."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def write_workbook(path: Path, *groups: Iterable[Record]) -> None:
    """A workbook with a sheet for each group, all of one type, named by the type's Chinese title."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"created": _MADE})
        bold = workbook.add_format({"bold": True, "bg_color": "#D9E2F3"})
        date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for group in groups:
            held = list(group)
            headings, rows = _table(held)
            sheet = workbook.add_worksheet(_TYPES[type(held[0])].title.zh)
            sheet.freeze_panes(1, 1)
            for column, heading in enumerate(headings):
                sheet.write_string(0, column, heading, bold)
            for number, row in enumerate(rows, start=1):
                for column, cell in enumerate(row):
                    _write_cell(sheet, number, column, cell, date)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: str, date: Any) -> None:
    """Dates as a spreadsheet program keeps them; everything else as text, so that no zero is lost."""
    try:
        day = dt.date.fromisoformat(cell)
    except ValueError:
        if cell:
            sheet.write_string(row, column, cell)
    else:
        sheet.write_datetime(row, column, day, date)
