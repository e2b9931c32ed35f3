# An implementation is never missing here: these functions are only described, pluggy does not call them.
# mypy: disable-error-code="empty-body"
"""The hooks: what a plugin can bring, one function each.

A plugin is a module, or an instance of a class, with functions of these names, each marked with :data:`hookimpl`.
For all hooks alike:

* When: while a :class:`~govopen.plugins.registry.Registry` loads, and never per record. Two registries ask twice.
* Results: those of all plugins together. Two things under one name are an error that names both plugins.
* Errors: whatever an implementation raises, or gives that is not of the type stated, becomes a
  :class:`~govopen.errors.PluginError` that names the plugin and the hook. Nothing of a failed plugin is used.
* Factories: what they make is held against the port's methods when it is made. An error of theirs that is not one of
  :mod:`govopen.errors` becomes a ``PluginError``. Import what a factory needs inside it: most runs need another.

A plugin states the interface it was written for as ``GOVOPEN_INTERFACE = 1``; one that states none is taken to be
written for the current one (:data:`govopen.plugins.interface.INTERFACE_VERSION`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pluggy import HookimplMarker, HookspecMarker

from govopen.calendars.port import CalendarFactory
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
    "PROJECT",
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

hookspec = HookspecMarker(PROJECT)
"""Marks a specification in this module. Plugins use :data:`hookimpl`."""
hookimpl = HookimplMarker(PROJECT)
"""Marks a function of a plugin as the implementation of the hook whose name it bears."""


@hookspec
def govopen_instruments() -> Iterable[Instrument | Matter]:
    """Law: instruments with their clauses and obligations, and matters, which are questions of law through time.

    Called once, while a registry loads. Takes no parameters.

    Returns:
        A city's or unit's own instruments and matters. Identifiers are those that citations write.

    Combine: all are put into one library together with what is built in. They may cite each other and the built-in law.

    Errors: an identifier that is taken; a citation of what is not there; a matter with a gap or an overlap that nobody
    explains.

    Example:
        import datetime as dt

        from govopen.plugins.hookspecs import hookimpl
        from govopen.policy.citation import Citation
        from govopen.policy.matter import Matter, Provision
        from govopen.texts import Text

        SINCE = dt.date(2024, 1, 2)
        BASIS = (Citation("ogi-2019", "25"),)

        @hookimpl
        def govopen_instruments():
            week = Provision(since=SINCE, basis=BASIS, values={"days": 7}, verified=True)
            title, days = Text("张贴期限", "time on the board"), {"days": Text("日", "days")}
            return [Matter(id="street/board", title=title, act="published_on", parameters=days, provisions=(week,))]
    """


@hookspec
def govopen_record_types() -> Iterable[RecordType]:
    """Further types of records, to import, keep, and check.

    Called once, while a registry loads. Takes no parameters.

    Returns:
        Record types with a name and a class of their own. Every field of the class has a ``Term``.

    Combine: stores and importers know the built-in types and all of these. Records of a plugin that is gone stay in the
    store, unread, and each check says how many there are.

    Errors: a name or class that is taken; a field without a term; an index, act or unit that is no field of the class,
    or an index over personal data.

    Example:
        from typing import Annotated

        import attrs
        from govopen.model.base import Record, RecordType, Term
        from govopen.plugins.hookspecs import hookimpl
        from govopen.texts import Text

        @attrs.frozen(kw_only=True)
        class Stall(Record):
            unit: Annotated[str, Term("单位", "unit")]
            keeper: Annotated[str, Term("经营者", "keeper", personal=True)] = ""

        @hookimpl
        def govopen_record_types():
            return [RecordType(name="stall", cls=Stall, title=Text("摊位", "stall"))]
    """


@hookspec
def govopen_rules() -> Iterable[Rule]:
    """Rules: pure functions over records, with the law they rest on.

    Called once, while a registry loads. Takes no parameters.

    Returns:
        Rules whose codes begin with letters that no other plugin uses.

    Combine: a check runs all of them. A rule can add to what an obligation asks and never takes anything away, because
    an obligation is met only if all its rules are kept.

    Errors: a code or prefix that is taken; an obligation, clause or matter that no instrument has; a subject or related
    record that no record type declares; an index that its type does not declare.

    Example:
        from govopen.plugins.hookspecs import hookimpl
        from govopen.rules import samples
        from govopen.rules.base import Case, Severity, rule
        from govopen.rules.results import Fail
        from govopen.texts import Text

        GOOD, BAD = (samples.proactive_item(title=title) for title in ("停车通告", "通告"))

        @rule(
            code="STREET001", name="telling-title", subject=type(GOOD), basis=("ogi-2019:12",), severity=Severity.MINOR,
            title=Text("标题写明事项", "A title tells its matter"), rationale=Text("便于查找。", "It is searched for."),
            remedy=Text("写明事项。", "Name the matter."), messages={"bare": Text("标题未写事项。", "It names none.")},
            valid=(Case(Text("有事项", "named"), (GOOD,), samples.YEAR_END),),
            invalid=(Case(Text("无事项", "bare"), (BAD,), samples.YEAR_END),),
        )
        def telling_title(dossier, ctx):
            return Fail("bare") if dossier.record.title == "通告" else None

        @hookimpl
        def govopen_rules():
            return [telling_title]
    """


@hookspec
def govopen_categories() -> Iterable[SubCategory]:
    """A unit's own divisions of the eleven categories of information items.

    Called once, while a registry loads. Takes no parameters.

    Returns:
        Sub-categories. Write the identifier as ``owner/name``, so that no other unit's is the same.

    Combine: an import accepts all of them in an item's ``subcategory``, each in its own category only.

    Errors: an identifier that is taken.

    Example:
        from govopen.model.catalog import Category, SubCategory
        from govopen.plugins.hookspecs import hookimpl
        from govopen.texts import Text

        @hookimpl
        def govopen_categories():
            return [SubCategory(id="street/parking", category=Category.OTHER, title=Text("停车", "parking"))]
    """


@hookspec
def govopen_stores() -> Mapping[str, StoreFactory]:
    """Where records can be kept.

    Called once, while a registry loads. Takes no parameters.

    Returns:
        From the scheme of a URL, as written before ``://``, to a factory that opens the store.

    Combine: the scheme of the workspace's URL picks the factory.

    Errors: a scheme that is taken; a factory that does not take what the port gives it.

    Example:
        from govopen.plugins.hookspecs import hookimpl
        from govopen.storage.port import utc_now

        def open_shared(url, types, *, clock=utc_now):
            from govopen.storage.sql import SqlStore

            return SqlStore.open(url.replace("shared://", "sqlite://", 1), types, clock=clock)

        @hookimpl
        def govopen_stores():
            return {"shared": open_shared}
    """


@hookspec
def govopen_calendars() -> Mapping[str, CalendarFactory]:
    """Which days are worked, by jurisdiction.

    Called once, while a registry loads. Takes no parameters.

    Returns:
        From the beginning of a jurisdiction's code (``CN``, ``CN-44``) to a factory of its calendar. The factory is
        given the overlays of the workspace, so that a local holiday reaches a local calendar too.

    Combine: a unit has the calendar with the longest code that its own begins with.

    Errors: a code that is taken; a factory that does not take what the port gives it.

    Example:
        import datetime as dt

        from govopen.calendars.china import china_calendar
        from govopen.calendars.overlay import Change, Overlay
        from govopen.plugins.hookspecs import hookimpl

        FAIR = Change(days=(dt.date(2024, 5, 20),), working=False, notice="某府办〔2024〕1号")

        def city(overlays):
            return china_calendar([Overlay(name="fair", changes=(FAIR,)), *overlays])

        @hookimpl
        def govopen_calendars():
            return {"CN-4401": city}
    """


@hookspec
def govopen_publishers() -> Mapping[str, PublisherFactory]:
    """Where cleared items can be shown.

    Called once, while a registry loads. Takes no parameters.

    Returns:
        From a name, as ``kind`` in a ``[publishers.*]`` section writes it, to a factory that makes the publisher of one
        site.

    Combine: each section of the workspace picks a factory by its ``kind``.

    Errors: a name that is taken; a factory that does not take what the port gives it.

    Example:
        from govopen.plugins.hookspecs import hookimpl
        from govopen.publishing.folder import FolderPublisher

        def share(settings):
            return FolderPublisher(settings.folder / "share" / settings.site.id, address=settings.site.url)

        @hookimpl
        def govopen_publishers():
            return {"share": share}
    """


@hookspec
def govopen_channels() -> Mapping[str, ChannelFactory]:
    """Where requests and enquiries come in from: a mailbox, a form, a hotline's system.

    Called once, while a registry loads. Takes no parameters.

    Returns:
        From a name, as ``kind`` in a ``[channels.*]`` section writes it, to a factory that makes one channel.

    Combine: each section of the workspace picks a factory by its ``kind``.

    Errors: a name that is taken; a factory that does not take what the port gives it.

    Example:
        from govopen.intake.port import Channel
        from govopen.plugins.hookspecs import hookimpl

        class Silent(Channel):
            def collect(self): yield from ()
            def acknowledge(self, ref): pass
            def close(self): pass

        @hookimpl
        def govopen_channels():
            return {"silent": lambda settings: Silent()}
    """


@hookspec
def govopen_exporters() -> Mapping[str, ExporterFactory]:
    """Formats in which the public catalogue of information can be written.

    Called once, while a registry loads. Takes no parameters.

    Returns:
        From the name of a format, as ``govopen export`` takes it, to a factory that makes an exporter.

    Combine: the name picks the factory.

    Errors: a name that is taken; a factory that does not take what the port gives it.

    Example:
        from govopen.plugins.hookspecs import hookimpl

        class Digests:
            media_type, suffix = "text/plain", "txt"

            def export(self, parcels, out):
                out.writelines(parcel.cleared.digest.encode() + b";" for parcel in parcels)

        @hookimpl
        def govopen_exporters():
            return {"digests": lambda settings: Digests()}
    """


@hookspec
def govopen_listeners() -> Mapping[str, ListenerFactory]:
    """What is told of changes: which record, never what it says.

    Called once, while a registry loads. Takes no parameters.

    Returns:
        From a name, as ``kind`` in a ``[listeners.*]`` section writes it, to a factory that makes one listener. A
        plugin that is installed listens to nothing until a workspace says so.

    Combine: each section of the workspace picks a factory by its ``kind``. A listener that fails is recorded and stops
    nobody.

    Errors: a name that is taken; a factory that does not take what the port gives it.

    Example:
        from govopen.plugins.hookspecs import hookimpl
        from govopen.storage.listening import Listener

        class Bell(Listener):
            def notice(self, changes): print(len(changes), "changes; the last:", changes[-1].type, changes[-1].id)
            def close(self): pass

        @hookimpl
        def govopen_listeners():
            return {"bell": lambda settings: Bell()}
    """


@hookspec
def govopen_screeners() -> Iterable[Screener]:
    """Screeners: what looks for content that must not be shown, before anything is cleared.

    Called once, while a registry loads. Takes no parameters.

    Returns:
        Objects with a ``name`` of their own, a ``title`` in both languages, and ``screen``, a pure function from a
        passage to its hits.

    Combine: every item is screened by all of them, and the most restrictive verdict counts. A plugin can tighten and
    never loosen.

    Errors: a name that is taken; something that has no name, title or ``screen``.

    Example:
        import re

        from govopen.clearance.screening import Hit, Ruling
        from govopen.plugins.hookspecs import hookimpl
        from govopen.texts import Text

        class Extensions:
            name, title = "extensions", Text("内部电话", "internal telephone numbers")

            def screen(self, passage):
                for found in re.finditer("内线[0-9]{3,6}", passage.text or ""):
                    start, end = found.span()
                    yield Hit(code="extension", ruling=Ruling.HOLD, place=passage.place, start=start, end=end)

        @hookimpl
        def govopen_screeners():
            return [Extensions()]
    """
