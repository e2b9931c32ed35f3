"""Writing to the SQL store: one way for one record and for a million, in batches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, TypeVar

import attrs
import sqlalchemy as sa

from govopen.model import codec
from govopen.model.base import Record
from govopen.storage import schema
from govopen.storage.bulk import insert_rows
from govopen.storage.chain import FILE_VERSION, Act, body_digest, file_body, salts
from govopen.storage.engine import translated
from govopen.storage.journal import GROUP_BITS, JournalWriter
from govopen.storage.port import ABSENT, Attachment, Author, Clock, Stored
from govopen.storage.reading import find_by, read_attachment, read_one
from govopen.storage.refusals import stale
from govopen.storage.schema import FOREVER, entry, group, record, revision
from govopen.storage.times import from_micros, to_micros
from govopen.storage.types import BoundType, TypeBook, entries_of

__all__ = ["BATCH", "Placement", "SqlTransaction", "entry_rows"]

R = TypeVar("R", bound=Record)

# Older SQLite takes no more than 999 parameters.
BATCH = 500
"""So many records are written by one statement."""

_TYPE: sa.BindParameter[str] = sa.bindparam("type")
_UNIT: sa.BindParameter[str] = sa.bindparam("unit")
_IDS: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
_KEY: sa.BindParameter[int] = sa.bindparam("of_key")

_FOUND = (
    sa.select(
        record.c.id,
        record.c.key,
        record.c.revision,
        record.c.version,
        record.c.recorded_at,
        record.c.salt,
        record.c.body,
        group.c.unit,
    )
    .join_from(record, group, record.c.group == group.c.id)
    .where(record.c.type == _TYPE, record.c.id.in_(_IDS))
)
_DELETED = (
    sa.select(revision.c.id, sa.func.max(revision.c.revision))
    .where(revision.c.type == _TYPE, revision.c.id.in_(_IDS))
    .group_by(revision.c.id)
)
_GROUP = sa.select(group.c.id).where(group.c.type == _TYPE, group.c.unit == _UNIT)
_LAST_KEY = sa.select(sa.func.max(record.c.key)).where(
    record.c.key >= sa.bindparam("low"), record.c.key < sa.bindparam("high")
)
# The body is copied where it lies. Only the end is new.
_KEEP = revision.insert().from_select(
    ["type", "id", "revision", "unit", "kind", "version", "recorded_at", "ended_at", "salt", "body"],
    sa.select(
        record.c.type,
        record.c.id,
        record.c.revision,
        group.c.unit,
        sa.literal("put"),
        record.c.version,
        record.c.recorded_at,
        sa.bindparam("ended", type_=sa.BigInteger),
        record.c.salt,
        record.c.body,
    )
    .join_from(record, group, record.c.group == group.c.id)
    .where(record.c.key == _KEY),
    include_defaults=False,
)
_DROP_ENTRIES = entry.delete().where(entry.c.record == _KEY)
_DROP = record.delete().where(record.c.key == _KEY)
_RETURN = (
    revision.update()
    .where(
        revision.c.type == sa.bindparam("of_type"),
        revision.c.id == sa.bindparam("of_id"),
        revision.c.revision == sa.bindparam("of_revision"),
    )
    .values(ended_at=sa.bindparam("ended"))
)
_NEWEST = (
    sa.select(record.c.revision, group.c.unit)
    .join_from(record, group, record.c.group == group.c.id)
    .where(record.c.type == _TYPE, record.c.id == sa.bindparam("id"))
)
_TOMBSTONE = (
    sa.select(revision.c.revision, revision.c.unit)
    .where(revision.c.type == _TYPE, revision.c.id == sa.bindparam("id"))
    .order_by(revision.c.revision.desc())
    .limit(1)
)
# The version goes, too: nothing would protect it without the digest.
_FORGET = (
    revision.update()
    .where(
        revision.c.type == sa.bindparam("of_type"),
        revision.c.id == sa.bindparam("of_id"),
        revision.c.revision < sa.bindparam("before"),
        revision.c.body.is_not(None),
    )
    .values(body=None, salt=None, version=0)
)
_EVENT = sa.select(schema.attachment.c.event).where(schema.attachment.c.digest == sa.bindparam("digest"))
_DISCARD = schema.attachment.delete().where(schema.attachment.c.digest == sa.bindparam("of_digest"))


@attrs.frozen
class _Found:
    """What stands under an identifier. ``key`` 0: nothing; its revision is then that of the deletion, if any."""

    key: int = 0
    revision: int = 0
    version: int = 0
    recorded_at: int = 0
    salt: bytes = b""
    body: bytes = b""
    unit: str = ""

    @property
    def digest(self) -> bytes:
        return body_digest(self.salt, self.version, self.body) if self.key else b""


@attrs.frozen
class _Draft:
    """A record about to be written."""

    bound: BoundType[Any]
    record: Record
    body: bytes
    unit: str
    entries: Sequence[tuple[str, str]]


class Placement:
    """Where records go: those of one type and unit lie together, in the order they came."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._groups: dict[tuple[str, str], int] = {}
        self._last_keys: dict[int, int] = {}

    def place(self, type_: str, unit: str, key: int) -> tuple[int, int]:
        """Group and key for a record. One that has a key in that group keeps it; 0 is none."""
        group_id = self._group(type_, unit)
        return group_id, key if key >> GROUP_BITS == group_id else self._next_key(group_id)

    def _group(self, type_: str, unit: str) -> int:
        if (known := self._groups.get((type_, unit))) is not None:
            return known
        facts = {"type": type_, "unit": unit}
        if self._connection.scalar(_GROUP, facts) is None:
            self._connection.execute(group.insert(), facts)
        found: int = self._connection.scalars(_GROUP, facts).one()
        self._groups[type_, unit] = found
        return found

    def _next_key(self, group_id: int) -> int:
        if (last := self._last_keys.get(group_id)) is None:
            low, high = group_id << GROUP_BITS, (group_id + 1) << GROUP_BITS
            last = self._connection.scalar(_LAST_KEY, {"low": low, "high": high}) or low
        self._last_keys[group_id] = last + 1
        return last + 1


