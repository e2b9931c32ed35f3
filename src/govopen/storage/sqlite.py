"""SQLite: a file of our own, or a host's database."""

from __future__ import annotations

import sqlite3
from typing import Any

import sqlalchemy as sa

from govopen.texts import N_

__all__ = ["BUSY_SECONDS", "cause_of", "make_engine", "prepare_file", "writing"]

BUSY_SECONDS = 10
"""How long a writer waits for another, in seconds."""

# Bodies are about a kilobyte: on pages of 4 KiB a third of the room is wasted, on 16 KiB point reads slow down.
_PAGE_SIZE = 8192


def make_engine(path: str) -> sa.Engine:
    """An engine for the SQLite file at ``path``. It changes nothing in the file."""
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=path),
        connect_args={"timeout": BUSY_SECONDS},
        # A scan keeps a connection until it is done; there is no telling how many are open.
        max_overflow=-1,
        # Bodies are parameters, and an error's text must hold no text of a record.
        hide_parameters=True,
    )
    sa.event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    # The driver by itself begins a transaction only before some statements: reads would see a mixture, and DDL and
    # savepoints would escape a rollback. See begin() of the engine module.
    connection.isolation_level = None
    # Without secure_delete what is replaced or erased lies in the file until its page is used again.
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def prepare_file(engine: sa.Engine) -> None:
    """Set what SQLite keeps in the file and can set only before there is a table."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
        driver.execute("PRAGMA journal_mode = WAL")


def writing(connection: sa.Connection) -> None:
    """Begin a transaction that will write. One that reads first and then writes fails if another wrote between."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


_BUSY = (
    N_("The store {where} is busy: somebody else has been writing for {seconds} seconds."),
    N_("Try again when they have finished."),
)

_CAUSES = {
    sqlite3.SQLITE_NOTADB: (N_("{where} is not a govopen store: it is no SQLite database."), N_("Check the address.")),
    sqlite3.SQLITE_CORRUPT: (N_("The store {where} is damaged."), N_("Restore a backup.")),
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: (N_("The store {where} cannot be written."), N_("Check who owns the file.")),
    sqlite3.SQLITE_FULL: (N_("The store {where} cannot grow: the disk is full."), N_("Make room.")),
    sqlite3.SQLITE_CANTOPEN: (
        N_("The store {where} cannot be opened."),
        N_("Check that its folder exists and that you may read and write there."),
    ),
}


def cause_of(error: BaseException) -> tuple[str, str] | None:
    """Message and hint for an error of the driver, if we have words for it."""
    # The code is SQLite's extended one; its last eight bits are the primary one.
    return _CAUSES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
