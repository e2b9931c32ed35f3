"""Record types on a page: their fields, what these hold and name, and the rules about them."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Mapping
from decimal import Decimal

from docutils import nodes

from govopen.interchange.fields import Field, fields_of
from govopen.model.base import RecordType
from govopen.plugins.registry import Registry
from govopen.sphinxext.building import Page
from govopen.sphinxext.objects import Kind, Thing
from govopen.sphinxext.options import names
from govopen.texts import N_, Label, Language

__all__ = ["records_page"]

_KINDS = {
    str: N_("text"),
    dt.date: N_("date"),
    bool: N_("yes or no"),
    int: N_("whole number"),
    Decimal: N_("decimal number"),
}


def records_page(registry: Registry, argument: str, lang: Language) -> list[nodes.Node]:
    """A section for every record type, or for those that ``argument`` names.

    Raises:
        UnknownRecordType: There is no such type.
    """
    page = Page(lang)
    chosen = [registry.type_named(name) for name in names(argument)] or registry.types
    return [_record_type(record_type, registry, page) for record_type in chosen]


def _record_type(record_type: RecordType, registry: Registry, page: Page) -> nodes.section:
    rules = [rule.code for rule in registry.rules if rule.subject is record_type.cls]
    content: list[nodes.Node] = page.facts(
        (
            (N_("Class"), page.python("class", _qualified(record_type.cls))),
            (N_("Unit obliged"), nodes.literal("", record_type.unit)),
            (N_("Date of the act"), nodes.literal("", record_type.act) if record_type.act else ""),
            (N_("Rules"), page.joined(page.ref(Kind.RULE, code) for code in rules)),
        )
    )
    content.append(_fields(record_type.cls, record_type, page, ()))
    return page.section(Thing(Kind.RECORD, record_type.name, record_type.title), *content)


def _qualified(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def _fields(cls: type, record_type: RecordType, page: Page, above: tuple[type, ...]) -> nodes.bullet_list:
    """The fields of a class, each with those of the class within it; ``above`` are the classes that hold this one."""
    found = nodes.bullet_list(bullet="-")
    for field in fields_of(cls):
        item = nodes.list_item("", page.paragraph(*_field(field, {} if above else record_type.references, page)))
        if issubclass(field.kind, enum.Enum):
            item += page.paragraph(page.joined(_values(field.kind, page)))
        # A class may hold itself.
        elif field.nested and field.kind not in (cls, *above):
            item += _fields(field.kind, record_type, page, (*above, cls))
        found += item
    return found


def _field(field: Field, references: Mapping[str, tuple[str, ...]], page: Page) -> Iterator[str | nodes.Node]:
    yield nodes.literal("", field.name)
    term = field.term.zh if page.lang == "zh-Hans" else field.term.en
    said = [_kind(field, page)]
    if field.required:
        said.append(page.say("required"))
    colon, comma = ("：", "，") if page.lang == "zh-Hans" else (": ", ", ")
    yield f" {term}{colon}{comma.join(said)}"
    if named := references.get(field.name):
        yield " → "
        yield from page.joined(page.ref(Kind.RECORD, other) for other in named)
    if field.term.personal:
        yield page.say(" (personal data)")


def _kind(field: Field, page: Page) -> str:
    """What a value is, or each member of a list."""
    if issubclass(field.kind, enum.Enum):
        kind = page.say("one of these values")
    elif field.nested:
        kind = page.say("object")
    else:
        kind = page.say(_KINDS.get(field.kind, N_("any value")))
    return page.say("list: {kind}", kind=kind) if field.many else kind


def _values(kind: type[enum.Enum], page: Page) -> Iterator[list[nodes.Node]]:
    for member in kind:
        value: list[nodes.Node] = [nodes.literal("", str(member.value))]
        if isinstance(member, Label):
            value.append(nodes.Text(f" {page.text(member.text)}"))
        yield value
