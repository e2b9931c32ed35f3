"""What is due: of requests, of classified items, and of items still to be published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from govopen.errors import NotComputable
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.classification import ClassifiedItem, DisclosureAttribute
from govopen.model.requests import Request
from govopen.model.website import Publication
from govopen.rules.context import Context
from govopen.rules.proactive_time import PROACTIVE_TIME
from govopen.workflow.deadlines import Deadline, DeadlineKind, Undated
from govopen.workflow.request_deadlines import request_deadlines

__all__ = ["due"]

_PERIOD = "secrets/period"


def due(records: Iterable[Record], ctx: Context, *, within: int | None = None) -> tuple[Deadline, ...]:
    """What of these records is due on the as-of date, is overdue, or will be due, the earliest first.

    Requests that are open; secrecy periods that run out; items whose attribute is proactive disclosure, or not settled
    yet, and that stand nowhere as they are now. Records of other types say nothing, except that a publication settles
    its item. What cannot be dated comes last, with the reason.

    Args:
        records: Of units with one calendar, in any order; read once.
        ctx: The day, the law and the calendar.
        within: How many calendar days ahead to look; ``None``: as far as there is anything.
    """
    found: list[Deadline] = []
    items: list[InformationItem] = []
    shown: dict[str, dt.date] = {}
    for record in records:
        if isinstance(record, Request):
            found += request_deadlines(record, ctx)
        elif isinstance(record, ClassifiedItem):
            found += _secrecy(record, ctx)
        elif isinstance(record, InformationItem):
            items.append(record)
        elif isinstance(record, Publication):
            _note(record, shown, ctx)
    for item in items:
        found += _disclosure(item, shown.get(item.id), ctx)
    last = None if within is None else ctx.as_of + dt.timedelta(days=within)
    near = (one for one in found if last is None or one.due is None or one.due <= last)
    return tuple(sorted(near, key=lambda one: (one.due or dt.date.max, one.type, one.id, one.kind.value, one.part)))


def _note(publication: Publication, shown: dict[str, dt.date], ctx: Context) -> None:
    """Since when the newest copy of an item stands."""
    days = [day for day in (publication.published_on, publication.updated_on) if day is not None and ctx.known(day)]
    if days and publication.live_on(ctx.as_of):
        shown[publication.item] = max(*days, shown.get(publication.item, dt.date.min))


def _secrecy(item: ClassifiedItem, ctx: Context) -> Iterator[Deadline]:
    """The last day of the period: an extension has to be decided by then. Afterwards the item is open to review."""
    until = item.classified_until
    if until is None or not item.classified_on(ctx.as_of):
        return
    try:
        law = ctx.matter(_PERIOD, on=item.determined_on)
    except NotComputable:
        law = None
    yield Deadline(
        kind=DeadlineKind.SECRECY,
        type="classified-item",
        id=item.id,
        unit=item.unit,
        due=until,
        citations=law.basis if law is not None else (),
        verified=law is not None and law.verified,
    )


def _disclosure(item: InformationItem, shown_on: dt.date | None, ctx: Context) -> Iterator[Deadline]:
    if item.withdrawn is not None or any(one is not DisclosureAttribute.PROACTIVE for one in item.attributes):
        return
    start = item.changed_on or item.created_on
    if start is not None and not ctx.known(start):
        return
    if shown_on is not None and (item.changed_on is None or shown_on >= item.changed_on):
        return
    when: dt.date | Undated
    law = None
    if start is None:
        when = Undated.UNRECORDED
    else:
        try:
            law = ctx.matter(PROACTIVE_TIME, on=start)
            when = ctx.due(start, law.integer("days"))
        except NotComputable:
            when = Undated.NO_LAW if law is None else Undated.BEYOND_CALENDAR
    yield Deadline(
        kind=DeadlineKind.DISCLOSURE,
        type="information-item",
        id=item.id,
        unit=item.unit,
        due=when if isinstance(when, dt.date) else None,
        undated=when if isinstance(when, Undated) else None,
        citations=law.basis if law is not None else (),
        verified=law is None or law.verified,
        calendar=ctx.calendar.version,
    )
