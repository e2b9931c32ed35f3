"""Plugins made on the spot."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
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


NO_RULES = """
from govopen.plugins.hookspecs import hookimpl

@hookimpl
def govopen_rules():
    return ()
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Install a distribution, as pip would leave it, in a folder that is searched before all others."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(tmp_path)

    def make(distribution: str, *, code: str = NO_RULES, points: str = "", version: str = "1.2") -> None:
        module = distribution.replace("-", "_")
        (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
        info = tmp_path / f"{module}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n")
        points = points or f"main = {module}"
        (info / "entry_points.txt").write_text(f"[govopen]\n{points}\n")

    yield make
    for name in set(sys.modules) - before:
        if name.startswith("zz_"):
            del sys.modules[name]
