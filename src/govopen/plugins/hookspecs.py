# An implementation is never missing here: these functions are only described, pluggy does not call them.
# mypy: disable-error-code="empty-body"
"""The hooks: what a plugin can bring, one function each.

A plugin is a module, or an instance of a class, with functions of these names, each marked with :data:`hookimpl`.
For all hooks alike:

* When: once, while a :class:`~govopen.plugins.registry.Registry` loads, and never per record. Two registries ask twice.
* Parameters: those of the specification and no others.
* Results: those of all plugins together. No plugin's answer replaces another's: two things under one name are an error
  that names both plugins.
* Errors: whatever an implementation raises, or gives that is not of the type stated, becomes a
  :class:`~govopen.errors.PluginError` that names the plugin and the hook. Nothing of a failed plugin is used.

A plugin states the interface it was written for as ``GOVOPEN_INTERFACE = 1``; one that states none is taken to be
written for :data:`INTERFACE_VERSION`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from pluggy import HookimplMarker, HookspecMarker

from govopen.calendars.overlay import Overlay
from govopen.calendars.port import Calendar
from govopen.clearance.screening import Screener
from govopen.intake.port import ChannelFactory
from govopen.model.base import RecordType
from govopen.model.catalog import SubCategory
from govopen.policy.instrument import Instrument
from govopen.policy.matter import Matter
from govopen.publishing.exporter import ExporterFactory
from govopen.publishing.port import PublisherFactory
from govopen.rules.base import Rule
from govopen.storage.listening import ListenerFactory
from govopen.storage.port import StoreFactory

__all__ = [
    "INTERFACE_VERSION",
    "OLDEST_INTERFACE",
    "PROJECT",
    "CalendarFactory",
    "govopen_calendars",
    "govopen_categories",
    "govopen_channels",
    "govopen_exporters",
    "govopen_instruments",
    "govopen_listeners",
    "govopen_publishers",
    "govopen_record_types",
    "govopen_rules",
    "govopen_screeners",
    "govopen_stores",
    "hookimpl",
    "hookspec",
]

PROJECT = "govopen"
"""Pluggy's project name, and the group of the entry points."""

INTERFACE_VERSION = 1
"""The version of the plugin interface. A change that can break a plugin raises it."""

OLDEST_INTERFACE = 1
"""The oldest version of the plugin interface that still loads."""

hookspec = HookspecMarker(PROJECT)
hookimpl = HookimplMarker(PROJECT)
"""Marks a function of a plugin as the implementation of the hook whose name it bears."""


class CalendarFactory(Protocol):
    """Makes the calendar of a jurisdiction."""

    def __call__(self, overlays: Sequence[Overlay], /) -> Calendar:
        """The calendar under the ``overlays`` of the workspace; they come in the order of its settings.

        Raises:
            InputError: The overlays do not fit the calendar.
        """
        ...


@hookspec
def govopen_instruments() -> Iterable[Instrument | Matter]:
    """Law: instruments with their clauses and obligations, and matters, which are questions of law through time.

    Returns:
        A city's or unit's own instruments and matters. Identifiers are those that citations write.

    Combine: all are put into one library together with what is built in. They may cite each other and the built-in law.

    Errors: an identifier that is taken; a citation of what is not there; a matter with a gap or an overlap that nobody
    explains.
    """


@hookspec
def govopen_record_types() -> Iterable[RecordType]:
    """Further types of records, to import, keep, and check.

    Returns:
        Record types with a name and a class of their own. Every field of the class has a ``Term``.

    Combine: stores and importers know the built-in types and all of these. Records of a plugin that is gone stay in the
    store, unread, and each check says how many there are.

    Errors: a name or class that is taken; a field without a term; an index, act or unit that is no field of the class,
    or an index over personal data.
    """


@hookspec
def govopen_rules() -> Iterable[Rule]:
    """Rules: pure functions over records, with the law they rest on.

    Returns:
        Rules whose codes begin with letters that no other plugin uses.

    Combine: a check runs all of them. A rule can add to what an obligation asks and never takes anything away, because
    an obligation is met only if all its rules are kept.

    Errors: a code or prefix that is taken; an obligation, clause or matter that no instrument has; a subject or related
    record that no record type declares; an index that its type does not declare.
    """


