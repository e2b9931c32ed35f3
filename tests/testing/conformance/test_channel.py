"""The channel kit fails channels that are broken on purpose, each in the scenario that names its fault."""

from __future__ import annotations

import datetime as dt
import inspect
import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest
from tests.testing.conformance.channels import (
    AcknowledgesAllBefore,
    AcknowledgesWhenItIsClosed,
    CleansTexts,
    ClosesOnce,
    CountsOnWhileTheyGo,
    CutsTexts,
    DatesEverythingToday,
    ForgetsWhoAsks,
    Forms,
    GivesAnExample,
    KnowsOnlyWhatItCollected,
    KnowsThemByTheirSenders,
    KnowsThemByTheirWords,
    KnowsWhatWasThereWhenItWasOpened,
    LogsWhoAsks,
    NumbersThemAnew,
    RaisesWhatItMeets,
    RefusesWithoutSayingWhat,
    RemembersInMemory,
    ShowsWhatItHolds,
    SortsByWhatIsAskedFor,
    SpeaksInCodes,
    StopsAtWhatItCannotRead,
    TakesAnOutageForEmptiness,
    TakesAnyOption,
    TakesARefForAPattern,
    TakesAwayWhatItCollects,
    TakesAwayWhenItIsThrough,
    TakesNamesApart,
    WantsToFindWhatItAcknowledges,
)

from govopen.errors import CollectionFailed
from govopen.intake.port import Channel, ChannelFactory, ChannelSettings, Submission
from govopen.model.requests import Applicant
from govopen.testing.conformance.channel import ChannelConformance, Sent

_numbers = count(1)


class Kit(ChannelConformance):
    options: ClassVar = {"folder": "forms"}
    many: ClassVar = 20

    @pytest.fixture
    def factory(self) -> ChannelFactory:
        return Forms

    @pytest.fixture
    def place(self, tmp_path: Path) -> Path:
        (tmp_path / "forms").mkdir()
        return tmp_path

    def deliver(self, place: Path, sent: Sent) -> None:
        form = attrs.asdict(sent) | {"on": sent.on.isoformat()}
        (place / "forms" / f"{next(_numbers):09}.json").write_text(json.dumps(form), encoding="utf-8")

    def deliver_unreadable(self, place: Path) -> None:
        (place / "forms" / f"{next(_numbers):09}.json").write_text("{", encoding="utf-8")

    def break_place(self, place: Path) -> None:
        (place / "forms").rename(place / "away")

    def mend(self, place: Path) -> None:
        (place / "away").rename(place / "forms")


class TestForms(Kit):
    pass


KIT = ChannelConformance
CASES: list[tuple[type[Forms], Callable[..., None]]] = [
    (GivesAnExample, KIT.test_nothing_comes_of_an_empty_place),
    (ForgetsWhoAsks, KIT.test_what_is_sent_in_comes_as_it_was),
    (DatesEverythingToday, KIT.test_what_is_sent_in_comes_as_it_was),
    (TakesAwayWhatItCollects, KIT.test_it_comes_until_it_is_acknowledged_and_then_never_again),
    (TakesAwayWhenItIsThrough, KIT.test_it_comes_until_it_is_acknowledged_and_then_never_again),
    (RemembersInMemory, KIT.test_it_comes_until_it_is_acknowledged_and_then_never_again),
    (TakesAwayWhatItCollects, KIT.test_collecting_takes_nothing_away),
    (SortsByWhatIsAskedFor, KIT.test_they_come_by_day_of_arrival),
    (NumbersThemAnew, KIT.test_each_has_a_ref_of_its_own_that_stays),
    (KnowsThemByTheirWords, KIT.test_each_has_a_ref_of_its_own_that_stays),
    (TakesARefForAPattern, KIT.test_acknowledging_touches_no_other),
    (AcknowledgesAllBefore, KIT.test_acknowledging_touches_no_other),
    (WantsToFindWhatItAcknowledges, KIT.test_acknowledging_twice_is_the_same_as_once),
    (KnowsOnlyWhatItCollected, KIT.test_acknowledging_twice_is_the_same_as_once),
    (CountsOnWhileTheyGo, KIT.test_many_are_acknowledged_while_they_are_collected),
    (KnowsWhatWasThereWhenItWasOpened, KIT.test_what_arrives_meanwhile_comes_the_next_time_at_the_latest),
    (StopsAtWhatItCannotRead, KIT.test_one_that_cannot_be_read_stands_in_nobodys_way),
    (CutsTexts, KIT.test_a_hostile_text_comes_back),
    (CleansTexts, KIT.test_a_hostile_text_comes_back),
    (TakesNamesApart, KIT.test_hostile_names_come_back),
    (KnowsThemByTheirSenders, KIT.test_no_word_of_a_person_gets_into_refs_logs_or_output),
    (LogsWhoAsks, KIT.test_no_word_of_a_person_gets_into_refs_logs_or_output),
    (ShowsWhatItHolds, KIT.test_no_word_of_a_person_gets_into_refs_logs_or_output),
    (AcknowledgesWhenItIsClosed, KIT.test_a_run_that_was_killed_leaves_everything),
    (TakesAnOutageForEmptiness, KIT.test_a_place_out_of_reach_is_told_by_a_code),
    (RaisesWhatItMeets, KIT.test_a_place_out_of_reach_is_told_by_a_code),
    (SpeaksInCodes, KIT.test_a_place_out_of_reach_is_told_by_a_code),
    (ClosesOnce, KIT.test_closing_twice_is_fine),
    (TakesAnyOption, KIT.test_an_option_that_is_not_known_is_refused),
    (RefusesWithoutSayingWhat, KIT.test_an_option_that_is_not_known_is_refused),
]


