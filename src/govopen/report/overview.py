"""The check at a glance: what each clause comes to for each unit."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import attrs

from govopen.checking.algebra import Reason, Status
from govopen.checking.result import FAIL_ON, CheckReport, Finding, ObligationStatus
from govopen.policy.citation import Citation
from govopen.policy.instrument import Clause, Overtaken
from govopen.rules.base import Rule, Severity
from govopen.rules.results import Outcome

__all__ = [
    "AWAITED",
    "OUTCOME_STATUS",
    "SYMBOLS",
    "Cell",
    "Group",
    "Row",
    "come_to",
    "groups",
    "later_law",
    "law_of",
    "overview",
    "ranges",
    "short",
    "to_settle",
    "unmapped",
    "unverified",
]

# One column wide in every terminal: East Asian ones give two to signs that Unicode calls wide or ambiguous.
SYMBOLS = {
    Status.VIOLATED: "✗",
    Status.ERROR: "!",
    Status.UNDECIDABLE: "?",
    Status.STALE: "↻",
    Status.AWAITING_EVIDENCE: "▢",
    Status.AWAITING_JUDGEMENT: "⋄",
    Status.NOTHING_RECORDED: "∅",
    Status.NOT_SHOWN: "~",
    Status.NOT_YET_DUE: "◷",
    Status.MET_LATE: "◔",
    Status.WAIVED: "w",
    Status.NOT_CHECKED: "∙",
    Status.SATISFIED: "✓",
    Status.OVERTAKEN: "↷",
    Status.NOT_APPLICABLE: "-",
}
"""A sign for each status, so that no reader depends on colour."""

OUTCOME_STATUS = {
    Outcome.FAIL: Status.VIOLATED,
    Outcome.ERROR: Status.ERROR,
    Outcome.UNDECIDABLE: Status.UNDECIDABLE,
    Outcome.STALE: Status.STALE,
    Outcome.AWAITING_EVIDENCE: Status.AWAITING_EVIDENCE,
    Outcome.AWAITING_JUDGEMENT: Status.AWAITING_JUDGEMENT,
    Outcome.WAIVED: Status.WAIVED,
}
"""As which status the outcome of a finding is shown."""

AWAITED = frozenset({Outcome.AWAITING_EVIDENCE, Outcome.AWAITING_JUDGEMENT})
"""What is no finding to settle, but something still to come."""

_ORDER = {status: position for position, status in enumerate(Status)}


@attrs.frozen
class Cell:
    """What a clause comes to for a unit: its worst status, and how many obligations have each."""

    unit: str
    status: Status
    counts: dict[Status, int]

    @property
    def number(self) -> int:
        """How many obligations have the worst status."""
        return self.counts[self.status]


@attrs.frozen
class Row:
    """A clause and its cells, one for each unit of the report, in the report's order."""

    instrument: str
    clause: Clause
    cells: tuple[Cell, ...]


@attrs.frozen
class Group:
    """What one rule found under one state of the law: law and remedy need to be said once."""

    rule: Rule
    laws: tuple[Citation, ...]
    obligations: tuple[Citation, ...]
    entries: tuple[Finding, ...]


def come_to(entries: Iterable[ObligationStatus]) -> Status:
    """The first status in the order of a report that occurs."""
    return min((entry.status for entry in entries), key=_ORDER.__getitem__)


def unmapped(report: CheckReport) -> dict[str, list[str]]:
    """The obligations that nothing answers, by instrument."""
    found: dict[str, list[str]] = {}
    for entry in report.statuses:
        if entry.reason is Reason.UNMAPPED or (not entry.rules and entry.status is not Status.OVERTAKEN):
            known = found.setdefault(entry.citation.instrument, [])
            if entry.citation.local not in known:
                known.append(entry.citation.local)
    return found


def ranges(obligations: Iterable[str]) -> list[str]:
    """Obligations of one instrument, written short: ``1.3/o1-o3`` for three in a row."""
    found = []
    split = [(clause, int(number[1:])) for clause, _, number in (local.partition("/") for local in obligations)]
    for (clause, _), run in groupby(enumerate(split), key=lambda pair: (pair[1][0], pair[1][1] - pair[0])):
        numbers = [number for _, (_, number) in run]
        last = f"-o{numbers[-1]}" if len(numbers) > 1 else ""
        found.append(f"{clause}/o{numbers[0]}{last}")
    return found


