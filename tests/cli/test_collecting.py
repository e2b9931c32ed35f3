"""``govopen request collect`` and ``govopen notify``: what they print, their statuses, and that no word gets out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

SETTINGS = """
[channels.mail]
kind = "maildir"
channel = "bureau-mail"
folder = "mail"

[listeners.index]
kind = "log"
file = "index/changes.jsonl"
"""
CHANNEL = '{"type": "request-channel", "id": "bureau-mail", "unit": "bureau", "kind": "email"}\n'
MESSAGE = """\
Received: from a by b; Mon, 02 Mar 2026 08:00:00 +0800
From: 哨兵姓名 <sentinel@example.org>
Subject: 哨兵标题
Content-Type: text/plain; charset=utf-8

哨兵正文
"""
WORDS = ("哨兵", "sentinel")


@pytest.fixture
def mail(office: Path, run: Run) -> Path:
    with (office / "govopen.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    for part in ("new", "cur"):
        (office / "mail" / part).mkdir(parents=True)
    (office / "channel.jsonl").write_text(CHANNEL, encoding="utf-8")
    assert run("import", "channel.jsonl").status == 0
    return office / "mail"


def lay_down(mail: Path, *names: str) -> None:
    for name in names:
        (mail / "new" / f"1772400000.M{name}P1.mx").write_text(f"{MESSAGE}{name}\n", encoding="utf-8")


def test_what_waits_is_taken_in_and_named_by_identifiers_alone(run: Run, mail: Path) -> None:
    lay_down(mail, "1", "2")
    ended = run("request", "collect", "--as", "chen")
    assert ended.status == 0, ended.err
    assert "mail (bureau-mail)" in ended.out
    assert "taken in: 2, there already: 0, refused: 0" in ended.out
    assert ended.out.count("arrived, to be confirmed") == 2
    assert not any(word in ended.out + ended.err for word in WORDS)
    again = run("request", "collect", "--as", "chen", "--lang", "zh-Hans")
    assert again.status == 0
    assert "bureau-mail" in again.out


def test_a_request_that_was_taken_in_goes_its_way(run: Run, mail: Path) -> None:
    lay_down(mail, "1")
    document = json.loads(run("request", "collect", "--as", "chen", "--format", "json").out)
    (section,) = document
    (taken,) = section["taken"]
    assert taken == {"request": taken["request"], "kind": "information", "received_on": "2026-03-02"}
    assert (section["section"], section["channel"], section["unit"], section["failure"]) == (
        "mail",
        "bureau-mail",
        "bureau",
        None,
    )
    assert run("request", "confirm", taken["request"], "--as", "chen").status == 0
    assert run("request", "triage", taken["request"], "information", "--as", "chen").status == 0


def test_a_channel_that_fails_is_said_and_gives_a_status(run: Run, mail: Path) -> None:
    (mail / "new").rmdir()
    ended = run("request", "collect", "--as", "chen")
    assert ended.status == 1
    assert "is no Maildir" in ended.out
    assert "It needs the folders new and cur" in ended.out
    (section,) = json.loads(run("request", "collect", "--as", "chen", "--format", "json").out)
    assert (section["failure"], section["code"]) == ("CollectionFailed", "no-maildir")


def test_a_submission_that_is_refused_gives_a_status_and_stays(run: Run, mail: Path, clock: Any) -> None:
    lay_down(mail, "1")
    clock.set("2026-03-01")
    ended = run("request", "collect", "--as", "chen")
    assert ended.status == 1
    assert "refused: 1" in ended.out
    assert ": arrived" in ended.out
    assert len(list((mail / "new").iterdir())) == 1


def test_who_may_not_is_refused(run: Run, mail: Path) -> None:
    lay_down(mail, "1")
    ended = run("request", "collect", "--as", "li")
    assert ended.status == 2
    assert "li may not take in requests of unit bureau" in ended.err
    assert run("request", "collect", "--as", "chen", "--channel", "fax").status == 2


def test_a_workspace_without_channels_or_listeners_says_so(run: Run, office: Path) -> None:
    assert "has no channel" in run("request", "collect", "--as", "chen").out
    assert "Nobody listens" in run("notify").out


def test_a_listener_is_told_by_every_command_and_notify_says_how_much(run: Run, mail: Path, office: Path) -> None:
    changes = office / "index/changes.jsonl"
    told = changes.read_text(encoding="utf-8").splitlines()
    assert json.loads(told[-1])["id"] == "bureau-mail"
    assert run("notify").out == "index: told of 0 changes\n"
    (office / "listeners.json").unlink()
    changes.unlink()
    ended = run("notify")
    assert ended.status == 0
    assert f"index: told of {len(told)} changes" in ended.out
    assert "from the beginning" in ended.out
    assert changes.read_text(encoding="utf-8").splitlines() == told
    assert json.loads(run("notify", "--listener", "index", "--format", "json").out) == [
        {"listener": "index", "told": 0, "anew": False, "failing": None}
    ]


def test_a_listener_that_fails_is_said_gives_a_status_and_shows_in_a_check(
    run: Run, mail: Path, office: Path, clock: Any
) -> None:
    (office / "index").rename(office / "away")
    (office / "index").write_text("in the way")
    lay_down(mail, "1")
    assert run("request", "collect", "--as", "chen").status == 0
    ended = run("notify")
    assert ended.status == 3
    assert "failing since 2026-03-02T09:00:00+08:00, 2 times: FileExistsError at change" in ended.out
    assert run("notify").status == 3
    assert "GOV005 Listener index has failed 3 times since 2026-03-02" in run("check", "--as-of", "2026-03-02").out
    (office / "index").unlink()
    (office / "away").rename(office / "index")
    assert "told of 1 changes" in run("notify").out


def test_an_option_that_is_wrong_is_named(run: Run, mail: Path, office: Path) -> None:
    path = office / "govopen.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("file = ", "flie = "), encoding="utf-8")
    lay_down(mail, "1")
    assert run("request", "collect", "--as", "chen").status == 0
    ended = run("notify")
    assert ended.status == 1
    assert "Not known: flie" in ended.out
