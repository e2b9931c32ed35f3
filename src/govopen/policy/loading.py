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
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar, cast, get_args, get_origin

import attrs
import cattrs
from cattrs.errors import BaseValidationError, ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn

from govopen.errors import PolicyDataError, Problem
from govopen.policy.citation import Citation
from govopen.policy.instrument import Effect, Instrument, Overtaken
from govopen.policy.matter import Matter, Value
from govopen.texts import Label, Text

__all__ = ["builtin_instruments", "builtin_matters", "load_instrument", "load_matters"]

T = TypeVar("T")
_Hook = Callable[[Any, Any], Any]


class _RefusedValueError(ValueError):
    """A value that is not what its place takes."""

    def __init__(self, message: str, accepted: str = "", **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.accepted = accepted
        self.facts = facts


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
    instrument = _structure(data, Instrument, source.name, problems)
    entries = _structure(grouped, _InstrumentFile, source.name, problems)
    if instrument is not None and entries is not None:
        instrument = _distribute(instrument, entries.overtaken, source.name, problems)
    return _result(instrument, source.name, problems)


def load_matters(source: Traversable | Path) -> tuple[Matter, ...]:
    """Read a file of matters.

    Raises:
        PolicyDataError: The file does not load; it carries every problem found, each with its path in the file.
    """
    problems: list[Problem] = []
    file = _structure(_read(source), _MatterFile, source.name, problems)
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


def _structure(data: Mapping[str, Any], cls: type[T], where: str, problems: list[Problem]) -> T | None:
    """``data`` as a ``cls``; or ``None``, with what is wrong added to ``problems``."""
    try:
        return _converter().structure(data, cls)
    except BaseValidationError as error:
        problems.extend(_explain(error, where, ""))
        return None


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


def _explain(error: Exception, where: str, path: str) -> list[Problem]:
    """Every problem in a tree of cattrs errors, in the order of the file."""
    match error:
        case ClassValidationError() | IterableValidationError():
            noted, rest = error.group_exceptions()
            found = [
                problem
                for inner, note in noted
                for problem in _explain(inner, where, _below(path, getattr(note, "index", note.name)))
            ]
            return [*found, *(problem for inner in rest for problem in _explain(inner, where, path))]
        case ForbiddenExtraKeysError():
            known = ", ".join(field.name for field in attrs.fields(error.cl))
            return [
                Problem(
                    where=where,
                    path=_below(path, name),
                    message="This field is not known.",
                    accepted="Known here: {known}.",
                    facts={"known": known},
                )
                for name in sorted(error.extra_fields)
            ]
        case KeyError():
            return [Problem(where=where, path=path, message="This field is missing.")]
        case _RefusedValueError():
            return [
                Problem(where=where, path=path, message=error.message, accepted=error.accepted, facts=error.facts)
            ]
        case PolicyDataError():
            return [Problem(where=where, path=path, message=error.message, accepted=error.hint, facts=error.facts)]
    raise error


def _below(path: str, step: int | str) -> str:
    if isinstance(step, int):
        return f"{path}[{step}]"
    return f"{path}.{step}" if path else step


@cache
def _converter() -> cattrs.Converter:
    """The converter of policy data: strict, with every error and its path."""
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, name in ((str, "a text"), (bool, "true or false"), (int, "a whole number"), (dict, "a table")):
        converter.register_structure_hook(kind, _exactly(kind, name))
    converter.register_structure_hook(dt.date, _date)
    converter.register_structure_hook(Citation, lambda value, _: Citation.parse(_text(value)))
    converter.register_structure_hook_func(lambda cls: cls == Value, _value)
    converter.register_structure_hook_func(lambda cls: isinstance(cls, type) and issubclass(cls, Label), _label)
    # Before cattrs' own hooks, which would take a text for a list of its characters.
    converter.register_structure_hook_factory(_is_table, _table)
    converter.register_structure_hook_factory(lambda cls: get_origin(cls) in (tuple, frozenset), _many)
    converter.register_structure_hook_factory(lambda cls: get_origin(cls) is Mapping, _mapping)
    return converter


def _is_table(cls: Any) -> bool:
    return attrs.has(cls) and cls is not Citation


def _exactly(kind: type, name: str) -> _Hook:
    def structure(value: Any, _: Any) -> Any:
        # A bool is an int to Python, and no number to a lawyer.
        if type(value) is not kind:
            raise _RefusedValueError("This is not {name}.", name=name)
        return value

    return structure


_text = cast(Callable[[Any], str], lambda value: _exactly(str, "a text")(value, str))


def _date(value: Any, _: Any) -> dt.date:
    if type(value) is not dt.date:
        raise _RefusedValueError("This is not a date.", "Write year-month-day without quotes: 2011-04-15.")
    return value


def _label(value: Any, cls: type[Label]) -> Label:
    try:
        return cls(_text(value))
    except _RefusedValueError:
        raise
    except ValueError:
        known = ", ".join(member.value for member in cls)
        raise _RefusedValueError("'{value}' is not known.", "Known here: {known}.", value=value, known=known) from None


def _value(value: Any, _: Any) -> Value:
    if isinstance(value, list) and all(isinstance(key, str) for key in value):
        return tuple(value)
    if isinstance(value, int | str):
        return value
    raise _RefusedValueError("This is not a value.", "A whole number, a text, true or false, or a list of texts.")


def _table(cls: type[Any], converter: cattrs.Converter) -> _Hook:
    inner = make_dict_structure_fn(
        cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True
    )

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise _RefusedValueError("This is not a table.")
        result = inner(value, cls)
        if isinstance(result, Text) and not (result.zh.strip() and result.en.strip()):
            raise _RefusedValueError("A text must stand here in both languages.", "Fill in both zh and en.")
        return result

    return structure


def _many(cls: Any, converter: cattrs.Converter) -> _Hook:
    items = list[get_args(cls)[0]]  # type: ignore[misc]
    inner, finish = converter.get_structure_hook(items), get_origin(cls)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, list):
            raise _RefusedValueError("This is not a list.", "Write it in square brackets, even with one entry.")
        return finish(inner(value, items))

    return structure


def _mapping(cls: Any, converter: cattrs.Converter) -> _Hook:
    items = dict[str, get_args(cls)[1]]  # type: ignore[misc]
    inner = converter.get_structure_hook(items)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise _RefusedValueError("This is not a table.")
        return inner(value, items)

    return structure
