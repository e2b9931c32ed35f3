"""The arithmetic of the journal: digests of bodies, and the hash that ties each event to the one before it.

Pure, and the same for every store, so that whoever holds a journal can check it with nothing but SHA-256 and JSON. How:
``docs/explanation/journal.md``.
"""

from __future__ import annotations

import hashlib
import secrets

import attrs
import msgspec

from govopen.storage.events import EventKind
from govopen.storage.port import Author

__all__ = [
    "FILE_VERSION",
    "SALT_LENGTH",
    "Act",
    "Event",
    "Head",
    "body_digest",
    "event_hash",
    "event_of",
    "file_body",
    "first_head",
    "next_head",
    "salts",
]

SALT_LENGTH = 16
"""Of each salt, in bytes."""

FILE_VERSION = 0
"""As the version of what stands for a file in the journal; record types count from 1."""

_TAG = b"govopen-journal-1\n"

_json = msgspec.json.Encoder().encode
_sha256 = hashlib.sha256

Event = tuple[int, str, int, int, str, str, str, str, str, str, int, bytes, bytes]
"""What is hashed of an event, in this order: seq, unit, number, at (microseconds since 1970 UTC), actor, role, cause,
kind, type, id, revision, before, after."""


@attrs.frozen
class Head:
    """The end of a unit's chain: how many events it has, and the hash of the last."""

    number: int
    hash: bytes


@attrs.frozen
class Act:
    """What an event is to tell; who and when is the transaction's."""

    kind: EventKind
    unit: str
    type: str
    id: str
    revision: int
    before: bytes = b""
    after: bytes = b""


def first_head(unit: str) -> Head:
    """The end of a chain without events. It depends on the unit, so that no chain passes for another's."""
    return Head(0, _sha256(_TAG + unit.encode()).digest())


def event_hash(previous: bytes, event: Event) -> bytes:
    """SHA-256 over the previous hash and the event as a JSON array, without blanks, digests in Base64."""
    return _sha256(previous + _json(event)).digest()


def next_head(head: Head, event: Event) -> Head:
    """The end of the chain after one more event."""
    return Head(event[2], event_hash(head.hash, event))


def event_of(act: Act, seq: int, head: Head, at: int, author: Author) -> Event:
    """The event that comes after ``head``, at a time in microseconds."""
    return (
        seq,
        act.unit,
        head.number + 1,
        at,
        author.actor,
        author.role,
        author.cause,
        act.kind,
        act.type,
        act.id,
        act.revision,
        act.before,
        act.after,
    )


def body_digest(salt: bytes, version: int, body: bytes) -> bytes:
    """SHA-256 over salt, version of the body and body. Without the salt nobody can try out what the body was."""
    return _sha256(b"%b%d\n%b" % (salt, version, body)).digest()


def file_body(digest: str, media_type: str) -> bytes:
    """What stands for an attached file in the journal."""
    return f"{digest}\n{media_type}".encode()


def salts(count: int) -> list[bytes]:
    """Fresh salts, unguessable and all different."""
    data = secrets.token_bytes(SALT_LENGTH * count)
    return [data[place : place + SALT_LENGTH] for place in range(0, len(data), SALT_LENGTH)]
