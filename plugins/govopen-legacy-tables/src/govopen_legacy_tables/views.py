"""Reading mapped types from tables, and all others from a store of govopen's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from govopen.model.base import Record
from govopen.model.units import Unit
from govopen.storage.port import View
from govopen.storage.types import TypeBook
from govopen_legacy_tables.reading import Tables

__all__ = ["LegacyView"]

R = TypeVar("R", bound=Record)


class LegacyView(View):
    """The records as a check reads them.

    Args:
        tables: Reads the mapped types.
        own: Reads the others; ``None``: there are none.
        book: The record types.
        absent: Counts the rows of mapped types that the store was opened without.
    """

    def __init__(self, tables: Tables, own: View | None, book: TypeBook, absent: Mapping[str, int]) -> None:
        self._tables = tables
        self._own = own
        self._book = book
        self._absent = absent

    def units(self) -> Iterator[Unit]:
        self._book.of(Unit)
        if (source := self._tables.of(Unit)) is not None:
            return (row.record for row in self._tables.rows(source))
        return iter(()) if self._own is None else self._own.units()

    def read(self, cls: type[R], unit_id: str) -> Iterator[R]:
        self._book.of(cls)
        if (source := self._tables.of(cls)) is not None:
            return (row.record for row in self._tables.rows(source, unit=unit_id))
        return iter(()) if self._own is None else self._own.read(cls, unit_id)

    def read_by(self, cls: type[R], field: str, unit_id: str) -> Iterator[tuple[str, R]]:
        self._book.indexed(cls, field)
        if (source := self._tables.of(cls)) is not None:
            return self._tables.by_value(source, field, unit_id)
        return iter(()) if self._own is None else self._own.read_by(cls, field, unit_id)

    def opaque(self) -> Mapping[str, int]:
        own = {} if self._own is None else self._own.opaque()
        # The shadow of a mapped type is no record beside the row.
        return {**own, **self._absent}
