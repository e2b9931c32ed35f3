"""Workbooks of tables: laid out as offices do, read by cell without guessing, written so that the same comes back."""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from govopen.discretion.compiling import compile_table
from govopen.errors import InputError, TableError
from govopen.interchange.tables.xlsx_read import read_xlsx_table
from govopen.model.discretion import (
    HitPolicy,
)

# A cell knows no zone.
MIDNIGHT = dt.datetime(2011, 4, 5)  # noqa: DTZ001
FORMULA = "The cell holds a formula. Write the value itself: what a formula comes to may change when nobody looks."
FACTS: list[list[object]] = [
    ["名称", "事实", "类型", "单位", "取值范围", "最小差", "取值", "轻重方向"],
    ["times", "一年内受罚次数", "整数", "次", ">= 1", None, None, "越高越重"],
    ["area", "占道面积", "小数", "平方米", ">= 0.1", 0.1, None, "higher"],
    ["abuse", "辱骂执法人员", "是否"],
]
RANGES: list[list[object]] = [
    ["依据", "起始日期", "法定幅度", "可并处", "已核对"],
    ["某条例第十条", dt.date(2010, 1, 1), "50元以上5000元以下", "没收违法所得；责令停业", True],
]
HEAD: list[object] = ["序号", "裁量阶次", "一年内受罚次数", "占道面积（area）", "abuse", "裁量幅度", "并处"]
LIGHT: list[object] = [1, "轻微", 1, "不满2平方米", "否", "50元以上100元以下", None]
GRAVE: list[object] = [2, "严重", "3次以上", "-", "不限", "1000元以上5000元以下", "没收违法所得；责令停业"]


