"""``govopen coverage``."""

from __future__ import annotations

import io
from pathlib import Path

import click

from govopen.checking.coverage import Answer, coverage
from govopen.cli.base import argument, command, one_of, option
from govopen.cli.failures import FAILED, OK
from govopen.cli.law import registry_of
from govopen.cli.output import console, emit, note
from govopen.cli.parameters import known_only, output_option, words_of, workspace_option
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.report.coverage import coverage_html, coverage_json, coverage_markdown, print_coverage
from govopen.texts import N_

__all__ = ["show_coverage"]

_CAN_FAIL = (Answer.UNMAPPED, Answer.DOWNGRADED)


@command(
    "coverage",
    about=N_(
        "Show what answers each obligation of an instrument: rules, evidence, judgement or nothing. No record is read."
    ),
)
@argument(
    "instrument",
    metavar="INSTRUMENT",
    required=False,
    default="panyu-2011",
    about=N_("Identifier of the instrument. Default: panyu-2011."),
)
@workspace_option(default=None, about=N_("A workspace, for instruments of its own."))
@option("--format", "form", type=one_of("text", "json", "md", "html"), default="text", about=N_("Default: text."))
@output_option(about=N_("Write to a file. Default: print it."))
@option(
    "--fail-on",
    metavar="SET",
    default="",
    about=N_("unmapped, downgraded, or both with a comma: the exit status is 1 if there is any."),
)
@click.pass_context
def show_coverage(
    ctx: click.Context, /, *, instrument: str, workspace: Path | None, form: str, output: Path | None, fail_on: str
) -> int:
    """Show what answers each obligation."""
    lang, words = session_of(ctx).lang, session_of(ctx).words
    wanted = words_of(fail_on)
    known_only(wanted, [answer.value for answer in _CAN_FAIL], N_("--fail-on does not take '{word}'."))
    registry = registry_of(workspace)
    known_only([instrument], registry.library.instruments, N_("There is no instrument '{word}'."))
    found = coverage(registry.library.instrument(instrument), registry.rules)
    if not found.obligations:
        listed = [each.id for each in registry.library.instruments.values() if any(True for _ in each.obligations())]
        raise InputError(
            N_("{instrument} is here only for what rules cite; its obligations are not listed."),
            hint=N_("Listed are those of: {names}."),
            instrument=instrument,
            names=", ".join(listed),
        )
    if form == "json":
        emit(coverage_json(found), output)
    elif form == "md":
        emit(coverage_markdown(found, lang), output)
    elif form == "html":
        emit(coverage_html(found, lang), output)
    elif output is None:
        print_coverage(found, console(), lang)
    else:
        text = io.StringIO()
        print_coverage(found, console(text), lang)
        emit(text.getvalue(), output)
    if output is not None:
        note(words.say("Written: {file}", file=str(output)))
    summary = found.summary()
    return FAILED if any(summary[answer] for answer in _CAN_FAIL if answer.value in wanted) else OK
