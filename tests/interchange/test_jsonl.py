"""JSON Lines: each line a record, each bad line told by number and column, the others still read."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from govopen.errors import Problem
from govopen.interchange.jsonl import read_jsonl
from govopen.interchange.limits import Limits
from govopen.interchange.mapping import ColumnMapping
from govopen.interchange.raw import Options, Raw
from govopen.model.types import RECORD_TYPES

TYPES = {record_type.name: record_type for record_type in RECORD_TYPES}
WORDS = "内部处理意见"


def read(path: Path, content: str | bytes, **options: object) -> list[Raw | Problem]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_jsonl(path, Options(types=TYPES, **options)))  # type: ignore[arg-type]


def one_problem(path: Path, content: str | bytes, **options: object) -> str:
    (problem,) = read(path, content, **options)
    assert isinstance(problem, Problem)
    assert WORDS not in str(problem)
    return str(problem).removeprefix(str(path))


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    return tmp_path / "site.jsonl"


def test_each_line_is_a_record_of_the_type_that_the_file_is_named_for(sites: Path) -> None:
    found = read(sites, '\ufeff{"id": "s-1"}\r\n\n   \n{"id": "s-2"}')
    assert [(raw.record_type.name, raw.data, raw.where) for raw in found if isinstance(raw, Raw)] == [
        ("site", {"id": "s-1"}, f"{sites}:1"),
        ("site", {"id": "s-2"}, f"{sites}:4"),
    ]


def test_the_key_type_names_the_type_of_a_line(tmp_path: Path) -> None:
    found = read(tmp_path / "all.jsonl", '{"type": "site", "id": "s"}\n{"id": "u", "type": "unit"}')
    assert [(raw.record_type.name, raw.data) for raw in found if isinstance(raw, Raw)] == [
        ("site", {"id": "s"}),
        ("unit", {"id": "u"}),
    ]


@pytest.mark.parametrize("line", ['{"id": "s"}', '{"type": "spaceship", "id": "s"}', '{"type": ["unit"], "id": "s"}'])
def test_a_line_of_no_known_type_is_refused_with_the_types_there_are(tmp_path: Path, line: str) -> None:
    assert one_problem(tmp_path / "all.jsonl", line).startswith(":1: type: It is not said of which type")


def test_a_line_of_another_type_than_asked_for_is_refused(sites: Path) -> None:
    assert "Accepted as the value of the key type: site." in one_problem(sites, '{"type": "unit"}', type_name="site")


def test_an_unheard_of_type_is_told_once(sites: Path) -> None:
    assert one_problem(sites, "{}\n{}\n", type_name="spaceship").startswith(": There is no record type spaceship.")


def test_numbers_are_not_rounded(sites: Path) -> None:
    (raw,) = read(sites, '{"a": 0.1, "b": 12345678901234567890.000000000001}')
    assert isinstance(raw, Raw)
    assert raw.data == {"a": Decimal("0.1"), "b": Decimal("12345678901234567890.000000000001")}


@pytest.mark.parametrize("end", [1, 9, 12, 20, 40])
def test_a_truncated_line_is_told_by_line_and_column_and_the_next_one_is_read(sites: Path, end: int) -> None:
    line = json.dumps({"id": "s-1", "url": WORDS, "since": "2011-01-01"}, ensure_ascii=False)
    found = read(sites, f'{{"id": "s-0"}}\n{line[:end]}\n{{"id": "s-2"}}\n')
    assert [type(entry) for entry in found] == [Raw, Problem, Raw]
    assert isinstance(found[1], Problem)
    assert found[1].where == f"{sites}:2"
    assert 1 <= int(str(found[1].facts["column"])) <= end + 1
    assert "cut off?" in str(found[1])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": s-1}', ":1: The line is not valid JSON at column 8."),
        ("id,unit", ":1: The line is not valid JSON at column 1."),
        ('{"id": "s"} {"id": "t"}', ":1: The line is not valid JSON at column 13."),
        ('["s-1"]', ":1: This is not a JSON object."),
        ('"s-1"', ":1: This is not a JSON object."),
        ('{"id": "a", "id": "b"}', ":1: Keys 1 and 2 of one object are the same."),
        (
            '{"a": {"c": 0, "内部处理意见": 1, "b": 2, "内部处理意见": 3}}',
            ":1: Keys 2 and 4 of one object are the same.",
        ),
        ('{"a": NaN}', ":1: NaN is no JSON number."),
        ('{"a": -Infinity}', ":1: -Infinity is no JSON number."),
        ('{"a": ' + "1" * 5000 + "}", ":1: The line holds a number that is too long."),
        ('{"a": ' + "[" * 100_000, ":1: The JSON is nested too deeply."),
    ],
)
def test_a_bad_line_has_one_clear_answer(sites: Path, line: str, told: str) -> None:
    assert one_problem(sites, line).startswith(told)


def test_a_line_beyond_the_limit_is_passed_over_and_the_next_one_is_read(sites: Path) -> None:
    long = json.dumps({"id": "s-1", "url": "x" * 3_000_000})
    found = read(sites, f'{long}\n{{"id": "s-2"}}\n{long}', limits=Limits(line=1000))
    assert [entry.where for entry in found if isinstance(entry, Problem)] == [f"{sites}:1", f"{sites}:3"]
    assert "longer than 1000 bytes" in str(found[0])
    assert [raw.data for raw in found if isinstance(raw, Raw)] == [{"id": "s-2"}]


def test_gb18030_is_refused_with_the_option_that_reads_it(sites: Path) -> None:
    content = f'{{"id": "s-1"}}\n{{"id": "s-2", "url": "{WORDS}"}}\n'.encode("gb18030")
    assert [type(entry) for entry in read(sites, content)] == [Raw, Problem]
    assert "--encoding gb18030" in str(read(sites, content)[1])
    found = read(sites, content, encoding="GB18030")
    assert [raw.data.get("url") for raw in found if isinstance(raw, Raw)] == [None, WORDS]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be"])
def test_utf_16_is_refused(sites: Path, codec: str) -> None:
    text = '\ufeff{"id": "s-1"}' if codec == "utf-16-be" else '{"id": "s-1"}'
    assert one_problem(sites, text.encode(codec)) == ": The file is UTF-16. Save it as UTF-8."


def test_bytes_of_no_encoding_are_told_by_line(sites: Path) -> None:
    assert one_problem(sites, b'{"id": "\xff\xff"}') == (
        ":1: The file is not utf-8: byte 9 of the line begins no character. "
        "Save it as UTF-8, or name its encoding with --encoding."
    )


def test_an_unheard_of_encoding_is_refused_with_those_there_are(sites: Path) -> None:
    assert "Accepted: utf-8, utf-8-sig, gb18030" in one_problem(sites, "{}", encoding="rot13")


def test_a_column_mapping_reads_no_json(sites: Path) -> None:
    mapping = ColumnMapping(name="m", type="site", columns={"id": "id"})
    assert one_problem(sites, "{}", mapping=mapping) == (
        ": A column mapping reads tables. Accepted with a mapping: CSV and XLSX."
    )
