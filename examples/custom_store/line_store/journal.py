"""The journal in memory: all events, and where the revisions of a record are among them."""

from __future__ import annotations

import attrs

from govopen.storage.chain import Head
from govopen.storage.events import JournalEntry

__all__ = ["Journal"]


class Journal:
    """A journal as it was at one moment. Who wants to add to it adds to a copy, so that a reader's stays as it is.

    Attributes:
        entries: By ``seq``, which begins with 1.
        revisions: By type and identifier, the ``seq`` of each revision, oldest first.
        heads: The end of each unit's chain.
        files: By digest, the ``seq`` of the event that kept the file.
    """

    def __init__(self) -> None:
        self.entries: list[JournalEntry] = []
        self.revisions: dict[str, dict[str, tuple[int, ...]]] = {}
        self.heads: dict[str, Head] = {}
        self.files: dict[str, int] = {}

    def copy(self) -> Journal:
        """Another journal with the same events."""
        made = Journal()
        made.entries = self.entries.copy()
        made.revisions = {name: by_id.copy() for name, by_id in self.revisions.items()}
        made.heads = self.heads.copy()
        made.files = self.files.copy()
        return made

    def add(self, entry: JournalEntry) -> None:
        """Add an event at the end."""
        self.entries.append(entry)
        self.heads[entry.unit] = Head(entry.number, entry.hash)
        if entry.kind in {"put", "delete"}:
            by_id = self.revisions.setdefault(entry.type, {})
            by_id[entry.id] = (*by_id.get(entry.id, ()), entry.seq)
        elif entry.kind == "attach" and entry.body is not None:
            self.files[_digest(entry)] = entry.seq

    def erase(self, by: dict[int, int]) -> None:
        """Take away what some events wrote; see :func:`line_store.lines.erased`."""
        for seq, eraser in by.items():
            entry = self.entries[seq - 1]
            if entry.kind == "attach":
                del self.files[_digest(entry)]
            self.entries[seq - 1] = attrs.evolve(entry, version=0, salt=None, body=None, forgotten=eraser)

    def history(self, name: str, id_: str) -> list[JournalEntry]:
        """The revisions of a record, oldest first."""
        return [self.entries[seq - 1] for seq in self.revisions.get(name, {}).get(id_, ())]


def _digest(entry: JournalEntry) -> str:
    return (entry.body or b"").partition(b"\n")[0].decode()
