"""``govopen``: the entry point, and the list of commands. A command's module is imported when it is run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from govopen import __version__
from govopen.cli import failures
from govopen.cli.base import Entry, Group
from govopen.cli.session import Session
from govopen.cli.streams import prepare_streams
from govopen.texts import N_

__all__ = ["main", "program"]

COMMANDS = {
    "init": Entry("govopen.cli.commands.init:init", N_("Make a workspace.")),
    "template": Entry("govopen.cli.commands.template:template", N_("Write an XLSX to fill in.")),
    "import": Entry("govopen.cli.commands.import_:import_records", N_("Import records from JSON Lines, CSV or XLSX.")),
    "check": Entry("govopen.cli.commands.check:check", N_("Check the records against the law.")),
    "item": Entry("govopen.cli.commands.item:item", N_("Take the steps of an item's review.")),
    "publish": Entry("govopen.cli.commands.publish:publish", N_("Bring the sites to what the records call for.")),
    "reconcile": Entry("govopen.cli.commands.reconcile:reconcile", N_("Compare the sites with the records.")),
    "export": Entry("govopen.cli.commands.export:export", N_("Write the public catalogue into a file.")),
    "request": Entry("govopen.cli.commands.request:request", N_("Handle requests for information.")),
    "notify": Entry("govopen.cli.commands.notify:notify", N_("Tell the listeners which records changed.")),
    "due": Entry("govopen.cli.commands.due:due", N_("List what is due.")),
    "journal": Entry("govopen.cli.commands.journal:journal", N_("Verify and show the journal.")),
    "backup": Entry("govopen.cli.commands.storing:backup", N_("Write all that the store holds to one file.")),
    "restore": Entry("govopen.cli.commands.storing:restore", N_("Restore a backup.")),
    "migrate": Entry("govopen.cli.commands.storing:migrate", N_("Bring the store to the schema of this govopen.")),
    "table": Entry("govopen.cli.commands.table:table", N_("Prove, apply, convert and draw discretion tables.")),
    "coverage": Entry("govopen.cli.commands.coverage:show_coverage", N_("Show what answers each obligation.")),
    "explain": Entry("govopen.cli.commands.explain:explain", N_("Explain a rule, a clause or a matter of law.")),
    "schema": Entry("govopen.cli.commands.schema:schema", N_("Print the JSON Schema of a record type.")),
    "plugins": Entry("govopen.cli.commands.plugins:plugins", N_("Show the plugins, and begin new ones.")),
    "demo": Entry("govopen.cli.commands.demo:demo", N_("Check the records of an invented district.")),
}


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(f"govopen {__version__}")
        ctx.exit()


program = Group(
    name="govopen",
    help=N_("Check a unit's records against the law on open government, clause by clause."),
    entries=COMMANDS,
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_print_version,
            help=N_("Show the version and exit."),
        )
    ],
)
"""The command ``govopen``."""


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the program.

    Args:
        args: What stands behind the program's name; default: that of the process.

    Raises:
        SystemExit: Always, with the exit status.
    """
    args = list(sys.argv[1:] if args is None else args)
    session = Session.of(args)
    prepare_streams()
    try:
        status = program.main(args, prog_name="govopen", standalone_mode=False, obj=session)
        sys.stdout.flush()
    except BaseException as error:
        if isinstance(error, SystemExit | GeneratorExit):
            raise
        sys.exit(failures.report(error, session))
    sys.exit(status or failures.OK)
