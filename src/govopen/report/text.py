"""The check report for a terminal or a plain text file."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from govopen.checking.algebra import Status
from govopen.checking.result import CheckReport, Finding
from govopen.report.overview import SYMBOLS, overview, unmapped
from govopen.report.render import Renderer
from govopen.rules.results import Outcome
from govopen.texts import Language

__all__ = ["print_report"]

_STYLES = {
    Status.VIOLATED: "bold red",
    Status.ERROR: "bold magenta",
    Status.UNDECIDABLE: "yellow",
    Status.STALE: "yellow",
    Status.AWAITING_EVIDENCE: "cyan",
    Status.AWAITING_JUDGEMENT: "cyan",
    Status.NOTHING_RECORDED: "cyan",
    Status.NOT_SHOWN: "yellow",
    Status.MET_LATE: "yellow",
    Status.SATISFIED: "green",
}

_AWAITED = frozenset({Outcome.AWAITING_EVIDENCE, Outcome.AWAITING_JUDGEMENT})


def print_report(report: CheckReport, console: Console, lang: Language) -> None:
    """Print the report: the clauses at a glance, every finding with its law and remedy, what is awaited, the sums."""
    words = Renderer(report, lang)
    console.print(_heading(report, words), style="bold")
    console.print(_matrix(report, words))
    console.print(_legend(report, words))
    shown = [entry for entry in report.findings if entry.outcome not in _AWAITED]
    if shown:
        console.print()
        console.print(words.say("Findings ({count})", count=len(shown)), style="bold")
        for severity, entries in groupby(shown, key=lambda entry: entry.severity):
            console.print(words.label(severity), style="underline")
            for entry in entries:
                _print_finding(entry, words, console)
    _print_awaited(report, words, console)
    _print_measurements(report, words, console)
    _print_unmapped(report, words, console)
    for notice in report.notices:
        console.print(f"{notice.code} {words.notice(notice)}", style="yellow", highlight=False)
    console.print()
    console.print(_summary(report, words), highlight=False)


def _heading(report: CheckReport, words: Renderer) -> str:
    return words.say(
        "Obligations of {units} units as of {as_of}, from {records} records",
        units=len(report.units),
        as_of=report.as_of.isoformat(),
        records=report.records,
    )


def _matrix(report: CheckReport, words: Renderer) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column(words.say("Clause"), no_wrap=True)
    table.add_column("", overflow="ellipsis", no_wrap=True, max_width=34)
    for number, _ in enumerate(report.units, 1):
        table.add_column(str(number), justify="center", no_wrap=True)
    for row in overview(report):
        cells = [Line(SYMBOLS[cell.status], style=_STYLES.get(cell.status, "dim")) for cell in row.cells]
        table.add_row(row.clause.id, words.text(row.clause.heading), *cells)
    return table


def _legend(report: CheckReport, words: Renderer) -> Line:
    line = Line()
    for number, unit in enumerate(report.units, 1):
        line.append(f"{number} {unit}  ", style="dim")
    line.append("\n")
    for status in report.summary():
        line.append(SYMBOLS[status], style=_STYLES.get(status, "dim"))
        line.append(f" {words.label(status)}  ", style="dim")
    return line


def _print_finding(entry: Finding, words: Renderer, console: Console) -> None:
    rule = words.report.rules[entry.rule]
    line = Line.assemble(
        (entry.rule, "bold"),
        " ",
        words.text(rule.title),
        (f" [{words.label(entry.outcome)}]", "yellow"),
        (" " + words.say("[accepted before]") if entry.baselined else "", "dim"),
    )
    console.print(Padding(line, (0, 0, 0, 2)))
    details = [
        f"{entry.unit} · {entry.subject_type} {entry.subject}",
        words.message(entry),
        words.say("Law: {law}", law="; ".join(words.laws(entry))),
        words.say("Do: {remedy}", remedy=words.text(rule.remedy)),
    ]
    if entry.waiver:
        details.append(words.say("Waived: {waiver}", waiver=entry.waiver))
    details += [words.say("Our reading: {reading}", reading=reading) for reading in words.readings(entry)]
    for detail in details:
        console.print(Padding(Line(detail), (0, 0, 0, 6)))


def _print_awaited(report: CheckReport, words: Renderer, console: Console) -> None:
    awaited: dict[str, list[str]] = {}
    for entry in report.statuses:
        if entry.status in {Status.AWAITING_EVIDENCE, Status.AWAITING_JUDGEMENT, Status.NOTHING_RECORDED}:
            awaited.setdefault(f"{entry.unit}: {words.label(entry.status)}", []).append(entry.citation.local)
    if awaited:
        console.print()
        console.print(words.say("Awaited"), style="bold")
        for heading, obligations in awaited.items():
            console.print(Padding(Line(f"{heading}: {', '.join(obligations)}"), (0, 0, 0, 2)))


def _print_measurements(report: CheckReport, words: Renderer, console: Console) -> None:
    if report.notes:
        console.print()
        console.print(words.say("Measured where rules pass"), style="bold")
        for entry in report.notes:
            text = f"{entry.rule} {entry.unit} · {entry.subject_type} {entry.subject}: {words.message(entry)}"
            console.print(Padding(Line(text), (0, 0, 0, 2)))


def _print_unmapped(report: CheckReport, words: Renderer, console: Console) -> None:
    for instrument, obligations in unmapped(report).items():
        console.print()
        console.print(
            words.say(
                "Nothing checks these {count} obligations of {instrument} yet: {obligations}",
                count=len(obligations),
                instrument=instrument,
                obligations=" ".join(obligations),
            ),
            style="dim",
            highlight=False,
        )


def _summary(report: CheckReport, words: Renderer) -> Line:
    line = Line()
    for status, count in report.summary().items():
        line.append(f"{count} {words.label(status)}", style=_STYLES.get(status, "dim"))
        line.append("  ")
    return line
