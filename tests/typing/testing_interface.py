"""Rules, strategies and conformance kits as authors of rules and tests use them. Never run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import assert_type

import pytest
from hypothesis import given
from hypothesis.strategies import SearchStrategy

from govopen.calendars.port import Calendar
from govopen.calendars.table import TableCalendar
from govopen.checking.result import CheckReport
from govopen.clearance.screening import Screener
from govopen.model.base import RecordType
from govopen.model.catalog import InformationItem
from govopen.model.discretion import DiscretionTable
from govopen.model.requests import Request
from govopen.model.website import Publication
from govopen.rules import samples
from govopen.rules.base import Case, Reads, Rule, Severity, fold_rule, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Passed, Result
from govopen.storage.port import Store
from govopen.testing.conformance.calendar import CalendarConformance
from govopen.testing.conformance.screener import ScreenerConformance
from govopen.testing.conformance.store import StoreConformance
from govopen.testing.drawing import Drawn
from govopen.testing.memory import MemoryStore
from govopen.testing.rules import assert_cases, run_case
from govopen.testing.strategies import calendars, compliant, defective, defects, records, tables
from govopen.texts import Text

CASE = Case(Text("例", "case"), (samples.item(),), samples.YEAR_END)


@rule(
    code="TYP001",
    name="typed",
    title=Text("类型", "typed"),
    subject=InformationItem,
    reads=(Reads(Publication, by="item"),),
    severity=Severity.ADVICE,
    rationale=Text("理由", "why"),
    remedy=Text("整改", "what to do"),
    messages={"late": Text("晚", "late")},
    valid=(CASE,),
    invalid=(CASE,),
)
def typed(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    assert_type(dossier.record, InformationItem)
    first = dossier.related(Publication)[0]
    assert_type(first, Publication)
    due = ctx.due(first.published_on, 5)
    assert_type(due, dt.date)
    if ctx.past(due):
        return Fail("late", due=due)
    return Passed("late") if ctx.detailed else NotApplicable("late")


@fold_rule(
    code="TYP002",
    name="counted",
    title=Text("计数", "counted"),
    subject=InformationItem,
    over=Publication,
    key=lambda record: record.item,
    map=lambda dossier, ctx: 1,
    merge=lambda one, other: one + other,
    severity=Severity.ADVICE,
    rationale=Text("理由", "why"),
    remedy=Text("整改", "what to do"),
    messages={"few": Text("少", "few")},
    valid=(CASE,),
    invalid=(CASE,),
)
def counted(dossier: Dossier[InformationItem], value: int | None, ctx: Context) -> Result:
    return None if value else Fail("few")


def uses(one: Rule) -> None:
    assert_cases(one)
    assert_type(run_case(one.valid[0]), CheckReport)


assert_type(compliant(Request), SearchStrategy[Drawn[Request]])
assert_type(defective(InformationItem, "CAT002"), SearchStrategy[Drawn[InformationItem]])
assert_type(defects(InformationItem), Mapping[str, str])
assert_type(records(Request), SearchStrategy[Request])
assert_type(tables(), SearchStrategy[DiscretionTable])
assert_type(calendars(), SearchStrategy[TableCalendar])


@given(compliant(Request))
def reads_what_was_drawn(drawn: Drawn[Request]) -> None:
    assert_type(drawn.record, Request)
    assert_type(drawn.as_of, dt.date)


class TestStore(StoreConformance):
    @pytest.fixture
    def make_store(self) -> Callable[..., Store]:
        def make(name: str, types: tuple[RecordType, ...], clock: Callable[[], dt.datetime]) -> Store:
            return MemoryStore(types)

        return make


class TestCalendar(CalendarConformance):
    @pytest.fixture
    def calendar(self) -> Calendar:
        return TableCalendar(name="own", version="1", first=dt.date(2024, 1, 1), flags=b"\1\0" * 300)


class TestScreener(ScreenerConformance):
    @pytest.fixture
    def screener(self) -> Screener:
        raise NotImplementedError
