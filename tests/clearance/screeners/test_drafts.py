"""Drafts and places to be filled in."""

from __future__ import annotations

import pytest

from govopen.clearance.screeners.drafts import UnresolvedDrafts
from govopen.clearance.screening import Hit, Passage, Ruling


def hits(text: str, place: str = "text") -> list[Hit]:
    return list(UnresolvedDrafts().screen(Passage(place=place, text=text)))


def codes(text: str, place: str = "text") -> set[str]:
    return {hit.code for hit in hits(text, place)}


@pytest.mark.parametrize(
    "title",
    [
        "示例办法（征求意见稿）",
        "示例办法（送审稿）",
        "示例办法[讨论稿]",
        "示例办法（草案）",
        "示例办法（草案修改稿）",
        "示例办法（修订草案征求意见稿）",
        "示例办法草稿",
        "示例办法征求意见稿3",
        "示例办法（征求意\u200b见稿）",
    ],
)
@pytest.mark.parametrize("place", ["title", "attachments[0].name", "attachments[3]", "text"])
def test_a_title_that_says_it_is_a_draft_is_held_up(title: str, place: str) -> None:
    suffix = ".docx" if place.endswith("name") else "\n第一条 正文。" if place in {"attachments[3]", "text"} else ""
    found = hits(title + suffix, place)
    assert {hit.code for hit in found} == {"draft-title"}
    assert {hit.ruling for hit in found} == {Ruling.HOLD}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("关于2025年预算执行情况和2026年预算草案的报告", "title"),
        ("关于公开征求《示例办法》意见的公告", "title"),
        ("起草示例办法的说明", "title"),
        ("公告\n正文一。\n正文二。\n正文三。\n现将《办法（征求意见稿）》公布。", "text"),
        ("示例办法（草案）", "institution.functions"),
    ],
)
def test_a_text_that_speaks_of_a_draft_is_left_alone(text: str, place: str) -> None:
    assert codes(text, place) == set()


@pytest.mark.parametrize(
    "text",
    [
        "二〇XX年X月X日",
        "20××年××月××日",
        "202X年度",
        "番府办〔20××〕×号",
        "番府办〔2011〕XX号",
        "由XXX局负责",
        "金额×××万元",
        "【】",
        "【待补充】",
        "〔 〕号",
        "联系人（待定）",
        "[待核实]",
        "此处插入图片",
        "单击此处输入文字",
        "TODO: 核对数据",
        "TBD",
        "错误！未找到引用源。",
        "Error! Reference source not found.",
    ],
)
def test_a_place_to_be_filled_in_is_held_up(text: str) -> None:
    assert codes(text) == {"unfilled-place"}


@pytest.mark.parametrize(
    "text",
    [
        "时间待定",
        "张××、李某某",
        "粤A×××12",
        "身份证号440106********1234",
        "3×5=15",
        "A4×2 份",
        "【解读】",
        "〔2011〕22号",
        "WINDOWS XX",
        "待遇、待办事项",
        "尺寸 210×297 毫米",
        "mastodon",
    ],
)
def test_what_is_masked_on_purpose_or_means_something_else_is_left_alone(text: str) -> None:
    assert codes(text) == set()
