"""``govopen item draft`` and ``govopen item attach``."""

from __future__ import annotations

from pathlib import Path

import click

from govopen.cli.acting import actor_of, as_option, refusing, say_done
from govopen.cli.base import argument, command, option
from govopen.cli.output import console, progress
from govopen.cli.parameters import FILE, workspace_option
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.interchange.load import load
from govopen.model.catalog import InformationItem
from govopen.office.facade import Office
from govopen.report.sheet import Sheet
from govopen.texts import N_
from govopen.workflow.disclosure import DISCLOSURE, standing

__all__ = ["attach", "draft"]

_WORKSPACE = N_("The workspace. Default: this folder.")
_TYPE = "information-item"


@command(
    "draft",
    about=N_(
        "Record new items, or new content of items, from a file of item records. Review, steps and attribute in the "
        "file are not taken: here they are steps. A change of content restarts the review."
    ),
)
@argument("path", metavar="FILE", type=FILE, about=N_("JSON Lines, CSV or XLSX, as govopen import reads it."))
@workspace_option(about=_WORKSPACE)
@option("--encoding", metavar="NAME", about=N_("Of text files that are not UTF-8, such as gb18030."))
@as_option()
@click.pass_context
def draft(ctx: click.Context, /, *, path: Path, workspace: Path, encoding: str | None, account: str | None) -> None:
    """Draft items."""
    words = session_of(ctx).words
    if not path.is_file():
        raise InputError(N_("There is no file {name}."), name=str(path))
    with Office.open(workspace) as office, progress() as bar:
        actor = actor_of(office, account)
        task = bar.add_task("", start=False)
        items = [
            entry.record
            for loaded in load(
                [path],
                [entry for entry in office.registry.types if entry.cls is InformationItem],
                type_name=_TYPE,
                encoding=encoding,
                subcategories={entry.id: entry for entry in office.registry.categories},
                on_progress=lambda name, done, total: bar.update(
                    task, description=name.name, completed=done, total=total
                ),
            )
            for entry in loaded
        ]
        sheet = Sheet(console(), words)
        for entry in items:
            assert isinstance(entry, InformationItem)
            with refusing(office):
                done = office.draft(entry, actor)
            state = standing(done, office.today).state
            sheet.line(words.say("{id}: drafted, {state}", id=done.id, state=words.coded(state)), 0)
        sheet.line(words.say("Drafted. Items: {count}.", count=len(items)), 0)


@command("attach", about=N_("Add a file to an item, or replace the one of its name. Its review restarts."))
@argument("item_id", metavar="ID", about=N_("Identifier of the item."))
@argument("path", metavar="FILE", type=FILE, about=N_("The file."))
@workspace_option(about=_WORKSPACE)
@option("--name", metavar="NAME", default="", about=N_("As readers see it. Default: the file's own name."))
@option("--media-type", metavar="TYPE", default="", about=N_("Default: guessed from the name."))
@as_option()
@click.pass_context
def attach(
    ctx: click.Context,
    /,
    *,
    item_id: str,
    path: Path,
    workspace: Path,
    name: str,
    media_type: str,
    account: str | None,
) -> None:
    """Attach a file."""
    with Office.open(workspace) as office:
        with refusing(office):
            done = office.attach(item_id, path, actor_of(office, account), name=name, media_type=media_type)
        state = standing(done, office.today).state
        say_done(office, session_of(ctx).words, DISCLOSURE, "change", done.id, done.unit, state)
