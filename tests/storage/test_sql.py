"""What the SQL store does beyond the port: files, temporary stores, writers at once, memory."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
import tracemalloc
from pathlib import Path

import attrs
import pytest
import sqlalchemy as sa

from govopen.errors import StoreError, StoreTooNew
from govopen.storage import schema
from govopen.storage.sql import SqlStore
from govopen.testing.conformance.store_records import TYPES, Note, note, unit


@pytest.fixture
def path(tmp_path):
    return tmp_path / "records.db"


@pytest.fixture
def url(path):
    return f"sqlite:///{path}"


def fill(url, *records):
    with SqlStore.open(url, TYPES) as store, store.transaction() as transaction:
        transaction.put_many(records)


class TestOpening:
    def test_makes_the_store_where_there_is_none(self, url, path):
        SqlStore.open(url, TYPES).close()
        assert path.exists()

    def test_takes_an_empty_file_for_a_new_store(self, url, path):
        path.touch()
        with SqlStore.open(url, TYPES) as store:
            assert list(store.units()) == []

    def test_makes_nothing_if_told_so(self, url, path):
        with pytest.raises(StoreError, match="There is no store"):
            SqlStore.open(url, TYPES, create=False)
        assert not path.exists()
        fill(url, note("n"))
        with SqlStore.open(url, TYPES, create=False) as store:
            assert store.count(Note) == 1

    def test_says_that_a_folder_is_missing(self, tmp_path):
        with pytest.raises(StoreError, match="folder exists"):
            SqlStore.open(f"sqlite:///{tmp_path}/missing/records.db", TYPES)

    def test_refuses_a_file_that_is_no_database_and_leaves_it_alone(self, url, path):
        path.write_text("编号,名称\n" * 500, encoding="utf-8")
        before = path.read_bytes()
        with pytest.raises(StoreError, match="no SQLite database"):
            SqlStore.open(url, TYPES)
        assert path.read_bytes() == before

    def test_refuses_another_programs_database_and_leaves_it_alone(self, url, path):
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE theirs (id)")
        connection.close()
        before = path.read_bytes()
        with pytest.raises(StoreError, match="not a govopen store"):
            SqlStore.open(url, TYPES)
        assert path.read_bytes() == before

    def test_refuses_a_store_of_a_newer_govopen(self, url, path):
        fill(url)
        set_schema_version(path, "3")
        with pytest.raises(StoreTooNew, match=r"schema is version 3, this govopen reads 2\. Upgrade govopen"):
            SqlStore.open(url, TYPES)

    @pytest.mark.parametrize("version", ["", "0", "one", None])
    def test_refuses_a_store_without_a_version(self, url, path, version):
        fill(url)
        set_schema_version(path, version)
        with pytest.raises(StoreError, match="does not say which version"):
            SqlStore.open(url, TYPES)

    @pytest.mark.parametrize("url", ["mysql://seat/records", "records.db", "", "sqlite"])
    def test_refuses_an_address_of_another_kind_without_repeating_it(self, url):
        with pytest.raises(StoreError, match=r"sqlite:///records\.db") as refused:
            SqlStore.open(url, TYPES)
        assert "seat" not in str(refused.value)

    @pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
    def test_a_temporary_store_is_its_own_and_goes_when_closed(self, url):
        with SqlStore.open(url, TYPES) as one, SqlStore.open(url, TYPES) as two:
            with one.transaction() as transaction:
                transaction.put(note("n"))
            assert one.count(Note) == 1
            assert two.count(Note) == 0
            folder = Path(one._place.folder.name)
            assert folder.is_dir()
        assert not folder.exists()

    def test_opened_by_two_threads_at_once_it_is_made_once(self, url):
        stores = []
        threads = [threading.Thread(target=lambda: stores.append(SqlStore.open(url, TYPES))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(stores) == 4
        for store in stores:
            assert list(store.units()) == []
            store.close()


def set_schema_version(path, version):
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM govopen_meta WHERE key = 'schema'")
    if version is not None:
        connection.execute("INSERT INTO govopen_meta VALUES ('schema', ?)", (version,))
    connection.commit()
    connection.close()


class TestTransactions:
    def test_a_rollback_leaves_no_row_in_any_table(self, url, path):
        fill(url)
        before = rows(path)
        with SqlStore.open(url, TYPES) as store:
            with pytest.raises(ZeroDivisionError), store.transaction() as transaction:
                write_and_fail(transaction)
            assert rows(path) == before
            with store.transaction() as transaction:
                write_everything(transaction)
        assert rows(path).keys() == before.keys()
        assert all(rows(path)[table] > before[table] for table in before if table != "govopen_meta")

    def test_writers_in_threads_lose_no_write(self, url):
        fill(url, note("n", text="0"))

        def add() -> None:
            with SqlStore.open(url, TYPES) as store:
                for _ in range(20):
                    with store.transaction() as transaction:
                        there = transaction.get(Note, "n")
                        more = attrs.evolve(there.record, text=str(int(there.record.text) + 1))
                        transaction.put(more, expected=there.revision)

        threads = [threading.Thread(target=add) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with SqlStore.open(url, TYPES) as store:
            assert store.get(Note, "n").record.text == "80"
            assert store.get(Note, "n").revision == 81

    def test_a_writer_that_waits_too_long_is_told_that_the_store_is_busy(self, url, monkeypatch):
        monkeypatch.setattr("govopen.storage.sqlite.BUSY_SECONDS", 0)
        with SqlStore.open(url, TYPES) as one, SqlStore.open(url, TYPES) as two, one.transaction():
            waits = two.transaction()
            with pytest.raises(StoreError, match="busy"):
                waits.__enter__()

    def test_a_scan_that_is_left_early_keeps_nobody_waiting(self, url):
        fill(url, *[note(f"{n:04}") for n in range(1500)])
        with SqlStore.open(url, TYPES) as store:
            for _ in range(40):
                assert next(store.scan(Note)).record.id == "0000"
            with store.transaction() as transaction:
                transaction.put(note("new"))

    def test_a_unit_that_changes_in_bulk_moves_all_its_records(self, url):
        fill(url, *[note(f"{n:04}", about="x") for n in range(1200)])
        with SqlStore.open(url, TYPES) as store:
            with store.transaction() as transaction:
                transaction.put_many((note(f"{n:04}", "u2", about="x") for n in range(0, 1200, 2)), replace=True)
            assert [n.id for n in store.read(Note, "u2")] == [f"{n:04}" for n in range(0, 1200, 2)]
            assert [n.id for _, n in store.read_by(Note, "about", "u1")] == [f"{n:04}" for n in range(1, 1200, 2)]


def write_everything(transaction):
    transaction.put_many([unit("u1"), note("a", about="x"), note("b", about="y")])
    transaction.put(note("a", about="z"))
    transaction.delete(Note, "b")
    transaction.attach(b"file", "text/plain")


def write_and_fail(transaction):
    write_everything(transaction)
    raise ZeroDivisionError


def rows(path):
    connection = sqlite3.connect(path)
    counts = {
        table.name: connection.execute(str(sa.select(sa.func.count()).select_from(table))).fetchone()[0]
        for table in schema.metadata.sorted_tables
    }
    connection.close()
    return counts


def test_a_scan_takes_the_memory_of_a_chunk_however_many_there_are(url):
    fill(url, *[note(f"{n:05}", about="x", text="全文" * 50) for n in range(12_000)])

    def peak(read):
        tracemalloc.start()
        for _ in read():
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    with SqlStore.open(url, TYPES) as store:
        reads = (
            lambda: store.read(Note, "u1"),
            lambda: store.read_by(Note, "about", "u1"),
            lambda: store.scan(Note),
            lambda: store.scan(Note, known_at=dt.datetime.now(dt.UTC)),
            store.changes,
        )
        for read in reads:
            assert sum(1 for _ in read()) == 12_000
            # All bodies together take 5 MB.
            assert peak(read) < 2_000_000
