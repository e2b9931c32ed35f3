"""``govopen journal``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import click

from govopen.cli.base import Entry, Group, command, one_of, option
from govopen.cli.failures import FAILED, OK
from govopen.cli.output import console, emit, note, progress
from govopen.cli.parameters import FILE, TIME, known_only, workspace_option
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.model.catalog import InformationItem
from govopen.model.publishing import copy_id
from govopen.model.website import Publication
from govopen.office.facade import Office
from govopen.report.journal import entry_json, entry_line, print_verification, verification_json
from govopen.report.sheet import Sheet
from govopen.storage.checkpoint import load_checkpoint, save_checkpoint
from govopen.storage.events import JournalEntry
from govopen.storage.port import Store
from govopen.texts import N_

__all__ = ["checkpoint", "journal", "show", "verify"]

_MODULE = "govopen.cli.commands.journal"
_OF_ITEMS = ("information-item", "classified-item")
_OF_COPIES = ("publication", "delivery", "observation")
_OVERRIDE = "screening-override"
_WORKSPACE = N_("The workspace. Default: this folder.")

journal = Group(
    name="journal",
    help=N_("Verify and show the journal of all that was written."),
    entries={
        "verify": Entry(f"{_MODULE}:verify", N_("Verify the journal, and that the store holds what it says.")),
        "checkpoint": Entry(f"{_MODULE}:checkpoint", N_("Write down where the journal stands, to be kept elsewhere.")),
        "show": Entry(f"{_MODULE}:show", N_("Show who did what when.")),
    },
)
"""The events, in one chain for each unit."""


@command(
    "verify",
    about=N_(
        "Read the whole journal, everything still held, and every file, and name the first broken link. Only a "
        "checkpoint kept elsewhere shows a tail that was cut off."
    ),
)
@workspace_option(about=_WORKSPACE)
@option("--checkpoint", "known", type=FILE, metavar="FILE", about=N_("A checkpoint taken earlier."))
@option("--format", "form", type=one_of("text", "json"), default="text", about=N_("Default: text."))
@click.pass_context
def verify(ctx: click.Context, /, *, workspace: Path, known: Path | None, form: str) -> int:
    """Verify the journal; the status says whether it holds."""
    words = session_of(ctx).words
    earlier = load_checkpoint(known) if known is not None else None
    with Office.open(workspace) as office, progress() as bar:
        bar.add_task(words.say("Reading the journal"), total=None)
        found = office.verify_journal(earlier)
    if form == "json":
        emit(verification_json(found), None)
    else:
        print_verification(found, Sheet(console(), words))
        if earlier is None:
            note(words.say("Without --checkpoint a tail that was cut off does not show."))
    return OK if found.ok else FAILED


@command(
    "checkpoint",
    about=N_(
        "Write where the journal of each unit stands to a small file: keep it where nobody who writes to the store can "
        "write. The journal is verified first."
    ),
)
@workspace_option(about=_WORKSPACE)
@option("-o", "--output", type=FILE, metavar="FILE", required=True, about=N_("The file to write."))
@click.pass_context
def checkpoint(ctx: click.Context, /, *, workspace: Path, output: Path) -> None:
    """Take a checkpoint."""
    words = session_of(ctx).words
    if output.exists():
        raise InputError(
            N_("{file} is there already."),
            hint=N_("Give another name: an earlier checkpoint is evidence."),
            file=str(output),
        )
    with Office.open(workspace) as office, progress() as bar:
        bar.add_task(words.say("Reading the journal"), total=None)
        taken = office.checkpoint()
    save_checkpoint(taken, output)
    note(words.say("Written: {file}", file=str(output)))


@command("show", about=N_("Show who did what when: accounts, roles, identifiers and codes, never what a record says."))
@workspace_option(about=_WORKSPACE)
@option("--unit", metavar="ID", about=N_("Only this unit's chain. That of files is the empty one."))
@option("--item", "item_id", metavar="ID", about=N_("Only what concerns this item."))
@option("--record", nargs=2, metavar="TYPE ID", about=N_("Only this record, of this type."))
@option("--since", type=TIME, metavar="TIME", about=N_("Only from this moment on; a date: from its beginning."))
@option("--format", "form", type=one_of("text", "json"), default="text", about=N_("JSON has an event a line."))
@click.pass_context
def show(
    ctx: click.Context,
    /,
    *,
    workspace: Path,
    unit: str | None,
    item_id: str | None,
    record: tuple[str, str] | None,
    since: dt.datetime | None,
    form: str,
) -> None:
    """Show the journal."""
    words = session_of(ctx).words
    start = since.replace(hour=0, minute=0, second=0, microsecond=0) if since and since.time() == dt.time.max else since
    with Office.open(workspace) as office:
        if record is not None:
            office.registry.type_named(record[0])
        if unit:
            known_only([unit], [each.id for each in office.store.units()], N_("There is no unit '{word}'."))
        shown = 0
        concerned = _Concerned(office.store, item_id) if item_id is not None else None
        for entry in _wanted(office.store, unit, concerned, record, start):
            click.echo(entry_json(entry) if form == "json" else entry_line(entry))
            shown += 1
    if not shown:
        note(words.say("The journal has no such event."))


def _wanted(
    store: Store,
    unit: str | None,
    concerned: _Concerned | None,
    record: tuple[str, str] | None,
    since: dt.datetime | None,
) -> Iterator[JournalEntry]:
    for entry in store.journal(unit):
        if since is not None and entry.at < since:
            continue
        if record is not None and (entry.type, entry.id) != record:
            continue
        if concerned is not None and entry not in concerned:
            continue
        yield entry


class _Concerned:
    """The events that concern an item: its own, those of its copies, and of what was let pass of it."""

    def __init__(self, store: Store, item_id: str) -> None:
        self._item = item_id
        self._on_a_site = copy_id(item_id, "")
        held = store.get(InformationItem, item_id)
        unit = held.record.unit if held is not None else ""
        # One that was imported may have any identifier.
        self._copies = {entry.id for of, entry in store.read_by(Publication, "item", unit) if of == item_id}

    def __contains__(self, entry: JournalEntry) -> bool:
        if entry.type in _OF_ITEMS:
            return entry.id == self._item
        if entry.type in _OF_COPIES:
            return entry.id.startswith(self._on_a_site) or entry.id in self._copies
        return entry.type == _OVERRIDE and entry.id.startswith(f"{self._item}:")
