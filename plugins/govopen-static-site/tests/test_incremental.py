"""A change to one item rewrites what depends on it, and the site is as if it had been made at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govopen.model.website import SiteKind
from govopen_static_site import listings
from govopen_static_site.publisher import StaticSite
from govopen_static_site.state import Card, Listing


def inodes(site: StaticSite) -> dict[str, int]:
    root = site.home.parent.resolve()
    return {path.relative_to(root).as_posix(): path.stat().st_ino for path in root.rglob("*") if path.is_file()}


def changed(site: StaticSite, before: dict[str, int]) -> set[str]:
    """What was written since, or is gone. The old version is kept out of reuse by its links until then."""
    after = inodes(site)
    return {path for path in before | after if before.get(path) != after.get(path)}


@pytest.fixture
def filled(parcels: ModuleType, tmp_path: Path) -> StaticSite:
    site = parcels.publisher(tmp_path)
    for number in range(300):
        site.put(parcels.nth(number))
    site.settle()
    return site


def rest(paths: set[str]) -> set[str]:
    """Without the search data, which has a test of its own."""
    return {path for path in paths if not path.startswith("search/")}


def test_another_title_touches_the_item_and_the_pages_it_stands_on(parcels: ModuleType, filled: StaticSite) -> None:
    before = inodes(filled)
    filled.put(attrs.evolve(parcels.nth(150, title="另一个名称"), updated_on=dt.date(2012, 1, 1)))
    filled.settle()

    root = filled.home.parent
    of_the_item = {"items/gw-2011-00150.html", "items/gw-2011-00150.json"}
    lists = {path for path in before if path.endswith(".html") or path.startswith("feeds/")}
    told_of = {path for path in lists if b"gw-2011-00150" in (root / path).read_bytes()}
    assert len(told_of) > 4
    assert rest(changed(filled, before)) == of_the_item | told_of | {
        "sitemap.xml",
        "sitemaps/2011-03-1.xml",
    }


def test_a_new_item_and_a_withdrawn_one_touch_tens_of_files_and_not_hundreds(
    parcels: ModuleType, filled: StaticSite
) -> None:
    before = inodes(filled)
    filled.put(parcels.nth(300))
    filled.settle()
    new = rest(changed(filled, before))
    before = inodes(filled)
    filled.withdraw("gw-2011-00100")
    filled.settle()
    gone = rest(changed(filled, before))

    assert {"items/gw-2011-00300.html", "index.html", "latest/index.html", "feed.xml"} <= new
    assert {"items/gw-2011-00100.html", "items/gw-2011-00100.json"} <= gone
    assert len(new) <= 25
    assert len(gone) <= 25


def test_search_data_of_one_item_touches_the_shards_of_one_segment(parcels: ModuleType, filled: StaticSite) -> None:
    before = inodes(filled)
    filled.put(parcels.nth(150, title="鑫"))
    filled.settle()
    touched = {path for path in changed(filled, before) if path.startswith("search/")}

    assert "search/0-d1.js" in touched
    assert 1 < len(touched) < 32


def test_what_stands_there_already_is_not_written_again(parcels: ModuleType, filled: StaticSite) -> None:
    before, version = inodes(filled), filled.home.parent.resolve()
    for number in range(300):
        filled.put(parcels.nth(number))
    filled.withdraw("never-there")
    filled.settle()

    assert filled.written == 0
    assert filled.home.parent.resolve() == version
    assert inodes(filled) == before


def test_another_setting_or_name_of_a_unit_makes_all_pages_again(parcels: ModuleType, tmp_path: Path) -> None:
    site = parcels.publisher(tmp_path)
    content = b"file"
    site.put(parcels.parcel(parcels.item(1, attachments=(parcels.attached("a.txt", content),)), content))
    site.put(parcels.nth(3))
    site.settle()
    held = list(site.inventory())

    renamed = parcels.publisher(tmp_path, title="另一个网站名称")
    renamed.settle()
    assert all("另一个网站名称" in path.read_text(encoding="utf-8") for path in renamed.home.parent.rglob("*.html"))
    assert list(renamed.inventory()) == held

    unit = attrs.evolve(parcels.UNITS[0], name="区府办")
    renamed.put(parcels.parcel(parcels.item(5), unit=unit))
    renamed.settle()
    assert "区府办" in (renamed.home.parent / "items/gw-2011-00001.html").read_text(encoding="utf-8")
    assert [entry.digest for entry in renamed.inventory()][:2] == [entry.digest for entry in held]


def test_what_waits_is_not_shown_before_it_is_settled_nor_after_closing(parcels: ModuleType, site: StaticSite) -> None:
    site.put(parcels.nth(1))
    site.settle()
    address = site.put(parcels.nth(2))
    site.withdraw("gw-2011-00001")

    assert address == "https://www.example.gov.cn/items/gw-2011-00002.html"
    assert [held.item for held in site.inventory()] == ["gw-2011-00001"]
    site.close()
    site.settle()
    assert [held.item for held in site.inventory()] == ["gw-2011-00001"]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(0, 60), st.integers(0, 90)),
        st.tuples(st.just("withdraw"), st.integers(0, 60), st.just(0)),
        st.tuples(st.just("settle"), st.just(0), st.just(0)),
    ),
    min_size=5,
    max_size=30,
)


@settings(max_examples=6, deadline=None)
@given(STEPS)
def test_any_history_of_deliveries_ends_with_the_lists_links_and_files_of_what_stands(
    parcels: ModuleType, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    site = parcels.publisher(tmp_path_factory.mktemp("history"), SiteKind.PORTAL)
    stands: dict[str, Any] = {}
    for step, number, days in steps:
        if step == "put":
            day = parcels.FIRST_DAY + dt.timedelta(days=days)
            one = attrs.evolve(parcels.nth(number, text=f"第{days}日"), published_on=day)
            site.put(one)
            stands[one.cleared.item.id] = (one.published_on, one.cleared.digest)
        elif step == "withdraw":
            site.withdraw(parcels.item(number).id)
            stands.pop(parcels.item(number).id, None)
        else:
            site.settle()
    site.settle()

    assert {held.item: (held.published_on, held.digest) for held in site.inventory()} == stands
    root = site.home.parent
    expected = [name for name, _ in sorted(stands.items(), key=lambda entry: (entry[1][0], entry[0]), reverse=True)]
    found, path = [], "latest/index.html"
    while path:
        document = lxml.html.fromstring((root / path).read_bytes())
        found += [Path(link.get("href")).stem for link in document.xpath("//table[@class='list']//a")]
        older = document.xpath("//nav[@class='pages']/a[@rel='next']")
        path = older[0].get("href").replace("../", "") if older else ""
    assert found == expected
    again = parcels.publisher(root.parent.parent / "again", SiteKind.PORTAL)
    for name, (day, _) in stands.items():
        days = (day - parcels.FIRST_DAY).days
        again.put(attrs.evolve(parcels.nth(int(name[-5:]), text=f"第{days}日"), published_on=day))
    again.settle()
    for name in (
        "index.html",
        "feed.xml",
        "map/index.html",
        "categories/index.html",
        "sitemap.xml",
        "dates/index.html",
    ):
        assert (root / name).read_bytes() == (again.home.parent / name).read_bytes(), name


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 200)), max_size=250))
def test_a_list_keeps_its_order_and_its_page_numbers_through_any_changes(steps: list[tuple[int, int]]) -> None:
    listing, cards = Listing(), {}
    homes: dict[int, str] = {}
    for day, number in steps:
        name = f"i{number}"
        if name in cards:
            listings.leave(listing, cards[name], cards)
            del cards[name]
        else:
            cards[name] = _card(name, dt.date(2011, 1, 1) + dt.timedelta(days=day))
            listings.enter(listing, cards[name], cards)
        for sheet in listing.sheets:
            assert 0 < len(sheet.ids) <= 2 * listings.PER_PAGE
            homes.setdefault(sheet.number, sheet.ids[0])
        assert len({sheet.number for sheet in listing.sheets}) == len(listing.sheets)
        found = [name for sheet in listing.sheets for name in sheet.ids]
        assert found == sorted(cards, key=lambda name: cards[name].order)
    assert all(number < listing.next for number in homes)


def _card(name: str, day: dt.date) -> Card:
    texts = dict.fromkeys(
        ("title", "summary", "issuer", "category", "column", "index_number", "document_number", "page", "data"), ""
    )
    return Card(id=name, slug=name, unit="u", published_on=day, updated_on=None, files=(), **texts)
