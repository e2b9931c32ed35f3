"""A discretion table as reStructuredText, for Sphinx and docutils."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govopen.discretion.table import Table
from govopen.report.tables.rows import Line, Sheeted, sheeted
from govopen.report.tables.svg_parts import clean, width_of
from govopen.report.tables.wording import TableWords
from govopen.texts import Language

__all__ = ["table_rst"]

_MARKS = re.compile(r"([\\`*_|<>\[\]:])")
# What would begin a list, a comment, a table or an underline at the start of a text.
_START = re.compile(r"^([^\w\s\\]|\w{1,9}[.)](?:\s|$))")


def table_rst(table: Table, lang: Language) -> str:
    """The table under its title, as a field list, its law and a ``list-table``; no directive besides."""
    words = TableWords(lang)
    sheet = sheeted(table, words)
    return "\n".join(_lines(sheet, words)) + "\n"


def _lines(sheet: Sheeted, words: TableWords) -> Iterator[str]:
    title = _text(sheet.title)
    yield title
    yield "=" * max(round(width_of(title, 2)), 4)
    yield ""
    for label, text in sheet.facts:
        yield f":{_text(label)}: {_text(text)}"
    yield ""
    if sheet.statutes:
        yield f"{words.say('Statutory ranges')}"
        yield ""
        for text in sheet.statutes:
            yield f"* {_text(text)}"
        yield ""
    yield f".. list-table:: {_text(words.say('Rows'))}"
    yield "   :header-rows: 1"
    yield "   :stub-columns: 1"
    yield ""
    headings = [words.say("No."), *([words.say("Tier")] if sheet.penal else ()), *sheet.inputs, *sheet.results]
    headings += [words.say("Mode")] if sheet.moded else []
    headings += [words.say("Law")] if sheet.cited else []
    headings += [words.say("As published")] if sheet.published else []
    yield from _row([[heading] for heading in headings])
    for line in sheet.lines:
        yield from _row(_cells(line, sheet, words))


def _cells(line: Line, sheet: Sheeted, words: TableWords) -> Iterator[Sequence[str]]:
    """Of several alternatives each is a line of the cell, so that those of one line belong together."""
    yield [str(line.number)]
    if sheet.penal:
        yield [line.tier]
    several = len(line.conditions) > 1
    for at in range(len(sheet.inputs)):
        texts = [condition[at] for condition in line.conditions]
        yield (
            [words.say("{number}) {text}", number=n, text=text) for n, text in enumerate(texts, 1)]
            if several
            else texts
        )
    yield from ([text] for text in line.results)
    if sheet.moded:
        yield [line.mode]
    if sheet.cited:
        yield line.law
    if sheet.published:
        yield line.published


def _row(cells: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> Iterator[str]:
    for at, texts in enumerate(cells):
        lines = [_text(text) for text in texts if text.strip()] or [""]
        first = f"   {'* -' if at == 0 else '  -'}"
        if len(lines) == 1:
            yield f"{first} {lines[0]}".rstrip()
        else:
            # A line block keeps the alternatives on lines of their own.
            yield f"{first} | {lines[0]}"
            yield from (f"       | {line}" for line in lines[1:])
    yield ""


def _text(text: str) -> str:
    """``text`` on one line, without a meaning of its own."""
    text = _MARKS.sub(r"\\\1", clean(text))
    return _START.sub(r"\\\1", text)
