"""Discretion tables as TOML, the form that people write, review and compare.

One file is one table. Keys are the fields of :class:`~govopen.model.discretion.DiscretionTable`; ``[[inputs]]``,
``[[statute]]`` and ``[[rows]]`` are its lists. A whole number may stand where a text is expected (``outcome = 2000``):
it has but one spelling. A number with a point, a day or true need quotes there. A blank result of
a row is a text without characters.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import PurePath
from typing import Any, cast

import attrs

from govopen.errors import Problem, TableError
from govopen.interchange.fields import Field, fields_of
from govopen.interchange.limits import Limits
from govopen.interchange.structure import Structurer
from govopen.interchange.tables.toml_values import write_array, write_value
from govopen.interchange.values import is_blank
from govopen.model.base import RecordType
from govopen.model.discretion import DiscretionTable, TableRow
from govopen.model.types import RECORD_TYPES
from govopen.texts import N_

__all__ = ["TABLE_TYPE", "parse_toml", "read_toml", "write_toml"]

TABLE_TYPE: RecordType = next(entry for entry in RECORD_TYPES if entry.cls is DiscretionTable)
"""The record type of discretion tables."""

_EMPTY = '""'
_PLACE = re.compile(r" \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)$")
_NO_FIELD = N_("There is no such field.")
_NO_TEXT = N_("This is no text.")


def read_toml(content: bytes | str, *, where: str, limits: Limits | None = None) -> DiscretionTable:
    """The table that a TOML file holds. Whether its conditions and outcomes can be used is for ``compile_table``.

    Args:
        content: The file; bytes are UTF-8.
        where: Its name, for problems. Its stem is the identifier of a table that gives none.
        limits: Sizes that are refused.

    Raises:
        TableError: With everything that is wrong: the path in the file, or line and column, and what is accepted.
    """
    data = parse_toml(content, where, limits or Limits())
    if isinstance(data, Problem):
        raise _refused(where, (data,))
    found = _structurer().structure(TABLE_TYPE, data, where)
    if isinstance(found, tuple):
        raise _refused(where, map(_told, found))
    return cast("DiscretionTable", found)


def parse_toml(content: bytes | str, where: str, limits: Limits) -> Mapping[str, Any] | Problem:
    """The fields of the one table in a file, its identifier among them; or why it is no TOML."""
    if len(content) > limits.line:
        return Problem(
            where=where,
            message=N_("The file has {size} bytes."),
            accepted=N_("Accepted: at most {limit} bytes."),
            facts={"size": len(content), "limit": limits.line},
        )
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    except UnicodeDecodeError:
        return Problem(where=where, message=N_("The file is not UTF-8."), accepted=N_("Save it as UTF-8."))
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return _no_toml(where, text, str(error))
    except (ValueError, ArithmeticError, RecursionError):
        # tomllib lets through what Python says of numbers without end, and of lists within lists within lists.
        return Problem(
            where=where,
            message=N_("The file holds a number that is too long, or lists that are nested too deeply."),
            accepted=N_("Accepted: numbers of up to 15 digits, and lists as the format has them."),
        )
    if is_blank(data.get("id")):
        data = {"id": PurePath(where).stem, **{name: value for name, value in data.items() if name != "id"}}
    return cast("Mapping[str, Any]", _with_texts(data, DiscretionTable))


def write_toml(document: DiscretionTable) -> str:
    """The table as TOML, the same for equal tables: fields in their order, blanks and defaults left out.

    :func:`read_toml` gives back an equal table, if its texts are as an import leaves them: without blanks around them,
    and none that is blank within a list. A blank result of a row is written as two quotation marks: they mean it.
    """
    lines = list(_fields(document))
    blocks = ["".join(f"{line}\n" for line in lines)]
    for field in _fields_of(DiscretionTable):
        if field.nested:
            blocks += [
                "".join(f"{line}\n" for line in (f"[[{field.name}]]", *_fields(member)))
                for member in getattr(document, field.name)
            ]
    return "\n".join(blocks)


def _fields(value: Any) -> Iterator[str]:
    """The lines of a table's own fields; its lists of tables have to follow them."""
    for field in _fields_of(type(value)):
        held = getattr(value, field.name)
        if field.nested or held == field.default:
            continue
        if not field.many:
            yield f"{field.name} = {write_value(held)}"
        elif members := _members(value, field, held):
            yield f"{field.name} = {write_array(members)}"


def _members(value: Any, field: Field, held: tuple[object, ...]) -> list[object]:
    if isinstance(value, TableRow) and field.name == "outputs":
        return [_EMPTY if is_blank(member) else member for member in held]
    return [member for member in held if not is_blank(member)]


def _fields_of(cls: type) -> tuple[Field, ...]:
    # mypy takes a frozen attrs class for unhashable where a class object is asked for.
    return fields_of(cast("Hashable", cls))


@cache
def _structurer() -> Structurer:
    return Structurer()


def _refused(where: str, problems: Iterable[Problem]) -> TableError:
    return TableError(N_("The file {file} cannot be read as a discretion table."), problems=problems, file=where)


def _no_toml(where: str, text: str, reason: str) -> Problem:
    found = _PLACE.search(reason)
    line = column = 0
    if found is not None:
        lines = text.split("\n")
        line, column = (int(found[1]), int(found[2])) if found[1] else (len(lines), len(lines[-1]) + 1)
    return Problem(
        where=f"{where}:{line}:{column}" if line else where,
        message=N_("This is not TOML: {reason}."),
        accepted=N_("Accepted: key = value, a text within quotes, and [[rows]] before each row."),
        facts={"reason": _PLACE.sub("", reason)},
    )


def _with_texts(value: object, cls: type) -> object:
    """``value`` with a text for each whole number that stands where a text is expected."""
    if not isinstance(value, Mapping):
        return value
    fields = {field.name: field for field in _fields_of(cls)}
    return {name: _member(held, fields[name]) if name in fields else held for name, held in value.items()}


def _member(held: object, field: Field) -> object:
    if isinstance(held, list):
        return [_member(member, field) for member in held]
    if field.nested:
        return _with_texts(held, field.kind)
    if field.name == "outputs" and is_blank(held):
        # An import leaves out blank members of a list, and the results behind it would move up.
        return _EMPTY
    return str(held) if field.kind is str and type(held) is int else held


def _told(problem: Problem) -> Problem:
    """``problem`` in the words of a file that people write by hand."""
    if problem.message == _NO_TEXT:
        return attrs.evolve(problem, accepted=N_("Accepted: text within quotes, or a whole number."))
    if problem.message == _NO_FIELD:
        holder, _, name = problem.path.rpartition(".")
        if holder and name in {field.name for field in _fields_of(DiscretionTable)}:
            # In TOML a key behind [[rows]] is one of the row, wherever it was meant to belong.
            return attrs.evolve(
                problem,
                message=N_("This is a field of the table, and stands in {holder}."),
                accepted=N_("Write it above the first [[…]]."),
                facts={"holder": holder},
            )
        known = str(problem.facts["accepted"]).split(", ")
        if close := difflib.get_close_matches(name, known, n=1):
            return attrs.evolve(
                problem,
                message=N_("There is no such field. Did you mean {meant}?"),
                facts={**problem.facts, "meant": close[0]},
            )
    return problem
