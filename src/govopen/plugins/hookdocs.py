"""The hooks as documentation shows them, read from their specifications."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable

import attrs

from govopen.plugins import hookspecs

__all__ = ["HookDoc", "describe_hooks"]

_EXAMPLE = "\n\nExample:\n"


@attrs.frozen(kw_only=True)
class HookDoc:
    """One hook.

    Attributes:
        name: ``govopen_rules``.
        signature: As written, with its types: ``govopen_rules() -> Iterable[Rule]``.
        doc: The docstring as Markdown: without its indentation, the example as a block of code.
        example: The code of a plugin that implements the hook, whole.
        parameters: Names of the parameters that an implementation may take.
    """

    name: str
    signature: str
    doc: str
    example: str
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
    doc, _, example = (inspect.getdoc(function) or "").partition(_EXAMPLE)
    example = textwrap.dedent(example)
    parameters = ", ".join(f"{each.name}: {each.annotation}" for each in signature.parameters.values())
    return HookDoc(
        name=name,
        signature=f"{name}({parameters}) -> {signature.return_annotation}",
        doc=f"{doc}{_EXAMPLE}\n```python\n{example}\n```" if example else doc,
        example=example,
        parameters=tuple(signature.parameters),
    )
