"""``govopen check`` for build servers: SARIF and JUnit say themselves what the exit status says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

DAY = ("--as-of", "2011-12-31")


def outcomes(text: str) -> dict[str, int]:
    root = ET.fromstring(text)  # noqa: S314 - the program's own
    return {tag: len(root.findall(f".//{tag}")) for tag in ("failure", "error", "skipped", "testcase")}


@pytest.mark.parametrize(("fail_on", "status"), [("violated", 1), ("none", 0), ("notices", 1)])
def test_both_forms_agree_with_the_exit_status(run: Any, workspace: Path, fail_on: str, status: int) -> None:
    (workspace / "waivers.toml").write_text(
        '[[waivers]]\nid = "w"\nrule = "CAT103"\nreason = "r"\nbasis = "b"\napprover = "a"\n'
        "since = 2010-01-01\nuntil = 2010-12-31\n",
        encoding="utf-8",
    )
    sarif = run("check", "-w", workspace, *DAY, "--format", "sarif", "--fail-on", fail_on)
    junit = run("check", "-w", workspace, *DAY, "--format", "junit", "--fail-on", fail_on)

    assert (sarif.status, junit.status) == (status, status)
    assert (sarif.err, junit.err) == ("", "")
    assert json.loads(sarif.out)["runs"][0]["invocations"][0]["exitCode"] == status
    found = outcomes(junit.out)
    assert bool(found["failure"] + found["error"]) == bool(status)
    assert found["skipped"] > 0


def test_they_are_in_the_language_asked_for(run: Any, workspace: Path) -> None:
    sarif = run("check", "-w", workspace, *DAY, "--format", "sarif", "--lang", "zh-Hans")
    junit = run("check", "-w", workspace, *DAY, "--format", "junit", "--lang", "zh-Hans")

    assert json.loads(sarif.out)["runs"][0]["language"] == "zh-CN"
    assert 'message="违反"' in junit.out


def test_sarif_compares_with_a_baseline_only_where_there_is_one(run: Any, workspace: Path) -> None:
    without = json.loads(run("check", "-w", workspace, *DAY, "--format", "sarif").out)
    run("check", "-w", workspace, *DAY, "--write-baseline")
    compared = json.loads(run("check", "-w", workspace, *DAY, "--format", "sarif").out)

    assert not any("baselineState" in entry for entry in without["runs"][0]["results"])
    states = {entry["ruleId"]: entry["baselineState"] for entry in compared["runs"][0]["results"]}
    assert states["CAT103"] == "unchanged"


def test_an_awaited_obligation_fails_in_junit_only_if_it_is_named(run: Any, workspace: Path) -> None:
    plain = run("check", "-w", workspace, *DAY, "--format", "junit", "--fail-on", "error").out
    strict = run("check", "-w", workspace, *DAY, "--format", "junit", "--fail-on", "awaiting").out

    assert outcomes(plain)["failure"] == 0
    assert 'skipped type="awaiting_evidence"' in plain
    assert 'failure type="awaiting_evidence"' in strict
