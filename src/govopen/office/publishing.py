"""The outbox, the sites, and the comparison of what stands there with the records (clause 1.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from heapq import merge
from itertools import groupby
from typing import TypeVar

import attrs

from govopen.clearance.cleared import Cleared, Public
from govopen.errors import InputError, NotCleared
from govopen.model.actors import Actor
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.publishing import Delivery, DeliveryAction, ScreeningOverride, copy_id
from govopen.model.website import Column, Publication, Site
from govopen.office.clearing import Clearing
from govopen.publishing.delivering import deliver
from govopen.publishing.outcome import DeliveryReport
from govopen.publishing.planning import Changes, plan, renewed, targets_of
from govopen.publishing.port import Publisher, PublisherSettings
from govopen.publishing.reconciling import Place, ReconcileReport, reconcile
from govopen.storage.port import Author, Transaction, View

__all__ = ["PublicationReport", "Publishing"]

R = TypeVar("R", bound=Record)

_BATCH = 500


@attrs.frozen(kw_only=True)
class PublicationReport:
    """What a run of publishing did.

    Attributes:
        queued: How many deliveries the records called for that were not in the outbox yet.
        sites: What came of the outbox, site by site.
    """

    queued: int
    sites: tuple[DeliveryReport, ...]


class Publishing(Clearing):
    """What is shown where."""

    def publish(
        self,
        *,
        sites: Iterable[str] | None = None,
        actor: Actor | None = None,
        sweep: bool = True,
        retry_parked: bool = False,
    ) -> PublicationReport:
        """Bring the sites to what the records call for: show what is cleared, take away what is not.

        Steps of a review queue what follows from them. A sweep goes through all records besides: what was imported,
        what has expired, what a new screener holds up.

        Args:
            sites: Only these. Default: every site that the workspace serves.
            actor: On whose behalf the journal notes it. Default: the program's own.
            sweep: Whether to go through all records first.
            retry_parked: Whether to try deliveries again that were parked, once their cause was mended.

        Raises:
            InputError: A site is not served by this workspace, or a publisher's options are wrong.
        """
        wanted = self._chosen(sites)
        if retry_parked:
            self._unpark(frozenset(wanted), actor)
        queued = self._sweep(frozenset(wanted), actor) if sweep else 0
        return PublicationReport(queued=queued, sites=tuple(self._deliver(site, actor) for site in wanted))

    def reconcile(
        self, *, sites: Iterable[str] | None = None, actor: Actor | None = None, repair: bool = False
    ) -> ReconcileReport:
        """Compare what stands on the sites with the records, and the sites with each other (1.4/o4, o5, o6).

        What was found is kept as observations, which a check reads.

        Args:
            sites: Only these. Default: every site that the workspace serves.
            actor: On whose behalf the journal notes it.
            repair: Queue again what is missing, old or changed on a site, and the withdrawal of what should not stand
                there. :meth:`publish` then brings it.

        Raises:
            InputError: A site is not served by this workspace, or a publisher's options are wrong.
        """
        with ExitStack() as stack:
            places = []
            for site in self._sites(self._chosen(sites)):
                publisher = stack.enter_context(closing(self._publisher(site)))
                places.append(Place(site=site, inventory=publisher.inventory))
            author = self._author(actor, "publication.reconcile")
            report = reconcile(
                self.store, places, self.clear, on=self.today, write=partial(self.store.transaction, author)
            )
        if repair:
            self._repair(report, actor)
        return report

    def _unpark(self, site_ids: frozenset[str], actor: Actor | None) -> None:
        parked = [kept for kept in self.store.scan(Delivery) if kept.record.parked_on and kept.record.site in site_ids]
        with self.store.transaction(self._author(actor, "publication.retry")) as transaction:
            for kept in parked:
                transaction.put(renewed(kept.record), expected=kept.revision)

    def _repair(self, report: ReconcileReport, actor: Actor | None) -> None:
        with self.store.transaction(self._author(actor, "publication.repair")) as transaction:
            for entry in report.differences:
                action = DeliveryAction.PUT if entry.expected else DeliveryAction.WITHDRAW
                delivery = Delivery(
                    id=copy_id(entry.item, entry.site),
                    unit=entry.unit,
                    item=entry.item,
                    site=entry.site,
                    action=action,
                    digest=entry.expected,
                    queued_on=self.today,
                )
                transaction.put(delivery)

    def _chosen(self, sites: Iterable[str] | None) -> Sequence[str]:
        served = self._served
        if sites is None:
            return sorted(served)
        for site in (chosen := sorted(set(sites))):
            if site not in served:
                raise InputError(
                    "The workspace publishes to no site {site}.",
                    hint="Served: {served}. Sites are named under [publishers] in govopen.toml.",
                    site=site,
                    served=", ".join(sorted(served)) or "-",
                )
        return chosen

    @property
    def _served(self) -> dict[str, str]:
        """From each site that the workspace publishes to, to the section of its settings."""
        return {site: name for name, entry in self.workspace.publishers.items() for site in entry.sites}

    def _author(self, actor: Actor | None, cause: str) -> Author:
        return Author(actor=actor.id if actor else "", cause=cause)

    def _deliver(self, site_id: str, actor: Actor | None) -> DeliveryReport:
        site = self._there(Site, site_id).record
        return deliver(
            self.store,
            site,
            partial(self._publisher, site),
            self.clear,
            read=lambda digest: self.store.attachment(digest).content,
            write=partial(self.store.transaction, self._author(actor, "publication.deliver")),
            now=self._clock.now(),
            on=self.today,
        )

    def _publisher(self, site: Site) -> Publisher:
        section = self.workspace.publishers[self._served[site.id]]
        options = {
            key: value.replace("{site}", site.id) if isinstance(value, str) else value
            for key, value in section.options.items()
        }
        unit = self._unit(site.unit)
        return self.registry.publisher(
            section.kind, PublisherSettings(site=site, unit=unit, folder=self.workspace.folder, options=options)
        )

    def _queue(
        self,
        transaction: Transaction,
        item: InformationItem,
        *,
        overrides: Iterable[ScreeningOverride] = (),
        barred: bool = False,
    ) -> None:
        """Put into the outbox what follows from the item as it now is, in the transaction that changes it."""
        if not (served := self._served):
            return
        cleared = None if barred else self._cleared(item, overrides)
        changes = self._plan(
            item.id,
            item.unit,
            item if cleared else None,
            cleared,
            self._sites(served),
            tuple(self.store.read(Column, item.unit)),
            transaction.find(Publication, "item", item.unit, item.id),
            transaction.find(Delivery, "item", item.unit, item.id),
        )
        self._store_changes(transaction, (changes,))

    def _cleared(self, item: InformationItem, overrides: Iterable[ScreeningOverride] = ()) -> Cleared[Public] | None:
        try:
            return self._clear(item, self.today, overrides)
        except NotCleared:
            return None

    def _sites(self, ids: Iterable[str]) -> Sequence[Site]:
        return [self._there(Site, id_).record for id_ in ids]

    def _plan(  # noqa: PLR0917 - as plan() itself
        self,
        item_id: str,
        unit: str,
        item: InformationItem | None,
        cleared: Cleared[Public] | None,
        sites: Sequence[Site],
        columns: Sequence[Column],
        publications: Iterable[Publication],
        waiting: Iterable[Delivery],
    ) -> Changes:
        on, ids = self.today, {site.id for site in sites}
        return plan(
            item_id,
            unit,
            cleared,
            targets_of(item, sites, columns, on) if item is not None else (),
            [entry for entry in publications if entry.site in ids],
            [entry for entry in waiting if entry.site in ids],
            on,
        )

    @staticmethod
    def _store_changes(transaction: Transaction, changes: Iterable[Changes]) -> None:
        for entry in changes:
            for delivery in entry.put:
                transaction.put(delivery)
            for delivery in entry.drop:
                transaction.delete(Delivery, delivery.id)

    def _sweep(self, site_ids: frozenset[str], actor: Actor | None) -> int:
        """Go through all records and queue what is missing in the outbox; how many deliveries."""
        queued, batch = 0, []
        author = self._author(actor, "publication.queue")
        with self.store.snapshot() as view:
            sites = self._sites(sorted(site_ids))
            for unit in view.units():
                for changes in self._called_for(view, unit.id, sites):
                    queued += len(changes.put)
                    batch.append(changes)
                    if len(batch) == _BATCH:
                        with self.store.transaction(author) as transaction:
                            self._store_changes(transaction, batch)
                        batch.clear()
        if batch:
            with self.store.transaction(author) as transaction:
                self._store_changes(transaction, batch)
        return queued

    def _called_for(self, view: View, unit: str, sites: Sequence[Site]) -> Iterator[Changes]:
        columns = tuple(view.read(Column, unit))
        for item_id, item, publications, waiting in _joined(view, unit):
            if item is None and not (publications or waiting):
                continue
            if item is None and self.store.get(InformationItem, item_id) is not None:
                # It has moved to another unit, whose turn comes.
                continue
            cleared = self._cleared(item) if item is not None else None
            if changes := self._plan(
                item_id, unit, item if cleared else None, cleared, sites, columns, publications, waiting
            ):
                yield changes


def _joined(view: View, unit: str) -> Iterator[tuple[str, InformationItem | None, list[Publication], list[Delivery]]]:
    """A unit's items with what was published of them and what waits, by identifier, in constant memory."""
    streams: list[Iterator[tuple[str, int, Record]]] = [
        ((item.id, 0, item) for item in view.read(InformationItem, unit)),
        ((value, 1, entry) for value, entry in view.read_by(Publication, "item", unit)),
        ((value, 2, entry) for value, entry in view.read_by(Delivery, "item", unit)),
    ]
    for item_id, group in groupby(merge(*streams, key=lambda entry: entry[:2]), key=lambda entry: entry[0]):
        item, publications, waiting = None, [], []
        for _, _, record in group:
            match record:
                case InformationItem():
                    item = record
                case Publication():
                    publications.append(record)
                case Delivery():
                    waiting.append(record)
        yield item_id, item, publications, waiting
