"""The store over SQLAlchemy: a SQLite file of its own, or tables in the host's database.

Why it is laid out as it is: ``docs/explanation/storage.md``.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import sqlalchemy as sa
from sqlalchemy import exc

from govopen.errors import StoreError
from govopen.model.base import Record, RecordType
from govopen.model.units import Unit
from govopen.storage import schema
from govopen.storage.engine import WRITING, begin_on_host, make_engine, prepare_file, translated
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
from govopen.storage.reindex import changed_types, reindex
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
        folder: tempfile.TemporaryDirectory[str] | None = None,
    ) -> None:
        self._home = home
        self._book = TypeBook(types)
        self._clock = clock
        self._where = where
        self._folder = folder
        self._now = SqlView(self._reading, self._book, where)

    @classmethod
    def open(cls, url: str, types: Iterable[RecordType], *, clock: Clock = utc_now, create: bool = True) -> Self:
        """Open a SQLite store, and make it if there is none.

        Args:
            url: ``sqlite:///records.db`` (relative), ``sqlite:////srv/records.db`` (absolute), or ``sqlite://`` for
                a store in a private temporary folder that goes when the store is closed.
            types: The record types it reads and writes. Records of other types stay untouched.
            clock: Gives the time that revisions are recorded at.
            create: Whether to make a store where there is none.

        Raises:
            StoreTooNew: A newer govopen made it.
            StoreError: It is not ours, cannot be opened, or is not there and ``create`` is false.
            PluginError: The types contradict each other or themselves.
        """
        path, folder = _path_of(url), None
        if not path:
            folder = tempfile.TemporaryDirectory(prefix="govopen-")
            path = str(Path(folder.name, "store.db"))
        if not create and not Path(path).exists():
            raise StoreError("There is no store at {where}.", hint="Make one with `govopen init`.", where=path)
        engine = make_engine(path)
        try:
            store = cls(engine, types, clock, where=path, folder=folder)
            store._settle_file(engine)
        except BaseException:
            engine.dispose()
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
        with translated(where), store._writing() as own:
            if not schema.check_version(own, where):
                schema.create(own)
        store._settle_types()
        return store

    def transaction(self, author: Author = NOBODY) -> AbstractContextManager[Transaction]:
        return self._transaction()

    @contextmanager
    def _transaction(self) -> Iterator[Transaction]:
        with self._writing() as connection:
            yield SqlTransaction(connection, self._book, self._clock, self._where)

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

    def attachment(self, digest: str) -> Attachment:
        return self._now.attachment(digest)

    def at(self, known_at: dt.datetime) -> View:
        return self._at(known_at)

    def _at(self, known_at: dt.datetime) -> SqlView:
        return SqlView(self._reading, self._book, self._where, to_micros(known_at))

    def snapshot(self) -> AbstractContextManager[View]:
        return self._snapshot()

    @contextmanager
    def _snapshot(self) -> Iterator[View]:
        with self._reading() as connection:
            view = SqlView(lambda: nullcontext(connection), self._book, self._where)
            with translated(self._where):
                # SQLite takes the snapshot at the first read, not at BEGIN.
                schema.check_version(connection, self._where)
            yield view

    def close(self) -> None:
        if isinstance(self._home, sa.Engine):
            self._home.dispose()
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def _reading(self) -> AbstractContextManager[sa.Connection]:
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
        with self._home.connect() as connection:
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

    def _settle_file(self, engine: sa.Engine) -> None:
        """Check that the file is ours, or empty and to be made ours."""
        with translated(self._where):
            with engine.connect() as connection:
                ours = schema.check_version(connection, self._where)
                if not ours and schema.has_tables(connection):
                    raise StoreError(
                        "{where} is a SQLite database, but not a govopen store.",
                        hint="Check the address, or give a file that does not exist yet.",
                        where=self._where,
                    )
            if not ours:
                prepare_file(engine)
                with self._writing() as connection:
                    # Another process may have come first.
                    if not schema.check_version(connection, self._where):
                        schema.create(connection)
        self._settle_types()

    def _settle_types(self) -> None:
        with translated(self._where):
            with self._reading() as connection:
                changed = changed_types(connection, self._book)
            if changed:
                with self._writing() as connection:
                    for bound in changed:
                        reindex(connection, bound)


def _path_of(url: str) -> str:
    """The file of a SQLite URL; empty for a temporary one."""
    try:
        parsed = sa.make_url(url)
    except exc.ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() != "sqlite":
        raise StoreError(
            "This store opens SQLite files, and the address is of another kind.",
            hint="Write sqlite:///records.db; other databases come by a plugin.",
        )
    return "" if parsed.database in {None, "", ":memory:"} else str(parsed.database)
