"""The interface is what its snapshot says; what is going is warned of, and what is gone is refused."""

from __future__ import annotations

import importlib.util
import json
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from govopen.clearance.screening import Hit, Passage
from govopen.cli.main import main
from govopen.errors import PluginError
from govopen.plugins import interface
from govopen.plugins.hookspecs import hookimpl
from govopen.plugins.interface import Deprecation, GovopenDeprecationWarning, stated
from govopen.plugins.registry import Registry
from govopen.publishing.port import Publisher, PublisherSettings
from govopen.rules import samples
from govopen.texts import Text

Load = Callable[..., Registry]
Plugin = Callable[..., ModuleType]
Declare = Callable[..., None]

TOOL = Path(__file__).parents[2] / "tools" / "interface_snapshot.py"
SNAPSHOT = Path(__file__).with_name("interface.txt")
CATEGORIES = Deprecation(
    subject="govopen_categories", since=2, removed_in=3, instead="Give sub-categories by govopen_divisions."
)
SETTLE = Deprecation(subject="Publisher.settle", since=2, removed_in=3, instead="Do it in close.")
FIRST = Deprecation(subject=stated(1), since=2, removed_in=3, instead="Give sub-categories by govopen_divisions.")


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    """The interface of a later day: ``declare(2, CATEGORIES, oldest=1)``."""

    def make(version: int, *deprecations: Deprecation, oldest: int = 1) -> None:
        monkeypatch.setattr(interface, "INTERFACE_VERSION", version)
        monkeypatch.setattr(interface, "OLDEST_INTERFACE", oldest)
        monkeypatch.setattr(interface, "DEPRECATIONS", deprecations)

    return make


@pytest.fixture(scope="module")
def written() -> str:
    """The interface, as the tool writes it down."""
    spec = importlib.util.spec_from_file_location("interface_snapshot", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    text: str = tool.interface_text()
    return text


def test_the_interface_is_what_its_snapshot_says(written: str) -> None:
    assert written == SNAPSHOT.read_text(encoding="utf-8"), (
        "The plugin interface has changed. If the change can break a plugin that was written before, raise "
        "INTERFACE_VERSION in govopen/plugins/interface.py and give the old form a row in DEPRECATIONS. In any case "
        "write the new interface down: python tools/interface_snapshot.py > tests/plugins/interface.txt"
    )


@pytest.mark.parametrize(
    "line",
    [
        "interface 1, oldest 1",
        "    govopen_rules() -> Iterable[Rule]",
        "    put(self, record: R, *, expected: int | None = None) -> Stored[R]",
        "    __call__(self, url: str, types: Iterable[RecordType], *, clock: Clock = utc_now) -> Store",
        "    coverage -> tuple[dt.date, dt.date]",
        "    options: Mapping[str, Any] = ...",
    ],
)
def test_the_snapshot_has_hooks_methods_properties_and_settings(written: str, line: str) -> None:
    assert line in written.splitlines()


def test_nothing_is_warned_of_before_its_time(declare: Declare, plugin: Plugin, load: Load) -> None:
    declare(1, CATEGORIES, FIRST)

    assert load(plugin("street", categories=[], rules=[])).plugins[-1].warnings == ()


def test_a_hook_that_is_going_loads_with_a_warning_that_says_what_to_write(
    declare: Declare, plugin: Plugin, load: Load
) -> None:
    declare(2, CATEGORIES)

    with pytest.warns(GovopenDeprecationWarning) as caught:
        registry = load(plugin("street", categories=[]))

    (warning,) = registry.plugins[-1].warnings
    assert [each.message for each in caught] == [warning]
    assert str(warning) == (
        "Plugin street uses govopen_categories, which goes in version 3 of the plugin interface. "
        "Give sub-categories by govopen_divisions."
    )
    assert (warning.facts["subject"], warning.facts["since"], warning.facts["removed"]) == ("govopen_categories", 2, 3)


def test_other_plugins_and_what_is_built_in_are_not_warned_of(declare: Declare, plugin: Plugin, load: Load) -> None:
    declare(2, CATEGORIES, attrs.evolve(CATEGORIES, subject="govopen_publishers"))

    assert load(plugin("street", rules=[])).plugins[-1].warnings == ()


@pytest.mark.parametrize("strict", [True, False])
def test_a_hook_that_is_gone_is_refused_with_what_to_write_instead(
    declare: Declare, plugin: Plugin, load: Load, strict: bool
) -> None:
    declare(3, CATEGORIES)
    old = plugin("street", categories=[])

    if strict:
        with pytest.raises(PluginError) as caught:
            load(old)
        failure: PluginError | None = caught.value
    else:
        failure = load(old, strict=False).plugins[-1].failure

    assert str(failure) == (
        "Plugin street uses govopen_categories, which is gone since version 3 of the plugin interface. "
        "Give sub-categories by govopen_divisions."
    )


def test_a_hook_that_is_in_no_specification_any_more_is_known_by_the_table(
    declare: Declare, refusal: Callable[..., PluginError]
) -> None:
    module = ModuleType("street")
    vars(module)["govopen_tables"] = hookimpl(lambda: ())
    assert "there is no such hook" in str(refusal(module))

    declare(3, attrs.evolve(CATEGORIES, subject="govopen_tables"))
    assert "uses govopen_tables, which is gone since version 3" in str(refusal(module))


@pytest.mark.parametrize("states", [1, 2, None])
def test_a_plugin_written_for_a_version_that_is_going_is_warned_of(
    declare: Declare, plugin: Plugin, load: Load, states: int | None
) -> None:
    declare(2, FIRST)
    module = plugin("street", rules=[])
    if states is not None:
        vars(module)["GOVOPEN_INTERFACE"] = states

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GovopenDeprecationWarning)
        info = load(module).plugins[-1]

    assert info.interface == states
    said = [str(warning).partition(". ") for warning in info.warnings]
    goes = "Plugin street uses GOVOPEN_INTERFACE = 1, which goes in version 3 of the plugin interface"
    assert said == ([(goes, ". ", FIRST.instead)] if states == 1 else [])


