"""Standard streams and the consoles over them."""

from __future__ import annotations

import io
import os
import sys

__all__ = ["prepare_streams"]


def prepare_streams() -> None:
    """Let no locale break the output.

    A terminal keeps its encoding, and what it cannot show becomes ``?``. A pipe or file gets UTF-8 unless the
    environment asks for something else: what reads it expects what the last run wrote, under whichever locale.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            keeps = stream.isatty() or "PYTHONIOENCODING" in os.environ
            stream.reconfigure(encoding=None if keeps else "utf-8", errors="replace")
