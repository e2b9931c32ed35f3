"""The publisher: takes cleared items, shows them all at once, and says what stands there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from govopen.publishing.port import Held, Parcel
from govopen_static_site.building import Building, Staged
from govopen_static_site.contents import FileLink, size_in_words, type_in_words
from govopen_static_site.inventory import PAGE, inventory
from govopen_static_site.itemdata import named, rendered
from govopen_static_site.names import file_name, line, quoted, slug
from govopen_static_site.pages import Pages
from govopen_static_site.settings import SiteSettings
from govopen_static_site.spool import Spool
from govopen_static_site.state import FORMAT, State, read_state, write_state
from govopen_static_site.tree import Source, Tree, failures

__all__ = ["StaticSite"]


class StaticSite:
    """One website, in a folder. It meets :class:`govopen.publishing.port.Publisher`."""

    def __init__(self, settings: SiteSettings) -> None:
        self._settings = settings
        self._tree = Tree(settings.folder)
        self._spool = Spool(settings.folder)
        self._pages = Pages(settings)
        self._staged: dict[str, Staged] = {}
        self._gone: set[str] = set()
        self._written = 0

    @property
    def home(self) -> Path:
        """The file of the home page."""
        return self._tree.current / "index.html"

    @property
    def written(self) -> int:
        """How many files of the site the last :meth:`settle` wrote; all others were left as they were."""
        return self._written

    def put(self, parcel: Parcel) -> str:
        item = parcel.cleared.item
        name = slug(item.id)
        # All are read before anything is kept: what cannot be read leaves the item as it stands.
        contents = [(file, parcel.content(file)) for file in parcel.cleared.attachments]
        attached = [
            FileLink(
                name=line(file.name) or "附件",
                path=f"files/{name}/{number}-{file_name(file.name)}",
                type=type_in_words(file),
                size=size_in_words(len(content)),
            )
            for number, (file, content) in enumerate(contents, 1)
        ]
        unit, column = named(parcel)
        card, page, data = rendered(
            self._pages,
            self._settings,
            item,
            unit=(parcel.unit.id, unit),
            column=None if parcel.column is None or column is None else (parcel.column.id, column),
            published_on=parcel.published_on,
            updated_on=parcel.updated_on,
            attached=attached,
        )
        with failures():
            waiting = {
                link.path: self._spool.add(content) for link, (_, content) in zip(attached, contents, strict=True)
            }
            waiting[card.page_path] = self._spool.add(page)
            waiting[card.data_path] = self._spool.add(data)
        self._staged[item.id] = Staged(card, unit, column, item, waiting)
        self._gone.discard(item.id)
        return self._settings.base_url + quoted(card.page_path)

    def withdraw(self, item: str) -> None:
        self._staged.pop(item, None)
        self._gone.add(item)

    def settle(self) -> None:
        with failures(), self._tree.locked():
            self._show()
        self.close()

    def _show(self) -> None:
        self._written = 0
        shown = self._tree.shown()
        state = State() if shown is None else read_state((shown / "state.json").read_bytes())
        web = None if shown is None else shown / "web"
        staged = {name: held for name, held in self._staged.items() if not self._stands(state, held, web)}
        fingerprint = self._pages.fingerprint()
        building = Building(
            self._settings,
            self._pages,
            state,
            web,
            full=(
                (state.format, state.fingerprint) != (FORMAT, fingerprint)
                or any(name.startswith(PAGE) for name in self._gone)
                or any(web is None or not (web / path).is_file() for path in state.shared)
            ),
        )
        if not building.change(self._gone, staged) and not building.full:
            return
        state.fingerprint = fingerprint
        paths: dict[str, Source] = {}
        for card in state.cards.values():
            paths |= dict.fromkeys(card.paths)
        for held in staged.values():
            paths |= {path: partial(self._spool.read, span) for path, span in held.waiting.items()}
        paths |= building.items()
        shared = building.shared()
        paths |= shared
        state.shared = _digests(shared, state.shared)
        self._written = self._tree.show(write_state(state), paths)

    def _stands(self, state: State, staged: Staged, web: Path | None) -> bool:
        """Whether what was put is there already, byte for byte."""
        card = staged.card
        if web is None or state.cards.get(card.id) != card or not staged.is_named_in(state):
            return False
        for path, span in staged.waiting.items():
            place = web / path
            if place.is_symlink() or not place.is_file() or place.read_bytes() != self._spool.read(span):
                return False
        return True

    def inventory(self) -> Iterator[Held]:
        with failures():
            found = inventory(self._tree, self._settings)
        yield from found

    def close(self) -> None:
        self._staged.clear()
        self._gone.clear()
        self._spool.clear()


def _digests(shared: Mapping[str, bytes | None], before: Mapping[str, str]) -> dict[str, str]:
    return {
        path: before[path] if content is None else hashlib.sha256(content).hexdigest()
        for path, content in shared.items()
    }
