"""The folder keeps what every publisher promises, and can be checked without govopen."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from govopen.errors import DeliveryFailed, InputError
from govopen.model.published import public_digest
from govopen.publishing.folder import FolderPublisher, folder_publisher
from govopen.publishing.port import PublisherSettings
from govopen.rules import samples
from govopen.testing.conformance.publisher import OpenPublisher, PublisherConformance
from govopen.testing.parcels import attached, disclosed, parcel


class TestFolder(PublisherConformance):
    @pytest.fixture
    def open_publisher(self, root: Path) -> OpenPublisher:
        return lambda: FolderPublisher(root, address="https://example.gov.cn/open")


@pytest.fixture
def publisher(tmp_path: Path) -> FolderPublisher:
    return FolderPublisher(tmp_path / "site", address="https://example.gov.cn/open/")


def show(publisher: FolderPublisher, *parcels):
    addresses = [publisher.put(each) for each in parcels]
    publisher.settle()
    return addresses


def test_the_sum_of_the_item_is_its_public_digest(publisher, tmp_path):
    item = disclosed(
        "gw-1", text="正文\r\n二", attachments=(attached("附件 一.txt", b"a"), attached("附件 一.txt", b"b"))
    )
    assert show(publisher, parcel(item, b"a", b"b")) == ["https://example.gov.cn/open/gw-1/"]

    place = tmp_path / "site" / "gw-1"
    assert hashlib.sha256((place / "item.json").read_bytes()).hexdigest() == public_digest(item)
    assert (place / "text.txt").read_bytes().decode() == item.text
    about = json.loads((place / "about.json").read_text())
    assert (about["item"], about["published_on"], about["updated_on"]) == ("gw-1", "2011-12-31", "")
    assert [(place / file["path"]).read_bytes() for file in about["files"]] == [b"a", b"b"]


def test_nothing_but_items_is_left_in_the_folder(publisher, tmp_path):
    show(publisher, parcel(disclosed("a")), parcel(disclosed("b")))
    show(publisher, parcel(disclosed("b", text="新")))
    publisher.withdraw("a")
    publisher.settle()
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["b"]


@pytest.mark.parametrize("change", ["added", "removed", "about", "item"])
def test_whatever_changes_in_an_items_folder_shows(publisher, tmp_path, change):
    item = disclosed("a", attachments=(attached("x.txt", b"x"),))
    show(publisher, parcel(item, b"x"))
    place = tmp_path / "site" / "a"
    match change:
        case "added":
            (place / "files" / "more.txt").write_bytes(b"more")
        case "removed":
            (place / "files" / "x.txt").unlink()
        case "about":
            (place / "about.json").write_text("[]")
        case "item":
            (place / "item.json").write_text("{}")
    (held,) = publisher.inventory()
    assert held.item == "a"
    if change == "about":
        assert held.published_on is None
    else:
        assert held.digest not in ("", public_digest(item))


def test_a_stray_file_is_something_that_stands_there(publisher, tmp_path):
    show(publisher, parcel(disclosed("a")))
    (tmp_path / "site" / "stray.html").write_text("?")
    assert [held.item for held in publisher.inventory()] == ["a", "stray.html"]


def test_a_settling_that_fails_half_way_shows_nothing_of_it(publisher, tmp_path, monkeypatch):
    first = disclosed("a"), disclosed("b")
    show(publisher, *map(parcel, first))
    before = list(publisher.inventory())
    publisher.put(parcel(disclosed("a", text="新")))
    publisher.put(parcel(disclosed("b", text="新")))
    publisher.put(parcel(disclosed("c")))
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.name == "b" and ".staged" in path.parts:
            raise OSError(28, "No space left on device", str(path))
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing)
        with pytest.raises(DeliveryFailed, match="No space left") as failure:
            publisher.settle()
    assert failure.value.code == "folder-io"
    assert str(tmp_path) not in str(failure.value)
    assert list(publisher.inventory()) == before
    publisher.settle()
    assert len(list(publisher.inventory())) == 3


def test_a_place_that_cannot_be_made_fails(tmp_path):
    (tmp_path / "site").write_text("a file")
    with pytest.raises(DeliveryFailed, match="could not be written"):
        FolderPublisher(tmp_path / "site")


class TestFactory:
    def test_the_path_begins_at_the_workspace(self, tmp_path):
        folder_publisher(
            PublisherSettings(site=samples.site(), unit=samples.UNIT, folder=tmp_path, options={"folder": "public/own"})
        ).close()
        assert (tmp_path / "public" / "own").is_dir()

    @pytest.mark.parametrize("options", [{}, {"folder": ""}, {"folder": 3}, {"folder": "x", "shade": "green"}])
    def test_another_option_is_refused(self, tmp_path, options):
        with pytest.raises(InputError, match="site-own needs the option 'folder'"):
            folder_publisher(
                PublisherSettings(site=samples.site(), unit=samples.UNIT, folder=tmp_path, options=options)
            )
        assert list(tmp_path.iterdir()) == []
