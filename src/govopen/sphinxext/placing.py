"""From what a builder made to a part of a document: anchors, objects of the domain, entries of the index."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_id

from govopen.report.wording import Wording
from govopen.sphinxext.building import DOMAIN, THING
from govopen.sphinxext.domain import GovDomain
from govopen.sphinxext.objects import Thing
from govopen.texts import Language

__all__ = ["VERBATIM", "place"]

VERBATIM = "support_smartquotes"
"""Attribute of a node, set to ``False``: Sphinx makes no typographic quotes and dashes of what is within."""


def place(
    directive: SphinxDirective, content: Iterable[nodes.Node], lang: Language, *, known: bool = True
) -> list[nodes.Node]:
    """Give everything that ``content`` describes an anchor, and tell the domain and the index of it.

    Sphinx leaves its texts as they are written.

    Args:
        directive: The directive that stands for the content.
        content: Nodes of :mod:`govopen.sphinxext.building`.
        lang: The language of the content.
        known: Whether references may lead there. If not, only anchors are made: for what another page describes.
    """
    placed = list(content)
    for top in placed:
        directive.set_source_info(top)
        # What a record, a rule or the law says stands as it is written: X--1 is not the index number X–1.
        if isinstance(top, nodes.Element):
            top[VERBATIM] = False
        for node in list(top.findall(nodes.Element)):
            if isinstance(node, addnodes.pending_xref):
                node["refdoc"] = directive.env.current_document.docname
            if THING in node:
                _anchor(directive, node, lang, known=known)
    return placed


def _anchor(directive: SphinxDirective, node: nodes.Element, lang: Language, *, known: bool) -> None:
    thing: Thing = node.attributes.pop(THING)
    document = directive.state.document
    node_id = make_id(directive.env, document, thing.kind.value, thing.name)
    node["ids"].append(node_id)
    document.note_explicit_target(node)
    if not known:
        return
    domain = directive.env.domains[DOMAIN]
    assert isinstance(domain, GovDomain)
    domain.note(thing, lang, node_id, location=directive.get_location())
    if thing.indexed:
        said = f"{thing.name} ({Wording(lang).label(thing.kind)})"
        entry = addnodes.index(entries=[("single", said.replace(";", ","), node_id, "", None)])
        if isinstance(node, nodes.section):
            node.insert(1, entry)
        else:
            node.parent.insert(0, entry)
