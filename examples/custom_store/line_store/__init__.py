"""A place for records: one file of JSON Lines, to which lines are only added, as a plugin of govopen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from govopen.model.base import RecordType
from govopen.plugins.hookspecs import hookimpl
from govopen.storage.port import Clock, Store, StoreFactory, utc_now

__all__ = ["GOVOPEN_INTERFACE", "govopen_stores", "open_store"]

GOVOPEN_INTERFACE = 1


def open_store(url: str, types: Iterable[RecordType], *, clock: Clock = utc_now) -> Store:
    """Open the store at ``lines://PATH``, and make it if there is none.

    Raises:
        StoreTooNew: A newer version of this module made it.
        StoreError: The file is none of ours, is damaged, or cannot be read or written.
    """
    # Who opens another store need not load this one, nor be on a system that has flock.
    from line_store.disk import Disk  # noqa: PLC0415
    from line_store.store import LineStore  # noqa: PLC0415

    return LineStore(Disk(Path(url.partition("://")[2])), types, clock)


@hookimpl
def govopen_stores() -> Mapping[str, StoreFactory]:
    """One scheme of URLs: in ``govopen.toml`` it is ``store = "lines:///srv/office/records.jsonl"``."""
    return {"lines": open_store}
