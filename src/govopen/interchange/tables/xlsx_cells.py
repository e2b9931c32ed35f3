"""The cells of a workbook as a discretion table needs them: merged ranges filled, formulas and errors told apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import attrs

from govopen.errors import InputError, Problem, TableError
from govopen.interchange.limits import Limits
from govopen.interchange.raw import column_letters
from govopen.interchange.values import is_blank
from govopen.interchange.workbook import SheetFacts, damaged, inspect
from govopen.texts import N_

__all__ = ["Range", "Sheet", "no_share", "number_text", "read_sheets", "refused", "value_text"]

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, from 0."""

_EXACT_WHOLE = 10**15
_CELLS = 1_000_000


@attrs.frozen
class Sheet:
    """A sheet.

    Attributes:
        where: The file and the sheet, for problems.
        cells: Rows of values from the first cell of the sheet on; a blank is an empty text.
        merged: By row and column, the merged range that a cell belongs to.
    """

    where: str
    cells: list[list[object]]
    merged: Mapping[tuple[int, int], Range]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.cells[0]) if self.cells else 0

    def value(self, row: int, column: int) -> object:
        """What a cell holds; within merged cells, what the first of them holds."""
        if (found := self.merged.get((row, column))) is not None:
            row, column = found[:2]
        value = self.cells[row][column]
        return "" if is_blank(value) else value

    def blank(self, row: int, column: int) -> bool:
        """Whether a cell holds nothing."""
        return self.value(row, column) == ""

    def place(self, row: int, column: int) -> str:
        """The cell, for problems: ``file.xlsx!裁量基准!C7``; of merged cells the first."""
        if (found := self.merged.get((row, column))) is not None:
            row, column = found[:2]
        return f"{self.where}!{column_letters(column)}{row + 1}"


def read_sheets(path: Path, names: tuple[str, ...], limits: Limits) -> dict[str, Sheet]:
    """Those of the sheets that the workbook has.

    Raises:
        TableError: It is no workbook, is damaged or encrypted, or one of the sheets is hidden or too large, or holds a
            formula or an error; with every such cell.
        InputError: The library that reads workbooks is not installed.
    """
    facts = inspect(path, limits)
    if isinstance(facts, Problem):
        raise refused(path, [facts])
    try:
        import python_calamine  # noqa: PLC0415 - an optional dependency
    except ImportError:
        raise InputError(
            N_("XLSX files are read by an extra that is not installed."),
            hint=N_('Install it: pip install "govopen[xlsx]"'),
        ) from None
    problems: list[Problem] = []
    found: dict[str, Sheet] = {}
    try:
        with python_calamine.load_workbook(str(path)) as workbook:
            shown = python_calamine.SheetVisibleEnum.Visible
            known = {sheet.name: sheet.visible == shown for sheet in workbook.sheets_metadata}
            for name in names:
                if name not in known:
                    continue
                flaws = list(_flaws(f"{path}!{name}", facts.get(name), known[name]))
                problems += flaws
                if not flaws:
                    sheet = workbook.get_sheet_by_name(name)
                    cells = sheet.to_python(skip_empty_area=False)
                    found[name] = _sheet(f"{path}!{name}", cells, sheet.merged_cell_ranges or [])
                    if cells and facts[name].rows is None:
                        # The look ahead saw nothing: the part is written as no spreadsheet program writes it.
                        problems.append(damaged(path))
    except python_calamine.CalamineError:
        raise refused(path, [damaged(path)]) from None
    if problems:
        raise refused(path, problems)
    return found


def refused(path: Path, problems: list[Problem]) -> TableError:
    """The error of a workbook that does not hold a table."""
    return TableError(N_("The file {file} cannot be read as a discretion table."), problems=problems, file=str(path))


def _flaws(where: str, facts: SheetFacts | None, visible: bool) -> list[Problem]:
    if facts is None:
        return [Problem(where=where, message=N_("The workbook is damaged."))]
    if not visible:
        # What nobody sees would decide.
        return [
            Problem(where=where, message=N_("The sheet is hidden."), accepted=N_("Show it, or delete or rename it."))
        ]
    if facts.area > _CELLS:
        return [
            Problem(
                where=where,
                message=N_("The sheet spans {cells} cells, down to row {row}."),
                accepted=N_("Accepted: at most {limit}. Delete stray cells far from the table."),
                facts={"cells": facts.area, "row": facts.rows[1] if facts.rows else 0, "limit": _CELLS},
            )
        ]
    found = [
        Problem(
            where=f"{where}!{cell}" if cell else where,
            message=N_("The cell holds a formula."),
            accepted=N_("Write the value itself: what a formula comes to may change when nobody looks."),
        )
        for cell in sorted(facts.formulas, key=_position)
    ]
    return found + [
        Problem(where=f"{where}!{cell}", message=N_("The cell holds an error instead of a value."))
        for cell in sorted(facts.errors - facts.formulas, key=_position)
    ]


def _position(cell: str) -> tuple[int, str]:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits or 0), cell


def _sheet(
    where: str, cells: Sequence[Sequence[object]], ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> Sheet:
    width = max(map(len, cells), default=0)
    filled = [[*row, *[""] * (width - len(row))] for row in cells]
    merged: dict[tuple[int, int], Range] = {}
    for (top, left), (bottom, right) in ranges:
        # A range may reach to the end of the sheet; only what is in use counts.
        for row in range(top, min(bottom + 1, len(filled))):
            for column in range(left, min(right + 1, width)):
                merged[row, column] = (top, left, bottom, right)
    return Sheet(where, filled, merged)


def value_text(value: object) -> str:
    """A value as a text of the table: 3 for 3.0, 0.2 for the nearest binary number to it, 2011-04-05, true.

    Raises:
        InputError: It is a time, or a number that has lost digits.
    """
    match value:
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"{number_text(value):f}"
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.date() if not isinstance(value, dt.datetime):
            return value.isoformat()
    return _refuse(
        N_("The cell holds a time of day or a span of time."),
        N_("Write it as text: PT12H, 10天; a day without a time of day."),
    )


def number_text(value: float) -> Decimal:
    """The shortest decimal that a spreadsheet program would show for a number.

    Raises:
        InputError: It has more digits than the program keeps.
    """
    if abs(value) >= _EXACT_WHOLE:
        _refuse(
            N_("The cell holds a number of more than 15 digits, of which the last are lost."),
            N_("Format the column as text, and type the number again."),
        )
    return Decimal(int(value)) if value == int(value) else Decimal(repr(value))


def no_share(value: object) -> None:
    """Refuse a number that a spreadsheet program may keep for a share: 0.2 for 20%, 1 for 100%.

    Raises:
        InputError: It is a number of up to 1, and not zero.
    """
    if isinstance(value, float) and 0 < abs(value) <= 1:
        raise InputError(
            N_("The cell holds {number}, which may stand for a share or for its hundredfold."),
            hint=N_("Write it as text, with its sign or unit: 20%, 1元."),
            number=f"{number_text(value):f}",
        )


def _refuse(message: str, hint: str) -> NoReturn:
    raise InputError(message, hint=hint)
