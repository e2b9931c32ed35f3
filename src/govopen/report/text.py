"""The check report for a terminal or a plain text file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from govopen.checking.algebra import Status
from govopen.checking.result import CheckReport, Finding
from govopen.policy.citation import Citation
from govopen.report.overview import (
    OUTCOME_STATUS,
    SYMBOLS,
    Group,
    groups,
    later_law,
    overview,
    ranges,
    short,
    unmapped,
    unverified,
)
from govopen.report.render import Renderer
from govopen.report.wrapping import wrapped
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

_AWAITED = frozenset({Status.AWAITING_EVIDENCE, Status.AWAITING_JUDGEMENT, Status.NOTHING_RECORDED})


def print_report(report: CheckReport, console: Console, lang: Language, *, brief: bool = False) -> None:
    """Print the report: the clauses at a glance, every finding with its law and remedy, what is awaited, the sums.

    Everything is printed as text: identifiers may look like rich's markup.

    Args:
        report: The check.
        console: Where to.
        lang: Language of the report.
        brief: Leave out law, remedy and readings; ``govopen explain`` and the other reports have them.
    """
    words = Renderer(report, lang)
    console.print(Line(_heading(report, words), style="bold"))
    _print_instruments(report, words, console)
    for notice in report.notices:
        _indented(console, Line(f"{notice.code} {words.notice(notice)}", style="yellow"), 0)
    console.print(_matrix(report, words))
    _print_legend(report, words, console)
    _print_findings(report, words, console, brief=brief)
    _print_awaited(report, words, console)
    _print_later_law(report, words, console)
    _print_measurements(report, words, console)
    _print_unverified(report, words, console)
    _print_unmapped(report, words, console)
    console.print()
    _print_row(_sums(report, words), console)


def _heading(report: CheckReport, words: Renderer) -> str:
    return words.say(
        "Obligations of {units} units as of {as_of}, from {records} records",
        units=len(report.units),
        as_of=report.as_of.isoformat(),
        records=report.records,
    )


def _print_instruments(report: CheckReport, words: Renderer, console: Console) -> None:
    for chosen in report.instruments:
        instrument = report.library.instrument(chosen.id)
        title = f"{words.text(instrument.title)} {instrument.document_number}".rstrip()
        for line in (title, *words.decided(chosen)):
            _indented(console, Line(line, style="dim"), 0)


def _matrix(report: CheckReport, words: Renderer) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(words.say("Clause"), no_wrap=True)
    table.add_column("", overflow="ellipsis", no_wrap=True, max_width=34)
    for number, _ in enumerate(report.units, 1):
        table.add_column(str(number), justify="right", no_wrap=True)
    for row in overview(report):
        cells = [Line(SYMBOLS[cell.status], style=_STYLES.get(cell.status, "dim")) for cell in row.cells]
        table.add_row(Line(row.clause.id), Line(words.text(row.clause.heading)), *cells)
    return table


def _print_legend(report: CheckReport, words: Renderer, console: Console) -> None:
    """Which unit is which, and what the signs mean."""
    units = [Line(f"{number} {unit}", style="dim") for number, unit in enumerate(report.units, 1)]
    signs = [
        Line.assemble((SYMBOLS[status], _STYLES.get(status, "dim")), (f" {words.label(status)}", "dim"))
        for status in report.summary()
    ]
    for entries in (units, signs):
        _print_row(entries, console)


def _print_row(entries: Iterable[Line], console: Console) -> None:
    """Entries side by side, each whole on one line."""
    line = Line()
    for entry in entries:
        if line.cell_len and line.cell_len + 2 + entry.cell_len > console.width:
            _print_whole(line, console)
            line = Line()
        line = Line("  ").join([line, entry]) if line.cell_len else entry
    _print_whole(line, console)


def _print_whole(line: Line, console: Console) -> None:
    console.print(line, no_wrap=True, overflow="ignore", crop=False)


def _indented(console: Console, line: Line, by: int) -> None:
    for piece in wrapped(line, console.width - by):
        _print_whole(Line(" " * by) + piece, console)


def _print_findings(report: CheckReport, words: Renderer, console: Console, *, brief: bool) -> None:
    found = groups(report)
    if not found:
        return
    count = sum(len(group.entries) for _, of_it in found for group in of_it)
    console.print()
    console.print(Line(words.say("Findings ({count})", count=count), style="bold"))
    for severity, of_it in found:
        console.print(Line(words.label(severity), style="underline"))
        for group in of_it:
            _print_group(group, words, console)
            if not brief:
                _print_law(group, words, console)


def _print_group(group: Group, words: Renderer, console: Console) -> None:
    _indented(console, Line.assemble((group.rule.code, "bold"), " ", words.text(group.rule.title)), 2)
    for entry in group.entries:
        _indented(console, _finding(entry, words), 4)


def _print_law(group: Group, words: Renderer, console: Console) -> None:
    rule = group.rule
    separator = "；" if words.lang == "zh-Hans" else "; "
    # A unit's own rule may rest on no law that anybody has written down here.
    laws = [words.say("Law: {law}", law=separator.join(map(words.law, group.laws)))] if group.laws else []
    details = [
        *laws,
        words.say("Do: {remedy}", remedy=words.text(rule.remedy)),
        *(words.say("Our reading: {reading}", reading=reading) for reading in words.readings(group.obligations)),
    ]
    for detail in details:
        _indented(console, Line(detail, style="dim"), 6)


def _finding(entry: Finding, words: Renderer) -> Line:
    status = OUTCOME_STATUS[entry.outcome]
    line = Line.assemble(
        (SYMBOLS[status], _STYLES.get(status, "dim")), f" {entry.unit} · {entry.subject_type} {entry.subject}: "
    )
    if entry.outcome is not Outcome.FAIL:
        line.append(f"[{words.label(entry.outcome)}] ", style="yellow")
    line.append(words.message(entry))
    if entry.waiver:
        line.append(" " + words.waived(entry), style="dim")
    if entry.baselined:
        line.append(" " + words.say("[accepted before]"), style="dim")
    return line


def _print_awaited(report: CheckReport, words: Renderer, console: Console) -> None:
    awaited: dict[str, list[Citation]] = {}
    for entry in report.statuses:
        if entry.status in _AWAITED:
            awaited.setdefault(f"{entry.unit}: {words.label(entry.status)}", []).append(entry.citation)
    if awaited:
        console.print()
        console.print(Line(words.say("Awaited"), style="bold"))
        for heading, obligations in awaited.items():
            _indented(console, Line(f"{heading}: {' '.join(short(report, obligations))}"), 2)


def _print_later_law(report: CheckReport, words: Renderer, console: Console) -> None:
    found = later_law(report)
    if not found:
        return
    console.print()
    console.print(Line(words.say("What later law changed"), style="bold"))
    for obligations, units, later in found:
        law = words.law(later.by, verified=later.verified)
        head = f"{' '.join(obligations)}: {later.since} {words.label(later.effect)}: {law}"
        _indented(console, Line(head), 2)
        _indented(console, Line(f"{words.text(later.note)} [{' '.join(units)}]", style="dim"), 4)


def _print_unverified(report: CheckReport, words: Renderer, console: Console) -> None:
    if names := unverified(report):
        text = words.say("Nobody has verified these in a copy of the text: {names}", names=", ".join(names))
        console.print()
        _indented(console, Line(text, style="dim"), 0)


def _print_measurements(report: CheckReport, words: Renderer, console: Console) -> None:
    if report.notes:
        console.print()
        console.print(Line(words.say("Measured where rules pass"), style="bold"))
        for entry in report.notes:
            text = f"{entry.rule} {entry.unit} · {entry.subject_type} {entry.subject}: {words.message(entry)}"
            _indented(console, Line(text), 2)


def _print_unmapped(report: CheckReport, words: Renderer, console: Console) -> None:
    for instrument, obligations in unmapped(report).items():
        text = words.say(
            "Nothing checks these {count} obligations of {instrument} yet: {obligations}",
            count=len(obligations),
            instrument=instrument,
            obligations=" ".join(ranges(obligations)),
        )
        console.print()
        _indented(console, Line(text, style="dim"), 0)


def _sums(report: CheckReport, words: Renderer) -> Iterator[Line]:
    for status, count in report.summary().items():
        yield Line(f"{count} {words.label(status)}", style=_STYLES.get(status, "dim"))
