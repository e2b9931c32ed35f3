"""Reading the file: up to its last line feed, and of what has been read before only what is new."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import attrs
import msgspec

from govopen.errors import StoreError, StoreTooNew
from govopen.storage.port import Attachment
from line_store.journal import Journal
from line_store.lines import FORMAT, VERSION, Heading, Write, entries_of

__all__ = ["Held", "Reader", "decoded", "failing"]

T = TypeVar("T")


@attrs.frozen
class Held:
    """What was read of the file.

    Attributes:
        first: Its first line, which tells whether it is still the same file.
        end: Where the next line begins.
        places: Where the line with the content of a file begins, by the file's digest.
    """

    first: bytes
    heading: Heading
    end: int
    journal: Journal
    places: dict[str, int]


class Reader:
    """Reads the file of a store, for several threads. It takes no lock on the file: what stands there stays."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._held: Held | None = None

    def read(self) -> Held:
        """What is committed now.

        Raises:
            StoreTooNew: A newer version of this module made the file.
            StoreError: It is none of ours, is damaged, or cannot be read.
        """
        with self._guard, failing(self._path), self._path.open("rb") as file:
            first = file.readline()
            if self._held is None or self._held.first != first:
                self._held = Held(first, _heading(first, self._path), len(first), Journal(), {})
            file.seek(self._held.end)
            *lines, _torn = file.read().split(b"\n")
            if lines:
                self._held = self._further(self._held, lines)
            return self._held

    def file(self, digest: str) -> Attachment | None:
        """The file of that digest; its content stays on the disk until it is asked for."""
        while True:
            held = self.read()
            if digest not in held.places:
                return None
            with failing(self._path), self._path.open("rb") as file:
                if file.readline() != held.first:
                    continue  # somebody erased something at this very moment, and the places are others
                file.seek(held.places[digest])
                write = decoded(file.readline(), Write, self._path)
            return next(
                Attachment(digest=digest, media_type=event.file.media_type, content=event.file.content)
                for event in write.events
                if event.file is not None and event.file.digest == digest
            )

    def _further(self, held: Held, lines: list[bytes]) -> Held:
        journal, places, end = held.journal.copy(), held.places.copy(), held.end
        for line in lines:
            write = decoded(line, Write, self._path)
            for entry in entries_of(write):
                journal.add(entry)
            places |= {event.file.digest: end for event in write.events if event.file is not None}
            end += len(line) + 1
        return Held(held.first, held.heading, end, journal, places)


def decoded(line: bytes, cls: type[T], path: Path) -> T:
    """What a line says.

    Raises:
        StoreError: It cannot be read.
    """
    try:
        return msgspec.json.decode(line, type=cls)
    except msgspec.MsgspecError:
        # What msgspec says may quote the line, and that is the text of records.
        raise StoreError(
            "The store {where} is damaged: a line of it cannot be read.",
            hint="Restore a backup.",
            where=str(path),
        ) from None


@contextmanager
def failing(path: Path) -> Iterator[None]:
    """Turn what the system says into an error of govopen's."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            "The store {where} cannot be read or written: {reason}.",
            hint="Check the folder, who owns it, and how much room there is on its disk.",
            where=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error


def _heading(line: bytes, path: Path) -> Heading:
    try:
        heading = msgspec.json.decode(line, type=Heading)
    except msgspec.MsgspecError:
        heading = None
    if heading is None or heading.format != FORMAT:
        raise StoreError(
            "{where} is a file, but not a store of lines.",
            hint="Check the address, or give a file that does not exist yet.",
            where=str(path),
        )
    if heading.version > VERSION:
        raise StoreTooNew(
            "The store at {where} was made by a newer version of {plugin}.",
            hint="Upgrade the plugin.",
            where=str(path),
            plugin="line_store",
        )
    return heading
