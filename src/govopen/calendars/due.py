"""When a period ends."""

from __future__ import annotations

import calendar as _gregorian
import datetime as dt
from typing import assert_never

from govopen.calendars.period import Period, PeriodUnit
from govopen.calendars.port import Calendar
from govopen.errors import NotComputable

__all__ = ["due_date"]


def due_date(start: dt.date, period: Period, calendar: Calendar, *, roll: bool = True) -> dt.date:
    """The last day of ``period``, counted from ``start``, which is day 0 and not counted (Civil Code art. 201).

    * Working days: the calendar's. The OGI Regulations have no counting rule of their own.
    * Calendar days: ``start`` plus so many days.
    * Months and years: the same day of the month, or the month's last day where there is none (art. 202).

    A period in calendar days, months or years whose last day is a statutory rest day ends on the first working day
    after it (art. 203). ``roll=False`` leaves it where it falls: secrecy periods run out by the date itself, and
    another law may say so (art. 204). Then the calendar is not asked, and its coverage does not matter.

    The Civil Code is in force from 2021-01-01. Earlier dates are counted the same way.

    Raises:
        NotComputable: The calendar does not cover a day that it must be asked about.
    """
    match period.unit:
        case PeriodUnit.WORKING_DAYS:
            return calendar.add_working_days(start, period.count)
        case PeriodUnit.CALENDAR_DAYS:
            end = _after_days(start, period)
        case PeriodUnit.MONTHS:
            end = _after_months(start, period, period.count)
        case PeriodUnit.YEARS:
            end = _after_months(start, period, period.count * 12)
        case _:
            assert_never(period.unit)
    return calendar.next_working_day(end) if roll else end


def _after_days(start: dt.date, period: Period) -> dt.date:
    try:
        return start + dt.timedelta(days=period.count)
    except OverflowError:
        raise _beyond_dates(start, period) from None


def _after_months(start: dt.date, period: Period, months: int) -> dt.date:
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    if year > dt.MAXYEAR:
        raise _beyond_dates(start, period)
    return dt.date(year, month, min(start.day, _gregorian.monthrange(year, month)[1]))


def _beyond_dates(start: dt.date, period: Period) -> NotComputable:
    return NotComputable(
        "{period} after {start} is past the last date that can be written.", period=str(period), start=start.isoformat()
    )
