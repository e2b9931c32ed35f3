"""Secrecy markings: the level of secrecy as a document bears it, and not as a text speaks of it.

A mark is a level with a star (机密★20年), a level that stands for itself in the head of a document (alone in a line, in
brackets, after 密级), or one of the phrases by which internal material is marked. 国家秘密, 商业秘密, 保密审查 and the
levels in running text are words of the law, and pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from govopen.clearance.screeners.base import FindingCode, Span, hits_in_folded
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.texts import Text

__all__ = ["SecrecyMarkings"]

_HEAD_LINES = 12
"""How many lines that say something are the head of a document: marks stand above its title, in the corners."""

_B = r"[ \t]?"
_LEVEL = rf"(?:[绝絕]{_B}密|[机機]{_B}密|[秘祕]{_B}密)"
_STAR = r"[★☆⭐✩✭✮✯⋆⚝⍟]"
_PERIOD = rf"(?:\d{{1,2}}{_B}年|[一二三四五六七八九十]{{1,3}}{_B}年|[长長]期|[启啟][用封]前|解密|\d{{4}}{_B}年)"
_STARRED = re.compile(rf"{_LEVEL}[级級]?\s?(?:{_STAR}|[*＊∗]\s?{_PERIOD})")
_STAR_ALONE = re.compile(rf"{_STAR}\s?{_PERIOD}")
_OPEN, _CLOSE = r"[(（\[［【〔〈《「『{]", r"[)）\]］】〕〉》」』}]"
_LABELLED = re.compile(rf"(?:密{_B}[级級]|[保秘]密等[级級]|定密)\s?[:：]?\s?{_LEVEL}")
_BRACKETED = re.compile(rf"{_OPEN}\s?{_LEVEL}[级級]?\s?{_CLOSE}")
# A level that stands for itself: between blanks or the ends of a line.
_TOKEN = re.compile(rf"(?<![^ \t\n]){_LEVEL}[级級]?(?:文件|[资資]料)?(?![^ \t\n])")
# A line that ends within 国家秘密 leaves the second half alone in the next.
_OF_WHAT = re.compile(
    r"(?:国家|國家|商业|商業|工作|军事|軍事|警务|审判|检察|技术|个人|通信|电信|经营|泄露|保守|涉及|级|、)\s*\Z"
)
_INTERNAL = re.compile(
    rf"(?:[请請]?注意保(?:存|密)|(?:不得|[请請]勿|严禁|嚴禁|禁止|切勿|不准){_B}(?:外[传傳借泄]|翻印|公开发布|对外公开|上网)"
    rf"|[仅僅]供内部\w{{0,4}}|内部使用|(?<!非)内部(?:资料|文件|材料|刊物|明电|传阅)(?!性)(?=\s|[,，。！!;；★)）\]】〕》]|\Z)"
    rf"|{_OPEN}\s?内{_B}部\s?{_CLOSE}|不予?公开\s?{_CLOSE}|保密期限\s?[:：]?\s?{_PERIOD}|{_OPEN}\s?工作秘密\s?{_CLOSE}"
    rf"|阅后(?:即焚|[销銷][毁毀]|收回|退回|即删))"
)
_SHORT = 60
_BESIDE = re.compile(r"特急|加急|平急|特提|急件|\d{1,8}|№|No\.?|[份编]号|第|号|[\s:：.·—-]")
_LINE = re.compile(r"[^\n]+")

_MARK = FindingCode(code="secrecy-marking", ruling=Ruling.BAR, title=Text("国家秘密标志", "a secrecy marking"))
_WORD = FindingCode(
    code="secrecy-word",
    ruling=Ruling.HOLD,
    title=Text("单独出现的密级字样", "a level of secrecy that stands by itself"),
)
_RESTRICTED = FindingCode(
    code="internal-marking",
    ruling=Ruling.HOLD,
    title=Text("内部资料、不得外传等字样", "a mark of internal material"),
)


def _end_of_head(text: str) -> int:
    for number, line in enumerate(_LINE.finditer(text), 1):
        if number == _HEAD_LINES:
            return line.end()
    return len(text)


_TITLE = Text("国家秘密标志和内部资料标志", "markings of state secrets and of internal material")


@attrs.frozen
class SecrecyMarkings:
    """Finds markings of state secrets, which nobody can lift here, and of internal material, which a person can."""

    name: str = "secrecy-markings"
    title: Text = _TITLE
    codes: tuple[FindingCode, ...] = (_MARK, _WORD, _RESTRICTED)

    def screen(self, passage: Passage) -> Iterator[Hit]:
        return hits_in_folded(passage, self._spans)

    def _spans(self, text: str) -> Iterator[Span]:
        head = _end_of_head(text)
        for match in _STARRED.finditer(text):
            yield _MARK, *match.span()
        for pattern in (_LABELLED, _BRACKETED):
            for match in pattern.finditer(text):
                yield (_MARK if match.start() < head else _WORD), *match.span()
        for match in _TOKEN.finditer(text):
            if not _OF_WHAT.search(text[max(0, match.start() - 6) : match.start()]):
                yield (_MARK if match.start() < head and self._fills_line(text, match) else _WORD), *match.span()
        for match in _STAR_ALONE.finditer(text):
            yield _WORD, *match.span()
        for match in _INTERNAL.finditer(text):
            yield _RESTRICTED, *match.span()

    @staticmethod
    def _fills_line(text: str, match: re.Match[str]) -> bool:
        """Whether the line holds nothing besides but what stands beside a mark: urgency, the number of the copy."""
        before = text[max(0, match.start() - _SHORT) : match.start()].rpartition("\n")[2]
        after = text[match.end() : match.end() + _SHORT].partition("\n")[0]
        return not _BESIDE.sub("", before + " " + after)
