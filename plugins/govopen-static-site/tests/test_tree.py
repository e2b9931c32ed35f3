"""One version is shown, whole; whoever is killed leaves the old one or the new one, and nothing that stays."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from govopen.errors import DeliveryFailed
from govopen_static_site import spool as spool_module
from govopen_static_site import tree as tree_module
from govopen_static_site.publisher import StaticSite

KILLS = 8


def test_what_the_web_server_serves_is_a_link_to_the_only_version(parcels: ModuleType, site: StaticSite) -> None:
    for number in range(3):
        site.put(parcels.nth(number))
        site.settle()
    current = site.home.parent

    assert current.is_symlink()
    assert not current.readlink().is_absolute()
    assert [path.name for path in (current.parent / "versions").iterdir()] == ["00000003"]
    assert sorted(path.name for path in current.parent.iterdir()) == ["current", "lock", "versions"]
    assert sorted(path.name for path in current.resolve().parent.iterdir()) == ["state.json", "web"]


def test_a_reader_of_the_old_version_sees_it_whole_until_the_switch(
    parcels: ModuleType, site: StaticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put(parcels.nth(1))
    site.settle()
    seen = []
    real = Path.replace

    def replace(path: Path, target: Path) -> Path:
        seen.append([held.item for held in site.inventory()])
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    site.withdraw("gw-2011-00001")
    site.put(parcels.nth(2))
    site.settle()

    assert seen == [["gw-2011-00001"]]
    assert [held.item for held in site.inventory()] == ["gw-2011-00002"]


@pytest.mark.parametrize(("owner", "failing"), [(tree_module.Tree, "_fill"), (spool_module.Spool, "add")])
def test_what_fails_shows_nothing_and_can_be_tried_again(
    parcels: ModuleType, site: StaticSite, monkeypatch: pytest.MonkeyPatch, owner: type, failing: str
) -> None:
    site.put(parcels.nth(1))
    site.settle()

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device", "/a/file/name/of/an/item")

    def deliver() -> None:
        site.put(parcels.nth(2))
        site.settle()

    with monkeypatch.context() as broken:
        broken.setattr(owner, failing, no_room)
        with pytest.raises(DeliveryFailed) as failed:
            deliver()
    assert failed.value.code == "disk-full"
    assert "file/name" not in str(failed.value)
    assert [held.item for held in site.inventory()] == ["gw-2011-00001"]

    deliver()
    assert [held.item for held in site.inventory()] == ["gw-2011-00001", "gw-2011-00002"]


def test_a_file_that_cannot_be_read_leaves_the_item_as_it_stood(parcels: ModuleType, site: StaticSite) -> None:
    site.put(parcels.parcel(parcels.item(1)))
    site.settle()
    before = list(site.inventory())

    def unreachable(_: str) -> bytes:
        raise DeliveryFailed("The file cannot be read.", code="unreachable")

    one = parcels.parcel(parcels.item(1, title="neu", attachments=(parcels.attached("a.pdf", b"a"),)), b"a")
    object.__setattr__(one, "_read", unreachable)
    with pytest.raises(DeliveryFailed):
        site.put(one)
    site.settle()
    assert list(site.inventory()) == before


def test_two_publishers_of_one_folder_lose_nothing(parcels: ModuleType, tmp_path: Path) -> None:
    first, second = parcels.publisher(tmp_path), parcels.publisher(tmp_path)
    first.put(parcels.nth(1))
    second.put(parcels.nth(2))
    first.settle()
    second.settle()

    assert [held.item for held in first.inventory()] == ["gw-2011-00001", "gw-2011-00002"]


def test_somebody_who_publishes_too_long_is_told_of(
    parcels: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree_module, "_WAIT", 0.05)
    site = parcels.publisher(tmp_path)
    with tree_module.Tree(tmp_path / "site").locked(), pytest.raises(DeliveryFailed) as busy:
        site.settle()

    assert busy.value.code == "busy"


def test_damaged_notes_are_an_error_that_says_what_to_do(parcels: ModuleType, site: StaticSite) -> None:
    site.put(parcels.nth(1))
    site.settle()
    (site.home.parent.resolve().parent / "state.json").write_bytes(b"{")

    for call in (site.settle, lambda: list(site.inventory())):
        with pytest.raises(DeliveryFailed, match="publish everything again") as damaged:
            call()
        assert damaged.value.code == "state-damaged"


def test_a_file_system_without_hard_links_will_do(
    parcels: ModuleType, site: StaticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    for number in range(2):
        site.put(parcels.nth(number))
        site.settle()

    assert [held.digest for held in site.inventory()] == [parcels.nth(number).cleared.digest for number in range(2)]


def test_who_is_killed_at_any_moment_leaves_one_whole_version_and_nothing_else(
    parcels: ModuleType, tmp_path: Path
) -> None:
    chance = random.Random(20111231)  # noqa: S311 - moments, the same each time
    program = Path(parcels.__file__)
    seen = set()
    for _kill in range(KILLS):
        with subprocess.Popen(
            [sys.executable, str(program), str(tmp_path)], stdout=subprocess.PIPE, start_new_session=True
        ) as child:
            assert child.stdout is not None
            for _ in range(chance.randrange(1, 4)):
                child.stdout.readline()
            time.sleep(chance.uniform(0, 0.1))
            os.kill(child.pid, signal.SIGKILL)
        site = parcels.publisher(tmp_path)
        held = {entry.item: entry.digest for entry in site.inventory()}
        home = site.home.read_text(encoding="utf-8") if held else ""
        numbers = {int(number) for number in re.findall(r"第(\d+)版之", home)}
        assert len(numbers) <= 1, "the home page shows two states at once"
        if numbers:
            (number,) = numbers
            seen.add(number)
            expected = {one.cleared.item.id: one.cleared.digest for one in parcels.release(number)}
            if number % 2:
                expected.popitem()
            assert held == expected

    site = parcels.publisher(tmp_path)
    last = parcels.release(0)
    for one in last:
        site.put(one)
    site.settle()
    assert {entry.item: entry.digest for entry in site.inventory()} == {
        one.cleared.item.id: one.cleared.digest for one in last
    }
    assert len(seen) > 1, "nothing was ever shown: the test looked at nothing"
    folder = site.home.parent.parent
    assert sorted(path.name for path in folder.iterdir()) == ["current", "lock", "versions"]
    assert len(list((folder / "versions").iterdir())) == 1
