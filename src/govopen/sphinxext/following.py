"""Which documents are out of date: those whose directives would write something else than they did."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from govopen.errors import GovopenError
from govopen.sphinxext.building import DOMAIN
from govopen.sphinxext.calls import Call
from govopen.sphinxext.domain import GovDomain
from govopen.sphinxext.pages import digest_of, write
from govopen.sphinxext.registries import registry_of

__all__ = ["register"]


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: AbstractSet[str], changed: AbstractSet[str], removed: AbstractSet[str]
) -> list[str]:
    """The documents to read again, besides those whose files changed.

    Times of files would not do. What a page says comes from installed distributions and from the unit's law, and most
    of what changes there leaves most pages as they are.
    """
    domain = env.domains[DOMAIN]
    assert isinstance(domain, GovDomain)
    calls = {call for each in domain.calls.values() for call in each}
    digests = {call: _digest(call, env) for call in calls}
    return [
        docname
        for docname, noted in domain.calls.items()
        if any(digests[call] != digest for call, digest in noted.items())
    ]


def _digest(call: Call, env: BuildEnvironment) -> str:
    try:
        return digest_of(write(call, registry_of(env), Path(env.srcdir)))
    except GovopenError:
        # The directive says so, on its page, when the document is read again.
        return digest_of(())


def register(app: Sphinx) -> None:
    """Ask at the beginning of each build."""
    app.connect("env-get-outdated", _outdated)
