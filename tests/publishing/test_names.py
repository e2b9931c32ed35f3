"""Any identifier and any file name becomes a name that is safe everywhere, and no two become the same."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.publishing.names import MAX_BYTES, safe_file_names, safe_name, unsafe_name

TEXTS = st.text(max_size=130) | st.text("Aa.~=-/\\\0éＡ长con", max_size=12)
SAFE = re.compile(r"[^\x00-\x20/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]+")
DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}


def folded(name: str) -> str:
    """As the most forgetful file system has it."""
    return unicodedata.normalize("NFKC", name).casefold()


def assert_safe(name: str) -> None:
    assert SAFE.fullmatch(name)
    assert len(name.encode()) <= MAX_BYTES
    assert name[0] != "."
    assert name[-1] != "."
    assert folded(name).split(".")[0] not in DEVICES


@given(TEXTS)
def test_an_identifier_becomes_a_safe_name(text):
    assert_safe(safe_name(text))


@given(TEXTS, TEXTS)
def test_two_identifiers_never_become_one_name(one, other):
    assert (folded(safe_name(one)) == folded(safe_name(other))) == (one == other)


@given(st.text(max_size=130))
def test_the_name_says_what_the_identifier_is_unless_it_was_cut(text):
    name = safe_name(text)
    assert unsafe_name(name) == text or len(name.encode()) > MAX_BYTES - 20


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("gw-2011-0001", "gw-2011-0001"),
        ("示例-1", "示例-1"),
        ("a.b", "a.b"),
        ("..", "=2e=2e"),
        ("a/b", "a=2fb"),
        ("a~b", "a=7eb"),
    ],
)
def test_what_is_plain_stays_as_it_is(text, name):
    assert safe_name(text) == name


@pytest.mark.parametrize("text", ["BG-1", "con", "Nul.txt"])
def test_what_a_file_system_could_confuse_gets_a_mark(text):
    assert re.fullmatch(re.escape(text) + "~[0-9a-f]{8}", safe_name(text))


@given(st.lists(TEXTS, max_size=6))
def test_the_files_of_an_item_get_safe_names_of_their_own(texts):
    names = safe_file_names(texts)
    assert len(names) == len(texts)
    assert len({folded(name) for name in names}) == len(names)
    for name in names:
        assert_safe(name)


def test_file_names_stay_readable():
    assert safe_file_names(["附件1：申请表.docx", "../附件1：申请表.docx", "A.PDF", "a.pdf"]) == (
        "附件1_申请表.docx",
        "_附件1_申请表.docx",
        "A.PDF",
        "a-2.pdf",
    )


def test_a_long_file_name_keeps_its_ending():
    (name,) = safe_file_names(["长" * 300 + ".docx"])
    assert name.endswith("长.docx")
