"""``govopen plugins list``, and plugins that fail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


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


def test_what_is_built_in_is_listed_with_what_it_brings(run: Any) -> None:
    ended = run("plugins", "list", "--format", "json")
    builtin = json.loads(ended.out)[0]

    assert ended.status == 0
    assert (builtin["distribution"], builtin["status"], builtin["failure"]) == ("govopen", "loaded", None)
    assert "govopen_rules" in builtin["hooks"]
    assert "SEC" in builtin["prefixes"]
    assert "govopen (govopen " in run("plugins", "list").out
    assert "已加载" in run("plugins", "list", "--lang", "zh-Hans").out


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
