"""What a factory makes is held against its port when it is made, by signatures and not by names alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import pytest

from govopen.calendars.china import china_calendar
from govopen.calendars.port import Calendar
from govopen.errors import PluginError
from govopen.intake.port import Channel, ChannelSettings
from govopen.model.base import RecordType
from govopen.model.requests import ChannelKind
from govopen.plugins.fitting import PORTS
from govopen.plugins.hookdocs import describe_hooks
from govopen.plugins.registry import Registry
from govopen.publishing.exporter import Exporter, ExportSettings
from govopen.publishing.folder import FolderPublisher
from govopen.publishing.port import Held, Parcel, Publisher, PublisherSettings
from govopen.rules import samples
from govopen.storage.listening import Listener, ListenerSettings
from govopen.storage.port import Clock, utc_now
from govopen.testing.memory import MemoryStore

Plugin = Callable[..., ModuleType]
Load = Callable[..., Registry]
Open = Callable[[object], object]


class Board:
    """A publisher that is none by its class, and fits all the same."""

    def put(self, parcel: Parcel) -> str:
        return ""

    def withdraw(self, item: str) -> None:
        pass

    def settle(self) -> None:
        pass

    def inventory(self) -> Iterator[Held]:
        return iter(())

    def close(self) -> None:
        pass


class WithoutSettle(Publisher):
    """It names the port as its base, so it has a ``settle``: the port's, which does nothing."""

    def put(self, parcel: Parcel) -> str:
        return ""

    def withdraw(self, item: str) -> None:
        pass

    def inventory(self) -> Iterator[Held]:
        return iter(())

    def close(self) -> None:
        pass


class SettlesOne(Board):
    def settle(self, item: str) -> None:  # type: ignore[override]
        pass


class SettlesLater(Board):
    async def settle(self) -> None:  # type: ignore[override]
        pass


class SettleIsNoMethod(Board):
    settle = True  # type: ignore[assignment]


class SettlesNever(Board):
    def settle(self) -> Iterator[None]:  # type: ignore[override]
        yield


class ListsLater(Board):
    def inventory(self) -> Iterator[Held]:
        yield from ()


class PutsByName(Board):
    def put(self, *, parcel: Parcel) -> str:  # type: ignore[override]
        return ""


class PutsUnderAnotherName(Board):
    def put(self, given: Parcel, *more: object) -> str:
        return ""


class PassesOn:
    """It has no members of its own: it asks another for them."""

    def __init__(self, other: object) -> None:
        self._other = other

    def __getattr__(self, name: str) -> Any:
        return getattr(self._other, name)


