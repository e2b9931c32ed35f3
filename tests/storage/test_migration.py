"""A store of the first schema is refused with what to do, and migrated wholly or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from govopen.errors import StoreError, StoreTooNew
from govopen.storage.migration import migrate
from govopen.storage.port import Author
from govopen.storage.sql import SqlStore
from govopen.storage.times import from_micros
from govopen.storage.verification import verify
from govopen.testing.conformance.store_records import TYPES, Note, note

# As the first version made its tables, and filled them.
VERSION_1 = """
CREATE TABLE govopen_meta ("key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key"));
CREATE TABLE govopen_attachment (digest TEXT NOT NULL, media_type TEXT NOT NULL, recorded_at BIGINT NOT NULL,
    content BLOB NOT NULL, PRIMARY KEY (digest));
CREATE TABLE govopen_change (seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, id TEXT NOT NULL,
    unit TEXT NOT NULL, revision INTEGER NOT NULL, kind TEXT NOT NULL, at BIGINT NOT NULL);
CREATE TABLE govopen_group (id INTEGER NOT NULL, type TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (id),
    CONSTRAINT govopen_group_type_unit UNIQUE (type, unit));
CREATE TABLE govopen_revision (type TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, unit TEXT NOT NULL,
    kind TEXT NOT NULL, version INTEGER NOT NULL, recorded_at BIGINT NOT NULL, ended_at BIGINT NOT NULL, body BLOB,
    PRIMARY KEY (type, id, revision));
CREATE INDEX govopen_revision_type_unit_id ON govopen_revision (type, unit, id);
CREATE TABLE govopen_record ("key" INTEGER NOT NULL, "group" INTEGER NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL,
    revision INTEGER NOT NULL, version INTEGER NOT NULL, recorded_at BIGINT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY ("key"), CONSTRAINT govopen_record_type_id UNIQUE (type, id),
    FOREIGN KEY("group") REFERENCES govopen_group (id));
CREATE UNIQUE INDEX govopen_record_group_id ON govopen_record ("group", id);
CREATE TABLE govopen_entry ("group" INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL,
    record BIGINT NOT NULL, PRIMARY KEY ("group", field, value, id), FOREIGN KEY("group") REFERENCES govopen_group (id),
    FOREIGN KEY(record) REFERENCES govopen_record ("key")) WITHOUT ROWID;
CREATE INDEX govopen_entry_record ON govopen_entry (record);
INSERT INTO govopen_meta VALUES ('schema', '1'), ('layout:kit-note', '[1, "unit", "about", "tags"]'),
    ('layout:unit', '[1, "id"]');
INSERT INTO govopen_group VALUES (1, 'kit-note', 'u1'), (2, 'kit-note', 'u2');
INSERT INTO govopen_record VALUES (137438953473, 2, 'kit-note', 'a', 2, 1, 2000000,
    CAST('{"about":"new","id":"a","unit":"u2"}' AS BLOB));
INSERT INTO govopen_record VALUES (68719476738, 1, 'kit-note', 'c', 1, 1, 3000000,
    CAST('{"id":"c","unit":"u1"}' AS BLOB));
INSERT INTO govopen_entry VALUES (2, 'about', 'new', 'a', 137438953473);
INSERT INTO govopen_revision VALUES ('kit-note', 'a', 1, 'u1', 'put', 1, 1000000, 2000000,
    CAST('{"about":"old","id":"a","unit":"u1"}' AS BLOB));
INSERT INTO govopen_revision VALUES ('kit-note', 'b', 1, 'u1', 'put', 1, 1000000, 3000000,
    CAST('{"id":"b","unit":"u1"}' AS BLOB));
INSERT INTO govopen_revision VALUES ('kit-note', 'b', 2, 'u1', 'delete', 0, 3000000, 9223372036854775807, NULL);
INSERT INTO govopen_change VALUES (1, 'kit-note', 'a', 'u1', 1, 'put', 1000000),
    (2, 'kit-note', 'b', 'u1', 1, 'put', 1000000), (3, 'kit-note', 'a', 'u2', 2, 'put', 2000000),
    (4, 'kit-note', 'b', 'u1', 2, 'delete', 3000000), (5, 'kit-note', 'c', 'u1', 1, 'put', 3000000);