def played(scenario: Callable[..., None], factory: Callable[[ChannelSettings], Channel], folder: Path) -> None:
    """Run a scenario, in a place of its own for each of its texts."""
    marks = [mark for mark in getattr(scenario, "pytestmark", []) if mark.name == "parametrize"]
    texts = [{"text": text} for text in marks[0].args[1]] if marks else [{}]
    for number, given in enumerate(texts):
        place = folder / str(number)
        (place / "forms").mkdir(parents=True)
        assert inspect.signature(scenario).parameters.keys() == {"self", "factory", "place", *given}
        scenario(Kit(), factory=factory, place=place, **given)


@pytest.mark.parametrize(("broken", "scenario"), CASES, ids=lambda value: value.__name__)
def test_a_broken_channel_fails_in_the_scenario_of_its_fault(
    tmp_path: Path, broken: type[Forms], scenario: Callable[..., None]
) -> None:
    with pytest.raises((AssertionError, CollectionFailed, OSError, ValueError, pytest.fail.Exception)):
        played(scenario, broken, tmp_path)


def test_every_scenario_has_a_broken_channel() -> None:
    assert {scenario.__name__ for _, scenario in CASES} == {name for name in dir(KIT) if name.startswith("test_")}


@pytest.mark.parametrize(
    ("capability", "scenario"),
    [
        ("supports_unreadable", KIT.test_one_that_cannot_be_read_stands_in_nobodys_way),
        ("supports_breaking", KIT.test_a_place_out_of_reach_is_told_by_a_code),
    ],
)
def test_what_is_declared_as_impossible_is_skipped_and_not_passed(
    tmp_path: Path, capability: str, scenario: Callable[..., None]
) -> None:
    declared = type("Declared", (Kit,), {capability: False})
    with pytest.raises(pytest.skip.Exception):
        scenario(declared(), factory=Forms, place=tmp_path)


def test_a_channel_that_says_neither_who_nor_when_can_declare_it(tmp_path: Path) -> None:
    """Its submissions are anonymous, and dated the day on which they are found."""

    class Anonymous(Forms):
        def submission(self, path: Path, form: dict[str, Any]) -> Submission:
            sent = super().submission(path, form)
            return attrs.evolve(sent, applicant=Applicant(), arrived_on=dt.date(2026, 1, 1))

    class Declared(Kit):
        keeps_applicant: ClassVar = False
        keeps_day: ClassVar = False

    for name in ("test_what_is_sent_in_comes_as_it_was", "test_they_come_by_day_of_arrival"):
        place = tmp_path / name
        (place / "forms").mkdir(parents=True)
        getattr(Declared(), name)(factory=Anonymous, place=place)
