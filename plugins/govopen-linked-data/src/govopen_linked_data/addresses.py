"""The addresses of everything in a catalogue: the same for the same thing in every export, whatever it is called."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import attrs

from govopen.publishing.names import safe_name

__all__ = ["Addresses", "is_address"]

# What no address may hold, however it is quoted: RFC 3987, and the grammars of Turtle and N-Triples.
_GOOD = re.compile(r"[^\x00-\x20<>\"{}|\\^`\x7f-\x9f]+")


def _folder(base: str) -> str:
    return base.rstrip("/") + "/"


@attrs.frozen
class Addresses:
    """The addresses below one base.

    What is described has an address below ``id/``. A description is not the thing that it describes, so an item's
    address is not that of its page; both stay the same from export to export, and no two items have the same.

    Args:
        base: Below which the items stand on the Web.
        page_pattern: Where below it the page of an item is. ``{name}`` stands for the identifier as a name that is
            safe in paths (:func:`govopen.publishing.names.safe_name`), ``{id}`` for the identifier itself, quoted.
    """

    base: str = attrs.field(converter=_folder)
    page_pattern: str = "{name}/"

    @property
    def catalogue(self) -> str:
        return f"{self.base}id/catalogue"

    @property
    def services(self) -> str:
        return f"{self.base}id/services"

    @property
    def contact(self) -> str:
        return f"{self.base}id/contact"

    def unit(self, unit: str) -> str:
        """Of a unit, by its identifier."""
        return f"{self.base}id/unit/{_segment(unit)}"

    def item(self, item: str) -> str:
        """Of an item, by its identifier."""
        return f"{self.base}id/item/{_segment(item)}"

    def service(self, item: str) -> str:
        """Of the service that an item describes."""
        return f"{self.base}id/service/{_segment(item)}"

    def place(self, code: str) -> str:
        """Of a jurisdiction."""
        return f"{self.base}id/place/{_segment(code)}"

    def page(self, item: str) -> str:
        """Of the page on which readers find the item."""
        return self.base + self.page_pattern.replace("{name}", _segment(item)).replace("{id}", quote(item, safe=""))

    def scheme(self, name: str) -> str:
        """Of a list of concepts: ``category``, ``key-field``."""
        return f"{self.base}id/{name}"

    def concept(self, scheme: str, value: str) -> str:
        """Of one of its concepts."""
        return f"{self.base}id/{scheme}/{_segment(value)}"


def _segment(text: str) -> str:
    """One segment of a path. It never is ``..`` or holds a slash, and no two texts have the same one."""
    return quote(safe_name(text), safe="=~")


def is_address(text: str, *, query: bool = True) -> bool:
    """Whether a text is the whole address of something on the Web, and tells nobody a name and password.

    Args:
        text: The text.
        query: Whether it may have a query or a fragment.
    """
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
    return good and bool(_GOOD.fullmatch(text)) and (query or not (parts.query or parts.fragment))
