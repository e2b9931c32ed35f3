"""What nobody could read: it is held until a named person has looked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from govopen.clearance.screeners.base import FindingCode, hits
from govopen.clearance.screeners.folding import Folded
from govopen.clearance.screeners.hidden import UNREAD
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.texts import Text

__all__ = ["Unreadable"]

# Replacement characters, and those of private use: what they look like is known to one font only.
_LOST = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_UNREAD = re.compile(f"{UNREAD}+")
_WHOLE = FindingCode(code="unreadable", ruling=Ruling.HOLD, title=Text("无法读取的文件", "a file that cannot be read"))
_PART = FindingCode(
    code="unreadable-part",
    ruling=Ruling.HOLD,
    title=Text(
        "文件中有无法读取的部分（图片、嵌入对象等）",
        "a part of a file that cannot be read: a picture, an embedded file",
    ),
)
_SIGNS = FindingCode(
    code="unreadable-characters",
    ruling=Ruling.HOLD,
    title=Text("无法识别的字符", "characters that cannot be told"),
)
_TITLE = Text("无法读取的内容", "what cannot be read")


@attrs.frozen
class Unreadable:
    """Finds what no screener could read. A scan is not clean because nothing was found in it."""

    name: str = "unreadable"
    title: Text = _TITLE
    codes: tuple[FindingCode, ...] = (_WHOLE, _PART, _SIGNS)

    def screen(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        if text is None:
            yield Hit(code=_WHOLE.code, ruling=_WHOLE.ruling, place=passage.place)
            return
        spans = [(_PART, *match.span()) for match in _UNREAD.finditer(text)]
        spans += [(_SIGNS, *match.span()) for match in _LOST.finditer(text)]
        yield from hits(passage, Folded(text, [0], [0], [1]), spans)
