"""Whether an obligation has to be met at all: in force, addressed to the unit, not overtaken."""

from __future__ import annotations

import datetime as dt

from govopen.checking.algebra import Reason, Standing, Status
from govopen.checking.settings import InstrumentSettings
from govopen.model.units import Unit
from govopen.policy.instrument import Clause, Instrument, Obligation

__all__ = ["standing"]

_HAS_TO_BE_MET = Standing()


def standing(  # noqa: PLR0911 - the order of the returns is the order of precedence
    instrument: Instrument,
    settings: InstrumentSettings,
    clause: Clause,
    obligation: Obligation,
    *,
    unit: Unit,
    on: dt.date,
) -> Standing:
    """How the obligation stands for ``unit`` on the day ``on``, before any record is looked at."""
    if not unit.exists_on(on):
        return Standing(Status.NOT_APPLICABLE, Reason.NO_UNIT)
    if not instrument.in_force(on):
        return Standing(Status.NOT_APPLICABLE, Reason.NOT_IN_FORCE)
    # Place codes nest by prefix: CN-4401 is in CN-44.
    place = settings.jurisdiction or instrument.jurisdiction
    if place.startswith(unit.jurisdiction) and place != unit.jurisdiction:
        # CN-44 holds CN-4401, and more: whether the unit lies there is not said.
        return Standing(Status.UNDECIDABLE, Reason.JURISDICTION_UNSTATED)
    if not unit.jurisdiction.startswith(place) or not instrument.binds(clause, obligation, unit, on):
        return Standing(Status.NOT_APPLICABLE, Reason.NOT_BOUND)
    if any(entry.effect.lifts for entry in instrument.overtaken(obligation, unit, on)):
        return Standing(Status.OVERTAKEN)
    if instrument.planned_until is not None and on > instrument.planned_until:
        if settings.continues is None:
            return Standing(Status.UNDECIDABLE, Reason.CONTINUATION_UNSTATED)
        if not settings.continues:
            return Standing(Status.NOT_APPLICABLE, Reason.PLAN_ENDED)
    return _HAS_TO_BE_MET
