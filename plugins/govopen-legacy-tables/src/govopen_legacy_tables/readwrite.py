"""A store over tables that govopen writes into as well; revisions, journal and files lie in its own beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

import sqlalchemy as sa

from govopen.model.base import Record
from govopen.storage.engine import WRITING, translated
from govopen.storage.events import JournalEntry
from govopen.storage.port import NOBODY, Attachment, Author, Change, Clock, IdRange, Stored, Transaction, View
from govopen.storage.reading import SqlView
from govopen.storage.sql import SqlStore
from govopen.storage.types import TypeBook
from govopen_legacy_tables.columns import Table
from govopen_legacy_tables.reading import Row, Tables, over
from govopen_legacy_tables.revisions import Revisions
from govopen_legacy_tables.source import Source
from govopen_legacy_tables.store import LegacyStore
from govopen_legacy_tables.views import LegacyView
from govopen_legacy_tables.writing import LegacyTransaction

__all__ = ["ReadWriteStore"]

R = TypeVar("R", bound=Record)


class ReadWriteStore(LegacyStore):
    """What a record is, its row says; what it was and who wrote it, govopen's own tables in the same database say.

    Args:
        own: The store in the same database: journal, revisions, files, and the records of all other types.
        clock: Gives the time that revisions are recorded at.
    """

    def __init__(
        self,
        engine: sa.Engine,
        tables: Tables,
        absent: Mapping[str, Table],
        own: SqlStore,
        book: TypeBook,
        *,
        where: str,
        mapping: str,
        clock: Clock,
    ) -> None:
        super().__init__(engine, tables, absent, own, book, where=where, mapping=mapping)
        self._keeper = own
        self._clock = clock
        self._revisions = Revisions(book, where, clock().astimezone(dt.UTC))

    @property
    def identity(self) -> str:
        return self._keeper.identity

    def transaction(self, author: Author = NOBODY) -> AbstractContextManager[Transaction]:
        return self._transaction(author)

    @contextmanager
    def _transaction(self, author: Author) -> Iterator[LegacyTransaction]:
        with translated(self._where):
            connection = self._engine.connect()
        with connection:
            connection.execution_options(**{WRITING: True})
            with translated(self._where):
                begun = connection.begin()
            try:
                yield LegacyTransaction(
                    connection,
                    self._tables,
                    self._book,
                    self._revisions,
                    author=author,
                    clock=self._clock,
                    where=self._where,
                )
            except BaseException:
                begun.rollback()
                raise
            with translated(self._where):
                begun.commit()

    def adopt(self) -> int:
        """Put down in the journal whatever another system has changed in the tables, and say how many records.

        A record that is written is adopted before; this does it for all. The journal then has what was there at this
        moment, not what was there between, and puts it down to nobody.
        """
        differing = [(name, id_) for name, id_, _ in self._changed_by_others()]
        with self._transaction(NOBODY) as transaction:
            for name, id_ in differing:
                transaction.adopt(self._book.by_name[name].type.cls, id_)
        return len(differing)

    def changes(self, since: int = 0) -> Iterator[Change]:
        return self._keeper.changes(since)

    def journal(self, unit: str | None = None, after: int = 0) -> Iterator[JournalEntry]:
        return self._keeper.journal(unit, after)

    def unjournalled(self) -> Iterator[tuple[str, str, int]]:
        """As every store's; and every record that another system has made, changed or deleted since the journal."""
        yield from self._keeper.unjournalled()
        yield from self._changed_by_others()

    def _changed_by_others(self) -> Iterator[tuple[str, str, int]]:
        with translated(self._where), self._reading() as connection:
            tables = self._tables.over(over(connection))
            for source in tables.sources:
                for id_, number in self._revisions.differing(connection, source, tables.rows(source)):
                    yield source.name, id_, number

    def attachments(self) -> Iterator[str]:
        return self._keeper.attachments()

    def attachment(self, digest: str) -> Attachment:
        return self._keeper.attachment(digest)

    def at(self, known_at: dt.datetime) -> View:
        return self._keeper.at(known_at)

    @contextmanager
    def _snapshot(self) -> Iterator[View]:
        with self._reading() as connection:
            own = SqlView(over(connection), self._book, self._where)
            tables = self._tables.over(over(connection))
            tables.touch()
            yield LegacyView(tables, own, self._book, self._count_absent(connection))

    def snapshot(self) -> AbstractContextManager[View]:
        return self._snapshot()

    def _stored(self, connection: sa.Connection, source: Source[R], row: Row[R]) -> Stored[R]:
        with translated(self._where):
            known = self._revisions.known(connection, source.bound, [row.record.id])
        return self._revisions.stored(row, known[row.record.id])

    def _scan(
        self, connection: sa.Connection, source: Source[R], unit: str | None, partition: IdRange | None
    ) -> Iterator[Stored[R]]:
        with translated(self._where):
            rows = self._tables.over(over(connection)).rows(source, unit=unit, partition=partition)
            yield from self._revisions.merged(connection, source, rows, unit=unit, partition=partition)

    def _past(self, known_at: dt.datetime) -> SqlStore:
        return self._keeper
