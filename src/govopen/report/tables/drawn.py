"""A discretion table for a terminal or a plain text file."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table as Drawing
from rich.text import Text as Line

from govopen.discretion.table import Table
from govopen.report.sheet import Sheet
from govopen.report.tables.rows import sheeted
from govopen.report.tables.wording import TableWords
from govopen.texts import Language

__all__ = ["print_table"]


def print_table(table: Table, console: Console, lang: Language) -> None:
    """Print a table: what it rests on, and its rows with a column for each input."""
    words = TableWords(lang)
    found = sheeted(table, words)
    sheet = Sheet(console, words)
    sheet.title(found.title)
    for label, text in found.facts:
        sheet.field(label, text)
    sheet.section(words.say("Statutory ranges"), found.statutes)
    drawing = Drawing(pad_edge=False, padding=(0, 1), show_lines=True)
    drawing.add_column(words.say("No."), justify="right", no_wrap=True)
    headings = [*([words.say("Tier")] if found.penal else ()), *found.inputs, *found.results]
    headings += [words.say("Mode")] if found.moded else []
    headings += [words.say("Law")] if found.cited else []
    for heading in headings:
        drawing.add_column(Line(heading), overflow="fold")
    for line in found.lines:
        cells = [line.tier] if found.penal else []
        cells += ["\n".join(condition[at] for condition in line.conditions) for at in range(len(found.inputs))]
        cells += line.results
        cells += [line.mode] if found.moded else []
        cells += ["\n".join(line.law)] if found.cited else []
        drawing.add_row(str(line.number), *(Line(cell) for cell in cells))
    console.print(drawing)
