"""The publisher kit takes publishers that keep nothing in files, and holds them to what they declare."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

from govopen.errors import DeliveryFailed
from govopen.model.catalog import InformationItem
from govopen.model.codec import decoder, encode
from govopen.model.published import procedure_mark, public_digest
from govopen.publishing.folder import FolderPublisher
from govopen.publishing.port import Held, Parcel, Publisher
from govopen.testing.conformance.publisher import OpenPublisher, PublisherConformance

read_item = decoder(InformationItem)


@attrs.define
class Elsewhere:
    """Another system: no folder that a test could look into."""

    shown: dict[str, tuple[bytes, dt.date, dict[str, bytes]]] = attrs.field(factory=dict)
    up: bool = True


class Remote(Publisher):
    """Keeps everything in that system, and what waits in itself."""

    def __init__(self, place: Elsewhere) -> None:
        self.place = place
        self.waiting: dict[str, tuple[bytes, dt.date, dict[str, bytes]] | None] = {}

    def put(self, parcel: Parcel) -> str:
        item = parcel.cleared.item
        files = {file.digest: parcel.content(file) for file in item.attachments}
        self.waiting[item.id] = (encode(item), parcel.published_on, files)
        return f"https://elsewhere.example.gov.cn/{item.id.encode().hex()}"

    def withdraw(self, item: str) -> None:
        self.waiting[item] = None

    def settle(self) -> None:
        self.reach()
        for id_, entry in self.waiting.items():
            self.place.shown.pop(id_, None)
            if entry is not None:
                self.place.shown[id_] = entry
        self.waiting.clear()

    def inventory(self) -> Iterator[Held]:
        self.reach()
        for id_, (form, published_on, files) in sorted(self.place.shown.items()):
            item = read_item(form)
            whole = all(files[file.digest].decode(errors="replace").find("篡改") < 0 for file in item.attachments)
            yield Held(
                item=id_,
                digest=public_digest(item) if whole else "altered",
                address=f"https://elsewhere.example.gov.cn/{id_.encode().hex()}",
                published_on=published_on,
                procedure=procedure_mark(item),
            )

    def close(self) -> None:
        self.waiting.clear()

    def reach(self) -> None:
        if not self.place.up:
            raise DeliveryFailed("It is out of reach.", code="unreachable")


class TestRemote(PublisherConformance):
    """Everything that can be overridden is."""

    @pytest.fixture
    def place(self) -> Elsewhere:
        # The kit's own methods are given the folder only.
        self.elsewhere = Elsewhere()
        return self.elsewhere

    @pytest.fixture
    def open_publisher(self, place: Elsewhere) -> OpenPublisher:
        return lambda: Remote(place)

    def contents(self, root: Path) -> dict[str, bytes]:
        found = {f"item/{id_.encode().hex()}": form for id_, (form, _, _) in self.elsewhere.shown.items()}
        for _, _, files in self.elsewhere.shown.values():
            found |= {f"file/{digest}": content for digest, content in files.items()}
        return found

    def alter(self, root: Path, old: str, new: str) -> None:
        for id_, (form, on, files) in self.elsewhere.shown.items():
            changed = {name: content.replace(old.encode(), new.encode()) for name, content in files.items()}
            self.elsewhere.shown[id_] = (form.replace(old.encode(), new.encode()), on, changed)

    @contextlib.contextmanager
    def outage(self, root: Path) -> Iterator[None]:
        self.elsewhere.up = False
        yield
        self.elsewhere.up = True


class Dateless(Remote):
    def inventory(self) -> Iterator[Held]:
        return (attrs.evolve(held, published_on=None) for held in super().inventory())


class TestDateless(PublisherConformance):
    """A place that nobody can look into: all that can be left out is declared, and the rest still holds."""

    supports_contents = False
    supports_altering = False
    supports_outages = False
    supports_dates = False

    @pytest.fixture
    def open_publisher(self) -> OpenPublisher:
        place = Elsewhere()
        return lambda: Dateless(place)


SKIPPED = {
    "supports_contents": PublisherConformance.test_withdrawal_takes_an_item_from_everywhere,
    "supports_altering": PublisherConformance.test_a_copy_that_was_altered_shows,
    "supports_outages": PublisherConformance.test_a_place_out_of_reach_is_told_by_a_code,
}


@pytest.mark.parametrize("capability", SKIPPED)
def test_what_is_declared_as_left_out_is_skipped_and_said(capability: str, tmp_path: Path) -> None:
    """Left out without a word, it would look as if it had been tested."""
    kit = type("Kit", (PublisherConformance,), {capability: False})()

    with pytest.raises(pytest.skip.Exception, match="declared"):
        SKIPPED[capability](kit, lambda: FolderPublisher(tmp_path / "site"), tmp_path / "site")


def test_a_date_that_was_declared_unknown_and_is_told_all_the_same_fails(tmp_path: Path) -> None:
    class Guessing(PublisherConformance):
        supports_dates = False

    with pytest.raises(AssertionError):
        Guessing().test_lists_what_was_shown(lambda: FolderPublisher(tmp_path / "site"))


def without(name: str) -> type[PublisherConformance]:
    return type("Forgetful", (TestRemote,), {name: getattr(PublisherConformance, name)})


@pytest.mark.parametrize(
    ("forgotten", "scenario"),
    [
        ("contents", PublisherConformance.test_withdrawal_takes_an_item_from_everywhere),
        ("alter", PublisherConformance.test_a_copy_that_was_altered_shows),
        ("outage", PublisherConformance.test_a_place_out_of_reach_is_told_by_a_code),
    ],
)
def test_whoever_neither_overrides_nor_declares_is_told(
    forgotten: str, scenario: Callable[..., None], tmp_path: Path
) -> None:
    """Looking into an empty folder must not pass for having found nothing."""
    kit = without(forgotten)()
    kit.elsewhere = place = Elsewhere()
    (tmp_path / "beside").touch()

    with pytest.raises(AssertionError):
        scenario(kit, lambda: Remote(place), tmp_path / "site")
