"""The Chinese wording of bounds and amounts: 二千元以上二万元以下, 每平方米1000元, 违法所得一倍以上三倍以下.

Which words include the number is law, and has a date: 以上, 以下, 以内 and 届满 do, 不满, 超过 and 以外 do not (Civil
Code, article 1259; before 2017-10-01 no law named 超过). Other words are read as everybody uses them. What can be read
twice is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

import attrs

from govopen.discretion.endpoints import endpoints, share_unit, unit_of, unnamed
from govopen.discretion.impositions import AMOUNTS, Measure, bare, base_named, rated, read_english
from govopen.discretion.numerals import EXACT, digits, fold, plain, write_number
from govopen.discretion.phrases import HINT, QUANTITY, Clause, read_phrase, read_quantity, read_repeat
from govopen.errors import InputError
from govopen.policy.matter import Provision
from govopen.texts import N_

__all__ = [
    "INTERVAL_WORDS",
    "Amount",
    "Bounds",
    "IntervalWords",
    "Numerals",
    "interval_words",
    "number_conflicts",
    "read_amount",
    "read_bounds",
    "write_amount",
    "write_bounds",
]

Numerals = Literal["digits", "chinese"]
"""How numbers are written: in figures or in Chinese numerals."""

_SIGNS = {"%": 2, "‰": 3, "‱": 4}
_SHARES = {"%": "百分之", "‰": "千分之", "‱": "万分之"}
_HUNDRED = Decimal(100)
_FIRST = re.compile(rf"(?P<rank>第)?{QUANTITY}")
_SECOND = re.compile(
    r"(?P<unit>\s?[^\W\d_]{0,8}%?)\s?\((?:人民币|大写|小写|即|合计|共计|[:\s])*+(?P<again>[^()]{1,80})\)(?P<behind>[^\W\d_]?)"
)


@attrs.frozen(kw_only=True)
class IntervalWords:
    """Which words of interval the law of a time names.

    Attributes:
        inclusive: Those that include the number.
        exclusive: Those that do not.

    Raises:
        InputError: A word is named as both.
    """

    inclusive: frozenset[str]
    exclusive: frozenset[str]

    def __attrs_post_init__(self) -> None:
        if both := sorted(self.inclusive & self.exclusive):
            raise InputError(
                N_("{words} would both include and exclude the number."),
                hint=N_("Name each word once."),
                words=", ".join(both),
            )

    @property
    def named(self) -> Mapping[str, bool]:
        """The words, each with whether it includes the number."""
        return dict.fromkeys(self.inclusive, True) | dict.fromkeys(self.exclusive, False)


INTERVAL_WORDS = IntervalWords(
    inclusive=frozenset({"以上", "以下", "以内", "届满"}), exclusive=frozenset({"不满", "超过", "以外"})
)
"""Those of the Civil Code, article 1259; the same as in its General Provisions, article 205, from 2017-10-01."""


def interval_words(provision: Provision) -> IntervalWords:
    """The words that a provision of the matter ``text/interval-words`` names."""
    return IntervalWords(
        inclusive=frozenset(provision.keys("inclusive")), exclusive=frozenset(provision.keys("exclusive"))
    )


@attrs.frozen(kw_only=True)
class Bounds:
    """Numbers from ``low`` to ``high``, of which at least one is there.

    Attributes:
        low, high: ``None``: there is none on this side.
        low_included, high_included: Whether the number itself is meant; ``False`` where there is none.
        unit: 元, 次, 立方米, %; blank: none is written. 2万元 is 20000 of the unit 元, 20% is 20 of the unit %.
        unnamed: Legal words of interval that were read in their usual sense, because the given law does not name
            them. Says nothing of the numbers, and is not compared.

    Raises:
        InputError: No number lies between the bounds, or there are none.
    """

    low: Decimal | None = None
    low_included: bool = False
    high: Decimal | None = None
    high_included: bool = False
    unit: str = ""
    unnamed: tuple[str, ...] = attrs.field(default=(), eq=False)

    def __attrs_post_init__(self) -> None:
        if (self.low is None and (self.high is None or self.low_included)) or (
            self.high is None and self.high_included
        ):
            raise InputError(
                N_("A bound that is not there cannot be included, and one must be there."),
                hint=N_("Give a lower or an upper number."),
            )
        if self.low is None or self.high is None:
            return
        if self.low > self.high:
            raise InputError(
                N_("The lower number, {low}, is greater than the upper, {high}."),
                hint=N_("Write the lesser number first: 1000元以上3000元以下."),
                low=digits(self.low),
                high=digits(self.high),
            )
        if self.low == self.high and not (self.low_included and self.high_included):
            raise InputError(
                N_("No number lies between {low} and {high} as they are bounded."),
                hint=N_("Include the number at both ends, or write different numbers."),
                low=digits(self.low),
                high=digits(self.high),
            )


@attrs.frozen(kw_only=True)
class Amount:
    """What is to be paid: an amount, a multiple of something, or an amount per unit.

    Attributes:
        bounds: In 元; of a multiple, in 倍.
        of: What a multiple is taken of (货值, 违法所得), or the unit of a rate (平方米); blank: nothing is named.
    """

    bounds: Bounds
    measure: Measure
    of: str = ""


def read_bounds(text: str, words: IntervalWords = INTERVAL_WORDS) -> Bounds:
    """The bounds that a text writes; a number alone is both.

    Raises:
        InputError: It writes none, more than one pair, or something that can be read twice.
    """
    # Benchmarks end their cases so: 5立方米以上不满10立方米的.
    phrase = read_phrase(plain(text).removesuffix("的"))
    if phrase.head:
        raise InputError(N_("What stands before the number is no word of interval."), hint=HINT)
    share_unit(phrase.clauses)
    return _bounds(phrase.clauses, words)


def write_bounds(bounds: Bounds, numerals: Numerals = "digits") -> str:
    """The canonical wording of ``bounds``, which :func:`read_bounds` reads back as an equal value.

    Args:
        bounds: What to write.
        numerals: Figures (2000元以上), or ``chinese`` (二千元以上) where they are not mistaken with the unit.

    Raises:
        InputError: No wording says the same: a number is negative or too long, or the unit would be read otherwise.
    """
    for style in (numerals, "digits"):
        text = _worded(bounds, style)
        if _reads_as(text, bounds):
            return text
    raise InputError(
        N_("No wording would be read back as these bounds."),
        hint=N_("Accepted: numbers from 0, and a unit such as 元, 次 or 立方米 without a multiplier such as 万."),
    )


def read_amount(text: str, words: IntervalWords = INTERVAL_WORDS) -> Amount:
    """The amount, multiple or rate that a text writes; a number without a unit is an amount in 元.

    Besides the Chinese wordings, with or without 处 … 罚款 about them: ``[1000..3000]``, ``2 times price`` and
    ``1000 per m2``.

    Raises:
        InputError: It writes none, or one that can be read twice.
    """
    text = plain(text)
    if (english := read_english(text)) is not None:
        return Amount(
            bounds=Bounds(
                low=english.low,
                low_included=english.low_included,
                high=english.high,
                high_included=english.high_included,
                unit="倍" if english.measure == "multiple" else "元",
            ),
            measure=english.measure,
            of=english.of,
        )
    phrase = read_phrase(bare(text))
    share_unit(phrase.clauses)
    for clause in phrase.clauses:
        # 百分之五十以上五倍以下: of multiples, a share is one, too.
        if clause.unit in _SIGNS:
            clause.value = Decimal(digits(clause.value.scaleb(-_SIGNS[clause.unit], EXACT)))
            clause.unit = "倍"
    head, bounds = phrase.head, _bounds(phrase.clauses, words)
    if bounds.unit == "倍" and not head.startswith("每"):
        return Amount(bounds=bounds, measure="multiple", of=base_named(head))
    of = rated(head, bounds.unit)
    if not of and (head or bounds.unit not in ("", "元")):
        raise InputError(N_("This is no amount in 元, no multiple in 倍, and no rate in 元 per unit."), hint=AMOUNTS)
    return Amount(bounds=attrs.evolve(bounds, unit="元"), measure="rate" if of else "amount", of=of)


def write_amount(amount: Amount, numerals: Numerals = "digits") -> str:
    """The canonical wording of ``amount``, which :func:`read_amount` reads back as an equal value.

    Raises:
        InputError: No wording says the same.
    """
    for style in (numerals, "digits"):
        text = _amount_worded(amount, style)
        if _reads_as(text, amount):
            return text
    raise InputError(N_("No wording would be read back as this amount."), hint=AMOUNTS)


def number_conflicts(text: str) -> tuple[tuple[str, str], ...]:
    """Numbers that are written twice, and differently: 二万元（200000元）.

    Returns:
        Both writings, as they stand in the text, in its order. Of any text, however long; what is no number, or
        counts another unit, conflicts with nothing.
    """
    folded = fold(text)
    found = []
    for first in _FIRST.finditer(folded):
        second = None if first["rank"] else _SECOND.match(folded, first.end())
        if second and _disagree(first.group() + second["unit"], second):
            pair = text[first.start() : second.end("unit")], text[second.start("again") : second.end("again")]
            found.append((pair[0].strip(), pair[1].strip()))
    return tuple(found)


def _bounds(clauses: tuple[Clause, ...], words: IntervalWords) -> Bounds:
    named = words.named
    found = endpoints(clauses, named)
    low, high = found.get("low"), found.get("high")
    return Bounds(
        low=low.value if low else None,
        low_included=low is not None and low.included,
        high=high.value if high else None,
        high_included=high is not None and high.included,
        unit=unit_of(clauses),
        unnamed=unnamed(clauses, named),
    )


def _reads_as(text: str, value: Bounds | Amount) -> bool:
    try:
        return (read_amount(text) if isinstance(value, Amount) else read_bounds(text)) == value
    except InputError:
        return False


def _worded(bounds: Bounds, numerals: Numerals) -> str:
    low, high = (
        None if number is None else _quantity(number, bounds.unit, numerals) for number in (bounds.low, bounds.high)
    )
    if bounds.low == bounds.high:
        return low or ""
    written = ""
    if low is not None:
        written = f"{low}以上" if bounds.low_included else f"超过{low}"
    if high is not None and bounds.high_included:
        # 超过5元10元以下 is right, but looks as if 超过 went with 10元, too.
        return f"{written}不超过{high}" if written.startswith("超过") else f"{written}{high}以下"
    return written if high is None else f"{written}不满{high}"


def _quantity(number: Decimal, unit: str, numerals: Numerals) -> str:
    if numerals == "digits":
        return f"{digits(number)}{unit}"
    written = write_number(number)
    return f"{_SHARES[unit]}{written}" if unit in _SHARES else f"{written}{unit}"


def _amount_worded(amount: Amount, numerals: Numerals) -> str:
    bounds, of = amount.bounds, amount.of
    if amount.measure == "amount":
        return _worded(bounds, numerals)
    if amount.measure == "rate" and not of[:1].isascii():
        return f"每{of}{_worded(bounds, numerals)}"
    if amount.measure == "rate":
        # 每m21000元 would run together.
        return _worded(attrs.evolve(bounds, unit=f"元/{of}"), numerals)
    worded = _worded(_as_share(bounds), numerals)
    joint = "的" if of[-1:].isascii() and of and not worded.startswith(("超过", "不满")) else ""
    return f"{of}{joint}{worded}"


def _as_share(bounds: Bounds) -> Bounds:
    """百分之五 for 0.05倍, which nobody writes."""
    low, high = bounds.low, bounds.high
    if bounds.unit != "倍" or any(end is not None and end >= 1 for end in (low, high)):
        return bounds
    return attrs.evolve(
        bounds,
        low=None if low is None else EXACT.multiply(low, _HUNDRED),
        high=None if high is None else EXACT.multiply(high, _HUNDRED),
        unit="%",
    )


def _disagree(first: str, second: re.Match[str]) -> bool:
    try:
        one, other = read_quantity(first), read_repeat(second["again"])
    except InputError:
        return False
    if one is None or other is None:
        return False
    units = one[1], other[1]
    if not all(units):
        # (1) may number a list, and (2011) be a year; 十五（15）日 is neither.
        counted = not any(units) and second["behind"]
        if not counted and any(value < 100 or 1949 <= value <= 2100 for value in (one[0], other[0])):
            return False
    elif units[0] != units[1]:
        return False
    return one[0] != other[0]
