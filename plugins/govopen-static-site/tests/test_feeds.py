"""Atom feeds that a reader takes and that have the structure of RFC 4287; sitemaps that meet their schema."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import feedparser
import lxml.etree
import pytest

from govopen.model.catalog import Category
from govopen_static_site import feeds

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://www.example.gov.cn/"

# The schemas of sitemaps.org, protocol 0.9, restated.
_LOCATION = """
  <xsd:simpleType name="tLoc"><xsd:restriction base="xsd:anyURI">
    <xsd:minLength value="12"/><xsd:maxLength value="2048"/></xsd:restriction></xsd:simpleType>
  <xsd:simpleType name="tLastmod"><xsd:union>
    <xsd:simpleType><xsd:restriction base="xsd:date"/></xsd:simpleType>
    <xsd:simpleType><xsd:restriction base="xsd:dateTime"/></xsd:simpleType></xsd:union></xsd:simpleType>"""
_SCHEMA = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"
    targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" elementFormDefault="qualified">
  <xsd:element name="{root}"><xsd:complexType><xsd:sequence>
    <xsd:element name="{each}" maxOccurs="{most}"><xsd:complexType><xsd:sequence>
      <xsd:element name="loc" type="tLoc"/>
      <xsd:element name="lastmod" type="tLastmod" minOccurs="0"/>{more}
    </xsd:sequence></xsd:complexType></xsd:element>
  </xsd:sequence></xsd:complexType></xsd:element>{location}</xsd:schema>"""
_MORE = """
      <xsd:element name="changefreq" minOccurs="0"/><xsd:element name="priority" minOccurs="0"/>"""


def schema(root: str, each: str, more: str = "") -> lxml.etree.XMLSchema:
    text = _SCHEMA.format(root=root, each=each, more=more, location=_LOCATION, most=50_000)
    return lxml.etree.XMLSchema(lxml.etree.fromstring(text))


SITEMAP = schema("urlset", "url", _MORE)
SITEMAP_INDEX = schema("sitemapindex", "sitemap")


def test_every_list_but_the_dates_has_a_feed_and_every_feed_parses(district: Path) -> None:
    names = {path.stem for path in district.glob("feeds/*.xml")}

    assert names == {
        *(f"categories-{category}" for category in Category),
        *("columns-news", "columns-budget", "units-office", "units-finance", "units-wanghe"),
    }
    for path in [district / "feed.xml", *district.glob("feeds/*.xml")]:
        read = feedparser.parse(path.read_bytes())
        assert not read.bozo, path
        assert read.version == "atom10"
        assert 0 < len(read.entries) <= feeds.FEED_LENGTH
        dates = [entry.published for entry in read.entries]
        assert dates == sorted(dates, reverse=True)


def test_feeds_have_what_the_standard_requires_exactly_once(district: Path) -> None:
    ids = set()
    for path in [district / "feed.xml", *district.glob("feeds/*.xml")]:
        feed = lxml.etree.parse(path).getroot()
        assert feed.tag == f"{ATOM}feed"
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
        ids.add(feed.findtext(f"{ATOM}id"))
        for element in [feed, *feed.iter(f"{ATOM}entry")]:
            for name in ("id", "title", "updated"):
                (one,) = element.findall(f"{ATOM}{name}")
                assert one.text
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{ATOM}id"))
            assert dt.datetime.fromisoformat(element.findtext(f"{ATOM}updated")).utcoffset() == dt.timedelta(hours=8)
            assert element.findtext(f"{ATOM}author/{ATOM}name")
            for link in element.findall(f"{ATOM}link"):
                assert link.get("rel") in ("self", "alternate")
                address = link.get("href")
                assert address.startswith(BASE)
                assert (district / urlsplit(address).path[1:]).is_file(), address
        (own,) = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert own.get("href") == BASE + path.relative_to(district).as_posix()
    assert len(ids) == len(list(district.glob("feeds/*.xml"))) + 1


def test_an_entry_keeps_its_name_through_changes_and_another_address(parcels: ModuleType, tmp_path: Path) -> None:
    def entry(site: object, **changes: object) -> feedparser.FeedParserDict:
        site.put(parcels.parcel(parcels.item(1, **changes), updated_on=dt.date(2012, 1, 1) if changes else None))
        site.settle()
        return feedparser.parse((site.home.parent / "feed.xml").read_bytes()).entries[0]

    first = entry(parcels.publisher(tmp_path))
    later = entry(parcels.publisher(tmp_path, base_url="https://new.example.gov.cn/x/"), title="改过的名称")

    assert later.id == first.id
    assert later.title == "改过的名称"
    assert (first.published, first.updated) == ("2010-11-01T00:00:00+08:00", "2010-11-01T00:00:00+08:00")
    assert (later.published, later.updated) == ("2010-11-01T00:00:00+08:00", "2012-01-01T00:00:00+08:00")
    assert later.link == "https://new.example.gov.cn/x/items/gw-2011-00001.html"


def locations(path: Path) -> list[str]:
    return [element.text for element in lxml.etree.parse(path).iter("{*}loc")]


def test_the_sitemaps_meet_the_schema_and_name_every_item_once(district: Path) -> None:
    SITEMAP_INDEX.assertValid(lxml.etree.parse(district / "sitemap.xml"))
    maps = locations(district / "sitemap.xml")
    assert sorted(maps) == sorted(f"{BASE}sitemaps/{path.name}" for path in district.glob("sitemaps/*.xml"))
    found = []
    for address in maps:
        path = district / address.removeprefix(BASE)
        SITEMAP.assertValid(lxml.etree.parse(path))
        found += locations(path)

    assert len(found) == len(set(found))
    assert all((district / address.removeprefix(BASE)).is_file() for address in found)
    items = {address for address in found if "/items/" in address}
    assert items == {f"{BASE}items/{path.name}" for path in district.glob("items/*.html")}
    assert f"Sitemap: {BASE}sitemap.xml" in (district / "robots.txt").read_text(encoding="utf-8")


def test_a_month_of_more_items_than_a_sitemap_holds_has_several(
    parcels: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MAP_LENGTH", 4)
    site = parcels.publisher(tmp_path)
    for number in range(10):
        site.put(parcels.parcel(parcels.item(number)))
    site.settle()
    months = sorted((site.home.parent / "sitemaps").glob("2010-11-*.xml"))

    assert [len(locations(path)) for path in months] == [4, 4, 2]
