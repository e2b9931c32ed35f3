"""By what each obligation of an instrument is answered, and the rules that answer: as parts of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from govopen.checking.coverage import Answer, Coverage, CoveredObligation
from govopen.checking.result import CheckReport, ObligationStatus
from govopen.model.units import Unit
from govopen.policy.citation import Citation
from govopen.policy.instrument import Clause
from govopen.policy.library import Library
from govopen.report.coverage import parts_of
from govopen.report.documents.law import articles_cell
from govopen.report.documents.parts import Cell, Grid, Line, Paragraph, Part, Section, Span, line
from govopen.report.wording import Wording
from govopen.rules.base import Rule
from govopen.texts import Text

__all__ = ["Standing", "coverage_part", "rule_list"]

_CODE = Text("代码", "Code")
_TITLE = Text("内容", "What it asks")
_SEVERITY = Text("严重程度", "Severity")
_ANSWERS = Text("对应义务", "Obligations")
_LAW = Text("依据", "Law")
_ADVISES = Text("仅作提示", "advises")
_NONE = Text("没有规则。", "There is no rule.")

_SUMS = Text("各条款情况", "Clause by clause")
_HEADING = Text("标题", "Heading")
_TOTAL = Text("合计", "All")
_OBLIGATION = Text("义务", "Obligation")
_STATUS = Text("{unit}，{day}", "{unit}, {day}")
_NOT_CHECKED = Text("未核查", "not checked")
_REASON = Text("{status}（{reason}）", "{status}: {reason}")


@attrs.frozen(kw_only=True)
class Standing:
    """A unit, and a check of it: codes and identifiers, and no text of a record."""

    unit: Unit
    report: CheckReport

    @property
    def statuses(self) -> Mapping[Citation, ObligationStatus]:
        """The status of each obligation that was checked."""
        return {entry.citation: entry for entry in self.report.statuses if entry.unit == self.unit.id}

    @property
    def day(self) -> str:
        """The legal day."""
        return self.report.as_of.isoformat()


def rule_list(rules: Iterable[Rule], library: Library, words: Wording) -> Part:
    """Rules under each other: code, what it asks, severity, obligations, law."""
    rows: list[tuple[Cell, ...]] = []
    for rule in sorted(rules, key=lambda rule: rule.code):
        answers = tuple(line(_named(citation)) for citation in rule.answers) or (line(words.text(_ADVISES)),)
        rows.append(
            (
                (line(Span(rule.code, "rule")),),
                (line(words.text(rule.title)),),
                (line(words.label(rule.severity)),),
                answers,
                articles_cell(library, rule.basis, words),
            )
        )
    if not rows:
        return Paragraph(line(words.text(_NONE)))
    heads = tuple(words.text(text) for text in (_CODE, _TITLE, _SEVERITY, _ANSWERS, _LAW))
    return Grid(heads=heads, rows=tuple(rows), widths=(10, 24, 10, 22, 34))


def coverage_part(found: Coverage, words: Wording, *, standing: Standing | None = None) -> Section:
    """What answers each obligation of an instrument.

    Args:
        found: The coverage of the instrument.
        words: The language.
        standing: Of a unit, if its status is to stand beside each obligation.
    """
    clauses = [clause for clause in found.instrument.clauses if clause.obligations]
    sections = [
        _clause(found, clause, words, standing)
        for clause in sorted(clauses, key=lambda clause: Citation(found.instrument.id, clause.id))
    ]
    sums = Section(key="sums", title=words.text(_SUMS), parts=(_sums(found, words),))
    key = f"coverage-{found.instrument.id}"
    return Section(key=key, title=words.text(found.instrument.title), parts=(sums, *sections))


def _sums(found: Coverage, words: Wording) -> Grid:
    def row(number: str, heading: str, counts: Mapping[Answer, int]) -> tuple[Cell, ...]:
        return ((line(number),), (line(heading),), *((line(str(counts[answer])),) for answer in Answer))

    rows = []
    for part in parts_of(found):
        clause = found.instrument.clause(part)
        rows.append(row(part, words.text(clause.heading) if clause is not None else "", found.summary(part)))
    rows.append(row("", words.text(_TOTAL), found.summary()))
    heads = (words.say("Clause"), words.text(_HEADING), *(words.label(answer) for answer in Answer))
    return Grid(heads=heads, rows=tuple(rows), widths=(8, 27, *([13] * len(Answer))))


def _clause(found: Coverage, clause: Clause, words: Wording, standing: Standing | None) -> Section:
    gists = {entry.id: words.text(entry.text) for entry in clause.obligations}
    heads = [words.text(_OBLIGATION), words.text(_TITLE), words.say("Check"), words.say("Answered by")]
    widths: tuple[int, ...] = (18, 40, 12, 30)
    statuses = standing.statuses if standing is not None else {}
    if standing is not None:
        heads.append(_STATUS.get(words.lang, unit=standing.unit.name, day=standing.day))
        widths = (18, 30, 10, 22, 20)
    rows = []
    for entry in found.obligations:
        if entry.citation.clause == clause.id:
            cells = [*_entry(entry, gists[entry.citation.obligation], words)]
            if standing is not None:
                cells.append((_status(statuses.get(entry.citation), words),))
            rows.append(tuple(cells))
    key = f"clause-{clause.id.replace('.', '-')}"
    grid = Grid(heads=tuple(heads), rows=tuple(rows), widths=widths)
    return Section(key=key, title=f"{clause.id} {words.text(clause.heading)}", parts=(grid,))


def _entry(entry: CoveredObligation, gist: str, words: Wording) -> Iterator[Cell]:
    yield (line(_named(entry.citation)),)
    yield (line(gist),)
    yield (line(words.label(entry.check)),)
    answer = Span(words.label(entry.answer), "missing" if entry.answer in (Answer.DOWNGRADED, Answer.UNMAPPED) else "")
    codes: list[Span] = []
    for code in entry.rules:
        codes += [Span(" "), Span(code, "rule")]
    yield (line(answer, *codes),)


def _named(citation: Citation) -> Span:
    return Span(str(citation), "obligation")


def _status(entry: ObligationStatus | None, words: Wording) -> Line:
    if entry is None:
        # The workspace does not apply the instrument: that says nothing of the unit.
        return line(Span(words.text(_NOT_CHECKED), "missing"))
    status = words.label(entry.status)
    if entry.reason:
        status = _REASON.get(words.lang, status=status, reason=words.label(entry.reason))
    mark = (Span(words.say(" (not verified)"), "unverified"),) if entry.unverified else ()
    return line(status, *mark)
