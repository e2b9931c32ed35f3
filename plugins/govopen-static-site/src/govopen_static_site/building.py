"""What of a site depends on a change, and only that, made anew."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import attrs
import msgspec

from govopen.model.catalog import Category, InformationItem
from govopen_static_site import feeds, listings
from govopen_static_site.contents import FileLink, size_in_words, type_in_words, words_of
from govopen_static_site.itemdata import read_item_data, rendered
from govopen_static_site.names import line
from govopen_static_site.overviews import Overviews
from govopen_static_site.pages import Pages
from govopen_static_site.searching import Entry, SearchData
from govopen_static_site.settings import SiteSettings
from govopen_static_site.spool import Span
from govopen_static_site.state import Card, Listing, Named, State

__all__ = ["Building", "Staged"]


@attrs.frozen
class Staged:
    """An item that was put, how its unit and column are called, and where its files wait, by path."""

    card: Card
    unit: Named
    column: Named | None
    item: InformationItem
    waiting: Mapping[str, Span]

    def is_named_in(self, state: State) -> bool:
        """Whether the site calls them so already."""
        column = state.columns.get(self.card.column) if self.card.column else None
        return state.units.get(self.card.unit) == self.unit and column == self.column


class Building:
    """One change of a site: takes the state before, makes it the state after, and tells the files that differ."""

    def __init__(self, settings: SiteSettings, pages: Pages, state: State, web: Path | None, *, full: bool) -> None:
        """Begin.

        Args:
            settings: The site.
            pages: What renders.
            state: What the site remembers; it is changed.
            web: The version that is shown.
            full: Whether every page is made again, because settings or templates are others.
        """
        self._settings = settings
        self._pages = pages
        self._state = state
        self._web = web
        self.full = full
        self._touched: set[str] = set()
        self._places: dict[str, list[listings.Place]] = {}
        self._changed: set[str] = set()
        self._items: dict[str, bytes] = {}
        self._search = SearchData(state.segments, self._search_file)

    def change(self, gone: Collection[str], staged: Mapping[str, Staged]) -> bool:
        """Take items out and put items in. Gives whether there was anything to do."""
        gone = {name for name in gone if name in self._state.cards and name not in staged}
        if not gone and not staged and not self.full:
            return False
        self._name(staged)
        if self.full:
            self._render_again({*gone, *staged})
        self._list(gone, {name: held.card for name, held in staged.items()})
        entries = [_entry(held.card, held.item) for held in staged.values()]
        if not self.full:
            try:
                self._search.change(gone, entries)
            except _Damaged:
                # Somebody altered what readers search in: it is made again from the items.
                self.full = True
        if self.full:
            self._index_again(staged)
        return True

    def _name(self, staged: Mapping[str, Staged]) -> None:
        units, columns = self._state.units, self._state.columns
        for held in staged.values():
            name = held.card.unit
            self.full |= units.get(name, held.unit) != held.unit
            units[name] = held.unit
            if held.column is not None:
                column = held.card.column
                self.full |= columns.get(column, held.column) != held.column
                columns[column] = held.column

    def _list(self, gone: Collection[str], put: Mapping[str, Card]) -> None:
        cards, lists = self._state.cards, self._state.listings
        for name in ("latest", *(f"categories/{category}" for category in Category)):
            lists.setdefault(name, Listing())
        if self.full:
            # Pages that withdrawals left half empty are filled again.
            entering = {**{name: card for name, card in cards.items() if name not in gone}, **put}
            lists.clear()
            lists.update({"latest": Listing(), **{f"categories/{category}": Listing() for category in Category}})
        else:
            entering = dict(put)
            for name in [*gone, *(name for name in put if name in cards)]:
                for folder in self._folders(cards[name]):
                    self._touch(folder, name)
                    listings.leave(lists[folder], cards[name], cards)
        for name in gone:
            del cards[name]
        cards.update(put)
        cards.update({name: card for name, card in entering.items() if name not in put})
        for card in sorted(entering.values(), key=lambda card: card.order):
            for folder in self._folders(card):
                lists.setdefault(folder, Listing())
                self._touch(folder, card.id)
                listings.enter(lists[folder], card, cards)
        self._drop_empty()

    def _folders(self, card: Card) -> Iterator[str]:
        return listings.folders(card, self._state.units, self._state.columns, portal=self._settings.portal)

    def _touch(self, folder: str, name: str) -> None:
        self._changed.add(name)
        if folder not in self._touched:
            self._touched.add(folder)
            self._places[folder] = list(listings.places(folder, self._state.listings[folder]))

    def _drop_empty(self) -> None:
        lists, cards = self._state.listings, self._state.cards.values()
        for folder in [folder for folder in lists if not lists[folder].sheets]:
            if folder != "latest" and not folder.startswith("categories/"):
                del lists[folder]
        for named, used in (
            (self._state.units, {card.unit for card in cards}),
            (self._state.columns, {card.column for card in cards}),
        ):
            for name in set(named) - used:
                del named[name]

    def _render_again(self, but: Collection[str]) -> None:
        state = self._state
        for name, card in list(state.cards.items()):
            if name in but or self._web is None or (item := self._item(card)) is None:
                continue
            attached = [
                FileLink(
                    name=line(file.name) or "附件",
                    path=path,
                    type=type_in_words(file),
                    size=size_in_words((self._web / path).stat().st_size) if (self._web / path).is_file() else "",
                )
                for file, path in zip(item.attachments, card.files, strict=True)
            ]
            state.cards[name], page, data = rendered(
                self._pages,
                self._settings,
                item,
                unit=(card.unit, state.units[card.unit]),
                column=(card.column, state.columns[card.column]) if card.column else None,
                published_on=card.published_on,
                updated_on=card.updated_on,
                attached=attached,
            )
            self._items |= {card.page_path: page, card.data_path: data}

    def _item(self, card: Card) -> InformationItem | None:
        """The item as it stands on the site; ``None`` if somebody altered it there."""
        if self._web is None:
            return None
        content = self._items.get(card.data_path)
        try:
            content = content or (self._web / card.data_path).read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(content).hexdigest() != card.data:
            return None
        try:
            return read_item_data(content).form()
        except msgspec.MsgspecError:
            # Written by another version of govopen; it stays as it is until it is put again.
            return None

    def _index_again(self, staged: Mapping[str, Staged]) -> None:
        self._state.segments.clear()
        self._search = SearchData(self._state.segments, self._search_file)
        entries = []
        for card in sorted(self._state.cards.values(), key=lambda card: card.order):
            item = staged[card.id].item if card.id in staged else self._item(card)
            if item is not None:
                entries.append(_entry(card, item))
        self._search.change((), entries)

    def _search_file(self, path: str) -> bytes:
        try:
            content = b"" if self._web is None else (self._web / path).read_bytes()
        except FileNotFoundError:
            content = b""
        if hashlib.sha256(content).hexdigest() != self._state.shared.get(path):
            raise _Damaged
        return content

    def items(self) -> Mapping[str, bytes]:
        """Pages and data of items that nobody put, and that are others than before."""
        return self._items

    def shared(self) -> dict[str, bytes | None]:
        """All files of the site that belong to no item: the content of those that changed, ``None`` for the others."""
        found: dict[str, bytes | None] = dict(self._listed())
        found |= self._mapped()
        overviews = Overviews(self._settings, self._pages, self._state)
        # Whether they are the same is found by making them: they are few.
        found |= dict(overviews.files())
        found |= {path: None for path in self._state.shared if path.startswith("search/") and path.endswith(".js")}
        if self.full:
            found = {path: content for path, content in found.items() if content is not None}
        found |= self._search.files(self._state.cards, {name: unit.name for name, unit in self._state.units.items()})
        if not self.full:
            before = self._state.shared
            for path, content in found.items():
                if content is not None and before.get(path) == hashlib.sha256(content).hexdigest():
                    found[path] = None
        return found

    def _listed(self) -> Iterator[tuple[str, bytes | None]]:
        overviews = Overviews(self._settings, self._pages, self._state)
        for folder, listing in self._state.listings.items():
            dirty = self.full or folder in self._touched
            before = {place.path: place for place in self._places.get(folder, ())} if dirty else {}
            for place in listings.places(folder, listing):
                same = before.get(place.path) == place and self._changed.isdisjoint(place.ids)
                stays = not dirty or (same and not place.path.endswith("/index.html"))
                known = place.path in self._state.shared and not self.full
                yield place.path, None if stays and known else overviews.listing(folder, place)
            if (path := overviews.feed_path(folder)) and listing.sheets:
                known = path in self._state.shared
                yield path, overviews.feed(folder) if dirty or not known else None

    def _mapped(self) -> dict[str, bytes | None]:
        found: dict[str, bytes | None] = {}
        maps: list[tuple[str, dt.date | None]] = [("sitemaps/pages.xml", None)]
        for folder in sorted(self._state.listings):
            if not folder.startswith("dates/"):
                continue
            cards = [self._state.cards[name] for sheet in self._state.listings[folder].sheets for name in sheet.ids]
            for start in range(0, len(cards), feeds.MAP_LENGTH):
                part = cards[start : start + feeds.MAP_LENGTH]
                path = f"sitemaps/{folder.removeprefix('dates/')}-{start // feeds.MAP_LENGTH + 1}.xml"
                maps.append((path, max(card.changed for card in part)))
                if self.full or folder in self._touched or path not in self._state.shared:
                    found[path] = feeds.sitemap(self._settings, [(card.page_path, card.changed) for card in part])
                else:
                    found[path] = None
        found["sitemap.xml"] = feeds.sitemap_index(self._settings, maps)
        return found


class _Damaged(Exception):
    """Search data that is not what was written."""


def _entry(card: Card, item: InformationItem) -> Entry:
    return Entry(card, f"{card.title}\n{card.document_number}\n{card.index_number}", words_of(item))
