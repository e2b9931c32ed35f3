"""reStructuredText of our own writers as nodes, in projects of any format."""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import Parser
from docutils.utils import new_document
from sphinx.util.docutils import SphinxDirective

__all__ = ["restructured"]


def restructured(directive: SphinxDirective, text: str) -> list[nodes.Node]:
    """What ``text`` says, as nodes without identifiers: in the document where they go, they get others.

    Args:
        directive: The directive that stands for it; what is wrong with the text is reported where that stands.
        text: reStructuredText, with a title or without.
    """
    host = directive.state.document
    document = new_document(host["source"], host.settings)
    document.reporter = host.reporter
    Parser().parse(text, document)
    for node in document.findall(nodes.Element):
        for attribute in ("ids", "names", "dupnames"):
            node[attribute] = []
        if isinstance(node, nodes.table):
            node["classes"].append("longtable")
    return list(document.children)
