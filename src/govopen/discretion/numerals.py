"""Numbers as Chinese law writes them: 20000, 2万, 二万, 三万五千, 贰万, 百分之二十.

Reading is strict: a number in words is one only if it is how that number is written. So 二三千 (two or three thousand)
and 一万三十 (10030? 13000?) are refused, and nothing is guessed.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact
from typing import Any, NoReturn

from govopen.errors import InputError
from govopen.texts import N_

__all__ = ["EXACT", "LIMIT", "NUMBER", "SI", "digits", "fold", "plain", "read_number", "write_number"]

LIMIT = 500
"""So many characters a text may have. No number or range of the law comes near it."""

EXACT = Context(prec=60, traps=[Inexact])
"""For arithmetic that must not depend on the context of the caller's thread."""

_WHOLE_DIGITS, _DECIMALS = 16, 15
_SHOWN = 24

_FIGURES = "零一二三四五六七八九"
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
# 陆 and 伍 are capitals for cheques, 參 and 萬 the traditional script.
_SAME = str.maketrans("〇○壹贰貳叁叄參肆伍陆陸柒捌玖拾佰仟萬億點兩", "零零一二二三三三四五六六七八九十百千万亿点两")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥"}

_C = "零〇○一二三四五六七八九壹贰貳叁叄參肆伍陆陸柒捌玖"
_M = "十百千万亿拾佰仟萬億"
# 千克 after a bare figure is the unit, in 一千克 the word for a thousand. Both weigh the same.
SI = "克米瓦卡帕伏赫焦牛"
"""Units of which there is a thousandfold: 千克."""
# Possessive throughout: a run of figures has one reading, and a failure must not try the others.
_F = r"[0-9]++(?:,[0-9]++)*+(?:\.[0-9]++)?+"
NUMBER = (
    rf"(?:{_F}|[{_C}两兩半十拾])"
    rf"(?:{_F}|[{_C}两兩半]|[点點](?=[{_C}])|(?![千仟][{SI}])[{_M}]|(?<=[{_C}两兩])[千仟])*+"
)
"""A pattern for what may be a number in a :func:`plain` text, without 百分之 before it or % after it."""

_ARABIC = re.compile(rf"(?:{_F}[百千万亿]*+)++")
_ARABIC_PART = re.compile(rf"({_F})([百千万亿]*+)")
_SEPARATED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_CHINESE = re.compile(f"[{_FIGURES}两十百千万亿点]+")
_MIXED = re.compile(f"[0-9,.{_FIGURES}两十百千万亿点]")
_FRACTION = re.compile(r"([百千万])分之(.+)")
_SHARES = {"百": 2, "千": 3, "万": 4}
_SIGNS = {"%": 2, "‰": 3, "‱": 4}
_SUFFIX = re.compile(r"万?亿|万")
_COLLOQUIAL = re.compile(r"(.*[一二三四五六七八九两])([百千万亿])([一二三四五六七八九])")
_LESSER = {"百": "十", "千": "百", "万": "千", "亿": "千万"}
# 十万零五千 is as good as 十万五千: the cheque rules leave the 零 after a section that ends in zero to the writer.
_OPTIONAL_ZERO = re.compile(r"(?<=[十百千][万亿])零(?=[一二三四五六七八九]千)")
_CONTENTS = re.compile(f"[{_FIGURES}两]")
_LIANG = re.compile(r"^两$|(?<!十)两(?=[百千万亿])")

_HINT = N_("Accepted: 20000, 20,000, 2万, 3.5万, 二万, 三万五千, 贰万, 三点五, 百分之二十, 20%.")


def plain(text: str) -> str:
    """:func:`fold`, without blanks around the text.

    Raises:
        InputError: It is longer than :data:`LIMIT`.
    """
    if len(text) > LIMIT:
        raise InputError(
            N_("The text has {size} characters."),
            hint=N_("Accepted: at most {limit} characters."),
            size=len(text),
            limit=LIMIT,
        )
    return fold(text).strip()


def fold(text: str) -> str:
    """``text`` with full-width figures, letters and signs made plain, character by character.

    Not NFKC, which would turn m² into m2 and ① into 1.
    """
    return text.translate(_HALF_WIDTH)


