"""Unified social credit codes of individuals' businesses (个体工商户).

GB 32100-2015: the first character is the registering department (9: market regulation), the second the kind of body
registered (2: an individual's business). Codes of companies and organs begin otherwise, and are public.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from stdnum.cn import uscc

from govopen.clearance.screeners.base import FindingCode, Span, hits_in_folded
from govopen.clearance.screeners.folding import INVISIBLE
from govopen.clearance.screeners.identity import PROVINCES
from govopen.clearance.screeners.spans import Found, bare, finder, occurrences
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.texts import Text

__all__ = ["BusinessCodes"]

_C = "[0-9A-HJ-NP-RT-UW-Ya-hj-np-rt-uw-y]"
_CODE = finder("(?<![0-9A-Za-z])9", "2", *["[0-9]"] * 6, *[_C] * 9, f"{_C}(?![0-9A-Za-z])")
_BUSINESS = FindingCode(
    code="individual-business-code",
    ruling=Ruling.HOLD,
    title=Text("个体工商户统一社会信用代码", "the credit code of an individual's business"),
)
_LIKE = FindingCode(
    code="individual-business-code-like",
    ruling=Ruling.HOLD,
    title=Text(
        "疑似个体工商户统一社会信用代码（校验码不符）",
        "what looks like the credit code of an individual's business, with a wrong check character",
    ),
)


def _judge(found: Found) -> FindingCode | None:
    code = bare(found[0]).upper()
    if uscc.is_valid(code):
        return _BUSINESS
    # With gaps and a wrong check character, two numbers that stand side by side are likelier.
    unbroken = len(found[0].replace(INVISIBLE, "")) == len(code)
    return _LIKE if unbroken and code[2:4] in PROVINCES else None


_TITLE = Text("个体工商户统一社会信用代码", "credit codes of individuals' businesses")


@attrs.frozen
class BusinessCodes:
    """Finds the codes of individuals' businesses: who runs one is a person, and the code leads to the name."""

    name: str = "business-codes"
    title: Text = _TITLE
    codes: tuple[FindingCode, ...] = (_BUSINESS, _LIKE)

    def screen(self, passage: Passage) -> Iterator[Hit]:
        return hits_in_folded(passage, self._spans, invisible=INVISIBLE)

    def _spans(self, text: str) -> Iterator[Span]:
        for found in occurrences(_CODE, text):
            if finding := _judge(found):
                yield finding, *found[1:]
