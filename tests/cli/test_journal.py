"""``govopen journal``, ``backup``, ``restore`` and ``migrate``."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from govopen.office.facade import Office
from govopen.texts import LANGUAGES

MARK = "哨兵"


def change(folder: Path, statement: str) -> None:
    """Somebody goes behind the store's back."""
    with closing(sqlite3.connect(folder / "data/govopen.sqlite")) as database, database:
        assert database.execute(statement).rowcount > 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_whole_journal_verifies(run: Any, decided: Path, lang: str) -> None:
    ended = run("journal", "verify", "--lang", lang)

    assert ended.status == 0
    assert "{" not in ended.out + ended.err


def test_the_first_broken_link_is_named(run: Any, decided: Path) -> None:
    change(decided, "UPDATE govopen_journal SET actor = 'wang' WHERE cause = 'disclosure.propose'")
    text, found = run("journal", "verify"), run("journal", "verify", "--format", "json")

    assert text.status == found.status == 1
    (broken,) = json.loads(found.out)["breaks"]
    assert (broken["flaw"], broken["unit"], broken["id"]) == ("link", "bureau", "fee-1")
    assert f"[link]; unit bureau, event {broken['number']}" in text.out


def test_a_tail_that_was_cut_off_shows_against_a_checkpoint(run: Any, decided: Path, tmp_path: Path) -> None:
    backup = (decided / "data/govopen.sqlite").read_bytes()
    run("item", "withdraw", "fee-1", "--reason", "x", "--as", "li")
    assert run("journal", "checkpoint", "-o", "checkpoint.json").status == 0
    assert MARK not in (decided / "checkpoint.json").read_text(encoding="utf-8")
    for name in ("-wal", "-shm"):
        (decided / f"data/govopen.sqlite{name}").unlink(missing_ok=True)
    (decided / "data/govopen.sqlite").write_bytes(backup)

    assert run("journal", "verify").status == 0
    ended = run("journal", "verify", "--checkpoint", "checkpoint.json")
    assert ended.status == 1
    assert "[cut]" in ended.out


def test_an_earlier_checkpoint_is_evidence_and_never_overwritten(run: Any, decided: Path) -> None:
    assert run("journal", "checkpoint", "-o", "checkpoint.json").status == 0
    assert run("journal", "checkpoint", "-o", "checkpoint.json").status == 2
    assert run("journal", "verify", "--checkpoint", "none.json").status == 2


def test_a_journal_that_does_not_verify_gives_no_checkpoint(run: Any, decided: Path) -> None:
    change(decided, "UPDATE govopen_journal SET actor = 'x' WHERE cause = 'disclosure.propose'")

    ended = run("journal", "checkpoint", "-o", "checkpoint.json")

    assert ended.status == 2
    assert not (decided / "checkpoint.json").exists()


def test_the_journal_says_who_did_what_when_in_codes(run: Any, decided: Path) -> None:
    ended = run("journal", "show", "--item", "fee-1")
    lines = [line.split("  ") for line in ended.out.splitlines()]

    assert [(line[3], line[4]) for line in lines][:3] == [
        ("chen (drafter)", "disclosure.draft"),
        ("li (secrecy_reviewer)", "disclosure.review_secrecy"),
        ("chen (drafter)", "disclosure.propose"),
    ]
    assert lines[0][1] == "2026-03-02T09:00:00+08:00"
    assert not any(word in ended.out for word in (MARK, "陈拟稿", "李审核"))


def test_the_journal_can_be_searched(run: Any, decided: Path) -> None:
    record = run("journal", "show", "--record", "unit", "bureau", "--format", "json").out.splitlines()
    since = run("journal", "show", "--since", "2026-03-03")

    assert [(entry["kind"], entry["id"]) for entry in map(json.loads, record)] == [("put", "bureau")]
    assert (since.status, since.out) == (0, "")
    assert run("journal", "show", "--since", "2026-03-02", "--unit", "bureau").out.count("\n") > 5
    assert run("journal", "show", "--unit", "nobody").status == 2
    assert run("journal", "show", "--record", "nothing", "x").status == 2


def test_a_backup_restores_to_a_new_workspace_and_to_no_other(run: Any, decided: Path, tmp_path: Path) -> None:
    made = run("backup", tmp_path / "b.backup")
    Office.init(tmp_path / "new")
    restored = run("restore", tmp_path / "b.backup", "-w", tmp_path / "new")
    again = run("restore", tmp_path / "b.backup", "-w", tmp_path / "new")

    assert (made.status, restored.status, again.status) == (0, 0, 2)
    assert "personal data" in made.err
    assert run("backup", tmp_path / "b.backup").status == 2
    assert run("item", "show", "fee-1", "-w", tmp_path / "new").out.startswith("fee-1  decided [decided]")


def test_a_damaged_or_missing_backup_restores_nothing(run: Any, decided: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b.backup")
    content = (tmp_path / "b.backup").read_bytes()
    (tmp_path / "cut.backup").write_bytes(content[: len(content) // 2])
    Office.init(tmp_path / "new")
    ended = run("restore", tmp_path / "cut.backup", "-w", tmp_path / "new")

    assert ended.status == 2
    assert "Traceback" not in ended.err
    assert run("restore", tmp_path / "none.backup", "-w", tmp_path / "new").status == 2


def test_a_store_of_today_needs_no_migration(run: Any, decided: Path, tmp_path: Path) -> None:
    Office.init(tmp_path / "new")

    assert "already" in run("migrate").out
    assert run("migrate", "-w", tmp_path / "new").status == 2


def test_the_store_of_a_plugin_is_left_to_it(run: Any, tmp_path: Path) -> None:
    path = Office.init(tmp_path / "other")
    path.write_text(path.read_text(encoding="utf-8").replace("sqlite:///", "ledger:///"), encoding="utf-8")

    assert run("migrate", "-w", tmp_path / "other").status == 2
