"""Matters of law on a page: what was so from when to when, where it is written, and which rules ask."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from govopen.plugins.registry import Registry
from govopen.policy.matter import Matter, Provision
from govopen.sphinxext.backlinks import Backlinks
from govopen.sphinxext.building import Page
from govopen.sphinxext.objects import Kind, Thing
from govopen.sphinxext.options import names
from govopen.texts import N_, Language

__all__ = ["matters_page"]


def matters_page(registry: Registry, argument: str, lang: Language) -> list[nodes.Node]:
    """A section for every matter, or for those that ``argument`` names.

    Raises:
        PolicyDataError: There is no such matter.
    """
    page, back = Page(lang), Backlinks.of(registry)
    library = registry.library
    chosen = [library.matter(name) for name in names(argument)] or list(library.matters.values())
    return [_matter(matter, back, page) for matter in chosen]


def _matter(matter: Matter, back: Backlinks, page: Page) -> nodes.section:
    content: list[nodes.Node] = page.facts(
        (
            (N_("Decided by the date in"), nodes.literal("", matter.act)),
            (
                N_("Rules that ask it"),
                page.joined(page.ref(Kind.RULE, code) for code in back.resolving.get(matter.id, ())),
            ),
        )
    )
    for provision in matter.provisions:
        content += [
            page.paragraph(nodes.strong("", page.period(provision.since, provision.until))),
            nodes.block_quote("", *_provision(matter, provision, page)),
        ]
    gaps = page.bullets([f"{page.period(gap.since, gap.until)} {page.text(gap.reason)}"] for gap in matter.gaps)
    content += page.facts([(N_("Times without an answer"), gaps)])
    return page.section(Thing(Kind.MATTER, matter.id, matter.title), *content)


def _provision(matter: Matter, provision: Provision, page: Page) -> Iterator[nodes.Node]:
    values = page.bullets(
        [nodes.literal("", name), f" {page.text(title)}: {_value(provision.values[name], page)}"]
        for name, title in matter.parameters.items()
        if name in provision.values
    )
    yield from [values] if values is not None else []
    remarks = [page.text(text) for text in (provision.note, provision.prevails) if text is not None]
    if not provision.verified:
        remarks.append(page.say("Nobody has verified this in a copy of the text."))
    yield from page.facts([(N_("Law"), page.joined(map(page.law, provision.basis)))])
    yield from (page.paragraph(remark) for remark in remarks)


def _value(value: object, page: Page) -> str:
    if isinstance(value, bool):
        return page.say("yes") if value else page.say("no")
    return str(page.fact(value))
