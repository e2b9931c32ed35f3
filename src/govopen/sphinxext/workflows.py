"""Workflows on a page: the drawing, the steps, and what their conditions ask for.

.. code-block:: text

    ```{govopen-workflow} disclosure
    :lang: zh-Hans
    ```

A page for screens has the drawing as SVG, a LaTeX document as TikZ; the tables beside it say the same in every format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from docutils import nodes

from govopen.plugins.registry import Registry
from govopen.sphinxext.building import Page
from govopen.sphinxext.objects import Kind, Thing
from govopen.sphinxext.options import names
from govopen.sphinxext.tikz import tikz
from govopen.texts import Language
from govopen.workflow.catalogue import WORKFLOWS, workflow_named
from govopen.workflow.diagram import conditions, svg, table
from govopen.workflow.table import Workflow

__all__ = ["workflows_page"]

_CODE = re.compile(r"`([^`]+)`")
_STEPS = (20, 15, 11, 13, 20, 21)
_CONDITIONS = (22, 50, 28)


def workflows_page(registry: Registry, argument: str, lang: Language) -> list[nodes.Node]:
    """A section for each workflow; of those that ``argument`` names, what stands in the section.

    Raises:
        InputError: No workflow is called so.
    """
    page = Page(lang)
    if argument:
        return [node for name in names(argument) for node in _bare(workflow_named(name), page)]
    return [page.section(Thing(Kind.WORKFLOW, each.name, each.title), *_content(each, page)) for each in WORKFLOWS]


def _bare(workflow: Workflow[Any], page: Page) -> Iterable[nodes.Node]:
    """Without a section, for authors who give the heading themselves; the anchor stands at the top."""
    anchor = page.anchor(Thing(Kind.WORKFLOW, workflow.name, workflow.title))
    return [nodes.paragraph("", "", anchor), *_content(workflow, page)]


def _content(workflow: Workflow[Any], page: Page) -> list[nodes.Node]:
    drawing = svg(workflow, page.lang)
    return [
        nodes.raw("", f'<div style="overflow-x:auto">{drawing}</div>', format="html"),
        nodes.raw("", tikz(drawing), format="latex"),
        _table(table(workflow, page.lang), _STEPS, page),
        _table(conditions(workflow, page.lang), _CONDITIONS, page),
    ]


def _table(rows: Iterable[Sequence[str]], widths: Sequence[int], page: Page) -> nodes.table:
    return page.table([[_cell(text, page) for text in row] for row in rows], widths)


def _cell(text: str, page: Page) -> list[nodes.Node]:
    """The text of a cell; what stands in backquotes is a citation or a name."""
    found: list[nodes.Node] = []
    for at, part in enumerate(_CODE.split(text)):
        if part:
            found.append(page.cited(part) if at % 2 else nodes.Text(part))
    return found
