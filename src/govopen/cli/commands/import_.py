"""``govopen import``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from govopen.cli.base import argument, command, option
from govopen.cli.output import console, note, progress
from govopen.cli.parameters import FILE, workspace_option
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.interchange.load import find_files
from govopen.office.facade import Office
from govopen.texts import N_

__all__ = ["import_records"]

_NAMED = 20
"""So many files that are passed over are named."""


@command(
    "import",
    about=N_(
        "Import records from JSON Lines, CSV or XLSX. If anything is wrong in any of the files, every problem is named "
        "and nothing is stored."
    ),
)
@argument(
    "paths", metavar="PATH", nargs=-1, type=FILE, required=True, about=N_("Files, or folders whose files are read.")
)
@workspace_option(about=N_("The workspace. Default: this folder."))
@option(
    "--type",
    "type_name",
    metavar="TYPE",
    about=N_(
        "Type of the records, where neither file, sheet nor line says it. The types are listed by: govopen schema"
    ),
)
@option(
    "--attachments",
    metavar="DIR",
    type=FILE,
    about=N_("A folder of files that items of the import name as attachments, by their SHA-256."),
)
@option("--mapping", metavar="NAME", about=N_("A column mapping of the workspace, for tables that exist already."))
@option("--encoding", metavar="NAME", about=N_("Of text files that are not UTF-8, such as gb18030."))
@option("--replace", is_flag=True, about=N_("Let a record take the place of the one with its identifier."))
@click.pass_context
def import_records(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    workspace: Path,
    type_name: str | None,
    attachments: Path | None,
    mapping: str | None,
    encoding: str | None,
    replace: bool,
) -> None:
    """Import records."""
    words = session_of(ctx).words
    if missing := [str(path) for path in paths if not path.exists()]:
        raise InputError(N_("There is no file or folder {names}."), names=", ".join(missing))
    with Office.open(workspace) as office, progress() as bar:
        if type_name is not None:
            office.registry.type_named(type_name)
        task = bar.add_task("", start=False)
        summary = office.import_files(
            paths,
            type_name=type_name,
            mapping=mapping,
            encoding=encoding,
            replace=replace,
            on_progress=lambda path, done, total: bar.update(task, description=path.name, completed=done, total=total),
        )
        kept = office.keep_files(_files_in(attachments)) if attachments is not None else {}
        titles = {entry.name: words.text(entry.title) for entry in office.registry.types}
    if passed := _passed_over(paths):
        note(words.say("Passed over, because files of their kind are not read: {names}", names=passed))
    if not summary.counts:
        raise InputError(
            N_("There was no record to import."),
            hint=N_("Read are files named .jsonl, .csv and .xlsx that hold records, and discretion tables in .toml."),
        )
    out = console()
    for name, count in summary.counts.items():
        out.print(f"{count:>9}  {name} ({titles[name]})")
    out.print(
        words.say(
            "Imported. Records: {count}, files: {files}.",
            count=sum(summary.counts.values()),
            files=len(summary.files),
        )
    )
    if kept:
        out.print(words.say("Files kept: {count}.", count=len(kept)))


def _files_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise InputError(N_("There is no folder {folder}."), folder=str(folder))
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _passed_over(paths: Iterable[Path]) -> list[str]:
    """What lies in the folders and is not read, hidden files left out: the same as :func:`find_files` leaves out."""
    passed = []
    for folder in filter(Path.is_dir, paths):
        read = set(find_files([folder]))
        for path in sorted(folder.rglob("*")):
            hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
            if path.is_file() and path not in read and not hidden:
                passed.append(str(path))
    more = len(passed) - _NAMED
    return [*passed[:_NAMED], f"… (+{more})"] if more > 0 else passed
