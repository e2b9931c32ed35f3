"""Cleared items on their way to a site of an invented district.

Run as a program, it publishes to a folder for ever, until somebody kills it.
"""

from __future__ import annotations

import datetime as dt
import sys
from functools import partial
from pathlib import Path
from typing import Any

import attrs

from govopen.model.catalog import Category, InformationItem
from govopen.model.units import Unit
from govopen.model.website import Column, SiteKind
from govopen.publishing.port import Parcel, PublisherSettings
from govopen.rules import samples
from govopen.testing import parcels as testing
from govopen_static_site import static_site
from govopen_static_site.publisher import StaticSite

TITLES = (
    "关于印发岭安区城镇居民最低生活保障实施办法的通知",
    "岭安区2011年财政预算执行情况的报告",
    "关于松涧路改造工程施工期间交通组织的通告",
    "义务教育阶段新生入学登记办理指南",
    "行政处罚程序",
    "暴雨橙色预警期间应急处置情况的通报",
    "个体工商户设立登记",
    "区人民医院迁建工程进展",
    "关于调整生活垃圾处理费收费标准的通知",
    "投诉举报渠道",
    "区政府常务会议审议事项",
)
TEXT = "各镇人民政府、各街道办事处：\n现将办法印发给你们，请遵照执行。\n第一条　为了保障城镇居民基本生活，制定本办法。"
UNITS = tuple(
    attrs.evolve(samples.UNIT, id=name, name=title)
    for name, title in (("office", "区政府办公室"), ("finance", "区财政局"), ("wanghe", "望河镇人民政府"))
)
COLUMNS = tuple(samples.column(id=name, name=title) for name, title in (("news", "工作动态"), ("budget", "财政预决算")))
attached = partial(testing.attached, media_type="application/pdf")
FIRST_DAY = dt.date(2010, 11, 1)


def item(number: int = 0, **changes: Any) -> InformationItem:
    """One of many items, in the eleven categories in turn."""
    whole: dict[str, Any] = {
        "id": f"gw-2011-{number:05d}",
        "index_number": f"006939748/2011-{number:05d}",
        "title": f"{TITLES[number % len(TITLES)]}（第{number}号）",
        "document_number": f"岭府办〔2011〕{number}号",
        "text": TEXT,
    }
    return samples.proactive_item(list(Category)[number % 11], **(whole | changes))


def parcel(
    of: InformationItem,
    *files: bytes,
    unit: Unit = UNITS[0],
    column: Column | None = COLUMNS[0],
    published_on: dt.date = FIRST_DAY,
    updated_on: dt.date | None = None,
) -> Parcel:
    """The item on its way, with the contents of its files; cleared on the last day of 2011."""
    made = testing.parcel(of, *files, unit=unit, column=column, updated_on=updated_on)
    return attrs.evolve(made, published_on=published_on)


def nth(number: int, **changes: Any) -> Parcel:
    """One of many parcels: a day apart, to the units and columns in turn."""
    return parcel(
        item(number, **changes),
        unit=UNITS[number % len(UNITS)],
        column=COLUMNS[number % len(COLUMNS)],
        published_on=FIRST_DAY + dt.timedelta(days=number % 400),
    )


def publisher(folder: Path, kind: SiteKind = SiteKind.OWN, **options: str) -> StaticSite:
    """A publisher of a site in the folder."""
    given = {"folder": "site", "base_url": "https://www.example.gov.cn/", "phone": "020-00000000"} | options
    unit = attrs.evolve(samples.UNIT, name="岭安区人民政府办公室")
    made = static_site(PublisherSettings(site=samples.site(kind), unit=unit, folder=folder, options=given))
    assert isinstance(made, StaticSite)
    return made


def release(number: int) -> list[Parcel]:
    """All that is put for one state of the site that is published for ever: every title tells the state."""
    return [nth(at, title=f"第{number}版之{at}") for at in range(4)]


def publish_for_ever(folder: Path) -> None:
    """Every other state lacks the last item."""
    site = publisher(folder)
    number = 0
    while True:
        number += 1
        parcels = release(number)
        for one in parcels:
            site.put(one)
        if number % 2:
            site.withdraw(parcels[-1].cleared.item.id)
        site.settle()
        print(number, flush=True)  # noqa: T201 - whoever kills it counts these


if __name__ == "__main__":
    publish_for_ever(Path(sys.argv[1]))
