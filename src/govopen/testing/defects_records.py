"""Named defects of all records but items: one field of a compliant one changed, and the rule that says so.

The names and the way to draw them are in :mod:`govopen.testing.defects`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import strategies as st

from govopen.model.assurance import Probe
from govopen.model.base import Record
from govopen.model.classification import ClassifiedItem
from govopen.model.organisation import Organisation
from govopen.model.requests import ChannelKind, Correction, ReplyOutcome, Request, RequestChannel
from govopen.model.website import Column, Site
from govopen.testing import compliant
from govopen.testing.compliant import CALENDAR, Setting
from govopen.testing.compliant_requests import requests
from govopen.testing.mutation import Mutation

__all__ = ["NEW_REQUEST_DEFECTS", "RECORD_DEFECTS"]

DAY = dt.timedelta(days=1)

Records = tuple[Record, ...]
Drawn = Callable[[Setting], st.SearchStrategy[Records]]


def _of(of: type[Record], drawn: Drawn, owners: Mapping[str, tuple[str, Any]], **about: Any) -> list[Mutation]:
    return [
        Mutation(of=of, drawn=drawn, field=field, owner=owner, change=change, **about)
        for field, (owner, change) in owners.items()
    ]


def _request(**ways: Any) -> Drawn:
    return lambda setting: requests(setting, **ways).map(lambda drawn: (drawn,))


def _day(days: int) -> Callable[[Record, Setting], dt.date]:
    """So many days from the as-of date."""
    return lambda _, setting: setting.as_of + days * DAY


def _two_days_before_receipt(request: Request, _: Setting) -> tuple[Correction, ...]:
    (correction,) = request.corrections
    assert correction.received_on is not None
    return (
        attrs.evolve(correction, received_on=correction.notified_on),
        Correction(notified_on=correction.notified_on + DAY, received_on=correction.received_on + DAY),
    )


def _told_on_the_eighth_day(request: Request, _: Setting) -> tuple[Correction, ...]:
    (correction,) = request.corrections
    assert correction.received_on is not None
    notified_on = CALENDAR.add_working_days(request.received_on, 8)
    # Received no earlier than before: the clock of the reply restarts no earlier, and the reply stays in time.
    return (Correction(notified_on=notified_on, received_on=max(notified_on, correction.received_on)),)


def _too_late(request: Request, setting: Setting) -> dt.date:
    assert request.reply is not None
    return request.reply.on + dt.timedelta(days=120)


def _kind(kind: ChannelKind) -> Callable[[RequestChannel], bool]:
    return lambda channel: channel.kind is kind and not channel.id.endswith("-before")


def _probed(kind: ChannelKind) -> Callable[[Probe], bool]:
    return lambda probe: probe.target == f"channel-{kind}" and probe.works is True


_REQUESTS = [
    # Whether the legal time applies to an item without label REQ003 cannot say.
    *_of(Request, _request(outcome=ReplyOutcome.GRANTED), {"kind": ("REQ002", None)}, also=frozenset({"REQ003"})),
    *_of(
        Request,
        _request(extended=False, outcome=ReplyOutcome.GRANTED),
        {"reply.on": ("REQ003", _too_late), "reply": ("REQ003", None), "reply.outcome": ("REQ004", None)},
    ),
    Mutation(
        of=Request,
        field="reply.outcome",
        change=ReplyOutcome.OTHER,
        owner="REQ004",
        drawn=_request(outcome=ReplyOutcome.GRANTED),
    ),
    *_of(
        Request,
        _request(outcome=ReplyOutcome.REFUSED),
        {
            "reply.ground": ("REQ007", ""),
            "reply.reasons_given": ("REQ007", False),
            "reply.remedies_named": ("REQ007", None),
        },
    ),
    *_of(
        Request,
        _request(extended=True),
        {
            "extension.days": ("REQ006", 99),
            "extension.consented_by": ("REQ006", " "),
            "extension.notified_on": ("REQ006", None),
        },
    ),
]
NEW_REQUEST_DEFECTS: tuple[Mutation, ...] = tuple(
    Mutation(of=Request, field="corrections", change=change, owner="REQ005", drawn=_request(corrected=True, **ways))
    for change, ways in (
        (_two_days_before_receipt, {"extended": False, "suspended": False}),
        (_told_on_the_eighth_day, {"extended": False, "suspended": False}),
    )
)
"""What only the law of 2019 asks."""

_CLASSIFIED = [
    *_of(
        ClassifiedItem,
        compliant.classified_items,
        {"basis": ("SEC011", ""), "authority": ("SEC011", None), "authorisation": ("SEC011", "")},
    ),
    Mutation(
        of=ClassifiedItem,
        field="classified_until",
        change=dt.date(2099, 12, 31),
        owner="SEC012",
        drawn=compliant.classified_items,
        # After release nothing is asked of the period, and before it nothing was published.
        pick=lambda item: (
            item.declassified_on is None
            and (item.classified_until is None or item.classified_until >= dt.date(2014, 12, 31))
        ),
    ),
    Mutation(
        of=ClassifiedItem,
        field="declassified_on",
        change=None,
        owner="SEC002",
        drawn=lambda setting: compliant.classified_items(setting, disclosed=True),
    ),
]
_WEBSITE = [
    *_of(Site, compliant.sites, {"until": ("WEB001", _day(-1))}, pick=lambda site: site.id == "site-own"),
    *_of(
        Probe,
        compliant.sites,
        {"works": ("WEB001", False), "observed_on": ("WEB001", _day(-31))},
        pick=lambda probe: probe.works is True,
    ),
    *_of(Probe, compliant.columns, {"entries": ("WEB002", 0)}, pick=lambda probe: probe.entries),
    *_of(Column, compliant.columns, {"update_within": ("WEB003", "")}),
    *_of(Column, compliant.columns, {"since": ("WEB003", lambda _, setting: setting.as_of - dt.timedelta(days=400))}),
]
_CHANNELS = [
    Mutation(
        of=RequestChannel, field=field, change=change, owner=owner, drawn=compliant.request_channels, pick=_kind(kind)
    )
    for kind, owner, field, change in (
        (ChannelKind.OTHER, "REQ001", "until", _day(-1)),
        (ChannelKind.IN_PERSON, "REQ011", "address", ""),
        (ChannelKind.IN_PERSON, "REQ011", "office_hours", "\u3000"),
        (ChannelKind.FAX, "REQ012", "address", ""),
        (ChannelKind.EMAIL, "REQ013", "published_on", _day(1)),
        (ChannelKind.WEBSITE, "REQ014", "published_on", None),
        (ChannelKind.POST, "REQ015", "address", " "),
        (ChannelKind.POST, "REQ015", "published_on", _day(1)),
    )
] + [
    Mutation(of=Probe, field="works", change=works, owner=owner, drawn=compliant.request_channels, pick=_probed(kind))
    for kind, owner, works in (
        (ChannelKind.FAX, "REQ012", False),
        (ChannelKind.EMAIL, "REQ013", None),
        (ChannelKind.WEBSITE, "REQ014", False),
    )
]
_ORGANISATION = _of(
    Organisation,
    lambda setting: compliant.organisations(setting).map(lambda drawn: (drawn,)),
    {
        "leader": ("ORG011", " "),
        "working_body": ("ORG012", ""),
        "full_time_staff": ("ORG013", 0),
        "budget_yuan": ("ORG014", Decimal(0)),
        "plan_document_number": ("ORG015", ""),
        "plan_issued_on": ("ORG015", _day(1)),
    },
)
RECORD_DEFECTS: tuple[Mutation, ...] = (*_REQUESTS, *_CLASSIFIED, *_WEBSITE, *_CHANNELS, *_ORGANISATION)
"""Under the law of 2007."""
