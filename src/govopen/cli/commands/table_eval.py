"""``govopen table eval``."""

from __future__ import annotations

import io
from pathlib import Path

import click

from govopen.cli.base import argument, command, one_of, option
from govopen.cli.cases import decided_cases, facts_of
from govopen.cli.failures import FAILED, OK
from govopen.cli.output import console, emit, note
from govopen.cli.parameters import FILE, output_option
from govopen.cli.session import session_of
from govopen.cli.tables import open_table
from govopen.errors import InputError
from govopen.report.tables.decision import (
    DecidedCase,
    decisions_csv,
    decisions_json,
    print_decision,
    print_decisions,
)
from govopen.texts import N_

__all__ = ["evaluate"]


@command(
    "eval",
    about=N_(
        "Decide one case, given as FACT=VALUE, or each line of a CSV: tier, outcome, and which condition held by which "
        "fact; or what is missing, or which rows contradict each other. Facts that are not known are left out. The "
        "exit status is 1 if a case is not decided."
    ),
)
@argument("file", metavar="FILE", type=FILE, about=N_("The table: TOML, DMN or XLSX."))
@argument(
    "facts",
    metavar="[FACT=VALUE...]",
    nargs=-1,
    about=N_("Facts by name or label of an input, with a value as conditions write it: times=2."),
)
@option("--cases", type=FILE, metavar="CSV", about=N_("Decide each line of it. Its headings are names or labels."))
@option("--encoding", metavar="NAME", about=N_("Encoding of the CSV if it is not UTF-8: gb18030."))
@option("--name", metavar="TABLE", about=N_("Which table, of a file that holds several."))
@option("--format", "form", type=one_of("text", "json", "csv"), default="text", about=N_("Default: text."))
@output_option(about=N_("Write to a file. Default: print it."))
@click.pass_context
def evaluate(
    ctx: click.Context,
    /,
    *,
    file: Path,
    facts: tuple[str, ...],
    cases: Path | None,
    encoding: str | None,
    name: str | None,
    form: str,
    output: Path | None,
) -> int:
    """Decide cases."""
    lang, words = session_of(ctx).lang, session_of(ctx).words
    if cases is not None and facts:
        raise InputError(
            N_("Facts and --cases do not go together."),
            hint=N_("Write the facts of one case, or name a CSV of cases."),
        )
    table = open_table(file, name).table
    if cases is not None:
        found = decided_cases(table, cases, encoding)
    else:
        case = table.read_case(facts_of(table, facts))
        found = [DecidedCase(case=case, decision=table.decide(case))]
    if form == "json":
        emit(decisions_json(table, found, many=cases is not None), output)
    elif form == "csv":
        # Spreadsheets take a file without the mark for one in the encoding of the machine.
        mark = "\ufeff" if output is not None else ""
        emit(mark + decisions_csv(table, found, lang), output)
    else:
        text = io.StringIO()
        out = console() if output is None else console(text)
        if cases is not None:
            print_decisions(table, found, out, lang)
        else:
            print_decision(table, found[0], out, lang)
        if output is not None:
            emit(text.getvalue(), output)
    if output is not None:
        note(words.say("Written: {file}", file=str(output)))
    return OK if all(entry.decision.status == "decided" for entry in found) else FAILED
