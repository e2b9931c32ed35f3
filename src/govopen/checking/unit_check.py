"""The check of one unit: each of its records is read once and shown to every rule it concerns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from govopen.calendars.port import Calendar
from govopen.checking.dossiers import Loader
from govopen.checking.obligations import conclude_unit, latest_ability, standings
from govopen.checking.port import Source
from govopen.checking.result import ObligationStatus
from govopen.checking.ruleset import Ruleset
from govopen.checking.runs import Excuses, FoldRun, Run
from govopen.checking.selection import Selection
from govopen.model.assurance import Ability, NilReturn
from govopen.model.base import Record
from govopen.model.units import Unit
from govopen.policy.citation import Citation
from govopen.rules.base import FoldRule, Reads, RecordRule, Rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Result

__all__ = ["Task", "UnitCheck"]

_Entry = tuple[Callable[[Dossier[Any], Context], Result], Context, Run]


@attrs.frozen(kw_only=True, eq=False)
class Task:
    """What is the same for every unit of one check."""

    source: Source
    as_of: dt.date
    selection: Selection
    excuses: Excuses
    detailed: bool


class UnitCheck:
    """The check of one unit.

    Attributes:
        runs: The rules that ran, each with what it said.
    """

    def __init__(self, ruleset: Ruleset, task: Task, unit: Unit, calendar: Calendar) -> None:
        self._ruleset = ruleset
        self._task = task
        self._unit = unit
        self._loader = Loader(task.source, ruleset.types, task.as_of)
        self._standings = standings(ruleset.library, ruleset.settings, unit, task.as_of)
        live = {citation for citation, stands in self._standings.items() if stands.status is None}
        self.runs: list[Run] = []
        if unit.exists_on(task.as_of):
            for rule in ruleset.rules.values():
                answered = tuple(citation for citation in rule.answers if citation in live)
                if self._wanted(rule, answered):
                    self.runs.append(self._run_of(rule, answered, calendar))

    def _wanted(self, rule: Rule, answered: tuple[Citation, ...]) -> bool:
        """A rule whose obligations the unit need not meet says nothing. One that answers none only advises: it runs
        unless clauses or areas are chosen.
        """
        selection, library = self._task.selection, self._ruleset.library
        if not selection.takes_rule(rule, self._ruleset.severities[rule.code]):
            return False
        if not rule.answers:
            return not (selection.clauses or selection.areas)
        return any(selection.takes_obligation(citation, library.obligation(citation)) for citation in answered)

    def _run_of(self, rule: Rule, answered: tuple[Citation, ...], calendar: Calendar) -> Run:
        ctx = Context(
            as_of=self._task.as_of,
            library=self._ruleset.library,
            calendar=calendar,
            parameters=self._ruleset.parameters[rule.code],
            detailed=self._task.detailed,
        )
        kind = FoldRun if isinstance(rule, FoldRule) else Run
        return kind(
            rule=rule,
            unit=self._unit,
            ctx=ctx,
            live=answered,
            subject_type=self._ruleset.types[rule.subject],
            severity=self._ruleset.severities[rule.code],
            excuses=self._task.excuses,
        )

    def run(self) -> int:
        """Run every rule; the number of root records read."""
        read = 0
        for root in self._roots():
            groups = _groups(self.runs, root)
            for dossier in self._loader.dossiers(root, _reads(self.runs, root), self._unit):
                read += 1
                # Only information items have categories; other classes have the one group of no category.
                group = groups.get(getattr(dossier.record, "category", None)) or groups[None]
                group.show(dossier)
            for group in groups.values():
                group.settle()
        self._finish_folds()
        nil_returns: list[NilReturn] = [dossier.record for dossier in self._of_unit(NilReturn)]
        for run in self.runs:
            run.settle(nil_returns)
        return read

    def _roots(self) -> list[type[Record]]:
        roots = {_over(run.rule) for run in self.runs}
        return sorted(roots, key=lambda cls: self._ruleset.types[cls].name)

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
        as_of = self._task.as_of
        able = latest_ability((dossier.record for dossier in self._of_unit(Ability)), as_of)
        return conclude_unit(
            self._ruleset,
            self._unit,
            as_of,
            self._task.selection,
            stand=self._standings,
            runs=self.runs,
            able=able,
        )

    def lost(self) -> Iterator[tuple[str, int]]:
        """Records that point at none of the roots this check saw, by type name: no rule has looked at them."""
        for record_type in self._ruleset.types.values():
            for field in record_type.indexes:
                names = record_type.references.get(field, ())
                roots = [other.cls for other in self._ruleset.types.values() if other.name in names]
                if count := self._loader.lost(record_type.cls, field, roots):
                    yield record_type.name, count


class _Group:
    """The runs that take the records of one class; of information items, those of one category."""

    __slots__ = ("_conditional", "_count", "_folds", "_plain")

    def __init__(self) -> None:
        self._count = 0
        self._plain: list[_Entry] = []
        self._conditional: list[tuple[Callable[[Any], bool], _Entry]] = []
        self._folds: list[FoldRun] = []

    def add(self, run: Run) -> None:
        if isinstance(run, FoldRun):
            self._folds.append(run)
        elif isinstance(run.rule, RecordRule):
            entry = (run.rule.check, run.ctx, run)
            if run.rule.when is None:
                self._plain.append(entry)
            else:
                self._conditional.append((run.rule.when, entry))

    def show(self, dossier: Dossier[Any]) -> None:
        """Show one record to every run. This loop runs rules times records times."""
        self._count += 1
        for check, ctx, run in self._plain:
            try:
                result = check(dossier, ctx)
            except Exception as error:  # noqa: BLE001 - it becomes an outcome, and is logged
                result = run.raised(error, dossier.record)
            if result is not None:
                run.take(dossier.record, result)
        for when, (check, ctx, run) in self._conditional:
            try:
                if not when(dossier.record):
                    continue
                result = check(dossier, ctx)
            except Exception as error:  # noqa: BLE001 - as above
                result = run.raised(error, dossier.record)
            run.subjects += 1
            if result is not None:
                run.take(dossier.record, result)
        for fold in self._folds:
            fold.add(dossier)

    def settle(self) -> None:
        """Tell the runs without a condition how many records they were shown."""
        for _, _, run in self._plain:
            run.subjects += self._count


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
    groups: dict[Any, _Group] = {key: _Group() for key in (None, *categories)}
    for run in concerned:
        for key, group in groups.items():
            if run.rule.category is None or run.rule.category == key:
                group.add(run)
    return groups
