"""Overlay files: read whole, refused with every problem and its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from govopen.calendars.overlay import Change, DeclaredYear
from govopen.calendars.overlay_file import load_overlay, parse_overlay
from govopen.errors import InputError

GOOD = """
[[years]]
year = 2027
notice = "国办发明电〔0000〕0号"
note = "invented"

[[changes]]
day = 2027-01-01
working = false
notice = "国办发明电〔0000〕0号"

[[changes]]
days = [2027-02-20, 2026-12-27]
working = true
notice = "国办发明电〔0000〕0号"

[[changes]]
since = 2027-10-01
until = 2027-10-03
working = false
notice = "国办发明电〔0000〕0号"
note = "National Day"
"""


def problems(text: str) -> dict[str, str]:
    with pytest.raises(InputError) as refusal:
        parse_overlay(text, name="made", where="made.toml")
    assert all(problem.where == "made.toml" for problem in refusal.value.problems)
    return {problem.path: str(problem) for problem in refusal.value.problems}


def test_a_file_gives_years_and_changes(tmp_path: Path) -> None:
    path = tmp_path / "notice-2027.toml"
    path.write_text(GOOD, encoding="utf-8")
    overlay = load_overlay(path)
    no = "国办发明电〔0000〕0号"
    assert overlay.name == "notice-2027"
    assert overlay.where == str(path)
    assert overlay.years == (DeclaredYear(year=2027, notice=no, note="invented"),)
    assert overlay.changes == (
        Change(days=(dt.date(2027, 1, 1),), working=False, notice=no),
        Change(days=(dt.date(2027, 2, 20), dt.date(2026, 12, 27)), working=True, notice=no),
        Change(
            days=tuple(dt.date(2027, 10, number) for number in (1, 2, 3)),
            working=False,
            notice=no,
            note="National Day",
        ),
    )


def test_a_file_may_name_its_overlay() -> None:
    assert parse_overlay('name = "guangzhou"\n' + GOOD, name="x").name == "guangzhou"


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert len(load_overlay(str(path)).changes) == 3


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_text(GOOD, encoding="gbk")
    with pytest.raises(InputError, match=r"gbk\.toml: not UTF-8\. Save"):
        load_overlay(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: cannot be read: No such file"):
        load_overlay(tmp_path / "none.toml")


def test_text_that_is_not_toml_is_refused_with_its_line() -> None:
    assert "line 2" in problems("name = 'x'\n[[changes]\n")[""]


def test_an_empty_file_is_refused() -> None:
    assert "neither a year nor a change" in problems("")[""]


@pytest.mark.parametrize(
    ("entry", "path", "said"),
    [
        ('day = "2027-01-01"\nworking = false\nnotice = "n"', "changes[0].day", "without quotes"),
        ('day = 2027-01-01T00:00:00\nworking = false\nnotice = "n"', "changes[0].day", "not a date"),
        ('days = 2027-01-01\nworking = false\nnotice = "n"', "changes[0].days", "Not a list of dates"),
        ('days = []\nworking = false\nnotice = "n"', "changes[0].days", "Not a list of dates"),
        ('days = [2027-01-01, 1]\nworking = false\nnotice = "n"', "changes[0].days[1]", "not a date"),
        ('since = 2027-01-01\nworking = false\nnotice = "n"', "changes[0].until", "not a date"),
        ('since = 2027-01-02\nuntil = 2027-01-01\nworking = true\nnotice = "n"', "changes[0].until", "2027-01-02 to"),
        ('since = 2027-01-01\nuntil = 2029-01-01\nworking = true\nnotice = "n"', "changes[0].until", "1 to 366 days"),
        ('working = false\nnotice = "n"', "changes[0]", "not said"),
        ('day = 2027-01-01\ndays = [2027-01-01]\nworking = true\nnotice = "n"', "changes[0]", "more than one way"),
        ('day = 2027-01-01\nnotice = "n"', "changes[0].working", "true or false"),
        ('day = 2027-01-01\nworking = "no"\nnotice = "n"', "changes[0].working", "true or false"),
        ("day = 2027-01-01\nworking = false", "changes[0].notice", "Missing or empty"),
        ('day = 2027-01-01\nworking = false\nnotice = " "', "changes[0].notice", "Missing or empty"),
        ('day = 2027-01-01\nworking = false\nnotice = "n"\nnote = 1', "changes[0].note", "Missing or empty"),
        ('day = 2027-01-01\nworkign = false\nnotice = "n"', "changes[0].workign", "Known here: day, days"),
    ],
)
def test_a_wrong_change_is_refused_at_its_path(entry: str, path: str, said: str) -> None:
    assert said in problems(f"[[changes]]\n{entry}\n")[path]


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        ('[[years]]\nyear = "2027"\nnotice = "n"', "years[0].year", "Not a year"),
        ('[[years]]\nyear = true\nnotice = "n"', "years[0].year", "Not a year"),
        ('[[years]]\nyear = 0\nnotice = "n"', "years[0].year", "Not a year"),
        ("[[years]]\nyear = 2027", "years[0].notice", "Missing or empty"),
        ('[[years]]\nyear = 2027\nnotice = "n"\nday = 2027-01-01', "years[0].day", "Known here: year"),
        ("years = [2027]", "years", "Write [[years]] above each entry"),
        ("[changes]\nday = 2027-01-01", "changes", "Write [[changes]] above each entry"),
        ("change = []", "change", "Known here: name, years, changes"),
        ("name = 1\n" + GOOD, "name", "Missing or empty"),
        ("name = 'two words'\n" + GOOD, "name", "no name for an overlay"),
    ],
)
def test_a_wrong_file_is_refused_at_its_path(text: str, path: str, said: str) -> None:
    assert said in problems(text)[path]


def test_a_file_that_contradicts_itself_is_refused() -> None:
    found = problems(GOOD + '[[changes]]\nday = 2027-10-02\nworking = true\nnotice = "n"\n')
    assert "2027-10-02 is declared both worked and not worked" in found["changes[3]"]
    assert "made.toml: changes[2]" in found["changes[3]"]


def test_all_problems_of_a_file_are_told_at_once() -> None:
    text = 'colour = 1\n[[years]]\nyear = 1.5\n[[changes]]\nday = 1\n[[changes]]\nday = 2027-01-01\nnotice = "n"\n'
    assert list(problems(text)) == [
        "colour",
        "years[0].year",
        "years[0].notice",
        "changes[0].working",
        "changes[0].day",
        "changes[0].notice",
        "changes[1].working",
    ]
