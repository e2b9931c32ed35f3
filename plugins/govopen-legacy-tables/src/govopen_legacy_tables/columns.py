"""Columns of tables that exist, as the database describes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import ReflectedColumn

from govopen.texts import Label

__all__ = ["SHANGHAI", "Column", "Family", "Table", "day_of", "plain", "reflect"]

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The law's day is counted there, whatever zone the server keeps."""


class Family(Label):
    """Kinds of columns that are read and written alike."""

    BOOLEAN = "boolean", "布尔", "boolean"
    INTEGER = "integer", "整数", "integer"
    NUMBER = "number", "定点数", "exact number"
    FLOAT = "float", "浮点数", "binary float"
    DATE = "date", "日期", "date"
    MOMENT = "moment", "日期时间", "date and time"
    TEXT = "text", "文本", "text"
    BYTES = "bytes", "二进制", "bytes"


_FAMILIES: tuple[tuple[type[Any], Family], ...] = (
    (sa.Boolean, Family.BOOLEAN),
    (sa.Integer, Family.INTEGER),
    # A Float is a Numeric to SQLAlchemy: the narrower class comes first.
    (sa.Float, Family.FLOAT),
    (sa.Numeric, Family.NUMBER),
    (sa.DateTime, Family.MOMENT),
    (sa.Date, Family.DATE),
    (sa.LargeBinary, Family.BYTES),
)


@attrs.frozen(kw_only=True, eq=False)
class Column:
    """One column of a table.

    Attributes:
        held: The column in statements. Its type is left out, so that values pass as the driver has them: SQLAlchemy's
            own types of SQLite raise errors that quote the cell.
        family: How it is read and written.
        nullable: Whether it can hold nothing.
        padded: Whether texts are filled up with blanks, by the database or by whoever writes.
        sqlite: Whether the database is SQLite, which tells "a" from "a " also where a column is declared CHAR.
        zoned: Whether a moment carries its zone.
    """

    name: str
    held: sa.Column[object]
    family: Family
    nullable: bool = True
    padded: bool = False
    sqlite: bool = False
    zoned: bool = False

    @property
    def as_text(self) -> sa.ColumnElement[str]:
        """The column as text, without what it was filled up with."""
        if self.family is not Family.TEXT:
            return sa.cast(self.held, sa.Text)
        return sa.func.rtrim(sa.cast(self.held, sa.Text)) if self.padded else sa.type_coerce(self.held, sa.Text)

    @property
    def compared(self) -> sa.ColumnElement[Any]:
        """The column, to be compared with values: as it is, so that its index serves, where that finds all."""
        return self.as_text if self.padded and self.sqlite else self.held


@attrs.frozen(kw_only=True, eq=False)
class Table:
    """A table or view that exists.

    Attributes:
        name: As the mapping has it.
        keys: The sets of columns that no two rows share.
    """

    name: str
    held: sa.Table
    columns: dict[str, Column]
    keys: tuple[frozenset[str], ...]


def reflect(inspector: sa.Inspector, name: str) -> Table | None:
    """The table or view of that name; ``None`` if there is none.

    Args:
        inspector: Of the database.
        name: Its name, with its schema before a dot if that is not on the search path.
    """
    schema, plain = _place_of(inspector, name)
    try:
        found = inspector.get_columns(plain, schema=schema)
    except sa.exc.NoSuchTableError:
        return None
    sqlite = inspector.dialect.name == "sqlite"
    described = [_described(column, sqlite=sqlite) for column in found]
    held = sa.Table(plain, sa.MetaData(), *(column.held for column in described), schema=schema)
    return Table(
        name=name, held=held, columns={c.name: c for c in described}, keys=tuple(_keys(inspector, plain, schema))
    )


def _place_of(inspector: sa.Inspector, name: str) -> tuple[str | None, str]:
    # A name may hold a dot of its own; where it does, it is on the search path.
    schema, dot, plain = name.partition(".")
    if dot and not inspector.has_table(name):
        return schema, plain
    return None, name


def _keys(inspector: sa.Inspector, name: str, schema: str | None) -> Iterable[frozenset[str]]:
    try:
        yield frozenset(inspector.get_pk_constraint(name, schema=schema)["constrained_columns"])
        # SQLite tells of a UNIQUE in the declaration of a column by an index of its own making, and hides that.
        options = {"include_auto_indexes": True} if inspector.dialect.name == "sqlite" else {}
        for index in inspector.get_indexes(name, schema=schema, **options):
            # An index with a condition leaves the other rows out.
            if index["unique"] and not any("_where" in option for option in index.get("dialect_options", {})):
                yield frozenset(column or "" for column in index["column_names"])
    except sa.exc.NoSuchTableError:
        return  # a view has no keys


def _described(column: ReflectedColumn, *, sqlite: bool) -> Column:
    kind = column["type"]
    family = next((family for cls, family in _FAMILIES if isinstance(kind, cls)), Family.TEXT)
    return Column(
        name=column["name"],
        held=sa.Column(column["name"], sa.types.NullType()),
        family=family,
        nullable=column["nullable"],
        padded=isinstance(kind, sa.CHAR),
        sqlite=sqlite,
        zoned=bool(getattr(kind, "timezone", False)),
    )


def day_of(moment: dt.datetime) -> dt.date:
    """The day of a moment where the law counts it. One without a zone is taken for local time."""
    return moment.date() if moment.tzinfo is None else moment.astimezone(SHANGHAI).date()


def plain(held: object) -> str:
    """A cell as somebody would write it down, for codes and blanks."""
    if isinstance(held, bool):
        return "true" if held else "false"
    if isinstance(held, float):
        held = Decimal(repr(held))
    if isinstance(held, Decimal):
        # A code in a column of decimals is 1, and not 1.00.
        return f"{held.normalize():f}" if held.is_finite() else str(held)
    if isinstance(held, dt.date):
        return held.isoformat()
    return str(held).strip()
