"""``govopen check``: selections, formats, exit statuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from govopen.checking.algebra import Status
from govopen.cli.commands.check import parse_fail_on
from govopen.errors import InputError
from govopen.report.document import report_schema

DAY = ("--as-of", "2011-12-31")


def test_a_check_that_finds_violations_prints_them_and_fails(run: Any, workspace: Path) -> None:
    ended = run("check", "-w", workspace, *DAY)

    assert ended.status == 1
    assert "CAT103" in ended.out
    assert ended.err == ""


def test_the_report_is_in_the_language_asked_for(run: Any, workspace: Path) -> None:
    assert "发现的问题" in run("check", "-w", workspace, *DAY, "--lang", "zh-Hans").out


def test_json_on_stdout_is_the_documented_report_and_nothing_else(run: Any, workspace: Path) -> None:
    ended = run("check", "-w", workspace, *DAY, "--format", "json", "--fail-on", "none")

    jsonschema.validate(json.loads(ended.out), report_schema())
    assert ended.status == 0
    assert ended.err == ""


def test_the_words_of_a_record_never_reach_a_report(run: Any, workspace: Path) -> None:
    for form in ("text", "json", "html"):
        assert "示例费" not in run("check", "-w", workspace, *DAY, "--details", "--format", form).out


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_a_report_written_to_a_file_is_the_one_printed(run: Any, workspace: Path, form: str, tmp_path: Path) -> None:
    path = tmp_path / "report"

    printed = run("check", "-w", workspace, *DAY, "--format", form)
    written = run("check", "-w", workspace, *DAY, "--format", form, "-o", path)

    assert written.out == ""
    assert f"Written: {path}" in written.err
    document = json.loads(run("check", "-w", workspace, *DAY, "--format", "json").out)
    failing = sum(entry["status"] in ("violated", "undecidable") for entry in document["obligations"])
    assert failing > 0
    assert f"Obligations that make the check fail: {failing}\n" in written.err
    assert len(path.read_text(encoding="utf-8").splitlines()) == len(printed.out.splitlines())
    assert "CAT103" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("option", "word", "meant"),
    [
        ("--unit", "bureaux", "There is no unit 'bureaux'.\nThere are: bureau."),
        ("--clause", "1.33", "in clause '1.33'.\nDid you mean: 1.3"),
        ("--clause", "1.3/o99", "in clause '1.3/o99'.\nDid you mean: 1.3/o9"),
        ("--clause", "ogi-2019:33", "in clause 'ogi-2019:33'."),
        ("--rule", "CAT13", "There is no rule 'CAT13'.\nDid you mean: CAT"),
        ("--rule", "ZZZ*", "There is no rule 'ZZZ*'.\nA pattern is written so: SEC*. The rules are listed by: govopen"),
        ("--clause", "xyz", "in clause 'xyz'.\nThe clauses are listed by: govopen explain panyu-2011"),
        ("--area", "catalogue", "There is no area 'catalogue'.\nThere are: assessment, catalog,"),
        ("--min-severity", "grave", "'grave' is not accepted for --min-severity.\nAccepted: critical, serious"),
        ("--as-of", "2011-02-30", "'2011-02-30' is no date, as --as-of needs.\nWrite year-month-day: 2011-12-31."),
        ("--known-at", "noon", "'noon' is no time, as --known-at needs."),
        ("--fail-on", "violatd", "There is no status 'violatd'."),
    ],
)
def test_a_word_that_nobody_knows_is_answered_with_what_there_is(
    run: Any, workspace: Path, option: str, word: str, meant: str
) -> None:
    ended = run("check", "-w", workspace, option, word)

    assert (ended.status, ended.out) == (2, "")
    assert meant in ended.err


@pytest.mark.parametrize(
    "chosen",
    [
        ("--clause", "1.3"),
        ("--clause", "panyu-2011:1.3"),
        ("--clause", "1.3/o2"),
        ("--clause", "1"),
        ("--rule", "SEC*"),
        ("--area", "classification"),
        ("--unit", "bureau"),
        ("--min-severity", "critical"),
    ],
)
def test_a_selection_checks_what_it_names(run: Any, workspace: Path, chosen: tuple[str, str]) -> None:
    ended = run("check", "-w", workspace, *DAY, *chosen, "--format", "json", "--fail-on", "none")
    report = json.loads(ended.out)

    assert ended.status == 0
    assert report["complete"] is False
    assert {entry["status"] for entry in report["obligations"]} > {"not_checked"}


@pytest.mark.parametrize(
    "chosen", [("--clause", "2.1"), ("--clause", "1.1", "--rule", "SEC*"), ("--clause", "1.3", "--area", "request")]
)
def test_a_selection_that_nothing_answers_is_no_green_check(run: Any, workspace: Path, chosen: tuple[str, ...]) -> None:
    ended = run("check", "-w", workspace, *DAY, *chosen)

    assert ended.status == 2
    assert "there is nothing to check" in ended.err


def test_a_workspace_without_a_unit_is_no_green_check(run: Any, tmp_path: Path) -> None:
    run("init", tmp_path / "empty")
    ended = run("check", "-w", tmp_path / "empty")

    assert ended.status == 2
    assert "The workspace holds no unit" in ended.err


def test_before_anything_was_known_there_is_nothing_to_check(run: Any, workspace: Path) -> None:
    assert run("check", "-w", workspace, "--known-at", "2000-01-01").status == 2
    assert run("check", "-w", workspace, *DAY, "--known-at", "2100-01-01", "--fail-on", "none").status == 0


def test_a_folder_that_is_no_workspace_is_said_to_be_none(run: Any, tmp_path: Path) -> None:
    ended = run("check", "-w", tmp_path)

    assert ended.status == 2
    assert "govopen.toml is missing" in ended.err


def test_a_report_that_cannot_be_written_says_where(run: Any, workspace: Path, tmp_path: Path) -> None:
    ended = run("check", "-w", workspace, *DAY, "-o", tmp_path / "missing" / "report.txt")

    assert ended.status == 2
    assert "report.txt cannot be read or written" in ended.err


def test_an_accepted_finding_no_longer_fails_a_run_and_those_of_secrecy_still_do(run: Any, workspace: Path) -> None:
    wanted = (*DAY, "--fail-on", "violated")
    assert run("check", "-w", workspace, *wanted, "--write-baseline").status == 1

    ended = run("check", "-w", workspace, *wanted, "--format", "json")

    accepted = {
        entry["obligation"]: entry["baselined"]
        for entry in json.loads(ended.out)["obligations"]
        if entry["status"] == "violated"
    }
    assert accepted["panyu-2011:1.2.10/o3"] is True
    assert accepted["panyu-2011:1.3/o6"] is False
    assert ended.status == 1
    assert run("check", "-w", workspace, *wanted, "--clause", "1.2.10").status == 0


def test_a_baseline_of_a_part_is_refused_because_it_would_drop_the_rest(run: Any, workspace: Path) -> None:
    ended = run("check", "-w", workspace, *DAY, "--write-baseline", "--unit", "bureau")

    assert ended.status == 2
    assert not (workspace / "baseline.json").exists()


@pytest.mark.parametrize(
    ("text", "statuses", "notices"),
    [
        ("none", set(), False),
        ("violated, error", {Status.VIOLATED, Status.ERROR}, False),
        ("stale", {Status.STALE}, False),
        ("awaiting", {Status.AWAITING_EVIDENCE, Status.AWAITING_JUDGEMENT}, False),
        ("notices", set(), True),
        ("nothing_recorded,notices", {Status.NOTHING_RECORDED}, True),
    ],
)
def test_fail_on_takes_statuses_and_short_forms(text: str, statuses: set[Status], notices: bool) -> None:
    found = parse_fail_on(text)

    assert (found.statuses, found.notices) == (statuses, notices)


@pytest.mark.parametrize("text", ["", " , ", "none,violated", "violation", "VIOLATED"])
def test_fail_on_refuses_what_would_never_fail_by_mistake(text: str) -> None:
    with pytest.raises(InputError):
        parse_fail_on(text)


def test_a_notice_fails_a_run_that_asks_for_it(run: Any, workspace: Path) -> None:
    (workspace / "waivers.toml").write_text('[[waivers]]\nid = "w"\n', encoding="utf-8")

    ended = run("check", "-w", workspace, *DAY, "--fail-on", "notices", "-o", workspace / "report.txt")
    assert ended.status == 1
    assert "make the check fail: 0\nNotices that make the check fail: " in ended.err
    assert run("check", "-w", workspace, *DAY, "--fail-on", "none").status == 0
