"""What the pages of a site say, and that they are good HTML with links that lead somewhere."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

import attrs
import html5lib
import lxml.html
import pytest

from govopen.model.catalog import Category
from govopen.model.contents import ApprovalItem, ApprovalKind, DocumentEntry, DocumentRelation, FeeItem
from govopen.rules import samples
from govopen_static_site.publisher import StaticSite


def select(element: lxml.html.HtmlElement, path: str) -> list[lxml.html.HtmlElement]:
    """The elements below ``element`` that a plain CSS selector names: tags, classes, attributes, and ``>``."""
    steps = []
    axis = "descendant::"
    for step in path.split():
        if step == ">":
            axis = "child::"
            continue
        tag, classes, attributes = re.fullmatch(r"([\w-]*)((?:\.[\w-]+)*)((?:\[.*\])*)", step).groups()
        tests = [f"contains(concat(' ', @class, ' '), ' {name} ')" for name in classes.split(".")[1:]]
        tests += [f"@{name}" for name in re.findall(r"\[(.*?)\]", attributes)]
        steps.append(f"{axis}{tag or '*'}" + "".join(f"[{test}]" for test in tests))
        axis = "descendant::"
    return element.xpath("/".join(steps))


def page(site: StaticSite, path: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring((site.home.parent / path).read_bytes())


def told(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def facts(of: lxml.html.HtmlElement) -> dict[str, str]:
    return {told(row.find("dt")): told(row.find("dd")) for row in select(of, "dl.facts div")}


def test_every_page_of_a_portal_is_html_without_an_error(district: Path) -> None:
    pages = list(district.rglob("*.html"))

    assert len(pages) > 120
    for path in pages:
        html5lib.HTMLParser(strict=True).parse(path.read_bytes(), transport_encoding="utf-8")


def test_every_link_between_pages_leads_to_a_file_of_the_site(district: Path) -> None:
    for path in district.rglob("*.html"):
        for link in set(re.findall(r'(?:href|src|action)="([^"]*)"', path.read_text(encoding="utf-8"))):
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            target = district / parts.path[1:] if parts.path[0] == "/" else path.parent / parts.path
            assert Path(unquote(str(target))).is_file(), f"{path.relative_to(district)}: {link}"


def test_every_page_has_a_title_a_language_one_heading_and_its_landmarks(district: Path) -> None:
    for path in district.rglob("*.html"):
        found = lxml.html.fromstring(path.read_bytes())
        assert found.get("lang") == "zh-Hans"
        assert told(found.find("head/title"))
        for one in ("h1", "main", "body > header", "body > footer", "nav.main", "a.skip[href='#main']"):
            assert len(select(found, one)) == 1, f"{path}: {one}"


def test_an_items_page_begins_with_the_box_that_readers_know(parcels: ModuleType, site: StaticSite) -> None:
    item = parcels.item(
        1,
        id="d-1",
        title="示例办法",
        valid_until=dt.date(2014, 12, 31),
        document=DocumentEntry(
            relation=DocumentRelation.ISSUED, name="示例办法", issued_by="示例局", issued_on=dt.date(2011, 4, 1)
        ),
    )
    site.put(parcels.parcel(item, published_on=dt.date(2011, 5, 10), updated_on=dt.date(2011, 6, 1)))
    site.settle()
    found = page(site, "items/d-1.html")

    assert told(found.find(".//h1")) == "示例办法"
    assert facts(found) == {
        "索引号": "006939748/2011-00001",
        "文号": "岭府办〔2011〕1号",
        "信息类别": "规范性文件与法规依据",
        "发布机构": "示例局",
        "生成日期": "2011年4月1日",
        "发布日期": "2011年5月10日",
        "更新日期": "2011年6月1日",
        "有效性": "有效期至2014年12月31日",
        "公开单位": "区政府办公室",
        "公开栏目": "工作动态",
    }
    assert [told(crumb) for crumb in select(found, ".crumbs li")] == ["首页", "工作动态", "示例办法"]
    assert [told(part) for part in select(found, "section.text p")] == parcels.TEXT.replace("　", " ").split("\n")


@pytest.mark.parametrize(
    ("repealed_on", "valid_until", "told_there"),
    [
        (dt.date(2012, 3, 1), dt.date(2014, 12, 31), "自2012年3月1日起废止"),
        (None, dt.date(2014, 12, 31), "有效期至2014年12月31日"),
        (None, None, "未标注有效期"),
    ],
)
def test_a_repeal_comes_before_a_period_of_validity(
    parcels: ModuleType,
    site: StaticSite,
    repealed_on: dt.date | None,
    valid_until: dt.date | None,
    told_there: str,
) -> None:
    item = parcels.item(1, id="d", valid_until=valid_until)
    assert item.document is not None
    item = attrs.evolve(item, document=attrs.evolve(item.document, repealed_on=repealed_on))
    site.put(parcels.parcel(item))
    site.settle()

    assert facts(page(site, "items/d.html"))["有效性"] == told_there


@pytest.mark.parametrize("category", list(Category))
def test_what_each_category_asks_for_stands_on_the_page_under_its_terms(
    parcels: ModuleType, site: StaticSite, category: Category
) -> None:
    site.put(parcels.parcel(samples.proactive_item(category, id="x", text="示例正文")))
    site.settle()
    shown = told(page(site, "items/x.html").find(".//article"))

    expected = {
        Category.INSTITUTION: [
            "职能",
            "负责本区示例事务",
            "领导成员",
            "主持全面工作",
            "业务科",
            "办公地址",
            "示例路1号",
        ],
        Category.DOCUMENT: ["与本单位关系", "本单位印发", "成文日期", "2011年4月15日"],
        Category.APPROVAL: ["事项类别", "行政许可", "工作流程", "受理", "申请材料目录", "申请表", "办结数"],
        Category.ENFORCEMENT: [
            "职权名称",
            "示例处罚",
            "立案",
            "执法结果",
            "行政处罚",
            "示例条例第十条",
            "执法科",
            "有裁量余地",
            "否",
            "2011年4月1日",
        ],
        Category.COMPLAINT: ["受理类别", "举报、投诉、求助", "020-00000001", "处理结果"],
        Category.ONLINE: ["办理网址", "https://example.gov.cn/s", "预约"],
        Category.EMERGENCY: ["发生日期", "2011年4月2日", "启动预案", "当日恢复"],
        Category.DECISION: ["决策过程", "征求意见", "集体讨论", "示例决策"],
        Category.PROJECT: ["批准文号", "示发改〔2011〕1号", "在建"],
        Category.FEE: ["收费项目", "示例费", "收费标准（元）", "10.00"],
        Category.OTHER: ["示例概述", "示例正文"],
    }[category]
    assert [part for part in expected if part not in shown] == []


def test_a_procedure_is_an_ordered_list_and_results_are_a_table_with_heads(
    parcels: ModuleType, site: StaticSite
) -> None:
    site.put(parcels.parcel(samples.proactive_item(Category.APPROVAL, id="x")))
    site.settle()
    found = page(site, "items/x.html")

    assert [told(step) for step in select(found, "ol.steps > li")] == ["受理", "审查", "决定"]
    assert [told(head) for head in select(found, "table thead th[scope='col']")] == ["统计起始", "统计截止", "办结数"]
    assert [told(cell) for cell in select(found, "table tbody td")] == ["2011年1月1日", "2011年6月30日", "0"]


def test_zero_is_told_blank_is_not_and_no_materials_is_a_statement(parcels: ModuleType, site: StaticSite) -> None:
    free = parcels.item(9, id="free", fee=FeeItem(name="免费项目", rate_yuan=samples.Decimal(0)))
    unknown = parcels.item(9, id="unknown", fee=FeeItem(name="未定项目"))
    without = parcels.item(2, id="without", approval=ApprovalItem(kind=ApprovalKind.FILING, materials=()))
    for item in (free, unknown, without):
        site.put(parcels.parcel(item))
    site.settle()

    assert "收费标准（元）0" in told(page(site, "items/free.html"))
    assert "收费标准" not in told(page(site, "items/unknown.html"))
    assert "无需提交材料" in told(page(site, "items/without.html"))


def test_a_file_is_offered_with_its_name_type_and_size(parcels: ModuleType, site: StaticSite) -> None:
    content = b"x" * 3000
    item = parcels.item(id="x", attachments=(parcels.attached("附表.pdf", content),))
    site.put(parcels.parcel(item, content))
    site.settle()
    (link,) = select(page(site, "items/x.html"), ".files a")

    assert told(link.getparent()) == "附表.pdf （PDF，3 KB）"
    assert (site.home.parent / "items" / unquote(link.get("href"))).read_bytes() == content


def test_only_an_address_of_the_web_becomes_a_link(parcels: ModuleType, site: StaticSite) -> None:
    for name, url in (("good", "https://example.gov.cn/a?b=1&c=2"), ("bad", "javascript:alert(1)"), ("worse", "//[x")):
        item = samples.proactive_item(Category.ONLINE, id=name)
        site.put(parcels.parcel(attrs.evolve(item, online=attrs.evolve(item.online, url=url))))
    site.settle()

    def links(name: str) -> list[str]:
        return [link.get("href") for link in select(page(site, f"items/{name}.html"), "section a")]

    assert links("good") == ["https://example.gov.cn/a?b=1&c=2"]
    assert links("bad") == links("worse") == []


def test_lists_hold_every_item_once_from_the_newest_and_a_portal_has_one_for_each_unit(district: Path) -> None:
    def listed(folder: str) -> list[str]:
        found, path = [], f"{folder}/index.html"
        while path:
            document = lxml.html.fromstring((district / path).read_bytes())
            found += [Path(link.get("href")).stem for link in select(document, "table.list a")]
            older = select(document, ".pages a[rel='next']")
            path = older[0].get("href").replace("../", "") if older else ""
        return found

    everything = [f"gw-2011-{number:05d}" for number in range(99, -1, -1)]
    # The one that was put again bears the day of its second parcel.
    everything.remove("gw-2011-00001")
    at = everything.index("gw-2011-00000")
    assert listed("latest") in ([*everything[:at], *order] for order in (["gw-2011-00001", "gw-2011-00000"],))
    for kind, count in (("categories", 11), ("units", 3), ("columns", 2)):
        folders = sorted(path.parent.relative_to(district).as_posix() for path in district.glob(f"{kind}/*/index.html"))
        assert len(folders) == count
        assert sorted(name for folder in folders for name in listed(folder)) == sorted([*everything, "gw-2011-00001"])
    months = [path.parent.relative_to(district).as_posix() for path in district.glob("dates/*/index.html")]
    assert sorted(name for folder in months for name in listed(folder)) == sorted([*everything, "gw-2011-00001"])


def test_an_empty_site_says_so_and_has_its_eleven_categories(site: StaticSite) -> None:
    site.settle()

    assert "暂无信息" in told(page(site, "index.html"))
    assert len(select(page(site, "categories/index.html"), "main li")) == 11
    assert list(site.inventory()) == []


def test_home_shows_the_newest_and_ways_to_all_else(parcels: ModuleType, tmp_path: Path) -> None:
    own = parcels.publisher(tmp_path, request_url="https://example.gov.cn/request", title="区政府办公室")
    for number in range(15):
        own.put(parcels.nth(number))
    own.settle()
    home = page(own, "index.html")

    assert told(home.find("head/title")) == "区政府办公室 - 政府信息公开"
    newest = [told(link) for link in select(home, "section[aria-labelledby='newest'] .entries a")]
    assert newest == [parcels.item(number).title for number in range(14, 4, -1)]
    links = {link.get("href") for link in select(home, "a")}
    assert {"https://example.gov.cn/request", "guide/index.html", "categories/index.html", "map/index.html"} <= links
    assert {f"categories/{category}/index.html" for category in Category} <= links
    assert "units/index.html" not in links


def test_the_page_for_what_is_not_there_works_at_any_address(parcels: ModuleType, tmp_path: Path) -> None:
    below = parcels.publisher(tmp_path, base_url="https://www.example.gov.cn/openness")
    below.settle()

    assert select(page(below, "404.html"), "link[rel='stylesheet']")[0].get("href") == "/openness/assets/site.css"
