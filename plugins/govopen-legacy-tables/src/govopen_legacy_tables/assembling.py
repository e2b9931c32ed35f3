"""Records of rows: cells put together, checked as an import checks them, and told apart when they fail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import attrs

from govopen.errors import Problem, StoreError
from govopen.interchange.structure import Structurer
from govopen.model.base import ID_PATTERN, Record, RecordType
from govopen.texts import Message
from govopen_legacy_tables.cells import Cell, UnfitError

__all__ = ["Assembler", "Constant", "RowUnreadable", "value_at"]

R = TypeVar("R", bound=Record)

Keys = tuple[str | int, ...]

_INDEX = re.compile(r"\[\d+\]")


class RowUnreadable(StoreError):
    """A row is no record of its type. Says table, identifier and columns, never what stands there."""


@attrs.frozen
class Constant:
    """A value that every row gets."""

    keys: Keys
    value: object


def _place(data: dict[Any, Any], keys: Keys, value: object) -> None:
    """Put a value where ``keys`` lead, making the objects on the way. Lists are mappings from positions until then."""
    for key in keys[:-1]:
        data = data.setdefault(key, {})
    data[keys[-1]] = value


def value_at(record: object, keys: Keys) -> Any:
    """What a record holds where ``keys`` lead; ``None`` where there is no object on the way."""
    for key in keys:
        if record is None:
            return None
        if isinstance(key, int):
            record = record[key] if isinstance(record, tuple) and key < len(record) else None
        else:
            record = getattr(record, key)
    return record


def _compact(data: object) -> object:
    """Lists for the mappings from positions, without gaps."""
    if not isinstance(data, dict):
        return data
    members = {key: _compact(held) for key, held in data.items()}
    if members and all(isinstance(key, int) for key in members):
        return [members[key] for key in sorted(members)]
    return members


class _Layout:
    """How the cells of one table lie in the nested mapping that an import would have."""

    def __init__(self, cells: Sequence[Cell], constants: Sequence[Constant]) -> None:
        self.cells = cells
        columned = {cell.keys[:depth] for cell in cells for depth in range(1, len(cell.keys))}
        # Within an object that columns fill, a constant alone says nothing: a blank review is no review.
        self._constants = [
            (constant, [keys for keys in _above(constant.keys) if keys in columned]) for constant in constants
        ]

    def filled(self, row: Sequence[object]) -> dict[Any, Any]:
        """A row as the nested mapping.

        Raises:
            UnreadableError: With the names of the columns that cannot be read.
        """
        data: dict[Any, Any] = {}
        wrong = []
        for cell, held in zip(self.cells, row, strict=True):
            if held is None:
                continue
            try:
                said = cell.read(held)
            except UnfitError:
                wrong.append(cell.column.name)
                continue
            if said is not None and said != []:
                _place(data, cell.keys, said)
        if wrong:
            raise UnreadableError(wrong)
        for constant, above in self._constants:
            if all(_value_in(data, keys) for keys in above):
                _place(data, constant.keys, constant.value)
        return data


def _value_in(data: Any, keys: Keys) -> Any:
    """What a nested mapping holds where ``keys`` lead, or ``None``."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _above(keys: Keys) -> Iterable[Keys]:
    return (keys[:depth] for depth in range(1, len(keys)))


class UnreadableError(Exception):
    """A row is no record.

    Attributes:
        columns: Where that was seen.
    """

    def __init__(self, columns: Iterable[str]) -> None:
        super().__init__()
        self.columns = tuple(columns)


