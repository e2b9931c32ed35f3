"""What cannot be seen, and what cannot be read."""

from __future__ import annotations

import pytest

from govopen.clearance.screeners.hidden import HIDDEN, UNREAD, HiddenContent
from govopen.clearance.screeners.unreadable import Unreadable
from govopen.clearance.screening import Passage, Ruling, Screener


def codes(screener: Screener, text: str | None) -> list[str]:
    found = list(screener.screen(Passage(place="text", text=text)))
    assert all(hit.ruling is Ruling.HOLD for hit in found)
    return [hit.code for hit in found]


@pytest.mark.parametrize("char", ["\u202e", "\u202d", "\u2066", "\U000e0041", "\x00", "\x1b", "\x7f", "\ud800"])
def test_characters_that_turn_text_around_or_cannot_be_seen_are_held_up(char: str) -> None:
    assert codes(HiddenContent(), f"电话{char}00083100831") == ["hidden-characters"]


@pytest.mark.parametrize(
    "text", ["", "正文\r\n\t第二行", "\ufeff正文", "ا ب", "👨\u200d👩\u200d👧", "葛\U000e0100城", "共\u00ad同"]
)
def test_what_ordinary_text_has_of_such_characters_is_left_alone(text: str) -> None:
    assert codes(HiddenContent(), text) == []


def test_a_file_with_comments_or_hidden_sheets_is_held_up() -> None:
    assert codes(HiddenContent(), f"正文{HIDDEN}") == ["hidden-content"]


def test_what_nobody_can_read_is_held_up_and_not_taken_for_clean() -> None:
    assert codes(Unreadable(), None) == ["unreadable"]
    assert codes(Unreadable(), f"第一页\n{UNREAD}\n第三页") == ["unreadable-part"]
    assert codes(Unreadable(), "第\ufffd条 \ue5e5") == ["unreadable-characters"] * 2
    assert codes(Unreadable(), "") == []
    assert codes(HiddenContent(), None) == []
