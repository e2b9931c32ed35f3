"""``govopen export``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from govopen.cli.base import argument, command, option
from govopen.cli.output import note
from govopen.cli.parameters import output_option, workspace_option
from govopen.cli.session import session_of
from govopen.office.facade import Office
from govopen.texts import N_

__all__ = ["export"]


@command(
    "export",
    about=N_(
        "Write the public catalogue into a file: every item that is cleared for the public today, and nothing else. "
        "Every item is cleared again on its way."
    ),
)
@argument("form", metavar="FORMAT", about=N_("The format: jsonl, or one that a plugin brings."))
@workspace_option(about=N_("The workspace. Default: this folder."))
@option("--unit", "units", multiple=True, metavar="ID", about=N_("Only items of this unit. Can be repeated."))
@option("--title", metavar="TEXT", about=N_("What the catalogue is called. Default: by the unit that answers for it."))
@option("--base-url", metavar="URL", about=N_("The address below which the items stand on the Web."))
@output_option(about=N_("Write to this file, which is replaced as a whole. Default: print it."))
@click.pass_context
def export(
    ctx: click.Context,
    /,
    *,
    form: str,
    workspace: Path,
    units: tuple[str, ...],
    title: str | None,
    base_url: str | None,
    output: Path | None,
) -> None:
    """Export the catalogue."""
    words = session_of(ctx).words
    with Office.open(workspace) as office:
        try:
            report = office.export(
                form,
                sys.stdout.buffer if output is None else output,
                units=units or None,
                title=title,
                base_url=base_url,
            )
        except BrokenPipeError as error:
            # With its number, click would end the program with status 1, which says that something fails.
            raise BrokenPipeError from error
    note(
        words.say(
            "Items cleared for the public: {items}; on record and not cleared: {left_out}",
            items=report.items,
            left_out=report.left_out,
        )
    )
    if output is not None:
        note(words.say("Written: {file}", file=str(output)))
