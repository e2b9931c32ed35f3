"""Engines for the databases that the SQL store works with, and their errors in our own words."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import sqlalchemy as sa
from sqlalchemy import exc

from govopen.errors import StoreError
from govopen.storage import postgresql, sqlite
from govopen.texts import N_

__all__ = ["WRITING", "Place", "begin_on_host", "open_place", "translated"]

WRITING = "govopen_writing"
"""Execution option of a connection that is about to write."""


@attrs.frozen
class Place:
    """The database at an address.

    Attributes:
        where: What errors call it.
        file: The SQLite file; ``None`` for a server.
        folder: The temporary folder of the file, if the store is a temporary one.
    """

    engine: sa.Engine
    where: str
    file: Path | None = None
    folder: tempfile.TemporaryDirectory[str] | None = None


def open_place(url: str) -> Place:
    """The database at ``url``. Nothing is connected to, and nothing made.

    Raises:
        StoreError: The address is of another kind, or the driver is not installed.
    """
    try:
        parsed = sa.make_url(url)
        kind = parsed.get_backend_name()
    # A port that is no number is a ValueError, and its text is the end of a password with an "@" in it.
    except (exc.ArgumentError, ValueError):
        parsed, kind = sa.make_url("none://"), ""
    if "@" in (parsed.host or ""):
        # What stands before it is the end of a password, and errors name the host.
        raise StoreError(
            N_("The address of the store has an @ too many."),
            hint=N_("In user and password write %40 for @, %3A for : and %2F for /."),
        ) from None
    if kind == "postgresql":
        place = Place(postgresql.make_engine(parsed), postgresql.where_is(parsed))
    elif kind == "sqlite":
        path, folder = parsed.database, None
        if path in {None, "", ":memory:"}:
            folder = tempfile.TemporaryDirectory(prefix="govopen-")
            path = str(Path(folder.name, "store.db"))
        place = Place(sqlite.make_engine(str(path)), str(path), Path(str(path)), folder)
    else:
        raise StoreError(
            "This store opens SQLite files and PostgreSQL databases, and the address is of another kind.",
            hint="Write sqlite:///records.db or postgresql://user@host/database; other databases come by a plugin.",
        )
    sa.event.listen(place.engine, "begin", _begin)
    return place


def _begin(connection: sa.Connection) -> None:
    will_write = connection.get_execution_options().get(WRITING, False)
    if connection.dialect.name == "postgresql":
        (postgresql.writing if will_write else postgresql.reading)(connection)
    elif will_write:
        sqlite.writing(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def begin_on_host(connection: sa.Connection) -> None:
    """Make sure that the host's transaction has begun in the database, too, and may write.

    SQLite's driver puts ``BEGIN`` off until some statements. A savepoint made before it is a transaction of its own,
    which the host's rollback does not reach.
    """
    if not connection.in_transaction():
        connection.begin()
    if connection.dialect.name == "postgresql":
        postgresql.lock(connection)
        return
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection) and not driver.in_transaction:
        sqlite.writing(connection)


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


def _translate(error: exc.DBAPIError, where: str) -> StoreError:
    driver, orig = (sqlite if isinstance(error.orig, sqlite3.Error) else postgresql), error.orig
    if orig is not None and (cause := driver.cause_of(orig)) is not None:
        message, hint = cause
        return StoreError(message, hint=hint, where=where, seconds=driver.BUSY_SECONDS)
    # The driver's own words may quote a value.
    return StoreError(
        "The database of the store {where} failed: {kind}.",
        hint="The log of the database says more.",
        where=where,
        kind=type(orig).__name__,
    )