def read_number(text: str) -> Decimal:
    """The number that ``text`` writes, without a unit; a percentage as a fraction: 20% is 0.2.

    Returns:
        An exact number from 0, below 10**16, of at most 15 decimals, the last of which is not 0.

    Raises:
        InputError: It is no number, or not written as that number is; says why, and what is accepted.
    """
    text = plain(text).translate(_SAME)
    if not text:
        raise InputError(N_("There is no number."), hint=_HINT)
    if text in ("半", "一半"):
        return Decimal("0.5")
    share = 0
    if match := _FRACTION.fullmatch(text):
        share, text = _SHARES[match[1]], match[2]
        if match[1] == "百" and text == "百":
            return Decimal(1)
    elif text[-1] in _SIGNS:
        share, text = _SIGNS[text[-1]], text[:-1].rstrip()
    found = _arabic(text) if _ARABIC.fullmatch(text) else _chinese(text)
    return _bounded(_bounded(found).scaleb(-share, EXACT))


def write_number(value: Decimal | int) -> str:
    """The standard Chinese writing of a number that is not negative: 二万, 一百零五, 三点五.

    Raises:
        InputError: It is negative, 10**16 or more, or has more than 15 decimals.
    """
    number = Decimal(value)
    if not number.is_finite() or number < 0:
        raise InputError(N_("Only a number from 0 can be written in words."), hint=N_("Write it in figures."))
    whole, _, fraction = digits(_bounded(number)).partition(".")
    written = _whole(int(whole))
    return f"{written}点{''.join(_FIGURES[int(figure)] for figure in fraction)}" if fraction else written


