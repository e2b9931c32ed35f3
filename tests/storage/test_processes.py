"""Several processes write to one store: nothing is lost, and the chains hold; killed, they leave it whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time

import attrs
import pytest

from govopen.storage.sql import SqlStore
from govopen.storage.verification import verify
from govopen.testing.conformance.store_records import TYPES, Note, note

# A server takes four times as long for each.
UPDATES = {"sqlite": 10_000, "postgresql": 4_000}
PROCESSES = 2
RECORDS = 5

# As many updates in one transaction as a run in seconds needs: each commit waits for the disk. Between the read and
# the transaction the other process writes, so that most transactions meet a stale revision at least once.
TOGETHER = 20

WRITER = """
import sys
import attrs
from govopen.errors import StaleWrite
from govopen.storage.port import Author
from govopen.storage.sql import SqlStore
from govopen.testing.conformance.store_records import TYPES, Note

url, name, updates, together, records = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
stale = 0
with SqlStore.open(url, TYPES) as store:
    read = {n: store.get(Note, f"n{n}") for n in range(records)}
    print("ready", flush=True)
    sys.stdin.readline()
    done = 0
    while done < updates:
        try:
            with store.transaction(Author(actor=name)) as transaction:
                fresh = dict(read)
                for step in range(done, done + together):
                    there = fresh[step % records]
                    more = attrs.evolve(there.record, text=str(int(there.record.text) + 1))
                    fresh[step % records] = transaction.put(more, expected=there.revision)
        except StaleWrite:
            stale += 1
            read = {n: store.get(Note, f"n{n}") for n in range(records)}
        else:
            read = fresh
            done += together
print(stale)
"""

KILLED = """
import sys
from govopen.storage.port import Author
from govopen.storage.sql import SqlStore
from govopen.testing.conformance.store_records import TYPES, Note, note

with SqlStore.open(sys.argv[1], TYPES) as store:
    n = store.count(Note)
    print("ready", flush=True)
    while True:
        with store.transaction(Author(actor="killed")) as transaction:
            transaction.put(note(f"a{n:06}"))
            transaction.put(note(f"b{n:06}", "u2"))
            transaction.attach(str(n).encode(), "text/plain")
            transaction.put(note("counter", text=str(n)))
        n = n + 2 if n else 3
"""


@pytest.fixture(params=["file", "server"])
def url(request, tmp_path):
    return request.getfixturevalue("postgresql_url")() if request.param == "server" else f"sqlite:///{tmp_path}/s.db"


def start(program, *arguments):
    process = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    if process.stdout.readline() != "ready\n":
        raise AssertionError(process.communicate()[1])
    return process


def test_two_processes_lose_no_update_of_the_same_records(url):
    with SqlStore.open(url, TYPES) as store:
        with store.transaction() as transaction:
            transaction.put_many(note(f"n{n}", f"u{n % 2}", text="0") for n in range(RECORDS))
        updates = UPDATES[url.partition(":")[0].partition("+")[0]]
        share = updates // PROCESSES
        writers = [start(WRITER, url, f"p{n}", share, TOGETHER, RECORDS) for n in range(PROCESSES)]
        results = []
        for writer in writers:
            writer.stdin.write("go\n")
            writer.stdin.flush()
        for writer in writers:
            out, errors = writer.communicate(timeout=120)
            assert writer.returncode == 0, errors
            results.append(int(out))
        assert sum(results) > 0, "the processes never met"
        counters = list(store.scan(Note))
        assert sum(int(stored.record.text) for stored in counters) == updates
        assert [stored.revision for stored in counters] == [1 + updates // RECORDS] * RECORDS
        found = verify(store)
        assert found.breaks == ()
        assert found.events == updates + RECORDS
        assert {entry.actor for entry in store.journal()} == {"", "p0", "p1"}


def test_a_process_killed_while_it_writes_leaves_whole_transactions_and_whole_chains(url):
    moments = random.Random(7)  # noqa: S311 - the same moments each time
    SqlStore.open(url, TYPES).close()
    for _ in range(6):
        process = start(KILLED, url)
        time.sleep(moments.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with SqlStore.open(url, TYPES) as store:
            assert verify(store).breaks == ()
            ids = {stored.record.id for stored in store.scan(Note)}
            assert {id_[1:] for id_ in ids if id_[0] == "a"} == {id_[1:] for id_ in ids if id_[0] == "b"}
            assert len(list(store.attachments())) == sum(id_[0] == "a" for id_ in ids)
    with SqlStore.open(url, TYPES) as store:
        with store.transaction() as transaction:
            counter = transaction.get(Note, "counter")
            transaction.put(attrs.evolve(counter.record, text="after"), expected=counter.revision)
        assert verify(store).ok
