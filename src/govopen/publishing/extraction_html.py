"""The text in HTML. The parser of the standard library takes quadratic time on hostile pages; this one is linear."""

from __future__ import annotations

import re
from html import unescape

from govopen.clearance.screeners.hidden import UNREAD
from govopen.publishing.extraction_plain import decoded

__all__ = ["html"]

_DECLARED = re.compile(rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEAD = 2048
# Tags within a line: what they part is one word. All others break the line.
# fmt: off
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
        "time", "tt", "u", "var", "wbr",
    }
)
# fmt: on
_CELLS = frozenset({"td", "th"})
_PICTURES = frozenset({"svg", "object", "embed", "canvas", "video", "audio"})
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
# As browsers read attributes: a quotation mark means something after an equals sign only.
_ATTRIBUTE = r"""[\s/]++|[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+|="""
_TAG = re.compile(rf"<(/?)([A-Za-z][^\s/>]*+)((?:{_ATTRIBUTE})*+)>")
_PICTURE_INSIDE = re.compile(r"""=\s*["']?\s*data:|url\(\s*["']?data:""", re.IGNORECASE)
_DECLARATION = re.compile("<[!?/]")


class _Page:
    """What a page says: its text, and apart from it attributes, comments and scripts."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.shown: list[str] = []
        self.others: list[str] = []

    def read(self) -> None:
        at = 0
        while at < len(self.source):
            begins = self.source.find("<", at)
            if begins < 0:
                self.shown.append(unescape(self.source[at:]))
                return
            self.shown.append(unescape(self.source[at:begins]))
            at = self._markup(begins)

    def _markup(self, at: int) -> int:
        """Where the markup at that place ends. What does not end is taken for text: nothing is lost in it."""
        if self.source.startswith("<!--", at):
            return self._aside(at, "-->", 2)
        if tag := _TAG.match(self.source, at):
            return self._tag(tag)
        if _DECLARATION.match(self.source, at):
            return self._aside(at, ">", 1)
        if self.source[at + 1 : at + 2].isalpha():
            self.shown.append(f"\n{unescape(self.source[at + 1 :])}")
            return len(self.source)
        self.shown.append("<")
        return at + 1

    def _aside(self, at: int, end: str, skip: int) -> int:
        found = self.source.find(end, at + skip)
        if found < 0:
            self.shown.append(f"\n{unescape(self.source[at + skip :])}")
            return len(self.source)
        self.others.append(unescape(self.source[at + skip : found]))
        return found + len(end)

    def _tag(self, tag: re.Match[str]) -> int:
        closes, name, attributes = tag.group(1), tag.group(2).lower(), tag.group(3)
        if name not in _INLINE:
            self.shown.append("\t" if name in _CELLS else "\n")
        if attributes.strip():
            self.others.append(unescape(attributes))
        if name in _PICTURES or _PICTURE_INSIDE.search(attributes):
            self.shown.append(UNREAD)
        if closes or name not in _RAW:
            return tag.end()
        end = re.compile(f"</{name}", re.IGNORECASE).search(self.source, tag.end())
        until = end.start() if end else len(self.source)
        self.others.append(self.source[tag.end() : until])
        return until


def html(content: bytes, charset: str = "") -> str | None:
    """The text of a page, then attributes, comments and scripts. Inline tags part no word."""
    found = _DECLARED.search(content[:_HEAD])
    text = decoded(content, charset or (found.group(1).decode().lower() if found else ""))
    if text is None or "<" not in text:
        return None
    page = _Page(text)
    page.read()
    return "\n".join(["".join(page.shown), *page.others])
