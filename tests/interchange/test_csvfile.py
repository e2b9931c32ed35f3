"""CSV: headings are paths or the words of a template; a wrong header is one problem, a bad row one of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.errors import Problem
from govopen.interchange.csvfile import read_csv
from govopen.interchange.limits import Limits
from govopen.interchange.mapping import ColumnMapping
from govopen.interchange.raw import Options, Raw
from govopen.model.types import RECORD_TYPES

TYPES = {record_type.name: record_type for record_type in RECORD_TYPES}
WORDS = "内部处理意见"


def read(path: Path, content: str | bytes, **options: object) -> list[Raw | Problem]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_csv(path, Options(types=TYPES, **options)))  # type: ignore[arg-type]


def data_of(path: Path, content: str | bytes, **options: object) -> list[object]:
    return [raw.data if isinstance(raw, Raw) else str(raw) for raw in read(path, content, **options)]


def one_problem(path: Path, content: str | bytes, **options: object) -> str:
    (problem,) = read(path, content, **options)
    assert isinstance(problem, Problem)
    assert WORDS not in str(problem)
    return str(problem).removeprefix(str(path))


@pytest.fixture
def items(tmp_path: Path) -> Path:
    return tmp_path / "information-items-2011.csv"


@pytest.mark.parametrize(
    "header",
    [
        "id,unit,sign_offs.1.person,sign_offs.2.person,review.result,attributes",
        "编号,单位,审签 1 / 人员,审签 2 / 人员,保密审查 / 审查结论,公开属性",
        "identifier,Unit,sign-offs 1 / person,sign-offs  2/person,secrecy review/result,disclosure attribute",
        "\ufeffＩＤ, 单位 ,审签\u30001／人员,sign_offs.2.person,REVIEW.RESULT,attributes",
    ],
)
def test_headings_are_paths_or_the_words_of_a_template(items: Path, header: str) -> None:
    assert data_of(items, f"{header}\nbg-1,u-1,甲,乙,不涉密,主动公开；依申请公开\n") == [
        {
            "id": "bg-1",
            "unit": "u-1",
            "sign_offs": [{"person": "甲"}, {"person": "乙"}],
            "review": {"result": "不涉密"},
            "attributes": ["主动公开", "依申请公开"],
        }
    ]


def test_blank_cells_and_blank_rows_say_nothing(items: Path) -> None:
    content = "id,unit,title,sign_offs.1.on,sign_offs.2.on\nbg-1,u-1,\u3000,,2011-01-01\n,,,,\n\n   ,,,,\nbg-2,u-1\n"
    assert data_of(items, content) == [
        {"id": "bg-1", "unit": "u-1", "sign_offs": [None, {"on": "2011-01-01"}]},
        {"id": "bg-2", "unit": "u-1"},
    ]


def test_rows_are_told_by_the_line_they_begin_in(items: Path) -> None:
    content = 'id,unit,summary\r\nbg-1,u-1,"a,\r\n""b"""\r\nbg-2,u-1,c\r\n'
    found = read(items, content)
    assert [(raw.where, raw.data["summary"]) for raw in found if isinstance(raw, Raw)] == [
        (f"{items}:2", 'a,\n"b"'),
        (f"{items}:4", "c"),
    ]


def test_a_wrong_header_is_one_problem_with_what_is_unknown_missing_meant_and_accepted(items: Path) -> None:
    rows = "bg-1,u-1,x\n" * 50
    told = one_problem(items, f"id,units,titel\n{rows}")
    assert told.startswith(
        ":1: The header is wrong. Unknown: units (unit?), titel (title?). Missing: unit. "
        "Accepted, # being a position from 1: id, unit, category,"
    )
    assert "sign_offs.#.person" in told


def test_a_missing_heading_is_told(items: Path) -> None:
    assert one_problem(items, "id,title\nbg-1,x\n").startswith(":1: The header is wrong. Missing: unit. Accepted")


