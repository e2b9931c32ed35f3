"""Workspaces in a temporary folder, and a clock that stands still."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govopen.model.base import Record
from govopen.model.codec import encode
from govopen.model.types import RECORD_TYPES
from govopen.office.clock import FixedClock
from govopen.office.facade import Office
from govopen.plugins.registry import Registry

NAMES = {entry.cls: entry.name for entry in RECORD_TYPES}


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry.load(entry_points=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Office.init(tmp_path / "w")
    return tmp_path / "w"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(dt.datetime(2011, 12, 30, 20, tzinfo=dt.UTC))


@pytest.fixture
def opened(folder: Path, registry: Registry, clock: FixedClock) -> Any:
    with Office.open(folder, registry=registry, clock=clock) as office:
        yield office


@pytest.fixture
def lines(tmp_path: Path) -> Callable[..., Path]:
    """A file of records as JSON lines."""

    def write(*records: Record, name: str = "records") -> Path:
        path = tmp_path / f"{name}.jsonl"
        found = [json.dumps({"type": NAMES[type(record)], **json.loads(encode(record))}) for record in records]
        path.write_text("\n".join(found), encoding="utf-8")
        return path

    return write
