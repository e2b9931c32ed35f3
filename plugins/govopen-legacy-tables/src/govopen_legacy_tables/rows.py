"""Writing rows: only the columns that a change concerns, and nothing that the columns cannot give back.

Whoever calls holds a savepoint, and goes back to it when one of these fails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs
import sqlalchemy as sa

from govopen.errors import StoreError
from govopen.model.base import Record
from govopen.texts import Message
from govopen_legacy_tables.assembling import RowUnreadable, value_at
from govopen_legacy_tables.cells import Cell, UnfitError
from govopen_legacy_tables.columns import SHANGHAI, Column, Family, as_held
from govopen_legacy_tables.reading import read_rows
from govopen_legacy_tables.source import Child, Source

__all__ = ["delete_row", "insert_rows", "update_row"]

_UNFIT = Message(
    "表{table}无法存放{type} {id}：列{columns}不能容纳其内容。",
    "The table {table} cannot hold the {type} {id}: its columns {columns} do not take what it says.",
)
_UNFIT_HINT = Message(
    "请在对应关系中补充缺少的代码，或者只写这些列能够存放的内容。",
    "Add what is missing to the codes of the mapping, or write what the columns can hold.",
)


def insert_rows(connection: sa.Connection, source: Source[Any], records: Sequence[Record], at: dt.datetime) -> None:
    """Add the rows of records, and the rows of their lists.

    Args:
        connection: To the database, in a transaction that writes.
        source: The table.
        records: The records, some hundreds at most.
        at: The time now.

    Raises:
        StoreError: The columns cannot hold one of them.
    """
    rows = [_inserted(source, record, at) for record in records]
    connection.execute(source.table.held.insert(), rows)
    for child in source.children:
        _write_members(connection, source, child, records)
    _check(connection, source, records)


def _inserted(source: Source[Any], record: Record, at: dt.datetime) -> dict[str, object]:
    # Without what the filters ask for, the mapping itself would not find the row again.
    values = {entry.column.name: entry.held[0] for entry in source.filters if entry.keep}
    values |= _written(source, source.cells, record, record)
    id_column = source.id.columns[0]
    cell = source.id.cell(record.id)
    if cell is None or values.setdefault(id_column.name, cell) != cell:
        raise _unfit(source, record, [id_column.name])
    if source.version is not None:
        values[source.version.name] = 1
    if source.updated_at is not None:
        values[source.updated_at.name] = _written_moment(source.updated_at, at, sqlite=source.sqlite)
    return values


def update_row(connection: sa.Connection, source: Source[Any], record: Record, before: Record, at: dt.datetime) -> None:
    """Write what has changed into the row of a record. Whoever calls holds the row.

    Args:
        connection: To the database, in a transaction that writes.
        source: The table.
        record: The record.
        before: What the row holds.
        at: The time now.

    Raises:
        StoreError: The columns cannot hold it.
    """
    changed = [cell for cell in source.cells if value_at(record, cell.keys) != value_at(before, cell.keys)]
    values: dict[str, Any] = dict(_written(source, changed, record, record))
    if source.version is not None:
        # Whoever read the row in the other system before must see that it is not the same any more.
        values[source.version.name] = sa.func.coalesce(source.version.held, 0) + 1
    if source.updated_at is not None:
        values[source.updated_at.name] = _written_moment(source.updated_at, at, sqlite=source.sqlite)
    if values:
        connection.execute(source.table.held.update().where(*source.id.among([record.id])).values(values))
    for child in source.children:
        if getattr(record, child.name) != getattr(before, child.name):
            _drop_members(connection, source, child, record.id)
            _write_members(connection, source, child, [record])
    _check(connection, source, [record])


def delete_row(connection: sa.Connection, source: Source[Any], id_: str) -> None:
    """Take the row of a record out, and the rows of its lists."""
    for child in source.children:
        _drop_members(connection, source, child, id_)
    connection.execute(source.table.held.delete().where(*source.id.among([id_])))


def _written(source: Source[Any], cells: Sequence[Cell], record: Record, holder: object) -> dict[str, object]:
    values, unfit = {}, []
    for cell in cells:
        try:
            values[cell.column.name] = cell.write(value_at(holder, cell.keys))
        except UnfitError:
            unfit.append(cell.column.name)
    if unfit:
        raise _unfit(source, record, unfit)
    return values


def _write_members(connection: sa.Connection, source: Source[Any], child: Child, records: Sequence[Record]) -> None:
    holders = [record for record in records if getattr(record, child.name)]
    if not holders:
        return
    # The column that members name may be one that the database fills.
    named = sa.select(source.id.text, child.named).where(*source.id.among([record.id for record in holders]))
    keys: dict[str, object] = {str(id_): _key(child, key) for id_, key in connection.execute(named)}
    rows = []
    for record in holders:
        if keys.get(record.id) is None:
            raise StoreError(
                Message(
                    "无法存放{type} {id}的{list}：表{table}的列{column}为空，或者其值不能存入列{key}。",
                    "The members of {list} of the {type} {id} cannot name its row: its column {column} in the table "
                    "{table} holds nothing, or what the column {key} cannot hold.",
                ),
                hint=Message(
                    "请填写该列，或者在对应关系中不写 parent，由成员指明编号列。",
                    "Fill that column; or leave parent out of the mapping, if members name the column of the id.",
                ),
                type=source.name,
                id=record.id,
                list=child.name,
                table=source.table.name,
                column=child.parent.name,
                key=child.key.name,
            )
        for number, member in enumerate(getattr(record, child.name), start=1):
            row = {child.key.name: keys[record.id], **_written(source, child.cells, record, member)}
            if child.number is not None:
                row[child.number.name] = number
            rows.append(row)
    connection.execute(child.table.held.insert(), rows)


def _key(child: Child, named: object) -> object:
    return named if child.alike or named is None else as_held(child.key, named)


def _drop_members(connection: sa.Connection, source: Source[Any], child: Child, id_: str) -> None:
    named = connection.scalar(sa.select(child.named).where(*source.id.among([id_])))
    if named is not None:
        # What names nothing is of nobody: a row that nothing names has no members.
        connection.execute(child.table.held.delete().where(child.naming(child.key.held) == named))


def _check(connection: sa.Connection, source: Source[Any], records: Sequence[Record]) -> None:
    """Read what was written: what the columns have rounded, cut off or never had must not be lost in silence."""
    try:
        rows = read_rows(connection, source, [record.id for record in records])
    except RowUnreadable as error:
        raise StoreError(
            _UNFIT,
            hint=_UNFIT_HINT,
            **error.facts,
        ) from None
    for record in records:
        row = rows.get(record.id)
        if row is None:
            raise StoreError(
                Message(
                    "{type} {id}写入表{table}后将无法再读出。",
                    "The {type} {id} would not be found again in the table {table}.",
                ),
                hint=Message(
                    "对应关系中的 where 和 excluding 将其排除在外，请写入符合其条件的内容。",
                    "The mapping's where and excluding leave it out: write what they let through.",
                ),
                type=source.name,
                id=record.id,
                table=source.table.name,
            )
        if row.record != record:
            names = [field.name for field in attrs.fields(type(record))]
            changed = [name for name in names if getattr(row.record, name) != getattr(record, name)]
            raise StoreError(
                Message(
                    "表{table}无法存放{type} {id}：字段{fields}将丢失或改变。",
                    "The table {table} cannot hold the {type} {id}: it would lose or change {fields}.",
                ),
                hint=Message(
                    "请在表中或对应关系中为其增加列，或者只写这些列能够存放的内容。",
                    "Add columns for them to the table or to the mapping, or write what the columns can hold.",
                ),
                table=source.table.name,
                type=source.name,
                id=record.id,
                fields=", ".join(changed),
            )


def _unfit(source: Source[Any], record: Record, columns: Sequence[str]) -> StoreError:
    return StoreError(
        _UNFIT,
        hint=_UNFIT_HINT,
        table=source.table.name,
        type=source.name,
        id=record.id,
        columns=", ".join(columns),
    )


def _written_moment(column: Column, at: dt.datetime, *, sqlite: bool) -> object:
    local = at.astimezone(SHANGHAI)
    if column.family is Family.MOMENT and not sqlite:
        return local if column.zoned else local.replace(tzinfo=None)
    return local.replace(tzinfo=None).isoformat(" ", "microseconds")
