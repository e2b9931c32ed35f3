"""Named column mappings: how a table that exists already is read as records."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs

from govopen.errors import InputError, Problem
from govopen.interchange.fields import fields_of
from govopen.interchange.headings import accepted_headings, find_leaf
from govopen.interchange.lines import ENCODINGS
from govopen.model.base import RecordType
from govopen.texts import N_

__all__ = ["ColumnMapping"]

_KEYS = ("type", "columns", "values", "constants", "header_row", "sheet", "encoding")


@attrs.frozen(kw_only=True)
class ColumnMapping:
    """How the columns of one kind of table are read. Columns that it does not name are left out.

    Attributes:
        name: What a user calls it by.
        type: Name of the record type.
        columns: From the table's heading to a dotted path: ``"经办人": "sign_offs.1.person"``.
        values: From a path to what cells mean: ``{"category": {"文件": "document"}}``.
            Other cells are read as they are.
        constants: From a path to a value that every row gets, unless it has a column of its own that is filled in.
        header_row: In which row the headings stand, counted from 1. Rows above it are left out.
        sheet: Which sheet of a workbook; empty: the first visible one.
        encoding: Of a CSV file; empty: UTF-8.
    """

    name: str
    type: str
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, object]] = attrs.field(factory=dict)
    constants: Mapping[str, object] = attrs.field(factory=dict)
    header_row: int = 1
    sheet: str = ""
    encoding: str = ""

    @classmethod
    def from_dict(
        cls, name: str, table: Mapping[str, Any], types: Iterable[RecordType], *, where: str = "govopen.toml"
    ) -> ColumnMapping:
        """Read the table of a mapping as TOML gives it.

        Args:
            name: Name of the mapping.
            table: The parsed table.
            types: The record types there are.
            where: The file that holds it, for problems.

        Raises:
            InputError: Keys, types or paths are wrong; all of them are listed.
        """
        problems = _Problems(where)
        for key in table.keys() - set(_KEYS):
            close = difflib.get_close_matches(key, _KEYS, n=1)
            problems.add(
                key, N_("There is no such key."), N_("Accepted: {accepted}."), accepted=", ".join(close or _KEYS)
            )
        record_type = problems.type_of(table, {entry.name: entry for entry in types})
        columns = problems.texts(table, "columns")
        if record_type is not None and "columns" in table and not columns and not problems.found:
            problems.add("columns", N_("The mapping names no column."))
        values = problems.table(table, "values")
        meanings = {path: problems.table(values, path, "values.") for path in values}
        constants = problems.table(table, "constants")
        problems.paths(record_type, columns, values, constants)
        header_row = table.get("header_row", 1)
        if type(header_row) is not int or not 1 <= header_row <= 1000:
            problems.add("header_row", N_("This is not the number of a row."), N_("Accepted: from 1 to 1000."))
        for key in ("sheet", "encoding"):
            if not isinstance(table.get(key, ""), str):
                problems.add(key, N_("This is no text."))
        if isinstance(encoding := table.get("encoding", ""), str) and encoding and encoding.lower() not in ENCODINGS:
            problems.add(
                "encoding", N_("This encoding is not read."), N_("Accepted: {accepted}."), accepted=", ".join(ENCODINGS)
            )
        if problems.found:
            raise InputError(N_("The column mapping {name} does not load."), problems=problems.found, name=name)
        return cls(
            name=name,
            type=table["type"],
            columns=columns,
            values={path: {cell: _exact(value) for cell, value in held.items()} for path, held in meanings.items()},
            constants={path: _exact(value) for path, value in constants.items()},
            header_row=header_row,
            sheet=table.get("sheet", ""),
            encoding=encoding,
        )


def _exact(value: object) -> object:
    # TOML's 10.1 is a binary float by now; its shortest decimal form is what somebody typed.
    return Decimal(repr(value)) if isinstance(value, float) else value


class _Problems:
    def __init__(self, where: str) -> None:
        self.where = where
        self.found: list[Problem] = []

    def add(self, path: str, message: str, hint: str = "", **facts: object) -> None:
        self.found.append(Problem(where=self.where, path=path, message=message, accepted=hint, facts=facts))

    def type_of(self, table: Mapping[str, Any], types: Mapping[str, RecordType]) -> RecordType | None:
        found = types.get(str(table.get("type", "")))
        if found is None:
            message = N_("There is no such record type.") if "type" in table else N_("This key is missing.")
            self.add("type", message, N_("Accepted: {accepted}."), accepted=", ".join(types))
        return found

    def table(self, table: Mapping[str, Any], key: str, above: str = "") -> Mapping[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, Mapping):
            self.add(f"{above}{key}", N_("This is not a table."))
            return {}
        return value

    def texts(self, table: Mapping[str, Any], key: str) -> Mapping[str, str]:
        if key not in table:
            self.add(key, N_("This key is missing."), N_("Accepted: a table from headings to paths."))
        value = self.table(table, key)
        wrong = [name for name, held in value.items() if not isinstance(held, str)]
        for name in wrong:
            self.add(f"{key}.{name}", N_("This is no text."), N_("Accepted: a path such as sign_offs.1.person."))
        return {name: held for name, held in value.items() if name not in wrong}

    def paths(
        self,
        record_type: RecordType | None,
        columns: Mapping[str, str],
        values: Mapping[str, Any],
        constants: Mapping[str, Any],
    ) -> None:
        if record_type is None:
            return
        named = [(f"columns.{heading}", path) for heading, path in columns.items()]
        named += [(f"values.{path}", path) for path in values] + [(f"constants.{path}", path) for path in constants]
        seen: dict[object, str] = {}
        for place, path in named:
            found = find_leaf(record_type.cls, path)
            if path in record_type.refused_keys:
                self.add(place, record_type.refused_keys[path])
            elif found is None:
                self.add(
                    place,
                    N_("A {type} has no such field."),
                    N_("Accepted, # being a position from 1: {accepted}."),
                    type=record_type.name,
                    accepted=accepted_headings(record_type.cls),
                )
            elif place.startswith("columns.") and (other := seen.setdefault(found[0].keys(found[1]), place)) != place:
                self.add(place, N_("{other} names the same field."), other=other)
        cls: type = record_type.cls
        given = {*columns.values(), *constants}
        missing = [field.name for field in fields_of(cls) if field.required and field.name not in given]
        if missing:
            self.add(
                "columns",
                N_("No column or constant gives a required field: {missing}."),
                N_("Accepted: a heading for it in columns, or a value for all rows in constants."),
                missing=", ".join(missing),
            )
