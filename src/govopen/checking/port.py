"""What the checker needs of a store: to read one unit's records in order. Every store port fulfils it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeVar

from govopen.model.base import Record
from govopen.model.units import Unit

__all__ = ["Source"]

R = TypeVar("R", bound=Record)


class Source(Protocol):
    """Records by unit, in code-point order of their identifiers, in constant memory."""

    def units(self) -> Iterator[Unit]:
        """All units, by identifier."""
        ...

    def read(self, cls: type[R], unit_id: str) -> Iterator[R]:
        """The unit's records of that class, by identifier."""
        ...

    def read_by(self, cls: type[R], field: str, unit_id: str) -> Iterator[tuple[str, R]]:
        """The unit's records of that class with the value of an indexed field, by that value, then by identifier."""
        ...

    def opaque(self) -> Mapping[str, int]:
        """How many records there are of types that no loaded plugin knows."""
        ...
