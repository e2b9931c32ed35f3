"""Columns of tables that exist, as the database describes them."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine.interfaces import ReflectedColumn

from govopen.texts import Label

__all__ = ["NUMBERS", "SHANGHAI", "Column", "Family", "Table", "as_held", "canonical", "day_of", "plain", "reflect"]

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
    UUID = "uuid", "通用唯一识别码", "UUID"
    WORD = "word", "其他可读作文本的类型", "read as text"
    """What PostgreSQL compares with no text, such as a type of its own that lists words."""
    BYTES = "bytes", "二进制", "bytes"
    SEVERAL = "several", "多值或未知的类型", "of several values, or of an unknown type"


NUMBERS = frozenset({Family.INTEGER, Family.NUMBER, Family.FLOAT})
"""Families whose values are equal when they are the same number."""

_FAMILIES: tuple[tuple[type[Any], Family], ...] = (
    (sa.Boolean, Family.BOOLEAN),
    (sa.Integer, Family.INTEGER),
    # A Float is a Numeric to SQLAlchemy: the narrower class comes first.
    (sa.Float, Family.FLOAT),
    (sa.Numeric, Family.NUMBER),
    (sa.DateTime, Family.MOMENT),
    (sa.Date, Family.DATE),
    (sa.LargeBinary, Family.BYTES),
    (sa.Uuid, Family.UUID),
    (sa.ARRAY, Family.SEVERAL),
    (sa.JSON, Family.SEVERAL),
    (postgresql.HSTORE, Family.SEVERAL),
    (postgresql.INTERVAL, Family.SEVERAL),
    (postgresql.ranges.AbstractRange, Family.SEVERAL),
    # An Enum is a String to SQLAlchemy.
    (sa.Enum, Family.WORD),
    (sa.String, Family.TEXT),
)

_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?")
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


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
        return self.text_of(self.held)

    @property
    def compared(self) -> sa.ColumnElement[Any]:
        """The column, to be compared with values: as it is, so that its index serves, where that finds all."""
        return self.compared_of(self.held)

    def text_of(self, held: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
        """:attr:`as_text` of the column as a statement has it, by an alias of its table."""
        if self.padded:
            return sa.func.rtrim(sa.cast(held, sa.Text))
        # A cast keeps SQLite from the column's index.
        return sa.type_coerce(held, sa.Text) if self.sqlite and self.family is Family.TEXT else sa.cast(held, sa.Text)

    def compared_of(self, held: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """:attr:`compared` of the column as a statement has it, by an alias of its table."""
        if self.family is Family.WORD or (self.padded and self.sqlite):
            return self.text_of(held)
        if self.family is Family.FLOAT and not self.sqlite:
            # A float of four bytes is no 0.1 to one of eight.
            return sa.cast(held, sa.Numeric)
        return held


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
    kind: object = column["type"]
    if isinstance(kind, postgresql.DOMAIN):
        kind = kind.data_type
    # SQLite has texts wherever a declaration says nothing that it knows.
    other = Family.TEXT if sqlite else Family.SEVERAL if isinstance(kind, sa.types.NullType) else Family.WORD
    family = next((family for cls, family in _FAMILIES if isinstance(kind, cls)), other)
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


def canonical(text: str) -> str | None:
    """A number as :func:`plain` writes it, or ``None`` for what is none."""
    return plain(Decimal(text)) if _NUMBER.fullmatch(text) else None


def as_held(column: Column, said: object) -> object:
    """A value of a mapping file or of a record as the driver compares it with a column.

    Returns:
        ``None`` if no cell of the column can hold it.
    """
    text = plain(said) if isinstance(said, bool) else str(said)
    if column.family is Family.BOOLEAN:
        return _FLAGS.get(text.casefold())
    if column.family is Family.INTEGER and (number := _integer(text)) is not None:
        return number
    if column.sqlite:
        # It compares by what the column is declared as; and a column may hold anything.
        return text
    try:
        held = _READERS.get(column.family, str)(text)
    except ValueError:
        return None
    if isinstance(held, dt.datetime):
        local = held.replace(tzinfo=SHANGHAI) if held.tzinfo is None else held.astimezone(SHANGHAI)
        return local if column.zoned else local.replace(tzinfo=None)
    return held


def _integer(text: str) -> int | None:
    # No column holds more than 64 bits, and the driver of SQLite takes no more.
    number = int(text) if _INTEGER.fullmatch(text) else None
    return number if number is not None and -(2**63) <= number < 2**63 else None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) else None


_READERS: Mapping[Family, Callable[[str], object]] = {
    Family.INTEGER: _integer,
    Family.NUMBER: _decimal,
    Family.FLOAT: _decimal,
    Family.DATE: dt.date.fromisoformat,
    Family.MOMENT: dt.datetime.fromisoformat,
    Family.UUID: uuid.UUID,
}