def test_a_first_row_that_is_a_record_is_not_repeated(items: Path) -> None:
    told = one_problem(items, f"bg-1,u-1,{WORDS}\nbg-2,u-1,x\n")
    assert told.startswith(":1: This row is no header of a table of information-item records.")


def test_two_columns_of_one_field_are_refused(items: Path) -> None:
    assert one_problem(items, "id,unit,编号\n") == (
        ":1: id: Two columns hold this field. Accepted: one column for each field."
    )


def test_a_heading_of_a_classified_items_content_is_refused_with_the_reason(tmp_path: Path) -> None:
    content = f"id,unit,level,determined_on,title\nc-1,u-1,mimi,2011-01-01,{WORDS}\n"
    assert "this is an unclassified system" in one_problem(tmp_path / "classified-item.csv", content)


@pytest.mark.parametrize(
    ("name", "header", "columns"),
    [
        ("request", f"id,张三,unit,received_on,channel,{WORDS}", "B, F"),
        ("classified-item", f"{WORDS},id,unit,level,determined_on", "A"),
        # A record where the header belongs: one of its words is a heading by chance.
        ("request", f"r-1,unit,2011-04-15,fax,{WORDS}", "A, C, D, E"),
    ],
)
def test_an_unknown_heading_that_may_be_a_name_or_classified_is_told_by_its_column(
    tmp_path: Path, name: str, header: str, columns: str
) -> None:
    told = one_problem(tmp_path / f"{name}.csv", f"{header}\n")
    assert told.startswith(f":1: The header is wrong. Unknown columns: {columns}. Missing: ")
    assert "张三" not in told


def test_a_value_without_a_heading_is_refused(items: Path) -> None:
    assert one_problem(items, f"id,unit,title,,\nbg-1,u-1,关于,{WORDS}\n") == (
        ":2: Column 4 holds a value but has no heading. "
        "Accepted: a heading for each column; in CSV, quotes around a text with a comma."
    )


@pytest.mark.parametrize("content", ["", "\n", " , ,\n", "\ufeff"])
def test_an_empty_table_is_told(items: Path, content: str) -> None:
    assert one_problem(items, content).startswith(": The table is empty: it has no header row.")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ('bg-1,u-1,"内部处理意见\nbg-2,u-1,b\n', "begins in this row has no end: is the file cut off?"),
        ('bg-1,u-1,5"内部处理意见"\n', "A quotation mark stands within a text that is not quoted"),
        ('bg-1,u-1,"a"内部处理意见\n', "A quotation mark stands within a text that is not quoted"),
    ],
)
def test_wrong_quotation_marks_are_told(items: Path, cells: str, told: str) -> None:
    assert told in one_problem(items, f"id,unit,title\n{cells}")


def test_an_oversized_cell_is_refused_and_the_next_row_is_read(items: Path) -> None:
    content = f"id,unit,title\nbg-1,u-1,{'x' * 5000}\nbg-2,u-1,y\n"
    assert data_of(items, content, limits=Limits(line=1000)) == [
        (
            f"{items}:2: The line is longer than 1000 bytes. "
            "Accepted: shorter lines. Files such as PDF belong beside the records, not into them."
        ),
        {"id": "bg-2", "unit": "u-1", "title": "y"},
    ]


def test_quotes_without_an_end_do_not_swallow_a_file(items: Path) -> None:
    content = 'id,unit,title\nbg-1,u-1,"x\n' + "bg-2,u-1,yyyyyyyyyyyy\n" * 1000
    found = read(items, content, limits=Limits(line=1000))
    assert "longer than 1000 bytes, or a quoted text in it has no end" in str(found[0])


def test_gb18030_is_refused_with_the_option_that_reads_it(items: Path) -> None:
    content = "编号,单位,名称\nbg-1,u-1,通知\n".encode("gb18030")
    assert one_problem(items, content) == (
        ":1: The file is not UTF-8; it looks like GB18030 (GBK, GB2312). "
        "Read it with --encoding gb18030, or save it as UTF-8."
    )
    assert data_of(items, content, encoding="gb18030") == [{"id": "bg-1", "unit": "u-1", "title": "通知"}]


