"""An item as its page and as data beside the page: what a program reads, and what the inventory reads again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

import msgspec

from govopen.model import codec
from govopen.model.catalog import InformationItem
from govopen.publishing.port import Parcel
from govopen_static_site.contents import FileLink
from govopen_static_site.names import line, quoted, slug
from govopen_static_site.pages import Link, Pages
from govopen_static_site.settings import SiteSettings
from govopen_static_site.state import Card, Named

__all__ = ["ItemData", "named", "read_item_data", "rendered"]

_SUMMARY = 160


class _Whose(msgspec.Struct, frozen=True):
    id: str
    name: str


class ItemData(msgspec.Struct, frozen=True, kw_only=True):
    """The JSON beside an item's page.

    Attributes:
        item: The item in its public form, as the core writes it: its SHA-256 is the public digest.
    """

    address: str
    unit: _Whose
    column: _Whose | None
    published_on: dt.date
    updated_on: dt.date | None
    files: tuple[str, ...]
    item: msgspec.Raw

    def form(self) -> InformationItem:
        """The item itself.

        Raises:
            msgspec.MsgspecError: It is none.
        """
        return codec.decoder(InformationItem)(bytes(self.item))


read_item_data = msgspec.json.Decoder(ItemData).decode
"""Reads the data of an item back from its page."""
_encode = msgspec.json.Encoder().encode


def named(parcel: Parcel) -> tuple[Named, Named | None]:
    """The unit and the column of a parcel, as pages name them."""
    unit = Named(slug(parcel.unit.id), line(parcel.unit.name) or parcel.unit.id)
    if parcel.column is None:
        return unit, None
    return unit, Named(slug(parcel.column.id), line(parcel.column.name) or parcel.column.id)


def rendered(
    pages: Pages,
    settings: SiteSettings,
    item: InformationItem,
    *,
    unit: tuple[str, Named],
    column: tuple[str, Named] | None,
    published_on: dt.date,
    updated_on: dt.date | None,
    attached: Sequence[FileLink],
) -> tuple[Card, bytes, bytes]:
    """The item's card, page and data.

    Args:
        pages: What renders.
        settings: The site.
        item: The item in its public form.
        unit: Identifier and name of its unit.
        column: Those of its column.
        published_on: Since when it has stood there.
        updated_on: When it was replaced last.
        attached: Its files.
    """
    name = slug(item.id)
    path = f"items/{name}.html"
    page = pages.item(
        item,
        path=path,
        unit=Link(unit[1].name, f"units/{unit[1].slug}/index.html"),
        column=None if column is None else Link(column[1].name, f"columns/{column[1].slug}/index.html"),
        published_on=published_on,
        updated_on=updated_on,
        attached=attached,
    )
    files = tuple(file.path for file in attached)
    data = _encode(
        ItemData(
            address=settings.base_url + quoted(path),
            unit=_Whose(unit[0], unit[1].name),
            column=None if column is None else _Whose(column[0], column[1].name),
            published_on=published_on,
            updated_on=updated_on,
            files=files,
            item=msgspec.Raw(codec.encode(item)),
        )
    )
    number = item.document_number or (item.document.document_number if item.document is not None else "")
    summary = line(item.summary or item.text)
    card = Card(
        id=item.id,
        slug=name,
        title=line(item.title) or line(number) or "（无标题）",
        summary=summary[:_SUMMARY] + ("…" if len(summary) > _SUMMARY else ""),
        issuer=line(item.issuer),
        category="" if item.category is None else item.category.value,
        unit=unit[0],
        column="" if column is None else column[0],
        published_on=published_on,
        updated_on=updated_on,
        index_number=line(item.index_number),
        document_number=line(number),
        page=hashlib.sha256(page).hexdigest(),
        data=hashlib.sha256(data).hexdigest(),
        files=files,
    )
    return card, page, data
