"""The inventory is read from what stands there: whatever is altered, missing or added shows."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from govopen.model.published import procedure_mark, public_digest
from govopen.publishing.port import Held
from govopen_static_site.publisher import StaticSite

CONTENT = b"content of a file"


@pytest.fixture
def published(parcels: ModuleType, site: StaticSite) -> StaticSite:
    files = (parcels.attached("表.pdf", CONTENT),)
    site.put(parcels.parcel(parcels.item(2, id="one", attachments=files), CONTENT, published_on=parcels.FIRST_DAY))
    site.put(parcels.nth(1))
    site.settle()
    return site


def held(site: StaticSite) -> dict[str, Held]:
    found = list(site.inventory())
    assert [entry.item for entry in found] == sorted(entry.item for entry in found)
    return {entry.item: entry for entry in found}


def test_it_tells_the_digest_address_date_and_procedure_of_each_item(
    parcels: ModuleType, published: StaticSite
) -> None:
    item = parcels.item(2, id="one", attachments=(parcels.attached("表.pdf", CONTENT),))

    assert held(published)["one"] == Held(
        item="one",
        digest=public_digest(item),
        address="https://www.example.gov.cn/items/one.html",
        published_on=parcels.FIRST_DAY,
        procedure=procedure_mark(item),
    )
    assert held(published)["gw-2011-00001"].procedure == ""


@pytest.mark.parametrize("pattern", ["items/one.html", "items/one.json", "files/one/*"])
def test_any_altered_byte_of_page_data_or_file_gives_another_digest(published: StaticSite, pattern: str) -> None:
    (path,) = published.home.parent.glob(pattern)
    good, before = held(published)["one"], path.read_bytes()
    seen = {good.digest}
    for at in range(0, len(before), max(1, len(before) // 40)):
        path.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
        seen.add(held(published)["one"].digest)
        assert held(published)["one"].digest != good.digest, at
    path.write_bytes(before + b" ")
    assert held(published)["one"].digest != good.digest
    path.unlink()
    assert held(published)["one"].digest != good.digest

    path.write_bytes(before)
    assert held(published)["one"] == good


def test_an_item_whose_page_and_data_are_gone_is_not_there(published: StaticSite) -> None:
    for path in published.home.parent.glob("items/one.*"):
        path.unlink()

    assert list(held(published)) == ["gw-2011-00001"]


def test_steps_altered_on_the_page_are_another_procedure(published: StaticSite) -> None:
    before = held(published)["one"]
    page = published.home.parent / "items/one.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<li>审查</li>", ""), encoding="utf-8")

    assert held(published)["one"].procedure not in ("", before.procedure)
    page.write_text(page.read_text(encoding="utf-8").replace("<li>", "<li>\n"), encoding="utf-8")
    assert held(published)["one"].digest != before.digest


def test_steps_with_characters_that_no_page_may_hold_agree_with_the_record(
    parcels: ModuleType, site: StaticSite
) -> None:
    item = parcels.item(2, id="odd")
    approval = parcels.attrs.evolve(item.approval, workflow=("受\x00理 <b>", " 审\u202e查 & 决定 ", "a\nb"))
    item = parcels.attrs.evolve(item, approval=approval)
    site.put(parcels.parcel(item))
    site.settle()

    assert held(site)["odd"].procedure == procedure_mark(item)


def test_pages_nobody_put_and_indexes_somebody_altered_are_told(published: StaticSite) -> None:
    root: Path = published.home.parent
    (root / "items" / "extra page.html").write_text("<h1>x</h1>", encoding="utf-8")
    (root / "hidden").mkdir()
    (root / "hidden" / ("n" * 150 + ".php")).write_text("<?php", encoding="utf-8")
    (root / "elsewhere").symlink_to("/etc")
    (root / "index.html").write_text("defaced", encoding="utf-8")
    found = held(published)

    assert {"page:items:extra:page.html", "page:elsewhere", "page:index.html", "one", "gw-2011-00001"} < set(found)
    assert len(found) == 6
    assert found["page:items:extra:page.html"].address == "https://www.example.gov.cn/items/extra%20page.html"
    assert found["page:index.html"].published_on is None


def test_withdrawing_what_nobody_put_clears_it_away_and_mends_the_rest(
    parcels: ModuleType, published: StaticSite
) -> None:
    root = published.home.parent
    before, home = held(published), published.home.read_bytes()
    (root / "extra.html").write_text("x", encoding="utf-8")
    (root / "index.html").write_text("defaced", encoding="utf-8")
    published.withdraw("page:extra.html")
    published.settle()

    assert held(published) == before
    assert published.home.read_bytes() == home


def test_putting_an_item_again_mends_its_page(parcels: ModuleType, published: StaticSite) -> None:
    before = held(published)
    (published.home.parent / "items/gw-2011-00001.html").write_text("defaced", encoding="utf-8")
    published.put(parcels.nth(1))
    published.settle()

    assert held(published) == before


def test_search_data_that_was_altered_or_removed_is_made_again_from_the_items(
    parcels: ModuleType, published: StaticSite
) -> None:
    search = published.home.parent / "search"
    path = next(path for path in search.glob("0-*.js") if b"|" in path.read_bytes())
    good = path.read_bytes()
    path.write_bytes(b"x")
    published.put(parcels.nth(1, title="第一次"))
    published.settle()
    assert path.read_bytes()[:20] == good[:20]

    path.unlink()
    published.put(parcels.nth(1))
    published.settle()
    assert path.read_bytes() == good
    assert len(held(published)) == 2
