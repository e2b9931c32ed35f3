"""Plugins made on the spot."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from govopen.errors import PluginError
from govopen.plugins.hookspecs import hookimpl
from govopen.plugins.registry import Registry
from govopen.rules.base import Rule
from govopen.rules.classification import reviewed_before_disclosure


def _marked(name: str, result: object) -> Callable[[], object]:
    def give() -> object:
        return result

    give.__name__ = name
    return hookimpl(give)


@pytest.fixture
def plugin() -> Callable[..., types.ModuleType]:
    """A module whose hooks give what the keywords say: ``plugin("street", rules=[...])``."""

    def make(name: str, **results: object) -> types.ModuleType:
        module = types.ModuleType(name)
        for hook, result in results.items():
            setattr(module, f"govopen_{hook}", _marked(f"govopen_{hook}", result))
        return module

    return make


@pytest.fixture
def rule() -> Callable[..., Rule]:
    """A sound rule with another code, changed as the keywords say."""

    def make(code: str, **changes: Any) -> Rule:
        return attrs.evolve(reviewed_before_disclosure, code=code, protected=False, **changes)

    return make


@pytest.fixture
def load() -> Callable[..., Registry]:
    """A registry with these plugins and none that the machine happens to have."""

    def make(*plugins: object, **options: Any) -> Registry:
        return Registry.load(plugins=plugins, entry_points=False, **options)

    return make


@pytest.fixture
def refusal(load: Callable[..., Registry]) -> Callable[..., PluginError]:
    """The error with which these plugins are refused."""

    def make(*plugins: object) -> PluginError:
        with pytest.raises(PluginError) as caught:
            load(*plugins)
        return caught.value

    return make
