"""Who acts on the command line, and what is said of a step that was taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from govopen.cli.base import option
from govopen.cli.output import console
from govopen.cli.parameters import known_only
from govopen.cli.words import Words
from govopen.errors import InputError, TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.office.facade import Office
from govopen.report.sheet import Sheet
from govopen.report.steps import NextStep, next_steps, step_lines
from govopen.texts import N_, Label
from govopen.workflow.disclosure import DISCLOSURE
from govopen.workflow.request_table import REQUEST
from govopen.workflow.secrecy import SECRECY
from govopen.workflow.table import Workflow

__all__ = ["actor_of", "as_option", "refusing", "say_done", "steps_from"]

_COMMANDS = {
    (DISCLOSURE.name, "draft"): "item draft",
    (DISCLOSURE.name, "change"): "item draft",
    (DISCLOSURE.name, "review_secrecy"): "item secrecy",
    (DISCLOSURE.name, "refer"): "item secrecy",
    (DISCLOSURE.name, "propose"): "item propose",
    (DISCLOSURE.name, "review"): "item review",
    (DISCLOSURE.name, "send_back"): "item return",
    (DISCLOSURE.name, "decide"): "item decide",
    (DISCLOSURE.name, "withdraw"): "item withdraw",
    (SECRECY.name, "determine"): "item determine",
    (SECRECY.name, "extend"): "item extend",
    (SECRECY.name, "declassify"): "item declassify",
    (REQUEST.name, "receive"): "request receive",
    (REQUEST.name, "confirm"): "request confirm",
    (REQUEST.name, "accept"): "request triage",
    (REQUEST.name, "redirect"): "request triage",
    (REQUEST.name, "ask_correction"): "request ask-correction",
    (REQUEST.name, "correct"): "request corrected",
    (REQUEST.name, "consult"): "request consult",
    (REQUEST.name, "answer"): "request answered",
    (REQUEST.name, "extend"): "request extend",
    (REQUEST.name, "notify_extension"): "request extended",
    (REQUEST.name, "ask_reasons"): "request ask-reasons",
    (REQUEST.name, "weigh_reasons"): "request weigh-reasons",
    (REQUEST.name, "set_delay"): "request delay",
    (REQUEST.name, "charge"): "request charge",
    (REQUEST.name, "pay"): "request paid",
    (REQUEST.name, "abandon"): "request abandon",
    (REQUEST.name, "withdraw"): "request withdraw",
    (REQUEST.name, "transfer"): "request transfer",
    (REQUEST.name, "reply"): "request reply",
    (REQUEST.name, "erase"): "request erase",
}
_OF_FILES = ("item draft", "request receive")
_OF_UNITS = ("request erase",)


def as_option(*, about: str = "") -> Callable[[Any], Any]:
    """``--as ACCOUNT``."""
    return option(
        "--as",
        "account",
        envvar="GOVOPEN_ACTOR",
        metavar="ACCOUNT",
        about=about or N_("Who acts: an account under [actors] in govopen.toml. Default: GOVOPEN_ACTOR."),
    )


def actor_of(office: Office, account: str | None) -> Actor:
    """The actor of an account.

    Raises:
        InputError: None is named, or the workspace knows none of that name.
    """
    known = office.workspace.actors
    if not known:
        raise InputError(
            N_("The workspace names nobody who may act."),
            hint=N_("Add [actors.ACCOUNT] with the roles of the account to govopen.toml."),
        )
    if not account:
        raise InputError(
            N_("Nobody is named as acting."),
            hint=N_("Give --as ACCOUNT, or set GOVOPEN_ACTOR. There are: {names}."),
            names=", ".join(known),
        )
    known_only([account], known, N_("The workspace has no account '{word}'."))
    return known[account]


@contextmanager
def refusing(office: Office) -> Iterator[None]:
    """Let a refusal also say which accounts of the workspace may take the steps that can be taken.

    Raises:
        TransitionRefused: With the fact ``accounts``.
    """
    try:
        yield
    except TransitionRefused as error:
        unit, possible = error.facts.get("unit"), error.facts.get("possible")
        if "instead" not in error.facts or not isinstance(unit, str) or not isinstance(possible, tuple):
            raise
        roles = dict.fromkeys(Role(each.rpartition(":")[2]) for each in possible)
        held = [actor.id for actor in office.workspace.actors.values() if any(actor.may(role, unit) for role in roles)]
        raise TransitionRefused(
            error.message,
            hint=N_("What can be done there, and by whom: {instead} Accounts with these roles: {accounts}."),
            **{**error.facts, "accounts": ", ".join(sorted(held)) or "-"},
        ) from error


def steps_from(
    office: Office, workflow: Workflow[Any], state: Label | None, unit: str, id_: str
) -> tuple[NextStep, ...]:
    """What can be done with a record from a state, by whom, with which command."""
    return next_steps(
        workflow,
        state,
        unit,
        office.workspace.actors.values(),
        lambda name: _call(workflow.name, name, id_, unit),
    )


def _call(workflow: str, name: str, id_: str, unit: str) -> str:
    found = _COMMANDS.get((workflow, name), "")
    what = "FILE" if found in _OF_FILES else f"--unit {unit}" if found in _OF_UNITS else id_
    return f"govopen {found} {what}" if found else ""


def say_done(  # noqa: PLR0917 - what was done to which record, and where that leaves it
    office: Office, words: Words, workflow: Workflow[Any], step: str, id_: str, unit: str, state: Label | None
) -> None:
    """Print what was done, where the record stands now, and who may do what next."""
    sheet = Sheet(console(), words)
    sheet.line(words.say("{id}: {step}: done.", id=id_, step=workflow.transition(step).title), 0)
    if state is not None:
        sheet.line(words.say("It now stands at: {state}", state=words.coded(state)), 0)
    sheet.section(words.say("What can be done next"), step_lines(steps_from(office, workflow, state, unit, id_), words))
