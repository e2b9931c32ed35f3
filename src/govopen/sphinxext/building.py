"""Parts of generated pages as docutils nodes.

Pages are built of nodes and not written as text, so that they stand alike in reStructuredText, in Markdown, and in any
other format that a project reads. Nothing here knows an environment: what a builder made is a function of its
arguments, and its digest says whether a page is still as it would be written today (:mod:`.following`).

What a page describes is marked with the attribute :data:`THING`; :mod:`.placing` turns marks into anchors and objects.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes
from sphinx import addnodes

from govopen.errors import PolicyDataError
from govopen.policy.citation import Citation
from govopen.report.wording import Wording
from govopen.sphinxext.looks import set_text
from govopen.sphinxext.objects import Kind, Thing, kind_of_citation
from govopen.texts import Label, Text

__all__ = ["DOMAIN", "LANG", "SOFT", "THING", "Fact", "Page"]

DOMAIN = "gov"
"""The name of the domain, and so the beginning of its roles."""

THING = "gov_thing"
"""Attribute of a node: the thing that it describes."""

LANG = "gov_lang"
"""Attribute of a generated reference: the language of its page."""

SOFT = "gov_soft"
"""Attribute of a generated reference: it is no mistake of the author if the project has no page that it leads to."""

Fact = str | Label | Text | dt.date | nodes.Node | list[nodes.Node] | None
"""What a label can have for a value: words, an inline node or several, or the list that :meth:`Page.bullets` makes."""

_CODE = re.compile(r"`+([^`]+)`+")


class Page(Wording):
    """Builds the parts of a page in one language; words are the catalogue's msgids."""

    def prose(self, text: str) -> list[nodes.Node]:
        """A text of ours; what stands in backquotes is code."""
        found: list[nodes.Node] = []
        for at, part in enumerate(_CODE.split(text)):
            if at % 2:
                found.append(nodes.literal(part, part))
            elif part:
                found.append(nodes.Text(part))
        return found

    def paragraph(self, *parts: str | nodes.Node | Iterable[nodes.Node]) -> nodes.paragraph:
        """A paragraph of texts and inline nodes."""
        paragraph = nodes.paragraph()
        for part in parts:
            paragraph.extend(self.prose(part) if isinstance(part, str) else _listed(part))
        return paragraph

    def ref(self, kind: Kind, name: str, shown: str = "") -> addnodes.pending_xref:
        """A reference by name, shown as ``shown``; plain code if nothing in the project describes it."""
        reference = _soft(DOMAIN, kind.value, name)
        reference[LANG] = self.lang
        reference += nodes.literal("", shown or name, classes=["xref", DOMAIN, f"{DOMAIN}-{kind.value}"])
        return reference

    def law(self, citation: Citation, shown: str = "") -> addnodes.pending_xref:
        """A reference to the clause or obligation cited."""
        return self.ref(kind_of_citation(citation), str(citation), shown)

    def cited(self, text: str) -> nodes.Node:
        """A reference to what a citation written as text names; plain code if it is no citation."""
        try:
            return self.law(Citation.parse(text))
        except PolicyDataError:
            return nodes.literal("", "", *set_text(text))

    @staticmethod
    def python(role: str, name: str, shown: str = "") -> addnodes.pending_xref:
        """A reference to an object of the library by its full name; ``role`` is Sphinx's: ``class``, ``mod``."""
        reference = _soft("py", role, name)
        reference += nodes.literal("", shown or name, classes=["xref", "py", f"py-{role}"])
        return reference

    @staticmethod
    def anchor(thing: Thing) -> nodes.target:
        """Where ``thing`` is described, if neither a section nor a description of its own begins there."""
        target = nodes.target()
        target[THING] = thing
        return target

    def joined(self, members: Iterable[nodes.Node | Sequence[nodes.Node]]) -> list[nodes.Node]:
        """Inline nodes as one list, between the separators of the language."""
        found: list[nodes.Node] = []
        for member in members:
            if found:
                found.append(nodes.Text("、" if self.lang == "zh-Hans" else ", "))
            found.extend(_listed(member))
        return found

    def facts(self, rows: Iterable[tuple[str, Fact]]) -> list[nodes.Node]:
        """Labels (msgids) with their values; none for what has no value."""
        fields = [self._field(label, value) for label, value in rows if value not in ("", None, [])]
        return [nodes.field_list("", *fields)] if fields else []

    def _field(self, label: str, value: Fact) -> nodes.field:
        body = nodes.field_body()
        match value:
            case nodes.bullet_list():
                body += value
            case nodes.Node():
                body += self.paragraph(value)
            case list():
                body += self.paragraph(value)
            case _:
                body += self.paragraph(str(self.fact(value)))
        return nodes.field("", nodes.field_name("", self.say(label)), body)

    def bullets(self, entries: Iterable[Sequence[str | nodes.Node]]) -> nodes.bullet_list | None:
        """A list with an entry for each row of texts and inline nodes; ``None`` if there is none."""
        items = [nodes.list_item("", self.paragraph(*entry)) for entry in entries]
        return nodes.bullet_list("", *items, bullet="-") if items else None

    def section(self, thing: Thing, *content: nodes.Node, heading: str = "") -> nodes.section:
        """A section that describes ``thing``, under its name and title."""
        title = nodes.title("", heading or f"{thing.name} {self.text(thing.title)}")
        section = nodes.section("", title, *content)
        section[THING] = thing
        return section

    def described(self, thing: Thing, shown: str, remark: str, *content: nodes.Node) -> addnodes.desc:
        """A description below a section: ``shown`` as its name, a remark beside it, and what there is to say."""
        signature = addnodes.desc_signature("", "", addnodes.desc_name("", shown), classes=[DOMAIN])
        if remark:
            signature += addnodes.desc_sig_space()
            signature += addnodes.desc_annotation("", remark)
        signature[THING] = thing
        description = addnodes.desc("", signature, addnodes.desc_content("", *content))
        description["domain"] = DOMAIN
        description["objtype"] = description["desctype"] = thing.kind.value
        description["classes"] = [DOMAIN, thing.kind.value]
        return description

    def table(self, rows: Sequence[Sequence[Sequence[nodes.Node]]], widths: Sequence[int]) -> nodes.table:
        """A table of cells of inline nodes; the first row is its heading. ``widths`` are relative.

        It breaks across pages where a builder has pages.
        """
        group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in widths), cols=len(widths))
        head, body = nodes.thead(), nodes.tbody()
        for at, row in enumerate(rows):
            cells = (nodes.entry("", self.paragraph(cell)) for cell in row)
            (body if at else head).append(nodes.row("", *cells))
        group += [head, body]
        return nodes.table("", group, classes=["longtable", "colwidths-given", "govopen-table"])


def _soft(domain: str, role: str, target: str) -> addnodes.pending_xref:
    reference = addnodes.pending_xref(
        "", refdomain=domain, reftype=role, reftarget=target, refexplicit=False, refwarn=False
    )
    reference[SOFT] = True
    return reference


def _listed(part: nodes.Node | Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    if isinstance(part, nodes.Node):
        yield part
    else:
        yield from part
