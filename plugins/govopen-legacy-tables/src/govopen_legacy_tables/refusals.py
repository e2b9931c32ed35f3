"""What a store over given tables does not do, said in one place."""

from __future__ import annotations

from govopen.errors import StoreError
from govopen.model.base import RecordType
from govopen.texts import Message

__all__ = ["no_companion", "no_past", "read_only"]


def read_only(type_: RecordType | None, mapping: str) -> StoreError:
    """The error for a write into tables that govopen only reads."""
    if type_ is None:
        return StoreError(
            Message(
                "记录库为只读：对应关系文件{mapping}如此规定，而且没有指明附属记录库。",
                "The store is read-only: the mapping {mapping} says so, and names no companion.",
            ),
            hint=Message(
                '请为 govopen 自己的记录指明一个记录库：companion = "sqlite:///own.db"，或者写 mode = "read-write"。',
                'Name a store for govopen\'s own records, companion = "sqlite:///own.db", '
                'or write mode = "read-write".',
            ),
            mapping=mapping,
        )
    return StoreError(
        Message(
            "{type}类型的记录取自其他系统的表，只读不写。",
            "The records of type {type} are read from tables of another system, and not written.",
        ),
        hint=Message(
            '请在该系统中修改，或者在{mapping}中写 mode = "read-write"，允许 govopen 写入。',
            'Change them in that system, or let govopen write: mode = "read-write" in {mapping}.',
        ),
        type=type_.name,
        mapping=mapping,
    )


def no_companion(mapping: str) -> StoreError:
    """The error for what tables of another system do not have: a journal, a feed of changes, files."""
    return StoreError(
        Message(
            "其他系统的表中没有 govopen 的日志、变更记录和附件。",
            "The tables of another system keep no journal, no changes and no files of govopen's.",
        ),
        hint=Message(
            '请在{mapping}中为其指明一个记录库：companion = "sqlite:///own.db"。',
            'Name a store for them in {mapping}: companion = "sqlite:///own.db".',
        ),
        mapping=mapping,
    )


def no_past(mapping: str) -> StoreError:
    """The error for a question about a past moment."""
    return StoreError(
        Message(
            "其他系统的表只有现状，没有某一时刻的情况。",
            "The tables of another system hold what is, not what was known at some moment.",
        ),
        hint=Message(
            '请不要指定时刻，或者在{mapping}中写 mode = "read-write"，由 govopen 保存各个版本。',
            'Ask without a moment; or let govopen keep revisions: mode = "read-write" in {mapping}.',
        ),
        mapping=mapping,
    )
