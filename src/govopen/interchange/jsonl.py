"""Records from JSON Lines: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from govopen.errors import InputError, Problem
from govopen.interchange.fields import fields_of
from govopen.interchange.lines import Line, lines_of
from govopen.interchange.naming import type_of_name, unnamed
from govopen.interchange.raw import Options, Raw
from govopen.model.base import RecordType
from govopen.texts import N_

__all__ = ["read_jsonl"]

_TYPE_KEY = "type"
_ONE_OBJECT = N_("Accepted: one JSON object on each line.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        # Of which type the record is, nobody knows yet: the key may be what no problem may repeat.
        first = next(position for position, name in enumerate(names) if names.count(name) > 1)
        raise InputError(
            N_("Keys {first} and {second} of one object are the same."),
            hint=N_("Accepted: each key once."),
            first=first + 1,
            second=names.index(names[first], first + 1) + 1,
        )
    return found


def _constant(name: str) -> NoReturn:
    raise InputError(N_("{name} is no JSON number."), hint=N_("Accepted: a number, or no value."), name=name)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal, parse_constant=_constant)


def read_jsonl(path: Path, options: Options, on_bytes: Callable[[int], None] | None = None) -> Iterator[Raw | Problem]:
    """The records of a JSON Lines file. The key ``type`` names the record type where file name and options do not.

    Numbers with a fraction are read as exact decimals.
    """
    if options.mapping is not None:
        yield Problem(
            where=str(path),
            message=N_("A column mapping reads tables."),
            accepted=N_("Accepted with a mapping: CSV and XLSX."),
        )
        return
    default = type_of_name(path.stem, options)
    if default is None and options.type_name is not None:
        yield unnamed(str(path), options)
        return
    for line in lines_of(path, encoding=options.encoding, limit=options.limits.line, on_bytes=on_bytes):
        if isinstance(line, Problem):
            yield line
            continue
        if not line.text or line.text.isspace():
            continue
        where = f"{path}:{line.number}"
        data = _parsed(line, where)
        if isinstance(data, Problem):
            yield data
            continue
        record_type = default
        if _TYPE_KEY in data and (default is None or _TYPE_KEY not in _names(default)):
            asked = data.pop(_TYPE_KEY)
            record_type = options.types.get(asked) if isinstance(asked, str) else None
            if record_type is None or options.type_name not in (None, record_type.name):
                yield _wrong_type(where, options)
                continue
        if record_type is None:
            yield _wrong_type(where, options)
            continue
        yield Raw(record_type, data, str(path), line.number)


def _names(record_type: RecordType) -> tuple[str, ...]:
    cls: type = record_type.cls
    return tuple(field.name for field in fields_of(cls))


def _wrong_type(where: str, options: Options) -> Problem:
    return Problem(
        where=where,
        path=_TYPE_KEY,
        message=N_("It is not said of which type this record is, or the type is another than asked for."),
        accepted=N_("Accepted as the value of the key type: {accepted}."),
        facts={"accepted": options.type_name or ", ".join(options.types)},
    )


def _parsed(line: Line, where: str) -> dict[str, Any] | Problem:
    try:
        data = _DECODER.decode(line.text)
    except json.JSONDecodeError as error:
        cut_off = error.pos >= len(line.text.rstrip()) or error.msg.startswith("Unterminated string")
        message = (
            N_("The line ends in the middle of its JSON, at column {column}: is it cut off?")
            if cut_off
            else N_("The line is not valid JSON at column {column}.")
        )
        return Problem(where=where, message=message, accepted=_ONE_OBJECT, facts={"column": error.colno})
    except InputError as error:
        return Problem(where=where, message=error.message, accepted=error.hint, facts=error.facts)
    except RecursionError:
        return Problem(where=where, message=N_("The JSON is nested too deeply."), accepted=_ONE_OBJECT)
    except ValueError:
        # A whole number of more digits than Python is willing to read.
        return Problem(where=where, message=N_("The line holds a number that is too long."), accepted=_ONE_OBJECT)
    if not isinstance(data, dict):
        return Problem(where=where, message=N_("This is not a JSON object."), accepted=_ONE_OBJECT)
    return data
