"""Help texts are as wide as their characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.cli.formatting import HelpFormatter, width_of, wrap

WORDS = st.lists(st.text("ab中文，。（）：-", min_size=1, max_size=12), max_size=20).map(" ".join)


def test_a_chinese_character_is_two_columns_wide() -> None:
    assert width_of("ab中文") == 6


@given(WORDS, st.integers(20, 60))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


@given(st.text("中文字", max_size=200), st.integers(20, 60))
def test_chinese_text_never_exceeds_the_width(text: str, width: int) -> None:
    assert all(width_of(line) <= width for line in wrap(text, width))


@pytest.mark.parametrize("width", range(4, 20))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(width: int) -> None:
    lines = wrap("保密审查（审签）先行，公开属性在后。", width)

    assert not any(line[0] in "，。）" or line[-1] == "（" for line in lines)


def test_paragraphs_stay_apart() -> None:
    assert wrap("one\n\ntwo", 20) == ["one", "", "two"]


def test_a_definition_list_stands_in_columns() -> None:
    formatter = HelpFormatter(width=40)
    formatter.write_dl([("--unit", "只核查该单位。可重复使用，次数不限。"), ("--a-very-long-option-of-all [x|y]", "b")])

    first, *rest = formatter.getvalue().splitlines()
    assert first.startswith("--unit" + " " * 26 + "只")
    assert all(line.startswith(("--a-very", " " * 32)) for line in rest)
    assert len(rest) > 2
