"""The publisher kit fails publishers that are broken on purpose, each in the scenario that names its fault."""

from __future__ import annotations

import inspect
import json
import logging
import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import attrs
import pytest

from govopen.errors import DeliveryFailed, NotCleared
from govopen.publishing.folder import FolderPublisher
from govopen.publishing.port import Held, Parcel, Publisher
from govopen.testing.conformance.publisher import PublisherConformance


class ForgetsDates(FolderPublisher):
    def inventory(self) -> Iterator[Held]:
        return (attrs.evolve(held, published_on=None) for held in super().inventory())


class ListsItself(FolderPublisher):
    def inventory(self) -> Iterator[Held]:
        yield Held(item="", digest="", address="", published_on=None)
        yield from super().inventory()


class ListsBackwards(FolderPublisher):
    def inventory(self) -> Iterator[Held]:
        return reversed(list(super().inventory()))


class CountsSettlings(FolderPublisher):
    def settle(self) -> None:
        super().settle()
        with (self._root / ".count").open("a") as count:
            count.write("x")


class KeepsOldVersions(FolderPublisher):
    def put(self, parcel: Parcel) -> str:
        there = self._root / parcel.cleared.item.id / "item.json"
        if there.exists():
            (self._root / ".old.json").write_bytes(there.read_bytes())
        return super().put(parcel)


class ListsOnePage(FolderPublisher):
    def inventory(self) -> Iterator[Held]:
        return islice(super().inventory(), 100)


class TheFirstWordCounts(FolderPublisher):
    def put(self, parcel: Parcel) -> str:
        address = f"{self._address}/{parcel.cleared.item.id}/"
        return address if parcel.cleared.item.id in self._staged else super().put(parcel)


class ShowsAtOnce(FolderPublisher):
    def put(self, parcel: Parcel) -> str:
        address = super().put(parcel)
        self.settle()
        return address


class GoesOnWhereAKilledRunStopped(FolderPublisher):
    def _clear(self) -> None:
        for left in self._root.glob(".staged/*"):
            self._staged[left.name] = True


class KeepsASearchIndex(FolderPublisher):
    def put(self, parcel: Parcel) -> str:
        with (self._root / ".search.json").open("a") as search:
            search.write(json.dumps(parcel.cleared.item.title))
        return super().put(parcel)


class WantsToFindWhatItWithdraws(FolderPublisher):
    def withdraw(self, item: str) -> None:
        if item not in {held.item for held in self.inventory()}:
            raise DeliveryFailed("There is no such item.", code="missing")
        super().withdraw(item)


class ListsWhatItWasGiven(FolderPublisher):
    """Reads a list of its own, kept beside the items."""

    def settle(self) -> None:
        super().settle()
        (self._root / ".list").write_text(json.dumps({held.item: held.digest for held in super().inventory()}))

    def inventory(self) -> Iterator[Held]:
        try:
            given = json.loads((self._root / ".list").read_text())
        except OSError:
            given = {}
        return (attrs.evolve(held, digest=given.get(held.item, "")) for held in super().inventory())


class TrustsFiles(FolderPublisher):
    """Reads files past the parcel's own check."""

    def put(self, parcel: Parcel) -> str:
        for file in parcel.cleared.attachments:
            (self._root / ".file").write_bytes(parcel._read(file.digest))
        return super().put(parcel)


class LeavesFilesOut(FolderPublisher):
    """Publishes the text of an item whose files it cannot read."""

    def put(self, parcel: Parcel) -> str:
        try:
            return super().put(parcel)
        except DeliveryFailed:
            place = self._root / parcel.cleared.item.id
            place.mkdir()
            (place / "text.txt").write_text(parcel.cleared.item.text)
            return ""


class WritesPages(FolderPublisher):
    def put(self, parcel: Parcel) -> str:
        address = super().put(parcel)
        (self._root / ".page.html").write_text(f"<h1>{parcel.cleared.item.title}</h1>")
        return address


class TrustsFileNames(FolderPublisher):
    def put(self, parcel: Parcel) -> str:
        address = super().put(parcel)
        for file in parcel.cleared.attachments:
            if "\0" not in file.name and len(file.name) < 99 and file.name != "..":
                (self._root / file.name.replace("a/b", "ab")).write_bytes(b"")
        return address


class TrustsIdentifiers(FolderPublisher):
    """Takes upper and lower case for one."""

    def withdraw(self, item: str) -> None:
        for held in list(self.inventory()):
            if held.item.casefold() == item.casefold():
                super().withdraw(held.item)


class LosesTheSecondWithdrawal(FolderPublisher):
    def withdraw(self, item: str) -> None:
        if not any(self._staged.values()):
            super().withdraw(item)


class RaisesWhatItMeets(FolderPublisher):
    def put(self, parcel: Parcel) -> str:
        try:
            return super().put(parcel)
        except DeliveryFailed as error:
            raise error.__cause__ or error from None


class KeepsAnOutageToItself(FolderPublisher):
    def inventory(self) -> Iterator[Held]:
        try:
            yield from super().inventory()
        except DeliveryFailed:
            return


class QuotesWhatItCouldNotPut(FolderPublisher):
    def put(self, parcel: Parcel) -> str:
        try:
            return super().put(parcel)
        except DeliveryFailed as error:
            raise DeliveryFailed("{title} was not put.", title=parcel.cleared.item.title, code=error.code) from error


class MakesCodesOfWords(FolderPublisher):
    def withdraw(self, item: str) -> None:
        try:
            super().withdraw(item)
        except DeliveryFailed as error:
            raise DeliveryFailed("It failed.", code="No such folder!") from error


