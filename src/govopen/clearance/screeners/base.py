"""What built-in screeners share: codes with their rulings, and hits at places of the original text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from govopen.clearance.screeners.folding import Folded, fold
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.texts import Text

__all__ = ["MOST_HITS", "FindingCode", "Span", "hits", "hits_in_folded"]

MOST_HITS = 100
"""How many hits of one code are listed for a passage. Further ones change no ruling, and nobody reads a million."""

Span = tuple["FindingCode", int, int]
"""A code, and from which to which character of a folded text it was found."""


@attrs.frozen(kw_only=True)
class FindingCode:
    """Something that a screener can find.

    Attributes:
        code: As in :class:`~govopen.clearance.screening.Hit`.
        ruling: What it means for clearance.
        title: What it is called.
    """

    code: str
    ruling: Ruling
    title: Text


def hits(passage: Passage, folded: Folded, spans: Iterable[Span]) -> Iterator[Hit]:
    """The spans as hits in the original text, at most ``MOST_HITS`` of each code; what overlaps its like is one."""
    counts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for finding, start, end in spans:
        if start < ends.get(finding.code, 0) or counts.get(finding.code, 0) >= MOST_HITS:
            continue
        counts[finding.code] = counts.get(finding.code, 0) + 1
        ends[finding.code] = end
        first, last = folded.original(start, end)
        yield Hit(code=finding.code, ruling=finding.ruling, place=passage.place, start=first, end=last)


def hits_in_folded(
    passage: Passage, spans_of: Callable[[str], Iterable[Span]], *, invisible: str = ""
) -> Iterator[Hit]:
    """What is found in a passage as people read it; nothing in one that nobody can read, which is another's to find.

    Args:
        passage: The passage.
        spans_of: Finds in the folded text.
        invisible: Stands there for invisible characters, as in :func:`~govopen.clearance.screeners.folding.fold`.
    """
    if passage.text is not None:
        folded = fold(passage.text, invisible=invisible)
        yield from hits(passage, folded, spans_of(folded.text))
