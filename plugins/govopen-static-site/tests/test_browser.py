"""The site in a real browser: search, keyboard, accessibility, telephone and paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

PAGES = (
    "index.html",
    "latest/index.html",
    "categories/index.html",
    "items/gw-2011-00001.html",
    "items/gw-2011-00002.html",
    "items/gw-2011-00000.html",
    "search/index.html?q=预算",
    "not-there/at/all.html",
    "request/index.html",
    "map/index.html",
)
TIMEOUT = 5_000
SIZES = {"desktop": (1280, 900), "telephone": (375, 800)}


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that tells what went wrong on it."""
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(TIMEOUT)
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert [message for message in wrong if "404" not in message] == []


@pytest.fixture
def told_of(served: str, parcels: ModuleType) -> tuple[str, ModuleType]:
    """Where the portal is, and what it was made of."""
    return served, parcels


def results(page: Any) -> list[str]:
    page.wait_for_selector("#status:not(:empty):not(:has-text('正在'))")
    return page.locator("#results a").all_inner_texts()


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_screen(browser: Any, served: str, size: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    width, height = SIZES[size]
    # The policy of the pages lets no foreign program run, and axe is one.
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    opened = context.new_page()
    opened.set_default_timeout(TIMEOUT)
    for path in PAGES:
        opened.goto(served + path)
        if "search" in path:
            assert results(opened)
        found = axe.run(opened).response["violations"]
        assert [(path, one["id"]) for one in found if one["impact"] in ("serious", "critical")] == []
        assert opened.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


@pytest.mark.parametrize("place", ["server", "disk"])
def test_two_characters_are_found_and_lead_to_the_item(page: Any, served: str, district: Path, place: str) -> None:
    root = served if place == "server" else f"{district.as_uri()}/"
    page.goto(f"{root}index.html")
    page.fill("#find", "低保")
    page.press("#find", "Enter")
    page.wait_for_url("**/search/index.html?*")
    assert results(page) == []
    assert "没有找到" in page.inner_text("#status")

    page.fill("#q", "预算")
    page.press("#q", "Enter")
    found = results(page)
    assert found == [f"岭安区2011年财政预算执行情况的报告（第{number}号）" for number in range(89, 0, -11)]
    assert page.inner_text("#status") == "找到 9 条信息。"
    page.click("#results a >> nth=0")
    assert page.inner_text("h1") == found[0]


@pytest.mark.parametrize(
    ("query", "category", "expected"),
    [
        ("岭府办〔2011〕42号", "", (42, 1)),
        ("006939748/2011-00017", "", (17, 1)),
        ("第42号 松涧", "", None),
        ("生活垃圾", "", (96, 9)),
        ("费", "", (96, 18)),
        ("城镇居民 请遵照", "", (99, 20)),
        ("遵照执行", "fee", (97, 9)),
    ],
)
def test_numbers_words_and_categories_narrow_what_is_found(
    page: Any, told_of: tuple[str, ModuleType], query: str, category: str, expected: tuple[int, int] | None
) -> None:
    served, parcels = told_of
    page.goto(f"{served}search/index.html")
    page.fill("#q", query)
    page.select_option("#c", category)
    page.click("#search button")
    found = results(page)

    whole = "没有信息含有全部" not in page.inner_text("#status")
    assert whole == (expected is not None)
    if expected is not None:
        assert (found[0], len(found)) == (parcels.item(expected[0]).title, expected[1])


def test_more_results_are_shown_where_the_keyboard_goes_on(page: Any, served: str) -> None:
    page.goto(f"{served}search/index.html?q=遵照执行")
    assert len(results(page)) == 20
    assert page.inner_text("#status") == "找到 100 条信息。"
    page.press("#more", "Enter")
    page.wait_for_selector("#results li >> nth=39")

    assert page.evaluate("[...document.querySelectorAll('#results a')].indexOf(document.activeElement)") == 20


def test_what_is_withdrawn_is_not_found_any_more(page: Any, parcels: ModuleType, tmp_path: Path) -> None:
    site = parcels.publisher(tmp_path)
    for number in range(3):
        site.put(parcels.nth(number, text="珊瑚礁保护" if number == 1 else "其他"))
    site.settle()
    address = f"{site.home.parent.as_uri()}/search/index.html?q=珊瑚"
    page.goto(address)
    assert results(page) == [parcels.item(1).title]

    site.withdraw(parcels.item(1).id)
    site.settle()
    page.goto(address)
    assert results(page) == []


def test_a_hostile_title_in_the_results_stays_text(page: Any, parcels: ModuleType, tmp_path: Path) -> None:
    title = "<img src=x onerror=document.title='harm'> 预算 </script> \u202eabc"
    site = parcels.publisher(tmp_path)
    site.put(parcels.nth(1, title=title, summary=title))
    site.settle()
    page.goto(f"{site.home.parent.as_uri()}/search/index.html?q=<b>预算</b>")

    assert results(page) == ["<img src=x onerror=document.title='harm'> 预算 </script> abc"]
    assert page.locator("#results img").count() == 0
    assert "harm" not in page.title()


def test_the_keyboard_skips_to_the_text_and_sees_where_it_is(page: Any, served: str) -> None:
    page.goto(f"{served}items/gw-2011-00001.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_paper_gets_the_item_without_what_is_only_for_the_screen(page: Any, served: str) -> None:
    page.goto(f"{served}items/gw-2011-00001.html")
    page.emulate_media(media="print")

    for hidden in ("nav.main", ".find", ".crumbs", ".skip"):
        assert not page.locator(hidden).is_visible(), hidden
    for shown in ("h1", ".facts", ".wordmark"):
        assert page.locator(shown).is_visible(), shown


def test_without_scripts_the_search_page_leads_to_the_indexes(browser: Any, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.set_default_timeout(TIMEOUT)
    opened.goto(f"{served}search/index.html")
    assert "从<a href" in opened.content().partition("<noscript>")[2]
    opened.click("nav.main >> text=信息公开目录")
    opened.click("text=重大决策事项")
    opened.click("table.list a >> nth=0")

    assert opened.locator(".facts").is_visible()
    context.close()