class HoldsWhatItFoundWhenItWasOpened(FolderPublisher):
    """Takes its own picture of the place for the place."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._known = {path.name for path in root.iterdir()}

    def settle(self) -> None:
        for path in self._root.iterdir():
            if not path.name.startswith(".") and path.name not in self._known:
                shutil.rmtree(path)
        self._known |= self._staged.keys()
        super().settle()


class ClosesOnce(FolderPublisher):
    closed = False

    def close(self) -> None:
        if self.closed:
            raise DeliveryFailed("It is closed.", code="closed")
        self.closed = True
        super().close()


class LogsTitles(FolderPublisher):
    def put(self, parcel: Parcel) -> str:
        logging.getLogger("site").debug("put %s", parcel.cleared.item.title)
        return super().put(parcel)


class LogsWhatWentWrong(FolderPublisher):
    """With a traceback, and so with the words of the error beneath."""

    def withdraw(self, item: str) -> None:
        try:
            {}[(self._root / item / "text.txt").read_text(encoding="utf-8")]
        except KeyError:
            logging.getLogger("site").exception("%s cannot be withdrawn at once", item)
        super().withdraw(item)


KIT = PublisherConformance
CASES: list[tuple[type[FolderPublisher], Callable[..., None]]] = [
    (ForgetsDates, KIT.test_lists_what_was_shown),
    (ListsItself, KIT.test_an_empty_place_lists_nothing),
    (ListsBackwards, KIT.test_lists_by_identifier),
    (ListsOnePage, KIT.test_lists_all_of_many),
    (CountsSettlings, KIT.test_the_same_twice_is_the_same),
    (KeepsOldVersions, KIT.test_a_newer_version_takes_the_place_of_the_older),
    (TheFirstWordCounts, KIT.test_the_last_word_before_settling_counts),
    (ShowsAtOnce, KIT.test_what_is_not_settled_is_not_seen),
    (GoesOnWhereAKilledRunStopped, KIT.test_what_a_killed_run_left_is_not_seen),
    (KeepsASearchIndex, KIT.test_withdrawal_takes_an_item_from_everywhere),
    (WantsToFindWhatItWithdraws, KIT.test_withdrawing_what_is_not_there_is_fine),
    (ListsWhatItWasGiven, KIT.test_a_copy_that_was_altered_shows),
    (TrustsFiles, KIT.test_a_file_that_is_not_what_was_cleared_is_refused),
    (LeavesFilesOut, KIT.test_a_file_that_cannot_be_read_fails_its_item),
    (WritesPages, KIT.test_a_hostile_text_does_no_harm),
    (TrustsFileNames, KIT.test_hostile_file_names_do_no_harm),
    (TrustsIdentifiers, KIT.test_hostile_identifiers_do_no_harm),
    (LosesTheSecondWithdrawal, KIT.test_what_is_shown_is_what_a_dictionary_would_hold),
    (RaisesWhatItMeets, KIT.test_a_place_out_of_reach_is_told_by_a_code),
    (KeepsAnOutageToItself, KIT.test_a_place_out_of_reach_is_told_by_a_code),
    (QuotesWhatItCouldNotPut, KIT.test_a_place_out_of_reach_is_told_by_a_code),
    (MakesCodesOfWords, KIT.test_a_place_out_of_reach_is_told_by_a_code),
    (HoldsWhatItFoundWhenItWasOpened, KIT.test_two_runs_at_once_lose_nothing),
    (ClosesOnce, KIT.test_closing_twice_is_fine),
    (LogsTitles, KIT.test_a_log_has_no_words_of_items),
    (LogsWhatWentWrong, KIT.test_a_log_has_no_words_of_items),
]


Run = Callable[..., None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def run(root: Path, caplog: pytest.LogCaptureFixture) -> Run:
    """Runs a scenario with the arguments that it asks for."""

    def with_arguments(scenario: Callable[..., None], make: Callable[[], Publisher], kit: type[KIT] = KIT) -> None:
        given = {"open_publisher": make, "root": root, "text": "<script>alert(1)</script>", "caplog": caplog}
        wanted = inspect.signature(scenario).parameters.keys() & given.keys()
        scenario(kit(), **{name: given[name] for name in wanted})

    return with_arguments


@pytest.mark.parametrize(("broken", "scenario"), CASES, ids=lambda value: value.__name__)
def test_a_broken_publisher_fails_in_the_scenario_of_its_fault(
    root: Path, run: Run, broken: type[FolderPublisher], scenario: Callable[..., None]
) -> None:
    with pytest.raises((AssertionError, DeliveryFailed, OSError, pytest.fail.Exception)):
        run(scenario, lambda: broken(root))


@pytest.mark.parametrize(
    "scenario", dict.fromkeys(scenario for _, scenario in CASES), ids=lambda scenario: scenario.__name__
)
def test_a_good_publisher_passes_it(root: Path, run: Run, scenario: Callable[..., None]) -> None:
    run(scenario, lambda: FolderPublisher(root))


def test_every_scenario_has_a_broken_publisher() -> None:
    scenarios = {name for name in dir(KIT) if name.startswith("test_")}
    assert {scenario.__name__ for _, scenario in CASES} == scenarios


def test_a_publisher_that_holds_nothing_to_search_is_told_so(root: Path) -> None:
    """Whoever forgets to say where things are kept must not pass for one who keeps nothing back."""

    class Blind(PublisherConformance):
        def contents(self, root: Path) -> dict[str, bytes]:
            return {}

    with pytest.raises(AssertionError, match="does not list what is held"):
        Blind().test_withdrawal_takes_an_item_from_everywhere(lambda: FolderPublisher(root), root)


def test_a_parcel_of_anything_but_what_is_cleared_cannot_be_made() -> None:
    with pytest.raises(NotCleared):
        Parcel(cleared="item-1", unit=None, column=None, published_on=None, read=bytes)  # type: ignore[arg-type]
