"""The store over SQLAlchemy: a SQLite file of its own, a PostgreSQL database, or tables in the host's database.

Why it is laid out as it is: ``docs/explanation/storage.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import TracebackType
from typing import Any, Self, TypeVar

import sqlalchemy as sa

from govopen.model.base import Record, RecordType
from govopen.model.units import Unit
from govopen.storage import schema
from govopen.storage.engine import WRITING, Place, begin_on_host, open_place, translated
from govopen.storage.events import JournalEntry
from govopen.storage.port import (
    NOBODY,
    Attachment,
    Author,
    Change,
    Clock,
    IdRange,
    Store,
    Stored,
    Transaction,
    View,
    utc_now,
)
from govopen.storage.reading import SqlView
from govopen.storage.refusals import no_govopen_store, no_store
from govopen.storage.reindex import changed_types, reindex
from govopen.storage.sqlite import prepare_file
from govopen.storage.times import to_micros
from govopen.storage.types import TypeBook
from govopen.storage.writing import SqlTransaction

__all__ = ["SqlStore"]

R = TypeVar("R", bound=Record)


class SqlStore(Store):
    """A store in a SQL database. Made by :meth:`open` or :meth:`within`."""

    def __init__(
        self,
        home: sa.Engine | sa.Connection,
        types: Iterable[RecordType],
        clock: Clock,
        *,
        where: str,
        place: Place | None = None,
    ) -> None:
        self._home = home
        self._book = TypeBook(types)
        self._clock = clock
        self._where = where
        self._place = place
        self._now = SqlView(self.reading, self._book, where)

    @classmethod
    def open(cls, url: str, types: Iterable[RecordType], *, clock: Clock = utc_now, create: bool = True) -> Self:
        """Open a store, and make it if there is none.

        Args:
            url: ``sqlite:///records.db`` (relative), ``sqlite:////srv/records.db`` (absolute), ``sqlite://`` for a
                store in a private temporary folder that goes when the store is closed, or
                ``postgresql://user:password@host/database`` (with the extra ``govopen[postgresql]``).
            types: The record types it reads and writes. Records of other types stay untouched.
            clock: Gives the time that revisions are recorded at.
            create: Whether to make a store where there is none.

        Raises:
            StoreTooNew: A newer govopen made it.
            StoreError: It is not ours, is of an older govopen and waits for ``govopen migrate``, cannot be opened, or
                is not there and ``create`` is false.
            PluginError: The types contradict each other or themselves.
        """
        place = open_place(url)
        if not create and place.file is not None and not place.file.exists():
            raise no_store(place.where)
        try:
            store = cls(place.engine, types, clock, where=place.where, place=place)
            store._settle(place, create=create)
        except BaseException:
            place.engine.dispose()
            raise
        return store

    @classmethod
    def within(cls, connection: sa.Connection, types: Iterable[RecordType], *, clock: Clock = utc_now) -> Self:
        """A store inside the host's own transaction: tables of ours, named ``govopen_...``, in the host's database.

        What is written is committed and rolled back with the host's transaction, and not before. The tables are made
        if they are not there; closing the store leaves the connection open.

        Args:
            connection: The host's connection, such as ``session.connection()``.
            types: The record types it reads and writes.
            clock: Gives the time that revisions are recorded at.

        Raises:
            StoreTooNew: A newer govopen made the tables.
            StoreError: The database refuses.
        """
        where = connection.engine.url.render_as_string(hide_password=True)
        store = cls(connection, types, clock, where=where)
        with translated(where):
            ours = schema.check_version(connection, where)
        if not ours:
            store._make()
        store._settle_types()
        return store

    def transaction(self, author: Author = NOBODY) -> AbstractContextManager[Transaction]:
        return self._transaction(author)

    @contextmanager
    def _transaction(self, author: Author) -> Iterator[Transaction]:
        with self._writing() as connection:
            yield SqlTransaction(connection, self._book, self._clock, self._where, author)

    def units(self) -> Iterator[Unit]:
        return self._now.units()

    def read(self, cls: type[R], unit_id: str) -> Iterator[R]:
        return self._now.read(cls, unit_id)

    def read_by(self, cls: type[R], field: str, unit_id: str) -> Iterator[tuple[str, R]]:
        return self._now.read_by(cls, field, unit_id)

    def opaque(self) -> Mapping[str, int]:
        return self._now.opaque()

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        return self._now.get(cls, id_)

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        return self._now.find(cls, field, unit_id, value)

    def scan(
        self,
        cls: type[R],
        *,
        unit: str | None = None,
        partition: IdRange | None = None,
        known_at: dt.datetime | None = None,
    ) -> Iterator[Stored[R]]:
        view = self._now if known_at is None else self._at(known_at)
        return view.scan(cls, unit=unit, partition=partition)

    def partitions(self, cls: type[Record], n: int) -> list[IdRange]:
        return self._now.partitions(cls, n)

    def count(self, cls: type[Record], unit: str | None = None) -> int:
        return self._now.count(cls, unit)

    def changes(self, since: int = 0) -> Iterator[Change]:
        return self._now.changes(since)

    @property
    def identity(self) -> str:
        return self._now.identity()

    def journal(self, unit: str | None = None, after: int = 0) -> Iterator[JournalEntry]:
        return self._now.journal(unit, after)

    def journal_rows(self) -> Iterator[tuple[Any, ...]]:
        """The journal as a verification reads it: as it lies in the database, whatever that is."""
        return self._now.journal_rows()

    def unjournalled(self) -> Iterator[tuple[str, str, int]]:
        return self._now.unjournalled()

    def attachments(self) -> Iterator[str]:
        return self._now.attachments()

    def attachment(self, digest: str) -> Attachment:
        return self._now.attachment(digest)

    def at(self, known_at: dt.datetime) -> View:
        return self._at(known_at)

    def _at(self, known_at: dt.datetime) -> SqlView:
        return SqlView(self.reading, self._book, self._where, to_micros(known_at))

    def snapshot(self) -> AbstractContextManager[View]:
        return self._snapshot()

    @contextmanager
    def _snapshot(self) -> Iterator[View]:
        with translated(self._where):
            reading = self.reading()
        with reading as connection:
            view = SqlView(lambda: nullcontext(connection), self._book, self._where)
            with translated(self._where):
                # Databases take the snapshot at the first read, not at BEGIN.
                schema.check_version(connection, self._where)
            yield view

    def close(self) -> None:
        if isinstance(self._home, sa.Engine):
            self._home.dispose()
        if self._place is not None and self._place.folder is not None:
            self._place.folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """A connection that reads; over an engine of ours it sees one moment from its first read on."""
        return self._home.connect() if isinstance(self._home, sa.Engine) else nullcontext(self._home)

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A connection that commits when the block ends, or a part of the host's transaction."""
        if isinstance(self._home, sa.Connection):
            with translated(self._where):
                begin_on_host(self._home)
            with self._home.begin_nested():
                yield self._home
            return
        with translated(self._where):
            connection = self._home.connect()
        with connection:
            connection.execution_options(**{WRITING: True})
            with translated(self._where):
                transaction = connection.begin()
            try:
                yield connection
            except BaseException:
                transaction.rollback()
                raise
            with translated(self._where):
                transaction.commit()

    def _settle(self, place: Place, *, create: bool) -> None:
        """Check that the database holds a store, or make one in it. A file that is another program's stays so."""
        with translated(self._where):
            with place.engine.connect() as connection:
                ours = schema.check_version(connection, self._where)
                if not ours and place.file is not None and schema.has_tables(connection):
                    raise no_govopen_store(self._where)
            if not ours and not create:
                raise no_store(self._where)
            if not ours and place.file is not None:
                prepare_file(place.engine)
        if not ours:
            self._make()
        self._settle_types()

    def _make(self) -> None:
        with translated(self._where), self._writing() as connection:
            # Another process may have come first.
            if not schema.check_version(connection, self._where):
                schema.create(connection)

    def _settle_types(self) -> None:
        with translated(self._where):
            with self.reading() as connection:
                changed = changed_types(connection, self._book)
            if changed:
                with self._writing() as connection:
                    for bound in changed:
                        reindex(connection, bound, to_micros(self._clock()))
