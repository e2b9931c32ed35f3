"""Dates as legacy columns of text or numbers write them."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

import attrs

__all__ = ["TOKENS", "DateFormat"]

TOKENS = {"YYYY": r"(?P<year>\d{4})", "MM": r"(?P<month>\d{2})", "DD": r"(?P<day>\d{2})"}
"""What a format is made of; everything else stands for itself."""

_TOKEN = re.compile("|".join(TOKENS))


@attrs.frozen
class DateFormat:
    """A way to write a day: ``YYYYMMDD``, ``YYYY年MM月DD日``."""

    pattern: str

    @property
    def sound(self) -> bool:
        """Whether it names year, month and day once each."""
        return sorted(_TOKEN.findall(self.pattern)) == sorted(TOKENS)

    def read(self, text: str) -> dt.date | None:
        """The day that ``text`` writes so, or ``None``."""
        match = _matcher(self.pattern).fullmatch(text)
        if match is None:
            return None
        try:
            return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return None

    def write(self, day: dt.date) -> str:
        """``day`` in this way."""
        parts = {"YYYY": f"{day.year:04}", "MM": f"{day.month:02}", "DD": f"{day.day:02}"}
        return _TOKEN.sub(lambda match: parts[match[0]], self.pattern)


@cache
def _matcher(pattern: str) -> re.Pattern[str]:
    found, last = [], 0
    for match in _TOKEN.finditer(pattern):
        found += [re.escape(pattern[last : match.start()]), TOKENS[match[0]]]
        last = match.end()
    return re.compile("".join([*found, re.escape(pattern[last:])]), re.ASCII)
