"""``docs/how-to/review-and-publish.md`` shows what the commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs/how-to/review-and-publish.md"
BLOCK = re.compile(r"^```(?P<kind>[^\n]+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def unwrapped(text: str) -> str:
    return "".join(text.split())


def test_every_command_of_the_page_prints_what_the_page_says(
    run: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    calls = 0
    for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        if block["kind"] != "console":
            head, _, content = block["text"].partition("\n\n")
            with Path(head.removeprefix(":caption: ")).open("a", encoding="utf-8") as file:
                file.write(f"\n{content}" if head.endswith(".toml") else content)
            continue
        for call in re.split(r"^\$ govopen ", block["text"], flags=re.MULTILINE)[1:]:
            line, _, said = call.partition("\n")
            ended = run(*shlex.split(line))
            printed, place = unwrapped(ended.out + ended.err), 0
            assert ended.status == (2 if "Error" in said else 0), ended.err
            for part in map(unwrapped, re.split(r"^\.\.\.$", said, flags=re.MULTILINE)):
                found = printed.find(part, place)
                assert found >= 0, f"govopen {line} does not print: {part}"
                place = found + len(part)
            calls += 1

    assert calls > 10
