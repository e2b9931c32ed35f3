"""Words that the documents share. They are the law's own, so both wordings stand side by side."""

from __future__ import annotations

from govopen.model.base import filled
from govopen.report.documents.law import articles, articles_cell
from govopen.report.documents.parts import Line, Paragraph, Span, line, safe_address
from govopen.report.documents.records import UnitRecords
from govopen.report.wording import Wording
from govopen.texts import Text

__all__ = ["ELEMENTS", "MISSING", "as_of", "known", "labelled", "linked", "missing"]

MISSING = Text("未登记", "not recorded")
"""What stands where a fact should stand that nobody has recorded."""

ELEMENTS = {
    "index_number": Text("索引号", "index number"),
    "name": Text("名称", "name"),
    "summary": Text("内容概述", "summary"),
    "created_on": Text("生成日期", "date of creation"),
}
"""The elements of a catalogue by the keys of the matter ``ogi/catalog-elements``."""

_AS_OF = Text("截至{day}。", "As of {day}. ")
_BY_LAW = Text("依据：", "Law: ")
_AND = Text("；", "; ")
_LABEL = Text("{label}：", "{label}: ")


def missing(words: Wording) -> Span:
    """That nobody has recorded it."""
    return Span(words.text(MISSING), "missing")


def known(text: str, words: Wording) -> Line:
    """A fact, or that nobody has recorded it."""
    return line(text) if filled(text) else line(missing(words))


def linked(text: str, words: Wording) -> Line:
    """A fact that may be an address of a page, which then leads there."""
    return line(Span(text, href=safe_address(text))) if filled(text) else line(missing(words))


def as_of(records: UnitRecords, words: Wording, *law: str) -> Paragraph:
    """On what day, and by what law in force on it."""
    pieces: list[Span] = [Span(_AS_OF.get(words.lang, day=records.day.isoformat()))]
    for number, article in enumerate(
        articles_cell(records.library, articles(records.library, records.day, *law), words)
    ):
        pieces += [Span(words.text(_AND if number else _BY_LAW)), *article]
    return Paragraph(tuple(pieces))


def labelled(label: str, value: Line, words: Wording) -> Line:
    """A fact under its name."""
    return line(_LABEL.get(words.lang, label=label), *value)
