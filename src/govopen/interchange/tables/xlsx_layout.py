"""How a workbook lays out a discretion table: its sheets, their headings, and lists within a cell.

The sheet 裁量基准 has a row for each tier, or several rows over which the cells of the tier are merged where its
condition has alternatives. What belongs to the table as a whole stands on sheets of its own.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Literal, cast

import attrs

from govopen.interchange.fields import Field, fields_of
from govopen.interchange.values import clean, is_blank
from govopen.model.discretion import StatutoryRange, TableInput, TableOutput, TableRow

__all__ = [
    "ABOUT_HEADER",
    "ABOUT_SHEET",
    "ANY_CASE",
    "EMPTY",
    "FIXED",
    "LIST_SHEETS",
    "NUMBER",
    "TABLE_SHEET",
    "WHEN",
    "Column",
    "Headings",
    "fields_named",
    "join",
    "plain",
    "split",
    "written_fields",
]

TABLE_SHEET = "裁量基准"
"""Name of the sheet with the rows."""
ABOUT_SHEET = "说明"
"""Name of the sheet about the table."""
ABOUT_HEADER = ("项目", "内容")
"""Headings of the sheet about the table."""
LIST_SHEETS: dict[str, tuple[str, type]] = {
    "inputs": ("事实", TableInput),
    "outputs": ("结果", TableOutput),
    "statute": ("法定幅度", StatutoryRange),
}
"""The sheets that hold a list of the table, by its field: their name, and of what their rows are."""

NUMBER = "序号"
"""Heading of the column with the rows' numbers."""
ANY_CASE = ("-", "不限")
"""What a cell says of an input that a tier does not ask for. A blank says nothing."""

EMPTY = '""'
"""A result that is a text without characters."""

_MEMBER = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=[;；\n]|$)|([^;；\n]*))(?:[;；\n]|$)')
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """``text`` as headings are compared: without blanks, full-width signs made plain."""
    return _SPACE.sub("", clean(text)).casefold()


def written_fields(cls: type) -> tuple[Field, ...]:
    """The fields of a class of the table that one cell holds."""
    # mypy takes a frozen attrs class for unhashable where a class object is asked for.
    return tuple(field for field in fields_of(cast("Hashable", cls)) if not field.nested)


def fields_named(cls: type) -> dict[str, Field]:
    """Those fields by every name that a heading may give them: the term in either language, or the name."""
    found: dict[str, Field] = {}
    for field in written_fields(cls):
        for name in (field.name, field.term.en, field.term.zh):
            found[plain(name)] = field
    return found


FIXED: dict[str, str] = {field.name: field.term.zh for field in written_fields(TableRow) if field.name != "outputs"}
"""Headings of the sheet 裁量基准 that every table has, by field."""

WHEN = FIXED["when"]
"""Heading of the column with whole conditions."""

Kind = Literal["number", "field", "input", "output"]


@attrs.frozen
class Column:
    """What a column of the sheet 裁量基准 holds.

    Attributes:
        name: Of the field of a row; else blank.
        position: Of the input or output.
    """

    kind: Kind
    name: str = ""
    position: int = 0


class Headings:
    """The headings of a table.

    A fixed heading goes before 事实1 or 结果1, which name an input or output by its position, and these go before the
    names and labels that the table gives them.
    """

    def __init__(self, inputs: Sequence[TableInput], outputs: Sequence[TableOutput]) -> None:
        self._named: dict[str, set[Column]] = {}
        self._sure: dict[str, Column] = {}
        self._words: dict[Column, list[str]] = {}
        for position, source in enumerate(inputs):
            self._add(Column("input", "", position), source, "事实")
        for position, output in enumerate(outputs):
            self._add(Column("output", "", position), output, "结果")
        self._sure |= {plain(heading): Column("field", name) for name, heading in FIXED.items()}
        self._sure[plain(NUMBER)] = Column("number")

    def _add(self, column: Column, source: TableInput | TableOutput, word: str) -> None:
        both = f"{source.label}（{source.name}）" if source.label and source.name else ""
        names = [name for name in (both, source.name, source.label) if name]
        ordinal = f"{word}{column.position + 1}"
        self._sure[plain(ordinal)] = column
        self._words[column] = [*names, ordinal]
        for name in names:
            self._named.setdefault(plain(name), set()).add(column)

    def find(self, heading: str) -> tuple[Column, ...]:
        """The columns that a heading may mean; none if it is unknown."""
        key = plain(heading)
        return (self._sure[key],) if key in self._sure else tuple(self._named.get(key, ()))

    def write(self, column: Column) -> str:
        """The heading of a column, which :meth:`find` takes for no other."""
        if column.kind == "number":
            return NUMBER
        if column.kind == "field":
            return FIXED[column.name]
        return next(word for word in self._words[column] if self.find(word) == (column,))

    @property
    def accepted(self) -> str:
        """All of them, for problems."""
        return ", ".join([NUMBER, *FIXED.values(), *map(self.write, self._words)])


def split(text: str) -> list[str]:
    """The members of a list in a cell, which ``;``, ``；`` or line ends part. One that holds such a sign is quoted."""
    found = []
    at = 0
    while at < len(text):
        match = _MEMBER.match(text, at)
        assert match is not None
        quoted, bare = match.groups()
        member = bare.strip() if quoted is None else quoted.replace('""', '"')
        if not is_blank(member):
            found.append(member)
        at = match.end()
    return found


def join(members: Iterable[str]) -> str:
    """A list as a cell holds it."""
    return "；".join(_quoted(members))


def _quoted(members: Iterable[str]) -> Iterator[str]:
    for member in members:
        yield member if split(member) == [member] else '"{}"'.format(member.replace('"', '""'))
