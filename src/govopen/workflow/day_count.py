"""Stretches of days between the start and the end of a period: which were counted, which were not, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Protocol, runtime_checkable

import attrs

from govopen.calendars.port import Calendar
from govopen.policy.citation import Citation
from govopen.texts import Label, Text

__all__ = ["DayReason", "NamesHolidays", "Ruling", "Stretch", "counted_in", "stretches"]

_DAY = dt.timedelta(days=1)
_SATURDAY = 5


@runtime_checkable
class NamesHolidays(Protocol):
    """A calendar that also knows what its days of rest are for."""

    def holiday_name(self, day: dt.date) -> Text | None:
        """What ``day`` is off for; ``None``: an ordinary weekend, or the calendar does not know."""


class DayReason(Label):
    """Why days count or do not."""

    FIRST_DAY = "first_day", "起算日，不计", "the first day is not counted"
    WORKED = "worked", "工作日，计入", "working days, counted"
    WORKED_WEEKEND = "worked_weekend", "调休上班的周末，计入", "weekend days worked by notice, counted"
    EXTENDED = "extended", "延长期限内的工作日，计入", "working days of the extension, counted"
    DELAYED = "delayed", "确定的延迟期限", "time to which the reply was put off"
    WEEKEND = "weekend", "周末，不计", "weekend, not counted"
    HOLIDAY = "holiday", "节假日休息，不计", "holiday, not counted"
    THIRD_PARTY = "third_party", "征求第三方意见，不计", "a third party was asked, not counted"
    OTHER_ORGAN = "other_organ", "征求其他机关意见，不计", "another organ was asked, not counted"
    RESTARTED = "restarted", "补正后重新起算，此前不计", "the corrected request starts the clock anew, not counted"
    AWAITING_PAYMENT = "awaiting_payment", "缴费后重新起算，此前不计", "the payment starts the clock anew, not counted"


@attrs.frozen(kw_only=True)
class Stretch:
    """Consecutive days that were all counted, or all not, for one reason.

    Attributes:
        since: First day.
        until: Last day, inclusive.
        working_days: How many of them count towards the period.
        reason: Why.
        name: Of the holiday, where the calendar knows it.
        citations: Where it is written; none for what the calendar says.
    """

    since: dt.date
    until: dt.date
    working_days: int
    reason: DayReason
    name: Text | None = None
    citations: tuple[Citation, ...] = ()


@attrs.frozen
class Ruling:
    """What the law says of a day, whatever the calendar says."""

    reason: DayReason
    citations: tuple[Citation, ...] = ()


def stretches(
    start: dt.date,
    until: dt.date,
    calendar: Calendar,
    *,
    ruled: Callable[[dt.date], Ruling | None] = lambda _: None,
    extended_after: int | None = None,
    extension: tuple[Citation, ...] = (),
) -> Iterator[Stretch]:
    """The stretches of the days after ``start`` up to and including ``until``.

    Args:
        start: Day 0, not among them.
        until: The last day; within the calendar's coverage.
        calendar: Which days are worked.
        ruled: Why a day does not count, whether it is worked or not.
        extended_after: So many working days are those of the period without its extension.
        extension: Where the extension is written.

    Raises:
        NotComputable: A day is outside the calendar's coverage.
    """
    held: Stretch | None = None
    counted = 0
    day = start + _DAY
    while day <= until:
        ruling = ruled(day)
        one = _ruled(day, ruling) if ruling is not None else _by_calendar(day, calendar)
        counted += one.working_days
        if extended_after is not None and counted > extended_after and one.working_days:
            one = attrs.evolve(one, reason=DayReason.EXTENDED, citations=extension)
        if held is not None and _alike(held, one):
            held = attrs.evolve(held, until=day, working_days=held.working_days + one.working_days)
        else:
            if held is not None:
                yield held
            held = one
        day += _DAY
    if held is not None:
        yield held


def counted_in(found: tuple[Stretch, ...]) -> int:
    """How many working days were counted."""
    return sum(stretch.working_days for stretch in found)


def _alike(one: Stretch, other: Stretch) -> bool:
    return (one.reason, one.name, one.citations) == (other.reason, other.name, other.citations)


def _ruled(day: dt.date, ruling: Ruling) -> Stretch:
    return Stretch(since=day, until=day, working_days=0, reason=ruling.reason, citations=ruling.citations)


def _by_calendar(day: dt.date, calendar: Calendar) -> Stretch:
    weekend = day.weekday() >= _SATURDAY
    if calendar.is_working_day(day):
        reason = DayReason.WORKED_WEEKEND if weekend else DayReason.WORKED
        return Stretch(since=day, until=day, working_days=1, reason=reason)
    name = calendar.holiday_name(day) if isinstance(calendar, NamesHolidays) else None
    reason = DayReason.WEEKEND if weekend and name is None else DayReason.HOLIDAY
    return Stretch(since=day, until=day, working_days=0, reason=reason, name=name)
