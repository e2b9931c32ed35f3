"""``govopen check``."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import attrs
import click

from govopen.checking.algebra import Status
from govopen.checking.result import FAIL_ON, CheckReport
from govopen.checking.selection import Selection
from govopen.cli.base import command, one_of, option
from govopen.cli.failures import FAILED, OK
from govopen.cli.output import console, emit, note, progress
from govopen.cli.parameters import DATE, TIME, known_only, output_option, words_of, workspace_option
from govopen.cli.selecting import check_selection
from govopen.cli.session import session_of
from govopen.cli.words import Words
from govopen.errors import InputError
from govopen.office.facade import Office
from govopen.report.document import report_json
from govopen.report.html import report_html
from govopen.report.junit import report_junit
from govopen.report.sarif import report_sarif
from govopen.report.text import print_report
from govopen.rules.base import Severity
from govopen.texts import N_, Language

__all__ = ["check", "fails", "parse_fail_on"]

_FORMATS = ("text", "json", "html", "sarif", "junit")

_FOR_MACHINES = ("sarif", "junit")
_AWAITING = "awaiting"
_NOTICES = "notices"
_NONE = "none"
_DEFAULT = ",".join(status.value for status in Status if status in FAIL_ON)


@attrs.frozen
class FailOn:
    """What makes a run fail: statuses, and whether any notice does."""

    statuses: frozenset[Status]
    notices: bool = False


def parse_fail_on(text: str) -> FailOn:
    """Read the value of ``--fail-on``.

    Raises:
        InputError: A word that is no status, or ``none`` together with others.
    """
    words = words_of(text)
    by_value = {status.value: status for status in Status}
    known_only(words, [*by_value, _AWAITING, _NOTICES, _NONE], N_("There is no status '{word}'."))
    if not words or (_NONE in words and len(words) > 1):
        raise InputError(N_("--fail-on takes statuses with commas between them, or the word none alone."))
    statuses = {by_value[word] for word in words if word not in (_AWAITING, _NOTICES, _NONE)}
    if _AWAITING in words:
        statuses |= {Status.AWAITING_EVIDENCE, Status.AWAITING_JUDGEMENT}
    return FailOn(frozenset(statuses), notices=_NOTICES in words)


def fails(report: CheckReport, fail_on: FailOn) -> bool:
    """Whether the run fails."""
    return report.fails(fail_on.statuses) or (fail_on.notices and bool(report.notices))


@command(
    "check",
    about=N_(
        "Check the records against the obligations of the workspace's instruments, and report clause by clause what "
        "holds, what fails, what is awaited and what nobody checks."
    ),
)
@workspace_option(about=N_("The workspace. Default: this folder."))
@option(
    "--as-of",
    type=DATE,
    metavar="DATE",
    about=N_("The legal day: it picks the law and hides what happened later. Default: today in Shanghai."),
)
@option("--known-at", type=TIME, metavar="TIME", about=N_("Read the records as they stood then."))
@option("--unit", "units", multiple=True, metavar="ID", about=N_("Only this unit. Can be repeated."))
@option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="ID",
    about=N_("Only this clause and those below it, or this obligation: 1.3, 1.3/o2. Can be repeated."),
)
@option("--rule", "rules", multiple=True, metavar="CODE", about=N_("Only this rule: SEC002, SEC*. Can be repeated."))
@option("--area", "areas", multiple=True, metavar="AREA", about=N_("Only obligations of this area. Can be repeated."))
@option(
    "--min-severity",
    type=one_of(*(severity.value for severity in Severity)),
    default=Severity.ADVICE.value,
    about=N_("Only rules of this severity or a graver one."),
)
@option("--details", is_flag=True, about=N_("Say also what was measured where a rule passes."))
@option("--format", "form", type=one_of(*_FORMATS), default="text", about=N_("Default: text."))
@output_option(about=N_("Write the report to a file. Default: print it."))
@option(
    "--fail-on",
    metavar="SET",
    default=_DEFAULT,
    about=N_(
        "Statuses that make the exit status 1, with commas between them; also awaiting, notices, none. "
        "Default: violated,error,undecidable,stale."
    ),
)
@option(
    "--write-baseline",
    is_flag=True,
    about=N_("Accept the findings of this run: from the next one on they no longer make a run fail."),
)
@click.pass_context
def check(
    ctx: click.Context,
    /,
    *,
    workspace: Path,
    as_of: dt.date | None,
    known_at: dt.datetime | None,
    details: bool,
    form: str,
    output: Path | None,
    fail_on: str,
    write_baseline: bool,
    **chosen: Any,
) -> int:
    """Check the records of a workspace."""
    session = session_of(ctx)
    wanted = parse_fail_on(fail_on)
    selection = Selection(
        units=chosen["units"],
        clauses=chosen["clauses"],
        rules=chosen["rules"],
        areas=chosen["areas"],
        min_severity={each.value: each for each in Severity}[chosen["min_severity"]],
    )
    if write_baseline and not selection.everything:
        raise InputError(
            N_("A baseline is written from a run that leaves nothing out."),
            hint=N_("What it does not hold would fail again. Leave out the options that select."),
        )
    with Office.open(workspace) as office:
        known = office.store.at(known_at) if known_at is not None else office.store
        units = [unit.id for unit in known.units()]
        check_selection(
            selection,
            units=units,
            instruments=[office.registry.library.instrument(each.id) for each in office.workspace.settings.instruments],
            rules=office.registry.rules,
        )
        report = _run(
            office,
            [unit for unit in units if selection.takes_unit(unit)],
            as_of=as_of,
            known_at=known_at,
            selection=selection,
            detailed=details,
        )
        if form in _FOR_MACHINES:
            emit(_for_machine(form, report, wanted, session.lang, office), output)
        else:
            emit_report(report, form, output, session.lang, heading=office.workspace.name)
        if output is not None:
            _written(report, wanted, output, session.words)
        if write_baseline:
            path = office.accept_findings(report)
            note(session.words.say("Baseline written: {file}", file=str(path)))
    return FAILED if fails(report, wanted) else OK


def _for_machine(form: str, report: CheckReport, fail_on: FailOn, lang: Language, office: Office) -> bytes:
    """The forms that say themselves whether the run fails."""
    name = office.workspace.name
    if form == "junit":
        return report_junit(report, lang, heading=name, fail_on=fail_on.statuses, notices_fail=fail_on.notices)
    return report_sarif(
        report,
        lang,
        heading=name,
        exit_code=FAILED if fails(report, fail_on) else OK,
        baseline=bool(office.workspace.baseline.fingerprints),
    )


def _written(report: CheckReport, fail_on: FailOn, output: Path, words: Words) -> None:
    """Say what became of the run: nothing else is printed when a report goes to a file."""
    note(words.say("Written: {file}", file=str(output)))
    note(words.say("Obligations that make the check fail: {count}", count=len(report.failing(fail_on.statuses))))
    if fail_on.notices:
        note(words.say("Notices that make the check fail: {count}", count=len(report.notices)))


def _run(office: Office, units: list[str], **wanted: Any) -> CheckReport:
    with progress() as bar:
        task = bar.add_task("", total=len(units))

        def on_unit(unit: str) -> None:
            bar.update(task, description=unit, advance=1)

        return office.check(**wanted, on_unit=on_unit)


def emit_report(report: CheckReport, form: str, output: Path | None, lang: Language, *, heading: str) -> None:
    """Write or print a report as text, JSON or HTML."""
    if form == "json":
        emit(report_json(report, lang), output)
    elif form == "html":
        emit(report_html(report, lang, heading=heading), output)
    elif output is None:
        print_report(report, console(), lang)
    else:
        text = io.StringIO()
        print_report(report, console(text), lang)
        emit(text.getvalue(), output)
