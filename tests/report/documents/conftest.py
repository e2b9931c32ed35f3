"""What the public may know of a unit, from records in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from govopen.checking.settings import CheckSettings, InstrumentSettings
from govopen.model.base import Record
from govopen.model.catalog import Category, InformationItem
from govopen.model.published import public_digest
from govopen.office.clock import FixedClock
from govopen.office.workspace import Workspace
from govopen.plugins.registry import Registry
from govopen.report.documents.source import UnitSource
from govopen.rules import samples
from govopen.testing.memory import MemoryStore
from govopen.testing.parcels import disclosed

SourceOf = Callable[..., UnitSource]
Public = Callable[..., InformationItem]
TODAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry.load(entry_points=False)


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    settings = CheckSettings(instruments=(InstrumentSettings(id="panyu-2011"),))
    return Workspace(folder=Path(), name="示例", store_url="memory://", settings=settings)


@pytest.fixture(scope="session")
def source_of(registry: Registry, workspace: Workspace) -> SourceOf:
    """The records as documents of a day may show them on 2 March 2026; with the sample unit."""

    def made(*records: Record, as_of: dt.date | None = samples.YEAR_END, now: dt.datetime = TODAY) -> UnitSource:
        units = () if any(record.id == samples.UNIT.id for record in records) else (samples.UNIT,)
        store = MemoryStore.of(registry.types, *units, *records)
        return UnitSource.over(store, workspace, registry, as_of=as_of, clock=FixedClock(now))

    return made


@pytest.fixture(scope="session")
def public() -> Public:
    """An item that was reviewed, and decided to be disclosed proactively, as it stands."""

    def made(id_: str, category: Category = Category.OTHER, **changes: Any) -> InformationItem:
        item = disclosed(id_, category, **changes)
        return attrs.evolve(item, digest=public_digest(item))

    return made
