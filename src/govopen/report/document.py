"""The check report as plain data: what the JSON report holds, as ``check-report.schema.json`` describes it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from importlib.resources import files
from typing import Any

import msgspec

from govopen import __version__
from govopen.checking.result import CheckReport, Finding, Note, ObligationStatus
from govopen.report.overview import law_of
from govopen.report.render import Renderer
from govopen.rules.results import Fact
from govopen.texts import Language

__all__ = ["SCHEMA_VERSION", "report_document", "report_json", "report_schema"]

SCHEMA_VERSION = 1
"""Of the JSON report; raised by a change that a reader of the old one would not understand."""


def report_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the report."""
    content = files("govopen.report").joinpath("check-report.schema.json").read_bytes()
    schema: dict[str, Any] = msgspec.json.decode(content)
    return schema


def report_json(report: CheckReport, lang: Language) -> bytes:
    """The report as indented UTF-8 JSON. Keys and codes never change with the language; texts do."""
    return msgspec.json.format(msgspec.json.encode(report_document(report, lang)), indent=1) + b"\n"


def report_document(report: CheckReport, lang: Language) -> dict[str, Any]:
    """The report as dictionaries, lists, strings, numbers and ``None``."""
    words = Renderer(report, lang)
    return {
        "schema_version": SCHEMA_VERSION,
        "govopen_version": __version__,
        "language": lang,
        "as_of": report.as_of.isoformat(),
        "known_at": report.known_at.isoformat() if report.known_at else None,
        "generated_at": report.generated_at.isoformat(),
        "complete": report.selection.everything,
        "selection": {
            "units": list(report.selection.units),
            "clauses": list(report.selection.clauses),
            "rules": list(report.selection.rules),
            "areas": list(report.selection.areas),
            "min_severity": report.selection.min_severity.value,
        },
        "instruments": _instruments(report, words),
        "calendars": dict(report.calendars),
        "units": [{"id": unit.id, "name": unit.name, "kind": unit.kind.value} for unit in report.units.values()],
        "summary": {
            "records": report.records,
            "statuses": {status.value: count for status, count in report.summary().items()},
            "findings": dict(Counter(entry.outcome.value for entry in report.findings)),
        },
        "obligations": [_obligation(entry, words) for entry in report.statuses],
        "findings": [_finding(entry, words) for entry in report.findings],
        "measurements": [_note(entry, words) for entry in report.notes],
        "notices": [
            {"code": notice.code, "text": words.notice(notice), "facts": _facts(notice.facts)}
            for notice in report.notices
        ],
    }


def _instruments(report: CheckReport, words: Renderer) -> list[dict[str, Any]]:
    found = []
    for chosen in report.instruments:
        name = chosen.id
        instrument = report.library.instrument(name)
        found.append(
            {
                "id": name,
                "title": words.text(instrument.title),
                "document_number": instrument.document_number,
                "issued_on": instrument.issued_on.isoformat(),
                "verified": instrument.verified,
                "adopted_for": chosen.jurisdiction or None,
                "continues": chosen.continues,
                "basis": chosen.basis or None,
            }
        )
    return found


def _obligation(entry: ObligationStatus, words: Renderer) -> dict[str, Any]:
    obligation = words.obligation(entry.citation)
    return {
        "unit": entry.unit,
        "obligation": str(entry.citation),
        "clause": entry.citation.clause,
        "text": words.text(obligation.text),
        "force": obligation.force.value,
        "check": obligation.check.value,
        "due": obligation.due.isoformat() if obligation.due else None,
        "reading": words.text(obligation.reading) or None,
        "status": entry.status.value,
        "reason": entry.reason.value or None,
        "rules": list(entry.rules),
        "counts": {outcome.value: count for outcome, count in entry.counts.items() if count},
        "done_on": entry.done_on.isoformat() if entry.done_on else None,
        "later_law": [
            {
                "by": str(later.by),
                "since": later.since.isoformat(),
                "effect": later.effect.value,
                "text": words.text(later.note),
                "verified": later.verified,
            }
            for later in entry.later_law
        ],
        "unverified": list(entry.unverified),
        "baselined": entry.baselined,
    }


def _finding(entry: Finding, words: Renderer) -> dict[str, Any]:
    rule = words.report.rules[entry.rule]
    return {
        **_said(entry, words),
        "outcome": entry.outcome.value,
        "severity": entry.severity.value,
        "obligations": [str(citation) for citation in entry.obligations],
        "act_on": entry.act_on.isoformat() if entry.act_on else None,
        "law": [str(citation) for citation in law_of(words.report, entry)],
        "rationale": words.text(rule.rationale),
        "remedy": words.text(rule.remedy),
        "waiver": entry.waiver or None,
        "baselined": entry.baselined,
        "fingerprint": entry.fingerprint,
    }


def _note(entry: Note, words: Renderer) -> dict[str, Any]:
    return _said(entry, words)


def _said(entry: Finding | Note, words: Renderer) -> dict[str, Any]:
    return {
        "rule": entry.rule,
        "unit": entry.unit,
        "record": {"type": entry.subject_type, "id": entry.subject},
        "message": entry.message,
        "text": words.message(entry),
        "facts": _facts(entry.facts),
    }


def _facts(facts: Mapping[str, Fact]) -> dict[str, Any]:
    return {name: _fact(value) for name, value in facts.items()}


def _fact(value: Fact) -> Any:
    if isinstance(value, tuple):
        return [_fact(member) for member in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        # Amounts keep their digits: a JSON number would become a binary fraction in the next program.
        return f"{value:f}"
    return str(value) if isinstance(value, str) else value
