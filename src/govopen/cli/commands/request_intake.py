"""``govopen request``: from the arrival to the answers of those who were asked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs
import click

from govopen.cli.acting import actor_of, as_option, refusing
from govopen.cli.base import argument, command, one_of, option
from govopen.cli.output import console, progress
from govopen.cli.parameters import COUNT, DATE, FILE, workspace_option
from govopen.cli.requesting import context_of, request_command, take_step
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.interchange.load import load
from govopen.model.requests import Opinion, Receipt, Request, RequestKind, SuspensionCause
from govopen.office.facade import Office
from govopen.report.sheet import Sheet
from govopen.texts import N_
from govopen.workflow.request_table import state_of

__all__ = ["answered", "ask_correction", "confirm", "consult", "corrected", "receive", "triage"]


@command(
    "receive",
    about=N_(
        "Take in requests from a file of them. Only what came in is taken: unit, channel, applicant, what is wanted, "
        "and how it arrived. The law of the day of arrival and the channel make the date of receipt."
    ),
)
@argument("path", metavar="FILE", type=FILE, about=N_("JSON Lines, CSV or XLSX, as govopen import reads it."))
@workspace_option(about=N_("The workspace. Default: this folder."))
@option("--encoding", metavar="NAME", about=N_("Of text files that are not UTF-8, such as gb18030."))
@as_option()
@click.pass_context
def receive(ctx: click.Context, /, *, path: Path, workspace: Path, encoding: str | None, account: str | None) -> None:
    """Receive requests."""
    words = session_of(ctx).words
    if not path.is_file():
        raise InputError(N_("There is no file {name}."), name=str(path))
    with Office.open(workspace) as office, progress() as bar:
        actor = actor_of(office, account)
        task = bar.add_task("", start=False)
        types = [entry for entry in office.registry.types if entry.cls is Request]
        loading = load(
            [path],
            types,
            type_name="request",
            encoding=encoding,
            on_progress=lambda name, done, total: bar.update(task, description=name.name, completed=done, total=total),
        )
        found = [entry.record for loaded in loading for entry in loaded]
        sheet = Sheet(console(), words)
        for entry in found:
            assert isinstance(entry, Request)
            # A file dates what came in; the office would take it for today's.
            receipt = entry.receipt or Receipt(arrived_on=entry.received_on)
            with refusing(office):
                done = office.receive(attrs.evolve(entry, receipt=receipt), actor)
            state = words.coded(state_of(done, context_of(office, done.unit)))
            message = N_("{id}: date of receipt {on}, {state}")
            sheet.line(words.say(message, id=done.id, on=done.received_on, state=state), 0)
        sheet.line(words.say("Taken in. Requests: {count}.", count=len(found)), 0)


@command("confirm", about=N_("Record that both sides confirmed the receipt today, or that a letter was signed for."))
@request_command
def confirm(ctx: click.Context, /, *, request_id: str, workspace: Path, account: str | None) -> None:
    """Confirm the receipt."""
    take_step(ctx, workspace, account, "confirm", lambda office, actor: office.confirm_receipt(request_id, actor))


@command(
    "triage",
    about=N_("Decide whether documents are asked for, or advice about policy or business (1.5/o2)."),
)
@request_command
@argument(
    "kind",
    metavar="KIND",
    type=one_of(*(each.value for each in RequestKind)),
    about=N_("information or enquiry."),
)
@option("--reason", metavar="TEXT", default="", about=N_("Why; of an enquiry it is needed."))
def triage(
    ctx: click.Context, /, *, request_id: str, kind: str, reason: str, workspace: Path, account: str | None
) -> None:
    """Triage a request."""
    chosen = RequestKind(kind)
    step = "accept" if chosen is RequestKind.INFORMATION else "redirect"
    take_step(ctx, workspace, account, step, lambda office, actor: office.triage(request_id, actor, chosen, reason))


@command("ask-correction", about=N_("Tell the applicant what to correct, and until when. Since 2019: once."))
@request_command
@option("--what", metavar="TEXT", required=True, about=N_("What has to be corrected."))
@option("--until", type=DATE, metavar="DATE", about=N_("Last day to correct it."))
def ask_correction(
    ctx: click.Context,
    /,
    *,
    request_id: str,
    what: str,
    until: dt.date | None,
    workspace: Path,
    account: str | None,
) -> None:
    """Ask for a correction."""
    take_step(
        ctx,
        workspace,
        account,
        "ask_correction",
        lambda office, actor: office.ask_correction(request_id, actor, what, until),
    )


@command("corrected", about=N_("Take in the corrected request. Since 2019 the time to reply begins anew."))
@request_command
@option("--description", metavar="TEXT", default="", about=N_("What is wanted now. Default: as before."))
def corrected(
    ctx: click.Context, /, *, request_id: str, description: str, workspace: Path, account: str | None
) -> None:
    """Take in a correction."""
    take_step(ctx, workspace, account, "correct", lambda office, actor: office.correct(request_id, actor, description))


@command(
    "consult",
    about=N_("Ask a third party or another organ. Until it answers the time to reply stands still, as the law says."),
)
@request_command
@argument(
    "cause",
    metavar="WHOM",
    type=one_of(*(each.value for each in SuspensionCause)),
    about=N_("third_party or other_organ."),
)
@option("--asked", metavar="NAME", default="", about=N_("Who is asked."))
@option("--joint-maker", is_flag=True, about=N_("The organ made the information together with this unit."))
def consult(
    ctx: click.Context,
    /,
    *,
    request_id: str,
    cause: str,
    asked: str,
    joint_maker: bool,
    workspace: Path,
    account: str | None,
) -> None:
    """Consult somebody."""
    take_step(
        ctx,
        workspace,
        account,
        "consult",
        lambda office, actor: office.consult(
            request_id, actor, SuspensionCause(cause), asked=asked, joint_maker=joint_maker
        ),
    )


@command("answered", about=N_("Record what somebody who was asked answered, or that nothing came in time."))
@request_command
@argument(
    "opinion",
    metavar="OPINION",
    type=one_of(*(each.value for each in Opinion)),
    about=N_("consent, object or silent."),
)
@option("--part", type=COUNT, default=1, metavar="NUMBER", about=N_("Which consultation, from 1. Default: 1."))
def answered(
    ctx: click.Context, /, *, request_id: str, opinion: str, part: int, workspace: Path, account: str | None
) -> None:
    """Record an answer."""
    take_step(
        ctx,
        workspace,
        account,
        "answer",
        lambda office, actor: office.answer(request_id, actor, Opinion(opinion), part),
    )
