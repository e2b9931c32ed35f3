"""Findings as SARIF results, each at its place: the unit and, below it, the record."""

from __future__ import annotations

from typing import Any

from govopen.checking.algebra import Status
from govopen.checking.result import CheckReport, Finding, Note, ObligationStatus
from govopen.checking.waivers import fingerprint
from govopen.report.detail import found_by_obligation, unexplained
from govopen.report.overview import law_of
from govopen.report.render import Renderer
from govopen.report.sarif_law import Law
from govopen.report.sarif_rules import LEVELS, OBLIGATION, Rules
from govopen.report.sarif_text import literal, places
from govopen.rules.results import Outcome
from govopen.texts import Text

__all__ = ["Results"]

_KINDS = {
    Outcome.FAIL: "fail",
    Outcome.WAIVED: "fail",
    Outcome.ERROR: "open",
    Outcome.UNDECIDABLE: "open",
    Outcome.STALE: "open",
    Outcome.AWAITING_EVIDENCE: "review",
    Outcome.AWAITING_JUDGEMENT: "review",
}
"""``open``: not enough is known to decide. ``review``: a person has to (3.27.9). What is waived fails, suppressed."""

_STATUS_KINDS = {
    Status.VIOLATED: "fail",
    Status.AWAITING_EVIDENCE: "review",
    Status.AWAITING_JUDGEMENT: "review",
    Status.NOTHING_RECORDED: "review",
}

_FINGERPRINT = "govopenFinding/v1"


class Results:
    """The results of a run, and the logical locations that they lie in.

    Args:
        words: In the language of the run.
        rules: Its descriptors.
        law: Its taxonomies.
        baseline: Whether the findings were compared with a baseline.
    """

    def __init__(self, words: Renderer, rules: Rules, law: Law, *, baseline: bool) -> None:
        self._words = words
        self._rules = rules
        self._law = law
        self._baseline = baseline
        self._index: dict[tuple[str, ...], int] = {}
        self.locations: list[dict[str, Any]] = []
        for unit in self._report.units:
            self._place(unit)

    @property
    def _report(self) -> CheckReport:
        return self._words.report

    def all(self) -> list[dict[str, Any]]:
        """Every finding in the report's order; then the unsettled obligations without one; then what was measured."""
        silent = unexplained(self._report, found_by_obligation(self._report))
        return [
            *map(self._finding, self._report.findings),
            *map(self._status, silent),
            *map(self._note, self._report.notes),
        ]

    def _finding(self, entry: Finding) -> dict[str, Any]:
        kind = _KINDS[entry.outcome]
        result = {
            **self._said(entry),
            "kind": kind,
            "level": LEVELS[entry.severity] if kind == "fail" else "none",
            "partialFingerprints": {_FINGERPRINT: entry.fingerprint},
            # Of one result a viewer has to know that it is not suppressed, as soon as another is (3.27.23).
            "suppressions": [self._suppression(entry)] if entry.waiver else [],
            "properties": {
                "outcome": entry.outcome.value,
                "severity": entry.severity.value,
                "law": [str(citation) for citation in law_of(self._report, entry)],
                **({"actOn": entry.act_on.isoformat()} if entry.act_on else {}),
            },
        }
        if entry.obligations:
            result["taxa"] = self._law.references(entry.obligations)
        return self._compared(result, accepted=entry.baselined)

    def _status(self, entry: ObligationStatus) -> dict[str, Any]:
        kind = _STATUS_KINDS.get(entry.status, "open")
        text = f"{entry.citation}: {self._words.status(entry)}"
        mark = fingerprint(OBLIGATION, entry.unit, str(entry.citation), entry.status.value, {})
        result = {
            "ruleId": f"{OBLIGATION}/{entry.status.value}",
            "ruleIndex": self._rules.index(OBLIGATION),
            "message": {"text": literal(text)},
            "locations": self._place(entry.unit),
            "kind": kind,
            "level": "error" if kind == "fail" else "none",
            "partialFingerprints": {_FINGERPRINT: mark},
            "suppressions": [],
            "taxa": self._law.references([entry.citation]),
            "properties": {"status": entry.status.value, **({"reason": entry.reason.value} if entry.reason else {})},
        }
        return self._compared(result, accepted=False)

    def _note(self, entry: Note) -> dict[str, Any]:
        mark = fingerprint(entry.rule, entry.unit, entry.subject, entry.message, entry.facts)
        result = {
            **self._said(entry),
            "kind": "pass",
            "level": "none",
            "partialFingerprints": {_FINGERPRINT: mark},
            "suppressions": [],
        }
        return self._compared(result, accepted=False)

    def _said(self, entry: Finding | Note) -> dict[str, Any]:
        return {
            "ruleId": entry.rule,
            "ruleIndex": self._rules.index(entry.rule),
            "message": self._message(entry),
            "locations": self._place(entry.unit, entry.subject_type, entry.subject),
        }

    def _message(self, entry: Finding | Note) -> dict[str, Any]:
        """The text as every viewer shows it, and the rule's own message with its facts, for those that translate."""
        message: dict[str, Any] = {"text": literal(self._words.message(entry))}
        own: Text | None = self._report.rules[entry.rule].messages.get(entry.message)
        if own is not None and all(name in entry.facts for name in places(own)):
            message["id"] = entry.message
            if named := places(own):
                message["arguments"] = [self._words.fact(entry.facts[name]) for name in named]
        return message

    def _suppression(self, entry: Finding) -> dict[str, Any]:
        return {"kind": "external", "status": "accepted", "justification": self._words.waived(entry)}

    def _compared(self, result: dict[str, Any], *, accepted: bool) -> dict[str, Any]:
        if self._baseline:
            result["baselineState"] = "unchanged" if accepted else "new"
        return result

    def _place(self, unit: str, type_: str = "", id_: str = "") -> list[dict[str, Any]]:
        """The location of a record, or of the unit; neither can hold a slash, so the whole name is one name only."""
        above = self._logical((unit,), {"name": unit, "kind": "unit"})
        found = above
        if type_ and (type_, id_) != ("unit", unit):
            found = self._logical((unit, type_, id_), {"name": id_, "kind": type_, "parentIndex": above})
        return [
            {"logicalLocations": [{"index": found, "fullyQualifiedName": self.locations[found]["fullyQualifiedName"]}]}
        ]

    def _logical(self, names: tuple[str, ...], location: dict[str, Any]) -> int:
        if names not in self._index:
            self._index[names] = len(self.locations)
            self.locations.append({**location, "fullyQualifiedName": "/".join(names)})
        return self._index[names]
