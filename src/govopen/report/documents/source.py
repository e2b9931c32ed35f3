"""Where the documents of units come from: a workspace, opened for reading alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

import attrs

from govopen import __version__
from govopen.checking.result import CheckReport
from govopen.checking.selection import Selection
from govopen.clearance.cleared import Cleared, Public
from govopen.clearance.passages import ruling_on
from govopen.clearance.screening import Ruling
from govopen.errors import InputError, NotCleared, StoreError
from govopen.model.base import within
from govopen.model.catalog import InformationItem
from govopen.model.discretion import DiscretionTable
from govopen.model.requests import ChannelKind, RequestChannel
from govopen.model.units import Unit
from govopen.model.website import Carrier, Column, Publication, Site, SiteKind
from govopen.office.checking import Checking
from govopen.office.clearing import Clearing
from govopen.office.clock import Clock, SystemClock
from govopen.office.workspace import Workspace
from govopen.plugins.registry import Registry
from govopen.report.documents.parts import safe_address
from govopen.report.documents.records import UnitRecords
from govopen.storage.port import Change, Store
from govopen.texts import N_

__all__ = ["UnitSource"]

# Of several places where an item stands, the first is the one to lead to.
_PLACES = (Carrier.OWN_SITE, Carrier.PORTAL)
_CHANNELS = {kind: position for position, kind in enumerate(ChannelKind)}


class _Reading(Clearing, Checking):
    """An office without the steps that write: a build of documents changes nothing, and tells nobody of anything."""


@attrs.frozen(kw_only=True)
class UnitSource:
    """The records of a workspace, as its documents may show them.

    Attributes:
        registry: What is built in and what plugins and workspace bring.
        workspace: The settings.
        day: The legal day of the documents.
        today: The day on which they are made.
    """

    registry: Registry
    workspace: Workspace
    day: dt.date
    today: dt.date
    _office: _Reading
    _clock: Clock

    @classmethod
    @contextmanager
    def opened(
        cls, folder: Path, registry: Registry, *, as_of: dt.date | None = None, clock: Clock | None = None
    ) -> Iterator[UnitSource]:
        """Open the workspace in a folder, and close it again.

        Args:
            folder: It holds ``govopen.toml``.
            registry: Without the instruments of the workspace's own, which are added.
            as_of: The legal day; default: today in Shanghai.
            clock: Default: the machine's.

        Raises:
            WorkspaceError: The settings do not load.
            InputError: There is no store yet. None is made.
            StoreError: The store does not open.
        """
        workspace = Workspace.load(folder)
        if workspace.instrument_files:
            registry = registry.with_instruments(workspace.instrument_files)
        if workspace.store_path is not None and not workspace.store_path.is_file():
            raise InputError(
                N_("The workspace {name} has no records yet."),
                hint=N_("Import them first: govopen import -w {folder} FILES"),
                name=workspace.name,
                folder=str(folder),
            )
        clock = clock or SystemClock()
        with registry.open_store(workspace.store_url, clock=clock.now) as store:
            yield cls.over(store, workspace, registry, as_of=as_of, clock=clock)

    @classmethod
    def over(
        cls, store: Store, workspace: Workspace, registry: Registry, *, as_of: dt.date | None = None, clock: Clock
    ) -> UnitSource:
        """The records of a store that is open already, and stays open.

        Args:
            store: The records.
            workspace: Whose settings go for them.
            registry: With the instruments of the workspace's own.
            as_of: The legal day; default: today in Shanghai.
            clock: What time it is.
        """
        office = _Reading(workspace, registry, store, clock)
        return cls(
            registry=registry,
            workspace=workspace,
            day=as_of or office.today,
            today=office.today,
            office=office,
            clock=clock,
        )

    @cached_property
    def mark(self) -> tuple[str, ...]:
        """What the documents depend on, but for the files of the workspace: equal marks, equal documents.

        It is read once, so ask for it before the records: a change in between then shows the next time.
        """
        plugins = (f"{each.name} {each.version} {each.status.value}" for each in self.registry.plugins)
        return __version__, self.day.isoformat(), self.today.isoformat(), *self._seen(), *plugins

    def _seen(self) -> tuple[str, ...]:
        store = self._office.store
        try:
            identity, last = store.identity, _last_change(store)
        except StoreError:
            # A store over tables of another system may not know what changed there; then everything may have.
            return ("unknown", self._clock.now().isoformat())
        if last is None:
            return (identity,)
        return identity, str(last.seq), last.type, last.id, str(last.revision), last.at.isoformat()

    def units(self) -> list[Unit]:
        """All units, by identifier."""
        return list(self._office.store.units())

    def named(self, unit_id: str) -> Unit:
        """The unit of that identifier; blank: the only one that the workspace has.

        Raises:
            InputError: There is no such unit, or none was named and there are several.
        """
        units = {unit.id: unit for unit in self.units()}
        unit_id = unit_id or (next(iter(units)) if len(units) == 1 else "")
        if unit_id not in units:
            raise InputError(
                N_("There is no unit {id}.") if unit_id else N_("The document names no unit."),
                hint=N_("Recorded: {known}."),
                id=unit_id,
                known=", ".join(units) or "-",
            )
        return units[unit_id]

    def unit(self, unit_id: str) -> UnitRecords:
        """A unit as the public may know it.

        An item is there if it is cleared on the legal day *and* today: a document of a day gone by is read today, and
        may not show what has been withdrawn or classified since. A table is there if the item that publishes it is, and
        if no screener finds anything in the table's own texts: they may have changed since that item was decided on.

        Args:
            unit_id: The unit; blank: the only one that the workspace has.

        Raises:
            InputError: There is no such unit, or none was named and there are several.
        """
        office, units = self._office, {unit.id: unit for unit in self.units()}
        unit = self.named(unit_id)
        with office.store.snapshot() as view:
            items = [item.id for item in view.read(InformationItem, unit.id)]
            channels = [entry for entry in view.read(RequestChannel, unit.id) if entry.open_on(self.day)]
            columns = [entry for entry in view.read(Column, unit.id) if within(self.day, entry.since, entry.until)]
            publications = list(view.read(Publication, unit.id))
            tables = [entry for entry in view.read(DiscretionTable, unit.id) if entry.in_force_on(self.day)]
            sites = [
                (site, units.get(site.unit))
                for other in units
                for site in view.read(Site, other)
                if within(self.day, site.since, site.until) and (site.kind is SiteKind.PORTAL or other == unit.id)
            ]
        cleared = tuple(self._cleared(items))
        shown = {given.item.id for given in cleared}
        known_sites = {site.id for site, _ in sites}
        shown_tables = tuple(table for table in tables if table.item in shown and self._passes(table))
        return UnitRecords(
            unit=unit,
            day=self.day,
            cleared=cleared,
            addresses=_addresses(publications, shown, self.day),
            channels=tuple(sorted(channels, key=lambda entry: (_CHANNELS[entry.kind], entry.id))),
            sites=tuple(sorted(sites, key=lambda entry: (entry[0].kind is SiteKind.PORTAL, entry[0].id))),
            columns=tuple(column for column in columns if column.site in known_sites),
            tables=shown_tables,
            held_back=len(tables) - len(shown_tables),
            categories=self.registry.categories,
            library=self.registry.library,
        )

    def check(self, unit_id: str) -> CheckReport:
        """The check of one unit on the legal day. It holds codes and identifiers, and no text of a record."""
        return self._office.check(as_of=self.day, selection=Selection(units=(unit_id,)))

    def _passes(self, table: DiscretionTable) -> bool:
        return ruling_on(table, self.registry.screeners) is Ruling.PASS

    def _cleared(self, items: list[str]) -> Iterator[Cleared[Public]]:
        for item_id in items:
            with suppress(NotCleared):
                given = self._office.clear(item_id, on=self.day)
                if self.day != self.today:
                    self._office.clear(item_id)
                yield given


def _last_change(store: Store, few: int = 1000) -> Change | None:
    """The newest entry of the change feed, without reading the feed: that of a district is long.

    Args:
        store: The store.
        few: How many entries it takes no time to read.
    """
    found: Change | None = None
    low, step = 0, few
    # The feed has gaps: first a number is looked for that lies past its end, then halfway between the two.
    while (entry := next(iter(store.changes(low)), None)) is not None:
        found, low, step = entry, entry.seq + step, step * 2
    high, low = low, (found.seq if found is not None else low)
    while high - low > few:
        middle = (low + high) // 2
        entry = next(iter(store.changes(middle)), None)
        if entry is None:
            high = middle
        else:
            found, low = entry, entry.seq
    for entry in store.changes(low):
        found = entry
    return found


def _addresses(publications: list[Publication], shown: set[str], day: dt.date) -> Mapping[str, str]:
    """Where the items stand: on the unit's own site, or else on the portal, or else elsewhere."""
    found: dict[str, tuple[int, str, str]] = {}
    for entry in publications:
        address = safe_address(entry.url)
        if address and entry.item in shown and entry.live_on(day):
            rank = _PLACES.index(entry.carrier) if entry.carrier in _PLACES else len(_PLACES)
            found[entry.item] = min((rank, entry.id, address), found.get(entry.item, (rank, entry.id, address)))
    return {item: address for item, (_, _, address) in found.items()}
