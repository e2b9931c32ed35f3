"""The registry: everything that is built in and that plugins bring, behind typed attributes.

Nothing else calls a hook. A registry never changes; what it holds was checked when it loaded.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Self

import attrs

from govopen.calendars.overlay import Overlay
from govopen.calendars.port import Calendar, CalendarFactory
from govopen.clearance.screening import Screener
from govopen.errors import InputError, PolicyDataError, Problem, UnknownRecordType
from govopen.intake.port import Channel, ChannelFactory, ChannelSettings
from govopen.model.base import Record, RecordType
from govopen.model.catalog import SubCategory
from govopen.plugins.assembly import assemble
from govopen.plugins.factories import Factories, made
from govopen.plugins.fitting import PORTS
from govopen.plugins.info import PluginInfo
from govopen.plugins.loading import disabled_by_environment, find_plugins
from govopen.plugins.missing import missing
from govopen.plugins.origin import Origin
from govopen.policy.instrument import Instrument
from govopen.policy.library import Library
from govopen.policy.loading import load_instrument
from govopen.publishing.exporter import Exporter, ExporterFactory, ExportSettings
from govopen.publishing.port import Publisher, PublisherFactory, PublisherSettings
from govopen.rules.base import Rule
from govopen.storage.listening import Listener, ListenerFactory, ListenerSettings
from govopen.storage.port import Clock, Store, StoreFactory, utc_now
from govopen.texts import N_

__all__ = ["Registry"]


@attrs.frozen(kw_only=True, eq=False)
class Registry:
    """What is built in and what plugins bring. Made by :meth:`load`; works without a workspace.

    Attributes:
        rules: All rules, by code.
        types: All record types: first the built-in ones, then those of plugins.
        categories: Sub-categories of the eleven categories, by identifier.
        screeners: All screeners, by name.
        library: The instruments and matters.
        plugins: Every plugin that was found, also those disabled, and those that failed if ``strict`` was false.
    """

    rules: tuple[Rule, ...]
    types: tuple[RecordType, ...]
    categories: tuple[SubCategory, ...]
    screeners: tuple[Screener, ...]
    library: Library
    plugins: tuple[PluginInfo, ...]
    _stores: Mapping[str, tuple[Origin, StoreFactory]] = attrs.field(repr=False)
    _calendars: Mapping[str, tuple[Origin, CalendarFactory]] = attrs.field(repr=False)
    _publishers: Factories[PublisherFactory] = attrs.field(repr=False)
    _channels: Factories[ChannelFactory] = attrs.field(repr=False)
    _exporters: Factories[ExporterFactory] = attrs.field(repr=False)
    _listeners: Factories[ListenerFactory] = attrs.field(repr=False)

    @classmethod
    def load(
        cls,
        *,
        plugins: Iterable[object] = (),
        entry_points: bool = True,
        strict: bool = True,
        disabled: Iterable[str] | None = None,
    ) -> Self:
        """Load what is built in and every plugin, and check them against the hooks and against each other.

        Args:
            plugins: Further plugins: modules, or instances of classes.
            entry_points: Whether to load the plugins installed in the entry-point group ``govopen``.
            strict: Whether a plugin that cannot be used is an error. If not, nothing of it is used, and
                :attr:`plugins` says why; a compliance report made then lacks its rules.
            disabled: Names of entry points or distributions to leave out. Default: what the environment variable
                ``GOVOPEN_DISABLE_PLUGINS`` names, separated by commas.

        Raises:
            PluginError: A plugin does not import, breaks the interface, or brings what is there already.

        Warns:
            GovopenDeprecationWarning: A plugin uses what is going; the ``warnings`` of its entry in :attr:`plugins` say
                the same.
        """
        # Imported here: it brings every rule, and a host that never checks need not wait for them.
        from govopen.plugins import builtin  # noqa: PLC0415

        found = find_plugins(
            builtin,
            tuple(plugins),
            entry_points=entry_points,
            disabled=disabled_by_environment() if disabled is None else disabled,
        )
        assembled = assemble(found, strict=strict)
        for warning in chain.from_iterable(info.warnings for info in assembled.plugins):
            warnings.warn(warning, stacklevel=2)
        good = assembled.contributions
        return cls(
            rules=tuple(sorted((rule for each in good for rule in each.rules), key=lambda rule: rule.code)),
            types=tuple(record_type for each in good for record_type in each.types),
            categories=tuple(sorted((entry for each in good for entry in each.categories), key=lambda entry: entry.id)),
            screeners=tuple(sorted((entry for each in good for entry in each.screeners), key=lambda entry: entry.name)),
            library=assembled.library,
            plugins=assembled.plugins,
            stores={scheme: (each.origin, factory) for each in good for scheme, factory in each.stores},
            calendars={place: (each.origin, factory) for each in good for place, factory in each.calendars},
            publishers=Factories.of(
                PORTS["govopen_publishers"],
                ((each.origin, each.publishers) for each in good),
                unknown=N_("There is no publisher of kind '{kind}'."),
                failed=N_("The publisher of plugin {plugin} failed to open: {error}: {reason}"),
                plugins=assembled.plugins,
            ),
            channels=Factories.of(
                PORTS["govopen_channels"],
                ((each.origin, each.channels) for each in good),
                unknown=N_("There is no channel of kind '{kind}'."),
                failed=N_("The channel of plugin {plugin} failed to open: {error}: {reason}"),
                plugins=assembled.plugins,
            ),
            exporters=Factories.of(
                PORTS["govopen_exporters"],
                ((each.origin, each.exporters) for each in good),
                unknown=N_("There is no exporter for the format '{kind}'."),
                failed=N_("The exporter of plugin {plugin} failed to open: {error}: {reason}"),
                plugins=assembled.plugins,
            ),
            listeners=Factories.of(
                PORTS["govopen_listeners"],
                ((each.origin, each.listeners) for each in good),
                unknown=N_("There is no listener of kind '{kind}'."),
                failed=N_("The listener of plugin {plugin} failed to open: {error}: {reason}"),
                plugins=assembled.plugins,
            ),
        )

    def type_named(self, name: str) -> RecordType:
        """The record type of that name.

        Raises:
            UnknownRecordType: There is none.
        """
        for record_type in self.types:
            if record_type.name == name:
                return record_type
        raise UnknownRecordType(
            N_("No record type is called '{name}'."),
            hint=N_("Known: {known}."),
            name=name,
            known=", ".join(record_type.name for record_type in self.types),
        )

    def type_of(self, cls: type[Record]) -> RecordType:
        """The record type of that class.

        Raises:
            UnknownRecordType: There is none.
        """
        for record_type in self.types:
            if record_type.cls is cls:
                return record_type
        raise UnknownRecordType(
            N_("No record type is of class {cls}."),
            hint=N_("A plugin brings its types by the hook govopen_record_types."),
            cls=cls.__qualname__,
        )

    def calendar_for(self, jurisdiction: str, overlays: Sequence[Overlay] = ()) -> Calendar:
        """The calendar of the longest code that ``jurisdiction`` begins with.

        Args:
            jurisdiction: Of a unit: ``CN-440113``.
            overlays: Local holidays and notices to put over it.

        Raises:
            InputError: There is no calendar for it, or the overlays do not fit the calendar.
            PluginError: The calendar's factory failed.
        """
        fitting = [place for place in self._calendars if jurisdiction.startswith(place)]
        if not fitting:
            raise InputError(
                N_("There is no calendar for the jurisdiction '{jurisdiction}'."),
                hint=N_("Known: {known}, and codes that begin so. A plugin can bring others."),
                jurisdiction=jurisdiction,
                known=", ".join(sorted(self._calendars)),
            )
        origin, factory = self._calendars[max(fitting, key=len)]
        return made(
            origin,
            PORTS["govopen_calendars"],
            lambda: factory(tuple(overlays)),
            N_("The calendar of plugin {plugin} failed: {error}: {reason}"),
        )

    def open_store(self, url: str, clock: Clock = utc_now) -> Store:
        """Open the store at ``url`` for records of all :attr:`types`; the URL's scheme picks the kind of store.

        Raises:
            InputError: There is no store for that scheme.
            PluginError: The store's factory failed.
            StoreError: The store does not open.
        """
        # Only the scheme is told: the rest of the URL may hold a password.
        scheme, separator, _ = url.partition("://")
        known = [f"{name}://" for name in sorted(self._stores)]
        if not separator:
            raise InputError(
                N_("The address of the store has no '://', which ends the kind of the store."),
                hint=N_("It begins with one of these: {known}."),
                known=", ".join(known),
            )
        if scheme not in self._stores:
            unknown = N_("There is no store for URLs that begin with '{scheme}'.")
            raise missing(unknown, known, self.plugins, scheme=scheme)
        origin, factory = self._stores[scheme]
        return made(
            origin,
            PORTS["govopen_stores"],
            lambda: factory(url, self.types, clock=clock),
            N_("The store of plugin {plugin} failed to open: {error}: {reason}"),
        )

    @property
    def calendars(self) -> tuple[str, ...]:
        """The codes of jurisdictions that there are calendars for."""
        return tuple(sorted(self._calendars))

    @property
    def stores(self) -> tuple[str, ...]:
        """The schemes of URLs that there are stores for."""
        return tuple(sorted(self._stores))

    @property
    def publishers(self) -> tuple[str, ...]:
        """The kinds of publishers there are."""
        return self._publishers.names

    def publisher(self, kind: str, settings: PublisherSettings) -> Publisher:
        """Make the publisher of one site.

        Args:
            kind: The name of its factory.
            settings: The site, and the rest of its section in ``govopen.toml``.

        Raises:
            InputError: There is no publisher of that kind, or its options are wrong.
            DeliveryFailed: Its place cannot be reached.
            PluginError: The publisher's factory failed.
        """
        return self._publishers.make(kind, lambda factory: factory(settings))

    @property
    def channels(self) -> tuple[str, ...]:
        """The kinds of channels there are."""
        return self._channels.names

    def require_channel(self, kind: str) -> None:
        """Make sure that there is such a kind of channel, before any is read.

        Raises:
            InputError: There is no channel of that kind.
        """
        self._channels.require(kind)

    def channel(self, kind: str, settings: ChannelSettings) -> Channel:
        """Make one channel.

        Args:
            kind: The name of its factory.
            settings: The recorded channel, and the rest of its section in ``govopen.toml``.

        Raises:
            InputError: There is no channel of that kind, or its options are wrong.
            CollectionFailed: Its place cannot be reached.
            PluginError: The channel's factory failed.
        """
        return self._channels.make(kind, lambda factory: factory(settings))

    @property
    def exporters(self) -> tuple[str, ...]:
        """The formats in which the public catalogue can be written."""
        return self._exporters.names

    def require_exporter(self, form: str) -> None:
        """Make sure that there is such a format, before records are looked at.

        Raises:
            InputError: There is no exporter for that format.
        """
        self._exporters.require(form)

    def exporter(self, form: str, settings: ExportSettings) -> Exporter:
        """Make an exporter.

        Args:
            form: The name of the format.
            settings: Whose catalogue it is, and the rest of its section in ``govopen.toml``.

        Raises:
            InputError: There is no exporter for that format, or its options are wrong.
            PluginError: The exporter's factory failed.
        """
        return self._exporters.make(form, lambda factory: factory(settings))

    @property
    def listeners(self) -> tuple[str, ...]:
        """The kinds of listeners there are."""
        return self._listeners.names

    def listener(self, kind: str, settings: ListenerSettings) -> Listener:
        """Make one listener.

        Args:
            kind: The name of its factory.
            settings: The rest of its section in ``govopen.toml``.

        Raises:
            InputError: There is no listener of that kind, or its options are wrong.
            PluginError: The listener's factory failed.
        """
        return self._listeners.make(kind, lambda factory: factory(settings))

    def with_instruments(self, paths: Iterable[str | Path]) -> Self:
        """This registry, with a workspace's own instruments in its library.

        Args:
            paths: TOML files, one instrument each.

        Raises:
            PolicyDataError: A file does not load, has an identifier that is taken, or cites what is not there. It
                carries every problem of every file that can be told at once.
        """
        return attrs.evolve(self, library=_extended(self.library, [Path(path) for path in paths]))


def _extended(library: Library, paths: Iterable[Path]) -> Library:
    own: dict[str, Path] = {}
    instruments: list[Instrument] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            instrument = load_instrument(path)
        except PolicyDataError as error:
            problems += error.problems
        else:
            own.setdefault(instrument.id, path)
            instruments.append(instrument)
    if not problems:
        try:
            return Library.build([*library.instruments.values(), *instruments], library.matters.values())
        except PolicyDataError as error:
            # A person mends a file, and knows it by its name.
            problems += (
                attrs.evolve(problem, where=own[problem.where].name) if problem.where in own else problem
                for problem in error.problems
            )
    raise PolicyDataError(N_("The workspace's own instruments do not load."), problems=problems)
