"""The plugin interface as authors of plugins write it. Never run: mypy reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import assert_type

from govopen.calendars.china import china_calendar
from govopen.calendars.overlay import Overlay
from govopen.calendars.port import Calendar, CalendarFactory
from govopen.clearance.screeners.builtin import SCREENERS
from govopen.clearance.screening import Screener
from govopen.errors import PluginError
from govopen.intake.maildir import MaildirChannel, maildir_channel
from govopen.intake.port import Channel, ChannelFactory, ChannelSettings, Submission
from govopen.model.base import RecordType
from govopen.model.catalog import SubCategory
from govopen.model.requests import ChannelKind
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Unit
from govopen.plugins.hookdocs import HookDoc, describe_hooks
from govopen.plugins.hookspecs import hookimpl
from govopen.plugins.info import PluginInfo, PluginStatus
from govopen.plugins.interface import GovopenDeprecationWarning
from govopen.plugins.registry import Registry
from govopen.policy.instrument import Instrument
from govopen.policy.library import Library
from govopen.policy.loading import builtin_instruments
from govopen.policy.matter import Matter
from govopen.publishing.exporter import Exporter, ExporterFactory, ExportSettings
from govopen.publishing.folder import FolderPublisher, folder_publisher
from govopen.publishing.jsonl import JsonLinesExporter, json_lines_exporter
from govopen.publishing.port import Publisher, PublisherFactory, PublisherSettings
from govopen.rules.base import Rule
from govopen.rules.samples import UNIT, request_channel
from govopen.rules.samples import site as sample_site
from govopen.storage.change_log import ChangeLog, change_log
from govopen.storage.listening import Listener, ListenerFactory, ListenerSettings
from govopen.storage.port import Clock, Store, StoreFactory, utc_now
from govopen.storage.sql import SqlStore


@hookimpl
def govopen_instruments() -> Iterable[Instrument | Matter]:
    return builtin_instruments()


@hookimpl
def govopen_record_types() -> Iterable[RecordType]:
    return RECORD_TYPES


@hookimpl
def govopen_rules() -> Iterable[Rule]:
    yield from ()


@hookimpl
def govopen_categories() -> Iterable[SubCategory]:
    return []


def open_store(url: str, types: Iterable[RecordType], *, clock: Clock = utc_now) -> Store:
    return SqlStore.open(url, types, clock=clock)


@hookimpl
def govopen_stores() -> Mapping[str, StoreFactory]:
    return {"street": open_store, "sql": SqlStore.open}


def city(overlays: Sequence[Overlay]) -> Calendar:
    return china_calendar(overlays)


@hookimpl
def govopen_calendars() -> Mapping[str, CalendarFactory]:
    return {"CN-4401": city, "CN-44": china_calendar}


def board(settings: PublisherSettings) -> Publisher:
    return FolderPublisher(settings.folder)


@hookimpl
def govopen_publishers() -> Mapping[str, PublisherFactory]:
    return {"board": board, "folder": folder_publisher}


def leaflet(settings: ExportSettings) -> Exporter:
    return JsonLinesExporter()


@hookimpl
def govopen_exporters() -> Mapping[str, ExporterFactory]:
    return {"leaflet": leaflet, "jsonl": json_lines_exporter}


def window(settings: ChannelSettings) -> Channel:
    return MaildirChannel(settings.folder)


@hookimpl
def govopen_channels() -> Mapping[str, ChannelFactory]:
    return {"window": window, "maildir": maildir_channel}


def bell(settings: ListenerSettings) -> Listener:
    return ChangeLog(settings.folder / settings.name)


@hookimpl
def govopen_listeners() -> Mapping[str, ListenerFactory]:
    return {"bell": bell, "log": change_log}


@hookimpl
def govopen_screeners() -> Iterable[Screener]:
    return SCREENERS


# The mark leaves the types as they are.
assert_type(govopen_rules(), Iterable[Rule])

registry = Registry.load(plugins=[object()], entry_points=False, strict=False, disabled=["street-rules"])
assert_type(registry, Registry)
assert_type(registry.rules, tuple[Rule, ...])
assert_type(registry.types, tuple[RecordType, ...])
assert_type(registry.categories, tuple[SubCategory, ...])
assert_type(registry.library, Library)
assert_type(registry.plugins, tuple[PluginInfo, ...])
assert_type(registry.type_named("unit"), RecordType)
assert_type(registry.type_of(Unit), RecordType)
assert_type(registry.calendar_for("CN-440113"), Calendar)
assert_type(registry.open_store("sqlite://"), Store)
assert_type(registry.screeners, tuple[Screener, ...])
assert_type(
    registry.publisher(
        "folder", PublisherSettings(site=sample_site(), unit=UNIT, folder=Path(), options={"folder": "public"})
    ),
    Publisher,
)
catalogue = ExportSettings(unit=UNIT, title="catalogue", on=date(2024, 1, 2), base_url="https://a.example/")
assert_type(registry.exporter("jsonl", catalogue), Exporter)
assert_type(registry.exporters, tuple[str, ...])
mailbox = ChannelSettings(channel=request_channel(ChannelKind.EMAIL), unit=UNIT, folder=Path(), options={"folder": "."})
assert_type(registry.channel("maildir", mailbox), Channel)
assert_type(registry.channel("maildir", mailbox).collect(), Iterator[Submission])
assert_type(registry.channels, tuple[str, ...])
assert_type(registry.listener("log", ListenerSettings(name="bell", folder=Path(), options={"file": "log"})), Listener)
assert_type(registry.listeners, tuple[str, ...])
assert_type(registry.with_instruments(["house.toml"]), Registry)
assert_type(registry.plugins[0].status, PluginStatus)
assert_type(registry.plugins[0].failure, PluginError | None)
assert_type(registry.plugins[0].interface, int | None)
assert_type(registry.plugins[0].warnings, tuple[GovopenDeprecationWarning, ...])
assert_type(registry.stores, tuple[str, ...])
assert_type(registry.calendars, tuple[str, ...])
assert_type(describe_hooks(), list[HookDoc])


def no_clock(url: str, types: Iterable[RecordType]) -> Store:
    return SqlStore.open(url, types)


# A factory that could not be called is found before it is installed.
wrong_store: StoreFactory = no_clock  # type: ignore[assignment]
wrong_publisher: PublisherFactory = open_store  # type: ignore[assignment]
wrong_channel: ChannelFactory = bell  # type: ignore[assignment]
wrong_listener: ListenerFactory = window  # type: ignore[assignment]
wrong_exporter: ExporterFactory = open_store  # type: ignore[assignment]
wrong_calendar: CalendarFactory = open_store  # type: ignore[assignment]
registry.rules = ()  # type: ignore[misc]
