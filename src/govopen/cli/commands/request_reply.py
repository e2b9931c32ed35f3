"""``govopen request``: the reply and the other ends, and what is erased afterwards."""

from __future__ import annotations

from pathlib import Path

import click

from govopen.cli.acting import actor_of, as_option, refusing
from govopen.cli.base import command, one_of, option
from govopen.cli.output import console
from govopen.cli.parameters import known_only, workspace_option
from govopen.cli.requesting import request_command, take_step
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.model.actors import Actor
from govopen.model.requests import Reply, ReplyKind, ReplyOutcome, Request
from govopen.office.facade import Office
from govopen.report.sheet import Sheet
from govopen.texts import N_

__all__ = ["abandon", "erase", "reply", "transfer", "withdraw"]

_REMEDIES = N_("The reply says where to seek remedy.")


@command(
    "reply",
    about=N_("Reply to a request today. Every item that it gives is cleared for the applicant first."),
)
@request_command
@option("--outcome", type=one_of(*(each.value for each in ReplyOutcome)), about=N_("How it is answered."))
@option(
    "--kind",
    type=one_of(*(each.value for each in ReplyKind)),
    about=N_("The row of the annual report, where outcome and ground do not settle it."),
)
@option(
    "--ground",
    metavar="CODE",
    default="",
    about=N_("Of a refusal. The grounds are listed by: govopen explain ogi/refusal-grounds"),
)
@option("--reasons", metavar="TEXT", default="", about=N_("The reasons that the reply gives."))
@option("--remedies-named", is_flag=True, about=_REMEDIES)
@option("--severed/--not-severed", default=None, about=N_("What can be shown was separated from what cannot."))
@option("--item", "items", multiple=True, metavar="ID", about=N_("An item that is given. Can be repeated."))
@option("--repeat-of", metavar="ID", default="", about=N_("The earlier request that this one repeats."))
def reply(
    ctx: click.Context,
    /,
    *,
    request_id: str,
    outcome: str | None,
    kind: str | None,
    ground: str,
    reasons: str,
    remedies_named: bool,
    severed: bool | None,
    items: tuple[str, ...],
    repeat_of: str,
    workspace: Path,
    account: str | None,
) -> None:
    """Reply to a request."""
    row = ReplyKind(kind) if kind else None
    if outcome is None and row is None:
        raise InputError(
            N_("A reply needs --outcome or --kind."),
            hint=N_("Outcomes: {outcomes}. Kinds are listed by: govopen request reply --help"),
            outcomes=", ".join(known.value for known in ReplyOutcome),
        )

    def act(office: Office, actor: Actor) -> Request:
        said = Reply(
            on=office.today,
            outcome=ReplyOutcome(outcome) if outcome else (row.outcome if row is not None else None),
            kind=row,
            ground=ground,
            reasons=reasons,
            remedies_named=remedies_named,
            severed=severed,
            items=items,
        )
        return office.reply(request_id, actor, said, repeat_of=repeat_of)

    take_step(ctx, workspace, account, "reply", act)


@command("transfer", about=N_("Reply that the information is another organ's, and which."))
@request_command
@option("--to", "organ", metavar="NAME", required=True, about=N_("The organ."))
@option("--reasons", metavar="TEXT", required=True, about=N_("The reasons that the reply gives."))
@option("--remedies-named", is_flag=True, about=_REMEDIES)
def transfer(
    ctx: click.Context,
    /,
    *,
    request_id: str,
    organ: str,
    reasons: str,
    remedies_named: bool,
    workspace: Path,
    account: str | None,
) -> None:
    """Refer the applicant to another organ."""
    take_step(
        ctx,
        workspace,
        account,
        "transfer",
        lambda office, actor: office.transfer(
            request_id, actor, to=organ, reasons=reasons, remedies_named=remedies_named
        ),
    )


@command("abandon", about=N_("Record that the applicant let the time to correct or to pay pass."))
@request_command
def abandon(ctx: click.Context, /, *, request_id: str, workspace: Path, account: str | None) -> None:
    """End a request that counts as abandoned."""
    take_step(ctx, workspace, account, "abandon", lambda office, actor: office.abandon(request_id, actor))


@command("withdraw", about=N_("Record that the applicant withdrew the request."))
@request_command
def withdraw(ctx: click.Context, /, *, request_id: str, workspace: Path, account: str | None) -> None:
    """End a request that was withdrawn."""
    take_step(ctx, workspace, account, "withdraw", lambda office, actor: office.withdraw_request(request_id, actor))


@command(
    "erase",
    about=N_(
        "Erase the personal data of a unit's requests whose time is over, from every revision. How long they are kept "
        "is said under [requests] in govopen.toml."
    ),
)
@option("--unit", metavar="ID", required=True, about=N_("The unit."))
@workspace_option(about=N_("The workspace. Default: this folder."))
@as_option()
@click.pass_context
def erase(ctx: click.Context, /, *, unit: str, workspace: Path, account: str | None) -> None:
    """Erase what must not be kept any longer."""
    words = session_of(ctx).words
    with Office.open(workspace) as office:
        known_only([unit], [each.id for each in office.store.units()], N_("There is no unit '{word}'."))
        with refusing(office):
            erased = office.erase_expired(actor_of(office, account), unit)
    sheet = Sheet(console(), words)
    for id_ in erased:
        sheet.line(id_, 0)
    sheet.line(words.say("Personal data erased. Requests: {count}.", count=len(erased)), 0)
