"""Reconciliation: records, publications and every site's own inventory, compared item by item (1.4/o4, o5, o6).

Everything is read in the order of identifiers and by parts, so that memory does not grow with the number of items.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import merge
from itertools import chain, groupby
from operator import itemgetter
from typing import TypeVar

import attrs

from govopen.clearance.cleared import Cleared, Public
from govopen.errors import DeliveryFailed, NotCleared, PluginError
from govopen.model.catalog import InformationItem
from govopen.model.classification import ClassifiedItem
from govopen.model.publishing import Delivery, Observation, ObservedState, copy_id
from govopen.model.website import Column, Publication, Site
from govopen.publishing.comparing import Copy, Known, states_of
from govopen.publishing.planning import is_of_a_site, targets_of
from govopen.publishing.port import Held
from govopen.publishing.records import Reading, Span, Writer
from govopen.texts import N_

__all__ = ["Difference", "Place", "ReconcileReport", "SiteSummary", "reconcile"]

_BATCH = 500
P = TypeVar("P", Publication, Delivery, Observation)


@attrs.frozen(kw_only=True)
class Place:
    """A site to compare, and how to list what stands there."""

    site: Site
    inventory: Callable[[], Iterable[Held]]


@attrs.frozen(kw_only=True)
class Difference:
    """A copy that is not as it should be: identifiers, digests and addresses, no text.

    Attributes:
        item: The item.
        unit: The unit obliged.
        site: The site.
        states: What was found.
        address: Where it stands, or was to stand; may be empty.
        found: The digest of what stands there; empty: nothing does.
        expected: The digest of what should stand there; empty: nothing should.
    """

    item: str
    unit: str
    site: str
    states: tuple[ObservedState, ...]
    address: str = ""
    found: str = ""
    expected: str = ""


@attrs.frozen(kw_only=True)
class SiteSummary:
    """How a site was found.

    Attributes:
        site: The site.
        copies: How many copies were compared, by state; a copy in two states counts in both.
        failure: Code of why it could not be read; empty: it was.
    """

    site: str
    copies: Mapping[ObservedState, int]
    failure: str = ""


@attrs.frozen(kw_only=True)
class ReconcileReport:
    """What came of a reconciliation.

    Attributes:
        on: The day.
        sites: Every site compared, by identifier.
        differences: Every copy that is not as it should be, by item and site.
        apart: Items whose copies differ from one site to another (1.4/o5).
    """

    on: dt.date
    sites: tuple[SiteSummary, ...]
    differences: tuple[Difference, ...]
    apart: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether every site was read and every copy is as it should be."""
        return not self.differences and not self.apart and not any(site.failure for site in self.sites)


def reconcile(
    store: Reading,
    places: Iterable[Place],
    clear: Callable[[str], Cleared[Public]],
    *,
    on: dt.date,
    write: Writer | None = None,
    earlier: Callable[[str], Iterable[str]] | None = None,
    chunk: int = 50_000,
) -> ReconcileReport:
    """Compare what stands on sites with the records and with each other.

    Args:
        store: The records.
        places: The sites.
        clear: Clears an item for the public, as of ``on``; raises ``NotCleared`` if it may not be shown.
        on: The day.
        write: Begins a transaction to keep the result as ``Observation`` records; ``None``: it is not kept.
        earlier: Digests of older versions of an item, to tell a copy that is old from one that was changed. The
            digests that sign-offs and publications pin are known without it.
        chunk: About how many items are held in memory at once.

    Raises:
        PluginError: A publisher lists its items in no order.
        StoreError: The store failed.
    """
    run = _Run(store, places, clear, on=on, write=write, earlier=earlier or _no_others)
    return run.all(chunk)


def _no_others(item: str) -> Iterable[str]:
    return ()


class _Shelf:
    """The inventory of a site, read along in the order of identifiers."""

    def __init__(self, place: Place) -> None:
        self.site = place.site
        self.failure = ""
        self._next: Held | None = None
        self._held: Iterator[Held] = iter(())
        try:
            self._held = iter(place.inventory())
        except DeliveryFailed as error:
            self.failure = error.code
        self._advance("")

    def _advance(self, last: str) -> None:
        try:
            self._next = next(self._held, None)
        except DeliveryFailed as error:
            self.failure, self._next = error.code, None
        if self._next is not None and self._next.item < last:
            raise PluginError(
                N_("The publisher of site {site} lists what it holds in another order than that of identifiers."),
                site=self.site.id,
            )

    def upto(self, stop: str | None) -> dict[str, list[Held]]:
        """What stands there of the items before ``stop``."""
        found: dict[str, list[Held]] = {}
        while self._next is not None and (stop is None or self._next.item < stop):
            found.setdefault(self._next.item, []).append(self._next)
            self._advance(self._next.item)
        # Of half an inventory everything behind it would look as if it were missing.
        return {} if self.failure else found


Key = tuple[str, str]
"""Item and site."""


@attrs.define
class _Part:
    """What is known of the items in one range of identifiers, but for the items themselves."""

    held: dict[str, dict[str, list[Held]]]
    publications: dict[Key, list[Publication]] = attrs.field(factory=dict)
    waiting: dict[Key, Delivery] = attrs.field(factory=dict)
    observed: dict[Key, str] = attrs.field(factory=dict)

    def items(self) -> list[str]:
        """Of all items of which anything is known, in order."""
        found = {item for item, _ in chain(self.publications, self.observed)}
        return sorted(found.union(*self.held.values()))


