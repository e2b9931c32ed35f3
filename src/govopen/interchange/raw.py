"""What readers hand on: a record as it is written down, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs

from govopen.interchange.limits import Limits
from govopen.interchange.mapping import ColumnMapping
from govopen.model.base import RecordType

__all__ = ["Options", "Raw", "column_letters"]

_LAST_STEP = re.compile(r"(\[[0-9]+\]|\.?[^.\[\]]+)$")


@attrs.frozen(kw_only=True)
class Options:
    """How files are read.

    Attributes:
        types: The record types, by name.
        type_name: What the records are; ``None``: each line, sheet or file name says so.
        mapping: How the columns of tables are read; ``None``: their headings are the fields'.
        encoding: Of text files; ``None``: UTF-8, or what the mapping says.
        limits: Sizes that are refused.
    """

    types: Mapping[str, RecordType]
    type_name: str | None = None
    mapping: ColumnMapping | None = None
    encoding: str | None = None
    limits: Limits = attrs.field(factory=Limits)


@attrs.frozen
class Raw:
    """A record as a file holds it.

    Attributes:
        record_type: What it is a record of.
        data: Field names to values, nested.
        source: The file, or the file and sheet.
        row: The line or row, from 1; 0: the record is the whole file.
        cells: For sheets, from a path in the record to the column (from 0) that holds it.
    """

    record_type: RecordType
    data: Mapping[str, Any]
    source: str
    row: int
    cells: Mapping[str, int] | None = None

    @property
    def where(self) -> str:
        """The line or row, or the file of a single record."""
        if not self.row:
            return self.source
        return f"{self.source}{':' if self.cells is None else '!'}{self.row}"

    def locate(self, path: str) -> str:
        """The cell that holds the field at ``path``, or the row if none does."""
        while self.cells is not None and path:
            if (column := self.cells.get(path)) is not None:
                return f"{self.source}!{column_letters(column)}{self.row}"
            path = _LAST_STEP.sub("", path)
        return self.where


def column_letters(column: int) -> str:
    """The letters of a sheet's column, counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    while column >= 0:
        column, last = divmod(column, 26)
        letters = chr(ord("A") + last) + letters
        column -= 1
    return letters
