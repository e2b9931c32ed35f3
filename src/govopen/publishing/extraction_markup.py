"""The text in HTML, XML and JSON: what they show, and what only a program reads."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from xml.parsers import expat

from govopen.clearance.screeners.hidden import UNREAD
from govopen.publishing.extraction_plain import decoded

__all__ = ["XmlHandler", "html", "json_text", "parse_xml", "xml"]

_DECLARED = re.compile(rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"""\s*<\?xml\s[^>]{0,200}\?>""")
_XML_DECLARED = re.compile(rb"""\A\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w-]+)["']""")
_HEAD = 2048
# Tags within a line: what they part is one word. All others break the line.
# fmt: off
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code",
        "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
        "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong",
        "sub", "sup", "time", "tt", "u", "var", "wbr",
    }
)
# fmt: on
_CELLS = frozenset({"td", "th"})
_PICTURES = frozenset({"svg", "object", "embed", "canvas", "video", "audio"})


class _Html(HTMLParser):
    """All that an HTML file says: its text, and apart from it attributes and comments."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self.others: list[str] = []

    def handle_data(self, data: str) -> None:
        self.shown.append(data)

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._separate(tag)
        values = [value for _, value in attrs if value]
        if tag in _PICTURES or any(value.lstrip().lower().startswith("data:") for value in values):
            self.shown.append(UNREAD)
        self.others += values

    def handle_endtag(self, tag: str) -> None:
        self._separate(tag)

    def _separate(self, tag: str) -> None:
        if tag not in _INLINE:
            self.shown.append("\t" if tag in _CELLS else "\n")


def html(content: bytes, charset: str = "") -> str | None:
    """The text of a page, then the values of attributes and the comments. Inline tags part no word."""
    found = _DECLARED.search(content[:_HEAD])
    text = decoded(content, charset or (found.group(1).decode().lower() if found else ""))
    if text is None or "<" not in text:
        return None
    page = _Html()
    try:
        page.feed(text)
        page.close()
    except (AssertionError, ValueError, NotImplementedError):
        # html.parser gives up on some malformed declarations.
        return None
    return "\n".join(["".join(page.shown), *page.others])


def json_text(content: bytes, charset: str = "") -> str | None:
    """All keys, strings and numbers, one a line; an escaped character is what it stands for."""
    text = decoded(content, charset)
    said: list[str] = []

    def number(written: str) -> None:
        said.append(written)

    def members(pairs: list[tuple[str, object]]) -> None:
        # A key that comes twice would lose its first value in a dictionary.
        for key, value in pairs:
            said.append(key)
            strings(value)

    def strings(value: object) -> None:
        if isinstance(value, str):
            said.append(value)
        elif isinstance(value, list):
            for member in value:
                strings(member)

    try:
        if text is None:
            return None
        strings(
            json.loads(text, object_pairs_hook=members, parse_int=number, parse_float=number, parse_constant=number)
        )
    except (ValueError, RecursionError):
        return None
    return "\n".join(said)


class XmlHandler:
    """Collects the text of an XML file: each element, attribute and comment on a line of its own."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.pieces += ("\n", *(f"{value}\n" for value in attributes.values()))

    def end(self, tag: str) -> None:
        self.pieces.append("\n")

    def data(self, text: str) -> None:
        self.pieces.append(text)

    def comment(self, text: str) -> None:
        self.pieces.append(f"\n{text}\n")

    def instruction(self, target: str, text: str) -> None:
        self.pieces.append(f"\n{text}\n")

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class _RefusedError(Exception):
    """The file has a document type."""


def _refuse(*_: object) -> None:
    raise _RefusedError


def _undeclared(text: str) -> bytes:
    """The XML as UTF-8, without the declaration that says otherwise."""
    declaration = _DECLARATION.match(text)
    return text[declaration.end() if declaration else 0 :].encode()


def parse_xml(content: bytes, handler: XmlHandler) -> bool:
    """Whether the XML could be read through. With a document type it is not: entities expand without end."""
    declared = _XML_DECLARED.match(content[:_HEAD])
    text = decoded(content, declared.group(1).decode().lower() if declared else "")
    if text is None:
        return False
    parser = expat.ParserCreate("utf-8", namespace_separator=None)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data
    parser.CommentHandler = handler.comment
    parser.ProcessingInstructionHandler = handler.instruction
    try:
        parser.Parse(_undeclared(text), True)
    except (expat.ExpatError, _RefusedError, ValueError):
        return False
    return True


def xml(content: bytes, charset: str = "") -> str | None:
    """The text of an XML file."""
    handler = XmlHandler()
    if charset:
        text = decoded(content, charset)
        content = b"" if text is None else _undeclared(text)
    return handler.text if parse_xml(content, handler) else None
