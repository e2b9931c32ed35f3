"""``govopen schema``."""

from __future__ import annotations

import json

import click

from govopen.cli.base import argument, command
from govopen.cli.output import console, emit
from govopen.cli.parameters import known_only
from govopen.cli.session import session_of
from govopen.interchange.schema import json_schema
from govopen.plugins.registry import Registry
from govopen.report.document import report_schema
from govopen.report.tables.document import table_report_schema
from govopen.texts import N_

__all__ = ["schema"]

_REPORTS = {
    "check-report": (report_schema, N_("the report of a check")),
    "table-report": (table_report_schema, N_("the report on discretion tables")),
}


@command(
    "schema",
    about=N_(
        "Print the JSON Schema (2020-12) of a record type, or of what a command prints with --format json: "
        "check-report is that of govopen check, table-report that of govopen table check. Without a type: list the "
        "types."
    ),
)
@argument("name", metavar="TYPE", required=False, about=N_("Name of a record type."))
@click.pass_context
def schema(ctx: click.Context, /, *, name: str | None) -> None:
    """Print a schema, or list the types."""
    words = session_of(ctx).words
    types = {entry.name: entry for entry in Registry.load().types}
    if name is None:
        out = console()
        width = max(map(len, (*types, *_REPORTS)))
        for entry in types.values():
            out.print(f"{entry.name:{width}}  {words.text(entry.title)}")
        for report, (_, title) in _REPORTS.items():
            out.print(f"{report:{width}}  {words.say(title)}")
        return
    known_only([name], [*types, *_REPORTS], N_("There is no record type '{word}'."))
    found = _REPORTS[name][0]() if name in _REPORTS else json_schema(types[name])
    emit(json.dumps(found, ensure_ascii=False, indent=1) + "\n", None)
