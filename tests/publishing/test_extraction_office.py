"""DOCX and XLSX: no part of the package hides what it says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from govopen.clearance.screeners.builtin import SCREENERS
from govopen.clearance.screening import Passage
from govopen.publishing import extraction_package
from govopen.publishing.extraction import text_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOBILE = "13800138000"


def found(text: str | None) -> set[str]:
    return {hit.code for screener in SCREENERS for hit in screener.screen(Passage(place="attachments[0]", text=text))}


def packed(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **others: bytes | str) -> bytes:
    """A document with that body; further parts by name, with ``__`` for ``/`` and ``_`` for ``.``."""
    named = {name.replace("__", "/").replace("_", "."): content for name, content in others.items()}
    return packed(
        {
            "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
            "word/document.xml": f"<?xml version='1.0'?>\n<w:document {W}><w:body>{body}</w:body></w:document>",
            **named,
        }
    )


def paragraph(*runs: str) -> str:
    return "<w:p>" + "\n   ".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def xlsx(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(buffer)
    return buffer.getvalue()


class TestDocument:
    def test_joins_the_runs_of_a_word_and_parts_cells_and_paragraphs(self) -> None:
        table = f"<w:tbl><w:tr><w:tc>{paragraph('密级')}</w:tc><w:tc>{paragraph('机密')}</w:tc></w:tr></w:tbl>"
        text = text_of(docx(paragraph("1380", "013", "8000") + table), DOCX)
        assert text is not None
        assert text.startswith(f"{MOBILE}\n密级\n\t机密\n\t")
        assert found(text) == {"mobile-number", "secrecy-marking"}

    @pytest.mark.parametrize(
        "part",
        [
            "word__header1_xml",
            "word__footer2_xml",
            "word__footnotes_xml",
            "word__endnotes_xml",
            "word__charts__chart1_xml",
            "word__diagrams__data1_xml",
            "docProps__core_xml",
            "docProps__custom_xml",
            "customXml__item1_xml",
        ],
    )
    def test_reads_every_part(self, part: str) -> None:
        content = docx(paragraph("正文"), **{part: f"<a {W}><w:t>机密★</w:t></a>"})
        assert "secrecy-marking" in found(text_of(content, DOCX))

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            (
                f"<w:p><w:del><w:r><w:delText>{MOBILE}</w:delText></w:r></w:del></w:p>",
                {"mobile-number", "hidden-content"},
            ),
            ("<w:p><w:ins><w:r><w:t>补一句</w:t></w:r></w:ins></w:p>", {"hidden-content"}),
            (
                f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{MOBILE}</w:t></w:r></w:p>",
                {"mobile-number", "hidden-content"},
            ),
            ('<w:p><w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>正文</w:t></w:r></w:p>', set()),
            (
                f'<w:p><w:r><w:drawing><wp:docPr xmlns:wp="a" descr="电话{MOBILE}"/></w:drawing></w:r></w:p>',
                {"mobile-number"},
            ),
            (
                "<w:p><w:r>" + "".join(f'<w:sym w:char="F0{ord(d):02X}"/>' for d in MOBILE) + "</w:r></w:p>",
                {"mobile-number"},
            ),
            (f'<w:p><w:fldSimple w:instr="DOCPROPERTY {MOBILE}"/></w:p>', {"mobile-number"}),
        ],
        ids=["deleted", "inserted", "hidden", "not hidden", "picture's description", "symbols", "field"],
    )
    def test_reads_what_word_does_not_show_and_says_that_it_is_there(self, body: str, expected: set[str]) -> None:
        assert found(text_of(docx(body), DOCX)) == expected

    def test_reads_a_document_as_it_is_and_as_it_was_before_tracked_changes(self) -> None:
        """A deletion within a number would hide it on paper; an insertion, its elder form."""
        within = "<w:del><w:r><w:delText>999</w:delText></w:r></w:del>"
        now = f"<w:p><w:r><w:t>1380</w:t></w:r>{within}<w:r><w:t>0138000</w:t></w:r></w:p>"
        before = now.replace("w:del>", "w:ins>").replace("delText", "t")
        assert "mobile-number" in found(text_of(docx(now), DOCX))
        assert "mobile-number" in found(text_of(docx(before), DOCX))

    def test_reads_comments(self) -> None:
        comments = f"<w:comments {W}><w:comment>{paragraph('此人电话', MOBILE)}</w:comment></w:comments>"
        assert found(text_of(docx(paragraph("正文"), word__comments_xml=comments), DOCX)) == {
            "mobile-number",
            "hidden-content",
        }

    def test_marks_pictures_and_embedded_files_and_reads_the_rest(self) -> None:
        """A picture can be let pass by a person; the marking beside it cannot."""
        text = text_of(docx(paragraph("机密★20年"), word__media__image1_png=b"\x89PNG"), DOCX)
        assert found(text) >= {"secrecy-marking", "unreadable-part"}

    def test_takes_fonts_for_no_content(self) -> None:
        assert found(text_of(docx(paragraph("正文"), word__fonts__font1_odttf=b"\0"), DOCX)) == set()

    def test_marks_a_part_that_does_not_parse(self) -> None:
        assert found(text_of(docx(paragraph("正文"), word__header1_xml="<w:p>"), DOCX)) == {"unreadable-part"}
        bomb = '<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'
        assert found(text_of(docx(paragraph("正文"), customXml__item1_xml=bomb), DOCX)) == {"unreadable-part"}


class TestWorkbook:
    def test_reads_cells_row_by_row_with_long_numbers_whole(self) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            sheet = book.active
            assert sheet is not None
            sheet.append(["密级", "机密"])
            sheet.append(["电话", int(MOBILE)])
            sheet.append(["电话", 1.3900139e10])

        text = text_of(xlsx(fill), XLSX)
        assert text is not None
        assert "密级\t机密\t" in text
        assert "13900139000" in text
        assert found(text) == {"mobile-number", "secrecy-marking"}

    def test_joins_the_runs_of_rich_text(self, tmp_path: Path) -> None:
        path = tmp_path / "rich.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
            sheet.write_rich_string(0, 0, "电话1380", bold, "0138", "000")
            sheet.set_header("&C内部资料 注意保存")
        assert found(text_of(path.read_bytes(), XLSX)) == {"mobile-number", "internal-marking"}

    @pytest.mark.parametrize("where", ["sheet", "very hidden sheet", "row", "column", "comment"])
    def test_reads_what_excel_hides_and_says_that_it_is_there(self, where: str) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            sheet = book.create_sheet("副表")
            sheet["B2"] = MOBILE
            match where:
                case "sheet":
                    sheet.sheet_state = "hidden"
                case "very hidden sheet":
                    sheet.sheet_state = "veryHidden"
                case "row":
                    sheet.row_dimensions[2].hidden = True
                case "column":
                    sheet.column_dimensions["B"].hidden = True
                case _:
                    sheet["B2"] = "正文"
                    sheet["B2"].comment = Comment(f"电话{MOBILE}", "某")

        assert found(text_of(xlsx(fill), XLSX)) >= {"mobile-number", "hidden-content"}

    def test_reads_formulas_names_of_sheets_and_defined_names(self) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            sheet = book.create_sheet(f"电话{MOBILE}")
            sheet["A1"] = '="440106" & "机密★"'

        assert found(text_of(xlsx(fill), XLSX)) >= {"mobile-number", "secrecy-marking"}

    def test_with_data_behind_a_pivot_table_says_so(self) -> None:
        content = io.BytesIO(xlsx(lambda book: None))
        with zipfile.ZipFile(content, "a") as archive:
            archive.writestr("xl/pivotCache/pivotCacheRecords1.xml", f'<r><s v="电话{MOBILE}"/></r>')
        assert found(text_of(content.getvalue(), XLSX)) == {"mobile-number", "hidden-content"}

    def test_with_a_string_that_is_not_there_is_marked(self) -> None:
        content = packed(
            {
                "[Content_Types].xml": f'<Types><Override ContentType="{XLSX}.main+xml"/></Types>',
                "xl/sharedStrings.xml": "<sst><si><t>甲</t></si></sst>",
                "xl/worksheets/sheet1.xml": '<sheet><row><c t="s"><v>0</v></c><c t="s"><v>7</v></c></row></sheet>',
            }
        )
        assert found(text_of(content, XLSX)) == {"unreadable-part"}


class TestPackage:
    def test_of_another_kind_than_declared_is_unreadable(self) -> None:
        document, book = docx(paragraph("正文")), xlsx(lambda book: None)
        assert text_of(document, XLSX) is None
        assert text_of(book, DOCX) is None
        assert text_of(packed({"a.xml": "<a/>"}), DOCX) is None

    def test_of_no_declared_kind_is_known_by_its_content(self) -> None:
        assert text_of(docx(paragraph("正文")), "application/octet-stream") == text_of(docx(paragraph("正文")), DOCX)
        assert text_of(b"words", "application/octet-stream") is None

    def test_with_macros_is_unreadable(self) -> None:
        macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
        macros = packed(
            {
                "[Content_Types].xml": f'<Types><Override ContentType="{macro}"/></Types>',
                "word/document.xml": "<a/>",
            }
        )
        assert text_of(macros, DOCX) is None

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_packed_in_an_unusual_way_is_read_or_unreadable(self, method: int) -> None:
        parts: dict[str, bytes | str] = {
            "[Content_Types].xml": f'<Types><Override ContentType="{MAIN}"/></Types>',
            "word/document.xml": f"<w:document {W}>{paragraph('机密★')}</w:document>",
        }
        assert "secrecy-marking" in found(text_of(packed(parts, method), DOCX))

    def test_that_unpacks_to_too_much_is_unreadable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(extraction_package, "MOST_UNPACKED", 100_000)
        small, large = docx(paragraph("正文")), docx(paragraph("正文"), customXml__item1_xml=b" " * 200_000)
        assert text_of(small, DOCX) is not None
        assert len(large) < 10_000
        assert text_of(large, DOCX) is None

    def test_that_lies_about_its_size_is_unreadable(self) -> None:
        content = docx(paragraph("正文"), customXml__item1_xml=b"<a/>" + b" " * 100_000)
        assert text_of(content.replace((100_004).to_bytes(4, "little"), (4).to_bytes(4, "little")), DOCX) is None

    def test_with_too_many_parts_is_unreadable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(extraction_package, "MOST_PARTS", 2)
        assert text_of(docx(paragraph("正文")), DOCX) is not None
        assert text_of(docx(paragraph("正文"), customXml__item1_xml="<a/>"), DOCX) is None

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_with_two_parts_of_one_name_is_unreadable(self) -> None:
        """One program would show the first, another the second."""
        buffer = io.BytesIO(docx(paragraph("正文")))
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr("word/document.xml", f"<w:document {W}>{paragraph('另一份')}</w:document>")
        assert text_of(buffer.getvalue(), DOCX) is None

    def test_with_anything_before_or_after_it_is_unreadable(self) -> None:
        content = docx(paragraph("正文"))
        assert text_of(b"x" + content, DOCX) is None
        assert text_of(content + b"x", DOCX) is None
        buffer = io.BytesIO(content)
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.comment = b"13800138000"
        assert text_of(buffer.getvalue(), DOCX) is None

    def test_that_is_encrypted_is_unreadable(self) -> None:
        content = bytearray(docx(paragraph("正文")))
        for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = content.find(mark)
            content[at + flags] |= 1
        assert text_of(bytes(content), DOCX) is None

    @given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
    @settings(max_examples=300)
    def test_with_a_changed_byte_raises_nothing(self, at: int, byte: int) -> None:
        content = bytearray(DAMAGED)
        content[at % len(content)] = byte
        text = text_of(bytes(content), DOCX)
        assert text is None or isinstance(text, str)

    @given(length=st.integers(0, 10_000))
    @settings(max_examples=50)
    def test_that_is_cut_off_is_unreadable(self, length: int) -> None:
        assert text_of(DAMAGED[: length % len(DAMAGED)], DOCX) is None


DAMAGED = docx(paragraph("正文"), word__header1_xml="<a>1</a>")
