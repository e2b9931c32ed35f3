"""The file of the listeners' standings is whole at every moment, and keeps what each of several writers wrote."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from govopen.office import listeners_file
from govopen.office.listeners_file import LISTENERS_FILE, Mark, Standing, read_standings, write_standing

WRITERS = 4


def at(seq: int) -> Standing:
    return Standing(store="s", last=Mark(seq=seq, type="unit", id="u", revision=1, at="2011-12-30T01:00:00+00:00"))


def test_threads_that_write_at_once_lose_nothing_and_no_reader_finds_half_a_file(tmp_path: Path) -> None:
    write_standing(tmp_path, "first", at(0))
    begin = threading.Barrier(WRITERS)

    def write(number: int) -> None:
        begin.wait()
        for seq in range(1, 41):
            write_standing(tmp_path, f"listener-{number}", at(seq))
            found = read_standings(tmp_path)
            # Half a file would be nobody's; an older one would lack what this thread has just written.
            assert found["first"] == at(0)
            assert found[f"listener-{number}"] == at(seq)

    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(write, number) for number in range(WRITERS)]:
            done.result()

    assert read_standings(tmp_path) == {"first": at(0), **{f"listener-{n}": at(40) for n in range(WRITERS)}}
    assert [path.name for path in tmp_path.iterdir()] == [LISTENERS_FILE]


def test_what_another_writes_between_reading_and_replacing_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second writer waits until the first has replaced the file, whichever is faster."""
    entries = listeners_file._entries
    second = threading.Thread(target=write_standing, args=(tmp_path, "b", at(2)))
    started: list[bool] = []

    def slowly(folder: Path) -> dict[str, object]:
        found = entries(folder)
        if not started:
            started.append(True)
            second.start()
            second.join(0.2)
        return found

    monkeypatch.setattr(listeners_file, "_entries", slowly)
    write_standing(tmp_path, "a", at(1))
    second.join()

    assert read_standings(tmp_path) == {"a": at(1), "b": at(2)}


def test_a_draft_that_cannot_be_written_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_standing(tmp_path, "a", at(1))
    before = (tmp_path / LISTENERS_FILE).read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_standing(tmp_path, "a", at(2))

    assert (tmp_path / LISTENERS_FILE).read_bytes() == before
    assert json.loads(before)["listeners"].keys() == {"a"}
    assert [path.name for path in tmp_path.iterdir()] == [LISTENERS_FILE]
