"""What was found out about a discretion table, for a terminal or a plain text file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console

from govopen.discretion.properties import PROPERTIES, Property, Verdict, Witness
from govopen.discretion.table import Table
from govopen.report.sheet import Sheet
from govopen.report.tables.checked import CheckedTable
from govopen.report.tables.wording import TableWords, statutes_of
from govopen.texts import Language, Text

__all__ = ["print_checked", "said", "sentence"]

_SIGNS = {Verdict.PROVED: "✓", Verdict.REFUTED: "✗", Verdict.UNKNOWN: "?"}
_STYLES = {Verdict.PROVED: "green", Verdict.REFUTED: "bold red", Verdict.UNKNOWN: "yellow"}


def said(table: Table, message: Text, facts: Mapping[str, str], words: TableWords) -> str:
    """A sentence of a proof, its inputs called by their terms."""
    names = {axis.name: words.name(axis) for axis in table.axes}
    filled = dict(facts)
    if "input" in filled:
        filled["input"] = names.get(filled["input"], filled["input"])
    return message.get(words.lang, **filled)


def sentence(found: CheckedTable, words: TableWords) -> str:
    """How many properties have which verdict."""
    counts = dict.fromkeys(Verdict, 0)
    for held in found.proofs.properties.values():
        counts[held.verdict] += 1
    gap = "，" if words.lang == "zh-Hans" else ", "
    return gap.join(f"{words.label(verdict)} {count}" for verdict, count in counts.items())


def print_checked(found: CheckedTable, console: Console, lang: Language) -> None:
    """Print every property with its verdict, and what refutes it as an officer would put it; notes apart."""
    words = TableWords(lang)
    sheet = Sheet(console, words)
    document = found.table.document
    sheet.title(f"{found.source}: {document.title or document.id}")
    sheet.field(words.say("Version"), found.proofs.version)
    sheet.field(words.say("Words of interval by"), found.laws)
    for held in found.proofs.properties.values():
        _print_property(found.table, held, sheet, words)
    colon = "：" if lang == "zh-Hans" else ": "
    sheet.section(
        words.say("Notes"),
        [
            *(f"{words.label(remark.kind)}{colon}{remark.get(lang)}" for remark in found.remarks),
            *(said(found.table, note.message, note.facts, words) for note in found.proofs.notes),
        ],
    )
    sheet.line(sentence(found, words))


def _print_property(table: Table, held: Property, sheet: Sheet, words: TableWords) -> None:
    title = words.text(PROPERTIES[held.name])
    verdict = words.label(held.verdict)
    colon = "：" if words.lang == "zh-Hans" else ": "
    sheet.line(f"{_SIGNS[held.verdict]} {title}{colon}{verdict}", style=_STYLES[held.verdict])
    if held.reason is not None:
        sheet.line(said(table, held.reason, held.facts, words), depth=2)
    for witness in held.witnesses:
        first, *rest = _witness(table, witness, words)
        sheet.line(f"- {first}", depth=2)
        for line in rest:
            sheet.line(line, depth=3)
    if held.more:
        sheet.line(words.say("There may be more."), depth=2)


def _witness(table: Table, witness: Witness, words: TableWords) -> Iterator[str]:
    yield said(table, witness.message, witness.facts, words)
    if witness.case:
        yield words.say("Case: {case}", case=words.case(table.axes, witness.case))
    if witness.other:
        yield words.say("Graver case: {case}", case=words.case(table.axes, witness.other))
    for number in witness.rows:
        row = table.rows[number - 1]
        line = words.say("{row}: {outcome}", row=words.row(row), outcome=words.outcome(table, row))
        yield words.say("{line} [{citation}]", line=line, citation=row.citation) if row.citation else line
    if witness.case:
        for statute in statutes_of(table, witness.case):
            yield words.say("Law: {law}", law=words.law(statute))
