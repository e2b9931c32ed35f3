"""TOML tables: pleasant to write, every mistake told at once, and what is written comes back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govopen.errors import ImportRefused, TableError
from govopen.interchange.limits import Limits
from govopen.interchange.load import find_files, load
from govopen.interchange.tables.toml import TABLE_TYPE, read_toml, write_toml
from govopen.interchange.tables.toml_values import write_array, write_value
from govopen.model.discretion import DiscretionTable, InputKind, StatutoryRange, TableInput, TableOutput, TableRow
from govopen.model.types import RECORD_TYPES
from govopen.testing.strategies import records
from govopen.testing.table_strategies import documents
from govopen.testing.values import texts

DRAINAGE = DiscretionTable(
    id="dt-2011-01",
    unit="u-1",
    title="排水处罚裁量基准",
    issued_on=dt.date(2011, 4, 5),
    inputs=(
        TableInput(name="times", label="次数", kind=InputKind.INTEGER, unit="次", domain=">= 1"),
        TableInput(name="area", kind=InputKind.DECIMAL, step=Decimal("0.10")),
        TableInput(name="harm", kind=InputKind.ENUMERATION, values=("轻微", "一般")),
    ),
    lawful=("area < 0.5",),
    statute=(
        StatutoryRange(
            citation="某条例第十条", since=dt.date(2010, 1, 1), outcome="2000元以上1万元以下", verified=True
        ),
    ),
    rows=(
        TableRow(tier="轻微", when='harm = "轻微"', outcome="2000元", wording="初次；\n且面积小的"),
        TableRow(tier="其他", when="harm != 轻微", outcome="1万元", further=("没收违法所得", "it's")),
    ),
)
WRITTEN = """\
id = "dt-2011-01"
unit = "u-1"
title = "排水处罚裁量基准"
issued_on = 2011-04-05
lawful = ["area < 0.5"]

[[inputs]]
name = "times"
label = "次数"
kind = "integer"
unit = "次"
domain = ">= 1"

[[inputs]]
name = "area"
kind = "decimal"
step = 0.10

[[inputs]]
name = "harm"
kind = "enumeration"
values = ["轻微", "一般"]

[[statute]]
citation = "某条例第十条"
since = 2010-01-01
outcome = "2000元以上1万元以下"
verified = true

[[rows]]
tier = "轻微"
when = 'harm = "轻微"'
wording = \"\"\"
初次；
且面积小的\"\"\"
outcome = "2000元"

