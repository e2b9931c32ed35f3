"""What must hold between the contributions of all plugins, and whose fault it is where it does not.

What is built in comes first among the contributions, so it is never at fault against a plugin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from govopen.errors import PluginError, PolicyDataError
from govopen.model.base import Record, RecordType, terms
from govopen.plugins.contribution import Contribution
from govopen.plugins.origin import Origin, sentence
from govopen.policy.library import Library
from govopen.texts import N_

__all__ = ["Fault", "build_library", "name_faults", "type_faults"]

Fault = tuple[Origin, PluginError]
"""The plugin that cannot be used, and why."""

_NOTICES = "GOV"
"""The prefix of notices about a check itself, which no rule gives."""

_TAKEN = {
    "rule": N_("Two rules have the code {name}: one of plugin {first}, one of plugin {plugin}."),
    "prefix": N_("Codes that begin with {name} belong to plugin {first}; plugin {plugin} needs letters of its own."),
    "type": N_("Two record types are called {name}: one of plugin {first}, one of plugin {plugin}."),
    "class": N_("Two record types are of class {name}: one of plugin {first}, one of plugin {plugin}."),
    "category": N_("Two sub-categories are called {name}: one of plugin {first}, one of plugin {plugin}."),
    "store": N_("Two stores are for the URL scheme {name}: one of plugin {first}, one of plugin {plugin}."),
    "calendar": N_("Two calendars are for jurisdiction {name}: one of plugin {first}, one of plugin {plugin}."),
    "publisher": N_("Two publishers are called {name}: one of plugin {first}, one of plugin {plugin}."),
    "channel": N_("Two channels are called {name}: one of plugin {first}, one of plugin {plugin}."),
    "exporter": N_("Two exporters are for the format {name}: one of plugin {first}, one of plugin {plugin}."),
    "listener": N_("Two listeners are called {name}: one of plugin {first}, one of plugin {plugin}."),
    "screener": N_("Two screeners are called {name}: one of plugin {first}, one of plugin {plugin}."),
    "instrument": N_("Two instruments are called {name}: one of plugin {first}, one of plugin {plugin}."),
    "matter": N_("Two matters are called {name}: one of plugin {first}, one of plugin {plugin}."),
}


def name_faults(contributions: Iterable[Contribution]) -> Iterator[Fault]:
    """Two things under one name: the fault of whoever comes later."""
    owners: dict[tuple[str, object], Origin] = {}
    for contribution in contributions:
        origin = contribution.origin
        for kind, key in _names(contribution):
            if (kind, key) in owners:
                name = key.__qualname__ if isinstance(key, type) else key
                yield origin, origin.refuse(_TAKEN[kind], name=name, first=str(owners[kind, key]))
            else:
                owners[kind, key] = origin


def _names(contribution: Contribution) -> Iterator[tuple[str, object]]:
    yield from (("rule", rule.code) for rule in contribution.rules)
    yield from (("prefix", prefix) for prefix in contribution.prefixes)
    if contribution.origin.builtin:
        yield "prefix", _NOTICES
    for record_type in contribution.types:
        yield "type", record_type.name
        yield "class", record_type.cls
    yield from (("category", category.id) for category in contribution.categories)
    yield from (("store", scheme) for scheme, _ in contribution.stores)
    yield from (("calendar", jurisdiction) for jurisdiction, _ in contribution.calendars)
    yield from (("publisher", name) for name, _ in contribution.publishers)
    yield from (("channel", name) for name, _ in contribution.channels)
    yield from (("exporter", name) for name, _ in contribution.exporters)
    yield from (("listener", name) for name, _ in contribution.listeners)
    yield from (("screener", screener.name) for screener in contribution.screeners)
    yield from (("instrument", instrument.id) for instrument in contribution.instruments)
    yield from (("matter", matter.id) for matter in contribution.matters)


def type_faults(contributions: Iterable[Contribution]) -> Iterator[Fault]:
    """Record types that no store or importer could work with."""
    for contribution in contributions:
        for record_type in contribution.types:
            if (error := _type_fault(contribution.origin, record_type)) is not None:
                yield contribution.origin, error


def _type_fault(origin: Origin, record_type: RecordType) -> PluginError | None:
    cls: object = record_type.cls
    facts = {"type": record_type.name, "cls": getattr(cls, "__qualname__", type(cls).__name__)}
    if not (isinstance(cls, type) and issubclass(cls, Record) and "__attrs_attrs__" in vars(cls)):
        return origin.refuse(N_("Record type {type} of plugin {plugin} needs an attrs class below Record."), **facts)
    known = attrs.fields_dict(cls)
    for field in (record_type.unit.partition(".")[0], record_type.act, *record_type.indexes):
        if field and field not in known:
            message = N_("Record type {type} of plugin {plugin} names the field {field}, which {cls} does not have.")
            return origin.refuse(message, field=field, **facts)
    try:
        named = terms(cls)
    # A field without a term, or an annotation whose names are not there at run time.
    except (AttributeError, NameError, TypeError) as error:
        message = N_("The terms of record type {type} of plugin {plugin} cannot be read: {reason}")
        return origin.refuse(message, reason=sentence(error), **facts)
    for field in record_type.indexes:
        if named[field].personal:
            message = N_("Record type {type} of plugin {plugin} indexes {field}, which holds personal data.")
            return origin.refuse(message, field=field, **facts)
    return None


def build_library(contributions: Sequence[Contribution]) -> tuple[Library | None, list[Fault]]:
    """All law together; or nothing, and whose instruments and matters do not fit.

    Raises:
        PolicyDataError: What is built in does not fit together.
    """
    try:
        library = Library.build(
            (instrument for contribution in contributions for instrument in contribution.instruments),
            (matter for contribution in contributions for matter in contribution.matters),
        )
    except PolicyDataError as error:
        return None, _policy_faults(contributions, error)
    return library, []


def _policy_faults(contributions: Sequence[Contribution], error: PolicyDataError) -> list[Fault]:
    # The place of a problem is the identifier of the instrument or matter.
    owners: dict[str, Origin] = {}
    for contribution in contributions:
        owners |= dict.fromkeys((instrument.id for instrument in contribution.instruments), contribution.origin)
        owners |= dict.fromkeys((matter.id for matter in contribution.matters), contribution.origin)
    by_owner: dict[Origin, list[str]] = {}
    for problem in error.problems:
        by_owner.setdefault(owners[problem.where], []).append(str(problem))
    if any(origin.builtin for origin in by_owner):
        raise error
    message = N_("The instruments and matters of plugin {plugin} do not fit:\n  {problems}\n")
    return [(origin, origin.refuse(message, problems="\n  ".join(found))) for origin, found in by_owner.items()]
