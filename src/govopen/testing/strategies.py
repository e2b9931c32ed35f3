"""Hypothesis strategies for records: any record that an import would take, lawful or not.

Needs the ``hypothesis`` package, which govopen itself does not.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar, cast

import attrs
from hypothesis import strategies as st

from govopen.interchange.checks import CLASSIFIED_TOKEN, DIGESTS, ORDERED, RANGES
from govopen.interchange.fields import Field, fields_of
from govopen.interchange.values import FIRST_YEAR, LAST_YEAR
from govopen.model.base import Record
from govopen.model.catalog import CONTENT_FIELDS, Category, InformationItem
from govopen.model.classification import ClassifiedItem
from govopen.model.website import Column

__all__ = ["dates", "decimals", "identifiers", "records", "texts"]

_R = TypeVar("_R", bound=Record)

_ID_CHARACTERS = "abcxyzABCXYZ0123456789-._:()〔〕番禺区府办信息公开"


def identifiers() -> st.SearchStrategy[str]:
    """Identifiers as they are after normalising."""
    return st.text(_ID_CHARACTERS, min_size=1, max_size=30)


def texts() -> st.SearchStrategy[str]:
    """Texts without blanks around them, with line ends, quotes and characters of many scripts within; not empty."""
    characters = st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t番禺，；。“”〔〕①"
    )
    return st.text(characters, min_size=1, max_size=60).map(str.strip).filter(bool)


def dates() -> st.SearchStrategy[dt.date]:
    """Days that an import takes."""
    return st.dates(dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31))


def decimals() -> st.SearchStrategy[Decimal]:
    """Sums of money with up to four places."""
    return st.decimals(0, 10**12, places=4, allow_nan=False, allow_infinity=False)


def records(cls: type[_R], **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[_R]:
    """Records of a class, from the types of its fields.

    Args:
        cls: The record class; a plugin's as well, as far as its fields are of the kinds that govopen's own have.
        fixed: Strategies for fields by name, instead of the generic ones.
    """
    return cast("st.SearchStrategy[_R]", _values(cls, fixed))


def _values(cls: type, fixed: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    strategies = {field.name: fixed[field.name] if field.name in fixed else _of(cls, field) for field in fields_of(cls)}
    return st.builds(cls, **strategies).map(_repair(cls, frozenset(fixed)))


def _of(cls: type, field: Field) -> st.SearchStrategy[Any]:
    if cls is InformationItem and field.name == "subcategory":
        # Known only if a plugin brings it.
        return st.just("")
    if cls is Column and field.name == "update_within":
        return st.from_regex(r"[1-9][0-9]?(wd|d|m|y)", fullmatch=True) | st.just("")
    single = _single(cls, field)
    if field.many:
        single = st.lists(single, max_size=3).map(tuple)
    elif field.kind is str and field.default == "":
        single = single | st.just("")
    return single | st.none() if field.optional else single


def _single(cls: type, field: Field) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one return for each kind
    kind = field.kind
    if field.name in DIGESTS.get(cls, ()):
        return st.binary(min_size=32, max_size=32).map(bytes.hex)
    if cls is ClassifiedItem and kind is str and field.name != "unit":
        # Nothing that could be a title: a citation is one of the things its basis may be, and a token too.
        return st.just("secrets-2010:15") if field.name == "basis" else st.from_regex(CLASSIFIED_TOKEN, fullmatch=True)
    if kind is str:
        if field.term.text or field.term.personal:
            return texts()
        return identifiers()
    if kind in (int, Decimal):
        least, greatest = RANGES.get(cls, {}).get(field.name, (0, None))
        return st.integers(least, 10**6 if greatest is None else greatest) if kind is int else decimals()
    if issubclass(kind, enum.Enum):
        return st.sampled_from(list(kind))
    if attrs.has(kind):
        return st.deferred(lambda: _values(kind, {}))
    simple: dict[type, Callable[[], st.SearchStrategy[Any]]] = {bool: st.booleans, dt.date: dates}
    return simple[kind]() if kind in simple else st.from_type(kind)


def _repair(cls: type, fixed: frozenset[str]) -> Callable[[Any], Any]:
    """What makes fields fit each other that were drawn apart; those that the caller fixed stay."""

    def repair(value: Any) -> Any:
        if cls in ORDERED:
            first, second = ORDERED[cls]
            since, until = getattr(value, first), getattr(value, second)
            if since is not None and until is not None and until < since:
                late = {first: until, second: since} if not fixed & {first, second} else {second: since}
                value = attrs.evolve(value, **late)
        if isinstance(value, InformationItem):
            value = _with_right_content(value)
        return value

    return repair


def _with_right_content(item: InformationItem) -> InformationItem:
    right = CONTENT_FIELDS[item.category or Category.OTHER]
    contents = [name for names in CONTENT_FIELDS.values() for name in names if name not in right]
    return attrs.evolve(item, **cast("dict[str, Any]", dict.fromkeys(contents)))