def make(path: Path, rows: Sequence[Sequence[object]], merge: Sequence[str] = (), **sheets: object) -> Path:
    """A workbook as an office would make it, with openpyxl."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "裁量基准"
    content: Mapping[str, object] = {"事实": FACTS, "法定幅度": RANGES, **sheets}
    for name, held in content.items():
        if held is not None:
            fill(book.create_sheet(name), held)  # type: ignore[arg-type]
    fill(sheet, rows)
    for cells in merge:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def fill(sheet: Worksheet, rows: Sequence[Sequence[object]]) -> None:
    for row in rows:
        sheet.append(list(row))


def told(path: Path) -> list[str]:
    with pytest.raises(TableError) as caught:
        read_xlsx_table(path)
    return [str(problem).removeprefix(str(path)) for problem in caught.value.problems]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "dt-2011.xlsx"


# What an office writes


def test_a_tier_is_a_row_and_its_cells_are_read_as_they_are_written(book: Path) -> None:
    table = read_xlsx_table(make(book, [["占道摆卖处罚裁量基准"], HEAD, LIGHT, GRAVE], ["A1:G1"]))
    assert (table.id, table.title) == ("dt-2011", "占道摆卖处罚裁量基准")
    assert [row.when for row in table.rows] == [
        "times = 1 and area 不满2平方米 and abuse = 否",
        "times 3次以上",
    ]
    assert table.rows[1].further == ("没收违法所得", "责令停业")
    assert [row.tier for row in table.rows] == ["轻微", "严重"]
    assert table.inputs[1].step == Decimal("0.1")
    assert table.statute[0].since == dt.date(2010, 1, 1)
    assert table.statute[0].verified
    assert compile_table(table).decide({"times": 4, "area": Decimal(1), "abuse": True}).rows == (2,)


def test_rows_over_which_the_tier_is_merged_are_alternatives(book: Path) -> None:
    rows = [
        HEAD,
        [1, "一般", 2, "-", "-", "100元以上500元以下", None],
        [None, None, "-", "[2..10)", False, None, None],
    ]
    merged = [f"{letter}2:{letter}3" for letter in "ABFG"]
    (row,) = read_xlsx_table(make(book, rows, merged)).rows
    assert row.when == "times = 2 or area in [2..10) and abuse = false"
    assert (row.tier, row.outcome) == ("一般", "100元以上500元以下")


def test_a_value_merged_over_tiers_belongs_to_each_of_them(book: Path) -> None:
    rows = [HEAD, LIGHT, [2, None, 2, None, "否", "500元", None], GRAVE]
    table = read_xlsx_table(make(book, rows, ["B2:B3", "D2:D3"]))
    assert [row.tier for row in table.rows] == ["轻微", "轻微", "严重"]
    assert table.rows[1].when == "times = 2 and area 不满2平方米 and abuse = 否"


def test_tiers_with_names_of_their_own_stay_apart_though_their_outcome_is_merged(book: Path) -> None:
    table = read_xlsx_table(make(book, [HEAD, LIGHT, [2, "一般", 2, "-", "-", None, None]], ["F2:F3"]))
    assert [(row.tier, row.outcome) for row in table.rows] == [("轻微", LIGHT[5]), ("一般", LIGHT[5])]


def test_headings_may_take_two_rows(book: Path) -> None:
    top = ["序号", "裁量阶次", "违法情节", None, None, "裁量幅度", "并处"]
    low = [None, None, *HEAD[2:5], None, None]
    merged = ["A2:A3", "B2:B3", "C2:E2", "F2:F3", "G2:G3"]
    table = read_xlsx_table(make(book, [["标题"], top, low, LIGHT], merged))
    assert table.title == "标题"
    assert [row.tier for row in table.rows] == ["轻微"]


def test_a_condition_may_stand_whole_in_its_own_column(book: Path) -> None:
    rows = [
        [*HEAD, "适用条件"],
        [1, "轻微", None, None, None, "50元", None, "times = 1 / abuse"],
        [2, "其他", 2, "-", "-", "60元"],
        [None, None, None, None, None, None, None, "abuse or area > 3"],
    ]
    table = read_xlsx_table(make(book, rows, ["A3:A4", "B3:B4", "F3:F4"]))
    assert [row.when for row in table.rows] == ["times = 1 / abuse", "times = 2 or (abuse or area > 3)"]


def test_numbers_days_and_words_of_cells_are_taken_exactly(book: Path) -> None:
    facts = [
        ["名称", "类型", "取值"],
        ["a", "decimal", None],
        ["d", "日期", None],
        ["w", "列举", "轻微; not yet; a,b; 3次（含）以上"],
        ["t", "文字", None],
    ]
    rows = [
        ["序号", "a", "d", "w", "t", "裁量幅度"],
        [1, 0.2, dt.date(2011, 4, 5), "not yet", "with blanks", 2000],
        [2, 3.0, MIDNIGHT, "3次（含）以上", '"x", y', 2000.5],
        [3, "<= 0.3", "> 2011-04-05", "轻微, 3次（含）以上", "not(x)", "二千元"],
    ]
    table = read_xlsx_table(make(book, rows, 事实=facts))
    assert [row.when for row in table.rows] == [
        'a = 0.2 and d = 2011-04-05 and w = "not yet" and t = "with blanks"',
        'a = 3 and d = 2011-04-05 and w = "3次（含）以上" and t in ("x", "y")',
        'a <= 0.3 and d > 2011-04-05 and w in ("轻微", "3次（含）以上") and t in (not("x"))',
    ]
    assert [row.outcome for row in table.rows] == ["2000", "2000.5", "二千元"]


def test_results_of_a_general_table_have_a_column_each(book: Path) -> None:
    table = read_xlsx_table(
        make(
            book,
            [["序号", "times", "费用（fee）", "等级"], [1, "<= 3", 0.5, '""'], [2, "> 3", 12, "高"]],
            事实=FACTS[:2],
            法定幅度=None,
            结果=[["名称", "结果", "类型"], ["fee", "费用", "decimal"], ["grade", "等级", "text"]],
            说明=[
                ["编号", "fees"],
                ["hit policy", "首行"],
                ["不可能的情形", "times > 9"],
                ["不可能的情形", "times = 7"],
            ],
        )
    )
    assert (table.id, table.hit_policy) == ("fees", HitPolicy.FIRST)
    assert table.impossible == ("times > 9", "times = 7")
    assert [row.outputs for row in table.rows] == [("0.5", '""'), ("12", "高")]


# What is refused


def test_every_wrong_cell_is_told_at_once(book: Path) -> None:
    rows = [
        ["标题"],
        HEAD,
        [1, "轻微", "many", None, "perhaps", "a lot", None],
        [2, "一般", 2.5, MIDNIGHT.replace(hour=8), "-", 0.2, None],
    ]
    assert [line.split(". ")[0] for line in told(make(book, rows))] == [
        "!裁量基准!C3: 'many' is no value of times",
        "!裁量基准!D3: The cell is blank, and says nothing of 占道面积",
        "!裁量基准!E3: 'perhaps' is no value of abuse",
        "!裁量基准!F4: The cell holds 0.2, which may stand for a share or for its hundredfold",
        "!裁量基准!C4: '2.5' lies between two steps of times",
        "!裁量基准!D4: The cell holds a time of day or a span of time",
        "!裁量基准!F3: rows[0].outcome: There is no number",
    ]


def test_a_problem_of_a_cell_says_what_is_accepted(book: Path) -> None:
    (line,) = told(make(book, [HEAD, [1, "轻微", None, "-", "-", "50元", None]]))
    assert "Accepted: - or 不限 for any case; a value or test such as 3, >= 3, 3次以上, [1..5], 是, 否." in line


def test_fields_of_the_other_sheets_are_told_by_their_cells_with_those_of_the_tiers(book: Path) -> None:
    facts = [*FACTS[:3], ["abuse", "辱骂", "perhaps", None, None, "x"]]
    ranges = [["依据", "起始日期", "法定幅度", "备注"], ["条例", "昨天", "lots", None]]
    found = told(make(book, [HEAD, LIGHT], 事实=facts, 法定幅度=ranges, 说明=[["颜色", "红"], ["编号", "a b"]]))
    places = [line.split(": ")[0] for line in found]
    assert sorted(places) == ["!事实!C4", "!事实!F4", "!法定幅度!B2", "!法定幅度!D1", "!说明!A1", "!说明!B2"]


def test_inputs_that_cannot_be_used_are_told_by_their_rows(book: Path) -> None:
    facts = [*FACTS, ["late", None, "duration", "weeks"], ["w", None, "列举"]]
    found = told(make(book, [[*HEAD, "late", "w"], LIGHT], 事实=facts))
    assert [line.split(". ")[0] for line in found] == [
        "!事实!A5: A duration counts minutes, hours, days, months, years",
        "!事实!A6: The enumeration has no values, or one twice",
    ]


@pytest.mark.parametrize(
    ("rows", "merge", "message"),
    [
        ([["nothing", "here"]], (), "!裁量基准: The sheet has no row of headings."),
        ([[*HEAD, "备注"], LIGHT], (), "!裁量基准!H1: This heading is unknown."),
        ([[*HEAD, "times"], [*LIGHT, 1]], (), "!裁量基准!H1: This heading stands twice."),
        ([HEAD[:5], LIGHT[:5]], (), "!裁量基准: There is no column 裁量幅度. Add it."),
        (
            [[*HEAD[:4], *HEAD[5:]], [*LIGHT[:4], *LIGHT[5:]]],
            (),
            "!裁量基准: There is no column 辱骂执法人员（abuse）. Add it.",
        ),
        ([HEAD, [*LIGHT, "stray"]], (), "!裁量基准!H2: The cell stands in a column without a heading."),
        (
            [HEAD, LIGHT, ["注：本表自印发之日起施行。"]],
            ("A3:G3",),
            "!裁量基准!A3: The cell is merged over all columns",
        ),
        ([HEAD, LIGHT, [None, None, 2, "-", "-"]], ("F2:F3",), "!裁量基准!A3: The cell is blank, so that nobody knows"),
        ([HEAD, LIGHT, [2, "一般", 2, "-", "-"]], (), "!裁量基准!F3: rows[1].outcome: No outcome is written."),
        (
            [[*HEAD, "适用条件"], [*LIGHT, "times = 2"]],
            (),
            "!裁量基准!C2: The row has its condition in 适用条件 already.",
        ),
        (
            [[*HEAD, "适用条件"], [1, "轻微", None, None, None, "50元", None, "times > many"]],
            (),
            "!裁量基准!H2: 'many' is no value of times.",
        ),
        ([["序号", "适用条件", "裁量幅度"], [1, None, "50元"]], (), "!裁量基准!B2: The condition is blank."),
    ],
)
def test_what_would_have_to_be_guessed_is_refused(
    book: Path, rows: list[list[object]], merge: tuple[str, ...], message: str
) -> None:
    assert told(make(book, rows, merge))[0].startswith(message)


def test_a_tier_that_says_two_things_is_refused(book: Path) -> None:
    rows = [[*HEAD], [*LIGHT[:6], "没收违法所得"], [None, None, 2, "-", "-", None, "责令停业"]]
    (line,) = told(make(book, rows, ["A2:A3", "B2:B3", "F2:F3"]))
    assert line.startswith("!裁量基准!G3: The tier says something else here than in its first row.")


def test_a_share_that_a_spreadsheet_program_keeps_as_a_fraction_is_refused(book: Path) -> None:
    facts = [["名称", "类型", "单位"], ["done", "decimal", "%"]]
    rows = [["序号", "done", "裁量幅度"], [1, 0.2, "50元"], [2, 30, "50元"], [3, "40%以上", "50元"]]
    (line,) = told(make(book, rows, 事实=facts))
    assert line.startswith("!裁量基准!B2: The cell holds 0.2, which may stand for a share")


def test_a_text_that_is_not_among_the_listed_ones_is_refused(book: Path) -> None:
    facts = [["名称", "类型", "取值"], ["t", "text", "a; b"]]
    (line,) = told(make(book, [["序号", "t", "裁量幅度"], [1, "c", "50元"]], 事实=facts))
    assert line.startswith("!裁量基准!B2: 'c' is no value of t.")


def test_texts_that_the_compiler_refuses_are_told_with_what_is_wrong_in_other_cells(book: Path) -> None:
    ranges = [[*RANGES[0], "适用情形"], [*RANGES[1], "size = 3"], ["条例", dt.date(2010, 1, 1), "lots"]]
    about = [["不可能的情形", "times = 1"], ["不可能的情形", "times = 1 / abuse"]]
    found = told(make(book, [HEAD, [*LIGHT[:2], "many", *LIGHT[3:]]], 法定幅度=ranges, 说明=about))
    assert [line.split(". ")[0] for line in found] == [
        "!裁量基准!C2: 'many' is no value of times",
        "!说明!B2: impossible[1]: '/' says neither AND nor OR",
        "!法定幅度!F2: statute[0].when: 'size' names no input",
        "!法定幅度!C3: statute[1].outcome: There is no number",
    ]


def test_a_table_without_a_statutory_range_is_read_as_a_draft(book: Path) -> None:
    assert read_xlsx_table(make(book, [HEAD, LIGHT], 法定幅度=None)).statute == ()


def test_a_title_that_stands_twice_has_to_be_the_same(book: Path) -> None:
    about = [["名称", "占道摆卖 裁量基准"]]
    assert read_xlsx_table(make(book, [["占道摆卖\n裁量基准"], HEAD, LIGHT], 说明=about)).title == about[0][1]
    (line,) = told(make(book, [["另一个"], HEAD, LIGHT], 说明=about))
    assert line.startswith("!裁量基准!A1: The title is another than on the sheet 说明.")


@pytest.mark.parametrize("formula", ["=1+1", "=ROW()-1"])
def test_a_formula_anywhere_in_the_sheets_is_refused(book: Path, formula: str) -> None:
    assert told(make(book, [HEAD, [formula, *LIGHT[1:]], [*GRAVE[:5], formula]])) == [
        f"!裁量基准!A2: {FORMULA}",
        f"!裁量基准!F3: {FORMULA}",
    ]
    assert told(make(book, [HEAD, LIGHT], 说明=[["编号", '="a"']]))[0].startswith("!说明!B1: The cell holds a formula.")


def test_a_formula_on_a_sheet_that_is_no_part_of_the_table_does_not_matter(book: Path) -> None:
    assert read_xlsx_table(make(book, [HEAD, LIGHT], 计算=[["=1+1"]])).rows


def test_an_error_in_a_cell_is_told(book: Path) -> None:
    make(book, [HEAD, LIGHT])
    broken = io.BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b'<c r="C2" t="n"><v>1</v></c>', b'<c r="C2" t="e"><v>#N/A</v></c>')
            new.writestr(name, content)
    book.write_bytes(broken.getvalue())
    assert told(book) == ["!裁量基准!C2: The cell holds an error instead of a value."]


def test_a_hidden_sheet_of_the_table_is_refused(book: Path) -> None:
    make(book, [HEAD, LIGHT])
    changed = openpyxl.load_workbook(book)
    changed["法定幅度"].sheet_state = "hidden"
    changed.save(book)
    assert told(book) == ["!法定幅度: The sheet is hidden. Show it, or delete or rename it."]


def test_a_workbook_without_the_sheets_is_told_what_there_has_to_be(book: Path) -> None:
    openpyxl.Workbook().save(book)
    assert [line.split(". ")[0] for line in told(book)] == [
        ": The workbook has no sheet 裁量基准",
        ": The workbook has no sheet 事实",
    ]


def _encrypt(path: Path) -> None:
    sealed = io.BytesIO()
    with path.open("rb") as plain:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", sealed)
    path.write_bytes(sealed.getvalue())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda path: path.unlink(), ": There is no such file."),
        (lambda path: path.write_bytes(path.read_bytes()[:-900]), ": The workbook is damaged."),
        (lambda path: path.write_text("no workbook"), ": The file is no XLSX workbook."),
        (_encrypt, ": The workbook is encrypted with a password."),
    ],
)
def test_a_file_that_is_no_workbook_to_read_is_told_apart(
    book: Path, change: Callable[[Path], object], message: str
) -> None:
    make(book, [HEAD, LIGHT])
    change(book)
    assert told(book)[0].startswith(message)


def test_a_stray_cell_far_away_does_not_fill_the_memory(book: Path) -> None:
    make(book, [HEAD, LIGHT])
    changed = openpyxl.load_workbook(book)
    changed["裁量基准"]["XFD1048576"] = "x"
    changed.save(book)
    assert "The sheet spans" in told(book)[0]


def test_the_extra_that_is_missing_is_named(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(book, [HEAD, LIGHT])
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(InputError, match=r"pip install \"govopen\[xlsx\]\""):
        read_xlsx_table(book)
