"""Texts and names made to do harm do none, anywhere on the site."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import feedparser
import html5lib
import lxml.etree
import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govopen.model.catalog import InformationItem
from govopen.model.contents import Leader
from govopen.testing.strategies import records
from govopen_static_site.names import clean
from govopen_static_site.publisher import StaticSite

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "]]> <![CDATA[ <!-- --> <?php ?>",
    "../../../etc/passwd",
    "..\\..\\windows",
    "a\x00b\x01\x08\x0b\x1f\x7f\x85",
    "\u202eevil\u202c \u2066x\u2069 \u200f",
    "\ufffe\uffff\ufdd0\U0001ffff",
    "𠮷野家👍🏽",
    "名" * 300,
    "{{ 7 * 7 }} {% raw %} ${7*7} %s {0}",
    "&lt;b&gt; &amp; &#0; &nbsp",
    "\u2028 标题 \u2029\r\n\t",
)
WRONG = {"\u202e", "\u202c", "\u2066", "\u2069", "\x00", "\x01", "\x08", "\x7f", "\x85", "\ufffe", "\uffff", "\ufdd0"}


def check(root: Path) -> None:
    """The site is well formed, every markup in it is its own, and every file lies in it."""
    for path in root.rglob("*"):
        assert not path.is_symlink()
        assert len(path.name.encode()) < 256
    for path in root.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not set(text) & WRONG, path
        html5lib.HTMLParser(strict=True).parse(text)
        document = lxml.html.fromstring(text.encode())
        assert [script.get("src") for script in document.iter("script")] in ([], ["../assets/search.js"])
        assert not list(document.iter("img", "iframe", "style", "object"))
        for element in document.iter(lxml.etree.Element):
            assert not [name for name in element.attrib if name.startswith("on") or name in ("style", "autofocus")]
            href = element.get("href", "")
            assert not href.lower().startswith(("javascript:", "data:", "//")), href
    for path in root.rglob("*.xml"):
        lxml.etree.parse(path)
        assert not set(path.read_text(encoding="utf-8")) & WRONG, path
    for path in root.glob("search/*.js"):
        assert not set(path.read_text(encoding="utf-8")) & (WRONG | set("<>&\u2028\u2029")), path


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_shown_as_text_everywhere(parcels: ModuleType, tmp_path: Path, text: str) -> None:
    content = b"<script>alert(1)</script>"
    names = (text, f"{text}.pdf", f"{text}.html", f"../{text}", f"{text}.svg")
    files = tuple(parcels.attached(name, content, media_type=text) for name in names)
    item = parcels.item(
        0,
        title=text,
        summary=text,
        text=f"{text}\n{text}",
        index_number=text,
        document_number=text,
        issuer=text,
        attachments=files,
    )
    assert item.institution is not None
    institution = parcels.attrs.evolve(
        item.institution, functions=text, divisions=(text,), leaders=(Leader(name=text, post=text, in_charge_of=text),)
    )
    item = parcels.attrs.evolve(item, institution=institution)
    unit = parcels.attrs.evolve(parcels.UNITS[0], name=text)
    column = parcels.attrs.evolve(parcels.COLUMNS[0], name=text)
    site = parcels.publisher(tmp_path, title=f"站{text}", footer=text, phone=text)
    site.put(parcels.parcel(item, content, unit=unit, column=column))
    site.settle()
    root = site.home.parent.resolve()

    check(root)
    (held,) = site.inventory()
    assert held.digest == parcels.parcel(item, content).cleared.digest
    document = lxml.html.fromstring((root / f"items/{item.id}.html").read_bytes())
    words = " ".join(clean(text).split())
    assert document.xpath("normalize-space(//h1)") in (words, item.id, "（无标题）")
    assert [path.suffix for path in sorted((root / "files" / item.id).iterdir())][2] == ".bin"
    assert {path.suffix for path in (root / "files" / item.id).iterdir()} <= {".bin", ".pdf"}
    (entry,) = feedparser.parse((root / "feed.xml").read_bytes(), sanitize_html=False).entries
    assert entry.title.split() == (words or entry.title).split()
    everything = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")}
    assert everything == {"site"}


@pytest.mark.parametrize(
    "name", ["..", ".", "%2e%2e%2f", "index", "a#b?c=d&e", "CON", "文〔2011〕1号", "x" * 120, "a:b*c"]
)
def test_any_identifier_makes_a_file_within_the_site_and_an_address_that_leads_there(
    parcels: ModuleType, site: StaticSite, name: str
) -> None:
    unit = parcels.attrs.evolve(parcels.UNITS[0], id=name)
    column = parcels.attrs.evolve(parcels.COLUMNS[0], id=name)
    address = site.put(parcels.parcel(parcels.item(0, id=name), unit=unit, column=column))
    site.settle()

    assert (site.home.parent / address.removeprefix("https://www.example.gov.cn/")).is_file()
    assert [held.item for held in site.inventory()] == [name]
    check(site.home.parent.resolve())
    site.withdraw(name)
    site.settle()
    assert list(site.inventory()) == []


@settings(max_examples=6, deadline=None)
@given(st.lists(records(InformationItem, withdrawn=st.none()), min_size=1, max_size=4, unique_by=lambda item: item.id))
def test_any_item_that_an_import_takes_is_shown_well_formed_with_its_digest(
    parcels: ModuleType, tmp_path_factory: pytest.TempPathFactory, items: list[Any]
) -> None:
    site = parcels.publisher(tmp_path_factory.mktemp("any"))
    decided = parcels.item(0)
    items = [
        parcels.attrs.evolve(
            item,
            title=item.title or "示例",
            text=item.text or "示例",
            issuer=item.issuer or "示例局",
            category=item.category or decided.category,
            created_on=decided.created_on,
            changed_on=None,
            digest="",
            attributes=decided.attributes,
            review=decided.review,
            sign_offs=decided.sign_offs,
            attachments=(),
        )
        for item in items
    ]
    for item in items:
        site.put(parcels.parcel(item))
    site.settle()

    check(site.home.parent.resolve())
    assert {held.item: held.digest for held in site.inventory()} == {
        item.id: parcels.parcel(item).cleared.digest for item in items
    }
