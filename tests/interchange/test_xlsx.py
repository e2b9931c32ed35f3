"""XLSX: real workbooks, made here, read by sheet and cell; what is none, or hides something, is refused."""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from govopen.errors import Problem
from govopen.interchange.limits import Limits
from govopen.interchange.mapping import ColumnMapping
from govopen.interchange.raw import Options, Raw, column_letters
from govopen.interchange.xlsx import read_xlsx
from govopen.model.types import RECORD_TYPES

TYPES = {record_type.name: record_type for record_type in RECORD_TYPES}
ROWS = [["id", "unit", "title"], ["bg-1", "u-1", "a"], ["bg-2", "u-1", "b"]]


def fill(sheet: Worksheet, rows: list[list[object]], row: int = 0, column: int = 0) -> None:
    for number, cells in enumerate(rows, start=row):
        for index, cell in enumerate(cells, start=column):
            sheet.write(number, index, cell)


def make(path: Path, **sheets: Callable[[Worksheet], object] | list[list[object]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": True}) as workbook:
        for name, content in sheets.items():
            sheet = workbook.add_worksheet(name)
            if isinstance(content, list):
                fill(sheet, content)
            else:
                content(sheet)
    return path


def read(path: Path, **options: object) -> list[Raw | Problem]:
    return list(read_xlsx(path, Options(types=TYPES, **options)))  # type: ignore[arg-type]


def told(path: Path, **options: object) -> list[str]:
    return [str(found).removeprefix(str(path)) for found in read(path, **options) if isinstance(found, Problem)]


def data_of(path: Path, **options: object) -> list[object]:
    return [raw.data if isinstance(raw, Raw) else str(raw) for raw in read(path, **options)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


def test_each_sheet_named_like_a_record_type_is_read(book: Path) -> None:
    make(
        book,
        **{
            "信息条目": ROWS,
            "site": [["编号", "单位", "类别"], ["s-1", "u-1", "本单位网站"]],
            "Request channel": [["id"], ["c-1"]],
            "说明": [["anything"]],
        },
    )
    found = read(book)
    assert [(raw.record_type.name, raw.where) for raw in found if isinstance(raw, Raw)] == [
        ("information-item", f"{book}!信息条目!2"),
        ("information-item", f"{book}!信息条目!3"),
        ("site", f"{book}!site!2"),
    ]
    assert [problem[:61] for problem in told(book)] == ["!Request channel!1: The header is wrong. Missing: unit, kind."]


def test_cells_keep_what_they_mean(book: Path) -> None:
    def content(sheet: Worksheet) -> None:
        fill(sheet, [["id", "unit", "year", "budget_yuan", "plan_issued_on", "leader", "working_body"]])
        sheet.write(1, 0, 2011001)
        sheet.write(1, 1, "007")
        sheet.write(1, 2, 2011.0)
        sheet.write(1, 3, 10.1)
        sheet.write(1, 4, dt.date(2011, 4, 5))
        sheet.write_boolean(1, 5, True)
        sheet.write_formula(1, 6, '="某"&"某"', value="某某")

    assert data_of(make(book, organisation=content)) == [
        {
            "id": "2011001",
            "unit": "007",
            "year": "2011",
            "budget_yuan": "10.1",
            "plan_issued_on": "2011-04-05",
            "leader": "true",
            "working_body": "某某",
        }
    ]


def test_problems_are_told_by_cell_wherever_the_table_begins(book: Path) -> None:
    make(book, site=lambda sheet: fill(sheet, [["id", "unit", "kind"], [], ["s-1", "u-1", ""]], row=3, column=25))
    (raw,) = read(book)
    assert isinstance(raw, Raw)
    assert raw.where == f"{book}!site!6"
    assert raw.locate("id") == f"{book}!site!Z6"
    assert raw.locate("kind") == f"{book}!site!AB6"
    assert raw.locate("since") == f"{book}!site!6"


def test_a_place_within_a_list_is_the_cell_of_the_list(book: Path) -> None:
    make(book, unit=[["id", "name", "kind", "jurisdiction", "roles.2.role"], ["u", "n", "town", "CN", "r"]], item=[[]])
    (raw,) = [found for found in read(book) if isinstance(found, Raw)]
    assert raw.locate("roles[1].role") == f"{book}!unit!E2"
    assert raw.locate("name[3]") == f"{book}!unit!B2"


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_have_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_the_file_name_says_the_type_of_the_first_sheet(tmp_path: Path) -> None:
    path = make(tmp_path / "information-item-2011.xlsx", Sheet1=ROWS, Sheet2=[])
    assert len(read(path)) == 2
    assert told(path) == []


def test_a_sheet_of_no_type_is_not_left_out_in_silence(book: Path) -> None:
    make(book, unit=[["id", "name", "kind", "jurisdiction"]], 合计=[["总数", 3]])
    assert [problem[:52] for problem in told(book)] == ["!合计: It is not said of which type these records are."]


def test_an_asked_for_type_reads_the_first_sheet_alone(book: Path) -> None:
    make(book, 台账=ROWS, 合计=[["总数", 3]])
    assert len(read(book, type_name="information-item")) == 2
    assert told(book, type_name="spaceship")[0].startswith("!台账: There is no record type spaceship.")


def test_a_mapping_may_name_its_sheet(book: Path) -> None:
    make(book, 说明=[["x"]], 台账=[["编号", "单位", "标题", "备注"], ["bg-1", "u-1", "a", "略"]])
    columns = {"编号": "id", "单位": "unit", "标题": "title"}
    ledger = ColumnMapping(name="m", type="information-item", columns=columns, sheet="台账")
    assert data_of(book, mapping=ledger) == [{"id": "bg-1", "unit": "u-1", "title": "a"}]
    absent = ColumnMapping(name="m", type="information-item", columns=columns, sheet="2011")
    assert told(book, mapping=absent) == [": The workbook has no visible sheet '2011'. Accepted: 台账."]


def test_hidden_sheets_are_passed_over(book: Path) -> None:
    make(
        book,
        unit=[["id", "name", "kind", "jurisdiction"], ["u-1", "n", "town", "CN"]],
        lists=lambda sheet: (fill(sheet, [["x"]]), sheet.hide()),
    )
    assert told(book) == []


@pytest.mark.parametrize("content", [b"", b"PK", b"id,unit\nbg-1,u-1\n", b"\x00" * 100])
def test_a_file_that_is_no_xlsx_is_told(book: Path, content: bytes) -> None:
    book.write_bytes(content)
    (problem,) = told(book)
    assert "no XLSX workbook" in problem or "damaged" in problem
    assert "save it as an Excel workbook (.xlsx)" in problem


def test_another_zip_archive_is_no_xlsx(book: Path) -> None:
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert told(book)[0].startswith(": The file is no XLSX workbook.")


def test_an_encrypted_workbook_is_told(book: Path) -> None:
    plain = io.BytesIO(make(book, site=ROWS).read_bytes())
    with book.open("wb") as encrypted:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", encrypted)
    assert told(book) == [
        ": The workbook is encrypted with a password. Save a copy without a password and import that."
    ]


def test_an_old_workbook_is_told(book: Path) -> None:
    book.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le") + bytes(100))
    assert told(book)[0].startswith(": The file is a workbook of the old format .xls.")


def test_every_truncated_workbook_is_told_as_damaged(book: Path) -> None:
    whole = make(book, site=ROWS).read_bytes()
    for size in range(100, len(whole) - 1, 997):
        book.write_bytes(whole[:size])
        assert [problem[:25] for problem in told(book)] == [": The workbook is damaged"]


def test_a_changed_byte_is_told_or_harmless(book: Path) -> None:
    whole = make(book, site=[["id", "unit", "kind"], ["s-1", "u-1", "own"]]).read_bytes()
    for at in range(0, len(whole), 101):
        book.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        assert read(book)


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(content) if name == part else content)
    return path


def test_a_workbook_that_unpacks_to_too_much_is_refused_unopened(book: Path) -> None:
    make(book, site=ROWS)
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", bytes(5_000_000))
    assert "would unpack to more than 4000000 bytes" in told(book, limits=Limits(workbook=4_000_000))[0]


def test_a_stray_cell_far_away_is_refused_before_it_asks_for_all_the_memory(book: Path) -> None:
    def content(sheet: Worksheet) -> None:
        fill(sheet, ROWS)
        sheet.write(1_048_575, 16_383, "x")

    (problem,) = told(make(book, 信息条目=content))
    assert problem.startswith("!信息条目: The sheet spans 17179869184 cells, down to row 1048576.")


def test_broken_xml_is_told_as_damaged(book: Path) -> None:
    make(book, 信息条目=ROWS)
    rewritten(book, "xl/worksheets/sheet1.xml", lambda xml: xml[: xml.index(b"</row>")])
    assert [problem[:25] for problem in told(book)] == [": The workbook is damaged"]


def test_an_error_or_an_uncomputed_formula_is_no_blank(book: Path) -> None:
    def content(sheet: Worksheet) -> None:
        fill(sheet, ROWS)
        sheet.write_formula(1, 2, "=1/0", value="#DIV/0!")
        sheet.write_formula(2, 2, "=A1&A2", value="x")

    make(book, 信息条目=content)
    rewritten(book, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>x</v>", b""))
    assert [problem.split(". ")[0] for problem in told(book)] == [
        "!信息条目!C2: title: The cell holds an error instead of a value",
        "!信息条目!C3: title: The cell holds a formula that has not been computed",
    ]


def test_a_number_that_has_lost_digits_is_refused(book: Path) -> None:
    make(book, 信息条目=[["id", "unit", "index_number"], ["bg-1", "u-1", 44011319900101123]])
    (problem,) = told(book)
    assert problem.startswith("!信息条目!C2: index_number: The cell holds a number of more than 15 digits")


def test_a_workbook_with_cells_over_many_chunks_is_looked_at_whole(book: Path) -> None:
    def content(sheet: Worksheet) -> None:
        fill(sheet, [["id", "unit", "title"]])
        for row in range(1, 30_000):
            sheet.write_string(row, 0, f"bg-{row}")
            sheet.write_string(row, 1, "u-1")
            if row % 1000 == 0:
                sheet.write_formula(row, 2, "=NA()", value="#N/A")

    make(book, 信息条目=content)
    assert len(told(book)) == 29


def test_without_the_extra_the_answer_names_it(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(book, site=ROWS)
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert told(book) == [
        ': XLSX files are read by an extra that is not installed. Install it: pip install "govopen[xlsx]"'
    ]


def test_a_missing_file_is_told(book: Path) -> None:
    assert told(book) == [": There is no such file."]
