"""The text in XML and JSON."""

from __future__ import annotations

import json
import re
from xml.parsers import expat

from govopen.publishing.extraction_plain import decoded

__all__ = ["XmlHandler", "json_text", "parse_xml", "xml"]

_DECLARATION = re.compile(r"""\s*<\?xml\s[^>]{0,200}\?>""")
_XML_DECLARED = re.compile(rb"""\A\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w-]+)["']""")
_HEAD = 2048


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
