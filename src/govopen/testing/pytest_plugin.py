"""The pytest plugin: obligations as tests, and fixtures for tests of a unit's own.

It is off until asked: ``--govopen`` or the setting ``govopen`` names a workspace. Every pytest run where govopen is
installed loads this module, so it imports nothing of govopen; ``bench/bench_pytest_startup.py`` measures that.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from govopen.office.facade import Office
    from govopen.plugins.registry import Registry
    from govopen.testing.building import Builder
    from govopen.testing.clock import SettableClock

__all__ = [
    "govopen_build",
    "govopen_clock",
    "govopen_office",
    "govopen_registry",
    "govopen_workspace",
    "pytest_addoption",
    "pytest_configure",
]

_ONLY_WITH = ("--govopen-as-of", "--govopen-unit", "--govopen-records", "--govopen-allow-awaiting")


def pytest_addoption(parser: pytest.Parser) -> None:
    """What switches the plugin on, and what it checks."""
    group = parser.getgroup("govopen", "govopen: obligations as tests")
    group.addoption("--govopen", metavar="PATH", help="Check the workspace of this govopen.toml by obligations.")
    group.addoption("--govopen-as-of", metavar="DATE", help="The legal day, as 2011-12-31. Default: today in Shanghai.")
    group.addoption(
        "--govopen-unit", action="append", default=[], metavar="ID", help="Only this unit. Can be repeated."
    )
    group.addoption(
        "--govopen-records",
        action="append",
        default=[],
        metavar="PATH",
        help="Check the records in these files or folders instead of those in the store. Nothing is stored.",
    )
    group.addoption(
        "--govopen-allow-awaiting",
        action="store_true",
        default=None,
        help="Skip what awaits evidence, a judgement or a record, instead of failing it.",
    )
    group.addoption("--govopen-lang", choices=("zh-Hans", "en"), help="Default: the language of the locale.")
    parser.addini("govopen", "A govopen.toml whose obligations are checked.", default="")
    parser.addini("govopen_as_of", "The legal day.", default="")
    parser.addini("govopen_records", "Files and folders of records to check instead of the store.", type="linelist")
    parser.addini("govopen_plugins", "Modules that are plugins of govopen but not installed.", type="args")
    parser.addini("govopen_allow_awaiting", "Skip what is awaited.", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and what collects obligations, if it was asked for."""
    config.addinivalue_line(
        "markers",
        "govopen(unit, clause, area, force, check, severity): an obligation of a unit, collected from a workspace",
    )
    asked = config.getoption("--govopen") or config.getini("govopen")
    chosen = any(map(config.getoption, _ONLY_WITH))
    if not asked and chosen:
        raise pytest.UsageError(f"govopen: {', '.join(_ONLY_WITH)} need a workspace: name it with --govopen.")
    if asked:
        # Imported here: a run that asks for nothing pays for nothing.
        from govopen.testing.pytest_collecting import Collecting  # noqa: PLC0415

        config.pluginmanager.register(Collecting.configured(config, chosen=chosen), "govopen-collecting")


@pytest.fixture
def govopen_clock() -> SettableClock:
    """A clock that stands at Monday 2026-03-02, 9:00 in Shanghai, until the test sets it."""
    from govopen.testing.clock import SettableClock  # noqa: PLC0415

    return SettableClock()


@pytest.fixture(scope="session")
def govopen_registry(pytestconfig: pytest.Config) -> Registry:
    """What is built in, every plugin installed, and those of the setting ``govopen_plugins``; loaded once."""
    from govopen.testing.pytest_checking import registry_with  # noqa: PLC0415

    return registry_with(pytestconfig.getini("govopen_plugins"))


@pytest.fixture
def govopen_workspace(tmp_path: Path) -> Path:
    """The folder of a new workspace. Override it to give ``govopen_office`` settings of your own."""
    from govopen.office.facade import Office  # noqa: PLC0415

    return Office.init(tmp_path / "govopen").parent


@pytest.fixture
def govopen_office(
    govopen_workspace: Path, govopen_registry: Registry, govopen_clock: SettableClock
) -> Iterator[Office]:
    """An office on ``govopen_workspace`` with an empty store, at the time of ``govopen_clock``."""
    from govopen.office.facade import Office  # noqa: PLC0415

    with Office.open(govopen_workspace, registry=govopen_registry, clock=govopen_clock) as office:
        yield office


@pytest.fixture
def govopen_build(govopen_registry: Registry) -> Builder:
    """Builds exemplary records: ``govopen_build.item(...)``, ``govopen_build(Request, ...)``."""
    from govopen.testing.building import Builder  # noqa: PLC0415

    return Builder(govopen_registry)
