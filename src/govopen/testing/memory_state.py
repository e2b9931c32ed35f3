"""What the store in memory holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, Literal

import attrs

from govopen.model.base import Record
from govopen.storage.chain import Act, Head, body_digest, event_of, file_body, first_head, next_head
from govopen.storage.events import JournalEntry
from govopen.storage.port import Attachment, Author, Stored
from govopen.storage.refusals import no_attachment
from govopen.storage.times import to_micros

__all__ = ["File", "Revision", "State"]


@attrs.frozen
class Revision:
    """One revision. A deletion has neither record nor body; an erased one has lost both, and its salt."""

    record: Record | None
    number: int
    at: dt.datetime
    kind: Literal["put", "delete"]
    unit: str
    version: int = 0
    salt: bytes | None = None
    body: bytes | None = None

    @property
    def digest(self) -> bytes:
        """Of the body, as the journal has it; empty if there is none."""
        return b"" if self.salt is None or self.body is None else body_digest(self.salt, self.version, self.body)


@attrs.frozen
class File:
    """An attachment, and the event that told of it."""

    attachment: Attachment
    event: int
    salt: bytes


@attrs.define
class State:
    """All that the store holds. A transaction works on a copy, which then takes its place."""

    revisions: dict[str, dict[str, tuple[Revision, ...]]] = attrs.field(factory=dict)
    journal: list[JournalEntry] = attrs.field(factory=list)
    heads: dict[str, Head] = attrs.field(factory=dict)
    files: dict[str, File] = attrs.field(factory=dict)

    def copy(self) -> State:
        """Another, which can be written to while this one is read."""
        revisions = {name: dict(records) for name, records in self.revisions.items()}
        return State(revisions, list(self.journal), dict(self.heads), dict(self.files))

    def newest(self, name: str, id_: str) -> Revision | None:
        """The newest revision of a record, be it a deletion."""
        found = self.revisions.get(name, {}).get(id_)
        return found[-1] if found else None

    def stored(self, name: str, id_: str) -> Stored[Any] | None:
        """The record, if it is there."""
        found = self.newest(name, id_)
        if found is None or found.record is None:
            return None
        return Stored(record=found.record, revision=found.number, recorded_at=found.at)

    def attachment(self, digest: str) -> Attachment:
        """The file of that digest."""
        try:
            return self.files[digest].attachment
        except KeyError:
            raise no_attachment(digest) from None

    def log(self, act: Act, author: Author, at: dt.datetime) -> int:
        """Add an event to the journal, and give its number."""
        head = self.heads.get(act.unit) or first_head(act.unit)
        event = event_of(act, len(self.journal) + 1, head, to_micros(at), author)
        self.heads[act.unit] = head = next_head(head, event)
        entry: Callable[..., JournalEntry] = JournalEntry
        self.journal.append(entry(*event[:3], at, *event[4:], head.hash))
        return len(self.journal)

    def held(self) -> Iterator[tuple[str, str, Revision]]:
        """Type, identifier and revision of all revisions."""
        for name, records in self.revisions.items():
            for id_, revisions in records.items():
                yield from ((name, id_, revision) for revision in revisions)

    def entries(self) -> Iterator[JournalEntry]:
        """The journal, with what is still held."""
        held = {(name, id_, revision.number): revision for name, id_, revision in self.held()}
        files = {file.event: file for file in self.files.values()}
        forgets = [entry for entry in self.journal if entry.kind == "forget"]
        for entry in sorted(self.journal, key=lambda entry: (entry.unit, entry.number)):
            if entry.kind == "attach":
                erasers = [forget.seq for forget in forgets if (forget.type, forget.id) == ("", str(entry.seq))]
                yield attrs.evolve(_with_file(entry, files.get(entry.seq)), forgotten=max(erasers, default=0))
            elif entry.kind in {"put", "delete"}:
                erasers = [
                    forget.seq
                    for forget in forgets
                    if (forget.type, forget.id) == (entry.type, entry.id) and forget.revision > entry.revision
                ]
                revision = held.get((entry.type, entry.id, entry.revision))
                yield attrs.evolve(_with_revision(entry, revision), forgotten=max(erasers, default=0))
            else:
                yield entry


def _with_file(entry: JournalEntry, file: File | None) -> JournalEntry:
    if file is None:
        return entry
    kept = file.attachment
    return attrs.evolve(entry, salt=file.salt, body=file_body(kept.digest, kept.media_type))


def _with_revision(entry: JournalEntry, held: Revision | None) -> JournalEntry:
    if held is None:
        return attrs.evolve(entry, filed=False)
    filed = (held.kind, held.unit, held.at) == (entry.kind, entry.unit, entry.at)
    return attrs.evolve(entry, version=held.version, salt=held.salt, body=held.body, filed=filed)
