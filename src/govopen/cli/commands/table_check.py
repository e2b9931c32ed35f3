"""``govopen table check`` and ``govopen table verify``."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from govopen.cli.base import argument, command, one_of, option
from govopen.cli.failures import FAILED, OK
from govopen.cli.output import console, emit, note
from govopen.cli.parameters import FILE, known_only, output_option, words_of
from govopen.cli.session import session_of
from govopen.cli.tables import checked, open_table, open_tables
from govopen.discretion.certificate import certificates
from govopen.discretion.certificate import verify as verify_certificate
from govopen.discretion.pieces import Rejected
from govopen.discretion.properties import PROPERTIES, Verdict
from govopen.errors import InputError
from govopen.report.tables.checked import CheckedTable
from govopen.report.tables.document import table_report_json
from govopen.report.tables.text import print_checked
from govopen.texts import N_

__all__ = ["check", "verify"]

_CAN_FAIL = (Verdict.REFUTED, Verdict.UNKNOWN)
_MOST = 64_000_000
"""Bytes of a certificate."""


@command(
    "check",
    about=N_(
        "Prove of each table that every case has a row, that rows do not contradict each other, that graver facts give "
        "no lighter outcome, that every tier lies inside the statutory range, and more; or refute it with a case."
    ),
)
@argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE, about=N_("Tables: TOML, DMN or XLSX."))
@option("--name", metavar="TABLE", about=N_("Which table, of files that hold several."))
@option("--format", "form", type=one_of("text", "json"), default="text", about=N_("Default: text."))
@option(
    "--fail-on",
    metavar="SET",
    default="refuted,unknown",
    about=N_("refuted, unknown, or both with a comma: the exit status is 1 if there is any. Default: both."),
)
@option(
    "--certificates",
    "folder",
    type=FILE,
    metavar="DIR",
    about=N_("Write a certificate of each property that is proved or refuted to this folder."),
)
@output_option(about=N_("Write to a file. Default: print it."))
@click.pass_context
def check(
    ctx: click.Context,
    /,
    *,
    files: tuple[Path, ...],
    name: str | None,
    form: str,
    fail_on: str,
    folder: Path | None,
    output: Path | None,
) -> int:
    """Prove or refute what tables have to be."""
    lang, words = session_of(ctx).lang, session_of(ctx).words
    wanted = words_of(fail_on)
    known_only(wanted, [verdict.value for verdict in _CAN_FAIL], N_("--fail-on does not take '{word}'."))
    found = checked(open_tables(files, name))
    if folder is not None:
        written = _write(found, folder)
        note(words.say("Certificates written to {folder}: {count}", folder=str(folder), count=written))
    if form == "json":
        emit(table_report_json(found, lang), output)
    else:
        text = io.StringIO()
        out = console() if output is None else console(text)
        for entry in found:
            print_checked(entry, out, lang)
        if output is not None:
            emit(text.getvalue(), output)
    if output is not None:
        note(words.say("Written: {file}", file=str(output)))
    verdicts = {held.verdict.value for entry in found for held in entry.proofs.properties.values()}
    return FAILED if verdicts & set(wanted) else OK


def _write(found: Iterable[CheckedTable], folder: Path) -> int:
    """One file for each certificate, named after the table's file and the property; how many."""
    files: dict[str, dict[str, Any]] = {}
    for entry in found:
        for name, certificate in certificates(entry.table, entry.proofs).items():
            file = f"{Path(entry.source).name}.{name}.json"
            if file in files:
                raise InputError(
                    N_("Certificates of two files would both be written to {file}."),
                    hint=N_("Check files of one name one by one, with a folder for each."),
                    file=str(folder / file),
                )
            files[file] = certificate
    folder.mkdir(parents=True, exist_ok=True)
    for file, certificate in files.items():
        text = json.dumps(certificate, ensure_ascii=False, indent=1)
        (folder / file).write_bytes(f"{text}\n".encode())
    return len(files)


@command(
    "verify",
    about=N_(
        "Check again that a certificate shows what it claims of a table. The checker shares no search with what made "
        "the certificate. The exit status is 1 if it does not."
    ),
)
@argument("certificate", metavar="CERTIFICATE", type=FILE, about=N_("A file that govopen table check wrote."))
@argument("file", metavar="TABLE", type=FILE, about=N_("The table: TOML, DMN or XLSX."))
@option("--name", metavar="TABLE", about=N_("Which table, of a file that holds several."))
@click.pass_context
def verify(ctx: click.Context, /, *, certificate: Path, file: Path, name: str | None) -> int:
    """Check a certificate again."""
    words = session_of(ctx).words
    held = _read(certificate)
    table = open_table(file, name).table
    try:
        verify_certificate(held, table)
    except Rejected as error:
        note(words.say("Rejected: {reason}", reason=str(error)))
        return FAILED
    title = words.text(next(text for key, text in PROPERTIES.items() if key == held["property"]))
    verdict = words.label(Verdict(held["verdict"]))
    console().print(
        words.say("The certificate holds: {property}: {verdict}", property=title, verdict=verdict), soft_wrap=True
    )
    return OK


def _read(path: Path) -> dict[str, Any]:
    content = b""
    with path.open("rb") as file:
        content = file.read(_MOST + 1)
    try:
        held = json.loads(content) if len(content) <= _MOST else None
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict):
        raise InputError(
            N_("{file} is no certificate."),
            hint=N_("Accepted: a file that govopen table check --certificates wrote."),
            file=str(path),
        )
    return held
