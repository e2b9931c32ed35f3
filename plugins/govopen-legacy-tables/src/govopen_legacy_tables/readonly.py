"""A store over tables that govopen reads and leaves as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, BinaryIO, TypeVar

import sqlalchemy as sa

from govopen.model.base import Record
from govopen.storage.events import JournalEntry
from govopen.storage.port import NOBODY, Attachment, Author, Change, IdRange, Stored, Transaction, View
from govopen.storage.sql import SqlStore
from govopen.storage.types import TypeBook
from govopen_legacy_tables.columns import Table
from govopen_legacy_tables.reading import Row, Tables, over
from govopen_legacy_tables.refusals import no_companion, no_past, read_only
from govopen_legacy_tables.source import Source
from govopen_legacy_tables.store import LegacyStore
from govopen_legacy_tables.views import LegacyView

__all__ = ["ReadOnlyStore"]

R = TypeVar("R", bound=Record)


class ReadOnlyStore(LegacyStore):
    """Each row is a record at revision 1: the tables keep no count of theirs.

    Journal, changes and files are those of the companion. Nothing in them tells of what another system does to its
    tables.

    Args:
        identity: What the store is known by if it has no companion.
        opened_at: The time that records without a time of their own are said to be recorded at.
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
        identity: str,
        opened_at: dt.datetime,
    ) -> None:
        super().__init__(engine, tables, absent, own, book, where=where, mapping=mapping)
        self._identity = identity
        self._opened_at = opened_at

    @property
    def identity(self) -> str:
        return self._identity if self._own is None else self._own.identity

    def transaction(self, author: Author = NOBODY) -> AbstractContextManager[Transaction]:
        if self._own is None:
            raise read_only(None, self._mapping)
        return self._transaction(self._own, author)

    @contextmanager
    def _transaction(self, own: SqlStore, author: Author) -> Iterator[Transaction]:
        with own.transaction(author) as transaction:
            yield _Transaction(transaction, self, self._tables, self._book, self._mapping)

    def changes(self, since: int = 0) -> Iterator[Change]:
        return self._companion().changes(since)

    def journal(self, unit: str | None = None, after: int = 0) -> Iterator[JournalEntry]:
        return self._companion().journal(unit, after)

    def unjournalled(self) -> Iterator[tuple[str, str, int]]:
        return self._companion().unjournalled()

    def attachments(self) -> Iterator[str]:
        return self._companion().attachments()

    def attachment(self, digest: str) -> Attachment:
        return self._companion().attachment(digest)

    def at(self, known_at: dt.datetime) -> View:
        raise no_past(self._mapping)

    @contextmanager
    def _snapshot(self) -> Iterator[View]:
        with self._reading() as connection:
            tables = self._tables.over(over(connection))
            tables.touch()
            absent = self._count_absent(connection)
            if self._own is None:
                yield LegacyView(tables, None, self._book, absent)
                return
            with self._own.snapshot() as own:
                yield LegacyView(tables, own, self._book, absent)

    def snapshot(self) -> AbstractContextManager[View]:
        return self._snapshot()

    def _companion(self) -> SqlStore:
        if self._own is None:
            raise no_companion(self._mapping)
        return self._own

    def _stored(self, connection: sa.Connection, source: Source[R], row: Row[R]) -> Stored[R]:
        return Stored(record=row.record, revision=1, recorded_at=row.updated_at or self._opened_at)

    def _scan(
        self, connection: sa.Connection, source: Source[R], unit: str | None, partition: IdRange | None
    ) -> Iterator[Stored[R]]:
        rows = self._tables.over(over(connection)).rows(source, unit=unit, partition=partition)
        return (self._stored(connection, source, row) for row in rows)

    def _past(self, known_at: dt.datetime) -> SqlStore:
        raise no_past(self._mapping)


class _Transaction(Transaction):
    """Writes to the companion; the tables are read, and a write that concerns them is refused."""

    def __init__(self, own: Transaction, store: LegacyStore, tables: Tables, book: TypeBook, mapping: str) -> None:
        self._own = own
        self._store = store
        self._tables = tables
        self._book = book
        self._mapping = mapping

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        return self._own.get(cls, id_) if self._tables.of(cls) is None else self._store.get(cls, id_)

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        if self._tables.of(cls) is None:
            return self._own.find(cls, field, unit_id, value)
        return self._store.find(cls, field, unit_id, value)

    def put(self, record: R, *, expected: int | None = None) -> Stored[R]:
        self._writes(type(record))
        return self._own.put(record, expected=expected)

    def put_many(self, records: Iterable[Record], *, replace: bool = False) -> int:
        return self._own.put_many(map(self._written, records), replace=replace)

    def delete(self, cls: type[Record], id_: str, *, expected: int | None = None) -> bool:
        self._writes(cls)
        return self._own.delete(cls, id_, expected=expected)

    def forget(self, cls: type[Record], id_: str) -> int:
        self._writes(cls)
        return self._own.forget(cls, id_)

    def attach(self, content: bytes | BinaryIO, media_type: str) -> str:
        return self._own.attach(content, media_type)

    def discard(self, digest: str) -> bool:
        return self._own.discard(digest)

    def attachment(self, digest: str) -> Attachment:
        return self._own.attachment(digest)

    def _written(self, record: Record) -> Record:
        self._writes(type(record))
        return record

    def _writes(self, cls: type[Any]) -> None:
        if self._tables.of(cls) is not None:
            raise read_only(self._book.of(cls).type, self._mapping)
