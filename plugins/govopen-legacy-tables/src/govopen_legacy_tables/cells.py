"""Single cells: what a column holds as the value of a field, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

import attrs

from govopen.interchange.fields import Leaf
from govopen.texts import Label
from govopen_legacy_tables.columns import SHANGHAI, Column, Family, as_held, day_of, plain
from govopen_legacy_tables.dates import DateFormat

__all__ = ["Cell", "UnfitError"]


class UnfitError(Exception):
    """A cell says nothing that its field could be, or a column cannot hold a value. Says neither."""


@attrs.define(kw_only=True, eq=False, slots=False)
class Cell:
    """One column as one field.

    Attributes:
        column: Where it stands.
        leaf: The field.
        keys: The way to it within a record: names, and positions from 0.
        meanings: What codes mean; ``None``: cells mean themselves.
        otherwise: What every other code means; ``None``: nothing.
        formats: How days are written.
        separator: What stands between values, where the field has many.
        blanks: Cells that say nothing.
        exact: Whether rows are looked up by what the cell holds.
        sqlite: Whether the database has no types for days and exact numbers.
    """

    column: Column
    leaf: Leaf
    keys: tuple[str | int, ...]
    meanings: Mapping[str, object] | None = None
    otherwise: object = None
    formats: tuple[DateFormat, ...] = ()
    separator: str = ""
    blanks: frozenset[str] = frozenset()
    exact: bool = False
    sqlite: bool = False

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The code to write for a value: the first that means it."""
        found: dict[str, str] = {}
        for code, meaning in (self.meanings or {}).items():
            found.setdefault(_name(meaning), code)
        return found

    def read(self, held: object) -> object:
        """What the cell says, for a :class:`~govopen.interchange.structure.Structurer`; ``None`` if nothing.

        Raises:
            UnfitError: It is a code that nobody explained, or a date that is written otherwise.
        """
        if held is None or (said := plain(held)) == "" or said in self.blanks:
            return None
        if self.exact and isinstance(held, str) and (held.rstrip(" ") if self.column.padded else held) != said:
            # Looked up by what it says, the row would not be found.
            raise UnfitError
        if not self.leaf.field.many:
            return self._meant(held)
        members = said.split(self.separator) if self.separator else [held]
        return [self._meant(member) for member in members if plain(member)]

    def _meant(self, held: object) -> object:
        if self.meanings is not None:
            meaning = self.meanings.get(plain(held), self.otherwise)
            if meaning is None:
                raise UnfitError
            return meaning
        kind = self.leaf.field.kind
        if kind is dt.date:
            return self._day(held)
        if kind is bool:
            # SQLite keeps what it calls BOOLEAN as 0 and 1.
            return bool(held) if self.column.family is Family.BOOLEAN and held in (0, 1) else held
        if isinstance(held, float):
            # The shortest way to write a binary float is what somebody typed.
            held = Decimal(repr(held))
        if kind in (int, Decimal) and isinstance(held, int | Decimal):
            return held
        if isinstance(held, bytes | memoryview):
            raise UnfitError
        return plain(held)

    def _day(self, held: object) -> object:
        if isinstance(held, dt.datetime):
            # The time of day is left out on purpose: a field of a record is a day.
            return day_of(held)
        if isinstance(held, dt.date):
            return held
        text = plain(held)
        if self.formats:
            found = next((day for form in self.formats if (day := form.read(text)) is not None), None)
            if found is None:
                raise UnfitError
            return found
        if self.column.family is Family.MOMENT:
            try:
                return day_of(dt.datetime.fromisoformat(text))
            except ValueError:
                raise UnfitError from None
        return text

    def write(self, value: object) -> object:
        """What the column is to hold for the value of the field.

        Raises:
            UnfitError: It cannot.
        """
        if value is None or value in ("", ()):
            return self._blank()
        if self.leaf.field.many and self.separator:
            members = value if isinstance(value, tuple) else (value,)
            return self.separator.join(str(self._code_or_text(member)) for member in members)
        if isinstance(value, tuple):
            if len(value) > 1:
                raise UnfitError
            (value,) = value
        return self._kept(value)

    def _blank(self) -> object:
        if self.column.nullable:
            return None
        for blank in sorted(self.blanks):
            return self._as_family(blank)
        if self.column.family is Family.TEXT:
            return ""
        raise UnfitError

    def _code_or_text(self, value: object) -> object:
        if self.meanings is None:
            return value.value if isinstance(value, Label) else value
        code = self.codes.get(_name(value))
        if code is None:
            raise UnfitError
        return code

    def _kept(self, value: object) -> object:
        value = self._code_or_text(value)
        if isinstance(value, dt.date):
            return self._written_day(value)
        if isinstance(value, bool):
            if self.column.family is not Family.BOOLEAN:
                raise UnfitError
            return value
        return self._as_family(value)

    def _written_day(self, day: dt.date) -> object:
        match self.column.family:
            case Family.DATE if not self.formats:
                return day.isoformat() if self.sqlite else day
            case Family.MOMENT if not self.formats:
                midnight = dt.datetime(day.year, day.month, day.day, tzinfo=SHANGHAI if self.column.zoned else None)
                return midnight.isoformat(" ") if self.sqlite else midnight
            case _:
                text = self.formats[0].write(day) if self.formats else day.isoformat()
                return self._as_family(text)

    def _as_family(self, value: Any) -> object:
        """A text or a number as the column takes it."""
        text = f"{value:f}" if isinstance(value, Decimal) else str(value)
        try:
            match self.column.family:
                case Family.TEXT:
                    return text
                case Family.INTEGER if str(int(text)) == text:
                    return int(text)
                case Family.NUMBER | Family.FLOAT:
                    # SQLite's driver takes no decimals, and the column makes a number of the text.
                    return text if self.sqlite else Decimal(text)
                case Family.UUID | Family.BOOLEAN if (held := as_held(self.column, text)) is not None:
                    return held
                case Family.DATE | Family.MOMENT if not self.sqlite:
                    return dt.datetime.fromisoformat(text)
                case Family.DATE | Family.MOMENT:
                    return text
        except (ArithmeticError, ValueError):
            pass
        raise UnfitError


def _name(value: object) -> str:
    """A meaning as a mapping file and a record both have it: 是 or not, ``true`` is ``True``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.value if isinstance(value, Label) else str(value)
