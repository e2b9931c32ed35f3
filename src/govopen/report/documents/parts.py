"""What a document is made of: sections, paragraphs, lists and tables, whatever is made of them in the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

import attrs

__all__ = [
    "Cell",
    "Grid",
    "Line",
    "Listing",
    "Paragraph",
    "Part",
    "Picture",
    "Section",
    "Span",
    "line",
    "safe_address",
    "texts",
]


@attrs.frozen
class Span:
    """A piece of text. It has no markup: whatever a record says is shown as it stands.

    Attributes:
        kind: ``code`` for identifiers; ``missing`` for what nobody has recorded; ``unverified`` for the mark of what
            nobody has verified; ``rule`` and ``obligation`` for codes that a project may have pages of.
        href: Address that the text leads to (:func:`safe_address`).
    """

    text: str
    kind: Literal["", "code", "missing", "unverified", "rule", "obligation"] = ""
    href: str = ""


Line = tuple[Span, ...]
"""Pieces that follow each other."""

Cell = tuple[Line, ...]
"""What a cell of a table holds: lines under each other."""


@attrs.frozen
class Paragraph:
    """Running text."""

    line: Line


@attrs.frozen
class Listing:
    """A list; ``numbered`` where the order matters."""

    lines: tuple[Line, ...]
    numbered: bool = False


@attrs.frozen(kw_only=True)
class Grid:
    """A table.

    Attributes:
        heads: Heads of the columns.
        widths: Widths of the columns, as shares.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


@attrs.frozen(kw_only=True)
class Picture:
    """A drawing that says nothing that the parts beside it do not say: where it cannot be shown, it is left out.

    Attributes:
        svg: An SVG element.
    """

    svg: str


@attrs.frozen(kw_only=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        key: Small ASCII letters, digits and hyphens, one of its kind among its siblings: the end of its address.
        table: Identifier of the discretion table that it describes, if it does.
    """

    key: str
    title: str
    parts: tuple[Part, ...]
    table: str = ""


Part = Paragraph | Listing | Grid | Picture | Section
"""What a document is made of."""


def line(*pieces: str | Span) -> Line:
    """Texts and pieces as a line."""
    return tuple(Span(piece) if isinstance(piece, str) else piece for piece in pieces)


def texts(*parts: Part) -> Iterator[str]:
    """Everything that a reader reads of the parts, piece by piece. Drawings are left out."""
    for part in parts:
        match part:
            case Paragraph():
                yield from _read(part.line)
            case Listing():
                for each in part.lines:
                    yield from _read(each)
            case Grid():
                yield from part.heads
                for row in part.rows:
                    for cell in row:
                        for each in cell:
                            yield from _read(each)
            case Section():
                yield part.title
                yield from texts(*part.parts)


def _read(of: Line) -> Iterator[str]:
    for span in of:
        yield span.text


def safe_address(url: str) -> str:
    """The address of a page, or nothing: a record may hold an address that runs a script."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""
