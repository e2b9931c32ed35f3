"""The check report as one self-contained HTML page: no network, no script, fit to print."""

from __future__ import annotations

import attrs

from govopen.checking.algebra import Status
from govopen.checking.result import FAIL_ON, CheckReport, ObligationStatus
from govopen.policy.citation import Citation
from govopen.report.overview import (
    AWAITED,
    OUTCOME_STATUS,
    SYMBOLS,
    groups,
    later_law,
    overview,
    ranges,
    short,
    to_settle,
    unmapped,
    unverified,
)
from govopen.report.render import Renderer
from govopen.report.templating import template
from govopen.texts import Language

__all__ = ["report_html"]

_QUIET = frozenset({Status.SATISFIED, Status.NOT_APPLICABLE, Status.NOT_CHECKED, Status.OVERTAKEN})


@attrs.frozen
class _Unit:
    """One unit's part of the page: what is not in order, and the rest in short."""

    open: tuple[ObligationStatus, ...]
    rest: dict[Status, list[str]]


def report_html(report: CheckReport, lang: Language, *, heading: str) -> str:
    """The page.

    Args:
        report: The check.
        lang: Language of the page.
        heading: Whose report it is: the workspace's name.
    """
    words = Renderer(report, lang)
    grouped = groups(report)
    return template("check-report.html.jinja").render(
        report=report,
        words=words,
        heading=heading,
        lang=lang,
        symbols=SYMBOLS,
        status_of=OUTCOME_STATUS,
        summary=report.summary(),
        failing=len(report.failing(FAIL_ON)),
        to_settle=to_settle(report),
        rows=overview(report),
        unmapped={name: (len(found), ranges(found)) for name, found in unmapped(report).items()},
        instruments=[(chosen, report.library.instrument(chosen.id)) for chosen in report.instruments],
        groups=grouped,
        awaited=[entry for entry in report.findings if entry.outcome in AWAITED],
        overtaken=later_law(report),
        by_unit=_by_unit(report),
        readings=_readings(report),
        unverified=unverified(report),
        found_by={group.rule.code for _, of_it in grouped for group in of_it},
        names=lambda units: [report.units[unit].name for unit in units],
        quiet=_QUIET,
    )


def _by_unit(report: CheckReport) -> dict[str, _Unit]:
    own: dict[str, list[ObligationStatus]] = {unit: [] for unit in report.units}
    for entry in report.statuses:
        if entry.rules:
            own[entry.unit].append(entry)
    return {unit: _unit(report, entries) for unit, entries in own.items()}


def _unit(report: CheckReport, own: list[ObligationStatus]) -> _Unit:
    rest: dict[Status, list[Citation]] = {}
    for entry in own:
        if entry.status in _QUIET and entry.status is not Status.NOT_APPLICABLE:
            rest.setdefault(entry.status, []).append(entry.citation)
    return _Unit(
        tuple(entry for entry in own if entry.status not in _QUIET),
        {status: short(report, obligations) for status, obligations in rest.items()},
    )


def _readings(report: CheckReport) -> list[ObligationStatus]:
    """One status for each obligation that was checked by a reading of ours."""
    found: dict[Citation, ObligationStatus] = {}
    for entry in report.statuses:
        if entry.counts and report.library.obligation(entry.citation).reading is not None:
            found.setdefault(entry.citation, entry)
    return list(found.values())