def short(report: CheckReport, citations: Iterable[Citation]) -> list[str]:
    """Obligations written short; with their instruments, where the report is about several."""
    several = len(report.instruments) > 1
    return ranges(str(citation) if several else citation.local for citation in citations)


def groups(report: CheckReport) -> list[tuple[Severity, list[Group]]]:
    """The findings to settle, the gravest first, rule by rule; what is only awaited is not among them."""
    shown = sorted(
        (entry for entry in report.findings if entry.outcome not in AWAITED),
        key=lambda entry: (entry.severity.rank, entry.rule),
    )
    return [(severity, _groups(report, list(of_it))) for severity, of_it in groupby(shown, key=lambda e: e.severity)]


def _groups(report: CheckReport, entries: list[Finding]) -> list[Group]:
    found: dict[tuple[str, tuple[Citation, ...]], list[Finding]] = {}
    for entry in entries:
        found.setdefault((entry.rule, law_of(report, entry)), []).append(entry)
    return [
        Group(
            report.rules[code],
            laws,
            tuple(sorted({citation for entry in of_it for citation in entry.obligations})),
            tuple(of_it),
        )
        for (code, laws), of_it in found.items()
    ]


def law_of(report: CheckReport, entry: Finding) -> tuple[Citation, ...]:
    """The law of a finding's rule that was in force on the day of the act; of a standing duty, on the as-of date."""
    basis = report.rules[entry.rule].basis
    on = entry.act_on or report.as_of
    return tuple(citation for citation in basis if report.library.instrument(citation.instrument).in_force(on)) or basis


def later_law(report: CheckReport) -> list[tuple[list[str], list[str], Overtaken]]:
    """What later law did: the obligations (written short) and the units that each later provision touched."""
    found: dict[Overtaken, dict[Citation, list[str]]] = {}
    for entry in report.statuses:
        if entry.status is not Status.NOT_APPLICABLE:
            for later in entry.later_law:
                found.setdefault(later, {}).setdefault(entry.citation, []).append(entry.unit)
    rows = []
    for later, touched in sorted(found.items(), key=lambda pair: (pair[0].since, str(pair[0].by))):
        by_units: dict[tuple[str, ...], list[Citation]] = {}
        for citation, units in sorted(touched.items()):
            by_units.setdefault(tuple(units), []).append(citation)
        rows += [(short(report, citations), list(units), later) for units, citations in by_units.items()]
    return rows


def unverified(report: CheckReport) -> list[str]:
    """The matters and citations behind the statuses that nobody has verified."""
    return sorted({name for entry in report.statuses for name in entry.unverified})


def to_settle(report: CheckReport) -> dict[str, int]:
    """How many obligations of each unit make the check fail as it does by default."""
    found = dict.fromkeys(report.units, 0)
    for entry in report.failing(FAIL_ON):
        found[entry.unit] += 1
    return found


def overview(report: CheckReport) -> list[Row]:
    """The clauses that any rule, evidence or judgement answers, with what they come to for each unit."""
    by_clause: dict[tuple[str, str], dict[str, list[ObligationStatus]]] = {}
    answered: set[tuple[str, str]] = set()
    for entry in report.statuses:
        place = (entry.citation.instrument, entry.citation.clause)
        by_clause.setdefault(place, {}).setdefault(entry.unit, []).append(entry)
        if entry.rules:
            answered.add(place)
    rows = []
    for (name, number), units in by_clause.items():
        clause = report.library.instrument(name).clause(number)
        if (name, number) in answered and clause is not None:
            cells = tuple(_cell(unit, units[unit]) for unit in report.units)
            rows.append(Row(name, clause, cells))
    return rows


def _cell(unit: str, entries: list[ObligationStatus]) -> Cell:
    counts = {status: sum(entry.status is status for entry in entries) for status in Status}
    return Cell(unit, come_to(entries), {status: count for status, count in counts.items() if count})
