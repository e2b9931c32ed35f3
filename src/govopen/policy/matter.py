"""Matters: one question of law through time, as a dated series of provisions with parameters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from govopen.errors import NotComputable
from govopen.policy.citation import Citation
from govopen.texts import Text

__all__ = ["Gap", "Matter", "Provision", "Value"]

Value = int | str | bool | tuple[str, ...]
"""What a parameter of a provision can be: a whole number, a text or key, a truth value, or several keys."""


@attrs.frozen(kw_only=True)
class Provision:
    """What the law said on a matter from ``since`` to ``until`` (inclusive; ``None``: until today's law ends).

    Attributes:
        values: The parameters that the matter names, as data: counts, keys, lists of keys.
        basis: Where it is written.
        verified: Whether somebody read the text.
        prevails: Explains why it overlaps an earlier provision, which it then displaces.
    """

    since: dt.date
    until: dt.date | None = None
    basis: tuple[Citation, ...]
    values: Mapping[str, Value]
    verified: bool
    note: Text | None = None
    prevails: Text | None = None

    def covers(self, on: dt.date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)

    def integer(self, name: str) -> int:
        """The whole number under ``name``."""
        value = self.values[name]
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"{name} is {value!r}, not a whole number")
        return value

    def keys(self, name: str) -> tuple[str, ...]:
        """The list of keys under ``name``."""
        value = self.values[name]
        if not isinstance(value, tuple):
            raise TypeError(f"{name} is {value!r}, not a list")
        return value


@attrs.frozen(kw_only=True)
class Gap:
    """A time for which the law said nothing, and why that is no mistake."""

    since: dt.date
    until: dt.date
    reason: Text


@attrs.frozen(kw_only=True)
class Matter:
    """A question of law whose answer changes with time: ``ogi/reply-time``, ``secrets/period``.

    Attributes:
        act: The field of the record whose date picks the provision: ``received_on``. Never today's date.
        parameters: The names every provision must give a value for, with what each means and its unit.
    """

    id: str
    title: Text
    act: str
    parameters: Mapping[str, Text]
    provisions: tuple[Provision, ...]
    gaps: tuple[Gap, ...] = ()

    def on(self, day: dt.date) -> Provision:
        """The provision for an act of that day.

        Raises:
            NotComputable: No provision was in force on that day.
        """
        # The latest that has begun prevails; the library has checked that an overlap is explained.
        for provision in reversed(self.provisions):
            if provision.covers(day):
                return provision
        raise NotComputable("No provision on {matter} was in force on {day}.", matter=self.id, day=day.isoformat())
