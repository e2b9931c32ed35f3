"""The texts of an item, or of what is shown beside items, that screeners look at, and what they say."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from govopen.clearance.screening import Hit, Passage, Ruling, Screener, ScreeningVerdict
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.published import public_digest, public_form

__all__ = ["FAILED", "UNSCREENED", "passages_of", "ruling_on", "screen"]

FAILED = "screener-failed"
"""Code of the hit that stands for a screener's failure: it bars, because nobody knows what it would have found."""

UNSCREENED = "not-given-to-screeners"
"""Code of the hit that stands for a text that no screener was given."""

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

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
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value), place)
        yield from _texts(tuple(value.values()), place)
    elif isinstance(value, tuple | list | frozenset | set):
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
    """What each screener says of the item.

    A screener that fails bars the item, and so does a text of the item that is not among the passages.

    Args:
        item: The item.
        passages: What :func:`passages_of` gives.
        screeners: All of them.
    """
    digest, held = public_digest(item), tuple(passages)
    unseen = tuple(_unseen(item, held))
    return tuple(
        ScreeningVerdict(screener=screener.name, digest=digest, hits=(*unseen, *_hits(screener, held)))
        for screener in screeners
    )


def ruling_on(record: Record, screeners: Iterable[Screener]) -> Ruling:
    """The most restrictive ruling of the screeners on the texts of a record that is shown beside items.

    An override is for one content of one item, so that nobody can let pass what holds such a record up. Without
    screeners nobody looked, and it is barred.

    Args:
        record: All of its texts are looked at.
        screeners: All of them.
    """
    passages = tuple(Passage(place=place, text=text) for place, text in _texts(record, ""))
    found = [max((hit.ruling for hit in _hits(each, passages)), default=Ruling.PASS) for each in screeners]
    return max(found, default=Ruling.BAR)


def _unseen(item: InformationItem, passages: tuple[Passage, ...]) -> Iterator[Hit]:
    """A hit for each text of the item that is not among the passages, or says something else there."""
    given: dict[str, list[str | None]] = {}
    for passage in passages:
        given.setdefault(passage.place, []).append(passage.text)
    for asked in passages_of(item, {}):
        # Only whoever read a file knows its text.
        of_file = asked.text is None
        if asked.place not in given or not (of_file or asked.text in given[asked.place]):
            yield Hit(code=UNSCREENED, ruling=Ruling.BAR, place=asked.place)


def _hits(screener: Screener, passages: tuple[Passage, ...]) -> Iterator[Hit]:
    for passage in passages:
        try:
            found = tuple(screener.screen(passage))
            sound = all(_sound(hit, passage) for hit in found)
        except Exception:  # noqa: BLE001 - its words may quote the text; that it failed is what counts
            found, sound = (), False
        yield from found if sound else (Hit(code=FAILED, ruling=Ruling.BAR, place=passage.place),)


def _sound(hit: Hit, passage: Passage) -> bool:
    """Whether it is a hit in that passage, so that a person who is to let it pass finds what it means."""
    ruling: object = hit.ruling
    return (
        isinstance(ruling, Ruling)
        and bool(_CODE.fullmatch(hit.code))
        and hit.place == passage.place
        and 0 <= hit.start <= hit.end <= len(passage.text or "")
    )
