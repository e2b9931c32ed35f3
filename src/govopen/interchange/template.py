"""XLSX templates: a workbook to fill in for each record type."""

from __future__ import annotations

import datetime as dt
import enum
import io
import itertools
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import attrs

from govopen.errors import InputError
from govopen.interchange.fields import Field, Leaf, leaves_of
from govopen.interchange.xlsx import NOTES_SHEETS
from govopen.model.base import RecordType
from govopen.texts import N_, Label, Language, Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write_template"]

_ROWS = 1_000
"""Rows below the header that are formatted and checked while typing."""

_LIST_LENGTH = 255
# Templates of the same version are the same bytes; a time of making would make each one new.
_MADE = dt.datetime(2025, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)

_REQUIRED = Text("必填", "required")
_REQUIRED_IF_USED = Text("使用该组栏目时必填", "required where the entry is used")
_NOTES_HEADER = (
    Text("栏目", "heading"),
    Text("含义", "meaning"),
    Text("填写内容", "accepted"),
    Text("示例", "example"),
    Text("English 名称", "中文 (Chinese name)"),
    Text("字段路径", "path"),
)
_PART = Text("{whole}的{part}", "{whole}: {part}")
_MEMBER = Text("第{position}项{list}", "{list} (no. {position})")
_NONE_OF = Text("{whole}是否明确没有任何{list}", "{whole}: whether it states to have no {list}")
_MANY = Text("多个值用分号或换行分隔", "several values separated by semicolons or line ends")
_STATES_NONE = Text("如明确没有任何一项，填“无”；否则留空", "write none to state that there are none; else leave blank")
_KINDS: dict[type, Text] = {
    dt.date: Text("日期，如 2011-04-05", "date such as 2011-04-05"),
    bool: Text("是 或 否", "true or false"),
    int: Text("整数", "whole number"),
    Decimal: Text("数字，不带单位", "number without a unit"),
    str: Text("文字", "text"),
}


@attrs.frozen
class _Column:
    leaf: Leaf
    positions: tuple[int, ...]
    lang: Language

    @property
    def heading(self) -> str:
        return self.leaf.heading(self.lang, self.positions)

    @property
    def field(self) -> Field:
        return self.leaf.field

    @property
    def example(self) -> str:
        """In the words of the language, as a drop-down list has them."""
        if self.leaf.states_none:
            return ""
        parts = self.field.term.example.split("; ") if self.field.many else [self.field.term.example]
        words = dict(zip(_values(self.field.kind), _words(self.field.kind, self.lang), strict=True))
        if self.field.kind is bool and self.lang == "zh-Hans":
            words = {"true": "是", "false": "否"}
        return "; ".join(words.get(part, part) for part in parts)

    def meaning(self, title: Text) -> str:
        """What the cell says of the record, whose type is called ``title``."""
        lang = self.lang
        whole, left = title.get(lang), iter(self.positions)
        for field in self.leaf.fields:
            part = field.term.zh if lang == "zh-Hans" else field.term.en
            if self.leaf.states_none and field is self.field:
                return _NONE_OF.get(lang).format(whole=whole, list=part)
            if field.many and field.nested:
                part = _MEMBER.get(lang).format(list=part, position=next(left))
            whole = _PART.get(lang).format(whole=whole, part=part)
        return whole

    def choices(self) -> list[str]:
        """What a cell can hold, if that is one of a few words."""
        kind = self.field.kind
        if self.leaf.states_none or self.field.many:
            return []
        if kind is bool:
            return ["是", "否"] if self.lang == "zh-Hans" else ["true", "false"]
        return _words(kind, self.lang) if issubclass(kind, enum.Enum) else []

    def accepted(self) -> str:
        kind = self.field.kind
        if self.leaf.states_none:
            return _STATES_NONE.get(self.lang)
        words = ", ".join(_words(kind, self.lang)) if issubclass(kind, enum.Enum) else _KINDS.get(kind, Text("", ""))
        notes = [words.get(self.lang) if isinstance(words, Text) else words]
        if self.field.many:
            notes.append(_MANY.get(self.lang))
        if self.field.required:
            always = all(field.required for field in self.leaf.fields)
            notes.insert(0, (_REQUIRED if always else _REQUIRED_IF_USED).get(self.lang))
        return "; ".join(filter(None, notes))


def _members(kind: type) -> Any:
    return list(kind) if issubclass(kind, enum.Enum) else []


def _values(kind: type) -> list[str]:
    return [str(member.value) for member in _members(kind)]


def _words(kind: type, lang: Language) -> list[str]:
    return [member.text.get(lang) if isinstance(member, Label) else str(member.value) for member in _members(kind)]


def _columns(record_type: RecordType, lang: Language) -> Iterator[_Column]:
    """Members of a list stand together: all fields of the first, then all of the second."""
    cls: type = record_type.cls
    yield from _group(leaves_of(cls), 0, (), lang)


