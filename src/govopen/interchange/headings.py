"""Which column of a table is which field: by dotted path, or by the heading that a template prints."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import cache

from govopen.interchange.fields import Leaf, leaves_of
from govopen.interchange.values import clean
from govopen.texts import LANGUAGES

__all__ = ["accepted_headings", "close_headings", "find_leaf"]

_POSITION = re.compile(r"(?<=[ .])([1-9][0-9]{0,2})(?=$|[ .])")
_LONGEST = 300


def _plain(heading: str) -> str:
    text = " ".join(clean(heading[:_LONGEST]).casefold().split())
    return re.sub(r" ?/ ?", " / ", text)


@cache
def _known(cls: type) -> Mapping[str, Leaf]:
    found: dict[str, Leaf] = {}
    shared: set[str] = set()
    for leaf in leaves_of(cls):
        headings = {_plain(leaf.heading(lang)) for lang in LANGUAGES}
        shared |= headings & found.keys()
        found.update(dict.fromkeys(headings, leaf))
    for heading in shared:
        # Two fields under one heading: only their paths tell them apart.
        del found[heading]
    found.update((leaf.path().casefold(), leaf) for leaf in leaves_of(cls))
    return found


def find_leaf(cls: type, heading: str) -> tuple[Leaf, tuple[int, ...]] | None:
    """The field that a heading names, and the positions in the lists on the way to it (from 1)."""
    plain = _plain(heading)
    positions = tuple(map(int, _POSITION.findall(plain)))
    leaf = _known(cls).get(_POSITION.sub("#", plain))
    if leaf is None or len(positions) != len(leaf.repeats):
        return None
    return leaf, positions


def accepted_headings(cls: type) -> str:
    """All paths that a header can hold, ``#`` standing for a position."""
    return ", ".join(leaf.path() for leaf in leaves_of(cls))


def close_headings(cls: type, heading: str) -> list[str]:
    """Headings that somebody may have meant."""
    # Matching costs the product of the lengths; a heading that long is none.
    plain = _plain(heading)[:80]
    known = {name for leaf in leaves_of(cls) for name in (leaf.path(), *(leaf.heading(lang) for lang in LANGUAGES))}
    return difflib.get_close_matches(plain, known, n=2, cutoff=0.7)
