"""``govopen request show``."""

from __future__ import annotations

from pathlib import Path

import click

from govopen.cli.acting import steps_from
from govopen.cli.base import argument, command, one_of, option
from govopen.cli.output import console, emit, note
from govopen.cli.parameters import workspace_option
from govopen.cli.requesting import context_of
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.model.requests import Request
from govopen.office.facade import Office
from govopen.report.request import print_request, request_json
from govopen.report.sheet import Sheet
from govopen.texts import N_
from govopen.workflow.request_deadlines import request_deadlines
from govopen.workflow.request_table import REQUEST, state_of

__all__ = ["show"]


@command(
    "show",
    about=N_(
        "Show where a request stands, what is due of it when, which days were counted and why, and who may do what "
        "next. Who asked, and for what, is not shown."
    ),
)
@argument("request_id", metavar="ID", about=N_("Identifier of the request."))
@workspace_option(about=N_("The workspace. Default: this folder."))
@option("--personal", is_flag=True, about=N_("Show also who asked, and for what. For use inside the unit only."))
@option("--format", "form", type=one_of("text", "json"), default="text", about=N_("Default: text."))
@click.pass_context
def show(ctx: click.Context, /, *, request_id: str, workspace: Path, personal: bool, form: str) -> None:
    """Show a request."""
    words = session_of(ctx).words
    if personal and form == "json":
        raise InputError(N_("Personal data are not written as JSON."), hint=N_("Leave out --personal or --format."))
    with Office.open(workspace) as office:
        held = office.store.get(Request, request_id)
        if held is None:
            raise InputError(
                N_("There is no request {id}."), hint=N_("Take it in with: govopen request receive FILE"), id=request_id
            )
        request = held.record
        law = context_of(office, request.unit)
        state = state_of(request, law)
        deadlines = tuple(
            office.explain_deadline(request_id, each.kind, part=each.part) for each in request_deadlines(request, law)
        )
        steps = steps_from(office, REQUEST, state, request.unit, request.id)
    if form == "json":
        emit(request_json(request, state, deadlines, steps), None)
        return
    if personal:
        note(words.say("Internal: what follows holds an applicant's personal data. Do not pass it on."))
    print_request(request, state, deadlines, steps, Sheet(console(), words), personal=personal)
