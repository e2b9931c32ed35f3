"""PostgreSQL: the shared store of a district, or a host's database. The driver is psycopg."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from govopen.errors import StoreError
from govopen.texts import N_

__all__ = ["BUSY_SECONDS", "cause_of", "lock", "make_engine", "reading", "where_is", "writing"]

BUSY_SECONDS = 10
"""How long a writer waits for another, in seconds."""

_DRIVER = "postgresql+psycopg"

_READ_COMMITTED, _REPEATABLE_READ = 2, 3
"""As psycopg's IsolationLevel numbers them."""

# One lock for each schema of the database: "gov" in ASCII, and a hash of the schema's name.
_LOCK = sa.text("SELECT pg_advisory_xact_lock(6778742, hashtext(coalesce(current_schema(), '')))")
_TIMEOUT = sa.text("SELECT current_setting('lock_timeout')")
_SET_TIMEOUT = sa.text("SELECT set_config('lock_timeout', :value, true)")


def make_engine(url: sa.URL) -> sa.Engine:
    """An engine for the database at ``url``. It connects to nothing yet.

    Raises:
        StoreError: psycopg is not installed.
    """
    try:
        return sa.create_engine(
            url.set(drivername=_DRIVER),
            # A scan keeps a connection until it is done; there is no telling how many are open.
            max_overflow=-1,
            # The server may have been started anew since the last transaction.
            pool_pre_ping=True,
            # Bodies are parameters, and an error's text must hold no text of a record.
            hide_parameters=True,
        )
    except ModuleNotFoundError as error:
        raise StoreError(
            "A store in PostgreSQL needs the package psycopg, which is not installed.",
            hint='Run: pip install "govopen[postgresql]"',
        ) from error


def where_is(url: sa.URL) -> str:
    """What errors call the store: neither user nor password."""
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{url.host or ''}{port}/{url.database or ''}"


def reading(connection: sa.Connection) -> None:
    """Let the transaction that begins see one moment of the database, and write nothing."""
    _settle(connection, _REPEATABLE_READ, read_only=True)


def writing(connection: sa.Connection) -> None:
    """Let the transaction that begins write, after all others that write."""
    # Each statement sees what was committed before it: what one waited for, too.
    _settle(connection, _READ_COMMITTED, read_only=False)
    lock(connection)


def lock(connection: sa.Connection) -> None:
    """Wait for the right to write, and keep it until the transaction ends. Asking again costs nothing."""
    before = connection.scalar(_TIMEOUT)
    connection.execute(_SET_TIMEOUT, {"value": f"{BUSY_SECONDS}s"})
    connection.execute(_LOCK)
    connection.execute(_SET_TIMEOUT, {"value": before})


def _settle(connection: sa.Connection, level: int, *, read_only: bool) -> None:
    # The driver puts both into the BEGIN that it sends with the first statement.
    driver: Any = connection.connection.driver_connection
    driver.isolation_level = level
    driver.read_only = read_only


_UNREACHABLE = (
    N_("The database of the store {where} cannot be reached, or does not let you in."),
    N_("Check that the server runs, and the host, database, user and password of the address."),
)
_BUSY = (
    N_("The store {where} is busy: somebody else has been writing for {seconds} seconds."),
    N_("Try again when they have finished."),
)
_MET = (
    N_("Two transactions on the store {where} met, and the database gave up this one. Nothing of it was written."),
    N_("Try again from its beginning."),
)
_FORBIDDEN = (
    N_("The store {where} cannot be written by this user of the database."),
    N_("Ask whoever runs the database for the right to use its tables, or to make them."),
)
_FULL = (N_("The store {where} cannot grow: the disk is full."), N_("Make room."))
_CANCELLED = (
    N_("The database broke off what was asked of the store {where}: it took longer than the server allows."),
    N_("Ask whoever runs the database about its statement_timeout."),
)

# By SQLSTATE, or the class of it that its first two characters are.
_CAUSES = {
    "55P03": _BUSY,
    "40001": _MET,
    "40P01": _MET,
    "57014": _CANCELLED,
    "25006": _FORBIDDEN,
    "42501": _FORBIDDEN,
    "53100": _FULL,
    "08": _UNREACHABLE,
    "28": _UNREACHABLE,
    "3D": _UNREACHABLE,
    "57": _UNREACHABLE,
    "": _UNREACHABLE,
}


def cause_of(error: BaseException) -> tuple[str, str] | None:
    """Message and hint for an error of the driver, if we have words for it."""
    state = getattr(error, "sqlstate", None) or ""
    if not state and type(error).__name__ != "OperationalError":
        return None
    return _CAUSES.get(state) or _CAUSES.get(state[:2])
