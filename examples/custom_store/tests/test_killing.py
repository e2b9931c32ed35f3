"""Whatever stops a writer, what it was told is written is there whole, and nothing else is; two writers do not mix."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import line_store
import pytest

from govopen.storage.port import Store
from govopen.storage.verification import verify
from govopen.testing.conformance.store_records import TYPES, Note, note

HERE = Path(__file__).parent


def opened(path: Path) -> Store:
    return line_store.open_store(f"lines://{path}", TYPES)


def texts(store: Store) -> dict[str, str]:
    return {stored.record.id: stored.record.text for stored in store.scan(Note)}


@pytest.mark.usefixtures("unhurried")
def test_a_line_torn_at_any_byte_is_cut_when_the_store_is_opened_next(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    store = opened(path)
    with store.transaction() as transaction:
        transaction.put(note("a", text="甲"))
    whole = path.read_bytes()
    with store.transaction() as transaction:
        transaction.put(note("b", text="乙"))
        transaction.attach(b"file", "text/plain")
    last = path.read_bytes()[len(whole) :]
    assert last.count(b"\n") == 1

    for kept in range(len(last)):
        path.write_bytes(whole + last[:kept])
        store = opened(path)
        assert path.read_bytes() == whole
        assert texts(store) == {"a": "甲"}
        assert list(store.attachments()) == []

    with store.transaction() as transaction:
        transaction.put(note("c", text="丙"))
    assert texts(opened(path)) == {"a": "甲", "c": "丙"}
    assert verify(store).ok


@pytest.mark.usefixtures("unhurried")
def test_a_line_torn_while_others_have_the_store_open_is_cut_by_the_next_to_write(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    store = opened(path)
    with store.transaction() as transaction:
        transaction.put(note("a", text="甲"))
    with path.open("ab") as file:
        file.write(b'{"at":"2011-12-31T15:59:59Z","events":[{"seq":2,"unit"')

    assert texts(store) == {"a": "甲"}
    with store.transaction() as transaction:
        transaction.put(note("b", text="乙"))
    assert texts(opened(path)) == {"a": "甲", "b": "乙"}
    assert verify(store).ok


def test_a_writer_killed_at_any_step_leaves_all_of_a_transaction_or_nothing(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", HERE / "killed.py", tmp_path], check=True, capture_output=True, encoding="utf-8"
    )
    assert ran.stdout.splitlines() == [
        "add-line killed",
        "add-fsync-1 killed",
        "add-fsync-2 killed",
        "add-none done",
        "erase-fsync-1 killed",
        "erase-fsync-2 killed",
        "erase-none done",
    ]

    written = {}
    for path in sorted(tmp_path.glob("*.jsonl")):
        torn = not path.read_bytes().endswith(b"\n")
        store = opened(path)
        assert verify(store).ok
        added = (texts(store), len(list(store.attachments()))) == ({"old": "旧", "new": "新"}, 1)
        erased = (texts(store), "旧".encode() in path.read_bytes()) == ({}, False)
        assert added or erased or texts(store) == {"old": "旧"}
        written[path.stem] = (torn, added or erased)
        with store.transaction() as transaction:
            transaction.put(note("later"))
        assert verify(opened(path)).ok

    assert written == {
        "add-line": (True, False),
        "add-fsync-1": (True, False),
        "add-fsync-2": (False, True),
        "add-none": (False, True),
        "erase-fsync-1": (False, False),
        "erase-fsync-2": (False, True),
        "erase-none": (False, True),
    }
    # The file that was to take the place of another holds records, and does not stay.
    assert list(tmp_path.glob("*.new")) == []


def test_a_writer_killed_at_work_has_written_what_it_said(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    command = [sys.executable, "-W", "error", str(HERE / "writer.py"), f"lines://{path}", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(20)]
        writer.kill()
        # What it printed until it was killed; the last line may be cut off, too.
        said += [line for line in writer.stdout if line.endswith("\n")]
    assert writer.returncode == -signal.SIGKILL
    assert [int(number) for number in said] == list(range(1, len(said) + 1))

    with opened(path) as store:
        assert int(texts(store)["count"]) in {len(said), len(said) + 1}
        assert verify(store).ok
        assert [change.revision for change in store.changes()] == list(range(1, int(texts(store)["count"]) + 1))


def test_two_writers_do_not_mix(tmp_path: Path) -> None:
    url = f"lines://{tmp_path / 's.jsonl'}"
    command = [sys.executable, "-W", "error", str(HERE / "writer.py"), url, "25"]
    writers = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [writer.wait() for writer in writers] == [0, 0]

    with line_store.open_store(url, TYPES) as store:
        assert texts(store) == {"count": "50"}
        assert [change.revision for change in store.changes()] == list(range(1, 51))
        assert verify(store).ok
