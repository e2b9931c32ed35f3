"""The answers of the protocol, decoded strictly: what has another form is no answer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from govopen.model.base import ID_PATTERN
from govopen_http_push.failures import failed

__all__ = [
    "BatchAnswer",
    "Entry",
    "FileAnswer",
    "InventoryAnswer",
    "KeyAnswer",
    "PutAnswer",
    "SettleAnswer",
    "answer",
    "refusal",
]

_Item = Annotated[str, Meta(pattern=rf"\A{ID_PATTERN}\Z")]
_Digest = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
_Address = Annotated[str, Meta(pattern=r"\Ahttps?://[^\s\x00-\x20\x7f\"<>\\]{1,2000}\Z")]
_Page = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{1,2000}\Z")]


class BatchAnswer(Struct, frozen=True):
    """To beginning and discarding a batch."""

    batch: str


class FileAnswer(Struct, frozen=True):
    """To a file: the digest of what was kept."""

    digest: _Digest


class PutAnswer(Struct, frozen=True):
    """To an item: the digest of the form that was kept, and where readers will find it."""

    item: _Item
    digest: _Digest
    address: _Address


class KeyAnswer(Struct, frozen=True):
    """To a withdrawal: the key of the item."""

    key: str


class SettleAnswer(Struct, frozen=True):
    """To settling: the digest of what is shown now by key of the item, and the keys of what is gone."""

    put: dict[str, _Digest]
    withdrawn: list[str]


class Entry(Struct, frozen=True):
    """What readers find of one item."""

    item: _Item
    digest: _Digest
    address: _Address
    published_on: dt.date | None
    steps: list[str] = []


class InventoryAnswer(Struct, frozen=True):
    """A page of the inventory, and the name of the next one."""

    held: list[Entry]
    next: _Page | None = None


class _Refusal(Struct, frozen=True):
    error: str


A = TypeVar("A", bound=Struct)


def answer(cls: type[A], content: bytes) -> A:
    """The answer that the content is.

    Raises:
        DeliveryFailed: It has another form. The content is not repeated.
    """
    try:
        return msgspec.json.decode(content, type=cls)
    except (msgspec.MsgspecError, RecursionError):
        # That it is none is all there is to say: more would be the server's words.
        raise failed("bad-answer") from None


def refusal(content: bytes) -> str:
    """The code in an answer that refuses; empty if it has none."""
    try:
        return msgspec.json.decode(content, type=_Refusal).error
    except (msgspec.MsgspecError, RecursionError):
        return ""
