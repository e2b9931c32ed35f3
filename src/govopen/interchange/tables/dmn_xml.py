"""XML read safely into a small tree that knows its lines, and written so that equal trees give equal bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

import attrs

from govopen.errors import InputError, Problem
from govopen.interchange.lines import ENCODINGS
from govopen.texts import N_

__all__ = ["Element", "XmlLimits", "read_xml", "write_xml"]

_SEPARATOR = "\n"  # no namespace holds one: the parser makes a blank of it in an attribute
_DECLARED = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w-]{1,40})["']""")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ATTRIBUTE = {**_TEXT, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}


@attrs.frozen(kw_only=True)
class XmlLimits:
    """Sizes beyond which an XML document is refused.

    Attributes:
        document: Bytes of the whole.
        elements: In the whole.
        depth: Of them within each other.
        problems: Problems listed; further ones are counted.
    """

    document: int = 16_000_000
    elements: int = 500_000
    depth: int = 100
    problems: int = 200


@attrs.define(eq=False)
class Element:
    """An element. Comments and processing instructions are no part of the tree.

    Attributes:
        name: Without prefix.
        namespace: Empty: it is in none.
        attributes: By name; those of a namespace are left out, no standard that is read here has any.
        children: In their order.
        text: All character data directly within, joined.
        line: From 1; 0: it was not read but made.
    """

    name: str
    namespace: str = ""
    attributes: dict[str, str] = attrs.field(factory=dict)
    children: list[Element] = attrs.field(factory=list)
    text: str = ""
    line: int = 0

    def all(self, name: str) -> list[Element]:
        """The children of that name in the namespace of this element."""
        return [child for child in self.children if child.name == name and child.namespace == self.namespace]

    def first(self, name: str) -> Element | None:
        """The first child of that name, if there is one."""
        return next(iter(self.all(name)), None)

    def add(self, tag: str, text: str = "", /, **attributes: str) -> Element:
        """A new last child in the same namespace; blank attributes are left out."""
        given = {key: value for key, value in attributes.items() if value}
        self.children.append(Element(tag, self.namespace, given, text=text))
        return self.children[-1]


class _RefusedError(Exception):
    """The document holds what is not read."""

    def __init__(self, message: str, accepted: str, **facts: object) -> None:
        super().__init__(message)
        self.accepted = accepted
        self.facts = facts


# Expat itself, and no library on top: it alone tells the line of an element, and by the first of these handlers a
# document type is refused before a single entity is declared, so that none can be expanded or fetched. defusedxml does
# the same over ElementTree, which knows no lines.
class _Building:
    def __init__(self, encoding: str | None, limits: XmlLimits) -> None:
        self.limits = limits
        self.root: Element | None = None
        self.open: list[Element] = []
        self.pieces: list[list[str]] = []
        self.count = 0
        self.parser = expat.ParserCreate(encoding, _SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data

    def doctype(self, *_: object) -> None:
        raise _RefusedError(
            N_("The file declares a document type (DOCTYPE), which may hold entities."),
            N_("Accepted: XML without a document type. Delete the declaration, or export the file anew."),
        )

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self.open) >= self.limits.depth:
            raise _RefusedError(
                N_("Elements lie within each other more than {limit} deep."),
                N_("Accepted: a DMN file as an editor saves it."),
                limit=self.limits.depth,
            )
        self.count += 1
        if self.count > self.limits.elements:
            raise _RefusedError(
                N_("The file has more than {limit} elements."),
                N_("Accepted: a file with fewer decisions, or smaller tables."),
                limit=self.limits.elements,
            )
        namespace, _, name = tag.rpartition(_SEPARATOR)
        own = {key: value for key, value in attributes.items() if _SEPARATOR not in key}
        element = Element(name, namespace, own, line=self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        self.pieces.append([])

    def end(self, _: str) -> None:
        self.open.pop().text = "".join(self.pieces.pop())

    def data(self, text: str) -> None:
        self.pieces[-1].append(text)


def read_xml(content: bytes, *, where: str, limits: XmlLimits | None = None) -> Element:
    """The root element.

    Args:
        content: The file.
        where: Its name, for problems.
        limits: Sizes that are refused.

    Raises:
        InputError: It is no XML, has a document type, or is too large; with the line.
    """
    limits = limits or XmlLimits()
    if len(content) > limits.document:
        raise _refused(
            where,
            0,
            N_("The file has {size} bytes."),
            N_("Accepted: at most {limit} bytes."),
            size=len(content),
            limit=limits.document,
        )
    # Expat knows no encoding in which a character may have several bytes, but UTF-8 and UTF-16.
    declared = _DECLARED.match(content)
    codec = ENCODINGS.get(declared.group(1).decode().lower()) if declared else None
    if codec is not None:
        try:
            content = content.decode(codec).encode()
        except UnicodeError:
            raise _refused(
                where,
                1,
                N_("The file is not {codec}, which its first line says it is."),
                N_("Save it as UTF-8."),
                codec=codec,
            ) from None
    building = _Building("utf-8" if codec else None, limits)
    try:
        building.parser.Parse(content, True)
    except _RefusedError as error:
        raise _refused(where, building.parser.CurrentLineNumber, str(error), error.accepted, **error.facts) from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        reason = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else "unknown encoding"
        raise _refused(
            where,
            getattr(error, "lineno", building.parser.CurrentLineNumber),
            N_("The file is no well-formed XML: {reason}."),
            N_("It may be cut off or edited by hand; export it anew."),
            reason=reason,
        ) from None
    assert building.root is not None, "well-formed XML has a root"
    return building.root


def _refused(where: str, line: int, message: str, accepted: str, **facts: object) -> InputError:
    place = f"{where}:{line}" if line else where
    problem = Problem(where=place, message=message, accepted=accepted, facts=facts)
    return InputError(N_("The file {file} cannot be read as XML."), problems=(problem,), file=where)


def write_xml(root: Element, prefixes: Mapping[str, str]) -> bytes:
    """The document as UTF-8, an element a line, indented by two blanks.

    Args:
        root: The root element. An element holds texts or elements, not both.
        prefixes: From a namespace to its prefix; the empty prefix is the default namespace.

    Raises:
        InputError: A text holds a character that XML cannot hold.
    """
    declared = {f"xmlns:{prefix}" if prefix else "xmlns": name for name, prefix in prefixes.items()}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_lines(root, prefixes, declared, "")]
    return ("\n".join(lines) + "\n").encode()


def _lines(element: Element, prefixes: Mapping[str, str], declared: Mapping[str, str], indent: str) -> Iterator[str]:
    prefix = prefixes[element.namespace]
    tag = f"{prefix}:{element.name}" if prefix else element.name
    held = {**declared, **element.attributes}
    start = f"{indent}<{tag}" + "".join(f' {key}="{_escaped(text, _ATTRIBUTE)}"' for key, text in held.items())
    if element.children:
        yield f"{start}>"
        for child in element.children:
            yield from _lines(child, prefixes, {}, indent + "  ")
        yield f"{indent}</{tag}>"
    elif element.text:
        yield f"{start}>{_escaped(element.text, _TEXT)}</{tag}>"
    else:
        yield f"{start}/>"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    if _NO_XML.search(text):
        raise InputError(
            N_("A text of the table holds a character that XML cannot hold."),
            hint=N_("Delete control characters and halves of characters."),
        )
    return "".join(escapes.get(character, character) for character in text)