INSERT INTO govopen_attachment VALUES
    ('fe05bcdcdc4928012781a5f1a2a77cbb5398e106', 'text/plain', 2000000, CAST('x' AS BLOB));
"""
DIGEST = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "s.db"
    execute(path, VERSION_1.replace("fe05bcdcdc4928012781a5f1a2a77cbb5398e106", DIGEST))
    return path


@pytest.fixture
def url(path):
    return f"sqlite:///{path}"


def execute(path, sql):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(sql)


def test_a_store_of_the_first_schema_is_refused_with_what_to_do(url):
    with pytest.raises(StoreError, match=r"version 1, this one reads 2\..*govopen migrate"):
        SqlStore.open(url, TYPES)


def test_migration_keeps_records_revisions_times_and_the_feed(url):
    done = migrate(url)
    assert (done.found, done.version, done.events) == (1, 2, 6)
    with SqlStore.open(url, TYPES) as store:
        assert [stored.record for stored in store.scan(Note)] == [note("a", "u2", about="new"), note("c")]
        assert [held.id for held in store.at(from_micros(1_000_000)).read(Note, "u1")] == ["a", "b"]
        assert [(value, held.id) for value, held in store.read_by(Note, "about", "u2")] == [("new", "a")]
        assert [(change.seq, change.id, change.kind) for change in store.changes()] == [
            (1, "a", "put"),
            (2, "b", "put"),
            (3, "a", "put"),
            (4, "b", "delete"),
            (5, "c", "put"),
        ]
        assert store.attachment(DIGEST).content == b"x"
        assert {(entry.actor, entry.cause) for entry in store.journal()} == {("", "migrate")}
        assert [entry.unit for entry in store.journal()] == ["", "u1", "u1", "u1", "u1", "u2"]


def test_a_migrated_store_verifies_and_is_written_to_as_any_other(url):
    migrate(url)
    with SqlStore.open(url, TYPES) as store:
        assert verify(store).ok
        with store.transaction(Author(actor="x")) as transaction:
            transaction.put(note("a", "u1", about="newer"), expected=2)
            transaction.attach(b"y", "text/plain")
            assert transaction.forget(Note, "b") == 1
        assert verify(store).ok
        assert store.identity


def test_a_record_filed_anew_by_a_later_declaration_verifies_after_migration(path, url):
    execute(path, "UPDATE govopen_change SET unit = 'u9' WHERE seq IN (1, 5)")
    assert migrate(url).events == 8
    with SqlStore.open(url, TYPES) as store:
        assert verify(store).ok


def test_migrating_twice_changes_nothing(path, url):
    migrate(url)
    before = path.read_bytes()
    assert migrate(url).events == 0
    assert path.read_bytes() == before


def test_a_store_that_is_not_whole_stays_as_it_is(path, url):
    execute(path, "DELETE FROM govopen_change WHERE seq = 4")
    before = dump(path)
    with pytest.raises(StoreError, match="nothing was migrated"):
        migrate(url)
    assert dump(path) == before


def dump(path):
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_what_is_no_store_or_a_newer_one_is_refused(path, url, tmp_path):
    with pytest.raises(StoreError, match="There is no store"):
        migrate(f"sqlite:///{tmp_path}/none.db")
    assert not (tmp_path / "none.db").exists()
    execute(path, "UPDATE govopen_meta SET value = '3' WHERE key = 'schema'")
    with pytest.raises(StoreTooNew):
        migrate(url)


def test_a_store_on_a_server_is_migrated_too(postgresql_url):
    import sqlalchemy as sa

    types = {" BLOB": " BYTEA", "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT": "BIGINT PRIMARY KEY"}
    sql = VERSION_1.replace("fe05bcdcdc4928012781a5f1a2a77cbb5398e106", DIGEST).replace(" WITHOUT ROWID", "")
    sql = sql.replace('"key" INTEGER', '"key" BIGINT')
    for theirs, its in types.items():
        sql = sql.replace(theirs, its)
    engine = sa.create_engine(postgresql_url())
    with engine.begin() as connection:
        for statement in sql.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    engine.dispose()
    with pytest.raises(StoreError, match="govopen migrate"):
        SqlStore.open(postgresql_url(), TYPES)
    assert migrate(postgresql_url()).events == 6
    with SqlStore.open(postgresql_url(), TYPES) as store:
        assert verify(store).ok
