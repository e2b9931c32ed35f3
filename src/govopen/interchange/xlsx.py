"""Records from XLSX workbooks: a sheet for each record type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from govopen.errors import Problem
from govopen.interchange.limits import Limits
from govopen.interchange.naming import type_named, type_of_name, unnamed
from govopen.interchange.raw import Options, Raw, column_letters
from govopen.interchange.tabular import Flaw, Row, Table, rows_to_raw
from govopen.interchange.workbook import SheetFacts, damaged, inspect
from govopen.model.base import RecordType
from govopen.texts import N_

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

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
            names = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible == python_calamine.SheetVisibleEnum.Visible
                and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
                and sheet.name not in NOTES_SHEETS
            ]
            for name, found in _sheets(path, names, facts, options):
                if isinstance(found, Problem):
                    yield found
                else:
                    rows = _rows(workbook.get_sheet_by_name(name), facts[name])
                    yield from rows_to_raw(found, rows, options)
    except python_calamine.CalamineError:
        yield damaged(path)
    if on_bytes is not None:
        on_bytes(path.stat().st_size)


def _sheets(
    path: Path, names: Sequence[str], facts: Mapping[str, SheetFacts], options: Options
) -> Iterator[tuple[str, Table | Problem]]:
    if not facts.keys() >= set(names):
        yield "", damaged(path)
        return
    types = _types(path, names, options)
    if isinstance(types, Problem):
        yield "", types
        return
    for name, record_type in types.items():
        known = facts[name]
        if known.rows is None and len(types) > 1:
            continue
        if record_type is None:
            # To leave it out silently would be to lose records.
            yield name, unnamed(f"{path}!{name}", options)
        elif known.area > options.limits.cells:
            yield name, _too_wide(f"{path}!{name}", known, options.limits)
        else:
            yield name, Table(source=f"{path}!{name}", record_type=record_type, sheet=True)


def _too_wide(source: str, facts: SheetFacts, limits: Limits) -> Problem:
    return Problem(
        where=source,
        message=N_("The sheet spans {cells} cells, down to row {row}."),
        accepted=N_("Accepted: at most {limit}. Delete stray cells far from the table."),
        facts={"cells": facts.area, "row": facts.rows[1] if facts.rows else 0, "limit": limits.cells},
    )


def _types(path: Path, names: Sequence[str], options: Options) -> Mapping[str, RecordType | None] | Problem:
    """Which sheets are read, and of what type each is."""
    wanted = options.mapping.sheet if options.mapping else ""
    if not names:
        return Problem(where=str(path), message=N_("The workbook has no visible sheet of records."))
    if wanted and wanted not in names:
        return Problem(
            where=str(path),
            message=N_("The workbook has no visible sheet {sheet}."),
            accepted=N_("Accepted: {accepted}."),
            facts={"sheet": repr(wanted), "accepted": ", ".join(names)},
        )
    by_file = type_of_name(path.stem, options)
    if options.mapping or options.type_name:
        # The caller has said what is to be read: the other sheets are none of it.
        return {wanted or names[0]: by_file}
    types = {name: type_named(name, options) for name in names}
    if not any(types.values()):
        types[names[0]] = by_file
    return types


def _rows(sheet: CalamineSheet, facts: SheetFacts) -> Iterator[Row]:
    if sheet.start is None:
        return
    # Rows come from the first row of the sheet on, but cells from the first used column on.
    left: list[object] = [""] * sheet.start[1]
    flawed = bool(facts.errors or facts.uncomputed)
    for number, found in enumerate(sheet.iter_rows(), start=1):
        cells: list[object] = [*left, *found]
        if flawed:
            cells = [_checked(cell, f"{column_letters(index)}{number}", facts) for index, cell in enumerate(cells)]
        yield Row(number, cells)


def _checked(cell: object, place: str, facts: SheetFacts) -> object:
    if place in facts.errors:
        return Flaw(N_("The cell holds an error instead of a value."))
    if place in facts.uncomputed:
        return Flaw(N_("The cell holds a formula that has not been computed."))
    return cell
