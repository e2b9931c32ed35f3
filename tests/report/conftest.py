"""Reports of whole districts: units made of the rules' own cases, checked by all rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import attrs
import pytest

from govopen.checking.engine import Checker
from govopen.checking.result import CheckReport
from govopen.checking.settings import CheckSettings, InstrumentSettings
from govopen.model.base import Record
from govopen.model.units import Unit, UnitKind
from govopen.plugins.registry import Registry
from govopen.rules import samples
from govopen.rules.base import Case
from govopen.testing.memory import MemoryStore

NAMES = (
    "岭安高新技术产业园管理委员会办公室",
    "岭安区人民政府办公室",
    "岭安区城市管理和综合执法局（区城市管理委员会办公室）",
    "Bureau of Housing and Urban-Rural Development",
)


def _renamed(record: Record, unit: str, own: dict[str, str]) -> Record:
    links = ("item", "column", "site", "target")
    found = {name: own.get(getattr(record, name), getattr(record, name)) for name in links if hasattr(record, name)}
    return attrs.evolve(record, id=own[record.id], unit=unit, **found)  # type: ignore[call-arg]


def _unit(number: int, case: Case) -> list[Record]:
    own = {record.id: f"u{number}.{record.id}" for record in case.records}
    (unit,) = [record for record in case.records if isinstance(record, Unit)] or [samples.UNIT]
    unit = attrs.evolve(unit, id=f"u{number}", name=NAMES[number % len(NAMES)])
    return [unit, *(_renamed(record, unit.id, own) for record in case.records if not isinstance(record, Unit))]


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry.load(entry_points=False)


@pytest.fixture(scope="session")
def cases(registry: Registry) -> list[Case]:
    """The cases of all rules, the invalid ones first."""
    return [
        *(case for rule in registry.rules for case in rule.invalid),
        *(case for rule in registry.rules for case in rule.valid),
    ]


@pytest.fixture(scope="session")
def district(registry: Registry) -> Callable[..., CheckReport]:
    """The report of a district with a unit for each case given, and one that no longer exists."""

    def run(
        cases: Iterable[Case],
        as_of: dt.date = dt.date(2011, 12, 31),
        *,
        continues: bool | None = True,
        jurisdiction: str = "",
        **how: Any,
    ) -> CheckReport:
        chosen = InstrumentSettings(id="panyu-2011", jurisdiction=jurisdiction, continues=continues)
        checker = Checker(
            rules=registry.rules,
            types=registry.types,
            library=registry.library,
            calendar_for=registry.calendar_for,
            settings=CheckSettings(instruments=(chosen,)),
        )
        gone = Unit(
            id="gone", name="原卫生局", kind=UnitKind.DEPARTMENT, jurisdiction="CN-440113", until=dt.date(2010, 12, 31)
        )
        records = [record for number, case in enumerate(cases, 1) for record in _unit(number, case)]
        with MemoryStore.of(registry.types, *records, gone) as store:
            noon = dt.datetime(2026, 1, 5, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))
            return checker.check(store, as_of=as_of, generated_at=noon, **how)

    return run


@pytest.fixture(scope="session")
def a_dozen(registry: Registry, district: Callable[..., CheckReport], cases: list[Case]) -> CheckReport:
    """Twelve units, all but one with a defect or more, and measurements."""
    (in_time,) = [rule.valid[0] for rule in registry.rules if rule.code == "CAT006"]
    return district([*cases[:: len(cases) // 11][:11], in_time], detailed=True)
