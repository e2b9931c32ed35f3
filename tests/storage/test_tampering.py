"""Whatever another hand changes in the tables of a store is found, in any history."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govopen.storage.port import Author
from govopen.storage.sql import SqlStore
from govopen.storage.verification import checkpoint, verify
from govopen.testing.conformance.store_records import TYPES, Note, note

TABLES = ["govopen_journal", "govopen_record", "govopen_revision", "govopen_attachment"]

SURROGATES = {("govopen_record", "key")}
"""A number that the row has for itself and that says nothing of the record."""


IDS = ["a", "号", "𠀀"]
AUTHORS = [Author(actor="u-7", role="drafter", cause="disclosure.draft"), Author(cause="import"), Author()]


def _put(id_, unit, text):
    return lambda transaction: transaction.put(note(id_, unit, text=text, about=text[:1]))


def _delete(id_):
    return lambda transaction: transaction.delete(Note, id_)


def _forget(id_):
    return lambda transaction: transaction.forget(Note, id_)


def _attach(content):
    return lambda transaction: transaction.attach(content, "text/plain")


def _discard(content):
    return lambda transaction: transaction.discard(hashlib.sha256(content).hexdigest())


_ids = st.sampled_from(IDS)
_steps = st.one_of(
    st.builds(_put, _ids, st.sampled_from(["u1", "u2", "单位"]), st.sampled_from(["", "x", "甲乙"])),
    st.builds(_put, _ids, st.sampled_from(["u1", "u2"]), st.text(max_size=3)),
    st.builds(_delete, _ids),
    st.builds(_forget, _ids),
    st.builds(_attach, st.sampled_from([b"", b"one", b"two"])),
    st.builds(_discard, st.sampled_from([b"", b"one"])),
)

histories = st.lists(
    st.tuples(st.sampled_from(AUTHORS), st.lists(_steps, min_size=1, max_size=5)), min_size=1, max_size=5
)
"""Transactions: an author and steps each."""


def write(store, history):
    for author, steps in history:
        with store.transaction(author) as transaction:
            for step in steps:
                step(transaction)


def open_(path, types=TYPES):
    return SqlStore.open(f"sqlite:///{path}", types)


def verify_file(path, known=None):
    with open_(path) as store:
        return verify(store, known)


def table(connection, name):
    found = connection.execute(f"SELECT rowid, * FROM {name} ORDER BY rowid")  # noqa: S608 - names of ours
    return [column[0] for column in found.description][1:], found.fetchall()


def bent(draw, value):
    """The value with one byte, bit or character changed."""
    if value is None:
        return draw(st.sampled_from([b"", b"{}", 0]))
    if isinstance(value, int):
        return value ^ (1 << draw(st.integers(0, 62)))
    if not value:
        return draw(st.sampled_from(["x", b"x"]))
    place = draw(st.integers(0, len(value) - 1))
    if isinstance(value, bytes):
        return value[:place] + bytes([value[place] ^ (1 << draw(st.integers(0, 7)))]) + value[place + 1 :]
    return value[:place] + chr(ord(value[place]) ^ draw(st.sampled_from([1, 2, 4, 8]))) + value[place + 1 :]


def change_a_cell(draw, connection):
    name = draw(st.sampled_from(TABLES))
    columns, rows = table(connection, name)
    assume(rows)
    row = draw(st.sampled_from(rows))
    place = draw(st.integers(0, len(columns) - 1))
    assume((name, columns[place]) not in SURROGATES)
    value = bent(draw, row[place + 1])
    connection.execute(f'UPDATE {name} SET "{columns[place]}" = ? WHERE rowid = ?', (value, row[0]))  # noqa: S608


def remove_a_row(draw, connection):
    name = draw(st.sampled_from(TABLES))
    _, rows = table(connection, name)
    assume(rows)
    connection.execute(f"DELETE FROM {name} WHERE rowid = ?", (draw(st.sampled_from(rows))[0],))  # noqa: S608


def insert_a_row(draw, connection):
    """A copy of a row under the next number, or another identifier."""
    name = draw(st.sampled_from(TABLES))
    columns, rows = table(connection, name)
    assume(rows)
    row = dict(zip(columns, draw(st.sampled_from(rows))[1:], strict=True))
    for column in {"seq", "number", "key", "event"} & row.keys():
        (most,) = connection.execute(f'SELECT max("{column}") FROM {name}').fetchone()  # noqa: S608
        row[column] = most + draw(st.integers(1, 2))
    for column in {"id", "digest"} & row.keys() if name != "govopen_journal" else ():
        row[column] += "x"
    marks = ", ".join("?" * len(columns))
    connection.execute(f"INSERT INTO {name} VALUES ({marks})", list(row.values()))  # noqa: S608


def swap_two_rows(draw, connection):
    """What two rows say changes places; their own numbers stay."""
    name = draw(st.sampled_from(TABLES))
    columns, rows = table(connection, name)
    assume(len(rows) > 1)
    one, other = draw(st.permutations(rows))[:2]
    keys = {
        "govopen_journal": [{"seq"}, {"seq", "number", "unit"}],
        "govopen_record": [{"key", "type", "id"}],
        "govopen_revision": [{"type", "id", "revision"}],
        "govopen_attachment": [{"digest", "event"}],
    }
    kept = draw(st.sampled_from(keys[name]))
    moved = [column for column in columns if column not in kept]
    places = [columns.index(column) + 1 for column in moved]
    assume([one[place] for place in places] != [other[place] for place in places])
    sets = ", ".join(f'"{column}" = ?' for column in moved)
    if name == "govopen_journal":
        connection.execute("DROP INDEX govopen_journal_unit_number")
    for row, source in ((one, other), (other, one)):
        values = [*(source[place] for place in places), row[0]]
        connection.execute(f"UPDATE {name} SET {sets} WHERE rowid = ?", values)  # noqa: S608


TAMPERINGS = [change_a_cell, remove_a_row, insert_a_row, swap_two_rows]


@given(history=histories, data=st.data())
@settings(max_examples=25)
def test_whatever_is_changed_by_another_hand_is_found(history, data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "s.db")
        with open_(path) as store:
            write(store, history)
            known = checkpoint(store)
            assert verify(store, known).ok
        tampered = Path(folder, "t.db")
        for tamper in data.draw(st.lists(st.sampled_from(TAMPERINGS), min_size=4, max_size=4)):
            shutil.copy(path, tampered)
            with closing(sqlite3.connect(tampered)) as connection:
                try:
                    with connection:
                        tamper(data.draw, connection)
                except sqlite3.IntegrityError:
                    continue  # the database itself refused
                except OverflowError:
                    continue  # more than the database's integers hold
            assert not verify_file(tampered, known).ok
