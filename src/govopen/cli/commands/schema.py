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
from govopen.texts import N_

__all__ = ["schema"]

_REPORT = "check-report"


@command(
    "schema",
    about=N_(
        "Print the JSON Schema (2020-12) of a record type, or, for check-report, of what govopen check --format json "
        "prints. Without a type: list the types."
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
        width = max(map(len, (*types, _REPORT)))
        for entry in types.values():
            out.print(f"{entry.name:{width}}  {words.text(entry.title)}")
        out.print(f"{_REPORT:{width}}  {words.say('the report of a check')}")
        return
    known_only([name], [*types, _REPORT], N_("There is no record type '{word}'."))
    found = report_schema() if name == _REPORT else json_schema(types[name])
    emit(json.dumps(found, ensure_ascii=False, indent=1) + "\n", None)
