"""Reading the tables: rows in order and in constant memory, the members of their lists beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast

import attrs
import sqlalchemy as sa

from govopen.errors import StoreError
from govopen.model.base import Record
from govopen.storage.engine import translated
from govopen.storage.port import IdRange
from govopen.storage.types import entries_of
from govopen.texts import Message
from govopen_legacy_tables.cells import Cell
from govopen_legacy_tables.columns import SHANGHAI, Column, Family
from govopen_legacy_tables.identifier import collated
from govopen_legacy_tables.source import Child, Source

__all__ = ["Connect", "Row", "Tables", "over", "read_rows"]

R = TypeVar("R", bound=Record)

Connect = Callable[[], AbstractContextManager[sa.Connection]]
"""Gives a connection for as long as a block lasts."""

CHUNK = 500

# A cursor in the server; SQLite streams anyway.
_STREAM = {"stream_results": True, "max_row_buffer": CHUNK}


def over(connection: sa.Connection) -> Connect:
    """What gives one and the same connection, for as long as its transaction lasts."""
    return lambda: nullcontext(connection)


@attrs.frozen
class Row(Generic[R]):
    """A record as a row holds it.

    Attributes:
        version: What the column with the version holds, as text; empty: there is none.
        updated_at: When the row was changed last, if a column says so.
    """

    record: R
    version: str = ""
    updated_at: dt.datetime | None = None


class Tables:
    """The records of the mapped types.

    Args:
        connect: Gives a connection for as long as one answer is being read.
        sources: The tables, by record class.
        where: What errors call the database.
    """

    def __init__(self, connect: Connect, sources: Mapping[type[Record], Source[Any]], where: str) -> None:
        self._connect = connect
        self._sources = sources
        self._where = where

    def over(self, connect: Connect) -> Tables:
        """The same tables, read over other connections."""
        return Tables(connect, self._sources, self._where)

    def of(self, cls: type[R]) -> Source[R] | None:
        """The table of a record class, if it has one."""
        return self._sources.get(cls)

    @property
    def sources(self) -> Sequence[Source[Any]]:
        """All tables."""
        return list(self._sources.values())

    def touch(self) -> None:
        """Read something: a database takes a snapshot at the first read, and not when the transaction begins."""
        for source in self.sources[:1]:
            with translated(self._where), self._connect() as connection:
                connection.execute(sa.select(sa.literal(1)).select_from(source.table.held).limit(1)).all()

    def one(self, source: Source[R], id_: str) -> Row[R] | None:
        """The row of an identifier."""
        with translated(self._where), self._connect() as connection:
            return read_rows(connection, source, [id_]).get(id_)

    def rows(self, source: Source[R], *, unit: str | None = None, partition: IdRange | None = None) -> Iterator[Row[R]]:
        """The rows by identifier."""
        conditions = [] if unit is None else [source.of_unit(unit)]
        if partition is not None:
            conditions.append(source.id.ordered >= partition.start)
            if partition.stop is not None:
                conditions.append(source.id.ordered < partition.stop)
        return self._stream(source, conditions, [source.id.ordered])

    def by_value(self, source: Source[R], field: str, unit: str) -> Iterator[tuple[str, R]]:
        """The unit's records with the values of an indexed field, by value and identifier.

        A column with the plain value is read in its order. Else, with codes, dates or many values, the unit's records
        are held together: the table has no index that knows their order.
        """
        cell = _plain_cell(source, field)
        if cell is not None:
            yield from self._in_order(source, cell, field, unit)
            return
        found = [
            (value, row.record.id, row.record)
            for row in self.rows(source, unit=unit)
            for name, value in entries_of(source.bound.type, row.record)
            if name == field
        ]
        found.sort(key=itemgetter(0, 1))
        yield from ((value, record) for value, _, record in found)

    def with_value(self, source: Source[R], field: str, unit: str, value: str) -> list[R]:
        """The unit's records that have a value in an indexed field, by identifier."""
        if not value:
            return []
        if _plain_cell(source, field) is None:
            return [record for held, record in self.by_value(source, field, unit) if held == value]
        conditions = [source.of_unit(unit), source.holding(field, value)]
        rows = self._stream(source, conditions, [source.id.ordered])
        return [row.record for row in rows if getattr(row.record, field) == value]

    def count(self, source: Source[Any], unit: str | None = None) -> int:
        """How many rows there are."""
        statement = sa.select(sa.func.count()).select_from(source.table.held).where(*source.conditions)
        if unit is not None:
            statement = statement.where(source.of_unit(unit))
        with translated(self._where), self._connect() as connection:
            return connection.scalar(statement) or 0

    def partitions(self, source: Source[Any], n: int) -> list[IdRange]:
        """At most ``n`` ranges of about as many rows each."""
        nth = sa.select(source.id.text).where(*source.conditions).order_by(source.id.ordered).limit(1)
        with translated(self._where), self._connect() as connection:
            total = connection.scalar(
                sa.select(sa.func.count()).select_from(source.table.held).where(*source.conditions)
            )
            places = sorted({(total or 0) * part // n for part in range(1, n)} - {0})
            return IdRange.between([str(connection.scalar(nth.offset(place))) for place in places])

    def _in_order(self, source: Source[R], cell: Cell, field: str, unit: str) -> Iterator[tuple[str, R]]:
        column = cell.column.held
        conditions = [source.of_unit(unit), column.is_not(None), column != ""]
        order = [collated(cell.column.as_text, sqlite=source.sqlite), source.id.ordered]
        # The order is that of what is read: a cell with anything around its value is no value, see Cell.exact.
        for row in self._stream(source, conditions, order):
            if value := getattr(row.record, field):
                yield value, row.record

    def _stream(
        self,
        source: Source[R],
        conditions: Sequence[sa.ColumnElement[bool]],
        order: Sequence[sa.ColumnElement[Any]],
    ) -> Iterator[Row[R]]:
        with translated(self._where), self._connect() as connection:
            yield from _records(connection, source, [*source.conditions, *conditions], order, stream=True)


def read_rows(
    connection: sa.Connection, source: Source[R], ids: Sequence[str], *, lock: bool = False
) -> dict[str, Row[R]]:
    """The rows of some identifiers.

    Args:
        connection: To the database.
        source: The table.
        ids: The identifiers, some hundreds at most.
        lock: Whether nobody else may change the rows until the transaction ends. SQLite locks the whole file by then.

    Raises:
        StoreError: One is no record, or there are two for an identifier.
    """
    conditions = [*source.conditions, *source.id.among(ids)]
    if lock and not source.sqlite:
        # Before anything is read: members of a row's lists as well are those of the row that nobody changes any more.
        statement = sa.select(source.id.text).where(*conditions).order_by(source.id.ordered)
        connection.execute(statement.with_for_update(of=source.table.held))
    found = _records(connection, source, conditions, [source.id.ordered], stream=False)
    return {row.record.id: row for row in found}


def _records(
    connection: sa.Connection,
    source: Source[R],
    conditions: Sequence[sa.ColumnElement[bool]],
    order: Sequence[sa.ColumnElement[Any]],
    *,
    stream: bool,
) -> Iterator[Row[R]]:
    kept = [column for column in (source.version, source.updated_at) if column is not None]
    statement = (
        sa.select(source.id.text, *(column.held for column in kept), *(cell.column.held for cell in source.cells))
        .select_from(source.table.held)
        .where(*conditions)
        .order_by(*order)
    )
    members = {
        child.name: _Members(_fetched(connection, _members(source, child, conditions, order), stream=stream))
        for child in source.children
    }
    start = 1 + len(kept)
    previous: object = _NOTHING
    for fetched in _fetched(connection, statement, stream=stream):
        id_ = None if fetched[0] is None else str(fetched[0])
        if id_ == previous:
            raise StoreError(
                Message("表{table}中有两行对应{type} {id}。", "The table {table} has two rows for the {type} {id}."),
                hint=Message(
                    "请以 where 或 excluding 限定行的范围，或者以更多的列组成编号。",
                    "Narrow the rows down with where or excluding, or make the identifier of more columns.",
                ),
                table=source.table.name,
                type=source.name,
                id=id_,
            )
        previous = id_
        rows = {name: each.of(fetched[0]) for name, each in members.items()}
        record = source.assembler.record(id_, fetched[start:], rows)
        yield Row(record, *_told(source, fetched[1:start]))
    if any(each.left for each in members.values()):
        # In a transaction that writes, each statement of PostgreSQL sees what was committed before it. The members of
        # a row that went in between are passed over, and the lists of all rows after it would pass for empty.
        raise StoreError(
            Message("表{table}在读取期间被其他系统修改。", "The table {table} was changed while it was being read."),
            hint=Message("请重试。", "Try again."),
            table=source.table.name,
        )


_NOTHING = object()


class _Members:
    """The rows of a child table, which come in the order of the rows that they belong to."""

    def __init__(self, rows: Iterator[Sequence[Any]]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    @property
    def left(self) -> bool:
        """Whether there are rows that belong to none of the rows asked about."""
        return self._next is not None

    def of(self, id_: object) -> list[Sequence[object]]:
        """The rows that belong to the next row, whose identifier this is."""
        if self._next is None or self._next[0] != id_:
            return []
        found = [row[1:] for row in self._next[1]]
        self._next = next(self._groups, None)
        return found


def _members(
    source: Source[Any],
    child: Child,
    conditions: Sequence[sa.ColumnElement[bool]],
    order: Sequence[sa.ColumnElement[Any]],
) -> sa.Select[Any]:
    rows = child.table.held.alias("govopen_members")
    same = child.naming(rows.c[child.key.name]) == child.named
    return (
        sa.select(source.id.text, *(rows.c[cell.column.name] for cell in child.cells))
        .select_from(source.table.held.join(rows, same))
        .where(*conditions)
        .order_by(*order, *(rows.c[column.name] for column in child.order))
    )


def _fetched(connection: sa.Connection, statement: sa.Executable, *, stream: bool) -> Iterator[Sequence[Any]]:
    with connection.execute(statement, execution_options=_STREAM if stream else {}) as result:
        for chunk in result.partitions(CHUNK):
            yield from cast("Sequence[Sequence[Any]]", chunk)


def _told(source: Source[Any], cells: Sequence[object]) -> tuple[str, dt.datetime | None]:
    held = iter(cells)
    version = "" if source.version is None else str(next(held))
    return version, None if source.updated_at is None else _moment(source.updated_at, next(held))


def _moment(column: Column, held: object) -> dt.datetime | None:
    """A moment in UTC; ``None`` where the cell says none."""
    if isinstance(held, str):
        try:
            held = dt.datetime.fromisoformat(held.strip())
        except ValueError:
            return None
    if not isinstance(held, dt.datetime):
        return None
    return (held if held.tzinfo is not None else held.replace(tzinfo=SHANGHAI)).astimezone(dt.UTC)


def _plain_cell(source: Source[Any], field: str) -> Cell | None:
    """The column that holds the values of a field as they are and in their order, if there is one."""
    cell = source.cell_of(field)
    if cell is None or cell.meanings is not None or cell.leaf.field.many or cell.leaf.field.kind is not str:
        return None
    return cell if cell.column.family is Family.TEXT and not cell.column.padded else None
