"""The program as its users start it: a process of its own, with pipes and any locale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import govopen

HEAVY = ("sqlalchemy", "rich", "msgspec", "jinja2", "pluggy", "chinese_calendar", "govopen.rules", "govopen.office")


def environment(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return {**kept, "GOVOPEN_DISABLE_PLUGINS": "govopen-example-unit", **changes}


def govopen_process(*args: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "govopen", *args], capture_output=True, check=False, env=environment(**changes)
    )


def test_the_version_needs_none_of_the_heavy_modules() -> None:
    code = (
        "import sys\nfrom govopen.cli.main import main\n"
        "try:\n    main(['--version'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")

    assert ended.stdout.splitlines() == [f"govopen {govopen.__version__}", "[]"]


@pytest.mark.parametrize(
    ("args", "status"), [(("--version",), 0), (("chek",), 2), (("coverage", "--fail-on", "unmapped"), 1)]
)
def test_the_process_ends_with_the_status(args: tuple[str, ...], status: int) -> None:
    assert govopen_process(*args).returncode == status


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "zh_CN.GB18030", "en_US.ISO-8859-1", ""])
def test_a_pipe_gets_utf_8_under_every_locale(locale: str) -> None:
    ended = govopen_process("explain", "1.3", "--lang", "zh-Hans", LC_ALL=locale)

    assert ended.returncode == 0
    assert "保密审查与公开属性" in ended.stdout.decode("utf-8")


def test_who_asks_for_an_encoding_gets_it_and_what_it_lacks_is_replaced() -> None:
    ended = govopen_process("explain", "1.3", "--lang", "zh-Hans", PYTHONIOENCODING="latin-1")

    assert ended.returncode == 0
    assert b"panyu-2011:1.3 ????" in ended.stdout


def test_a_reader_who_goes_away_ends_the_program_in_silence() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        ended = subprocess.run(
            [sys.executable, "-m", "govopen", "coverage"],
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
            env=environment(),
        )

    assert ended.stderr == b""
    assert ended.returncode == 141


def test_output_in_a_pipe_has_neither_colour_nor_progress(tmp_path: Path) -> None:
    started = govopen_process("init", str(tmp_path / "office"))
    unit = tmp_path / "unit.csv"
    unit.write_text("id,name,kind,jurisdiction,since\na,甲局,department,CN-440113,2001-01-01\n", encoding="utf-8")
    imported = govopen_process("import", "-w", str(tmp_path / "office"), str(unit))
    checked = govopen_process("check", "-w", str(tmp_path / "office"), "--as-of", "2011-12-31")

    assert [started.returncode, imported.returncode, checked.returncode] == [0, 0, 1]
    assert b"\x1b" not in imported.stdout + imported.stderr + checked.stdout + checked.stderr
    assert imported.stderr == checked.stderr == b""
