"""Trying a rule on its own cases, among all other rules."""

from __future__ import annotations

import datetime as dt
import string
from functools import cache

from govopen.checking.algebra import Status
from govopen.checking.engine import Checker
from govopen.checking.result import CheckReport, Finding, Note
from govopen.checking.runs import NOT_COMPUTABLE
from govopen.checking.settings import CheckSettings, InstrumentSettings
from govopen.model.units import Unit
from govopen.office.clock import SHANGHAI
from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.policy.instrument import Check
from govopen.rules.base import Case, Rule
from govopen.rules.results import Outcome
from govopen.rules.samples import UNIT
from govopen.testing.memory import MemoryStore

__all__ = ["assert_cases", "broken", "run_case"]

_UNMET = {
    Check.AUTO: {Status.VIOLATED, Status.NOT_SHOWN},
    Check.EVIDENCE: {Status.VIOLATED, Status.STALE, Status.AWAITING_EVIDENCE},
    Check.JUDGEMENT: {Status.VIOLATED, Status.NOT_SHOWN},
}
_SAID = {Outcome.FAIL, Outcome.ERROR, Outcome.UNDECIDABLE, Outcome.STALE, Outcome.AWAITING_EVIDENCE}


@cache
def _builtin() -> Registry:
    return Registry.load()


def run_case(case: Case, registry: Registry | None = None) -> CheckReport:
    """Check the records of ``case`` with every rule of ``registry`` (default: all that is installed).

    Plans are taken to go on after their time, so that a case may lie in any year.
    """
    registry = registry or _builtin()
    instruments = tuple(
        InstrumentSettings(id=instrument.id, continues=True)
        for instrument in registry.library.instruments.values()
        if any(clause.obligations for clause in instrument.clauses)
    )
    checker = Checker(
        rules=registry.rules,
        types=registry.types,
        library=registry.library,
        calendar_for=registry.calendar_for,
        settings=CheckSettings(instruments=instruments),
    )
    with MemoryStore(registry.types) as store:
        with store.transaction() as transaction:
            if not any(isinstance(record, Unit) for record in case.records):
                transaction.put(UNIT)
            for record in case.records:
                transaction.put(record)
        noon = dt.datetime.combine(case.as_of, dt.time(12), SHANGHAI)
        return checker.check(store, as_of=case.as_of, generated_at=noon, detailed=True)


def broken(report: CheckReport) -> set[Citation]:
    """The obligations that are violated, or not shown to be promoted, for any unit."""
    return {
        entry.citation for entry in report.statuses if entry.status in {Status.VIOLATED, Status.NOT_SHOWN, Status.ERROR}
    }


def assert_cases(rule: Rule, registry: Registry | None = None) -> None:
    """Assert that the rule passes its valid cases and that each invalid one breaks just the obligations it answers.

    The rule must not raise, and whatever it says is one of its messages, with every fact that fills it.

    Args:
        rule: The rule, which ``registry`` has to hold.
        registry: Default: all that is installed.

    Raises:
        AssertionError: Naming the rule, the case, and what was broken instead.
    """
    for case in rule.valid:
        report = run_case(case, registry)
        _speaks_properly(rule, case, report)
        said = [entry for entry in report.findings if entry.rule == rule.code and entry.outcome in _SAID]
        assert not said, f"{rule.code} is not kept by its valid case '{case.name.en}': {said}"
        assert not broken(report), f"{rule.code}, valid case '{case.name.en}': breaks {_names(broken(report))}"
    for case in rule.invalid:
        report = run_case(case, registry)
        _speaks_properly(rule, case, report)
        said = [entry for entry in report.findings if entry.rule == rule.code and entry.outcome in _SAID]
        assert said, f"{rule.code} says nothing of its invalid case '{case.name.en}'"
        others = broken(report) - set(rule.answers)
        assert not others, f"{rule.code}, invalid case '{case.name.en}': also breaks {_names(others)}"
        for citation in rule.answers:
            met = [entry for entry in report.statuses if entry.citation == citation]
            assert any(entry.status in _UNMET[rule.kind] for entry in met), (
                f"{rule.code}, invalid case '{case.name.en}': {citation} is {[entry.status.value for entry in met]}"
            )


def _speaks_properly(rule: Rule, case: Case, report: CheckReport) -> None:
    """A rule that raises, and one whose message cannot be shown, would be taken for one that objects."""
    said: tuple[Finding | Note, ...] = (*report.findings, *report.notes)
    for entry in said:
        if entry.rule != rule.code:
            continue
        where = f"{rule.code}, case '{case.name.en}'"
        raised = isinstance(entry, Finding) and entry.outcome is Outcome.ERROR
        assert not raised, f"{where}: the rule raised {entry.facts.get('error')} (the log says where)"
        if entry.message == NOT_COMPUTABLE:
            continue
        text = rule.messages.get(entry.message)
        assert text is not None, f"{where}: says '{entry.message}', which is none of its messages"
        missing = {name for _, name, _, _ in string.Formatter().parse(text.en) if name} - set(entry.facts)
        assert not missing, f"{where}: message '{entry.message}' lacks {', '.join(sorted(missing))}"


def _names(citations: set[Citation]) -> str:
    return ", ".join(map(str, sorted(citations)))
