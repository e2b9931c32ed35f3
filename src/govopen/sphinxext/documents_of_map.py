"""The documents about a system, on its map: known only when all documents have been read."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from govopen.report.wording import Wording
from govopen.sphinxext.building import DOMAIN, LANG
from govopen.sphinxext.domain import GovDomain
from govopen.texts import Language

__all__ = ["mentioning", "register"]


class documents(nodes.Inline, nodes.Element):  # noqa: N801 - docutils names the tag after the class
    """Stands for the documents that mention something; filled when a document is written."""


def mentioning(names: Iterable[tuple[str, str]], lang: Language) -> documents:
    """A place for links to the documents whose authors refer to one of ``names``, each a kind and a name.

    ``lang`` is the language of the page with the place.
    """
    place = documents()
    place["gov_about"] = sorted(names)
    place[LANG] = lang
    return place


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the links in their places; documents without any have the words for it."""
    domain = app.env.domains[DOMAIN]
    assert isinstance(domain, GovDomain)
    for place in list(doctree.findall(documents)):
        words = Wording(place[LANG])
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
    """The documents with a map, if what others mention, or what they are called, is not what it was."""
    domain = env.domains[DOMAIN]
    assert isinstance(domain, GovDomain)
    mentioned = [(name, env.titles[name].astext(), sorted(keys)) for name, keys in sorted(domain.mentions.items())]
    maps = [name for name, calls in domain.calls.items() if any(call.directive == "govopen-map" for call in calls)]
    return domain.left_behind("map", app.outdir, dict.fromkeys(maps, repr(mentioned)))


def register(app: Sphinx) -> None:
    """Fill the places when documents are written, and write those again whose places change."""
    app.connect("doctree-resolved", _fill)
    app.connect("env-updated", _updated)
