"""The port of a store: what a storage plugin implements and everything above relies on.

A store keeps records of the types it was opened with, each under its type and identifier, with every revision it
ever had. It orders identifiers by code point, the order of ``sorted()``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import BinaryIO, Generic, Literal, Protocol, Self, TypeVar

import attrs

from govopen.model.base import Record, RecordType
from govopen.model.units import Unit
from govopen.storage.events import JournalEntry

__all__ = [
    "ABSENT",
    "NOBODY",
    "Attachment",
    "Author",
    "Change",
    "Clock",
    "IdRange",
    "Store",
    "StoreFactory",
    "Stored",
    "Transaction",
    "View",
    "utc_now",
]

R = TypeVar("R", bound=Record)

ABSENT = 0
"""As an expected revision: the record must not exist."""

Clock = Callable[[], dt.datetime]
"""Gives the time now, zone-aware."""


def utc_now() -> dt.datetime:
    """The clock of the machine."""
    return dt.datetime.now(dt.UTC)


@attrs.frozen(kw_only=True)
class Author:
    """Who writes and why, as the journal keeps it: codes and identifiers, never a name or a text.

    Attributes:
        actor: Account or staff number; empty: the program itself.
        role: The role in which the actor acts.
        cause: What is done: ``import``, ``disclosure.propose``, ``request.reply``.
    """

    actor: str = ""
    role: str = ""
    cause: str = "write"


NOBODY = Author()
"""The program itself, writing for no reason that it states."""


@attrs.frozen(kw_only=True)
class Stored(Generic[R]):
    """A record as the store holds it.

    Attributes:
        revision: 1 for the first; a deletion counts as one, so a number is never used twice.
        recorded_at: When this revision was recorded, in UTC.
    """

    record: R
    revision: int
    recorded_at: dt.datetime


@attrs.frozen(kw_only=True)
class Change:
    """One entry of the change feed: which record changed, never what it says.

    Attributes:
        seq: Of its event in the journal: ascending in the order of writing, with gaps.
        unit: The unit the record belonged to after the change; for a deletion, before it.
        kind: Whether the record was put or deleted.
    """

    seq: int
    type: str
    id: str
    unit: str
    revision: int
    kind: Literal["put", "delete"]
    at: dt.datetime


@attrs.frozen(kw_only=True)
class Attachment:
    """A file kept by the SHA-256 of its content."""

    digest: str
    media_type: str
    content: bytes


@attrs.frozen
class IdRange:
    """Identifiers from ``start`` (inclusive) to ``stop`` (exclusive; ``None``: without end)."""

    start: str = ""
    stop: str | None = None

    @classmethod
    def between(cls, cuts: Sequence[str]) -> list[Self]:
        """The ranges that ascending ``cuts`` leave: together they hold every identifier exactly once."""
        return [cls(start, stop) for start, stop in zip(["", *cuts], [*cuts, None], strict=True)]

    def __contains__(self, id_: str) -> bool:
        return self.start <= id_ and (self.stop is None or id_ < self.stop)


class View(Protocol):
    """The records as a check reads them: unit by unit, in order, in constant memory.

    The store itself is one, over the newest revisions; :meth:`Store.at` and :meth:`Store.snapshot` give others.
    """

    def units(self) -> Iterator[Unit]:
        """All units, by identifier."""
        ...

    def read(self, cls: type[R], unit_id: str) -> Iterator[R]:
        """The unit's records of one type, by identifier.

        Raises:
            UnknownRecordType: The store was opened without that type.
        """
        ...

    def read_by(self, cls: type[R], field: str, unit_id: str) -> Iterator[tuple[str, R]]:
        """The unit's records of one type with the value of an indexed field, by value and identifier.

        A record whose field is blank is not among them; one whose field holds several values comes under each.

        Raises:
            StoreError: The record type declares no such index.
            UnknownRecordType: The store was opened without that type.
        """
        ...

    def opaque(self) -> Mapping[str, int]:
        """How many records there are of each type that the store was opened without, by the type's name."""
        ...


