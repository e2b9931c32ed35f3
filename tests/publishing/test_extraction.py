"""What a file says is read wherever it stands in it; what cannot be read is never taken for clean."""

from __future__ import annotations

import codecs
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govopen.clearance.screeners.builtin import SCREENERS
from govopen.clearance.screeners.hidden import UNREAD
from govopen.clearance.screening import Passage
from govopen.publishing.extraction import MOST_BYTES, readable_types, text_of

CHINESE = "番禺区办事指南：办公地址、电话和服务时间，请按时前来办理。"


def found(text: str | None) -> set[str]:
    passage = Passage(place="attachments[0]", text=text)
    return {hit.code for screener in SCREENERS for hit in screener.screen(passage)}


class TestPlainText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
    def test_is_read_in_the_encodings_of_chinese_offices(self, encoding: str) -> None:
        assert text_of(CHINESE.encode(encoding), "text/plain") == CHINESE

    def test_is_read_in_the_encoding_that_is_declared(self) -> None:
        traditional = "機密文件，不得外傳。"
        assert text_of(traditional.encode("big5hkscs"), "text/plain; charset=Big5") == traditional
        assert text_of(traditional.encode("utf-16-le"), 'text/plain; charset="utf-16le"') == traditional

    @pytest.mark.parametrize("encoding", ["big5", "utf-16-le", "utf-16-be", "shift_jis", "latin-1"])
    def test_in_an_undeclared_encoding_is_unreadable_and_not_misread(self, encoding: str) -> None:
        """Big5 decodes as GB 18030, to other characters: a marking in it would not be seen."""
        said = (
            "café, déjà vu"
            if encoding == "latin-1"
            else "機密文件不得外傳請妥為保存"
            if "big5" in encoding
            else "機密文書"
        )
        assert text_of(said.encode(encoding), "text/plain") is None

    @pytest.mark.parametrize("charset", ["latin-1", "utf-7", "rot13", "nonsense", "idna"])
    def test_in_an_encoding_that_decodes_anything_is_unreadable(self, charset: str) -> None:
        assert text_of(b"+ADw-", f"text/plain; charset={charset}") is None

    @pytest.mark.parametrize(
        "content",
        [
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            b"%PDF-1.7\n",
            b"PK\x03\x04....",
            b"{\\rtf1 text}",
            b"<!DOCTYPE html><p>&#49;&#51;",
            b"  <?xml version='1.0'?><a/>",
            b"one\0two",
        ],
        ids=["png", "pdf", "zip", "rtf", "html", "xml", "nul"],
    )
    def test_that_is_something_else_is_unreadable(self, content: bytes) -> None:
        assert text_of(content, "text/plain") is None

    def test_may_be_empty(self) -> None:
        assert text_of(b"", "text/plain") == ""
        assert text_of(codecs.BOM_UTF8, "text/csv") == ""


class TestHtml:
    def test_joins_what_inline_tags_part_and_parts_cells(self) -> None:
        text = text_of("<p>1380<b>013</b><span>8000</span></p><td>姓名</td><td>张三</td>".encode(), "text/html")
        assert text is not None
        assert "13800138000" in text
        assert "姓名\t\t张三" in text

    def test_reads_references_attributes_comments_and_scripts(self) -> None:
        page = """<html><img alt="一"><a href="tel:二">&#x4E09;</a><!-- 四 --><script>五</script>
        <style>六</style><input value="七"><meta content="八"><title>九</title><noscript>十</noscript></html>"""
        text = text_of(page.encode(), "text/html") or ""
        assert {char for char in text if char in "一二三四五六七八九十"} == set("一二三四五六七八九十")

    @pytest.mark.parametrize("name", ["gb2312", "gbk", "utf-8"])
    def test_is_read_in_the_encoding_of_its_meta_tag(self, name: str) -> None:
        page = f'<html><meta http-equiv="Content-Type" content="text/html; charset={name}"><p>繁體測試</p>'
        encoding = "gbk" if name == "gb2312" else name
        assert "繁體測試" in (text_of(page.encode(encoding), "text/html") or "")

    def test_with_a_picture_inside_is_marked_as_partly_unread(self) -> None:
        text = text_of(b'<p>text</p><img src="data:image/png;base64,AAAA">', "text/html")
        assert found(text) == {"unreadable-part"}

    @pytest.mark.parametrize("page", ["<![if", "<!", "<![CDATA[x", "<p", "<!ELEMENT <![", "<![%x[", "<!DOCTYPE [<!x"])
    def test_that_is_malformed_raises_nothing(self, page: str) -> None:
        text = text_of(f"<p>秘密★</p>{page}".encode(), "text/html")
        assert text is None or "秘密★" in text

    @pytest.mark.parametrize(
        "unit", ["<!--", "<!", "</", "<a ", "<a b='", '<a b="', "<?", "<script>", "&", "<p>", "="], ids=ascii
    )
    def test_that_is_hostile_takes_linear_time_and_hides_nothing(self, unit: str) -> None:
        """The parser of the standard library would take minutes here, and hours for a file of ten megabytes."""
        page = f"<p>{unit * (500_000 // len(unit))}机密★20年"
        assert "secrecy-marking" in found(text_of(page.encode(), "text/html"))

    def test_is_read_as_browsers_read_quotation_marks(self) -> None:
        """A stray one does not swallow the text up to the next."""
        page = """<p a"b>1380<b c'd>0138</b>000</p><i x="y>z">13900</i>139000"""
        assert {"13800138000", "13900139000"} <= set((text_of(page.encode(), "text/html") or "").split())

    def test_without_a_tag_is_none(self) -> None:
        assert text_of(b"just words", "text/html") is None


