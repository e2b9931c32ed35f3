"""Identifiers of records, made of columns of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, reduce

import attrs
import sqlalchemy as sa

from govopen_legacy_tables.columns import Column, Family, as_held, canonical

__all__ = ["Identifier", "collated"]

_PLACE = re.compile(r"\{([^{}]+)\}")


def collated(text: sa.ColumnElement[str], *, sqlite: bool) -> sa.ColumnElement[str]:
    """A text that is compared and ordered by code points, as ``sorted()`` does, whatever its column declares."""
    return sa.collate(text, "BINARY" if sqlite else "C")


@attrs.define(kw_only=True, eq=False, slots=False)
class Identifier:
    """How a row's identifier is made.

    Attributes:
        parts: Texts that stand for themselves, and columns.
        sqlite: Whether the database is SQLite.
    """

    parts: Sequence[str | Column]
    sqlite: bool

    @staticmethod
    def columns_of(template: str) -> list[str]:
        """The columns that a template names; it may be the name of one column."""
        return _PLACE.findall(template) or [template]

    @classmethod
    def of(cls, template: str, columns: Mapping[str, Column], *, sqlite: bool) -> Identifier:
        """The identifier of a template, all of whose columns are there."""
        if not _PLACE.search(template):
            return cls(parts=(columns[template],), sqlite=sqlite)
        found: list[str | Column] = []
        for place, text in enumerate(_PLACE.split(template)):
            if place % 2:
                found.append(columns[text])
            elif text:
                found.append(text)
        return cls(parts=tuple(found), sqlite=sqlite)

    @property
    def columns(self) -> list[Column]:
        """The columns it is made of."""
        return [part for part in self.parts if isinstance(part, Column)]

    @cached_property
    def text(self) -> sa.ColumnElement[str]:
        """The identifier as the database computes it; all that is read, ordered and looked up goes by this."""
        texts = [sa.literal(part, sa.Text) if isinstance(part, str) else part.as_text for part in self.parts]
        return reduce(lambda one, other: one + other, texts)

    @cached_property
    def ordered(self) -> sa.ColumnElement[str]:
        """The identifier, to order and to compare by."""
        return collated(self.text, sqlite=self.sqlite)

    def among(self, ids: Sequence[str]) -> Iterator[sa.ColumnElement[bool]]:
        """The conditions that pick the rows of some identifiers."""
        if len(self.columns) == 1:
            cells = [cell for id_ in ids if (cell := self.cell(id_)) is not None]
            # The first can use the column's index; it may also compare loosely, as NOCASE does.
            yield self.columns[0].compared.in_(cells) if cells else sa.false()
        yield self.ordered.in_(ids)

    def cell(self, id_: str) -> object:
        """What the one column holds in the row of an identifier; ``None`` if no row can have it."""
        before, after = self._around
        if not (id_.startswith(before) and id_.endswith(after) and len(id_) > len(before) + len(after)):
            return None
        text = id_[len(before) : len(id_) - len(after)]
        held = as_held(self.columns[0], text)
        if self.columns[0].family is Family.INTEGER:
            # As it would be read again: 007 is no identifier of a row.
            return held if isinstance(held, int) and canonical(text) == text else None
        return held

    @property
    def _around(self) -> tuple[str, str]:
        place = next(index for index, part in enumerate(self.parts) if isinstance(part, Column))
        before, after = self.parts[:place], self.parts[place + 1 :]
        return "".join(map(str, before)), "".join(map(str, after))
