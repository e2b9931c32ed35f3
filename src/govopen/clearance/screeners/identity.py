"""Numbers of resident identity cards: 18 digits (GB 11643), and the 15 digits of cards issued until 1999."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs
from stdnum.cn import ric

from govopen.clearance.screeners.base import FindingCode, Span, hits_in_folded
from govopen.clearance.screeners.folding import INVISIBLE
from govopen.clearance.screeners.spans import Found, bare, finder, occurrences, one_number
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.texts import Text

__all__ = ["PROVINCES", "IdentityNumbers"]

# fmt: off
PROVINCES = frozenset(
    {
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34",
        "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52",
        "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83", "91",
    }
)
# fmt: on
"""With which two digits a region begins (GB/T 2260); 81 to 83 stand on residence permits, 91 on those of foreigners."""

_X = "[0-9XxХхΧχ×✕╳]"
_D = "[0-9]"
_MONTH = (r"(?:0(?=\D{0,3}+[1-9])|1(?=\D{0,3}+[0-2]))", _D)
_CENTURY = ("[12]", "[890]")
_EIGHTEEN = finder("[1-9]", *[_D] * 5, *_CENTURY, _D, _D, *_MONTH, "[0-3]", _D, *[_D] * 3, _X)
# Without a check digit the form has to say more: nobody spaces these digit by digit.
_TIGHT = f"{INVISIBLE}?+".join
_FIFTEEN = finder(
    _TIGHT(["(?<![0-9])[1-9]", *[_D] * 5]),
    _TIGHT([_D, _D, "[01]", _D, "[0-3]", _D]),
    _TIGHT([_D, _D, f"{_D}(?![0-9])"]),
)
_USUAL = frozenset(
    {(6, 8, 4), (6, 4, 4, 4), (6, 8, 3, 1), (6, 4, 2, 2, 4), (4, 4, 4, 4, 2), (3, 3, 4, 4, 4), (6, 6, 6), (6, 6, 3)}
)

_NUMBER = FindingCode(
    code="identity-number", ruling=Ruling.HOLD, title=Text("居民身份证号码", "a resident identity number")
)
_LIKE = FindingCode(
    code="identity-number-like",
    ruling=Ruling.HOLD,
    title=Text("疑似居民身份证号码（校验码不符）", "what looks like an identity number, with a wrong check digit"),
)
_OLD = FindingCode(
    code="identity-number-old",
    ruling=Ruling.HOLD,
    title=Text("疑似15位居民身份证号码", "what looks like an old identity number of 15 digits"),
)


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        dt.date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _bounded(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isdecimal() or text[end : end + 1].isdecimal())


def _eighteen(text: str, found: Found) -> FindingCode | None:
    """A number with a good check digit is one however it is written; one with a typing error only if it looks it."""
    number = bare(found[0])
    number = number[:17] + (number[17] if number[17].isdecimal() else "X")
    if not _is_date(number[6:10], number[10:12], number[12:14]):
        return None
    bounded = _bounded(text, *found[1:])
    somewhere = number[:2] in PROVINCES
    if number[17] == ric.calc_check_digit(number):
        unbroken = len(found[0].replace(INVISIBLE, "")) == 18
        return _NUMBER if bounded or (unbroken and somewhere) else None
    return _LIKE if bounded and somewhere and one_number(text, found, _USUAL) else None


def _fifteen(text: str, found: Found) -> FindingCode | None:
    number = bare(found[0])
    if number[:2] not in PROVINCES or not _is_date(f"19{number[6:8]}", number[8:10], number[10:12]):
        return None
    return _OLD if one_number(text, found, _USUAL) else None


_TITLE = Text("居民身份证号码", "resident identity numbers")


@attrs.frozen
class IdentityNumbers:
    """Finds identity numbers, written in any digits, with blanks, dashes or invisible characters between them.

    A wrong check digit does not clear a number that has a region and a date of birth: a typing error is still about
    somebody.
    """

    name: str = "identity-numbers"
    title: Text = _TITLE
    codes: tuple[FindingCode, ...] = (_NUMBER, _LIKE, _OLD)

    def screen(self, passage: Passage) -> Iterator[Hit]:
        return hits_in_folded(passage, self._spans, invisible=INVISIBLE)

    def _spans(self, text: str) -> Iterator[Span]:
        for pattern, judge in ((_EIGHTEEN, _eighteen), (_FIFTEEN, _fifteen)):
            for found in occurrences(pattern, text):
                if finding := judge(text, found):
                    yield finding, *found[1:]
