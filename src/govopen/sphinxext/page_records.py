"""Record types on a page: their fields, what they name, and the rules about them."""

from __future__ import annotations

from docutils import nodes

from govopen.model.base import RecordType, terms
from govopen.plugins.registry import Registry
from govopen.sphinxext.building import Page
from govopen.sphinxext.objects import Kind, Thing
from govopen.sphinxext.options import names
from govopen.texts import N_, Language

__all__ = ["records_page"]


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
    fields = page.bullets(_field(name, record_type, page) for name in terms(record_type.cls))
    if fields is not None:
        content.append(fields)
    return page.section(Thing(Kind.RECORD, record_type.name, record_type.title), *content)


def _qualified(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def _field(name: str, record_type: RecordType, page: Page) -> list[str | nodes.Node]:
    term = terms(record_type.cls)[name]
    found: list[str | nodes.Node] = [nodes.literal("", name), f" {term.zh if page.lang == 'zh-Hans' else term.en}"]
    if named := record_type.references.get(name):
        found.append(" → ")
        found += page.joined(page.ref(Kind.RECORD, other) for other in named)
    if term.personal:
        found.append(page.say(" (personal data)"))
    return found
