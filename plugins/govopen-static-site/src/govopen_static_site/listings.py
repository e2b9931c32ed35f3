"""Lists in pages that stay: a change to one item touches the page it stands on, and hardly another.

Pages are counted from the oldest, and a page's number is never given again. A page that grows too long is parted in
two. So neither a new item, nor one withdrawn from the middle, moves all others to the next page.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govopen_static_site.state import Card, Listing, Named, Sheet

__all__ = ["PER_PAGE", "Place", "enter", "folders", "leave", "newest", "places", "size"]

PER_PAGE = 20
"""So many items are on a page of a list."""

Order = tuple[dt.date, str]


class Place(NamedTuple):
    """A page of a list: its path, and those of the next newer and older pages, empty if there is none."""

    path: str
    newer: str
    older: str
    ids: tuple[str, ...]


def folders(card: Card, units: Mapping[str, Named], columns: Mapping[str, Named], *, portal: bool) -> Iterator[str]:
    """The folders of the lists in which an item stands."""
    yield "latest"
    yield f"dates/{card.published_on.isoformat()[:7]}"
    if card.category:
        yield f"categories/{card.category}"
    if card.column:
        yield f"columns/{columns[card.column].slug}"
    if portal:
        yield f"units/{units[card.unit].slug}"


def _sheet_for(listing: Listing, order: Order, cards: Mapping[str, Card]) -> int:
    return max(0, bisect_right(listing.sheets, order, key=lambda sheet: cards[sheet.ids[0]].order) - 1)


def enter(listing: Listing, card: Card, cards: Mapping[str, Card]) -> None:
    """Put an item, which is among ``cards``, in its place."""
    if not listing.sheets:
        listing.sheets.append(Sheet(listing.next, [card.id]))
        listing.next += 1
        return
    at = _sheet_for(listing, card.order, cards)
    sheet = listing.sheets[at]
    sheet.ids.insert(bisect_right(sheet.ids, card.order, key=lambda name: cards[name].order), card.id)
    if len(sheet.ids) > 2 * PER_PAGE:
        # The older part keeps the number: addresses that somebody noted hold what they held.
        listing.sheets.insert(at + 1, Sheet(listing.next, sheet.ids[PER_PAGE:]))
        listing.next += 1
        del sheet.ids[PER_PAGE:]


def leave(listing: Listing, card: Card, cards: Mapping[str, Card]) -> None:
    """Take an item, as it stands among ``cards``, out of the list."""
    at = _sheet_for(listing, card.order, cards)
    listing.sheets[at].ids.remove(card.id)
    if not listing.sheets[at].ids:
        del listing.sheets[at]


def places(folder: str, listing: Listing) -> Iterator[Place]:
    """The pages of the list, from the newest. A list without items has one page that says so."""
    paths = [f"{folder}/{sheet.number}.html" for sheet in listing.sheets[:-1]] + [f"{folder}/index.html"]
    for at in range(len(paths) - 1, -1, -1):
        newer = paths[at + 1] if at + 1 < len(paths) else ""
        ids = tuple(reversed(listing.sheets[at].ids)) if listing.sheets else ()
        yield Place(paths[at], newer, paths[at - 1] if at else "", ids)


def newest(listing: Listing | None, count: int) -> list[str]:
    """The newest items of the list, from the newest."""
    found: list[str] = []
    for sheet in reversed(listing.sheets if listing else []):
        found += reversed(sheet.ids)
        if len(found) >= count:
            break
    return found[:count]


def size(listing: Listing | None) -> int:
    """How many items the list has."""
    return sum(len(sheet.ids) for sheet in listing.sheets) if listing else 0
