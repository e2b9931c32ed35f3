"""Installed plugins: found by their metadata, in one order, each failing for itself."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from govopen.errors import PluginError
from govopen.plugins.hookspecs import hookimpl
from govopen.plugins.info import PluginInfo, PluginStatus
from govopen.plugins.registry import Registry

NO_RULES = """
from govopen.plugins.hookspecs import hookimpl

@hookimpl
def govopen_rules():
    return ()
"""
Install = Callable[..., None]


def ours(registry: Registry) -> list[PluginInfo]:
    """The plugins of this test, among whatever the machine has installed."""
    return [info for info in registry.plugins if info.distribution.startswith("zz-")]


def test_an_installed_plugin_is_found_with_name_distribution_and_version(install: Install) -> None:
    install("zz-street", points="street = zz_street")

    (info,) = ours(Registry.load())

    assert (info.name, info.distribution, info.version) == ("street", "zz-street", "1.2")
    assert (info.status, info.hooks, info.rules) == (PluginStatus.LOADED, ("govopen_rules",), 0)


def test_plugins_load_by_distribution_and_name_after_what_is_built_in(install: Install) -> None:
    install("zz-b", points="one = zz_b")
    install(
        "zz-c",
        code=NO_RULES + "class Other:\n    govopen_rules = hookimpl(lambda self: ())\nother = Other()\n",
        points="second = zz_c\nfirst = zz_c:other",
    )
    install("zz-A", points="one = zz_A")

    registry = Registry.load()

    assert registry.plugins[0].name == "govopen"
    names = [(info.distribution, info.name) for info in registry.plugins if info.distribution.lower().startswith("zz-")]
    assert names == [("zz-A", "one"), ("zz-b", "one"), ("zz-c", "first"), ("zz-c", "second")]


def test_entry_points_can_be_left_out(install: Install) -> None:
    install("zz-street")

    assert [info.name for info in Registry.load(entry_points=False).plugins] == ["govopen"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import zz_not_there", "ModuleNotFoundError: No module named 'zz_not_there'."),
        ("raise RuntimeError('no licence')", "RuntimeError: no licence."),
        ("def broken(:", "SyntaxError: "),
        ("import sys; sys.exit('bye')", "SystemExit: bye."),
    ],
)
def test_a_plugin_that_fails_to_import_stops_loading_and_says_how_to_go_on(
    install: Install, code: str, said: str
) -> None:
    install("zz-broken", code=code, points="main = zz_broken")

    with pytest.raises(PluginError) as caught:
        Registry.load()

    assert f"Plugin main (zz-broken 1.2) failed to import zz_broken: {said}" in str(caught.value)
    assert "set GOVOPEN_DISABLE_PLUGINS=zz-broken to work without it" in str(caught.value)
    assert caught.value.facts["distribution"] == "zz-broken"


def test_an_entry_point_that_names_nothing_fails_to_import(install: Install) -> None:
    install("zz-broken", points="main = zz_broken:plugin")

    with pytest.raises(PluginError, match="failed to import zz_broken:plugin: AttributeError"):
        Registry.load()


def test_two_entry_points_of_one_name_are_refused(install: Install) -> None:
    other = "class Other:\n    govopen_rules = hookimpl(lambda self: ())\nother = Other()\n"
    install("zz-street", code=NO_RULES + other, points="main = zz_street\nmain = zz_street:other")

    with pytest.raises(PluginError, match=r"Two entry points are called main \(zz-street 1\.2\)\."):
        Registry.load()


def test_a_failed_plugin_can_be_shown_and_costs_the_others_nothing(install: Install) -> None:
    install("zz-broken", code="raise RuntimeError('no licence')")
    install("zz-street")

    broken, street = ours(Registry.load(strict=False))

    assert broken.status is PluginStatus.FAILED
    assert "no licence" in str(broken.failure)
    assert street.status is PluginStatus.LOADED


@pytest.mark.parametrize("name", ["zz-broken", "ZZ_Broken", "main", "other, zz-broken"])
def test_the_environment_disables_a_plugin_by_distribution_or_entry_point(
    install: Install, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    install("zz-broken", code="raise RuntimeError('imported')")
    monkeypatch.setenv("GOVOPEN_DISABLE_PLUGINS", name)

    (info,) = ours(Registry.load())

    assert (info.status, info.hooks, info.failure) == (PluginStatus.DISABLED, (), None)


def test_names_given_to_load_replace_those_of_the_environment(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("zz-street")
    monkeypatch.setenv("GOVOPEN_DISABLE_PLUGINS", "zz-street")

    assert [info.status for info in ours(Registry.load(disabled=()))] == [PluginStatus.LOADED]


def test_entry_points_of_which_nobody_knows_the_distribution_load_all_the_same(
    install: Install, tmp_path: Path
) -> None:
    """A removal that broke off leaves such a folder, and must not cost the others their rules."""
    install("zz-left", points="left = zz_left")
    install("zz-street")
    (tmp_path / "zz_left-1.2.dist-info" / "METADATA").unlink()

    registry = Registry.load()

    (left,) = (info for info in registry.plugins if info.name == "left")
    assert (left.distribution, left.version, left.status) == ("", "", PluginStatus.LOADED)
    assert [info.status for info in ours(registry)] == [PluginStatus.LOADED]
    assert "left" in [info.name for info in Registry.load(disabled=["left"]).plugins if not info.hooks]


def test_a_given_object_that_fails_when_it_is_asked_costs_the_others_nothing(load: Callable[..., Registry]) -> None:
    class Silent:
        def __getattribute__(self, name: str) -> object:
            raise LookupError(name)

    silent, street = load(Silent(), Distinct("north"), strict=False).plugins[1:]

    assert (silent.status, street.status) == (PluginStatus.FAILED, PluginStatus.LOADED)
    assert "Silent cannot be looked at: LookupError" in str(silent.failure)


def test_what_is_built_in_cannot_be_disabled(load: Callable[..., Registry]) -> None:
    assert load(disabled=["govopen"]).rules


def test_a_plugin_both_installed_and_given_is_there_once(install: Install) -> None:
    install("zz-street", points="street = zz_street")
    (installed,) = ours(Registry.load())
    registry = Registry.load(plugins=[sys.modules["zz_street"]])

    assert ours(registry) == [installed]
    assert "zz_street" not in [info.name for info in registry.plugins]


@attrs.define
class Equal:
    area: str

    @hookimpl
    def govopen_rules(self) -> tuple[()]:
        return ()


@attrs.define(eq=False)
class Distinct:
    area: str

    @hookimpl
    def govopen_rules(self) -> tuple[()]:
        return ()


def test_two_plugins_that_compare_equal_are_refused_as_pluggy_would_keep_one(
    refusal: Callable[..., PluginError],
) -> None:
    error = refusal(Equal("north"), Equal("north"))

    assert "Equal#2 compares equal to plugin" in str(error)
    assert "eq=False" in str(error)


def test_instances_of_one_class_that_differ_are_two_plugins(load: Callable[..., Registry]) -> None:
    names = [info.name.rpartition(".")[2] for info in load(Equal("north"), Equal("south")).plugins[1:]]
    assert names == ["Equal", "Equal#2"]

    names = [info.name.rpartition(".")[2] for info in load(Distinct("north"), Distinct("north")).plugins[1:]]
    assert names == ["Distinct", "Distinct#2"]


SUB_CATEGORY = """
from govopen.model.catalog import Category, SubCategory
from govopen.plugins.hookspecs import hookimpl
from govopen.texts import Text

@hookimpl
def govopen_categories():
    return [SubCategory(id="street/parking", category=Category.OTHER, title=Text("停车", "parking"))]
"""


def test_two_things_under_one_name_are_refused_with_both_distributions(install: Install) -> None:
    install("zz-north", code=SUB_CATEGORY)
    install("zz-south", code=SUB_CATEGORY)

    with pytest.raises(PluginError) as caught:
        Registry.load()

    assert "one of plugin main (zz-north 1.2), one of plugin main (zz-south 1.2)." in str(caught.value)


def test_a_hook_that_fails_is_laid_to_its_plugin_alone(install: Install) -> None:
    install("zz-broken", code=NO_RULES.replace("return ()", "yield 1 / 0"), points="main = zz_broken")
    install("zz-street")

    with pytest.raises(PluginError) as caught:
        Registry.load()
    broken, street = ours(Registry.load(strict=False))

    assert "govopen_rules of plugin main (zz-broken 1.2) failed: ZeroDivisionError: division by zero." in str(
        caught.value
    )
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert (broken.status, street.status) == (PluginStatus.FAILED, PluginStatus.LOADED)
