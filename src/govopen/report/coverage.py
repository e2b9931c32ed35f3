"""What answers each obligation of an instrument, as text, JSON, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from govopen.checking.coverage import Answer, Coverage, CoveredObligation
from govopen.policy.instrument import Clause
from govopen.report.templating import template
from govopen.texts import Label, Language, Text, translate

__all__ = ["coverage_html", "coverage_json", "coverage_markdown", "parts_of", "print_coverage"]

_STYLES = {
    Answer.RULES: "green",
    Answer.EVIDENCE: "cyan",
    Answer.JUDGEMENT: "cyan",
    Answer.DOWNGRADED: "bold red",
    Answer.UNMAPPED: "yellow",
}


@attrs.frozen
class _Row:
    """A part or a clause, and how its obligations are answered."""

    clause: str
    heading: str
    part: bool
    counts: Mapping[Answer, int]
    obligations: tuple[CoveredObligation, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@attrs.frozen
class _Words:
    lang: Language

    def say(self, message: str, **facts: object) -> str:
        return translate(message, self.lang, **facts)

    def text(self, text: Text) -> str:
        return text.get(self.lang)

    def label(self, label: Label) -> str:
        return label.text.get(self.lang)


def parts_of(found: Coverage) -> tuple[str, ...]:
    """The first numbers of the clauses with obligations, in the order of the text."""
    return tuple(dict.fromkeys(entry.citation.clause.partition(".")[0] for entry in found.obligations))


def coverage_json(found: Coverage) -> bytes:
    """Indented UTF-8 JSON; the same in every language.

    ``summary`` and each of ``parts`` count obligations by answer (:class:`~govopen.checking.coverage.Answer`), zeros
    included.
    """
    document: dict[str, Any] = {
        "instrument": found.instrument.id,
        "total": len(found.obligations),
        "summary": _counts(found.summary()),
        "parts": {part: _counts(found.summary(part)) for part in parts_of(found)},
        "obligations": [
            {
                "obligation": str(entry.citation),
                "check": entry.check.value,
                "answer": entry.answer.value,
                "rules": list(entry.rules),
            }
            for entry in found.obligations
        ],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _counts(summary: Mapping[Answer, int]) -> dict[str, int]:
    return {answer.value: count for answer, count in summary.items()}


def _rows(found: Coverage, words: _Words) -> Iterator[_Row]:
    """Each part with its sums, then its clauses."""
    for part in parts_of(found):
        clause = found.instrument.clause(part)
        yield _Row(part, words.text(clause.heading) if clause is not None else "", True, found.summary(part))
        for each in found.instrument.clauses:
            if each.obligations and (each.id == part or each.id.startswith(f"{part}.")):
                yield _of_clause(found, each, words)


def _of_clause(found: Coverage, clause: Clause, words: _Words) -> _Row:
    held = tuple(entry for entry in found.obligations if entry.citation.clause == clause.id)
    counts = {answer: sum(entry.answer is answer for entry in held) for answer in Answer}
    return _Row(clause.id, words.text(clause.heading), False, counts, held)


def _sentence(found: Coverage, words: _Words) -> str:
    counts = found.summary()
    # Full-width commas would stand apart in English, and plain ones be wrong in Chinese.
    gap = "，" if words.lang == "zh-Hans" else ", "
    return words.say(
        "Obligations: {total}; {counts}",
        total=len(found.obligations),
        counts=gap.join(f"{words.label(answer)} {count}" for answer, count in counts.items()),
    )


def print_coverage(found: Coverage, console: Console, lang: Language) -> None:
    """Print the parts and clauses with their sums, then what is downgraded or answered by nothing."""
    words = _Words(lang)
    console.print(Line(f"{words.text(found.instrument.title)} ({found.instrument.id})", style="bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column(words.say("Clause"), no_wrap=True)
    table.add_column("", overflow="ellipsis", no_wrap=True, max_width=40)
    for answer in Answer:
        table.add_column(words.label(answer), justify="right", max_width=12, overflow="fold")
    for row in _rows(found, words):
        cells = [
            Line(str(row.counts[answer] or "·"), style=_STYLES[answer] if row.counts[answer] else "dim")
            for answer in Answer
        ]
        table.add_row(row.clause, row.heading, *cells, style="bold" if row.part else None)
    console.print(table)
    for answer in (Answer.DOWNGRADED, Answer.UNMAPPED):
        left = [entry.citation.local for entry in found.obligations if entry.answer is answer]
        if left:
            console.print(Line(f"{words.label(answer)}:", style=_STYLES[answer]))
            console.print(Padding(Line(" ".join(left)), (0, 0, 0, 2)))
    console.print(Line(_sentence(found, words), style="bold"))


def coverage_markdown(found: Coverage, lang: Language) -> str:
    """Markdown: the sums by clause, then every obligation with the codes of its rules."""
    words = _Words(lang)
    lines = [
        f"# {words.text(found.instrument.title)}",
        "",
        _sentence(found, words),
        "",
        f"| {words.say('Clause')} | | {' | '.join(words.label(answer) for answer in Answer)} |",
        f"| --- | --- | {' | '.join('---:' for _ in Answer)} |",
    ]
    for row in _rows(found, words):
        bold = "**" if row.part else ""
        counts = " | ".join(f"{bold}{row.counts[answer]}{bold}" for answer in Answer)
        lines.append(f"| {bold}{row.clause}{bold} | {bold}{_cell(row.heading)}{bold} | {counts} |")
    for row in _rows(found, words):
        if row.part:
            continue
        lines += ["", f"## {row.clause} {row.heading}", ""]
        heads = (words.say("Obligation"), "", words.say("Check"), words.say("Answered by"), words.say("Rules"))
        lines += [f"| {' | '.join(heads)} |", "| --- | --- | --- | --- | --- |"]
        for entry, text in _obligations(found, row, words):
            cells = (entry.citation.local, text, words.label(entry.check), words.label(entry.answer))
            lines.append(f"| {' | '.join(map(_cell, cells))} | {' '.join(entry.rules)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _obligations(found: Coverage, row: _Row, words: _Words) -> list[tuple[CoveredObligation, str]]:
    clause = found.instrument.clause(row.clause)
    texts = {each.id: words.text(each.text) for each in clause.obligations} if clause is not None else {}
    return [(entry, texts[entry.citation.obligation]) for entry in row.obligations]


def coverage_html(found: Coverage, lang: Language) -> str:
    """One self-contained page: no network, no script."""
    words = _Words(lang)
    rows = list(_rows(found, words))
    return template("coverage.html.jinja").render(
        found=found,
        words=words,
        lang=lang,
        answers=list(Answer),
        sentence=_sentence(found, words),
        rows=rows,
        clauses=[(row, _obligations(found, row, words)) for row in rows if not row.part],
    )
