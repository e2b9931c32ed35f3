"""Records written down as a district would have them: JSON Lines, CSV and workbooks."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from govopen.interchange.headings import find_leaf
from govopen.model.base import Record, RecordType
from govopen.model.codec import encode
from govopen.model.types import RECORD_TYPES

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


def _cells(value: Any, path: str = "") -> dict[str, str]:
    """A record's body as cells by path. An empty list is said: it is not the same as a blank."""
    if isinstance(value, dict):
        found: dict[str, str] = {}
        for name, held in value.items():
            found |= _cells(held, f"{path}.{name}".lstrip("."))
        return found
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return {name: cell for at, held in enumerate(value, 1) for name, cell in _cells(held, f"{path}.{at}").items()}
    if isinstance(value, list):
        return {path: "；".join(value) or "无"}
    if isinstance(value, bool):
        return {path: "是" if value else "否"}
    return {path: str(value)}


def _table(records: Sequence[Record]) -> tuple[list[str], list[str], list[dict[str, str]]]:
    """Paths in the order of the class, their Chinese headings, and the cells of each record."""
    rows = [_cells(json.loads(encode(record))) for record in records]
    cls = type(records[0])
    order = [name for name in getattr(cls, "__match_args__", ()) or [field.name for field in cls.__attrs_attrs__]]
    paths = sorted({path for row in rows for path in row}, key=lambda path: order.index(path.split(".")[0]))
    return paths, [_heading(cls, path) for path in paths], rows


def _heading(cls: type[Record], path: str) -> str:
    """As a template prints it; the path itself where two fields share a heading."""
    found = find_leaf(cls, path)
    assert found is not None, path
    heading = found[0].heading("zh-Hans", found[1])
    return heading if find_leaf(cls, heading) == found else path


def write_csv(path: Path, records: Iterable[Record], *, mark: bool = False) -> None:
    """A table with Chinese headings. ``mark``: as spreadsheet programs save it, with a byte order mark."""
    held = list(records)
    paths, headings, rows = _table(held)
    table = [headings, *([row.get(name, "") for name in paths] for row in rows)]
    write_rows(path, table, encoding="utf-8-sig" if mark else "utf-8")


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
            paths, headings, rows = _table(held)
            sheet = workbook.add_worksheet(_TYPES[type(held[0])].title.zh)
            sheet.freeze_panes(1, 1)
            for column, heading in enumerate(headings):
                sheet.write_string(0, column, heading, bold)
            for number, row in enumerate(rows, start=1):
                for column, name in enumerate(paths):
                    _write_cell(sheet, number, column, row.get(name, ""), date)


def _write_cell(sheet: Any, row: int, column: int, cell: str, date: Any) -> None:
    """Dates as a spreadsheet program keeps them; everything else as text, so that no zero is lost."""
    try:
        day = dt.date.fromisoformat(cell)
    except ValueError:
        if cell:
            sheet.write_string(row, column, cell)
    else:
        sheet.write_datetime(row, column, day, date)
