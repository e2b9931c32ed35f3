"""Workbooks of tables that govopen writes: laid out as offices do, and read again as the same table."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

import attrs
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from govopen.discretion.axes import Axis
from govopen.discretion.compiling import compile_table
from govopen.discretion.grid import Grid
from govopen.discretion.language import parse_condition
from govopen.discretion.spans import Spans, intersect
from govopen.errors import InputError, TableError
from govopen.interchange.tables.xlsx_layout import Column, Headings, join, split
from govopen.interchange.tables.xlsx_read import read_xlsx_table
from govopen.interchange.tables.xlsx_write import write_xlsx_table
from govopen.model.discretion import (
    DiscretionTable,
    HitPolicy,
    InputKind,
    Mode,
    StatutoryRange,
    TableInput,
    TableOutput,
    TableRow,
)
from govopen.testing.table_strategies import documents

PENALTIES = DiscretionTable(
    id="dt-2011-01",
    title="占道摆卖处罚裁量基准",
    hit_policy=HitPolicy.FIRST,
    impossible=("times = 1 and area > 100",),
    inputs=(
        TableInput(name="times", label="次数", kind=InputKind.INTEGER, domain=">= 1"),
        TableInput(name="area", label="面积", kind=InputKind.DECIMAL),
        TableInput(name="条款", kind=InputKind.BOOLEAN),
        TableInput(name="status", kind=InputKind.TEXT),
    ),
    statute=(StatutoryRange(citation="条例", since=dt.date(2010, 1, 1), outcome="50元以上5000元以下"),),
    rows=(
        TableRow(
            tier="轻微",
            when='times = 1 and area < 2.5 and not 条款 or status in ("a", "b") and area in (1..2]',
            wording="=初次",
            outcome="50元",
            further=("没收；责令", "停业"),
            mode=Mode.LIGHTER,
        ),
        TableRow(tier="或且不明", when="times = 1 / 条款", outcome="60元"),
        TableRow(tier="矛盾", when="times = 1 and times = 2", outcome="70元"),
        TableRow(tier="其他", when="-", outcome="不予处罚", mode=Mode.NONE, ground="某法第三十三条"),
    ),
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "dt-2011.xlsx"


def within(text: str, axes: Sequence[Axis]) -> list[list[list[Spans]]]:
    """What a condition says under both readings, within the values that there are."""
    condition = parse_condition(text, axes)
    return [
        [
            [intersect(term.get(at, axis.domain), (Grid.hull(axis),)) for at, axis in enumerate(axes)]
            for term in condition.terms(slash)
        ]
        for slash in ("or", "and")
    ]


def assert_same_meaning(found: DiscretionTable, document: DiscretionTable) -> None:
    def bare(table: DiscretionTable) -> DiscretionTable:
        return attrs.evolve(table, rows=tuple(attrs.evolve(row, when="-") for row in table.rows))

    assert bare(found) == bare(document)
    axes = compile_table(document).axes
    for read, row in zip(found.rows, document.rows, strict=True):
        assert within(read.when, axes) == within(row.when, axes), (read.when, row.when)


def again(document: DiscretionTable, path: Path) -> DiscretionTable:
    path.write_bytes(write_xlsx_table(document))
    return read_xlsx_table(path)


def test_the_sheet_looks_as_an_office_would_make_it(book: Path) -> None:
    book.write_bytes(write_xlsx_table(PENALTIES))
    written = openpyxl.load_workbook(book)
    assert written.sheetnames == ["裁量基准", "说明", "事实", "法定幅度"]
    sheet = written["裁量基准"]
    rows = [["" if cell is None else cell for cell in row[:10]] for row in sheet.iter_rows(values_only=True)]
    assert rows == [
        ["占道摆卖处罚裁量基准", *[""] * 9],
        [
            "序号",
            "裁量阶次",
            "次数（times）",
            "面积（area）",
            "事实3",
            "status",
            "适用条件",
            "裁量幅度",
            "并处",
            "从轻从重",
        ],
        [1, "轻微", "1", "< 2.5", "否", "-", "", "50元", '"没收；责令"；停业', "从轻"],
        ["", "", "-", "(1..2]", "-", '"a", "b"', "", "", "", ""],
        [2, "或且不明", "", "", "", "", "times = 1 / 条款", "60元", "", ""],
        [3, "矛盾", "", "", "", "", "times = 1 and times = 2", "70元", "", ""],
        [4, "其他", "-", "-", "-", "-", "", "不予处罚", "", "不予处罚"],
    ]
    assert {str(cells) for cells in sheet.merged_cells.ranges} >= {"A1:N1", "A3:A4", "B3:B4", "H3:H4", "N3:N4"}
    assert sheet["M3"].value == "=初次"
    assert sheet["M3"].data_type == "s"


def test_a_table_comes_back_from_a_workbook(book: Path) -> None:
    assert_same_meaning(again(PENALTIES, book), PENALTIES)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_any_table_comes_back_with_the_same_meaning(book: Path, document: DiscretionTable) -> None:
    assert_same_meaning(again(document, book), document)


def test_equal_tables_are_equal_bytes() -> None:
    assert write_xlsx_table(PENALTIES) == write_xlsx_table(attrs.evolve(PENALTIES))


@pytest.mark.parametrize(
    ("text", "message"),
    [("x" * 32_768, "A text of 32768 characters is too long for a cell"), ("a\ufffeb", "no workbook can hold")],
)
def test_a_text_that_no_cell_holds_is_refused_and_not_cut(text: str, message: str) -> None:
    document = attrs.evolve(PENALTIES, rows=(attrs.evolve(PENALTIES.rows[0], wording=text),))
    with pytest.raises(InputError, match=message):
        write_xlsx_table(document)


def test_a_table_that_does_not_compile_is_not_written() -> None:
    with pytest.raises(TableError):
        write_xlsx_table(attrs.evolve(PENALTIES, statute=()))


def test_the_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(InputError, match=r"pip install \"govopen\[xlsx\]\""):
        write_xlsx_table(PENALTIES)


# Headings and lists


def test_a_heading_never_means_two_columns() -> None:
    inputs = (
        TableInput(name="序号", kind=InputKind.TEXT),
        TableInput(name="a", label="b", kind=InputKind.TEXT),
        TableInput(name="b", label="a", kind=InputKind.TEXT),
        TableInput(name="事实1", kind=InputKind.TEXT),
    )
    outputs = (TableOutput(name="", kind=InputKind.TEXT), TableOutput(name="ａ", label="费用", kind=InputKind.TEXT))
    headings = Headings(inputs, outputs)
    columns = [Column(kind, "", at) for kind, count in (("input", 4), ("output", 2)) for at in range(count)]  # type: ignore[arg-type]
    written = [headings.write(column) for column in columns]
    assert written == ["事实1", "b（a）", "a（b）", "事实4", "结果1", "费用（ａ）"]
    assert [headings.find(heading) for heading in written] == [(column,) for column in columns]
    assert len(headings.find("a")) == 3


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("a；b;c\nd", ["a", "b", "c", "d"]),
        (" a ； ；b；", ["a", "b"]),
        ('"a；b"；c', ["a；b", "c"]),
        ('"a""b"', ['a"b']),
        ('"open；c', ['"open', "c"]),
        ('"a" b；c', ['"a" b', "c"]),
        ("", []),
    ],
)
def test_a_cell_holds_a_list(text: str, members: list[str]) -> None:
    assert split(text) == members
    assert split(join(members)) == members
