"""Numbers in folded text: what may stand between their digits, and whether it is one number or a row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govopen.clearance.screeners.folding import INVISIBLE

__all__ = ["GAP", "Found", "bare", "finder", "isolated", "occurrences", "one_number"]

_SEPARATOR = rf"[{INVISIBLE} \t\n\-‐–—―−_./·•|]"
GAP = f"{_SEPARATOR}{{0,3}}+"
"""What may stand between two digits of one number. A comma may not: it parts thousands."""

_VISIBLE = re.compile(r"[ \t\n\-‐–—―−_./·•|]+")
_BEFORE = re.compile(rf"[0-9]{_SEPARATOR}{{1,3}}\Z")
_AFTER = re.compile(rf"{_SEPARATOR}{{1,3}}[0-9]")
_COUNTRY = re.compile(rf"(?<![0-9])(?:\+|00)?86{GAP}\Z")

Found = tuple[str, int, int]
"""What was matched, from where, up to where."""


def finder(*atoms: str) -> re.Pattern[str]:
    """A pattern that finds the atoms one after another with gaps between, at every place where they begin.

    No atom may match a character of a gap, so a gap gives nothing back: there is one way to match, in linear time.
    """
    return re.compile(f"(?=({GAP.join(atoms)}))")


def occurrences(pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    """Every place where the pattern matches, overlapping ones too."""
    for match in pattern.finditer(text):
        yield match.group(1), *match.span(1)


def bare(found: str) -> str:
    """The digits and letters alone."""
    return _VISIBLE.sub("", found).replace(INVISIBLE, "")


def isolated(text: str, start: int, end: int) -> bool:
    """Whether no further digits follow or precede after a gap. A country code is part of a number."""
    before = text[max(0, start - 8) : start]
    return not _AFTER.match(text, end) and (not _BEFORE.search(before) or bool(_COUNTRY.search(before)))


def one_number(text: str, found: Found, usual: frozenset[tuple[int, ...]]) -> bool:
    """Whether digits with gaps are written as one number, and are not neighbours in a table or list.

    They are if they stand in one of the ``usual`` groups, or alone and in at most three groups, in equal groups, or
    digit by digit. A line may end within one after at least seven digits, as in a narrow cell.
    """
    matched, start, end = found
    groups = tuple(map(len, _VISIBLE.split(matched.replace(INVISIBLE, ""))))
    if len(groups) == 1:
        return True
    alone = isolated(text, start, end)
    if set(groups) == {1}:
        return alone
    if "\t" in matched:
        return False
    if "\n" in matched:
        return len(groups) == 2 and groups[0] >= 7
    equal = len(set(groups[:-1])) == 1 and groups[-1] <= groups[0]
    return groups in usual or (alone and (len(groups) <= 3 or equal))
