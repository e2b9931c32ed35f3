"""Sphinx directives that write reference pages from a registry.

Add ``govopen.sphinxext.directives`` to ``extensions``. In Markdown documents (MyST):

.. code-block:: text

    ```{govopen-rules} SEC
    :lang: zh-Hans
    ```
"""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from govopen import __version__
from govopen.plugins.registry import Registry
from govopen.sphinxext.options import language
from govopen.sphinxext.pages import hooks_page, instruments_page, matters_page, records_page, rules_page
from govopen.sphinxext.workflows import WorkflowPage
from govopen.texts import Language

__all__ = ["setup"]


@cache
def _registry() -> Registry:
    return Registry.load()


class _Page(SphinxDirective):
    """Parse a generated page where it stands."""

    has_content = False
    option_spec: ClassVar = {"lang": language}

    def run(self) -> list[nodes.Node]:
        text = self.write(self.arguments[0] if self.arguments else "", self.options.get("lang", "en"))
        return self.parse_text_to_nodes(text, allow_section_headings=True)

    def write(self, argument: str, lang: Language) -> str:
        """The page as Markdown."""
        raise NotImplementedError


class RulesPage(_Page):
    """``govopen-rules [PREFIX]``: the rules, or those of one prefix."""

    optional_arguments = 1

    def write(self, argument: str, lang: Language) -> str:
        return rules_page(_registry(), lang, argument)


class InstrumentsPage(_Page):
    """``govopen-instruments``: every instrument with its clauses and obligations."""

    def write(self, argument: str, lang: Language) -> str:
        return instruments_page(_registry(), lang)


class MattersPage(_Page):
    """``govopen-matters``: every matter of law with its dated provisions."""

    def write(self, argument: str, lang: Language) -> str:
        return matters_page(_registry(), lang)


class RecordsPage(_Page):
    """``govopen-records``: every record type with its fields."""

    def write(self, argument: str, lang: Language) -> str:
        return records_page(_registry(), lang)


class HooksPage(_Page):
    """``govopen-hooks``: every hook under its exact signature, in the language of its docstring."""

    def write(self, argument: str, lang: Language) -> str:
        return hooks_page()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives; Sphinx calls it."""
    app.add_directive("govopen-rules", RulesPage)
    app.add_directive("govopen-instruments", InstrumentsPage)
    app.add_directive("govopen-matters", MattersPage)
    app.add_directive("govopen-records", RecordsPage)
    app.add_directive("govopen-hooks", HooksPage)
    app.add_directive("govopen-workflow", WorkflowPage)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