class Transaction(Protocol):
    """Writes that take effect together or not at all. It sees its own writes; others see them when it ends."""

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        """The newest revision; ``None`` if there is no such record."""
        ...

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        """The unit's records of one type that have ``value`` in an indexed field, by identifier.

        Raises:
            StoreError: The record type declares no such index.
            UnknownRecordType: The store was opened without that type.
        """
        ...

    def put(self, record: R, *, expected: int | None = None) -> Stored[R]:
        """Store a record. One equal to what is stored leaves it as it is, without a new revision.

        Args:
            record: The record.
            expected: The revision it replaces; :data:`ABSENT` if there must be none; ``None`` to replace any.

        Raises:
            StaleWrite: There is another revision than the expected one (facts: type, id, expected, found).
            UnknownRecordType: The store was opened without that type.
        """
        ...

    def put_many(self, records: Iterable[Record], *, replace: bool = False) -> int:
        """Store many records, of any types, in constant memory, and say how many were given.

        Raises:
            StaleWrite: One of them exists already, or came twice, and ``replace`` is false.
            UnknownRecordType: The store was opened without that type.
        """
        ...

    def delete(self, cls: type[Record], id_: str, *, expected: int | None = None) -> bool:
        """Delete a record, and say whether there was one. Its revisions stay, until they are forgotten.

        Raises:
            StaleWrite: There is another revision than the expected one.
            UnknownRecordType: The store was opened without that type.
        """
        ...

    def forget(self, cls: type[Record], id_: str) -> int:
        """Erase what earlier revisions of a record said, and say how many; of a deleted record, all that it ever said.

        Bodies and salts go, the journal stays and says that they went. The newest revision of a record that is there
        stays as it is; so do attachments.

        Raises:
            UnknownRecordType: The store was opened without that type.
        """
        ...

    def attach(self, content: bytes | BinaryIO, media_type: str) -> str:
        """Keep a file, and give its SHA-256 in hexadecimal. The same content is kept once, under its first type."""
        ...

    def discard(self, digest: str) -> bool:
        """Erase a file, whoever names it, and say whether there was one. The journal stays and says that it went."""
        ...

    def attachment(self, digest: str) -> Attachment:
        """The file of that digest, whole.

        Raises:
            StoreError: There is none.
        """
        ...


class Store(View, Protocol):
    """A store of records."""

    @property
    def identity(self) -> str:
        """A random identifier, given when the store was made. A restored backup keeps it."""
        ...

    def transaction(self, author: Author = NOBODY) -> AbstractContextManager[Transaction]:
        """Write: committed when the block ends, undone when it raises. Transactions run one after the other.

        Args:
            author: To whom, and to what, the journal puts down everything written in the block.
        """
        ...

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        """The newest revision; ``None`` if there is no such record."""
        ...

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        """The unit's records of one type that have ``value`` in an indexed field, by identifier.

        Raises:
            StoreError: The record type declares no such index.
            UnknownRecordType: The store was opened without that type.
        """
        ...

    def scan(
        self,
        cls: type[R],
        *,
        unit: str | None = None,
        partition: IdRange | None = None,
        known_at: dt.datetime | None = None,
    ) -> Iterator[Stored[R]]:
        """Records of one type, by identifier, in constant memory, as they were when the scan began.

        Args:
            cls: The class of the record type.
            unit: Only this unit's.
            partition: Only identifiers in this range.
            known_at: The revisions of this moment (zone-aware) instead of the newest. Those that were erased since are
                left out.
        """
        ...

    def partitions(self, cls: type[Record], n: int) -> list[IdRange]:
        """At most ``n`` ranges, of about as many records each, that together hold every identifier exactly once.

        They stay complete and disjoint when records come and go.
        """
        ...

    def count(self, cls: type[Record], unit: str | None = None) -> int:
        """How many records of one type there are."""
        ...

    def changes(self, since: int = 0) -> Iterator[Change]:
        """What changed after the entry numbered ``since``, oldest first. Nothing of this is erased ever."""
        ...

    def journal(self, unit: str | None = None, after: int = 0) -> Iterator[JournalEntry]:
        """The events by unit (in the order of code points) and number, in constant memory.

        Args:
            unit: Only this unit's chain.
            after: Only events with a greater ``seq``.
        """
        ...

    def unjournalled(self) -> Iterator[tuple[str, str, int]]:
        """Type, identifier and revision of whatever the store holds and no event of the journal accounts for.

        A revision that ended at another moment than its successor began is among them, and so is an index entry
        without its record (revision 0) and a file without its event (type "", its digest, 0).
        """
        ...

    def attachments(self) -> Iterator[str]:
        """The digests of all files, in order."""
        ...

    def attachment(self, digest: str) -> Attachment:
        """The file of that digest, whole.

        Raises:
            StoreError: There is none.
        """
        ...

    def at(self, known_at: dt.datetime) -> View:
        """The records as they were known at that moment, inclusive; without what was erased since.

        Raises:
            StoreError: The moment has no time zone.
        """
        ...

    def snapshot(self) -> AbstractContextManager[View]:
        """The records of now, for as long as the block lasts, whatever others write meanwhile."""
        ...

    def close(self) -> None:
        """Release what the store holds. It cannot be used afterwards."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...


class StoreFactory(Protocol):
    """What the hook ``govopen_stores`` gives for a URL scheme: opens the store, and makes it if there is none."""

    def __call__(self, url: str, types: Iterable[RecordType], *, clock: Clock = utc_now) -> Store:
        """Open the store at ``url`` for records of ``types``.

        Raises:
            StoreTooNew: A newer govopen made it.
            StoreError: There is no store of ours, and none can be made.
        """
        ...
