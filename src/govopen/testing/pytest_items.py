"""Obligations as tests of pytest: a node for each unit, an item for each of its obligations."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from govopen.checking.algebra import Status
from govopen.checking.result import FAIL_ON, ObligationStatus
from govopen.errors import GovopenError
from govopen.policy.citation import Citation
from govopen.policy.instrument import Obligation
from govopen.report.detail import PASSING, lines_of
from govopen.rules.base import Severity
from govopen.testing.pytest_checking import Asked, Checks, Said

__all__ = ["AWAITED", "STATUS", "NoticesItem", "ObligationItem", "Settled", "UnitCollector", "WorkspaceFile", "settled"]

AWAITED = frozenset({Status.AWAITING_EVIDENCE, Status.AWAITING_JUDGEMENT, Status.NOTHING_RECORDED})
"""What somebody has yet to bring in: evidence, a judgement, records or a nil return."""

STATUS = "govopen_status"
"""Name of the property under which a test reports the status of its obligation."""


class Settled(enum.Enum):
    """What a status comes to as a test."""

    PASSES = enum.auto()
    FAILS = enum.auto()
    XFAILS = enum.auto()
    SKIPPED = enum.auto()


def settled(entry: ObligationStatus, *, allow_awaiting: bool = False) -> Settled:
    """What a status comes to. Only what is done passes: nothing unknown does.

    Args:
        entry: The status.
        allow_awaiting: Whether what is awaited is skipped.
    """
    failing = FAIL_ON if allow_awaiting else FAIL_ON | AWAITED
    if entry.status in failing:
        return Settled.XFAILS if entry.baselined else Settled.FAILS
    if entry.status is Status.WAIVED:
        return Settled.XFAILS
    return Settled.PASSES if entry.status in PASSING else Settled.SKIPPED


class ObligationFailedError(Exception):
    """An obligation is not shown to be met; the text says all."""


class WorkspaceFile(pytest.File):
    """A ``govopen.toml``."""

    def __init__(self, *, asked: Asked, **given: Any) -> None:
        super().__init__(**given)
        self.asked = asked
        self._checks: Checks | None = None

    @property
    def checks(self) -> Checks:
        """The workspace, opened when it is first needed."""
        if self._checks is None:
            self._checks = Checks.open(self.asked)
        return self._checks

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        try:
            units = self.checks.units()
        except GovopenError as error:
            raise self.CollectError(str(error)) from error
        yield NoticesItem.from_parent(self, name="notices")
        for unit in units:
            yield UnitCollector.from_parent(self, name=unit, workspace=self)

    def expect(self, units: Iterable[str]) -> None:
        """Say whose tests are to run."""
        if self._checks is not None:
            self._checks.expect(units)

    def close(self) -> None:
        """Close the store."""
        if self._checks is not None:
            self._checks.close()


class UnitCollector(pytest.Collector):
    """A unit of a workspace."""

    def __init__(self, *, workspace: WorkspaceFile, **given: Any) -> None:
        super().__init__(**given)
        self.workspace = workspace

    def collect(self) -> Iterator[pytest.Item]:
        for citation, obligation, severity in self.workspace.checks.obligations():
            yield ObligationItem.from_parent(
                self, name=str(citation), unit=self, citation=citation, obligation=obligation, severity=severity
            )


class ObligationItem(pytest.Item):
    """An obligation of a unit."""

    def __init__(
        self,
        *,
        unit: UnitCollector,
        citation: Citation,
        obligation: Obligation,
        severity: Severity | None,
        **given: Any,
    ) -> None:
        super().__init__(**given)
        self.unit = unit
        self.citation = citation
        self.extra_keyword_matches.add(obligation.area)
        self.add_marker(
            pytest.mark.govopen(
                unit=unit.name,
                clause=citation.clause,
                area=obligation.area,
                force=obligation.force.value,
                check=obligation.check.value,
                severity=severity.value if severity else "",
            )
        )

    def runtest(self) -> None:
        workspace = self.unit.workspace
        said = workspace.checks.said(self.unit.name, self.citation)
        self.user_properties.append((STATUS, said.entry.status.value))
        match settled(said.entry, allow_awaiting=workspace.asked.allow_awaiting):
            case Settled.FAILS:
                raise ObligationFailedError(_in_full(said))
            case Settled.XFAILS:
                pytest.xfail(_why(said))
                # With --runxfail the line above does nothing.
                raise ObligationFailedError(_in_full(said))
            case Settled.SKIPPED:
                pytest.skip(_why(said))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What the obligation asks and what was found: where in govopen that was noticed helps nobody."""
        if isinstance(excinfo.value, ObligationFailedError | GovopenError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, f"{self.unit.name}: {self.citation}"


class NoticesItem(pytest.Item):
    """What the check says of itself: expired waivers, records that were not checked. Skipped if there is anything.

    It is marked as the obligations are, without arguments: it is of the whole workspace, and who wants no check wants
    none of it.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.add_marker(pytest.mark.govopen)

    def runtest(self) -> None:
        workspace = self.parent
        assert isinstance(workspace, WorkspaceFile)
        if found := workspace.checks.notices():
            pytest.skip("; ".join(found))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, GovopenError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name


def _in_full(said: Said) -> str:
    return "\n".join(lines_of(said.entry, said.findings, said.words))


def _why(said: Said) -> str:
    """The status and why; of what is waived also by which waiver."""
    parts = [said.words.status(said.entry)]
    parts += dict.fromkeys(said.words.waived(finding) for finding in said.findings if finding.waiver)
    if said.entry.baselined:
        parts.append(said.words.say("[accepted before]"))
    return " ".join(parts)
