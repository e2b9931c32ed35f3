"""``govopen init``, ``schema``, ``template`` and ``import``: records in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from govopen.model.types import RECORD_TYPES


def test_a_new_workspace_says_what_comes_next(run: Any, tmp_path: Path) -> None:
    ended = run("init", tmp_path / "office")

    assert ended.status == 0
    assert (tmp_path / "office/govopen.toml").is_file()
    assert "govopen import -w" in ended.err


def test_a_workspace_is_never_overwritten(run: Any, tmp_path: Path) -> None:
    run("init", tmp_path)
    (tmp_path / "govopen.toml").write_text("mine", encoding="utf-8")

    assert run("init", tmp_path).status == 2
    assert (tmp_path / "govopen.toml").read_text(encoding="utf-8") == "mine"


def test_without_a_type_the_types_are_listed(run: Any) -> None:
    listed = [line.split()[0] for line in run("schema").out.splitlines()]

    assert listed == [*(entry.name for entry in RECORD_TYPES), "check-report", "table-report"]
    assert "单位" in run("schema", "--lang", "zh-Hans").out


@pytest.mark.parametrize("name", [*(entry.name for entry in RECORD_TYPES), "check-report", "table-report"])
def test_every_type_has_a_schema(run: Any, name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema", name).out))


@pytest.mark.parametrize("command", ["schema", "template"])
def test_a_type_that_is_not_there_is_answered_with_those_that_are(run: Any, command: str) -> None:
    ended = run(command, "information-itm")

    assert ended.status == 2
    assert "information-item" in ended.err


def test_a_template_is_written_where_asked_and_never_over_a_file(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    assert run("template", "unit", "-o", path).status == 0
    filled = path.read_bytes()

    ended = run("template", "unit", "-o", path)

    assert ended.status == 2
    assert "may have been filled in" in ended.err
    assert path.read_bytes() == filled
    assert run("template", "unit").status == 0
    assert Path("unit.xlsx").is_file()


def test_an_import_counts_what_it_stored(run: Any, workspace: Path, tmp_path: Path) -> None:
    ended = run("import", "-w", workspace, "--replace", tmp_path / "unit.csv", tmp_path / "information-items.csv")

    assert ended.status == 0
    assert [line.split()[:2] for line in ended.out.splitlines()[:2]] == [["1", "unit"], ["2", "information-item"]]
    assert "Imported. Records: 3, files: 2." in ended.out


def test_an_import_with_an_error_names_file_line_and_field_and_stores_nothing(
    run: Any, workspace: Path, tmp_path: Path
) -> None:
    good, bad = tmp_path / "unit-2.jsonl", tmp_path / "unit-3.jsonl"
    line = {"id": "b", "name": "乙局", "kind": "department", "jurisdiction": "CN-440113", "since": "2001-01-01"}
    good.write_text(json.dumps(line), encoding="utf-8")
    bad.write_text(json.dumps({**line, "id": "c", "since": "2001-02-30"}), encoding="utf-8")

    ended = run("import", "-w", workspace, good, bad, "--lang", "zh-Hans")

    assert (ended.status, ended.out) == (2, "")
    assert f"{bad}:1: since: “2001-02-30”不是日期。" in ended.err
    assert run("check", "-w", workspace, "--unit", "b").status == 2


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("missing.csv",), "There is no file or folder"),
        (("--type", "untit", "unit.csv"), "No record type is called 'untit'."),
        (("--mapping", "register", "unit.csv"), "The workspace has no column mapping 'register'."),
        (("--encoding", "klingon", "unit.csv"), "This encoding is not read."),
        (("notes.txt",), "Files of this kind are not read."),
        (("empty",), "There was no record to import."),
    ],
)
def test_bad_input_has_one_clear_answer(
    run: Any, workspace: Path, tmp_path: Path, args: tuple[str, ...], said: str
) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()

    ended = run("import", "-w", workspace, *args[:-1], tmp_path / args[-1])

    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err


def test_files_of_a_folder_that_are_not_read_are_named(run: Any, workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    (folder / "inner").mkdir(parents=True)
    for name in ("scan.pdf", "inner/old.xls", ".hidden", "~$lock.xlsx"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "unit.csv").write_bytes((tmp_path / "unit.csv").read_bytes())

    ended = run("import", "-w", workspace, "--replace", folder)

    assert ended.status == 0
    assert f"not read: {folder / 'inner/old.xls'}, {folder / 'scan.pdf'}\n" in ended.err
    assert run("import", "-w", workspace, "--replace", folder / "unit.csv").err == ""


def test_of_many_files_that_are_not_read_some_are_named_and_the_rest_counted(
    run: Any, workspace: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(23):
        (folder / f"{number:02}.pdf").touch()

    ended = run("import", "-w", workspace, folder)

    assert ended.status == 2
    assert "19.pdf, … (+3)" in ended.err
    assert "20.pdf" not in ended.err
