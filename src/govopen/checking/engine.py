"""Running rules over a store, unit by unit."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable

from govopen.calendars.port import Calendar
from govopen.checking.notices import about_records, about_time, about_units, about_waivers
from govopen.checking.port import Source
from govopen.checking.result import CheckReport, Finding, Note, ObligationStatus
from govopen.checking.ruleset import Ruleset
from govopen.checking.runs import Excuses
from govopen.checking.selection import ALL, Selection
from govopen.checking.settings import CheckSettings
from govopen.checking.unit_check import Task, UnitCheck
from govopen.checking.waivers import Baseline, Waiver
from govopen.errors import InputError
from govopen.model.base import RecordType
from govopen.model.units import Unit
from govopen.policy.library import Library
from govopen.rules.base import Rule
from govopen.texts import N_

__all__ = ["Checker"]


class Checker:
    """Rules, law and calendars, ready to check any source.

    Args:
        rules: The rules to run.
        types: The record types that the rules and the source know.
        library: The instruments and matters.
        calendar_for: From a jurisdiction to its calendar.
        settings: What the workspace decides.

    Raises:
        WorkspaceError: A setting names no rule or parameter there is, or loosens what law or rule says.
    """

    def __init__(
        self,
        *,
        rules: Iterable[Rule],
        types: Iterable[RecordType],
        library: Library,
        calendar_for: Callable[[str], Calendar],
        settings: CheckSettings,
    ) -> None:
        self._ruleset = Ruleset.of(rules, types, library, settings)
        self._calendar_for = calendar_for

    def check(
        self,
        source: Source,
        *,
        as_of: dt.date,
        generated_at: dt.datetime,
        known_at: dt.datetime | None = None,
        selection: Selection = ALL,
        waivers: Iterable[Waiver] = (),
        baseline: Baseline | None = None,
        detailed: bool = False,
        on_unit: Callable[[str], None] | None = None,
    ) -> CheckReport:
        """Check every selected unit of ``source``.

        Args:
            source: The records.
            as_of: The legal day: it picks the law and hides what happened later.
            generated_at: The time to print on the report; the checker reads no clock.
            known_at: Only noted in the report: pass the store's view of that time as ``source``.
            selection: What to check; what is left out is *not checked*.
            waivers: Excuses from rules.
            baseline: Findings accepted before.
            detailed: Note what rules measured where they pass.
            on_unit: Called with each unit's identifier before it is checked.

        Raises:
            InputError: The selection names a unit that the source does not hold: a check of nothing would be green.
        """
        waivers = tuple(waivers)
        excuses = Excuses(waivers, baseline or Baseline(), as_of)
        task = Task(source=source, as_of=as_of, selection=selection, excuses=excuses, detailed=detailed)
        statuses: list[ObligationStatus] = []
        findings: list[Finding] = []
        notes: list[Note] = []
        units: dict[str, Unit] = {}
        calendars: dict[str, Calendar] = {}
        records = 0
        lost: Counter[str] = Counter()
        for unit in source.units():
            if not selection.takes_unit(unit.id):
                continue
            if on_unit is not None:
                on_unit(unit.id)
            units[unit.id] = unit
            if unit.jurisdiction not in calendars:
                calendars[unit.jurisdiction] = self._calendar_for(unit.jurisdiction)
            check = UnitCheck(self._ruleset, task, unit, calendars[unit.jurisdiction])
            records += check.run()
            lost.update(dict(check.lost()))
            statuses += check.statuses()
            for run in check.runs:
                findings += run.findings
                notes += run.notes
        if absent := [unit for unit in selection.units if unit not in units]:
            raise InputError(N_("These units are not there: {units}."), units=", ".join(absent))
        findings.sort(key=lambda entry: (entry.severity.rank, entry.unit, entry.rule, entry.subject, entry.message))
        return CheckReport(
            as_of=as_of,
            known_at=known_at,
            generated_at=generated_at,
            selection=selection,
            library=self._ruleset.library,
            rules=self._ruleset.rules,
            units=units,
            statuses=tuple(statuses),
            findings=tuple(findings),
            notes=tuple(notes),
            notices=(
                *about_time(self._ruleset, as_of),
                *about_units(units.values(), statuses, as_of),
                *about_records(source, lost),
                *about_waivers(waivers, excuses, self._ruleset, selection, as_of),
            ),
            records=records,
            calendars={place: calendar.version for place, calendar in calendars.items()},
            waivers={waiver.id: waiver for waiver in waivers if waiver.id in excuses.used},
            instruments=self._ruleset.settings.instruments,
            type_titles={entry.name: entry.title for entry in self._ruleset.types.values()},
        )
