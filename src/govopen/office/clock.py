"""The only place that reads the clock."""

from __future__ import annotations

import datetime as dt
from typing import Protocol
from zoneinfo import ZoneInfo

import attrs

from govopen.errors import InputError

__all__ = ["SHANGHAI", "Clock", "FixedClock", "SystemClock", "today"]

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone in which "today" is reckoned."""


class Clock(Protocol):
    """What time it is."""

    def now(self) -> dt.datetime:
        """The time, with its zone."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(SHANGHAI)


@attrs.frozen
class FixedClock:
    """A clock that stands still: for tests, and for reports that have to come out the same twice.

    Raises:
        InputError: The time has no zone.
    """

    at: dt.datetime

    def __attrs_post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise InputError("The time {at} has no zone.", at=self.at.isoformat())

    def now(self) -> dt.datetime:
        return self.at


def today(clock: Clock) -> dt.date:
    """The date in Shanghai."""
    return clock.now().astimezone(SHANGHAI).date()
