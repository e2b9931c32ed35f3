"""What the rules of the eleven categories share: how content is read, and how their examples are made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from govopen.model.base import FieldName, Record, filled
from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import Outcome
from govopen.rules import samples
from govopen.rules.base import Case
from govopen.rules.context import Context
from govopen.rules.results import Fail, Result
from govopen.texts import Text

__all__ = ["NO_COUNT", "any_filled", "blanks", "case", "complete", "entry", "recorded"]

NO_COUNT = (attrs.evolve(samples.outcome(), handled=None),)
"""A period with its count left blank."""


def blanks(content: object, fields: Iterable[str]) -> tuple[str, ...]:
    """Those of ``fields`` that say nothing. A zero says something."""
    found: tuple[str, ...] = ()
    for field in fields:
        value = getattr(content, field)
        if value is None or (isinstance(value, str) and not filled(value)):
            found += (FieldName(type(content), field),)
    return found


def complete(content: object, fields: Iterable[str]) -> Result:
    """Fails with ``incomplete`` and the names of those ``fields`` that are blank."""
    missing = blanks(content, fields)
    return Fail("incomplete", missing=missing) if missing else None


def any_filled(texts: Iterable[str]) -> bool:
    """Whether at least one of ``texts`` says anything."""
    return any(map(filled, texts))


def recorded(outcomes: Iterable[Outcome], ctx: Context) -> bool:
    """Whether a count is given for a period that has begun. Zero is a count; a blank is none."""
    return any(outcome.handled is not None and ctx.known(outcome.covers_from) for outcome in outcomes)


def entry(category: Category, *, number: int = 1, **changes: Any) -> InformationItem:
    """The exemplary entry of ``category``, with these fields of its content changed; its ``number`` sets it apart."""
    item = samples.item(category, id=f"{category}-{number}")
    # The category is named like the field that holds its content.
    content = attrs.evolve(getattr(item, category), **changes)
    return attrs.evolve(item, **{category.value: content})


def case(zh: str, en: str, *records: Record) -> Case:
    """An example, looked at on the last day of its year."""
    return Case(Text(zh, en), records, samples.YEAR_END)
