"""Rows by the thousand: the statement is compiled once, and rows go to the driver as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

__all__ = ["insert_rows"]

Row = tuple[Any, ...]


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert rows that hold a value for each column of the table, in its order.

    SQLAlchemy makes a dictionary of each row, looks each value up and passes each through a function of its type, which
    together costs as much as the database. Values here are texts, integers and bytes, which drivers take as they are.
    """
    if rows:
        statement, arranged = _compiled(table, connection.dialect)
        connection.exec_driver_sql(statement, arranged(rows))


@cache
def _compiled(table: sa.Table, dialect: sa.Dialect) -> tuple[str, Callable[[Sequence[Row]], Any]]:
    names = [column.name for column in table.c]
    compiled: Any = table.insert().compile(dialect=dialect, column_keys=names)
    if compiled.positional and list(compiled.positiontup) == names:
        return str(compiled), list
    keys = [compiled.escaped_bind_names.get(name, name) for name in names]
    return str(compiled), lambda rows: [dict(zip(keys, row, strict=True)) for row in rows]
