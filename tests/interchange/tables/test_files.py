"""Files of tables: the name says the format, each format gives back the table, and what is missing is told."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from govopen.discretion.compiling import compile_table
from govopen.discretion.table import Table
from govopen.errors import InputError, TableError
from govopen.interchange.tables.files import SUFFIXES, read_table, write_table
from govopen.model.discretion import DiscretionTable, InputKind, StatutoryRange, TableInput, TableRow
from govopen.testing.table_strategies import documents

STALLS = DiscretionTable(
    id="stalls",
    title="占道摆卖处罚裁量基准",
    inputs=(TableInput(name="count", label="次数", kind=InputKind.INTEGER, domain=">= 1"),),
    statute=(StatutoryRange(citation="条例", since=dt.date(2010, 1, 1), outcome="50元以上500元以下"),),
    rows=(
        TableRow(tier="轻微", when="count = 1", outcome="50元"),
        TableRow(tier="其他", when="count >= 2", outcome="500元"),
    ),
)


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".TOML", ".XLSX"])
def test_a_table_is_read_from_what_it_was_written_to(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"stalls{suffix}"
    write_table(STALLS, path)
    assert read_table(path) == STALLS


@pytest.mark.parametrize("suffix", [".toml", ".xlsx", ".dmn"])
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents(ambiguous=False))
def test_every_format_keeps_what_cases_come_to(tmp_path: Path, suffix: str, document: DiscretionTable) -> None:
    path = tmp_path / f"table{suffix}"
    write_table(document, path)
    found, table = compile_table(read_table(path)), compile_table(document)
    cases: list[dict[str, object]] = [{}]
    for at, axis in enumerate(table.axes):
        cases += [{**cases[-1], axis.name: axis.value(table.grid.example(at, 0))}]
    for case in cases:
        assert _said(found, case) == _said(table, case)


def _said(table: Table, case: dict[str, object]) -> object:
    try:
        decision = table.decide(case)
    except InputError as error:
        return str(error)
    return decision.status, decision.rows, decision.outputs


def test_the_version_of_dmn_and_the_decision_are_handed_on(tmp_path: Path) -> None:
    path = tmp_path / "stalls.dmn"
    write_table(STALLS, path, version="1.3")
    assert b"20191111" in path.read_bytes()
    with pytest.raises(TableError, match="no decision other"):
        read_table(path, name="other")


@pytest.mark.parametrize("name", ["stalls.xls", "stalls.csv", "stalls"])
def test_another_kind_of_file_is_refused_with_those_there_are(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    expected = f"Files of the kind of {path} hold no discretion table. Accepted: .toml, .dmn, .xml, .xlsx."
    for use in (lambda: read_table(path), lambda: write_table(STALLS, path)):
        with pytest.raises(InputError) as caught:
            use()
        assert str(caught.value) == expected


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_is_not_there_is_told(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"none{suffix}"
    with pytest.raises(TableError) as caught:
        read_table(path)
    assert [str(problem) for problem in caught.value.problems] == [f"{path}: There is no such file."]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none" / "stalls.toml"
    with pytest.raises(InputError, match="cannot be written: No such file or directory"):
        write_table(STALLS, path)


@pytest.mark.parametrize("library", ["python_calamine", "xlsxwriter"])
def test_only_workbooks_need_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    book = tmp_path / "stalls.xlsx"
    write_table(STALLS, book)
    monkeypatch.setitem(sys.modules, library, None)
    write_table(STALLS, tmp_path / "stalls.toml")
    assert read_table(tmp_path / "stalls.toml") == STALLS
    with pytest.raises(InputError, match=r"pip install \"govopen\[xlsx\]\""):
        read_table(book) if library == "python_calamine" else write_table(STALLS, book)
