"""Discretion tables that a command works on: read, compiled under the law of their date, with all problems at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from govopen.discretion.compiling import compile_table
from govopen.discretion.proving import prove
from govopen.discretion.table import Table
from govopen.discretion.wording import IntervalWords, interval_words
from govopen.errors import InputError, NotComputable, Problem
from govopen.interchange.lines import unopened
from govopen.interchange.tables.files import read_table
from govopen.model.discretion import DiscretionTable
from govopen.plugins.registry import Registry
from govopen.policy.library import Library
from govopen.policy.matter import Provision
from govopen.report.tables.checked import CheckedTable, Remark, RemarkKind, remarks_on_law
from govopen.rules.discretion_common import INTERVAL_WORDS
from govopen.texts import N_, Text

__all__ = ["OpenedTable", "checked", "open_table", "open_tables"]

_OF_ONE = (".toml", ".xlsx")
"""Files that hold one table."""

_UNDATED = Text(
    "本表没有印发日期，也没有施行日期；“以上”“以下”等词按现行的{law}理解。",
    "The table has neither a date of issue nor a first day; its words of interval are read by the law now in force "
    "({law}).",
)
_BEFORE = Text(
    "{day}时没有法律规定“以上”“以下”等词是否含本数；按现行的{law}理解。",
    "On {day} no law said which words of interval include the number; they are read by the law now in force ({law}).",
)
_UNREAD = Text(
    "{law}关于“以上”“以下”等词的规定没有人对照法律文本核对过。",
    "Nobody has verified in a copy of the text what {law} says of words of interval.",
)


@attrs.frozen(kw_only=True)
class OpenedTable:
    """A table, compiled.

    Attributes:
        path: The file.
        words: Which words of interval include their number, by ``provision``.
        worded_on: The day that picked the provision; ``None``: that in force now was taken.
        laws: The titles of what the provision rests on.
        remarks: What is to be said of the choice.
    """

    path: Path
    table: Table
    words: IntervalWords
    provision: Provision
    worded_on: dt.date | None
    laws: tuple[Text, ...]
    remarks: tuple[Remark, ...]


def open_tables(paths: Sequence[Path], name: str | None) -> list[OpenedTable]:
    """The tables of files.

    Args:
        paths: Files, each with a table, or with several of which ``name`` picks one.
        name: Its name or identifier.

    Raises:
        InputError: With every problem of every file.
    """
    library = Registry.load().library
    found: list[OpenedTable] = []
    problems: list[Problem] = []
    errors: list[InputError] = []
    for path in dict.fromkeys(paths):
        try:
            found.append(_open(path, name, library))
        except InputError as error:
            errors.append(error)
            problems += error.problems or [_of_error(path, error)]
        except OSError as error:
            problems.append(unopened(path, error))
    if not problems:
        return found
    if len(paths) == len(errors) == 1:
        raise errors[0]
    raise InputError(N_("Discretion tables cannot be read."), problems=problems)


def open_table(path: Path, name: str | None) -> OpenedTable:
    """The table of one file.

    Raises:
        InputError: With every problem.
    """
    (found,) = open_tables([path], name)
    return found


def _of_error(path: Path, error: InputError) -> Problem:
    return Problem(where=str(path), message=error.message, accepted=error.hint, facts=error.facts)


def _open(path: Path, name: str | None, library: Library) -> OpenedTable:
    document = read_table(path, name=name)
    if name is not None and path.suffix.lower() in _OF_ONE and name not in (document.id, document.title):
        raise InputError(
            N_("{file} holds the table {id}, and none that is called {name}."),
            hint=N_("Leave the name out, or name another file."),
            file=str(path),
            id=document.id,
            name=name,
        )
    provision, day, remarks = _provision(document, library)
    words = interval_words(provision)
    return OpenedTable(
        path=path,
        table=compile_table(document, words=words, where=str(path)),
        words=words,
        provision=provision,
        worded_on=day,
        laws=_laws(provision, library),
        remarks=remarks,
    )


def _provision(document: DiscretionTable, library: Library) -> tuple[Provision, dt.date | None, tuple[Remark, ...]]:
    """The law on words of interval for a table: that of the day of its issue, else of its first day."""
    matter = library.matter(INTERVAL_WORDS)
    day = document.issued_on or document.since
    current = matter.provisions[-1]
    facts = {"law": "、".join(map(str, current.basis))}
    if day is None:
        return current, None, (Remark(message=_UNDATED, facts=facts),)
    try:
        found = matter.on(day)
    except NotComputable:
        return current, None, (Remark(message=_BEFORE, facts=facts | {"day": day.isoformat()}),)
    if found.verified:
        return found, day, ()
    facts = {"law": "、".join(map(str, found.basis))}
    return found, day, (Remark(kind=RemarkKind.WARNING, message=_UNREAD, facts=facts),)


def _laws(provision: Provision, library: Library) -> tuple[Text, ...]:
    """Titles with article numbers."""
    found = []
    for citation in provision.basis:
        title = library.instrument(citation.instrument).title
        found.append(Text(f"{title.zh}第{citation.clause}条", f"{title.en}, article {citation.clause}"))
    return tuple(found)


def checked(opened: Iterable[OpenedTable]) -> list[CheckedTable]:
    """The tables with all that can be proved of them."""
    return [
        CheckedTable(
            source=str(entry.path),
            table=entry.table,
            proofs=prove(entry.table, words=entry.words),
            provision=entry.provision,
            worded_on=entry.worded_on,
            laws=entry.laws,
            remarks=(*entry.remarks, *remarks_on_law(entry.table)),
        )
        for entry in opened
    ]
