"""A unit with its own site and the portal, items that may be shown, and a store in memory that holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest

from govopen.clearance.cleared import Cleared, Public
from govopen.errors import DeliveryFailed, NotCleared
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.classification import ClassifiedItem
from govopen.model.publishing import Delivery, copy_id
from govopen.model.types import RECORD_TYPES
from govopen.model.website import Publication, Site, SiteKind
from govopen.publishing.delivering import deliver
from govopen.publishing.folder import FolderPublisher
from govopen.publishing.outcome import DeliveryReport, Patience
from govopen.publishing.planning import plan, targets_of
from govopen.publishing.port import Parcel, Publisher
from govopen.rules import samples
from govopen.storage.port import Author
from govopen.testing.memory import MemoryStore
from govopen.testing.parcels import cleared, disclosed

DAY = dt.date(2011, 12, 31)
NOON = dt.datetime(2011, 12, 31, 4, tzinfo=dt.UTC)
OWN = samples.site(id="own", url="https://own.example.gov.cn")
PORTAL = samples.site(SiteKind.PORTAL, id="portal", unit="district", url="https://portal.example.gov.cn")
SITES = (OWN, PORTAL)


@attrs.define(slots=False)
class Desk:
    """The part of an office that these tests need: clears whatever is proactive and not barred, and delivers."""

    store: MemoryStore
    root: Path
    barred: set[str] = attrs.field(factory=set)
    places: tuple[Site, ...] = SITES
    now: dt.datetime = NOON
    on: dt.date = DAY

    def clear(self, id_: str) -> Cleared[Public]:
        found = self.store.get(InformationItem, id_)
        classified = self.store.get(ClassifiedItem, id_)
        if found is None or id_ in self.barred:
            raise NotCleared("The item {item} is not cleared.", item=id_, bars=("test",))
        return cleared(found.record, self.on, classified=[classified.record] if classified else ())

    def item(self, number: int = 1, **changes: Any) -> InformationItem:
        return disclosed(f"item-{number}", **({"text": f"正文{number}"} | changes))

    def put(self, *records: Record) -> None:
        with self.store.transaction() as transaction:
            for record in records:
                transaction.put(record)

    def queue(self, *ids: str) -> None:
        """Plan what follows from the records of now."""
        for id_ in ids:
            try:
                passed = self.clear(id_)
            except NotCleared:
                passed = None
            found = self.store.get(InformationItem, id_)
            changes = plan(
                id_,
                samples.UNIT.id,
                passed,
                targets_of(found.record, self.places, (), self.on) if found else (),
                [each for each in self.all(Publication) if each.item == id_],
                [each for each in self.all(Delivery) if each.item == id_],
                self.on,
            )
            self.put(*changes.put)

    def publisher(self, site: str) -> FolderPublisher:
        return FolderPublisher(self.root / site)

    def deliver(
        self, site: str = "own", publisher: Callable[[], Publisher] | None = None, **changes: Any
    ) -> DeliveryReport:
        whole = {
            "read": lambda digest: self.store.attachment(digest).content,
            "write": self.deliver_write(),
            "now": self.now,
            "on": self.on,
            "patience": Patience(max_attempts=3),
        }
        place = next(each for each in self.places if each.id == site)
        return deliver(self.store, place, publisher or (lambda: self.publisher(site)), self.clear, **(whole | changes))

    def deliver_write(self) -> Any:
        return partial(self.store.transaction, Author(cause="publication.deliver"))

    def all(self, cls: type[Any]) -> list[Any]:
        return [kept.record for kept in self.store.scan(cls)]

    def waiting(self, item: str = "item-1", site: str = "own") -> Delivery | None:
        found = self.store.get(Delivery, copy_id(item, site))
        return None if found is None else found.record

    def publications(self, site: str = "own") -> list[Publication]:
        return [each for each in self.all(Publication) if each.site == site]

    def shown(self, site: str = "own") -> dict[str, str]:
        """What stands on the site: digest by item."""
        publisher = self.publisher(site)
        return {held.item: held.digest for held in publisher.inventory()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(MemoryStore(RECORD_TYPES), tmp_path)
    made.put(samples.UNIT, *SITES)
    return made


@pytest.fixture
def queued(desk: Desk) -> Desk:
    """Items 1 to 5 wait for both sites."""
    items = [desk.item(number) for number in range(1, 6)]
    desk.put(*items)
    desk.queue(*(item.id for item in items))
    return desk


@attrs.define
class Mood:
    """Which items make ``put`` or ``settle`` fail, and with what; ``""``: also without any."""

    on_put: set[str] = attrs.field(factory=set)
    on_settle: set[str] = attrs.field(factory=set)
    error: Exception = attrs.field(factory=lambda: DeliveryFailed("The disk is full.", code="disk-full"))
    calls: int = 0
    settles: int = 0

    def strike(self, struck: set[str], items: set[str]) -> None:
        if struck & items or "" in struck:
            raise self.error


class Moody(FolderPublisher):
    """A folder that fails when a test says so.

    Its moods outlive it: a worker that opens the publisher again meets the same weather.
    """

    def __init__(self, root: Path, mood: Mood) -> None:
        super().__init__(root)
        self.mood = mood
        self.items: set[str] = set()

    def put(self, parcel: Parcel) -> str:
        self.mood.calls += 1
        self.mood.strike(self.mood.on_put, {parcel.cleared.item.id})
        self.items.add(parcel.cleared.item.id)
        return super().put(parcel)

    def settle(self) -> None:
        self.mood.settles += 1
        self.mood.strike(self.mood.on_settle, self.items or {""})
        super().settle()


@pytest.fixture
def mood() -> Mood:
    return Mood()


@pytest.fixture
def moody(desk: Desk, mood: Mood) -> Callable[[], Publisher]:
    """Opens the folder of the own site, which fails as ``mood`` says."""
    return lambda: Moody(desk.root / "own", mood)
