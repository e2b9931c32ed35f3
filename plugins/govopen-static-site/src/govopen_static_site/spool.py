"""Where deliveries wait until they are shown: a file without a name, so that nothing of them outlives the process."""

from __future__ import annotations

import os
import tempfile
import weakref
from pathlib import Path
from typing import NamedTuple

__all__ = ["PREFIX", "Span", "Spool"]

PREFIX = "staging-"
"""How the file's name begins for the moment that it has one."""


class Span(NamedTuple):
    """A piece of the spool."""

    start: int
    size: int


class Spool:
    """Pieces of content, kept on the disk of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._end = 0
        self._file: int | None = None
        self._close: weakref.finalize[[int], Spool] | None = None

    def add(self, content: bytes) -> Span:
        """Keep a piece."""
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file, name = tempfile.mkstemp(prefix=PREFIX, dir=self._folder)
            # A publisher that nobody closes gives the space back when it goes.
            self._close = weakref.finalize(self, os.close, self._file)
            Path(name).unlink(missing_ok=True)
        span = Span(self._end, len(content))
        left = memoryview(content)
        while left:
            done = os.pwrite(self._file, left, self._end)
            self._end += done
            left = left[done:]
        return span

    def read(self, span: Span) -> bytes:
        """A piece as it was kept."""
        pieces, at, left = [], span.start, span.size
        while left and self._file is not None:
            piece = os.pread(self._file, left, at)
            if not piece:
                break
            pieces.append(piece)
            at, left = at + len(piece), left - len(piece)
        return b"".join(pieces)

    def clear(self) -> None:
        """Forget all pieces."""
        if self._close is not None:
            self._close()
        self._file, self._close, self._end = None, None, 0