[[rows]]
tier = "其他"
when = "harm != 轻微"
outcome = "1万元"
further = ["没收违法所得", "it's"]
"""


def told(content: bytes | str, where: str = "tables/t.toml") -> list[str]:
    with pytest.raises(TableError) as caught:
        read_toml(content, where=where)
    return [str(problem).removeprefix(where) for problem in caught.value.problems]


def test_a_table_is_written_as_people_would_and_read_again() -> None:
    assert write_toml(DRAINAGE) == WRITTEN
    assert read_toml(WRITTEN, where="t.toml") == DRAINAGE


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_line_ends_and_byte_order_mark_of_an_editor_make_no_difference(ends: str) -> None:
    assert read_toml(b"\xef\xbb\xbf" + WRITTEN.replace("\n", ends).encode(), where="t.toml") == DRAINAGE


@settings(max_examples=60)
@given(documents())
def test_a_table_that_compiles_comes_back_equal_and_is_written_the_same_again(document: DiscretionTable) -> None:
    written = write_toml(document)
    assert read_toml(written.encode(), where="t.toml") == document
    assert write_toml(read_toml(written, where="t.toml")) == written


@given(
    records(
        DiscretionTable,
        inputs=st.lists(records(TableInput, values=st.lists(texts(), max_size=2).map(tuple)), max_size=2).map(tuple),
        rows=st.lists(
            records(
                TableRow,
                wording=texts(),
                further=st.lists(texts(), max_size=3).map(tuple),
                outputs=st.lists(texts(), max_size=3).map(tuple),
            ),
            max_size=2,
        ).map(tuple),
    )
)
def test_whatever_an_import_takes_comes_back_equal(document: DiscretionTable) -> None:
    assert read_toml(write_toml(document), where="t.toml") == document


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r")))
def test_any_text_is_written_so_that_toml_reads_it(text: str) -> None:
    import tomllib

    assert tomllib.loads(f"a = {write_value(text)}\nb = {write_array([text, text])}") == {"a": text, "b": [text, text]}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a", '"a"'),
        ('say "a"', "'say \"a\"'"),
        ('it\'s "a"', '"it\'s \\"a\\""'),
        ("a\\b", "'a\\b'"),
        ("a\tb", '"a\\tb"'),
        ("hidden \u202e", '"hidden \\u202E"'),
        ('a\n"""b"', '"""\na\n""\\"b\\""""'),
        (Decimal("1E+3"), "1000"),
        (dt.date(2011, 4, 5), "2011-04-05"),
        (True, "true"),
        (InputKind.DATE, '"date"'),
    ],
)
def test_a_value_has_the_plainest_quotes_that_hold_it(value: object, written: str) -> None:
    assert write_value(value) == written


def test_a_long_list_has_a_line_for_each_member() -> None:
    short = ", ".join(['"没收违法所得和非法财物"'] * 3)
    assert write_array(["没收违法所得和非法财物"] * 3) == f"[{short}]"
    assert write_array(["没收违法所得和非法财物"] * 5).splitlines()[:2] == ["[", '  "没收违法所得和非法财物",']


def test_every_mistake_is_told_at_once_with_its_path_and_what_is_accepted() -> None:
    found = told(
        'titel = "x"\n'
        '[[inputs]]\nname = "a"\nkind = "intger"\n'
        '[[rows]]\nwhen = true\nwordin = "x"\n[[rows]]\noutcome = 0.5\nlawful = ["a < 3"]\n'
    )
    assert [line.split(" Accepted")[0] for line in found] == [
        ": inputs[0].kind: 'intger' is not one of the accepted values.",
        ": rows[0].when: This is no text.",
        ": rows[0].wordin: There is no such field. Did you mean wording?",
        ": rows[1].when: This field is missing or blank.",
        ": rows[1].outcome: This is no text.",
        ": rows[1].lawful: This is a field of the table, and stands in rows[1]. Write it above the first [[…]].",
        ": titel: There is no such field. Did you mean title?",
    ]
    assert found[1].endswith("Accepted: text within quotes, or a whole number.")


def test_a_whole_number_may_stand_for_a_text() -> None:
    table = read_toml(
        'id = 5\n[[inputs]]\nname = "a"\nkind = "enumeration"\nvalues = [1, 2]\nstep = 1\n'
        '[[rows]]\nwhen = "-"\noutcome = 2000\noutputs = [3, ""]\n',
        where="t.toml",
    )
    assert table.id == "5"
    assert table.inputs[0].values == ("1", "2")
    assert table.inputs[0].step == Decimal(1)
    assert table.rows[0].outcome == "2000"
    assert table.rows[0].outputs == ("3", '""')


def test_a_blank_result_keeps_its_place() -> None:
    document = DiscretionTable(
        id="t",
        outputs=(TableOutput(kind=InputKind.TEXT), TableOutput(name="b", kind=InputKind.TEXT)),
        rows=(TableRow(when="-", outputs=("", "x")),),
    )
    assert read_toml(write_toml(document), where="t.toml").rows[0].outputs == ('""', "x")


def test_the_name_of_the_file_is_the_identifier_of_a_table_that_gives_none() -> None:
    assert read_toml("title = 'x'", where="tables/dt-2011.toml").id == "dt-2011"
    assert "identifier" in told("", where="tables/my table.toml")[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a = 1\nb = [", ":2:6: This is not TOML: Invalid value."),
        ("a = 1\n = 2", ":2:2: This is not TOML: Invalid statement."),
        ("id = 'a'\nid = 'b'", ":2:9: This is not TOML: Cannot overwrite a value."),
        (b"id = '\xff'", ": The file is not UTF-8."),
        ("a = " + "[" * 9000, ": The file holds a number that is too long"),
        ("a = " + "9" * 5000, ": The file holds a number that is too long"),
        ("a = 1e99999999999999999999", ": The file holds a number that is too long"),
        ("rows = 3", ": rows: This is not a list."),
        ("inputs = [1]", ": inputs[0]: This is not an object with fields."),
        ("since = 2011-04-05T08:00:00", ": since: This is not a date."),
    ],
)
def test_what_is_no_toml_or_no_table_says_where(content: bytes | str, message: str) -> None:
    assert told(content)[0].startswith(message)


def test_a_file_of_any_size_is_not_read() -> None:
    with pytest.raises(TableError, match="at most 10 bytes"):
        read_toml("id = 'abcdefgh'", where="t.toml", limits=Limits(line=10))


# Among the records of an import


def test_a_file_in_a_folder_called_tables_is_imported_as_one_record(tmp_path: Path) -> None:
    path = tmp_path / "tables" / "dt-2011-01.toml"
    path.parent.mkdir()
    path.write_text(WRITTEN, encoding="utf-8")
    (file,) = load([tmp_path], RECORD_TYPES)
    assert file.counts == {"discretion-table": 1}
    (imported,) = file
    assert imported.record == DRAINAGE
    assert imported.where == str(path)


def test_settings_that_lie_in_a_folder_are_not_taken_for_tables(tmp_path: Path) -> None:
    for name in ("govopen.toml", "waivers.toml", "tables/govopen.toml", "tables/waivers.toml", "tables/deep/x.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert find_files([tmp_path]) == ()
    (tmp_path / "tables" / "govopen.toml").unlink()
    assert find_files([tmp_path]) == (tmp_path / "tables" / "waivers.toml",)
    assert find_files([tmp_path / "waivers.toml"]) == (tmp_path / "waivers.toml",)


@pytest.mark.parametrize(
    ("name", "content", "type_name", "message"),
    [
        ("t.toml", "unit = 'u-1'\nwaivers = 1", None, "waivers: There is no such field."),
        ("t.toml", "unit = ", None, "This is not TOML"),
        ("t.toml", "unit = 'u-1'", "site", "holds a record of the type discretion-table"),
        ("none.toml", None, None, "There is no such file."),
    ],
)
def test_an_import_refuses_what_is_no_table(
    tmp_path: Path, name: str, content: str | None, type_name: str | None, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ImportRefused) as caught:
        list(load([path], RECORD_TYPES, type_name=type_name))
    (problem,) = caught.value.problems
    assert message in str(problem)
    assert problem.where.startswith(str(path))


def test_two_tables_of_one_identifier_are_told_apart_by_their_files(tmp_path: Path) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    for path in (first, second):
        path.write_text("id = 'same'", encoding="utf-8")
    with pytest.raises(ImportRefused) as caught:
        list(load([first, second], RECORD_TYPES))
    assert str(caught.value.problems[0]).startswith(f"{second}: id: The identifier same stands already in {first}.")


def test_the_record_type_is_that_of_tables() -> None:
    assert TABLE_TYPE.name == "discretion-table"
