"""``govopen template``."""

from __future__ import annotations

from pathlib import Path

import click

from govopen.cli.base import argument, command
from govopen.cli.output import note
from govopen.cli.parameters import known_only, output_option
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.interchange.template import write_template
from govopen.plugins.registry import Registry
from govopen.texts import N_

__all__ = ["template"]


@command("template", about=N_("Write an XLSX with a column for each field of a record type, to fill in and import."))
@argument("name", metavar="TYPE", about=N_("Name of a record type. They are listed by: govopen schema"))
@output_option(about=N_("The file to write. Default: the type's name with .xlsx, in this folder."))
@click.pass_context
def template(ctx: click.Context, /, *, name: str, output: Path | None) -> None:
    """Write a template."""
    session = session_of(ctx)
    registry = Registry.load()
    known_only([name], [entry.name for entry in registry.types], N_("There is no record type '{word}'."))
    path = output or Path(f"{name}.xlsx")
    if path.exists():
        raise InputError(
            N_("There is a file {file} already; it may have been filled in."),
            hint=N_("Name another one with -o, or remove it."),
            file=str(path),
        )
    write_template(registry.type_named(name), path, session.lang)
    note(session.words.say("Made {file}.", file=str(path)))
