"""The text in a PDF, if ``pypdf`` is there (the extra ``govopen[pdf]``); without it a PDF cannot be read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from govopen.clearance.screeners.hidden import HIDDEN, UNREAD

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

__all__ = ["pdf"]

MOST_PAGES = 5_000
_DEEPEST = 8
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]+")
_BEGIN_IMAGE, _IMAGE_DATA = re.compile(rb"(?<!\S)BI\s"), re.compile(rb"\sID\s")
# These give text without a table of their own: the standard says which character each code is.
_KNOWN_ENCODINGS = re.compile(r"^/(?:Uni|GB|B5|ETen|HK|CNS|UCS|90|UTF16)")


def pdf(content: bytes, charset: str = "") -> str | None:
    """The text of all pages, forms, notes, bookmarks and properties; ``None``: encrypted, damaged, or without text.

    A page without text, a picture, a font whose codes stand for no known characters and an embedded file each leave a
    mark.
    """
    if not content.startswith(b"%PDF-"):
        return None
    try:
        # Late: an extra, and a tenth of a second.
        from pypdf import PdfReader  # noqa: PLC0415
    except ImportError:
        return None
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted or not 0 < len(reader.pages) <= MOST_PAGES:
            return None
        pages = [_page(page) for page in reader.pages]
        if not any(page.replace(UNREAD, "").strip() for page in pages):
            return None
        text = "\n".join([*pages, *_beside(reader, content)])
    except Exception:  # noqa: BLE001 - a damaged file makes pypdf raise anything; it cannot be read, and is held up
        return None
    # A code that the font does not explain comes out as a control character.
    return _CONTROL.sub("\ufffd", text)


def _page(page: PageObject) -> str:
    text = page.extract_text()
    said = [text if text.strip() else UNREAD]
    resources = _object(page.get("/Resources"))
    if resources is not None and not all(_legible(resources, 0)):
        said.append(UNREAD)
    contents = page.get_contents()
    if contents is not None and _draws_picture(contents.get_data()):
        said.append(UNREAD)
    for held in _object(page.get("/Annots")) or ():
        note = _object(held)
        if note is not None:
            said += _note(note)
    return "\n".join(said)


def _draws_picture(drawing: bytes) -> bool:
    begins = _BEGIN_IMAGE.search(drawing)
    return begins is not None and _IMAGE_DATA.search(drawing, begins.end() - 1) is not None


def _object(held: Any) -> Any:
    return held.get_object() if hasattr(held, "get_object") else held


def _legible(resources: Any, depth: int) -> Iterator[bool]:
    """Of each thing that a page draws with, whether its text could be taken."""
    if depth > _DEEPEST:
        yield False
        return
    for held in (_object(resources.get("/Font")) or {}).values():
        yield _has_characters(_object(held))
    for held in (_object(resources.get("/XObject")) or {}).values():
        drawn = _object(held)
        yield drawn.get("/Subtype") == "/Form"
        inner = _object(drawn.get("/Resources"))
        if drawn.get("/Subtype") == "/Form" and inner is not None:
            yield from _legible(inner, depth + 1)
    for held in (_object(resources.get("/Pattern")) or {}).values():
        inner = _object(_object(held).get("/Resources"))
        if inner is not None:
            yield from _legible(inner, depth + 1)


def _has_characters(font: Any) -> bool:
    if "/ToUnicode" in font:
        return True
    if font.get("/Subtype") == "/Type3":
        return False
    if font.get("/Subtype") == "/Type0":
        return bool(_KNOWN_ENCODINGS.match(str(_object(font.get("/Encoding")))))
    return True


_SAYING = ("/Contents", "/RC", "/T", "/TU", "/V", "/DV", "/Subj", "/Alt", "/ActualText")


def _note(note: Any) -> Iterator[str]:
    """The words of a note, link or field on a page. A note is no part of the page: a reader may miss it."""
    said = [str(_object(note[key])) for key in _SAYING if key in note]
    action = _object(note.get("/A"))
    if action is not None and "/URI" in action:
        said.append(str(_object(action["/URI"])))
    yield from said
    if note.get("/Subtype") not in {"/Link", "/Widget"} and said:
        yield HIDDEN
    if note.get("/Subtype") in {"/FileAttachment", "/Screen", "/Movie", "/Sound", "/RichMedia", "/3D"}:
        yield UNREAD


def _beside(reader: PdfReader, content: bytes) -> Iterator[str]:
    yield from (str(value) for value in (reader.metadata or {}).values())
    root = reader.root_object
    xmp = _object(root.get("/Metadata"))
    if xmp is not None:
        yield xmp.get_data().decode("utf-8", "replace")
    yield from _titles(reader.outline, 0)
    for field in (reader.get_fields() or {}).values():
        yield from (str(field[key]) for key in ("/T", "/V", "/TU") if key in field)
    names = _object(root.get("/Names")) or {}
    if "/EmbeddedFiles" in names or "/AF" in root or "/Collection" in root:
        yield UNREAD
    if "/XFA" in (_object(root.get("/AcroForm")) or {}):
        yield UNREAD
    # A file that was saved by appending still holds what stood there before. A linearized one has two ends from birth.
    ends = content.count(b"%%EOF")
    if ends > (2 if b"/Linearized" in content[:1024] else 1):
        yield HIDDEN


def _titles(outline: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        yield UNREAD
        return
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry, depth + 1)
        else:
            yield str(entry.title)
