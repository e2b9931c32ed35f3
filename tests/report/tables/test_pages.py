"""The page and the reStructuredText of a table: valid, accessible, without network, and safe whatever a table says."""

from __future__ import annotations

import html.parser
import re
from typing import Any

import attrs
import docutils.core
import pytest
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st

from govopen.discretion.compiling import compile_table
from govopen.errors import InputError
from govopen.model.discretion import DiscretionTable, InputKind, TableInput
from govopen.report.tables.areas import CELLS
from govopen.report.tables.html import table_html
from govopen.report.tables.rst import table_rst
from govopen.rules.samples_discretion import discretion_table
from govopen.texts import LANGUAGES

WHOLE = discretion_table()
ABUSE = TableInput(name="abuse", label="辱骂", kind=InputKind.BOOLEAN)
TWO = discretion_table(
    inputs=(*WHOLE.inputs, ABUSE),
    rows=(
        attrs.evolve(WHOLE.rows[0], when="times = 1 and not abuse", wording="第一次，未辱骂的", citation="第三条"),
        attrs.evolve(WHOLE.rows[1], when="times = 2 and not abuse"),
        attrs.evolve(WHOLE.rows[2], when="times >= 3 or abuse"),
    ),
)
VOID = {"meta", "br"}
both = pytest.mark.parametrize("lang", LANGUAGES)


class Page(html.parser.HTMLParser):
    """What stands on a page, and whether every element that begins ends where it should."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.words.append((self.open[-1], data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def texts(self, tag: str) -> list[str]:
        return [text.strip() for name, text in self.words if name == tag]


def page(document: DiscretionTable, lang: Any = "zh-Hans") -> Page:
    return Page(table_html(compile_table(document), lang))


@both
def test_the_page_is_whole_and_loads_and_runs_nothing(lang: Any) -> None:
    found = page(TWO, lang)

    assert (found.open, found.crossed) == ([], [])
    assert found.all("html") == [{"lang": lang}]
    assert {name for name, _ in found.elements} & {"script", "link", "img", "iframe", "object", "form"} == set()
    named = [(name, value or "") for _, attributes in found.elements for name, value in attributes.items()]
    assert not [name for name, _ in named if name.startswith("on") or name in {"src", "href", "style"}]
    (policy,) = [meta["content"] for meta in found.all("meta") if meta.get("http-equiv")]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_the_table_has_a_caption_and_headings_for_columns_and_rows() -> None:
    found = page(TWO)

    assert len(found.texts("caption")) == 1
    scopes = [heading.get("scope") for heading in found.all("th")]
    assert scopes.count("rowgroup") == len(TWO.rows)
    assert set(scopes) == {"col", "rowgroup"}
    assert {"受罚次数", "辱骂"} <= set(found.texts("th"))
    assert {"3次以上", "是", "不限", "2000元以上5000元以下", "从轻"} <= set(found.texts("td"))
    assert {"第三条", "第一次，未辱骂的"} <= set(found.texts("p"))


def test_an_identifier_stands_once() -> None:
    identifiers = [attributes["id"] for _, attributes in page(TWO).elements if "id" in attributes]

    assert len(set(identifiers)) == len(identifiers)


def test_the_picture_stands_in_the_page_and_is_left_out_where_none_can_be_drawn() -> None:
    rows = [attrs.evolve(WHOLE.rows[0], when=f"times = {number}") for number in range(1, CELLS + 2)]

    assert len(page(TWO).all("svg")) == 1
    assert page(discretion_table(rows=tuple(rows))).all("svg") == []
    with pytest.raises(InputError):
        table_html(compile_table(TWO), "en", inputs=["x"])


HOSTILE = "<script>alert(1)</script>\"'&<!-- ]]> {{ 1 }} `x`_ |y| *z* :ref:`a` \\"


def hostile() -> DiscretionTable:
    row = attrs.evolve(WHOLE.rows[0], tier=HOSTILE, citation=HOSTILE, wording="", further=(), ground=HOSTILE)
    law = attrs.evolve(WHOLE.statute[0], citation=HOSTILE)
    label = re.sub('[`"“”]', "", HOSTILE)
    return discretion_table(
        title=HOSTILE,
        unit=HOSTILE,
        document_number=HOSTILE,
        inputs=(attrs.evolve(WHOLE.inputs[0], label=label, unit="<b>"),),
        statute=(law,),
        rows=(row, *WHOLE.rows[1:]),
    )


@both
def test_hostile_texts_stay_texts_on_the_page(lang: Any) -> None:
    text = table_html(compile_table(hostile()), lang)

    assert "<script" not in text
    assert "<!-- " not in text
    found = Page(text)
    assert (found.open, found.crossed) == ([], [])
    assert any("<script>alert(1)</script>" in words for _, words in found.words)


def parsed(text: str) -> nodes.document:
    """As docutils reads it, with every warning an error."""
    settings_ = {"report_level": 2, "halt_level": 2, "file_insertion_enabled": False, "raw_enabled": False}
    document: nodes.document = docutils.core.publish_doctree(text, settings_overrides=settings_)
    return document


@both
def test_the_restructuredtext_is_a_list_table(lang: Any) -> None:
    document = parsed(table_rst(compile_table(TWO), lang))
    (table,) = document.findall(nodes.table)

    assert len(list(table.findall(nodes.row))) == 1 + len(TWO.rows)
    assert document.get("title") == "示例裁量基准"
    assert "2000元以上5000元以下" in table.astext()


@both
def test_hostile_texts_stay_texts_in_restructuredtext(lang: Any) -> None:
    document = parsed(table_rst(compile_table(hostile()), lang))
    allowed = (
        nodes.reference,
        nodes.substitution_reference,
        nodes.emphasis,
        nodes.raw,
        nodes.problematic,
        nodes.literal,
    )

    assert [node for kind in allowed for node in document.findall(kind)] == []
    assert HOSTILE in document.astext()


@settings(deadline=None, max_examples=80)
@given(text=st.text(max_size=25), tier=st.text(alphabet="*-+.|:_`\\()12a中 \n=~#", max_size=12))
def test_any_text_is_valid_restructuredtext(text: str, tier: str) -> None:
    rows = (attrs.evolve(WHOLE.rows[0], tier=tier, citation=text), *WHOLE.rows[1:])
    document = parsed(table_rst(compile_table(discretion_table(rows=rows, title=f"题{text}", unit=tier)), "en"))

    assert list(document.findall(nodes.problematic)) == []
    assert " ".join(tier.split()) in " ".join(document.astext().split())
