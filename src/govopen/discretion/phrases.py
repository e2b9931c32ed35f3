"""The parts of a wording: numbers with their units, and the words that say on which side of a number one is.

A text is scanned from left to right, and every character must belong to a part that is known. A unit is what stands
behind a number: no list says which there are, but what makes a number vague (5次左右, 10余次) is no unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

import attrs

from govopen.discretion.numerals import NUMBER, SI, plain, read_number
from govopen.errors import InputError
from govopen.texts import N_

__all__ = [
    "AFTER",
    "BEFORE",
    "HINT",
    "QUANTITY",
    "UNIT_LENGTH",
    "Clause",
    "Phrase",
    "Side",
    "read_phrase",
    "read_quantity",
    "read_repeat",
    "tidy_unit",
]

Side = Literal["low", "high"]
"""Which end of a range a phrase bounds."""

BEFORE: Mapping[str, tuple[Side, bool]] = {
    **dict.fromkeys(("不低于", "不少于", "不小于", "至少", "满", "已满", "年满", "届满", ">=", "≥"), ("low", True)),
    **dict.fromkeys(("超过", "高于", "大于", "多于", ">"), ("low", False)),
    **dict.fromkeys(("不超过", "未超过", "不高于", "不大于", "不多于", "至多", "<=", "≤"), ("high", True)),
    **dict.fromkeys(("不满", "未满", "低于", "小于", "少于", "不足", "不到", "<"), ("high", False)),
}
"""Words before a number: whether it is the lower or the upper one, and whether they usually include it."""

AFTER: Mapping[str, tuple[Side, bool]] = {
    **dict.fromkeys(("以上", "及以上", "或以上", "届满"), ("low", True)),
    **dict.fromkeys(("以外", "之外", "外"), ("low", False)),
    **dict.fromkeys(("以下", "及以下", "或以下", "以内", "之内", "内"), ("high", True)),
}
"""Words behind a number and its unit, likewise."""

HINT = N_(
    "Accepted: 2000元以上5000元以下, 不满5立方米, 超过5立方米不满10立方米, 1000元至3000元, 3次以上, 10（含）以上."
)
"""What is accepted as a range, for error messages."""

_SHARES = {"百": "%", "千": "‰", "万": "‱"}


@attrs.define
class Clause:
    """A number with what stands about it.

    Attributes:
        written: The number as it is written; blank: it is still to come.
        unit: Of the number; blank: none stands with it.
        before, after: Words of interval; blank: none.
        stated: Whether brackets include the number, as （含） does; ``None``: there are none.
        leads: Whether 至 leads from it to the next.
    """

    written: str = ""
    value: Decimal = Decimal(0)
    unit: str = ""
    before: str = ""
    after: str = ""
    stated: bool | None = None
    leads: bool = False


@attrs.frozen
class Phrase:
    """A wording in its parts.

    Attributes:
        head: What stands before the first number and is no word of interval: 货值金额.
        clauses: The numbers, in the order of the text; at least one.
    """

    head: str
    clauses: tuple[Clause, ...]


def _either(words: Mapping[str, object]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


UNIT_LENGTH = 40
"""So many characters a unit may have."""

QUANTITY = rf"(?:(?P<share>[百千万])分之(?P<part>百|{NUMBER})|(?P<number>{NUMBER}))"
"""A pattern for a number, or a share such as 百分之二十."""

_LATIN = r"[A-Za-z_][A-Za-z0-9_²³]*+(?:[ /·][A-Za-z_][A-Za-z0-9_²³]*+)*+"
# Words and not numbers: a multiple may be taken of 上一年度营业额.
_NAMED = "上一(?:会计)?年度?"
_PART = re.compile(
    rf"\s+|(?P<text>{_NAMED}|{_LATIN})|(?P<before>{_either(BEFORE)})|(?P<after>{_either(AFTER)})"
    rf"|(?P<range>至|到|[~〜]|-+|–|—+)|(?P<joint>[,、]?(?:并且|[且并但而])|[,、])|{QUANTITY}"
    r"|\((?P<brackets>[^()]*)\)|(?P<char>[^\W\d_]|[%‰‱²³℃°/·])"
)
_STATED = re.compile(r"(不?)(?:包含|包括|含)(?:本数)?(.*)")
_MEASURED = re.compile(rf"{QUANTITY}\s*(?P<unit>.*)")
_LABEL = re.compile(r"^(?:人民币|大写|小写|即|合计|共计|[:\s])++")
_APART = re.compile(r"(?<=[0-9一二三四五六七八九两十百千])\s+(?=[百千万亿萬億])")
_YUAN = re.compile(r"(?:人民币)?[元圆圓][整正]?(?:人民币)?")
_COUNTED = rf"(?:(?:(?![A-Za-z_])[^\W\d]|[°℃])+[²³]?|{_LATIN})"
# 5元平方米 and 5千次 are slips, 千克 is none.
_UNIT = re.compile(rf"|[%‰‱]|元[/每]{_COUNTED}|(?!元.|倍.|[百千万亿萬億](?![{SI}])){_COUNTED}(?:[/·]{_COUNTED})?")
# 不超过违法所得三倍 is usual; 超过部分三倍 is a multiple of what goes beyond.
_AHEAD = ("不超过", "不高于", "不低于", "不少于", "至多", "至少")
# 起 alone counts incidents, 处 places; in 3日起 and 3次处罚 they are something else.
_VAGUE = re.compile(r"[以及或和与不未非满超过于足余约近前后多少上下的罚]|左右|之间|分之|人民币|.[起处]|处.|(?<!元)每")


def read_phrase(text: str) -> Phrase:
    """The parts of ``text``.

    Raises:
        InputError: A part is unknown or stands where none can, or a number is malformed.
    """
    text = _APART.sub("", plain(text))
    reader = _Reader()
    at = 0
    while at < len(text):
        match = _PART.match(text, at)
        if match is None:
            char = text[at] if text[at].isprintable() else f"U+{ord(text[at]):04X}"
            raise InputError(N_("'{char}' is no part of a number, a unit or a word of interval."), hint=HINT, char=char)
        reader.take(match)
        at = match.end()
    return reader.phrase()


def read_quantity(text: str) -> tuple[Decimal, str] | None:
    """The number and the unit of ``text``: 20000 and 元 of 贰万元整. ``None``: it is something else.

    Raises:
        InputError: The number or the unit is malformed.
    """
    match = _MEASURED.fullmatch(text.strip())
    if match is None:
        return None
    _, value, unit = _number(match)
    return value, tidy_unit(unit + match["unit"])


def read_repeat(text: str) -> tuple[Decimal, str] | None:
    """Like :func:`read_quantity`, for a number that brackets repeat: 大写：贰万元整, ¥20000.00.

    Raises:
        InputError: The number or the unit is malformed.
    """
    text = _LABEL.sub("", text, count=1)
    found = read_quantity(text.removeprefix("¥"))
    return (found[0], "元") if found and text.startswith("¥") and not found[1] else found


def _number(match: re.Match[str]) -> tuple[str, Decimal, str]:
    """The number as written, its value, and the unit that a share has."""
    if not (share := match["share"]):
        return match["number"], read_number(match["number"]), ""
    part = match["part"]
    return part, Decimal(100) if part == "百" else read_number(part), _SHARES[share]


def tidy_unit(unit: str) -> str:
    """``unit`` in its usual form: 元 for 元整.

    Raises:
        InputError: It is none, or says more than what is counted: 次左右.
    """
    if _YUAN.fullmatch(unit):
        return "元"
    if len(unit) > UNIT_LENGTH or _VAGUE.search(unit) or not _UNIT.fullmatch(unit) or not _spelt(unit):
        raise InputError(
            N_("What stands behind a number is no unit, or makes the number vague."),
            hint=N_("Accepted: a number, a unit such as 元, 次 or 立方米, and a word such as 以上."),
        )
    return unit


def _spelt(unit: str) -> bool:
    # ① is a letter to a pattern, and a number to whoever reads it.
    return all(char.isalpha() or char in " _%‰‱²³℃°/·" or char.isascii() for char in unit)


class _Reader:
    """Puts parts together, in their order."""

    def __init__(self) -> None:
        self._head = ""
        self._head_ended = False
        self._clauses: list[Clause] = []
        # After a comma the clause before it takes nothing more, and after brackets behind a unit, no further unit.
        self._joint = False
        self._sealed = False

    def take(self, match: re.Match[str]) -> None:
        part = match.group()
        if match["number"] or match["share"]:
            self._take_number(*_number(match))
        elif match["text"] or match["char"] or (self._head and not self._clauses and part.isalpha() and len(part) == 1):
            self._take_text(part)
        elif match["before"]:
            self._take_before(part)
        elif match["after"]:
            self._take_after(part)
        elif match["brackets"] is not None:
            self._take_brackets(match["brackets"])
        elif match["range"]:
            self._take_range()
        elif match["joint"]:
            self._take_joint()

    def phrase(self) -> Phrase:
        last = self._last
        if last is None:
            raise InputError(N_("There is no number."), hint=HINT)
        if not last.written or last.leads or self._joint:
            raise InputError(N_("The text breaks off where a number should follow."), hint=HINT)
        for clause in self._clauses:
            clause.unit = tidy_unit(clause.unit)
        return Phrase(self._head, tuple(self._clauses))

    @property
    def _last(self) -> Clause | None:
        return self._clauses[-1] if self._clauses else None

    @property
    def _open(self) -> Clause | None:
        """The last number, if something may still be said of it."""
        last = self._last
        return last if last and last.written and not (last.after or last.leads or self._joint) else None

    def _take_number(self, written: str, value: Decimal, unit: str) -> None:
        last = self._last
        if last is None or last.written:
            last = Clause()
            self._clauses.append(last)
        last.written, last.value, last.unit = written, value, unit
        self._joint = self._sealed = False

    def _take_text(self, part: str) -> None:
        last, open_ = self._last, self._open
        if open_ and not self._sealed:
            open_.unit += part
        elif last is None or (last.before in _AHEAD and not last.written and not self._head_ended):
            self._head += part
        else:
            raise InputError(N_("Something stands behind a word of interval that is no number."), hint=HINT)

    def _take_before(self, word: str) -> None:
        last, open_ = self._last, self._open
        if word in AFTER and open_ and not open_.before:
            self._take_after(word)
            return
        if last and not last.written:
            self._two_words(last.before, word)
        if last and last.leads:
            raise InputError(N_("'{word}' cannot follow 至."), hint=HINT, word=word)
        self._head_ended = self._head_ended or bool(self._head or self._clauses)
        self._clauses.append(Clause(before=word))
        self._joint = False

    def _take_after(self, word: str) -> None:
        open_, last = self._open, self._last
        if open_ and not open_.before:
            open_.after = word
        elif last and (last.before or last.after):
            self._two_words(last.before or last.after, word)
        else:
            raise InputError(N_("No number stands before '{word}'."), hint=HINT, word=word)

    def _two_words(self, first: str, second: str) -> None:
        raise InputError(N_("'{first}' and '{second}' stand at one number."), hint=HINT, first=first, second=second)

    def _take_range(self) -> None:
        if self._open is None or self._open.before:
            raise InputError(N_("至 or a dash stands where it joins no two numbers."), hint=HINT)
        self._open.leads = True

    def _take_joint(self) -> None:
        last = self._last
        if last is None or not last.written or last.leads or self._joint:
            raise InputError(N_("A comma or conjunction stands where it joins no two numbers."), hint=HINT)
        self._joint = True

    def _take_brackets(self, text: str) -> None:
        last, match = self._last, _STATED.fullmatch(text.strip())
        self._sealed = last is not None and bool(last.unit)
        if last is not None and match is not None and not (last.stated is not None or last.leads or self._joint):
            if match[2]:
                self._hold_against(last, read_quantity(match[2]))
            last.stated = not match[1]
        elif match is None and (open_ := self._open) and (repeated := read_repeat(text)):
            # 二万元（20000元）
            open_.unit = open_.unit or repeated[1]
            self._hold_against(open_, repeated)
        else:
            raise InputError(
                N_("The brackets do not say whether a number is included."),
                hint=N_("Accepted in brackets: 含, 不含, 含本数, 不含本数, 含 and the same number, or that number."),
            )

    def _hold_against(self, clause: Clause, found: tuple[Decimal, str] | None) -> None:
        if (
            found is None
            or not clause.written
            or found[0] != clause.value
            or found[1] not in ("", tidy_unit(clause.unit))
        ):
            raise InputError(
                N_("The number in the brackets is not the one before them."),
                hint=N_("Write the same number, as in 5次以上（含5次）, or 含 alone."),
            )
