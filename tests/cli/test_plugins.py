"""``govopen plugins list``, and plugins that fail."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A distribution whose plugin fails to import."""
    about = tmp_path / "govopen_broken-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: govopen-broken\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[govopen]\nbroken = govopen_broken\n", encoding="utf-8")
    (tmp_path / "govopen_broken.py").write_text("raise RuntimeError('out of order')\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return "govopen-broken"


REFUSING = """
from collections.abc import Mapping

from govopen.errors import InputError, Problem
from govopen.plugins.hookspecs import hookimpl
from govopen.publishing.exporter import Exporter, ExporterFactory, ExportSettings
from govopen.texts import Message

DAY = Message("第{line}行不是日期。", "Line {line} is no day.")
LIKE = Message("请写作{example}。", "Write it as {example}.")


def refuse(settings: ExportSettings) -> Exporter:
    wrong = Problem(where="forms.toml", message=DAY, accepted=LIKE, facts={"line": 3, "example": "2011-12-31"})
    raise InputError(
        Message("格式{form}没有设置。", "The format {form} is not set up."),
        hint=Message("请查看{file}。", "Look at {file}."),
        problems=[wrong],
        form=settings.title,
        file="forms.toml",
    )


@hookimpl
def govopen_exporters() -> Mapping[str, ExporterFactory]:
    return {"refusing": refuse}
"""


@pytest.fixture
def refusing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution with an exporter that refuses its settings, in both languages."""
    about = tmp_path / "govopen_refusing-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: govopen-refusing\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[govopen]\nrefusing = govopen_refusing\n", encoding="utf-8")
    (tmp_path / "govopen_refusing.py").write_text(REFUSING, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)


def test_what_is_built_in_is_listed_with_what_it_brings(run: Any) -> None:
    ended = run("plugins", "list", "--format", "json")
    builtin = json.loads(ended.out)[0]

    assert ended.status == 0
    assert (builtin["distribution"], builtin["status"], builtin["failure"]) == ("govopen", "loaded", None)
    assert "govopen_rules" in builtin["hooks"]
    assert "SEC" in builtin["prefixes"]
    assert "govopen (govopen " in run("plugins", "list").out
    assert "已加载" in run("plugins", "list", "--lang", "zh-Hans").out


@pytest.mark.parametrize(("lang", "begins"), [("en", "  Hooks: "), ("zh-Hans", "  钩子：")])
def test_a_line_too_long_goes_on_under_itself_and_breaks_no_name(run: Any, lang: str, begins: str) -> None:
    lines = run("plugins", "list", "--lang", lang).out.splitlines()
    hooks = json.loads(run("plugins", "list", "--format", "json").out)[0]["hooks"]
    (at,) = [number for number, line in enumerate(lines[:5]) if line.startswith(begins)]
    listed = lines[at].removeprefix(begins)

    while lines[at + 1].startswith("    "):
        at += 1
        listed += " " + lines[at].strip()
        assert not lines[at].startswith("     ")

    assert re.split(r"[、,]\s*", listed) == hooks
    assert lines[at + 1].startswith("  ")
    assert max(cell_len(line) for line in lines) <= 120


def test_a_plugin_that_fails_is_listed_with_its_reason_and_the_status_says_so(run: Any, broken: str) -> None:
    text, document = run("plugins", "list"), run("plugins", "list", "--format", "json")

    assert text.status == document.status == 3
    assert "out of order" in text.out
    failed = next(entry for entry in json.loads(document.out) if entry["distribution"] == broken)
    assert (failed["version"], failed["status"]) == ("1.0", "failed")
    assert "out of order" in failed["failure"]
    assert "Traceback" not in text.out + text.err


@pytest.mark.parametrize("command", [("schema", "unit"), ("coverage",), ("explain", "SEC002")])
def test_no_other_command_works_with_less_than_all_plugins(run: Any, broken: str, command: tuple[str, ...]) -> None:
    ended = run(*command)

    assert (ended.status, ended.out) == (3, "")
    assert "out of order" in ended.err
    assert f"GOVOPEN_DISABLE_PLUGINS={broken}" in ended.err


def test_a_check_does_not_run_without_a_plugin_that_fails(run: Any, workspace: Path, broken: str) -> None:
    assert run("check", "-w", workspace).status == 3


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "zh-Hans",
            ["错误：格式A没有设置。", "  forms.toml: 第3行不是日期。请写作2011-12-31。", "请查看forms.toml。"],
        ),
        (
            "en",
            [
                "Error: The format A is not set up.",
                "  forms.toml: Line 3 is no day. Write it as 2011-12-31.",
                "Look at forms.toml.",
            ],
        ),
    ],
)
@pytest.mark.usefixtures("refusing")
def test_an_error_of_a_plugin_is_told_in_the_language_of_the_user(
    run: Any, workspace: Path, lang: str, told: list[str]
) -> None:
    ended = run("export", "refusing", "-w", workspace, "--title", "A", "-o", "out", "--lang", lang)

    assert (ended.status, ended.out, ended.err.splitlines()) == (2, "", told)
