"""Writing: each put, deletion, erasure and kept file is an event, hashed over the one before it in its unit's chain."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import BinaryIO, TypeVar

import attrs
import msgspec

from govopen.model.base import Record
from govopen.model.codec import encode
from govopen.storage.chain import (
    FILE_VERSION,
    Act,
    body_digest,
    event_of,
    file_body,
    first_head,
    next_head,
    salts,
)
from govopen.storage.port import ABSENT, Attachment, Author, Stored, Transaction
from govopen.storage.refusals import no_attachment, stale
from govopen.storage.times import to_micros
from govopen.storage.types import TypeBook, entries_of
from line_store.disk import Disk
from line_store.journal import Journal
from line_store.lines import NO_BODY, Event, File, Write
from line_store.lines import entries_of as entries_in
from line_store.views import JournalView

__all__ = ["LineTransaction"]

R = TypeVar("R", bound=Record)


class LineTransaction(Transaction):
    """Writes into a journal of its own, at one moment; :meth:`commit` brings that to the disk."""

    def __init__(self, disk: Disk, journal: Journal, book: TypeBook, at: dt.datetime, author: Author) -> None:
        self._disk = disk
        self._journal = journal.copy()
        self._book = book
        self._view = JournalView(self._journal, book)
        self._write = Write(at=at, actor=author.actor, role=author.role, cause=author.cause, events=[])
        self._author = author
        self._erasing: dict[int, int] = {}
        self._files: dict[str, File] = {}

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        return self._view.get(cls, id_)

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        return self._view.find(cls, field, unit_id, value)

    def put(self, record: R, *, expected: int | None = None) -> Stored[R]:
        type_ = self._book.of(type(record)).type
        entries_of(type_, record)  # refuses what cannot be indexed
        there = self._expect(type(record), record.id, expected)
        if there is not None and there.record == record:
            return there
        revision, before = self._next(type_.name, record.id)
        act = Act("put", type_.unit_of(record), type_.name, record.id, revision, before)
        self._tell(act, type_.version, encode(record))
        return Stored(record=record, revision=revision, recorded_at=self._write.at)

    def put_many(self, records: Iterable[Record], *, replace: bool = False) -> int:
        written = 0
        for record in records:
            self.put(record, expected=None if replace else ABSENT)
            written += 1
        return written

    def delete(self, cls: type[Record], id_: str, *, expected: int | None = None) -> bool:
        there = self._expect(cls, id_, expected)
        if there is not None:
            type_ = self._book.of(cls).type
            self._tell(Act("delete", type_.unit_of(there.record), type_.name, id_, *self._next(type_.name, id_)))
        return there is not None

    def forget(self, cls: type[Record], id_: str) -> int:
        name = self._book.of(cls).type.name
        history = self._journal.history(name, id_)
        said = [entry.seq for entry in history[:-1] if entry.body is not None]
        if said:
            self._erase(said, Act("forget", history[-1].unit, name, id_, history[-1].revision))
        return len(said)

    def attach(self, content: bytes | BinaryIO, media_type: str) -> str:
        data = content if isinstance(content, bytes) else content.read()
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._journal.files:
            self._files[digest] = file = File(digest=digest, media_type=media_type, content=data)
            self._tell(Act("attach", "", "", "", 0), FILE_VERSION, file_body(digest, media_type), file)
        return digest

    def discard(self, digest: str) -> bool:
        seq = self._journal.files.get(digest)
        if seq is None:
            return False
        self._files.pop(digest, None)
        self._erase([seq], Act("forget", "", "", str(seq), 0))
        return True

    def attachment(self, digest: str) -> Attachment:
        if digest not in self._journal.files:
            raise no_attachment(digest)
        if (new := self._files.get(digest)) is not None:
            return Attachment(digest=digest, media_type=new.media_type, content=new.content)
        if (kept := self._disk.file(digest)) is None:
            raise no_attachment(digest)
        return kept

    def commit(self) -> None:
        """Bring to the disk what was written, if anything was.

        Raises:
            StoreError: It cannot be written, and nothing of it was.
        """
        if self._write.events:
            self._disk.commit(self._write, self._erasing)

    def _expect(self, cls: type[R], id_: str, expected: int | None) -> Stored[R] | None:
        there = self.get(cls, id_)
        found = there.revision if there is not None else ABSENT
        if expected is not None and expected != found:
            raise stale(self._book.of(cls).type.name, id_, expected, found)
        return there

    def _next(self, name: str, id_: str) -> tuple[int, bytes]:
        """Number of the revision to come, and digest of the body that it replaces. A deletion counts as a revision."""
        history = self._journal.history(name, id_)
        return (history[-1].revision + 1, history[-1].after) if history else (1, b"")

    def _erase(self, seqs: list[int], act: Act) -> None:
        erasing = dict.fromkeys(seqs, self._tell(act))
        self._journal.erase(erasing)
        self._erasing |= erasing

    def _tell(self, act: Act, version: int = 0, body: bytes | None = None, file: File | None = None) -> int:
        """Add an event, and give its number in the whole journal."""
        salt = None
        if body is not None:
            (salt,) = salts(1)
            act = attrs.evolve(act, after=body_digest(salt, version, body))
        head = self._journal.heads.get(act.unit) or first_head(act.unit)
        seq = len(self._journal.entries) + 1
        head = next_head(head, event_of(act, seq, head, to_micros(self._write.at), self._author))
        event = Event(
            seq=seq,
            unit=act.unit,
            number=head.number,
            kind=act.kind,
            type=act.type,
            id=act.id,
            revision=act.revision,
            before=act.before,
            after=act.after,
            hash=head.hash,
            version=version,
            salt=salt,
            body=NO_BODY if body is None or file is not None else msgspec.Raw(body),
            file=file,
        )
        self._write.events.append(event)
        (entry,) = entries_in(msgspec.structs.replace(self._write, events=[event]))
        self._journal.add(entry)
        return seq
