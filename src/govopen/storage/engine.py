"""Engines for SQLite files, and the errors of databases in our own words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from govopen.errors import StoreError
from govopen.texts import N_

__all__ = ["WRITING", "begin_on_host", "make_engine", "prepare_file", "translated"]

WRITING = "govopen_writing"
"""Execution option of a connection that is about to write."""

_BUSY_SECONDS = 10

# Bodies are about a kilobyte: on pages of 4 KiB a third of the room is wasted, on 16 KiB point reads slow down.
_PAGE_SIZE = 8192


def make_engine(path: str) -> sa.Engine:
    """An engine for the SQLite file at ``path``. It changes nothing in the file."""
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=path),
        connect_args={"timeout": _BUSY_SECONDS},
        # A scan keeps a connection until it is done; there is no telling how many are open.
        max_overflow=-1,
        # Bodies are parameters, and an error's text must hold no text of a record.
        hide_parameters=True,
    )
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    # The driver by itself begins a transaction only before some statements: reads would see a mixture, and DDL and
    # savepoints would escape a rollback. See _begin.
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A transaction that reads first and then writes fails if another wrote between; one that will write says so.
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def prepare_file(engine: sa.Engine) -> None:
    """Set what SQLite keeps in the file and can set only before there is a table."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
        driver.execute("PRAGMA journal_mode = WAL")


def begin_on_host(connection: sa.Connection) -> None:
    """Make sure that the host's transaction has begun in the database, too.

    SQLite's driver puts ``BEGIN`` off until some statements. A savepoint made before it is a transaction of its own,
    which the host's rollback does not reach.
    """
    if not connection.in_transaction():
        connection.begin()
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection) and not driver.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn what the database raises into errors of ours.

    Raises:
        StoreError: In place of any error of the database.
    """
    try:
        yield
    except exc.DBAPIError as error:
        # On a host's own engine the parameters are not hidden, and they are texts of records.
        error.hide_parameters = True
        raise _translate(error, where) from error


_CAUSES = {
    sqlite3.SQLITE_NOTADB: (N_("{where} is not a govopen store: it is no SQLite database."), N_("Check the address.")),
    sqlite3.SQLITE_CORRUPT: (N_("The store {where} is damaged."), N_("Restore a backup.")),
    sqlite3.SQLITE_BUSY: (
        N_("The store {where} is busy: somebody else has been writing for {seconds} seconds."),
        N_("Try again when they have finished."),
    ),
    sqlite3.SQLITE_READONLY: (N_("The store {where} cannot be written."), N_("Check who owns the file.")),
    sqlite3.SQLITE_FULL: (N_("The store {where} cannot grow: the disk is full."), N_("Make room.")),
    sqlite3.SQLITE_CANTOPEN: (
        N_("The store {where} cannot be opened."),
        N_("Check that its folder exists and that you may read and write there."),
    ),
}
_CAUSES[sqlite3.SQLITE_LOCKED] = _CAUSES[sqlite3.SQLITE_BUSY]


def _translate(error: exc.DBAPIError, where: str) -> StoreError:
    # The code is SQLite's extended one; its last eight bits are the primary one.
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code in _CAUSES:
        message, hint = _CAUSES[code]
        return StoreError(message, hint=hint, where=where, seconds=_BUSY_SECONDS)
    # The driver's own words may quote a value.
    return StoreError(
        "The database of the store {where} failed: {kind}.",
        hint="The log of the database says more.",
        where=where,
        kind=type(error.orig).__name__,
    )
