"""PDF: the text of all pages, and a mark wherever something could not be read."""

from __future__ import annotations

import builtins
import io
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject

from govopen.clearance.screeners.builtin import SCREENERS
from govopen.clearance.screening import Passage
from govopen.publishing.extraction import text_of

PDF = "application/pdf"
MOBILE = "13800138000"
SONG = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ << /Type /Font"
    b" /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2"
    b" >> /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 0 1000 1000]"
    b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >> ] >>"
)
GLYPHS_ONLY = SONG.replace(b"/UniGB-UCS2-H", b"/Identity-H")
PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
)


def found(text: str | None) -> set[str]:
    return {hit.code for screener in SCREENERS for hit in screener.screen(Passage(place="attachments[0]", text=text))}


def shown(text: str) -> bytes:
    """The drawing of a text, in a font that takes UCS-2."""
    return b"BT /F1 12 Tf 72 720 Td <" + text.encode("utf-16-be").hex().encode() + b"> Tj ET"


def pdf(*pages: bytes, font: bytes = SONG, picture: bool = False) -> bytes:
    """A file with those drawings as its pages, as a printer driver might write it."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font, PICTURE + b"\nstream\n\x00\nendstream"]
    kids = []
    extra = b" /XObject << /I1 4 0 R >>" if picture else b""
    for drawing in pages:
        number = len(objects) + 1
        kids.append(b"%d 0 R" % number)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >>"
            b"%s >> >>" % (number + 1, extra)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            len(content),
        )
    )


def rewritten(content: bytes, change: Any) -> bytes:
    writer, buffer = pypdf.PdfWriter(clone_from=io.BytesIO(content)), io.BytesIO()
    change(writer)
    writer.write(buffer)
    return buffer.getvalue()


def test_chinese_text_of_all_pages_is_read() -> None:
    text = text_of(pdf(shown("番禺区办事指南"), shown("第二页，电话" + MOBILE)), PDF)
    assert text is not None
    assert "番禺区办事指南" in text
    assert found(text) == {"mobile-number"}


def test_a_clean_file_is_clean() -> None:
    assert found(text_of(pdf(shown("番禺区办事指南")), PDF)) == set()


def test_a_file_of_scans_is_unreadable() -> None:
    assert text_of(pdf(b"q 595 0 0 842 0 0 cm /I1 Do Q", picture=True), PDF) is None


def test_one_scanned_page_among_others_is_marked_and_the_others_are_screened() -> None:
    """Otherwise a person could let the scan pass, and with it the marking on another page."""
    text = text_of(pdf(shown("机密★20年"), b""), PDF)
    assert found(text) >= {"secrecy-marking", "unreadable-part"}


@pytest.mark.parametrize(
    "content",
    [
        pdf(shown("正文"), picture=True),
        pdf(shown("正文") + b"\nq BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"),
        pdf(shown("正文"), font=GLYPHS_ONLY),
        pdf(
            shown("正文"),
            font=b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << >>"
            b" /Encoding << /Type /Encoding /Differences [0 /a] >> /FirstChar 0 /LastChar 0 /Widths [1] >>",
        ),
        rewritten(pdf(shown("正文")), lambda writer: writer.add_attachment("a.txt", b"secret")),
    ],
    ids=["picture", "inline picture", "font without characters", "drawn font", "embedded file"],
)
def test_what_cannot_be_read_on_a_page_is_marked(content: bytes) -> None:
    text = text_of(content, PDF)
    assert text is None or "unreadable-part" in found(text)


def test_notes_bookmarks_and_properties_are_read() -> None:
    def change(writer: pypdf.PdfWriter) -> None:
        writer.add_annotation(0, FreeText(text="机密★", rect=(50, 550, 200, 650)))
        writer.add_outline_item(title="密级：秘密", page_number=0)
        writer.add_metadata({"/Title": f"电话{MOBILE}"})

    assert found(text_of(rewritten(pdf(shown("正文")), change), PDF)) >= {
        "mobile-number",
        "secrecy-marking",
        "hidden-content",
    }


def test_a_field_of_a_form_is_read() -> None:
    def change(writer: pypdf.PdfWriter) -> None:
        field = DictionaryObject()
        for key, value in (("/Subtype", NameObject("/Widget")), ("/FT", NameObject("/Tx"))):
            field[NameObject(key)] = value
        field[NameObject("/V")] = pypdf.generic.TextStringObject(MOBILE)
        field[NameObject("/Rect")] = pypdf.generic.RectangleObject((0, 0, 10, 10))
        writer.add_annotation(0, field)

    assert found(text_of(rewritten(pdf(shown("正文")), change), PDF)) == {"mobile-number"}


def test_what_was_there_before_the_file_was_last_saved_is_told() -> None:
    content = pdf(shown("正文"))
    start = content.rpartition(b"startxref\n")[2]
    assert found(text_of(content + b"startxref\n" + start, PDF)) == {"hidden-content"}


def test_an_encrypted_file_is_unreadable() -> None:
    assert text_of(rewritten(pdf(shown("正文")), lambda writer: writer.encrypt("")), PDF) is None
    assert (
        text_of(rewritten(pdf(shown("正文")), lambda writer: writer.encrypt("word", algorithm="RC4-128")), PDF) is None
    )


def test_without_pypdf_every_pdf_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = builtins.__import__

    def lacking(name: str, *rest: Any, **named: Any) -> Any:
        if name == "pypdf":
            raise ImportError(name)
        return honest(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", lacking)
    assert text_of(pdf(shown("正文")), PDF) is None


@given(at=st.integers(0, 100_000), byte=st.integers(0, 255))
@settings(max_examples=60)
def test_a_changed_byte_raises_nothing(at: int, byte: int) -> None:
    content = bytearray(GOOD)
    content[at % len(content)] = byte
    text = text_of(bytes(content), PDF)
    assert text is None or isinstance(text, str)


@pytest.mark.parametrize("content", [b"%PDF-", b"%PDF-1.7\n%%EOF", b"%PDF-1.4 trailer << /Root 1 0 R >>", b"not one"])
def test_a_broken_file_is_unreadable(content: bytes) -> None:
    assert text_of(content, PDF) is None


GOOD = pdf(shown("正文"))
