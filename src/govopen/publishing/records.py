"""What delivery and reconciliation ask of a store; every :class:`govopen.storage.port.Store` does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

from govopen.model.base import Record

__all__ = ["Kept", "Reading", "Span", "Writer", "Writing"]

R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)


class Kept(Protocol[R_co]):
    """A record as the store holds it."""

    @property
    def record(self) -> R_co: ...

    @property
    def revision(self) -> int: ...


class Span(Protocol):
    """A range of identifiers."""

    @property
    def stop(self) -> str | None:
        """The first identifier behind it; ``None``: it has no end."""

    def __contains__(self, id_: str, /) -> bool: ...


class Reading(Protocol):
    """Reads records, the newest revisions."""

    def get(self, cls: type[R], id_: str, /) -> Kept[R] | None:
        """The record; ``None`` if there is none."""
        ...

    def scan(self, cls: type[R], /, *, partition: Any = None) -> Iterator[Kept[R]]:
        """All of one type, or those in a range that :meth:`partitions` gave, by identifier."""
        ...

    def partitions(self, cls: type[Record], n: int, /) -> Sequence[Span]:
        """At most ``n`` ranges that together hold every identifier once."""
        ...

    def count(self, cls: type[Record], /) -> int:
        """How many of one type there are."""
        ...

    def read_by(self, cls: type[R], field: str, unit_id: str, /) -> Iterator[tuple[str, R]]:
        """Those of one unit, by the value of an indexed field and identifier."""
        ...


class Writing(Protocol):
    """Writes that take effect together or not at all."""

    def get(self, cls: type[R], id_: str, /) -> Kept[R] | None:
        """The record as it is now, other writers' changes included."""
        ...

    def put(self, record: Record, /, *, expected: int | None = None) -> object:
        """Store a record.

        Raises:
            StaleWrite: It has another revision than the expected one.
        """
        ...

    def delete(self, cls: type[Record], id_: str, /, *, expected: int | None = None) -> bool:
        """Delete a record.

        Raises:
            StaleWrite: It has another revision than the expected one.
        """
        ...


class Writer(Protocol):
    """Begins a transaction on behalf of whoever delivers: ``partial(store.transaction, author)``."""

    def __call__(self) -> AbstractContextManager[Writing]: ...
