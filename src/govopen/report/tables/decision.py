"""What a discretion table says of a case, or of many: as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import msgspec
from rich.console import Console
from rich.table import Table as Drawing
from rich.text import Text as Line

from govopen.discretion.deciding import Decision
from govopen.discretion.language import parse_cell
from govopen.discretion.table import Table
from govopen.report.sheet import Sheet
from govopen.report.tables.document import case_document, plain, row_document
from govopen.report.tables.wording import TableWords, statutes_of
from govopen.texts import Language, Text

__all__ = ["DecidedCase", "decisions_csv", "decisions_json", "print_decision", "print_decisions"]

_STATUSES = {
    "decided": Text("已决定", "decided"),
    "no_row": Text("没有适用行", "no row is met"),
    "conflict": Text("各行互相矛盾", "rows contradict each other"),
    "undecidable": Text("无法决定", "undecidable"),
}
_STYLES = {"decided": "green", "no_row": "bold red", "conflict": "bold red", "undecidable": "yellow"}
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@attrs.frozen(kw_only=True)
class DecidedCase:
    """A case as it was given, and what the table says of it.

    Attributes:
        line: Of the file of cases; 0: there is none.
    """

    case: Mapping[str, Any]
    decision: Decision
    line: int = 0


def print_decision(table: Table, entry: DecidedCase, console: Console, lang: Language) -> None:
    """Print what follows and by which conditions, or what stands in the way."""
    words, decision = TableWords(lang), entry.decision
    sheet = Sheet(console, words)
    sheet.title(table.document.title or table.document.id)
    sheet.field(words.say("Case"), words.case(table.axes, entry.case))
    sheet.line(words.text(_STATUSES[decision.status]), style=_STYLES[decision.status])
    if decision.row is not None:
        sheet.field(words.say("Row"), words.row(decision.row))
    if decision.outputs is not None:
        sheet.field(words.say("Result"), _output(decision.outputs, words))
    if decision.row is not None and decision.penalty is not None:
        row = decision.row
        sheet.field(words.say("Outcome"), words.outcome(table, row))
        sheet.field(words.say("Fine (CNY)"), decision.amount)
        sheet.field(words.say("Mode"), row.mode)
        sheet.field(words.say("Clause"), row.citation)
        sheet.field(words.say("Ground"), row.ground)
        sheet.section(words.say("Law"), (words.law(statute) for statute in statutes_of(table, entry.case)))
    sheet.section(words.say("Because"), _because(table, decision, words))
    if decision.row is None:
        lines = (
            words.say("{row}: {outcome}", row=words.row(row), outcome=words.outcome(table, row))
            for row in (table.rows[number - 1] for number in decision.rows)
        )
        label = {"conflict": words.say("In conflict"), "undecidable": words.say("Might apply")}
        sheet.section(label.get(decision.status, words.say("Rows")), lines)
    sheet.section(words.say("Not known"), _missing(table, decision, words))
    if decision.ambiguous:
        sheet.line(words.say("It depends on how an ambiguous condition is read."))


def _because(table: Table, decision: Decision, words: TableWords) -> list[str]:
    axes = {axis.name: axis for axis in table.axes}
    found = []
    for held in decision.trace:
        axis = axes[held.input]
        value = words.value(axis, axis.place(held.value))
        condition = words.spans(axis, parse_cell(held.condition, axis))
        found.append(
            words.say("{input} {value} meets {condition}", input=words.name(axis), value=value, condition=condition)
        )
    return found


def _missing(table: Table, decision: Decision, words: TableWords) -> list[str]:
    axes = {axis.name: axis for axis in table.axes}
    return [words.name(axes[name]) for name in decision.missing]


def _output(outputs: Any, words: TableWords) -> str:
    if isinstance(outputs, Mapping):
        return words.join(f"{name} = {_output(value, words)}" for name, value in outputs.items())
    if isinstance(outputs, list):
        return words.join(_output(value, words) for value in outputs) or "[]"
    if isinstance(outputs, bool):
        return words.text(Text("是", "yes") if outputs else Text("否", "no"))
    return str(plain(outputs))


def decision_document(table: Table, entry: DecidedCase) -> dict[str, Any]:
    """A decision as plain data. Keys and codes never change with the language."""
    decision = entry.decision
    return {
        **({"line": entry.line} if entry.line else {}),
        "case": case_document(entry.case),
        "status": decision.status,
        "row": row_document(table, decision.row.number) if decision.row is not None else None,
        "rows": list(decision.rows),
        "amount_yuan": plain(decision.amount),
        "outputs": plain(decision.outputs),
        "missing": list(decision.missing),
        "ambiguous": decision.ambiguous,
        "trace": [
            {"input": held.input, "value": plain(held.value), "condition": held.condition} for held in decision.trace
        ],
    }


def decisions_json(table: Table, entries: Sequence[DecidedCase], *, many: bool) -> bytes:
    """Indented UTF-8 JSON: one decision, or with ``many`` the table's version and a list of them."""
    document: dict[str, Any]
    if many:
        document = {
            "table": table.document.id,
            "version": table.digest,
            "decisions": [decision_document(table, entry) for entry in entries],
        }
    else:
        document = {
            "table": table.document.id,
            "version": table.digest,
            **decision_document(table, entries[0]),
        }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _summary(table: Table, entry: DecidedCase, words: TableWords) -> tuple[str, str, str, str, str]:
    """Row, tier, outcome, status and what is missing."""
    decision = entry.decision
    tier = decision.row.tier if decision.row is not None else ""
    outcome = ""
    if decision.outputs is not None:
        outcome = _output(decision.outputs, words)
    elif decision.row is not None:
        outcome = words.outcome(table, decision.row)
    rows = " ".join(map(str, decision.rows))
    return rows, tier, outcome, decision.status, " ".join(decision.missing)


