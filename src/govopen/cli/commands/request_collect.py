"""``govopen request collect``: what people sent in by mail, forms and other systems."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import click

from govopen.cli.acting import actor_of, as_option
from govopen.cli.base import command, one_of, option
from govopen.cli.failures import FAILED, OK, PLUGIN_FAILED
from govopen.cli.output import console, emit
from govopen.cli.parameters import workspace_option
from govopen.cli.requesting import context_of
from govopen.cli.session import session_of
from govopen.cli.words import Words
from govopen.model.requests import Request
from govopen.office.collection import ChannelReport, CollectionReport, Taken
from govopen.office.facade import Office
from govopen.report.sheet import Sheet
from govopen.texts import N_
from govopen.workflow.request_table import state_of

__all__ = ["collect"]


@command(
    "collect",
    about=N_(
        "Take in what waits in the channels of the workspace. Each submission becomes a request, once; the law of the "
        "day of arrival and the channel make the date of receipt. Nothing of what anybody wrote is printed."
    ),
)
@workspace_option(about=N_("The workspace. Default: this folder."))
@option("--channel", "names", multiple=True, metavar="NAME", about=N_("Only this section. Can be repeated."))
@option("--format", "form", type=one_of("text", "json"), default="text", about=N_("Default: text."))
@as_option()
@click.pass_context
def collect(ctx: click.Context, /, *, workspace: Path, names: tuple[str, ...], form: str, account: str | None) -> int:
    """Collect; the status says whether a channel failed or a submission was refused."""
    with Office.open(workspace) as office:
        report = office.collect(actor_of(office, account), names or None)
        if form == "text":
            _print(report, office, session_of(ctx).words)
    if form == "json":
        document = [_plain(each) for each in report.channels]
        emit(json.dumps(document, ensure_ascii=False, indent=1) + "\n", None)
    return _status(report)


def _status(report: CollectionReport) -> int:
    if any(each.at_fault for each in report.channels):
        return PLUGIN_FAILED
    return FAILED if any(each.failure is not None or each.refused for each in report.channels) else OK


def _print(report: CollectionReport, office: Office, words: Words) -> None:
    sheet = Sheet(console(), words)
    if not report.channels:
        sheet.line(words.say("The workspace has no channel. Channels are named under [channels] in govopen.toml."), 0)
    for each in report.channels:
        sheet.title(f"{each.name} ({each.channel})")
        sheet.line(
            words.say(
                "taken in: {taken}, there already: {again}, refused: {refused}",
                taken=len(each.taken),
                again=len(each.again),
                refused=len(each.refused),
            )
        )
        sheet.section(words.say("Requests"), (_taken(one, office, words) for one in each.taken))
        sheet.section(words.say("Refused, and left in the channel"), (f"{one.ref}: {one.code}" for one in each.refused))
        if each.failure is not None:
            sheet.section(words.say("The channel failed; the rest comes the next time"), words.error(each.failure))


def _taken(taken: Taken, office: Office, words: Words) -> str:
    found = office.store.get(Request, taken.request)
    assert found is not None
    state = state_of(found.record, context_of(office, found.record.unit))
    return words.say(
        "{id}: called {kind}; date of receipt {on}, {state}",
        id=taken.request,
        kind=words.coded(taken.kind),
        on=taken.received_on,
        state=words.coded(state),
    )


def _plain(report: ChannelReport) -> dict[str, Any]:
    return {
        "section": report.name,
        "channel": report.channel,
        "unit": report.unit,
        "taken": [
            {"request": each.request, "kind": each.kind.value, "received_on": each.received_on.isoformat()}
            for each in report.taken
        ],
        "again": list(report.again),
        "refused": [attrs.asdict(each) for each in report.refused],
        "waiting": list(report.waiting),
        "failure": None if report.failure is None else type(report.failure).__name__,
        "code": getattr(report.failure, "code", ""),
    }
