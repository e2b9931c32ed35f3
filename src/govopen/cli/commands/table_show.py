"""``govopen table show``."""

from __future__ import annotations

import io
from pathlib import Path

import click

from govopen.cli.base import argument, command, one_of, option
from govopen.cli.output import console, emit, note
from govopen.cli.parameters import FILE, output_option, words_of
from govopen.cli.session import session_of
from govopen.cli.tables import open_table
from govopen.report.tables.drawn import print_table
from govopen.report.tables.html import table_html
from govopen.report.tables.rst import table_rst
from govopen.report.tables.svg import table_svg
from govopen.texts import N_

__all__ = ["show"]


@command(
    "show",
    about=N_(
        "Draw a table: its conditions by input, outcomes, modes and law. svg is a picture of two inputs with its gaps "
        "and overlaps; html has both."
    ),
)
@argument("file", metavar="FILE", type=FILE, about=N_("The table: TOML, DMN or XLSX."))
@option("--name", metavar="TABLE", about=N_("Which table, of a file that holds several."))
@option("--format", "form", type=one_of("text", "html", "rst", "svg"), default="text", about=N_("Default: text."))
@option(
    "--inputs",
    metavar="A,B",
    default="",
    about=N_(
        "The inputs of the picture, by name or label: across, then up; the others may have any value. Default: the "
        "first two that are ordered."
    ),
)
@output_option(about=N_("Write to a file. Default: print it."))
@click.pass_context
def show(ctx: click.Context, /, *, file: Path, name: str | None, form: str, inputs: str, output: Path | None) -> None:
    """Draw a table."""
    lang, words = session_of(ctx).lang, session_of(ctx).words
    table = open_table(file, name).table
    chosen = words_of(inputs)
    if form == "html":
        emit(table_html(table, lang, inputs=chosen), output)
    elif form == "svg":
        emit(table_svg(table, lang, inputs=chosen), output)
    elif form == "rst":
        emit(table_rst(table, lang), output)
    elif output is None:
        print_table(table, console(), lang)
    else:
        text = io.StringIO()
        print_table(table, console(text), lang)
        emit(text.getvalue(), output)
    if output is not None:
        note(words.say("Written: {file}", file=str(output)))
