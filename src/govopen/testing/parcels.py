"""Cleared items for tests of publishers: exemplary ones, through the same clearance as all others."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

import attrs

from govopen.clearance.cleared import Cleared, Public
from govopen.clearance.decide import ClearanceDossier, clear
from govopen.clearance.screeners.builtin import REQUIRED
from govopen.clearance.screening import ScreeningVerdict
from govopen.model.catalog import AttachedFile, Category, InformationItem
from govopen.model.classification import ClassifiedItem
from govopen.model.published import public_digest
from govopen.model.units import Unit
from govopen.model.website import Column
from govopen.publishing.port import Parcel
from govopen.rules import samples

__all__ = ["attached", "cleared", "disclosed", "parcel"]


def attached(name: str, content: bytes, media_type: str = "text/plain") -> AttachedFile:
    """A file of an item, by its content."""
    return AttachedFile(name=name, digest=hashlib.sha256(content).hexdigest(), media_type=media_type)


def disclosed(id_: str = "item-1", category: Category = Category.OTHER, **changes: Any) -> InformationItem:
    """An item that was reviewed and decided to be disclosed proactively."""
    return samples.proactive_item(category, **({"id": id_, "title": f"示例信息{id_}", "text": "示例正文。"} | changes))


def cleared(
    item: InformationItem, on: dt.date = samples.YEAR_END, *, classified: Iterable[ClassifiedItem] = ()
) -> Cleared[Public]:
    """The item, cleared for the public as if every file had been read and no screener had found anything.

    Raises:
        NotCleared: It was not reviewed and decided to be disclosed proactively, or is classified.
    """
    digest = public_digest(item)
    dossier = ClearanceDossier(
        item=attrs.evolve(item, digest=digest),
        classified=tuple(classified),
        files={file.digest: file.digest for file in item.attachments},
    )
    return clear(dossier, [ScreeningVerdict(screener=name, digest=digest) for name in REQUIRED], Public, on)


def parcel(
    item: InformationItem,
    *contents: bytes,
    unit: Unit = samples.UNIT,
    column: Column | None = None,
    published_on: dt.date = samples.YEAR_END,
    updated_on: dt.date | None = None,
) -> Parcel:
    """The item on its way to a site, with the contents of its files."""
    held = {hashlib.sha256(content).hexdigest(): content for content in contents}
    return Parcel(
        cleared=cleared(item, published_on),
        unit=unit,
        column=column,
        published_on=published_on,
        updated_on=updated_on,
        read=held.__getitem__,
    )
