"""Listeners are told of every change at least once and in order, and one that fails stops nobody and is seen."""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import attrs
import pytest
import sqlalchemy as sa
from tests.office.boxes import WORD, Ear, plugin

from govopen.errors import InputError
from govopen.model.actors import Actor
from govopen.model.units import Unit
from govopen.office.clock import SHANGHAI, FixedClock
from govopen.office.facade import Office
from govopen.office.listeners_file import Mark, read_standings
from govopen.office.listening import NotificationReport, Told
from govopen.plugins.registry import Registry
from govopen.rules.samples import UNIT
from govopen.storage.port import Change

NOON = dt.datetime(2011, 12, 30, 12, tzinfo=SHANGHAI)
SETTINGS = """
[listeners.near]
kind = "ear"

[listeners.far]
kind = "ear"
"""


@pytest.fixture
def ears() -> dict[str, Ear]:
    return {"near": Ear(), "far": Ear()}


@pytest.fixture
def place(folder: Path) -> Path:
    path = folder / "govopen.toml"
    path.write_text(path.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture
def opening(place: Path, ears: dict[str, Ear]) -> Callable[..., Office]:
    registry = Registry.load(plugins=[plugin({}, ears)], entry_points=False)

    def on(at: dt.datetime = NOON, **options: sa.Connection) -> Office:
        return Office.open(place, registry=registry, clock=FixedClock(at), **options)

    return on


@pytest.fixture
def office(opening: Callable[..., Office]) -> Iterator[Office]:
    with opening() as opened:
        yield opened


def write(office: Office, *ids: str, name: str = "示例局") -> None:
    with office.store.transaction() as transaction:
        for id_ in ids:
            transaction.put(attrs.evolve(UNIT, id=id_, name=name))


def of(report: NotificationReport, name: str) -> Told:
    (found,) = [told for told in report.listeners if told.name == name]
    return found


def ids(ear: Ear) -> list[str]:
    return [change.id for change in ear.heard]


def codes(office: Office) -> list[str]:
    return [notice.code for notice in office.check().notices]


def test_each_is_told_what_changed_since_it_was_told_the_last_time(office: Office, ears: dict[str, Ear]) -> None:
    write(office, "a", "b")
    assert [(told.name, told.told, told.anew) for told in office.notify().listeners] == [
        ("far", 2, True),
        ("near", 2, True),
    ]
    write(office, "c")
    with office.store.transaction() as transaction:
        transaction.delete(Unit, "a")
    assert [(told.told, told.anew) for told in office.notify().listeners] == [(2, False), (2, False)]
    assert [told.told for told in office.notify().listeners] == [0, 0]
    for ear in ears.values():
        assert [(change.id, change.kind) for change in ear.heard] == [
            ("a", "put"),
            ("b", "put"),
            ("c", "put"),
            ("a", "delete"),
        ]
        assert [change.seq for change in ear.heard] == sorted({change.seq for change in ear.heard})
        assert ear.closed == 2


def test_only_those_named_are_told(office: Office, ears: dict[str, Ear]) -> None:
    write(office, "a")
    assert [told.name for told in office.notify(["near"]).listeners] == ["near"]
    assert (ids(ears["near"]), ids(ears["far"])) == (["a"], [])


def test_many_come_in_batches_and_what_was_noted_before_a_failure_is_not_told_again(
    office: Office, ears: dict[str, Ear], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govopen.office.listening._BATCH", 10)
    names = [f"unit-{number:03}" for number in range(35)]
    write(office, *names)
    ears["near"].at_most = 2
    near = of(office.notify(), "near")
    assert near.told == 20
    assert near.failing is not None
    assert ids(ears["near"]) == names[:20]
    assert ids(ears["far"]) == names
    ears["near"].at_most = None
    near = of(office.notify(), "near")
    assert (near.told, near.anew, near.failing) == (15, False, None)
    assert ids(ears["near"]) == names
    assert [len(batch) for batch in ears["near"].told] == [10, 10, 10, 5]


def test_how_far_one_is_is_noted_after_it_was_told_and_not_before(
    opening: Callable[..., Office], ears: dict[str, Ear], place: Path
) -> None:
    """Whoever is killed in between is told the same again."""
    noted = []

    class Watching(Ear):
        def notice(self, changes: Sequence[Change]) -> None:
            noted.append(read_standings(place)["near"].last)
            super().notice(changes)

    ears["near"] = Watching()
    with opening() as office:
        write(office, "a")
        office.notify()
        write(office, "b")
        office.notify()
    assert noted == [None, Mark.of(ears["near"].heard[0])]
    assert read_standings(place)["near"].last == Mark.of(ears["near"].heard[1])


def test_one_that_fails_is_recorded_without_its_words_and_stops_nobody(
    opening: Callable[..., Office], ears: dict[str, Ear], place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Since when, how often, and at which change; the same comes again, and all is forgotten once it works."""
    ears["far"].broken = ValueError(WORD)
    with caplog.at_level(logging.DEBUG), opening() as office:
        write(office, "a")
        first = of(office.notify(), "far").failing
        assert first is not None
        assert (first.error, first.since, first.times) == ("ValueError", NOON, 1)
        assert ids(ears["near"]) == ["a"]
        assert "GOV005" in codes(office)
    with opening(NOON + dt.timedelta(1)) as office:
        write(office, "b")
        again = of(office.notify(), "far").failing
        assert again == attrs.evolve(first, times=2)
        (notice,) = [each for each in office.check().notices if each.code == "GOV005"]
        assert notice.facts == {
            "listener": "far",
            "times": 2,
            "since": NOON.date(),
            "error": "ValueError",
            "seq": first.seq,
        }
        said = f"{notice}{again}{caplog.text}{(place / 'listeners.json').read_text(encoding='utf-8')}"
        ears["far"].broken = None
        assert of(office.notify(), "far").failing is None
        assert ids(ears["far"]) == ["a", "b"]
        assert "GOV005" not in codes(office)
    assert WORD not in said


def test_closing_tells_and_never_raises(
    opening: Callable[..., Office], ears: dict[str, Ear], caplog: pytest.LogCaptureFixture
) -> None:
    ears["far"].broken = ValueError(WORD)
    with opening() as office:
        write(office, "a")
        assert ids(ears["near"]) == []
    assert ids(ears["near"]) == ["a"]
    with opening() as office:
        assert "GOV005" in codes(office)
    assert ids(ears["near"]) == ["a"]
    assert caplog.text == ""


def test_an_office_that_is_closed_tells_nobody_any_more(opening: Callable[..., Office], ears: dict[str, Ear]) -> None:
    office, other = opening(), opening()
    office.close()
    write(other, "a")
    office.close()
    assert ids(ears["near"]) == []
    other.close()
    assert ids(ears["near"]) == ["a"]


def test_an_error_on_the_way_out_is_not_hidden_and_what_was_written_is_told(
    opening: Callable[..., Office], ears: dict[str, Ear]
) -> None:
    office = opening()
    write(office, "a")
    with pytest.raises(InputError, match="no request r-1"), office:
        office.confirm_receipt("r-1", Actor(id="clerk"))
    assert ids(ears["near"]) == ["a"]


def test_closing_tries_none_once_more_that_failed_before(opening: Callable[..., Office], ears: dict[str, Ear]) -> None:
    ears["far"].broken = ValueError()
    with opening() as office:
        write(office, "a")
        office.notify()
        write(office, "b")
    assert ids(ears["near"]) == ["a", "b"]
    with opening() as office:
        failing = of(office.notify(), "far").failing
        assert failing is not None
        assert failing.times == 2


def test_within_the_hosts_transaction_nobody_is_told_until_the_host_asks(
    opening: Callable[..., Office], ears: dict[str, Ear], tmp_path: Path
) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/host.db")
    with engine.connect() as connection:
        with opening(connection=connection) as office:
            write(office, "a")
        connection.rollback()
    with engine.begin() as connection, opening(connection=connection) as office:
        write(office, "b")
    assert ids(ears["near"]) == []
    with engine.connect() as connection, opening(connection=connection) as office:
        office.notify()
    engine.dispose()
    assert ids(ears["near"]) == ["b"]


def test_a_restored_store_begins_anew_and_loses_nothing(
    opening: Callable[..., Office], ears: dict[str, Ear], place: Path, tmp_path: Path
) -> None:
    """The journal goes on from an earlier number: what it says then has numbers that were told before."""
    with opening() as office:
        write(office, "a")
    shutil.copytree(place / "data", tmp_path / "kept")
    with opening(NOON + dt.timedelta(1)) as office:
        write(office, "b")
    shutil.rmtree(place / "data")
    shutil.copytree(tmp_path / "kept", place / "data")
    with opening(NOON + dt.timedelta(2)) as office:
        write(office, "c")
        near = of(office.notify(), "near")
    assert (near.told, near.anew) == (2, True)
    assert ids(ears["near"]) == ["a", "b", "a", "c"]
    first, second = ears["near"].heard[1], ears["near"].heard[3]
    assert (first.seq, first.revision) == (second.seq, second.revision)


def test_a_restored_store_in_which_nothing_has_happened_since_is_known_again(
    opening: Callable[..., Office], ears: dict[str, Ear], place: Path, tmp_path: Path
) -> None:
    with opening() as office:
        write(office, "a", "b")
    shutil.copytree(place / "data", tmp_path / "kept")
    shutil.rmtree(place / "data")
    shutil.copytree(tmp_path / "kept", place / "data")
    with opening() as office:
        assert [told.told for told in office.notify().listeners] == [0, 0]
    assert ids(ears["near"]) == ["a", "b"]


def test_another_store_begins_anew(opening: Callable[..., Office], ears: dict[str, Ear], place: Path) -> None:
    with opening() as office:
        write(office, "a", "b")
    shutil.rmtree(place / "data")
    with opening() as office:
        # All the same but for the store: identifiers, numbers and times.
        write(office, "a", "b")
        assert of(office.notify(), "near").anew
    assert ids(ears["near"]) == ["a", "b", "a", "b"]


def test_one_that_failed_in_a_store_that_is_gone_fails_no_more(
    opening: Callable[..., Office], ears: dict[str, Ear], place: Path
) -> None:
    ears["far"].broken = ValueError()
    with opening() as office:
        write(office, "a")
    shutil.rmtree(place / "data")
    with opening() as office:
        assert of(office.notify(), "far") == Told(name="far")
        assert "GOV005" not in codes(office)


@pytest.mark.parametrize(
    "left",
    [
        "",
        "{",
        "[]",
        '{"format": "other", "listeners": {}}',
        '{"format": "govopen-listeners-1", "listeners": []}',
        '{"format": "govopen-listeners-1", "listeners": {"near": null, "far": {"store": "x"}}}',
        '{"format": "govopen-listeners-1", "listeners": {"near": {"store": "x", "last": {"seq": 1}, "failing": null}}}',
        "[" * 100_000,
    ],
    ids=range(8),
)
def test_a_file_that_nobody_can_read_makes_everything_be_told_again(
    opening: Callable[..., Office], ears: dict[str, Ear], place: Path, left: str
) -> None:
    with opening() as office:
        write(office, "a")
    (place / "listeners.json").write_text(left, encoding="utf-8")
    with opening() as office:
        assert of(office.notify(), "near").told == 1
    assert ids(ears["near"]) == ["a", "a"]
    assert json.loads((place / "listeners.json").read_text(encoding="utf-8"))["listeners"].keys() == {"far", "near"}
    assert [path.name for path in place.iterdir() if path.name.startswith("listeners")] == ["listeners.json"]


def test_without_a_place_to_note_how_far_they_are_nobody_is_told(
    opening: Callable[..., Office], ears: dict[str, Ear], place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """They would be told the same for ever."""
    (place / "listeners.json").mkdir()
    with opening() as office:
        write(office, "a")
        with pytest.raises(InputError, match="cannot be written to"):
            office.notify()
    assert ids(ears["near"]) == []
    assert "InputError" in caplog.text


def test_one_that_no_plugin_brings_is_refused_when_asked_and_noted_when_closing(
    opening: Callable[..., Office], ears: dict[str, Ear], place: Path
) -> None:
    path = place / "govopen.toml"
    path.write_text(path.read_text(encoding="utf-8") + '[listeners.absent]\nkind = "gong"\n', encoding="utf-8")
    with opening() as office:
        write(office, "a")
        with pytest.raises(InputError, match=r"no listener of kind 'gong'\. Known: ear, log\."):
            office.notify()
        assert ids(ears["near"]) == []
        with pytest.raises(InputError, match="no listener nobody"):
            office.notify(["nobody"])
    assert ids(ears["near"]) == ["a"]
    with opening() as office:
        (notice,) = [each for each in office.check().notices if each.code == "GOV005"]
        assert (notice.facts["listener"], notice.facts["error"]) == ("absent", "InputError")


def test_an_option_that_is_wrong_is_told_in_the_report(opening: Callable[..., Office], place: Path) -> None:
    path = place / "govopen.toml"
    path.write_text(path.read_text(encoding="utf-8") + '[listeners.log]\nkind = "log"\nflie = "x"\n', encoding="utf-8")
    with opening() as office:
        write(office, "a")
        log = of(office.notify(), "log")
        assert isinstance(log.error, InputError)
        assert "flie" in str(log.error)
        assert log.failing is not None


def test_a_workspace_without_listeners_writes_no_file(folder: Path, registry: Registry) -> None:
    with Office.open(folder, registry=registry) as office:
        write(office, "a")
        assert office.notify() == NotificationReport(listeners=())
    assert not (folder / "listeners.json").exists()


def test_a_failing_listener_that_the_workspace_no_longer_names_is_no_notice(
    opening: Callable[..., Office], ears: dict[str, Ear], place: Path
) -> None:
    ears["far"].broken = ValueError()
    with opening() as office:
        write(office, "a")
    path = place / "govopen.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[listeners.far]", "[listeners.other]"), encoding="utf-8")
    ears["other"] = Ear()
    with opening() as office:
        assert "GOV005" not in codes(office)
