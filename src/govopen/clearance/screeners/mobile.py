"""Mobile telephone numbers of mainland China. Landlines, service numbers and hotlines are a unit's own, and pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from govopen.clearance.screeners.base import FindingCode, Span, hits_in_folded
from govopen.clearance.screeners.folding import INVISIBLE
from govopen.clearance.screeners.spans import finder, occurrences, one_number
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.texts import Text

__all__ = ["MobileNumbers"]

_NUMBER = finder("1", "[3-9]", *["[0-9]"] * 8, "[0-9](?![0-9])")
# What is dialled before: the country, the trunk, the prefixes of cheap long-distance calls.
_DIALLED_BEFORE = re.compile(r"(?<![0-9])(?:(?:00)?86|0|12593|17911|17951)\Z")
_USUAL = frozenset({(3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (4, 7), (5, 6), (6, 5)})
_MOBILE = FindingCode(code="mobile-number", ruling=Ruling.HOLD, title=Text("手机号码", "a mobile telephone number"))
_TITLE = Text("手机号码", "mobile telephone numbers")


@attrs.frozen
class MobileNumbers:
    """Finds mobile numbers, with or without country code, written in any digits and any usual groups."""

    name: str = "mobile-numbers"
    title: Text = _TITLE
    codes: tuple[FindingCode, ...] = (_MOBILE,)

    def screen(self, passage: Passage) -> Iterator[Hit]:
        return hits_in_folded(passage, self._spans, invisible=INVISIBLE)

    def _spans(self, text: str) -> Iterator[Span]:
        for found in occurrences(_NUMBER, text):
            start = found[1]
            begins = not text[start - 1 : start].isdecimal() or _DIALLED_BEFORE.search(text[max(0, start - 6) : start])
            if begins and one_number(text, found, _USUAL):
                yield _MOBILE, *found[1:]
