"""Running rules over a store: unit by unit, each record read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from govopen.calendars.port import Calendar
from govopen.checking.dossiers import Loader
from govopen.checking.obligations import conclude_unit, live_obligations, unused_waivers
from govopen.checking.port import Source
from govopen.checking.result import CheckReport, Finding, Note, Notice, ObligationStatus
from govopen.checking.runs import Excuses, FoldRun, Run
from govopen.checking.selection import ALL, Selection
from govopen.checking.settings import CheckSettings, parameters_of, severity_of
from govopen.checking.waivers import Baseline, Waiver
from govopen.model.assurance import Ability, NilReturn
from govopen.model.base import Record, RecordType
from govopen.model.units import Unit
from govopen.policy.citation import Citation
from govopen.policy.library import Library
from govopen.rules.base import FoldRule, Reads, RecordRule, Rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Result

__all__ = ["Checker"]

_Entry = tuple[Callable[[Dossier[Any], Context], Result], Context, Run]


class _Group:
    """The runs that take records of one class (and, for information items, one category)."""

    __slots__ = ("conditional", "count", "folds", "plain")

    def __init__(self) -> None:
        self.count = 0
        self.plain: list[_Entry] = []
        self.conditional: list[tuple[Callable[[Any], bool], _Entry]] = []
        self.folds: list[FoldRun] = []

    def settle(self) -> None:
        for _, _, run in self.plain:
            run.subjects += self.count


class Checker:
    """Rules, law and calendars, ready to check any source.

    Args:
        rules: The rules to run.
        types: The record types that the rules and the source know.
        library: The instruments and matters.
        calendar_for: From a jurisdiction to its calendar.
        settings: What the workspace decides.

    Raises:
        RuleError: A setting names a parameter that a rule does not have, or lowers a severity.
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
        self.rules: Mapping[str, Rule] = {rule.code: rule for rule in rules}
        self.library = library
        self.settings = settings
        self._types = {record_type.cls: record_type for record_type in types}
        self._calendar_for = calendar_for
        self._parameters = {code: parameters_of(rule, settings) for code, rule in self.rules.items()}
        self._severities = {code: severity_of(rule, settings) for code, rule in self.rules.items()}

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
        """
        waivers = tuple(waivers)
        excuses = Excuses(waivers, baseline or Baseline(), as_of)
        statuses: list[ObligationStatus] = []
        findings: list[Finding] = []
        notes: list[Note] = []
        units: dict[str, Unit] = {}
        calendars: dict[str, Calendar] = {}
        records = 0
        for unit in source.units():
            if not selection.takes_unit(unit.id):
                continue
            if on_unit is not None:
                on_unit(unit.id)
            units[unit.id] = unit
            if unit.jurisdiction not in calendars:
                calendars[unit.jurisdiction] = self._calendar_for(unit.jurisdiction)
            check = _UnitCheck(self, source, unit, as_of, calendars[unit.jurisdiction], selection, excuses, detailed)
            records += check.run()
            statuses += check.statuses()
            for run in check.runs:
                findings += run.findings
                notes += run.notes
        findings.sort(key=lambda entry: (entry.severity.rank, entry.unit, entry.rule, entry.subject, entry.message))
        return CheckReport(
            as_of=as_of,
            known_at=known_at,
            generated_at=generated_at,
            selection=selection,
            library=self.library,
            rules=self.rules,
            units=units,
            statuses=tuple(statuses),
            findings=tuple(findings),
            notes=tuple(notes),
            notices=(*_opaque(source), *unused_waivers(waivers, excuses, self.rules, selection, as_of)),
            records=records,
            calendars={place: calendar.version for place, calendar in calendars.items()},
            adopted={entry.id: entry.jurisdiction for entry in self.settings.instruments if entry.jurisdiction},
        )

    def _run_of(
        self,
        rule: Rule,
        unit: Unit,
        as_of: dt.date,
        calendar: Calendar,
        live: tuple[Citation, ...],
        excuses: Excuses,
        detailed: bool,
    ) -> Run:
        ctx = Context(
            as_of=as_of,
            library=self.library,
            calendar=calendar,
            parameters=self._parameters[rule.code],
            detailed=detailed,
        )
        kind = FoldRun if isinstance(rule, FoldRule) else Run
        return kind(rule, unit, ctx, live, self._types[rule.subject], self._severities[rule.code], excuses)


class _UnitCheck:
    """The check of one unit."""

    def __init__(
        self,
        checker: Checker,
        source: Source,
        unit: Unit,
        as_of: dt.date,
        calendar: Calendar,
        selection: Selection,
        excuses: Excuses,
        detailed: bool,
    ) -> None:
        self._checker = checker
        self._unit = unit
        self._as_of = as_of
        self._selection = selection
        self._loader = Loader(source, checker._types, as_of)
        self._live = live_obligations(checker.library, checker.settings, unit, as_of)
        self.runs: list[Run] = []
        if unit.exists_on(as_of):
            for rule in checker.rules.values():
                live = tuple(citation for citation in rule.answers if citation in self._live)
                if (live or not rule.answers) and self._wanted(rule, live):
                    self.runs.append(checker._run_of(rule, unit, as_of, calendar, live, excuses, detailed))

    def _wanted(self, rule: Rule, live: tuple[Citation, ...]) -> bool:
        """A rule that answers nothing only advises; it runs unless clauses or areas are chosen."""
        if not self._selection.takes_rule(rule):
            return False
        if not rule.answers:
            return not (self._selection.clauses or self._selection.areas)
        library = self._checker.library
        return any(
            self._selection.takes_obligation(citation, library.obligation(citation)) for citation in live
        )

    def run(self) -> int:
        """Run everything; the number of root records read."""
        read = 0
        for root in self._roots():
            reads = _reads(self.runs, root)
            groups = _groups(self.runs, root)
            for dossier in self._loader.dossiers(root, reads, self._unit):
                read += 1
                # Only information items are dispatched by category; a class without one has a single group.
                group = groups.get(getattr(dossier.record, "category", None)) or groups[None]
                group.count += 1
                for check, ctx, run in group.plain:
                    try:
                        result = check(dossier, ctx)
                    except Exception as error:
                        result = run.raised(error, dossier.record)
                    if result is not None:
                        run.take(dossier.record, result)
                if group.conditional:
                    _call_conditional(group, dossier)
                for fold in group.folds:
                    fold.add(dossier)
            for group in groups.values():
                group.settle()
        self._finish_folds()
        nil_returns = [dossier.record for dossier in self._of_unit(NilReturn)]
        for run in self.runs:
            run.settle(nil_returns)
        return read

    def _roots(self) -> list[type[Record]]:
        roots = {_over(run.rule) for run in self.runs}
        return sorted(roots, key=lambda cls: self._checker._types[cls].name)

    def _finish_folds(self) -> None:
        folds = [run for run in self.runs if isinstance(run, FoldRun)]
        for roster in {run.rule.subject for run in folds}:
            of_roster = [run for run in folds if run.rule.subject is roster]
            reads = {entry for run in of_roster for entry in run.rule.reads}
            for dossier in self._loader.dossiers(roster, reads, self._unit):
                for run in of_roster:
                    run.finish(dossier)

    def _of_unit(self, cls: type[Record]) -> Iterator[Dossier[Any]]:
        return self._loader.dossiers(cls, (), self._unit)

    def statuses(self) -> Iterator[ObligationStatus]:
        """The status of every obligation of the instruments checked."""
        able = {
            Citation.parse(dossier.record.obligation): dossier.record.able
            for dossier in self._of_unit(Ability)
            if dossier.record.covers(self._as_of)
        }
        return conclude_unit(
            self._checker.library,
            self._checker.settings,
            self._checker.rules.values(),
            self._unit,
            self._as_of,
            self._selection,
            self.runs,
            able,
        )


def _call_conditional(group: _Group, dossier: Dossier[Any]) -> None:
    record = dossier.record
    for when, (check, ctx, run) in group.conditional:
        if when(record):
            run.subjects += 1
            run.call(check, record, dossier, ctx)


def _over(rule: Rule) -> type[Record]:
    return rule.over if isinstance(rule, FoldRule) else rule.subject


def _reads(runs: Iterable[Run], root: type[Record]) -> set[Reads]:
    return {
        entry
        for run in runs
        if _over(run.rule) is root
        for entry in (run.rule.over_reads if isinstance(run.rule, FoldRule) else run.rule.reads)
    }


def _groups(runs: Iterable[Run], root: type[Record]) -> dict[Any, _Group]:
    """The runs about ``root``, by category; under ``None`` those that take records of any category."""
    concerned = [run for run in runs if _over(run.rule) is root]
    categories = {run.rule.category for run in concerned if run.rule.category is not None}
    groups: dict[Any, _Group] = {key: _Group() for key in (None, *sorted(categories))}
    for run in concerned:
        for key, group in groups.items():
            if run.rule.category is not None and run.rule.category != key:
                continue
            when = run.rule.when
            if isinstance(run, FoldRun):
                group.folds.append(run)
            elif isinstance(run.rule, RecordRule):
                entry = (run.rule.check, run.ctx, run)
                if when is None:
                    group.plain.append(entry)
                else:
                    group.conditional.append((when, entry))
    return groups


def _opaque(source: Source) -> Iterator[Notice]:
    for name, count in source.opaque().items():
        yield Notice(
            code="GOV001",
            message="{count} records of type {name} were not checked: no loaded plugin knows that type.",
            facts={"name": name, "count": count},
        )
