"""Where results go: consoles, files, progress bars."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

__all__ = ["console", "emit", "note", "progress"]

PIPE_WIDTH = 120
"""Columns where there is no terminal, and ``COLUMNS`` says nothing."""


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        # Rich would end the program with status 1, which says that a check failed.
        raise BrokenPipeError


def console(file: IO[str] | None = None) -> Console:
    """A console that prints texts as they are: no markup, no emoji codes, nothing highlighted by its looks."""
    stream = sys.stdout if file is None else file
    wide = None if stream.isatty() or "COLUMNS" in os.environ else PIPE_WIDTH
    return _Console(file=stream, width=wide, markup=False, emoji=False, highlight=False)


def emit(content: str | bytes, output: Path | None) -> None:
    """Write a result to a file, or to stdout."""
    if output is None:
        click.echo(content, nl=False)
    else:
        output.write_bytes(content.encode() if isinstance(content, str) else content)


def note(text: str) -> None:
    """Say something about the run itself: on stderr, away from results."""
    click.echo(text, err=True)


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar on stderr; nothing where that is no terminal."""
    stream = Console(stderr=True, markup=False, emoji=False, highlight=False)
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=stream,
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as bar:
        yield bar
