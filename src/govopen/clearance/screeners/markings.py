"""Markings of secrecy, as they stand on a document: 绝密★30年, 机密, 【秘密】. Words about secrecy are no markings."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from govopen.clearance.screeners.base import FindingCode, Span, hits
from govopen.clearance.screeners.folding import fold
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.texts import Text

__all__ = ["SecrecyMarkings"]

_LEVEL = r"(?:[绝絕][ \t]{0,8}+密|[机機][ \t]{0,8}+密|秘[ \t]{0,8}+密)"
_STAR = r"[★☆✭✮⭐*＊]"
# A star beside the level is never an ordinary sentence.
_STARRED = re.compile(rf"{_LEVEL}[ \t]{{0,8}}+{_STAR}|{_STAR}[ \t]{{0,8}}+{_LEVEL}")
# A line, a cell or a pair of brackets that says the level and nothing else, but for a period or a label before it.
_ALONE = re.compile(
    rf"(?:^|[\t【\[（(〔《〈「|])[ ]{{0,40}}+(?:密[ ]{{0,4}}+级[ ]{{0,4}}+[:：]?[ ]{{0,4}}+)?({_LEVEL})"
    r"(?:[ ]{0,4}+[0-9一二三四五六七八九十]{1,3}[ ]{0,2}+[年月天])?(?:[ ]{0,4}+长期)?[ ]{0,40}+"
    r"(?=$|[\t】\]）)〕》〉」|])",
    re.MULTILINE,
)
_LABELLED = re.compile(rf"密[ \t]{{0,4}}+级[ \t]{{0,4}}+[:：][ \t]{{0,4}}+({_LEVEL})")
_STRONG = re.compile(r"(?<!绝对)[绝絕]密(?!级)|(?<![时司投随])[机機]密(?=(?:文件|级|件|[0-9]|资料))")
_INTERNAL = re.compile(
    r"内部(?:资料|文件|刊物|材料)[，,、 \t]{0,4}+(?:注意保存|不得外传|请勿外传|严禁外传|注意保密)|"
    r"不得外传|严禁外传|请勿外传|(?:阅后|看后)(?:收回|销毁|清退)|注意保密|不予公开资料|仅供内部"
)

_MARKING = FindingCode(code="secrecy-marking", ruling=Ruling.BAR, title=Text("国家秘密标志", "a marking of secrecy"))
_WORD = FindingCode(
    code="secrecy-word", ruling=Ruling.HOLD, title=Text("疑似密级字样", "words that may be a marking of secrecy")
)
_ONLY_INTERNAL = FindingCode(
    code="internal-marking", ruling=Ruling.HOLD, title=Text("内部资料标志", "a marking as internal")
)
_TITLE = Text("国家秘密和内部资料标志", "markings of secrecy and of internal papers")


@attrs.frozen
class SecrecyMarkings:
    """Finds markings of state secrets, which nobody can let pass, and of internal papers."""

    name: str = "secrecy-markings"
    title: Text = _TITLE
    codes: tuple[FindingCode, ...] = (_MARKING, _WORD, _ONLY_INTERNAL)

    def screen(self, passage: Passage) -> Iterator[Hit]:
        if passage.text is None:
            return
        folded = fold(passage.text)
        yield from hits(passage, folded, sorted(self._spans(folded.text), key=lambda span: span[1]))

    def _spans(self, text: str) -> Iterator[Span]:
        for match in _STARRED.finditer(text):
            yield _MARKING, *match.span()
        for pattern in (_ALONE, _LABELLED):
            for match in pattern.finditer(text):
                yield _MARKING, *match.span(1)
        for match in _STRONG.finditer(text):
            yield _WORD, *match.span()
        for match in _INTERNAL.finditer(text):
            yield _ONLY_INTERNAL, *match.span()
