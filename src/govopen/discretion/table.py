"""A compiled table: conditions as boxes of cells, outcomes as penalties, ready to be proved and applied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

import attrs

from govopen.discretion.axes import Axis
from govopen.discretion.deciding import Decider, Decision, inside, no_input
from govopen.discretion.grid import Box, Grid, Masks
from govopen.discretion.hits import Hits
from govopen.discretion.language import Slash
from govopen.discretion.rows import Row, Statute
from govopen.errors import InputError, Problem
from govopen.model.base import within
from govopen.model.codec import digest
from govopen.model.discretion import Aggregation, DiscretionTable, HitPolicy, InputKind
from govopen.texts import N_

__all__ = ["Relation", "Table", "version_of"]

_DAY = dt.timedelta(days=1)

Relation = tuple[int, str, int]
"""Two axes, by position, and the comparison between them that cannot occur."""


def version_of(document: DiscretionTable) -> str:
    """SHA-256 of a table as it is applied. What is noted only later, ``until`` and ``item``, is no part of it."""
    return digest(attrs.evolve(document, until=None, item=""))


@attrs.frozen(kw_only=True, eq=False, slots=False)
class Table:
    """One reading of a discretion table.

    Attributes:
        document: What it was compiled from.
        grid: The cells of its axes.
        rows: In the order of the document.
        impossible: Cases that cannot occur, as boxes; of relations, what boxes can say.
        relations: Comparisons between two inputs that cannot occur.
        lawful: Cases that keep the law.
        ambiguous: Numbers of the rows that have two readings.
        reading: Which of them this is: ``or`` or ``and``.
        other: The table under the other reading; ``None`` where there is but one.
    """

    document: DiscretionTable
    axes: tuple[Axis, ...]
    grid: Grid
    rows: tuple[Row, ...]
    statutes: tuple[Statute, ...] = ()
    impossible: tuple[Box, ...] = ()
    relations: tuple[Relation, ...] = ()
    lawful: tuple[Box, ...] = ()
    default: object = None
    ambiguous: tuple[int, ...] = ()
    reading: Slash = "or"
    other: Table | None = None

    @property
    def policy(self) -> HitPolicy:
        """Which of the rows that a case meets decide."""
        return self.document.hit_policy

    @property
    def aggregation(self) -> Aggregation | None:
        """How collected outputs become one."""
        return self.document.aggregation

    @cached_property
    def digest(self) -> str:
        """The version of the document: see :func:`version_of`."""
        return version_of(self.document)

    @cached_property
    def periods(self) -> tuple[tuple[dt.date, tuple[Statute, ...]], ...]:
        """The statutory ranges in force on the first day of the table, and from each day on which others are.

        A table without a first day is looked at from the first day of any range. A period may be without law.
        """
        if not self.statutes:
            return ()
        since = self.document.since or min(entry.source.since for entry in self.statutes)
        until = self.document.until or dt.date.max
        turns = {entry.source.since for entry in self.statutes}
        turns |= {entry.source.until + _DAY for entry in self.statutes if entry.source.until is not None}
        days = sorted({since, *(day for day in turns if since < day <= until)})
        return tuple(
            (day, tuple(entry for entry in self.statutes if within(day, entry.source.since, entry.source.until)))
            for day in days
        )

    @cached_property
    def ordered(self) -> tuple[Row, ...]:
        """The rows by precedence, which is the order of their boxes' bits."""
        return tuple(sorted(self.rows, key=lambda row: row.first_box))

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """All boxes of rows, by precedence."""
        return tuple(box for row in self.ordered for box in row.boxes)

    @cached_property
    def row_of(self) -> tuple[Row, ...]:
        """The row of each box."""
        return tuple(row for row in self.ordered for _ in row.boxes)

    @cached_property
    def hits(self) -> Hits:
        """The hit policy over the boxes."""
        return Hits(self.policy, self.aggregation, self.row_of, self.default)

    @cached_property
    def masks(self) -> Masks:
        """The boxes of rows, then of impossible cases, then of lawful ones, as bits."""
        return Masks((*self.boxes, *self.impossible, *self.lawful), self.grid.sizes)

    @cached_property
    def impossible_mask(self) -> int:
        return ((1 << len(self.impossible)) - 1) << len(self.boxes)

    @cached_property
    def lawful_mask(self) -> int:
        return ((1 << len(self.lawful)) - 1) << (len(self.boxes) + len(self.impossible))

    @cached_property
    def _decider(self) -> Decider:
        return Decider(self.grid, self.masks, self.hits, self.impossible_mask, self.relations)

    def decide(self, case: Mapping[str, object]) -> Decision:
        """What the table says of a case.

        Args:
            case: Values by input name: ``int`` for whole numbers, ``Decimal`` or ``int`` for decimals and money (CNY),
                ``date``, ``timedelta`` or ``int`` (in the input's unit), ``bool``, ``str``. What is not known is
                ``None`` or left out. Floats are refused: they are not exact.

        Returns:
            The decision. A case that meets no row, or rows that contradict each other, is a status, and no error.

        Raises:
            InputError: With every fact that is of a wrong type, outside its domain or of no input; or the table says
                that the case cannot occur.
        """
        found = self.alone(case)
        if self.other is None:
            return found
        other = self.other.decide(case)
        if (found.status, found.rows) == (other.status, other.rows):
            return found
        rows = tuple(sorted({*found.rows, *other.rows}))
        missing = tuple(dict.fromkeys((*found.missing, *other.missing)))
        return Decision("undecidable", rows, None, None, missing, case, -1, ambiguous=True)

    def alone(self, case: Mapping[str, object]) -> Decision:
        """What this reading alone says of a case."""
        return self._decider.decide(case)

    def read_case(self, texts: Mapping[str, str]) -> dict[str, object]:
        """A case from texts, as files and records hold them: names or labels of inputs, and values as conditions write
        them. Blank texts say nothing.

        Raises:
            InputError: Every text that is no value of its input, or of no input, or of one given already.
        """
        names = {axis.label: axis for axis in self.axes if axis.label} | {axis.name: axis for axis in self.axes}
        problems: list[Problem] = []
        case: dict[str, object] = {}
        for name, text in texts.items():
            axis = names.get(name)
            if axis is None:
                problems.append(no_input(name, self.axes))
            elif text.strip() and axis.name in case:
                problems.append(
                    Problem(
                        where="case",
                        path=name,
                        message=N_("The fact is given twice, by its name and by its label."),
                        accepted=N_("Give it once."),
                    )
                )
            elif text.strip():
                try:
                    text_itself = axis.kind is InputKind.TEXT
                    case[axis.name] = text.strip() if text_itself else axis.value(inside(axis, axis.read(text)))
                except InputError as error:
                    problems.append(
                        Problem(where="case", path=name, message=error.message, accepted=error.hint, facts=error.facts)
                    )
        if problems:
            raise InputError(N_("The case does not fit the table."), problems=problems)
        return case
