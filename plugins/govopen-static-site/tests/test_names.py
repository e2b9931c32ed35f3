"""Names in paths and addresses, and texts, do no harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen_static_site.names import clean, file_name, line, paragraphs, slug


@pytest.mark.parametrize("name", ["gw-2011-0001", "a.b_c-d", "0"])
def test_a_plain_identifier_is_its_own_name(name: str) -> None:
    assert slug(name) == name


@pytest.mark.parametrize(
    "name", ["..", "a..b", "GW-1", "gw-1--0", "文〔2011〕1号", "con", "nul.txt", "a" * 61, "%2e%2e", "-a"]
)
def test_any_other_identifier_gets_part_of_its_digest(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*--[0-9a-f]{16}", slug(name))


@given(st.lists(st.text(min_size=1, max_size=80), unique=True, max_size=20))
def test_two_identifiers_never_share_a_name_even_where_case_does_not_count(names: list[str]) -> None:
    assert len({slug(name).casefold() for name in names}) == len(names)


@pytest.mark.parametrize(
    ("given", "offered"),
    [
        ("实施办法（附表）.pdf", "实施办法（附表）.pdf"),
        ("../../etc/passwd", "passwd.bin"),
        ("..\\..\\boot.INI", "boot_INI.bin"),
        ("a\x00b\u202efdp.exe", "abfdp_exe.bin"),
        ("<img src=x onerror=alert(1)>.PDF", "img_src=x_onerror=alert(1)_.pdf"),
        ("page.html", "page_html.bin"),
        ("picture.svg", "picture_svg.bin"),
        ("archive.tar.gz", "archive_tar_gz.bin"),
        (".htaccess", "htaccess.bin"),
        ("", "file.bin"),
        ("...", "file.bin"),
        ("𠮷野家.docx", "𠮷野家.docx"),
    ],
)
def test_a_file_is_offered_under_a_name_that_is_safe_and_that_no_browser_runs(given: str, offered: str) -> None:
    assert file_name(given) == offered


@given(st.text(max_size=400))
def test_any_name_of_a_file_becomes_one_short_component(name: str) -> None:
    safe = file_name(name)

    assert re.fullmatch(r"[^/\\\x00-\x1f<>:\"|?*]+\.[a-z0-9]+", safe)
    assert len(safe.encode()) < 240
    assert not safe.startswith(".")


def test_what_turns_or_breaks_a_text_is_left_out_and_the_rest_stays() -> None:
    assert clean("a\u202eb\x00c\ufffed\r\ne\u2028f 𠮷\tg") == "abcd\ne\nf 𠮷\tg"
    assert line(" 标题\n第二行\u2066 ") == "标题 第二行"
    assert paragraphs("一\r\n\r\n　二\n \n三") == ("一", "二", "三")
