"""Times as the SQL store keeps them: whole microseconds since 1970-01-01 UTC, which every database compares alike."""

from __future__ import annotations

import datetime as dt

from govopen.errors import StoreError

__all__ = ["from_micros", "to_micros"]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICRO = dt.timedelta(microseconds=1)


def to_micros(moment: dt.datetime) -> int:
    """The microseconds of a zone-aware moment.

    Raises:
        StoreError: It has no time zone.
    """
    if moment.tzinfo is None:
        raise StoreError(
            "The moment {moment} has no time zone.",
            hint="Give one, such as 2011-12-31T23:59:59+08:00.",
            moment=moment.isoformat(),
        )
    # Integer arithmetic: a float of seconds loses the last microsecond.
    return (moment - _EPOCH) // _MICRO


def from_micros(micros: int) -> dt.datetime:
    """The moment, in UTC."""
    return _EPOCH + dt.timedelta(microseconds=micros)
