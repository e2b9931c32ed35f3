"""Rules on what reconciliation saw on sites, and on what waits in the outbox: how they are all made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import attrgetter, or_
from typing import Any

import attrs

from govopen.model.publishing import Delivery, DeliveryAction, Observation, ObservedState, copy_id
from govopen.model.units import Unit
from govopen.model.website import Carrier
from govopen.rules import samples
from govopen.rules.base import Case, FoldRule, Parameter, Severity, fold_rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fact, Fail, NotApplicable, Result
from govopen.texts import Text

__all__ = ["DELIVERY", "OBSERVATION", "arrival_rule", "seen", "sighting_rule"]

_DAY = samples.YEAR_END

_FRESH = Parameter(
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

_NOT_OBSERVED = Text("近期没有核对记录。", "Nothing was compared lately.")
_NOTHING_WAITS = Text("没有待办的事项。", "Nothing of the kind waits.")


_FOUND = Text(
    "{observed_on}核对时，信息{item}在网站{site}上：{states}。",
    "On {observed_on} item {item} was found on site {site}: {states}.",
)
_PUBLISHED = (
    samples.proactive_item(),
    samples.publication("other-1", Carrier.OWN_SITE),
    samples.publication("other-1", Carrier.PORTAL),
)
_AGREES = Case(Text("核对一致", "seen to agree"), (*_PUBLISHED, OBSERVATION), _DAY)


@attrs.frozen
class _Sightings:
    """How many records count on the day, and the facts of each that fails."""

    seen: int = 0
    failing: tuple[tuple[str, tuple[tuple[str, Fact], ...]], ...] = ()

    def __or__(self, other: _Sightings) -> _Sightings:
        return _Sightings(self.seen + other.seen, self.failing + other.failing)


def _look_for(*states: ObservedState) -> Callable[[Dossier[Observation], Context], _Sightings]:
    """A map over observations: those in one of the states fail, as ``found``. One that is too old says nothing.

    The rule has the parameter ``max_age_days``.
    """
    wanted = frozenset(states)

    def look(dossier: Dossier[Observation], ctx: Context) -> _Sightings:
        record = dossier.record
        if ctx.past(record.observed_on + dt.timedelta(days=ctx.parameters["max_age_days"])):
            return _Sightings()
        found = tuple(state for state in record.states if state in wanted)
        if not found:
            return _Sightings(1)
        facts = (("item", record.item), ("site", record.site), ("states", found), ("observed_on", record.observed_on))
        return _Sightings(1, (("found", facts),))

    return look


def seen(*states: ObservedState, **changes: Any) -> tuple[Observation]:
    """The exemplary comparison with other results."""
    return (attrs.evolve(OBSERVATION, states=states, **changes),)


def _waits(action: DeliveryAction) -> Callable[[Delivery], bool]:
    """Which deliveries a rule is about."""

    def is_so(delivery: Delivery) -> bool:
        return delivery.action is action

    return is_so


def _late(dossier: Dossier[Delivery], ctx: Context) -> _Sightings:
    """A map over deliveries: one that is parked fails as ``parked``, one that waits too long as ``late``.

    The rule has the parameter ``max_days``.
    """
    record = dossier.record
    facts: tuple[tuple[str, Fact], ...] = (("item", record.item), ("site", record.site))
    if ctx.known(record.parked_on):
        parked = (*facts, ("parked_on", record.parked_on or record.queued_on), ("failure", record.failure or "-"))
        return _Sightings(1, (("parked", parked),))
    days: int | Decimal = ctx.parameters["max_days"]
    if ctx.past(record.queued_on + dt.timedelta(days=int(days))):
        return _Sightings(1, (("late", (*facts, ("queued_on", record.queued_on), ("days", days))),))
    return _Sightings(1)


def _told(value: _Sightings | None) -> Result:
    """What the fold adds up to; where nothing counted on the day, the rule does not apply."""
    if value is None or not value.seen:
        return NotApplicable("none")
    return [Fail(message, **dict(facts)) for message, facts in sorted(value.failing, key=repr)] or None


def sighting_rule(
    *states: ObservedState,
    invalid: Mapping[Text, ObservedState],
    old: Text | None = None,
    severity: Severity = Severity.SERIOUS,
    **about: Any,
) -> FoldRule:
    """A rule that no copy was found in one of the ``states`` when the sites were last compared.

    Args:
        states: What it objects to.
        invalid: Its invalid cases: what each is called, and the state found.
        old: What a valid case is called in which the comparison is too old to count; ``None``: there is none.
        severity: Of a finding.
        about: The rest of the rule, as :func:`~govopen.rules.base.fold_rule` takes it.
    """
    stale = seen(states[0], observed_on=dt.date(2011, 11, 1))
    valid = (_AGREES, *((Case(old, (*_PUBLISHED, *stale), _DAY),) if old is not None else ()))
    return fold_rule(
        subject=Unit,
        over=Observation,
        key=attrgetter("unit"),
        map=_look_for(*states),
        merge=or_,
        without_records=True,
        severity=severity,
        messages={"none": _NOT_OBSERVED, "found": _FOUND},
        parameters=(_FRESH,),
        valid=valid,
        invalid=tuple(Case(name, (*_PUBLISHED, *seen(state)), _DAY) for name, state in invalid.items()),
        **about,
    )(_finish)


def arrival_rule(
    action: DeliveryAction, *, max_days: int, days: Text, parked: Text, late: Text, severity: Severity, **about: Any
) -> FoldRule:
    """A rule that deliveries of one kind are carried out within ``max_days`` and are not parked.

    Args:
        action: Which deliveries it is about.
        max_days: How many calendar days one may wait; the number is ours.
        days: What that parameter is called.
        parked: What is said of one that is parked (facts: item, site, parked_on, failure).
        late: What is said of one that waits too long (facts: item, site, queued_on, days).
        severity: Of a finding.
        about: The rest of the rule, as :func:`~govopen.rules.base.fold_rule` takes it.
    """
    digest = samples.DIGEST if action is DeliveryAction.PUT else ""
    queued = attrs.evolve(DELIVERY, action=action, digest=digest)
    stuck = attrs.evolve(queued, attempts=8, parked_on=_DAY, failure="unreachable")
    waiting = attrs.evolve(queued, queued_on=_DAY - dt.timedelta(days=max_days + 1))
    return fold_rule(
        subject=Unit,
        over=Delivery,
        when=_waits(action),
        key=attrgetter("unit"),
        map=_late,
        merge=or_,
        without_records=True,
        severity=severity,
        messages={"none": _NOTHING_WAITS, "parked": parked, "late": late},
        parameters=(Parameter(name="max_days", minimum=0, title=days, default=max_days, unit="calendar days"),),
        valid=(Case(Text("当日列入", "queued that day"), (*_PUBLISHED, queued), _DAY),),
        invalid=(
            Case(Text("已搁置", "parked"), (*_PUBLISHED, stuck), _DAY),
            Case(Text("等待过久", "waiting too long"), (*_PUBLISHED, waiting), _DAY),
        ),
        **about,
    )(_finish)


def _finish(dossier: Dossier[Unit], found: _Sightings | None, ctx: Context) -> Result:
    return _told(found)
