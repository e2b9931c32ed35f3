"""Records from CSV files (RFC 4180: commas, quotes doubled within quotes)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from govopen.errors import Problem
from govopen.interchange.lines import Line, lines_of
from govopen.interchange.naming import type_of_name, unnamed
from govopen.interchange.raw import Options, Raw
from govopen.interchange.tabular import Row, Table, rows_to_raw
from govopen.texts import N_

__all__ = ["read_csv"]

_CELL = re.compile(r'[ \t]*"((?:[^"]|"")*)"[ \t]*(?=,|$)|([^,"]*)(?=,|$)')


def read_csv(path: Path, options: Options, on_bytes: Callable[[int], None] | None = None) -> Iterator[Raw | Problem]:
    """The records of a CSV file, with the problems of its header and rows."""
    record_type = type_of_name(path.stem, options)
    if record_type is None:
        yield unnamed(str(path), options)
        return
    encoding = options.encoding or (options.mapping.encoding if options.mapping else "") or None
    limit = options.limits.line
    lines = lines_of(path, encoding=encoding, limit=limit, on_bytes=on_bytes)
    table = Table(source=str(path), record_type=record_type, sheet=False)
    yield from rows_to_raw(table, _rows(str(path), lines, limit), options)


def _rows(source: str, lines: Iterator[Line | Problem], limit: int) -> Iterator[Row | Problem]:
    # The csv module of the standard library is no help here: its limit on a field is one for the whole process, and
    # it takes a file that ends within quotes for a good one.
    for line in lines:
        if isinstance(line, Problem):
            yield line
        elif '"' not in line.text:
            yield Row(line.number, line.text.split(","))
        else:
            yield _quoted(source, line, lines, limit)


def _quoted(source: str, first: Line, lines: Iterator[Line | Problem], limit: int) -> Row | Problem:
    where = f"{source}:{first.number}"
    parts, size, quotes = [first.text], len(first.text), first.text.count('"')
    while quotes % 2:
        line = next(lines, None)
        if line is None:
            return Problem(
                where=where,
                message=N_("A quoted text that begins in this row has no end: is the file cut off?"),
                accepted=N_("Accepted: a quotation mark at its end; one within it doubled."),
            )
        if isinstance(line, Problem):
            return line
        size += len(line.text) + 1
        if size > limit:
            return Problem(
                where=where,
                message=N_("The row is longer than {limit} bytes, or a quoted text in it has no end."),
                accepted=N_("Accepted: shorter rows; a quotation mark at the end of a quoted text."),
                facts={"limit": limit},
            )
        parts.append(line.text)
        quotes += line.text.count('"')
    cells = _cells("\n".join(parts))
    if cells is None:
        return Problem(
            where=where,
            message=N_("A quotation mark stands within a text that is not quoted, or before more text."),
            accepted=N_("Accepted: quotation marks around the whole text; one within it doubled."),
        )
    return Row(first.number, cells)


def _cells(text: str) -> list[str] | None:
    cells = []
    at = 0
    while True:
        match = _CELL.match(text, at)
        if match is None:
            return None
        cells.append(match[1].replace('""', '"') if match[1] is not None else match[2])
        at = match.end()
        if at == len(text):
            return cells
        at += 1
