"""The SQL store in PostgreSQL: what differs from a file, and its errors in our words."""

from __future__ import annotations

import sys
import traceback
import tracemalloc

import pytest
import sqlalchemy as sa

from govopen.errors import StoreError
from govopen.storage.engine import open_place
from govopen.storage.port import Author
from govopen.storage.sql import SqlStore
from govopen.storage.verification import verify
from govopen.testing.conformance.store_records import TYPES, Note, note


@pytest.fixture
def url(postgresql_url):
    return postgresql_url()


@pytest.fixture
def host(url):
    engine = sa.create_engine(url)
    yield engine
    engine.dispose()


def test_a_missing_driver_is_named_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r'pip install "govopen\[postgresql\]"'):
        SqlStore.open("postgresql://localhost/records", TYPES)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_a_server_that_is_not_there_is_said_without_user_and_password(scheme):
    with pytest.raises(StoreError, match=r"postgresql://127\.0\.0\.1:9/records cannot be reached") as refused:
        SqlStore.open(f"{scheme}://clerk:geheim@127.0.0.1:9/records", TYPES)
    assert not {"clerk", "geheim"} & set(str(refused.value).replace(":", " ").split())


@pytest.mark.parametrize(
    "address", ["u:p@ss@host/db", "u:p@ss:w0rd@host/db", "u:geheim@host:w0rd/db", "u:p@ss:w0rd@host:ss/db"]
)
def test_an_address_that_cannot_be_read_is_said_without_any_part_of_the_password(address):
    """A password with an ``@`` in it ends where the driver expects a port, and the driver would quote it."""
    with pytest.raises(StoreError, match=r"is of another kind|an @ too many") as refused:
        open_place(f"postgresql://{address}")
    told = "".join(traceback.format_exception(refused.value))
    said = f"{refused.value}{refused.value.facts}{refused.value.__cause__}{refused.value.__context__}"
    for part in ("w0rd", "p@ss", "ss@host", "geheim"):
        assert part not in said
        assert part not in told


def test_a_database_that_is_not_there_is_said(postgresql_server):
    url = sa.make_url(postgresql_server).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(StoreError, match="cannot be reached, or does not let you in"):
        SqlStore.open(url, TYPES)


def test_either_scheme_is_opened_with_psycopg(url):
    place = open_place(url.replace("postgresql+psycopg", "postgresql"))
    assert place.engine.dialect.driver == "psycopg"
    place.engine.dispose()


def test_nothing_is_made_if_told_so(url, host):
    with pytest.raises(StoreError, match="There is no store"):
        SqlStore.open(url, TYPES, create=False)
    assert sa.inspect(host).get_table_names() == []


def test_a_writer_that_waits_too_long_is_told_that_the_store_is_busy(url, monkeypatch):
    monkeypatch.setattr("govopen.storage.postgresql.BUSY_SECONDS", 0.05)
    with SqlStore.open(url, TYPES) as one, SqlStore.open(url, TYPES) as two, one.transaction():
        waits = two.transaction()
        with pytest.raises(StoreError, match="busy"):
            waits.__enter__()


def test_a_reader_waits_for_no_writer(url):
    with SqlStore.open(url, TYPES) as store, store.transaction() as transaction:
        transaction.put(note("n"))
        assert store.get(Note, "n") is None
        assert list(store.scan(Note)) == []
        assert verify(store).events == 0


def test_what_only_reads_cannot_write(url):
    with SqlStore.open(url, TYPES) as store, store.reading() as connection:
        assert connection.scalar(sa.text("SHOW transaction_isolation")) == "repeatable read"
        with pytest.raises(sa.exc.DBAPIError):
            connection.execute(sa.text("DELETE FROM govopen_journal"))


