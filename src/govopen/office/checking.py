"""Checking the records of an office, and what no rule says about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path

import attrs

from govopen.checking.coverage import Coverage, coverage
from govopen.checking.engine import Checker
from govopen.checking.result import CheckReport, Notice
from govopen.checking.selection import ALL, Selection
from govopen.office.base import OfficeBase
from govopen.office.clock import SHANGHAI
from govopen.office.listeners_file import read_standings
from govopen.plugins.info import PluginStatus
from govopen.rules.results import Outcome
from govopen.texts import N_

__all__ = ["Checking"]


class Checking(OfficeBase):
    """Whether the records satisfy what the law asks."""

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
            calendar_for=self._calendar_for,
            settings=self.workspace.settings,
        )
        with nullcontext(self.store.at(known_at)) if known_at else self.store.snapshot() as source:
            report = checker.check(
                source,
                as_of=as_of or self.today,
                generated_at=self._clock.now(),
                known_at=known_at,
                selection=selection,
                waivers=self.workspace.waivers,
                baseline=self.workspace.baseline,
                detailed=detailed,
                on_unit=on_unit,
            )
        own = (*self._strays(report), *self._disabled(), *self._failing_listeners(), *self._broken_waivers())
        return attrs.evolve(report, notices=(*report.notices, *own))

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

    def _disabled(self) -> Iterable[Notice]:
        """A report looks better for a rule that did not run."""
        for plugin in self.registry.plugins:
            if plugin.status is PluginStatus.DISABLED:
                yield Notice(
                    code="GOV004",
                    message=N_("Plugin {plugin} is disabled; its rules were not run."),
                    facts={"plugin": plugin.name},
                )

    def _failing_listeners(self) -> Iterable[Notice]:
        """Whoever relies on a listener is out of date, and sees nothing of it."""
        standings = read_standings(self.workspace.folder)
        for name in sorted(self.workspace.listeners.keys() & standings.keys()):
            if (failing := standings[name].failing) is not None:
                yield Notice(
                    code="GOV005",
                    message=N_(
                        "Listener {listener} has failed {times} times since {since}: {error} at change {seq}. It is "
                        "told again by: govopen notify"
                    ),
                    facts={
                        "listener": name,
                        "times": failing.times,
                        "since": failing.since.astimezone(SHANGHAI).date(),
                        "error": failing.error,
                        "seq": failing.seq,
                    },
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
