"""``govopen init``."""

from __future__ import annotations

from pathlib import Path

import click

from govopen.cli.base import argument, command
from govopen.cli.output import note
from govopen.cli.parameters import FILE
from govopen.cli.session import session_of
from govopen.office.facade import Office
from govopen.texts import N_

__all__ = ["init"]


@command(
    "init",
    about=N_("Make a workspace: govopen.toml, which says what is checked, and a folder for the records."),
)
@argument("folder", metavar="DIR", type=FILE, about=N_("The folder. It is made if it is not there."))
@click.pass_context
def init(ctx: click.Context, /, *, folder: Path) -> None:
    """Make a workspace."""
    words = session_of(ctx).words
    path = Office.init(folder)
    note(words.say("Made {file}.", file=str(path)))
    note(words.say("Next: govopen import -w {folder} FILE, then govopen check -w {folder}", folder=str(folder)))
