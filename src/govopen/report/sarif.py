"""The check report as SARIF 2.1.0 (OASIS), for viewers of static analysis and dashboards.

What SARIF has no place for is in the property bag ``govopen`` of the run: the status of every obligation for every
unit, also of those that are satisfied or that nobody checks.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from govopen import __version__
from govopen.checking.algebra import Reason, Status
from govopen.checking.result import CheckReport, Notice
from govopen.report.document import report_document
from govopen.report.overview import ranges, unmapped
from govopen.report.render import Renderer
from govopen.report.sarif_law import Law
from govopen.report.sarif_results import Results
from govopen.report.sarif_rules import Rules
from govopen.report.sarif_text import CULTURES, literal
from govopen.rules.results import Outcome
from govopen.texts import N_, Language

__all__ = ["report_sarif", "sarif_document"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_PARTLY = N_("This run left something out: {count} obligations, counted per unit, were not checked.")
_SHARED = ("as_of", "known_at", "complete", "selection", "instruments", "calendars", "units", "summary")
_OF_STATUS = ("unit", "obligation", "status", "reason", "rules", "counts", "done_on", "unverified", "baselined")


def report_sarif(
    report: CheckReport, lang: Language, *, heading: str = "", exit_code: int | None = None, baseline: bool = False
) -> bytes:
    """The report as indented UTF-8 JSON; for the arguments see :func:`sarif_document`."""
    document = sarif_document(report, lang, heading=heading, exit_code=exit_code, baseline=baseline)
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def sarif_document(
    report: CheckReport, lang: Language, *, heading: str = "", exit_code: int | None = None, baseline: bool = False
) -> dict[str, Any]:
    """A SARIF log with one run, as dictionaries, lists, strings and numbers.

    Args:
        report: The check.
        lang: Language of its messages; texts of rules and law are there in the other language too, as a translation.
        heading: Whose check it is: the workspace's name.
        exit_code: With which status the program ends; ``None``: the run had no program of its own.
        baseline: Whether the workspace has a baseline: each result then says whether it is in it.
    """
    words = Renderer(report, lang)
    law = Law.of(report)
    rules = Rules(words, law)
    results = Results(words, rules, law, baseline=baseline)
    found = results.all()
    notices = [*(_notice(notice, words) for notice in report.notices), *_unchecked(words)]
    run: dict[str, Any] = {
        "tool": {"driver": rules.driver(__version__, _descriptors(notices))},
        "language": CULTURES[lang],
        "invocations": [_invocation(words, notices, exit_code)],
        "logicalLocations": results.locations,
        "taxonomies": law.taxonomies(words),
        "translations": rules.translations(),
        "results": found,
        "properties": {"govopen": _own(report, lang)},
    }
    if heading:
        run["automationDetails"] = {"description": {"text": literal(heading)}}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _own(report: CheckReport, lang: Language) -> dict[str, Any]:
    """What is the same in the JSON report, under the same keys."""
    document = report_document(report, lang)
    found = {key: document[key] for key in _SHARED}
    found["obligations"] = [{key: entry[key] for key in _OF_STATUS} for entry in document["obligations"]]
    return found


def _invocation(words: Renderer, notices: list[dict[str, Any]], exit_code: int | None) -> dict[str, Any]:
    failed = [entry for entry in words.report.findings if entry.outcome is Outcome.ERROR]
    codes = sorted({entry.rule for entry in failed})
    found = {
        # A rule that failed has said nothing of its subjects; a viewer must not take that for a clean run.
        "executionSuccessful": not failed,
        "endTimeUtc": words.report.generated_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "toolExecutionNotifications": [_failure(code, words) for code in codes],
        "toolConfigurationNotifications": notices,
    }
    return found if exit_code is None else {**found, "exitCode": exit_code}


def _failure(code: str, words: Renderer) -> dict[str, Any]:
    text = words.say("Rule {code} failed on {count} subjects.", code=code, count=_errors(code, words.report))
    return {
        "descriptor": {"id": "rule-error"},
        "associatedRule": {"id": code},
        "level": "error",
        "message": {"text": literal(text)},
    }


def _errors(code: str, report: CheckReport) -> int:
    return sum(entry.rule == code and entry.outcome is Outcome.ERROR for entry in report.findings)


def _notice(notice: Notice, words: Renderer) -> dict[str, Any]:
    return _noted(notice.code, "warning", words.notice(notice))


def _unchecked(words: Renderer) -> list[dict[str, Any]]:
    """What nobody looked at, said once: a result for each obligation and unit would bury the others."""
    report = words.report
    noted = [
        _noted(
            "unmapped",
            "note",
            words.say(
                "Nothing checks these {count} obligations of {instrument} yet: {obligations}",
                count=len(obligations),
                instrument=instrument,
                obligations=" ".join(ranges(obligations)),
            ),
        )
        for instrument, obligations in unmapped(report).items()
    ]
    left_out = sum(entry.status is Status.NOT_CHECKED and entry.reason is Reason.FILTERED for entry in report.statuses)
    if left_out or not report.selection.everything:
        noted.append(_noted("left-out", "warning", words.say(_PARTLY, count=left_out)))
    return noted


def _noted(code: str, level: str, text: str) -> dict[str, Any]:
    return {"descriptor": {"id": code}, "level": level, "message": {"text": literal(text)}}


def _descriptors(notices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    codes = {"rule-error", *(notice["descriptor"]["id"] for notice in notices)}
    return [{"id": code} for code in sorted(codes)]
