"""The map of an instrument on a page: for each of its systems, the code, the tests and the documents about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docutils import nodes

from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.policy.instrument import Instrument
from govopen.sphinxext.building import Page
from govopen.sphinxext.documents_of_map import mentioning
from govopen.sphinxext.mapping import System, systems
from govopen.sphinxext.objects import Kind
from govopen.texts import N_, Language

__all__ = ["map_page"]

_HEADS = (
    N_("System"),
    N_("Obligations"),
    N_("Rules"),
    N_("Modules of records"),
    N_("Workflows"),
    N_("Modules of publication"),
    N_("Tests"),
)
_WIDTHS = (34, 10, 8, 12, 10, 13, 13)


def map_page(
    registry: Registry, argument: str, lang: Language, tests: Mapping[str, str] | None = None
) -> list[nodes.Node]:
    """A table of the systems of an instrument, and below it what there is for each.

    Args:
        registry: Rules and law.
        argument: The instrument; empty: the policy that govopen was made for.
        lang: The language of the page.
        tests: Paths of test files, with what they hold; without, nothing is said of tests.

    Raises:
        PolicyDataError: There is no such instrument.
    """
    library = registry.library
    instrument = library.instrument(argument.strip() or "panyu-2011")
    page = Page(lang)
    found = systems(registry, instrument, tests)
    with_code = sum(system.coded for system in found)
    said = page.say(
        "{instrument} has {total} systems; there is code for {coded} of them, and none yet for {uncoded}.",
        instrument=instrument.id,
        total=len(found),
        coded=with_code,
        uncoded=len(found) - with_code,
    )
    return [
        page.paragraph(said),
        _overview(found, instrument, page, tested=tests is not None),
        *(_detail(system, instrument, page) for system in found),
    ]


def _overview(found: Sequence[System], instrument: Instrument, page: Page, *, tested: bool) -> nodes.table:
    shown = len(_HEADS) if tested else len(_HEADS) - 1
    rows: list[list[list[nodes.Node]]] = [[[nodes.Text(page.say(head))] for head in _HEADS[:shown]]]
    for system in found:
        numbers = (
            sum(system.answers.values()),
            len(system.rules),
            len(system.model_modules),
            len(system.workflows),
            len(system.publication_modules),
            len(system.tests),
        )
        cells: list[list[nodes.Node]] = [[nodes.Text(str(number or "–"))] for number in numbers]
        rows.append([_name(system, instrument, page), *cells][:shown])
    return page.table(rows, _WIDTHS[:shown])


def _name(system: System, instrument: Instrument, page: Page) -> list[nodes.Node]:
    citation = Citation(instrument.id, system.clause.id)
    return [page.law(citation, system.clause.id), nodes.Text(f" {page.text(system.clause.heading)}")]


def _detail(system: System, instrument: Instrument, page: Page) -> nodes.section:
    citation = Citation(instrument.id, system.clause.id)
    title = nodes.title("", f"{system.clause.id} {page.text(system.clause.heading)}")
    section = nodes.section("", title, ids=[f"map-{citation.instrument}-{citation.clause}"])
    section += page.paragraph(page.law(citation), f": {page.text(system.clause.gist)}")
    if not system.coded:
        section += page.paragraph(nodes.strong("", page.say("There is no code for it yet.")))
    answers = page.join(f"{count} {page.label(answer)}" for answer, count in system.answers.items())
    section += page.facts(
        (
            (N_("Obligations"), answers),
            (N_("Rules"), page.joined(page.ref(Kind.RULE, code) for code in system.rules)),
            (N_("Modules of the rules"), _modules(system.rule_modules, page)),
            (N_("Modules of records"), _modules(system.model_modules, page)),
            (N_("Workflows"), page.joined(page.ref(Kind.WORKFLOW, name) for name in system.workflows)),
            (N_("Modules of the workflows"), _modules(system.workflow_modules, page)),
            (N_("Publication"), _modules(system.publication_modules, page)),
            (N_("Tests"), page.joined(nodes.literal("", path) for path in system.tests)),
            (N_("Documents"), mentioning(system.names, page.lang)),
        )
    )
    return section


def _modules(names: Iterable[str], page: Page) -> list[nodes.Node]:
    return page.joined(page.python("mod", name) for name in names)
