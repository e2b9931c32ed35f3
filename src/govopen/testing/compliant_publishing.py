"""Hypothesis strategies for what is on its way to sites, seen on them and let pass: nothing wrong with any of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hypothesis import strategies as st

from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.published import public_digest
from govopen.model.publishing import Delivery, DeliveryAction, Observation, ObservedState, ScreeningOverride, copy_id
from govopen.model.website import Carrier, Publication
from govopen.testing.compliant import Setting, days_before, words

__all__ = ["deliveries", "observations", "on_its_way", "screening_overrides"]

_SITES = {Carrier.OWN_SITE: "site-own", Carrier.PORTAL: "site-portal"}
_FINDINGS = ("mobile-number", "identity-number", "unreadable")


@st.composite
def deliveries(draw: st.DrawFn, setting: Setting, item: InformationItem, site: str) -> Delivery:
    """One queued that day for a site, perhaps tried before; not parked."""
    attempts = draw(st.integers(0, 2))
    midnight = int(dt.datetime.combine(setting.as_of, dt.time(), dt.UTC).timestamp())
    return Delivery(
        id=copy_id(item.id, site),
        unit=setting.unit.id,
        item=item.id,
        site=site,
        action=DeliveryAction.PUT,
        digest=public_digest(item),
        queued_on=setting.as_of,
        attempts=attempts,
        retry_at=midnight + draw(st.integers(0, 86_399)) if attempts else None,
        failure=draw(st.sampled_from(["unreachable", "disk-full"])) if attempts else "",
    )


@st.composite
def observations(draw: st.DrawFn, setting: Setting, publication: Publication) -> Observation:
    """A recent comparison of a copy with the records, which agreed."""
    site = publication.site or _SITES[publication.carrier]
    return Observation(
        id=copy_id(publication.item, site),
        unit=setting.unit.id,
        item=publication.item,
        site=site,
        observed_on=draw(days_before(setting.as_of, 0, 30)),
        states=(ObservedState.AGREES,),
        digest=publication.digest,
    )


@st.composite
def screening_overrides(draw: st.DrawFn, setting: Setting, item: InformationItem) -> ScreeningOverride:
    """A named person lets pass what was held up in the item as it stands, and says why."""
    assert item.created_on is not None
    return ScreeningOverride(
        id=f"override-{item.id}",
        unit=setting.unit.id,
        item=item.id,
        finding=draw(st.sampled_from(_FINDINGS)),
        digest=public_digest(item),
        person=draw(words()),
        reason=draw(words()),
        on=draw(st.dates(item.changed_on or item.created_on, setting.as_of)),
    )


@st.composite
def on_its_way(draw: st.DrawFn, setting: Setting, records: Sequence[Record]) -> tuple[Record, ...]:
    """What belongs to the items and publications among ``records``: an observation of every other copy, and so on.

    An item that stands on a site sometimes waits to be delivered there again.
    """
    items = {record.id: record for record in records if isinstance(record, InformationItem)}
    found: tuple[Record, ...] = ()
    for record in records:
        if isinstance(record, Publication) and record.item in items and record.carrier in _SITES:
            if draw(st.booleans()):
                found += (draw(observations(setting, record)),)
            if draw(st.integers(0, 3)) == 0:
                found += (draw(deliveries(setting, items[record.item], record.site or _SITES[record.carrier])),)
    for item in items.values():
        if draw(st.integers(0, 3)) == 0:
            found += (draw(screening_overrides(setting, item)),)
    return found
