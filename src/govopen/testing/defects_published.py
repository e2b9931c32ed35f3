"""Named defects of what is on its way, of what was seen on sites, and of discretion: as in the other modules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import strategies as st

from govopen.model.base import Record
from govopen.model.catalog import Category
from govopen.model.discretion import DiscretionTable, PenaltyDecision
from govopen.model.publishing import Delivery, Observation, ObservedState
from govopen.model.units import DatedDuty, Duty, Unit
from govopen.model.website import Carrier, Publication
from govopen.testing.compliant import Setting
from govopen.testing.compliant_discretion import benchmarks, decisions
from govopen.testing.compliant_items import disclosed
from govopen.testing.compliant_publishing import deliveries, observations
from govopen.testing.mutation import Mutation

__all__ = ["PUBLISHED_DEFECTS", "decided", "delivered", "observed", "tabled"]

_GRADES = 2


@st.composite
def delivered(draw: st.DrawFn, setting: Setting) -> tuple[Record, ...]:
    """A disclosed item, and a delivery of it that waits for its own site."""
    found = draw(disclosed(setting, Category.OTHER, number=60, in_column=False))
    return (draw(deliveries(setting, found[0], "site-own")), *found)  # type: ignore[arg-type]


@st.composite
def observed(draw: st.DrawFn, setting: Setting) -> tuple[Record, ...]:
    """A disclosed item, and what was lately seen of it on its own site."""
    found = draw(disclosed(setting, Category.OTHER, number=61, in_column=False))
    own = next(each for each in found if isinstance(each, Publication) and each.carrier is Carrier.OWN_SITE)
    return (draw(observations(setting, own)), *found)


def tabled(setting: Setting) -> st.SearchStrategy[tuple[Record, ...]]:
    """A power with its table and the document that publishes it; no decision yet."""
    return benchmarks(setting).map(lambda found: tuple(each for each in found if not isinstance(each, PenaltyDecision)))


@st.composite
def decided(draw: st.DrawFn, setting: Setting) -> tuple[Record, ...]:
    """A power with its table and the document that publishes it, and a decision under it."""
    found = draw(tabled(setting))
    table = next(each for each in found if isinstance(each, DiscretionTable))
    return (draw(decisions(setting, table)), *found)


def _seen(state: ObservedState) -> tuple[ObservedState, ...]:
    return (state,)


def _more_duties(unit: Unit, _: Setting) -> tuple[DatedDuty, ...]:
    return (*(unit.duties or ()), DatedDuty(duty=Duty.EMERGENCIES))


def _rows(change: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Callable[[DiscretionTable, Setting], Any]:
    return lambda table, _: change(table.rows)


def _unverified(table: DiscretionTable, _: Setting) -> Any:
    return tuple(attrs.evolve(each, verified=False) for each in table.statute)


def _long_ago(record: Delivery, _: Setting) -> dt.date:
    return record.queued_on - dt.timedelta(days=30)


def _alone(unit: Setting) -> st.SearchStrategy[tuple[Record, ...]]:
    return st.just((unit.unit,))


_SEEN = (
    (ObservedState.DIFFERENT, "WEB013"),
    (ObservedState.MISSING, "WEB012"),
    (ObservedState.PROCEDURE, "WEB014"),
    (ObservedState.UNCLEARED, "SEC016"),
    (ObservedState.WITHDRAWN, "SEC017"),
)
PUBLISHED_DEFECTS: tuple[Mutation, ...] = (
    Mutation(of=Unit, field="duties", change=_more_duties, owner="CAT001", drawn=_alone),
    *(
        Mutation(of=Observation, field="states", change=_seen(state), owner=owner, drawn=observed)
        for state, owner in _SEEN
    ),
    Mutation(of=Delivery, field="queued_on", change=_long_ago, owner="WEB011", drawn=delivered),
    Mutation(
        of=Delivery, field="parked_on", change=lambda record, _: record.queued_on, owner="WEB011", drawn=delivered
    ),
    # With one tier left there would be no grades at all, which another rule finds.
    Mutation(
        of=DiscretionTable,
        field="rows",
        change=_rows(lambda rows: rows[:-1]),
        owner="DIS011",
        drawn=tabled,
        pick=lambda table: len(table.rows) > _GRADES,
    ),
    Mutation(
        of=DiscretionTable, field="rows", change=_rows(lambda rows: (*rows, rows[-1])), owner="DIS012", drawn=tabled
    ),
    Mutation(of=DiscretionTable, field="statute", change=_unverified, owner="DIS022", drawn=tabled),
    Mutation(of=DiscretionTable, field="item", change="", owner="DIS008", drawn=tabled),
    Mutation(of=PenaltyDecision, field="reasons", change=" ", owner="DIS032", drawn=decided),
    Mutation(of=PenaltyDecision, field="amount_yuan", change=Decimal(10**9), owner="DIS031", drawn=decided),
)
"""Under the law of 2007 on openness; of discretion, under any."""
