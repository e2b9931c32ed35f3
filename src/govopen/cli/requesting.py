"""What the commands of ``govopen request`` share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from govopen.calendars.overlay_file import load_overlay
from govopen.cli.acting import actor_of, as_option, refusing, say_done
from govopen.cli.base import argument
from govopen.cli.parameters import workspace_option
from govopen.cli.session import session_of
from govopen.model.actors import Actor
from govopen.model.requests import Request
from govopen.model.units import Unit
from govopen.office.facade import Office
from govopen.rules.context import Context
from govopen.texts import N_
from govopen.workflow.request_table import REQUEST, state_of

__all__ = ["context_of", "request_command", "take_step"]


def context_of(office: Office, unit_id: str) -> Context:
    """The law and the calendar of a unit, today."""
    found = office.store.get(Unit, unit_id)
    jurisdiction = found.record.jurisdiction if found is not None else ""
    overlays = tuple(load_overlay(path) for path in office.workspace.overlay_files)
    return Context(
        as_of=office.today,
        library=office.registry.library,
        calendar=office.registry.calendar_for(jurisdiction, overlays),
        parameters={},
    )


def request_command(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command below what every step takes: the request, the workspace, who acts."""
    function = as_option()(click.pass_context(function))
    function = workspace_option(about=N_("The workspace. Default: this folder."))(function)
    taken: Callable[..., Any] = argument("request_id", metavar="ID", about=N_("Identifier of the request."))(function)
    return taken


def take_step(
    ctx: click.Context, workspace: Path, account: str | None, step: str, act: Callable[[Office, Actor], Request]
) -> None:
    """Take a step, and say what was done, where the request stands and who may do what next."""
    with Office.open(workspace) as office:
        with refusing(office):
            done = act(office, actor_of(office, account))
        state = state_of(done, context_of(office, done.unit))
        say_done(office, session_of(ctx).words, REQUEST, step, done.id, done.unit, state)
