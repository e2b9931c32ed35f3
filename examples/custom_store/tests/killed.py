"""Writes to stores, and is killed at every step of it. ``test_killing`` runs this, and looks at what was left.

Each step is killed in a process of its own. Its name says when: ``line``, in the middle of a line; ``fsync-1``, when
the program asks for the first time that what is written go to the disk; ``none``, never.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

sys.path.insert(0, str(Path(__file__).parents[1]))
import line_store
from line_store import disk

from govopen.storage.port import Transaction
from govopen.testing.conformance.store_records import TYPES, Note, note


def add(transaction: Transaction) -> None:
    transaction.put(note("new", text="新"))
    transaction.attach(b"new file", "text/plain")


def erase(transaction: Transaction) -> None:
    transaction.delete(Note, "old")
    transaction.forget(Note, "old")


# To erase is to write another file: no line is added.
STEPS: tuple[tuple[Callable[[Transaction], None], str], ...] = (
    (add, "line"),
    (add, "fsync-1"),
    (add, "fsync-2"),
    (add, "none"),
    (erase, "fsync-1"),
    (erase, "fsync-2"),
    (erase, "none"),
)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(step: str) -> None:
    def half(file: BinaryIO, data: bytes) -> None:
        file.write(data[: len(data) // 2])
        die()

    def counted(_: object) -> None:
        left.pop() if left else die()

    kind, _, number = step.partition("-")
    left = [None] * (int(number or 1) - 1)
    if kind == "line":
        disk._write = half
    elif kind == "fsync":
        os.fsync = counted  # type: ignore[assignment]  # a name of its argument does not matter here


def main(folder: Path) -> None:
    for write, step in STEPS:
        name = f"{write.__name__}-{step}"
        url = f"lines://{folder / name}.jsonl"
        with line_store.open_store(url, TYPES).transaction() as transaction:
            transaction.put(note("old", text="旧"))
        child = os.fork()
        if child == 0:
            store = line_store.open_store(url, TYPES)
            die_at(step)
            with store.transaction() as transaction:
                write(transaction)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(name, "killed" if os.WIFSIGNALED(status) else "done")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
