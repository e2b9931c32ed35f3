"""What can be wrong with a plugin before any of its hooks is called."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

import pluggy

from govopen.errors import PluginError
from govopen.plugins import interface
from govopen.plugins.hookdocs import describe_hooks
from govopen.plugins.hookspecs import PROJECT
from govopen.plugins.interface import GovopenDeprecationWarning, deprecation_of, stated
from govopen.plugins.origin import Origin
from govopen.texts import N_

__all__ = ["check_interface", "check_marks"]

_HOOKS = {hook.name: hook for hook in describe_hooks()}
_NAMED = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def check_interface(plugin: object, origin: Origin) -> Iterator[GovopenDeprecationWarning]:
    """Refuse what is no plugin, and one written for an interface that this govopen does not have.

    Yields:
        That the interface it is written for is going.

    Raises:
        PluginError: As said.
    """
    if inspect.isclass(plugin):
        raise origin.refuse(
            N_("Plugin {plugin} is a class; its functions would lack their 'self'."),
            hint=N_("Give an instance of {cls}, or a module."),
            cls=plugin.__qualname__,
        )
    wanted = getattr(plugin, "GOVOPEN_INTERFACE", interface.INTERFACE_VERSION)
    if type(wanted) is not int:
        raise origin.refuse(
            N_("Plugin {plugin} sets GOVOPEN_INTERFACE to something other than a whole number."),
            hint=N_("Write: GOVOPEN_INTERFACE = {newest}"),
            newest=interface.INTERFACE_VERSION,
        )
    facts = {"wanted": wanted, "oldest": interface.OLDEST_INTERFACE, "newest": interface.INTERFACE_VERSION}
    if wanted > interface.INTERFACE_VERSION:
        raise origin.refuse(
            N_("Plugin {plugin} is written for version {wanted} of the plugin interface; this govopen has {newest}."),
            hint=N_("Upgrade govopen, or install an older version of the plugin."),
            **facts,
        )
    # First, because its row in the table says what to write instead.
    if (warning := deprecation_of(origin, stated(wanted))) is not None:
        yield warning
    if wanted < interface.OLDEST_INTERFACE:
        raise origin.refuse(
            N_("Plugin {plugin} is written for version {wanted} of the plugin interface; the oldest kept is {oldest}."),
            hint=N_("Install a newer version of the plugin."),
            **facts,
        )


def check_marks(manager: pluggy.PluginManager, plugin: object, origin: Origin) -> Iterator[GovopenDeprecationWarning]:
    """Refuse functions that pluggy would ignore, or would keep for a hook that nobody calls.

    Yields:
        That a hook which it implements is going.

    Raises:
        PluginError: As said.
    """
    implementations = 0
    for name in dir(plugin):
        options = manager.parse_hookimpl_opts(plugin, name)
        if options is None:
            if name.startswith(f"{PROJECT}_") and not inspect.ismodule(inspect.getattr_static(plugin, name, None)):
                raise _unmarked(origin, name)
            continue
        hook = options.get("specname") or name
        # First, because a hook that is gone is in no specification.
        if (warning := deprecation_of(origin, hook)) is not None:
            yield warning
        if hook not in _HOOKS:
            raise _unknown(origin, hook)
        if options.get("wrapper") or options.get("hookwrapper"):
            raise origin.refuse(
                N_("{function} of plugin {plugin} is marked as a wrapper."),
                hint=N_("A plugin adds to what others give and never changes it."),
                function=name,
            )
        if options.get("tryfirst") or options.get("trylast"):
            raise origin.refuse(
                N_("{function} of plugin {plugin} asks to be called before or after all others."),
                hint=N_("No result replaces another, so there is no order: write @hookimpl alone."),
                function=name,
            )
        _check_signature(origin, hook, getattr(plugin, name))
        implementations += 1
    if not implementations:
        raise origin.refuse(
            N_("Plugin {plugin} implements no hook."), hint=N_("The hooks are: {hooks}."), hooks=", ".join(_HOOKS)
        )


def _check_signature(origin: Origin, hook: str, function: Callable[..., Any]) -> None:
    expected = _HOOKS[hook]
    if (found := _misfit(function, expected.parameters)) is not None:
        raise origin.refuse(
            N_("{hook} of plugin {plugin} does not fit its hook: {found}"),
            hint=N_("It has to be: def {signature}"),
            hook=hook,
            found=found,
            signature=expected.signature,
        )


def _misfit(function: Callable[..., Any], names: tuple[str, ...]) -> str | None:
    """The signature, if the hook cannot be called by it."""
    try:
        signature = inspect.signature(function)
    except ValueError as error:
        # A method without room for `self`.
        return str(error)
    is_async = inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)
    # Pluggy lets a parameter with a default pass and never fills it; a keyword-only one fails only when it is called.
    if is_async or any(each.kind not in _NAMED or each.name not in names for each in signature.parameters.values()):
        plain = [each.replace(annotation=inspect.Parameter.empty) for each in signature.parameters.values()]
        shown = inspect.Signature(plain)
        return f"{'async ' if is_async else ''}def {function.__name__}{shown}"
    return None


def _unmarked(origin: Origin, name: str) -> PluginError:
    if name not in _HOOKS:
        return _unknown(origin, name)
    return origin.refuse(
        N_("{function} of plugin {plugin} is not a function marked with @hookimpl; it would never be called."),
        hint=N_("Write above it: @hookimpl (from govopen.plugins.hookspecs import hookimpl)."),
        function=name,
    )


def _unknown(origin: Origin, name: str) -> PluginError:
    # Without what they all begin with, or every name would be close to every other.
    hooks = {hook.removeprefix(f"{PROJECT}_"): hook for hook in _HOOKS}
    close = get_close_matches(name.removeprefix(f"{PROJECT}_"), hooks, n=1)
    return origin.refuse(
        N_("Plugin {plugin} has {function}, and there is no such hook."),
        hint=N_("Did you mean {close}?")
        if close
        else N_("The hooks are: {hooks}. Names that begin with govopen_ are kept for them."),
        function=name,
        close=hooks[close[0]] if close else "",
        hooks=", ".join(_HOOKS),
    )
