"""The built-in stores pass the kit that plugins are held to."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from govopen.storage.sql import SqlStore
from govopen.testing.conformance.store import StoreConformance
from govopen.testing.memory import MemoryStore


class TestSqlStore(StoreConformance):
    supports_host_transaction = True

    @pytest.fixture
    def make_store(self, tmp_path):
        return lambda name, types, clock: SqlStore.open(f"sqlite:///{tmp_path}/{name}.db", types, clock=clock)

    @pytest.fixture
    def host_transaction(self, tmp_path):
        @contextmanager
        def transaction(name, types, clock, *, commit):
            engine = sa.create_engine(f"sqlite:///{tmp_path}/{name}.db")
            with engine.connect() as connection:
                yield SqlStore.within(connection, types, clock=clock)
                connection.commit() if commit else connection.rollback()
            engine.dispose()

        return transaction


class TestPostgresqlStore(StoreConformance):
    supports_host_transaction = True
    examples = 8

    @pytest.fixture
    def make_store(self, postgresql_url):
        return lambda name, types, clock: SqlStore.open(postgresql_url(name), types, clock=clock)

    @pytest.fixture
    def host_transaction(self, postgresql_url):
        @contextmanager
        def transaction(name, types, clock, *, commit):
            engine = sa.create_engine(postgresql_url(name))
            with engine.connect() as connection:
                yield SqlStore.within(connection, types, clock=clock)
                connection.commit() if commit else connection.rollback()
            engine.dispose()

        return transaction


class TestTemporarySqlStore(StoreConformance):
    supports_reopening = False

    @pytest.fixture
    def make_store(self):
        return lambda _, types, clock: SqlStore.open("sqlite://", types, clock=clock)


class TestMemoryStore(StoreConformance):
    supports_reopening = False

    @pytest.fixture
    def make_store(self):
        return lambda _, types, clock: MemoryStore(types, clock=clock)
