"""``govopen item show``."""

from __future__ import annotations

from pathlib import Path

import click

from govopen.cli.acting import steps_from
from govopen.cli.base import argument, command, one_of, option
from govopen.cli.output import console, emit, note
from govopen.cli.parameters import workspace_option
from govopen.cli.session import session_of
from govopen.office.facade import Office
from govopen.report.item import item_json, item_status, print_item
from govopen.report.sheet import Sheet
from govopen.report.steps import NextStep
from govopen.texts import N_
from govopen.workflow.disclosure import DISCLOSURE
from govopen.workflow.secrecy import SECRECY

__all__ = ["show"]


@command(
    "show",
    about=N_(
        "Show where an item stands: its review, what bars it, what screening found, where it is published, and who may "
        "do what next. Its text is shown once it is cleared for the public."
    ),
)
@argument("item_id", metavar="ID", about=N_("Identifier of the item."))
@workspace_option(about=N_("The workspace. Default: this folder."))
@option(
    "--text",
    is_flag=True,
    about=N_("Show its text and who signed even if it is not cleared. For use inside the unit only."),
)
@option("--format", "form", type=one_of("text", "json"), default="text", about=N_("Default: text. JSON has no texts."))
@click.pass_context
def show(ctx: click.Context, /, *, item_id: str, workspace: Path, text: bool, form: str) -> None:
    """Show an item."""
    words = session_of(ctx).words
    with Office.open(workspace) as office:
        found = item_status(office, item_id)
        steps: tuple[NextStep, ...]
        if found.item is not None:
            steps = steps_from(office, DISCLOSURE, found.state, found.unit, found.id)
        else:
            steps = steps_from(office, SECRECY, found.state, found.unit, found.id)
    if form == "json":
        emit(item_json(found, steps), None)
        return
    if text and not found.cleared:
        note(words.say("Internal: what follows is not cleared for the public. Do not pass it on."))
    print_item(found, steps, Sheet(console(), words), text=text)
