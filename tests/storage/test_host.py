"""The SQL store inside the host's own database and transaction."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from govopen.errors import StoreError, StoreTooNew
from govopen.storage.sql import SqlStore
from govopen.testing.conformance.store_records import TYPES, Note, note

THEIRS = sa.Table("theirs", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True))


@pytest.fixture
def host(tmp_path):
    engine = sa.create_engine(f"sqlite:///{tmp_path}/host.db")
    THEIRS.metadata.create_all(engine)
    yield engine
    engine.dispose()


def tables(engine):
    return sa.inspect(engine).get_table_names()


def put(store, *records):
    with store.transaction() as transaction:
        transaction.put_many(records)


def test_both_commit_together(host):
    with host.begin() as connection:
        connection.execute(THEIRS.insert(), {"id": 1})
        put(SqlStore.within(connection, TYPES), note("n"))
    with host.connect() as connection:
        assert connection.scalar(sa.select(THEIRS.c.id)) == 1
        assert SqlStore.within(connection, TYPES).count(Note) == 1


def test_the_hosts_rollback_takes_everything_back_even_the_tables(host):
    with host.connect() as connection:
        put(SqlStore.within(connection, TYPES), note("n"))
        connection.execute(THEIRS.insert(), {"id": 1})
        connection.rollback()
    assert tables(host) == ["theirs"]


def test_the_hosts_exception_takes_our_writes_back(host):
    with host.begin() as connection:
        SqlStore.within(connection, TYPES)
    with pytest.raises(ZeroDivisionError), host.begin() as connection:
        write_and_fail(connection)
    with host.connect() as connection:
        assert SqlStore.within(connection, TYPES).count(Note) == 0


def write_and_fail(connection):
    put(SqlStore.within(connection, TYPES), note("n"))
    raise ZeroDivisionError


def test_a_refused_write_of_ours_leaves_the_hosts_work(host):
    with host.begin() as connection:
        connection.execute(THEIRS.insert(), {"id": 1})
        store = SqlStore.within(connection, TYPES)
        put(store, note("n"))
        with pytest.raises(StoreError):
            put(store, note("m"), note("n"))
        connection.execute(THEIRS.insert(), {"id": 2})
    with host.connect() as connection:
        assert connection.scalars(sa.select(THEIRS.c.id)).all() == [1, 2]
        assert [stored.record.id for stored in SqlStore.within(connection, TYPES).scan(Note)] == ["n"]


def test_a_session_lends_its_connection(host):
    with Session(host) as session:
        session.execute(THEIRS.insert(), {"id": 1})
        put(SqlStore.within(session.connection(), TYPES), note("n"))
        session.commit()
    with Session(host) as session:
        assert SqlStore.within(session.connection(), TYPES).count(Note) == 1


def test_a_host_that_begins_its_transactions_itself_works_alike(tmp_path):
    """SQLAlchemy's recipe for transactions that hold from their first statement."""
    engine = sa.create_engine(f"sqlite:///{tmp_path}/host.db")

    @sa.event.listens_for(engine, "connect")
    def connect(connection, _):
        connection.isolation_level = None

    @sa.event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN")

    with engine.connect() as connection:
        put(SqlStore.within(connection, TYPES), note("n"))
        connection.rollback()
        assert tables(connection) == []
        put(SqlStore.within(connection, TYPES), note("n"))
        connection.commit()
        assert SqlStore.within(connection, TYPES).count(Note) == 1
    engine.dispose()


def test_closing_leaves_the_hosts_connection_open(host):
    with host.connect() as connection:
        SqlStore.within(connection, TYPES).close()
        assert connection.scalar(sa.select(sa.literal(1))) == 1


def test_tables_of_a_newer_govopen_are_refused(host):
    with host.begin() as connection:
        SqlStore.within(connection, TYPES)
        connection.exec_driver_sql("UPDATE govopen_meta SET value = '99' WHERE key = 'schema'")
    with host.connect() as connection, pytest.raises(StoreTooNew):
        SqlStore.within(connection, TYPES)


def test_an_error_shows_no_password_and_no_text_of_a_record(host):
    with host.connect() as connection:
        store = SqlStore.within(connection, TYPES)
        connection.exec_driver_sql("DROP TABLE govopen_record")
        with pytest.raises(StoreError) as failed:
            put(store, note("n", text="某人的身份证号"))
    assert "身份证" not in repr(failed.value) + str(failed.value) + str(failed.value.__cause__)
    assert isinstance(failed.value.__cause__, sa.exc.DBAPIError)
