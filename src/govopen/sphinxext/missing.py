"""What is said of a reference that leads nowhere: the name that was meant, or the page that is missing."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.util import logging

from govopen.errors import GovopenError
from govopen.report.wording import Wording
from govopen.sphinxext.building import DOMAIN, SOFT
from govopen.sphinxext.objects import Kind, closest, known_names
from govopen.sphinxext.options import project_language
from govopen.sphinxext.registries import registry_of
from govopen.texts import N_

__all__ = ["register"]

_logger = logging.getLogger(__name__)

_WRITTEN_BY: Mapping[Kind, str] = {
    Kind.INSTRUMENT: "govopen-instruments",
    Kind.CLAUSE: "govopen-instruments",
    Kind.OBLIGATION: "govopen-instruments",
    Kind.MATTER: "govopen-matters",
    Kind.RULE: "govopen-rules",
    Kind.WORKFLOW: "govopen-workflow",
    Kind.TABLE: "govopen-table",
    Kind.RECORD: "govopen-records",
    Kind.HOOK: "govopen-hooks",
}


def _missing(app: Sphinx, domain: Domain | None, node: nodes.Element) -> bool | None:
    """Whether everything is said of a reference that was not resolved."""
    if node.get(SOFT):
        # Whoever lists the rules alone has no page for the law that they cite.
        return True
    if domain is None or domain.name != DOMAIN:
        return None
    kind, name = Kind(node["reftype"]), str(node["reftarget"])
    words = Wording(project_language(app.config))
    said = words.say("No page describes the {kind} {name}.", kind=kind, name=name)
    gap = "" if words.lang == "zh-Hans" else " "
    text = f"{said}{gap}{_hint(app, kind, name, words)}".rstrip()
    _logger.warning(text, location=node, type="ref", subtype=kind.value)
    return True


def _hint(app: Sphinx, kind: Kind, name: str, words: Wording) -> str:
    try:
        known = known_names(registry_of(app.env))
    except GovopenError:
        # Each directive of the project says so where it stands.
        return ""
    directive = _WRITTEN_BY[kind]
    if name in known[kind]:
        return words.say("There is one: the directive {directive} on some page would describe it.", directive=directive)
    for other, names in known.items():
        if name in names:
            return words.say("It is of another kind: write {role}.", role=f"{DOMAIN}:{other.value}")
    if meant := closest(name, known[kind]):
        return words.say("Did you mean {name}?", name=meant)
    if kind is Kind.TABLE:
        return words.say(N_("The directive {directive} describes a table's file."), directive=directive)
    return words.say("Neither what is installed nor what conf.py names has one of that name.")


def register(app: Sphinx) -> None:
    """Speak up where Sphinx would say only that the target was not found."""
    app.connect("warn-missing-reference", _missing)