class Assembler(Generic[R]):
    """Makes the records of one table.

    Args:
        record_type: What they are records of.
        cells: The columns of the table, in the order of its rows.
        constants: What every row gets.
        children: Of each list that has a table of its own: its name, columns and constants.
        table: What errors call the table.
        mapping: What errors call the mapping file.
    """

    def __init__(
        self,
        record_type: RecordType,
        cells: Sequence[Cell],
        constants: Sequence[Constant],
        children: Mapping[str, tuple[Sequence[Cell], Sequence[Constant]]],
        *,
        table: str,
        mapping: str,
    ) -> None:
        self._type = record_type
        self._layout = _Layout(cells, constants)
        self._children = {name: _Layout(*said) for name, said in children.items()}
        self._table = table
        self._mapping = mapping
        self._structurer = Structurer()
        self._identifiers = ("id", *({record_type.unit, *record_type.indexes} - {"id"}))

    def record(self, id_: str | None, row: Sequence[object], members: Mapping[str, Sequence[Sequence[object]]]) -> R:
        """The record of a row.

        Args:
            id_: The identifier that the row gives.
            row: Its cells.
            members: Rows of the tables of its lists.

        Raises:
            RowUnreadable: It is none.
        """
        try:
            data = self._layout.filled(row)
            for name, rows in members.items():
                data.update(self._members(name, rows))
        except UnreadableError as error:
            raise self._unreadable(id_, error.columns) from None
        data["id"] = id_
        made = self._structurer.structure(self._type, _compact(data), "")  # type: ignore[arg-type]  # a dict stays one
        if isinstance(made, tuple):
            raise self._unreadable(id_, self._columns_of(made)) from None
        return self._as_they_stand(made, data)  # type: ignore[return-value]  # a record of the type's class

    def _as_they_stand(self, record: Record, data: Mapping[str, object]) -> Record:
        """With its identifiers as the columns have them.

        An import makes the full-width brackets of 岭府（2011）1号 plain. Here they are the key of a row, by which the
        database looks up and orders.
        """
        raw: dict[str, Any] = {}
        for name in self._identifiers:
            held = data.get(name)
            value = tuple(filter(None, held)) if isinstance(held, list) else held
            if value is not None and value != getattr(record, name):
                raw[name] = value
        if bad := [name for name, value in raw.items() if not _may_be_ids(value)]:
            raise self._unreadable(record.id, bad)
        return attrs.evolve(record, **raw) if raw else record

    def _members(self, name: str, rows: Sequence[Sequence[object]]) -> dict[str, object]:
        layout = self._children[name]
        if not rows:
            # No row is no statement that there is none.
            return {}
        (first, *_) = layout.cells
        if first.keys:
            return {name: [_compact(layout.filled(row)) for row in rows]}
        try:
            return {name: [first.read(row[0]) for row in rows]}
        except UnfitError:
            raise UnreadableError([f"{name}.{first.column.name}"]) from None

    def _columns_of(self, problems: Iterable[Problem]) -> list[str]:
        found: dict[str, None] = {}
        for problem in problems:
            path = _INDEX.sub("", problem.path)
            names = [cell.column.name for cell in self._layout.cells if path and _path(cell.keys).startswith(path)]
            found.update(dict.fromkeys(names or [path or "-"]))
        return list(found)

    def _unreadable(self, id_: str | None, columns: Iterable[str]) -> RowUnreadable:
        # A column of identifiers may hold anything; only what can be one is shown.
        shown = id_ if _may_be_id(id_) else "?"
        return RowUnreadable(
            Message(
                "表{table}中编号为{id}的行不能读作{type}，问题在列{columns}。",
                "The row {id} of the table {table} is no {type}: see its columns {columns}.",
            ),
            hint=Message(
                "请更正该行，或者在{mapping}中说明其单元格的含义。",
                "Correct the row, or say in {mapping} what its cells mean.",
            ),
            id=shown,
            table=self._table,
            type=self._type.name,
            columns=", ".join(columns),
            mapping=self._mapping,
        )


def _may_be_id(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and re.fullmatch(ID_PATTERN, value) is not None


def _may_be_ids(value: object) -> bool:
    return all(map(_may_be_id, value)) if isinstance(value, tuple) else _may_be_id(value)


def _path(keys: Keys) -> str:
    return ".".join(key for key in keys if isinstance(key, str))
