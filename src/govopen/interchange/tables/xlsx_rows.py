"""The sheet 裁量基准: tiers, each in one row, or in several over which its cells are merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import attrs

from govopen.discretion.axes import Axis
from govopen.discretion.language import parse_condition
from govopen.discretion.tokens import tokenize
from govopen.discretion.wording import IntervalWords
from govopen.errors import InputError, Problem
from govopen.interchange.tables.xlsx_cells import Sheet, no_share, value_text
from govopen.interchange.tables.xlsx_conditions import (
    ConditionCell,
    alternatives,
    condition_cell,
    row_condition,
    texts_named,
)
from govopen.interchange.tables.xlsx_layout import EMPTY, FIXED, NUMBER, WHEN, Column, Headings, plain, split
from govopen.texts import N_

__all__ = ["Notes", "TierSheet"]

_HEADING_ROWS = 12
_LISTED = ("further",)
_HEADS = frozenset(plain(heading) for heading in (NUMBER, WHEN, FIXED["tier"], FIXED["outcome"]))


@attrs.define
class Notes:
    """What is found while a workbook is read.

    Attributes:
        cells: From a path in the document to the cell that holds it.
    """

    problems: list[Problem] = attrs.field(factory=list)
    cells: dict[str, str] = attrs.field(factory=dict)

    def add(self, place: str, error: InputError) -> None:
        """Note what is wrong with a cell, once."""
        problem = Problem(where=place, message=error.message, accepted=error.hint, facts=error.facts)
        if problem not in self.problems:
            self.problems.append(problem)


class TierSheet:
    """The sheet, once its headings are found.

    Attributes:
        title: What stands above the headings; blank: nothing.
        title_place: The cell with the title.
    """

    def __init__(self, sheet: Sheet, headings: Headings, notes: Notes) -> None:
        self.sheet = sheet
        self.notes = notes
        self.title = self.title_place = ""
        self.columns: dict[Column, int] = {}
        self.first = len(sheet.cells)
        top = next((row for row in range(min(_HEADING_ROWS, len(sheet.cells))) if self._heads(row)), None)
        if top is None:
            notes.add(
                sheet.where,
                InputError(
                    N_("The sheet has no row of headings."),
                    hint=N_("Accepted: a row among the first {count} with the headings {accepted}."),
                    count=_HEADING_ROWS,
                    accepted=headings.accepted,
                ),
            )
            return
        self.top = top
        self._find_title(top)
        # Headings over several rows: what a column is called stands in the lowest.
        self.heading = max(sheet.merged.get((top, column), (top,) * 4)[2] for column in range(sheet.width))
        self.first = self.heading + 1
        for column in range(sheet.width):
            self._name(column, headings)

    def _heads(self, row: int) -> bool:
        return any(plain(str(self.sheet.value(row, column))) in _HEADS for column in range(self.sheet.width))

    def _find_title(self, top: int) -> None:
        for row in range(top):
            for column in range(self.sheet.width):
                if not self.sheet.blank(row, column):
                    self.title = self._text(row, column)
                    self.title_place = self.sheet.place(row, column)
                    return

    def _name(self, column: int, headings: Headings) -> None:
        cells = (str(self.sheet.value(row, column)) for row in range(self.heading, self.top - 1, -1))
        heading = next(filter(None, cells), "")
        place = self.sheet.place(self.heading, column)
        if not heading:
            stray = next(
                (row for row in range(self.first, len(self.sheet.cells)) if not self._blank(row, column)), None
            )
            if stray is not None:
                self.notes.add(
                    self.sheet.place(stray, column),
                    InputError(
                        N_("The cell stands in a column without a heading."), hint=N_("Give it one, or clear it.")
                    ),
                )
            return
        found = headings.find(heading)
        if len(found) == 1 and found[0] not in self.columns:
            self.columns[found[0]] = column
            return
        message = N_("This heading is unknown.") if not found else N_("This heading may mean several columns.")
        if len(found) == 1:
            message = N_("This heading stands twice.")
        self.notes.add(place, InputError(message, hint=N_("Accepted: {accepted}."), accepted=headings.accepted))

    def _blank(self, row: int, column: int) -> bool:
        # A title or note that is merged over the table and beyond is in no column.
        found = self.sheet.merged.get((row, column))
        return self.sheet.blank(row, column) or (found is not None and found[1] < column)

    def require(self, needed: Sequence[Column], headings: Headings) -> bool:
        """Whether there is a column for each of ``needed``; those that are missing become problems."""
        missing = [column for column in needed if column not in self.columns]
        for column in missing:
            self.notes.add(
                self.sheet.where,
                InputError(N_("There is no column {heading}."), hint=N_("Add it."), heading=headings.write(column)),
            )
        return not missing

    def named_texts(self, position: int) -> list[str]:
        """The texts that the column of a text input names, in their order, then those of whole conditions."""
        column = self.columns.get(Column("input", "", position))
        found: dict[str, None] = {}
        for row in range(self.first, len(self.sheet.cells)):
            if column is None:
                break
            try:
                found.update(dict.fromkeys(texts_named(self.sheet.value(row, column))))
            except InputError:
                # Told where the cell is read.
                continue
        for row in range(self.first, len(self.sheet.cells)):
            for other in range(self.sheet.width):
                with suppress(InputError):
                    quoted = tokenize(value_text(self.sheet.value(row, other)), ())
                    found.update({token.text: None for token in quoted if token.kind == "text"})
        found.pop("not", None)
        return list(found)

    def tiers(self, axes: Sequence[Axis], words: IntervalWords) -> list[dict[str, Any]]:
        """The rows of the document. A condition that cannot be read stands as ``-``, and is a problem."""
        return [self._tier(number, rows, axes, words) for number, rows in enumerate(self._groups())]

    def _groups(self) -> Iterator[list[int]]:
        group: list[int] = []
        for row in range(self.first, len(self.sheet.cells)):
            filled = [column for column in self.columns.values() if not self.sheet.blank(row, column)]
            if not filled:
                continue
            ranges = {self.sheet.merged.get((row, column)) for column in self.columns.values()}
            if len(self.columns) > 1 and len(ranges) == 1 and None not in ranges:
                self.notes.add(
                    self.sheet.place(row, filled[0]),
                    InputError(
                        N_("The cell is merged over all columns, and so is no tier."),
                        hint=N_("Move the note to a sheet of its own."),
                    ),
                )
                continue
            if group and self._joined(group[-1], row):
                group.append(row)
                continue
            if group:
                yield group
            group = [row]
        if group:
            yield group

    def _joined(self, above: int, row: int) -> bool:
        """Whether two rows are of one tier: what follows is merged over them, and no number or name parts them."""
        results = [
            column
            for key, column in self.columns.items()
            if key.kind == "output" or (key.kind == "field" and key.name == "outcome")
        ]
        if not results or not all(self._one(above, row, column) for column in results):
            return False
        for key in (Column("number"), Column("field", "tier")):
            column = self.columns.get(key)
            if column is None or self._one(above, row, column):
                continue
            if not self.sheet.blank(row, column):
                return False
            if not self.sheet.blank(above, column):
                self.notes.add(
                    self.sheet.place(row, column),
                    InputError(
                        N_("The cell is blank, so that nobody knows whether the row belongs to the tier above."),
                        hint=N_("Merge it with the cell above, or fill it in."),
                    ),
                )
        return True

    def _one(self, above: int, row: int, column: int) -> bool:
        found = self.sheet.merged.get((row, column))
        return found is not None and found == self.sheet.merged.get((above, column))

    def _tier(self, number: int, rows: list[int], axes: Sequence[Axis], words: IntervalWords) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, column in self.columns.items():
            if key.kind == "field" and key.name != "when":
                found[key.name] = self._shared(rows, column)
                self.notes.cells[f"rows[{number}].{key.name}"] = self.sheet.place(rows[0], column)
        for name in _LISTED:
            if name in found:
                found[name] = split(found[name])
        outputs = sorted(key.position for key in self.columns if key.kind == "output")
        if outputs:
            found["outputs"] = [self._result(rows, self.columns[Column("output", "", at)]) for at in outputs]
            place = self.sheet.place(rows[0], self.columns[Column("output", "", outputs[0])])
            self.notes.cells[f"rows[{number}].outputs"] = place
        found["when"] = self._condition(number, rows, axes, words)
        return found

    def _shared(self, rows: list[int], column: int) -> str:
        """What the rows of a tier say together, in a column that says one thing of a tier."""
        texts = {self._text(row, column): row for row in reversed(rows)}
        filled = {text: row for text, row in texts.items() if text}
        if len(filled) > 1:
            self.notes.add(
                self.sheet.place(max(filled.values()), column),
                InputError(
                    N_("The tier says something else here than in its first row."),
                    hint=N_("Merge the cells, or give each row its own {heading}."),
                    heading=FIXED["outcome"],
                ),
            )
        return next(iter(sorted(filled, key=lambda text: filled[text])), "")

    def _result(self, rows: list[int], column: int) -> str:
        text = self._shared(rows, column)
        if not text:
            self.notes.add(
                self.sheet.place(rows[0], column),
                InputError(
                    N_("This result is blank."),
                    hint=N_("Write a value; a text without characters is '{empty}', the quotes being part of it."),
                    empty=EMPTY,
                ),
            )
        return text

    def _condition(self, number: int, rows: list[int], axes: Sequence[Axis], words: IntervalWords) -> str:
        found: list[str] = []
        whole = self.columns.get(Column("field", "when"))
        inputs = {key.position: column for key, column in self.columns.items() if key.kind == "input"}
        first = (
            whole if not inputs or (whole is not None and not self.sheet.blank(rows[0], whole)) else inputs[min(inputs)]
        )
        if first is not None:
            self.notes.cells[f"rows[{number}].when"] = self.sheet.place(rows[0], first)
        for at, row in enumerate(rows):
            if whole is not None and not self.sheet.blank(row, whole):
                if not (at and self._one(rows[at - 1], row, whole)):
                    found.append(self._whole(row, whole, inputs, axes, words))
            elif inputs or whole is None:
                found.append(self._of_cells(row, inputs, axes, words))
            else:
                self.notes.add(
                    self.sheet.place(row, whole),
                    InputError(N_("The condition is blank."), hint=N_("Write - for any case.")),
                )
        return alternatives([text or "-" for text in found] or ["-"])

    def _whole(
        self, row: int, column: int, inputs: Mapping[int, int], axes: Sequence[Axis], words: IntervalWords
    ) -> str:
        for other in inputs.values():
            if not self.sheet.blank(row, other):
                self.notes.add(
                    self.sheet.place(row, other),
                    InputError(
                        N_("The row has its condition in {heading} already."),
                        hint=N_("Clear one of the two."),
                        heading=WHEN,
                    ),
                )
        text = self._text(row, column)
        try:
            parse_condition(text, axes, words)
        except InputError as error:
            self.notes.add(self.sheet.place(row, column), error)
            return ""
        return text

    def _of_cells(self, row: int, inputs: Mapping[int, int], axes: Sequence[Axis], words: IntervalWords) -> str:
        cells: dict[int, ConditionCell] = {}
        before = len(self.notes.problems)
        for position, column in sorted(inputs.items()):
            try:
                cells[position] = condition_cell(self.sheet.value(row, column), axes[position], words)
            except InputError as error:
                self.notes.add(self.sheet.place(row, column), error)
        return "" if len(self.notes.problems) > before else row_condition(cells, axes, words)

    def _text(self, row: int, column: int) -> str:
        value = self.sheet.value(row, column)
        try:
            if column == self.columns.get(Column("field", "outcome")):
                no_share(value)
            return value_text(value)
        except InputError as error:
            self.notes.add(self.sheet.place(row, column), error)
            return ""
