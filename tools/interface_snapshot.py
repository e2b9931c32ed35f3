"""Writes down the plugin interface: every hook, and every port with its factories and settings.

    python tools/interface_snapshot.py > tests/plugins/interface.txt

A test holds the file against the code, so that no change of the interface goes unnoticed.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import attrs

from govopen.clearance.screening import Hit, Passage, Screener
from govopen.intake.port import ChannelSettings, Submission
from govopen.model.base import RecordType
from govopen.model.catalog import SubCategory
from govopen.plugins.fitting import PORTS
from govopen.plugins.hookdocs import describe_hooks
from govopen.plugins.interface import DEPRECATIONS, INTERFACE_VERSION, OLDEST_INTERFACE
from govopen.publishing.exporter import ExportSettings
from govopen.publishing.port import Held, Parcel, PublisherSettings
from govopen.rules.base import Case, Parameter, Reads, Rule
from govopen.storage.listening import ListenerSettings
from govopen.storage.port import Change, Stored, Transaction, View

__all__ = ["interface_text"]

# What hooks give, and what the methods of ports take and give, besides records and law.
VALUES = (
    RecordType,
    SubCategory,
    Rule,
    Reads,
    Case,
    Parameter,
    Stored,
    Change,
    Parcel,
    Held,
    PublisherSettings,
    ChannelSettings,
    Submission,
    ExportSettings,
    ListenerSettings,
    Passage,
    Hit,
)

_SPECIAL = {"__call__", "__enter__", "__exit__"}


def interface_text() -> str:
    """The interface, one line for each thing that a plugin can rely on."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f"interface {INTERFACE_VERSION}, oldest {OLDEST_INTERFACE}"
    yield from (f"{each.subject}: going since {each.since}, gone in {each.removed_in}" for each in DEPRECATIONS)
    yield ""
    yield "hooks"
    yield from (f"    {hook.signature}" for hook in describe_hooks())
    ports = [protocol for port in PORTS.values() for protocol in (port.factory, port.product)]
    for protocol in (*ports, View, Transaction, Screener):
        yield ""
        yield f"protocol {protocol.__name__}"
        yield from _members(protocol)
    for cls in VALUES:
        yield ""
        yield f"class {cls.__name__}"
        yield from _fields(cls)


def _members(protocol: Any) -> Iterator[str]:
    for cls in reversed(protocol.__mro__):
        if Protocol not in cls.__bases__:
            continue
        for name, member in vars(cls).items():
            if isinstance(member, property) and member.fget is not None:
                yield f"    {name} -> {member.fget.__annotations__['return']}"
            elif inspect.isfunction(member) and (not name.startswith("_") or name in _SPECIAL):
                yield f"    {name}{_signature(member)}"


def _signature(function: Callable[..., object]) -> str:
    signature = inspect.signature(function)
    parameters = [
        each if each.default is each.empty else each.replace(default=_Shown(each.default))
        for each in signature.parameters.values()
    ]
    return str(signature.replace(parameters=parameters)).replace("'", "")


def _fields(cls: Any) -> Iterator[str]:
    for field in attrs.fields(cls):
        given = "" if field.default is attrs.NOTHING else " = ..."
        yield f"    {field.alias}: {field.type}{given}"


class _Shown:
    """A default as one would write it."""

    def __init__(self, value: object) -> None:
        self._text = value.__name__ if inspect.isfunction(value) else repr(value)

    def __repr__(self) -> str:
        return self._text.replace("'", '"')


if __name__ == "__main__":
    sys.stdout.buffer.write(interface_text().encode())
