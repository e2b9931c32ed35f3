"""What the scenarios for publishers share: an item with words of its own, and the search for what is left of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from govopen.model.catalog import InformationItem
from govopen.publishing.port import Parcel, Publisher
from govopen.testing.parcels import attached, disclosed

__all__ = ["DAY", "FILE", "TEXT", "TITLE", "HoldsFiles", "Opens", "digests", "settled", "told"]

Opens = Callable[[], Publisher]

TITLE, TEXT, FILE, _NAME = "独特标题鸢尾", "独特正文紫藤", "独特附件忍冬", "独特文件名木樨"
DAY = dt.date(2011, 12, 31)


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


class HoldsFiles:
    """A publisher whose every word lies in files below one folder."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        """The folder below which the publisher keeps all that it holds."""
        return tmp_path / "site"

    def contents(self, root: Path) -> Mapping[str, bytes]:
        """All that the publisher holds, by a name for each piece: what readers see, and all else besides."""
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def alter(self, root: Path, old: str, new: str) -> None:
        """Change a text wherever it stands, behind the publisher's back."""
        for path in root.rglob("*"):
            if path.is_file() and old.encode() in (content := path.read_bytes()):
                path.write_bytes(content.replace(old.encode(), new.encode()))

    def words(self, root: Path) -> Iterable[str]:
        """The places in which a word of the item that :func:`told` gives stands."""
        for name, content in self.contents(root).items():
            if any(_spelt(word, name, content) for word in (TITLE, TEXT, FILE, _NAME)):
                yield name

    def says_nothing(self, root: Path) -> None:
        assert list(self.words(root)) == []


def _spelt(word: str, name: str, content: bytes) -> bool:
    """Whether a word stands in a name or a content, as it is, in the escapes of JSON, HTML and addresses, or in pairs.

    Search data may hold a text as pairs of characters, so a pair that stands nowhere else gives it away, too.
    """
    spellings = [word, word[-2:]]
    for text in (word, word[-2:]):
        spellings.append("".join(f"\\u{ord(letter):04x}" for letter in text))
        spellings.append("".join(f"&#{ord(letter)};" for letter in text))
        spellings.append("".join(f"%{byte:02X}" for byte in text.encode()))
        spellings.append("".join(f"={byte:02x}" for byte in text.encode()))
    return any(each.encode() in content or each in name for each in spellings)
