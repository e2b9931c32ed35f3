"""Exemplary records of every type, to be changed where a test needs it.

They are those of the rules' own cases: a record of an invented bureau in 2011 that is in order by itself. What it needs
beside it (an item that is disclosed proactively needs its publications) is for the test to add.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar, cast

import attrs

from govopen.errors import InputError
from govopen.model.assurance import Ability, Evidence, Judgement, NilReturn, Probe
from govopen.model.base import Record
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import ClassifiedItem
from govopen.model.discretion import DiscretionTable, PenaltyDecision
from govopen.model.organisation import Organisation
from govopen.model.publishing import Delivery, DeliveryAction, Observation, ObservedState, ScreeningOverride, copy_id
from govopen.model.requests import ChannelKind, Request, RequestChannel
from govopen.model.units import Duty, Unit, UnitKind
from govopen.model.website import Carrier, Column, Publication, Site, SiteKind
from govopen.plugins.registry import Registry
from govopen.rules import samples, samples_discretion
from govopen.texts import N_

__all__ = ["Builder"]

R = TypeVar("R", bound=Record)

_OBLIGATION = "panyu-2011:2.5/o2"
_SITE = "site-own"
_ITEM = "other-1"


class Builder:
    """Builds records. Every method takes fields to change by name.

    Args:
        registry: Where the records of further types come from: from the valid cases of its rules.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def __call__(self, cls: type[R], **changes: Any) -> R:
        """An exemplary record of any type, also of one that a plugin brings.

        Args:
            cls: Class of the record.
            changes: Fields that differ from the example.

        Raises:
            InputError: No rule has a valid case with such a record.
        """
        make = _MAKERS.get(cls)
        if make is not None:
            return cast(R, make(self, **changes))
        for rule in self._registry.rules:
            for case in rule.valid:
                for record in case.records:
                    if type(record) is cls:
                        return attrs.evolve(record, **changes)
        raise InputError(
            N_("There is no example of a {cls}: no rule has a valid case with one."),
            hint=N_("Construct the record itself."),
            cls=cls.__name__,
        )

    def unit(self, *duties: Duty, kind: UnitKind = UnitKind.DEPARTMENT, **changes: Any) -> Unit:
        """The bureau, with just these duties."""
        return samples.unit(*duties, kind=kind, **changes)

    def organisation(self, **changes: Any) -> Organisation:
        """How the bureau organises, staffs and plans the work in 2011."""
        return samples.organisation(**changes)

    def item(self, category: Category = Category.OTHER, **changes: Any) -> InformationItem:
        """An item disclosed on request: reviewed, signed off, and with no publication to wait for."""
        return samples.item(category, **changes)

    def proactive_item(self, category: Category = Category.OTHER, **changes: Any) -> InformationItem:
        """An item disclosed proactively; it needs a publication on the own site and one on the portal."""
        return samples.proactive_item(category, **changes)

    def publication(self, of: str = _ITEM, carrier: Carrier = Carrier.OWN_SITE, **changes: Any) -> Publication:
        """A publication in time of the item ``of``."""
        return samples.publication(of, carrier, **changes)

    def classified_item(self, **changes: Any) -> ClassifiedItem:
        """A classified item with period, basis and authority."""
        return samples.classified_item(**changes)

    def site(self, kind: SiteKind = SiteKind.OWN, **changes: Any) -> Site:
        """A site that is open."""
        return samples.site(kind, **changes)

    def column(self, **changes: Any) -> Column:
        """A column of the portal that the bureau fills."""
        return samples.column(**changes)

    def delivery(self, **changes: Any) -> Delivery:
        """An entry of the outbox: the own site has yet to take an item."""
        whole = {**_copy(), "action": DeliveryAction.PUT, "queued_on": dt.date(2011, 5, 9), "digest": samples.DIGEST}
        return Delivery(**(whole | changes))

    def observation(self, **changes: Any) -> Observation:
        """The item stands on the own site as it should."""
        whole = {**_copy(), "observed_on": dt.date(2011, 12, 20), "states": (ObservedState.AGREES,)}
        return Observation(**(whole | {"digest": samples.DIGEST} | changes))

    def screening_override(self, **changes: Any) -> ScreeningOverride:
        """Somebody let pass what a screener held up."""
        whole: dict[str, Any] = {
            "id": "override-1",
            "unit": samples.UNIT.id,
            "item": _ITEM,
            "finding": "mobile-number",
            "digest": samples.DIGEST,
            "person": "丙",
            "reason": "公开的值班电话",
            "on": dt.date(2011, 5, 9),
        }
        return ScreeningOverride(**(whole | changes))

    def request_channel(self, kind: ChannelKind = ChannelKind.WEBSITE, **changes: Any) -> RequestChannel:
        """A published way to make requests; a unit needs one of each kind."""
        return samples.request_channel(kind, **changes)

    def request(self, **changes: Any) -> Request:
        """A request for documents, granted on the fifth working day."""
        return samples.request(**changes)

    def discretion_table(self, **changes: Any) -> DiscretionTable:
        """Three tiers of a fine; ``govopen.rules.samples_discretion.benchmark`` has what belongs to it."""
        return samples_discretion.discretion_table(**changes)

    def penalty_decision(self, **changes: Any) -> PenaltyDecision:
        """A fine decided by that table."""
        return samples_discretion.penalty_decision(**changes)

    def evidence(self, obligation: str = "panyu-2011:1.1/o1", **changes: Any) -> Evidence:
        """Accepted evidence of an obligation for all of 2011."""
        return samples.evidence(obligation, **changes)

    def judgement(self, obligation: str = "panyu-2011:1.2/o3", **changes: Any) -> Judgement:
        """An officer's judgement that an obligation is met, for all of 2011."""
        return samples.judgement(obligation, **changes)

    def probe(self, of: str = _SITE, **changes: Any) -> Probe:
        """A recent observation that the site, column or channel ``of`` works."""
        return samples.probe(of, **changes)

    def nil_return(self, duty: Duty = Duty.EMERGENCIES, **changes: Any) -> NilReturn:
        """An officer's statement that a duty gave rise to nothing in 2011."""
        whole: dict[str, Any] = {
            "id": f"nil-{duty}",
            "unit": samples.UNIT.id,
            "duty": duty,
            "covers_from": dt.date(2011, 1, 1),
            "covers_until": samples.YEAR_END,
            "reported_on": dt.date(2011, 12, 20),
            "officer": "戊",
        }
        return NilReturn(**(whole | changes))

    def ability(self, obligation: str = _OBLIGATION, **changes: Any) -> Ability:
        """An officer's statement that the bureau is able to do what is asked only of those who are."""
        whole: dict[str, Any] = {
            "id": "ability-1",
            "unit": samples.UNIT.id,
            "obligation": obligation,
            "able": True,
            "officer": "戊",
            "reason": "已建成查阅场所",
            "stated_on": dt.date(2011, 5, 3),
            "covers_from": dt.date(2011, 1, 1),
            "covers_until": samples.YEAR_END,
        }
        return Ability(**(whole | changes))


def _copy() -> dict[str, Any]:
    return {"id": copy_id(_ITEM, _SITE), "unit": samples.UNIT.id, "item": _ITEM, "site": _SITE}


_MAKERS: dict[type[Record], Any] = {
    Ability: Builder.ability,
    ClassifiedItem: Builder.classified_item,
    Column: Builder.column,
    Delivery: Builder.delivery,
    DiscretionTable: Builder.discretion_table,
    Evidence: Builder.evidence,
    InformationItem: Builder.item,
    Judgement: Builder.judgement,
    NilReturn: Builder.nil_return,
    Observation: Builder.observation,
    Organisation: Builder.organisation,
    PenaltyDecision: Builder.penalty_decision,
    Probe: Builder.probe,
    Publication: Builder.publication,
    Request: Builder.request,
    RequestChannel: Builder.request_channel,
    ScreeningOverride: Builder.screening_override,
    Site: Builder.site,
    Unit: Builder.unit,
}
