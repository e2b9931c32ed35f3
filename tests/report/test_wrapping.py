"""Lines for a terminal, in a script without blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from govopen.report.wrapping import wrapped


def lines(text: str, width: int) -> list[str]:
    return [piece.plain for piece in wrapped(Text(text), width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("short", 10, ["short"]),
        ("two words", 5, ["two", "words"]),
        ("two words here", 9, ["two words", "here"]),
        ("甲乙丙丁戊", 6, ["甲乙丙", "丁戊"]),
        ("甲乙丙。丁", 6, ["甲乙", "丙。丁"]),
        ("甲乙（丙）丁", 6, ["甲乙", "（丙）", "丁"]),
        ("编号unit-1没有", 8, ["编号", "unit-1没", "有"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("甲 b丙", 3, ["甲", "b丙"]),
        ("a（a。", 4, ["a", "（a", "。"]),
    ],
)
def test_lines_break_where_a_reader_expects(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@given(st.text("甲乙，。（）ab -", max_size=60), st.integers(4, 30))
def test_nothing_is_lost_but_blanks_and_nothing_is_too_long(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in found)
    assert all(line == line.rstrip() for line in found)


def test_styles_stay_with_their_words() -> None:
    line = Text.assemble(("甲乙丙", "red"), "丁")
    first, second = wrapped(line, 4)
    assert [span.style for span in first.spans] == ["red"]
    assert [(span.start, span.end, span.style) for span in second.spans] == [(0, 1, "red")]
