"""Finding plugins, importing them, and holding them to the hooks.

Pluggy forgives much that must not be forgiven here: an implementation without its mark, or under a misspelt name, is
never called and nobody is told. A compliance report that lacks a plugin's rules looks better than it is, so every doubt
about a plugin is an error.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import metadata
from types import ModuleType

import attrs
import pluggy

from govopen import __version__
from govopen.errors import PluginError
from govopen.plugins import hookspecs
from govopen.plugins.inspection import check_interface, check_marks
from govopen.plugins.interface import GovopenDeprecationWarning
from govopen.plugins.origin import DISABLE_VARIABLE, Origin, sentence
from govopen.texts import N_

__all__ = ["Found", "Implementation", "disabled_by_environment", "find_plugins"]

Implementation = Callable[[], object]
"""A function of a plugin that answers a hook."""


@attrs.frozen(kw_only=True, eq=False)
class Found:
    """A plugin that was found.

    Attributes:
        implementations: Name of the hook, and the function; several functions may implement one hook.
        interface: The version of the plugin interface that the plugin states.
        warnings: What of the plugin interface it uses that is going.
        failure: Why it is not used.
        disabled: Whether somebody disabled it; then it was not even imported.
    """

    origin: Origin
    implementations: tuple[tuple[str, Implementation], ...] = ()
    interface: int | None = None
    warnings: tuple[GovopenDeprecationWarning, ...] = ()
    failure: PluginError | None = None
    disabled: bool = False


def disabled_by_environment() -> frozenset[str]:
    """What ``GOVOPEN_DISABLE_PLUGINS`` names: entry points or distributions, separated by commas."""
    names = os.environ.get(DISABLE_VARIABLE, "").split(",")
    return frozenset(name.strip() for name in names if name.strip())


def find_plugins(
    builtin: object, given: Sequence[object], *, entry_points: bool, disabled: Iterable[str]
) -> Iterator[Found]:
    """What is built in, then installed plugins by distribution and name, then those given, in their order.

    A plugin that is both installed and given is there once, as the installed one.

    Args:
        builtin: The core's own plugin.
        given: Modules or instances.
        entry_points: Whether to look for installed plugins.
        disabled: Names of entry points or distributions, or of modules or classes given.
    """
    blocked = {_canonical(name) for name in disabled if name}
    # Of this call alone: a manager that others share would let one embedder's plugins into another's reports.
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    own = Origin(name=hookspecs.PROJECT, distribution=hookspecs.PROJECT, version=__version__, builtin=True)
    yield _take(manager, own, builtin)
    for origin, load in (*(_installed() if entry_points else ()), *_given(given)):
        if blocked & {_canonical(origin.name), _canonical(origin.distribution)}:
            yield Found(origin=origin, disabled=True)
            continue
        try:
            plugin = load()
        except PluginError as error:
            yield Found(origin=origin, failure=error)
            continue
        if all(plugin is not other for _, other in manager.list_name_plugin()):
            yield _take(manager, origin, plugin)


def _canonical(name: str) -> str:
    """As package indexes compare names: ``Example_Unit`` is ``example-unit``."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed() -> list[tuple[Origin, Callable[[], object]]]:
    found: list[tuple[Origin, Callable[[], object]]] = []
    for point in metadata.entry_points(group=hookspecs.PROJECT):
        origin = Origin(name=point.name, distribution=_told(point, "Name"), version=_told(point, "Version"))
        found.append((origin, partial(_imported, origin, point)))
    # The order of the file system is no order: reports have to come out the same on every machine.
    return sorted(found, key=lambda pair: (_canonical(pair[0].distribution), pair[0].name))


def _told(point: metadata.EntryPoint, key: str) -> str:
    # A removal that broke off may leave entry points without the file that has name and version. Where the backport
    # importlib_metadata is installed it finds them, and raises for what Python itself leaves empty.
    try:
        told = point.dist.metadata if point.dist is not None else None
    except OSError:
        return ""
    return told[key] if told is not None and key in told else ""


def _imported(origin: Origin, point: metadata.EntryPoint) -> object:
    try:
        return point.load()
    # A module that calls sys.exit() when it is imported would end the host's program without a word.
    except (Exception, SystemExit) as error:
        raise origin.refuse(
            N_("Plugin {plugin} failed to import {value}: {error}: {reason}"),
            value=point.value,
            error=type(error).__name__,
            reason=sentence(error),
        ) from error


def _given(plugins: Sequence[object]) -> Iterator[tuple[Origin, Callable[[], object]]]:
    seen: Counter[str] = Counter()
    for plugin in plugins:
        name = _name_of(plugin)
        seen[name] += 1
        # Two instances of one class have one name; an error has to say which.
        yield Origin(name=name if seen[name] == 1 else f"{name}#{seen[name]}"), partial(_itself, plugin)


def _itself(plugin: object) -> object:
    return plugin


def _name_of(plugin: object) -> str:
    kind = type(plugin)
    # Not by isinstance: that asks the plugin itself, which may fail.
    if issubclass(kind, ModuleType):
        return str(vars(plugin)["__name__"])
    if issubclass(kind, type) and isinstance(plugin, type):
        kind = plugin
    return f"{kind.__module__}.{kind.__qualname__}"


def _take(manager: pluggy.PluginManager, origin: Origin, plugin: object) -> Found:
    try:
        return _examined(manager, origin, plugin)
    except PluginError as error:
        return Found(origin=origin, failure=error)


def _examined(manager: pluggy.PluginManager, origin: Origin, plugin: object) -> Found:
    try:
        warnings = (*check_interface(plugin, origin), *check_marks(manager, plugin, origin))
        _register(manager, origin, plugin)
        return Found(
            origin=origin,
            implementations=tuple(
                (caller.name, implementation.function)
                for caller in manager.get_hookcallers(plugin) or ()
                for implementation in caller.get_hookimpls()
                if implementation.plugin is plugin
            ),
            interface=getattr(plugin, "GOVOPEN_INTERFACE", None),
            warnings=warnings,
        )
    except PluginError:
        raise
    except Exception as error:
        # Looking at an object runs code of its own: __eq__, __getattr__, a property.
        raise origin.refuse(
            N_("Plugin {plugin} cannot be looked at: {error}: {reason}"),
            error=type(error).__name__,
            reason=sentence(error),
        ) from error


def _register(manager: pluggy.PluginManager, origin: Origin, plugin: object) -> None:
    for name, other in manager.list_name_plugin():
        if other == plugin:
            raise origin.refuse(
                N_("Plugin {plugin} compares equal to plugin {other}; pluggy would take them for one."),
                hint=N_("Use a module, or decorate the class with eq=False."),
                other=name,
            )
    if manager.has_plugin(str(origin)):
        raise origin.refuse(
            N_("Two entry points are called {plugin}."), hint=N_("Give each a name of its own in pyproject.toml.")
        )
    manager.register(plugin, str(origin))
