"""The hooks as documentation shows them, read from their specifications."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import attrs

from govopen.plugins import hookspecs

__all__ = ["HookDoc", "describe_hooks"]


@attrs.frozen(kw_only=True)
class HookDoc:
    """One hook.

    Attributes:
        name: ``govopen_rules``.
        signature: As written, with its types: ``govopen_rules() -> Iterable[Rule]``.
        doc: The docstring, without its indentation.
        parameters: Names of the parameters that an implementation may take.
    """

    name: str
    signature: str
    doc: str
    parameters: tuple[str, ...]


def describe_hooks() -> list[HookDoc]:
    """Every hook, in the order of :mod:`govopen.plugins.hookspecs`."""
    return [
        _describe(name, member)
        for name, member in vars(hookspecs).items()
        if inspect.isfunction(member) and hasattr(member, f"{hookspecs.PROJECT}_spec")
    ]


def _describe(name: str, function: Callable[..., object]) -> HookDoc:
    # The annotations are strings, and shown as written: resolved, `Iterable[Rule]` would drag its modules' names along.
    signature = inspect.signature(function)
    parameters = ", ".join(f"{each.name}: {each.annotation}" for each in signature.parameters.values())
    return HookDoc(
        name=name,
        signature=f"{name}({parameters}) -> {signature.return_annotation}",
        doc=inspect.getdoc(function) or "",
        parameters=tuple(signature.parameters),
    )
