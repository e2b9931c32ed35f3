"""Plain tables into attrs values: strictly, with every error at once and its path."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import attrs
import cattrs
from cattrs.errors import (
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn

from govopen.errors import PolicyDataError, Problem
from govopen.policy.citation import Citation
from govopen.policy.matter import Value
from govopen.texts import N_, Label, Text

__all__ = ["structure"]

T = TypeVar("T")
_Hook = Callable[[Any, Any], Any]


class _RefusedValueError(ValueError):
    """A value that is not what its place takes."""

    def __init__(self, message: str, accepted: str = "", **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.accepted = accepted
        self.facts = facts


def structure(data: Mapping[str, Any], cls: type[T], where: str, problems: list[Problem]) -> T | None:
    """``data`` as a ``cls``; or ``None``, with everything that is wrong added to ``problems``.

    Nothing is converted in silence: a number is no text, a text is no list of its characters, an unknown field is a
    mistake.
    """
    try:
        return _converter().structure(data, cls)
    except (BaseValidationError, _RefusedValueError) as error:
        problems.extend(_explain(error, where, ""))
        return None


def _explain(error: Exception, where: str, path: str) -> list[Problem]:
    """Every problem in a tree of cattrs errors, in the order of the file."""
    match error:
        case ClassValidationError() | IterableValidationError():
            noted, rest = error.group_exceptions()
            found = [
                problem
                for inner, note in noted
                for problem in _explain(
                    inner, where, _below(path, note.index if isinstance(note, IterableValidationNote) else note.name)
                )
            ]
            return [*found, *(problem for inner in rest for problem in _explain(inner, where, path))]
        case ForbiddenExtraKeysError():
            known = [field.name for field in attrs.fields(error.cl)]
            return [_unknown_field(where, _below(path, name), name, known) for name in sorted(error.extra_fields)]
        case KeyError():
            return [Problem(where=where, path=path, message="This field is missing.")]
        case _RefusedValueError():
            return [Problem(where=where, path=path, message=error.message, accepted=error.accepted, facts=error.facts)]
        case PolicyDataError():
            return [Problem(where=where, path=path, message=error.message, accepted=error.hint, facts=error.facts)]
    raise error


def _unknown_field(where: str, path: str, name: str, known: list[str]) -> Problem:
    facts: dict[str, object] = {"known": ", ".join(known)}
    accepted = N_("Known here: {known}.")
    if close := get_close_matches(name, known, n=1):
        facts["close"], accepted = close[0], N_("Did you mean '{close}'? Known here: {known}.")
    return Problem(where=where, path=path, message=N_("This field is not known."), accepted=accepted, facts=facts)


def _below(path: str, step: int | str) -> str:
    if isinstance(step, int):
        return f"{path}[{step}]"
    return f"{path}.{step}" if path else step


@cache
def _converter() -> cattrs.Converter:
    """The converter of policy data: strict, with every error and its path."""
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, complaint in (
        (str, N_("This is not a text.")),
        (bool, N_("This is not true or false.")),
        (int, N_("This is not a whole number.")),
    ):
        converter.register_structure_hook(kind, _exactly(kind, complaint))
    # A hook for a class takes its subclasses too, and a Label is a str: it needs its own.
    converter.register_structure_hook(Label, _label)
    converter.register_structure_hook(dt.date, _date)
    converter.register_structure_hook(Citation, lambda value, _: Citation.parse(_text(value)))
    converter.register_structure_hook_func(lambda cls: cls == Value, _value)
    # Before cattrs' own hooks, which would take a text for a list of its characters.
    converter.register_structure_hook_factory(_is_table, _table)
    converter.register_structure_hook_factory(_is_many, _many)
    converter.register_structure_hook_factory(_is_mapping, _mapping)
    return converter


def _is_table(cls: Any) -> bool:
    return attrs.has(cls) and cls is not Citation


def _is_many(cls: Any) -> bool:
    origin: Any = get_origin(cls)
    return origin in {tuple, frozenset}


def _is_mapping(cls: Any) -> bool:
    origin: Any = get_origin(cls)
    return origin is Mapping


def _exactly(kind: type, complaint: str) -> _Hook:
    def structure(value: Any, _: Any) -> Any:
        # A bool is an int to Python, and no number to a lawyer.
        if type(value) is not kind:
            raise _RefusedValueError(complaint)
        return value

    return structure


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _RefusedValueError(N_("This is not a text."))
    return value


def _date(value: Any, _: Any) -> dt.date:
    if type(value) is not dt.date:
        raise _RefusedValueError("This is not a date.", "Write year-month-day without quotes: 2011-04-15.")
    return value


def _label(value: Any, cls: type[Label]) -> Label:
    members = {member.value: member for member in cls}
    if _text(value) not in members:
        known = ", ".join(members)
        raise _RefusedValueError("'{value}' is not known.", "Known here: {known}.", value=value, known=known)
    return members[value]


def _value(value: Any, _: Any) -> Value:
    if isinstance(value, list) and all(isinstance(key, str) for key in value):
        return tuple(value)
    if isinstance(value, int | str):
        return value
    raise _RefusedValueError("This is not a value.", "A whole number, a text, true or false, or a list of texts.")


def _table(cls: type[Any], converter: cattrs.Converter) -> _Hook:
    inner = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise _RefusedValueError("This is not a table.")
        result = inner(value, cls)
        if isinstance(result, Text) and not (result.zh.strip() and result.en.strip()):
            raise _RefusedValueError("A text must stand here in both languages.", "Fill in both zh and en.")
        return result

    return structure


def _many(cls: Any, converter: cattrs.Converter) -> _Hook:
    finish: Any = get_origin(cls)
    items = types.GenericAlias(list, get_args(cls)[:1])
    inner = converter.get_structure_hook(items)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, list):
            raise _RefusedValueError("This is not a list.", "Write it in square brackets, even with one entry.")
        return finish(inner(value, items))

    return structure


def _mapping(cls: Any, converter: cattrs.Converter) -> _Hook:
    items = types.GenericAlias(dict, get_args(cls))
    inner = converter.get_structure_hook(items)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise _RefusedValueError("This is not a table.")
        return inner(value, items)

    return structure
