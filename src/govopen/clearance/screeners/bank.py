"""Numbers of bank cards: 16 to 19 digits with a Luhn check digit, by the issuers whose cards are seen in China."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
from stdnum import luhn

from govopen.clearance.screeners.base import FindingCode, Span, hits_in_folded
from govopen.clearance.screeners.folding import INVISIBLE
from govopen.clearance.screeners.spans import bare, finder, occurrences, one_number
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.texts import Text

__all__ = ["BankCards"]

_LENGTHS = (19, 18, 17, 16)
_NUMBERS = {length: finder("(?<![0-9])[2-9]", *["[0-9]"] * (length - 2), "[0-9](?![0-9])") for length in _LENGTHS}
# UnionPay of any length; cards of the large banks from before it; foreign networks have 16 digits.
_ISSUERS = {
    19: re.compile("62|81|955[89]|60|4"),
    18: re.compile("62|81|955[89]"),
    17: re.compile("62|81"),
    16: re.compile("62|81|4|5[0-8]|6|2[2-7]|35|955[89]"),
}
_USUAL = frozenset(
    {(4, 4, 4, 4), *((4, 4, 4, 4, last) for last in (1, 2, 3)), *((6, length - 6) for length in _LENGTHS)}
)
_CARD = FindingCode(code="bank-card-number", ruling=Ruling.HOLD, title=Text("银行卡号", "a bank card number"))
_TITLE = Text("银行卡号", "bank card numbers")


@attrs.frozen
class BankCards:
    """Finds card numbers. A long number without a check digit, or of no known issuer, is something else."""

    name: str = "bank-cards"
    title: Text = _TITLE
    codes: tuple[FindingCode, ...] = (_CARD,)

    def screen(self, passage: Passage) -> Iterator[Hit]:
        return hits_in_folded(passage, self._sorted, invisible=INVISIBLE)

    def _sorted(self, text: str) -> list[Span]:
        return sorted(self._spans(text), key=lambda span: (span[1], -span[2]))

    def _spans(self, text: str) -> Iterator[Span]:
        for length, pattern in _NUMBERS.items():
            for found in occurrences(pattern, text):
                number = bare(found[0])
                if _ISSUERS[length].match(number) and luhn.is_valid(number) and one_number(text, found, _USUAL):
                    yield _CARD, *found[1:]
