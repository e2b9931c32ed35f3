"""The check at a glance."""

from __future__ import annotations

import itertools
import unicodedata
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.checking.algebra import Status
from govopen.checking.result import FAIL_ON, CheckReport
from govopen.report.overview import (
    AWAITED,
    OUTCOME_STATUS,
    SYMBOLS,
    come_to,
    groups,
    overview,
    ranges,
    short,
    to_settle,
    unmapped,
)
from govopen.rules.results import Outcome


def test_each_status_has_a_sign_of_its_own_that_is_one_column_wide_in_every_terminal() -> None:
    assert list(SYMBOLS) == list(Status)
    assert len(set(SYMBOLS.values())) == len(Status)
    for sign in SYMBOLS.values():
        assert len(sign) == 1
        assert unicodedata.east_asian_width(sign) in {"N", "Na"}, sign


def test_each_outcome_of_a_finding_is_shown_as_a_status() -> None:
    assert set(OUTCOME_STATUS) == set(Outcome) - {Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.NOTHING}


def test_a_row_for_each_clause_that_anything_answers_and_a_cell_for_each_unit(a_dozen: CheckReport) -> None:
    rows = overview(a_dozen)
    assert [row.clause.id for row in rows][:3] == ["1.1", "1.2", "1.2.1"]
    assert len(rows) == 23
    for row in rows:
        assert [cell.unit for cell in row.cells] == list(a_dozen.units)
        assert {sum(cell.counts.values()) for cell in row.cells} == {len(row.clause.obligations)}


def test_a_cell_is_the_worst_of_its_clause(a_dozen: CheckReport) -> None:
    order = list(Status)
    for row in overview(a_dozen):
        for cell in row.cells:
            assert order.index(cell.status) == min(map(order.index, cell.counts))
            assert cell.number == cell.counts[cell.status]


@pytest.mark.parametrize(("one", "other"), list(itertools.pairwise(Status)))
def test_the_order_of_statuses_decides_what_several_come_to(a_dozen: CheckReport, one: Status, other: Status) -> None:
    first = a_dozen.statuses[0]
    entries = [attrs.evolve(first, status=other), attrs.evolve(first, status=one)]
    assert come_to(entries) is one


def test_findings_are_grouped_by_severity_and_rule_and_none_is_lost(a_dozen: CheckReport) -> None:
    found = groups(a_dozen)
    ranks = [severity.rank for severity, _ in found]
    assert ranks == sorted(set(ranks))
    listed = [entry for _, of_it in found for group in of_it for entry in group.entries]
    assert sorted(map(repr, listed)) == sorted(repr(e) for e in a_dozen.findings if e.outcome not in AWAITED)
    for severity, of_it in found:
        codes = [group.rule.code for group in of_it]
        assert codes == sorted(set(codes))
        for group in of_it:
            assert {(entry.rule, entry.severity) for entry in group.entries} == {(group.rule.code, severity)}
            assert set(group.obligations) == {c for entry in group.entries for c in entry.obligations}


def test_what_is_to_settle_is_what_makes_the_check_fail(a_dozen: CheckReport) -> None:
    found = to_settle(a_dozen)
    assert list(found) == list(a_dozen.units)
    assert found["gone"] == 0
    assert sum(found.values()) == len(a_dozen.failing(FAIL_ON)) > 0


def test_what_nothing_answers_is_listed_once(a_dozen: CheckReport) -> None:
    (obligations,) = unmapped(a_dozen).values()
    assert len(obligations) == len(set(obligations)) == 110
    assert not any(local.startswith(("1.", "2.3/")) for local in obligations)


@pytest.mark.parametrize(
    ("obligations", "expected"),
    [
        ([], []),
        (["1.3/o2"], ["1.3/o2"]),
        (["1.3/o1", "1.3/o2", "1.3/o3", "1.4/o4"], ["1.3/o1-o3", "1.4/o4"]),
        (["1.3/o1", "1.3/o3", "1.4/o4", "1.4/o5"], ["1.3/o1", "1.3/o3", "1.4/o4-o5"]),
        (["1/o1", "2/o2"], ["1/o1", "2/o2"]),
        (["panyu-2011:1.3/o9", "panyu-2011:1.3/o10"], ["panyu-2011:1.3/o9-o10"]),
    ],
)
def test_obligations_in_a_row_are_written_short(obligations: list[str], expected: list[str]) -> None:
    assert ranges(obligations) == expected


@given(st.lists(st.tuples(st.sampled_from(["1", "1.2", "1.10"]), st.integers(1, 12)), unique=True).map(sorted))
def test_written_short_nothing_is_lost_or_added(places: list[tuple[str, int]]) -> None:
    written = []
    for entry in ranges(f"{clause}/o{number}" for clause, number in places):
        clause, _, numbers = entry.partition("/")
        first, _, last = numbers.partition("-")
        written += [(clause, number) for number in range(int(first[1:]), int((last or first)[1:]) + 1)]
    assert written == places


def test_with_one_instrument_its_name_is_not_repeated(a_dozen: CheckReport) -> None:
    citations: Any = [entry.citation for entry in a_dozen.statuses[:2]]
    assert short(a_dozen, citations) == ["1.1/o1-o2"]
