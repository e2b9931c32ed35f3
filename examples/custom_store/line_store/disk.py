"""The file on the disk: what has been written stays written, whatever stops the program, and two writers never mix.

* **A line feed is the mark of a commit.** First the line goes to the disk, and only when it is there, the line feed.
  What stands after the last line feed was never told to anybody as written; the next to open or to write cuts it off.
* **Nothing is changed in place.** What must be erased is left out of a new file, which takes the place of this one.
* **One writer at a time,** by a lock beside the file. Readers take no lock.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import msgspec

from govopen.errors import StoreError
from govopen.storage.port import Attachment
from line_store.journal import Journal
from line_store.lines import FORMAT, VERSION, Heading, Write, erased
from line_store.lock import Lock
from line_store.reading import Reader, decoded, failing

__all__ = ["WAIT", "Disk"]

WAIT = 10.0
"""How long a writer waits for another, in seconds."""

_encode = msgspec.json.Encoder().encode


class Disk:
    """The file of one store. Beside it are its lock (``.lock``) and, for a moment, its successor (``.new``)."""

    def __init__(self, path: Path, *, wait: float = WAIT) -> None:
        """Open the file, and make it if there is none.

        Raises:
            StoreTooNew: A newer version of this module made it.
            StoreError: It is none of ours, is damaged, or cannot be read or written.
        """
        self._path = path
        self._draft = path.with_name(f"{path.name}.new")
        self._lock = Lock(path.with_name(f"{path.name}.lock"))
        self._wait = wait
        self._reader = Reader(path)
        # A file that somebody is writing to needs no care now, and who wants to read does not wait for a writer.
        with self._locked(0 if path.exists() else wait) as alone:
            if alone:
                self._make_or_mend()
        self.identity = self._reader.read().heading.identity

    def journal(self) -> Journal:
        """All that was committed. It is not to be changed."""
        return self._reader.read().journal

    def file(self, digest: str) -> Attachment | None:
        """The file of that digest, read anew from the disk."""
        return self._reader.file(digest)

    @contextmanager
    def writing(self) -> Iterator[Journal]:
        """Keep all others from writing, and give what is committed, which until the end of the block stays the newest.

        Raises:
            StoreError: This thread is writing already, or somebody else has been writing for too long.
        """
        with self._locked(self._wait) as alone:
            if not alone:
                raise StoreError(
                    "The store {where} is busy: somebody else has been writing for {seconds} seconds.",
                    hint="Try again when they have finished.",
                    where=str(self._path),
                    seconds=self._wait,
                )
            self._make_or_mend()
            yield self.journal()

    def commit(self, write: Write, erasing: dict[int, int]) -> None:
        """Write a transaction. It is for the one who is :meth:`writing`.

        Args:
            write: The transaction.
            erasing: The events, of this transaction or earlier, whose bodies go; see :func:`line_store.lines.erased`.

        Raises:
            StoreError: It cannot be written, and nothing of it was.
        """
        with failing(self._path):
            if erasing:
                self._replace(write, erasing)
            else:
                self._append(_encode(write))

    def _append(self, line: bytes) -> None:
        # Without a buffer: one that failed would be written again when the file is closed.
        with self._path.open("r+b", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            try:
                for part in (line, b"\n"):
                    _write(file, part)
                    os.fsync(file.fileno())
            except BaseException:
                file.truncate(end)
                raise

    def _replace(self, write: Write, erasing: dict[int, int]) -> None:
        heading = self._reader.read().heading
        heading = msgspec.structs.replace(heading, generation=heading.generation + 1)
        with self._path.open("rb") as old:
            old.readline()
            before = (decoded(line, Write, self._path) for line in old)
            self._make(heading, (erased(each, erasing) for each in chain(before, [write])))

    def _make(self, heading: Heading, writes: Iterable[Write]) -> None:
        """Write a whole file, and put it in its place, at once."""
        try:
            # Records may be personal data: the file is for its owner, until the owner says otherwise.
            with open(self._draft, "wb", opener=_private) as file:
                if self._path.exists():
                    os.fchmod(file.fileno(), self._path.stat().st_mode & 0o777)
                file.write(_encode(heading) + b"\n")
                file.writelines(_encode(write) + b"\n" for write in writes)
                file.flush()
                os.fsync(file.fileno())
            self._draft.replace(self._path)
        finally:
            self._draft.unlink(missing_ok=True)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # or the name may stand for the old file again after a power cut
        finally:
            os.close(folder)

    def _make_or_mend(self) -> None:
        """What the one writer has to do first: make the file, or clear away what one left who was stopped."""
        with failing(self._path):
            # Of a file that did not take its place nobody knows; what is erased next may stand in it.
            self._draft.unlink(missing_ok=True)
            if not self._path.exists():
                self._make(Heading(format=FORMAT, version=VERSION, identity=str(uuid.uuid4())), [])
            end = self._reader.read().end
            with self._path.open("r+b", buffering=0) as file:
                if file.seek(0, os.SEEK_END) > end:
                    file.truncate(end)
                    os.fsync(file.fileno())

    @contextmanager
    def _locked(self, wait: float) -> Iterator[bool]:
        with ExitStack() as stack:
            # What goes wrong in the block is not the file's fault.
            with failing(self._path):
                alone = stack.enter_context(self._lock.taken(wait))
            yield alone


def _write(file: BinaryIO, data: bytes) -> None:
    # A file without a buffer may take less than it is given.
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
