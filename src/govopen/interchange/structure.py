"""From nested mappings, as files hold them, to records: every error of a record at once, each with its path."""

from __future__ import annotations

import datetime as dt
import enum
import operator
import typing
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, cast

import attrs
from cattrs import Converter
from cattrs.errors import (
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from govopen.errors import InputError, Problem
from govopen.interchange.checks import Check, checks_for
from govopen.interchange.limits import Limits
from govopen.interchange.values import (
    SHOWING,
    accepted_by,
    enum_reader,
    is_blank,
    read_bool,
    read_date,
    read_decimal,
    read_id,
    read_int,
    text_reader,
)
from govopen.model.base import Record, RecordType, terms
from govopen.model.catalog import SubCategory
from govopen.texts import N_

__all__ = ["Structurer", "structure"]

_Hook = Callable[[Any, Any], Any]
_KEY_SHOWN = 40


def _is_tuple(target: Any) -> bool:
    return typing.get_origin(target) is tuple and typing.get_args(target)[1:] == (...,)


def _is_enum(target: Any) -> bool:
    return isinstance(target, type) and issubclass(target, enum.Enum)


def _ignoring_type(read: Callable[[object], Any]) -> _Hook:
    def hook(value: Any, _: Any) -> Any:
        return read(value)

    return hook


class Structurer:
    """Makes records of nested mappings. Build one for an import: building costs far more than a record.

    Args:
        subcategories: The sub-categories that plugins bring, by identifier.
        limits: Sizes that are refused.
    """

    def __init__(self, *, subcategories: Mapping[str, SubCategory] | None = None, limits: Limits | None = None) -> None:
        self._subcategories = subcategories or {}
        self._hooks: dict[str, _Hook] = {}
        converter = self._converter = Converter(forbid_extra_keys=True, detailed_validation=True)
        for target, read in (
            (bool, read_bool),
            (int, read_int),
            (Decimal, read_decimal),
            (dt.date, read_date),
            (str, text_reader((limits or Limits()).field)),
        ):
            # Registered by class, the hook of str would be that of every string enumeration as well.
            converter.register_structure_hook_func(partial(operator.is_, target), _ignoring_type(read))
        converter.register_structure_hook_factory(_is_enum, lambda cls: _ignoring_type(enum_reader(cls)))
        converter.register_structure_hook_factory(_is_tuple, self._tuple_hook)
        converter.register_structure_hook_factory(attrs.has, self._class_hook)

    def structure(
        self,
        record_type: RecordType,
        mapping: Mapping[str, Any],
        where: str,
        locate: Callable[[str], str] | None = None,
    ) -> Record | tuple[Problem, ...]:
        """The record that ``mapping`` writes down, or everything that is wrong with it.

        Args:
            record_type: What it is a record of.
            mapping: Field names to values as JSON or a table holds them. Blanks say nothing: ``null`` and blank texts
                are the same as a missing field.
            where: The file and line, for problems.
            locate: From a path in the record to the cell that holds it; without it, problems name ``where``.
        """
        refused = [name for name in mapping if name in record_type.refused_keys]
        if refused:
            mapping = {name: value for name, value in mapping.items() if name not in record_type.refused_keys}
        problems = [Problem(where=where, path=name, message=record_type.refused_keys[name]) for name in refused]
        try:
            record = self._hook_of(record_type)(mapping, record_type.cls)
        except (BaseValidationError, InputError) as error:
            # A value in the wrong column may be a name or what is classified; nothing of these types is shown.
            shown = not (record_type.refused_keys or record_type.personal_fields)
            problems += _problems(error, "", shown=shown)
        else:
            if not problems:
                return cast("Record", record)
        return tuple(attrs.evolve(problem, where=locate(problem.path) if locate else where) for problem in problems)

    def _hook_of(self, record_type: RecordType) -> _Hook:
        hook = self._hooks.get(record_type.name)
        if hook is None:
            identifiers = {"id", record_type.unit, *record_type.indexes}
            plain = {field.name: field.type for field in attrs.fields(record_type.cls)}
            hints = typing.get_type_hints(record_type.cls)
            names = [name for name in identifiers if name in plain and hints[name] is str]
            hook = self._hooks[record_type.name] = self._class_hook(record_type.cls, names)
        return hook

    def _class_hook(self, cls: type, identifiers: typing.Iterable[str] = ()) -> _Hook:
        overrides: dict[str, Any] = {name: override(struct_hook=_ignoring_type(read_id)) for name in identifiers}
        inner: _Hook = make_dict_structure_fn(
            cls, self._converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True, **overrides
        )
        names = frozenset(field.name for field in attrs.fields(cls))
        checks = checks_for(cls, self._subcategories)

        def hook(value: Any, _: Any) -> Any:
            if not isinstance(value, Mapping):
                raise InputError(
                    N_("This is not an object with fields."),
                    hint=N_("Accepted: the fields {accepted}."),
                    accepted=", ".join(terms(cls)),
                )
            record = inner({key: held for key, held in value.items() if not is_blank(held) or key not in names}, cls)
            if checks and (problems := _checked(record, checks)):
                raise InputError(N_("The fields do not fit each other."), problems=problems)
            return record

        return hook

    def _tuple_hook(self, target: Any) -> _Hook:
        member = typing.get_args(target)[0]
        read = self._converter.get_structure_hook(member)

        def hook(value: Any, _: Any) -> Any:
            if not isinstance(value, list | tuple):
                raise InputError(N_("This is not a list."), hint=N_("Accepted: a list of values."))
            found, errors = [], []
            for index, held in enumerate(value):
                if is_blank(held):
                    continue
                try:
                    found.append(read(held, member))
                except Exception as error:  # noqa: BLE001 - a hook of a plugin's type may raise anything
                    error.add_note(IterableValidationNote("", index, member))
                    errors.append(error)
            if errors:
                raise IterableValidationError("", errors, target)
            return tuple(found)

        return hook


def structure(
    record_type: RecordType,
    mapping: Mapping[str, Any],
    where: str,
    *,
    subcategories: Mapping[str, SubCategory] | None = None,
    limits: Limits | None = None,
) -> Record | tuple[Problem, ...]:
    """One record, or its problems. For many records, build a :class:`Structurer` once."""
    return Structurer(subcategories=subcategories, limits=limits).structure(record_type, mapping, where)


def _checked(record: object, checks: tuple[Check, ...]) -> list[Problem]:
    return [problem for check in checks for problem in check(record)]


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _problems(error: Exception, path: str, *, shown: bool) -> Iterator[Problem]:
    if isinstance(error, ClassValidationError | IterableValidationError):
        noted, others = error.group_exceptions()
        for inner, note in noted:
            if isinstance(note, IterableValidationNote):
                yield from _problems(inner, f"{path}[{note.index}]", shown=shown)
            elif type(inner) is KeyError:
                yield _missing(_below(path, note.name), note.type)
            else:
                yield from _problems(inner, _below(path, note.name), shown=shown)
        for inner in others:
            yield from _problems(inner, path, shown=shown)
    elif isinstance(error, ForbiddenExtraKeysError):
        yield from _unknown_fields(error, path)
    elif isinstance(error, InputError):
        yield from _refused(error, path, shown=shown)
    else:
        # What an attrs validator or a plugin's type says about a value may repeat the value.
        yield Problem(where="", path=path, message=N_("This value is not accepted here."))


def _refused(error: InputError, path: str, *, shown: bool) -> Iterator[Problem]:
    if error.problems:
        yield from (attrs.evolve(problem, path=_below(path, problem.path)) for problem in error.problems)
        return
    facts = {name: fact for name, fact in error.facts.items() if shown or name != "value"}
    message = SHOWING.get(error.message, error.message) if "value" in facts else error.message
    yield Problem(where="", path=path, message=message, accepted=error.hint, facts=facts)


def _missing(path: str, target: Any) -> Problem:
    kind = typing.get_args(target)[0] if typing.get_origin(target) is typing.Annotated else target
    accepted, facts = accepted_by(kind)
    return Problem(
        where="", path=path, message=N_("This field is missing or blank."), accepted=accepted, facts={**facts}
    )


def _unknown_fields(error: ForbiddenExtraKeysError, path: str) -> Iterator[Problem]:
    for name in sorted(map(str, error.extra_fields)):
        short = name if len(name) <= _KEY_SHOWN else f"{name[:_KEY_SHOWN]}…"
        yield Problem(
            where="",
            # A control character would reach a terminal.
            path=_below(path, "".join(char if char.isprintable() else "?" for char in short)),
            message=N_("There is no such field."),
            accepted=N_("Accepted: {accepted}."),
            facts={"accepted": ", ".join(terms(error.cl))},
        )
