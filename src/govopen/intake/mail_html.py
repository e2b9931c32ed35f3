"""The text that a reader of an HTML message sees.

Not the parser of the standard library: a message can be made that keeps it busy for hours. This reads each character
once, and where markup is broken it shows too much rather than too little.
"""

from __future__ import annotations

import re
from html import unescape

__all__ = ["shown_text"]

# What a reader does not see, and what ends it.
_HIDDEN = {
    name: re.compile(ends, re.IGNORECASE)
    for name, ends in {
        "head": "</head|<body",
        "script": "</script",
        "style": "</style",
        "template": "</template",
        "title": "</title",
    }.items()
}
_BREAKS = frozenset(
    {"address", "article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3"}
    | {"h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul"}
)
_CELLS = frozenset({"td", "th"})
_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]*)")


def shown_text(source: str) -> str:
    """The text of an HTML message, a line for each block."""
    lines = (line.strip() for line in _shown(source).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _shown(source: str) -> str:
    words: list[str] = []
    unended: set[str] = set()
    at, end, closes = 0, 0, 0
    while (begins := source.find("<", at)) >= 0:
        words.append(_text(source[at:begins]))
        # Without an end it hides nothing; and what was not found once follows nowhere.
        if closes >= 0 and source.startswith("<!--", begins) and (closes := source.find("-->", begins)) >= 0:
            at = closes + 3
            continue
        if end <= begins:
            end = source.find(">", begins)
        if end < 0:
            # The rest has no end of a tag any more.
            return "".join([*words, _text(source[begins + 1 :])])
        name = _NAME.match(source, begins + 1)
        if name is None:
            at = end + 1 if source[begins + 1] in "!?/" else begins + 1
            words += () if at > end else ("<",)
            continue
        tag = name[1].lower()
        words.append("\n" if tag in _BREAKS else "\t" if tag in _CELLS else "")
        at = end + 1
        if tag in _HIDDEN and tag not in unended and source[begins + 1] != "/":
            if hidden := _HIDDEN[tag].search(source, at):
                at = hidden.start()
            else:
                unended.add(tag)
    words.append(_text(source[at:]))
    return "".join(words)


def _text(piece: str) -> str:
    return unescape(re.sub(r"[ \t\r\n\f]+", " ", piece))
