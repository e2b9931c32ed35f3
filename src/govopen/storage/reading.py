"""Reading from the SQL store: prebuilt statements, rows in chunks, bodies straight to the decoder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import groupby, starmap
from operator import itemgetter
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from govopen.model.base import Record
from govopen.model.units import Unit
from govopen.storage import schema
from govopen.storage.engine import translated
from govopen.storage.events import JournalEntry
from govopen.storage.journal import AS_WRITTEN, BY_UNIT, OF_UNIT, UNJOURNALLED, entries_of_rows, raw_row
from govopen.storage.port import Attachment, Change, IdRange, Stored
from govopen.storage.refusals import no_attachment
from govopen.storage.schema import group, journal, record, revision
from govopen.storage.times import from_micros
from govopen.storage.types import BoundType, TypeBook, entries_of

__all__ = ["CHUNK", "Connect", "SqlView", "find_by", "read_attachment", "read_one"]

R = TypeVar("R", bound=Record)

Connect = Callable[[], AbstractContextManager[sa.Connection]]
"""Gives a connection for as long as a block lasts."""

CHUNK = 1000
"""So many rows are held at once."""

# A cursor in the server; SQLite streams anyway.
_STREAM = {"stream_results": True, "max_row_buffer": CHUNK}

_TYPE: sa.BindParameter[str] = sa.bindparam("type")
_UNIT: sa.BindParameter[str] = sa.bindparam("unit")
_ID: sa.BindParameter[str] = sa.bindparam("id")
_AT: sa.BindParameter[int] = sa.bindparam("at")

# A subquery that gives one row leaves SQLite no choice but to walk the index in order; a join leaves it one.
_THE_GROUP = sa.select(group.c.id).where(group.c.type == _TYPE, group.c.unit == _UNIT).scalar_subquery()

_COLUMNS = ("id", "version", "body", "revision", "recorded_at")


def _of(table: sa.Table) -> list[sa.Column[Any]]:
    return [table.c[name] for name in _COLUMNS]


_ONE = sa.select(*_of(record)).where(record.c.type == _TYPE, record.c.id == _ID)

_READ = (
    sa.select(record.c.id, record.c.version, record.c.body).where(record.c.group == _THE_GROUP).order_by(record.c.id)
)

_READ_BY = (
    sa.select(schema.entry.c.value, record.c.id, record.c.version, record.c.body)
    .join_from(schema.entry, record, schema.entry.c.record == record.c.key)
    .where(schema.entry.c.group == _THE_GROUP, schema.entry.c.field == sa.bindparam("field"))
    .order_by(schema.entry.c.value, schema.entry.c.id)
)


_FIND = (
    sa.select(record.c.id, record.c.version, record.c.body)
    .join_from(schema.entry, record, schema.entry.c.record == record.c.key)
    .where(
        schema.entry.c.group == _THE_GROUP,
        schema.entry.c.field == sa.bindparam("field"),
        schema.entry.c.value == sa.bindparam("value"),
    )
    .order_by(schema.entry.c.id)
)


_INDEXED = (
    sa.select(record.c.key, record.c.id, record.c.revision, record.c.version, record.c.body)
    .where(record.c.type == _TYPE)
    .order_by(record.c.key)
)
_ENTRIES = (
    sa.select(schema.entry.c.record, schema.entry.c.field, schema.entry.c.value)
    .join_from(schema.entry, record, schema.entry.c.record == record.c.key)
    .where(record.c.type == _TYPE)
    .order_by(schema.entry.c.record)
)


def _scan(by_unit: bool, stop: bool, past: bool) -> sa.Select[Any] | sa.CompoundSelect[Any]:
    """The statement of a scan: of a unit or all, up to an identifier or all, of now or of a moment."""
    newest = sa.select(*_of(record)).where(record.c.id >= sa.bindparam("start"))
    newest = newest.where(record.c.group == _THE_GROUP if by_unit else record.c.type == _TYPE)
    if stop:
        newest = newest.where(record.c.id < sa.bindparam("stop"))
    if not past:
        return newest.order_by(record.c.id)
    ended = sa.select(*_of(revision)).where(
        revision.c.type == _TYPE,
        revision.c.id >= sa.bindparam("start"),
        revision.c.kind == "put",
        revision.c.body.is_not(None),
        revision.c.recorded_at <= _AT,
        revision.c.ended_at > _AT,
    )
    if by_unit:
        ended = ended.where(revision.c.unit == _UNIT)
    if stop:
        ended = ended.where(revision.c.id < sa.bindparam("stop"))
    return sa.union_all(newest.where(record.c.recorded_at <= _AT), ended).order_by("id")


_SCANS = {
    (by_unit, stop, past): _scan(by_unit, stop, past)
    for by_unit in (False, True)
    for stop in (False, True)
    for past in (False, True)
}

_COUNT = sa.select(sa.func.count()).select_from(record).where(record.c.type == _TYPE)
_COUNT_UNIT = sa.select(sa.func.count()).select_from(record).where(record.c.group == _THE_GROUP)
_NTH = sa.select(record.c.id).where(record.c.type == _TYPE).order_by(record.c.id).limit(1).offset(sa.bindparam("n"))
_TYPES = sa.select(record.c.type, sa.func.count()).group_by(record.c.type)
_TYPES_THEN = (
    sa.select(sa.column("type", sa.Text), sa.func.count())
    .select_from(
        sa.union_all(
            sa.select(record.c.type).where(record.c.recorded_at <= _AT),
            sa.select(revision.c.type).where(
                revision.c.kind == "put",
                revision.c.body.is_not(None),
                revision.c.recorded_at <= _AT,
                revision.c.ended_at > _AT,
            ),
        ).subquery()
    )
    .group_by(sa.column("type"))
)
_CHANGES = (
    sa.select(
        journal.c.seq, journal.c.type, journal.c.id, journal.c.unit, journal.c.revision, journal.c.kind, journal.c.at
    )
    .where(journal.c.seq > sa.bindparam("since"), journal.c.kind.in_(["put", "delete"]))
    .order_by(journal.c.seq)
)
_DIGESTS = sa.select(schema.attachment.c.digest).order_by(schema.attachment.c.digest)
_ATTACHMENT = sa.select(schema.attachment.c.media_type, schema.attachment.c.content).where(
    schema.attachment.c.digest == sa.bindparam("digest")
)


def read_one(connection: sa.Connection, bound: BoundType[R], id_: str) -> Stored[R] | None:
    """The newest revision of one record."""
    row = connection.execute(_ONE, {"type": bound.type.name, "id": id_}).one_or_none()
    if row is None:
        return None
    return Stored(
        record=bound.load(row.id, row.version, row.body),
        revision=row.revision,
        recorded_at=from_micros(row.recorded_at),
    )


def find_by(connection: sa.Connection, bound: BoundType[R], field: str, unit: str, value: str) -> Sequence[R]:
    """The records of a unit that have a value in an indexed field."""
    facts = {"type": bound.type.name, "unit": unit, "field": field, "value": value}
    return [bound.load(*row) for row in connection.execute(_FIND, facts)]


def read_attachment(connection: sa.Connection, digest: str) -> Attachment:
    """The file of that digest."""
    row = connection.execute(_ATTACHMENT, {"digest": digest}).one_or_none()
    if row is None:
        raise no_attachment(digest)
    return Attachment(digest=digest, media_type=row.media_type, content=row.content)


class SqlView:
    """The records of one moment: of now, or of a past one."""

    def __init__(self, connect: Connect, book: TypeBook, where: str, known_at: int | None = None) -> None:
        """Read over connections that ``connect`` gives.

        Args:
            connect: Gives a connection for as long as one answer is being read.
            book: The record types.
            where: What errors call the store.
            known_at: The moment in microseconds; ``None``: now.
        """
        self._connect = connect
        self._book = book
        self._where = where
        self._known_at = known_at

    def rows(self, statement: sa.Executable, facts: Mapping[str, object]) -> Iterator[Sequence[Any]]:
        """The rows of a statement, in constant memory."""
        # Whoever reads may stop early: the result is closed before its connection goes back to the pool.
        with (
            translated(self._where),
            self._connect() as connection,
            connection.execute(statement, facts, execution_options=_STREAM) as result,
        ):
            for chunk in result.partitions(CHUNK):
                yield from cast("Sequence[Sequence[Any]]", chunk)

    def units(self) -> Iterator[Unit]:
        bound = self._book.of(Unit)
        return (bound.load(*row[:3]) for row in self._scan_rows(bound))

    def read(self, cls: type[R], unit_id: str) -> Iterator[R]:
        bound = self._book.of(cls)
        if self._known_at is None:
            return starmap(bound.load, self.rows(_READ, {"type": bound.type.name, "unit": unit_id}))
        return (bound.load(*row[:3]) for row in self._scan_rows(bound, unit=unit_id))

    def read_by(self, cls: type[R], field: str, unit_id: str) -> Iterator[tuple[str, R]]:
        bound = self._book.indexed(cls, field)
        if self._known_at is None:
            facts = {"type": bound.type.name, "unit": unit_id, "field": field}
            return self._load_by(bound, self.rows(_READ_BY, facts))
        # The index is of the newest revisions. The past is read seldom, so here alone a unit's records of one type
        # are held together.
        found = [
            (value, held.id, held)
            for held in self.read(cls, unit_id)
            for name, value in entries_of(bound.type, held)
            if name == field
        ]
        found.sort(key=lambda row: row[:2])
        return ((value, held) for value, _, held in found)

    def opaque(self) -> Mapping[str, int]:
        statement, facts = (_TYPES, {}) if self._known_at is None else (_TYPES_THEN, {"at": self._known_at})
        return {name: n for name, n in self.rows(statement, facts) if name not in self._book.by_name}

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        bound = self._book.of(cls)
        with translated(self._where), self._connect() as connection:
            return read_one(connection, bound, id_)

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        bound = self._book.indexed(cls, field)
        with translated(self._where), self._connect() as connection:
            return find_by(connection, bound, field, unit_id, value)

    def scan(self, cls: type[R], *, unit: str | None, partition: IdRange | None) -> Iterator[Stored[R]]:
        bound = self._book.of(cls)
        return self._stored(bound, self._scan_rows(bound, unit=unit, partition=partition))

    def partitions(self, cls: type[Record], n: int) -> list[IdRange]:
        name = self._book.of(cls).type.name
        with translated(self._where), self._connect() as connection:
            total = connection.scalar(_COUNT, {"type": name}) or 0
            places = sorted({total * part // n for part in range(1, n)} - {0})
            cuts = [str(connection.scalar(_NTH, {"type": name, "n": place})) for place in places]
        return IdRange.between(cuts)

    def count(self, cls: type[Record], unit: str | None) -> int:
        name = self._book.of(cls).type.name
        statement, facts = (_COUNT, {"type": name}) if unit is None else (_COUNT_UNIT, {"type": name, "unit": unit})
        with translated(self._where), self._connect() as connection:
            return connection.scalar(statement, facts) or 0

    def changes(self, since: int) -> Iterator[Change]:
        for seq, type_, id_, unit, number, kind, at in self.rows(_CHANGES, {"since": since}):
            yield Change(seq=seq, type=type_, id=id_, unit=unit, revision=number, kind=kind, at=from_micros(at))

    def journal(self, unit: str | None, after: int) -> Iterator[JournalEntry]:
        statement = BY_UNIT if unit is None else OF_UNIT
        return entries_of_rows(self.rows(statement, {"unit": unit, "after": after}), self._where)

    def journal_rows(self) -> Iterator[tuple[Any, ...]]:
        return map(raw_row, self.rows(AS_WRITTEN, {"after": 0}))

    def unjournalled(self) -> Iterator[tuple[str, str, int]]:
        for statement in UNJOURNALLED:
            yield from cast("Iterator[tuple[str, str, int]]", map(tuple, self.rows(statement, {})))
        for bound in self._book.by_name.values():
            if bound.type.indexes:
                yield from self._badly_indexed(bound)

    def _badly_indexed(self, bound: BoundType[Any]) -> Iterator[tuple[str, str, int]]:
        """Records whose index entries are not those that their body calls for: they would not be found by them."""
        name = bound.type.name
        entries = groupby(self.rows(_ENTRIES, {"type": name}), key=itemgetter(0))
        key, held = next(entries, (None, ()))
        for record_key, id_, number, version, body in self.rows(_INDEXED, {"type": name}):
            found: set[tuple[str, str]] = set()
            if key == record_key:
                found = {(field, value) for _, field, value in held}
                key, held = next(entries, (None, ()))
            if found != set(entries_of(bound.type, bound.load(id_, version, body))):
                yield name, id_, number

    def attachments(self) -> Iterator[str]:
        return (digest for (digest,) in self.rows(_DIGESTS, {}))

    def identity(self) -> str:
        with translated(self._where), self._connect() as connection:
            return schema.identity(connection)

    def attachment(self, digest: str) -> Attachment:
        with translated(self._where), self._connect() as connection:
            return read_attachment(connection, digest)

    def _scan_rows(
        self, bound: BoundType[Any], *, unit: str | None = None, partition: IdRange | None = None
    ) -> Iterator[Sequence[Any]]:
        part = partition or IdRange()
        statement = _SCANS[unit is not None, part.stop is not None, self._known_at is not None]
        facts = {"type": bound.type.name, "unit": unit, "start": part.start, "stop": part.stop, "at": self._known_at}
        return self.rows(statement, facts)

    @staticmethod
    def _load_by(bound: BoundType[R], rows: Iterator[Sequence[Any]]) -> Iterator[tuple[str, R]]:
        load = bound.load
        for value, id_, version, body in rows:
            yield value, load(id_, version, body)

    @staticmethod
    def _stored(bound: BoundType[R], rows: Iterator[Sequence[Any]]) -> Iterator[Stored[R]]:
        load = bound.load
        last, moment = 0, from_micros(0)
        for id_, version, body, number, at in rows:
            if at != last:  # a bulk import recorded thousands at one moment
                last, moment = at, from_micros(at)
            yield Stored(record=load(id_, version, body), revision=number, recorded_at=moment)
