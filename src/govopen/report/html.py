"""The check report as one self-contained HTML page: no network, no script, fit to print."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from govopen.checking.algebra import Status
from govopen.checking.result import FAIL_ON, CheckReport
from govopen.report.overview import SYMBOLS, overview, unmapped
from govopen.report.render import Renderer
from govopen.rules.base import Severity
from govopen.rules.results import Outcome
from govopen.texts import Language

__all__ = ["report_html"]

_AWAITED = frozenset({Outcome.AWAITING_EVIDENCE, Outcome.AWAITING_JUDGEMENT})


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("govopen.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("check-report.html.jinja")


def report_html(report: CheckReport, lang: Language, *, heading: str) -> str:
    """The page.

    Args:
        report: The check.
        lang: Language of the page.
        heading: Whose report it is: the workspace's name.
    """
    words = Renderer(report, lang)
    findings = [entry for entry in report.findings if entry.outcome not in _AWAITED]
    instruments = dict.fromkeys(entry.citation.instrument for entry in report.statuses)
    return _template().render(
        report=report,
        words=words,
        heading=heading,
        lang=lang,
        symbols=SYMBOLS,
        summary=report.summary(),
        failing=len(report.failing(FAIL_ON)),
        rows=overview(report),
        unmapped=unmapped(report),
        instruments=[report.library.instrument(name) for name in instruments],
        by_severity=[(severity, [entry for entry in findings if entry.severity is severity]) for severity in Severity],
        awaited=[entry for entry in report.findings if entry.outcome in _AWAITED],
        overtaken=_overtaken(report),
        answered={
            unit: [
                entry
                for entry in report.statuses
                if entry.unit == unit and entry.rules and entry.status is not Status.NOT_APPLICABLE
            ]
            for unit in report.units
        },
        unverified=sorted({name for entry in report.statuses for name in entry.unverified}),
        status=Status,
    )


def _overtaken(report: CheckReport) -> list[tuple[str, list[str], tuple[object, ...]]]:
    """Each obligation that later law touched, for which units, and how."""
    found: dict[str, tuple[list[str], tuple[object, ...]]] = {}
    for entry in report.statuses:
        if entry.later_law and entry.status is not Status.NOT_APPLICABLE:
            units, _ = found.setdefault(str(entry.citation), ([], entry.later_law))
            units.append(entry.unit)
    return [(citation, units, laws) for citation, (units, laws) in found.items()]