def decisions_csv(table: Table, entries: Iterable[DecidedCase], lang: Language) -> str:
    """CSV: the facts under the names of inputs, then row, tier, outcome, amount_yuan, status, missing."""
    words = TableWords(lang)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [axis.name for axis in table.axes]
    writer.writerow([_safe(name) for name in names] + ["row", "tier", "outcome", "amount_yuan", "status", "missing"])
    for entry in entries:
        facts = [
            axis.write(axis.place(entry.case[axis.name])) if axis.name in entry.case else "" for axis in table.axes
        ]
        row, tier, outcome, status, missing = _summary(table, entry, words)
        amount = "" if entry.decision.amount is None else f"{entry.decision.amount:f}"
        cells = [row, tier, outcome, amount, status, missing]
        writer.writerow([fact if _number(fact) else _safe(fact) for fact in facts] + [_safe(cell) for cell in cells])
    return out.getvalue()


def _number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def _safe(text: str) -> str:
    """A text of the table that no spreadsheet runs."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def print_decisions(table: Table, entries: Sequence[DecidedCase], console: Console, lang: Language) -> None:
    """Print a line for each case, and how many have which status."""
    words = TableWords(lang)
    drawing = Drawing(box=None, pad_edge=False, padding=(0, 1))
    for heading in (
        words.say("Line"),
        *(words.name(axis) for axis in table.axes),
        words.say("Row"),
        words.say("Tier"),
        words.say("Outcome"),
        words.say("Status"),
        words.say("Not known"),
    ):
        drawing.add_column(Line(heading), overflow="fold")
    for entry in entries:
        facts = [
            words.value(axis, axis.place(entry.case[axis.name])) if axis.name in entry.case else ""
            for axis in table.axes
        ]
        row, tier, outcome, status, _ = _summary(table, entry, words)
        told = Line(words.text(_STATUSES[status]), style=_STYLES[status])
        missing = words.join(_missing(table, entry.decision, words))
        drawing.add_row(*(Line(cell) for cell in (str(entry.line), *facts, row, tier, outcome)), told, Line(missing))
    console.print(drawing)
    counts = {status: sum(entry.decision.status == status for entry in entries) for status in _STATUSES}
    gap = "，" if lang == "zh-Hans" else ", "
    told_all = gap.join(f"{words.text(_STATUSES[status])} {count}" for status, count in counts.items() if count)
    console.print(Line(told_all, style="bold"))
