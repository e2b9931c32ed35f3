"""What stands in the file: a heading, and then one line for each transaction.

A record stands in its line as it is, so that the file can be searched with what searches text. It stands there byte for
byte, because the journal's digests are over these bytes.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from govopen.storage.chain import file_body
from govopen.storage.events import EventKind, JournalEntry

__all__ = ["FORMAT", "NO_BODY", "VERSION", "Event", "File", "Heading", "Write", "entries_of", "erased"]

FORMAT = "govopen-lines"
VERSION = 1
"""Of all that this module describes. Raise it with every change, so that an older program refuses what it misreads."""

NO_BODY = msgspec.Raw(b"null")


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """The first line.

    Attributes:
        identity: Random, given when the store was made.
        generation: How often the file was written anew. Who has read another one has to begin again.
    """

    format: str
    version: int
    identity: str
    generation: int = 0


class File(msgspec.Struct, frozen=True, kw_only=True):
    """An attached file; its content stands in Base64."""

    digest: str
    media_type: str
    content: bytes


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One event, as :class:`~govopen.storage.events.JournalEntry` explains it; who and when are the transaction's."""

    seq: int
    unit: str
    number: int
    kind: EventKind
    type: str
    id: str
    revision: int
    before: bytes = b""
    after: bytes = b""
    hash: bytes
    version: int = 0
    salt: bytes | None = None
    body: msgspec.Raw = NO_BODY
    file: File | None = None
    forgotten: int = 0


class Write(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One transaction."""

    at: dt.datetime
    actor: str = ""
    role: str = ""
    cause: str = ""
    events: list[Event]


def entries_of(write: Write) -> list[JournalEntry]:
    """The events of a transaction, as the journal tells them."""
    return [
        JournalEntry(
            seq=event.seq,
            unit=event.unit,
            number=event.number,
            at=write.at,
            actor=write.actor,
            role=write.role,
            cause=write.cause,
            kind=event.kind,
            type=event.type,
            id=event.id,
            revision=event.revision,
            before=event.before,
            after=event.after,
            hash=event.hash,
            version=event.version,
            salt=event.salt,
            body=_body(event),
            forgotten=event.forgotten,
        )
        for event in write.events
    ]


def erased(write: Write, by: dict[int, int]) -> Write:
    """The transaction without what some of its events wrote, nor the salts that could have proved it.

    Args:
        write: The transaction.
        by: The ``seq`` of each event that loses its body, and of the one that has it erased.
    """
    if not any(event.seq in by for event in write.events):
        return write
    events = [
        msgspec.structs.replace(event, version=0, salt=None, body=NO_BODY, file=None, forgotten=by[event.seq])
        if event.seq in by
        else event
        for event in write.events
    ]
    return msgspec.structs.replace(write, events=events)


def _body(event: Event) -> bytes | None:
    if event.file is not None:
        return file_body(event.file.digest, event.file.media_type)
    body = bytes(event.body)
    return None if body == bytes(NO_BODY) else body
