"""What the pytest plugin does once it is asked: it adds a workspace to what is collected."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Self

import pytest

from govopen.checking.algebra import Status
from govopen.office.workspace import SETTINGS_FILE
from govopen.testing.pytest_checking import Asked
from govopen.testing.pytest_items import STATUS, NoticesItem, ObligationItem, WorkspaceFile
from govopen.texts import Language, preferred_language, translate

__all__ = ["Collecting"]


class Collecting:
    """Collects the obligations of one workspace.

    Args:
        asked: What to check.
        wanted: Whether the workspace was asked for in this run, and not only met on the way.
    """

    def __init__(self, asked: Asked, *, wanted: bool) -> None:
        self._asked = asked
        self._wanted = wanted
        self._collected: list[WorkspaceFile] = []

    @classmethod
    def configured(cls, config: pytest.Config, *, chosen: bool) -> Self:
        """Read options and settings, and add the workspace to the arguments.

        The option always adds it, and so does one that says what to check of it. The setting adds it where pytest was
        called without arguments: who names a test wants that test.

        Args:
            config: Of this run.
            chosen: Whether an option was given that says what to check.

        Raises:
            UsageError: No workspace is there, or a date is none.
        """
        option = config.getoption("--govopen")
        path = _workspace(config, option)
        awaiting = config.getoption("--govopen-allow-awaiting") or config.getini("govopen_allow_awaiting")
        asked = Asked(
            path=path,
            as_of=_day(config.getoption("--govopen-as-of") or config.getini("govopen_as_of")),
            units=tuple(config.getoption("--govopen-unit")),
            records=_records(config),
            plugins=tuple(config.getini("govopen_plugins")),
            allow_awaiting=bool(awaiting),
            lang=_language(config),
        )
        named = any(_is(Path(config.invocation_params.dir, arg.partition("::")[0]), path) for arg in config.args)
        wanted = bool(option) or chosen or config.args_source is not pytest.Config.ArgsSource.ARGS
        if wanted and not named:
            config.args.append(str(path))
        return cls(asked, wanted=wanted or named)

    def pytest_report_header(self) -> str:
        """Which workspace is checked, as of when, from what."""
        day = self._asked.as_of or "today"
        source = ", ".join(path.name for path in self._asked.records) or "its store"
        return f"govopen: {self._asked.path} as of {day}, records from {source}"

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """The workspace, and no other ``govopen.toml`` that lies on the way."""
        if not _is(file_path, self._asked.path):
            return None
        found: WorkspaceFile = WorkspaceFile.from_parent(parent, path=file_path, asked=self._asked)
        self._collected.append(found)
        return found

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self) -> None:
        """Refuse to go on without the workspace: its obligations would seem to be met."""
        if self._wanted and not self._collected:
            raise pytest.UsageError(
                f"govopen: {self._asked.path} was not collected: a setting of pytest (norecursedirs, --ignore) leaves "
                "it out. Name it as an argument of its own, or change the setting."
            )

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Tell the check whose tests are left."""
        chosen = [item.unit for item in session.items if isinstance(item, ObligationItem)]
        for workspace in self._collected:
            workspace.expect(unit.name for unit in chosen if unit.workspace is workspace)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """What is skipped is skipped for what the workspace says, and not for a line of ours."""
        report = yield
        if isinstance(item, NoticesItem | ObligationItem) and report.skipped and isinstance(report.longrepr, tuple):
            report.longrepr = (item.nodeid.partition("::")[0], 1, report.longrepr[2])
        return report

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """How many obligations have which status: passed, skipped and failed do not say it."""
        reports = [entry for entries in terminalreporter.stats.values() for entry in entries]
        found = [
            value
            for report in reports
            if getattr(report, "when", "") == "call"
            for name, value in report.user_properties
            if name == STATUS
        ]
        if found:
            counts = Counter(found)
            lang = self._asked.lang
            sums = [f"{counts[status.value]} {status.text.get(lang)}" for status in Status if counts[status]]
            terminalreporter.write_sep("=", translate("Obligations by status", lang))
            terminalreporter.write_line(", ".join(sums))

    def pytest_unconfigure(self) -> None:
        """Close the stores."""
        for workspace in self._collected:
            workspace.close()


def _is(one: Path, other: Path) -> bool:
    return one.name == other.name and one.resolve() == other.resolve()


def _workspace(config: pytest.Config, option: str | None) -> Path:
    base = config.invocation_params.dir if option else _beside_settings(config)
    path = Path(base, option or config.getini("govopen"))
    if path.is_dir():
        path /= SETTINGS_FILE
    if path.name != SETTINGS_FILE or not path.is_file():
        raise pytest.UsageError(f"govopen: there is no workspace at {path}. Name its {SETTINGS_FILE}.")
    return path


def _beside_settings(config: pytest.Config) -> Path:
    return config.inipath.parent if config.inipath is not None else config.rootpath


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise pytest.UsageError(f"govopen: '{text}' is no date. Write year-month-day: 2011-12-31.") from None


def _records(config: pytest.Config) -> tuple[Path, ...]:
    if named := config.getoption("--govopen-records"):
        return tuple(Path(config.invocation_params.dir, name) for name in named)
    return tuple(Path(_beside_settings(config), name) for name in config.getini("govopen_records"))


def _language(config: pytest.Config) -> Language:
    chosen: Language | None = config.getoption("--govopen-lang")
    return chosen or preferred_language()
