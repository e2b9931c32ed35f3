"""``govopen backup``, ``govopen restore`` and ``govopen migrate``."""

from __future__ import annotations

from pathlib import Path

import click

from govopen.cli.base import argument, command
from govopen.cli.failures import FAILED, OK
from govopen.cli.output import console, note, progress
from govopen.cli.parameters import FILE, workspace_option
from govopen.cli.session import session_of
from govopen.errors import InputError, StoreError
from govopen.office.facade import Office
from govopen.office.workspace import Workspace
from govopen.plugins.registry import Registry
from govopen.report.journal import print_verification
from govopen.report.sheet import Sheet
from govopen.texts import N_

__all__ = ["backup", "migrate", "restore"]

_OURS = ("sqlite", "postgresql")


@command(
    "backup",
    about=N_("Write all that the store holds to one file, and read it back. It holds personal data: guard it."),
)
@argument("path", metavar="FILE", type=FILE, about=N_("The file to write. One that is there is never overwritten."))
@workspace_option(about=N_("The workspace. Default: this folder."))
@click.pass_context
def backup(ctx: click.Context, /, *, path: Path, workspace: Path) -> None:
    """Back the store up."""
    words = session_of(ctx).words
    with Office.open(workspace) as office, progress() as bar:
        bar.add_task(words.say("Writing the backup"), total=None)
        made = office.backup(path)
    sheet = Sheet(console(), words)
    sheet.line(
        words.say("Backup of store {store}: {file}, {size} bytes", store=made.store, file=str(path), size=made.size), 0
    )
    sheet.line(words.say("Rows: {rows}, files: {files}", rows=sum(made.rows.values()), files=made.attachments), 0)
    note(words.say("It holds personal data and everything else that the store holds. Keep it apart, and guarded."))


@command(
    "restore",
    about=N_(
        "Restore a backup to the store of a workspace, which must hold no record. The backup is checked first, and the "
        "journal verified, before anything counts."
    ),
)
@argument("path", metavar="FILE", type=FILE, about=N_("The backup."))
@workspace_option(about=N_("The workspace. Default: this folder."))
@click.pass_context
def restore(ctx: click.Context, /, *, path: Path, workspace: Path) -> int:
    """Restore a backup."""
    from govopen.storage.restoring import restore as restored_from  # noqa: PLC0415 - it brings SQLAlchemy

    words = session_of(ctx).words
    if not path.is_file():
        raise InputError(N_("There is no file {name}."), name=str(path))
    settings = _ours(workspace)
    if settings.store_path is not None:
        settings.store_path.parent.mkdir(parents=True, exist_ok=True)
    with progress() as bar:
        bar.add_task(words.say("Restoring the backup"), total=None)
        done = restored_from(path, settings.store_url, Registry.load().types)
    print_verification(done.verification, Sheet(console(), words))
    return OK if done.verification.ok else FAILED


@command(
    "migrate",
    about=N_(
        "Bring a store made by an older govopen to the schema of this one, wholly or not at all. Back it up first."
    ),
)
@workspace_option(about=N_("The workspace. Default: this folder."))
@click.pass_context
def migrate(ctx: click.Context, /, *, workspace: Path) -> None:
    """Migrate the store."""
    from govopen.storage.migration import migrate as migrated  # noqa: PLC0415 - it brings SQLAlchemy

    words = session_of(ctx).words
    settings = _ours(workspace)
    done = migrated(settings.store_url)
    sheet = Sheet(console(), words)
    if done.found == done.version:
        sheet.line(
            words.say("The store has the schema of this govopen already: version {version}.", version=done.version), 0
        )
        return
    sheet.line(
        words.say(
            "Migrated from version {found} to {version}. Events put into the journal: {events}.",
            found=done.found,
            version=done.version,
            events=done.events,
        ),
        0,
    )


def _ours(workspace: Path) -> Workspace:
    """The settings of a workspace whose store is one of those that govopen brings."""
    settings = Workspace.load(workspace)
    if settings.store_url.partition(":")[0].partition("+")[0] not in _OURS:
        raise StoreError(
            "This workspace's store is a plugin's.",
            hint="Use the tools of the database or service that keeps it.",
        )
    return settings
