"""``govopen reconcile``."""

from __future__ import annotations

import io
from pathlib import Path

import click

from govopen.cli.acting import actor_of, as_option
from govopen.cli.base import command, one_of, option
from govopen.cli.failures import FAILED, OK
from govopen.cli.output import console, emit, note
from govopen.cli.parameters import output_option, workspace_option
from govopen.cli.session import session_of
from govopen.office.facade import Office
from govopen.report.reconciliation import print_reconciliation, reconciliation_json
from govopen.texts import N_

__all__ = ["reconcile"]


@command(
    "reconcile",
    about=N_(
        "Compare what stands on the sites with the records, and the sites with each other. What was found is kept, and "
        "a check reads it."
    ),
)
@workspace_option(about=N_("The workspace. Default: this folder."))
@option("--site", "sites", multiple=True, metavar="ID", about=N_("Only this site. Can be repeated."))
@option("--repair", is_flag=True, about=N_("Queue what differs, so that govopen publish mends it."))
@option("--format", "form", type=one_of("text", "json"), default="text", about=N_("Default: text."))
@output_option(about=N_("Write to a file. Default: print it."))
@as_option(about=N_("On whose behalf: an account under [actors]. Default: GOVOPEN_ACTOR, or the program itself."))
@click.pass_context
def reconcile(
    ctx: click.Context,
    /,
    *,
    workspace: Path,
    sites: tuple[str, ...],
    repair: bool,
    form: str,
    output: Path | None,
    account: str | None,
) -> int:
    """Reconcile; the status says whether everything agrees."""
    session = session_of(ctx)
    with Office.open(workspace) as office:
        actor = actor_of(office, account) if account else None
        report = office.reconcile(sites=sites or None, actor=actor, repair=repair)
    if form == "json":
        emit(reconciliation_json(report), output)
    elif output is None:
        print_reconciliation(report, console(), session.lang)
    else:
        text = io.StringIO()
        print_reconciliation(report, console(text), session.lang)
        emit(text.getvalue(), output)
    if output is not None:
        note(session.words.say("Written: {file}", file=str(output)))
    return OK if report.agrees else FAILED
