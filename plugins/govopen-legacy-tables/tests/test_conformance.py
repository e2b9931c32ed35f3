"""Stores over tables of another system pass the kit that all stores are held to, with what they declare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from govopen_legacy_tables_kit_tables import fill_tables, make_tables, write_mapping

from govopen.model.base import Record, RecordType
from govopen.storage.port import Clock, Store
from govopen.testing.conformance.store import StoreConformance
from govopen.testing.conformance.store_capabilities import Fill
from govopen.testing.conformance.store_machine import MakeStore
from govopen_legacy_tables import legacy_store

DatabaseUrl = Callable[[str], str]


class Places:
    """Databases with the tables, by name."""

    def __init__(self, url: DatabaseUrl) -> None:
        self._url = url
        self._engines: dict[str, sa.Engine] = {}

    def engine(self, name: str) -> sa.Engine:
        if name not in self._engines:
            self._engines[name] = sa.create_engine(self._url(name))
            make_tables(self._engines[name])
        return self._engines[name]

    def open(self, name: str, types: Iterable[RecordType], clock: Clock, mapping: Path) -> Store:
        self.engine(name)
        joint = "&" if "?" in self._url(name) else "?"
        return legacy_store(f"legacy+{self._url(name)}{joint}mapping={mapping}", types, clock=clock)

    def close(self) -> None:
        for engine in self._engines.values():
            engine.dispose()


class _Legacy(StoreConformance):
    # Columns are read as an import reads cells, and cannot bring a body up to another version.
    supports_any_text = False
    supports_versions = False
    mode: str

    @pytest.fixture
    def url(self, sqlite_url: DatabaseUrl) -> DatabaseUrl:
        return sqlite_url

    @pytest.fixture
    def places(self, url: DatabaseUrl) -> Iterator[Places]:
        found = Places(url)
        yield found
        found.close()

    @pytest.fixture
    def make_store(self, places: Places, tmp_path: Path) -> MakeStore:
        mapping = write_mapping(tmp_path, mode=self.mode)
        return lambda name, types, clock: places.open(name, types, clock, mapping)


class _ReadOnly(_Legacy):
    mode = "read-only"
    supports_writing = False
    supports_known_at = False
    supports_journal = False
    supports_changes = False
    supports_attachments = False
    supports_other_types = False

    @pytest.fixture
    def fill(self, places: Places) -> Fill:
        def fill(name: str, records: Iterable[Record]) -> None:
            fill_tables(places.engine(name), records)

        return fill


class _ReadWrite(_Legacy):
    mode = "read-write"


class TestReadOnlySqlite(_ReadOnly):
    pass


class TestReadWriteSqlite(_ReadWrite):
    examples = 4


class TestReadOnlyPostgresql(_ReadOnly):
    @pytest.fixture
    def url(self, postgresql_url: DatabaseUrl) -> DatabaseUrl:
        return postgresql_url


class TestReadWritePostgresql(_ReadWrite):
    examples = 1

    @pytest.fixture
    def url(self, postgresql_url: DatabaseUrl) -> DatabaseUrl:
        return postgresql_url
