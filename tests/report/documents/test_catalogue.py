"""The catalogue has every cleared item with the elements that law names, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from govopen.errors import InputError
from govopen.model.catalog import Category
from govopen.model.website import Carrier, SiteKind
from govopen.report.documents.catalogue import catalogue, category_named
from govopen.report.documents.parts import Grid, Section, Span, texts
from govopen.report.wording import Wording
from govopen.rules import samples

ZH, EN = Wording("zh-Hans"), Wording("en")


def groups(document: Section) -> dict[str, list[list[str]]]:
    """The rows of each group."""
    found = {}
    for part in document.parts:
        if isinstance(part, Section):
            (table,) = part.parts
            assert isinstance(table, Grid)
            assert all(len(row) == len(table.heads) == len(table.widths) for row in table.rows)
            found[part.title] = [
                [" / ".join("".join(span.text for span in line) for line in cell) for cell in row] for row in table.rows
            ]
    return found


def test_an_entry_has_the_four_elements_and_a_group_its_number(source_of, public):
    older = public("f-1", Category.FEE, title="旧", created_on=dt.date(2011, 4, 1))
    newer = public("f-2", Category.FEE, title="新", summary="", index_number="")
    records = source_of(older, newer, public("i-1", Category.INSTITUTION)).unit("bureau")
    found = groups(catalogue(records, ZH))

    assert list(found) == ["机构信息（1）", "收费项目依据标准（2）"]
    assert found["收费项目依据标准（2）"] == [
        ["未登记", "新", "未登记", "2011-04-15"],
        ["006939748/2011-00001", "旧", "示例概述", "2011-04-01"],
    ]


def test_document_numbers_have_a_column_where_there_is_one(source_of, public):
    records = source_of(
        public("d-1", Category.DOCUMENT, document_number="示办〔2011〕1号"), public("d-2", Category.DOCUMENT)
    ).unit("bureau")
    (rows,) = groups(catalogue(records, ZH)).values()

    assert sorted(row[-1] for row in rows) == ["", "示办〔2011〕1号"]


def test_an_entry_leads_to_where_it_is_published(source_of, public):
    stands = samples.publication("f-1", Carrier.OWN_SITE, url="https://example.cn/f-1")
    found = catalogue(source_of(public("f-1", Category.FEE), stands).unit("bureau"), EN)
    (group,) = [part for part in found.parts if isinstance(part, Section)]
    (table,) = group.parts
    assert isinstance(table, Grid)

    assert table.rows[0][1][0] == (Span("示例信息f-1", href="https://example.cn/f-1"),)


def test_it_can_be_of_some_categories(source_of, public):
    records = source_of(public("f-1", Category.FEE), public("o-1"), public("p-1", Category.PROJECT)).unit("bureau")
    found = catalogue(records, EN, categories=[Category.FEE, Category.PROJECT])

    assert list(groups(found)) == ["major construction projects (1)", "fees (1)"]
    assert "Entries: 2." in list(texts(found))


def test_it_can_go_by_columns(source_of, public):
    records = source_of(
        public("f-1", Category.FEE),
        public("o-1"),
        samples.site(SiteKind.PORTAL),
        samples.column(id="c-1", name="收费", categories=(Category.FEE,)),
        samples.column(id="c-2", name="空栏", categories=(Category.PROJECT,)),
    ).unit("bureau")
    found = groups(catalogue(records, ZH, by_column=True))

    assert {title: [row[1] for row in rows] for title, rows in found.items()} == {
        "收费（1）": ["示例信息f-1"],
        "未归入栏目（1）": ["示例信息o-1"],
    }


def test_nothing_published_is_said_so(source_of):
    found = catalogue(source_of(samples.item()).unit("bureau"), ZH)

    assert "没有已公开的信息。" in list(texts(found))
    assert groups(found) == {}


@pytest.mark.parametrize("name", ["fee", "FEE", "收费项目依据标准", "fees"])
def test_a_category_is_named_by_code_or_term(name):
    assert category_named(name) is Category.FEE


def test_an_unknown_category_is_answered_with_those_there_are():
    with pytest.raises(InputError, match=r"no category .traffic.\. Accepted: institution, document"):
        category_named("traffic")
