"""What stands about an amount: 处 … 罚款, what a multiple is taken of, what a rate is for, and the English forms."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

import attrs

from govopen.discretion.numerals import NUMBER, read_number
from govopen.discretion.phrases import UNIT_LENGTH, read_phrase, tidy_unit
from govopen.errors import InputError
from govopen.texts import N_

__all__ = ["AMOUNTS", "English", "Measure", "bare", "base_named", "rated", "read_english"]

Measure = Literal["amount", "multiple", "rate"]
"""How a penalty is put in figures: a sum, a multiple of a base, or so much for each unit."""

AMOUNTS = N_("Accepted: 2000元, 二千元以上二万元以下, 货值的2倍, 违法所得一倍以上三倍以下, 每平方米1000元.")
"""What is accepted as a penalty, for error messages."""

# Behind 处, 按 and 罚款, what follows in their other words: 处理费用, 按揭, 罚款数额.
_LEADING = re.compile(
    "^(?:可以|应当|可(?=[以并处按])|并处以?|处以?(?![理置分方]|罚(?!款))|按照|按(?![揭金摩])|人民币|¥|罚款(?![数总的]))++"
)
_TRAILING = re.compile("(?:的|并处以?|处以?)?罚款$")
_EACH_ONE = re.compile("^每[一1](?=[^0-9百千万])")
_PER_HEAD = re.compile("每(.+?)(?:并处以?|处以?)?(?:罚款)?(?:人民币)?")
_PER_UNIT = re.compile("元[/每](.+)")
# A base is named, and neither reckoned nor imposed.
_BASE = re.compile(r"(?![元的\d])(?:(?!分之|罚款|人民币|[每倍])[\w ])+(?<!的)")
_OF = r"[^\W\d][\w²³/·]*(?: [^\W\d][\w²³/·]*)*"
_ENGLISH = re.compile(
    rf"(?:(?P<open>[\[\](])? *(?P<low>{NUMBER}) *\.\. *(?P<high>{NUMBER}) *(?P<close>[\])\[])?|(?P<number>{NUMBER}))"
    rf" *元?(?: *per +(?P<per>{_OF})| *(?P<times>times)(?: +(?P<base>{_OF}))?)?"
)


@attrs.frozen(kw_only=True)
class English:
    """What an English form says: ``(1..3] times price``."""

    low: Decimal
    low_included: bool
    high: Decimal
    high_included: bool
    measure: Measure
    of: str


def bare(text: str) -> str:
    """``text`` without the words of a decision about it: 处 … 的罚款."""
    return _EACH_ONE.sub("每", _LEADING.sub("", _TRAILING.sub("", text.rstrip(" 。;,"))))


def base_named(of: str) -> str:
    """``of``, if it is what a multiple can be taken of, or blank.

    Raises:
        InputError: It holds a number, or words that would be read as something else.
    """
    name = of.removesuffix("的")
    if of and not (len(name) <= UNIT_LENGTH and _BASE.fullmatch(name) and not _LEADING.match(name) and _is_name(name)):
        raise InputError(N_("What the multiple is taken of is no plain name."), hint=AMOUNTS)
    return name


def rated(head: str, unit: str) -> str:
    """What a rate is for, by what stands before its number and behind it: 每平方米 … 元, … 元/平方米; blank: no rate.

    Raises:
        InputError: It is for something that is no unit.
    """
    before, behind = _PER_HEAD.fullmatch(head), _PER_UNIT.fullmatch(unit)
    if before and unit in ("", "元"):
        return _unit_named(before[1])
    return _unit_named(behind[1]) if behind and not head else ""


def read_english(text: str) -> English | None:
    """An interval or number with ``times`` or ``per``; ``None``: the text has another form.

    Raises:
        InputError: It has that form, and something in it is wrong.
    """
    match = _ENGLISH.fullmatch(text)
    if match is None:
        return None
    opened, closed = match["open"], match["close"]
    if (opened is None) != (closed is None):
        raise InputError(N_("The interval is not closed."), hint=N_("Write [a..b], (a..b], [a..b) or (a..b)."))
    measure: Measure = "multiple" if match["times"] else "rate" if match["per"] else "amount"
    return English(
        low=read_number(match["number"] or match["low"]),
        low_included=opened in (None, "["),
        high=read_number(match["number"] or match["high"]),
        high_included=closed in (None, "]"),
        measure=measure,
        of=_unit_named(match["per"]) if measure == "rate" else base_named(match["base"] or ""),
    )


def _unit_named(of: str) -> str:
    if of in ("%", "‰", "‱") or not _is_name(of):
        raise InputError(N_("What the rate is for is no unit."), hint=AMOUNTS)
    return tidy_unit(of)


def _is_name(text: str) -> bool:
    """Whether what stands before a number is read as nothing but what stands there."""
    try:
        return read_phrase(f"{text}的1").head == f"{text}的"
    except InputError:
        return False
