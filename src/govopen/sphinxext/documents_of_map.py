"""The documents about a system, on its map: known only when all documents have been read."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from govopen.report.wording import Wording
from govopen.sphinxext.building import DOMAIN
from govopen.sphinxext.domain import GovDomain
from govopen.sphinxext.options import project_language

__all__ = ["mentioning", "register"]


class documents(nodes.Inline, nodes.Element):  # noqa: N801 - docutils names the tag after the class
    """Stands for the documents that mention something; filled when a document is written."""


def mentioning(names: Iterable[tuple[str, str]]) -> documents:
    """A place for links to the documents whose authors refer to one of ``names``, each a kind and a name."""
    place = documents()
    place["gov_about"] = sorted(names)
    return place


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the links in their places; documents without any have the words for it."""
    domain = app.env.domains[DOMAIN]
    assert isinstance(domain, GovDomain)
    words = Wording(project_language(app.config))
    for place in list(doctree.findall(documents)):
        wanted = {(kind, name) for kind, name in place["gov_about"]}
        found: list[nodes.Node] = []
        for other in sorted(domain.mentions):
            if other == docname or wanted.isdisjoint(domain.mentions[other]):
                continue
            if found:
                found.append(nodes.Text(words.join(("", ""))))
            title = nodes.inline("", app.env.titles[other].astext())
            found.append(make_refnode(app.builder, docname, other, "", title))
        place.parent.replace(place, found or [nodes.Text(words.say("none yet"))])


def _updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The documents with a map, if what others mention is not what it was."""
    domain = env.domains[DOMAIN]
    assert isinstance(domain, GovDomain)
    mentioned = {docname: sorted(keys) for docname, keys in sorted(domain.mentions.items())}
    if domain.data.get("mapped") == mentioned:
        return []
    domain.data["mapped"] = mentioned
    return [
        docname for docname, calls in domain.calls.items() if any(call.directive == "govopen-map" for call in calls)
    ]


def register(app: Sphinx) -> None:
    """Fill the places when documents are written, and write those again whose places change."""
    app.connect("doctree-resolved", _fill)
    app.connect("env-updated", _updated)
