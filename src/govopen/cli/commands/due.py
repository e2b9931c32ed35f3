"""``govopen due``."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import click

from govopen.cli.base import command, one_of, option
from govopen.cli.output import console, emit, note
from govopen.cli.parameters import COUNT, DATE, known_only, output_option, workspace_option
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.office.clock import SystemClock
from govopen.office.facade import Office
from govopen.report.agenda import Explain, agenda_json, print_agenda
from govopen.report.ics import to_ics
from govopen.report.sheet import Sheet
from govopen.texts import N_
from govopen.workflow.deadlines import Deadline, Explanation

__all__ = ["due"]


@command(
    "due",
    about=N_(
        "List what is due, the overdue first: replies, corrections, opinions, fees, ends of secrecy periods, proactive "
        "disclosure. What cannot be dated is listed with the reason."
    ),
)
@workspace_option(about=N_("The workspace. Default: this folder."))
@option(
    "--within",
    type=COUNT,
    default=10,
    metavar="DAYS",
    about=N_("How many calendar days ahead. Default: 10. What is overdue is always listed."),
)
@option("--all", "everything", is_flag=True, about=N_("Everything that is open, however far ahead."))
@option("--as-of", type=DATE, metavar="DATE", about=N_("Seen from this day. Default: today in Shanghai."))
@option("--unit", metavar="ID", about=N_("Only this unit's."))
@option("--explain", is_flag=True, about=N_("Say which days were counted, which not, and why."))
@option(
    "--format",
    "form",
    type=one_of("text", "json", "ics"),
    default="text",
    about=N_("Default: text. ics is a calendar file with a task for each."),
)
@output_option(about=N_("Write to a file. Default: print it."))
@click.pass_context
def due(
    ctx: click.Context,
    /,
    *,
    workspace: Path,
    within: int,
    everything: bool,
    as_of: dt.date | None,
    unit: str | None,
    explain: bool,
    form: str,
    output: Path | None,
) -> None:
    """List what is due."""
    session = session_of(ctx)
    if explain and form == "ics":
        raise InputError(
            N_("A calendar file has no room for explanations."), hint=N_("Leave out --explain, or take another format.")
        )
    with Office.open(workspace) as office:
        if unit is not None:
            known_only([unit], [each.id for each in office.store.units()], N_("There is no unit '{word}'."))
        today = as_of or office.today
        found = office.due(within=None if everything else within, as_of=today, unit=unit)
        explained: Explain | None = (lambda one: _explanation(office, one, today)) if explain else None
        if form == "ics":
            content: str | bytes = to_ics(found, SystemClock().now(), session.lang)
        elif form == "json":
            content = agenda_json(found, today, explained)
        else:
            text = io.StringIO()
            out = console() if output is None else console(text)
            print_agenda(found, today, explained, Sheet(out, session.words))
            content = text.getvalue()
    if form != "text" or output is not None:
        emit(content, output)
    if output is not None:
        note(session.words.say("Written: {file}", file=str(output)))


def _explanation(office: Office, one: Deadline, today: dt.date) -> Explanation | None:
    """Only the times of requests are counted day by day."""
    return office.explain_deadline(one.id, one.kind, part=one.part, as_of=today) if one.type == "request" else None
