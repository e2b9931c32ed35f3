"""Scenarios for publishers: texts, file names and identifiers that were made to do harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from govopen.model.published import public_digest
from govopen.testing.conformance.hostile import FILE_NAMES, IDENTIFIERS, TEXTS
from govopen.testing.conformance.publisher_words import FILE, Opens, Place, digests, settled
from govopen.testing.parcels import attached, disclosed, parcel

__all__ = ["HostileScenarios"]


class HostileScenarios(Place):
    """What must be as harmless in a publisher as any other text."""

    @pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text)[:24])
    def test_a_hostile_text_does_no_harm(self, open_publisher: Opens, root: Path, text: str) -> None:
        """It comes back as it was, gets out of no folder, and does not stand as markup in a page."""
        item = disclosed("told-1", title=text, text=f"{text}\n{text}", summary=text, issuer=text)
        publisher = open_publisher()
        settled(publisher, parcel(item))
        assert digests(publisher) == {"told-1": public_digest(item)}
        publisher.close()
        self.stays_inside(root)
        for name, content in self.pieces(root).items():
            if name.endswith((".html", ".htm", ".xml")):
                assert b"<script>alert(1)" not in content, name

    def test_hostile_file_names_do_no_harm(self, open_publisher: Opens, root: Path) -> None:
        """Every file is there, under a name that is its own, and none outside."""
        contents = [f"{FILE}{number}".encode() for number in range(len(FILE_NAMES))]
        files = tuple(attached(name, content) for name, content in zip(FILE_NAMES, contents, strict=True))
        item = disclosed("told-1", attachments=files)
        publisher = open_publisher()
        settled(publisher, parcel(item, *contents))
        assert digests(publisher) == {"told-1": public_digest(item)}
        kept = self.pieces(root)
        for content in contents if self.supports_contents else ():
            assert content in kept.values()
        self.stays_inside(root)
        assert len({name.casefold() for name in kept}) == len(kept)
        assert all(len(part.encode()) <= 255 for name in kept for part in name.split("/"))
        settled(publisher, without=["told-1"])
        publisher.close()
        self.says_nothing(root)

    def test_hostile_identifiers_do_no_harm(self, open_publisher: Opens, root: Path) -> None:
        """Each item has a place of its own, also where upper and lower case are the same, and each can be withdrawn."""
        items = [disclosed(id_, title=f"标题{number}") for number, id_ in enumerate(IDENTIFIERS)]
        publisher = open_publisher()
        addresses = [publisher.put(parcel(item)) for item in items]
        publisher.settle()
        assert digests(publisher) == {item.id: public_digest(item) for item in items}
        assert len({address.casefold() for address in addresses}) == len(items)
        self.stays_inside(root)
        for number, item in enumerate(items):
            settled(publisher, without=[item.id])
            assert set(digests(publisher)) == {other.id for other in items[number + 1 :]}
        publisher.close()
