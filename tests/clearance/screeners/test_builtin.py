"""All built-in screeners together: on large and hostile texts, and as the documentation lists them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govopen.clearance.screeners.base import MOST_HITS
from govopen.clearance.screeners.builtin import REQUIRED, SCREENERS
from govopen.clearance.screening import Passage, Ruling

DOCS = Path(__file__).parents[3] / "docs" / "explanation" / "clearance.md"
SIZE = 100_000
NEEDLE = "。身份证号110105194912310 02X，电话138-0013-8000，卡号6222021234567890128，机密★20年"
EXPECTED = {"identity-number", "mobile-number", "bank-card-number", "secrecy-marking", "secrecy-word"}


def codes(text: str) -> set[str]:
    passage = Passage(place="text", text=text)
    return {hit.code for screener in SCREENERS for hit in screener.screen(passage)}


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "19900101",
        "4401061990",
        "\u200b",
        "\n",
        "9-2",
        "92",
        "机",
        "秘密 ",
        "【",
        "〔×",
        "(",
        "待",
        "6222 ",
        "1\t",
        "X",
        "密级",
        "内部资料",
        "（征求意",
        "[ ",
        "★ ",
        "20X",
        "错误! ",
        "(20×",
    ],
    ids=ascii,
)
def test_a_hostile_text_takes_linear_time_and_hides_nothing_behind_it(unit: str) -> None:
    """A pattern with backtracking would not end within the life of the machine; the suite would be seen to hang."""
    assert codes(unit * (SIZE // len(unit)) + NEEDLE) >= EXPECTED


def test_a_text_of_five_megabytes_is_screened_to_its_end() -> None:
    page = "第一条　为了规范政府信息公开工作，制定本规定。联系电话：020-84636810，2011年4月15日印发。\n"
    text = page * (5_000_000 // len(page.encode()))
    assert codes(text) == set()
    assert codes(text + NEEDLE) >= EXPECTED


def test_the_list_of_hits_is_bounded_and_the_ruling_is_not() -> None:
    hits = [
        hit for screener in SCREENERS for hit in screener.screen(Passage(place="text", text="13800138000、" * 1000))
    ]
    assert len(hits) == MOST_HITS
    assert {hit.ruling for hit in hits} == {Ruling.HOLD}


def test_names_and_codes_are_unique_and_well_formed() -> None:
    found = [code.code for screener in SCREENERS for code in screener.codes]
    names = [screener.name for screener in SCREENERS]
    assert len(set(found)) == len(found)
    assert len(set(names)) == len(names)
    assert frozenset(names) == REQUIRED
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in [*names, *found])


def test_only_a_mark_of_a_state_secret_cannot_be_lifted() -> None:
    assert [code.code for screener in SCREENERS for code in screener.codes if code.ruling is Ruling.BAR] == [
        "secrecy-marking"
    ]


def test_the_documentation_lists_every_screener_and_every_code() -> None:
    page = DOCS.read_text(encoding="utf-8")
    for screener in SCREENERS:
        assert f"`{screener.name}`" in page
        for code in screener.codes:
            ruling = "bars" if code.ruling is Ruling.BAR else "holds"
            assert f"| `{code.code}` | {ruling} |" in page
