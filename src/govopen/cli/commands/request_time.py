"""``govopen request``: extension, excessive requests, handling fees."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import click

from govopen.cli.base import argument, command, one_of, option
from govopen.cli.parameters import COUNT, DATE, YUAN
from govopen.cli.requesting import request_command, take_step
from govopen.model.requests import FeeMethod
from govopen.texts import N_

__all__ = ["ask_reasons", "charge", "delay", "extend", "extended", "paid", "weigh_reasons"]

_GOOD, _BAD = "good", "bad"


@command(
    "extend",
    about=N_(
        "Consent to more working days, as head of the openness office. They count once the applicant is told: govopen "
        "request extended"
    ),
)
@request_command
@option("--days", type=COUNT, required=True, metavar="DAYS", about=N_("How many working days more."))
def extend(ctx: click.Context, /, *, request_id: str, days: int, workspace: Path, account: str | None) -> None:
    """Extend the time."""
    take_step(ctx, workspace, account, "extend", lambda office, actor: office.extend(request_id, actor, days))


@command("extended", about=N_("Record that the applicant was told of the extension today. From then on it counts."))
@request_command
def extended(ctx: click.Context, /, *, request_id: str, workspace: Path, account: str | None) -> None:
    """Tell of the extension."""
    take_step(
        ctx, workspace, account, "notify_extension", lambda office, actor: office.notify_extension(request_id, actor)
    )


@command("ask-reasons", about=N_("Ask for the reasons of a request clearly beyond reason in number or frequency."))
@request_command
def ask_reasons(ctx: click.Context, /, *, request_id: str, workspace: Path, account: str | None) -> None:
    """Ask for reasons."""
    take_step(ctx, workspace, account, "ask_reasons", lambda office, actor: office.ask_reasons(request_id, actor))


@command("weigh-reasons", about=N_("Decide whether the reasons of an excessive request are good."))
@request_command
@argument("verdict", metavar="VERDICT", type=one_of(_GOOD, _BAD), about=N_("good or bad."))
@option("--given-on", type=DATE, metavar="DATE", about=N_("When they were given. Default: none came."))
def weigh_reasons(
    ctx: click.Context,
    /,
    *,
    request_id: str,
    verdict: str,
    given_on: dt.date | None,
    workspace: Path,
    account: str | None,
) -> None:
    """Weigh reasons."""
    take_step(
        ctx,
        workspace,
        account,
        "weigh_reasons",
        lambda office, actor: office.weigh_reasons(request_id, actor, verdict == _GOOD, given_on),
    )


@command("delay", about=N_("Put off the reply to an excessive request with good reasons. The applicant is told today."))
@request_command
@option("--until", type=DATE, required=True, metavar="DATE", about=N_("The new last day."))
def delay(ctx: click.Context, /, *, request_id: str, until: dt.date, workspace: Path, account: str | None) -> None:
    """Put off the reply."""
    take_step(ctx, workspace, account, "set_delay", lambda office, actor: office.set_delay(request_id, actor, until))


@command("charge", about=N_("Notify a handling fee. The time to reply runs again from the payment."))
@request_command
@option("--amount", type=YUAN, required=True, metavar="YUAN", about=N_("The fee in yuan."))
@option("--method", type=one_of(*(each.value for each in FeeMethod)), about=N_("How it was computed."))
def charge(
    ctx: click.Context,
    /,
    *,
    request_id: str,
    amount: Decimal,
    method: str | None,
    workspace: Path,
    account: str | None,
) -> None:
    """Charge a fee."""
    take_step(
        ctx,
        workspace,
        account,
        "charge",
        lambda office, actor: office.charge(request_id, actor, amount, FeeMethod(method) if method else None),
    )


@command("paid", about=N_("Record that the handling fee was paid today."))
@request_command
def paid(ctx: click.Context, /, *, request_id: str, workspace: Path, account: str | None) -> None:
    """Record a payment."""
    take_step(ctx, workspace, account, "pay", lambda office, actor: office.pay(request_id, actor))
