"""Files that are there as a whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from govopen.errors import InputError
from govopen.texts import N_

__all__ = ["staged"]


@contextmanager
def staged(target: str | Path | BinaryIO) -> Iterator[BinaryIO]:
    """A new file to write to, which takes the place of ``target`` when the block ends.

    If the block raises, ``target`` stays as it was, and nothing of the new file is left.

    Args:
        target: A file's path, or an open stream. A link stays, and what it points to is replaced; a device, a pipe
            and a stream get all that was written at once.

    Raises:
        InputError: The file cannot be written there, or the stream takes no more.
        BrokenPipeError: Nobody reads the stream any longer.
    """
    if not isinstance(target, str | Path):
        with tempfile.TemporaryFile() as file:
            yield file
            file.seek(0)
            with _stream_errors():
                shutil.copyfileobj(file, target)
                # What waits in its buffer is not written yet.
                target.flush()
        return
    # Path.resolve raises on a link that leads to itself, or not, as the version of Python is.
    path = Path(os.path.realpath(target))
    if path.is_symlink():
        with staging_errors(path):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if path.exists() and not path.is_file() and not path.is_dir():
        # To rename a file over /dev/null would be the end of /dev/null.
        with staging_errors(path), path.open("wb") as device, staged(device) as file:
            yield file
        return
    with beside(path) as file:
        yield file


@contextmanager
def beside(path: Path) -> Iterator[BinaryIO]:
    """A file in the folder of ``path``, renamed to it in the end: a rename within a file system is one step."""
    # Not by tempfile: its files are for their owner alone, and a public catalogue is for a web server, too.
    draft = path.parent / f".govopen-{secrets.token_hex(8)}"
    try:
        with staging_errors(path):
            file = draft.open("x+b")
        with file:
            yield file
            with staging_errors(path):
                file.flush()
                os.fsync(file.fileno())
        with staging_errors(path):
            if path.exists():
                shutil.copymode(path, draft)
            draft.replace(path)
    finally:
        with suppress(OSError):
            draft.unlink()


@contextmanager
def _stream_errors() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        # Whoever read it has seen enough: nothing is wrong.
        raise
    except OSError as error:
        raise InputError(
            N_("The output cannot be written: {reason}."), reason=error.strerror or type(error).__name__
        ) from error


@contextmanager
def staging_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            N_("The file {file} cannot be written: {reason}."),
            file=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
