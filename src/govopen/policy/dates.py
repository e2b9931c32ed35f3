"""Dates and document numbers as official papers print them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from contextlib import suppress

import attrs

from govopen.errors import InputError

__all__ = ["DocumentNumber", "parse_chinese_date", "parse_document_number"]

# Papers print the zero of a year as 〇 (U+3007), and as often as ○ (U+25CB, a geometric shape) or 0.
_DIGITS = {"〇": "0", "○": "0", "零": "0"} | dict(zip("一二三四五六七八九", "123456789", strict=True))
_DATE = re.compile(r"(?P<year>[^年月日]+)年(?P<month>[^年月日]+)月(?P<day>[^年月日]+)日")
_TENS = re.compile(r"(?P<tens>[1-9]?)十(?P<ones>[1-9]?)")
_NUMBER = re.compile(
    r"(?P<org_code>[^\W\d_]+)(?:〔(?P<a>\d{4})〕|\[(?P<b>\d{4})\]|\((?P<c>\d{4})\))第?(?P<seq>[1-9]\d*)[号號]"
)


@attrs.frozen
class DocumentNumber:
    """发文字号: 番府办〔2011〕22号.

    Attributes:
        org_code: The issuing organ's code (番府办), in the script in which it was printed.
        year: The year of the number.
        seq: The running number within the year.
    """

    org_code: str
    year: int
    seq: int

    def __str__(self) -> str:
        return f"{self.org_code}〔{self.year}〕{self.seq}号"


def parse_chinese_date(text: str) -> dt.date:
    """Read a printed date: 二○一一年四月十五日, 2011年4月15日, ２０１１年４月１５日.

    Raises:
        InputError: ``text`` is no such date, or there is no such day.
    """
    match = _DATE.fullmatch(_plain(text))
    year = _year(match["year"]) if match else None
    month = _count(match["month"]) if match else None
    day = _count(match["day"]) if match else None
    if year and month and day:
        with suppress(ValueError):
            return dt.date(year, month, day)
    raise InputError(
        "'{text}' is not a date.", hint="Write, for example, 二〇一一年四月十五日 or 2011年4月15日.", text=text
    )


def parse_document_number(text: str) -> DocumentNumber:
    """Read a document number, with 〔〕, [], ［］, () or （） about the year: 番府办〔2011〕22号.

    Raises:
        InputError: ``text`` is no such number.
    """
    match = _NUMBER.fullmatch(_plain(text))
    if match is None:
        raise InputError(
            "'{text}' is not a document number.", hint="Write, for example, 番府办〔2011〕22号.", text=text
        )
    return DocumentNumber(match["org_code"], int(match["a"] or match["b"] or match["c"]), int(match["seq"]))


def _plain(text: str) -> str:
    """``text`` without spaces, its full-width digits and brackets made plain."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _year(text: str) -> int | None:
    """A year printed figure by figure: 二○一一, 2011."""
    digits = "".join(_DIGITS.get(char, char) for char in text)
    return int(digits) if re.fullmatch("[1-9][0-9]{3}", digits) else None


def _count(text: str) -> int | None:
    """A month or day: 四, 十五, 二十, 4, 04."""
    if re.fullmatch("[0-9]{1,2}", text):
        return int(text)
    match = _TENS.fullmatch("".join(_DIGITS.get(char, char) for char in text))
    if match:
        return int(match["tens"] or 1) * 10 + int(match["ones"] or 0)
    return int(_DIGITS[text]) if text in _DIGITS else None
