"""``govopen coverage`` and its writers."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

PART_1 = {"rules": 59, "evidence": 9, "judgement": 3, "downgraded": 0, "unmapped": 0}
# Of part 2 clause 2.3 is answered.
PART_2 = {"rules": 6, "evidence": 2, "judgement": 0, "downgraded": 0}


def test_of_189_obligations_79_are_answered_as_the_policy_asks(run: Any) -> None:
    ended = run("coverage", "panyu-2011", "--format", "json")
    found = json.loads(ended.out)

    assert (ended.status, ended.err) == (0, "")
    assert (found["instrument"], found["total"]) == ("panyu-2011", 189)
    assert found["parts"]["1"] == PART_1
    assert found["parts"]["2"].items() >= PART_2.items()
    assert found["summary"] == {"rules": 65, "evidence": 11, "judgement": 3, "downgraded": 0, "unmapped": 189 - 79}
    assert len(found["obligations"]) == 189
    assert all(set(entry) == {"obligation", "check", "answer", "rules"} for entry in found["obligations"])
    assert all(bool(entry["rules"]) is (entry["answer"] != "unmapped") for entry in found["obligations"])
    assert sum(sum(part.values()) for part in found["parts"].values()) == 189


def test_the_instrument_is_the_policy_unless_another_is_named_and_json_knows_no_language(run: Any) -> None:
    assert (
        run("coverage", "--format", "json").out == run("coverage", "panyu-2011", "--format=json", "--lang=zh-Hans").out
    )


@pytest.mark.parametrize(
    ("fail_on", "status"), [("unmapped", 1), ("downgraded", 0), ("unmapped,downgraded", 1), ("rules", 2)]
)
def test_the_exit_status_says_whether_anything_is_unmapped_or_downgraded(run: Any, fail_on: str, status: int) -> None:
    assert run("coverage", "--fail-on", fail_on).status == status


def test_text_gives_the_sums_of_each_part_and_what_nothing_answers(run: Any) -> None:
    lines = run("coverage").out.splitlines()

    assert any(line.split()[:1] == ["1"] and line.split()[-5:] == ["59", "9", "3", "·", "·"] for line in lines)
    assert lines[-1] == ("Obligations: 189; automatic rules 65, evidence 11, judgement 3, downgraded 0, unmapped 110")
    assert any("2.1/o1" in line for line in lines)
    assert "自动规则 65，凭证 11，判定 3" in run("coverage", "--lang", "zh-Hans").out


def test_markdown_lists_every_obligation_in_tables_of_equal_width(run: Any) -> None:
    lines = run("coverage", "--format", "md").out.splitlines()

    assert sum("/o" in line.split("|")[1] for line in lines if line.startswith("|")) == 189
    widths = {line.replace("\\|", "").count("|") for line in lines if line.startswith("|")}
    assert widths == {6, 8}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_html_is_one_page_that_needs_no_network(run: Any, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "coverage.html"
    assert run("coverage", "--format", "html", "--lang", lang, "-o", path).out == ""

    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))

    assert page.open == []
    assert [address for address in page.addresses if not address.startswith("#")] == []


@pytest.mark.parametrize("name", ["panyu-2012", "ogi-2019"])
def test_an_instrument_that_is_not_there_or_lists_no_obligation_is_no_green_answer(run: Any, name: str) -> None:
    ended = run("coverage", name)

    assert (ended.status, ended.out) == (2, "")
    assert "panyu-2011" in ended.err


def test_a_workspace_brings_instruments_of_its_own(run: Any, workspace: Path) -> None:
    settings = workspace / "govopen.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("\n[instr", '\ninstrument_files = ["missing.toml"]\n[instr', 1), encoding="utf-8")

    ended = run("coverage", "-w", workspace)

    assert ended.status == 2
    assert "missing.toml" in ended.err
