"""Sphinx directives that write reference pages from a registry.

With ``govopen.sphinxext`` among the ``extensions`` of ``conf.py``, in Markdown documents (MyST):

.. code-block:: text

    ```{govopen-rules} SEC
    :lang: zh-Hans
    ```

and in reStructuredText:

.. code-block:: text

    .. govopen-rules:: SEC
       :lang: zh-Hans

=========================  ============================================================
``govopen-rules``          all rules; or those whose codes or prefixes are named
``govopen-instruments``    all instruments with clauses and obligations; or those named
``govopen-matters``        all matters of law; or those named
``govopen-records``        all record types; or those named
``govopen-hooks``          all hooks; or those named
``govopen-workflow``       all workflows, each in a section; or those named, without
``govopen-map``            from each clause of an instrument to code, tests, documents
``govopen-table``          a discretion table from its file
=========================  ============================================================

Without ``:lang:``, pages are in the language of the project. ``:no-index:`` is for what another page describes already.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst.directives import flag, unchanged
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from govopen import __version__
from govopen.errors import GovopenError
from govopen.sphinxext import documents_of_map, following, looks, missing, registries, relinking
from govopen.sphinxext.building import DOMAIN
from govopen.sphinxext.calls import Call
from govopen.sphinxext.domain import GovDomain
from govopen.sphinxext.options import language, project_language, rendered
from govopen.sphinxext.pages import PAGES, digest_of, write
from govopen.sphinxext.placing import place
from govopen.sphinxext.registries import registry_of
from govopen.sphinxext.tables import TableDirective
from govopen.sphinxext.unit_documents import setup_documents
from govopen.texts import Language

__all__ = ["register", "setup"]


class PageDirective(SphinxDirective):
    """A generated page, or a part of one; the directive's name says which."""

    has_content = False
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"lang": language, "no-index": flag}

    def run(self) -> list[nodes.Node]:
        lang: Language = self.options.get("lang") or project_language(self.config)
        call = Call(self.name, self.arguments[0] if self.arguments else "", lang, self.tests())
        domain = self.env.domains[DOMAIN]
        assert isinstance(domain, GovDomain)
        # Also of a page that fails: when what it is written from is mended, it has to be read again.
        domain.note_call(call, digest_of(()))
        try:
            written = write(call, registry_of(self.env), Path(self.env.srcdir))
            domain.note_call(call, digest_of(written))
            return place(self, written, lang, known="no-index" not in self.options)
        except GovopenError as error:
            raise self.error(rendered(error, project_language(self.config))) from error

    def tests(self) -> str:
        """The folder of the tests, seen from the folder of the sources."""
        return self.env.relfn2path(self.options["tests"])[0] if self.options.get("tests") else ""


class MapDirective(PageDirective):
    """``govopen-map [INSTRUMENT]``: its systems with the code for them; ``:tests:`` is the folder of the tests."""

    option_spec: ClassVar = {**PageDirective.option_spec, "tests": unchanged}


def register(app: Sphinx) -> ExtensionMetadata:
    """Register domain, directives and settings."""
    registries.register(app)
    app.add_domain(GovDomain)
    for name in PAGES:
        app.add_directive(name, MapDirective if name == "govopen-map" else PageDirective)
    app.add_directive("govopen-table", TableDirective)
    app.add_latex_package("tikz")
    missing.register(app)
    following.register(app)
    documents_of_map.register(app)
    relinking.register(app)
    looks.register(app)
    setup_documents(app)
    # Environments pickled by another version hold what this one may not read.
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}


def setup(app: Sphinx) -> ExtensionMetadata:
    """For projects that name this module among their ``extensions``; new ones name ``govopen.sphinxext``."""
    app.setup_extension("govopen.sphinxext")
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
