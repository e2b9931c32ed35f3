"""Of which type a file's or a sheet's records are, by its name."""

from __future__ import annotations

import re

from govopen.errors import Problem
from govopen.interchange.raw import Options
from govopen.interchange.values import clean
from govopen.model.base import RecordType
from govopen.texts import N_

__all__ = ["type_named", "type_of_name", "unnamed"]


def type_named(name: str, options: Options) -> RecordType | None:
    """The record type of exactly this name, or with this title in either language."""
    plain = clean(name).casefold()
    for record_type in options.types.values():
        if plain in (record_type.name, record_type.title.zh.casefold(), record_type.title.en.casefold()):
            return record_type
    return None


def type_of_name(stem: str, options: Options) -> RecordType | None:
    """The record type that the options name, or that a file's name begins with: ``requests-2011``, ``信息条目2011``."""
    asked = options.type_name or (options.mapping.type if options.mapping else None)
    if asked is not None:
        return options.types.get(asked)
    plain = clean(stem).casefold().replace("_", "-")
    found: dict[int, RecordType] = {}
    for record_type in options.types.values():
        for term, ending in ((record_type.name, r"s?"), (record_type.title.zh, r""), (record_type.title.en, r"s?")):
            if re.match(re.escape(term.casefold()) + ending + r"(?![a-z])", plain):
                found[len(term)] = record_type
    # "request-channel-2011" begins with "request", too.
    return found[max(found)] if found else None


def unnamed(where: str, options: Options) -> Problem:
    """The problem of records whose type is not known."""
    if asked := options.type_name or (options.mapping.type if options.mapping else None):
        message, facts = N_("There is no record type {type}."), {"type": asked}
    else:
        message, facts = N_("It is not said of which type these records are."), {}
    return Problem(
        where=where,
        message=message,
        accepted=N_("Accepted, as the beginning of the name or by the option --type: {accepted}."),
        facts={**facts, "accepted": ", ".join(options.types)},
    )
