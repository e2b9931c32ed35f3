"""The guide has what the law of its day asks for, says what is missing, and invents nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs
import pytest

from govopen.model.catalog import Category
from govopen.model.contents import Contacts, Institution
from govopen.model.requests import ChannelKind
from govopen.model.units import UnitKind
from govopen.model.website import SiteKind
from govopen.report.documents.guide import OfficeFacts, guide
from govopen.report.documents.parts import Grid, Part, Section, Span, texts
from govopen.report.wording import Wording
from govopen.rules import samples

ZH, EN = Wording("zh-Hans"), Wording("en")


def section(part: Section, key: str) -> Section:
    return next(each for each in part.parts if isinstance(each, Section) and each.key == key)


def grid(part: Section) -> dict[str, list[str]]:
    """The table of a section: by the first cell, the others."""
    table = next(each for each in part.parts if isinstance(each, Grid))
    rows = [[" / ".join("".join(span.text for span in line) for line in cell) for cell in row] for row in table.rows]
    return {row[0]: row[1:] for row in rows}


def spans(*parts: Part) -> Iterator[Span]:
    for part in parts:
        if isinstance(part, Section):
            yield from spans(*part.parts)
        elif isinstance(part, Grid):
            yield from (span for row in part.rows for cell in row for line in cell for span in line)
        else:
            yield from (span for line in getattr(part, "lines", (getattr(part, "line", ()),)) for span in line)


def said(part: Part) -> str:
    return "".join(texts(part))


@pytest.mark.parametrize(
    ("day", "law", "not_law", "days"),
    [
        (dt.date(2019, 5, 14), "2007年）》第19条", "2019年修订", "答复期限，工作日：15"),
        (dt.date(2019, 5, 15), "2019年修订）》第12条", "2007年）", "答复期限，工作日：20"),
    ],
)
def test_law_and_periods_are_those_of_the_day(source_of, day, law, not_law, days):
    found = guide(source_of(as_of=day).unit("bureau"), ZH)

    assert law in said(found)
    assert not_law not in said(found)
    assert days in grid(section(found, "periods"))["公开申请的答复期限"][0]


def test_before_any_law_the_guide_says_that_nothing_was_provided(source_of):
    found = guide(source_of(as_of=dt.date(2008, 4, 30)).unit("bureau"), EN)

    assert "nothing was provided on that day" in said(section(found, "remedies"))
    assert grid(section(found, "periods"))["Time to reply to a request"] == ["nothing was provided on that day", ""]


def test_what_nobody_has_recorded_is_said_to_be_missing(source_of):
    found = guide(source_of().unit("bureau"), ZH)

    assert list(grid(section(found, "office")).values()) == [["未登记", ""]] * 6
    assert [row[0] for row in grid(section(found, "requests")).values()] == ["未登记"] * 6
    assert "查阅场所：未登记" in said(section(found, "published"))
    assert "网站：未登记" in said(section(found, "published"))


def test_the_body_in_charge_is_told_from_channels_and_cleared_items_with_the_source(source_of, public):
    contacts = Contacts(address="示例路1号", phone="020-12345678", office_hours="周一至周五")
    institution = public("inst", Category.INSTITUTION, title="机构概况", institution=Institution(contacts=contacts))
    fax = samples.request_channel(ChannelKind.FAX, address="020-87654321")
    found = grid(section(guide(source_of(institution, fax).unit("bureau"), ZH), "office"))

    assert found == {
        "机构名称": ["未登记", ""],
        "办公地址": ["示例路1号", "信息条目：机构概况"],
        "办公时间": ["周一至周五", "信息条目：机构概况"],
        "联系电话": ["020-12345678", "信息条目：机构概况"],
        "传真号码": ["020-87654321", "受理渠道：传真"],
        "互联网联系方式": ["未登记", ""],
    }


def test_what_the_author_says_goes_before_the_records(source_of):
    given = OfficeFacts(name="示例局办公室", address=" ", fax="020-1")
    fax = samples.request_channel(ChannelKind.FAX, address="020-87654321")
    found = grid(section(guide(source_of(fax).unit("bureau"), ZH, given), "office"))

    assert found["机构名称"] == ["示例局办公室", "本页给出"]
    assert found["传真号码"] == ["020-1", "本页给出"]
    assert found["办公地址"] == ["未登记", ""]


def test_contacts_of_an_item_that_is_not_cleared_stay_out(source_of):
    found = guide(source_of(samples.item(Category.INSTITUTION)).unit("bureau"), ZH)

    assert "020-00000000" not in said(found)


def test_categories_are_counted_and_channels_listed_in_the_order_of_the_policy(source_of, public):
    items = [public("f-1", Category.FEE), public("f-2", Category.FEE), samples.item(Category.FEE, id="f-3")]
    found = guide(source_of(*items, *reversed(samples.request_channels())).unit("bureau"), EN)

    classes = grid(section(found, "classes"))
    assert (classes["fees"][0], classes["institution"][0], len(classes)) == ("2", "0", 11)
    assert list(grid(section(found, "requests"))) == [kind.text.en for kind in ChannelKind]


def test_sites_are_linked_with_their_columns(source_of):
    portal = samples.site(SiteKind.PORTAL, id="portal")
    records = source_of(portal, samples.column(site="portal", name="工作动态")).unit("bureau")
    found = guide(records, ZH)

    assert grid(section(found, "published")) == {"政府门户网站 https://example.gov.cn": ["示例局", "工作动态"]}
    assert "https://example.gov.cn" in {span.href for span in spans(section(found, "published"))}


def test_what_nobody_has_verified_is_marked(source_of):
    found = guide(source_of(as_of=dt.date(2021, 1, 1)).unit("bureau"), ZH)
    library = source_of().registry.library

    assert not library.matter("ogi/handling-fee-items").on(dt.date(2021, 1, 1)).verified
    assert "（未核实）" in grid(section(found, "fees"))["信息处理费：按件"][0]
    assert library.matter("ogi/reply-time").on(dt.date(2021, 1, 1)).verified
    assert "（未核实）" not in "".join(grid(section(found, "periods"))["公开申请的答复期限"])


def test_a_public_entity_has_remedies_of_its_own(source_of):
    hospital = attrs.evolve(samples.UNIT, kind=UnitKind.PUBLIC_ENTITY)
    day = dt.date(2020, 1, 1)

    assert "第55条" in said(section(guide(source_of(hospital, as_of=day).unit("bureau"), ZH), "remedies"))
    assert "第51条" in said(section(guide(source_of(as_of=day).unit("bureau"), ZH), "remedies"))


def test_a_unit_that_is_no_more_is_said_to_be_no_more(source_of):
    gone = attrs.evolve(samples.UNIT, until=dt.date(2011, 6, 30))

    assert "该单位在2011-12-31不存在。" in said(guide(source_of(gone).unit("bureau"), ZH))
    assert "不存在" not in said(guide(source_of().unit("bureau"), ZH))


def test_the_english_guide_has_no_chinese_frame(source_of):
    found = guide(source_of(attrs.evolve(samples.UNIT, name="Bureau"), as_of=dt.date(2020, 1, 1)).unit("bureau"), EN)

    assert [text for text in texts(found) if any("\u4e00" <= char <= "\u9fff" for char in text)] == []