def test_two_schemas_of_one_database_are_two_stores_that_do_not_wait_for_each_other(postgresql_url):
    with SqlStore.open(postgresql_url("a"), TYPES) as one, SqlStore.open(postgresql_url("b"), TYPES) as other:
        with one.transaction() as first, other.transaction() as second:
            first.put(note("n"))
            second.put(note("m"))
        assert one.identity != other.identity
        assert [stored.record.id for stored in other.scan(Note)] == ["m"]


def test_a_hosts_lock_timeout_stays_as_it_set_it(host):
    with host.begin() as connection:
        connection.execute(sa.text("SET LOCAL lock_timeout = '7s'"))
        with SqlStore.within(connection, TYPES).transaction() as transaction:
            transaction.put(note("n"))
        assert connection.scalar(sa.text("SHOW lock_timeout")) == "7s"


def test_writes_in_a_hosts_transaction_wait_for_the_stores_own_writers(url, host, monkeypatch):
    monkeypatch.setattr("govopen.storage.postgresql.BUSY_SECONDS", 0.05)
    with SqlStore.open(url, TYPES) as store:
        with store.transaction(), host.connect() as connection:
            within = SqlStore.within(connection, TYPES).transaction()
            with pytest.raises(StoreError, match="busy"):
                within.__enter__()
        with host.begin() as connection, SqlStore.within(connection, TYPES).transaction(Author(actor="h")) as both:
            both.put(note("n"))
        assert [entry.actor for entry in store.journal()] == ["h"]
        assert verify(store).ok


def test_a_host_that_sees_the_database_of_earlier_cannot_break_the_chain(url):
    """It read before somebody else wrote, and its snapshot does not hold the new end of the chain."""
    engine = sa.create_engine(url, isolation_level="REPEATABLE READ")
    with SqlStore.open(url, TYPES) as store, engine.connect() as connection:
        within = SqlStore.within(connection, TYPES)
        assert within.count(Note) == 0
        with store.transaction() as transaction:
            transaction.put(note("theirs"))
        with pytest.raises(StoreError), within.transaction() as transaction:
            transaction.put(note("late"))
        connection.rollback()
        with within.transaction() as transaction:
            transaction.put(note("late"))
        connection.commit()
        assert verify(store).ok
        assert store.count(Note) == 2
    engine.dispose()


def test_an_error_shows_no_text_of_a_record(url, host):
    with SqlStore.open(url, TYPES) as store:
        with host.begin() as connection:
            connection.exec_driver_sql("DROP TABLE govopen_record CASCADE")
        with pytest.raises(StoreError) as failed, store.transaction() as transaction:
            transaction.put(note("n", text="某人的身份证号"))
    assert "身份证" not in repr(failed.value) + str(failed.value) + str(failed.value.__cause__)


def test_a_text_that_the_server_cannot_hold_is_refused(url):
    with SqlStore.open(url, TYPES) as store:
        with pytest.raises(StoreError, match="DataError"), store.transaction() as transaction:
            transaction.put(note("n", about="a\0b"))
        assert store.count(Note) == 0


def test_a_scan_takes_the_memory_of_a_chunk_however_many_there_are(url):
    with SqlStore.open(url, TYPES) as store:
        with store.transaction() as transaction:
            transaction.put_many(note(f"{n:05}", about="x", text="全文" * 50) for n in range(12_000))
        reads = (
            lambda: store.read(Note, "u1"),
            lambda: store.read_by(Note, "about", "u1"),
            lambda: store.scan(Note),
            store.changes,
            store.journal,
        )
        for read in reads:
            tracemalloc.start()
            assert sum(1 for _ in read()) == 12_000
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            # All bodies together take 5 MB.
            assert most < 4_000_000


def test_a_scan_that_is_left_early_keeps_nobody_waiting(url):
    with SqlStore.open(url, TYPES) as store:
        with store.transaction() as transaction:
            transaction.put_many(note(f"{n:04}") for n in range(1500))
        for _ in range(10):
            assert next(store.scan(Note)).record.id == "0000"
        with store.transaction() as transaction:
            transaction.put(note("new"))
