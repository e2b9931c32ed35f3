"""How long something may be secret, by the law of the day it was determined."""

from __future__ import annotations

import datetime as dt

from govopen.calendars.due import due_date
from govopen.calendars.period import Period, PeriodUnit
from govopen.model.classification import ClassifiedItem
from govopen.rules.context import Context

__all__ = ["SECRECY_PERIOD", "ceiling_of", "first_end"]

SECRECY_PERIOD = "secrets/period"
"""The matter of the ceilings of secrecy periods, in years."""


def ceiling_of(record: ClassifiedItem, ctx: Context) -> tuple[int, dt.date]:
    """The most years for its level, and the last day that makes.

    The day of determination is not counted, and no rest day moves the end: the period runs out by its date.

    Raises:
        NotComputable: The law of that day is not known here.
    """
    years = ctx.matter(SECRECY_PERIOD, on=record.determined_on).integer(record.level.value)
    return years, due_date(record.determined_on, Period(years, PeriodUnit.YEARS), ctx.calendar, roll=False)


def first_end(record: ClassifiedItem) -> dt.date | None:
    """The last day of the period as it was determined, before any extension."""
    if not record.extensions:
        return record.classified_until
    return min(record.extensions, key=lambda entry: entry.decided_on).previous_until
