"""The steps of ``govopen item`` by which secrecy is determined, prolonged and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import click

from govopen.cli.acting import actor_of, as_option, refusing, say_done
from govopen.cli.base import argument, command, one_of, option
from govopen.cli.parameters import DATE, workspace_option
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.model.actors import Actor
from govopen.model.catalog import InformationItem
from govopen.model.classification import AuthorityKind, ClassifiedItem, SecrecyLevel
from govopen.office.facade import Office
from govopen.texts import N_
from govopen.workflow.secrecy import SECRECY, secrecy_state

__all__ = ["declassify", "determine", "extend"]

_ITEM = N_("Identifier of the item.")
_WORKSPACE = N_("The workspace. Default: this folder.")


def _step(
    ctx: click.Context,
    workspace: Path,
    account: str | None,
    step: str,
    act: Callable[[Office, Actor], ClassifiedItem],
) -> None:
    with Office.open(workspace) as office:
        with refusing(office):
            done = act(office, actor_of(office, account))
        state = secrecy_state(done, office.today)
        say_done(office, session_of(ctx).words, SECRECY, step, done.id, done.unit, state)


@command(
    "determine",
    about=N_(
        "Determine that something is a state secret. From then on only its number, level, period and basis are here: "
        "an item of that identifier is erased, and withdrawn from every site."
    ),
)
@argument("item_id", metavar="ID", about=_ITEM)
@option(
    "--level",
    type=one_of(*(each.value for each in SecrecyLevel)),
    required=True,
    about=N_("juemi, jimi or mimi: top secret, secret, confidential."),
)
@option("--basis", metavar="CITATION", required=True, about=N_("The law or list that it rests on."))
@option(
    "--authority",
    type=one_of(*(each.value for each in AuthorityKind)),
    required=True,
    about=N_("original, by an authorisation, or derivative, from what is classified already."),
)
@option("--authorisation", metavar="NUMBER", required=True, about=N_("Of the authorisation or of the source."))
@option("--until", type=DATE, metavar="DATE", about=N_("Last day of the period."))
@option("--condition", is_flag=True, about=N_("It ends on a condition and not on a day."))
@option(
    "--provided-otherwise",
    metavar="CITATION",
    default="",
    about=N_("The provision for a period longer than the ceiling of its level."),
)
@option("--unit", metavar="ID", default="", about=N_("Whose secret it is, where there is no item yet."))
@workspace_option(about=_WORKSPACE)
@as_option()
@click.pass_context
def determine(
    ctx: click.Context,
    /,
    *,
    item_id: str,
    level: str,
    basis: str,
    authority: str,
    authorisation: str,
    until: dt.date | None,
    condition: bool,
    provided_otherwise: str,
    unit: str,
    workspace: Path,
    account: str | None,
) -> None:
    """Determine secrecy."""

    def act(office: Office, actor: Actor) -> ClassifiedItem:
        if not unit and office.store.get(InformationItem, item_id) is None:
            raise InputError(
                N_("There is no item {id}, so nobody knows whose secret it is."),
                hint=N_("Give --unit ID."),
                id=item_id,
            )
        return office.determine(
            item_id,
            actor,
            level=SecrecyLevel(level),
            basis=basis,
            authority=AuthorityKind(authority),
            authorisation=authorisation,
            until=until,
            condition=condition,
            provided_otherwise=provided_otherwise,
            unit=unit,
        )

    _step(ctx, workspace, account, "determine", act)


@command("extend", about=N_("Prolong a secrecy period before it has run out."))
@argument("item_id", metavar="ID", about=_ITEM)
@option("--until", type=DATE, metavar="DATE", required=True, about=N_("The new last day."))
@option("--basis", metavar="CITATION", required=True, about=N_("The law that the decision rests on."))
@option("--authorisation", metavar="NUMBER", required=True, about=N_("Of the authorisation."))
@workspace_option(about=_WORKSPACE)
@as_option()
@click.pass_context
def extend(
    ctx: click.Context,
    /,
    *,
    item_id: str,
    until: dt.date,
    basis: str,
    authorisation: str,
    workspace: Path,
    account: str | None,
) -> None:
    """Prolong secrecy."""
    _step(
        ctx,
        workspace,
        account,
        "extend",
        lambda office, actor: office.extend_secrecy(
            item_id, actor, until=until, basis=basis, authorisation=authorisation
        ),
    )


@command(
    "declassify", about=N_("End the secrecy early. That removes a bar and clears nothing: a review has to follow.")
)
@argument("item_id", metavar="ID", about=_ITEM)
@workspace_option(about=_WORKSPACE)
@as_option()
@click.pass_context
def declassify(ctx: click.Context, /, *, item_id: str, workspace: Path, account: str | None) -> None:
    """End secrecy."""
    _step(ctx, workspace, account, "declassify", lambda office, actor: office.declassify(item_id, actor))
