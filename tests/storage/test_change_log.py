"""The built-in listener passes the kit, and its file survives kills, other programs and being moved away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import pytest

from govopen.errors import InputError
from govopen.storage.change_log import ChangeLog, change_line, change_log
from govopen.storage.listening import ListenerFactory, ListenerSettings
from govopen.testing.conformance.listener import ListenerConformance, changes


def seqs(path: Path) -> list[int]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line)["seq"] for line in lines]


class TestChangeLog(ListenerConformance):
    options: ClassVar = {"file": "logs/changes.jsonl"}
    says_once: ClassVar = True

    @pytest.fixture
    def factory(self) -> ListenerFactory:
        return change_log

    def heard(self, place: Path) -> Sequence[int]:
        return seqs(place / "logs/changes.jsonl")

    def break_place(self, place: Path) -> None:
        (place / "logs").rename(place / "away")
        (place / "logs").write_text("in the way")

    def mend(self, place: Path) -> None:
        (place / "logs").unlink()
        (place / "away").rename(place / "logs")


def test_a_line_says_which_record_changed_and_nothing_of_what_it_says(tmp_path: Path) -> None:
    log = ChangeLog(tmp_path / "log")
    log.notice(changes(1))
    assert json.loads((tmp_path / "log").read_text()) == {
        "seq": 1,
        "type": "information-item",
        "id": "item-0",
        "unit": "bureau",
        "revision": 1,
        "kind": "put",
        "at": "2011-12-31T04:00:00+00:00",
    }


@pytest.mark.parametrize("cut", [1, 7, 8, 60])
def test_half_a_line_that_a_killed_run_left_is_written_whole(tmp_path: Path, cut: int) -> None:
    path, told = tmp_path / "log", changes(5)
    ChangeLog(path).notice(told[:3])
    whole = path.read_bytes()
    begun = json.dumps(change_line(told[3])).encode()[:cut]
    path.write_bytes(whole + begun)
    ChangeLog(path).notice(told)
    assert seqs(path) == [change.seq for change in told]


def test_a_file_of_another_program_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "govopen.toml"
    path.write_text('name = "x"')
    with pytest.raises(InputError, match="no log of changes"):
        ChangeLog(path).notice(changes(1))
    assert path.read_text() == 'name = "x"'


def test_a_file_that_was_moved_away_is_begun_anew(tmp_path: Path) -> None:
    path, told = tmp_path / "log", changes(4)
    log = ChangeLog(path)
    log.notice(told[:2])
    path.rename(tmp_path / "log.1")
    log.notice(told[2:])
    assert seqs(path) == [change.seq for change in told[2:]]


def test_what_is_told_from_the_beginning_again_stands_behind_the_old(tmp_path: Path) -> None:
    """Of a restored store: the last line is none of what is told, so nothing can be known as told before."""
    path, told = tmp_path / "log", changes(6)
    log = ChangeLog(path)
    log.notice(told)
    log.notice(told[:3])
    assert seqs(path) == [change.seq for change in (*told, *told[:3])]


@pytest.mark.parametrize("options", [{}, {"file": ""}, {"file": 3}, {"file": "x", "fiel": "y"}])
def test_wrong_options_are_refused(tmp_path: Path, options: dict[str, object]) -> None:
    with pytest.raises(InputError, match="needs the option 'file'"):
        change_log(ListenerSettings(name="told", folder=tmp_path, options=options))
