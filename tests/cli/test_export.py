"""``govopen export``: what it writes, where, and what it says of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from govopen.errors import PluginError


def test_what_is_cleared_is_written_and_only_counted_on_stderr(run: Any, decided: Path) -> None:
    ended = run("export", "jsonl", "-o", "catalogue.jsonl")

    (line,) = (decided / "catalogue.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["item"]["title"] == "哨兵标题"
    assert ended.status == 0
    assert ended.out == ""
    assert "Items cleared for the public: 1; on record and not cleared: 0" in ended.err
    assert "Written: catalogue.jsonl" in ended.err
    assert "哨兵" not in ended.err


def test_without_a_file_it_is_printed(run: Any, decided: Path) -> None:
    ended = run("export", "jsonl", "-w", decided)

    assert json.loads(ended.out)["unit"] == {"id": "bureau", "name": "示例局"}
    assert "Items cleared for the public: 1" in ended.err


def test_what_is_withdrawn_is_in_no_further_export(run: Any, decided: Path) -> None:
    run("item", "withdraw", "fee-1", "--reason", "过期", "--as", "li")
    ended = run("export", "jsonl")

    assert (ended.status, ended.out) == (0, "")
    assert "not cleared: 1" in ended.err


def test_units_title_and_address_reach_the_export(run: Any, decided: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = []
    monkeypatch.setattr(
        "govopen.office.facade.Office.export", lambda _, *args, **options: given.append(options) or _Nothing()
    )
    call = "export jsonl --unit bureau --unit other --title T --base-url https://a.example/ -o here"
    ended = run(*call.split())

    assert ended.status == 0, ended.err
    assert given == [{"units": ("bureau", "other"), "title": "T", "base_url": "https://a.example/"}]


class _Nothing:
    items = left_out = 0


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("export pdf -o out", "format 'pdf'"),
        ("export jsonl -o out --unit nowhere", "no unit nowhere"),
        ("export jsonl -o out --base-url x", "base address"),
        ("export jsonl -o nowhere/out", "cannot be written"),
        ("export", "FORMAT is missing"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_written(run: Any, decided: Path, call: str, told: str) -> None:
    ended = run(*call.split())

    assert ended.status == 2
    assert told in ended.err
    assert not (decided / "out").exists()


def test_a_plugin_that_fails_ends_with_its_own_status(run: Any, decided: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("哨兵")

    monkeypatch.setattr("govopen.publishing.jsonl.JsonLinesExporter.export", broken)
    (decided / "out").write_text("earlier", encoding="utf-8")
    ended = run("export", "jsonl", "-o", "out")

    assert ended.status == 3
    assert "哨兵" not in ended.out + ended.err
    assert (decided / "out").read_text(encoding="utf-8") == "earlier"
    assert PluginError.__name__ not in ended.err


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_who_reads_the_output_may_go_away(decided: Path, unbuffered: str) -> None:
    """As ``govopen export jsonl | head`` does: no traceback, and the status that a shell gives."""
    program = [sys.executable, "-m", "govopen", "export", "jsonl"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        program, cwd=decided, env=environment, stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)

    assert ended.returncode == 141
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("ttl",), "There is no exporter for the format 'ttl'."),
        (("jsonl", "--base-url", "https://u:secret@a.example/"), "holds a user name or a password"),
        (("jsonl",), "There is no unit whose items could be exported."),
    ],
)
def test_what_is_wrong_with_the_command_is_told_before_what_is_wrong_with_the_records(
    run: Any, tmp_path: Path, asked: tuple[str, ...], said: str
) -> None:
    run("init", tmp_path / "empty")
    ended = run("export", *asked, "-w", tmp_path / "empty", "-o", tmp_path / "out")

    assert ended.status == 2
    assert said in ended.err
    assert "secret" not in ended.err
    assert not (tmp_path / "out").exists()
