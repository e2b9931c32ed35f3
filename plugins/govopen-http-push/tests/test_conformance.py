"""The publisher with the reference receiver does what every publisher must do."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from govopen_http_push_here import Place, pushing

from govopen.testing.conformance.publisher import OpenPublisher, PublisherConformance
from govopen.testing.parcels import disclosed, parcel

SHOWN = ("items", "files")
WAITING = ("staged_items", "staged_files", "answers", "batches")


def cells(root: Path, *tables: str) -> dict[str, bytes]:
    """Every cell of the tables, in the order of the rows' first two cells."""
    found = {}
    with contextlib.closing(sqlite3.connect(root / "received.sqlite")) as db:
        for table in tables:
            for number, row in enumerate(db.execute(f"SELECT * FROM {table} ORDER BY 1, 2")):  # noqa: S608 - our names
                for column, cell in enumerate(row):
                    content = cell if isinstance(cell, bytes) else str(cell).encode()
                    found[f"{table}-{number}-{column}"] = content
    return found


class TestHttpPush(PublisherConformance):
    """Everything goes over HTTP; the kit looks into the receiver's database and takes the receiver down."""

    examples = 6
    many = 60

    @pytest.fixture
    def place(self, root: Path) -> Iterator[Place]:
        # The kit's own methods are given the folder only.
        self.there = Place(root, page=25)
        yield self.there
        self.there.stop()

    @pytest.fixture
    def open_publisher(self, place: Place) -> OpenPublisher:
        return lambda: pushing(place.url)

    def contents(self, root: Path) -> dict[str, bytes]:
        """Every cell of every table, and the bytes of the file: what was deleted may still stand there."""
        return dict(super().contents(root)) | cells(root, *SHOWN, *WAITING)

    def lasting(self, root: Path) -> dict[str, bytes]:
        """Not the keys of requests, which are new with every batch."""
        return cells(root, *SHOWN)

    def alter(self, root: Path, old: str, new: str) -> None:
        with contextlib.closing(sqlite3.connect(root / "received.sqlite")) as db, db:
            for table, column in (("items", "form"), ("files", "content")):
                rows = db.execute(f"SELECT rowid, {column} FROM {table}").fetchall()  # noqa: S608
                for row, content in rows:
                    changed = content.replace(old.encode(), new.encode())
                    db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (changed, row))  # noqa: S608

    @contextlib.contextmanager
    def outage(self, root: Path) -> Iterator[None]:
        self.there.stop()
        try:
            yield
        finally:
            self.there.start()


class TestTheirServer(PublisherConformance):
    """As somebody tests a server that only its protocol is known of: it is emptied, and not looked into."""

    examples = 2
    many = 40
    supports_contents = False
    supports_altering = False
    supports_outages = False

    @pytest.fixture
    def open_publisher(self, place: Place) -> OpenPublisher:
        left = pushing(place.url)
        left.put(parcel(disclosed("left-from-the-last-test")))
        left.settle()
        for held in list(left.inventory()):
            left.withdraw(held.item)
        left.settle()
        left.close()
        return lambda: pushing(place.url)
