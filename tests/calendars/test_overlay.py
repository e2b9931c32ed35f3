"""Overlays over a calendar: next year's notice, local holidays, corrections."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from govopen.calendars.china import china_calendar
from govopen.calendars.due import due_date
from govopen.calendars.overlay import Change, DeclaredYear, Overlay, apply
from govopen.calendars.period import Period
from govopen.calendars.port import Calendar
from govopen.calendars.table import TableCalendar, weekday_flags
from govopen.errors import InputError, NotComputable
from govopen.testing.conformance.calendar import CalendarConformance

BASE = TableCalendar(
    name="base",
    version="base@1",
    first=dt.date(2025, 1, 1),
    flags=weekday_flags(dt.date(2025, 1, 1), dt.date(2026, 12, 31)),
)
NEXT = china_calendar().coverage[1].year + 1


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def change(*days: str, working: bool = False) -> Change:
    return Change(days=tuple(map(day, days)), working=working, notice="made for this test")


def overlay(*changes: Change, years: tuple[int, ...] = (), name: str = "made") -> Overlay:
    declared = tuple(DeclaredYear(year=year, notice="made for this test") for year in years)
    return Overlay(name=name, changes=changes, years=declared)


def notice(year: int) -> Overlay:
    """An invented notice: the fixed holidays are off, the second Sunday of October is worked."""
    october = dt.date(year, 10, 8)
    sunday = october + dt.timedelta(days=(6 - october.weekday()) % 7)
    rest = [f"{year}-{holiday}" for holiday in ("01-01", "05-01", "10-01", "10-02", "10-03")]
    return overlay(change(*rest), change(sunday.isoformat(), working=True), years=(year,), name=f"notice-{year}")


def paths(refusal: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.path for problem in refusal.value.problems]


class TestCalendarWithNextYear(CalendarConformance):
    @pytest.fixture
    def calendar(self) -> Calendar:
        return china_calendar([notice(NEXT)])


def test_guangzhou_rested_when_the_asian_games_opened() -> None:
    """A city's own day off is in no package: an overlay adds it, and due dates in the city move."""
    guangzhou = china_calendar([overlay(change("2010-11-12"), name="guangzhou")])
    period = Period.parse("5wd")
    assert due_date(day("2010-11-08"), period, china_calendar()) == day("2010-11-15")
    assert due_date(day("2010-11-08"), period, guangzhou) == day("2010-11-16")
    assert not guangzhou.is_working_day(day("2010-11-12"))


def test_next_year_is_refused_until_its_notice_is_loaded() -> None:
    last = china_calendar().coverage[1]
    with pytest.raises(NotComputable):
        china_calendar().add_working_days(last, 1)
    calendar = china_calendar([notice(NEXT)])
    assert calendar.coverage == (china_calendar().coverage[0], dt.date(NEXT, 12, 31))
    first_due = calendar.add_working_days(last, 1)
    assert first_due.year == NEXT
    assert first_due > dt.date(NEXT, 1, 1)
    assert sum(calendar.is_working_day(dt.date(NEXT, 10, number)) for number in (1, 2, 3)) == 0
    with pytest.raises(NotComputable):
        calendar.add_working_days(dt.date(NEXT, 12, 31), 1)


def test_a_notice_can_change_the_end_of_the_year_before() -> None:
    calendar = apply(BASE, [overlay(change("2026-12-27", working=True), years=(2027,))])
    assert calendar.is_working_day(day("2026-12-27"))
    assert calendar.add_working_days(day("2026-12-25"), 1) == day("2026-12-27")


def test_a_year_before_the_coverage_can_be_declared() -> None:
    assert apply(BASE, [overlay(years=(2024,))]).coverage == (day("2024-01-01"), day("2026-12-31"))


def test_a_declared_year_that_the_data_know_is_the_overlays_alone() -> None:
    """So a date computed with the overlay stays when a new release of the data has the year too."""
    known = apply(BASE, [overlay(change("2026-02-17"), change("2026-02-14", working=True))])
    calendar = apply(known, [overlay(change("2026-02-18"), years=(2026,))])
    assert calendar.is_working_day(day("2026-02-17"))
    assert not calendar.is_working_day(day("2026-02-14"))
    assert not calendar.is_working_day(day("2026-02-18"))


