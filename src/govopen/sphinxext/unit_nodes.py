"""Parts of a unit's documents as docutils nodes.

They are built of nodes and not written as markup: what a record says is text, whatever signs it holds, in a project of
reStructuredText as in one of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
from docutils import nodes
from sphinx.transforms import SphinxTransform

from govopen.policy.citation import Citation
from govopen.report.documents.parts import Cell, Grid, Line, Listing, Paragraph, Part, Picture, Section, Span
from govopen.sphinxext.building import THING, Page
from govopen.sphinxext.looks import set_text
from govopen.sphinxext.objects import Kind, Thing
from govopen.sphinxext.placing import VERBATIM
from govopen.texts import Language, Text

__all__ = ["NoSectionsWithin", "NodeWriter"]

_CLASSES = {"missing": "govopen-missing", "unverified": "govopen-unverified"}
_SECTION = "govopen-section"
_PLAIN = re.compile(r"[^a-z0-9]+")


@attrs.frozen
class NodeWriter:
    """Writes parts into one document.

    Attributes:
        document: The document, which must have no anchor twice.
        lang: Language of the parts.
    """

    document: nodes.document
    lang: Language

    def write(self, parts: Iterable[Part], prefix: str) -> list[nodes.Node]:
        """The nodes of the parts; anchors begin with ``prefix``."""
        return [node for part in parts for node in self._part(part, prefix)]

    def _part(self, part: Part, prefix: str) -> Iterator[nodes.Node]:
        match part:
            case Section():
                yield from self._section(part, prefix)
            case Paragraph():
                yield self._paragraph(part.line)
            case Listing(lines=lines, numbered=numbered):
                items = [nodes.list_item("", self._paragraph(each)) for each in lines]
                if numbered:
                    yield nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
                else:
                    yield nodes.bullet_list("", *items, bullet="*")
            case Grid():
                yield self._table(part)
            case Picture(svg=svg):
                # It is our own drawing, and wider than many a page. Formats without SVG have the rows alone.
                yield nodes.raw("", f'<div style="overflow-x:auto">{svg}</div>', format="html")

    def _section(self, section: Section, prefix: str) -> Iterator[nodes.Node]:
        anchor = self._anchor(f"{prefix}-{section.key}")
        inner = self.write(section.parts, anchor)
        made = nodes.section("", nodes.title("", section.title), *inner, ids=[anchor], classes=[_SECTION])
        self.document.ids[anchor] = made
        if section.table:
            made[THING] = Thing(Kind.TABLE, section.table, Text(section.title, section.title))
        yield made

    def _anchor(self, wanted: str) -> str:
        """An anchor that the document does not have yet; the unit's identifier may be of any characters."""
        plain = _PLAIN.sub("-", wanted.lower()).strip("-")
        anchor, number = plain, 1
        while anchor in self.document.ids:
            number += 1
            anchor = f"{plain}-{number}"
        # Taken from now on, also by what stands within; the node follows.
        self.document.ids[anchor] = nodes.inline()
        return anchor

    def _paragraph(self, line: Line) -> nodes.paragraph:
        return nodes.paragraph("", "", *(node for span in line for node in self._span(span)))

    def _span(self, span: Span) -> Iterator[nodes.Node]:
        page = Page(self.lang)
        match span.kind:
            case "rule":
                shown: list[nodes.Node] = [page.ref(Kind.RULE, span.text)]
            case "obligation":
                shown = [page.law(Citation.parse(span.text))]
            case "code":
                shown = [nodes.literal("", span.text)]
            case "missing" | "unverified":
                shown = [nodes.emphasis("", span.text, classes=[_CLASSES[span.kind]])]
            case _:
                shown = list(set_text(span.text))
        if span.href:
            yield nodes.reference("", "", *shown, refuri=span.href, internal=False)
        else:
            yield from shown

    def _table(self, grid: Grid) -> nodes.table:
        # A catalogue may be longer than a page and as wide as one: LaTeX breaks rows between pages, and cells by width.
        table = nodes.table(classes=["longtable", "colwidths-given", "govopen-table"])
        group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in grid.widths), cols=len(grid.widths))
        head = [nodes.entry("", nodes.paragraph("", text)) for text in grid.heads]
        group += nodes.thead("", nodes.row("", *head))
        group += nodes.tbody("", *map(self._row, grid.rows))
        table += group
        return table

    def _row(self, row: Sequence[Cell]) -> nodes.row:
        return nodes.row("", *(nodes.entry("", *map(self._paragraph, cell)) for cell in row))


class NoSectionsWithin(SphinxTransform):
    """Makes rubrics of our sections where there can be none: in a list, a table, an admonition.

    Of the two parsers one does not say where a directive stands, so it is seen when the document is there.
    """

    default_priority = 220

    def apply(self, **kwargs: Any) -> None:
        # From the outside in: what was within a section is then within the list.
        for section in list(self.document.findall(nodes.section)):
            if _SECTION in section["classes"] and not isinstance(section.parent, nodes.document | nodes.section):
                title = section.pop(0)
                rubric = nodes.rubric("", "", *title.children, ids=section["ids"])
                self.document.ids.update(dict.fromkeys(section["ids"], rubric))
                for node in (rubric, *section.children):
                    if isinstance(node, nodes.Element):
                        node[VERBATIM] = section.get(VERBATIM)
                section.replace_self([rubric, *section.children])
