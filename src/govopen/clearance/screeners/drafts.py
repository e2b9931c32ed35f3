"""Texts that are not finished: a draft by its title, a blank that nobody has filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from govopen.clearance.screeners.base import FindingCode, Span, hits
from govopen.clearance.screeners.folding import fold
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.texts import Text

__all__ = ["UnfinishedDrafts"]

_TITLES = ("title", "document.name")
_DRAFT = re.compile(r"送审稿|讨论稿|征求意见稿|草案|草稿|初稿|修改稿|审议稿|代拟稿|未定稿|过会稿")
_BLANK = re.compile(
    r"[Xx×✕]{2,}(?=[年月日号元人户万亿%份件个])|〔[ ]{0,8}+(?:[0-9]{4})?[ ]{0,8}+〕[ ]{0,8}+[Xx×_]{1,8}号|"
    r"_{3,}|【[ ]{0,20}+】|（[ ]{1,20}+）|(?:待定|待补充|待核实|待填|此处(?:补充|填写|插入))(?=[】）)。，；\n]|$)|"
    r"\b(?:TODO|TBD|FIXME)\b"
)

_TITLED = FindingCode(code="draft-title", ruling=Ruling.HOLD, title=Text("标题注明为草案或者征求意见稿", "a draft"))
_UNFILLED = FindingCode(code="unfilled-blank", ruling=Ruling.HOLD, title=Text("未填写的空白", "a blank not filled in"))
_TITLE = Text("未定稿", "unfinished drafts")


@attrs.frozen
class UnfinishedDrafts:
    """Finds drafts, by title, and blanks to be filled in. A draft may be meant for comment: a person says so."""

    name: str = "unfinished-drafts"
    title: Text = _TITLE
    codes: tuple[FindingCode, ...] = (_TITLED, _UNFILLED)

    def screen(self, passage: Passage) -> Iterator[Hit]:
        if passage.text is None:
            return
        folded = fold(passage.text)
        yield from hits(passage, folded, self._spans(passage.place, folded.text))

    def _spans(self, place: str, text: str) -> Iterator[Span]:
        if place in _TITLES:
            for match in _DRAFT.finditer(text):
                yield _TITLED, *match.span()
        for match in _BLANK.finditer(text):
            yield _UNFILLED, *match.span()
