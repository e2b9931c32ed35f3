"""Deadlines as an iCalendar file, read back by the rules of RFC 5545 and not by the writer's own code."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.errors import InputError
from govopen.policy.citation import Citation
from govopen.report.ics import to_ics
from govopen.texts import LANGUAGES, Language
from govopen.workflow.deadlines import Deadline, DeadlineKind, Undated

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
ONE = Deadline(
    kind=DeadlineKind.REPLY,
    type="request",
    id="r-1",
    unit="bureau",
    due=dt.date(2011, 10, 8),
    citations=(Citation.parse("ogi-2007:24"),),
)


def unescaped(text: str) -> str:
    out: list[str] = []
    rest = iter(text)
    for char in rest:
        if char != "\\":
            assert char not in ";,"
            out.append(char)
            continue
        code = next(rest)
        out.append("\n" if code in "nN" else code)
    return "".join(out)


def read(content: bytes) -> list[dict[str, str]]:
    """The entries, by property name. Lines end in CRLF, have at most 75 octets, and are unfolded before anything."""
    assert content.endswith(b"\r\n")
    physical = content[:-2].split(b"\r\n")
    for octets in physical:
        assert len(octets) <= 75
        assert b"\n" not in octets
        assert b"\r" not in octets
        octets.decode()
    logical = content[:-2].replace(b"\r\n ", b"").decode().split("\r\n")
    assert logical[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert logical[-1] == "END:VCALENDAR"
    found: list[dict[str, str]] = []
    for line in logical[3:-1]:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            found.append({"COMPONENT": value})
        elif name == "END":
            assert value == found[-1]["COMPONENT"]
        else:
            assert name not in found[-1]
            found[-1][name] = value
    return found


def test_a_deadline_is_a_task_due_on_its_day() -> None:
    (entry,) = read(to_ics([ONE], NOW, "en"))
    assert entry == {
        "COMPONENT": "VTODO",
        "UID": "request:r-1:reply@govopen",
        "DTSTAMP": "20261123T013000Z",
        "DUE;VALUE=DATE": "20111008",
        "SUMMARY": "reply to the request r-1",
        "DESCRIPTION": "bureau\\nogi-2007:24",
        "STATUS": "NEEDS-ACTION",
    }


def test_or_an_event_of_that_whole_day() -> None:
    (entry,) = read(to_ics([ONE, attrs.evolve(ONE, due=None)], NOW, "en", component="VEVENT"))
    assert entry["DTSTART;VALUE=DATE"] == "20111008"


def test_one_without_a_day_is_a_task_that_says_why() -> None:
    undated = attrs.evolve(ONE, due=None, undated=Undated.BEYOND_CALENDAR)
    (entry,) = read(to_ics([undated], NOW, "zh-Hans"))
    assert "DUE;VALUE=DATE" not in entry
    assert "无法计算" in unescaped(entry["DESCRIPTION"])


def test_what_nobody_verified_and_a_later_day_are_told() -> None:
    unsure = attrs.evolve(ONE, verified=False, latest=dt.date(2011, 10, 20))
    (entry,) = read(to_ics([unsure], NOW, "en"))
    assert "2011-10-20" in unescaped(entry["DESCRIPTION"])
    assert "not been verified" in unescaped(entry["DESCRIPTION"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_identifier_stays_when_day_and_language_change(lang: Language) -> None:
    moved = attrs.evolve(ONE, due=dt.date(2012, 1, 21), verified=False)
    parts = [attrs.evolve(ONE, kind=DeadlineKind.THIRD_PARTY, part=part) for part in (1, 2)]
    uids = [entry["UID"] for entry in read(to_ics([moved, *parts], NOW, lang))]
    assert uids[0] == "request:r-1:reply@govopen"
    assert len(set(uids)) == 3


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=120),
)
def test_any_text_comes_back_whole(id_: str, unit: str) -> None:
    (entry,) = read(to_ics([attrs.evolve(ONE, id=id_, unit=unit, citations=())], NOW, "zh-Hans"))

    def plain(text: str) -> str:
        return "".join(char for char in text if char >= " " and char != "\x7f")

    assert plain(unescaped(entry["SUMMARY"])) == plain(f"答复申请 {id_}")
    assert plain(unescaped(entry.get("DESCRIPTION", ""))) == plain(unit)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(InputError, match="zone"):
        to_ics([ONE], NOW.replace(tzinfo=None), "en")