def _group(leaves: tuple[Leaf, ...], depth: int, positions: tuple[int, ...], lang: Language) -> Iterator[_Column]:
    for (_, at_end), group in itertools.groupby(
        leaves, lambda leaf: (leaf.fields[depth].name, leaf.states_none and depth == len(leaf.fields) - 1)
    ):
        members = tuple(group)
        field = members[0].fields[depth]
        if at_end or not field.nested:
            yield from (_Column(leaf, positions, lang) for leaf in members)
        elif field.many:
            for position in range(1, field.term.repeat + 1):
                yield from _group(members, depth + 1, (*positions, position), lang)
        else:
            yield from _group(members, depth + 1, positions, lang)


def write_template(record_type: RecordType, path: Path, lang: Language) -> None:
    """Write a workbook with a column for each field, which :func:`~govopen.interchange.load.load` reads back.

    The first sheet has one header row; drop-down lists and date formats help to fill it in. A second sheet says what
    each column means. Lists have as many columns as their terms foresee; more can be added under the next number.

    Raises:
        InputError: The extra ``xlsx`` is not installed, or the file's name does not end with ``.xlsx``.
        OSError: The file cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise InputError(
            N_("A template is an XLSX file, and the name {file} does not say so."),
            hint=N_("Name a file that ends with .xlsx."),
            file=str(path),
        )
    try:
        import xlsxwriter  # noqa: PLC0415 - an optional dependency
    except ImportError:
        raise InputError(
            N_("XLSX files are written by an extra that is not installed."),
            hint=N_('Install it: pip install "govopen[xlsx]", or, from a checkout: pip install ".[xlsx]"'),
        ) from None
    # What begins with "=" is text here: a formula in a heading would run on somebody's machine.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    # The library would answer a folder that is not there with an error of its own.
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, options) as workbook:
        workbook.set_properties({"created": _MADE})
        columns = list(_columns(record_type, lang))
        _records_sheet(workbook, record_type, columns, lang)
        _notes_sheet(workbook, record_type, columns, lang)
    path.write_bytes(written.getvalue())


def _records_sheet(workbook: Workbook, record_type: RecordType, columns: list[_Column], lang: Language) -> None:
    sheet = workbook.add_worksheet(record_type.title.get(lang)[:31])
    plain = {"border": 1, "text_wrap": True, "valign": "vcenter"}
    required = workbook.add_format({**plain, "bold": True, "bg_color": "#F4CCCC"})
    other = workbook.add_format({**plain, "bg_color": "#D9E2F3"})
    text, date = workbook.add_format({"num_format": "@"}), workbook.add_format({"num_format": "yyyy-mm-dd"})
    number = workbook.add_format({})
    sheet.freeze_panes(1, 1)
    lists = _Lists(workbook)
    for index, column in enumerate(columns):
        needed = all(field.required for field in column.leaf.fields)
        sheet.write_string(0, index, column.heading, required if needed else other)
        sheet.write_comment(0, index, f"{column.accepted()}\n{column.example}".strip())
        kind = column.field.kind
        # Text columns keep the zeros before a number; a spreadsheet program would drop them.
        shape = date if kind is dt.date else number if kind in (int, Decimal) else text
        sheet.set_column(index, index, max(10, min(40, len(column.heading) * 2)), shape)
        if words := column.choices():
            sheet.data_validation(1, index, _ROWS, index, {"validate": "list", "source": lists.source(words)})


class _Lists:
    """Drop-down lists: short ones within the rule, long ones on a hidden sheet, as the format demands."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.sheet: Worksheet | None = None
        self.known: dict[tuple[str, ...], str] = {}

    def source(self, words: list[str]) -> list[str] | str:
        if len(",".join(words)) <= _LIST_LENGTH and not any("," in word for word in words):
            return words
        key = tuple(words)
        if key not in self.known:
            if self.sheet is None:
                self.sheet = self.workbook.add_worksheet("lists")
                self.sheet.hide()
            column = len(self.known)
            for row, word in enumerate(words):
                self.sheet.write_string(row, column, word)
            letter = chr(ord("A") + column)
            self.known[key] = f"=lists!${letter}$1:${letter}${len(words)}"
        return self.known[key]


def _notes_sheet(workbook: Workbook, record_type: RecordType, columns: list[_Column], lang: Language) -> None:
    sheet = workbook.add_worksheet(NOTES_SHEETS[0 if lang == "zh-Hans" else 1])
    bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 28, wrapped)
    sheet.set_column(2, 5, 40, wrapped)
    other: Literal["zh-Hans", "en"] = "en" if lang == "zh-Hans" else "zh-Hans"
    for index, title in enumerate(_NOTES_HEADER):
        sheet.write_string(0, index, title.get(lang), bold)
    for row, column in enumerate(columns, start=1):
        leaf, positions = column.leaf, column.positions
        meaning, name = column.meaning(record_type.title), leaf.heading(other, positions)
        cells = (column.heading, meaning, column.accepted(), column.example, name, leaf.path(positions))
        for index, cell in enumerate(cells):
            sheet.write_string(row, index, cell)