@pytest.fixture
def open_board(plugin: Plugin, load: Load, tmp_path: Path) -> Open:
    """What becomes of a publisher that a plugin's factory makes."""

    def make(made: object) -> object:
        settings = PublisherSettings(site=samples.site(), unit=samples.UNIT, folder=tmp_path)
        return load(plugin("street", publishers={"board": lambda _: made})).publisher("board", settings)

    return make


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (WithoutSettle(), "gives a WithoutSettle, which lacks settle of a Publisher. It has to have: def settle(self)"),
        (
            SettlesOne(),
            "whose settle does not fit: def settle(item: str) -> None It has to be: def settle(self) -> None",
        ),
        (SettlesLater(), "whose settle does not fit: async def settle()"),
        (
            SettlesNever(),
            "whose settle does not fit: def settle() -> Iterator[None]: yield It has to be: def settle(self) -> None",
        ),
        (SettleIsNoMethod(), "whose settle does not fit: bool"),
        (PutsByName(), "whose put does not fit: def put(*, parcel: Parcel) -> str It has to be: def put(self, parcel:"),
        (Board, "gives the class Board in place of a Publisher. Give an instance of it."),
        ("board", "gives a str, which lacks put of a Publisher"),
        (PassesOn(object()), "gives a PassesOn, which lacks put of a Publisher"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_publisher_that_does_not_fit_is_refused_with_method_and_signature(
    open_board: Open, made: object, said: str
) -> None:
    with pytest.raises(PluginError) as caught:
        open_board(made)

    assert str(caught.value).startswith("govopen_publishers of plugin street ")
    assert said in str(caught.value)


def test_the_error_names_the_distribution_and_how_to_go_on(install: Callable[..., None], tmp_path: Path) -> None:
    code = """
from govopen.plugins.hookspecs import hookimpl
from govopen.publishing.port import Publisher

class Board(Publisher):
    pass

@hookimpl
def govopen_publishers():
    return {"zz": lambda settings: Board()}
"""
    install("zz-board", code=code)
    settings = PublisherSettings(site=samples.site(), unit=samples.UNIT, folder=tmp_path)

    with pytest.raises(PluginError) as caught:
        Registry.load().publisher("zz", settings)

    assert "govopen_publishers of plugin main (zz-board 1.2) gives a Board, which lacks put" in str(caught.value)
    assert caught.value.facts["distribution"] == "zz-board"


@pytest.mark.parametrize(
    "made",
    [Board(), PutsUnderAnotherName(), ListsLater()],
    ids=["by its methods", "another parameter's name", "an iterator that yields"],
)
def test_what_can_be_called_as_the_port_says_fits_whatever_its_class(open_board: Open, made: object) -> None:
    assert open_board(made) is made


def test_what_passes_everything_on_fits_if_the_other_does(open_board: Open, tmp_path: Path) -> None:
    made = PassesOn(FolderPublisher(tmp_path / "public"))

    assert open_board(made) is made


class Forgetful(MemoryStore):
    scan = None  # type: ignore[assignment]


class Timeless(MemoryStore):
    def scan(self, cls: Any, *, unit: str | None = None, partition: Any = None) -> Any:  # type: ignore[override]
        return super().scan(cls, unit=unit, partition=partition)


@pytest.mark.parametrize(
    ("cls", "said"),
    [
        (Forgetful, "gives a Forgetful, whose scan does not fit: NoneType"),
        (Timeless, "known_at: dt.datetime | None = ...) -> Iterator[Stored[R]]"),
    ],
)
def test_a_store_that_does_not_fit_is_refused_when_it_is_opened(
    plugin: Plugin, load: Load, cls: type[MemoryStore], said: str
) -> None:
    def memory(url: str, types: Iterable[RecordType], *, clock: Clock = utc_now) -> object:
        return cls(types, clock=clock)

    registry = load(plugin("street", stores={"memory": memory}))
    with pytest.raises(PluginError, match="govopen_stores of plugin street") as caught:
        registry.open_store("memory://")

    assert said in str(caught.value)


class NoCoverage:
    name, version = "none", "1"

    def is_working_day(self, day: dt.date) -> bool:
        return True


def test_a_calendar_without_a_property_is_refused_when_it_is_asked_for(plugin: Plugin, load: Load) -> None:
    registry = load(plugin("street", calendars={"XX": lambda overlays: NoCoverage()}))

    with pytest.raises(PluginError, match=r"lacks coverage of a Calendar.*@property def coverage"):
        registry.calendar_for("XX-1")


class Table(Exporter):
    """An exporter as it should be, but for what each test changes."""

    media_type: Any = "text/csv"
    suffix: Any = "csv"

    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        pass


class Named(Table):
    def suffix(self) -> str:  # type: ignore[override]
        return "csv"


class Typeless(Table):
    media_type = None


class Broken(Table):
    @property
    def suffix(self) -> str:
        raise LookupError("no table")


class Honest(Table):
    @property
    def suffix(self) -> str:
        return "csv"


@pytest.fixture
def open_exporter(plugin: Plugin, load: Load) -> Open:
    def make(made: object) -> object:
        settings = ExportSettings(unit=samples.UNIT, title="示例目录", on=samples.YEAR_END)
        return load(plugin("street", exporters={"table": lambda _: made})).exporter("table", settings)

    return make


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (Named(), "gives a Named, whose suffix does not fit: method It has to be: @property def suffix(self) -> str"),
        (Typeless(), "whose media_type does not fit: NoneType It has to be: @property def media_type(self) -> str"),
        (Broken(), "whose suffix fails: LookupError: no table. It has to be: @property def suffix(self) -> str"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_property_that_is_none_is_refused_with_what_it_has_to_be(
    open_exporter: Open, made: object, said: str
) -> None:
    with pytest.raises(PluginError) as caught:
        open_exporter(made)

    assert said in str(caught.value)


@pytest.mark.parametrize("made", [Table(), Honest()], ids=["an attribute", "a property"])
def test_a_property_may_be_an_attribute_or_computed(open_exporter: Open, made: object) -> None:
    assert open_exporter(made) is made


class Deaf(Listener):
    def notice(self) -> None:  # type: ignore[override]
        pass


class Mute(Channel):
    pass


def test_channels_exporters_and_listeners_are_held_against_their_ports(
    plugin: Plugin, load: Load, tmp_path: Path
) -> None:
    module = plugin(
        "street",
        channels={"mute": lambda settings: Mute()},
        exporters={"void": lambda settings: object()},
        listeners={"deaf": lambda settings: Deaf()},
    )
    registry = load(module)
    channel = samples.request_channel(ChannelKind.EMAIL)

    with pytest.raises(PluginError, match="govopen_channels of plugin street gives a Mute, which lacks collect"):
        registry.channel("mute", ChannelSettings(channel=channel, unit=samples.UNIT, folder=tmp_path))
    with pytest.raises(PluginError, match="govopen_exporters of plugin street gives a object, which lacks media_type"):
        registry.exporter("void", ExportSettings(unit=samples.UNIT, title="示例目录", on=samples.YEAR_END))
    with pytest.raises(PluginError, match=r"govopen_listeners of plugin street gives a Deaf, whose notice .*Sequence"):
        registry.listener("deaf", ListenerSettings(name="told", folder=tmp_path))


def test_a_factory_whose_signature_nobody_can_read_is_believed(plugin: Plugin, load: Load) -> None:
    registry = load(plugin("street", calendars={"XX": dict}))

    with pytest.raises(PluginError, match="gives a dict, which lacks name of a Calendar"):
        registry.calendar_for("XX-1")


def test_what_is_built_in_fits_its_own_ports(load: Load) -> None:
    with load().open_store("sqlite://") as store:
        assert store.identity
    calendar: Calendar = load().calendar_for("CN-440113")
    assert calendar is china_calendar()


def test_every_hook_that_gives_factories_has_a_port() -> None:
    assert set(PORTS) == {hook.name for hook in describe_hooks() if "Mapping[" in hook.signature}
