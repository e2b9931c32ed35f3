"""Noting what was delivered: publications written and deliveries taken off the outbox, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import attrs

from govopen.errors import StaleWrite
from govopen.model.publishing import Delivery, DeliveryAction, copy_id
from govopen.model.website import Publication
from govopen.publishing.planning import Target, is_live, is_of_a_site
from govopen.publishing.records import Reading, Writing

__all__ = ["Done", "copies_of", "live_copies", "note", "note_failures"]


@attrs.frozen(kw_only=True)
class Done:
    """A delivery that the site has taken.

    Attributes:
        delivery: As it was read.
        revision: Of it, as read.
        unit: Whose information it is.
        target: Where it stands; ``None``: it stands there no longer.
        digest: Of what stands there.
        address: Where a reader finds it.
    """

    delivery: Delivery
    revision: int
    unit: str
    target: Target | None = None
    digest: str = ""
    address: str = ""


def copies_of(store: Reading, site: str, waiting: Iterable[Delivery]) -> dict[str, tuple[str, ...]]:
    """Identifiers of the publications on a site of the items that wait for it, by item."""
    items: dict[str, set[str]] = {}
    for delivery in waiting:
        items.setdefault(delivery.unit, set()).add(delivery.item)
    found: dict[str, list[str]] = {}
    for unit, wanted in sorted(items.items()):
        for item, publication in store.read_by(Publication, "item", unit):
            if item in wanted and publication.site == site and is_of_a_site(publication):
                found.setdefault(item, []).append(publication.id)
    return {item: tuple(ids) for item, ids in found.items()}


def live_copies(
    records: Reading | Writing, item: str, site: str, known: Sequence[str], on: dt.date
) -> list[Publication]:
    """The item's publications on the site that are not withdrawn, those that we named and those ``known`` besides."""
    found = {}
    number = 1
    ours = copy_id(item, site)
    while (kept := records.get(Publication, ours)) is not None:
        found[ours] = kept.record
        number += 1
        ours = f"{copy_id(item, site)}#{number}"
    for id_ in known:
        if id_ not in found and (kept := records.get(Publication, id_)) is not None:
            found[id_] = kept.record
    return [each for each in found.values() if (each.item, each.site) == (item, site) and is_live(each, on)]


def note(writing: Writing, done: Iterable[Done], copies: Mapping[str, tuple[str, ...]], on: dt.date) -> None:
    """Write down what stands and what no longer does.

    Publications say what is so, whatever became of the delivery meanwhile. A delivery that somebody changed stays for
    its own turn. Where another process has finished it, what we did last may be out of date: it is queued once more,
    and looked at anew.
    """
    for each in done:
        live = live_copies(writing, each.delivery.item, each.delivery.site, copies.get(each.delivery.item, ()), on)
        for publication in _publications(writing, each, live, on):
            writing.put(publication)
        try:
            gone = writing.delete(Delivery, each.delivery.id, expected=each.revision)
        except StaleWrite:
            gone = writing.get(Delivery, each.delivery.id) is not None
        if not gone:
            again = attrs.evolve(each.delivery, attempts=0, retry_at=None, failure="", queued_on=on)
            if each.target is not None:
                again = attrs.evolve(again, action=DeliveryAction.PUT, digest=each.digest)
            writing.put(again)


def note_failures(writing: Writing, failed: Iterable[tuple[Delivery, int]]) -> None:
    """Write deliveries back as they are after a failure, or as they were planned anew; what changed meanwhile stays."""
    for delivery, revision in failed:
        kept = writing.get(Delivery, delivery.id)
        if kept is not None and kept.revision == revision:
            writing.put(delivery, expected=revision)


def _publications(writing: Writing, done: Done, live: list[Publication], on: dt.date) -> list[Publication]:
    if done.target is None:
        return [attrs.evolve(publication, withdrawn_on=on) for publication in live]
    if not live:
        id_ = copy_id(done.delivery.item, done.delivery.site)
        number = 1
        while writing.get(Publication, id_) is not None:
            number += 1
            id_ = f"{copy_id(done.delivery.item, done.delivery.site)}#{number}"
        new = Publication(
            id=id_,
            unit=done.unit,
            item=done.delivery.item,
            site=done.delivery.site,
            carrier=done.target.carrier,
            published_on=on,
            digest=done.digest,
        )
        live = [new]
    return [
        attrs.evolve(
            each,
            column=done.target.column.id if done.target.column else "",
            url=done.address,
            digest=done.digest,
            # A record that meant it to come out later: readers see it from now on.
            published_on=min(each.published_on, on),
            updated_on=each.updated_on if each.digest == done.digest else on,
            withdrawn_on=None,
        )
        for each in live
    ]