@hookspec
def govopen_categories() -> Iterable[SubCategory]:
    """A unit's own divisions of the eleven categories of information items.

    Returns:
        Sub-categories. Write the identifier as ``owner/name``, so that no other unit's is the same.

    Combine: an import accepts all of them in an item's ``subcategory``, each in its own category only.

    Errors: an identifier that is taken.
    """


@hookspec
def govopen_stores() -> Mapping[str, StoreFactory]:
    """Where records can be kept.

    Returns:
        From the scheme of a URL, as written before ``://``, to a factory that opens the store. Import what the factory
        needs inside it: most runs open another store.

    Combine: the scheme of the workspace's URL picks the factory.

    Errors: a scheme that is taken. An error of the factory that is not one of :mod:`govopen.errors` becomes a
    ``PluginError`` when the store is opened.
    """


@hookspec
def govopen_calendars() -> Mapping[str, CalendarFactory]:
    """Which days are worked, by jurisdiction.

    Returns:
        From the beginning of a jurisdiction's code (``CN``, ``CN-44``) to a factory of its calendar. The factory is
        given the overlays of the workspace, so that a local holiday reaches a local calendar too.

    Combine: a unit has the calendar with the longest code that its own begins with.

    Errors: a code that is taken. An error of the factory that is not one of :mod:`govopen.errors` becomes a
    ``PluginError`` when the calendar is asked for.
    """


@hookspec
def govopen_publishers() -> Mapping[str, PublisherFactory]:
    """Where cleared items can be shown.

    Returns:
        From a name, as ``kind`` in a ``[publishers.*]`` section writes it, to a factory that makes the publisher of one
        site. Import what the factory needs inside it.

    Combine: each section of the workspace picks a factory by its ``kind``.

    Errors: a name that is taken. An error of the factory that is not one of :mod:`govopen.errors` becomes a
    ``PluginError`` when the publisher is made.
    """


@hookspec
def govopen_channels() -> Mapping[str, ChannelFactory]:
    """Where requests and enquiries come in from: a mailbox, a form, a hotline's system.

    Returns:
        From a name, as ``kind`` in a ``[channels.*]`` section writes it, to a factory that makes one channel. Import
        what the factory needs inside it.

    Combine: each section of the workspace picks a factory by its ``kind``.

    Errors: a name that is taken. An error of the factory that is not one of :mod:`govopen.errors` becomes a
    ``PluginError`` when the channel is made.
    """


@hookspec
def govopen_exporters() -> Mapping[str, ExporterFactory]:
    """Formats in which the public catalogue of information can be written.

    Returns:
        From the name of a format, as ``govopen export`` takes it, to a factory that makes an exporter. Import what the
        factory needs inside it.

    Combine: the name picks the factory.

    Errors: a name that is taken. An error of the factory that is not one of :mod:`govopen.errors` becomes a
    ``PluginError`` when the exporter is made.
    """


@hookspec
def govopen_listeners() -> Mapping[str, ListenerFactory]:
    """What is told of changes: which record, never what it says.

    Returns:
        From a name, as ``kind`` in a ``[listeners.*]`` section writes it, to a factory that makes one listener. Import
        what the factory needs inside it. A plugin that is installed listens to nothing until a workspace says so.

    Combine: each section of the workspace picks a factory by its ``kind``. A listener that fails is recorded and stops
    nobody.

    Errors: a name that is taken. An error of the factory that is not one of :mod:`govopen.errors` becomes a
    ``PluginError`` when the listener is made.
    """


@hookspec
def govopen_screeners() -> Iterable[Screener]:
    """Screeners: what looks for content that must not be shown, before anything is cleared.

    Returns:
        Objects with a ``name`` of their own, a ``title`` in both languages, and ``screen``, a pure function from a
        passage to its hits.

    Combine: every item is screened by all of them, and the most restrictive verdict counts. A plugin can tighten and
    never loosen.

    Errors: a name that is taken; something that has no name, title or ``screen``.
    """
