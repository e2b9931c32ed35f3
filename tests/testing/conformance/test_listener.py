"""The listener kit fails listeners that are broken on purpose, each in the scenario that names its fault."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

import attrs
import pytest

from govopen.errors import InputError
from govopen.storage.change_log import ChangeLog, change_line
from govopen.storage.listening import Listener, ListenerFactory, ListenerSettings
from govopen.storage.port import Change
from govopen.testing.conformance.listener import ListenerConformance


class Lines:
    """A good listener, for the broken ones to depart from: adds each change to a file, however often it is told."""

    def __init__(self, settings: ListenerSettings) -> None:
        if unknown := sorted(settings.options.keys() - {"file"}):
            raise InputError("Not known: {unknown}.", unknown=", ".join(unknown))
        self.path = settings.folder / str(settings.options["file"])

    def notice(self, changes: Sequence[Change]) -> None:
        self.add([json.dumps(change_line(change)) for change in changes])

    def add(self, lines: Sequence[str]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))

    def last(self) -> int:
        return max(self.seqs(), default=0)

    def seqs(self) -> list[int]:
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        return [json.loads(line)["seq"] for line in lines]

    def close(self) -> None:
        pass


class Kit(ListenerConformance):
    options: ClassVar = {"file": "changes.txt"}

    @pytest.fixture
    def factory(self) -> ListenerFactory:
        return Lines

    def heard(self, place: Path) -> Sequence[int]:
        return Lines(ListenerSettings(name="reader", folder=place, options=self.options)).seqs()

    def break_place(self, place: Path) -> None:
        (place / "changes.txt").rename(place / "away")
        (place / "changes.txt").mkdir()

    def mend(self, place: Path) -> None:
        (place / "changes.txt").rmdir()
        (place / "away").rename(place / "changes.txt")


class TestLines(Kit):
    pass


class SaysThatItIsThere(Lines):
    def __init__(self, settings: ListenerSettings) -> None:
        super().__init__(settings)
        self.add(['{"seq": 0}'])


class WaitsForMore(Lines):
    """Keeps what it is told until there is enough."""

    def __init__(self, settings: ListenerSettings) -> None:
        super().__init__(settings)
        self.kept: list[Change] = []

    def notice(self, changes: Sequence[Change]) -> None:
        self.kept += changes
        if len(self.kept) >= 2:
            super().notice(self.kept)
            self.kept = []


class TakesTheFirstThousand(Lines):
    def notice(self, changes: Sequence[Change]) -> None:
        super().notice(changes[:1_000])


class SortsByIdentifier(Lines):
    def notice(self, changes: Sequence[Change]) -> None:
        super().notice(sorted(changes, key=lambda change: change.id))


class BeginsAnewEachTime(Lines):
    def __init__(self, settings: ListenerSettings) -> None:
        super().__init__(settings)
        self.path.unlink(missing_ok=True)


class RefusesWhatItKnows(Lines):
    def notice(self, changes: Sequence[Change]) -> None:
        if changes[0].seq <= self.last():
            raise ValueError("that was told before")
        super().notice(changes)


class SkipsABatchThatItKnowsTheBeginningOf(Lines):
    def notice(self, changes: Sequence[Change]) -> None:
        if changes[0].seq not in self.seqs():
            super().notice(changes)


class WantsGreaterNumbers(Lines):
    def notice(self, changes: Sequence[Change]) -> None:
        if new := [change for change in changes if change.seq > self.last()]:
            super().notice(new)


class WritesWhenItIsClosed(Lines):
    def __init__(self, settings: ListenerSettings) -> None:
        super().__init__(settings)
        self.kept: list[Change] = []

    def notice(self, changes: Sequence[Change]) -> None:
        self.kept += changes

    def close(self) -> None:
        super().notice(self.kept)
        self.kept = []


class KeepsAFailureToItself(Lines):
    def add(self, lines: Sequence[str]) -> None:
        try:
            super().add(lines)
        except OSError:
            return


class TakesAFailureForDone(Lines):
    """Notes how far it is before it is there, and goes on from behind what failed."""

    def notice(self, changes: Sequence[Change]) -> None:
        mark = self.path.with_name("mark")
        done = int(mark.read_text()) if mark.exists() else 0
        mark.write_text(str(changes[-1].seq))
        super().notice([change for change in changes if change.seq > done])


class KnowsNoDeletions(Lines):
    def notice(self, changes: Sequence[Change]) -> None:
        super().notice([change for change in changes if change.kind == "put"])


class TrustsIdentifiers(Lines):
    def notice(self, changes: Sequence[Change]) -> None:
        for change in changes:
            (self.path.parent / f"seen-{change.id}" / "x").parent.mkdir(exist_ok=True)
        super().notice([change for change in changes if change.id.isascii()])


class ClosesOnce(Lines):
    closed = False

    def close(self) -> None:
        if self.closed:
            raise ValueError("it is closed")
        self.closed = True


class TakesAnyOption(Lines):
    def __init__(self, settings: ListenerSettings) -> None:
        super().__init__(attrs.evolve(settings, options={"file": settings.options["file"]}))


class SaysItTwice(Lines):
    def notice(self, changes: Sequence[Change]) -> None:
        super().notice([change for change in changes for _ in range(2)])


KIT = ListenerConformance
CASES: list[tuple[type[Lines], Callable[..., None]]] = [
    (SaysThatItIsThere, KIT.test_nothing_is_said_before_anything_is_told),
    (WaitsForMore, KIT.test_one_change_is_noted),
    (SaysItTwice, KIT.test_one_change_is_noted),
    (TakesTheFirstThousand, KIT.test_thousands_are_noted_in_their_order),
    (SortsByIdentifier, KIT.test_thousands_are_noted_in_their_order),
    (BeginsAnewEachTime, KIT.test_batches_follow_each_other),
    (RefusesWhatItKnows, KIT.test_the_same_may_be_told_again),
    (SkipsABatchThatItKnowsTheBeginningOf, KIT.test_the_same_may_be_told_again_with_more_behind_it),
    (WantsGreaterNumbers, KIT.test_another_store_begins_with_lower_numbers),
    (WritesWhenItIsClosed, KIT.test_what_was_noted_stays_when_the_run_is_killed),
    (KeepsAFailureToItself, KIT.test_a_failure_is_raised_and_the_same_comes_again),
    (TakesAFailureForDone, KIT.test_a_failure_is_raised_and_the_same_comes_again),
    (KnowsNoDeletions, KIT.test_deletions_and_hostile_identifiers_are_changes_like_others),
    (TrustsIdentifiers, KIT.test_deletions_and_hostile_identifiers_are_changes_like_others),
    (ClosesOnce, KIT.test_closing_twice_is_fine),
    (TakesAnyOption, KIT.test_an_option_that_is_not_known_is_refused),
]


@pytest.mark.parametrize(("broken", "scenario"), CASES, ids=lambda value: value.__name__)
def test_a_broken_listener_fails_in_the_scenario_of_its_fault(
    tmp_path: Path, broken: Callable[[ListenerSettings], Listener], scenario: Callable[..., None]
) -> None:
    assert inspect.signature(scenario).parameters.keys() == {"self", "factory", "place"}
    with pytest.raises((AssertionError, OSError, ValueError, pytest.fail.Exception)):
        scenario(Kit(), factory=broken, place=tmp_path)


def test_every_scenario_has_a_broken_listener() -> None:
    assert {scenario.__name__ for _, scenario in CASES} == {name for name in dir(KIT) if name.startswith("test_")}


def test_one_that_declares_to_say_each_once_is_held_to_it(tmp_path: Path) -> None:
    class Once(Kit):
        says_once: ClassVar = True

    def log(settings: ListenerSettings) -> Listener:
        return ChangeLog(settings.folder / "changes.txt")

    Once().test_the_same_may_be_told_again(factory=log, place=tmp_path)
    (tmp_path / "other").mkdir()
    with pytest.raises(AssertionError, match="stands there twice"):
        Once().test_the_same_may_be_told_again(factory=Lines, place=tmp_path / "other")


def test_what_is_declared_as_impossible_is_skipped_and_not_passed(tmp_path: Path) -> None:
    class Unbreakable(Kit):
        supports_breaking: ClassVar = False

    with pytest.raises(pytest.skip.Exception):
        Unbreakable().test_a_failure_is_raised_and_the_same_comes_again(factory=Lines, place=tmp_path)
