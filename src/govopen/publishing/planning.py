"""What is to be told to which site, so that just what is cleared stands there. Pure: no store, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from govopen.clearance.cleared import Cleared, Public
from govopen.model.base import within
from govopen.model.catalog import InformationItem
from govopen.model.publishing import Delivery, DeliveryAction, copy_id
from govopen.model.website import Carrier, Column, Publication, Site, SiteKind

__all__ = ["Changes", "Target", "is_live", "is_of_a_site", "plan", "renewed", "targets_of"]

_CARRIERS = {SiteKind.OWN: Carrier.OWN_SITE, SiteKind.PORTAL: Carrier.PORTAL}


@attrs.frozen(kw_only=True)
class Target:
    """Where an item is to stand.

    Attributes:
        site: The site.
        column: The column of the site that takes it; ``None``: the site has none for it.
        carrier: What kind of place it is.
    """

    site: Site
    column: Column | None
    carrier: Carrier


@attrs.frozen(kw_only=True)
class Changes:
    """What has to change in the outbox.

    Attributes:
        put: Deliveries to store; each takes the place of the one with its identifier.
        drop: Deliveries to delete.
    """

    put: tuple[Delivery, ...] = ()
    drop: tuple[Delivery, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.put or self.drop)


def targets_of(
    item: InformationItem, sites: Iterable[Site], columns: Iterable[Column], on: dt.date
) -> tuple[Target, ...]:
    """Where a cleared item is to stand on a day: on its unit's own sites and on every portal (1.4/o4).

    Args:
        item: The item.
        sites: The sites that have a publisher, whoever runs them.
        columns: Columns of these sites.
        on: The day. Sites and columns that are not open then are left out.

    Returns:
        By identifier of the site. A site without a column for the item is among them all the same: the policy asks
        for the item on both, and for columns to be filled.
    """
    open_columns = [
        column
        for column in sorted(columns, key=lambda column: column.id)
        if column.unit == item.unit
        and within(on, column.since, column.until)
        and (not column.categories or item.category in column.categories)
    ]
    return tuple(
        Target(
            site=site,
            column=next((column for column in open_columns if column.site == site.id), None),
            carrier=_CARRIERS[site.kind],
        )
        for site in sorted(sites, key=lambda site: site.id)
        if within(on, site.since, site.until) and (site.kind is SiteKind.PORTAL or site.unit == item.unit)
    )


def is_live(publication: Publication, on: dt.date) -> bool:
    """Whether it has not been withdrawn by that day, also if its date of publication is yet to come."""
    return publication.withdrawn_on is None or on < publication.withdrawn_on


def is_of_a_site(publication: Publication) -> bool:
    """Whether it is a copy that can be changed and taken away; what was printed or hung up cannot."""
    return bool(publication.site) and publication.carrier in _CARRIERS.values()


def plan(  # noqa: PLR0917 - seven facts about one item, in the order in which one finds them
    item_id: str,
    unit: str,
    cleared: Cleared[Public] | None,
    targets: Iterable[Target],
    publications: Iterable[Publication],
    waiting: Iterable[Delivery],
    on: dt.date,
) -> Changes:
    """The deliveries that bring the sites to what should stand there.

    What waits may have been carried out already, and only not yet been noted: a process can die between the two. So a
    delivery that no longer fits is never just dropped; its opposite takes its place.

    Args:
        item_id: The item.
        unit: The unit obliged.
        cleared: The item, if it may be shown to the public now; ``None`` takes it away from everywhere.
        targets: Where it is to stand, of :func:`targets_of`.
        publications: The item's publications on sites that have a publisher, on closed sites too.
        waiting: The item's deliveries for these sites.
        on: The day.

    Returns:
        Nothing, if everything stands as it should or waits to.
    """
    wanted = {target.site.id: target for target in targets} if cleared is not None else {}
    live: dict[str, list[Publication]] = {}
    for publication in publications:
        if is_of_a_site(publication) and is_live(publication, on):
            live.setdefault(publication.site, []).append(publication)
    queued: dict[str, Delivery] = {}
    drop: list[Delivery] = []
    for delivery in waiting:
        # One that came from elsewhere under another identifier would not be replaced by a newer one.
        if delivery.id == copy_id(item_id, delivery.site):
            queued[delivery.site] = delivery
        else:
            drop.append(delivery)
    put: list[Delivery] = []
    for site in sorted({*wanted, *live, *queued, *(each.site for each in drop)}):
        target, waits, there = wanted.get(site), queued.get(site), live.get(site, [])
        action, digest, settled = DeliveryAction.WITHDRAW, "", not there
        if target is not None and cleared is not None:
            action, digest = DeliveryAction.PUT, cleared.digest
            as_wanted = (digest, target.column.id if target.column else "")
            settled = bool(there) and all((each.digest, each.column) == as_wanted for each in there)
        if waits is not None:
            settled = (waits.action, waits.digest) == (action, digest)
        elif any(each.site == site for each in drop):
            settled = False
        if not settled:
            put.append(
                Delivery(
                    id=copy_id(item_id, site),
                    unit=unit,
                    item=item_id,
                    site=site,
                    action=action,
                    digest=digest,
                    queued_on=on,
                )
            )
    return Changes(put=tuple(put), drop=tuple(drop))


def renewed(delivery: Delivery) -> Delivery:
    """The delivery as if it had never been tried: for one that is parked, once its cause was mended."""
    return attrs.evolve(delivery, attempts=0, retry_at=None, parked_on=None, failure="")