class TestJson:
    def test_gives_keys_strings_and_numbers_with_escapes_resolved(self) -> None:
        content = rb'{"\u673a\u5bc6\u2605": [1.50, "a\u0031", null, true], "k": "first", "k": "second"}'
        text = text_of(content, "application/json")
        assert text is not None
        assert set(text.split("\n")) >= {"机密★", "1.50", "a1", "k", "first", "second"}

    @pytest.mark.parametrize("content", [b"{", b"[" * 100_000, b"", b"nope", b'{"a": NaN'])
    def test_that_is_broken_is_unreadable(self, content: bytes) -> None:
        assert text_of(content, "application/json") is None

    def test_reads_numbers_of_any_length(self) -> None:
        assert text_of(b"[" + b"1" * 10_000 + b"]", "application/json") == "1" * 10_000


class TestXml:
    def test_gives_text_attributes_comments_and_instructions(self) -> None:
        content = "<?xml version='1.0'?><a b='一'>二<!-- 三 --><?p 四?><![CDATA[五]]><c/>&#x516D;</a>".encode()
        text = text_of(content, "application/xml") or ""
        assert [char for char in text if char in "一二三四五六"] == list("一二三四五六")

    def test_is_read_in_gb_encodings_too(self) -> None:
        content = f"<?xml version='1.0' encoding='GBK'?><a>{CHINESE}</a>".encode("gbk")
        assert CHINESE in (text_of(content, "text/xml") or "")

    def test_with_a_document_type_is_unreadable(self) -> None:
        """A kilobyte of nested entities expands to a terabyte, and an external one reads a file of the server."""
        bomb = b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>'
        outside = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
        assert text_of(bomb, "application/xml") is None
        assert text_of(outside, "application/xml") is None

    @pytest.mark.parametrize("content", [b"", b"<a>", b"words", b"<a>\x00</a>", b"<a>&none;</a>", b"<a/><b/>"])
    def test_that_is_broken_is_unreadable(self, content: bytes) -> None:
        assert text_of(content, "application/xml") is None


@pytest.mark.parametrize(
    "media_type", ["image/png", "application/zip", "application/msword", "video/mp4", "", "nonsense"]
)
def test_other_kinds_are_unreadable(media_type: str) -> None:
    assert text_of(b"words", media_type) is None


def test_the_types_that_are_read_are_listed() -> None:
    assert {"text/plain", "application/pdf"} <= set(readable_types())


def test_a_file_that_is_too_large_is_unreadable() -> None:
    assert text_of(b"a" * (MOST_BYTES + 1), "text/plain") is None


@given(content=st.binary(max_size=300), media_type=st.sampled_from([*readable_types(), "application/octet-stream"]))
@settings(max_examples=300)
def test_no_content_makes_it_raise(content: bytes, media_type: str) -> None:
    text = text_of(content, media_type)
    assert text is None or isinstance(text, str)


@given(
    start=st.sampled_from([b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"<a>", b"{", b"[", b"\xff\xfe", b"\xef\xbb\xbf"]),
    content=st.binary(max_size=200),
    media_type=st.sampled_from(list(readable_types())),
)
@settings(max_examples=200)
def test_no_content_that_begins_well_makes_it_raise(start: bytes, content: bytes, media_type: str) -> None:
    text = text_of(start + content, media_type)
    assert text is None or isinstance(text, str)


def test_random_bytes_are_never_read_as_text() -> None:
    """A picture declared as text would be found clean."""
    for number in range(200):
        content = b"".join(hashlib.sha512(bytes([number, part])).digest() for part in range(6))
        assert text_of(content, "text/plain") is None


def test_what_is_marked_unread_is_held_up() -> None:
    assert found(UNREAD) == {"unreadable-part"}
    assert found(None) == {"unreadable"}
