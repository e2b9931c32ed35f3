"""Atom feeds (RFC 4287), sitemaps (sitemaps.org 0.9) and robots.txt."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from govopen.model.catalog import Category
from govopen_static_site.names import quoted
from govopen_static_site.settings import SiteSettings
from govopen_static_site.state import Card

__all__ = ["FEED_LENGTH", "MAP_LENGTH", "feed", "robots", "sitemap", "sitemap_index"]

FEED_LENGTH = 30
"""So many items are in a feed."""
MAP_LENGTH = 50_000
"""As many addresses as a sitemap may hold."""

_ATOM = "http://www.w3.org/2005/Atom"
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/govopen/static-site")

register_namespace("", _ATOM)


def _urn(*parts: str) -> str:
    # Of what the thing is, and not of where it stands: an address may change, and readers would see all anew.
    return uuid.uuid5(_NAMES, "\n".join(parts)).urn


def _instant(day: dt.date) -> str:
    # Records know the day. It is the day in China.
    return f"{day.isoformat()}T00:00:00+08:00"


def feed(
    settings: SiteSettings,
    cards: Sequence[Card],
    *,
    key: str,
    title: str,
    page: str,
    path: str,
    units: Mapping[str, str],
) -> bytes:
    """A feed of the newest items of a list.

    Args:
        settings: The site.
        cards: The items, from the newest.
        key: What the list is called for ever.
        title: What it is called.
        page: Path of the list's page.
        path: Path of the feed.
        units: Names of units.
    """
    root = Element(f"{{{_ATOM}}}feed", {"xml:lang": "zh-Hans"})
    opened = dt.date.fromisoformat(settings.opened) if settings.opened else dt.date(1970, 1, 1)
    _add(root, "id", _urn(settings.site, "list", key))
    _add(root, "title", title)
    _add(root, "updated", _instant(max((card.changed for card in cards), default=opened)))
    _add(SubElement(root, f"{{{_ATOM}}}author"), "name", settings.unit)
    _link(root, "self", settings.base_url + quoted(path), "application/atom+xml")
    _link(root, "alternate", settings.base_url + quoted(page), "text/html")
    for card in cards:
        entry = SubElement(root, f"{{{_ATOM}}}entry")
        _add(entry, "id", _urn(settings.site, "item", card.id))
        _add(entry, "title", card.title)
        _add(entry, "published", _instant(card.published_on))
        _add(entry, "updated", _instant(card.changed))
        _add(SubElement(entry, f"{{{_ATOM}}}author"), "name", card.issuer or units[card.unit])
        _link(entry, "alternate", settings.base_url + quoted(card.page_path), "text/html")
        if card.category:
            label = Category(card.category).text.zh
            SubElement(entry, f"{{{_ATOM}}}category", {"term": card.category, "label": label})
        _add(entry, "summary", card.summary or card.title)
    return _written(root)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _link(parent: Element, rel: str, href: str, kind: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}link", {"rel": rel, "type": kind, "href": href})


def _written(root: Element) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _places(settings: SiteSettings, root: str, each: str, places: Iterable[tuple[str, dt.date | None]]) -> bytes:
    # The namespace is written as the default: register_namespace has one prefix for one namespace, and Atom has it.
    found = Element(root, {"xmlns": _MAP})
    for path, changed in places:
        place = SubElement(found, each)
        SubElement(place, "loc").text = settings.base_url + quoted(path)
        if changed is not None:
            SubElement(place, "lastmod").text = changed.isoformat()
    return _written(found)


def sitemap(settings: SiteSettings, places: Iterable[tuple[str, dt.date | None]]) -> bytes:
    """A sitemap of pages by path, with the day of the last change where it is known."""
    return _places(settings, "urlset", "url", places)


def sitemap_index(settings: SiteSettings, maps: Iterable[tuple[str, dt.date | None]]) -> bytes:
    """The map of the sitemaps, by path."""
    return _places(settings, "sitemapindex", "sitemap", maps)


def robots(settings: SiteSettings) -> bytes:
    """Everybody may read everything."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {settings.base_url}sitemap.xml\n".encode()
