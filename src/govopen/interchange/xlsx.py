"""Records from XLSX workbooks: a sheet for each record type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from govopen.errors import Problem
from govopen.interchange.naming import type_named, type_of_name, unnamed
from govopen.interchange.raw import Options, Raw, column_letters
from govopen.interchange.tabular import Row, Table, rows_to_raw
from govopen.interchange.workbook import SheetFacts, inspect
from govopen.model.base import RecordType
from govopen.texts import N_

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["NOTES_SHEETS", "read_xlsx"]

NOTES_SHEETS = ("说明", "Notes")
"""Sheets of a template that hold no records."""


def read_xlsx(path: Path, options: Options, on_bytes: Callable[[int], None] | None = None) -> Iterator[Raw | Problem]:
    """The records of a workbook's visible sheets.

    A sheet is named like a record type, in English or Chinese. Where none is, file name, option or mapping say the type
    of the first visible sheet (a mapping may name another). Cells keep what the spreadsheet program computed last.
    """
    facts = inspect(path, options.limits)
    if isinstance(facts, Problem):
        yield facts
        return
    try:
        import python_calamine  # noqa: PLC0415 - an optional dependency
    except ImportError:
        yield Problem(
            where=str(path),
            message=N_("XLSX files are read by an extra that is not installed."),
            accepted=N_('Install it: pip install "govopen[xlsx]"'),
        )
        return
    try:
        with python_calamine.load_workbook(str(path)) as workbook:
            for found in _sheets(path, workbook, options):
                if isinstance(found, Problem):
                    yield found
                    continue
                name, record_type = found
                sheet = workbook.get_sheet_by_name(name)
                table = Table(source=f"{path}!{name}", record_type=record_type, sheet=True)
                yield from rows_to_raw(table, _rows(table, sheet, facts.get(name, SheetFacts()), options), options)
    except python_calamine.CalamineError:
        yield Problem(
            where=str(path),
            message=N_("The workbook is damaged."),
            accepted=N_("Open it in a spreadsheet program and save it as an Excel workbook (.xlsx)."),
        )
    if on_bytes is not None:
        on_bytes(path.stat().st_size)


def _sheets(path: Path, workbook: CalamineWorkbook, options: Options) -> Iterator[tuple[str, RecordType] | Problem]:
    visible = [sheet.name for sheet in workbook.sheets_metadata if str(sheet.visible).endswith(".Visible")]
    data = [name for name in visible if name not in NOTES_SHEETS]
    wanted = options.mapping.sheet if options.mapping else ""
    if wanted and wanted not in data:
        yield Problem(
            where=str(path),
            message=N_("The workbook has no visible sheet {sheet}."),
            accepted=N_("Accepted: {accepted}."),
            facts={"sheet": repr(wanted), "accepted": ", ".join(data)},
        )
        return
    if wanted or options.mapping or options.type_name:
        # The caller has said what is to be read: the other sheets are none of it.
        asked = type_of_name(path.stem, options)
        if asked is None or not data:
            yield unnamed(str(path), options)
        else:
            yield wanted or data[0], asked
        return
    types = {name: type_named(name, options) for name in data}
    if data and not any(types.values()):
        types[data[0]] = type_of_name(path.stem, options)
    for name, record_type in types.items():
        if record_type is not None:
            yield name, record_type
        elif workbook.get_sheet_by_name(name).start is not None:
            # To leave it out silently would be to lose records.
            yield unnamed(f"{path}!{name}", options)


def _rows(table: Table, sheet: CalamineSheet, facts: SheetFacts, options: Options) -> Iterator[Row | Problem]:
    if sheet.start is None:
        return
    # Rows come from the first row of the sheet on, but cells from the first used column on.
    left: list[object] = [""] * sheet.start[1]
    flawed = bool(facts.errors or facts.uncomputed)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        row = Row(number, [*left, *cells] if left else cells)
        if not flawed:
            yield row
            continue
        problems = list(_flaws(table, row, facts))
        if problems:
            yield from problems
        else:
            yield row


def _flaws(table: Table, row: Row, facts: SheetFacts) -> Iterator[Problem]:
    for index in range(len(row.cells)):
        cell = f"{column_letters(index)}{row.number}"
        if cell in facts.errors:
            message = N_("The cell holds an error instead of a value.")
        elif cell in facts.uncomputed:
            message = N_("The cell holds a formula that has not been computed.")
        else:
            continue
        yield Problem(
            where=f"{table.source}!{cell}",
            message=message,
            accepted=N_("Open the workbook in a spreadsheet program, correct and save it; or type the value."),
        )
