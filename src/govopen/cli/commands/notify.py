"""``govopen notify``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from govopen.cli.base import command, one_of, option
from govopen.cli.failures import FAILED, OK, PLUGIN_FAILED
from govopen.cli.output import console, emit
from govopen.cli.parameters import workspace_option
from govopen.cli.session import session_of
from govopen.cli.words import Words
from govopen.errors import InputError
from govopen.office.facade import Office
from govopen.office.listening import NotificationReport, Told
from govopen.report.sheet import Sheet
from govopen.texts import N_

__all__ = ["notify"]


@command(
    "notify",
    about=N_(
        "Tell the listeners of the workspace which records changed since they were told the last time. Every other "
        "command does so, too, when it ends; this one says what came of it."
    ),
)
@workspace_option(about=N_("The workspace. Default: this folder."))
@option("--listener", "names", multiple=True, metavar="NAME", about=N_("Only this listener. Can be repeated."))
@option("--format", "form", type=one_of("text", "json"), default="text", about=N_("Default: text."))
@click.pass_context
def notify(ctx: click.Context, /, *, workspace: Path, names: tuple[str, ...], form: str) -> int:
    """Notify; the status says whether anyone fails."""
    with Office.open(workspace) as office:
        report = office.notify(names or None)
    if form == "json":
        emit(json.dumps([_plain(each) for each in report.listeners], ensure_ascii=False, indent=1) + "\n", None)
    else:
        _print(report, session_of(ctx).words)
    failing = [each for each in report.listeners if each.failing is not None]
    if any(not isinstance(each.error, InputError) for each in failing):
        return PLUGIN_FAILED
    return FAILED if failing else OK


def _print(report: NotificationReport, words: Words) -> None:
    sheet = Sheet(console(), words)
    if not report.listeners:
        sheet.line(words.say("Nobody listens to this workspace. Listeners are named under [listeners]."), 0)
    for each in report.listeners:
        sheet.line(words.say("{name}: told of {count} changes", name=each.name, count=each.told), 0)
        if each.anew:
            sheet.line(words.say("from the beginning: it is new, or the store is another one or was restored"))
        if (failing := each.failing) is not None:
            sheet.line(
                words.say(
                    "failing since {since}, {times} times: {error} at change {seq}",
                    since=failing.since.isoformat(timespec="seconds"),
                    times=failing.times,
                    error=failing.error,
                    seq=failing.seq,
                )
            )
        for line in words.error(each.error) if each.error is not None else ():
            sheet.line(line)


def _plain(told: Told) -> dict[str, Any]:
    failing = told.failing
    return {
        "listener": told.name,
        "told": told.told,
        "anew": told.anew,
        "failing": None
        if failing is None
        else {
            "since": failing.since.isoformat(),
            "times": failing.times,
            "error": failing.error,
            "seq": failing.seq,
        },
    }
