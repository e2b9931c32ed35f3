"""Rows of a table, as CSV files and sheets have them, to nested mappings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import attrs

from govopen.errors import InputError, Problem
from govopen.interchange.fields import Leaf, fields_of
from govopen.interchange.headings import accepted_headings, close_headings, find_leaf
from govopen.interchange.mapping import ColumnMapping
from govopen.interchange.raw import Options, Raw, column_letters
from govopen.interchange.values import clean, is_blank
from govopen.model.base import RecordType
from govopen.texts import N_

__all__ = ["Flaw", "Row", "Table", "rows_to_raw"]

_SPLIT = re.compile(r"[;；\n]")
_NONE = frozenset({"无", "none", "[]"})
_EXACT_WHOLE = 10**15
_HEADING_SHOWN = 40


@attrs.frozen
class Flaw:
    """Stands in a cell that holds no value, but is not blank either."""

    message: str


@attrs.frozen
class Row:
    """A row of a table: its number from 1, and what its cells hold."""

    number: int
    cells: Sequence[object]


@attrs.frozen(kw_only=True)
class Table:
    """Where rows come from.

    Attributes:
        source: The file, or the file and sheet.
        record_type: What the rows are records of.
        sheet: Whether cells can be named by letter and number.
    """

    source: str
    record_type: RecordType
    sheet: bool

    def place(self, row: int, column: int) -> str:
        return f"{self.source}!{column_letters(column)}{row}" if self.sheet else f"{self.source}:{row}"


@attrs.frozen(kw_only=True)
class _Column:
    index: int
    leaf: Leaf
    keys: tuple[str | int, ...]
    values: Mapping[str, object] = attrs.field(factory=dict)

    @property
    def path(self) -> str:
        return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in self.keys).lstrip(".")


@attrs.frozen(kw_only=True)
class _Layout:
    columns: tuple[_Column, ...]
    ignored: frozenset[int]
    constants: tuple[_Column, ...]
    cells: Mapping[str, int] | None


def rows_to_raw(table: Table, rows: Iterable[Row | Problem], options: Options) -> Iterator[Raw | Problem]:
    """The records of a table: the header first, then a record for each row that is not blank."""
    mapping = options.mapping
    layout: _Layout | None = None
    unread = False
    for row in rows:
        if isinstance(row, Problem):
            unread = True
            yield row
        elif layout is not None:
            yield from _record(table, layout, row)
        elif row.number >= (mapping.header_row if mapping else 1) and not _empty(row.cells):
            layout, problems = _layout(table, row, mapping)
            yield from problems
            if layout is None:
                return
    if layout is None and not unread:
        yield Problem(
            where=table.source,
            message=N_("The table is empty: it has no header row."),
            accepted=N_("Accepted: a first row with the fields {accepted}."),
            facts={"accepted": accepted_headings(table.record_type.cls)},
        )


def _empty(cells: Sequence[object]) -> bool:
    return all(map(is_blank, cells))


def _layout(table: Table, row: Row, mapping: ColumnMapping | None) -> tuple[_Layout | None, list[Problem]]:
    headings = [_heading(cell) for cell in row.cells]
    wanted = {clean(heading): path for heading, path in mapping.columns.items()} if mapping else None
    columns: list[_Column] = []
    unknown: list[tuple[int, str]] = []
    problems: list[Problem] = []
    for index, heading in enumerate(headings):
        path = heading if wanted is None else wanted.get(heading, "")
        if not heading or not path:
            continue
        found = find_leaf(table.record_type.cls, path)
        if found is None:
            unknown.append((index, heading))
            continue
        column = _column(index, found, mapping)
        if any(column.keys == other.keys for other in columns):
            problems.append(_twice(table, row, column))
        columns.append(column)
    problems += _wrong_header(table, row, columns=columns, unknown=unknown, headings=headings, wanted=wanted)
    if problems:
        return None, problems
    constants = [
        _column(-1, found, None, constant)
        for path, constant in (mapping.constants if mapping else {}).items()
        if (found := find_leaf(table.record_type.cls, path))
    ]
    taken = {column.index for column in columns}
    return _Layout(
        columns=tuple(columns),
        ignored=frozenset(range(len(headings))) - taken if wanted is not None else frozenset(),
        constants=tuple(constants),
        cells={column.path: column.index for column in columns} if table.sheet else None,
    ), []


def _heading(cell: object) -> str:
    try:
        return "" if is_blank(cell) else clean(_text(cell))
    except InputError:
        # What stands below has no heading then, and is told.
        return ""


def _column(
    index: int, found: tuple[Leaf, tuple[int, ...]], mapping: ColumnMapping | None, constant: object = None
) -> _Column:
    leaf, positions = found
    values: Mapping[str, object] = {"": constant} if constant is not None else {}
    for path, meanings in (mapping.values if mapping else {}).items():
        # Without a position, the meaning holds at every position.
        if path in (leaf.path(positions), leaf.path()):
            values = {clean(cell).casefold(): meaning for cell, meaning in meanings.items()}
    return _Column(index=index, leaf=leaf, keys=leaf.keys(positions), values=values)


def _twice(table: Table, row: Row, column: _Column) -> Problem:
    return Problem(
        where=table.place(row.number, column.index),
        path=column.path,
        message=N_("Two columns hold this field."),
        accepted=N_("Accepted: one column for each field."),
    )


def _wrong_header(
    table: Table,
    row: Row,
    *,
    columns: Sequence[_Column],
    unknown: Sequence[tuple[int, str]],
    headings: Sequence[str],
    wanted: Mapping[str, str] | None,
) -> Iterator[Problem]:
    cls = table.record_type.cls
    refused = {
        name: table.record_type.refused_keys[name] for _, name in unknown if name in table.record_type.refused_keys
    }
    for index, name in unknown:
        if name in refused:
            yield Problem(where=table.place(row.number, index), path=name, message=refused[name])
    missing = (
        [path for path in _needed(cls) if path not in {column.path for column in columns}] if wanted is None else []
    )
    facts: dict[str, object] = {"accepted": accepted_headings(cls)}
    where = f"{table.source}{'!' if table.sheet else ':'}{row.number}"
    if wanted is not None:
        if absent := [heading for heading in wanted if heading not in headings]:
            facts = {"missing": ", ".join(absent), "row": row.number}
            yield Problem(
                where=where,
                message=N_("Row {row} lacks these headings of the column mapping: {missing}."),
                accepted=N_("Accepted: the mapping's columns, or header_row naming another row."),
                facts=facts,
            )
    elif not columns and not refused:
        # A row without any heading is most often a record, whose words are not to be repeated.
        yield Problem(
            where=where,
            message=N_("This row is no header of a table of {type} records."),
            accepted=N_("Accepted, # being a position from 1: {accepted}."),
            facts={**facts, "type": table.record_type.name},
        )
    elif any(name not in refused for _, name in unknown):
        # The header may be missing, and what stands here a record.
        guarded = table.record_type.guarded
        facts["unknown"] = ", ".join(
            column_letters(index) if guarded else _with_close(cls, name)
            for index, name in unknown
            if name not in refused
        )
        facts["missing"] = ", ".join(missing) or "-"
        yield Problem(
            where=where,
            message=N_("The header is wrong. Unknown columns: {unknown}. Missing: {missing}.")
            if guarded
            else N_("The header is wrong. Unknown: {unknown}. Missing: {missing}."),
            accepted=N_("Accepted, # being a position from 1: {accepted}."),
            facts=facts,
        )
    elif missing:
        facts["missing"] = ", ".join(missing)
        yield Problem(
            where=where,
            message=N_("The header is wrong. Missing: {missing}."),
            accepted=N_("Accepted, # being a position from 1: {accepted}."),
            facts=facts,
        )


def _needed(cls: type) -> list[str]:
    return [field.name for field in fields_of(cls) if field.required and not field.nested]


def _with_close(cls: type, name: str) -> str:
    shown = name if len(name) <= _HEADING_SHOWN else f"{name[:_HEADING_SHOWN]}…"
    close = close_headings(cls, name)
    return f"{shown} ({' / '.join(close)}?)" if close else shown


def _record(table: Table, layout: _Layout, row: Row) -> Iterator[Raw | Problem]:
    if _empty(row.cells):
        return
    data: dict[str, Any] = {}
    problems = []
    cells = row.cells
    for column in layout.columns:
        cell = cells[column.index] if column.index < len(cells) else None
        if is_blank(cell):
            continue
        try:
            _put(data, column.keys, _value(column, _text(cell)))
        except InputError as error:
            problems.append(
                Problem(
                    where=table.place(row.number, column.index),
                    path=column.path,
                    message=error.message,
                    accepted=error.hint,
                    facts=error.facts,
                )
            )
    taken = {column.index for column in layout.columns}
    for index, cell in enumerate(cells):
        if index not in taken and index not in layout.ignored and not is_blank(cell):
            problems.append(
                Problem(
                    where=table.place(row.number, index),
                    message=N_("Column {column} holds a value but has no heading."),
                    accepted=N_("Accepted: a heading for each column; in CSV, quotes around a text with a comma."),
                    facts={"column": index + 1},
                )
            )
            break
    for column in layout.constants:
        if not _has(data, column.keys):
            _put(data, column.keys, _as_member(column, column.values[""]))
    if problems:
        yield from problems
    else:
        yield Raw(table.record_type, data, table.source, row.number, layout.cells)


def _text(cell: object) -> str:
    """A cell as text. Numbers lose no digits; a number that has lost some already is refused."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Flaw):
        raise InputError(
            cell.message,
            hint=N_("Open the workbook in a spreadsheet program, correct and save it; or type the value."),
        )
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if abs(cell) >= _EXACT_WHOLE:
            raise InputError(
                N_("The cell holds a number of more than 15 digits, of which the last are lost."),
                hint=N_("Format the column as text, and type the number again."),
            )
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _value(column: _Column, text: str) -> object:
    if column.values and (meaning := column.values.get(clean(text).casefold())) is not None:
        return _as_member(column, meaning)
    field = column.leaf.field
    if column.leaf.states_none:
        if clean(text).casefold() in _NONE:
            return []
        raise InputError(
            N_("This column can only say that there are none."),
            hint=N_("Accepted: 无 or none; otherwise fill in the columns with a position."),
        )
    if not field.many:
        return text
    if clean(text).casefold() in _NONE:
        return []
    members = [part for part in _SPLIT.split(text) if not is_blank(part)]
    if column.values:
        return [column.values.get(clean(part).casefold(), part) for part in members]
    return members


def _as_member(column: _Column, value: object) -> object:
    """A single value that a mapping gives a list is its only member."""
    return [value] if column.leaf.field.many and not isinstance(value, list) else value


def _put(data: dict[str, Any], keys: Sequence[str | int], value: object) -> None:
    place: Any = data
    for key, following in pairwise(keys):
        if isinstance(key, int):
            place.extend([None] * (key + 1 - len(place)))
            if place[key] is None:
                place[key] = {}
            place = place[key]
        else:
            place = place.setdefault(key, [] if isinstance(following, int) else {})
    place[keys[-1]] = value


def _has(data: dict[str, Any], keys: Sequence[str | int]) -> bool:
    place: Any = data
    for key in keys:
        if isinstance(place, list):
            place = place[key] if isinstance(key, int) and key < len(place) else None
        else:
            place = place.get(key) if isinstance(place, dict) else None
        if place is None:
            return False
    return True
