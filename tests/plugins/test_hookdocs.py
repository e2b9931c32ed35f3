"""What the documentation of a hook says is whole, and its example is a plugin that loads and works."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from govopen.clearance.screening import Passage
from govopen.intake.port import ChannelSettings
from govopen.model.requests import ChannelKind
from govopen.plugins.hookdocs import HookDoc, describe_hooks
from govopen.plugins.info import PluginStatus
from govopen.plugins.registry import Registry
from govopen.publishing.exporter import ExportSettings
from govopen.publishing.port import PublisherSettings
from govopen.rules import samples
from govopen.sphinxext.pages import hooks_page
from govopen.storage.listening import ListenerSettings
from govopen.testing.conformance.listener import changes
from govopen.testing.parcels import disclosed, parcel

Load = Callable[..., Registry]
HOOKS = {hook.name: hook for hook in describe_hooks()}
by_hook = pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)


def example(name: str) -> ModuleType:
    """The plugin that the documentation of a hook shows."""
    module = ModuleType(f"example_of_{name}")
    # Without this module's own `from __future__`, which would be taken over.
    code = compile(HOOKS[f"govopen_{name}"].example, name, "exec", dont_inherit=True)
    exec(code, vars(module))  # noqa: S102 - the example is ours
    return module


@by_hook
def test_a_hook_says_when_it_is_called_with_what_and_how_results_combine(hook: HookDoc) -> None:
    assert "Called once, while a registry loads. Takes no parameters." in hook.doc
    assert hook.parameters == ()
    places = [hook.doc.find(f"\n{part}:") for part in ("Returns", "Combine", "Errors", "Example")]
    assert all(before < after for before, after in itertools.pairwise([0, *places]))


@by_hook
def test_the_example_of_a_hook_loads_and_implements_it(hook: HookDoc, load: Load) -> None:
    info = load(example(hook.name.removeprefix("govopen_"))).plugins[-1]

    assert (info.status, info.hooks, info.warnings) == (PluginStatus.LOADED, (hook.name,), ())
    assert "\nfrom govopen.plugins.hookspecs import hookimpl\n" in f"\n{hook.example}"


@by_hook
def test_the_reference_shows_the_example(hook: HookDoc) -> None:
    assert hook.example
    assert hook.example in hooks_page()


def test_the_store_of_the_example_opens(load: Load, tmp_path: Path) -> None:
    with load(example("stores")).open_store(f"shared:///{tmp_path / 'records.sqlite'}") as store:
        assert list(store.units()) == []


def test_the_calendar_of_the_example_knows_the_fair(load: Load) -> None:
    module = example("calendars")
    (fair,) = module.FAIR.days

    assert not load(module).calendar_for("CN-440113").is_working_day(fair)
    assert load(module).calendar_for("CN-31").is_working_day(fair)


def test_the_publisher_of_the_example_shows_an_item(load: Load, tmp_path: Path) -> None:
    settings = PublisherSettings(site=samples.site(), unit=samples.UNIT, folder=tmp_path)
    publisher = load(example("publishers")).publisher("share", settings)
    publisher.put(parcel(disclosed("item-1")))
    publisher.settle()

    assert [held.item for held in publisher.inventory()] == ["item-1"]
    publisher.close()


def test_the_channel_of_the_example_is_silent(load: Load, tmp_path: Path) -> None:
    channel = samples.request_channel(ChannelKind.EMAIL)
    settings = ChannelSettings(channel=channel, unit=samples.UNIT, folder=tmp_path)

    assert list(load(example("channels")).channel("silent", settings).collect()) == []


def test_the_exporter_of_the_example_writes_digests(load: Load) -> None:
    settings = ExportSettings(unit=samples.UNIT, title="示例目录", on=samples.YEAR_END)
    given, file = parcel(disclosed("item-1")), io.BytesIO()
    load(example("exporters")).exporter("digests", settings).export([given], file)

    assert file.getvalue().decode() == f"{given.cleared.digest};"


def test_the_listener_of_the_example_rings(load: Load, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listener = load(example("listeners")).listener("bell", ListenerSettings(name="told", folder=tmp_path))
    listener.notice(changes(2))

    assert capsys.readouterr().out == "2 changes; the last: information-item item-1\n"


def test_the_screener_of_the_example_finds_what_it_is_for(load: Load) -> None:
    (screener,) = (each for each in load(example("screeners")).screeners if each.name == "extensions")

    (hit,) = screener.screen(Passage(place="text", text="拨打内线8021"))
    assert (hit.start, hit.end) == (2, 8)
    assert list(screener.screen(Passage(place="text", text=None))) == []
