"""An office: a workspace with everything loaded, ready to import, check and report."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Self

import attrs

from govopen.calendars.overlay_file import load_overlay
from govopen.calendars.port import Calendar
from govopen.checking.coverage import Coverage, coverage
from govopen.checking.engine import Checker
from govopen.checking.result import CheckReport, Notice
from govopen.checking.selection import ALL, Selection
from govopen.errors import InputError
from govopen.interchange.load import Progress
from govopen.interchange.mapping import ColumnMapping
from govopen.office.clock import Clock, SystemClock, today
from govopen.office.importing import ImportSummary, import_files
from govopen.office.workspace import SETTINGS_FILE, Workspace
from govopen.plugins.info import PluginStatus
from govopen.plugins.registry import Registry
from govopen.rules.results import Outcome
from govopen.storage.port import Store
from govopen.texts import N_

__all__ = ["Office"]

_NEW_WORKSPACE = """\
# A workspace of govopen. Check it with: govopen check
name = {name}
store = "sqlite:///data/govopen.sqlite"

[instruments.panyu-2011]
# Apply the policy to the units of this place instead of Panyu (CN-440113):
# jurisdiction = "CN-440113"
# Whether the standing duties of a plan of 2011 go on after that year is for you to say:
# continues = true
"""


class Office:
    """One workspace, its law, its rules and its store.

    Use it as a context manager; it closes the store.

    Attributes:
        workspace: The settings.
        registry: What is built in and what plugins bring.
        store: The records. Embedders may use its transactions directly.
    """

    def __init__(self, workspace: Workspace, registry: Registry, store: Store, clock: Clock) -> None:
        self.workspace = workspace
        self.registry = registry
        self.store = store
        self._clock = clock

    @classmethod
    def open(cls, folder: str | Path, *, registry: Registry | None = None, clock: Clock | None = None) -> Self:
        """Open the workspace in ``folder``.

        Args:
            folder: Holds ``govopen.toml``.
            registry: Default: what is built in and every plugin installed.
            clock: Default: the machine's.

        Raises:
            WorkspaceError: The settings do not load.
            PolicyDataError: An instrument of the workspace's own does not load.
            PluginError: A plugin does not load.
            StoreError: The store does not open.
        """
        workspace = Workspace.load(Path(folder))
        registry = registry or Registry.load()
        if workspace.instrument_files:
            registry = registry.with_instruments(workspace.instrument_files)
        clock = clock or SystemClock()
        if workspace.store_path is not None:
            workspace.store_path.parent.mkdir(parents=True, exist_ok=True)
        return cls(workspace, registry, registry.open_store(workspace.store_url, clock=clock.now), clock)

    @classmethod
    def init(cls, folder: str | Path) -> Path:
        """Make a new workspace; the path of its settings.

        Raises:
            InputError: There is one already, or the folder cannot be made or written to.
        """
        path = Path(folder) / SETTINGS_FILE
        if path.exists():
            raise InputError("There is a workspace in {folder} already.", folder=str(folder))
        # A text of JSON is one of TOML; a folder's name may hold quotes, and bytes that are no characters.
        name = json.dumps(path.parent.resolve().name.encode(errors="replace").decode(), ensure_ascii=False)
        try:
            (path.parent / "data").mkdir(parents=True, exist_ok=True)
            path.write_text(_NEW_WORKSPACE.format(name=name), encoding="utf-8")
        except OSError as error:
            raise InputError(
                "No workspace can be made in {folder}: {reason}.",
                folder=str(folder),
                reason=error.strerror or type(error).__name__,
            ) from error
        return path

    def import_files(
        self,
        paths: Sequence[str | Path],
        *,
        type_name: str | None = None,
        mapping: str | None = None,
        encoding: str | None = None,
        replace: bool = False,
        on_progress: Progress | None = None,
    ) -> ImportSummary:
        """Import records from JSON Lines, CSV or XLSX files. Nothing is stored if anything is wrong with any of them.

        Args:
            paths: Files, or folders of them.
            type_name: Type of the records, where neither file nor sheet names it.
            mapping: Name of a column mapping of the workspace.
            encoding: Of CSV files that are not UTF-8: ``gb18030``.
            replace: Let a record replace the one with its identifier; otherwise that is an error.
            on_progress: Told how far reading is: the file, its bytes read, its bytes in all.

        Raises:
            ImportRefused: With every problem found.
        """
        chosen = None
        if mapping is not None:
            if mapping not in self.workspace.mappings:
                raise InputError(
                    "The workspace has no column mapping '{name}'.",
                    hint="It has: {names}.",
                    name=mapping,
                    names=", ".join(self.workspace.mappings) or "-",
                )
            chosen = ColumnMapping.from_dict(mapping, self.workspace.mappings[mapping], self.registry.types)
        return import_files(
            self.store,
            self.registry,
            [Path(path) for path in paths],
            type_name=type_name,
            mapping=chosen,
            encoding=encoding,
            replace=replace,
            on_progress=on_progress,
        )

    def check(
        self,
        *,
        as_of: dt.date | None = None,
        known_at: dt.datetime | None = None,
        selection: Selection = ALL,
        detailed: bool = False,
        on_unit: Callable[[str], None] | None = None,
    ) -> CheckReport:
        """Check the records against the obligations of the workspace's instruments.

        Args:
            as_of: The legal day; default: today in Shanghai.
            known_at: Read the records as they stood then.
            selection: What to check; what is left out is *not checked*.
            detailed: Say also what was measured where a rule passes.
            on_unit: Called with each unit's identifier before it is checked.
        """
        checker = Checker(
            rules=self.registry.rules,
            types=self.registry.types,
            library=self.registry.library,
            calendar_for=self._calendar_for(),
            settings=self.workspace.settings,
        )
        with nullcontext(self.store.at(known_at)) if known_at else self.store.snapshot() as source:
            report = checker.check(
                source,
                as_of=as_of or today(self._clock),
                generated_at=self._clock.now(),
                known_at=known_at,
                selection=selection,
                waivers=self.workspace.waivers,
                baseline=self.workspace.baseline,
                detailed=detailed,
                on_unit=on_unit,
            )
        return attrs.evolve(
            report, notices=(*report.notices, *self._strays(report), *self._disabled(), *self._broken_waivers())
        )

    def _strays(self, report: CheckReport) -> Iterable[Notice]:
        """Records of units that nobody has recorded: a check goes by units and would pass them over in silence."""
        if report.known_at is not None:
            return
        units = [unit.id for unit in self.store.units()]
        for record_type in self.registry.types:
            held = self.store.count(record_type.cls)
            stray = held - sum(self.store.count(record_type.cls, unit) for unit in units) if held else 0
            if stray:
                yield Notice(
                    code="GOV002",
                    message=N_("{count} records of type {name} were not checked: their units are not recorded."),
                    facts={"name": record_type.name, "count": stray},
                )

    def _calendar_for(self) -> Callable[[str], Calendar]:
        overlays = tuple(load_overlay(path) for path in self.workspace.overlay_files)
        return lambda jurisdiction: self.registry.calendar_for(jurisdiction, overlays)

    def _disabled(self) -> Iterable[Notice]:
        """A report looks better for a rule that did not run."""
        for plugin in self.registry.plugins:
            if plugin.status is PluginStatus.DISABLED:
                yield Notice(
                    code="GOV004",
                    message=N_("Plugin {plugin} is disabled; its rules were not run."),
                    facts={"plugin": plugin.name},
                )

    def _broken_waivers(self) -> Iterable[Notice]:
        for problem in self.workspace.broken_waivers:
            yield Notice(
                code="GOV011",
                message=N_("A waiver at {place} is malformed and excuses nothing."),
                facts={"place": f"{Path(problem.where).name} {problem.path}"},
            )

    def coverage(self, instrument: str) -> Coverage:
        """What answers each obligation of ``instrument``; static, without any record."""
        return coverage(self.registry.library.instrument(instrument), self.registry.rules)

    def accept_findings(self, report: CheckReport) -> Path:
        """Write the findings of ``report`` as the baseline; those of protected rules, and errors, stay out."""
        protected = {code for code, rule in report.rules.items() if rule.protected}
        marks = {
            entry.fingerprint
            for entry in report.findings
            if entry.rule not in protected and entry.outcome is not Outcome.ERROR
        }
        return self.workspace.write_baseline(frozenset(marks))

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
