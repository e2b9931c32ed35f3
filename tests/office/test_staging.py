"""A file is there as a whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

import pytest

from govopen.errors import InputError
from govopen.office.staging import staged


def write(target: Path | BinaryIO, content: bytes = b"new") -> None:
    with staged(target) as file:
        file.write(content)


class Interrupted(Exception):
    pass


def write_half(target: Path | io.BytesIO) -> None:
    with staged(target) as file:
        file.write(b"half")
        raise Interrupted


@pytest.mark.parametrize("there", [None, b"old"])
def test_what_fails_half_way_leaves_things_as_they_were(tmp_path: Path, there: bytes | None) -> None:
    path, stream = tmp_path / "out", io.BytesIO()
    if there is not None:
        path.write_bytes(there)
    for target in (path, stream):
        with pytest.raises(Interrupted):
            write_half(target)

    assert [each.read_bytes() for each in tmp_path.iterdir()] == ([there] if there else [])
    assert stream.getvalue() == b""


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    with staged(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_readable_for_a_web_server_and_an_old_one_keeps_its_rights(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    old.touch()
    old.chmod(0o604)
    before = os.umask(0o022)
    try:
        write(new)
        write(old)
    finally:
        os.umask(before)

    assert [stat.S_IMODE(path.stat().st_mode) for path in (new, old)] == [0o644, 0o604]


def test_a_link_stays_and_what_it_points_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write(pipe)
        content = os.read(reader, 1 << 16)
    finally:
        os.close(reader)

    assert content == b"new"
    assert pipe.is_fifo()


def test_the_longest_name_that_a_file_can_have_is_good_enough(tmp_path: Path) -> None:
    write(tmp_path / ("x" * 255))

    assert (tmp_path / ("x" * 255)).read_bytes() == b"new"


@pytest.mark.parametrize("place", [".", "nowhere/out", "file/out", "loop", "first", "loop/out"])
def test_a_place_that_cannot_be_written_is_an_input_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    for link, end in (("loop", "loop"), ("first", "second"), ("second", "first")):
        (tmp_path / link).symlink_to(tmp_path / end)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(InputError, match="cannot be written"):
        write(tmp_path / place)
    assert sorted(tmp_path.iterdir()) == before
    assert all((tmp_path / link).is_symlink() for link in ("loop", "first", "second"))


class Full(io.BytesIO):
    """A stream of which nobody knows before it is flushed that there is no room."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error

    def flush(self) -> None:
        raise self._error


def test_a_stream_that_takes_no_more_is_an_input_error() -> None:
    with pytest.raises(InputError, match="cannot be written: No space left"):
        write(Full(OSError(errno.ENOSPC, "No space left on device")))


def test_a_stream_that_nobody_reads_any_longer_is_no_mistake_of_anybody() -> None:
    with pytest.raises(BrokenPipeError):
        write(Full(BrokenPipeError(errno.EPIPE, "Broken pipe")))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_device_that_takes_no_more_is_an_input_error() -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write(Path("/dev/full"))
    with Path("/dev/full").open("wb", buffering=0) as stream, pytest.raises(InputError, match="cannot be written"):
        write(stream)
