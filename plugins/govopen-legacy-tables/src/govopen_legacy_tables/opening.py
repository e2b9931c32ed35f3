"""Opening a legacy store: the mapping is read and bound, and what a mode asks of the database is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from govopen.errors import StoreError
from govopen.model.base import RecordType
from govopen.storage.engine import WRITING, Place, open_place, translated
from govopen.storage.port import Clock, utc_now
from govopen.storage.sql import SqlStore
from govopen.storage.types import TypeBook
from govopen.texts import Message
from govopen_legacy_tables.address import Address, beside, parse_address
from govopen_legacy_tables.binding import bind
from govopen_legacy_tables.mapping import LegacyMapping, load_mapping
from govopen_legacy_tables.reading import Tables
from govopen_legacy_tables.readonly import ReadOnlyStore
from govopen_legacy_tables.readwrite import ReadWriteStore
from govopen_legacy_tables.store import LegacyStore

__all__ = ["open_legacy"]


def open_legacy(url: str, types: Iterable[RecordType], *, clock: Clock = utc_now) -> LegacyStore:
    """Open the store at an address; see :func:`govopen_legacy_tables.legacy_store`."""
    address = parse_address(url)
    place = open_place(address.database)
    mapping = load_mapping(address.mapping)
    known = tuple(types)
    if not mapping.writes and place.file is not None:
        sa.event.listen(place.engine, "connect", _only_read)
    try:
        return _opened(address, mapping, place, known, clock)
    except BaseException:
        place.engine.dispose()
        raise


def _opened(
    address: Address, mapping: LegacyMapping, place: Place, types: tuple[RecordType, ...], clock: Clock
) -> LegacyStore:
    book = TypeBook(types)
    name = address.mapping.name
    with translated(place.where), place.engine.connect() as connection:
        bound = bind(mapping, name, connection, book)
        if mapping.writes and place.file is not None:
            _needs_wal(connection, place.where)
    tables = Tables(place.engine.connect, {s.bound.type.cls: s for s in bound.sources.values()}, place.where)
    if mapping.writes:
        own = _own_tables(address.database, place, types, clock)
        return ReadWriteStore(
            place.engine, tables, bound.absent, own, book, where=place.where, mapping=name, clock=clock
        )
    companion = None
    if mapping.companion:
        companion = SqlStore.open(beside(mapping.companion, address.mapping), types, clock=clock)
    return ReadOnlyStore(
        place.engine,
        tables,
        bound.absent,
        companion,
        book,
        where=place.where,
        mapping=name,
        identity=address.identity,
        opened_at=clock().astimezone(dt.UTC),
    )


def _only_read(connection: Any, _: object) -> None:
    # Whatever goes wrong in govopen, the other system's file stays as it is.
    connection.execute("PRAGMA query_only = ON")


def _needs_wal(connection: sa.Connection, where: str) -> None:
    """Without it a reader holds every writer up, and a check that writes what it found would wait for itself."""
    if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
        raise StoreError(
            Message(
                "SQLite 数据库{where}在读取期间不能写入。",
                "The SQLite database {where} lets nobody write while somebody reads.",
            ),
            hint=Message(
                '请数据库管理人员设置 PRAGMA journal_mode = WAL，或者在对应关系文件中写 mode = "read-only"。',
                'Have whoever runs it set PRAGMA journal_mode = WAL; or write mode = "read-only" in the mapping.',
            ),
            where=where,
        )


def _own_tables(database: str, place: Place, types: tuple[RecordType, ...], clock: Clock) -> SqlStore:
    """The store of govopen's own in the database of the tables; its tables are made if they are not there."""
    with translated(place.where), place.engine.connect() as connection:
        connection.execution_options(**{WRITING: True})
        with connection.begin():
            SqlStore.within(connection, types, clock=clock)
    return SqlStore.open(database, types, clock=clock, create=False)
