"""Periods: how long a legal time limit is, as fixed text: ``20wd``, ``30d``, ``6m``, ``10y``."""

from __future__ import annotations

import re
from typing import Self

import attrs

from govopen.errors import InputError
from govopen.texts import Label, Text

__all__ = ["Period", "PeriodUnit"]


class PeriodUnit(Label):
    """What a period counts. The law says 工作日 for working days; a plain 日 is a calendar day."""

    WORKING_DAYS = "working_days", "工作日", "working days"
    CALENDAR_DAYS = "calendar_days", "日", "calendar days"
    MONTHS = "months", "月", "months"
    YEARS = "years", "年", "years"


_SYMBOLS = {
    PeriodUnit.WORKING_DAYS: "wd",
    PeriodUnit.CALENDAR_DAYS: "d",
    PeriodUnit.MONTHS: "m",
    PeriodUnit.YEARS: "y",
}
_UNITS = {symbol: unit for unit, symbol in _SYMBOLS.items()}
_CHINESE = {
    PeriodUnit.WORKING_DAYS: "个工作日",
    PeriodUnit.CALENDAR_DAYS: "日",
    PeriodUnit.MONTHS: "个月",
    PeriodUnit.YEARS: "年",
}
# [0-9], not \d: full-width digits from a Chinese keyboard would otherwise give a second spelling of the same period.
_PATTERN = re.compile(r"([1-9][0-9]{0,5})(wd|d|m|y)")


@attrs.frozen
class Period:
    """How long a time limit is.

    Attributes:
        count: How many units; at least 1.
        unit: What is counted.

    Raises:
        InputError: ``count`` is less than 1.
    """

    count: int
    unit: PeriodUnit

    def __attrs_post_init__(self) -> None:
        # A count of zero is most often a blank that somebody read as a number.
        if self.count < 1:
            raise InputError("A period counts at least 1, not {count}.", count=self.count)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the fixed text of a period: a number and ``wd``, ``d``, ``m`` or ``y``, nothing between.

        Raises:
            InputError: ``text`` is not of that form.
        """
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise InputError(
                "'{text}' is not a period.",
                hint="Write 20wd (working days), 30d (calendar days), 6m (months) or 10y (years).",
                text=text,
            )
        return cls(int(match[1]), _UNITS[match[2]])

    @property
    def text(self) -> Text:
        """The period in words: ``20个工作日``, ``20 working days``."""
        plural = self.unit.text.en
        english = plural.removesuffix("s") if self.count == 1 else plural
        return Text(f"{self.count}{_CHINESE[self.unit]}", f"{self.count} {english}")

    def __str__(self) -> str:
        return f"{self.count}{_SYMBOLS[self.unit]}"
