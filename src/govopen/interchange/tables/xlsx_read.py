"""Discretion tables from workbooks laid out as offices do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import attrs

from govopen.discretion.axes import Axis
from govopen.discretion.compiling import compile_table
from govopen.discretion.declaring import declare_axes
from govopen.discretion.wording import INTERVAL_WORDS, IntervalWords
from govopen.errors import InputError, Problem, TableError
from govopen.interchange.fields import Field
from govopen.interchange.limits import Limits
from govopen.interchange.structure import Structurer, structure
from govopen.interchange.tables.toml import TABLE_TYPE
from govopen.interchange.tables.xlsx_cells import Sheet, number_text, read_sheets, refused, value_text
from govopen.interchange.tables.xlsx_layout import (
    ABOUT_HEADER,
    ABOUT_SHEET,
    LIST_SHEETS,
    TABLE_SHEET,
    Column,
    Headings,
    fields_named,
    plain,
    split,
    written_fields,
)
from govopen.interchange.tables.xlsx_rows import Notes, TierSheet
from govopen.interchange.values import is_blank
from govopen.model.discretion import DiscretionTable, InputKind, TableInput, TableOutput
from govopen.texts import N_

__all__ = ["read_xlsx_table"]

_LAST_STEP = re.compile(r"(\[[0-9]+\]|\.?[^.\[\]]+)$")
_FACTS = LIST_SHEETS["inputs"][0]


def read_xlsx_table(
    path: Path, *, words: IntervalWords = INTERVAL_WORDS, limits: Limits | None = None
) -> DiscretionTable:
    """The discretion table that a workbook holds.

    A tier is one row of the sheet 裁量基准, or the rows over which its outcome is merged; then any of their conditions
    makes it apply. A cell of an input holds a test as conditions write it, and ``-`` or 不限 for any case: a blank is
    refused, and so are formulas. A number is taken as its shortest decimal: 3 for 3.0, 0.2 for the binary number next
    to it. Conditions and outcomes keep their words.

    Args:
        path: The workbook. Its stem is the identifier of a table that gives none.
        words: Which interval words include their number, by the law of the table's date.
        limits: Sizes that are refused.

    Raises:
        TableError: With every problem found: its sheet and cell, and what is accepted. What no cell is to blame for,
            such as a statutory range that is missing, is for :func:`~govopen.discretion.compiling.compile_table`.
        InputError: The library that reads workbooks is not installed.
    """
    sheets = read_sheets(
        path, (TABLE_SHEET, ABOUT_SHEET, *(name for name, _ in LIST_SHEETS.values())), limits or Limits()
    )
    missing = [name for name in (TABLE_SHEET, _FACTS) if name not in sheets]
    if missing:
        raise refused(
            path,
            [
                Problem(
                    where=str(path),
                    message=N_("The workbook has no sheet {sheet}."),
                    accepted=N_("Accepted: a sheet {table} with the tiers, and a sheet {facts} with the inputs."),
                    facts={"sheet": name, "table": TABLE_SHEET, "facts": _FACTS},
                )
                for name in missing
            ],
        )
    return _Reader(path, sheets, words).document()


class _Reader:
    def __init__(self, path: Path, sheets: Mapping[str, Sheet], words: IntervalWords) -> None:
        self.path = path
        self.sheets = sheets
        self.words = words
        self.notes = Notes()

    def document(self) -> DiscretionTable:
        data: dict[str, Any] = {"id": self.path.stem, **self._about()}
        for name, (sheet, cls) in LIST_SHEETS.items():
            if sheet in self.sheets:
                data[name] = list(self._listed(name, self.sheets[sheet], cls))
        complete = False
        inputs, outputs = self._sources(data)
        if inputs is not None:
            headings = Headings(inputs, outputs)
            tiers = TierSheet(self.sheets[TABLE_SHEET], headings, self.notes)
            self._title(data, tiers)
            complete = tiers.require(_needed(tiers, inputs, outputs), headings) if tiers.columns else False
            axes = self._axes(inputs, tiers)
            complete = complete and axes is not None
            if axes is not None and tiers.columns:
                data["rows"] = tiers.tiers(axes, self.words)
        found = Structurer().structure(TABLE_TYPE, data, str(self.path), self._locate)
        if isinstance(found, tuple):
            self.notes.problems[:0] = found
        elif complete:
            self._compile(cast("DiscretionTable", found))
        if self.notes.problems:
            raise refused(self.path, self.notes.problems)
        return cast("DiscretionTable", found)

    def _locate(self, path: str) -> str:
        """The cell that holds what stands at a path of the document."""
        while path:
            if path in self.notes.cells:
                return self.notes.cells[path]
            path = _LAST_STEP.sub("", path)
        return str(self.path)

    def _about(self) -> dict[str, Any]:
        """The table's own fields: a name and a value in each row; a list has a row for each member."""
        sheet = self.sheets.get(ABOUT_SHEET)
        found: dict[str, Any] = {}
        known = fields_named(DiscretionTable)
        for row in range(len(sheet.cells)) if sheet is not None and sheet.width else ():
            assert sheet is not None
            name = str(sheet.value(row, 0))
            value = sheet.value(row, 1) if sheet.width > 1 else ""
            if (name, value) == ABOUT_HEADER or (name == "" and value == ""):
                continue
            field = known.get(plain(name))
            if field is None or (field.name in found and not field.many):
                self.notes.add(
                    sheet.place(row, 0),
                    InputError(
                        N_("There is no such field.") if field is None else N_("This field stands twice."),
                        hint=N_("Accepted: {accepted}."),
                        accepted=", ".join(field.term.zh for field in written_fields(DiscretionTable)),
                    ),
                )
            elif value != "":
                self._put(found, field, sheet, (row, 1), path=field.name)
        return found

    def _listed(self, name: str, sheet: Sheet, cls: type) -> Iterator[dict[str, Any]]:
        """The members of a list: a row for each, below a row of headings."""
        top = next((row for row in range(len(sheet.cells)) if any(_filled(sheet, row))), None)
        if top is None:
            return
        fields = self._headed(sheet, top, cls)
        for row in range(top + 1, len(sheet.cells)):
            if not any(not sheet.blank(row, column) for column in fields):
                continue
            number = row - top - 1
            found: dict[str, Any] = {}
            for column, field in fields.items():
                self.notes.cells[f"{name}[{number}].{field.name}"] = sheet.place(row, column)
                if not sheet.blank(row, column):
                    self._put(found, field, sheet, (row, column), path=f"{name}[{number}].{field.name}")
            self.notes.cells[f"{name}[{number}]"] = sheet.place(row, 0)
            yield found

    def _headed(self, sheet: Sheet, top: int, cls: type) -> dict[int, Field]:
        known = fields_named(cls)
        found: dict[int, Field] = {}
        for column in range(sheet.width):
            if sheet.blank(top, column):
                continue
            field = known.get(plain(str(sheet.value(top, column))))
            if field is not None and field not in found.values():
                found[column] = field
                continue
            self.notes.add(
                sheet.place(top, column),
                InputError(
                    N_("This heading is unknown.") if field is None else N_("This heading stands twice."),
                    hint=N_("Accepted: {accepted}."),
                    accepted=", ".join(field.term.zh for field in written_fields(cls)),
                ),
            )
        return found

    def _put(self, found: dict[str, Any], field: Field, sheet: Sheet, at: tuple[int, int], *, path: str) -> None:
        value = sheet.value(*at)
        try:
            held = _held(value, field)
        except InputError as error:
            self.notes.add(sheet.place(*at), error)
            return
        if field.many and isinstance(held, list):
            found.setdefault(field.name, []).extend(held)
            path = f"{path}[{len(found[field.name]) - 1}]"
        else:
            found[field.name] = held
        self.notes.cells[path] = sheet.place(*at)

    def _sources(self, data: Mapping[str, Any]) -> tuple[tuple[TableInput, ...] | None, tuple[TableOutput, ...]]:
        """Inputs and outputs, if they can be read whatever else is wrong."""
        found = structure(
            TABLE_TYPE, {"id": "t", "inputs": data.get("inputs"), "outputs": data.get("outputs")}, str(self.path)
        )
        return (found.inputs, found.outputs) if isinstance(found, DiscretionTable) else (None, ())

    def _axes(self, inputs: tuple[TableInput, ...], tiers: TierSheet) -> tuple[Axis, ...] | None:
        before = len(self.notes.problems)

        def complain(path: str, error: InputError) -> None:
            self.notes.add(self._locate(path), error)

        named = [
            attrs.evolve(source, values=tuple(tiers.named_texts(at)))
            if source.kind is InputKind.TEXT and not source.values
            else source
            for at, source in enumerate(inputs)
        ]
        axes = declare_axes(DiscretionTable(id="t", inputs=tuple(named)), self.words, complain)
        return axes if len(self.notes.problems) == before else None

    def _title(self, data: dict[str, Any], tiers: TierSheet) -> None:
        """The title above the tiers is the table's, and has to be the same where the sheet 说明 gives one, too."""
        title = data.get("title", "")
        if not title:
            data["title"] = tiers.title
            self.notes.cells["title"] = tiers.title_place
        elif tiers.title and plain(tiers.title) != plain(title):
            self.notes.add(
                tiers.title_place,
                InputError(
                    N_("The title is another than on the sheet {sheet}."),
                    hint=N_("Write it once, or the same twice."),
                    sheet=ABOUT_SHEET,
                ),
            )

    def _compile(self, document: DiscretionTable) -> None:
        """What is wrong with single texts; whether the table is whole is asked by whoever uses it."""
        try:
            compile_table(document, words=self.words, where=str(self.path))
        except TableError as error:
            told = {problem.where for problem in self.notes.problems}
            for problem in error.problems:
                place = self._locate(problem.path)
                if "[" in problem.path and place not in told:
                    self.notes.problems.append(attrs.evolve(problem, where=place))


def _needed(tiers: TierSheet, inputs: Sequence[TableInput], outputs: Sequence[TableOutput]) -> list[Column]:
    """The columns that there have to be: all inputs, or none and the whole condition; what follows."""
    asked = [Column("input", "", at) for at in range(len(inputs))]
    whole = Column("field", "when")
    found = [whole] if whole in tiers.columns and not any(column in tiers.columns for column in asked) else asked
    return [*found, *([Column("output", "", at) for at in range(len(outputs))] or [Column("field", "outcome")])]


def _filled(sheet: Sheet, row: int) -> Iterator[bool]:
    return (not sheet.blank(row, column) for column in range(sheet.width))


def _held(value: object, field: Field) -> object:
    """A cell as a record holds it: numbers exact, lists parted, texts for the rest."""
    if field.many:
        # A condition may hold any sign, and has a cell of its own.
        text = value_text(value)
        return [text] if field.name in ("impossible", "lawful") else split(text)
    if field.kind is Decimal and isinstance(value, int | float) and not isinstance(value, bool):
        return number_text(value)
    if field.kind is bool and isinstance(value, bool):
        return value
    return None if is_blank(value) else value_text(value)
