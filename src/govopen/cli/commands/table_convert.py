"""``govopen table convert``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from govopen.cli.base import argument, command, one_of, option
from govopen.cli.output import note
from govopen.cli.parameters import FILE
from govopen.cli.session import session_of
from govopen.cli.tables import open_table
from govopen.discretion.table import Table
from govopen.errors import InputError
from govopen.interchange.tables.files import write_table
from govopen.report.tables.html import table_html
from govopen.report.tables.rst import table_rst
from govopen.report.tables.svg import table_svg
from govopen.texts import N_, Language

__all__ = ["convert"]

_KEPT = (".toml", ".dmn", ".xlsx")
"""Formats that hold a table; it can be read back from them."""

_DRAWN: dict[str, Callable[[Table, Language], str]] = {".html": table_html, ".rst": table_rst, ".svg": table_svg}


@command(
    "convert",
    about=N_(
        "Write a table in another format, chosen by the suffix of OUT: .toml, .dmn and .xlsx hold the whole table; "
        ".html, .rst and .svg draw it. A file that is there is overwritten."
    ),
)
@argument("file", metavar="FILE", type=FILE, about=N_("The table: TOML, DMN or XLSX."))
@argument("out", metavar="OUT", type=FILE, about=N_("The file to write."))
@option("--name", metavar="TABLE", about=N_("Which table, of a file that holds several."))
@option("--dmn-version", type=one_of("1.3", "1.4", "1.5"), about=N_("Of a .dmn file. Default: 1.5."))
@click.pass_context
def convert(ctx: click.Context, /, *, file: Path, out: Path, name: str | None, dmn_version: str | None) -> None:
    """Convert a table."""
    suffix = out.suffix.lower()
    if suffix not in (*_KEPT, *_DRAWN):
        raise InputError(
            N_("{file} does not say by its suffix which format it is to have."),
            hint=N_("Accepted: {accepted}."),
            file=str(out),
            accepted=", ".join((*_KEPT, *_DRAWN)),
        )
    if dmn_version is not None and suffix != ".dmn":
        raise InputError(
            N_("--dmn-version is for .dmn files only."), hint=N_("Leave it out, or write to a file named .dmn.")
        )
    table = open_table(file, name).table
    if suffix in _DRAWN:
        out.write_bytes(_DRAWN[suffix](table, session_of(ctx).lang).encode())
    elif dmn_version is not None:
        write_table(table.document, out, version=dmn_version)
    else:
        write_table(table.document, out)
    note(session_of(ctx).words.say("Written: {file}", file=str(out)))
