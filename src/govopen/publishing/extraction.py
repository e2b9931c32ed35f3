"""The text in an attached file, for screening. What cannot be read wholly is not read at all."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

__all__ = ["MOST_TEXT", "readable_types", "text_of"]

MOST_TEXT = 64 * 1024 * 1024
"""Bytes that a file may unpack to. What is larger is not read: it may be made to fill the memory."""

_MOST_PARTS = 5000
_OFFICE = "application/vnd.openxmlformats-officedocument."
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def text_of(content: bytes, media_type: str) -> str | None:
    """All text in a file that a reader could come to see; ``None``: it cannot be read, or not wholly.

    The content decides, and what does not fit the declared type is not read. Comments, deleted passages, hidden sheets,
    headers and footers are part of the text.

    Args:
        content: The file.
        media_type: As declared: ``application/pdf``.
    """
    declared = media_type.partition(";")[0].strip().lower()
    reader = _READERS.get(declared)
    return None if reader is None else reader(content)


def _plain(content: bytes) -> str | None:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, encoding)
    return _decoded(content, "utf-8") or _decoded(content, "gb18030") if content else ""


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    # A picture is now and then valid in some encoding.
    return None if _CONTROL.search(text) else text


def _html(content: bytes) -> str | None:
    text = _plain(content)
    if text is None:
        return None
    collected = _Collector()
    collected.feed(text)
    collected.close()
    # Inline markup splits words; without it they are whole again.
    return "\n".join(("".join(collected.inline), "".join(collected.broken)))


class _Collector(HTMLParser):
    """All that an HTML file says, attributes and comments too: once with its tags as breaks, once without."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inline: list[str] = []
        self.broken: list[str] = []

    def handle_data(self, data: str) -> None:
        self.inline.append(data)
        self.broken.append(data)

    def handle_comment(self, data: str) -> None:
        self.broken.append(f"\n{data}\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.broken.append("\n" + "\n".join(value for _, value in attrs if value) + "\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.broken.append("\n")


def _json(content: bytes) -> str | None:
    text = _plain(content)
    try:
        value = None if text is None else json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return None
    # An escaped character is what it stands for.
    return None if text is None else f"{text}\n{json.dumps(value, ensure_ascii=False)}"


def _xml(content: bytes) -> str | None:
    return _xml_text(content, frozenset())


def _xml_text(content: bytes, breaks: frozenset[str]) -> str | None:
    """The text and attributes of XML. With a document type it is not read: entities expand without end."""
    pieces: list[str] = []
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise _RefusedError

    def start(tag: str, attributes: dict[str, str]) -> None:
        pieces.extend(f"\n{value}\n" for value in attributes.values() if not breaks)
        if breaks and tag.rpartition(":")[2] in {"tab", "br", "cr"}:
            pieces.append("\n")

    def end(tag: str) -> None:
        if not breaks or tag.rpartition(":")[2] in breaks:
            pieces.append("\n")

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = pieces.append
    parser.CommentHandler = pieces.append
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, _RefusedError, ValueError, LookupError):
        return None
    return "".join(pieces)


class _RefusedError(Exception):
    """The parser met what is not read."""


_PARAGRAPHS = frozenset({"p", "tc", "tr", "si", "c", "row", "comment", "t_", "sp"})
_UNREAD_PARTS = re.compile(r"\.(?:bin|ole|emf|wmf|png|jpe?g|gif|bmp|tiff?|svm|pdf|docx?|xlsx?|pptx?)$", re.IGNORECASE)
_EMBEDDED = re.compile(r"(?:^|/)(?:media|embeddings|activeX)/|vbaProject", re.IGNORECASE)


def _office(folder: str) -> Callable[[bytes], str | None]:
    def read(content: bytes) -> str | None:
        try:
            with ZipFile(io.BytesIO(content)) as archive:
                return _parts(archive, folder)
        except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
            # zipfile raises RuntimeError for what is encrypted.
            return None

    return read


def _parts(archive: ZipFile, folder: str) -> str | None:
    entries = archive.infolist()
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_TEXT:
        return None
    if not any(entry.filename.startswith(folder) for entry in entries):
        return None
    pieces: list[str] = []
    left = MOST_TEXT
    for entry in entries:
        if entry.is_dir():
            continue
        if _EMBEDDED.search(entry.filename) or _UNREAD_PARTS.search(entry.filename):
            # A picture or a file within the file: nobody has read it.
            return None
        with archive.open(entry) as part:
            data = part.read(left + 1)
        left -= len(data)
        if left < 0:
            return None
        if entry.filename.endswith((".xml", ".rels")):
            text = _xml_text(data, _PARAGRAPHS if entry.filename.startswith(folder) else frozenset())
            if text is None:
                return None
            pieces.append(text)
    return "\n".join(pieces)


def _pdf(content: bytes) -> str | None:
    if not content.startswith(b"%PDF-"):
        return None
    try:
        # Imported here: an extra (govopen[pdf]); without it a PDF is unreadable, which a person can let pass.
        from pypdf import PdfReader  # noqa: PLC0415
    except ImportError:
        return None
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted or reader.attachments:
            return None
        pages = []
        for page in reader.pages:
            text = page.extract_text()
            # A page without text is a scan; one with pictures may say something in them.
            if not text.strip() or len(page.images):
                return None
            pages.append(text)
    except Exception:  # noqa: BLE001 - a damaged file raises anything; it is unreadable, and is held up
        return None
    said = [str(value) for value in (reader.metadata or {}).values()]
    return "\n".join([*pages, *said]) if pages else None


_READERS: Mapping[str, Callable[[bytes], str | None]] = {
    "text/plain": _plain,
    "text/csv": _plain,
    "text/markdown": _plain,
    "text/html": _html,
    "application/xhtml+xml": _html,
    "application/json": _json,
    "application/xml": _xml,
    "text/xml": _xml,
    "application/pdf": _pdf,
    f"{_OFFICE}wordprocessingml.document": _office("word/"),
    f"{_OFFICE}spreadsheetml.sheet": _office("xl/"),
}


def readable_types() -> Iterator[str]:
    """The media types whose text is read."""
    return iter(_READERS)
