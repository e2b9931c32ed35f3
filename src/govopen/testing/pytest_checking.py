"""The check behind collected obligations: one office for the session, and only the units whose tests are to run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Self

import attrs

from govopen.checking.result import CheckReport, Finding, ObligationStatus
from govopen.checking.selection import Selection
from govopen.errors import InputError
from govopen.office.clock import SystemClock
from govopen.office.facade import Office
from govopen.office.importing import import_files
from govopen.office.workspace import Workspace
from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.policy.instrument import Obligation
from govopen.report.detail import Found, found_by_obligation
from govopen.report.render import Renderer
from govopen.rules.base import Severity
from govopen.testing.memory import MemoryStore
from govopen.texts import N_, Language

__all__ = ["Asked", "Checks", "Said", "registry_with"]


@attrs.frozen(kw_only=True)
class Asked:
    """What a run of pytest was asked to check.

    Attributes:
        path: The ``govopen.toml``.
        as_of: The legal day; ``None``: today in Shanghai.
        units: Only these; none: all.
        records: Check the records in these files or folders; none: those in the workspace's store.
        plugins: Names of modules that are plugins of govopen, beside those that are installed.
        allow_awaiting: Skip what is awaited instead of failing it.
        lang: Language of what is said.
    """

    path: Path
    as_of: dt.date | None = None
    units: tuple[str, ...] = ()
    records: tuple[Path, ...] = ()
    plugins: tuple[str, ...] = ()
    allow_awaiting: bool = False
    lang: Language = "en"


@attrs.frozen
class Said:
    """What a check says of one obligation of one unit."""

    entry: ObligationStatus
    findings: Sequence[Finding]
    words: Renderer


def registry_with(names: Iterable[str]) -> Registry:
    """What is built in, every plugin installed, and the modules of these names.

    Raises:
        InputError: A module does not import.
        PluginError: A plugin does not load.
    """
    modules = []
    for name in names:
        try:
            modules.append(import_module(name))
        except ImportError as error:
            raise InputError(
                N_("The module {name} does not import: {error}."),
                hint=N_("Is its folder in the setting pythonpath of pytest?"),
                name=name,
                error=type(error).__name__,
            ) from error
    return Registry.load(plugins=modules)


def _shown(path: Path) -> str:
    """As somebody writes it who stands in the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


class Checks:
    """An open workspace, checked once when the first test runs; each worker of pytest-xdist has its own."""

    def __init__(self, office: Office, asked: Asked) -> None:
        self._office = office
        self._asked = asked
        self._as_of = asked.as_of or office.today
        self._reports: dict[str, tuple[CheckReport, Found]] = {}
        self._whole: CheckReport | None = None
        self._expected: tuple[str, ...] = ()

    @classmethod
    def open(cls, asked: Asked) -> Self:
        """Open the workspace, or read the files of records into memory.

        Raises:
            GovopenError: Workspace, store, plugins or files do not load.
        """
        if missing := [_shown(path) for path in asked.records if not path.exists()]:
            raise InputError(N_("There is no file or folder {names}."), names=", ".join(missing))
        registry = registry_with(asked.plugins)
        if not asked.records:
            return cls(Office.open(asked.path, registry=registry), asked)
        workspace = Workspace.load(asked.path.parent)
        if workspace.instrument_files:
            registry = registry.with_instruments(workspace.instrument_files)
        store = MemoryStore(registry.types)
        import_files(store, registry, asked.records, alone=True)
        return cls(Office(workspace, registry, store, SystemClock()), asked)

    def units(self) -> list[str]:
        """The units to check.

        Raises:
            InputError: There is none, or one that was asked for is not there: a check of nothing would be green.
        """
        there = [unit.id for unit in self._office.store.units()]
        if unknown := [unit for unit in self._asked.units if unit not in there]:
            raise InputError(
                N_("There is no unit '{word}'."),
                hint=N_("There are: {names}."),
                word=unknown[0],
                names=", ".join(there),
            )
        if not there:
            raise InputError(
                N_("The workspace holds no unit, so there is nothing to check."),
                hint=N_("Import records, or name files of records with --govopen-records."),
            )
        return [unit for unit in there if not self._asked.units or unit in self._asked.units]

    def obligations(self) -> Iterator[tuple[Citation, Obligation, Severity | None]]:
        """The obligations of the workspace's instruments, each with the gravest severity of its rules."""
        gravest: dict[Citation, Severity] = {}
        for rule in sorted(self._office.registry.rules, key=lambda rule: -rule.severity.rank):
            gravest.update(dict.fromkeys(rule.answers, rule.severity))
        for chosen in self._office.workspace.settings.instruments:
            for citation, _, obligation in self._office.registry.library.instrument(chosen.id).obligations():
                yield citation, obligation, gravest.get(citation)

    def expect(self, units: Iterable[str]) -> None:
        """Say whose tests are to run, after all that deselects: one check for all of them."""
        self._expected = tuple(dict.fromkeys(units))

    def said(self, unit: str, citation: Citation) -> Said:
        """What the check says of an obligation of a unit."""
        if unit not in self._reports:
            self._check(self._expected if unit in self._expected else (unit,))
        report, found = self._reports[unit]
        entry = report.status(unit, str(citation))
        return Said(entry, found.get((unit, citation), ()), Renderer(report, self._asked.lang))

    def notices(self) -> list[str]:
        """What the check of all units says of itself: a code and a text."""
        report = self._whole or self._check(self.units())
        words = Renderer(report, self._asked.lang)
        return [f"{notice.code} {words.notice(notice)}" for notice in report.notices]

    def close(self) -> None:
        """Close the store alone: a test of what is there tells no listener anything."""
        self._office.store.close()

    def _check(self, units: Sequence[str]) -> CheckReport:
        whole = set(units) == set(self.units())
        # Only a check of everything can tell that a waiver is not used.
        selection = Selection(units=self._asked.units if whole else tuple(units))
        report = self._office.check(as_of=self._as_of, selection=selection)
        self._reports.update(dict.fromkeys(report.units, (report, found_by_obligation(report))))
        if whole:
            self._whole = report
        return report
