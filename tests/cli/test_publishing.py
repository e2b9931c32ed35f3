"""``govopen publish`` and ``govopen reconcile``: what they say of the sites, and when they fail."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from govopen.errors import DeliveryFailed
from govopen.texts import LANGUAGES

PLACE = re.compile(r"\{[a-z_]+\}")


def test_what_is_cleared_is_shown_and_its_addresses_are_printed(run: Any, decided: Path) -> None:
    ended = run("publish")

    assert ended.status == 0
    assert ended.out.count("shown: 1, withdrawn: 0, refused: 0, failed: 0, parked: 0, waiting: 0") == 2
    assert "own https://own.example.gov.cn" in ended.out
    assert "fee-1  https://portal.example.gov.cn/fee-1/" in ended.out
    assert "哨兵" not in ended.out
    assert run("publish").out.count("shown: 0") == 2


def test_only_the_site_that_is_named_is_told(run: Any, decided: Path) -> None:
    found = json.loads(run("publish", "--site", "own", "--format", "json").out)
    unknown = run("publish", "--site", "nowhere")

    assert [(site["site"], site["address"]) for site in found["sites"]] == [("own", "https://own.example.gov.cn")]
    assert found["sites"][0]["shown"] == [{"item": "fee-1", "address": "https://own.example.gov.cn/fee-1/"}]
    assert unknown.status == 2
    assert "own, portal" in unknown.err


def test_what_is_withdrawn_leaves_every_site(run: Any, decided: Path) -> None:
    run("publish")
    run("item", "withdraw", "fee-1", "--reason", "过期", "--as", "li")
    ended = run("publish", "--as", "chen")

    assert ended.status == 0
    assert ended.out.count("withdrawn: 1") == 2
    assert list((decided / "public").rglob("item.json")) == []
    assert "chen" in run("journal", "show", "--item", "fee-1").out.splitlines()[-1]


def test_an_item_that_lost_its_clearance_on_the_way_is_refused_with_its_bars(run: Any, decided: Path) -> None:
    """Somebody changed its text behind the office's back: what was queued cannot be cleared again."""
    with sqlite3.connect(decided / "data/govopen.sqlite") as database:
        (body,) = database.execute("SELECT body FROM govopen_record WHERE id = 'fee-1'").fetchone()
        plain = bytes(body).decode() if isinstance(body, bytes) else body
        changed = plain.replace("哨兵正文", "别的正文")
        database.execute("UPDATE govopen_record SET body = ? WHERE id = 'fee-1'", (changed.encode(),))
    ended = run("publish", "--no-sweep")

    assert ended.status == 1
    assert "refused: 1" in ended.out
    assert "not-reviewed" in ended.out
    assert not list((decided / "public").rglob("item.json"))


def test_a_site_that_cannot_be_written_is_told_and_tried_again(run: Any, decided: Path) -> None:
    shutil.rmtree(decided / "public", ignore_errors=True)
    (decided / "public").write_text("in the way", encoding="utf-8")
    ended = run("publish", "--format", "json")

    assert ended.status == 1
    assert [len(site["failed"]) for site in json.loads(ended.out)["sites"]] == [1, 1]
    assert "attempts failed" in run("item", "show", "fee-1").out
    assert run("publish").status == 0, "it is not due yet"
    assert "waiting: 1" in run("publish").out


def test_a_plugin_that_fails_ends_with_its_own_status(run: Any, decided: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("哨兵")

    monkeypatch.setattr("govopen.publishing.folder.FolderPublisher.put", broken)
    ended = run("publish")

    assert ended.status == 3
    assert "Faults of a plugin" in ended.out
    assert "哨兵" not in ended.out + ended.err


def test_sites_that_agree_with_the_records_end_with_status_0(run: Any, decided: Path) -> None:
    run("publish")
    ended = run("reconcile")

    assert ended.status == 0
    assert json.loads(run("reconcile", "--format", "json").out)["agrees"] is True


def test_a_copy_that_is_gone_is_found_and_mended(run: Any, decided: Path) -> None:
    run("publish")
    shutil.rmtree(decided / "public/own/fee-1")
    found = run("reconcile", "--site", "own", "-o", "found.txt")

    assert found.status == 1
    assert found.out == ""
    assert "fee-1" in (decided / "found.txt").read_text(encoding="utf-8")
    assert run("publish").out.count("shown: 1") == 0
    mended = run("publish", "--repair")
    assert "queued to be mended: 1" in mended.err
    assert (decided / "public/own/fee-1/item.json").is_file()
    assert run("reconcile").status == 0


def test_reconcile_can_queue_what_a_later_run_of_publish_mends(run: Any, decided: Path) -> None:
    run("publish")
    (decided / "public/own/fee-1/item.json").write_text("{}", encoding="utf-8")

    assert run("reconcile", "--repair").status == 1
    assert run("publish", "--no-sweep").out.count("shown: 1") == 1
    assert run("reconcile").status == 0


def test_a_workspace_without_publishers_says_so(run: Any, workspace: Path) -> None:
    ended = run("publish", "-w", workspace, "--lang", "en")

    assert ended.status == 0
    assert "[publishers]" in ended.out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_place_of_a_message_stays_empty(run: Any, decided: Path, lang: str) -> None:
    outputs = [run("publish", "--repair", "--lang", lang), run("reconcile", "--lang", lang)]

    assert not any(PLACE.search(ended.out + ended.err) for ended in outputs)


def test_what_fails_too_often_is_parked_until_somebody_asks_for_another_try(
    run: Any, decided: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DeliveryFailed("There is no room.", code="disk-full")

    with monkeypatch.context() as patched:
        patched.setattr("govopen.publishing.folder.FolderPublisher.put", full)
        for day in range(3, 10):
            assert "failed: 1" in run("publish", "--site", "own").out
            clock.set(f"2026-03-0{day}")
        last = run("publish", "--site", "own")
    assert last.status == 1
    assert "parked: 1" in last.out
    assert "fee-1: disk-full (8)" in last.out
    assert "parked on 2026-03-09 after 8 attempts: disk-full" in run("item", "show", "fee-1").out
    assert "waiting: 1" in run("publish", "--site", "own").out
    assert "shown: 1" in run("publish", "--site", "own", "--retry-parked").out
