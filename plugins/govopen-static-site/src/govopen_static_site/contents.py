"""What an item's page says, made of its fields and their terms."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import attrs

from govopen.model.base import terms
from govopen.model.catalog import CONTENT_FIELDS, AttachedFile, InformationItem
from govopen.texts import Label
from govopen_static_site.names import line, paragraphs

__all__ = ["Block", "BlockKind", "FileLink", "blocks", "facts", "in_words", "size_in_words", "words_of"]

_CONTENTS = tuple(name for names in CONTENT_FIELDS.values() for name in names)
# Steps that happen one after the other, and which 1.4/o6 compares with the record.
_STEPS = frozenset({"workflow", "process"})

_SHORT = 60

_TYPES = {
    "application/pdf": "PDF",
    "application/msword": "Word",
    "application/vnd.ms-excel": "Excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/zip": "ZIP",
    "text/csv": "CSV",
    "text/plain": "文本",
}


class BlockKind(enum.StrEnum):
    """How a field is shown."""

    FACT = "fact"
    LINK = "link"
    LIST = "list"
    STEPS = "steps"
    TABLE = "table"


@attrs.frozen(kw_only=True)
class Block:
    """A field of the item's content: paragraphs, entries of a list, or rows of a table under ``heads``."""

    kind: BlockKind
    name: str
    entries: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether it is one line of a table and needs no heading of its own."""
        if self.kind is BlockKind.LINK:
            return True
        return self.kind is BlockKind.FACT and len(self.entries) == 1 and len(self.entries[0]) <= _SHORT


@attrs.frozen(kw_only=True)
class FileLink:
    """A file as the page offers it."""

    name: str
    path: str
    type: str
    size: str


def in_words(value: object) -> str:
    """A single value as Chinese readers write it; a blank one is a dash."""
    match value:
        case None | "":
            return "—"
        case bool():
            return "是" if value else "否"
        case dt.date():
            return f"{value.year}年{value.month}月{value.day}日"
        case Label():
            return value.text.zh
        case Decimal():
            return f"{value:f}"
    return line(str(value))


def size_in_words(size: int) -> str:
    """A number of bytes as readers know it."""
    if size < 1024:
        return f"{size} 字节"
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def type_in_words(file: AttachedFile) -> str:
    """What kind of file it is."""
    known = _TYPES.get(file.media_type.partition(";")[0].strip().lower())
    if known:
        return known
    ending = line(file.name).rpartition(".")[2]
    return ending.upper() if ending.isascii() and ending.isalnum() and len(ending) <= 5 else "文件"


def facts(
    item: InformationItem, unit: str, column: str, published_on: dt.date, updated_on: dt.date | None
) -> tuple[tuple[str, str], ...]:
    """The box at the head of the page: name and value of each; ``unit`` and ``column`` by name."""
    created = item.created_on
    if item.document is not None and item.document.issued_on is not None:
        created = item.document.issued_on
    number = item.document_number or (item.document.document_number if item.document is not None else "")
    found = [
        ("索引号", in_words(item.index_number)),
        ("文号", in_words(number)),
        ("信息类别", in_words(item.category)),
        ("发布机构", in_words(item.issuer or unit)),
        ("生成日期", in_words(created)),
        ("发布日期", in_words(published_on)),
        ("更新日期", in_words(updated_on)),
        ("有效性", _validity(item)),
        ("公开单位", in_words(unit)),
        ("公开栏目", in_words(column)),
    ]
    if item.field is not None:
        found.append(("重点领域", in_words(item.field)))
    return tuple(found)


def _validity(item: InformationItem) -> str:
    if item.document is not None and item.document.repealed_on is not None:
        return f"自{in_words(item.document.repealed_on)}起废止"
    if item.valid_until is not None:
        return f"有效期至{in_words(item.valid_until)}"
    return "—" if item.document is None else "未标注有效期"


def blocks(item: InformationItem) -> tuple[Block, ...]:
    """What the item's category asks for, field by field."""
    found: list[Block] = []
    for name in _CONTENTS:
        held = getattr(item, name)
        if held is not None:
            found += _blocks_of(held)
    return tuple(found)


def _blocks_of(held: Any) -> Iterator[Block]:
    named = terms(type(held))
    for field in attrs.fields(type(held)):
        value = getattr(held, field.name)
        term = named[field.name].zh
        if attrs.has(type(value)):
            yield from _blocks_of(value)
        elif isinstance(value, tuple):
            yield from _several(term, field.name, value)
        elif field.name == "url" and _is_address(value):
            yield Block(kind=BlockKind.LINK, name=term, entries=(value.strip(),))
        elif isinstance(value, str) and not isinstance(value, Label):
            if told := paragraphs(value):
                yield Block(kind=BlockKind.FACT, name=term, entries=told)
        elif value is not None:
            yield Block(kind=BlockKind.FACT, name=term, entries=(in_words(value),))


def _several(term: str, name: str, members: tuple[Any, ...]) -> Iterator[Block]:
    if not members:
        # No materials asked for is a statement; no leaders told is none.
        if name == "materials":
            yield Block(kind=BlockKind.FACT, name=term, entries=("无需提交材料",))
    elif attrs.has(type(members[0])):
        columns = terms(type(members[0]))
        yield Block(
            kind=BlockKind.TABLE,
            name=term,
            heads=tuple(column.zh for column in columns.values()),
            rows=tuple(tuple(in_words(getattr(member, key)) for key in columns) for member in members),
        )
    elif isinstance(members[0], Label):
        yield Block(kind=BlockKind.FACT, name=term, entries=("、".join(in_words(member) for member in members),))
    else:
        kind = BlockKind.STEPS if name in _STEPS else BlockKind.LIST
        yield Block(kind=kind, name=term, entries=tuple(line(member) for member in members))


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value.strip())
        return parts.scheme in ("http", "https") and bool(parts.hostname) and line(value) == value.strip()
    except ValueError:
        return False


def words_of(item: InformationItem) -> str:
    """All that the page says, for the search."""
    told = [item.summary, item.text, item.issuer, *(file.name for file in item.attachments)]
    for block in blocks(item):
        told += [*block.entries, *(cell for row in block.rows for cell in row)]
    return "\n".join(told)
