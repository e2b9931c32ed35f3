"""What reconciliation saw on sites, and what waits in the outbox: the folds that rules about both share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs

from govopen.model.publishing import Delivery, DeliveryAction, Observation, ObservedState, copy_id
from govopen.rules import samples
from govopen.rules.base import Parameter
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fact, Fail, NotApplicable, Result
from govopen.texts import Text

__all__ = [
    "DELIVERY",
    "FRESH",
    "NOTHING_WAITS",
    "NOT_OBSERVED",
    "OBSERVATION",
    "Sightings",
    "late",
    "seen",
    "sightings",
    "told",
    "waits",
]

FRESH = Parameter(
    name="max_age_days",
    minimum=1,
    title=Text("核对结果最长有效天数", "greatest age of a comparison"),
    default=30,
    unit="calendar days",
)
DELIVERY = Delivery(
    id=copy_id("other-1", "site-own"),
    unit=samples.UNIT.id,
    item="other-1",
    site="site-own",
    action=DeliveryAction.PUT,
    digest=samples.DIGEST,
    queued_on=samples.YEAR_END,
)
"""An exemplary delivery, queued on the last day of 2011."""

OBSERVATION = Observation(
    id=copy_id("other-1", "site-own"),
    unit=samples.UNIT.id,
    item="other-1",
    site="site-own",
    observed_on=dt.date(2011, 12, 20),
    states=(ObservedState.AGREES,),
    digest=samples.DIGEST,
)
"""An exemplary comparison, which found that all agrees."""

NOT_OBSERVED = Text("近期没有核对记录。", "Nothing was compared lately.")
NOTHING_WAITS = Text("没有待办的事项。", "Nothing of the kind waits.")


@attrs.frozen
class Sightings:
    """How many records count on the day, and the facts of each that fails."""

    seen: int = 0
    failing: tuple[tuple[str, tuple[tuple[str, Fact], ...]], ...] = ()

    def __or__(self, other: Sightings) -> Sightings:
        return Sightings(self.seen + other.seen, self.failing + other.failing)


def sightings(*states: ObservedState) -> Callable[[Dossier[Observation], Context], Sightings]:
    """A map over observations: those in one of the states fail, as ``found``. One that is too old says nothing.

    The rule has the parameter :data:`FRESH`.
    """
    wanted = frozenset(states)

    def look(dossier: Dossier[Observation], ctx: Context) -> Sightings:
        record = dossier.record
        if ctx.past(record.observed_on + dt.timedelta(days=ctx.parameters["max_age_days"])):
            return Sightings()
        found = tuple(state for state in record.states if state in wanted)
        if not found:
            return Sightings(1)
        facts = (("item", record.item), ("site", record.site), ("states", found), ("observed_on", record.observed_on))
        return Sightings(1, (("found", facts),))

    return look


def seen(*states: ObservedState, **changes: Any) -> tuple[Observation]:
    """The exemplary comparison with other results."""
    return (attrs.evolve(OBSERVATION, states=states, **changes),)


def waits(action: DeliveryAction) -> Callable[[Delivery], bool]:
    """Which deliveries a rule is about."""

    def is_so(delivery: Delivery) -> bool:
        return delivery.action is action

    return is_so


def late(dossier: Dossier[Delivery], ctx: Context) -> Sightings:
    """A map over deliveries: one that is parked fails as ``parked``, one that waits too long as ``late``.

    The rule has the parameter ``max_days``.
    """
    record = dossier.record
    facts: tuple[tuple[str, Fact], ...] = (("item", record.item), ("site", record.site))
    if ctx.known(record.parked_on):
        parked = (*facts, ("parked_on", record.parked_on or record.queued_on), ("failure", record.failure or "-"))
        return Sightings(1, (("parked", parked),))
    days: int | Decimal = ctx.parameters["max_days"]
    if ctx.past(record.queued_on + dt.timedelta(days=int(days))):
        return Sightings(1, (("late", (*facts, ("queued_on", record.queued_on), ("days", days))),))
    return Sightings(1)


def told(value: Sightings | None, nothing: str) -> Result:
    """What the fold adds up to; where nothing counted on the day, the rule does not apply, by the message given."""
    if value is None or not value.seen:
        return NotApplicable(nothing)
    return [Fail(message, **dict(facts)) for message, facts in sorted(value.failing, key=repr)] or None
