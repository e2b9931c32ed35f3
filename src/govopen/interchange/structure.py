"""From nested mappings, as files hold them, to records: every error of a record at once, each with its path."""

from __future__ import annotations

import datetime as dt
import enum
import re
import typing
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
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
from govopen.interchange.checks import DIGESTS, checks_for
from govopen.interchange.fields import fields_of
from govopen.interchange.limits import Limits
from govopen.interchange.values import (
    SHOWING,
    accepted_by,
    enum_reader,
    is_blank,
    read_bool,
    read_date,
    read_decimal,
    read_digest,
    read_id,
    read_int,
    text_reader,
)
from govopen.model.base import Record, RecordType, terms
from govopen.model.catalog import SubCategory
from govopen.texts import N_

__all__ = ["Structurer", "structure"]

_Reader = Callable[[object], Any]
_Hook = Callable[[Any, Any], Any]
_KEY_SHOWN = re.compile(r"[0-9A-Za-z_.-]{1,40}")


class Structurer:
    """Makes records of nested mappings. Build one for an import: building costs far more than a record.

    Args:
        subcategories: The sub-categories that plugins bring, by identifier.
        limits: Sizes that are refused.
    """

    def __init__(self, *, subcategories: Mapping[str, SubCategory] | None = None, limits: Limits | None = None) -> None:
        self._subcategories = subcategories or {}
        self._records: dict[str, _Reader] = {}
        self._objects: dict[type, _Reader] = {}
        self._scalars: Mapping[type, _Reader] = {
            bool: read_bool,
            int: read_int,
            Decimal: read_decimal,
            dt.date: read_date,
            str: text_reader((limits or Limits()).field),
        }
        self._converter = Converter(forbid_extra_keys=True, detailed_validation=True)

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
        given = mapping
        if refused:
            mapping = {name: value for name, value in mapping.items() if name not in record_type.refused_keys}
        problems = [Problem(where=where, path=name, message=record_type.refused_keys[name]) for name in refused]
        try:
            record = self._record_reader(record_type)(mapping)
        except (BaseValidationError, InputError) as error:
            problems += _problems(error, "", given, shown=not record_type.guarded)
        else:
            if not problems:
                return cast("Record", record)
        return tuple(attrs.evolve(problem, where=locate(problem.path) if locate else where) for problem in problems)

    def _record_reader(self, record_type: RecordType) -> _Reader:
        reader = self._records.get(record_type.name)
        if reader is None:
            reader = self._object_reader(record_type.cls, {"id", record_type.unit, *record_type.indexes})
            self._records[record_type.name] = reader
        return reader

    def _object_reader(self, cls: type, identifiers: Collection[str] = ()) -> _Reader:
        # Every field gets its hook here: by class, the converter would read a string enumeration as a string.
        overrides: dict[str, Any] = {}
        digests = DIGESTS.get(cls, ())
        for field in fields_of(cls):
            read = self._reader(field.kind)
            if field.kind is str and field.name in identifiers:
                read = read_id
            elif field.name in digests:
                read = read_digest
            if read is not None:
                overrides[field.name] = override(struct_hook=_hook(_each(read) if field.many else read))
        make: _Hook = make_dict_structure_fn(
            cls, self._converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True, **overrides
        )
        names = frozenset(field.name for field in fields_of(cls))
        checks = checks_for(cls, self._subcategories)

        def read_object(value: object) -> Any:
            if not isinstance(value, Mapping):
                raise InputError(
                    N_("This is not an object with fields."),
                    hint=N_("Accepted: the fields {accepted}."),
                    accepted=", ".join(terms(cls)),
                )
            record = make({key: held for key, held in value.items() if not is_blank(held) or key not in names}, cls)
            if checks and (problems := [problem for check in checks for problem in check(record)]):
                raise InputError(N_("The fields do not fit each other."), problems=problems)
            return record

        return read_object

    def _reader(self, kind: type) -> _Reader | None:
        if kind in self._scalars:
            return self._scalars[kind]
        if issubclass(kind, enum.Enum):
            return enum_reader(kind)
        return self._nested(kind) if attrs.has(kind) else None

    def _nested(self, cls: type) -> _Reader:
        # Made when first needed: a class may hold itself.
        def read_nested(value: object) -> Any:
            reader = self._objects.get(cls)
            if reader is None:
                reader = self._objects[cls] = self._object_reader(cls)
            return reader(value)

        return read_nested


def _hook(read: _Reader) -> _Hook:
    def hook(value: Any, _: Any) -> Any:
        return read(value)

    return hook


def _each(read: _Reader) -> _Reader:
    def read_members(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise InputError(N_("This is not a list."), hint=N_("Accepted: a list of values."))
        found, errors = [], []
        for index, held in enumerate(value):
            if is_blank(held):
                continue
            try:
                found.append(read(held))
            except (BaseValidationError, InputError) as error:
                error.add_note(IterableValidationNote("", index, object))
                errors.append(error)
        if errors:
            raise IterableValidationError("", errors, tuple)
        return tuple(found)

    return read_members


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


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _problems(error: Exception, path: str, held: object, *, shown: bool) -> Iterator[Problem]:
    """What is wrong with ``held``, which stands at ``path``."""
    if isinstance(error, ClassValidationError | IterableValidationError):
        noted, others = error.group_exceptions()
        for inner, note in noted:
            if isinstance(note, IterableValidationNote):
                yield from _problems(inner, f"{path}[{note.index}]", _member(held, note.index), shown=shown)
            elif type(inner) is KeyError:
                yield _missing(_below(path, note.name), note.type)
            else:
                yield from _problems(inner, _below(path, note.name), _member(held, note.name), shown=shown)
        for inner in others:
            yield from _problems(inner, path, held, shown=shown)
    elif isinstance(error, ForbiddenExtraKeysError):
        yield from _unknown_fields(error, path, held, shown=shown)
    elif isinstance(error, InputError):
        yield from _refused(error, path, shown=shown)
    else:
        # What an attrs validator or a plugin's type says about a value may repeat the value.
        yield Problem(where="", path=path, message=N_("This value is not accepted here."))


def _member(held: object, key: str | int) -> object:
    if isinstance(held, Mapping):
        return held.get(key)
    return held[key] if isinstance(held, list | tuple) and isinstance(key, int) else None


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


def _unknown_fields(error: ForbiddenExtraKeysError, path: str, held: object, *, shown: bool) -> Iterator[Problem]:
    accepted: dict[str, object] = {"accepted": ", ".join(terms(error.cl))}
    position = 0
    for key in held if isinstance(held, Mapping) else ():
        # Where the key names the record type, the reader has taken it out already.
        position += key != "type"
        if key not in error.extra_fields:
            continue
        name = str(key)
        if shown and _KEY_SHOWN.fullmatch(name):
            yield Problem(
                where="",
                path=_below(path, name),
                message=N_("There is no such field."),
                accepted=N_("Accepted: {accepted}."),
                facts=accepted,
            )
        else:
            # A record's words may stand where its keys belong.
            yield Problem(
                where="",
                path=_below(path, f"key {position}"),
                message=N_("Key {position}, the key type not counted, is no field."),
                accepted=N_("Accepted: {accepted}."),
                facts={**accepted, "position": position},
            )