def test_a_plugin_written_for_a_version_that_is_gone_is_refused_with_what_to_do(
    declare: Declare, plugin: Plugin, refusal: Callable[..., PluginError]
) -> None:
    module = plugin("street", rules=[])
    vars(module)["GOVOPEN_INTERFACE"] = 1

    declare(3, FIRST, oldest=2)
    assert "uses GOVOPEN_INTERFACE = 1, which is gone since version 3" in str(refusal(module))

    declare(3, oldest=2)
    assert "is written for version 1 of the plugin interface; the oldest kept is 2" in str(refusal(module))


class Board(Publisher):
    def put(self, parcel: Any) -> str:
        return ""

    def withdraw(self, item: str) -> None:
        pass

    def inventory(self) -> Any:
        return iter(())

    def close(self) -> None:
        pass


class Settling(Board):
    def settle(self) -> None:
        pass


def test_a_method_that_is_going_is_warned_of_when_something_with_it_is_made(
    declare: Declare, plugin: Plugin, load: Load, tmp_path: Path
) -> None:
    registry = load(plugin("street", publishers={"old": lambda _: Settling()}))
    settings = PublisherSettings(site=samples.site(), unit=samples.UNIT, folder=tmp_path)

    declare(2, SETTLE)
    with pytest.warns(GovopenDeprecationWarning, match=r"street uses Publisher\.settle, which goes in version 3"):
        registry.publisher("old", settings)
    declare(3, SETTLE)
    with pytest.raises(PluginError, match=r"street uses Publisher\.settle, which is gone since version 3"):
        registry.publisher("old", settings)


class Deaf:
    name, title = "deaf", Text("聋", "deaf")

    def screen(self, passage: Passage) -> Iterable[Hit]:
        return ()


def test_a_method_of_a_screener_that_is_going_is_warned_of_when_it_is_given(
    declare: Declare, plugin: Plugin, load: Load
) -> None:
    declare(2, attrs.evolve(SETTLE, subject="Screener.screen"))

    with pytest.warns(GovopenDeprecationWarning, match=r"street uses Screener\.screen, which goes in version 3"):
        load(plugin("street", screeners=[Deaf()]))


def test_whoever_has_left_out_what_is_going_is_not_asked_for_it(
    declare: Declare, plugin: Plugin, load: Load, tmp_path: Path
) -> None:
    registry = load(plugin("street", publishers={"new": lambda _: Board()}))
    settings = PublisherSettings(site=samples.site(), unit=samples.UNIT, folder=tmp_path)

    with pytest.raises(PluginError, match="lacks settle"):
        registry.publisher("new", settings)
    for version in (2, 3):
        declare(version, SETTLE)
        assert registry.publisher("new", settings)


def test_the_list_shows_version_and_warnings_and_the_status_is_good(
    declare: Declare, install: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    code = """
from govopen.plugins.hookspecs import hookimpl

GOVOPEN_INTERFACE = 1

@hookimpl
def govopen_categories():
    return ()
"""
    install("zz-old", code=code)
    declare(2, CATEGORIES)

    said = []
    for form in ("text", "json"):
        with pytest.raises(SystemExit) as ended:
            main(["plugins", "list", "--lang", "en", "--format", form])
        assert ended.value.code == 0
        said.append(capsys.readouterr())

    assert "Warning: Plugin main (zz-old 1.2) uses govopen_categories" in said[0].out
    assert not said[0].err
    (old,) = (entry for entry in json.loads(said[1].out) if entry["distribution"] == "zz-old")
    assert (old["interface"], old["status"], old["failure"]) == (1, "loaded", None)
    assert "Give sub-categories by govopen_divisions." in old["warnings"][0]


def test_the_table_and_the_oldest_version_agree() -> None:
    for entry in interface.DEPRECATIONS:
        assert 1 < entry.since < entry.removed_in, entry
        assert entry.instead, entry
    gone = {entry.subject for entry in interface.DEPRECATIONS if entry.removed_in <= interface.INTERFACE_VERSION}
    assert {stated(version) for version in range(1, interface.OLDEST_INTERFACE)} <= gone
    assert interface.OLDEST_INTERFACE <= interface.INTERFACE_VERSION
