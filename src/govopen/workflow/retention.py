"""How long an applicant's personal data are kept, and what is left of a request afterwards.

The period is the unit's own setting, the parameter ``request_retention`` (``5y``, ``60m``); govopen cites no law for
it. Nobody having said how long, nothing is erased.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from govopen.calendars.due import due_date
from govopen.calendars.period import Period
from govopen.model.actors import Actor
from govopen.model.requests import Request
from govopen.rules.context import Context
from govopen.workflow.request_table import REQUEST, state_of
from govopen.workflow.table import permit

__all__ = ["RETENTION", "closed", "erasable", "erase", "redacted"]

RETENTION = "request_retention"
"""Name of the parameter for how long an applicant's data are kept."""


def closed(request: Request, on: dt.date, ctx: Context) -> Request:
    """The request, closed on that day; its personal data are kept as long as the unit has said, if it has.

    Raises:
        InputError: The unit's setting is no period.
    """
    period = ctx.parameters.get(RETENTION)
    until = due_date(on, Period.parse(period), ctx.calendar, roll=False) if period else None
    return attrs.evolve(request, closed_on=on, erase_after=until)


def erasable(requests: Iterable[Request], on: dt.date) -> Iterator[Request]:
    """Those whose personal data were to be kept until before that day, and are still there."""
    for request in requests:
        if request.erased_on is None and request.erase_after is not None and request.erase_after < on:
            yield request


def erase(request: Request, *, actor: Actor, ctx: Context) -> Request:
    """The request without personal data, once it is over and their time is.

    Raises:
        TransitionRefused: The actor may not, or not yet.
    """
    permit(REQUEST, request, request.unit, state_of(request, ctx), "erase", actor, ctx)
    return attrs.evolve(redacted(request), erased_on=ctx.as_of)


def redacted(request: Request) -> Request:
    """The request without the applicant and without any text that can speak of a person.

    What statistics count stays: days, channel, kinds, outcome, fee, and what kind of applicant it was.
    """
    return attrs.evolve(
        request,
        applicant=None,
        description="",
        triage=attrs.evolve(request.triage, reason="") if request.triage is not None else None,
        corrections=tuple(attrs.evolve(entry, asked_for="") for entry in request.corrections),
        suspensions=tuple(attrs.evolve(stop, asked="") for stop in request.suspensions),
        reply=attrs.evolve(request.reply, reasons="") if request.reply is not None else None,
    )
