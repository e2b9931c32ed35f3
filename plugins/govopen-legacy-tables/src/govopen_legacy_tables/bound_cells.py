"""The columns of one table, bound to the fields of a class."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Protocol

import attrs

from govopen.errors import InputError
from govopen.interchange.fields import Field, Leaf
from govopen.interchange.headings import accepted_headings, close_headings, find_leaf
from govopen.interchange.values import choices, clean, enum_reader
from govopen.model.base import RecordType
from govopen.texts import Message
from govopen_legacy_tables.assembling import Constant
from govopen_legacy_tables.cells import Cell
from govopen_legacy_tables.columns import Column, Family, Table
from govopen_legacy_tables.dates import TOKENS, DateFormat
from govopen_legacy_tables.mapping import Cells, CodeTable

__all__ = ["ACCEPTED", "CellBinder", "Complain", "column_of", "writable"]

ACCEPTED = Message("可接受：{accepted}。", "Accepted: {accepted}.")
"""What would be right, where that can be listed."""


class Complain(Protocol):
    """Adds a problem of the mapping, at a path below the one it was made for."""

    def __call__(self, rest: str, message: str, hint: str = "", /, **facts: object) -> None: ...


def column_of(table: Table, name: str, path: str, complain: Complain) -> Column | None:
    """The column of that name; if there is none, or it holds what is no text, number or date, that is a problem."""
    found = table.columns.get(name)
    if found is None:
        complain(
            path,
            Message("表“{table}”没有列“{name}”。", "The table '{table}' has no column '{name}'."),
            ACCEPTED,
            table=table.name,
            name=name,
            accepted=", ".join(get_close_matches(name, table.columns, n=3) or table.columns),
        )
    elif found.family is Family.BYTES:
        complain(path, Message("该列存放二进制内容，没有这样的字段。", "This column holds bytes, and no field does."))
    elif found.family is Family.SEVERAL:
        complain(
            path,
            Message(
                "不读取该列：其类型为数组、对象、区间或未知类型。",
                "This column is not read: it holds lists, objects or ranges, or is of a type that nobody knows.",
            ),
            Message(
                "可接受：在视图中将其列为单个的值，或者以 children 指明成员各占一行的表。",
                "Accepted: a view with single values; for a list, a table with a row for each member in children.",
            ),
        )
    return found


def writable(column: Column, path: str, complain: Complain) -> None:
    """That govopen cannot write a column is a problem."""
    if column.family is Family.WORD:
        complain(
            path,
            Message("该类型的列只能读，不能写。", "A column of this type can be read, and not written."),
            Message(
                '可接受：文本、数字、日期、布尔或 UUID 列；或者 mode = "read-only"。',
                'Accepted: a column of texts, numbers, dates, booleans or UUIDs; or mode = "read-only".',
            ),
        )


class CellBinder:
    """Binds what a mapping says of one table's cells.

    Args:
        record_type: Whose records the table or its parent holds.
        table: The table.
        said: What the mapping says.
        complain: Adds a problem.
        codes: Reads a table of codes.
        sqlite: Whether the database is SQLite.
        writes: Whether cells are written, too.
    """

    def __init__(
        self,
        record_type: RecordType,
        table: Table,
        said: Cells,
        complain: Complain,
        codes: Callable[[CodeTable, Complain], Mapping[str, str]],
        *,
        sqlite: bool,
        writes: bool,
    ) -> None:
        self._type = record_type
        self._table = table
        self._said = said
        self._complain = complain
        self._codes = codes
        self._sqlite = sqlite
        self._writes = writes

    def cells(self, cls: type) -> Sequence[Cell]:
        """The columns as fields of a class."""
        found: list[Cell] = []
        taken: dict[tuple[str | int, ...], str] = {}
        for name, path in self._said.columns.items():
            column = column_of(self._table, name, f"columns.{name}", self._complain)
            known = self._leaf(cls, f"columns.{name}", path)
            if column is None or known is None:
                continue
            leaf, keys = known
            if (other := taken.setdefault(keys, name)) != name:
                self._complain(
                    f"columns.{name}",
                    Message("列{other}对应同一字段。", "The column {other} gives the same field."),
                    other=other,
                )
            found.append(self._cell(column, leaf, keys, path))
        self._unused(set(self._said.columns.values()))
        return found

    def members(self, field: Field) -> Sequence[Cell]:
        """The one column with the members of a list of plain values."""
        leaf = Leaf(fields=(attrs.evolve(field, many=False),))
        names = [name for name, path in self._said.columns.items() if path == field.name]
        if len(names) != 1 or len(self._said.columns) != 1:
            self._complain(
                "columns",
                Message(
                    "{field}的成员是单个的值，存放在一列中。",
                    "The members of {field} are plain values, and stand in one column.",
                ),
                Message("可接受：路径为“{field}”的一列。", 'Accepted: one column with the path "{field}".'),
                field=field.name,
            )
            return ()
        column = column_of(self._table, names[0], f"columns.{names[0]}", self._complain)
        self._unused({field.name})
        return () if column is None else (self._cell(column, leaf, (), field.name),)

    def constants(self, cls: type) -> Sequence[Constant]:
        """What every row gets."""
        found = []
        for path, value in self._said.constants.items():
            known = self._leaf(cls, f"constants.{path}", path)
            if known is not None:
                if path in self._said.columns.values():
                    self._complain(
                        f"constants.{path}", Message("该字段已有对应的列。", "A column gives this field already.")
                    )
                members = value if isinstance(value, tuple) else (value,)
                meant = [self._meaning(known[0], member, f"constants.{path}") for member in members]
                found.append(Constant(known[1], meant if isinstance(value, tuple) else meant[0]))
        return found

    def _leaf(self, cls: type, place: str, path: str) -> tuple[Leaf, tuple[str | int, ...]] | None:
        if cls is self._type.cls and path in self._type.refused_keys:
            self._complain(place, self._type.refused_keys[path])
            return None
        if cls is self._type.cls and path in ("id", "subcategory"):
            if path == "id":
                name = place.rpartition(".")[2]
                self._complain(
                    place,
                    Message("编号有专门的键。", "The identifier has a key of its own."),
                    Message('请写作：id = "{name}"。', 'Write: id = "{name}".'),
                    name=name,
                )
            else:
                # Which there are, plugins say, and no store asks them.
                self._complain(
                    place,
                    Message("子类别不从表中读取。", "Sub-categories are not read from tables."),
                    Message("请以导入方式录入。", "Bring them by an import."),
                )
            return None
        found = find_leaf(cls, path)
        if found is None or found[0].states_none:
            self._complain(
                place,
                Message(
                    "记录类型{type}没有一个单元格能够存放的字段“{path}”。",
                    "The record type {type} has no field '{path}' that a cell can hold.",
                ),
                Message(
                    "可接受（# 为从 1 起的序号）：{accepted}。", "Accepted, # being a position from 1: {accepted}."
                ),
                type=self._type.name,
                path=path,
                accepted=", ".join(close_headings(cls, path)) or accepted_headings(cls),
            )
            return None
        return found[0], found[0].keys(found[1])

    def _cell(self, column: Column, leaf: Leaf, keys: tuple[str | int, ...], path: str) -> Cell:
        if self._writes:
            writable(column, f"columns.{column.name}", self._complain)
        said = self._said
        meanings = self._meanings(leaf, path)
        kind = leaf.field.kind
        if kind is bool and meanings is None and column.family is not Family.BOOLEAN:
            self._complain(
                f"columns.{column.name}",
                Message(
                    "没有说明该列以什么表示“是”、以什么表示“否”。",
                    "What stands for yes and for no in this column is not said.",
                ),
                Message(
                    "可接受：例如 [tables.{type}.values.{path}]，其中写 1 = true 和 0 = false。",
                    "Accepted: a table such as [tables.{type}.values.{path}] with 1 = true and 0 = false.",
                ),
                type=self._type.name,
                path=path,
            )
        formats = tuple(DateFormat(pattern) for pattern in said.formats.get(path, ()))
        if formats and (kind is not dt.date or not all(form.sound for form in formats)):
            message = (
                Message("这不是日期格式。", "This is not the format of a day.")
                if kind is dt.date
                else Message("字段{path}存放的不是日期。", "The field {path} holds no days.")
            )
            hint = Message(
                "可接受：{accepted}各出现一次，之间可加任意文字。",
                "Accepted: {accepted}, each once, with any text between them.",
            )
            self._complain(f"formats.{path}", message, hint, path=path, accepted=", ".join(TOKENS))
        separator = said.separators.get(path, "")
        if separator and not leaf.field.many:
            self._complain(
                f"separators.{path}", Message("字段{path}只有一个值。", "The field {path} holds one value."), path=path
            )
        if self._writes and leaf.field.many and not separator:
            self._complain(
                f"columns.{column.name}",
                Message(
                    "没有说明{path}的各个值之间以什么分隔。", "What stands between the values of {path} is not said."
                ),
                Message(
                    "可接受：在 separators.{path} 中写明分隔符，或者在 children.{path} 中指明子表。",
                    "Accepted: a text in separators.{path}, or a table of its own in children.{path}.",
                ),
                path=path,
            )
        return Cell(
            column=column,
            leaf=leaf,
            keys=keys,
            meanings=meanings,
            otherwise=self._meaning(leaf, said.otherwise[path], f"otherwise.{path}")
            if path in said.otherwise
            else None,
            formats=formats,
            separator=separator,
            blanks=frozenset(said.blanks.get(path, ())),
            exact=path in (self._type.unit, *self._type.indexes),
            sqlite=self._sqlite,
        )

    def _meanings(self, leaf: Leaf, path: str) -> Mapping[str, object] | None:
        values = self._said.values.get(path)
        table = self._said.code_tables.get(path)
        if table is not None:

            def complain(rest: str, message: str, hint: str = "", /, **facts: object) -> None:
                self._complain(f"code_tables.{path}.{rest}", message, hint, **facts)

            read = self._codes(table, complain)
            if values is None:
                return {code: self._meaning(leaf, word, f"code_tables.{path}") for code, word in read.items()}
            # A code whose word is not explained stays a code that nobody explained.
            return {
                code: self._meaning(leaf, values[word], f"values.{path}")
                for code, word in read.items()
                if word in values
            }
        if values is None:
            return None
        return {code.strip(): self._meaning(leaf, value, f"values.{path}.{code}") for code, value in values.items()}

    def _meaning(self, leaf: Leaf, value: Any, place: str) -> object:
        """What a code means, as the record holds it: 规范性文件 is the value that the term stands for."""
        kind = leaf.field.kind
        if issubclass(kind, enum.Enum):
            try:
                return enum_reader(kind)(value).value
            except InputError:
                message, hint = Message("这不是可接受的值。", "This is not one of the accepted values."), ACCEPTED
                self._complain(place, message, hint, accepted=choices(kind))
        elif kind is bool and not isinstance(value, bool):
            self._complain(
                place,
                Message("这既不是“是”，也不是“否”。", "This is neither yes nor no."),
                Message("可接受：true 或 false。", "Accepted: true or false."),
            )
        elif kind is str and isinstance(value, str):
            return clean(value)
        return value

    def _unused(self, paths: set[str]) -> None:
        """A key that goes by a path and names none of the columns would do nothing, in silence."""
        for key in ("values", "otherwise", "code_tables", "formats", "separators", "blanks"):
            for path in getattr(self._said, key).keys() - paths:
                self._complain(
                    f"{key}.{path}",
                    Message("没有列对应该路径。", "No column has this path."),
                    ACCEPTED,
                    accepted=", ".join(sorted(paths)) or "-",
                )
        for path in self._said.otherwise:
            if path not in self._said.values and path not in self._said.code_tables:
                self._complain(
                    f"otherwise.{path}",
                    Message("没有说明{path}的代码。", "The codes of {path} are not said."),
                    path=path,
                )
