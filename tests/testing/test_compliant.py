"""Compliant records are compliant, and such as an import takes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from govopen.interchange.load import load
from govopen.model.base import Record
from govopen.model.catalog import Category
from govopen.model.codec import encode
from govopen.model.discretion import DiscretionTable, PenaltyDecision
from govopen.model.published import public_digest
from govopen.model.publishing import Delivery, Observation, ScreeningOverride
from govopen.model.requests import RequestKind
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Unit
from govopen.rules import samples
from govopen.testing.compliant import Setting, legal_days
from govopen.testing.compliant_discretion import benchmarks
from govopen.testing.compliant_items import disclosed, items
from govopen.testing.compliant_publishing import on_its_way
from govopen.testing.compliant_requests import requests
from govopen.testing.compliant_units import whole_units
from govopen.testing.mutation import objections

Whole = tuple[dt.date, tuple[Record, ...]]
ENFORCING = Setting(samples.unit(roles=samples.ENFORCER.roles), dt.date(2021, 6, 1))
MANY_DRAWS = list(HealthCheck)
OF_DISCRETION = {"discretion-table", "penalty-decision"}
BETWEEN_RECORD_AND_SITE = {"delivery", "observation", "screening-override"}
# That there is such a draw is asked, and not for the simplest.
FIRST = settings(max_examples=500, database=None, phases=[Phase.generate])


def _setting(whole: Whole) -> tuple[Setting, tuple[Record, ...]]:
    as_of, (unit, *others) = whole
    assert isinstance(unit, Unit)
    return Setting(unit, as_of), tuple(others)


@settings(max_examples=40, suppress_health_check=MANY_DRAWS)
@given(whole_units())
def test_of_a_whole_unit_nothing_is_said_but_that_something_is_awaited(whole: Whole) -> None:
    setting, records = _setting(whole)
    assert objections(setting, records) == {}


@settings(max_examples=15, suppress_health_check=[*MANY_DRAWS, HealthCheck.function_scoped_fixture])
@given(whole=whole_units())
def test_an_import_takes_them_as_they_are(whole: Whole, tmp_path: Path) -> None:
    _, records = whole
    names = {entry.cls: entry.name for entry in RECORD_TYPES}
    lines = [json.dumps({"type": names[type(record)], **json.loads(encode(record))}) for record in records]
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    (loaded,) = load([path], RECORD_TYPES)
    assert [entry.record for entry in loaded] == list(records)


@settings(max_examples=15, suppress_health_check=MANY_DRAWS)
@given(whole_units())
def test_there_is_a_record_of_each_type_and_no_identifier_twice(whole: Whole) -> None:
    _, records = whole
    keys = [(type(record), record.id) for record in records]
    assert len(keys) == len(set(keys))
    sometimes = (
        {"evidence", "judgement", "nil-return", "publication", "request"} | BETWEEN_RECORD_AND_SITE | OF_DISCRETION
    )
    assert {entry.name for entry in RECORD_TYPES} - sometimes <= {
        entry.name for entry in RECORD_TYPES if entry.cls in {cls for cls, _ in keys}
    }


@pytest.mark.parametrize("new", [False, True], ids=["2007", "2019"])
def test_days_under_both_laws_are_drawn(new: bool) -> None:
    assert find(legal_days(), lambda day: (day >= dt.date(2019, 5, 15)) is new)


@pytest.mark.parametrize("field", ["corrections", "extension", "suspensions"])
def test_requests_that_took_longer_are_drawn(field: str) -> None:
    setting = Setting(samples.UNIT, dt.date(2021, 6, 1))
    assert find(
        requests(setting), lambda request: bool(getattr(request, field)) and request.reply is not None, settings=FIRST
    )


@pytest.mark.parametrize("kind", [RequestKind.ENQUIRY, RequestKind.INFORMATION])
def test_enquiries_and_open_requests_are_drawn(kind: RequestKind) -> None:
    setting = Setting(samples.UNIT, dt.date(2012, 6, 1))
    assert find(requests(setting), lambda request: request.kind is kind and request.reply is None, settings=FIRST)


@pytest.mark.parametrize("cls", [Delivery, Observation, ScreeningOverride])
def test_what_lies_between_record_and_site_is_drawn(cls: type[Record]) -> None:
    setting = Setting(samples.UNIT, dt.date(2021, 6, 1))
    drawn = disclosed(setting, Category.FEE).flatmap(lambda records: on_its_way(setting, records))
    first = settings(max_examples=200, database=None, phases=[Phase.generate])
    assert find(drawn, lambda records: any(isinstance(record, cls) for record in records), settings=first)


@settings(max_examples=40)
@given(benchmarks(ENFORCING))
def test_decisions_lie_within_tables_that_hold_what_is_asked_of_them(records: tuple[Record, ...]) -> None:
    assert objections(ENFORCING, records) == {}


def test_decisions_are_drawn() -> None:
    first = settings(max_examples=100, database=None, phases=[Phase.generate])
    assert find(benchmarks(ENFORCING), lambda records: isinstance(records[-1], PenaltyDecision), settings=first)


def test_units_that_enforce_are_drawn_with_tables_and_without() -> None:
    first = settings(max_examples=400, database=None, phases=[Phase.generate], suppress_health_check=MANY_DRAWS)
    drawn = whole_units(dt.date(2012, 6, 1)).map(lambda whole: _roles_and_tables(*_setting(whole)))
    seen: set[tuple[str, bool]] = set()

    def both(found: set[tuple[str, bool]]) -> bool:
        seen.update(found)
        return {("enforcement_body", True), ("enforcement_body", False)} <= seen

    assert find(drawn, both, settings=first)


def _roles_and_tables(setting: Setting, records: tuple[Record, ...]) -> set[tuple[str, bool]]:
    tables = any(isinstance(record, DiscretionTable) for record in records)
    return {(role, tables) for role in setting.unit.roles_on(setting.as_of)}


def test_items_are_drawn_with_texts_files_and_an_end_and_their_digest_is_of_all_that_is_shown() -> None:
    setting = Setting(samples.UNIT, dt.date(2021, 6, 1))
    first = settings(max_examples=500, database=None, phases=[Phase.generate])
    item = find(
        items(setting, Category.FEE),
        lambda drawn: bool(drawn.text and drawn.attachments and drawn.valid_until),
        settings=first,
    )
    assert item.digest == public_digest(item)
