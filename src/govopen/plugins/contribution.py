"""What one plugin gives: its hooks called, one by one, and their results held to the types they promise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from govopen.calendars.port import CalendarFactory
from govopen.clearance.screening import Screener
from govopen.errors import PluginError
from govopen.intake.port import ChannelFactory
from govopen.model.base import RecordType
from govopen.model.catalog import SubCategory
from govopen.plugins.fitting import PORTS, check_factory, check_screener
from govopen.plugins.loading import Found, Implementation
from govopen.plugins.origin import Origin, sentence
from govopen.policy.instrument import Instrument
from govopen.policy.matter import Matter
from govopen.publishing.exporter import ExporterFactory
from govopen.publishing.port import PublisherFactory
from govopen.rules.base import Rule
from govopen.storage.listening import ListenerFactory
from govopen.storage.port import StoreFactory
from govopen.texts import N_, Text

__all__ = ["Contribution", "collect"]

_MEMBERS: Mapping[str, tuple[type, ...]] = {
    "govopen_instruments": (Instrument, Matter),
    "govopen_record_types": (RecordType,),
    "govopen_rules": (Rule,),
    "govopen_categories": (SubCategory,),
    "govopen_screeners": (object,),
}
"""Hooks that give values, and of which classes. The others give factories by name."""


@attrs.frozen(kw_only=True, eq=False)
class Contribution:
    """What the hooks of one plugin gave. Factories come with the name they are given under."""

    origin: Origin
    hooks: tuple[str, ...]
    instruments: tuple[Instrument, ...]
    matters: tuple[Matter, ...]
    types: tuple[RecordType, ...]
    rules: tuple[Rule, ...]
    categories: tuple[SubCategory, ...]
    stores: tuple[tuple[str, StoreFactory], ...]
    calendars: tuple[tuple[str, CalendarFactory], ...]
    publishers: tuple[tuple[str, PublisherFactory], ...]
    channels: tuple[tuple[str, ChannelFactory], ...]
    exporters: tuple[tuple[str, ExporterFactory], ...]
    listeners: tuple[tuple[str, ListenerFactory], ...]
    screeners: tuple[Screener, ...]

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The letters that its rule codes begin with, sorted."""
        return tuple(sorted({rule.prefix for rule in self.rules}))


def collect(found: Found) -> Contribution:
    """Call every hook of a plugin once.

    Each is called by itself: called all together, as pluggy does, one failure would lose what all others gave.

    Raises:
        PluginError: An implementation failed, or gave what its hook does not take.
    """
    given: dict[str, list[Any]] = {}
    for hook, implementation in found.implementations:
        given.setdefault(hook, []).extend(_results(found.origin, hook, implementation))
    law = given.get("govopen_instruments", ())
    return Contribution(
        origin=found.origin,
        hooks=tuple(sorted(given)),
        instruments=tuple(entry for entry in law if isinstance(entry, Instrument)),
        matters=tuple(entry for entry in law if isinstance(entry, Matter)),
        types=tuple(given.get("govopen_record_types", ())),
        rules=tuple(given.get("govopen_rules", ())),
        categories=tuple(given.get("govopen_categories", ())),
        stores=tuple(given.get("govopen_stores", ())),
        calendars=tuple(given.get("govopen_calendars", ())),
        publishers=tuple(given.get("govopen_publishers", ())),
        channels=tuple(given.get("govopen_channels", ())),
        exporters=tuple(given.get("govopen_exporters", ())),
        listeners=tuple(given.get("govopen_listeners", ())),
        screeners=tuple(given.get("govopen_screeners", ())),
    )


def _results(origin: Origin, hook: str, implementation: Implementation) -> list[Any]:
    classes = _MEMBERS.get(hook)
    try:
        result = implementation()
        if classes and isinstance(result, Iterable):
            # It may be a generator: what that raises, it raises only now.
            result = list(result)
    except Exception as error:
        raise origin.refuse(
            N_("{hook} of plugin {plugin} failed: {error}: {reason}"),
            hook=hook,
            error=type(error).__name__,
            reason=sentence(error),
        ) from error
    return _members(origin, hook, result, classes) if classes else _factories(origin, hook, result)


def _members(origin: Origin, hook: str, result: object, classes: tuple[type, ...]) -> list[Any]:
    wanted = "Screener" if hook == "govopen_screeners" else " | ".join(cls.__name__ for cls in classes)
    if not isinstance(result, list):
        raise _gives(origin, hook, result, f"Iterable[{wanted}]")
    for entry in result:
        if not isinstance(entry, classes) or (hook == "govopen_screeners" and not _is_screener(entry)):
            raise _gives(origin, hook, entry, wanted)
        if hook == "govopen_screeners":
            check_screener(origin, entry)
    return result


def _is_screener(entry: object) -> bool:
    # A screener is known by what it can do: a class would be screened with, and lack its self.
    name: object = getattr(entry, "name", None)
    fits = isinstance(name, str) and name and isinstance(getattr(entry, "title", None), Text)
    return bool(fits and callable(getattr(entry, "screen", None)) and not isinstance(entry, type))


def _factories(origin: Origin, hook: str, result: object) -> list[tuple[str, Callable[..., Any]]]:
    if not isinstance(result, Mapping):
        raise _gives(origin, hook, result, "Mapping[str, Callable]")
    for name, factory in result.items():
        if not isinstance(name, str) or not name:
            raise _gives(origin, hook, name, "str")
        if not callable(factory):
            raise _gives(origin, hook, factory, "Callable")
        check_factory(origin, PORTS[hook], name, factory)
    return list(result.items())


def _gives(origin: Origin, hook: str, value: object, wanted: str) -> PluginError:
    return origin.refuse(
        N_("{hook} of plugin {plugin} gives a {found}; it has to give {wanted}."),
        hook=hook,
        found=type(value).__name__,
        wanted=wanted,
    )
