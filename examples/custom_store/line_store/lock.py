"""One writer at a time. The system lets go of the lock when a process ends, however it ends."""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from govopen.errors import StoreError

__all__ = ["Lock"]


class Lock:
    """A lock on a file of its own, between processes and threads alike.

    The file is never removed: somebody may hold the lock on the one that was removed, and somebody else on the next.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._holder = 0

    @contextmanager
    def taken(self, wait: float) -> Iterator[bool]:
        """Whether the lock was to be had within so many seconds; then it is held until the block ends.

        Raises:
            StoreError: This thread holds it already.
            OSError: The file cannot be opened.
        """
        if self._holder == threading.get_ident():
            # It would wait for itself.
            raise StoreError("This thread is writing already.", hint="Use the transaction that is open.")
        with self._path.open("ab") as file:
            taken = _taken(file, wait)
            if taken:
                self._holder = threading.get_ident()
            try:
                yield taken
            finally:
                if taken:
                    self._holder = 0


def _taken(file: BinaryIO, wait: float) -> bool:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.01)
        else:
            return True
