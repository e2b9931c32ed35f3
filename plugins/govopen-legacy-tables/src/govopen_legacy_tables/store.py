"""The store over tables: what reading is the same for, whether govopen writes into them or not."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self, TypeVar

import sqlalchemy as sa

from govopen.model.base import Record
from govopen.model.units import Unit
from govopen.storage.engine import translated
from govopen.storage.port import IdRange, Store, Stored
from govopen.storage.sql import SqlStore
from govopen.storage.types import TypeBook
from govopen_legacy_tables.columns import Table
from govopen_legacy_tables.reading import Row, Tables, over
from govopen_legacy_tables.source import Source
from govopen_legacy_tables.views import LegacyView

__all__ = ["LegacyStore"]

R = TypeVar("R", bound=Record)


class LegacyStore(Store):
    """Mapped types lie in tables of another system, all others in a store of govopen's own, if there is one.

    Args:
        engine: Of the database with the tables.
        tables: Reads them.
        absent: The tables of mapped types that the store was opened without, by the name of the type.
        own: The store of all other types.
        book: The record types.
        where: What errors call the database.
        mapping: What errors call the mapping file.
    """

    def __init__(
        self,
        engine: sa.Engine,
        tables: Tables,
        absent: Mapping[str, Table],
        own: SqlStore | None,
        book: TypeBook,
        *,
        where: str,
        mapping: str,
    ) -> None:
        self._engine = engine
        self._tables = tables
        self._absent = absent
        self._own = own
        self._book = book
        self._where = where
        self._mapping = mapping

    @abstractmethod
    def _stored(self, connection: sa.Connection, source: Source[R], row: Row[R]) -> Stored[R]:
        """The record of a row with its revision."""

    @abstractmethod
    def _scan(
        self, connection: sa.Connection, source: Source[R], unit: str | None, partition: IdRange | None
    ) -> Iterator[Stored[R]]:
        """The records of a table with their revisions, by identifier."""

    @abstractmethod
    def _past(self, known_at: dt.datetime) -> SqlStore:
        """The store that answers for past moments."""

    def units(self) -> Iterator[Unit]:
        return self._view(self._tables).units()

    def read(self, cls: type[R], unit_id: str) -> Iterator[R]:
        return self._view(self._tables).read(cls, unit_id)

    def read_by(self, cls: type[R], field: str, unit_id: str) -> Iterator[tuple[str, R]]:
        return self._view(self._tables).read_by(cls, field, unit_id)

    def opaque(self) -> Mapping[str, int]:
        with self._reading() as connection:
            absent = self._count_absent(connection)
        return LegacyView(self._tables, self._own, self._book, absent).opaque()

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        self._book.of(cls)
        if (source := self._tables.of(cls)) is None:
            return None if self._own is None else self._own.get(cls, id_)
        with self._reading() as connection:
            row = self._tables.over(over(connection)).one(source, id_)
            return None if row is None else self._stored(connection, source, row)

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        self._book.indexed(cls, field)
        if (source := self._tables.of(cls)) is not None:
            return self._tables.with_value(source, field, unit_id, value)
        return [] if self._own is None else self._own.find(cls, field, unit_id, value)

    def scan(
        self,
        cls: type[R],
        *,
        unit: str | None = None,
        partition: IdRange | None = None,
        known_at: dt.datetime | None = None,
    ) -> Iterator[Stored[R]]:
        self._book.of(cls)
        if known_at is not None:
            return self._past(known_at).scan(cls, unit=unit, partition=partition, known_at=known_at)
        if (source := self._tables.of(cls)) is not None:
            return self._scanned(source, unit, partition)
        return iter(()) if self._own is None else self._own.scan(cls, unit=unit, partition=partition)

    def partitions(self, cls: type[Record], n: int) -> list[IdRange]:
        self._book.of(cls)
        if (source := self._tables.of(cls)) is not None:
            return self._tables.partitions(source, n)
        return [IdRange()] if self._own is None else self._own.partitions(cls, n)

    def count(self, cls: type[Record], unit: str | None = None) -> int:
        self._book.of(cls)
        if (source := self._tables.of(cls)) is not None:
            return self._tables.count(source, unit)
        return 0 if self._own is None else self._own.count(cls, unit)

    def close(self) -> None:
        self._engine.dispose()
        if self._own is not None:
            self._own.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def _view(self, tables: Tables) -> LegacyView:
        return LegacyView(tables, self._own, self._book, {})

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        with translated(self._where):
            return self._engine.connect()

    def _scanned(self, source: Source[R], unit: str | None, partition: IdRange | None) -> Iterator[Stored[R]]:
        with self._reading() as connection:
            yield from self._scan(connection, source, unit, partition)

    def _count_absent(self, connection: sa.Connection) -> Mapping[str, int]:
        found: dict[str, int] = {}
        with translated(self._where):
            for name, table in self._absent.items():
                number: Any = connection.scalar(sa.select(sa.func.count()).select_from(table.held))
                if number:
                    found[name] = number
        return found
