"""The picture: every cell as it is, told by label and pattern as well as by colour, safe whatever a table says."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govopen.discretion.compiling import compile_table
from govopen.discretion.proving import prove
from govopen.discretion.table import Table
from govopen.errors import InputError
from govopen.model.discretion import (
    DiscretionTable,
    Graver,
    HitPolicy,
    InputKind,
    StatutoryRange,
    TableInput,
    TableOutput,
    TableRow,
)
from govopen.report.tables.areas import CELLS, plan
from govopen.report.tables.svg import table_svg
from govopen.texts import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"
TIMES = TableInput(
    name="times", label="受罚次数", kind=InputKind.INTEGER, unit="次", domain=">= 1", graver=Graver.HIGHER
)
ABUSE = TableInput(name="abuse", label="辱骂", kind=InputKind.BOOLEAN, graver=Graver.HIGHER)
VOLUME = TableInput(
    name="volume", label="体积", kind=InputKind.DECIMAL, unit="立方米", domain="> 0", graver=Graver.HIGHER
)
STAGE = TableInput(name="stage", label="进度", kind=InputKind.ENUMERATION, values=("基础", "主体", "完工"))
LAW = StatutoryRange(citation="某条例第十条", since=dt.date(2010, 1, 1), outcome="1000元以上9000元以下", verified=True)


def rows(*conditions: str) -> tuple[TableRow, ...]:
    return tuple(TableRow(tier=f"档{at}", when=when, outcome=f"{at}000元") for at, when in enumerate(conditions, 1))


def table(*conditions: str, inputs: tuple[TableInput, ...] = (TIMES, ABUSE), **changes: Any) -> Table:
    document: dict[str, Any] = {
        "id": "t",
        "title": "某基准",
        "inputs": inputs,
        "statute": (LAW,),
        "rows": rows(*conditions),
    }
    return compile_table(DiscretionTable(**(document | changes)))


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - of our own making


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter(f"{SVG}text")]


def kinds(found: Table, *names: str) -> list[list[str]]:
    """Kinds of areas with their rows, a list for each column."""
    return [[f"{a.kind}{'+'.join(map(str, a.rows))}" for a in column] for column in plan(found, names).areas]


WHOLE = ("times = 1 and not abuse", "times = 2 and not abuse", "times >= 3 or abuse")


def test_each_cell_has_the_row_that_decides_there() -> None:
    assert kinds(table(*WHOLE)) == [["row1", "row3"], ["row2", "row3"], ["row3", "row3"]]


def test_gaps_overlaps_lawful_and_impossible_cases_are_areas_of_their_own() -> None:
    found = table(
        "times = 1 and not abuse",
        "times in [2..3] and not abuse",
        "times = 3",
        impossible=("times = 2 and abuse",),
        lawful=("times = 1 and abuse",),
    )

    assert kinds(found) == [["row1", "lawful"], ["row2", "impossible"], ["overlap2+3", "row3"], ["gap", "gap"]]
    said = texts(table_svg(found, "zh-Hans"))
    assert {"1 档1", "2 档2", "空白", "合法", "不可能"} <= set(said)
    assert any(re.fullmatch("(重叠 )?2、3", text) for text in said)


def test_a_gap_of_one_value_has_a_cell_as_wide_as_any() -> None:
    found = table("volume < 5", "volume > 5", inputs=(VOLUME,))
    svg = table_svg(found, "en")

    assert kinds(found) == [["row1"], ["gap"], ["row2"]]
    root = parsed(svg)
    widths = [float(g.find(f"{SVG}rect").attrib["width"]) for g in root.findall(f"{SVG}g")]  # type: ignore[union-attr]
    assert len(set(widths)) == 1
    assert {"(0, 5)", "5", "> 5"} <= set(texts(svg))


def test_an_end_that_belongs_to_the_cell_is_a_full_dot_and_one_that_does_not_a_ring() -> None:
    root = parsed(table_svg(table("volume <= 5", "volume > 5", inputs=(VOLUME,)), "en"))
    dots = [dot.attrib["fill"] for dot in root.iter(f"{SVG}circle")]

    # (0, 5] and > 5, whose other end is an arrow.
    assert dots == ["#ffffff", "#1b1f24", "#ffffff"]
    assert len([path for path in root.iter(f"{SVG}path") if "rotate" in path.attrib.get("transform", "")]) == 1


def test_what_depends_on_inputs_that_are_not_drawn_names_all_rows_and_some_gaps() -> None:
    found = table(
        "times = 1 and stage = 基础",
        "times = 1 and stage = 主体 or times = 1 and stage = 完工 or times = 2 and stage = 完工",
        "times >= 3",
        inputs=(TIMES, STAGE, ABUSE),
    )

    assert kinds(found, "times", "abuse") == [["depends1+2"], ["gap2"], ["row3"]]
    assert [area.sometimes for (area,) in plan(found, ("times", "abuse")).areas] == [False, True, False]
    said = texts(table_svg(found, "zh-Hans", inputs=("times", "辱骂")))
    assert {"1/2", "空白/2", "否、是"} <= set(said)
    assert any("其余事实不限：进度" in text for text in said)


def test_rows_that_apply_together_and_a_default_are_no_faults() -> None:
    output = TableOutput(name="fee", kind=InputKind.INTEGER, default="0")
    lines = (TableRow(when="times >= 2", outputs=("1",)), TableRow(when="abuse", outputs=("2",)))
    found = table(rows=lines, outputs=(output,), statute=(), hit_policy=HitPolicy.FIRST)
    collected = table(
        rows=lines, outputs=(TableOutput(name="fee", kind=InputKind.INTEGER),), statute=(), hit_policy=HitPolicy.COLLECT
    )

    assert kinds(found) == [["default", "row2"], ["row1", "row1"]]
    assert kinds(collected) == [["gap", "row2"], ["row1", "together1+2"]]


def test_a_range_without_end_has_no_cell_beyond_all_numbers() -> None:
    assert len(plan(table(*WHOLE)).areas) == 3
    assert "不限" not in texts(table_svg(table(*WHOLE), "zh-Hans"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_screen_reader_hears_title_and_every_area(lang: Any) -> None:
    root = parsed(table_svg(table(*WHOLE), lang))
    by_id = {element.attrib["id"]: element.text or "" for element in root.iter() if "id" in element.attrib}
    title, desc = (by_id[name] for name in root.attrib["aria-labelledby"].split())

    assert root.attrib["role"] == "img"
    assert title == "某基准"
    assert all(f"{number} 档{number}" in desc for number in (1, 2, 3))


def test_no_two_rows_have_one_pattern() -> None:
    conditions = [f"times = {number}" for number in range(1, 31)]
    root = parsed(table_svg(table(*conditions), "en", inputs=("times",)))
    drawn = [tuple(tuple(sorted(part.attrib.items())) for part in pattern) for pattern in root.iter(f"{SVG}pattern")]

    assert len(set(drawn)) == len(drawn)


def test_an_identifier_stands_once_though_areas_differ_in_law_alone() -> None:
    root = parsed(table_svg(table("times <= 2", "times <= 2", "times > 2", lawful=("times = 1 and abuse",)), "en"))
    identifiers = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]

    assert len(set(identifiers)) == len(identifiers)


HOSTILE = "<script>alert(1)</script>\"'&]]>\x00\x0b\u202e{}"


def test_hostile_texts_stay_texts() -> None:
    inputs = (
        TableInput(name="a<b&", label=HOSTILE.replace('"', ""), kind=InputKind.INTEGER, unit="<i>"),
        TableInput(name="v", label="</svg>", kind=InputKind.ENUMERATION, values=("<b>", "x&y")),
    )
    svg = table_svg(table("-", inputs=inputs, title=HOSTILE), "zh-Hans")
    names = {element.tag.removeprefix(SVG) for element in parsed(svg).iter()}

    assert names <= {"svg", "title", "desc", "defs", "pattern", "g", "rect", "path", "text", "circle", "line"}
    assert not re.search(r"<script|\son\w+=|javascript:|https?://(?!www\.w3\.org/2000/svg)", svg)


@settings(deadline=None, max_examples=60)
@given(title=st.text(max_size=30), label=st.text(max_size=20), tier=st.text(max_size=20))
def test_any_text_gives_well_formed_xml(title: str, label: str, tier: str) -> None:
    inputs = (TableInput(name="times", label="".join(c for c in label if c not in '`"“”'), kind=InputKind.INTEGER),)
    document = DiscretionTable(
        id="t", title=title, inputs=inputs, statute=(LAW,), rows=(TableRow(tier=tier, when="-", outcome="2000元"),)
    )
    for lang in LANGUAGES:
        parsed(table_svg(compile_table(document), lang))


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("tmes",), "no input tmes"),
        (("times", "times"), "two different"),
        (("times", "受罚次数"), "two different"),
    ],
)
def test_inputs_that_cannot_be_drawn_are_refused(names: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError, match=message):
        table_svg(table(*WHOLE), "en", inputs=names)


def test_an_input_with_too_many_cells_is_refused_if_named_and_passed_over_if_not() -> None:
    conditions = [f"times = {number} and not abuse" for number in range(1, CELLS + 2)]
    found = table(*conditions)

    with pytest.raises(InputError, match="too many"):
        table_svg(found, "en", inputs=("times", "abuse"))
    assert plan(found).up is None
    with pytest.raises(InputError, match="Every input"):
        table_svg(table(*(f"times = {n}" for n in range(1, CELLS + 2)), inputs=(TIMES,)), "en")


CONDITIONS = st.lists(
    st.builds(
        "{} {} and {}".format,
        st.sampled_from(["times =", "times <", "times >="]),
        st.integers(1, 4),
        st.sampled_from(["abuse", "not abuse", "-"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None, max_examples=60)
@given(CONDITIONS)
def test_the_picture_of_all_inputs_has_a_gap_or_overlap_just_where_the_proofs_find_one(conditions: list[str]) -> None:
    found = table(*conditions)
    proofs = prove(found)
    shown = plan(found).kinds

    assert ("complete" in proofs.refuted) == ("gap" in shown)
    assert ("disjoint" in proofs.refuted) == ("overlap" in shown)
