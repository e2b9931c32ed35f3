"""Folding loses nothing that matters and always knows the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.clearance.screeners.folding import INVISIBLE, fold

anything = st.text(st.characters() | st.sampled_from("0１𝟐٣①²\u200b\u3000 \t\n\r机密★〇一一一"), max_size=60)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("１２３", "123"),
        ("𝟎𝟗٣", "093"),
        ("机\u200b密", "机密"),
        ("a \u3000\t\n b", "a\nb"),
        ("a\u00a0\u200b b", "a b"),
        ("ＡＢ（", "AB（"),
        ("⼈⺠", "人⺠"),
        ("①2²", "①2²"),
        ("⒈3", "⒈3"),
        ("一三八〇〇一三八〇〇〇", "13800138000"),
        ("二〇一一年", "二〇一一年"),
        ("", ""),
    ],
)
def test_text_is_folded_to_how_it_reads(text: str, plain: str) -> None:
    assert fold(text).text == plain


def test_invisible_characters_can_be_told_of() -> None:
    assert fold("1\u200b\u200c2", invisible=INVISIBLE).text == f"1{INVISIBLE}2"


@given(text=anything, invisible=st.sampled_from(["", INVISIBLE]))
def test_every_place_leads_back_into_the_original_in_order(text: str, invisible: str) -> None:
    folded = fold(text, invisible=invisible)
    last = 0
    for index in range(len(folded.text)):
        start, end = folded.original(index, index + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last or end > last
        last = start


@given(text=anything)
def test_a_plain_digit_leads_back_to_a_digit(text: str) -> None:
    folded = fold(text)
    for index, char in enumerate(folded.text):
        if "0" <= char <= "9":
            start, end = folded.original(index, index + 1)
            original = text[start:end]
            assert original.isdecimal() or original in "〇零○一二三四五六七八九幺"
