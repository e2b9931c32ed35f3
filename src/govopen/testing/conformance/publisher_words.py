"""What the scenarios for publishers share: an item with words of its own, and the search for what is left of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from govopen.model.catalog import InformationItem
from govopen.publishing.port import Parcel, Publisher
from govopen.testing.parcels import attached, disclosed

__all__ = ["DAY", "FILE", "TEXT", "TITLE", "Opens", "Place", "digests", "gives_away", "settled", "told"]

Opens = Callable[[], Publisher]
"""Opens a publisher."""

TITLE, TEXT, FILE, _NAME = "独特标题鸢尾", "独特正文紫藤", "独特附件忍冬", "独特文件名木樨"
DAY = dt.date(2011, 12, 31)
"""The day on which scenarios publish."""


def digests(publisher: Publisher) -> dict[str, str]:
    """What readers find: the digest by item."""
    return {held.item: held.digest for held in publisher.inventory()}


def settled(publisher: Publisher, *parcels: Parcel, without: Iterable[str] = ()) -> None:
    """Put, withdraw, and settle."""
    for each in parcels:
        publisher.put(each)
    for item in without:
        publisher.withdraw(item)
    publisher.settle()


def told() -> tuple[InformationItem, bytes]:
    """An item with words that stand nowhere else."""
    content = FILE.encode()
    return disclosed("told-1", title=TITLE, text=TEXT, attachments=(attached(f"{_NAME}.txt", content),)), content


class Place:
    """Where a publisher keeps things, as the scenarios look into it: by default, files below one folder.

    A publisher that keeps them elsewhere overrides :meth:`contents`, :meth:`alter` and :meth:`outage`, and takes no
    notice of ``root``.

    Attributes:
        supports_contents: Whether :meth:`contents` can give all that the publisher holds.
    """

    supports_contents = True

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        """The folder below which the publisher keeps all that it holds."""
        return tmp_path / "site"

    def contents(self, root: Path) -> Mapping[str, bytes]:
        """All that the publisher holds, by a name for each piece: what readers see, and all else besides."""
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def lasting(self, root: Path) -> Mapping[str, bytes]:
        """What of the contents the same delivery must leave as it is when it comes again: all of them.

        A place that keeps a log of what came gives the contents without it.
        """
        return self.contents(root)

    def alter(self, root: Path, old: str, new: str) -> None:
        """Change a text wherever it stands, behind the publisher's back."""
        for path in root.rglob("*"):
            if path.is_file() and old.encode() in (content := path.read_bytes()):
                path.write_bytes(content.replace(old.encode(), new.encode()))

    @contextmanager
    def outage(self, root: Path) -> Iterator[None]:
        """While it lasts, the place takes nothing and cannot be read; afterwards it holds what it held."""
        assert root.is_dir(), "there is no folder to take away: override outage(), or declare supports_outages = False"
        aside = root.with_name(f"{root.name}-aside")
        root.rename(aside)
        # Permissions stop no administrator, and tests run as one in many a container. This stops everybody.
        root.touch()
        try:
            yield
        finally:
            root.unlink()
            aside.rename(root)

    def pieces(self, root: Path) -> Mapping[str, bytes]:
        """The contents, if they can be looked into; else none."""
        return self.contents(root) if self.supports_contents else {}

    def words(self, root: Path) -> Iterable[str]:
        """The places in which a word of the item that :func:`told` gives stands."""
        for name, content in self.pieces(root).items():
            if gives_away(name) or gives_away(content):
                yield name

    def says_nothing(self, root: Path) -> None:
        """Fail if a word of that item stands anywhere."""
        assert list(self.words(root)) == []

    def stays_inside(self, root: Path) -> None:
        """Fail if there is anything beside the folder."""
        assert {path.name for path in root.parent.iterdir()} <= {root.name}


def gives_away(text: str | bytes) -> bool:
    """Whether a word of the item that :func:`told` gives stands in a text or in bytes of UTF-8."""
    content = text if isinstance(text, bytes) else text.encode("utf-8", errors="surrogatepass")
    return any(each.encode() in content for word in (TITLE, TEXT, FILE, _NAME) for each in _spellings(word))


def _spellings(word: str) -> Iterator[str]:
    """A word as it is, in the escapes of JSON, HTML and addresses, and all of this for its last two characters.

    Search data may hold a text as pairs of characters, so a pair that stands nowhere else gives it away, too.
    """
    for text in (word, word[-2:]):
        yield text
        yield "".join(f"\\u{ord(letter):04x}" for letter in text)
        yield "".join(f"&#{ord(letter)};" for letter in text)
        yield "".join(f"%{byte:02X}" for byte in text.encode())
        yield "".join(f"={byte:02x}" for byte in text.encode())
