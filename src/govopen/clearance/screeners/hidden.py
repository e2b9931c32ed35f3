"""What a reader does not see and a machine does: reversed text, invisible letters, tracked changes, hidden sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from govopen.clearance.screeners.base import FindingCode, hits
from govopen.clearance.screeners.folding import Folded
from govopen.clearance.screening import Hit, Passage, Ruling
from govopen.texts import Text

__all__ = ["HIDDEN", "UNREAD", "HiddenContent"]

HIDDEN = "\ufff9\ufffb"
"""Told by whoever reads a file: it holds what its reader does not see, or sees struck out: comments, tracked changes,
hidden sheets. (The characters of an empty interlinear annotation.)"""

UNREAD = "\ufffc"
"""Told by whoever reads a file: here stands what could not be read: a picture, a font without characters, an embedded
file. (The object replacement character.)"""

# Overrides, embeddings and isolates of direction; invisible letters; control characters without meaning in text.
_CONTROLS = re.compile(
    "[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]+"
)
_TOLD = re.compile("[\ufff9-\ufffb]+")
_CHARACTERS = FindingCode(
    code="hidden-characters",
    ruling=Ruling.HOLD,
    title=Text("改变文字方向的字符或者不可见字符", "characters that turn text around or cannot be seen"),
)
_CONTENT = FindingCode(
    code="hidden-content",
    ruling=Ruling.HOLD,
    title=Text(
        "文件含有批注、修订痕迹、隐藏的文字或者工作表",
        "a file with comments, tracked changes, hidden text or hidden sheets",
    ),
)
_TITLE = Text("不可见的内容", "what cannot be seen")


@attrs.frozen
class HiddenContent:
    """Finds what a person who looked at the page would not have seen. Numbers split by it are found by the others."""

    name: str = "hidden-content"
    title: Text = _TITLE
    codes: tuple[FindingCode, ...] = (_CHARACTERS, _CONTENT)

    def screen(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        if text is None:
            return
        spans = [(_CHARACTERS, *match.span()) for match in _CONTROLS.finditer(text)]
        spans += [(_CONTENT, *match.span()) for match in _TOLD.finditer(text)]
        yield from hits(passage, Folded(text, [0], [0], [1]), spans)
