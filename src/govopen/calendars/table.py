"""A calendar over a table of days, with prefix sums: every answer is one or two look-ups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import accumulate, compress

import attrs

from govopen.errors import InputError, NotComputable
from govopen.texts import Text

__all__ = ["TableCalendar", "weekday_flags"]

_HINT = "Load the notice of the missing year as an overlay."


def weekday_flags(first: dt.date, last: dt.date) -> bytearray:
    """One byte a day from ``first`` to ``last`` (inclusive): 1 Monday to Friday, 0 at weekends. A base to change."""
    days = (last - first).days + 1
    start = first.weekday()
    weeks = b"\1\1\1\1\1\0\0" * (days // 7 + 2)
    return bytearray(weeks[start : start + days])


def _as_bytes(flags: Iterable[int]) -> bytes:
    return bytes(map(bool, flags))


# Compared by identity: a plugin manager refuses two equal objects as the same plugin, and comparing tables is slow.
@attrs.frozen(eq=False, repr=False)
class TableCalendar:
    """A :class:`~govopen.calendars.port.Calendar` over consecutive days.

    Attributes:
        name: Short fixed name for messages.
        version: The data behind the table, stored with computed dates.
        first: The first day of the coverage.
        flags: One truth value a day from ``first`` on: whether it is worked. Their number is the coverage.
        holidays: What days of rest are for, where that is known.

    Raises:
        InputError: ``flags`` is empty.
    """

    name: str
    version: str
    first: dt.date
    flags: bytes = attrs.field(converter=_as_bytes)
    holidays: Mapping[dt.date, Text] = attrs.field(factory=dict)
    coverage: tuple[dt.date, dt.date] = attrs.field(init=False)
    _origin: int = attrs.field(init=False)
    _worked: tuple[dt.date, ...] = attrs.field(init=False)
    _sums: tuple[int, ...] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        if not self.flags:
            raise InputError("Calendar {calendar} has no days.", calendar=self.name)
        origin = self.first.toordinal()
        end = origin + len(self.flags)
        fill = object.__setattr__
        fill(self, "coverage", (self.first, dt.date.fromordinal(end - 1)))
        fill(self, "_origin", origin)
        fill(self, "_worked", tuple(map(dt.date.fromordinal, compress(range(origin, end), self.flags))))
        # _sums[i]: working days up to and including day i, so also the place in _worked of the next one after it.
        fill(self, "_sums", tuple(accumulate(self.flags)))

    def is_working_day(self, day: dt.date) -> bool:
        """Whether ``day`` is worked. Raises as the port says."""
        return self.flags[self._index(day)] == 1

    def holiday_name(self, day: dt.date) -> Text | None:
        """What ``day`` is off for; ``None``: it is worked, or nobody knows. Raises as the port says."""
        return None if self.is_working_day(day) else self.holidays.get(day)

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        """The ``n``-th working day after ``day``, which is not counted. Raises as the port says."""
        index = self._index(day)
        if n <= 0:
            if n == 0:
                return day
            raise InputError("Working days are counted forward: {count} is negative.", count=n)
        try:
            return self._worked[self._sums[index] + n - 1]
        except IndexError:
            raise self._past_the_end(day, n) from None

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """The working days after ``start`` up to and including ``end``. Raises as the port says."""
        return self._sums[self._index(end)] - self._sums[self._index(start)]

    def next_working_day(self, day: dt.date) -> dt.date:
        """``day`` if it is worked, else the next day that is. Raises as the port says."""
        index = self._index(day)
        if self.flags[index]:
            return day
        try:
            return self._worked[self._sums[index]]
        except IndexError:
            raise self._past_the_end(day, 1) from None

    def _index(self, day: dt.date) -> int:
        # A datetime is a date to the type checker, but which day it is in Shanghai is not for a calendar to guess.
        if isinstance(day, dt.datetime):
            raise TypeError(f"a calendar counts dates, not moments: {day!r}")
        index = day.toordinal() - self._origin
        if 0 <= index < len(self.flags):
            return index
        raise NotComputable(
            "Calendar {calendar} covers {first} to {last}; {day} is outside.", hint=_HINT, **self._facts(day)
        )

    def _past_the_end(self, day: dt.date, count: int) -> NotComputable:
        return NotComputable(
            "Calendar {calendar} covers {first} to {last}; working day {count} after {day} lies beyond.",
            hint=_HINT,
            count=count,
            **self._facts(day),
        )

    def _facts(self, day: dt.date) -> dict[str, object]:
        first, last = self.coverage
        return {
            "calendar": self.name,
            "first": first.isoformat(),
            "last": last.isoformat(),
            "day": day.isoformat(),
        }

    def __repr__(self) -> str:
        first, last = self.coverage
        return f"<TableCalendar {self.name} {first}..{last} ({self.version})>"
