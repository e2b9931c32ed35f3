"""What a discretion table says and DMN has no element for, as elements of govopen's own beside it."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Hashable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from govopen.interchange.fields import Field, fields_of
from govopen.interchange.tables.dmn_names import EXTENSION
from govopen.interchange.tables.dmn_types import Found
from govopen.interchange.tables.dmn_xml import Element
from govopen.model.discretion import DiscretionTable
from govopen.texts import N_

__all__ = ["find_extension", "make_extension", "read_extension", "rules_of_rows"]

_ROOT = "table"
_RULES = "rules"


def make_extension(document: DiscretionTable, rules: tuple[int, ...]) -> Element:
    """The whole document: an element for each field that does not hold its default.

    Args:
        document: The table.
        rules: How many rules of the decision table each of its rows came to.
    """
    root = _element(_ROOT, document)
    for row, count in zip(root.all("rows"), rules, strict=True):
        row.attributes[_RULES] = str(count)
    return root


def _element(name: str, value: Any) -> Element:
    element = Element(name, EXTENSION)
    for field in _fields(type(value)):
        held = getattr(value, field.name)
        if held == field.default:
            continue
        for member in held if field.many else (held,):
            if field.nested:
                element.children.append(_element(field.name, member))
            else:
                element.add(field.name, _text(member))
    return element


def _fields(cls: type) -> tuple[Field, ...]:
    # mypy takes a frozen attrs class for unhashable where a class object is asked for.
    return fields_of(cast("Hashable", cls))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def find_extension(decision: Element, found: Found) -> Element | None:
    """The extension of a decision, if it has one."""
    holder = decision.first("extensionElements")
    for child in holder.children if holder is not None else ():
        if child.namespace == EXTENSION and child.name == _ROOT:
            return child
        if child.namespace.startswith(EXTENSION.rpartition(":")[0]):
            found.add(
                child,
                "extensionElements",
                N_("The extension is of another version of govopen: {namespace}."),
                N_("Accepted: {accepted}. Update govopen, or delete the element to read the DMN table alone."),
                namespace=child.namespace,
                accepted=EXTENSION,
            )
    return None


def rules_of_rows(extension: Element) -> tuple[int, ...]:
    """How many rules each row came to; what is no number counts as -1, which no table has."""
    counts = (row.attributes.get(_RULES, "") for row in extension.all("rows"))
    return tuple(int(count) if count.isascii() and count.isdigit() else -1 for count in counts)


def read_extension(extension: Element, found: Found) -> DiscretionTable | None:
    """The document that an extension holds; ``None``: its problems are in ``found``."""
    before = len(found.problems)
    document = _value(extension, DiscretionTable, _ROOT, found)
    return document if len(found.problems) == before else None


def _value(element: Element, cls: type, path: str, found: Found) -> Any:
    fields = {field.name: field for field in _fields(cls)}
    for child in element.children:
        if child.name not in fields or child.namespace != EXTENSION:
            found.add(
                child,
                f"{path}/{child.name}",
                N_("There is no such field."),
                N_("Accepted: {accepted}."),
                accepted=", ".join(fields),
            )
    values: dict[str, object] = {}
    for field in fields.values():
        held = element.all(field.name)
        below = f"{path}/{field.name}"
        if not held and field.required:
            found.add(element, below, N_("This field is missing or blank."))
        if len(held) > 1 and not field.many:
            found.add(held[1], below, N_("This field stands twice."))
        members = [_member(child, field, below, found) for child in held]
        if held:
            values[field.name] = tuple(members) if field.many else members[0]
    return None if found.problems else cls(**values)


def _member(element: Element, field: Field, path: str, found: Found) -> object:
    if field.nested:
        return _value(element, field.kind, path, found)
    text = element.text
    try:
        if issubclass(field.kind, enum.Enum):
            return field.kind(text)
        return _SCALARS[field.kind](text)
    except (ValueError, KeyError, InvalidOperation):
        found.add(element, path, N_("This value is not accepted here."))
        return None


_SCALARS: Mapping[type, Any] = {
    str: str,
    bool: {"true": True, "false": False}.__getitem__,
    Decimal: Decimal,
    dt.date: dt.date.fromisoformat,
}
