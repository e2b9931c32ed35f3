"""The pages of a site, rendered. Whatever comes from a record is text to them and never markup."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined

from govopen.model.catalog import Category, InformationItem
from govopen_static_site.contents import FileLink, blocks, facts, in_words
from govopen_static_site.names import line, paragraphs, quoted
from govopen_static_site.settings import SiteSettings

__all__ = ["ASSETS", "STEPS_BEGIN", "STEPS_END", "Link", "Pages"]

ASSETS = ("search.js", "site.css")
"""Files that every site has."""

STEPS_BEGIN = '<ol class="steps">'
"""Begins the steps of a procedure on a page."""
STEPS_END = "</ol>"
"""How a procedure's steps stand on a page; the inventory reads them there."""


@attrs.frozen
class Link:
    """Something that a page points to, with how many items are there."""

    name: str
    path: str
    count: int = 0
    note: str = ""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("govopen_static_site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"words": in_words, "line": line, "paragraphs": paragraphs, "quoted": quoted}
    environment.globals["categories"] = [*Category]
    return environment


@cache
def _package_digest() -> str:
    found = hashlib.sha256()
    package = files("govopen_static_site")
    for place in (package, package / "templates", package / "assets"):
        for entry in sorted(place.iterdir(), key=lambda entry: entry.name):
            if entry.is_file():
                found.update(entry.read_bytes())
    return found.hexdigest()


class Pages:
    """Renders the pages of one site. Links are relative, so that the tree can be read from a disk too."""

    def __init__(self, settings: SiteSettings) -> None:
        self._settings = settings

    def fingerprint(self) -> str:
        """Changes with whatever makes another page of the same item: settings, templates, assets, this code."""
        settings = repr(attrs.astuple(self._settings, filter=lambda field, _: field.name != "folder"))
        return hashlib.sha256(f"{_package_digest()}{settings}".encode()).hexdigest()

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """The style sheet and the search program, by path."""
        for name in ASSETS:
            yield f"assets/{name}", (files("govopen_static_site") / "assets" / name).read_bytes()

    def item(
        self,
        item: InformationItem,
        *,
        path: str,
        unit: Link,
        column: Link | None,
        published_on: dt.date,
        updated_on: dt.date | None,
        attached: Iterable[FileLink],
    ) -> bytes:
        """The page of an item."""
        title = line(item.title) or line(item.document_number) or "（无标题）"
        place = Link("最新信息", "latest/index.html")
        if item.category is not None:
            place = Link(item.category.text.zh, f"categories/{item.category}/index.html")
        told = blocks(item)
        related = [place, *([] if column is None else [column]), *([unit] if self._settings.portal else [])]
        return self.page(
            "item",
            path,
            title=title,
            crumbs=(column or place,),
            item=item,
            facts=facts(item, unit.name, column.name if column else "", published_on, updated_on),
            short=tuple(block for block in told if block.is_short),
            blocks=tuple(block for block in told if not block.is_short),
            attached=tuple(attached),
            related=related,
        )

    def page(self, template: str, path: str, *, title: str, crumbs: Iterable[Link] = (), **told: Any) -> bytes:
        """A page by its template.

        Args:
            template: Its name without ending.
            path: Where the page will stand, from the root of the site.
            title: Heading of the page; empty on the home page.
            crumbs: The pages above it, from the highest below the home page.
            told: What else the template shows.
        """
        root = self._settings.root_path if path == "404.html" else "../" * path.count("/")
        rendered = (
            _environment()
            .get_template(f"{template}.html.jinja")
            .render(site=self._settings, root=root, path=path, title=title, crumbs=tuple(crumbs), **told)
        )
        return rendered.encode()
