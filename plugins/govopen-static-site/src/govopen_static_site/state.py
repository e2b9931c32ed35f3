"""What a site remembers of itself between two deliveries. It lies beside what is served, in the same version."""

from __future__ import annotations

import datetime as dt

import attrs
import msgspec

from govopen.errors import DeliveryFailed
from govopen.texts import Message

__all__ = ["FORMAT", "Card", "Listing", "Named", "Sheet", "State", "read_state", "write_state"]

FORMAT = 1
"""Of the state; another one is built anew."""


@attrs.frozen(kw_only=True)
class Card:
    """An item as lists show it, and the digests of what stands for it.

    Attributes:
        page: SHA-256 of its page.
        data: SHA-256 of its JSON.
        files: Paths of its files from the root of the site.
    """

    id: str
    slug: str
    title: str
    summary: str
    issuer: str
    category: str
    unit: str
    column: str
    published_on: dt.date
    updated_on: dt.date | None
    index_number: str
    document_number: str
    page: str
    data: str
    files: tuple[str, ...]

    @property
    def order(self) -> tuple[dt.date, str]:
        """Its place in every list, from the oldest."""
        return (self.published_on, self.id)

    @property
    def changed(self) -> dt.date:
        """The day of the last change that readers saw."""
        return self.updated_on or self.published_on

    @property
    def paths(self) -> tuple[str, ...]:
        """All that stands for it, from the root of the site."""
        return (self.page_path, self.data_path, *self.files)

    @property
    def page_path(self) -> str:
        return f"items/{self.slug}.html"

    @property
    def data_path(self) -> str:
        return f"items/{self.slug}.json"


@attrs.frozen
class Named:
    """A unit or column as pages name it."""

    slug: str
    name: str
    unit: str = ""


@attrs.define
class Sheet:
    """One page of a list: the items on it, from the oldest."""

    number: int
    ids: list[str]


@attrs.define
class Listing:
    """A list of items in pages whose numbers stay: the newest has none and is the list's index."""

    sheets: list[Sheet] = attrs.Factory(list)
    next: int = 1


@attrs.define(kw_only=True)
class State:
    """All of it.

    Attributes:
        fingerprint: Of the settings and templates that made the pages; with others all pages are made again.
        listings: By the folder that each list has on the site.
        segments: The search data: the item in each place of each segment; an empty one is free.
        shared: SHA-256 of every file that belongs to no item, by path.
    """

    format: int = FORMAT
    fingerprint: str = ""
    cards: dict[str, Card] = attrs.Factory(dict)
    units: dict[str, Named] = attrs.Factory(dict)
    columns: dict[str, Named] = attrs.Factory(dict)
    listings: dict[str, Listing] = attrs.Factory(dict)
    segments: list[list[str]] = attrs.Factory(list)
    shared: dict[str, str] = attrs.Factory(dict)


_decode = msgspec.json.Decoder(State).decode
_encode = msgspec.json.Encoder(order="deterministic").encode


def read_state(body: bytes) -> State:
    """The state that was written.

    Raises:
        DeliveryFailed: It is not readable.
    """
    try:
        return _decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DeliveryFailed(
            Message("网站自身的状态文件无法读取。", "The site's own notes cannot be read."),
            hint=Message(
                "请删除网站文件夹，然后全部重新发布。", "Remove the site's folder and publish everything again."
            ),
            code="state-damaged",
        ) from error


def write_state(state: State) -> bytes:
    """The state as UTF-8 JSON, keys sorted."""
    return _encode(state)
