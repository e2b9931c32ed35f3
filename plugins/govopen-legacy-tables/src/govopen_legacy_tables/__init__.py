"""A store over the database tables that a unit already has, as a govopen plugin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from govopen.model.base import RecordType
from govopen.plugins.hookspecs import hookimpl
from govopen.storage.port import Clock, Store, StoreFactory, utc_now

__all__ = ["GOVOPEN_INTERFACE", "govopen_stores", "legacy_store"]

GOVOPEN_INTERFACE = 1
"""The plugin interface that this is written for."""


def legacy_store(url: str, types: Iterable[RecordType], *, clock: Clock = utc_now) -> Store:
    """Open the store over the tables of a database, as a mapping file says.

    Args:
        url: ``legacy+sqlite:///oa.db?mapping=legacy.toml`` or
            ``legacy+postgresql://user:password@host/database?mapping=legacy.toml``.
        types: The record types it reads, and writes if the mapping says so.
        clock: Gives the time that revisions are recorded at.

    Raises:
        InputError: The mapping does not load, or does not fit the database; it carries every problem.
        StoreError: The database cannot be opened, or is not fit for what the mapping asks.
    """
    # Here and not above: whoever uses another store needs no SQLAlchemy.
    from govopen_legacy_tables.opening import open_legacy  # noqa: PLC0415

    return open_legacy(url, types, clock=clock)


@hookimpl
def govopen_stores() -> Mapping[str, StoreFactory]:
    """Tables in SQLite and in PostgreSQL."""
    return {
        "legacy+sqlite": legacy_store,
        "legacy+postgresql": legacy_store,
        "legacy+postgresql+psycopg": legacy_store,
    }
