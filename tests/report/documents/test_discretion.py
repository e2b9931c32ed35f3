"""Discretion tables stand in a document if they are published, with the law by which they are read."""

from __future__ import annotations

import datetime as dt
import re

import attrs
import pytest

from govopen.discretion.compiling import compile_table
from govopen.model.catalog import Category
from govopen.report.documents.discretion import discretion
from govopen.report.documents.parts import Grid, Picture, Section, texts
from govopen.report.tables.wording import TableWords
from govopen.rules import samples
from govopen.rules.samples_discretion import discretion_table

ZH, EN = TableWords("zh-Hans"), TableWords("en")


@pytest.fixture
def document(public):
    return public("document-1", Category.DOCUMENT)


def said(part: Section) -> str:
    return "\n".join(texts(part))


def tables(found: Section) -> list[Section]:
    return [part for part in found.parts if isinstance(part, Section)]


def test_a_published_table_is_shown_with_rows_law_and_picture(source_of, document):
    (table,) = tables(discretion(source_of(document, discretion_table()).unit("bureau"), ZH))

    (rows,) = [part for part in table.parts if isinstance(part, Grid)]
    assert [row[1][0][0].text for row in rows.rows] == ["轻微", "一般", "严重"]
    assert (table.title, table.table) == ("示例裁量基准", "table-1")
    assert "公布文件：\n示例信息document-1" in said(table)
    # The General Principles of 1986, which nobody has read for this.
    assert "《中华人民共和国民法通则》第155条" in said(table)
    assert "（未核实）" in said(table)
    assert [part.svg[:4] for part in table.parts if isinstance(part, Picture)] == ["<svg"]


def test_a_version_is_told_by_its_first_digits(source_of, document):
    (table,) = tables(discretion(source_of(document, discretion_table()).unit("bureau"), EN))

    (version,) = re.findall(r"Version: *\n([0-9a-f]+)", said(table))
    assert compile_table(discretion_table()).digest.startswith(version)
    assert len(version) == 12


def test_the_words_of_a_table_are_read_by_the_law_of_its_day(source_of, document):
    later = discretion_table(issued_on=dt.date(2021, 5, 1), since=dt.date(2021, 6, 1))
    (table,) = tables(discretion(source_of(document, later, as_of=dt.date(2021, 7, 1)).unit("bureau"), ZH))

    assert "民法典》第1259条" in said(table)
    assert "（未核实）" not in said(table)


def test_pictures_can_be_left_out(source_of, document):
    records = source_of(document, discretion_table()).unit("bureau")
    (table,) = tables(discretion(records, ZH, pictures=False))

    assert [part for part in table.parts if isinstance(part, Picture)] == []


def test_a_table_that_nothing_public_publishes_is_counted_and_not_shown(source_of, document):
    hidden = discretion_table(title="未公布的基准", item="document-2")
    found = discretion(source_of(document, samples.item(id="document-2"), hidden).unit("bureau"), EN)

    assert tables(found) == []
    assert "not shown, since no item cleared for the public publishes them" in said(found)
    assert "something in them: 1." in said(found)
    assert "未公布的基准" not in said(found)


def test_the_name_of_a_power_that_is_not_cleared_stays_out(source_of, document):
    power = samples.item(Category.ENFORCEMENT, title="未公开的职权")
    found = discretion(source_of(document, power, discretion_table()).unit("bureau"), ZH)

    assert "未公开的职权" not in said(found)


def test_a_table_that_cannot_be_read_says_so_and_not_why(source_of, document):
    broken = discretion_table()
    broken = attrs.evolve(broken, rows=(attrs.evolve(broken.rows[0], when="次数说不清"),))
    (table,) = tables(discretion(source_of(document, broken).unit("bureau"), ZH))

    assert said(table) == "示例裁量基准\n该基准无法读作裁量表，此处不列。"
