"""A whole site against a bare loop that renders and writes the same templates; and one change, in files written.

Run: ``python bench/bench_site.py [ITEMS] [ROUNDS]`` (default 10 000 items, 3 rounds), with
``plugins/govopen-static-site`` installed. The loop renders the pages of items and lists and writes them, and does
nothing else: no digests, no data beside the pages, no feeds, no search, no switch. Both sides take turns in one
process, and the figures are medians of pages a second.
"""

from __future__ import annotations

import datetime as dt
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import attrs

from govopen.clearance.cleared import Cleared, Public
from govopen.model.catalog import Category, InformationItem
from govopen.model.website import SiteKind
from govopen.publishing.port import Parcel, PublisherSettings
from govopen.rules import samples
from govopen.testing import parcels
from govopen_static_site.listings import PER_PAGE, Place
from govopen_static_site.pages import Link, Pages
from govopen_static_site.publisher import StaticSite
from govopen_static_site.settings import site_settings
from govopen_static_site.state import Card, Named

TEXT = (
    "各镇人民政府、各街道办事处，区直各单位：\n现将办法印发给你们，请遵照执行。执行中遇到的问题，请径向主管部门反映。\n"
    "第一条　为了规范有关工作，保障群众合法权益，根据有关法律法规，结合本区实际，制定本办法。\n"
    "第二条　本区行政区域内的单位和个人，适用本办法。\n第三条　本办法自公布之日起施行。"
)
FIRST_DAY = dt.date(2010, 1, 1)


def cleared(number: int, **changes: str) -> Cleared[Public]:
    whole = {
        "index_number": f"006939748/2011-{number:06d}",
        "title": f"关于印发第{number}号办法的通知",
        "document_number": f"示办〔2011〕{number}号",
        "text": TEXT,
    }
    category = list(Category)[number % len(Category)]
    return parcels.cleared(parcels.disclosed(f"gw-2011-{number:06d}", category, **(whole | changes)))


def day(number: int) -> dt.date:
    return FIRST_DAY + dt.timedelta(days=number % 700)


def parcel(number: int, of: Cleared[Public]) -> Parcel:
    return Parcel(cleared=of, unit=samples.UNIT, column=None, published_on=day(number), read=lambda _: b"")


def settings(folder: Path) -> PublisherSettings:
    return PublisherSettings(
        site=samples.site(SiteKind.OWN),
        unit=samples.UNIT,
        folder=folder,
        options={"folder": "site", "base_url": "https://www.example.gov.cn/"},
    )


def govopen_site(folder: Path, items: list[Cleared[Public]]) -> StaticSite:
    site = StaticSite(site_settings(settings(folder)))
    for number, of in enumerate(items):
        site.put(parcel(number, of))
    site.settle()
    return site


def by_hand(folder: Path, items: list[InformationItem], cards: list[Card]) -> int:
    """What somebody would write who needs pages and nothing else."""
    pages = Pages(site_settings(settings(folder)))
    unit = Link(samples.UNIT.name, "units/x/index.html")
    units = {samples.UNIT.id: Named("x", samples.UNIT.name)}
    for name in ("items", "latest"):
        (folder / name).mkdir()
    for number, item in enumerate(items):
        path = f"items/{item.id}.html"
        rendered = pages.item(
            item, path=path, unit=unit, column=None, published_on=day(number), updated_on=None, attached=()
        )
        (folder / path).write_bytes(rendered)
    lists = range(0, len(cards), PER_PAGE)
    for start in lists:
        shown = cards[start : start + PER_PAGE]
        path = f"latest/{start}.html"
        rendered = pages.page(
            "listing",
            path,
            title="最新公开",
            cards=shown,
            units=units,
            place=Place(path, "", "", ()),
            first=False,
            count=None,
            feed="",
            years=[],
        )
        (folder / path).write_bytes(rendered)
    return len(items) + len(lists)


def cards_of(items: list[InformationItem]) -> list[Card]:
    blank = {field.name: "" for field in attrs.fields(Card)}
    return [
        Card(**blank | {"slug": item.id, "title": item.title, "unit": item.unit, "files": (), "published_on": day(at)})
        for at, item in enumerate(items)
    ]


def one_change(what: str, site: StaticSite) -> None:
    start = time.perf_counter()
    site.settle()
    print(f"{what:<24} {site.written:>6} files written, {time.perf_counter() - start:.2f} s")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    items = [cleared(number) for number in range(count)]
    plain = [of.item for of in items]
    cards = cards_of(plain)
    rates: dict[str, list[float]] = {"govopen": [], "by hand": []}
    work = Path(tempfile.mkdtemp(prefix="govopen-bench-site-"))
    try:
        for number in range(rounds):
            for side, told in rates.items():
                folder = work / f"{side}-{number}"
                folder.mkdir()
                start = time.perf_counter()
                if side == "govopen":
                    site = govopen_site(folder, items)
                    took = time.perf_counter() - start
                    pages = sum(1 for _ in site.home.parent.rglob("*.html"))
                else:
                    pages = by_hand(folder, plain, cards)
                    took = time.perf_counter() - start
                told.append(pages / took)
                if side == "by hand" or number < rounds - 1:
                    shutil.rmtree(folder)
        ours, theirs = (statistics.median(rates[side]) for side in ("govopen", "by hand"))
        print(f"{count} items: {ours:,.0f} pages/s; a bare loop {theirs:,.0f} pages/s; ratio {theirs / ours:.2f}")

        site.put(parcel(count // 2, cleared(count // 2, title="另一个名称")))
        one_change("another title", site)
        site.put(parcel(count, cleared(count)))
        one_change("a new item", site)
        site.withdraw(plain[count // 3].id)
        one_change("an item withdrawn", site)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
