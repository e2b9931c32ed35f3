"""Verification of a journal against a plain SHA-256 loop over the same bytes, and what a bulk import costs with it.

Run: ``python bench/bench_journal.py [EVENTS] [ROUNDS]`` (default 200 000 events, 3 rounds). The plain loop has all
bytes in memory as they are hashed and compares nothing. Beside it stands a loop that also reads them, by hand, from the
database. All take turns in one process; figures are medians.
"""

from __future__ import annotations

import hashlib
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from govopen.storage.sql import SqlStore
from govopen.storage.verification import verify
from govopen.testing.conformance.store_records import TYPES, note

UNITS = 50


def hashed(store: SqlStore) -> list[bytes]:
    """Each piece of bytes that a verification hashes, one after the other."""
    to_json = msgspec.json.Encoder().encode
    pieces = []
    for row in store.journal_rows():
        pieces.append(bytes(32) + to_json(row[:13]))
        pieces.append(b"%b%d\n%b" % (row[15], row[14], row[16]))
    return pieces


def plain(pieces: list[bytes]) -> None:
    sha256 = hashlib.sha256
    for piece in pieces:
        sha256(piece).digest()


def by_hand(path: Path) -> None:
    """What somebody would write who verifies chains and bodies that were never replaced, moved or erased."""
    sha256, to_json = hashlib.sha256, msgspec.json.Encoder().encode
    heads: dict[str, bytes] = {}
    connection = sqlite3.connect(path)
    for *event, hash_, salt, version, body in connection.execute(
        "SELECT j.*, r.salt, r.version, r.body FROM govopen_journal j JOIN govopen_record r "
        "ON r.type = j.type AND r.id = j.id AND r.revision = j.revision ORDER BY j.seq"
    ):
        unit = event[1]
        previous = heads.get(unit) or sha256(b"govopen-journal-1\n" + unit.encode()).digest()
        assert sha256(previous + to_json(event)).digest() == hash_
        assert sha256(b"%b%d\n%b" % (salt, version, body)).digest() == event[12]
        heads[unit] = hash_
    connection.close()


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main(events: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder, SqlStore.open(f"sqlite:///{folder}/s.db", TYPES) as store:
        records = (note(f"n{n:08}", f"u{n % UNITS}", about=f"a{n % 97}", text="全文" * 150) for n in range(events))
        with store.transaction() as transaction:
            took = seconds(lambda: transaction.put_many(records))
        print(f"put_many, with its journal  {took / events * 1e6:9.1f} µs a record")
        pieces = hashed(store)
        works: dict[str, Callable[[], object]] = {
            "verify": lambda: verify(store),
            "read and hash by hand": lambda: by_hand(Path(folder, "s.db")),
            "SHA-256 of the same bytes": lambda: plain(pieces),
        }
        times: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(rounds):
            for name, work in works.items():
                times[name].append(seconds(work))
        assert verify(store).ok
    median = {name: statistics.median(found) for name, found in times.items()}
    for name, found in median.items():
        print(f"{name:27} {events / found:9,.0f} events/s, ratio {median['verify'] / found:.1f}")


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:]]
    main(*(sizes + [200_000, 3][len(sizes) :]))
