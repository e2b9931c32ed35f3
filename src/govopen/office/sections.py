"""The sections of ``govopen.toml`` that name what a plugin makes: publishers, channels, exporters, listeners."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs

from govopen.errors import Problem, WorkspaceError
from govopen.policy.structuring import structure
from govopen.texts import N_

__all__ = ["ChannelSection", "ListenerSection", "PublisherSection", "channels", "listeners", "publishers"]

Raw = Mapping[str, Mapping[str, Any]]


@attrs.frozen(kw_only=True)
class PublisherSection:
    """Which publisher serves which sites, and its options, in which ``{site}`` is not yet filled in."""

    kind: str
    sites: tuple[str, ...]
    options: Mapping[str, Any] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class ChannelSection:
    """Through which recorded channel something comes in, what brings it, and its options."""

    kind: str
    channel: str
    options: Mapping[str, Any] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class ListenerSection:
    """What is told of changes, and its options."""

    kind: str
    options: Mapping[str, Any] = attrs.field(factory=dict)


S = TypeVar("S", PublisherSection, ChannelSection, ListenerSection)


def publishers(path: Path, sections: Raw) -> Mapping[str, PublisherSection]:
    """The sections; a site may be served once only: two publishers would each take away what the other put.

    Raises:
        WorkspaceError: With every problem found.
    """

    def doubled(found: Mapping[str, PublisherSection]) -> Iterator[Problem]:
        message = N_("The site {value} is served by publishers.{other} already.")
        yield from _twice(path, "publishers.{name}.sites", message, {name: each.sites for name, each in found.items()})

    return _sections(path, "publishers", PublisherSection, sections, doubled)


def channels(path: Path, sections: Raw) -> Mapping[str, ChannelSection]:
    """The sections; a recorded channel is read once only.

    Raises:
        WorkspaceError: With every problem found.
    """

    def doubled(found: Mapping[str, ChannelSection]) -> Iterator[Problem]:
        message = N_("The channel {value} is read by channels.{other} already.")
        named = {name: (each.channel,) for name, each in found.items()}
        yield from _twice(path, "channels.{name}.channel", message, named)

    return _sections(path, "channels", ChannelSection, sections, doubled)


def listeners(path: Path, sections: Raw) -> Mapping[str, ListenerSection]:
    """The sections.

    Raises:
        WorkspaceError: With every problem found.
    """
    return _sections(path, "listeners", ListenerSection, sections, lambda found: iter(()))


def _sections(
    path: Path, table: str, cls: type[S], sections: Raw, doubled: Callable[[Mapping[str, S]], Iterator[Problem]]
) -> Mapping[str, S]:
    known = [field.name for field in attrs.fields(cls) if field.name != "options"]
    found: dict[str, S] = {}
    problems: list[Problem] = []
    for name, entry in sections.items():
        own = {key: entry[key] for key in known if key in entry}
        nested: list[Problem] = []
        section = structure(own, cls, str(path), nested)
        problems += (attrs.evolve(one, path=f"{table}.{name}.{one.path}".rstrip(".")) for one in nested)
        if section is not None:
            options = {key: value for key, value in entry.items() if key not in own}
            found[name] = attrs.evolve(section, options=options)
    problems += doubled(found)
    if problems:
        raise WorkspaceError(N_("The workspace does not load."), problems=problems)
    return found


def _twice(path: Path, place: str, message: str, named: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """Whatever two sections name."""
    owners: dict[str, str] = {}
    for name, values in named.items():
        for value in values:
            if value in owners:
                facts: dict[str, object] = {"value": value, "other": owners[value]}
                yield Problem(where=str(path), path=place.format(name=name), message=message, facts=facts)
            owners.setdefault(value, name)
