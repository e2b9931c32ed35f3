"""Reading: the records that a journal tells of, now or as they were known at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from govopen.errors import StoreError
from govopen.model.base import Record
from govopen.model.units import Unit
from govopen.storage.events import JournalEntry
from govopen.storage.port import IdRange, Stored, View
from govopen.storage.types import TypeBook, entries_of
from line_store.journal import Journal

__all__ = ["JournalView"]

R = TypeVar("R", bound=Record)


class JournalView(View):
    """The records of one journal. What is read stays as it is, because the journal does."""

    def __init__(self, journal: Journal, book: TypeBook, known_at: dt.datetime | None = None) -> None:
        """Look at a journal.

        Raises:
            StoreError: The moment has no time zone.
        """
        if known_at is not None and known_at.tzinfo is None:
            raise StoreError("The moment has no time zone.", hint="Give one, such as 2011-12-31T23:59:59+08:00.")
        self._journal = journal
        self._book = book
        self._known_at = known_at

    def entries(
        self, cls: type[Record], unit: str | None = None, partition: IdRange | None = None
    ) -> list[JournalEntry]:
        """The event that made each revision to be seen, by identifier. No record is decoded.

        Raises:
            UnknownRecordType: The store was opened without that type.
        """
        found = self._newest(self._book.of(cls).type.name, partition)
        return [entry for entry in found if unit is None or entry.unit == unit]

    def stored(self, cls: type[R], unit: str | None = None, partition: IdRange | None = None) -> Iterator[Stored[R]]:
        """The revisions to be seen, by identifier."""
        bound = self._book.of(cls)
        return (
            Stored(
                record=bound.load(entry.id, entry.version, entry.body or b""),
                revision=entry.revision,
                recorded_at=entry.at,
            )
            for entry in self.entries(cls, unit, partition)
        )

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        """One revision, found without looking at others."""
        bound = self._book.of(cls)
        entry = self._seen(bound.type.name, id_)
        if entry is None:
            return None
        return Stored(
            record=bound.load(id_, entry.version, entry.body or b""), revision=entry.revision, recorded_at=entry.at
        )

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        """The unit's records that have ``value`` in an indexed field, by identifier."""
        return [record for held, record in self.read_by(cls, field, unit_id) if held == value]

    def units(self) -> Iterator[Unit]:
        return (stored.record for stored in self.stored(Unit))

    def read(self, cls: type[R], unit_id: str) -> Iterator[R]:
        return (stored.record for stored in self.stored(cls, unit_id))

    def read_by(self, cls: type[R], field: str, unit_id: str) -> Iterator[tuple[str, R]]:
        type_ = self._book.indexed(cls, field).type  # refuses a field that is not declared
        found = [
            (value, record)
            for record in self.read(cls, unit_id)
            for name, value in entries_of(type_, record)
            if name == field
        ]
        return iter(sorted(found, key=lambda pair: (pair[0], pair[1].id)))

    def opaque(self) -> Mapping[str, int]:
        names = sorted(self._journal.revisions.keys() - self._book.by_name.keys())
        return {name: count for name in names if (count := len(self._newest(name)))}

    def _newest(self, name: str, partition: IdRange | None = None) -> list[JournalEntry]:
        ids = sorted(id_ for id_ in self._journal.revisions.get(name, {}) if partition is None or id_ in partition)
        return [entry for id_ in ids if (entry := self._seen(name, id_)) is not None]

    def _seen(self, name: str, id_: str) -> JournalEntry | None:
        """The revision to be seen. A deletion is none; nor is, in the past, what was erased since."""
        for entry in reversed(self._journal.history(name, id_)):
            if self._known_at is None or entry.at <= self._known_at:
                return None if entry.body is None else entry
        return None
