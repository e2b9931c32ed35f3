"""The store: what it holds is its journal, and everything else is read from that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Self, TypeVar

from govopen.model.base import Record, RecordType
from govopen.model.units import Unit
from govopen.storage.events import JournalEntry
from govopen.storage.port import (
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
)
from govopen.storage.refusals import no_attachment
from govopen.storage.types import TypeBook
from line_store.disk import Disk
from line_store.views import JournalView
from line_store.writing import LineTransaction

__all__ = ["LineStore"]

R = TypeVar("R", bound=Record)


class LineStore(Store):
    """Keeps records on a :class:`~line_store.disk.Disk`. Each reading looks there for what others have written."""

    def __init__(self, disk: Disk, types: Iterable[RecordType], clock: Clock) -> None:
        self._disk = disk
        self._book = TypeBook(types)
        self._clock = clock

    @property
    def identity(self) -> str:
        return self._disk.identity

    def transaction(self, author: Author = NOBODY) -> AbstractContextManager[Transaction]:
        return self._transaction(author)

    @contextmanager
    def _transaction(self, author: Author) -> Iterator[Transaction]:
        with self._disk.writing() as journal:
            # One moment for all that is written: the clock is read once.
            transaction = LineTransaction(self._disk, journal, self._book, self._clock().astimezone(dt.UTC), author)
            yield transaction
            transaction.commit()

    def get(self, cls: type[R], id_: str) -> Stored[R] | None:
        return self._view().get(cls, id_)

    def find(self, cls: type[R], field: str, unit_id: str, value: str) -> Sequence[R]:
        return self._view().find(cls, field, unit_id, value)

    def scan(
        self,
        cls: type[R],
        *,
        unit: str | None = None,
        partition: IdRange | None = None,
        known_at: dt.datetime | None = None,
    ) -> Iterator[Stored[R]]:
        return self._view(known_at).stored(cls, unit, partition)

    def partitions(self, cls: type[Record], n: int) -> list[IdRange]:
        ids = [entry.id for entry in self._view().entries(cls)]
        places = sorted({len(ids) * part // n for part in range(1, n)} - {0})
        return IdRange.between([ids[place] for place in places])

    def count(self, cls: type[Record], unit: str | None = None) -> int:
        return len(self._view().entries(cls, unit))

    def changes(self, since: int = 0) -> Iterator[Change]:
        for entry in self._disk.journal().entries[since:]:
            if entry.kind in ("put", "delete"):
                yield Change(
                    seq=entry.seq,
                    type=entry.type,
                    id=entry.id,
                    unit=entry.unit,
                    revision=entry.revision,
                    kind=entry.kind,
                    at=entry.at,
                )

    def journal(self, unit: str | None = None, after: int = 0) -> Iterator[JournalEntry]:
        found = sorted(self._disk.journal().entries[after:], key=lambda entry: (entry.unit, entry.number))
        return (entry for entry in found if unit in {None, entry.unit})

    def unjournalled(self) -> Iterator[tuple[str, str, int]]:
        return iter(())  # there is nothing beside the journal

    def attachments(self) -> Iterator[str]:
        return iter(sorted(self._disk.journal().files))

    def attachment(self, digest: str) -> Attachment:
        if (found := self._disk.file(digest)) is None:
            raise no_attachment(digest)
        return found

    def at(self, known_at: dt.datetime) -> View:
        return self._view(known_at)

    def snapshot(self) -> AbstractContextManager[View]:
        return self._snapshot()

    @contextmanager
    def _snapshot(self) -> Iterator[View]:
        # The journal of a view never changes: what comes later is in another one.
        yield self._view()

    def units(self) -> Iterator[Unit]:
        return self._view().units()

    def read(self, cls: type[R], unit_id: str) -> Iterator[R]:
        return self._view().read(cls, unit_id)

    def read_by(self, cls: type[R], field: str, unit_id: str) -> Iterator[tuple[str, R]]:
        return self._view().read_by(cls, field, unit_id)

    def opaque(self) -> Mapping[str, int]:
        return self._view().opaque()

    def close(self) -> None:
        """Nothing: the file is open only while it is read or written."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def _view(self, known_at: dt.datetime | None = None) -> JournalView:
        return JournalView(self._disk.journal(), self._book, known_at)
