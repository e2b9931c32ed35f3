"""The pages that belong to no single item: home page, lists, indexes, maps, feeds, and what is said of the site."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from govopen.model.catalog import Category
from govopen_static_site import feeds, listings
from govopen_static_site.listings import Place
from govopen_static_site.pages import Link, Pages
from govopen_static_site.settings import SiteSettings
from govopen_static_site.state import Card, State

__all__ = ["Overviews"]

_HOME_NEWEST = 10
_COLUMN_NEWEST = 6
_HOME_COLUMNS = 8
_LATEST = Link("最新公开", "latest/index.html")
_ABOVE = {
    "categories": Link("信息公开目录", "categories/index.html"),
    "columns": Link("公开栏目", "columns/index.html"),
    "dates": Link("按日期浏览", "dates/index.html"),
    "units": Link("公开单位", "units/index.html"),
}


class Overviews:
    """Renders them from what the site remembers."""

    def __init__(self, settings: SiteSettings, pages: Pages, state: State) -> None:
        self._settings = settings
        self._pages = pages
        self._state = state
        self._units = {unit.slug: name for name, unit in state.units.items()}
        self._columns = {column.slug: name for name, column in state.columns.items()}

    def _cards(self, ids: list[str] | tuple[str, ...]) -> list[Card]:
        return [self._state.cards[name] for name in ids]

    def title(self, folder: str) -> str:
        """What a list is called, by its folder."""
        kind, _, name = folder.partition("/")
        if kind == "categories":
            return Category(name).text.zh
        if kind == "columns":
            return self._state.columns[self._columns[name]].name
        if kind == "units":
            return self._state.units[self._units[name]].name
        if kind == "dates":
            year, _, month = name.partition("-")
            return f"{int(year)}年{int(month)}月"
        return _LATEST.name

    def _link(self, folder: str) -> Link:
        listing = self._state.listings.get(folder)
        return Link(self.title(folder), f"{folder}/index.html", listings.size(listing))

    def _links(self, kind: str) -> list[Link]:
        found = [folder for folder in self._state.listings if folder.startswith(f"{kind}/")]
        if kind == "categories":
            return [self._link(f"categories/{category}") for category in Category]
        return [self._link(folder) for folder in sorted(found, reverse=kind == "dates")]

    def listing(self, folder: str, place: Place) -> bytes:
        """A page of a list."""
        kind, _, _ = folder.partition("/")
        title = self.title(folder)
        crumbs = [_ABOVE[kind]] if kind in _ABOVE else []
        first = place.path.endswith("/index.html")
        cards = self._cards(place.ids)
        if not first:
            crumbs.append(Link(title, f"{folder}/index.html"))
        return self._pages.page(
            "listing",
            place.path,
            title=title if first else f"{title}：{cards[-1].published_on}至{cards[0].published_on}",
            crumbs=crumbs,
            cards=cards,
            units=self._state.units,
            place=place,
            first=first,
            count=listings.size(self._state.listings[folder]) if first else None,
            feed=self.feed_path(folder) if cards else "",
            years=self._years(folder) if first else [],
        )

    def _years(self, folder: str) -> list[Link]:
        """Where each year of the list begins, from the newest; for lists of more than one page."""
        listing = self._state.listings[folder]
        found: dict[int, str] = {}
        for place in listings.places(folder, listing):
            for name in place.ids:
                found.setdefault(self._state.cards[name].published_on.year, place.path)
        return [Link(f"{year}年", path) for year, path in found.items()] if len(listing.sheets) > 1 else []

    @staticmethod
    def feed_path(folder: str) -> str:
        """Where the list's feed lies; empty if it has none."""
        kind, _, name = folder.partition("/")
        if kind == "dates":
            return ""
        return f"feeds/{kind}-{name}.xml" if name else "feed.xml"

    def feed(self, folder: str) -> bytes:
        """The list's feed."""
        site = self._settings
        title = site.title if folder == "latest" else f"{self.title(folder)} - {site.title}"
        page = "index.html" if folder == "latest" else f"{folder}/index.html"
        newest = self._cards(listings.newest(self._state.listings.get(folder), feeds.FEED_LENGTH))
        units = {name: unit.name for name, unit in self._state.units.items()}
        return feeds.feed(site, newest, key=folder, title=title, page=page, path=self.feed_path(folder), units=units)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The pages there is one of."""
        columns, units, dates = self._links("columns"), self._links("units"), self._links("dates")
        groups = [_ABOVE["categories"], _ABOVE["columns"], _ABOVE["dates"]]
        tables = {"categories": self._links("categories"), "columns": columns, "dates": dates}
        if self._settings.portal:
            groups.append(_ABOVE["units"])
            tables["units"] = units
        yield "index.html", self._home(tables)
        for kind, links in tables.items():
            above = _ABOVE[kind]
            years = groupby(links, key=lambda link: link.path.split("/")[1][:4]) if kind == "dates" else ()
            by_year = [(year, list(months)) for year, months in years]
            yield above.path, self._pages.page(kind, above.path, title=above.name, links=links, years=by_year)
        for name, title in (
            ("search", "信息检索"),
            ("guide", "政府信息公开指南"),
            ("request", "依申请公开"),
            ("accessibility", "无障碍说明"),
        ):
            yield f"{name}/index.html", self._pages.page(name, f"{name}/index.html", title=title)
        feeds_of = [
            Link(self.title(folder), path)
            for folder, listing in sorted(self._state.listings.items())
            if listing.sheets and (path := self.feed_path(folder))
        ]
        yield (
            "map/index.html",
            self._pages.page(
                "map", "map/index.html", title="网站地图", groups=groups, tables=tables, feeds_of=feeds_of
            ),
        )
        yield "404.html", self._pages.page("404", "404.html", title="没有找到这个页面")
        yield "feed.xml", self.feed("latest")
        yield "robots.txt", feeds.robots(self._settings)
        pages = ["index.html", *(link.path for link in groups), _LATEST.path, "guide/index.html", "request/index.html"]
        pages += [link.path for links in tables.values() for link in links]
        yield "sitemaps/pages.xml", feeds.sitemap(self._settings, [(path, None) for path in pages])
        yield from self._pages.assets()

    def _home(self, tables: dict[str, list[Link]]) -> bytes:
        columns = sorted(tables["columns"], key=lambda link: (-link.count, link.path))[:_HOME_COLUMNS]
        newest = [
            (link, self._cards(listings.newest(self._state.listings[link.path.rpartition("/")[0]], _COLUMN_NEWEST)))
            for link in sorted(columns, key=lambda link: link.path)
        ]
        return self._pages.page(
            "home",
            "index.html",
            title="",
            newest=self._cards(listings.newest(self._state.listings["latest"], _HOME_NEWEST)),
            tables=tables,
            columns=newest,
            units=self._state.units,
        )
