"""The directive that draws workflows from their tables.

.. code-block:: text

    ```{govopen-workflow} disclosure
    :lang: zh-Hans
    ```
"""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from govopen.errors import InputError
from govopen.sphinxext.options import language
from govopen.texts import Language
from govopen.workflow.catalogue import WORKFLOWS, workflow_named
from govopen.workflow.diagram import conditions, svg, table

__all__ = ["WorkflowPage", "workflow_tables"]


def workflow_tables(name: str, lang: Language) -> str:
    """The steps of a workflow, and what their conditions ask for, as two tables in Markdown.

    Raises:
        InputError: No workflow is called so.
    """
    workflow = workflow_named(name)
    return "\n\n".join(_markdown(rows) for rows in (table(workflow, lang), conditions(workflow, lang)))


def _markdown(table_rows: tuple[tuple[str, ...], ...]) -> str:
    heading, *rows = table_rows
    ruler = tuple("---" for _ in heading)
    return "\n".join("| " + " | ".join(row) + " |" for row in (heading, ruler, *rows))


class WorkflowPage(SphinxDirective):
    """``govopen-workflow [NAME]``: diagram and tables of a workflow; without a name, of each under its own heading."""

    has_content = False
    optional_arguments = 1
    option_spec: ClassVar = {"lang": language}

    def run(self) -> list[nodes.Node]:
        lang: Language = self.options.get("lang", "en")
        try:
            return self._named(self.arguments[0], lang) if self.arguments else self._all(lang)
        except InputError as error:
            raise self.error(str(error)) from error

    def _named(self, name: str, lang: Language) -> list[nodes.Node]:
        box = f'<div style="overflow-x:auto">{svg(workflow_named(name), lang)}</div>'
        drawing = nodes.raw("", box, format="html")
        return [drawing, *self.parse_text_to_nodes(workflow_tables(name, lang))]

    def _all(self, lang: Language) -> list[nodes.Node]:
        text = "\n".join(
            f"## {entry.name}\n\n{entry.title.get(lang)}\n\n```{{govopen-workflow}} {entry.name}\n:lang: {lang}\n```\n"
            for entry in WORKFLOWS
        )
        return self.parse_text_to_nodes(text, allow_section_headings=True)
