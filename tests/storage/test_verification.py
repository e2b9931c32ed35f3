"""Verification: an untouched store verifies, and whatever is changed by another hand is found."""

from __future__ import annotations

import datetime as dt
import sqlite3
import tracemalloc
from contextlib import closing

import attrs
import pytest

from govopen.errors import StoreError
from govopen.storage.chain import Head, event_hash, first_head
from govopen.storage.port import Author
from govopen.storage.sql import SqlStore
from govopen.storage.verification import Flaw, checkpoint, verify
from govopen.testing.conformance.store_records import NOTE, TYPES, UNIT, Note, note
from govopen.testing.memory import MemoryStore


@pytest.fixture
def path(tmp_path):
    return tmp_path / "s.db"


@pytest.fixture
def full(path, write_history):
    """The path of a store with every kind of event in it."""
    with open_(path) as store:
        write_history(store)
    return path


def open_(path, types=TYPES):
    return SqlStore.open(f"sqlite:///{path}", types)


def verify_file(path, known=None):
    with open_(path) as store:
        return verify(store, known)


def run(path, sql, *values):
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(sql, values).rowcount


@pytest.mark.parametrize("make", [lambda: SqlStore.open("sqlite://", TYPES), lambda: MemoryStore(TYPES)])
def test_an_untouched_store_verifies_and_says_where_its_chains_end(make, write_history):
    with make() as store:
        assert verify(store).ok
        write_history(store)
        found = verify(store)
        assert (found.ok, found.first) == (True, None)
        assert found.events == len(list(store.journal()))
        assert found.attachments == 2
        last = {entry.unit: Head(entry.number, entry.hash) for entry in store.journal()}
        assert found.units == last
        assert list(last) == ["", "u1", "u2"]


def test_the_hash_of_an_event_can_be_computed_with_nothing_of_ours(full):
    """As docs/explanation/journal.md writes it down."""
    import base64
    import hashlib
    import json

    with closing(sqlite3.connect(full)) as connection:
        rows = connection.execute("SELECT * FROM govopen_journal WHERE unit = 'u1' ORDER BY number").fetchall()
        body = connection.execute("SELECT salt, version, body FROM govopen_record WHERE id = 'b'").fetchone()
    previous = hashlib.sha256(b"govopen-journal-1\nu1").digest()
    for row in rows:
        event = [base64.b64encode(value).decode() if isinstance(value, bytes) else value for value in row[:13]]
        text = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256(previous + text.encode()).digest()
        assert previous == row[13]
    salt, version, text = body
    assert hashlib.sha256(salt + f"{version}\n".encode() + text).digest() == rows[-1][12]


@pytest.mark.parametrize(
    ("sql", "flaw"),
    [
        ("UPDATE govopen_journal SET actor = 'x' WHERE unit = 'u1' AND number = 2", Flaw.LINK),
        ("DELETE FROM govopen_journal WHERE unit = 'u1' AND number = 2", Flaw.NUMBER),
        ("UPDATE govopen_revision SET body = NULL, salt = NULL, version = 0 WHERE id = 'a'", Flaw.GONE),
        ("UPDATE govopen_revision SET body = x'7b7d' WHERE id = 'a'", Flaw.BODY),
        ("UPDATE govopen_revision SET unit = 'u2' WHERE id = 'a' AND unit = 'u1'", Flaw.MISSING),
        ("DELETE FROM govopen_record WHERE id = 'b'", Flaw.MISSING),
        ("UPDATE govopen_revision SET ended_at = ended_at + 1 WHERE id = 'a'", Flaw.UNJOURNALLED),
        ("UPDATE govopen_attachment SET content = x'00' WHERE content = x'6f6e65'", Flaw.ATTACHMENT),
        ("UPDATE govopen_entry SET record = 7", Flaw.UNJOURNALLED),
        ("DELETE FROM govopen_entry WHERE id = 'b'", Flaw.UNJOURNALLED),
        ("UPDATE govopen_entry SET value = value || '!'", Flaw.UNJOURNALLED),
        ("INSERT INTO govopen_entry SELECT \"group\", field, 'more', id, record FROM govopen_entry", Flaw.UNJOURNALLED),
        ("UPDATE govopen_journal SET unit = CAST(x'ff' AS TEXT) WHERE seq = 3", Flaw.UNREADABLE),
        ("UPDATE govopen_journal SET at = 'now' WHERE unit = 'u1' AND number = 2", Flaw.LINK),
    ],
)
def test_what_is_wrong_is_named(full, sql, flaw):
    run(full, sql)
    found = verify_file(full)
    assert flaw in {broken.flaw for broken in found.breaks}


def test_the_first_broken_event_is_named_for_each_unit_and_overall(full):
    run(
        full,
        "UPDATE govopen_journal SET role = 'x' WHERE (unit = 'u1' AND number >= 2) OR (unit = 'u2' AND number = 1)",
    )
    found = verify_file(full)
    assert [(broken.flaw, broken.unit, broken.number) for broken in found.breaks] == [
        (Flaw.LINK, "u2", 1),
        (Flaw.LINK, "u1", 2),
    ]
    assert found.first.seq == 2
    assert (found.first.type, found.first.id, found.first.revision) == (NOTE.name, "号", 1)
    assert found.units["u1"].number == 1
    assert found.events == len(list(rows(full)))


