"""A discretion table as lines of cells, for every writer that draws it as a table."""

from __future__ import annotations

import attrs

from govopen.discretion.rows import Row, Statute
from govopen.discretion.table import Table
from govopen.report.tables.wording import TableWords, alternatives
from govopen.texts import Text

__all__ = ["Line", "Sheeted", "sheeted"]

_NEVER = Text("没有适用情形", "met by no case")
_READ = Text("“/”读作“或者”", "'/' read as 'or'")


@attrs.frozen(kw_only=True)
class Line:
    """A row.

    Attributes:
        conditions: For each alternative, a text for each input.
        results: The outcome; of a table that is none of penalties, one for each output.
        published: The condition and the outcome in the published words, as far as they are given.
        law: The clause that the row restates, and its ground of mitigation.
    """

    number: int
    tier: str
    conditions: tuple[tuple[str, ...], ...]
    results: tuple[str, ...]
    mode: str
    law: tuple[str, ...]
    published: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Sheeted:
    """A table ready to be drawn.

    Attributes:
        inputs: Headings, with units.
        results: Headings: outcome, or the outputs.
        penal: Whether it is a table of penalties: with tiers, modes and law.
        facts: What is said above it: labels with texts.
        statutes: The statutory ranges.
    """

    title: str
    inputs: tuple[str, ...]
    results: tuple[str, ...]
    penal: bool
    lines: tuple[Line, ...]
    facts: tuple[tuple[str, str], ...]
    statutes: tuple[str, ...]

    @property
    def published(self) -> bool:
        """Whether any row gives its published words."""
        return any(line.published for line in self.lines)

    @property
    def moded(self) -> bool:
        """Whether any row says how it stands to the statutory range."""
        return any(line.mode for line in self.lines)

    @property
    def cited(self) -> bool:
        """Whether any row names its clause or ground."""
        return any(line.law for line in self.lines)


def sheeted(table: Table, words: TableWords) -> Sheeted:
    """The table in one language."""
    document = table.document
    results = tuple((output.label if words.lang == "zh-Hans" else "") or output.name for output in document.outputs)
    return Sheeted(
        title=document.title or document.id,
        inputs=tuple(words.name(axis) for axis in table.axes),
        results=results or (words.say("Outcome"),),
        penal=not document.outputs,
        lines=tuple(_line(table, row, words) for row in table.rows),
        facts=tuple(_facts(table, words)),
        statutes=tuple(_range(statute, words) for statute in table.statutes),
    )


def _line(table: Table, row: Row, words: TableWords) -> Line:
    source = table.document.rows[row.number - 1]
    found = [
        tuple(words.spans(axis, spans) for axis, spans in zip(table.axes, term, strict=True))
        for term in alternatives(table, row)
    ]
    if not found:
        found = [tuple(words.text(_NEVER) for _ in table.axes)]
    tier = f"{row.tier} {words.text(_READ)}".strip() if row.number in table.ambiguous else row.tier
    return Line(
        number=row.number,
        tier=tier,
        conditions=tuple(found),
        results=tuple(source.outputs) if row.penalty is None else (words.outcome(table, row),),
        mode=words.label(row.mode) if row.mode is not None else "",
        law=tuple(filter(None, (row.citation, row.ground))),
        published=tuple(filter(None, (source.wording, source.outcome_wording))),
    )


def _facts(table: Table, words: TableWords) -> list[tuple[str, str]]:
    document = table.document
    policy = words.label(document.hit_policy)
    if document.aggregation is not None:
        policy = words.join((policy, words.label(document.aggregation)))
    since = "" if document.since is None else words.period(document.since, document.until)
    facts = [
        (words.say("Unit"), document.unit),
        (words.say("Document number"), document.document_number),
        (words.say("Issued on"), document.issued_on.isoformat() if document.issued_on else ""),
        (words.say("In force"), since),
        (words.say("Hit policy"), policy),
        (words.say("Cannot occur"), words.join(document.impossible)),
        (words.say("Keeps the law"), words.join(document.lawful)),
        (words.say("Version"), table.digest),
    ]
    return [(label, text) for label, text in facts if text]


def _range(statute: Statute, words: TableWords) -> str:
    law, when = words.law(statute), statute.source.when
    return words.say("{law} (where: {when})", law=law, when=when) if when.strip(" -") else law
