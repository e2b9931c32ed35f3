"""One transaction over the columns of another system and govopen's own tables beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, TypeVar

import sqlalchemy as sa

from govopen.model import codec
from govopen.model.base import Record
from govopen.storage.engine import translated
from govopen.storage.port import ABSENT, Attachment, Author, Clock, Stored, Transaction
from govopen.storage.refusals import stale
from govopen.storage.types import TypeBook, entries_of
from govopen.storage.writing import SqlTransaction
from govopen_legacy_tables.reading import Row, Tables, over, read_rows
from govopen_legacy_tables.revisions import Revisions
from govopen_legacy_tables.rows import delete_row, insert_rows, update_row
from govopen_legacy_tables.source import Source

__all__ = ["LegacyTransaction"]

R = TypeVar("R", bound=Record)

BATCH = 400
"""Records that are written together. Older SQLite takes no more than 999 parameters, and an identifier is two."""

_ANOTHER_SYSTEM = Author(cause="legacy.adopt")


class LegacyTransaction(Transaction):
    """Writes into rows, and puts down in the journal what was written.

    Args:
        connection: To the database, in a transaction that writes and that somebody else ends.
        tables: The mapped types.
        book: The record types.
        revisions: Tells what the journal knows.
        author: To whom the journal puts down what is written.
        clock: Gives the time.
        where: What errors call the database.
    """

    def __init__(
        self,
        connection: sa.Connection,
        tables: Tables,
        book: TypeBook,
        revisions: Revisions,
        *,
        author: Author,
        clock: Clock,
        where: str,
    ) -> None:
        self._connection = connection
        self._tables = tables.over(over(connection))
        self._book = book
        self._author = author
        self._revisions = revisions
        self._where = where
        # One moment for the whole transaction.
        self._at = clock().astimezone(dt.UTC)
        self._own = self._writing(author)
        # What another system did is not the author's: it has no actor, and a cause of its own.
        self._others = self._writing(_ANOTHER_SYSTEM)

    def _writing(self, author: Author) -> SqlTransaction:
        return SqlTransaction(self._connection, self._book, lambda: self._at, self._where, author)

    @contextmanager
    def _together(self) -> Iterator[None]:
        """Rows and journal are written both or neither, also if whoever calls catches the error and goes on."""
        try:
            with translated(self._where), self._connection.begin_nested():
                yield
        except BaseException:
            # What they remember of the journal's end is no longer there.
            self._own, self._others = self._writing(self._author), self._writing(_ANOTHER_SYSTEM)
            raise

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        self._book.of(cls)
        if (source := self._tables.of(cls)) is None:
            return self._own.get(cls, id_)
        with translated(self._where):
            row = read_rows(self._connection, source, [id_]).get(id_)
            if row is None:
                return None
            known = self._revisions.known(self._connection, source.bound, [id_])
            return self._revisions.stored(row, known[id_])

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        self._book.indexed(cls, field)
        if (source := self._tables.of(cls)) is None:
            return self._own.find(cls, field, unit_id, value)
        return self._tables.with_value(source, field, unit_id, value)

    def put(self, record: R, *, expected: int | None = None) -> Stored[R]:
        self._book.of(type(record))
        if (source := self._tables.of(type(record))) is None:
            return self._own.put(record, expected=expected)
        with self._together():
            self._write(source, [record], expected)
            # Written or equal, the journal now has just this record.
            return self._own.put(record)

    def put_many(self, records: Iterable[Record], *, replace: bool = False) -> int:
        written = 0
        for batch in self._batches(records):
            if (source := self._tables.of(type(batch[0]))) is None:
                self._own.put_many(batch, replace=replace)
            else:
                with self._together():
                    self._write(source, batch, None if replace else ABSENT)
                    self._own.put_many(batch, replace=True)
            written += len(batch)
        return written

    def _batches(self, records: Iterable[Record]) -> Iterator[list[Record]]:
        """Batches of one type each, without an identifier twice. One of each is open: files bring types by turns."""
        batches: dict[type[Record], dict[str, Record]] = {}
        for record in records:
            self._book.of(type(record))
            batch = batches.setdefault(type(record), {})
            if len(batch) == BATCH or record.id in batch:
                yield list(batch.values())
                batch.clear()
            batch[record.id] = record
        yield from (list(batch.values()) for batch in batches.values() if batch)

    def _write(self, source: Source[Any], records: Sequence[Record], expected: int | None) -> None:
        """Bring rows up to records of distinct identifiers."""
        for record in records:
            # What the journal will not take is refused before a column is touched.
            codec.encode(record)
            entries_of(source.bound.type, record)
        rows = self._claim(source, [record.id for record in records], expected)
        if new := [record for record in records if record.id not in rows]:
            insert_rows(self._connection, source, new, self._at)
        for record in records:
            if record.id in rows and rows[record.id].record != record:
                update_row(self._connection, source, record, rows[record.id].record, self._at)

    def delete(self, cls: type[Record], id_: str, *, expected: int | None = None) -> bool:
        self._book.of(cls)
        if (source := self._tables.of(cls)) is None:
            return self._own.delete(cls, id_, expected=expected)
        with self._together():
            if not self._claim(source, [id_], expected):
                return False
            delete_row(self._connection, source, id_)
            return self._own.delete(cls, id_)

    def forget(self, cls: type[Record], id_: str) -> int:
        with self._together():
            self.adopt(cls, id_)
            return self._own.forget(cls, id_)

    def adopt(self, cls: type[Record], id_: str) -> None:
        """Put down in the journal what another system has made of a record, if it has."""
        self._book.of(cls)
        if (source := self._tables.of(cls)) is not None:
            with self._together():
                self._claim(source, [id_], None)

    def attach(self, content: bytes | BinaryIO, media_type: str) -> str:
        return self._own.attach(content, media_type)

    def discard(self, digest: str) -> bool:
        return self._own.discard(digest)

    def attachment(self, digest: str) -> Attachment:
        return self._own.attachment(digest)

    def _claim(self, source: Source[R], ids: Sequence[str], expected: int | None) -> dict[str, Row[R]]:
        """The rows of identifiers, locked; the journal has the same of them, from here on.

        Raises:
            StaleWrite: There is another revision than the expected one, or another content than it stood for.
        """
        rows = read_rows(self._connection, source, ids, lock=True)
        known = self._revisions.known(self._connection, source.bound, ids)
        held = {id_: None if id_ not in rows else rows[id_].record for id_ in ids}
        # A dictionary for its order: events are written in that of the call.
        changed = {id_: record for id_, record in held.items() if record != known[id_].record}
        for id_ in ids:
            there = known[id_].number(rows[id_]) if id_ in rows else ABSENT
            if expected is not None and expected != there:
                raise stale(source.name, id_, expected, there)
        for id_, record in changed.items():
            if record is None:
                self._others.delete(source.bound.type.cls, id_)
        self._others.put_many([record for record in changed.values() if record is not None], replace=True)
        return rows