def test_a_year_the_calendar_covers_in_part_can_be_completed() -> None:
    half = TableCalendar(
        name="half", version="1", first=day("2026-01-01"), flags=weekday_flags(day("2026-01-01"), day("2026-06-30"))
    )
    assert apply(half, [overlay(years=(2026,))]).coverage == (day("2026-01-01"), day("2026-12-31"))
    with pytest.raises(InputError, match="nothing says 2026") as refusal:
        apply(half, [overlay(years=(2027,))])
    assert paths(refusal) == ["years[0].year"]


def test_the_order_of_overlays_changes_no_answer() -> None:
    overlays = [
        overlay(years=(2027,), name="a"),
        overlay(change("2027-03-03"), name="b"),
        overlay(change("2027-03-06", working=True), years=(2028,), name="c"),
    ]
    calendars = [apply(BASE, order) for order in itertools.permutations(overlays)]
    assert len({calendar.flags for calendar in calendars}) == 1


def test_the_version_names_every_overlay() -> None:
    first, second = overlay(change("2026-03-03"), name="a"), overlay(change("2026-03-04"), name="b")
    assert apply(BASE, [first, second]).version == f"base@1+a@{first.digest}+b@{second.digest}"


def test_no_overlay_changes_nothing() -> None:
    assert apply(BASE, []) is BASE


def test_the_digest_is_of_the_answers() -> None:
    made = overlay(change("2026-03-03"), change("2026-03-04"), years=(2027,))
    retold = Overlay(
        name="made",
        years=(DeclaredYear(year=2027, notice="another"),),
        changes=(Change(days=(day("2026-03-04"), day("2026-03-03")), working=False, notice="n", note="why"),),
    )
    assert made.digest == retold.digest
    others = [
        overlay(change("2026-03-03"), years=(2027,)),
        overlay(change("2026-03-03"), change("2026-03-04")),
        overlay(change("2026-03-03"), change("2026-03-04", working=True), years=(2027,)),
    ]
    assert made.digest not in {other.digest for other in others}


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a@b"])
def test_a_name_that_would_blur_the_version_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="no name for an overlay"):
        Overlay(name=name)


def test_the_same_day_twice_is_fine_when_the_answers_agree() -> None:
    calendar = apply(BASE, [overlay(change("2026-03-03"), name="a"), overlay(change("2026-03-03"), name="b")])
    assert not calendar.is_working_day(day("2026-03-03"))


def test_overlays_that_contradict_each_other_are_refused() -> None:
    one = overlay(change("2026-03-03"), name="one")
    two = overlay(change("2026-03-02"), change("2026-03-03", working=True), name="two")
    with pytest.raises(
        InputError, match=r"2026-03-03 .*both worked and not worked; the other is one: changes\[0\]"
    ) as it:
        apply(BASE, [one, two])
    assert paths(it) == ["changes[1]"]


def test_a_year_that_leaves_a_hole_is_refused() -> None:
    with pytest.raises(InputError, match="nothing says 2027, 2028") as refusal:
        apply(BASE, [overlay(years=(2026, 2029))])
    assert paths(refusal) == ["years[1].year"]
    with pytest.raises(InputError, match="nothing says 2024"):
        apply(BASE, [overlay(years=(2023,))])


def test_changes_alone_do_not_open_a_year() -> None:
    with pytest.raises(InputError, match=r"2027-01-01 is outside the coverage.* declare it") as refusal:
        apply(BASE, [overlay(change("2026-12-31"), change("2026-12-31", "2027-01-01", "2027-01-02"))])
    assert paths(refusal) == ["changes[1]"]


def test_all_that_does_not_fit_is_told_at_once() -> None:
    wrong = overlay(change("2030-01-01"), change("2026-03-03"), change("2026-03-03", working=True), years=(2028,))
    with pytest.raises(InputError) as refusal:
        apply(BASE, [wrong])
    assert sorted(paths(refusal)) == ["changes[0]", "changes[2]", "years[0].year"]


def test_a_year_declared_complete_with_a_statutory_holiday_worked_is_refused() -> None:
    """An empty declaration would be the guess that the calendar exists to prevent."""
    with pytest.raises(InputError, match=f"{NEXT} is declared complete, but {NEXT}-") as refusal:
        china_calendar([overlay(years=(NEXT,))])
    assert set(paths(refusal)) == {"years[0]"}
