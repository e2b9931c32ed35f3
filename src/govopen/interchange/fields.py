"""The fields of record classes as files, schemas and templates see them."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs

from govopen.model.base import Term, terms
from govopen.texts import Language

__all__ = ["Field", "Leaf", "fields_of", "leaves_of"]


@attrs.frozen(kw_only=True)
class Field:
    """One field of a record class or of a class within a record.

    Attributes:
        name: As in JSON.
        term: What it is called, and an example.
        kind: The class of the value, or of each member of a list: a scalar's class or an attrs class.
        many: A list.
        optional: ``None`` is a value of its own: nothing is known. An empty list then states that there are none.
        required: There is no record without it.
        default: What a missing field means; ``attrs.NOTHING`` if it is required.
    """

    name: str
    term: Term
    kind: type
    many: bool
    optional: bool
    required: bool
    default: object

    @property
    def nested(self) -> bool:
        """Whether values have fields of their own."""
        return attrs.has(self.kind)


@attrs.frozen(kw_only=True)
class Leaf:
    """A column of a table: a field that a single cell can hold, with the way to it.

    Attributes:
        fields: From the record's field to the field itself. A list of objects takes a position.
        states_none: The column only states that a list of objects is empty; its members have columns of their own.
    """

    fields: tuple[Field, ...]
    states_none: bool = False

    @property
    def field(self) -> Field:
        return self.fields[-1]

    @property
    def repeats(self) -> tuple[int, ...]:
        """How many of each list of objects on the way a template has room for."""
        return tuple(
            field.term.repeat for field in self.fields[: None if not self.states_none else -1] if _listed(field)
        )

    def path(self, positions: tuple[int, ...] = ()) -> str:
        """The dotted path, list positions counted from 1: ``sign_offs.1.person``."""
        return ".".join(self._parts([field.name for field in self.fields], ".", positions))

    def heading(self, lang: Language, positions: tuple[int, ...] = ()) -> str:
        """The heading of the column in a template: ``审签 1 / 人员``."""
        words = [field.term.zh if lang == "zh-Hans" else field.term.en for field in self.fields]
        return " / ".join(self._parts(words, " ", positions))

    def keys(self, positions: tuple[int, ...] = ()) -> tuple[str | int, ...]:
        """The way as mapping keys and list indexes (from 0)."""
        found: list[str | int] = []
        left = iter(positions)
        for field in self.fields:
            found.append(field.name)
            if _listed(field) and not (self.states_none and field is self.field):
                found.append(next(left) - 1)
        return tuple(found)

    def _parts(self, words: list[str], gap: str, positions: tuple[int, ...]) -> Iterator[str]:
        left = iter(positions)
        for field, word in zip(self.fields, words, strict=True):
            listed = _listed(field) and not (self.states_none and field is self.field)
            yield f"{word}{gap}{next(left, '#')}" if listed else word


def _listed(field: Field) -> bool:
    return field.many and field.nested


def _field(attribute: attrs.Attribute[Any], hint: Any, term: Term) -> Field:
    optional = many = False
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        members = [member for member in typing.get_args(hint) if member is not type(None)]
        optional = len(members) < len(typing.get_args(hint))
        hint = members[0] if len(members) == 1 else object
    if typing.get_origin(hint) is tuple:
        many, hint = True, typing.get_args(hint)[0]
    return Field(
        name=attribute.name,
        term=term,
        kind=hint if isinstance(hint, type) else object,
        many=many,
        optional=optional,
        required=attribute.default is attrs.NOTHING,
        default=attribute.default,
    )


@cache
def fields_of(cls: type) -> tuple[Field, ...]:
    """The fields of a record class, in their order."""
    hints = typing.get_type_hints(cls)
    return tuple(_field(entry, hints[entry.name], terms(cls)[entry.name]) for entry in attrs.fields(cls) if entry.init)


@cache
def leaves_of(cls: type) -> tuple[Leaf, ...]:
    """The columns of a table of records of a class, in the order of their fields."""
    return tuple(_leaves(cls, ()))


def _leaves(cls: type, above: tuple[Field, ...]) -> Iterator[Leaf]:
    for field in fields_of(cls):
        way = (*above, field)
        if not field.nested:
            yield Leaf(fields=way)
            continue
        if field.many and field.optional:
            yield Leaf(fields=way, states_none=True)
        yield from _leaves(field.kind, way)