class _Run:
    def __init__(
        self,
        store: Reading,
        places: Iterable[Place],
        clear: Callable[[str], Cleared[Public]],
        *,
        on: dt.date,
        write: Writer | None,
        earlier: Callable[[str], Iterable[str]],
    ) -> None:
        self._store = store
        self._clear = clear
        self._on = on
        self._write = write
        self._earlier = earlier
        self._shelves = sorted((_Shelf(place) for place in places), key=lambda shelf: shelf.site.id)
        self._sites = {shelf.site.id: shelf.site for shelf in self._shelves}
        self._columns: dict[str, list[Column]] = {}
        for kept in store.scan(Column):
            if kept.record.site in self._sites:
                self._columns.setdefault(kept.record.unit, []).append(kept.record)
        self._counts: dict[str, Counter[ObservedState]] = {site: Counter() for site in self._sites}
        self._differences: list[Difference] = []
        self._apart: list[str] = []
        self._seen: list[Observation] = []
        self._gone: list[str] = []

    def all(self, chunk: int) -> ReconcileReport:
        parts = max(1, -(-self._store.count(InformationItem) // chunk))
        for span in self._store.partitions(InformationItem, parts):
            self._part(span)
            self._keep()
        return ReconcileReport(
            on=self._on,
            sites=tuple(
                SiteSummary(
                    site=shelf.site.id,
                    copies={state: self._counts[shelf.site.id][state] for state in ObservedState},
                    failure=shelf.failure,
                )
                for shelf in self._shelves
            ),
            differences=tuple(self._differences),
            apart=tuple(self._apart),
        )

    def _part(self, span: Span) -> None:
        part = _Part({shelf.site.id: shelf.upto(span.stop) for shelf in self._shelves})
        for publication in filter(is_of_a_site, self._of(Publication, span)):
            part.publications.setdefault((publication.item, publication.site), []).append(publication)
        part.waiting = {(each.item, each.site): each for each in self._of(Delivery, span)}
        part.observed = {(each.item, each.site): each.id for each in self._of(Observation, span)}
        others: Iterator[tuple[str, InformationItem | None]] = ((id_, None) for id_ in part.items())
        items = ((kept.record.id, kept.record) for kept in self._store.scan(InformationItem, partition=span))
        for id_, found in groupby(merge(items, others, key=itemgetter(0)), key=itemgetter(0)):
            record = next((item for _, item in found if item is not None), None)
            self._item(id_, record, part)
            if len(self._seen) + len(self._gone) >= _BATCH:
                self._keep()

    def _of(self, cls: type[P], span: Span) -> Iterator[P]:
        for kept in self._store.scan(cls):
            if kept.record.site in self._sites and kept.record.item in span:
                yield kept.record

    def _item(self, id_: str, item: InformationItem | None, part: _Part) -> None:
        targets: Iterable[str] = ()
        if item is not None:
            columns = self._columns.get(item.unit, ())
            targets = {target.site.id for target in targets_of(item, self._sites.values(), columns, self._on)}
        sites = [shelf.site.id for shelf in self._shelves if not shelf.failure]
        held = {site: part.held[site].get(id_, []) for site in sites}
        known = self._known(id_, item, part, somewhere=any(held.values()))
        found = set()
        for site in sites:
            copy = Copy(
                wanted=site in targets,
                publications=part.publications.get((id_, site), ()),
                waiting=part.waiting.get((id_, site)),
                held=held[site],
            )
            states = states_of(known, copy, self._on)
            self._note(id_, site, known, copy, states)
            if not states and (id_, site) in part.observed:
                self._gone.append(part.observed[id_, site])
            found |= {each.digest for each in held[site]} if copy.wanted else set()
        if len(found) > 1:
            self._apart.append(id_)

    def _known(self, id_: str, item: InformationItem | None, part: _Part, *, somewhere: bool) -> Known:
        if item is None:
            classified = somewhere and self._store.get(ClassifiedItem, id_) is not None
            return Known(item=None, classified=classified)

        def earlier() -> Iterator[str]:
            pinned = [step.digest for step in item.sign_offs] + ([item.review.digest] if item.review else [])
            sent = [each.digest for site in self._sites for each in part.publications.get((id_, site), ())]
            return chain(pinned, sent, self._earlier(id_))

        try:
            cleared = self._clear(id_)
        except NotCleared:
            return Known(item=item)
        return Known(item=item, cleared=cleared, earlier=earlier)

    def _note(self, id_: str, site: str, known: Known, copy: Copy, states: tuple[ObservedState, ...]) -> None:
        if not states:
            return
        self._counts[site].update(states)
        digest = copy.held[0].digest if copy.held else ""
        units = [known.item.unit] if known.item else [each.unit for each in copy.publications]
        unit = next(iter(units), self._sites[site].unit)
        self._seen.append(
            Observation(
                id=copy_id(id_, site),
                unit=unit,
                item=id_,
                site=site,
                observed_on=self._on,
                states=states,
                digest=digest,
            )
        )
        if states == (ObservedState.AGREES,):
            return
        addresses = chain((each.address for each in copy.held), (each.url for each in copy.publications))
        self._differences.append(
            Difference(
                item=id_,
                unit=unit,
                site=site,
                states=states,
                address=next(addresses, ""),
                found=digest,
                expected=known.cleared.digest if known.cleared is not None and copy.wanted else "",
            )
        )

    def _keep(self) -> None:
        if self._write is not None and (self._seen or self._gone):
            with self._write() as writing:
                for observation in self._seen:
                    writing.put(observation)
                for id_ in self._gone:
                    writing.delete(Observation, id_)
        self._seen.clear()
        self._gone.clear()