def rows(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM govopen_journal").fetchall()


def cut_tail(path):
    """Take the last event away with all that it made."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM govopen_entry WHERE id = 'b'")
        connection.execute("DELETE FROM govopen_record WHERE id = 'b'")
        connection.execute("DELETE FROM govopen_journal WHERE seq = (SELECT max(seq) FROM govopen_journal)")


def rewrite(path):
    """Give every event another author and compute the whole journal anew."""
    with closing(sqlite3.connect(path)) as connection, connection:
        heads = {}
        for row in connection.execute("SELECT * FROM govopen_journal ORDER BY seq").fetchall():
            event = (*row[:4], "somebody else", *row[5:13])
            hash_ = event_hash(heads.get(row[1], first_head(row[1]).hash), event)
            heads[row[1]] = hash_
            connection.execute(
                "UPDATE govopen_journal SET actor = ?, hash = ? WHERE seq = ?", (event[4], hash_, row[0])
            )


@pytest.mark.parametrize(("tamper", "flaw"), [(cut_tail, Flaw.CUT), (rewrite, Flaw.REWRITTEN)])
def test_only_a_checkpoint_shows_a_tail_cut_off_and_a_history_rewritten(full, tamper, flaw):
    with open_(full) as store:
        known = checkpoint(store)
    tamper(full)
    assert verify_file(full).ok
    found = verify_file(full, known)
    assert {broken.flaw for broken in found.breaks} == {flaw}
    assert found.first.unit in known.units


def test_a_checkpoint_stays_good_as_the_store_grows(full):
    with open_(full) as store:
        known = checkpoint(store)
        with store.transaction() as transaction:
            transaction.put(note("b", "u2"))
            transaction.forget(Note, "b")
        assert verify(store, known).ok


def test_a_checkpoint_of_another_store_is_told_apart(full, tmp_path):
    with open_(tmp_path / "other.db") as other:
        known = checkpoint(other)
    assert [broken.flaw for broken in verify_file(full, known).breaks] == [Flaw.OTHER_STORE]


def test_no_checkpoint_is_made_of_a_broken_journal(full):
    run(full, "UPDATE govopen_journal SET actor = 'x' WHERE seq = 3")
    with open_(full) as store, pytest.raises(StoreError, match="does not verify"):
        checkpoint(store)


def test_what_was_erased_and_put_back_is_found(full):
    run(
        full,
        "UPDATE govopen_revision SET body = x'7b7d', salt = zeroblob(16), version = 1 WHERE id = '号' AND revision = 1",
    )
    assert verify_file(full).first.flaw is Flaw.BODY


def test_an_erased_record_leaves_no_byte_in_the_file(path):
    told = "某人的身份证号"
    with open_(path) as store:
        for text in (told, "x", told + "2", "y"):
            with store.transaction() as transaction:
                transaction.put(note("n", text=text))
                transaction.put(note("m", text=text))
        with store.transaction() as transaction:
            transaction.delete(Note, "m")
        with store.transaction() as transaction:
            assert transaction.forget(Note, "n") == 3
            assert transaction.forget(Note, "m") == 4
        assert verify(store).ok
    assert told.encode() not in path.read_bytes()
    assert not path.with_name(path.name + "-wal").exists()


def test_a_unit_declared_otherwise_is_journalled_and_verifies(path):
    moved = attrs.evolve(NOTE, unit="about")
    with open_(path) as store, store.transaction() as transaction:
        transaction.put_many([note("a", about="u9"), note("b", about="u1")])
    with open_(path, [UNIT, moved]) as store:
        assert verify(store).ok
        assert [(entry.kind, entry.unit, entry.cause) for entry in store.journal(after=2)] == [
            ("move", "u9", "reindex")
        ]
        with store.transaction() as transaction:
            transaction.put(note("a", about="u8"))
        assert verify(store).ok
    run(path, "UPDATE govopen_revision SET unit = 'u1'")
    with open_(path, [UNIT, moved]) as store:
        assert verify(store).first.flaw is Flaw.MISSING


def put_and_fail(transaction):
    transaction.put(note("b"))
    raise ZeroDivisionError


def test_nested_transactions_on_a_hosts_connection_continue_one_chain(tmp_path):
    import sqlalchemy as sa

    engine = sa.create_engine(f"sqlite:///{tmp_path}/host.db")
    with engine.begin() as connection:
        store = SqlStore.within(connection, TYPES)
        with store.transaction(Author(actor="outer")) as outer:
            outer.put(note("a"))
            with pytest.raises(ZeroDivisionError), store.transaction(Author(actor="undone")) as inner:
                put_and_fail(inner)
            with store.transaction(Author(actor="inner")) as inner:
                inner.put(note("c"))
            outer.put(note("d"))
        assert [entry.actor for entry in store.journal()] == ["outer", "inner", "outer"]
        assert verify(store).ok
    engine.dispose()


def test_verification_takes_the_memory_of_a_chunk_however_many_events_there_are(path):
    with open_(path) as store:
        with store.transaction() as transaction:
            transaction.put_many(note(f"{n:05}", f"u{n % 7}", text="全文" * 50) for n in range(12_000))
        tracemalloc.start()
        assert verify(store).events == 12_000
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    # All bodies together take 5 MB.
    assert most < 2_500_000


def test_the_time_of_a_checkpoint_is_the_clocks(full):
    now = dt.datetime(2011, 12, 31, tzinfo=dt.UTC)
    with open_(full) as store:
        assert checkpoint(store, clock=lambda: now).made_at == now