class SqlTransaction:
    """Writes over one connection, whose transaction somebody else commits."""

    def __init__(self, connection: sa.Connection, book: TypeBook, clock: Clock, where: str, author: Author) -> None:
        self._connection = connection
        self._book = book
        self._where = where
        # One moment for the whole transaction: a question about a past moment sees all of it or nothing.
        self._at = to_micros(clock())
        self._placement = Placement(connection)
        self._journal = JournalWriter(connection, author, self._at)

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        bound = self._book.of(cls)
        with translated(self._where):
            return read_one(self._connection, bound, id_)

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        bound = self._book.indexed(cls, field)
        with translated(self._where):
            return find_by(self._connection, bound, field, unit_id, value)

    def put(self, record: R, *, expected: int | None = None) -> Stored[R]:
        draft = self._draft(record)
        with translated(self._where):
            found = self._find(draft.bound.type.name, [record.id]).get(record.id, _Found())
            self._expect(draft.bound.type.name, record.id, expected, found)
            if self._same(draft, found):
                return Stored(record=record, revision=found.revision, recorded_at=from_micros(found.recorded_at))
            self._write(draft.bound, [(draft, found)])
        return Stored(record=record, revision=found.revision + 1, recorded_at=from_micros(self._at))

    def put_many(self, records: Iterable[Record], *, replace: bool = False) -> int:
        written = 0
        drafts = (self._draft(record) for record in records)
        for batch in _batches(drafts):
            with translated(self._where):
                self._write_batch(batch, replace=replace)
            written += len(batch)
        return written

    def delete(self, cls: type[Record], id_: str, *, expected: int | None = None) -> bool:
        name = self._book.of(cls).type.name
        with translated(self._where):
            found = self._find(name, [id_]).get(id_, _Found())
            self._expect(name, id_, expected, found)
            if not found.key:
                return False
            self._remove([found])
            gone = found.revision + 1
            facts = {"type": name, "id": id_, "unit": found.unit, "revision": gone, "kind": "delete"}
            tombstone = {"version": 0, "recorded_at": self._at, "ended_at": FOREVER, "salt": None, "body": None}
            self._connection.execute(revision.insert(), facts | tombstone)
            self._journal.write([Act("delete", found.unit, name, id_, gone, before=found.digest)])
        return True

    def forget(self, cls: type[Record], id_: str) -> int:
        name = self._book.of(cls).type.name
        facts = {"type": name, "id": id_}
        with translated(self._where):
            newest = self._connection.execute(_NEWEST, facts).one_or_none()
            if newest is None and (newest := self._connection.execute(_TOMBSTONE, facts).one_or_none()) is None:
                return 0
            which = {"of_type": name, "of_id": id_, "before": newest.revision}
            erased = self._connection.execute(_FORGET, which).rowcount
            if erased:
                self._journal.write([Act("forget", newest.unit, name, id_, newest.revision)])
        return erased

    def attach(self, content: bytes | BinaryIO, media_type: str) -> str:
        data = content if isinstance(content, bytes) else content.read()
        digest = hashlib.sha256(data).hexdigest()
        with translated(self._where):
            if self._connection.scalar(_EVENT, {"digest": digest}) is None:
                (salt,) = salts(1)
                after = body_digest(salt, FILE_VERSION, file_body(digest, media_type))
                event = self._journal.write([Act("attach", "", "", "", 0, after=after)])
                facts = {"digest": digest, "media_type": media_type, "recorded_at": self._at, "event": event}
                self._connection.execute(schema.attachment.insert(), facts | {"salt": salt, "content": data})
        return digest

    def discard(self, digest: str) -> bool:
        with translated(self._where):
            event = self._connection.scalar(_EVENT, {"digest": digest})
            if event is None:
                return False
            self._connection.execute(_DISCARD, {"of_digest": digest})
            self._journal.write([Act("forget", "", "", str(event), 0)])
        return True

    def attachment(self, digest: str) -> Attachment:
        with translated(self._where):
            return read_attachment(self._connection, digest)

    def _draft(self, record: Record) -> _Draft:
        bound = self._book.of(type(record))
        return _Draft(bound, record, codec.encode(record), bound.type.unit_of(record), entries_of(bound.type, record))

    def _find(self, type_: str, ids: Sequence[str]) -> Mapping[str, _Found]:
        rows = self._connection.execute(_FOUND, {"type": type_, "ids": ids})
        found = {id_: _Found(*rest) for id_, *rest in rows}
        if missing := [id_ for id_ in ids if id_ not in found]:
            for id_, last in self._connection.execute(_DELETED, {"type": type_, "ids": missing}):
                found[id_] = _Found(revision=last)
        return found

    @staticmethod
    def _expect(type_: str, id_: str, expected: int | None, found: _Found) -> None:
        there = found.revision if found.key else ABSENT
        if expected is not None and expected != there:
            raise stale(type_, id_, expected, there)

    @staticmethod
    def _same(draft: _Draft, found: _Found) -> bool:
        return bool(found.key) and (found.version, found.body) == (draft.bound.type.version, draft.body)

    def _write_batch(self, batch: Sequence[_Draft], *, replace: bool) -> None:
        """Write drafts of one type and of distinct identifiers."""
        bound = batch[0].bound
        found = self._find(bound.type.name, [draft.record.id for draft in batch])
        pairs = [(draft, found.get(draft.record.id, _Found())) for draft in batch]
        if not replace:
            for draft, there in pairs:
                self._expect(bound.type.name, draft.record.id, ABSENT, there)
        if pairs := [(draft, there) for draft, there in pairs if not self._same(draft, there)]:
            self._write(bound, pairs)

    def _write(self, bound: BoundType[Any], pairs: Sequence[tuple[_Draft, _Found]]) -> None:
        name, version = bound.type.name, bound.type.version
        if not self._journal.alone:
            self._placement = Placement(self._connection)
        rows, entries, acts = [], [], []
        for (draft, found), salt in zip(pairs, salts(len(pairs)), strict=True):
            # Before any row goes: the place of one that goes must not be given to another.
            group_id, key = self._placement.place(name, draft.unit, found.key)
            number = found.revision + 1
            # In the order of the columns.
            held = (draft.record.id, number, version, self._at, salt, draft.body)
            rows.append((key, group_id, name, *held))
            entries += entry_rows(draft.entries, group_id, draft.record.id, key)
            after = body_digest(salt, version, draft.body)
            acts.append(Act("put", draft.unit, name, draft.record.id, number, found.digest, after))
        self._remove([found for _, found in pairs if found.key])
        if gone := [(draft, found) for draft, found in pairs if found.revision and not found.key]:
            self._connection.execute(
                _RETURN,
                [
                    {"of_type": name, "of_id": draft.record.id, "of_revision": found.revision, "ended": self._at}
                    for draft, found in gone
                ],
            )
        insert_rows(self._connection, record, rows)
        insert_rows(self._connection, entry, entries)
        self._journal.write(acts)

    def _remove(self, found: Sequence[_Found]) -> None:
        """Take records out, and keep what they were as ended revisions."""
        if not found:
            return
        keys = [{"of_key": there.key, "ended": self._at} for there in found]
        self._connection.execute(_KEEP, keys)
        self._connection.execute(_DROP_ENTRIES, keys)
        self._connection.execute(_DROP, keys)


def entry_rows(
    entries: Iterable[tuple[str, str]], group_id: int, id_: str, key: int
) -> list[tuple[int, str, str, str, int]]:
    """Rows of the index table for one record."""
    return [(group_id, field, value, id_, key) for field, value in entries]


def _batches(drafts: Iterator[_Draft]) -> Iterator[list[_Draft]]:
    """Batches of one type each, and without an identifier twice: what comes later is judged by what came before.

    One batch of each type is open at a time: files bring types by turns, an item and its publications.
    """
    batches: dict[int, dict[str, _Draft]] = {}
    for draft in drafts:
        batch = batches.setdefault(id(draft.bound), {})
        if len(batch) == BATCH or draft.record.id in batch:
            yield list(batch.values())
            batch.clear()
        batch[draft.record.id] = draft
    yield from (list(batch.values()) for batch in batches.values() if batch)
