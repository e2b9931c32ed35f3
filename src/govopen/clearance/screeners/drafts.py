"""Drafts that are not done: a title that says so, and places that are still to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import attrs

from govopen.clearance.screeners.base import FindingCode, Span, hits_in_folded
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.texts import Text

__all__ = ["UnresolvedDrafts"]

_KIND = (
    r"(?:(?:公开)?征求意见|送审|送签|讨论|审议|报批|报审|会签|修订|修改|汇报|内部)稿"
    r"|草案|草稿|初稿|二稿|三稿|未定稿|代拟稿|清样|征求意见"
)
_IN_BRACKETS = re.compile(
    rf"[(（\[【〔][^()（）\[\]【】〔〕\n]{{0,12}}(?:{_KIND})[^()（）\[\]【】〔〕\n]{{0,8}}[)）\]】〕]"
)
_AT_THE_END = re.compile(rf"(?:{_KIND})[0-9一二三四五.vV]{{0,6}}(?:\.\w{{1,5}})?[ \t]*(?=\n|\Z)")
_HEAD = re.compile(r"\s*(?:[^\n]{0,400}\n?){1,3}")
_X = "[XxＸ×✕╳*＊]"
_PLACEHOLDER = re.compile(
    rf"{_X}{{1,4}}\s?年|(?:19|20){_X}{{2}}|20\d{_X}(?!\w)|{_X}{{1,2}}\s?月\s?{_X}{{1,2}}\s?日|[〔\[（(](?:20)?{_X}{{2,4}}[〕\]）)]"
    rf"|〕\s?第?{_X}{{1,6}}\s?号|(?<!{_X}){_X}{{3,12}}(?=局|委|办|镇|街|区|市|县|省|公司|单位|部门|元|万|亿|号|项)"
    r"|【\s*】|〔\s*〕|\[\s+\]|【[^【】\n]{0,20}(?:待|填|补|核|插入|确认)[^【】\n]{0,20}】"
    r"|[(（\[](?:暂|尚)?(?:待定|待补充?|待核实?|待填写?|待确认|待完善|待续)[)）\]]|待(?:补充|核实|填写|确认|完善)[:：…]"
    r"|此处(?:插入|填写|补充|待)|(?:点击|单击)(?:或点击)?此处|请在此\w{0,4}(?:填写|输入)"
    r"|\b(?:TODO|FIXME|TBD|TBC|lorem ipsum)\b"
    r"|错误[!！]\s?(?:未|文档|超链接|书签|不能)|Error! (?:Reference|Bookmark|Hyperlink)",
    re.IGNORECASE,
)

_DRAFT = FindingCode(
    code="draft-title",
    ruling=Ruling.HOLD,
    title=Text("标题写明是草稿、征求意见稿等", "a title that says it is a draft"),
)
_OPEN = FindingCode(
    code="unfilled-place", ruling=Ruling.HOLD, title=Text("尚待填写的内容", "a place still to be filled in")
)


def _heads(place: str) -> bool:
    """Whether the passage is a document, of which the head is its title, or a title itself."""
    return place in {"title", "text", "document.name"} or place.startswith("attachments[")


_TITLE = Text("未定稿和待填内容", "drafts and places to be filled in")


@attrs.frozen
class UnresolvedDrafts:
    """Finds drafts. Calling for comments on a draft is lawful: then a person says so."""

    name: str = "unresolved-drafts"
    title: Text = _TITLE
    codes: tuple[FindingCode, ...] = (_DRAFT, _OPEN)

    def screen(self, passage: Passage) -> Iterator[Hit]:
        return hits_in_folded(passage, partial(self._spans, passage.place))

    def _spans(self, place: str, text: str) -> Iterator[Span]:
        if _heads(place) and (head := _HEAD.match(text)):
            for pattern in (_IN_BRACKETS, _AT_THE_END):
                for match in pattern.finditer(text, 0, head.end()):
                    yield _DRAFT, *match.span()
        for match in _PLACEHOLDER.finditer(text):
            yield _OPEN, *match.span()
