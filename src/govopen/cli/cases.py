"""Cases for a discretion table, from the command line and from CSV files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import attrs

from govopen.discretion.table import Table
from govopen.errors import InputError, Problem
from govopen.interchange.limits import Limits
from govopen.interchange.lines import lines_of
from govopen.report.tables.decision import DecidedCase
from govopen.texts import N_

__all__ = ["decided_cases", "facts_of"]


def _names(table: Table) -> dict[str, str]:
    """The names of inputs, by name and by label."""
    return {axis.label: axis.name for axis in table.axes if axis.label} | {axis.name: axis.name for axis in table.axes}


def facts_of(table: Table, texts: Sequence[str]) -> dict[str, str]:
    """The facts of the command line.

    Raises:
        InputError: All that are not written as such, or stand twice.
    """
    names = _names(table)
    found: dict[str, str] = {}
    problems = []
    for text in texts:
        word, sign, value = text.partition("=")
        name = names.get(word.strip(), word.strip())
        if not sign or not name:
            problems.append(
                Problem(
                    where="case",
                    path=text,
                    message=N_("This is no fact with its value."),
                    accepted=N_("Accepted: FACT=VALUE, such as times=2."),
                )
            )
        elif name in found:
            problems.append(_twice("case", word.strip()))
        found[name] = value
    if problems:
        raise InputError(N_("The case does not fit the table."), problems=problems)
    return found


def _twice(where: str, name: str) -> Problem:
    return Problem(where=where, path=name, message=N_("The fact stands twice."), accepted=N_("Give one value of it."))


def decided_cases(table: Table, path: Path, encoding: str | None) -> list[DecidedCase]:
    """Each line of a CSV, decided.

    Raises:
        InputError: With every line that is wrong, up to a limit.
    """
    problems: list[Problem] = []
    limit = Limits().problems
    found: list[DecidedCase] = []
    rows = _rows(path, encoding, problems)
    first = next(rows, (1, []))
    headings = [cell.strip() for cell in first[1]]
    if not problems:
        _check_headings(table, headings, f"{path}:{first[0]}")
    for number, cells in rows:
        where = f"{path}:{number}"
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(headings):
            problems.append(
                Problem(
                    where=where,
                    message=N_("The line has {count} cells, the headings are {expected}."),
                    accepted=N_("Accepted: a cell for each heading; a blank one for what is not known."),
                    facts={"count": len(cells), "expected": len(headings)},
                )
            )
        elif (entry := _decided(table, dict(zip(headings, cells, strict=True)), number, where, problems)) is not None:
            found.append(entry)
        if len(problems) >= limit:
            break
    if problems:
        raise InputError(N_("Cases cannot be decided."), problems=problems)
    return found


def _decided(
    table: Table, texts: dict[str, str], number: int, where: str, problems: list[Problem]
) -> DecidedCase | None:
    try:
        case = table.read_case(texts)
        return DecidedCase(case=case, decision=table.decide(case), line=number)
    except InputError as error:
        own = Problem(where=where, message=error.message, accepted=error.hint, facts=error.facts)
        problems += [attrs.evolve(problem, where=where) for problem in error.problems] or [own]
        return None


def _check_headings(table: Table, headings: Sequence[str], where: str) -> None:
    """Every heading is an input, and no input has two.

    Raises:
        InputError: Naming those that are not.
    """
    names = _names(table)
    problems = []
    seen: set[str] = set()
    for heading in headings:
        name = names.get(heading)
        if name is None:
            problems.append(
                Problem(
                    where=where,
                    path=heading,
                    message=N_("The table has no input of this name."),
                    accepted=N_("There are: {names}."),
                    facts={"names": ", ".join(axis.name for axis in table.axes)},
                )
            )
        elif name in seen:
            problems.append(_twice(where, heading))
        else:
            seen.add(name)
    if problems or not headings:
        raise InputError(
            N_("The headings of the cases do not fit the table."),
            hint=N_("Accepted: a first line with names or labels of inputs: {names}."),
            problems=problems,
            names=", ".join(axis.name for axis in table.axes),
        )


def _rows(path: Path, encoding: str | None, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV, with the numbers of their last lines. It ends at the first that cannot be read."""
    reader = csv.reader(_texts(path, encoding, problems.append), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        problems.append(
            Problem(
                where=f"{path}:{reader.line_num}",
                message=N_("A quoted text in this row is not written as CSV has it."),
                accepted=N_("Accepted: quotation marks around the whole text; one within it doubled."),
            )
        )


def _texts(path: Path, encoding: str | None, complain: Callable[[Problem], None]) -> Iterator[str]:
    for line in lines_of(path, encoding=encoding, limit=Limits().line):
        if isinstance(line, Problem):
            complain(line)
            return
        yield f"{line.text}\n"
