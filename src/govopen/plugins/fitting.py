"""Whether what a plugin gives fits its port: held against the port's own signatures, and not against names alone.

``isinstance`` on a protocol sees names only, and a class that names the protocol as its base inherits bodies that do
nothing: a publisher without ``settle`` would show nobody anything and report success.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Protocol, get_origin, get_type_hints

import attrs

from govopen.calendars.port import Calendar, CalendarFactory
from govopen.clearance.screening import Screener
from govopen.errors import GovopenError
from govopen.intake.port import Channel, ChannelFactory
from govopen.plugins.interface import deprecation_of, deprecations
from govopen.plugins.origin import Origin, sentence
from govopen.publishing.exporter import Exporter, ExporterFactory
from govopen.publishing.port import Publisher, PublisherFactory
from govopen.storage.listening import Listener, ListenerFactory
from govopen.storage.port import Store, StoreFactory
from govopen.texts import N_

__all__ = ["PORTS", "Port", "check_factory", "check_product", "check_screener"]

_CONTEXT = {"__enter__", "__exit__"}
_ITERATORS = ("Iterator[", "Iterable[")
_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


@attrs.frozen
class _Member:
    """What a protocol asks for by name.

    Attributes:
        signature: Without its ``self``.
        kind: Of the value of a property; ``None``: it is a method.
    """

    name: str
    signature: inspect.Signature
    kind: type | None = None


@attrs.frozen(kw_only=True)
class Port:
    """A port as plugins meet it.

    Attributes:
        hook: The hook that gives its factories.
        factory: The protocol of a factory.
        product: The protocol of what a factory makes.
    """

    hook: str
    # A protocol is no class that could be made, which is what mypy takes `type[...]` for.
    factory: Any
    product: Any


PORTS: Mapping[str, Port] = {
    port.hook: port
    for port in (
        Port(hook="govopen_stores", factory=StoreFactory, product=Store),
        Port(hook="govopen_calendars", factory=CalendarFactory, product=Calendar),
        Port(hook="govopen_publishers", factory=PublisherFactory, product=Publisher),
        Port(hook="govopen_channels", factory=ChannelFactory, product=Channel),
        Port(hook="govopen_exporters", factory=ExporterFactory, product=Exporter),
        Port(hook="govopen_listeners", factory=ListenerFactory, product=Listener),
    )
}
"""The ports whose implementations are made by factories, by hook."""


def check_factory(origin: Origin, port: Port, name: str, factory: Callable[..., object]) -> None:
    """Refuse a factory that could not be called as the port calls it.

    Raises:
        PluginError: Naming the hook, the name that the factory is given under, and the signature that it has to have.
    """
    if (found := _misfit(factory, _signature(port.factory.__call__))) is not None:
        raise origin.refuse(
            N_("{hook} of plugin {plugin} gives under '{name}' a factory that does not fit: {found}"),
            hint=N_("It has to be: {signature}"),
            hook=port.hook,
            name=name,
            found=found,
            signature=_shown("factory", _signature(port.factory.__call__)),
        )


def check_product(origin: Origin, port: Port, product: object) -> None:
    """Refuse what a factory made, unless it has all that the port asks for; warn of methods that are going.

    Properties are read.

    Raises:
        PluginError: Naming the hook, the method or property, and the signature that it has to have.
    """
    _check(origin, port.hook, port.product, product)


def check_screener(origin: Origin, screener: object) -> None:
    """Refuse a screener whose ``screen`` could not be called with a passage; warn of methods that are going.

    Raises:
        PluginError: Naming the signature that it has to have.
    """
    _check(origin, "govopen_screeners", Screener, screener)


def _check(origin: Origin, hook: str, protocol: Any, product: object) -> None:
    facts = {"hook": hook, "port": protocol.__name__}
    if isinstance(product, type):
        raise origin.refuse(
            N_("{hook} of plugin {plugin} gives the class {cls} in place of a {port}."),
            hint=N_("Give an instance of it."),
            cls=product.__qualname__,
            **facts,
        )
    going = {entry.subject for entry in deprecations()}
    for member in _members(protocol):
        asked = {"cls": type(product).__qualname__, "member": member.name, "signature": _asked(member), **facts}
        if not _has(product, member.name, protocol):
            if f"{protocol.__name__}.{member.name}" in going:
                continue
            raise origin.refuse(
                N_("{hook} of plugin {plugin} gives a {cls}, which lacks {member} of a {port}."),
                hint=N_("It has to have: {signature}"),
                **asked,
            )
        try:
            found = _unfit(product, member)
        except GovopenError:
            raise
        except Exception as error:
            # A property is code.
            raise origin.refuse(
                N_("{hook} of plugin {plugin} gives a {cls}, whose {member} fails: {error}: {reason}"),
                hint=N_("It has to be: {signature}"),
                error=type(error).__name__,
                reason=sentence(error),
                **asked,
            ) from error
        if found is not None:
            raise origin.refuse(
                N_("{hook} of plugin {plugin} gives a {cls}, whose {member} does not fit: {found}"),
                hint=N_("It has to be: {signature}"),
                found=found,
                **asked,
            )
    _warn(origin, protocol, product)


def _warn(origin: Origin, protocol: Any, product: object) -> None:
    for entry in deprecations():
        owner, _, member = entry.subject.partition(".")
        if owner == protocol.__name__ and _has(product, member, protocol):
            warning = deprecation_of(origin, entry.subject)
            if warning is not None:
                # Of this function's callers none is the plugin's own code, so no line of theirs would tell more.
                warnings.warn(warning, stacklevel=2)


@cache
def _members(protocol: Any) -> tuple[_Member, ...]:
    """What a protocol asks for by name."""
    return tuple(_walk(protocol))


def _walk(protocol: Any) -> Iterator[_Member]:
    for cls in reversed(protocol.__mro__):
        if Protocol not in cls.__bases__:
            continue
        for name, member in vars(cls).items():
            if name.startswith("_") and name not in _CONTEXT:
                continue
            if isinstance(member, property) and member.fget is not None:
                kind = get_type_hints(member.fget)["return"]
                yield _Member(name, _signature(member.fget), get_origin(kind) or kind)
            elif inspect.isfunction(member):
                yield _Member(name, _signature(member))


def _has(product: object, name: str, protocol: Any) -> bool:
    """Whether a product has a member of its own, and not only the protocol's, which does nothing."""
    if name in getattr(product, "__dict__", {}):
        return True
    owner = next((cls for cls in type(product).__mro__ if name in vars(cls)), None)
    if owner is None:
        # What passes everything on to another object has no members of its own.
        return hasattr(type(product), "__getattr__") and hasattr(product, name)
    return owner not in protocol.__mro__


