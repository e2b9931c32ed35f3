"""How far each listener has been told, and which of them fail: the file ``listeners.json`` of a workspace.

It lies beside the settings and not in the store, so that a store that was restored, or another one, is noticed.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import attrs

from govopen.storage.port import Change

__all__ = ["LISTENERS_FILE", "Failing", "Mark", "Standing", "read_standings", "write_standing"]

LISTENERS_FILE = "listeners.json"
"""Where a workspace keeps how far each listener has been told."""

_FORMAT = "govopen-listeners-1"
_WRITING = threading.Lock()


@attrs.frozen(kw_only=True)
class Mark:
    """The last change that a listener was told, so that it can be known again.

    A number alone does not tell: after a backup was restored the journal goes on from an earlier one, and gives the
    same numbers to other changes.
    """

    seq: int
    type: str
    id: str
    revision: int
    at: str

    @classmethod
    def of(cls, change: Change) -> Self:
        at = change.at.astimezone(dt.UTC).isoformat()
        return cls(seq=change.seq, type=change.type, id=change.id, revision=change.revision, at=at)


@attrs.frozen(kw_only=True)
class Failing:
    """That a listener fails.

    Attributes:
        error: Name of the class of what it raised the last time. Its text may hold words of a record.
        since: When it failed for the first time since it last worked; zone-aware.
        times: How often since then.
        seq: Of the first change that it was not able to note.
    """

    error: str
    since: dt.datetime
    times: int
    seq: int


@attrs.frozen(kw_only=True)
class Standing:
    """How far a listener is.

    Attributes:
        store: Identity of the store of which it was told.
        last: The last change that it noted; ``None``: none yet.
        failing: That it fails now.
    """

    store: str
    last: Mark | None = None
    failing: Failing | None = None


def read_standings(folder: Path) -> Mapping[str, Standing]:
    """The standings by the names of the listeners' sections; none, where the file is not there or not readable.

    A listener without a standing is told everything again: twice is what it has to bear, and never is what it cannot.
    """
    return {name: found for name, entry in _entries(folder).items() if (found := _standing(entry)) is not None}


def write_standing(folder: Path, name: str, standing: Standing) -> None:
    """Keep the standing of one listener; those of others stay as they are in the file now.

    Raises:
        OSError: The file cannot be written.
    """
    path = folder / LISTENERS_FILE
    # Two processes may tell at once, and two threads of one: neither may find half a file of the other.
    draft = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    with _WRITING:
        listeners = {**_entries(folder), name: _plain(standing)}
        document = {"format": _FORMAT, "listeners": dict(sorted(listeners.items()))}
        try:
            draft.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def _entries(folder: Path) -> dict[str, Any]:
    try:
        document = json.loads((folder / LISTENERS_FILE).read_text(encoding="utf-8"))
        entries = document["listeners"] if document["format"] == _FORMAT else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return entries if isinstance(entries, dict) else {}


def _standing(entry: Any) -> Standing | None:
    try:
        last, failing = entry["last"], entry["failing"]
        return Standing(
            store=str(entry["store"]),
            last=None if last is None else Mark(**last),
            failing=None
            if failing is None
            else Failing(**{**failing, "since": dt.datetime.fromisoformat(failing["since"])}),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _plain(standing: Standing) -> dict[str, Any]:
    failing = standing.failing
    return {
        "store": standing.store,
        "last": None if standing.last is None else attrs.asdict(standing.last),
        "failing": None if failing is None else {**attrs.asdict(failing), "since": failing.since.isoformat()},
    }
