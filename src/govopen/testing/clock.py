"""A clock that a test sets."""

from __future__ import annotations

import datetime as dt

import attrs

from govopen.errors import InputError
from govopen.office.clock import SHANGHAI
from govopen.texts import N_

__all__ = ["SettableClock"]


@attrs.define
class SettableClock:
    """A clock that stands where a test sets it; at first at Monday 2026-03-02, 9:00 in Shanghai.

    Attributes:
        at: The time it shows, with its zone.
    """

    at: dt.datetime = dt.datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)

    def now(self) -> dt.datetime:
        """The time it shows."""
        return self.at

    @property
    def today(self) -> dt.date:
        """The date it shows, in Shanghai."""
        return self.at.astimezone(SHANGHAI).date()

    def set(self, to: str | dt.date | dt.datetime) -> None:
        """Set it to a time, or to nine in the morning of a day in Shanghai.

        Args:
            to: A time with its zone, a date, or either in the form of ISO 8601: ``2026-03-02``.

        Raises:
            InputError: It is no date or time, or a time without a zone.
        """
        moment = _parsed(to) if isinstance(to, str) else to
        if not isinstance(moment, dt.datetime):
            moment = dt.datetime.combine(moment, dt.time(9), SHANGHAI)
        if moment.utcoffset() is None:
            raise InputError("The time {at} has no zone.", at=moment.isoformat())
        self.at = moment

    def advance(self, *, days: int = 0, hours: int = 0, minutes: int = 0) -> None:
        """Let time pass; a negative number turns it back."""
        self.at += dt.timedelta(days=days, hours=hours, minutes=minutes)


def _parsed(text: str) -> dt.date | dt.datetime:
    try:
        return dt.date.fromisoformat(text) if len(text) <= len("2026-03-02") else dt.datetime.fromisoformat(text)
    except ValueError:
        raise InputError(
            N_("'{text}' is no date and no time."), hint=N_("Write 2026-03-02, or 2026-03-02T09:00+08:00."), text=text
        ) from None
