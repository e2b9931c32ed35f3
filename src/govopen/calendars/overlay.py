"""Overlays: days and years that a unit adds to a calendar, each with the notice it rests on."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator

import attrs

from govopen.calendars.table import TableCalendar, weekday_flags
from govopen.errors import InputError, Problem

__all__ = ["Change", "DeclaredYear", "Overlay", "apply", "conflicts"]

# No "+", "@" or space: a calendar's version joins names and digests with them.
_NAME = re.compile(r"[^\s+@]+")


@attrs.frozen(kw_only=True)
class Change:
    """Days that are worked, or are not, whatever the calendar below says.

    Attributes:
        days: The days, one answer for all of them.
        working: Whether they are worked.
        notice: The notice or order that says so: ``国办发明电〔2005〕35号``.
        note: Why, for the reader of the file.
    """

    days: tuple[dt.date, ...]
    working: bool
    notice: str
    note: str = ""


@attrs.frozen(kw_only=True)
class DeclaredYear:
    """A year whose arrangement is complete: Monday to Friday, changed by the overlays and by nothing else.

    Attributes:
        year: The calendar year.
        notice: The notice that arranges it.
        note: Anything the reader of the file should know.
    """

    year: int
    notice: str
    note: str = ""


@attrs.frozen(kw_only=True)
class Overlay:
    """Changes to a calendar, and years that extend its coverage.

    Attributes:
        name: Short name, part of the calendar's version: ``guangzhou``. No space, ``+`` or ``@``.
        changes: Single days, in the order of the file.
        years: Years declared complete. One that the calendar below knows already is taken from the overlays alone, so
            that a date computed with them stays when the data catch up.
        where: The file it came from, for messages.

    Raises:
        InputError: The name is none.
    """

    name: str
    changes: tuple[Change, ...] = ()
    years: tuple[DeclaredYear, ...] = ()
    where: str = ""

    def __attrs_post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise InputError("'{name}' is no name for an overlay.", hint="Use no space, + or @.", name=self.name)

    @property
    def digest(self) -> str:
        """12 hexadecimal digits over what the overlay answers. Notices, notes and layout do not change it."""
        days = {day: change.working for change in self.changes for day in change.days}
        lines = [f"year {year}" for year in sorted({declared.year for declared in self.years})]
        lines += [f"{day.isoformat()} {'worked' if days[day] else 'rest'}" for day in sorted(days)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]

    @property
    def place(self) -> str:
        """Where a problem is reported: the file, or the name if there is no file."""
        return self.where or self.name

    def __str__(self) -> str:
        return f"{self.name}@{self.digest}"


def conflicts(overlays: Iterable[Overlay]) -> Iterator[Problem]:
    """Every change that answers for a day otherwise than an earlier one, in one overlay or across several."""
    decided: dict[dt.date, tuple[bool, str]] = {}
    for overlay, path, change in _changes(overlays):
        for day in change.days:
            working, earlier = decided.setdefault(day, (change.working, f"{overlay.place}: {path}"))
            if working != change.working:
                yield Problem(
                    where=overlay.place,
                    path=path,
                    message="{day} is declared both worked and not worked; the other is {earlier}.",
                    accepted="One of them must go.",
                    facts={"day": day.isoformat(), "earlier": earlier},
                )


def apply(calendar: TableCalendar, overlays: Iterable[Overlay]) -> TableCalendar:
    """``calendar`` with all ``overlays`` over it. Their order makes no difference to any answer.

    Raises:
        InputError: Two changes contradict each other, a declared year would leave a hole in the coverage, or a change
            lies outside the coverage. Carries every such problem.
    """
    overlays = tuple(overlays)
    if not overlays:
        return calendar
    first, last = _extended(calendar, overlays)
    problems = [*conflicts(overlays), *_holes(calendar, overlays), *_outside(overlays, first, last)]
    if problems:
        names = ", ".join(overlay.name for overlay in overlays)
        raise InputError(
            "Overlays {names} do not fit calendar {calendar}.", problems=problems, names=names, calendar=calendar.name
        )
    flags = weekday_flags(first, last)
    offset = (calendar.first - first).days
    flags[offset : offset + len(calendar.flags)] = calendar.flags
    for year in _declared(overlays):
        january, december = dt.date(year, 1, 1), dt.date(year, 12, 31)
        flags[(january - first).days : (december - first).days + 1] = weekday_flags(january, december)
    for _, _, change in _changes(overlays):
        for day in change.days:
            flags[(day - first).days] = change.working
    version = "+".join([calendar.version, *map(str, overlays)])
    return TableCalendar(name=calendar.name, version=version, first=first, flags=flags, holidays=calendar.holidays)


def _changes(overlays: Iterable[Overlay]) -> Iterator[tuple[Overlay, str, Change]]:
    for overlay in overlays:
        for number, change in enumerate(overlay.changes):
            yield overlay, f"changes[{number}]", change


def _declared(overlays: Iterable[Overlay]) -> set[int]:
    return {declared.year for overlay in overlays for declared in overlay.years}


def _extended(calendar: TableCalendar, overlays: tuple[Overlay, ...]) -> tuple[dt.date, dt.date]:
    first, last = calendar.coverage
    years = _declared(overlays)
    if not years:
        return first, last
    return min(first, dt.date(min(years), 1, 1)), max(last, dt.date(max(years), 12, 31))


def _holes(calendar: TableCalendar, overlays: tuple[Overlay, ...]) -> Iterator[Problem]:
    known_first, known_last = calendar.coverage
    first, last = _extended(calendar, overlays)
    declared = _declared(overlays)
    missing = [
        year
        for year in range(first.year, last.year + 1)
        if year not in declared
        and (max(first, dt.date(year, 1, 1)) < known_first or min(last, dt.date(year, 12, 31)) > known_last)
    ]
    for overlay in overlays:
        for number, entry in enumerate(overlay.years):
            between = [y for y in missing if known_last.year <= y < entry.year or entry.year < y <= known_first.year]
            if between:
                yield Problem(
                    where=overlay.place,
                    path=f"years[{number}].year",
                    message="{year} leaves a hole: the calendar covers {first} to {last}, and nothing says {missing}.",
                    accepted="Declare every year between.",
                    facts={
                        "year": entry.year,
                        "first": known_first.isoformat(),
                        "last": known_last.isoformat(),
                        "missing": ", ".join(map(str, between)),
                    },
                )


def _outside(overlays: tuple[Overlay, ...], first: dt.date, last: dt.date) -> Iterator[Problem]:
    for overlay, path, change in _changes(overlays):
        outside = [day for day in change.days if not first <= day <= last]
        if outside:
            yield Problem(
                where=overlay.place,
                path=path,
                message="{day} is outside the coverage, {first} to {last}.",
                accepted="If the notice of {year} is complete here, declare it: [[years]] year = {year}.",
                facts={
                    "day": outside[0].isoformat(),
                    "first": first.isoformat(),
                    "last": last.isoformat(),
                    "year": outside[0].year,
                },
            )
