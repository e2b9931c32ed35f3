"""Instruments and matters from TOML files.

A file holds the attributes of :class:`~govopen.policy.instrument.Instrument` under their own names, or a list
``matters`` of :class:`~govopen.policy.matter.Matter`. Three things are written otherwise than in Python:

* a text in both languages is a table: ``{ zh = "…", en = "…" }``;
* a citation is its fixed text: ``"ogi-2019:33"``;
* what later law did may be written once for several obligations, in ``[[overtaken]]`` tables at the end of the file,
  whose ``of`` names obligations (``"1.4/o1"``) or clauses, with all that is in and below them (``"1.5"``).

Nothing is converted in silence: a number is no text, a quoted date is no date.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import defaultdict
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import attrs

from govopen.errors import PolicyDataError, Problem
from govopen.policy.citation import Citation
from govopen.policy.instrument import Effect, Instrument, Overtaken
from govopen.policy.library import Library
from govopen.policy.matter import Matter
from govopen.policy.structuring import structure
from govopen.texts import Text

__all__ = ["builtin_instruments", "builtin_library", "builtin_matters", "load_instrument", "load_matters"]

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class _OvertakenEntry:
    """An ``[[overtaken]]`` table: one act of later law on several obligations."""

    of: tuple[str, ...]
    by: Citation
    since: dt.date
    effect: Effect
    bodies: tuple[str, ...] = ()
    note: Text
    verified: bool


@attrs.frozen(kw_only=True)
class _InstrumentFile:
    overtaken: tuple[_OvertakenEntry, ...] = ()


@attrs.frozen(kw_only=True)
class _MatterFile:
    matters: tuple[Matter, ...]


def load_instrument(source: Traversable | Path) -> Instrument:
    """Read one instrument.

    Raises:
        PolicyDataError: The file does not load; it carries every problem found, each with its path in the file.
    """
    data = _read(source)
    grouped = {"overtaken": data.pop("overtaken")} if "overtaken" in data else {}
    problems: list[Problem] = []
    instrument = structure(data, Instrument, source.name, problems)
    entries = structure(grouped, _InstrumentFile, source.name, problems)
    if instrument is not None and entries is not None:
        instrument = _distribute(instrument, entries.overtaken, source.name, problems)
    return _result(instrument, source.name, problems)


def load_matters(source: Traversable | Path) -> tuple[Matter, ...]:
    """Read a file of matters.

    Raises:
        PolicyDataError: The file does not load; it carries every problem found, each with its path in the file.
    """
    problems: list[Problem] = []
    file = structure(_read(source), _MatterFile, source.name, problems)
    return _result(file, source.name, problems).matters


@cache
def builtin_instruments() -> tuple[Instrument, ...]:
    """The instruments that come with govopen, by id. They are checked against each other by a library, not here."""
    instruments = (load_instrument(file) for file in _data().iterdir() if _is_instrument(file.name))
    return tuple(sorted(instruments, key=lambda instrument: instrument.id))


@cache
def builtin_matters() -> tuple[Matter, ...]:
    """The matters that come with govopen."""
    return load_matters(_data() / "matters.toml")


@cache
def builtin_library() -> Library:
    """The instruments and matters that come with govopen, without any plugin's."""
    return Library.build(builtin_instruments(), builtin_matters())


def _data() -> Traversable:
    return resources.files("govopen.policy") / "data"


def _is_instrument(name: str) -> bool:
    return name.endswith(".toml") and name != "matters.toml"


def _read(source: Traversable | Path) -> dict[str, Any]:
    """The tables of a TOML file."""
    try:
        return tomllib.loads(source.read_bytes().decode())
    except OSError as error:
        problem = Problem(where=source.name, message="The file cannot be read: {reason}.", facts={"reason": error})
    except UnicodeDecodeError:
        problem = Problem(where=source.name, message="The file is not UTF-8.", accepted="Save it as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        problem = Problem(where=source.name, message="This is not TOML: {reason}.", facts={"reason": error})
    raise _error(source.name, [problem])


def _result(value: T | None, where: str, problems: list[Problem]) -> T:
    if value is None or problems:
        raise _error(where, problems)
    return value


def _error(where: str, problems: list[Problem]) -> PolicyDataError:
    return PolicyDataError("{where} does not load.", problems=problems, where=where)


def _distribute(
    instrument: Instrument, entries: tuple[_OvertakenEntry, ...], where: str, problems: list[Problem]
) -> Instrument:
    """The instrument with each entry at the obligations that it is ``of``."""
    found: defaultdict[Citation, list[Overtaken]] = defaultdict(list)
    citations = [citation for citation, _, _ in instrument.obligations()]
    for i, entry in enumerate(entries):
        overtaken = Overtaken(
            by=entry.by,
            since=entry.since,
            effect=entry.effect,
            bodies=entry.bodies,
            note=entry.note,
            verified=entry.verified,
        )
        for j, name in enumerate(entry.of):
            hits = [citation for citation in citations if name == citation.local or citation.within(name)]
            if not hits:
                problems.append(
                    Problem(
                        where=where,
                        path=f"overtaken[{i}].of[{j}]",
                        message="No obligation of {instrument} is at '{name}'.",
                        accepted="Write a clause (1.5) or an obligation (1.4/o1).",
                        facts={"instrument": instrument.id, "name": name},
                    )
                )
            for citation in hits:
                found[citation].append(overtaken)
    if not found:
        return instrument
    return attrs.evolve(
        instrument,
        clauses=tuple(
            attrs.evolve(
                clause,
                obligations=tuple(
                    attrs.evolve(
                        obligation,
                        overtaken=(
                            *obligation.overtaken,
                            *found[Citation(instrument.id, clause.id, obligation.id)],
                        ),
                    )
                    for obligation in clause.obligations
                ),
            )
            for clause in instrument.clauses
        ),
    )
