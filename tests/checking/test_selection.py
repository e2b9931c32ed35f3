"""What a run leaves out is not checked: never met, never absent."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from govopen.checking.algebra import Reason, Status
from govopen.checking.selection import Selection
from govopen.errors import InputError
from govopen.rules import samples
from govopen.rules.base import Severity
from govopen.rules.results import Fail

O1, O3, OTHER = "city-2012:1/o1", "city-2012:1/o3", "city-2012:2.1/o1"
FILTERED = (Status.NOT_CHECKED, Reason.FILTERED)
MET = (Status.SATISFIED, Reason.NONE)


@pytest.fixture
def statuses(check: Any, a_rule: Any) -> Any:
    def run(selection: Selection, *, second: Any = lambda d, c: None, **under: Any) -> Any:
        rules = [
            a_rule(lambda d, c: None, answers=(O1, OTHER)),
            a_rule(second, "TST002", answers=(O1,), severity=Severity.MINOR),
            a_rule(lambda d, c: None, "OTH001", answers=(O3,)),
        ]
        report = check(rules, samples.item(), selection=selection, under=under)
        return [(entry.status, entry.reason) for entry in (report.status("bureau", name) for name in (O1, O3, OTHER))]

    return run


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), [MET, MET, MET]),
        (Selection(clauses=("1",)), [MET, MET, FILTERED]),
        (Selection(clauses=("2",)), [FILTERED, FILTERED, MET]),
        (Selection(clauses=("2.1",)), [FILTERED, FILTERED, MET]),
        (Selection(clauses=("city-2012:2",)), [FILTERED, FILTERED, MET]),
        (Selection(clauses=("other-2012:2",)), [FILTERED, FILTERED, FILTERED]),
        (Selection(clauses=("1/o3", "2.1/o1")), [FILTERED, MET, MET]),
        (Selection(areas=("website",)), [FILTERED, MET, FILTERED]),
        (Selection(areas=("catalog",)), [MET, FILTERED, MET]),
        (Selection(rules=("OTH*",)), [FILTERED, MET, FILTERED]),
        (Selection(rules=("TST001", "TST002")), [MET, FILTERED, MET]),
        (Selection(units=("bureau",)), [MET, MET, MET]),
    ],
)
def test_what_is_left_out_is_not_checked(statuses: Any, selection: Selection, expected: Any) -> None:
    assert statuses(selection) == expected


@pytest.mark.parametrize("selection", [Selection(rules=("TST001",)), Selection(min_severity=Severity.SERIOUS)])
def test_a_part_of_the_rules_that_passes_proves_nothing(statuses: Any, selection: Selection) -> None:
    assert statuses(selection)[0] == FILTERED


def test_a_part_of_the_rules_that_fails_is_a_failure(statuses: Any) -> None:
    status = statuses(Selection(rules=("TST002",)), second=lambda d, c: Fail("bad", n=1))[0]
    assert status == (Status.VIOLATED, Reason.NONE)


def test_a_rule_counts_with_the_severity_that_the_workspace_gives_it(statuses: Any) -> None:
    selection = Selection(min_severity=Severity.SERIOUS)
    assert statuses(selection, severities={"TST002": Severity.CRITICAL})[0] == MET


def test_advice_runs_unless_clauses_or_areas_are_chosen(check: Any, a_rule: Any) -> None:
    rule = a_rule(lambda d, c: Fail("bad", n=1), answers=())

    def found(**chosen: Any) -> int:
        return len(check(rule, samples.item(), selection=Selection(**chosen)).findings)

    assert [found(), found(clauses=("1",)), found(areas=("catalog",)), found(rules=("TST*",))] == [1, 0, 0, 1]


def test_units_that_are_left_out_are_not_in_the_report(check: Any, a_rule: Any) -> None:
    units = [attrs.evolve(samples.UNIT, id=name) for name in "abc"]
    report = check(a_rule(lambda d, c: None), *units, selection=Selection(units=("c", "a")))
    assert list(report.units) == ["a", "c"]
    assert {entry.unit for entry in report.statuses} == {"a", "c"}
    with pytest.raises(InputError, match="units a, c"):
        report.status("b", O1)


def test_a_unit_that_is_not_there_is_no_green_check(check: Any, a_rule: Any) -> None:
    with pytest.raises(InputError, match="bureaux"):
        check(a_rule(lambda d, c: None), samples.UNIT, selection=Selection(units=("bureau", "bureaux")))


@pytest.mark.parametrize(
    ("selection", "everything"),
    [
        (Selection(), True),
        (Selection(units=("a",)), False),
        (Selection(clauses=("1",)), False),
        (Selection(rules=("*",)), False),
        (Selection(min_severity=Severity.MINOR), False),
    ],
)
def test_a_run_knows_whether_it_leaves_anything_out(selection: Selection, everything: bool) -> None:
    assert selection.everything is everything
