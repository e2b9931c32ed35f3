"""Which documents are written again though they did not change: those whose references lead elsewhere than they did.

A page that describes a rule may come or go, or call it otherwise. The pages that name the rule stay as they are, and
Sphinx would leave them with a dead link, or with none.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from govopen.sphinxext.building import DOMAIN
from govopen.sphinxext.domain import GovDomain

__all__ = ["register"]


def _updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The documents of which a reference has another target, or another title to show, or none any more."""
    domain = env.domains[DOMAIN]
    assert isinstance(domain, GovDomain)
    states: dict[str, str] = {}
    for docname, references in domain.references.items():
        # A name has no language where its author wrote it.
        wanted = sorted(references, key=lambda each: (each[0], each[1], each[2] or ""))
        targets = ((*each, domain.entry(each[0], each[1], docname, each[2])) for each in wanted)
        states[docname] = repr(list(targets))
    return domain.left_behind("references", app.outdir, states)


def register(app: Sphinx) -> None:
    """Ask when all documents have been read."""
    app.connect("env-updated", _updated)
