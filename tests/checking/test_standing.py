"""Whether an obligation has to be met at all: its instrument's time and place, the unit's kind and life, later law."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from govopen.checking.algebra import Reason, Status
from govopen.checking.settings import InstrumentSettings
from govopen.errors import WorkspaceError
from govopen.model.units import DatedRole, UnitKind
from govopen.rules import samples
from govopen.rules.results import Fail

O1, O5, O6, O7, O8 = (f"city-2012:1/o{number}" for number in (1, 5, 6, 7, 8))
ALL = tuple(f"city-2012:1/o{number}" for number in range(1, 9))
ITEM = samples.item(created_on=dt.date(2012, 1, 1))


@pytest.fixture
def stands(check: Any, a_rule: Any) -> Any:
    """The status and reason of an obligation that every record breaks."""

    def run(obligation: str, as_of: dt.date, *, unit: Any = samples.UNIT, **under: Any) -> Any:
        report = check(a_rule(lambda d, c: Fail("bad", n=1), answers=ALL), unit, ITEM, as_of=as_of, under=under)
        entry = report.status(unit.id, obligation)
        return entry.status, entry.reason

    return run


VIOLATED = (Status.VIOLATED, Reason.NONE)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (dt.date(2011, 12, 31), (Status.NOT_APPLICABLE, Reason.NOT_IN_FORCE)),
        (dt.date(2012, 1, 1), VIOLATED),
        (dt.date(2020, 12, 31), VIOLATED),
        (dt.date(2031, 1, 1), (Status.NOT_APPLICABLE, Reason.NOT_IN_FORCE)),
    ],
)
def test_only_while_its_instrument_is_in_force(stands: Any, as_of: dt.date, expected: Any) -> None:
    assert stands(O1, as_of) == expected


@pytest.mark.parametrize(
    ("continues", "expected"),
    [
        (None, (Status.UNDECIDABLE, Reason.CONTINUATION_UNSTATED)),
        (True, VIOLATED),
        (False, (Status.NOT_APPLICABLE, Reason.PLAN_ENDED)),
    ],
)
def test_after_the_time_of_a_plan_the_workspace_says_whether_its_duties_go_on(
    stands: Any, continues: bool | None, expected: Any
) -> None:
    assert stands(O1, dt.date(2021, 1, 1), continues=continues) == expected
    assert stands(O1, dt.date(2020, 12, 31), continues=continues) == VIOLATED


def test_nothing_is_said_of_records_for_duties_that_nobody_has_said_go_on(check: Any, a_rule: Any) -> None:
    report = check(a_rule(lambda d, c: Fail("bad", n=1), answers=ALL), ITEM, as_of=dt.date(2021, 1, 1))
    assert report.findings == ()
    assert report.status("bureau", O1).counts == {}


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, VIOLATED),
        (dt.date(2012, 6, 1), dt.date(2012, 6, 1), VIOLATED),
        (dt.date(2012, 6, 2), None, (Status.NOT_APPLICABLE, Reason.NO_UNIT)),
        (None, dt.date(2012, 5, 31), (Status.NOT_APPLICABLE, Reason.NO_UNIT)),
    ],
)
def test_a_unit_is_bound_while_it_exists(
    stands: Any, since: dt.date | None, until: dt.date | None, expected: Any
) -> None:
    unit = attrs.evolve(samples.UNIT, since=since, until=until)
    assert stands(O1, dt.date(2012, 6, 1), unit=unit) == expected


@pytest.mark.parametrize("kind", list(UnitKind))
def test_only_the_kinds_of_units_that_a_clause_addresses_are_bound(stands: Any, kind: UnitKind) -> None:
    unit = attrs.evolve(samples.UNIT, kind=kind)
    bound = kind is UnitKind.DEPARTMENT
    expected = VIOLATED if bound else (Status.NOT_APPLICABLE, Reason.NOT_BOUND)
    assert stands(O1, dt.date(2012, 6, 1), unit=unit) == expected


@pytest.mark.parametrize(("day", "bound"), [(1, False), (2, True), (3, True), (4, False)])
def test_an_obligation_on_a_role_binds_while_the_unit_holds_it(stands: Any, day: int, bound: bool) -> None:
    role = DatedRole(role="enforcement_body", since=dt.date(2012, 6, 2), until=dt.date(2012, 6, 3))
    unit = attrs.evolve(samples.UNIT, roles=(role,))
    expected = VIOLATED if bound else (Status.NOT_APPLICABLE, Reason.NOT_BOUND)
    assert stands(O7, dt.date(2012, 6, day), unit=unit) == expected


@pytest.mark.parametrize(
    ("place", "adopted", "bound"),
    [
        ("CN-44", "", True),
        ("CN-440113", "", True),
        ("CN-33", "", False),
        ("CN-33", "CN-33", True),
        ("CN-3301", "CN-33", True),
        ("CN-440113", "CN-33", False),
    ],
)
def test_a_place_is_bound_with_all_below_it_or_another_if_the_workspace_adopts_it(
    stands: Any, place: str, adopted: str, bound: bool
) -> None:
    unit = attrs.evolve(samples.UNIT, jurisdiction=place)
    expected = VIOLATED if bound else (Status.NOT_APPLICABLE, Reason.NOT_BOUND)
    assert stands(O1, dt.date(2012, 6, 1), unit=unit, jurisdiction=adopted) == expected


@pytest.mark.parametrize("place", ["CN", "C"])
def test_a_place_too_wide_to_tell_is_undecidable_and_never_excused(stands: Any, place: str) -> None:
    unit = attrs.evolve(samples.UNIT, jurisdiction=place)
    expected = (Status.UNDECIDABLE, Reason.JURISDICTION_UNSTATED)
    assert stands(O1, dt.date(2012, 6, 1), unit=unit) == expected


def test_an_adopted_instrument_is_named_in_the_report(check: Any, a_rule: Any) -> None:
    rule = a_rule(lambda d, c: None)
    assert check(rule).adopted == {}
    assert check(rule, under={"jurisdiction": "CN-33"}).adopted == {"city-2012": "CN-33"}


@pytest.mark.parametrize(
    ("obligation", "expected"),
    [(O5, (Status.OVERTAKEN, Reason.NONE)), (O6, VIOLATED), (O8, VIOLATED), (O1, VIOLATED)],
)
def test_what_later_law_ended_need_not_be_met_and_what_it_changed_goes_on(
    stands: Any, obligation: str, expected: Any
) -> None:
    assert stands(obligation, dt.date(2014, 12, 31)) == VIOLATED
    assert stands(obligation, dt.date(2015, 1, 1)) == expected


def test_what_later_law_ended_for_some_bodies_is_overtaken_for_them(stands: Any) -> None:
    unit = attrs.evolve(samples.UNIT, roles=(DatedRole(role="enforcement_body"),))
    assert stands(O8, dt.date(2015, 1, 1), unit=unit) == (Status.OVERTAKEN, Reason.NONE)


def test_the_report_names_the_later_law_of_what_it_changed_too(check: Any, a_rule: Any) -> None:
    report = check(a_rule(lambda d, c: None, answers=ALL), ITEM, as_of=dt.date(2015, 1, 1))
    named = {entry.citation.local for entry in report.statuses if entry.later_law}
    assert named == {"1/o5", "1/o6"}


def test_a_rule_all_of_whose_obligations_are_overtaken_does_not_run(check: Any, a_rule: Any) -> None:
    rule = a_rule(lambda d, c: Fail("bad", n=1), answers=(O5,))
    assert len(check(rule, ITEM, as_of=dt.date(2014, 12, 31)).findings) == 1
    assert check(rule, ITEM, as_of=dt.date(2015, 1, 1)).findings == ()


def test_a_finding_touches_only_what_has_to_be_met(check: Any, a_rule: Any) -> None:
    rule = a_rule(lambda d, c: Fail("bad", n=1), answers=(O1, O5))
    (finding,) = check(rule, ITEM, as_of=dt.date(2015, 1, 1)).findings
    assert [str(citation) for citation in finding.obligations] == [O1]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (dt.date(2013, 6, 30), Status.NOT_YET_DUE),
        (dt.date(2013, 7, 1), Status.VIOLATED),
    ],
)
def test_before_the_due_date_a_failure_is_not_yet_due(stands: Any, as_of: dt.date, expected: Status) -> None:
    assert stands("city-2012:1/o4", as_of)[0] is expected


def test_an_instrument_that_is_not_there_is_refused_at_once(checker: Any, a_rule: Any) -> None:
    chosen = (InstrumentSettings(id="city-2013"),)
    with pytest.raises(WorkspaceError, match=r"city-2013.*Known: city-2012"):
        checker(a_rule(lambda d, c: None), instruments=chosen)
