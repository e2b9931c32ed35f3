"""The steps of ``govopen item``: from the secrecy review to the decision, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from govopen.cli.acting import actor_of, as_option, refusing, say_done
from govopen.cli.base import argument, command, one_of, option
from govopen.cli.output import console
from govopen.cli.parameters import workspace_option
from govopen.cli.session import session_of
from govopen.model.actors import Actor
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute, ReviewResult
from govopen.office.facade import Office
from govopen.report.sheet import Sheet
from govopen.texts import N_
from govopen.workflow.disclosure import DISCLOSURE, standing

__all__ = ["decide", "override", "propose", "review", "secrecy", "send_back", "withdraw"]

_ITEM = N_("Identifier of the item.")
_WORKSPACE = N_("The workspace. Default: this folder.")


def _step(
    ctx: click.Context,
    workspace: Path,
    account: str | None,
    step: str,
    act: Callable[[Office, Actor], InformationItem],
) -> None:
    with Office.open(workspace) as office:
        with refusing(office):
            done = act(office, actor_of(office, account))
        state = standing(done, office.today).state
        say_done(office, session_of(ctx).words, DISCLOSURE, step, done.id, done.unit, state)


@command("secrecy", about=N_("Record how the secrecy review of an item ended. Every round of review begins with it."))
@argument("item_id", metavar="ID", about=_ITEM)
@argument(
    "result",
    metavar="RESULT",
    type=one_of(*(each.value for each in ReviewResult)),
    about=N_(
        "not_classified, or unsure: it is referred to who can settle it. What is secret goes to: govopen item determine"
    ),
)
@workspace_option(about=_WORKSPACE)
@as_option()
@click.pass_context
def secrecy(ctx: click.Context, /, *, item_id: str, result: str, workspace: Path, account: str | None) -> None:
    """Record a secrecy review."""
    found = ReviewResult(result)
    step = "review_secrecy" if found is ReviewResult.NOT_CLASSIFIED else "refer"
    _step(ctx, workspace, account, step, lambda office, actor: office.review_secrecy(item_id, actor, found))


@command("propose", about=N_("Propose the disclosure attribute of an item, as its drafter (1.3/o6)."))
@argument("item_id", metavar="ID", about=_ITEM)
@argument(
    "attribute",
    metavar="ATTRIBUTE",
    type=one_of(*(each.value for each in DisclosureAttribute)),
    about=N_("proactive, on_request or exempt."),
)
@option(
    "--ground",
    metavar="CODE",
    default="",
    about=N_("Of an exemption. The grounds are listed by: govopen explain ogi/refusal-grounds"),
)
@workspace_option(about=_WORKSPACE)
@as_option()
@click.pass_context
def propose(
    ctx: click.Context, /, *, item_id: str, attribute: str, ground: str, workspace: Path, account: str | None
) -> None:
    """Propose an attribute."""
    chosen = DisclosureAttribute(attribute)
    _step(
        ctx, workspace, account, "propose", lambda office, actor: office.propose(item_id, actor, chosen, ground=ground)
    )


@command("review", about=N_("Support what the drafter proposed, as section head (1.3/o7)."))
@argument("item_id", metavar="ID", about=_ITEM)
@workspace_option(about=_WORKSPACE)
@as_option()
@click.pass_context
def review(ctx: click.Context, /, *, item_id: str, workspace: Path, account: str | None) -> None:
    """Review a proposal."""
    _step(ctx, workspace, account, "review", lambda office, actor: office.review(item_id, actor))


@command("return", about=N_("Return an item to its drafter with a reason, as section head or principal leader."))
@argument("item_id", metavar="ID", about=_ITEM)
@option("--reason", metavar="TEXT", required=True, about=N_("What has to be mended."))
@workspace_option(about=_WORKSPACE)
@as_option()
@click.pass_context
def send_back(ctx: click.Context, /, *, item_id: str, reason: str, workspace: Path, account: str | None) -> None:
    """Return an item."""
    _step(ctx, workspace, account, "send_back", lambda office, actor: office.send_back(item_id, actor, reason))


@command(
    "decide",
    about=N_(
        "Decide as proposed and reviewed, as principal leader (1.3/o8). What is for the public then waits for its "
        "sites: govopen publish"
    ),
)
@argument("item_id", metavar="ID", about=_ITEM)
@workspace_option(about=_WORKSPACE)
@as_option()
@click.pass_context
def decide(ctx: click.Context, /, *, item_id: str, workspace: Path, account: str | None) -> None:
    """Decide on an item."""
    _step(ctx, workspace, account, "decide", lambda office, actor: office.decide(item_id, actor))


@command(
    "withdraw",
    about=N_(
        "Take an item back from everywhere. It is shown again only after a whole new review. The sites are told by: "
        "govopen publish"
    ),
)
@argument("item_id", metavar="ID", about=_ITEM)
@option("--reason", metavar="TEXT", required=True, about=N_("Why it is taken back."))
@workspace_option(about=_WORKSPACE)
@as_option()
@click.pass_context
def withdraw(ctx: click.Context, /, *, item_id: str, reason: str, workspace: Path, account: str | None) -> None:
    """Withdraw an item."""
    _step(ctx, workspace, account, "withdraw", lambda office, actor: office.withdraw(item_id, actor, reason))


@command(
    "override",
    about=N_(
        "Let pass what a screener held up in an item, in exactly the content that stands there now. Name and reason "
        "stay on record."
    ),
)
@argument("item_id", metavar="ID", about=_ITEM)
@argument("finding", metavar="CODE", about=N_("What was found, as govopen item show lists it: mobile-number."))
@option("--reason", metavar="TEXT", required=True, about=N_("Why it may be shown."))
@workspace_option(about=_WORKSPACE)
@as_option()
@click.pass_context
def override(
    ctx: click.Context, /, *, item_id: str, finding: str, reason: str, workspace: Path, account: str | None
) -> None:
    """Let a finding pass."""
    words = session_of(ctx).words
    with Office.open(workspace) as office, refusing(office):
        office.override(item_id, actor_of(office, account), finding, reason)
    Sheet(console(), words).line(
        words.say("{id}: {finding} is let pass, in the content of now.", id=item_id, finding=finding), 0
    )
