"""The directive that shows a discretion table from its file.

.. code-block:: text

    ```{govopen-table} tables/advertisement.toml
    :lang: zh-Hans
    ```
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst.directives import flag, unchanged
from sphinx.util.docutils import SphinxDirective

from govopen.discretion.compiling import compile_table
from govopen.discretion.table import Table
from govopen.discretion.wording import interval_words
from govopen.errors import GovopenError, InputError, NotComputable
from govopen.interchange.tables.files import read_table
from govopen.model.discretion import DiscretionTable
from govopen.plugins.registry import Registry
from govopen.policy.matter import Provision
from govopen.report.tables.rst import table_rst
from govopen.report.tables.svg import table_svg
from govopen.rules.discretion_common import INTERVAL_WORDS
from govopen.sphinxext.building import THING, Page
from govopen.sphinxext.objects import Kind, Thing
from govopen.sphinxext.options import language, project_language, rendered
from govopen.sphinxext.placing import place
from govopen.sphinxext.registries import registry_of
from govopen.sphinxext.restructured import restructured
from govopen.texts import Language, Text

__all__ = ["TableDirective"]


class TableDirective(SphinxDirective):
    """``govopen-table FILE``: a table in a section of its own, with a picture on pages for screens.

    The file is seen from the document, or with a slash before it from the folder of the project. Of a DMN file with
    several tables, ``:name:`` says which.
    """

    has_content = False
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"lang": language, "name": unchanged, "no-index": flag}

    def run(self) -> list[nodes.Node]:
        lang: Language = self.options.get("lang") or project_language(self.config)
        self.env.note_dependency(self.env.relfn2path(self.arguments[0])[0])
        path = Path(self.env.relfn2path(self.arguments[0])[1])
        try:
            document = read_table(path, name=self.options.get("name"))
            provision, settled = _provision(document, registry_of(self.env))
            table = compile_table(document, words=interval_words(provision), where=path.name)
        except GovopenError as error:
            raise self.error(rendered(error, project_language(self.config))) from error
        (section,) = restructured(self, table_rst(table, lang))
        assert isinstance(section, nodes.section)
        title = document.title or document.id
        section[THING] = Thing(Kind.TABLE, document.id, Text(title, title))
        section += [*_drawn(table, lang), _worded(provision, lang, settled=settled)]
        return place(self, [section], lang, known="no-index" not in self.options)


def _provision(document: DiscretionTable, registry: Registry) -> tuple[Provision, bool]:
    """The law on words of interval of the table's day, and whether there was one that somebody has read."""
    matter, day = registry.library.matter(INTERVAL_WORDS), document.issued_on or document.since
    try:
        found = matter.on(day) if day is not None else None
    except NotComputable:
        found = None
    return (matter.provisions[-1], False) if found is None else (found, found.verified)


def _drawn(table: Table, lang: Language) -> list[nodes.Node]:
    try:
        return [nodes.raw("", f'<div style="overflow-x:auto">{table_svg(table, lang)}</div>', format="html")]
    except InputError:
        # Too many cells for a picture; the rows say all there is.
        return []


def _worded(provision: Provision, lang: Language, *, settled: bool) -> nodes.paragraph:
    page = Page(lang)
    mark = "" if settled else page.say(" (not verified)")
    laws = page.joined(map(page.law, provision.basis))
    return page.paragraph(page.say("Words of interval are read by:"), " ", laws, mark)
