"""What the documents of a unit may be made of: what is cleared for the public, and what is public by nature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from govopen.clearance.cleared import Cleared, Public
from govopen.errors import NotCleared
from govopen.model.catalog import Category, InformationItem, SubCategory
from govopen.model.discretion import DiscretionTable
from govopen.model.requests import RequestChannel
from govopen.model.units import Unit
from govopen.model.website import Column, Site
from govopen.policy.library import Library

__all__ = ["UnitRecords"]


@attrs.frozen(kw_only=True, eq=False)
class UnitRecords:
    """A unit as the public may know it on a day.

    Applicants, requests, reviews and classified items have no place here.

    Attributes:
        unit: The unit.
        day: The legal day.
        cleared: The unit's items that are cleared for the public, by identifier.
        addresses: Where an item stands published, by its identifier.
        channels: The ways of making a request that are open that day, in the order of their kinds.
        sites: The sites open that day, first the unit's own, then the portals; with the unit that runs each.
        columns: The unit's columns open that day, by identifier.
        tables: The unit's discretion tables in force that day whose publishing item is cleared and in which screeners
            find nothing, by identifier.
        held_back: How many further tables are in force: they name no item that publishes them, or one that is not
            cleared, or screeners find something in their texts.
        categories: Sub-categories of the eleven categories.
        library: The law.

    Raises:
        NotCleared: An item is not cleared for the public, or is another unit's.
    """

    unit: Unit
    day: dt.date
    cleared: tuple[Cleared[Public], ...]
    addresses: Mapping[str, str]
    channels: tuple[RequestChannel, ...]
    sites: tuple[tuple[Site, Unit | None], ...]
    columns: tuple[Column, ...]
    tables: tuple[DiscretionTable, ...]
    held_back: int
    categories: tuple[SubCategory, ...]
    library: Library

    def __attrs_post_init__(self) -> None:
        for given in self.cleared:
            # Types are not checked when it runs, and nothing here may rest on a caller's care.
            held: object = given
            if not isinstance(held, Cleared) or held.audience is not Public or held.item.unit != self.unit.id:
                raise NotCleared("A document is made of the unit's items cleared for the public, and of nothing else.")
        shown = {given.item.id for given in self.cleared}
        if any(table.item not in shown for table in self.tables):
            raise NotCleared("A discretion table is shown if the item that publishes it is cleared for the public.")

    @property
    def items(self) -> tuple[InformationItem, ...]:
        """The cleared items in their public form."""
        return tuple(given.item for given in self.cleared)

    def of(self, *categories: Category) -> tuple[InformationItem, ...]:
        """The cleared items of these categories."""
        return tuple(item for item in self.items if item.category in categories)
