"""Revisions of records that another system may change: what the journal knows, and what it does not know yet.

What another system has made of a row has no revision in the journal until it is adopted, and whoever reads it is to
come back with a number all the same. That number is made of what the row holds, and is none that the journal gives: two
changes by the other system do not bear one number, and what was read before a change is not taken for what was adopted
after it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, TypeVar

import attrs
import sqlalchemy as sa

from govopen.model import codec
from govopen.model.base import Record
from govopen.storage.port import IdRange, Stored
from govopen.storage.reading import SqlView
from govopen.storage.schema import record, revision
from govopen.storage.times import from_micros
from govopen.storage.types import BoundType, TypeBook
from govopen_legacy_tables.reading import Row
from govopen_legacy_tables.source import Source

__all__ = ["UNADOPTED", "Known", "Revisions"]

R = TypeVar("R", bound=Record)

_OF_IDS: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
_NEWEST = sa.select(record.c.id, record.c.version, record.c.body, record.c.revision, record.c.recorded_at).where(
    record.c.type == sa.bindparam("type"), record.c.id.in_(_OF_IDS)
)
_LAST = (
    sa.select(revision.c.id, sa.func.max(revision.c.revision))
    .where(revision.c.type == sa.bindparam("type"), revision.c.id.in_(_OF_IDS))
    .group_by(revision.c.id)
)

UNADOPTED = 2**30
"""From here on numbers stand for what nobody has adopted; they take 31 bits. No record has so many revisions."""


@attrs.frozen
class Known:
    """What the journal has of a record.

    Attributes:
        stored: The newest revision; ``None`` if it has none or was deleted.
        last: The number of the last revision, a deletion counted; 0: there was none.
    """

    stored: Stored[Any] | None
    last: int

    @property
    def record(self) -> Record | None:
        """The newest record."""
        return None if self.stored is None else self.stored.record

    def number(self, row: Row[Any]) -> int:
        """The revision of a row: that of the journal, or one that stands for just what the row holds now."""
        if self.record == row.record:
            return self.last
        held = f"{self.last} {codec.digest(row.record)} {row.version}"
        return UNADOPTED + int.from_bytes(hashlib.sha256(held.encode()).digest()) % UNADOPTED


class Revisions:
    """The revisions of the records in the tables.

    Args:
        book: The record types.
        where: What errors call the database.
        since: The time of a change of which nobody knows the time.
    """

    def __init__(self, book: TypeBook, where: str, since: dt.datetime) -> None:
        self._book = book
        self._where = where
        self._since = since

    def known(self, connection: sa.Connection, bound: BoundType[Any], ids: Sequence[str]) -> Mapping[str, Known]:
        """What the journal has of some records."""
        found = dict.fromkeys(ids, Known(None, 0))
        for id_, version, body, number, at in connection.execute(_NEWEST, {"type": bound.type.name, "ids": ids}):
            stored = Stored(record=bound.load(id_, version, body), revision=number, recorded_at=from_micros(at))
            found[id_] = Known(stored, number)
        if missing := [id_ for id_, known in found.items() if known.stored is None]:
            for id_, last in connection.execute(_LAST, {"type": bound.type.name, "ids": missing}):
                found[id_] = Known(None, last)
        return found

    def stored(self, row: Row[R], known: Known) -> Stored[R]:
        """The row with its revision."""
        if known.stored is not None and known.record == row.record:
            return known.stored
        return Stored(record=row.record, revision=known.number(row), recorded_at=row.updated_at or self._since)

    def merged(
        self,
        connection: sa.Connection,
        source: Source[R],
        rows: Iterator[Row[R]],
        *,
        unit: str | None = None,
        partition: IdRange | None = None,
    ) -> Iterator[Stored[R]]:
        """The rows with their revisions, both read in the order of identifiers."""
        view = SqlView(lambda: nullcontext(connection), self._book, self._where)
        journalled = view.scan(source.bound.type.cls, unit=unit, partition=partition)
        held = next(journalled, None)
        for row in rows:
            while held is not None and held.record.id < row.record.id:
                held = next(journalled, None)
            if held is not None and held.record.id == row.record.id:
                yield self.stored(row, Known(held, held.revision))
            else:
                # Not among the unit's: the other system may have moved it here, or made it anew.
                known = self.known(connection, source.bound, [row.record.id])
                yield self.stored(row, known[row.record.id])

    def differing(
        self, connection: sa.Connection, source: Source[Any], rows: Iterator[Row[Any]]
    ) -> Iterator[tuple[str, int]]:
        """The records that are otherwise in the table than in the journal: identifier, and revision once adopted."""
        view = SqlView(lambda: nullcontext(connection), self._book, self._where)
        journalled = view.scan(source.bound.type.cls, unit=None, partition=None)
        held = next(journalled, None)
        for row in rows:
            while held is not None and held.record.id < row.record.id:
                yield held.record.id, held.revision
                held = next(journalled, None)
            if held is not None and held.record.id == row.record.id:
                if held.record != row.record:
                    yield row.record.id, held.revision + 1
                held = next(journalled, None)
            else:
                known = self.known(connection, source.bound, [row.record.id])
                yield row.record.id, known[row.record.id].last + 1
        while held is not None:
            yield held.record.id, held.revision
            held = next(journalled, None)