def test_a_workbook_under_the_wrong_name_is_told(items: Path) -> None:
    assert one_problem(items, b"PK\x03\x04rest") == ": The file is no text; it looks like a workbook. Name it .xlsx."


def test_a_file_whose_name_tells_no_type_is_refused_with_the_types_there_are(tmp_path: Path) -> None:
    told = one_problem(tmp_path / "台账.csv", "id,unit\nbg-1,u-1\n")
    assert told.startswith(": It is not said of which type these records are. Accepted, as the beginning of the name")


def test_lists_of_objects_can_be_stated_empty(tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    header = "id,name,kind,jurisdiction"
    assert data_of(units, f"{header},职责事项\nu-1,甲,街道,CN,无\nu-2,乙,街道,CN,\n") == [
        {"id": "u-1", "name": "甲", "kind": "街道", "jurisdiction": "CN", "duties": []},
        {"id": "u-2", "name": "乙", "kind": "街道", "jurisdiction": "CN"},
    ]
    assert "can only say that there are none" in one_problem(units, f"{header},duties\nu-1,甲,街道,CN,{WORDS}\n")


LEDGER = ColumnMapping(
    name="ledger",
    type="information-item",
    columns={"序号": "id", "文件标题": "title", "公开方式": "attributes", "经办人": "sign_offs.1.person"},
    values={"attributes": {"主动": "proactive", "依申请": "on_request"}},
    constants={"unit": "u-1", "sign_offs.1.step": "drafter", "title": "（无题）", "approval.workflow": "a;b"},
    header_row=3,
    encoding="gb18030",
)


def test_a_table_that_exists_already_is_read_by_a_mapping(tmp_path: Path) -> None:
    content = "2011年台账,,,,\n,,,,\n序号,文件标题,公开方式,经办人,备注\nbg-1,通知,主动;依申请,甲,略\nbg-2,,主动,,略\n"
    assert data_of(tmp_path / "台账.csv", content.encode("gb18030"), mapping=LEDGER) == [
        {
            "id": "bg-1",
            "unit": "u-1",
            "title": "通知",
            "attributes": ["proactive", "on_request"],
            "sign_offs": [{"person": "甲", "step": "drafter"}],
            "approval": {"workflow": ["a;b"]},
        },
        {
            "id": "bg-2",
            "unit": "u-1",
            "title": "（无题）",
            "attributes": ["proactive"],
            "sign_offs": [{"step": "drafter"}],
            "approval": {"workflow": ["a;b"]},
        },
    ]


def test_a_table_without_the_mappings_headings_is_refused_once(tmp_path: Path) -> None:
    told = one_problem(tmp_path / "台账.csv", "a\nb\n序号,标题\nbg-1,通知\n".encode("gb18030"), mapping=LEDGER)
    assert told.startswith(":3: Row 3 lacks these headings of the column mapping: 文件标题, 公开方式, 经办人.")


@given(rows=st.lists(st.lists(st.text('ab",;\n 番', max_size=6), min_size=3, max_size=3), max_size=5))
def test_what_the_standard_library_writes_is_read_as_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    import csv
    import io

    written = io.StringIO(newline="")
    csv.writer(written).writerows([["id", "title", "summary"], *rows])
    path = tmp_path_factory.mktemp("csv") / "information-item.csv"
    mapping = ColumnMapping(
        name="m", type="information-item", columns={"id": "id", "title": "title", "summary": "summary"}
    )
    found = data_of(path, written.getvalue(), mapping=mapping)
    expected = [
        {name: cell for name, cell in zip(("id", "title", "summary"), row, strict=True) if cell and not cell.isspace()}
        for row in rows
    ]
    assert found == [row for row in expected if row]
