"""A mapping bound to the record types and to the tables that are there: every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import attrs
import sqlalchemy as sa

from govopen.errors import InputError, Problem
from govopen.interchange.fields import fields_of
from govopen.model.base import RecordType
from govopen.storage.types import BoundType, TypeBook
from govopen.texts import Message
from govopen_legacy_tables.assembling import Assembler
from govopen_legacy_tables.bound_cells import ACCEPTED, CellBinder, Complain, column_of, writable
from govopen_legacy_tables.columns import Column, Family, Table, plain, reflect
from govopen_legacy_tables.filtering import filters_of
from govopen_legacy_tables.identifier import Identifier
from govopen_legacy_tables.mapping import ChildTable, CodeTable, LegacyMapping, TableMapping
from govopen_legacy_tables.source import Child, Source

__all__ = ["Bound", "bind"]


@attrs.frozen
class Bound:
    """What a mapping says, found in the database.

    Attributes:
        sources: The tables, by record type.
        absent: Those of types that the store was opened without: their rows are counted, and stay as they are.
    """

    sources: Mapping[str, Source[Any]]
    absent: Mapping[str, Table]


def bind(mapping: LegacyMapping, name: str, connection: sa.Connection, book: TypeBook) -> Bound:
    """Find the tables of the mapping.

    Args:
        mapping: What the file says.
        name: What errors call the file.
        connection: To the database.
        book: The record types.

    Raises:
        InputError: Tables, columns, fields or codes are not there, or do not fit; all of them are named.
    """
    binder = _Binder(mapping, name, connection)
    sources = {
        name: binder.source(book.by_name[name], said) for name, said in mapping.tables.items() if name in book.by_name
    }
    absent = {name: binder.absent(name, said) for name, said in mapping.tables.items() if name not in book.by_name}
    if not mapping.tables:
        binder.problem("tables", Message("对应关系没有指明任何表。", "The mapping names no table."))
    if binder.problems:
        raise InputError(
            Message(
                "对应关系文件{file}与数据库或记录不相符。",
                "The mapping {file} does not fit the database or the records.",
            ),
            problems=binder.problems,
            file=name,
        )
    return Bound(
        {name: source for name, source in sources.items() if source is not None},
        {name: table for name, table in absent.items() if table is not None},
    )


class _Binder:
    def __init__(self, mapping: LegacyMapping, name: str, connection: sa.Connection) -> None:
        self._mapping = mapping
        self._name = name
        self._connection = connection
        self._inspector: sa.Inspector = sa.inspect(connection)
        self._sqlite = connection.dialect.name == "sqlite"
        self.problems: list[Problem] = []

    def problem(self, path: str, message: str, hint: str = "", /, **facts: object) -> None:
        """Add a problem of the mapping."""
        self.problems.append(Problem(where=self._name, path=path, message=message, accepted=hint, facts=facts))

    def below(self, path: str) -> Complain:
        """What adds a problem below a path."""

        def complain(rest: str, message: str, hint: str = "", /, **facts: object) -> None:
            self.problem(f"{path}.{rest}", message, hint, **facts)

        return complain

    def absent(self, name: str, said: TableMapping) -> Table | None:
        """The table of a type that no loaded plugin brings."""
        return self._table(said.table, self.below(f"tables.{name}"))

    def source(self, bound: BoundType[Any], said: TableMapping) -> Source[Any] | None:
        type_ = bound.type
        complain = self.below(f"tables.{type_.name}")
        table = self._table(said.table, complain)
        if table is None:
            return None
        before = len(self.problems)
        cells = CellBinder(type_, table, said, complain, self._codes, sqlite=self._sqlite, writes=self._mapping.writes)
        made = cells.cells(type_.cls)
        constants = cells.constants(type_.cls)
        children = [
            child
            for name, inner in said.children.items()
            if (child := self._child(type_, table, said, name, inner)) is not None
        ]
        self._required(type_.cls, {cell.keys for cell in made} | {each.keys for each in constants}, said, complain)
        self._needed(type_, {cell.leaf.path() for cell in made} | {str(each.keys[0]) for each in constants}, complain)
        id_ = self._identifier(table, said, complain)
        version = self._optional(table, "version", said.version, complain)
        updated_at = self._optional(table, "updated_at", said.updated_at, complain)
        if version is not None and version.family is not Family.INTEGER:
            complain(
                "version",
                Message("该列存放的不是整数。", "This column holds no whole numbers."),
                Message("没有整数列的，请写 updated_at。", "Without them, name updated_at."),
            )
        if updated_at is not None and updated_at.family not in (Family.MOMENT, Family.TEXT):
            complain(
                "updated_at",
                Message("该列存放的不是时间。", "This column holds no times."),
                Message("可接受：时间列或文本列。", "Accepted: a column of times or of text."),
            )
        filters = [
            *filters_of(table, said.where, complain, keep=True, writes=self._mapping.writes),
            *filters_of(table, said.excluding, complain, keep=False),
        ]
        if id_ is None or len(self.problems) > before:
            return None
        return Source(
            bound=bound,
            table=table,
            id=id_,
            cells=made,
            constants=constants,
            children=children,
            filters=filters,
            version=version,
            updated_at=updated_at,
            assembler=Assembler(
                type_,
                made,
                constants,
                {child.name: (child.cells, child.constants) for child in children},
                table=table.name,
                mapping=self._name,
            ),
            sqlite=self._sqlite,
        )

    def _table(self, name: str, complain: Complain) -> Table | None:
        table = reflect(self._inspector, name)
        if table is None:
            there = [*self._inspector.get_table_names(), *self._inspector.get_view_names()]
            close = get_close_matches(name, there, n=3) or sorted(there)
            complain(
                "table",
                Message("数据库中没有表“{name}”。", "The database has no table '{name}'."),
                ACCEPTED,
                name=name,
                accepted=", ".join(close) or "-",
            )
        return table

    def _identifier(self, table: Table, said: TableMapping, complain: Complain) -> Identifier | None:
        names = Identifier.columns_of(said.id)
        columns = [column_of(table, name, "id", complain) for name in names]
        if not all(columns):
            return None
        if self._mapping.writes:
            if len(names) > 1:
                complain(
                    "id",
                    Message(
                        "由多列组成的编号无法写回。", "An identifier made of several columns cannot be written back."
                    ),
                    Message(
                        '可接受：一列，前后可加固定文字，如 gk-{{XH}}；或者 mode = "read-only"。',
                        'Accepted: one column, with fixed text around it, such as gk-{{XH}}; or mode = "read-only".',
                    ),
                )
            elif frozenset(names) not in table.keys:
                complain(
                    "id",
                    Message(
                        "列“{column}”既不是主键，也没有唯一约束，两行的值可能相同。",
                        "Two rows may hold the same in the column '{column}': it is neither a key nor unique.",
                    ),
                    Message(
                        '可接受：有主键或唯一约束的列；或者 mode = "read-only"。',
                        'Accepted: a column with a primary key or a unique constraint; or mode = "read-only".',
                    ),
                    column=names[0],
                )
            else:
                writable(table.columns[names[0]], "id", complain)
        return Identifier.of(said.id, table.columns, sqlite=self._sqlite)

    def _child(self, type_: RecordType, table: Table, said: TableMapping, name: str, inner: ChildTable) -> Child | None:
        complain = self.below(f"tables.{type_.name}.children.{name}")
        cls: type = type_.cls
        lists = [field.name for field in fields_of(cls) if field.many]
        field = next((field for field in fields_of(cls) if field.name == name and field.many), None)
        if field is None:
            complain(
                "table",
                Message("记录类型{type}没有该名称的多值字段。", "The record type {type} has no list of that name."),
                ACCEPTED,
                type=type_.name,
                accepted=", ".join(lists) or "-",
            )
            return None
        others = [f"columns.{column}" for column, path in said.columns.items() if _top(path) == name]
        others += [f"constants.{path}" for path in said.constants if _top(path) == name]
        if others:
            complain(
                "table",
                Message(
                    "{list}已由{others}给出，一个多值字段只能有一个来源。",
                    "A list comes from one place, and {list} is given by {others}, too.",
                ),
                list=name,
                others=", ".join(others),
            )
        rows = self._table(inner.table, complain)
        if rows is None:
            return None
        key = column_of(rows, inner.key, "key", complain)
        names = Identifier.columns_of(said.id)
        parent = column_of(table, inner.parent or names[0], "parent", complain)
        order = self._optional(rows, "order", inner.order, complain)
        binder = CellBinder(type_, rows, inner, complain, self._codes, sqlite=self._sqlite, writes=self._mapping.writes)
        cells = binder.cells(field.kind) if field.nested else binder.members(field)
        constants = binder.constants(field.kind) if field.nested else ()
        if field.nested:
            given = {cell.keys for cell in cells} | {each.keys for each in constants}
            self._required(field.kind, given, inner, complain)
        if key is None or parent is None or not cells:
            return None
        if self._mapping.writes:
            writable(key, "key", complain)
        if self._mapping.writes and parent.name not in names and frozenset([parent.name]) not in table.keys:
            complain(
                "parent",
                Message(
                    "列“{column}”既不是主键，也没有唯一约束，成员可能属于两条记录。",
                    "Members may be those of two records: the column '{column}' is neither a key nor unique.",
                ),
                Message(
                    '可接受：有主键或唯一约束的列；或者 mode = "read-only"。',
                    'Accepted: a column with a primary key or a unique constraint; or mode = "read-only".',
                ),
                column=parent.name,
            )
        mapped = {cell.column.name for cell in cells}
        # Where the order is a field of the members, they bring it; else it is theirs to be numbered.
        number = order if order is not None and order.name not in mapped and order.family is Family.INTEGER else None
        if self._mapping.writes and order is not None and number is None and order.name not in mapped:
            complain(
                "order",
                Message("该列不能存放成员的顺序号。", "This column cannot hold the position of a member."),
                Message("可接受：整数列。", "Accepted: whole numbers."),
            )
        return Child(
            name=name,
            table=rows,
            key=key,
            parent=parent,
            order=(order,) if order is not None else tuple(cell.column for cell in cells),
            number=number,
            cells=cells,
            constants=constants,
        )

    def _required(
        self, cls: type, given: set[tuple[str | int, ...]], said: TableMapping | ChildTable, complain: Complain
    ) -> None:
        """Whatever has to be there for a record, or for an object within one that columns fill."""
        children = getattr(said, "children", {})
        paths = {_names(keys) for keys in given}
        for path in _required_paths(cls, paths):
            if path != ("id",) and path[0] not in children:
                complain(
                    "columns",
                    Message(
                        "必填字段{field}没有对应的列或固定值。",
                        "No column or constant gives the required field {field}.",
                    ),
                    Message(
                        "可接受：在 columns 中指明一列，或者在 constants 中给出各行相同的值。",
                        "Accepted: a column for it in columns, or a value for all rows in constants.",
                    ),
                    field=".".join(path),
                )

    def _needed(self, type_: RecordType, paths: set[str], complain: Complain) -> None:
        if type_.unit != "id" and type_.unit not in paths:
            complain(
                "columns",
                Message(
                    "没有列或固定值说明记录属于哪个单位：{field}。",
                    "No column or constant says whose the records are: {field}.",
                ),
                Message(
                    "可接受：存放单位的一列，或者各行相同的一个固定值。",
                    "Accepted: one column that holds it, or one value for all rows.",
                ),
                field=type_.unit,
            )

    def _codes(self, said: CodeTable, complain: Complain) -> Mapping[str, str]:
        """What a table of codes says: it is small, and read once."""
        table = self._table(said.table, complain)
        if table is None:
            return {}
        code = column_of(table, said.code, "code", complain)
        value = column_of(table, said.value, "value", complain)
        if code is None or value is None:
            return {}
        before = len(self.problems)
        only = [entry.condition for entry in filters_of(table, said.where, complain, keep=True)]
        if len(self.problems) > before:
            return {}
        found: dict[str, str] = {}
        twice: dict[str, None] = {}
        for each, meant in self._connection.execute(sa.select(code.held, value.held).where(*only).order_by(code.held)):
            if each is not None and meant is not None and found.setdefault(plain(each), plain(meant)) != plain(meant):
                twice[plain(each)] = None
        if twice:
            complain(
                "code",
                Message("代码{codes}各有两个以上的含义。", "These codes have more than one meaning: {codes}."),
                Message(
                    '表中有多种代码的，请以 where 指明其中一种，例如 where = {{ LX = "XXFL" }}。',
                    'If the table keeps codes of several kinds, name the kind: where = {{ LX = "XXFL" }}.',
                ),
                codes=", ".join(twice),
            )
        return found

    def _optional(self, table: Table, key: str, name: str, complain: Complain) -> Column | None:
        return column_of(table, name, key, complain) if name else None


def _top(path: str) -> str:
    return path.partition(".")[0]


def _names(keys: tuple[str | int, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if isinstance(key, str))


def _required_paths(cls: type, given: set[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The required fields that nothing gives: of the record, and of each object in it that something gives."""
    for field in fields_of(cls):
        below = {path[1:] for path in given if path[:1] == (field.name,)}
        if field.required and not below:
            yield (field.name,)
        elif field.nested and below - {()}:
            yield from ((field.name, *path) for path in _required_paths(field.kind, below))
