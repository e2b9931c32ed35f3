"""What nobody can read cannot be screened: a scan, an encrypted file, a format that is not known."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govopen.clearance.screeners.base import FindingCode
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.texts import Text

__all__ = ["Unreadable"]

_UNREADABLE = FindingCode(
    code="unreadable", ruling=Ruling.HOLD, title=Text("无法读取，未能筛查", "cannot be read, and was not screened")
)
_DISGUISED = FindingCode(
    code="bidirectional-override",
    ruling=Ruling.HOLD,
    title=Text("含改变文字方向的控制符", "characters that turn the direction of writing"),
)
_OVERRIDES = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
_TITLE = Text("无法读取的内容", "what cannot be read")


@attrs.frozen
class Unreadable:
    """Holds up what cannot be read, and text written so that it reads otherwise than it is coded."""

    name: str = "unreadable"
    title: Text = _TITLE
    codes: tuple[FindingCode, ...] = (_UNREADABLE, _DISGUISED)

    def screen(self, passage: Passage) -> Iterator[Hit]:
        if passage.text is None:
            yield Hit(code=_UNREADABLE.code, ruling=_UNREADABLE.ruling, place=passage.place)
            return
        for at, char in enumerate(passage.text):
            if char in _OVERRIDES:
                yield Hit(code=_DISGUISED.code, ruling=_DISGUISED.ruling, place=passage.place, start=at, end=at + 1)
                return
