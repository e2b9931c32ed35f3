"""The report for a terminal: readable at 80 columns and at 120, in both languages, with a dozen units."""

from __future__ import annotations

import io
import re
from typing import Any

import attrs
import pytest
from rich.cells import cell_len
from rich.console import Console

from govopen.checking.result import CheckReport
from govopen.report.overview import SYMBOLS
from govopen.report.text import print_report
from govopen.texts import LANGUAGES

both = pytest.mark.parametrize("lang", LANGUAGES)
widths = pytest.mark.parametrize("width", [80, 120])


def printed(report: CheckReport, lang: Any = "en", width: int = 80, **how: Any) -> list[str]:
    out = io.StringIO()
    print_report(report, Console(file=out, width=width), lang, **how)
    return out.getvalue().splitlines()


@both
@widths
def test_no_line_is_longer_than_the_terminal_or_ends_in_blanks(a_dozen: CheckReport, lang: Any, width: int) -> None:
    for line in printed(a_dozen, lang, width):
        assert cell_len(line) <= width
        assert line == line.rstrip()


@both
@widths
def test_each_clause_is_one_line_with_a_sign_for_each_unit(a_dozen: CheckReport, lang: Any, width: int) -> None:
    signs = "".join(map(re.escape, SYMBOLS.values()))
    rows = [line for line in printed(a_dozen, lang, width) if re.match(r"[12](\.\d+)+ ", line)]
    assert len(rows) == 23
    for row in rows:
        assert re.search(rf"( +[{signs}]){{{len(a_dozen.units)}}}$", row)
        assert re.match(r"\S+ +\S", row)


@both
def test_the_columns_stand_under_each_other(a_dozen: CheckReport, lang: Any) -> None:
    signs = "".join(map(re.escape, SYMBOLS.values()))
    rows = [line for line in printed(a_dozen, lang) if re.match(r"[12](\.\d+)+ ", line)]
    places = set()
    for row in rows:
        found = re.search(rf"( +[{signs}]){{{len(a_dozen.units)}}}$", row)
        assert found is not None
        places.add(tuple(cell_len(row[:place]) for place in range(found.start(), len(row)) if row[place] != " "))
    assert len(places) == 1


@widths
def test_each_unit_and_status_is_explained_on_one_line(a_dozen: CheckReport, width: int) -> None:
    lines = printed(a_dozen, width=width)
    for number, unit in enumerate(a_dozen.units, 1):
        assert any(re.search(rf"(^|  ){number} {unit}($|  )", line) for line in lines)
    for status in a_dozen.summary():
        assert any(f"{SYMBOLS[status]} {status.text.en}" in line for line in lines)


@both
def test_each_finding_has_its_unit_record_and_message_and_each_rule_its_law_and_remedy(
    a_dozen: CheckReport, lang: Any
) -> None:
    text = " ".join(line.strip() for line in printed(a_dozen, lang, width=10_000))
    for entry in a_dozen.findings:
        if entry.outcome.value.startswith("awaiting"):
            continue
        rule = a_dozen.rules[entry.rule]
        assert f"{entry.unit} · {entry.subject_type} {entry.subject}: " in text
        assert rule.title.get(lang) in text
        assert rule.remedy.get(lang) in text


def test_the_brief_report_leaves_law_and_remedy_to_the_others(a_dozen: CheckReport) -> None:
    whole, brief = ("\n".join(printed(a_dozen, brief=short)) for short in (False, True))
    assert "Do: " in whole
    assert "Law: " in whole
    assert not re.search("Do: |Law: |Our reading: ", brief)
    for entry in a_dozen.findings:
        assert entry.subject in brief


@both
def test_a_rule_that_rests_on_no_law_has_no_line_for_it(a_dozen: CheckReport, lang: Any) -> None:
    lawless = {code: attrs.evolve(rule, basis=(), answers=()) for code, rule in a_dozen.rules.items()}
    lines = [line.strip() for line in printed(attrs.evolve(a_dozen, rules=lawless), lang)]

    assert [line for line in lines if line.startswith(("Law:", "法律依据："))] == []
    assert any(line.startswith(("Do:", "整改：")) for line in lines)


def test_what_was_measured_is_told_if_it_was_asked_for(a_dozen: CheckReport) -> None:
    assert a_dozen.notes
    assert any("Measured where rules pass" in line for line in printed(a_dozen))
    assert not any("Measured" in line for line in printed(attrs.evolve(a_dozen, notes=())))


def test_it_ends_with_the_sums_and_names_what_nothing_checks(a_dozen: CheckReport) -> None:
    lines = printed(a_dozen)
    assert "Nothing checks these 110 obligations of panyu-2011 yet: 2.1/o1-o8" in " ".join(lines)
    sums = " ".join(lines[-2:])
    for status, count in a_dozen.summary().items():
        assert f"{count} {status.text.en}" in sums


def test_a_report_without_findings_says_nothing_of_them(district: Any) -> None:
    lines = printed(district([]))
    assert not any(line.startswith("Findings") for line in lines)
    assert lines[0] == "Obligations of 1 units as of 2011-12-31, from 0 records"


def test_colours_come_only_where_a_terminal_shows_them(a_dozen: CheckReport) -> None:
    plain, coloured = io.StringIO(), io.StringIO()
    print_report(a_dozen, Console(file=plain, width=80), "en")
    print_report(a_dozen, Console(file=coloured, width=80, force_terminal=True, color_system="truecolor"), "en")
    assert "\x1b" not in plain.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured.getvalue()) == plain.getvalue()
