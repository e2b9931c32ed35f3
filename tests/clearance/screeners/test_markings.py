"""A mark of secrecy is told from a text that speaks of secrecy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.clearance.screeners.markings import SecrecyMarkings
from govopen.clearance.screening import Hit, Passage, Ruling

BODY = "各科室：\n现将有关事项通知如下。\n" + "正文。\n" * 20


def hits(text: str) -> list[Hit]:
    return list(SecrecyMarkings().screen(Passage(place="text", text=text)))


def codes(text: str) -> set[str]:
    return {hit.code for hit in hits(text)}


@given(
    level=st.sampled_from(["绝密", "机密", "秘密", "絕密", "機密", "祕密"]),
    gap=st.sampled_from(["", " ", "\u3000", "  ", "\u200b", "\t", "\u00ad"]),
    star=st.sampled_from(["★", "★20年", "☆10年", " ★ 长期", "★启用前", "\u200b★", "★二十年", "*20年", "＊长期"]),
    before=st.sampled_from(["", "正文。" * 5000, "见附件《", BODY]),
)
def test_a_level_with_a_star_bars_wherever_it_stands(level: str, gap: str, star: str, before: str) -> None:
    marked = before + gap.join(level) + star
    found = [hit for hit in hits(marked + "\n" + BODY) if hit.ruling is Ruling.BAR]
    assert found
    assert marked[found[0].start] == level[0]


@pytest.mark.parametrize(
    "head",
    [
        "机密",
        "机　密",
        "  秘密  ",
        "绝密级",
        "（秘密）",
        "[机密]",
        "【绝密】",
        "密级：机密",
        "密 级: 秘 密",
        "密级\t机密",
        "秘密等级：秘密",
        "000012\n机密 特急",
        "特急\t秘密",
        "番府办〔2011〕22号\n\n机密文件",
        "秘密\n第12号",
        "机\u200b密",
        "绝密\r\n",
    ],
)
def test_a_level_that_stands_for_itself_in_the_head_of_a_document_bars(head: str) -> None:
    assert "secrecy-marking" in codes(f"{head}\n{BODY}")


@pytest.mark.parametrize("title", ["关于某事的报告（机密）", "机密", "某年度计划【秘密】"])
def test_a_title_bears_it_too(title: str) -> None:
    assert codes(title) == {"secrecy-marking"}


@pytest.mark.parametrize("later", ["机密", "（秘密）", "密级：绝密", "附件\t秘密\t一份"])
def test_further_down_a_person_has_to_look(later: str) -> None:
    found = hits(f"{BODY}{later}\n正文。")
    assert {hit.code for hit in found} == {"secrecy-word"}
    assert {hit.ruling for hit in found} == {Ruling.HOLD}


@pytest.mark.parametrize(
    "text",
    [
        "国家秘密的密级分为绝密、机密、秘密三级。",
        "绝密级国家秘密是最重要的国家秘密，泄露会使国家安全和利益遭受特别严重的损害；",
        "涉及国家秘密、商业秘密、个人隐私的政府信息，不得公开。",
        "《中华人民共和国保守国家秘密法》",
        "公开前应当进行保密审查，并保守工作秘密。",
        "关于加强机密文件管理的通知",
        "秘密级计算机的使用",
        "不得泄露国家\n秘密\n。",
        "商业 秘密",
        "商业\n秘密",
        "依法确定为国家\t秘密\t的信息",
        "连续性内部资料性出版物管理办法",
        "非内部资料 不在此列",
        "行政机关内部事务信息可以不予公开。",
        "内部管理信息，包括人事管理、后勤管理",
        "★★★★★ 五星级",
        "密码：机器生成",
        "神秘密室",
        "危机密切",
        "保密期限由定密机关确定。",
    ],
)
def test_words_of_the_law_are_left_alone(text: str) -> None:
    assert codes(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "内部资料 注意保存",
        "内部资料，不得外传",
        "【内部】",
        "（内部资料）",
        "内部文件",
        "请勿外传！",
        "严禁外传",
        "不得翻印",
        "仅供内部参考",
        "内部使用",
        "注意保密",
        "保密期限：10年",
        "（工作秘密）",
        "阅后即焚",
        "（依申请公开）（不予公开）",
        "★20年",
        "内\u200b部资料 不得外\u3000传",
    ],
)
def test_marks_of_internal_material_hold_up(text: str) -> None:
    found = hits(text)
    assert {hit.ruling for hit in found} == {Ruling.HOLD}
    assert {hit.code for hit in found} <= {"internal-marking", "secrecy-word"}
