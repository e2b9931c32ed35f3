"""Rules on a page: what each says, on which law, what to do, and by what it is shown to hold."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from govopen.errors import InputError
from govopen.model.base import Record
from govopen.plugins.registry import Registry
from govopen.rules.base import FoldRule, Parameter, Rule
from govopen.sphinxext.building import Fact, Page
from govopen.sphinxext.objects import Kind, Thing
from govopen.sphinxext.options import names
from govopen.texts import N_, Language

__all__ = ["rules_page"]


def rules_page(registry: Registry, argument: str, lang: Language) -> list[nodes.Node]:
    """A section for every rule, or for those whose codes or prefixes ``argument`` names.

    Raises:
        InputError: No rule has such a code or prefix.
    """
    page = Page(lang)
    return [_rule(rule, registry, page) for rule in _chosen(registry, names(argument))]


def _chosen(registry: Registry, wanted: tuple[str, ...]) -> list[Rule]:
    for name in wanted:
        if not any(name in (rule.code, rule.prefix) for rule in registry.rules):
            raise InputError(
                N_("No rule has the code or prefix {name}."),
                hint=N_("Prefixes there are: {prefixes}."),
                name=name,
                prefixes=", ".join(sorted({rule.prefix for rule in registry.rules})),
            )
    return [rule for rule in registry.rules if not wanted or rule.code in wanted or rule.prefix in wanted]


def _rule(rule: Rule, registry: Registry, page: Page) -> nodes.section:
    content: list[nodes.Node] = [page.paragraph(page.text(rule.rationale))]
    if rule.protected:
        said = page.say("It protects secrecy or clearance: it can be neither waived nor accepted in a baseline.")
        content.append(page.paragraph(said))
    if not rule.answers:
        content.append(page.paragraph(page.say("It answers no obligation; it advises.")))
    return page.section(Thing(Kind.RULE, rule.code, rule.title), *content, *page.facts(_facts(rule, registry, page)))


def _facts(rule: Rule, registry: Registry, page: Page) -> Iterator[tuple[str, Fact]]:
    library = registry.library
    yield N_("Name"), nodes.literal("", rule.name)
    yield N_("About"), _record(rule.subject, registry, page)
    yield N_("Category"), rule.category
    read = _also_read(rule)
    yield N_("Also reads"), page.joined(_record(cls, registry, page) for cls in read)
    yield N_("Severity"), rule.severity
    yield N_("Check"), rule.kind
    yield (
        N_("Obligations"),
        page.bullets(
            [page.law(citation), f" {page.text(library.obligation(citation).text)}"] for citation in rule.answers
        ),
    )
    yield (
        N_("Law"),
        page.bullets(
            [page.law(citation), f" {page.text(library.clause(citation).heading)}"] for citation in rule.basis
        ),
    )
    yield (
        N_("Matters of law"),
        page.bullets(
            [page.ref(Kind.MATTER, name), f" {page.text(library.matter(name).title)}"] for name in rule.matters
        ),
    )
    yield N_("Parameters"), page.bullets(_parameter(entry, page) for entry in rule.parameters)
    yield N_("What it says"), page.bullets([page.text(message)] for message in rule.messages.values())
    yield N_("What to do"), page.prose(page.text(rule.remedy))
    yield N_("Examples that keep it"), page.bullets([page.text(case.name)] for case in rule.valid)
    yield N_("Examples that break it"), page.bullets([page.text(case.name)] for case in rule.invalid)


def _also_read(rule: Rule) -> list[type[Record]]:
    read = [entry.cls for entry in rule.reads]
    if isinstance(rule, FoldRule):
        read += [rule.over, *(entry.cls for entry in rule.over_reads)]
    return [cls for cls in dict.fromkeys(read) if cls is not rule.subject]


def _record(cls: type[Record], registry: Registry, page: Page) -> nodes.Node:
    record_type = registry.type_of(cls)
    return page.ref(Kind.RECORD, record_type.name)


def _parameter(entry: Parameter, page: Page) -> list[str | nodes.Node]:
    value = f"{entry.name} = {page.fact(entry.default)}"
    words = dict.fromkeys(filter(None, (entry.unit, page.text(entry.title))))
    found: list[str | nodes.Node] = [nodes.literal("", value), "".join(f" {word}" for word in words)]
    if entry.basis:
        found += [" [", page.cited(entry.basis), "]"]
        if not entry.verified:
            found.append(page.say(" (not verified)"))
    else:
        found.append(page.say(" (our own setting, not the law's)"))
    return found
