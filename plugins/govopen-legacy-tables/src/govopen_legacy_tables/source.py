"""A table bound to a record type: all that reading and writing need to know of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import attrs
import sqlalchemy as sa

from govopen.model.base import Record
from govopen.storage.types import BoundType
from govopen_legacy_tables.assembling import Assembler, Constant
from govopen_legacy_tables.cells import Cell
from govopen_legacy_tables.columns import NUMBERS, Column, Family, Table, as_held, canonical, plain
from govopen_legacy_tables.identifier import Identifier, collated

__all__ = ["Child", "Filter", "Source"]

R = TypeVar("R", bound=Record)


@attrs.frozen(kw_only=True, eq=False)
class Filter:
    """Rows that the mapping keeps or leaves out by what a column holds."""

    column: Column
    held: Sequence[object]
    keep: bool

    @property
    def condition(self) -> sa.ColumnElement[bool]:
        listed = self.column.compared.in_(list(self.held))
        # Of a column that holds nothing, SQL says neither that it is in the list nor that it is not.
        return listed if self.keep else sa.or_(self.column.held.is_(None), sa.not_(listed))


@attrs.frozen(kw_only=True, eq=False)
class Child:
    """A table with the members of a list.

    Attributes:
        name: Of the list.
        key: The column that names the row of the main table.
        parent: The column of the main table that it names.
        order: The columns that order the members.
        number: The column that is to hold the position of a member; ``None`` if none is free for that.
    """

    name: str
    table: Table
    key: Column
    parent: Column
    order: Sequence[Column]
    number: Column | None
    cells: Sequence[Cell]
    constants: Sequence[Constant]

    @property
    def alike(self) -> bool:
        """Whether the database compares ``key`` and ``parent`` as they are. Else they are compared as texts."""
        families = {self.key.family, self.parent.family}
        return len(families) == 1 or families <= NUMBERS

    @property
    def named(self) -> sa.ColumnElement[Any]:
        """What the members of a row hold in ``key``, as the row says it."""
        return self.parent.compared if self.alike else self.parent.as_text

    def naming(self, key: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """``key``, as a statement has it, to be compared with :attr:`named`."""
        return self.key.compared_of(key) if self.alike else self.key.text_of(key)


@attrs.frozen(kw_only=True, eq=False)
class Source(Generic[R]):
    """Where the records of one type are.

    Attributes:
        filters: Which rows are records.
        version: The column with a number that each writer raises, if there is one.
        updated_at: The column with the time of the last change, if there is one.
        sqlite: Whether the database is SQLite.
    """

    bound: BoundType[R]
    table: Table
    id: Identifier
    cells: Sequence[Cell]
    constants: Sequence[Constant]
    children: Sequence[Child]
    filters: Sequence[Filter]
    version: Column | None
    updated_at: Column | None
    assembler: Assembler[R]
    sqlite: bool

    @property
    def name(self) -> str:
        """The name of the record type."""
        return self.bound.type.name

    @property
    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Which rows are records."""
        return [entry.condition for entry in self.filters]

    def of_unit(self, unit: str) -> sa.ColumnElement[bool]:
        """Which rows are the unit's."""
        return self.holding(self.bound.type.unit, unit)

    def holding(self, path: str, value: str) -> sa.ColumnElement[bool]:
        """Which rows hold a text in a field that :meth:`cell_of` or a constant gives."""
        if path == "id":
            return sa.and_(*self.id.among([value]))
        cell = self.cell_of(path)
        if cell is None:
            given = any(_path(each.keys) == path and each.value == value for each in self.constants)
            return sa.true() if given else sa.false()
        column = cell.column.compared
        if cell.meanings is None:
            return self._holding(cell.column, value)
        # A code that no cell can hold, none does.
        codes = {code: held for code in cell.meanings if (held := as_held(cell.column, code)) is not None}
        if value == cell.otherwise:
            others = [held for code, held in codes.items() if cell.meanings[code] != value]
            return sa.and_(column.is_not(None), column.not_in(others))
        return column.in_([held for code, held in codes.items() if cell.meanings[code] == value])

    def _holding(self, column: Column, value: str) -> sa.ColumnElement[bool]:
        held = as_held(column, value)
        if held is None:
            return sa.false()
        same = column.compared == held
        number = canonical(value)
        if column.family in (Family.TEXT, Family.WORD) or (column.sqlite and number is None):
            # The first can use the column's index; it may also compare loosely, as NOCASE does.
            return sa.and_(same, collated(column.as_text, sqlite=self.sqlite) == value)
        # A cell that holds the number 7 says "7", and never "007".
        return same if value == (number if column.sqlite or column.family in NUMBERS else plain(held)) else sa.false()

    def cell_of(self, path: str) -> Cell | None:
        """The column of a field that has but one."""
        return next((cell for cell in self.cells if _path(cell.keys) == path), None)


def _path(keys: tuple[str | int, ...]) -> str:
    return ".".join(map(str, keys))
