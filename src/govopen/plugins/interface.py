"""The versions of the plugin interface, and what of it is going.

The interface is what a plugin is written against: the hooks, the ports whose factories they give, and the classes that
plugins make. What may change, and how long the old goes on to work: ``docs/explanation/plugins.md``.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govopen.errors import PluginError
from govopen.plugins.origin import Origin
from govopen.texts import N_

__all__ = [
    "DEPRECATIONS",
    "INTERFACE_VERSION",
    "OLDEST_INTERFACE",
    "Deprecation",
    "GovopenDeprecationWarning",
    "deprecation_of",
    "deprecations",
    "stated",
]

INTERFACE_VERSION = 1
"""The version of the plugin interface. A change that can break a plugin raises it."""

OLDEST_INTERFACE = 1
"""The oldest version of the plugin interface that still loads."""


class GovopenDeprecationWarning(DeprecationWarning):
    """A plugin uses something of the plugin interface that is going. It works until the version named.

    Attributes:
        message: English template with ``{named}`` places; also the msgid of its translations.
        facts: What fills the places: plugin, distribution, subject, since, removed.
        hint: A further template: what to write instead.
    """

    def __init__(self, message: str, *, hint: str, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".format(**self.facts)


@attrs.frozen(kw_only=True)
class Deprecation:
    """Something of the plugin interface that is going, or gone.

    Attributes:
        subject: A hook (``govopen_rules``), a method of a port (``Publisher.settle``), or what a plugin states that is
            written for an old version (:func:`stated`).
        since: The version of the interface from which on its use is warned of.
        removed_in: The version that has it no longer: a plugin that still uses it is refused.
        instead: What to write instead: an English template, and the msgid of its translations.
    """

    subject: str
    since: int
    removed_in: int
    instead: str


DEPRECATIONS: tuple[Deprecation, ...] = ()
"""All that is going. What is gone stays in the table, so that an old plugin is still told what to write instead."""


def stated(version: int) -> str:
    """What a plugin says that is written for ``version``: as a subject of :class:`Deprecation`."""
    return f"GOVOPEN_INTERFACE = {version}"


def deprecations() -> Iterator[Deprecation]:
    """The rows of the table that hold for this version of the interface."""
    return (entry for entry in DEPRECATIONS if entry.since <= INTERFACE_VERSION)


def deprecation_of(origin: Origin, subject: str) -> GovopenDeprecationWarning | None:
    """What to warn of when a plugin uses ``subject``; ``None`` if that stays, or the plugin is what is built in.

    Raises:
        PluginError: It is gone.
    """
    for entry in deprecations():
        if entry.subject != subject:
            continue
        if entry.removed_in <= INTERFACE_VERSION:
            raise _gone(origin, entry)
        if origin.builtin:
            # Ours to change; nobody who is warned could.
            return None
        return GovopenDeprecationWarning(
            N_("Plugin {plugin} uses {subject}, which goes in version {removed} of the plugin interface."),
            hint=entry.instead,
            plugin=str(origin),
            distribution=origin.distribution,
            subject=subject,
            since=entry.since,
            removed=entry.removed_in,
        )
    return None


def _gone(origin: Origin, entry: Deprecation) -> PluginError:
    return origin.refuse(
        N_("Plugin {plugin} uses {subject}, which is gone since version {removed} of the plugin interface."),
        hint=entry.instead,
        subject=entry.subject,
        removed=entry.removed_in,
    )
