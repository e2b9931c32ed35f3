"""Citations: typed, fixed text for a place in a legal instrument."""

from __future__ import annotations

import re
from functools import total_ordering
from typing import Self

import attrs

from govopen.errors import PolicyDataError

__all__ = ["Citation"]

_PATTERN = re.compile(
    r"(?P<instrument>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)"
    r":(?P<clause>\d+(?:\.\d+)*)"
    r"(?:/(?P<obligation>o[1-9]\d*))?"
)


def _natural(part: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", part))


@total_ordering
@attrs.frozen(order=False)
class Citation:
    """A place in an instrument: ``panyu-2011:1.3`` (a clause), ``panyu-2011:1.3/o2`` (an obligation),
    ``ogi-2019:33`` (an article), ``ogi-2019:20.1`` (its item 1).

    Sorts as the instrument counts: 1.2 before 1.10.
    """

    instrument: str
    clause: str
    obligation: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the fixed text of a citation.

        Raises:
            PolicyDataError: ``text`` is not of the form ``instrument:clause[/oN]``.
        """
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise PolicyDataError(
                "'{text}' is not a citation.",
                hint="Write instrument:clause or instrument:clause/oN, for example panyu-2011:1.3/o2.",
                text=text,
            )
        return cls(match["instrument"], match["clause"], match["obligation"] or "")

    @property
    def of_clause(self) -> Citation:
        """The clause that holds this obligation; itself if it names a clause."""
        return Citation(self.instrument, self.clause) if self.obligation else self

    @property
    def local(self) -> str:
        """The citation within its instrument: ``1.3/o2``."""
        return f"{self.clause}/{self.obligation}" if self.obligation else self.clause

    def within(self, clause: str) -> bool:
        """Whether this is in ``clause`` or in a clause below it: 1.2.3 is within 1.2, 1.10 is not within 1.1."""
        return self.clause == clause or self.clause.startswith(f"{clause}.")

    def __str__(self) -> str:
        return f"{self.instrument}:{self.local}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Citation):
            return NotImplemented
        return self._sort_key < other._sort_key

    @property
    def _sort_key(self) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
        return self.instrument, _natural(self.clause), _natural(self.obligation)
