"""Text as it is read, not as it is coded: for matching only, with the way back to the original.

Full-width and mathematical digits become plain ones, invisible characters go, blanks become one. What folds to a digit
without being one (a footnote mark, a circled number) stays as it is: before a telephone number it would hide it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

import attrs

__all__ = ["INVISIBLE", "Folded", "fold"]

INVISIBLE = "\u2060"
"""Stands in a folded text for any number of invisible characters, where the caller wants to know of them."""

_BLANKS = ("", INVISIBLE, " ", "\t", "\n")
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Letters by their category, and nothing to see: fillers, a Braille cell without dots.
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
# What needs no folding: printable ASCII, Chinese characters and their punctuation. All else is looked up.
_SPECIAL = re.compile(r"[^!-~\u3400-\u4dbf\u4e00-\u9fff、。，；：？！（）《》〈〉「」【】〔〕“”‘’…—·★☆]+")
_NUMERALS = "〇零○一二三四五六七八九幺"
_AS_DIGITS = str.maketrans(_NUMERALS, "0001234567891")
_SPELT_OUT = re.compile(rf"[{_NUMERALS}]{{11,}}")


@attrs.frozen
class Folded:
    """A folded text.

    Attributes:
        text: What to match in.
    """

    text: str
    _starts: list[int]
    _origins: list[int]
    _steps: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original text stands what was found from ``start`` up to ``end``, exclusive."""
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, index: int) -> int:
        at = bisect_right(self._starts, index) - 1
        return self._origins[at] + self._steps[at] * (index - self._starts[at])


@lru_cache(maxsize=4096)
def _character(char: str) -> str:
    """What a character is folded to; one of ``_BLANKS`` if there is nothing to see."""
    if char in _LINE_ENDS:
        return "\n"
    if char == "\t":
        return char
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category in {"Cf", "Cc", "Mn", "Me"} or char in _FILLERS:
        return INVISIBLE
    if category == "Nd":
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKC", char)
    # Without blanks, so that a blank stays what separates: NFKC of an accent alone begins with one.
    return char if category == "No" or any(each.isdecimal() or each.isspace() for each in plain) else plain


class _Writer:
    """Collects the folded text and where it came from."""

    def __init__(self, invisible: str) -> None:
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.origins: list[int] = []
        self.steps: list[int] = []
        self.length = 0
        self._invisible = invisible

    def write(self, piece: str, origin: int, step: int) -> None:
        if not piece:
            return
        self.pieces.append(piece)
        self.starts.append(self.length)
        self.origins.append(origin)
        self.steps.append(step)
        self.length += len(piece)

    def fold(self, run: str, origin: int) -> None:
        blank, since = 0, origin
        for offset, char in enumerate(run, origin):
            plain = _character(char)
            if plain in _BLANKS:
                since = since if blank else offset
                blank = max(blank, _BLANKS.index(plain))
                continue
            self._separate(blank, since)
            blank = 0
            self.write(plain, offset, 0)
        self._separate(blank, since)

    def _separate(self, blank: int, origin: int) -> None:
        self.write(self._invisible if blank == 1 else _BLANKS[blank], origin, 0)


@lru_cache(maxsize=2)
def fold(text: str, *, invisible: str = "") -> Folded:
    """Fold a text. The last two are kept: all screeners ask for the same.

    Args:
        text: Any string.
        invisible: What any number of invisible characters becomes: nothing, or :data:`INVISIBLE`.
    """
    spelt = _SPELT_OUT.sub(lambda match: match.group().translate(_AS_DIGITS), text)
    writer, done = _Writer(invisible), 0
    for match in _SPECIAL.finditer(spelt):
        if match.group() == " ":
            continue
        writer.write(spelt[done : match.start()], done, 1)
        writer.fold(match.group(), match.start())
        done = match.end()
    writer.write(spelt[done:], done, 1)
    return Folded("".join(writer.pieces), writer.starts, writer.origins, writer.steps)
