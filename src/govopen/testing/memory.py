"""A store in memory: small, fast, without files. For rule cases, tests and examples."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Any, BinaryIO, Literal, Self, TypeVar, cast

import attrs

from govopen.errors import StoreError
from govopen.model.base import Record, RecordType
from govopen.model.codec import encode
from govopen.model.units import Unit
from govopen.storage.chain import FILE_VERSION, Act, body_digest, file_body, salts
from govopen.storage.events import JournalEntry
from govopen.storage.port import (
    ABSENT,
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
from govopen.storage.refusals import stale
from govopen.storage.times import to_micros
from govopen.storage.types import BoundType, TypeBook, entries_of
from govopen.testing.memory_state import File, Revision, State

__all__ = ["MemoryStore"]

R = TypeVar("R", bound=Record)


class _View(View):
    def __init__(self, state: State, book: TypeBook, known_at: dt.datetime | None) -> None:
        self._state = state
        self._book = book
        self._known_at = known_at

    def units(self) -> Iterator[Unit]:
        return (stored.record for stored in self.scan(Unit))

    def read(self, cls: type[R], unit_id: str) -> Iterator[R]:
        return (stored.record for stored in self.scan(cls, unit=unit_id))

    def read_by(self, cls: type[R], field: str, unit_id: str) -> Iterator[tuple[str, R]]:
        type_ = self._book.indexed(cls, field).type
        found = [
            (value, record)
            for record in self.read(cls, unit_id)
            for name, value in entries_of(type_, record)
            if name == field
        ]
        return iter(sorted(found, key=lambda pair: (pair[0], pair[1].id)))

    def opaque(self) -> Mapping[str, int]:
        return {}

    def scan(self, cls: type[R], *, unit: str | None = None, partition: IdRange | None = None) -> Iterator[Stored[R]]:
        type_ = self._book.of(cls).type
        records = self._state.revisions.get(type_.name, {})
        return self._stored(
            type_, records, unit, sorted(id_ for id_ in records if partition is None or id_ in partition)
        )

    def _stored(
        self, type_: RecordType, records: Mapping[str, tuple[Revision, ...]], unit: str | None, ids: list[str]
    ) -> Iterator[Stored[Any]]:
        for id_ in ids:
            known = [found for found in records[id_] if self._known_at is None or found.at <= self._known_at]
            if known and (record := known[-1].record) is not None and (unit is None or type_.unit_of(record) == unit):
                yield Stored(record=record, revision=known[-1].number, recorded_at=known[-1].at)


class _Transaction(Transaction):
    def __init__(self, state: State, book: TypeBook, at: dt.datetime, author: Author = NOBODY) -> None:
        self._state = state
        self._book = book
        self._at = at
        self._author = author

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        return self._state.stored(self._book.of(cls).type.name, id_)

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        return _found(_View(self._state, self._book, None), cls, field, unit_id, value)

    def put(self, record: R, *, expected: int | None = None) -> Stored[R]:
        bound: BoundType[R] = self._book.of(type(record))
        entries_of(bound.type, record)  # a value that cannot be indexed is refused here, as by every store
        there = self._expect(bound.type, record.id, expected)
        if there is None or there.record != record:
            self._append(bound.type, record.id, record, "put", bound.type.unit_of(record))
        return cast("Stored[R]", self._state.stored(bound.type.name, record.id))

    def put_many(self, records: Iterable[Record], *, replace: bool = False) -> int:
        written = 0
        for record in records:
            self.put(record, expected=None if replace else ABSENT)
            written += 1
        return written

    def delete(self, cls: type[Record], id_: str, *, expected: int | None = None) -> bool:
        type_ = self._book.of(cls).type
        there = self._expect(type_, id_, expected)
        if there is None:
            return False
        self._append(type_, id_, None, "delete", type_.unit_of(there.record))
        return True

    def forget(self, cls: type[Record], id_: str) -> int:
        name = self._book.of(cls).type.name
        revisions = self._state.revisions.get(name, {}).get(id_, ())
        erased = sum(1 for revision in revisions[:-1] if revision.body is not None)
        if erased:
            gone = [attrs.evolve(revision, record=None, version=0, salt=None, body=None) for revision in revisions[:-1]]
            self._state.revisions[name][id_] = (*gone, revisions[-1])
            self._log(Act("forget", revisions[-1].unit, name, id_, revisions[-1].number))
        return erased

    def attach(self, content: bytes | BinaryIO, media_type: str) -> str:
        data = content if isinstance(content, bytes) else content.read()
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._state.files:
            (salt,) = salts(1)
            after = body_digest(salt, FILE_VERSION, file_body(digest, media_type))
            seq = self._log(Act("attach", "", "", "", 0, after=after))
            kept = Attachment(digest=digest, media_type=media_type, content=data)
            self._state.files[digest] = File(kept, seq, salt)
        return digest

    def discard(self, digest: str) -> bool:
        file = self._state.files.pop(digest, None)
        if file is not None:
            self._log(Act("forget", "", "", str(file.event), 0))
        return file is not None

    def attachment(self, digest: str) -> Attachment:
        return self._state.attachment(digest)

    def _expect(self, type_: RecordType, id_: str, expected: int | None) -> Stored[Any] | None:
        there = self._state.stored(type_.name, id_)
        found = there.revision if there else ABSENT
        if expected is not None and expected != found:
            raise stale(type_.name, id_, expected, found)
        return there

    def _append(
        self, type_: RecordType, id_: str, record: Record | None, kind: Literal["put", "delete"], unit: str
    ) -> None:
        newest = self._state.newest(type_.name, id_)
        number = newest.number + 1 if newest else 1
        made = Revision(None, number, self._at, kind, unit)
        if record is not None:
            made = Revision(record, number, self._at, kind, unit, type_.version, salts(1)[0], encode(record))
        records = self._state.revisions.setdefault(type_.name, {})
        records[id_] = (*records.get(id_, ()), made)
        self._log(Act(kind, unit, type_.name, id_, number, newest.digest if newest else b"", made.digest))

    def _log(self, act: Act) -> int:
        return self._state.log(act, self._author, self._at)


def _found(view: View, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
    return [record for held, record in view.read_by(cls, field, unit_id) if held == value]


class MemoryStore(Store):
    """A store that forgets everything when it goes. It copies what it holds for each transaction: keep it small."""

    def __init__(self, types: Iterable[RecordType], *, clock: Clock = utc_now) -> None:
        """An empty store.

        Raises:
            PluginError: The types contradict each other or themselves.
        """
        self._book = TypeBook(types)
        self._clock = clock
        self._identity = str(uuid.uuid4())
        self._state = State()
        self._lock = threading.RLock()
        self._writing = False

    @classmethod
    def of(cls, types: Iterable[RecordType], *records: Record) -> Self:
        """A store that holds these records."""
        store = cls(types)
        with store.transaction() as transaction:
            transaction.put_many(records)
        return store

    def transaction(self, author: Author = NOBODY) -> AbstractContextManager[Transaction]:
        return self._transaction(author)

    @contextmanager
    def _transaction(self, author: Author) -> Iterator[Transaction]:
        with self._lock:
            if self._writing:
                raise StoreError("This thread is writing already.", hint="Use the transaction that is open.")
            self._writing = True
            try:
                state = self._state.copy()
                yield _Transaction(state, self._book, self._clock().astimezone(dt.UTC), author)
                self._state = state
            finally:
                self._writing = False

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        return self._state.stored(self._book.of(cls).type.name, id_)

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        return _found(self._view(), cls, field, unit_id, value)

    def units(self) -> Iterator[Unit]:
        return self._view().units()

    def read(self, cls: type[R], unit_id: str) -> Iterator[R]:
        return self._view().read(cls, unit_id)

    def read_by(self, cls: type[R], field: str, unit_id: str) -> Iterator[tuple[str, R]]:
        return self._view().read_by(cls, field, unit_id)

    def opaque(self) -> Mapping[str, int]:
        return self._view().opaque()

    def scan(
        self,
        cls: type[R],
        *,
        unit: str | None = None,
        partition: IdRange | None = None,
        known_at: dt.datetime | None = None,
    ) -> Iterator[Stored[R]]:
        return self._view(known_at).scan(cls, unit=unit, partition=partition)

    def partitions(self, cls: type[Record], n: int) -> list[IdRange]:
        ids = [stored.record.id for stored in self.scan(cls)]
        cuts = [ids[place] for place in sorted({len(ids) * part // n for part in range(1, n)} - {0})]
        return IdRange.between(cuts)

    def count(self, cls: type[Record], unit: str | None = None) -> int:
        return sum(1 for _ in self.scan(cls, unit=unit))

    def changes(self, since: int = 0) -> Iterator[Change]:
        return (
            Change(
                seq=entry.seq,
                type=entry.type,
                id=entry.id,
                unit=entry.unit,
                revision=entry.revision,
                kind=entry.kind,
                at=entry.at,
            )
            for entry in self._state.journal[since:]
            if entry.kind == "put" or entry.kind == "delete"  # noqa: PLR1714 - mypy narrows by these alone
        )

    @property
    def identity(self) -> str:
        return self._identity

    def journal(self, unit: str | None = None, after: int = 0) -> Iterator[JournalEntry]:
        return (entry for entry in self._state.entries() if unit in {None, entry.unit} and entry.seq > after)

    def unjournalled(self) -> Iterator[tuple[str, str, int]]:
        told = {
            (entry.type, entry.id, entry.revision) for entry in self._state.journal if entry.kind in {"put", "delete"}
        }
        held = [(name, id_, revision.number) for name, id_, revision in self._state.held()]
        yield from (found for found in held if found not in told)
        events = {entry.seq for entry in self._state.journal if entry.kind == "attach"}
        yield from (("", digest, 0) for digest, file in self._state.files.items() if file.event not in events)

    def attachments(self) -> Iterator[str]:
        return iter(sorted(self._state.files))

    def attachment(self, digest: str) -> Attachment:
        return self._state.attachment(digest)

    def at(self, known_at: dt.datetime) -> View:
        return self._view(known_at)

    @contextmanager
    def _snapshot(self) -> Iterator[View]:
        yield self._view()

    def snapshot(self) -> AbstractContextManager[View]:
        return self._snapshot()

    def close(self) -> None:
        self._state = State()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def _view(self, known_at: dt.datetime | None = None) -> _View:
        if known_at is not None:
            to_micros(known_at)  # refuses one without a zone
        return _View(self._state, self._book, known_at)