def digits(value: Decimal) -> str:
    """A number in plain figures: no exponent, no idle zero behind the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _bounded(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    # Looked at before it is written out: 1E+999999999 would fill the memory.
    if value.adjusted() < _WHOLE_DIGITS and isinstance(exponent, int) and exponent > -2 * LIMIT:
        written = digits(value)
        if len(written.partition(".")[2]) <= _DECIMALS:
            return Decimal(written)
    raise InputError(
        N_("The number is too great, or has too many decimals."),
        hint=N_("Accepted: less than 10 to the power of {digits}, with at most {decimals} decimals."),
        digits=_WHOLE_DIGITS,
        decimals=_DECIMALS,
    )


def _refuse(message: str, text: str, **facts: Any) -> NoReturn:
    """Refuse ``text``, which is shown: it is made of the characters of numbers and nothing else."""
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    raise InputError(message, hint=_HINT, number=shown, **facts)


def _arabic(text: str) -> Decimal:
    """Figures, with multipliers: 2万, 5百万, 3万5千, 1亿2000万."""
    total, room = Decimal(0), None
    parts = _ARABIC_PART.findall(text)
    for figures, multipliers in parts:
        multiplier = _multiplier(multipliers, text)
        part = EXACT.multiply(_figures(figures), multiplier)
        if len(parts) > 1 and ("." in figures or not multipliers or (room is not None and part >= room)):
            _refuse(N_("'{number}' joins numbers in a way that can be read twice."), text)
        total, room = EXACT.add(total, part), multiplier
    return total


def _figures(text: str) -> Decimal:
    if "," in text and not _SEPARATED.fullmatch(text):
        _refuse(N_("'{number}' has a thousands separator where none belongs."), text)
    if len(text) > 1 and text[0] == "0" and text[1] != ".":
        _refuse(N_("'{number}' begins with a zero."), text)
    return _bounded(Decimal(text.replace(",", "")))


def _multiplier(text: str, number: str) -> Decimal:
    """百, 千, 万, 亿, and 百, 千 or 万 of a greater one."""
    if text not in ("", "百", "千", "万", "亿", "百万", "千万", "百亿", "千亿", "万亿"):
        _refuse(N_("'{number}' has multipliers that do not go together."), number)
    found = Decimal(1)
    for char in text:
        found *= _TENS.get(char) or _MYRIADS[char]
    return found


def _chinese(text: str) -> Decimal:
    if not _CHINESE.fullmatch(text):
        if text.startswith(("-", "负", "－")):
            raise InputError(N_("A number less than 0 is not accepted here."), hint=_HINT)
        if text and not _MIXED.sub("", text):
            _refuse(N_("'{number}' mixes Arabic figures and Chinese ones."), text)
        raise InputError(N_("This is not a number."), hint=_HINT)
    whole, point, rest = text.partition("点")
    if not point:
        return Decimal(_integer(whole))
    suffix = _SUFFIX.search(rest)
    fraction = rest[: suffix.start()] if suffix else rest
    if not whole or not fraction or set(fraction) - set(_FIGURES) or (suffix and suffix.end() != len(rest)):
        _refuse(N_("'{number}' lacks figures before or behind 点, or has something else among them."), text)
    if any(char in _MYRIADS for char in whole) and suffix:
        _refuse(N_("'{number}' has multipliers that do not go together."), text)
    found = Decimal(f"{_integer(whole)}.{''.join(str(_FIGURES.index(char)) for char in fraction)}")
    return EXACT.multiply(_bounded(found), _multiplier(suffix[0] if suffix else "", text))


def _integer(text: str) -> int:
    """A whole number in Chinese: taken loosely, then held against how it is written."""
    if not set(text) - set(_FIGURES):
        return _one_by_one(text)
    colloquial = _COLLOQUIAL.fullmatch(text)
    full = f"{text}{_LESSER[colloquial[2]]}" if colloquial else text
    value = _loosely(full)
    given = _LIANG.sub("二", full)
    given = given[1:] if given.startswith("一十") else given
    if value >= 10**_WHOLE_DIGITS or _whole(value) not in (given, _OPTIONAL_ZERO.sub("", given)):
        _malformed(text, value)
    return value


def _one_by_one(text: str) -> int:
    """二〇〇〇, figure by figure. Without a zero it may be an estimate: 三五 is "three to five"."""
    if len(text) > 1 and (text[0] == "零" or "零" not in text):
        _refuse(N_("'{number}' has figures side by side, and may be an estimate."), text)
    return int("".join(str(_FIGURES.index(char)) for char in text))


def _loosely(text: str) -> int:
    total = section = figure = 0
    for char in text:
        if char in _TENS:
            section, figure = section + (figure or 1) * _TENS[char], 0
        elif char == "万":
            total, section, figure = total + (section + figure) * _MYRIADS[char], 0, 0
        elif char == "亿":
            total, section, figure = (total + section + figure) * _MYRIADS[char], 0, 0
        else:
            figure = 2 if char == "两" else _FIGURES.index(char)
    return total + section + figure


def _malformed(text: str, value: int) -> NoReturn:
    if re.search("[一二三四五六七八九两]{2}", text):
        _refuse(N_("'{number}' has figures side by side, and may be an estimate."), text)
    # 一万三十 lacks a 零, and 十万五 a 零 or a 千: the same multipliers, another filling.
    standard = _whole(value) if value < 10**_WHOLE_DIGITS else ""
    if set(_FIGURES) & set(text) and _CONTENTS.sub("", standard) == _CONTENTS.sub("", text):
        message = N_("'{number}' is not how a number is written; {value} is {standard}.")
        _refuse(message, text, value=value, standard=standard)
    _refuse(N_("'{number}' is not how a number is written."), text)


def _whole(value: int) -> str:
    if value == 0:
        return _FIGURES[0]
    if value >= _MYRIADS["亿"]:
        high, low = divmod(value, _MYRIADS["亿"])
        return _joined(_whole(high), "亿", low, _MYRIADS["亿"])
    if value >= _MYRIADS["万"]:
        high, low = divmod(value, _MYRIADS["万"])
        return _joined(_section(high), "万", low, _MYRIADS["万"])
    return _section(value)


def _joined(high: str, multiplier: str, low: int, limit: int) -> str:
    if not low:
        return high + multiplier
    rest = _whole(low)
    # Only at the beginning of a number does ten lack its 一.
    rest = f"一{rest}" if rest.startswith("十") else rest
    return f"{high}{multiplier}{'零' if low < limit // 10 else ''}{rest}"


def _section(value: int) -> str:
    """A number below 10000, other than 0."""
    written, gap = "", False
    for name, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        figure, value = divmod(value, size)
        if figure:
            written += f"{'零' if gap and written else ''}{_FIGURES[figure]}{name}"
        gap = not figure
    return written[1:] if written.startswith("一十") else written
