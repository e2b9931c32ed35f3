"""``govopen table``: discretion tables as files."""

from __future__ import annotations

from govopen.cli.base import Entry, Group
from govopen.texts import N_

__all__ = ["table"]

_CHECK = "govopen.cli.commands.table_check"

table = Group(
    name="table",
    help=N_("Prove, apply, convert and draw discretion tables: TOML, DMN or XLSX files."),
    entries={
        "check": Entry(f"{_CHECK}:check", N_("Prove what a table has to be, or refute it with a case.")),
        "verify": Entry(f"{_CHECK}:verify", N_("Check a certificate again.")),
        "eval": Entry("govopen.cli.commands.table_eval:evaluate", N_("Decide cases by a table.")),
        "convert": Entry("govopen.cli.commands.table_convert:convert", N_("Write a table in another format.")),
        "show": Entry("govopen.cli.commands.table_show:show", N_("Draw a table.")),
    },
)
"""The commands ``govopen table ...``."""
