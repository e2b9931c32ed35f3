"""What the reference receiver keeps, in one SQLite file: batches on their way, and what is shown.

Nothing but the standard library, so that the other side can take it as it is. Every method is one transaction: with its
effect, its answer is kept under the idempotency key of the request, so that a request that comes twice acts once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from govopen_http_push.signing import item_key, sha256

__all__ = ["KEPT", "MALFORMED", "Ledger", "RefusedError", "Shown"]

_TABLES = {
    "batches": "id TEXT PRIMARY KEY, state TEXT NOT NULL, since REAL NOT NULL",
    "answers": "key TEXT PRIMARY KEY, request TEXT NOT NULL, answer TEXT NOT NULL, at REAL NOT NULL",
    "staged_items": "batch TEXT, key TEXT, item TEXT, form BLOB, about TEXT, PRIMARY KEY (batch, key)",
    "staged_files": "batch TEXT, digest TEXT, content BLOB, PRIMARY KEY (batch, digest)",
    "items": "key TEXT PRIMARY KEY, item TEXT NOT NULL UNIQUE, form BLOB NOT NULL, about TEXT NOT NULL",
    "files": "key TEXT, digest TEXT, content BLOB NOT NULL, PRIMARY KEY (key, digest)",
}
_STEPS = (("approval", "workflow"), ("enforcement", "workflow"), ("online", "workflow"), ("decision", "process"))

KEPT = 86_400
"""For how many seconds answers and closed batches are remembered: far longer than a signature is good for."""


MALFORMED = (ValueError, TypeError, KeyError, AttributeError)
"""What reading JSON of another form than the one that was looked for raises."""


class RefusedError(Exception):
    """A request that cannot be done.

    Attributes:
        status: Of the answer.
        error: What the answer says.
    """

    def __init__(self, status: int, error: str) -> None:
        super().__init__(status, error)
        self.status = status
        self.error = error


class Shown(NamedTuple):
    """An item that readers find, as it is stored.

    Attributes:
        item: Identifier.
        key: What stands for it in paths.
        form: The public form: UTF-8 JSON.
        about: Unit, column and dates.
        files: From the digest under which a file came to what is stored of it.
    """

    item: str
    key: str
    form: bytes
    about: dict[str, Any]
    files: dict[str, bytes]

    def digest(self) -> str:
        """The SHA-256 of the form, if every file it names is stored as it was sent; else one that is of no form."""
        try:
            wanted: set[str] | None = _files(json.loads(self.form))
        except (*MALFORMED, RecursionError):
            wanted = None
        if wanted == self.files.keys() and all(sha256(content) == name for name, content in self.files.items()):
            return sha256(self.form)
        parts = [sha256(self.form), *sorted(f"{name} {sha256(content)}" for name, content in self.files.items())]
        return sha256("\n".join(parts).encode())

    def steps(self) -> list[str]:
        """The steps of the procedure that the form describes."""
        try:
            form = json.loads(self.form)
            found = next(form[name].get(field, []) for name, field in _STEPS if form.get(name) is not None)
        except (*MALFORMED, RecursionError, StopIteration):
            return []
        return [step for step in found if isinstance(step, str)]


class Ledger:
    """The file. Every call opens it anew, so that threads and processes may share it.

    Args:
        path: The file. It and its folder are made if they are not there.
        clock: Seconds since 1970.
    """

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._path = path
        self._clock = clock
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._transaction() as db:
            for name, columns in _TABLES.items():
                db.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")

    def once(self, key: str, request: str, act: Callable[[sqlite3.Connection], Mapping[str, Any]]) -> str:
        """Do what is asked and give the answer; asked again under the same key, give the answer of the first time.

        Args:
            key: The idempotency key.
            request: What is asked, to tell a key that is used for something else.
            act: Does it, in the transaction.

        Raises:
            RefusedError: The key was used for something else, or ``act`` refuses; then nothing is done.
        """
        with self._transaction() as db:
            known = db.execute("SELECT request, answer FROM answers WHERE key = ?", (key,)).fetchone()
            if known is not None:
                if known[0] != request:
                    raise RefusedError(422, "key-reused")
                return str(known[1])
            answer = json.dumps(act(db))
            db.execute("INSERT INTO answers VALUES (?, ?, ?, ?)", (key, request, answer, self._clock()))
            return answer

    def begin(self, db: sqlite3.Connection, batch: str) -> Mapping[str, Any]:
        """Begin a batch, and supersede whichever was open.

        Raises:
            RefusedError: It was closed already.
        """
        now = self._clock()
        db.execute("DELETE FROM answers WHERE at < ?", (now - KEPT,))
        db.execute("DELETE FROM batches WHERE state != 'open' AND since < ?", (now - KEPT,))
        state = self._state(db, batch)
        if state == "":
            for (other,) in db.execute("SELECT id FROM batches WHERE state = 'open'").fetchall():
                self._end(db, other, "superseded")
            db.execute("INSERT INTO batches VALUES (?, 'open', ?)", (batch, now))
        elif state != "open":
            raise RefusedError(409, "superseded" if state == "superseded" else "closed")
        return {"batch": batch}

    def put_file(self, db: sqlite3.Connection, batch: str, content: bytes) -> Mapping[str, Any]:
        """Keep a file for the batch.

        Raises:
            RefusedError: The batch is not open.
        """
        self._open(db, batch)
        db.execute("INSERT OR REPLACE INTO staged_files VALUES (?, ?, ?)", (batch, sha256(content), content))
        (kept,) = db.execute(
            "SELECT content FROM staged_files WHERE batch = ? AND digest = ?", (batch, sha256(content))
        ).fetchone()
        return {"digest": sha256(kept)}

    def put_item(
        self, db: sqlite3.Connection, batch: str, key: str, form: bytes, about: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Keep an item for the batch, its files having come before.

        Raises:
            RefusedError: The batch is not open, the form is of another item or none, or a file of it is missing.
        """
        self._open(db, batch)
        try:
            told = json.loads(form)
            item, wanted = str(told["id"]), _files(told)
            # Half a character has no place in a database.
            item.encode()
        except (*MALFORMED, RecursionError):
            raise RefusedError(400, "form") from None
        if item_key(item) != key:
            raise RefusedError(400, "form")
        held = {row[0] for row in db.execute("SELECT digest FROM staged_files WHERE batch = ?", (batch,))}
        if wanted - held:
            raise RefusedError(409, "file-missing")
        row = (batch, key, item, form, json.dumps(about))
        db.execute("INSERT OR REPLACE INTO staged_items VALUES (?, ?, ?, ?, ?)", row)
        (kept,) = db.execute("SELECT form FROM staged_items WHERE batch = ? AND key = ?", (batch, key)).fetchone()
        return {"item": item, "digest": sha256(kept)}

    def withdraw(self, db: sqlite3.Connection, batch: str, key: str) -> Mapping[str, Any]:
        """Have the batch take an item away; one that is not there is fine.

        Raises:
            RefusedError: The batch is not open.
        """
        self._open(db, batch)
        db.execute("INSERT OR REPLACE INTO staged_items VALUES (?, ?, NULL, NULL, NULL)", (batch, key))
        return {"key": key}

    def settle(
        self, db: sqlite3.Connection, batch: str, put: Mapping[str, str], withdrawn: set[str]
    ) -> Mapping[str, Any]:
        """Show exactly what is named, and tell the digest of each item as it is stored now.

        What came and is not named is forgotten: its request failed on the way back.

        Raises:
            RefusedError: The batch is not open, or holds something else under a name. Nothing is shown then.
        """
        self._open(db, batch)
        found = dict(db.execute("SELECT key, form FROM staged_items WHERE batch = ?", (batch,)).fetchall())
        for key, digest in put.items():
            if found.get(key) is None or sha256(found[key]) != digest:
                raise RefusedError(409, "batch-differs")
        if any(found.get(key, b"") is not None for key in withdrawn):
            raise RefusedError(409, "batch-differs")
        for key in (*put, *withdrawn):
            db.execute("DELETE FROM items WHERE key = ?", (key,))
            db.execute("DELETE FROM files WHERE key = ?", (key,))
        for key in put:
            db.execute(
                "INSERT INTO items SELECT key, item, form, about FROM staged_items WHERE batch = ? AND key = ?",
                (batch, key),
            )
            for digest in _files(json.loads(found[key])):
                db.execute(
                    "INSERT INTO files SELECT ?, digest, content FROM staged_files WHERE batch = ? AND digest = ?",
                    (key, batch, digest),
                )
        self._end(db, batch, "settled")
        return {"put": {key: self._shown(db, key).digest() for key in put}, "withdrawn": sorted(withdrawn)}

    def discard(self, db: sqlite3.Connection, batch: str) -> Mapping[str, Any]:
        """Forget a batch; one that is not open, or never was, is fine."""
        if self._state(db, batch) == "open":
            self._end(db, batch, "discarded")
        return {"batch": batch}

    def shown(self, after: str = "", most: int = -1) -> list[Shown]:
        """What readers find, by identifier in the order of code points.

        Args:
            after: Only items behind this one.
            most: At most so many; below 0: all.
        """
        with self._transaction("DEFERRED") as db:
            keys = db.execute("SELECT key FROM items WHERE item > ? ORDER BY item LIMIT ?", (after, most)).fetchall()
            return [self._shown(db, key) for (key,) in keys]

    @contextmanager
    def _transaction(self, mode: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
        # Nobody waits for a lock longer than a client waits for an answer.
        db = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            # What is deleted is overwritten: a withdrawn text is nowhere in the file any more.
            db.execute("PRAGMA secure_delete = ON")
            db.execute(f"BEGIN {mode}")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")
        finally:
            db.close()

    @staticmethod
    def _state(db: sqlite3.Connection, batch: str) -> str:
        found = db.execute("SELECT state FROM batches WHERE id = ?", (batch,)).fetchone()
        return str(found[0]) if found else ""

    def _open(self, db: sqlite3.Connection, batch: str) -> None:
        state = self._state(db, batch)
        if state != "open":
            raise RefusedError(409, "superseded" if state == "superseded" else "closed")

    def _end(self, db: sqlite3.Connection, batch: str, state: str) -> None:
        db.execute("DELETE FROM staged_items WHERE batch = ?", (batch,))
        db.execute("DELETE FROM staged_files WHERE batch = ?", (batch,))
        db.execute("UPDATE batches SET state = ?, since = ? WHERE id = ?", (state, self._clock(), batch))

    @staticmethod
    def _shown(db: sqlite3.Connection, key: str) -> Shown:
        item, form, about = db.execute("SELECT item, form, about FROM items WHERE key = ?", (key,)).fetchone()
        files = dict(db.execute("SELECT digest, content FROM files WHERE key = ?", (key,)).fetchall())
        return Shown(item, key, form, json.loads(about), files)


def _files(form: Any) -> set[str]:
    return {str(file["digest"]) for file in form.get("attachments", ())}
