"""Drawn records are compliant, or have just the defect that is named, and shrink to something to read."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from govopen.calendars.table import TableCalendar
from govopen.errors import InputError
from govopen.model.assurance import Ability
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.requests import Request
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Unit
from govopen.rules.base import Case
from govopen.rules.results import Outcome
from govopen.testing.defects import defects_of
from govopen.testing.drawing import Drawn
from govopen.testing.rules import run_case
from govopen.testing.strategies import calendars, compliant, defective, defects, histories, tables
from govopen.texts import Text
from govopen.workflow.catalogue import WORKFLOWS

CLASSES = [record_type.cls for record_type in RECORD_TYPES]
FEW = settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
AWAITED = {Outcome.AWAITING_EVIDENCE, Outcome.AWAITING_JUDGEMENT}


def said(drawn: Drawn[Record]) -> set[str]:
    report = run_case(Case(Text("", ""), drawn.records, drawn.as_of))
    return {entry.rule for entry in report.findings if entry.outcome not in AWAITED}


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
@FEW
@given(st.data())
def test_a_compliant_record_of_every_type_is_objected_to_by_no_rule(cls: type[Record], data: st.DataObject) -> None:
    drawn = data.draw(compliant(cls))

    assert isinstance(drawn.record, cls)
    assert drawn.records.count(drawn.record) == 1
    assert said(drawn) == set()
    assert (drawn.defect, drawn.rule) == ("", "")


@FEW
@given(compliant(Request, as_of=dt.date(2024, 6, 3)))
def test_the_day_can_be_chosen(drawn: Drawn[Request]) -> None:
    assert drawn.as_of == dt.date(2024, 6, 3)
    assert drawn.record.received_on <= drawn.as_of


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if defects(cls)], ids=lambda cls: cls.__name__)
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_a_defect_is_found_by_the_rule_that_it_names(cls: type[Record], data: st.DataObject) -> None:
    drawn = data.draw(defective(cls))

    assert defects(cls)[drawn.defect] == drawn.rule
    assert {drawn.rule} <= said(drawn) <= {drawn.rule, *drawn.also}


def test_types_without_a_defect_are_those_that_no_rule_judges_by_themselves() -> None:
    without = {cls.__name__ for cls in CLASSES if not defects(cls)}

    assert without == {"ScreeningOverride", "Ability"}


def test_every_name_of_a_defect_gives_its_field_and_its_rule() -> None:
    for cls in CLASSES:
        for name, defect in defects_of(cls).items():
            field, _, rest = name.partition(":")
            assert (field, rest.partition("#")[0]) == (defect.mutation.field, defect.rule)
    assert "index_number:CAT002" in defects(InformationItem)


@FEW
@given(defective(InformationItem, "CAT005"))
def test_a_defect_can_be_named_by_its_rule(drawn: Drawn[InformationItem]) -> None:
    assert (drawn.defect, drawn.record.issuer) == ("issuer:CAT005", "")


def test_an_unknown_defect_is_refused_with_those_known() -> None:
    with pytest.raises(InputError, match=r"no defect 'CAT999' of InformationItem\. Known: index_number:CAT002"):
        find(defective(InformationItem, "CAT999"), lambda drawn: True)
    with pytest.raises(InputError, match=r"no defect '' of Ability\. Known: -"):
        find(defective(Ability), lambda drawn: True)


@pytest.mark.parametrize("day", [dt.date(2008, 6, 1), dt.date(2099, 1, 1)])
def test_a_day_without_such_records_is_refused_with_those_that_have_some(day: dt.date) -> None:
    with pytest.raises(InputError, match=rf"drawn for {day}\. Take a day from 2011-05-01 to "):
        find(compliant(Request, as_of=day), lambda drawn: True)


def test_a_class_of_a_plugin_is_refused_with_what_to_use() -> None:
    with pytest.raises(InputError, match=r"of class Record\. Known: Ability, .* use records\(\)"):
        find(compliant(Record), lambda drawn: True)


SMALL = settings(max_examples=200, phases=[Phase.generate, Phase.shrink], database=None, deadline=None)


def test_what_fails_shrinks_to_one_short_record() -> None:
    found = find(compliant(InformationItem), lambda drawn: drawn.record.index_number != "", settings=SMALL)

    assert found.as_of == dt.date(2011, 5, 1)
    assert found.others == ()
    assert len(found.record.title) == 1
    assert found.record.attachments == ()


def test_a_history_shrinks_to_the_steps_that_matter() -> None:
    found = find(
        histories("disclosure", max_steps=12),
        lambda history: bool(history.record.attributes),
        settings=settings(SMALL, max_examples=3_000),
    )

    steps = [taken.step for taken in found.steps]
    assert steps[0] == "draft"
    assert steps[-3:] == ["propose", "review", "decide"]
    # Five are needed; what the shrinker leaves beside them is little.
    assert len(steps) <= 7


# Personal data are erased years later, by a step of the office's own.
TAKEN = [
    (workflow.name, step.name)
    for workflow in WORKFLOWS
    for step in workflow.transitions
    if step.roles and step.name != "erase"
]


@pytest.mark.parametrize(("workflow", "step"), TAKEN)
def test_every_step_that_somebody_takes_occurs_in_some_history(workflow: str, step: str) -> None:
    found = find(
        histories(workflow, max_steps=16),
        lambda history: any(taken.step == step for taken in history.steps),
        settings=settings(SMALL, max_examples=5_000, phases=[Phase.generate]),
    )

    days = [taken.on for taken in found.steps]
    assert days == sorted(days)
    assert found.until == days[-1]
    assert found.record.unit == "bureau"


def test_an_unknown_workflow_is_refused() -> None:
    with pytest.raises(InputError, match="No workflow is called 'decision'"):
        find(histories("decision"), lambda history: True)


@given(calendars(days=60))
def test_a_drawn_calendar_never_rests_for_fourteen_days(calendar: TableCalendar) -> None:
    assert all(any(calendar.flags[start : start + 14]) for start in range(47))


@given(calendars(), st.integers(0, 200))
def test_drawn_calendars_count_as_their_days_say(calendar: object, ahead: int) -> None:
    first, last = calendar.coverage  # type: ignore[attr-defined]
    day = first + dt.timedelta(days=ahead)
    worked = [
        one
        for one in (day + dt.timedelta(days=n) for n in range(1, (last - day).days + 1))
        if calendar.is_working_day(one)  # type: ignore[attr-defined]
    ]
    assert calendar.add_working_days(day, 3) == worked[2]  # type: ignore[attr-defined]
    assert any(calendar.is_working_day(day + dt.timedelta(days=n)) for n in range(28))  # type: ignore[attr-defined]


def test_drawn_tables_are_documents_with_rows() -> None:
    quick = settings(phases=[Phase.generate], database=None, deadline=None)
    assert find(tables(), lambda table: len(table.rows) > 1, settings=quick).inputs


def test_a_unit_with_a_defect_is_there_once() -> None:
    found = find(defective(Unit), lambda drawn: True, settings=settings(database=None))

    assert found.records == (found.record,)
    assert found.unit is found.record