def _signature(function: Callable[..., object]) -> inspect.Signature:
    """The signature of a protocol's method without its ``self``."""
    signature = inspect.signature(function)
    return signature.replace(parameters=list(signature.parameters.values())[1:])


def _unfit(product: object, member: _Member) -> str | None:
    """How a member looks that is not what its protocol asks for; ``None`` if it is."""
    value = getattr(product, member.name)
    if member.kind is None:
        return _misfit(value, member.signature)
    return None if isinstance(value, member.kind) else type(value).__name__


def _misfit(function: Any, wanted: inspect.Signature) -> str | None:
    """How something looks that cannot be called as ``wanted`` says; ``None`` if it can."""
    if not callable(function):
        return type(function).__name__
    try:
        signature = inspect.signature(function)
    except ValueError as error:
        # A method without room for `self` has none; what is written in C may say none, and is believed.
        return str(error) if inspect.ismethod(function) else None
    is_async = _is(inspect.iscoroutinefunction, function) or _is(inspect.isasyncgenfunction, function)
    # Nothing in a function that yields runs when it is called, unless somebody goes through what it gives.
    is_idle = _is(inspect.isgeneratorfunction, function) and not str(wanted.return_annotation).startswith(_ITERATORS)
    if not is_async and not is_idle and all(_takes(signature, call) for call in _calls(wanted)):
        return None
    name = getattr(function, "__name__", type(function).__name__)
    return f"{'async ' if is_async else ''}{_shown(name, signature)}{': yield' if is_idle else ''}"


def _is(kind: Callable[[object], bool], function: object) -> bool:
    """Whether a function, or the function behind an object that can be called, is of that kind."""
    return kind(function) or kind(getattr(function, "__call__", None))  # noqa: B004 - of what is callable


def _calls(wanted: inspect.Signature) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The ways of calling that a signature allows: how many arguments by position, and which by name.

    A parameter without a default is given by position: its name is the implementation's own.
    """
    parameters = list(wanted.parameters.values())
    required = [each for each in parameters if each.kind in _POSITIONAL and each.default is each.empty]
    optional = [each for each in parameters if each.kind in _POSITIONAL and each.default is not each.empty]
    named = [each for each in parameters if each.kind is each.KEYWORD_ONLY]
    needed = tuple(each.name for each in named if each.default is each.empty)
    yield len(required), needed
    yield len(required) + len(optional), tuple(each.name for each in named)
    by_name = [each for each in optional if each.kind is not each.POSITIONAL_ONLY]
    yield len(required), tuple(each.name for each in (*by_name, *named))


def _takes(signature: inspect.Signature, call: tuple[int, tuple[str, ...]]) -> bool:
    positional, named = call
    try:
        signature.bind(*[None] * positional, **dict.fromkeys(named))
    except TypeError:
        return False
    return True


def _asked(member: _Member) -> str:
    shown = _shown(member.name, member.signature, bound=False)
    return shown if member.kind is None else f"@property {shown}"


class _Dots:
    """Stands for a default, which need not be the same."""

    def __repr__(self) -> str:
        return "..."


def _shown(name: str, signature: inspect.Signature, *, bound: bool = True) -> str:
    dots = _Dots()
    parameters = [
        each if each.default is each.empty else each.replace(default=dots) for each in signature.parameters.values()
    ]
    if not bound:
        parameters.insert(0, inspect.Parameter("self", _first_kind(parameters)))
    # The annotations are strings, as written: shown with quotation marks.
    shown = str(signature.replace(parameters=parameters)).replace("'", "")
    return f"def {name}{shown}"


def _first_kind(parameters: list[inspect.Parameter]) -> Any:
    positional_only = parameters and parameters[0].kind is inspect.Parameter.POSITIONAL_ONLY
    return inspect.Parameter.POSITIONAL_ONLY if positional_only else inspect.Parameter.POSITIONAL_OR_KEYWORD
