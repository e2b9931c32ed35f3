"""The working days of mainland China: statutory holidays and the State Council's yearly notices.

The day data are those of `chinesecalendar <https://pypi.org/project/chinesecalendar/>`_, which takes them from the
notices of the General Office of the State Council. It covers whole years, and nothing beyond the last notice it has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache

from govopen.calendars.overlay import Change, Overlay, apply
from govopen.calendars.table import TableCalendar, weekday_flags
from govopen.errors import InputError, Problem
from govopen.texts import Text

__all__ = ["CORRECTIONS", "china_calendar"]

#: Where chinesecalendar is wrong, with the notice that says so.
CORRECTIONS = Overlay(
    name="corrections",
    changes=(
        Change(
            days=(dt.date(2005, 12, 31),),
            working=True,
            notice="国办发明电〔2005〕35号",
            note="The notice of 2006 makes this Saturday of 2005 a working day; chinesecalendar 1.11 has it at rest.",
        ),
    ),
)
"""Days that chinesecalendar has otherwise than the State Council's notices, each with its notice."""

# 全国年节及纪念日放假办法 art. 2: the holidays whose date needs no lunar calendar. A year in which one of them is
# worked was declared complete too soon.
_FIXED_HOLIDAYS = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))


def china_calendar(overlays: Iterable[Overlay] = ()) -> TableCalendar:
    """The calendar of mainland China under ``overlays``. The same overlays give the same object.

    Its version names the data and every overlay: ``chinesecalendar@1.11.0+corrections@…+guangzhou@…``.

    Raises:
        InputError: The overlays contradict each other, leave a hole in the coverage, change days outside it, or declare
            a year complete in which a statutory holiday is worked.
    """
    return _layered(tuple(overlays))


@lru_cache(maxsize=16)
def _layered(overlays: tuple[Overlay, ...]) -> TableCalendar:
    if not overlays:
        return apply(_published(), [CORRECTIONS])
    calendar = apply(_layered(()), overlays)
    if problems := list(_incomplete_years(calendar, overlays)):
        raise InputError("A year was declared complete that is not.", problems=problems)
    return calendar


def _published() -> TableCalendar:
    # Imported here: whoever needs no calendar should not wait for it.
    import chinese_calendar  # noqa: PLC0415
    from chinese_calendar.constants import Holiday, holidays, workdays  # noqa: PLC0415

    # The package itself counts a year as known from the first of its days on. A notice arranges a whole year, and
    # National Day is the last holiday of each: a year without it is not complete.
    years = {day.year for day in holidays if (day.month, day.day) == (10, 1)}
    last = first = min(years)
    while last + 1 in years:
        last += 1
    january, december = dt.date(first, 1, 1), dt.date(last, 12, 31)
    flags = weekday_flags(january, december)
    origin = january.toordinal()
    for days, working in ((holidays, 0), (workdays, 1)):
        for day in days:
            if january <= day <= december:
                flags[day.toordinal() - origin] = working
    version = f"chinesecalendar@{chinese_calendar.__version__}"
    titles = {holiday.value: Text(holiday.chinese, holiday.value) for holiday in Holiday}
    names = {day: titles[name] for day, name in holidays.items()}
    return TableCalendar(name="china", version=version, first=january, flags=flags, holidays=names)


def _incomplete_years(calendar: TableCalendar, overlays: tuple[Overlay, ...]) -> Iterator[Problem]:
    for overlay in overlays:
        for number, declared in enumerate(overlay.years):
            for month, day in _FIXED_HOLIDAYS:
                holiday = dt.date(declared.year, month, day)
                if calendar.is_working_day(holiday):
                    yield Problem(
                        where=overlay.place,
                        path=f"years[{number}]",
                        message="{year} is declared complete, but {day}, a statutory holiday, is a working day.",
                        accepted="Enter every day of the notice in [[changes]], or take the year out.",
                        facts={"year": declared.year, "day": holiday.isoformat()},
                    )
