"""Services are told from cleared items, with what is missing named."""

from __future__ import annotations

import attrs

from govopen.model.catalog import Category
from govopen.model.contents import ApprovalItem, ApprovalKind, FeeItem, OnlineService, Outcome
from govopen.report.documents.parts import Grid, Listing, Section, texts
from govopen.report.documents.services import services
from govopen.report.wording import Wording
from govopen.rules import samples

ZH, EN = Wording("zh-Hans"), Wording("en")


def section(document: Section, key: str) -> Section:
    return next(part for part in document.parts if isinstance(part, Section) and part.key == key)


def said(part: Section) -> str:
    return "\n".join(texts(part))


def test_a_service_has_its_steps_in_order_and_its_papers(source_of, public):
    document = services(source_of(public("a-1", Category.APPROVAL)).unit("bureau"), ZH)
    service = section(document, "service-1")

    steps, papers = [part for part in service.parts if isinstance(part, Listing)][1:]
    assert ([line[0].text for line in steps.lines], steps.numbered) == (["受理", "审查", "决定"], True)
    assert ([line[0].text for line in papers.lines], papers.numbered) == (["申请表"], False)
    assert "行政许可" in said(service)


def test_no_papers_is_something_else_than_papers_that_nobody_recorded(source_of, public):
    none = ApprovalItem(kind=ApprovalKind.FILING, materials=())
    unknown = attrs.evolve(none, materials=None)
    items = public("a-1", Category.APPROVAL, approval=none), public("a-2", Category.APPROVAL, approval=unknown)
    document = services(source_of(*items).unit("bureau"), ZH)

    assert "无需提交申请材料。" in said(section(document, "service-1"))
    assert "申请材料：\n未登记" in said(section(document, "service-2"))
    assert "办理流程：\n未登记" in said(section(document, "service-2"))


def test_none_handled_is_a_number_and_a_blank_is_not(source_of, public):
    outcome = samples.outcome()
    online = OnlineService(url="https://example.cn", outcomes=(outcome, attrs.evolve(outcome, handled=None)))
    document = services(source_of(public("o-1", Category.ONLINE, online=online)).unit("bureau"), ZH)

    (table,) = [part for part in section(document, "service-1").parts if isinstance(part, Grid)]
    assert isinstance(outcome, Outcome)
    assert [row[2][0][0].text for row in table.rows] == ["0", "未登记"]


def test_a_fee_of_nothing_is_a_rate_and_a_blank_is_none(source_of, public):
    free = FeeItem(name="甲", basis="文", rate_yuan=samples.Decimal("0"))
    blank, ruled = attrs.evolve(free, rate_yuan=None), attrs.evolve(free, rate_yuan=None, rate_rule="按件")
    items = [public(f"f-{at}", Category.FEE, fee=fee) for at, fee in enumerate((free, blank, ruled))]
    (table,) = section(services(source_of(*items).unit("bureau"), ZH), "fees").parts
    assert isinstance(table, Grid)

    rates = ["".join(span.text for line in row[2] for span in line) for row in table.rows]
    assert rates == ["0", "未登记", ""]


def test_what_is_not_cleared_is_no_service(source_of):
    document = services(source_of(samples.item(Category.APPROVAL), samples.item(Category.FEE)).unit("bureau"), EN)

    assert "No service is published." in said(document)
    assert "示例" not in said(document).replace("示例局", "")


def test_contacts_and_complaints_are_told_or_missing(source_of, public):
    told = services(source_of(public("i", Category.INSTITUTION), public("c", Category.COMPLAINT)).unit("bureau"), ZH)
    blank = services(source_of().unit("bureau"), ZH)

    assert "联系电话：\n020-00000000" in said(section(told, "contacts"))
    assert "举报、投诉、求助\n020-00000001" in said(section(told, "complaints"))
    assert "联系电话：\n未登记" in said(section(blank, "contacts"))
    assert said(section(blank, "complaints")) == "监督投诉\n未登记"
