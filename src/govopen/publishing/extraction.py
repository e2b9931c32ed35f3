"""The text in an attached file, for screening.

The content decides what a file is; one that is not what it is declared to be is not read. A part that cannot be read
(a picture, an embedded file) leaves :data:`~govopen.clearance.screeners.hidden.UNREAD` in the text, so that what can be
read is screened all the same; what a reader would not see leaves ``HIDDEN``. Either is held up until a person has
looked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from govopen.publishing.extraction_html import html
from govopen.publishing.extraction_markup import json_text, xml
from govopen.publishing.extraction_office import document, workbook
from govopen.publishing.extraction_pdf import pdf
from govopen.publishing.extraction_plain import plain

__all__ = ["MOST_BYTES", "readable_types", "text_of"]

MOST_BYTES = 64 * 1024 * 1024
"""A larger file is not read: it may be made to fill the memory."""

_Reader = Callable[[bytes, str], str | None]
_OFFICE = "application/vnd.openxmlformats-officedocument."
_READERS: Mapping[str, _Reader] = {
    "text/plain": plain,
    "text/csv": plain,
    "text/markdown": plain,
    "text/html": html,
    "application/xhtml+xml": html,
    "application/json": json_text,
    "application/xml": xml,
    "text/xml": xml,
    "application/pdf": pdf,
    f"{_OFFICE}wordprocessingml.document": document,
    f"{_OFFICE}spreadsheetml.sheet": workbook,
}
_BINARY: tuple[_Reader, ...] = (pdf, document, workbook)
_UNDECLARED = frozenset({"", "application/octet-stream"})


def text_of(content: bytes, media_type: str) -> str | None:
    """All text in a file that a reader could come to see; ``None``: nothing of it can be read.

    Comments, deleted passages, hidden sheets, headers, footers and document properties are part of the text. Never an
    exception, whatever the content.

    Args:
        content: The file.
        media_type: As declared: ``application/pdf``, ``text/plain; charset=gb18030``. A PDF, DOCX or XLSX of no
            declared type (``application/octet-stream``) is known by its content.
    """
    if len(content) > MOST_BYTES:
        return None
    kind, _, parameters = media_type.partition(";")
    kind = kind.strip().lower()
    if kind in _UNDECLARED:
        return next((text for reader in _BINARY if (text := reader(content, "")) is not None), None)
    reader = _READERS.get(kind)
    return None if reader is None else reader(content, _charset(parameters))


def _charset(parameters: str) -> str:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return ""


def readable_types() -> Iterator[str]:
    """The media types whose text is read."""
    return iter(_READERS)
