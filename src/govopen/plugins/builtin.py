"""What is built in, brought like everything else: if a hook were too narrow for a plugin, it would be so for this one.

Imported by the registry when it loads, and not before: the rules alone are dozens of modules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from govopen.calendars.china import china_calendar
from govopen.calendars.port import CalendarFactory
from govopen.clearance.screeners.builtin import SCREENERS
from govopen.clearance.screening import Screener
from govopen.intake.port import Channel, ChannelFactory, ChannelSettings
from govopen.model.base import RecordType
from govopen.model.types import RECORD_TYPES
from govopen.plugins.hookspecs import hookimpl
from govopen.policy.instrument import Instrument
from govopen.policy.loading import builtin_instruments, builtin_matters
from govopen.policy.matter import Matter
from govopen.publishing.exporter import ExporterFactory
from govopen.publishing.folder import folder_publisher
from govopen.publishing.jsonl import json_lines_exporter
from govopen.publishing.port import PublisherFactory
from govopen.rules import (
    attributes,
    catalog,
    classification,
    columns,
    discretion,
    discretion_decisions,
    discretion_proofs,
    discretion_tables,
    organisation,
    publishing,
    readings,
    request_channels,
    request_steps,
    request_times,
    requests,
    seen_uncleared,
    sign_off,
    website,
    widening,
)
from govopen.rules.base import Rule
from govopen.rules.contents import (
    approvals,
    complaints,
    documents,
    enforcement,
    events,
    fees,
    institution,
    online,
    other,
)
from govopen.storage.change_log import change_log
from govopen.storage.listening import ListenerFactory
from govopen.storage.port import Clock, Store, StoreFactory, utc_now

__all__ = [
    "govopen_calendars",
    "govopen_channels",
    "govopen_exporters",
    "govopen_instruments",
    "govopen_listeners",
    "govopen_publishers",
    "govopen_record_types",
    "govopen_rules",
    "govopen_screeners",
    "govopen_stores",
]

GOVOPEN_INTERFACE = 1

# A list, and no search of the folder: what is checked must not depend on what lies there.
_RULE_MODULES = (
    organisation,
    catalog,
    institution,
    documents,
    approvals,
    enforcement,
    complaints,
    online,
    events,
    fees,
    other,
    classification,
    attributes,
    sign_off,
    seen_uncleared,
    website,
    columns,
    publishing,
    widening,
    requests,
    request_times,
    request_channels,
    request_steps,
    readings,
    discretion,
    discretion_tables,
    discretion_proofs,
    discretion_decisions,
)


@hookimpl
def govopen_instruments() -> Iterable[Instrument | Matter]:
    """The policy, and the law around it."""
    return [*builtin_instruments(), *builtin_matters()]


@hookimpl
def govopen_record_types() -> Iterable[RecordType]:
    """The records that the rules are about."""
    return RECORD_TYPES


@hookimpl
def govopen_rules() -> Iterable[Rule]:
    """The rules for part 1 of the policy and for clause 2.3."""
    return chain.from_iterable(module.RULES for module in _RULE_MODULES)


@hookimpl
def govopen_stores() -> Mapping[str, StoreFactory]:
    """SQLite and PostgreSQL."""
    return {"sqlite": _sql, "postgresql": _sql, "postgresql+psycopg": _sql}


@hookimpl
def govopen_calendars() -> Mapping[str, CalendarFactory]:
    """The working days of mainland China."""
    return {"CN": china_calendar}


@hookimpl
def govopen_publishers() -> Mapping[str, PublisherFactory]:
    """A folder."""
    return {"folder": folder_publisher}


@hookimpl
def govopen_exporters() -> Mapping[str, ExporterFactory]:
    """JSON Lines."""
    return {"jsonl": json_lines_exporter}


@hookimpl
def govopen_channels() -> Mapping[str, ChannelFactory]:
    """A mailbox of the Maildir kind."""
    return {"maildir": _maildir}


@hookimpl
def govopen_listeners() -> Mapping[str, ListenerFactory]:
    """A file of changes, a line of JSON each."""
    return {"log": change_log}


@hookimpl
def govopen_screeners() -> Iterable[Screener]:
    """What must not be shown whoever decides: markings of secrecy, personal numbers, drafts."""
    return SCREENERS


def _sql(url: str, types: Iterable[RecordType], *, clock: Clock = utc_now) -> Store:
    # Imported here: it brings SQLAlchemy, which a check of another store never needs.
    from govopen.storage.sql import SqlStore  # noqa: PLC0415

    return SqlStore.open(url, types, clock=clock)


def _maildir(settings: ChannelSettings, /) -> Channel:
    # Imported here: it brings the parsers of mail and of its HTML.
    from govopen.intake.maildir import maildir_channel  # noqa: PLC0415

    return maildir_channel(settings)
