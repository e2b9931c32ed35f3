"""What pluggy would pass over in silence is refused, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from govopen.errors import PluginError
from govopen.plugins.hookspecs import hookimpl
from govopen.plugins.inspection import _misfit
from govopen.plugins.interface import INTERFACE_VERSION
from govopen.plugins.registry import Registry
from govopen.rules.base import Rule

Refusal = Callable[..., PluginError]
SIGNATURE = "It has to be: def govopen_rules() -> Iterable[Rule]"


def module(**members: object) -> ModuleType:
    made = ModuleType("street")
    vars(made).update(members)
    return made


def no_rules() -> Callable[[], Iterable[Rule]]:
    """A new function each time, because a mark stays on a function."""

    def govopen_rules() -> Iterable[Rule]:
        return ()

    return govopen_rules


def test_a_misspelt_hook_is_refused_with_the_name_meant(refusal: Refusal) -> None:
    error = refusal(module(govopen_rulse=hookimpl(no_rules())))

    assert str(error) == "Plugin street has govopen_rulse, and there is no such hook. Did you mean govopen_rules?"


def test_a_misspelt_hook_is_refused_without_its_mark_too(refusal: Refusal) -> None:
    assert "has govopen_rulse" in str(refusal(module(govopen_rulse=no_rules())))


def test_a_hook_that_resembles_none_is_refused_with_all_of_them(refusal: Refusal) -> None:
    error = refusal(module(govopen_xyz=hookimpl(no_rules())))

    assert "The hooks are: govopen_instruments," in str(error)


def test_a_marked_function_of_any_other_name_is_refused(refusal: Refusal) -> None:
    assert "has rules, and there is no such hook" in str(refusal(module(rules=hookimpl(no_rules()))))


@pytest.mark.parametrize(
    "member", [no_rules(), partial(no_rules()), hookimpl(partial(no_rules())), (), property(no_rules())]
)
def test_what_bears_a_hooks_name_and_is_no_marked_function_is_refused(refusal: Refusal, member: object) -> None:
    error = refusal(module(govopen_rules=member))

    assert "govopen_rules of plugin street is not a function marked with @hookimpl" in str(error)
    assert "from govopen.plugins.hookspecs import hookimpl" in str(error)


def test_a_module_that_a_plugin_imports_may_bear_any_name(load: Callable[..., Registry]) -> None:
    plugin = module(govopen_example_unit=ModuleType("govopen_example_unit"), govopen_rules=hookimpl(no_rules()))

    assert load(plugin).plugins[-1].hooks == ("govopen_rules",)


def takes_one(registry: object) -> Iterable[Rule]:
    return ()


def takes_a_default(registry: object = None) -> Iterable[Rule]:
    return ()


def takes_a_keyword(*, registry: object = None) -> Iterable[Rule]:
    return ()


def takes_any(*values: object) -> Iterable[Rule]:
    return ()


def takes_any_keyword(**values: object) -> Iterable[Rule]:
    return ()


async def waits() -> Iterable[Rule]:
    return ()


@pytest.mark.parametrize(
    ("function", "shown"),
    [
        (takes_one, "def takes_one(registry)"),
        (takes_a_default, "def takes_a_default(registry=None)"),
        (takes_a_keyword, "def takes_a_keyword(*, registry=None)"),
        (takes_any, "def takes_any(*values)"),
        (takes_any_keyword, "def takes_any_keyword(**values)"),
        (waits, "async def waits()"),
    ],
)
def test_an_implementation_of_another_signature_is_refused_with_the_right_one(
    refusal: Refusal, function: Callable[..., Any], shown: str
) -> None:
    error = refusal(module(govopen_rules=hookimpl(function)))

    assert f"govopen_rules of plugin street does not fit its hook: {shown}" in str(error)
    assert SIGNATURE in str(error)


class Selfless:
    @hookimpl
    def govopen_rules() -> Iterable[Rule]:  # type: ignore[misc]
        return ()


def test_a_method_without_self_is_refused(refusal: Refusal) -> None:
    assert "Selfless does not fit its hook" in str(refusal(Selfless()))


def test_functions_may_be_set_on_an_instance(load: Callable[..., Registry]) -> None:
    assert load(SimpleNamespace(govopen_rules=hookimpl(no_rules()))).plugins[-1].hooks == ("govopen_rules",)


def test_a_parameter_of_the_hook_may_be_left_out_but_not_be_keyword_only() -> None:
    assert _misfit(no_rules(), ("registry",)) is None
    assert _misfit(takes_one, ("registry",)) is None
    assert _misfit(takes_a_keyword, ("registry",)) == "def takes_a_keyword(*, registry=None)"


def test_an_implementation_may_have_another_name_of_its_own(load: Callable[..., Registry]) -> None:
    plugin = module(give=hookimpl(no_rules(), specname="govopen_rules"))

    assert load(plugin).plugins[-1].hooks == ("govopen_rules",)


@pytest.mark.parametrize("kind", ["wrapper", "hookwrapper"])
def test_a_wrapper_is_refused(refusal: Refusal, kind: str) -> None:
    error = refusal(module(govopen_rules=hookimpl(no_rules(), **{kind: True})))

    assert "marked as a wrapper" in str(error)


class Street:
    @hookimpl
    def govopen_rules(self) -> Iterable[Rule]:
        return ()


def test_a_class_is_refused_and_its_instance_is_not(refusal: Refusal, load: Callable[..., Registry]) -> None:
    assert "Give an instance of Street, or a module." in str(refusal(Street))
    assert load(Street()).plugins[-1].name.endswith("Street")


@pytest.mark.parametrize("nothing", [ModuleType("street"), object(), "street", None])
def test_what_implements_no_hook_is_refused(refusal: Refusal, nothing: object) -> None:
    assert "implements no hook" in str(refusal(nothing))


def test_a_plugin_of_this_interface_loads(load: Callable[..., Registry]) -> None:
    assert load(module(govopen_rules=hookimpl(no_rules()), GOVOPEN_INTERFACE=INTERFACE_VERSION)).plugins[-1].rules == 0


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (INTERFACE_VERSION + 1, "this govopen has 1. Upgrade govopen"),
        (0, "the oldest kept is 1. Install a newer version"),
        ("1", "something other than a whole number"),
        (True, "something other than a whole number"),
    ],
)
def test_a_plugin_of_another_interface_is_refused(refusal: Refusal, version: object, said: str) -> None:
    error = refusal(module(govopen_rules=hookimpl(no_rules()), GOVOPEN_INTERFACE=version))

    assert "Plugin street" in str(error)
    assert said in str(error)
