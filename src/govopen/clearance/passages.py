"""The texts of an item that screeners look at, and what they say."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from govopen.clearance.screening import Hit, Passage, Ruling, Screener, ScreeningVerdict
from govopen.model.catalog import InformationItem
from govopen.model.published import public_digest, public_form

__all__ = ["FAILED", "passages_of", "screen"]

FAILED = "screener-failed"
"""Code of the hit that stands for a screener's failure: it bars, because nobody knows what it would have found."""

# Identifiers and codes that the program itself checks; digests are digits by chance.
_UNSEEN = frozenset({"digest", "media_type"})


def passages_of(item: InformationItem, texts: Mapping[str, str | None]) -> tuple[Passage, ...]:
    """Every text that readers of the item would see, its numbers and names of files too.

    Args:
        item: The item.
        texts: From the digest of each file to the text in it; ``None``, or none: nobody can read it.
    """
    found = [Passage(place=place, text=text) for place, text in _texts(public_form(item), "")]
    found += (
        Passage(place=f"attachments[{number}]", text=texts.get(file.digest))
        for number, file in enumerate(item.attachments)
    )
    return tuple(found)


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, enum.Enum):
        return
    if isinstance(value, str):
        if value:
            yield place, value
    elif isinstance(value, tuple):
        for number, member in enumerate(value):
            yield from _texts(member, f"{place}[{number}]")
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            if field.name not in _UNSEEN:
                inner = f"{place}.{field.name}" if place else field.name
                yield from _texts(getattr(value, field.name), inner)


def screen(
    item: InformationItem, passages: Iterable[Passage], screeners: Iterable[Screener]
) -> tuple[ScreeningVerdict, ...]:
    """What each screener says of the item. One that fails bars it."""
    digest, held = public_digest(item), tuple(passages)
    return tuple(
        ScreeningVerdict(screener=screener.name, digest=digest, hits=tuple(_hits(screener, held)))
        for screener in screeners
    )


def _hits(screener: Screener, passages: tuple[Passage, ...]) -> list[Hit]:
    found: list[Hit] = []
    for passage in passages:
        try:
            found += screener.screen(passage)
        except Exception:  # noqa: BLE001 - its words may quote the text; that it failed is what counts
            found.append(Hit(code=FAILED, ruling=Ruling.BAR, place=passage.place))
    return found
