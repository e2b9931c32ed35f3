"""Words for codes: everything a report says, in one of the two languages.

Findings hold codes, keys and facts. Only here do they become sentences, and only from the texts of rules and law,
never from the text of a record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import attrs

from govopen.checking.result import CheckReport, Finding, Note, Notice, ObligationStatus
from govopen.checking.runs import ERROR_MESSAGE, NOT_COMPUTABLE
from govopen.policy.citation import Citation
from govopen.policy.instrument import Clause, Obligation
from govopen.rules.results import Fact
from govopen.texts import N_, Label, Language, Text, translate

__all__ = ["Renderer"]

_ERROR = N_("The rule itself failed ({error}); nothing is known of this subject.")


@attrs.frozen
class Renderer:
    """The words of one report in one language."""

    report: CheckReport
    lang: Language

    def say(self, message: str, **facts: object) -> str:
        """The program's own words."""
        return translate(message, self.lang, **facts)

    def text(self, text: Text | None) -> str:
        return text.get(self.lang) if text is not None else ""

    def label(self, label: Label) -> str:
        return label.text.get(self.lang)

    def fact(self, value: Fact) -> str:
        """A fact as a reader expects it: terms of the field in the language, dates as ISO 8601."""
        if isinstance(value, Label):
            return self.label(value)
        if isinstance(value, dt.date):
            return value.isoformat()
        if isinstance(value, tuple):
            return ("、" if self.lang == "zh-Hans" else ", ").join(self.fact(member) for member in value)
        if isinstance(value, Decimal):
            return f"{value:f}"
        return str(value)

    def _facts(self, facts: Mapping[str, Fact]) -> dict[str, str]:
        return {name: self.fact(value) for name, value in facts.items()}

    def message(self, entry: Finding | Note) -> str:
        """What a rule says of a subject."""
        facts = self._facts(entry.facts)
        if entry.message == NOT_COMPUTABLE:
            return self.say(facts.pop("cause"), **facts)
        if entry.message == ERROR_MESSAGE:
            return self.say(_ERROR, **facts)
        return self.report.rules[entry.rule].messages[entry.message].get(self.lang, **facts)

    def notice(self, notice: Notice) -> str:
        return self.say(notice.message, **self._facts(notice.facts))

    def clause(self, citation: Citation) -> Clause:
        return self.report.library.clause(citation)

    def obligation(self, citation: Citation) -> Obligation:
        return self.report.library.obligation(citation)

    def law(self, citation: Citation) -> str:
        """A citation with the name of its instrument and the heading of its clause."""
        instrument = self.report.library.instrument(citation.instrument)
        clause = self.report.library.clause(citation)
        mark = "" if clause.verified else self.say(" (not verified)")
        return f"{self.text(instrument.title)} {citation.local} {self.text(clause.heading)}{mark}"

    def status(self, entry: ObligationStatus) -> str:
        """A status with its reason, if it has one."""
        status = self.label(entry.status)
        if not entry.reason:
            return status
        reason = self.label(entry.reason)
        return f"{status}（{reason}）" if self.lang == "zh-Hans" else f"{status}: {reason}"

    def laws(self, finding: Finding) -> list[str]:
        """The law of a finding's rule that was in force on the day, each with its heading."""
        as_of = self.report.as_of
        basis = self.report.rules[finding.rule].basis
        in_force = [
            citation for citation in basis if self.report.library.instrument(citation.instrument).in_force(as_of)
        ]
        return [self.law(citation) for citation in in_force or basis]

    def readings(self, finding: Finding) -> list[str]:
        """How indefinite texts behind a finding were made checkable; they are ours, and the report says so."""
        found = (self.obligation(citation).reading for citation in finding.obligations)
        return [self.text(reading) for reading in found if reading is not None]
