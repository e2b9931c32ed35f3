"""Beside tables that are only read, govopen keeps records of its own in a companion."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from govopen_legacy_tables_oa_tables import MAPPING, ROWS, TABLES

from govopen.errors import StoreError
from govopen.model.assurance import Evidence
from govopen.model.catalog import InformationItem
from govopen.model.types import RECORD_TYPES
from govopen.storage.port import Author
from govopen.storage.sql import SqlStore
from govopen.testing.conformance.store_machine import run_against_dictionary
from govopen_legacy_tables import legacy_store

COMPANION = 'companion = "sqlite:///own.db"\n' + MAPPING
EVIDENCE = Evidence(
    id="e-1",
    unit="office",
    obligation="panyu-2011:1.1.1/o1",
    digest="0" * 64,
    accepted_on=dt.date(2011, 5, 2),
    accepted_by="张某",
    covers_from=dt.date(2011, 1, 1),
    covers_until=dt.date(2011, 12, 31),
)


@pytest.fixture
def filled(oa: Any) -> Any:
    oa.run(*TABLES, *ROWS)
    return oa


def test_own_records_lie_in_the_companion_and_are_read_together_with_the_tables(filled: Any) -> None:
    store = filled.open(COMPANION)

    with store.transaction(Author(actor="u-7")) as transaction:
        transaction.put(EVIDENCE)
        assert transaction.get(InformationItem, "B-2") is not None
        assert transaction.get(Evidence, "e-1") is not None

    assert (filled.folder / "own.db").is_file()
    assert list(store.read(Evidence, "office")) == [EVIDENCE]
    with store.snapshot() as view:
        assert list(view.read(Evidence, "office")) == [EVIDENCE]
        assert [item.id for item in view.read(InformationItem, "finance")] == ["B-2"]
    assert [(change.type, change.id) for change in store.changes()] == [("evidence", "e-1")]
    assert [entry.actor for entry in store.journal()] == ["u-7"]
    assert list(store.unjournalled()) == []
    assert filled.rows("""SELECT count(*) FROM "T_XXGK" """) == [(3,)]


def test_the_store_is_the_same_when_it_is_opened_again(filled: Any) -> None:
    first = filled.open(COMPANION)
    with first.transaction() as transaction:
        transaction.put(EVIDENCE)

    again = filled.open(COMPANION)

    assert again.identity == first.identity
    assert again.count(Evidence) == 1


def test_a_record_of_the_tables_cannot_be_written(filled: Any) -> None:
    store = filled.open(COMPANION)
    item = store.get(InformationItem, "B-2").record

    for write in (
        lambda transaction: transaction.put(item),
        lambda transaction: transaction.put_many([EVIDENCE, item]),
        lambda transaction: transaction.delete(InformationItem, "B-2"),
        lambda transaction: transaction.forget(InformationItem, "B-2"),
    ):
        with pytest.raises(StoreError) as caught, store.transaction() as transaction:
            write(transaction)
        assert caught.value.facts == {"type": "information-item", "mapping": "oa.toml"}
    assert store.count(Evidence) == 0


def test_without_a_companion_there_is_nothing_else(filled: Any) -> None:
    store = filled.open(MAPPING)

    assert list(store.read(Evidence, "office")) == list(store.scan(Evidence)) == []
    with pytest.raises(StoreError, match="companion"):
        store.transaction()


def test_a_sqlite_file_that_is_only_read_stays_as_it_is_byte_for_byte(sqlite_oa: Any) -> None:
    sqlite_oa.run(*TABLES, *ROWS)
    with sqlite_oa.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    file = sqlite_oa.folder / "oa.db"
    before = file.read_bytes()

    with sqlite_oa.open(COMPANION) as store:
        assert len(list(store.scan(InformationItem))) == 2
        with pytest.raises(Exception, match="readonly"), store._engine.connect() as connection:
            connection.exec_driver_sql('DELETE FROM "T_XXGK"')

    assert file.read_bytes() == before
    assert {path.name for path in sqlite_oa.folder.glob("oa.db*")} == {"oa.db"}


def test_what_is_not_mapped_behaves_like_a_dictionary(sqlite_oa: Any) -> None:
    sqlite_oa.run(*TABLES)
    folder = sqlite_oa.folder

    def make_store(name: str, types: Any, clock: Any) -> Any:
        (folder / f"{name}.toml").write_text(COMPANION.replace("own.db", f"{name}.db"), encoding="utf-8")
        return legacy_store(f"legacy+{sqlite_oa.url}?mapping={folder}/{name}.toml", types, clock=clock)

    with pytest.raises(StoreError):
        make_store("s", (), sqlite_oa.clock).at(sqlite_oa.clock.now)
    run_against_dictionary(make_store, known_at=False, examples=3)


def test_no_text_of_a_cell_reaches_a_log(filled: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "sqlalchemy.pool"):
        logging.getLogger(name).setLevel(logging.INFO)
    try:
        store = filled.open('mode = "read-write"\n' + MAPPING)
        with store.transaction() as transaction:
            record = transaction.get(InformationItem, "B-2").record
            transaction.put(record)
    finally:
        for name in ("sqlalchemy.engine", "sqlalchemy.pool"):
            logging.getLogger(name).setLevel(logging.NOTSET)

    assert caplog.records
    assert "工本费" not in caplog.text


def test_the_companion_is_an_ordinary_store(filled: Any) -> None:
    with filled.open(COMPANION).transaction() as transaction:
        transaction.put(EVIDENCE)

    with SqlStore.open(f"sqlite:///{filled.folder}/own.db", RECORD_TYPES) as own:
        assert own.get(Evidence, "e-1").record == EVIDENCE
