"""The check at a glance: what each clause comes to for each unit."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from govopen.checking.algebra import Reason, Status
from govopen.checking.result import CheckReport, ObligationStatus
from govopen.policy.instrument import Clause

__all__ = ["SYMBOLS", "Cell", "Row", "come_to", "overview", "unmapped"]

SYMBOLS = {
    Status.VIOLATED: "✗",
    Status.ERROR: "!",
    Status.UNDECIDABLE: "?",
    Status.STALE: "⌛",
    Status.AWAITING_EVIDENCE: "…",
    Status.AWAITING_JUDGEMENT: "⋯",
    Status.NOTHING_RECORDED: "∅",
    Status.NOT_SHOWN: "↘",
    Status.NOT_YET_DUE: "◷",
    Status.MET_LATE: "◔",
    Status.WAIVED: "W",
    Status.NOT_CHECKED: "·",
    Status.SATISFIED: "✓",
    Status.OVERTAKEN: "↷",
    Status.NOT_APPLICABLE: "–",
}
"""A sign for each status, so that no reader depends on colour."""

_ORDER = {status: position for position, status in enumerate(Status)}


@attrs.frozen
class Cell:
    """What a clause comes to for a unit: its worst status, and how many obligations have each."""

    unit: str
    status: Status
    counts: dict[Status, int]


@attrs.frozen
class Row:
    """A clause and its cells, one for each unit of the report, in the report's order."""

    instrument: str
    clause: Clause
    cells: tuple[Cell, ...]


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
