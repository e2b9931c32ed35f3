"""The fixtures of the pytest plugin, as a unit's own tests use them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import attrs
import pytest

from govopen.errors import GovopenError, InputError
from govopen.interchange.load import load
from govopen.model.base import Record
from govopen.model.catalog import Category
from govopen.model.codec import decoder, encode
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Duty, Unit
from govopen.office.clock import SHANGHAI
from govopen.office.facade import Office
from govopen.plugins.registry import Registry
from govopen.testing.building import Builder
from govopen.testing.clock import SettableClock


def test_an_office_stands_at_the_time_of_the_clock(
    govopen_office: Office, govopen_clock: SettableClock, govopen_build: Builder
) -> None:
    assert govopen_office.today == dt.date(2026, 3, 2)
    with govopen_office.store.transaction() as transaction:
        transaction.put(govopen_build.unit(Duty.FEES))
    govopen_clock.set("2011-12-31")

    report = govopen_office.check()

    assert report.as_of == dt.date(2011, 12, 31)
    assert list(report.units) == ["bureau"]


def test_each_test_has_an_office_of_its_own(govopen_office: Office, govopen_workspace: Path, tmp_path: Path) -> None:
    assert list(govopen_office.store.units()) == []
    assert govopen_office.workspace.folder == govopen_workspace
    assert govopen_workspace.is_relative_to(tmp_path)


@pytest.mark.parametrize("cls", [entry.cls for entry in RECORD_TYPES], ids=lambda cls: cls.__name__)
def test_there_is_an_example_of_every_record_type_that_a_store_keeps(govopen_build: Builder, cls: type[Record]) -> None:
    record = govopen_build(cls)

    assert type(record) is cls
    assert decoder(cls)(encode(record)) == record
    assert govopen_build(cls, id="another").id == "another"


def test_examples_pass_an_import(govopen_build: Builder, govopen_registry: Registry, tmp_path: Path) -> None:
    for entry in RECORD_TYPES:
        (tmp_path / f"{entry.name}.jsonl").write_bytes(encode(govopen_build(entry.cls)) + b"\n")
        (file,) = load([tmp_path / f"{entry.name}.jsonl"], govopen_registry.types, type_name=entry.name)
        assert [record.record for record in file] == [govopen_build(entry.cls)]


def test_fields_and_kinds_can_be_changed(govopen_build: Builder) -> None:
    assert govopen_build.item(Category.FEE, title="甲").title == "甲"
    assert govopen_build.item(Category.FEE).fee is not None
    assert govopen_build.evidence("panyu-2011:1.1/o2").obligation == "panyu-2011:1.1/o2"
    assert govopen_build.unit(Duty.FEES, id="x").duties_on(dt.date(2011, 12, 31)) == {Duty.FEES}
    with pytest.raises(TypeError):
        govopen_build.item(titel="甲")


def test_a_record_of_a_plugin_is_taken_from_the_cases_of_its_rules(govopen_registry: Registry) -> None:
    @attrs.frozen(kw_only=True)
    class Visit(Record):
        unit: str

    class Cases:
        def __init__(self, *records: Record) -> None:
            self.records = records

    class Rules:
        def __init__(self, *cases: Any) -> None:
            self.rules = [type("R", (), {"valid": cases})]

    first = Visit(id="v1", unit="bureau")
    build = Builder(Rules(Cases(first)))  # type: ignore[arg-type]
    assert build(Visit, id="v2") == attrs.evolve(first, id="v2")
    with pytest.raises(InputError, match="no rule has a valid case with one"):
        Builder(govopen_registry)(Visit)


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        ("2011-05-04", dt.datetime(2011, 5, 4, 9, tzinfo=SHANGHAI)),
        (dt.date(2011, 5, 4), dt.datetime(2011, 5, 4, 9, tzinfo=SHANGHAI)),
        ("2011-05-03T20:00:00+00:00", dt.datetime(2011, 5, 4, 4, tzinfo=SHANGHAI)),
        (dt.datetime(2011, 5, 3, 20, tzinfo=dt.UTC), dt.datetime(2011, 5, 4, 4, tzinfo=SHANGHAI)),
    ],
)
def test_the_clock_takes_days_and_times(govopen_clock: SettableClock, to: Any, shown: dt.datetime) -> None:
    govopen_clock.set(to)

    assert govopen_clock.now() == shown
    assert govopen_clock.today == dt.date(2011, 5, 4)


def test_the_clock_goes_on_by_the_hour_and_over_midnight(govopen_clock: SettableClock) -> None:
    govopen_clock.set("2011-05-04")
    govopen_clock.advance(days=1, hours=15)

    assert govopen_clock.now() == dt.datetime(2011, 5, 6, tzinfo=SHANGHAI)


@pytest.mark.parametrize("to", ["noon", "2011-02-30", "2011-05-04T09:00:00", dt.datetime(2011, 5, 4)])  # noqa: DTZ001
def test_what_is_no_time_in_any_zone_is_refused(govopen_clock: SettableClock, to: Any) -> None:
    before = govopen_clock.now()

    with pytest.raises(GovopenError):
        govopen_clock.set(to)
    assert govopen_clock.now() == before


def test_the_unit_of_an_example_is_that_of_the_others(govopen_build: Builder) -> None:
    assert {govopen_build(entry.cls).unit for entry in RECORD_TYPES if entry.cls is not Unit} == {  # type: ignore[attr-defined]
        govopen_build.unit().id
    }
