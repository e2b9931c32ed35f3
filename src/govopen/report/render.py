"""Words for codes: everything a report says, in one of the two languages.

Findings hold codes, keys and facts. Only here do they become sentences, and only from the texts of rules and law,
never from the text of a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from govopen.checking.result import CheckReport, Finding, Note, Notice, ObligationStatus
from govopen.checking.runs import ERROR_MESSAGE, NOT_COMPUTABLE
from govopen.checking.settings import InstrumentSettings
from govopen.model.base import FieldName
from govopen.policy.citation import Citation
from govopen.policy.instrument import Clause, InstrumentKind, Obligation
from govopen.rules.results import Fact, Worded
from govopen.texts import N_, Label, Language, Text, shown, translate

__all__ = ["Renderer"]

_ERROR = N_("The rule itself failed ({error}); nothing is known of this subject.")
_WHOLE = N_("{title}: {heading}")
_PLACE = N_("{title}, {number} {heading}")
_ARTICLE = N_("{title}, article {number}: {heading}")
_ITEM = N_("{title}, article {number}, item {item}: {heading}")

_IN_ARTICLES = frozenset({InstrumentKind.LAW, InstrumentKind.ADMINISTRATIVE_REGULATION, InstrumentKind.GOVERNMENT_RULE})


@attrs.frozen
class Renderer:
    """The words of one report in one language."""

    report: CheckReport
    lang: Language

    def say(self, message: str, **facts: object) -> str:
        """The program's own words."""
        return _filled(translate(message, self.lang), facts)

    def text(self, text: Text | None) -> str:
        return text.get(self.lang) if text is not None else ""

    def label(self, label: Label) -> str:
        return label.text.get(self.lang)

    def listed(self, words: Iterable[str]) -> str:
        """Several words in a row."""
        return ("、" if self.lang == "zh-Hans" else ", ").join(words)

    def fact(self, value: Fact) -> str:
        """A fact as a reader expects it: terms of the field in the language, dates as ISO 8601."""
        if isinstance(value, Worded):
            return self.text(value.text)
        if isinstance(value, FieldName):
            return value.term.zh if self.lang == "zh-Hans" else value.term.en
        if isinstance(value, tuple):
            return self.listed(self.fact(member) for member in value)
        return str(shown(value, self.lang))

    def _facts(self, facts: Mapping[str, Fact]) -> dict[str, str]:
        return {name: self.fact(value) for name, value in facts.items()}

    def message(self, entry: Finding | Note) -> str:
        """What a rule says of a subject. A plugin's message that is missing or lacks a fact is shown as it is."""
        facts = self._facts(entry.facts)
        own = self.report.rules[entry.rule].messages.get(entry.message)
        if own is not None:
            template = self.text(own)
        elif entry.message == NOT_COMPUTABLE:
            template = translate(facts.pop("cause", ""), self.lang)
        elif entry.message == ERROR_MESSAGE:
            template = translate(_ERROR, self.lang)
        else:
            template = entry.message
        try:
            return _filled(template, facts)
        except (LookupError, ValueError):
            return f"{entry.message} ({', '.join(f'{name}: {value}' for name, value in facts.items())})"

    def notice(self, notice: Notice) -> str:
        return self.say(notice.message, **self._facts(notice.facts))

    def record_type(self, name: str) -> str:
        """What records of the type are called."""
        title = self.report.type_titles.get(name)
        return name if title is None else self.text(title)

    def clause(self, citation: Citation) -> Clause:
        return self.report.library.clause(citation)

    def obligation(self, citation: Citation) -> Obligation:
        return self.report.library.obligation(citation)

    def law(self, citation: Citation, *, verified: bool = True) -> str:
        """A citation with the name of its instrument and the heading of its clause, as law is cited.

        It is marked if nobody has verified it, or, where ``verified`` is false, what it is cited for.
        """
        instrument = self.report.library.instrument(citation.instrument)
        heading = self.text(self.report.library.clause(citation).heading)
        mark = "" if verified and self.report.library.verified(citation) else self.say(" (not verified)")
        article, _, item = citation.clause.partition(".")
        template = _PLACE
        if citation.clause == "0":
            template = _WHOLE
        elif instrument.kind in _IN_ARTICLES:
            template = _ITEM if item else _ARTICLE
        number = article if template is not _PLACE else citation.local
        return self.say(template, title=self.text(instrument.title), number=number, item=item, heading=heading) + mark

    def status(self, entry: ObligationStatus) -> str:
        """A status with its reason, if it has one."""
        status = self.label(entry.status)
        if not entry.reason:
            return status
        reason = self.label(entry.reason)
        return f"{status}（{reason}）" if self.lang == "zh-Hans" else f"{status}: {reason}"

    def decided(self, chosen: InstrumentSettings) -> list[str]:
        """What the workspace decided of an instrument."""
        said = []
        if chosen.jurisdiction:
            said.append(self.say("Applied to the units of {place} by the workspace's word.", place=chosen.jurisdiction))
        if chosen.continues is not None:
            goes_on = N_("By the workspace's word the plan's standing duties go on after its time.")
            ended = N_("By the workspace's word the plan's duties ended with its time.")
            said.append(self.say(goes_on if chosen.continues else ended))
        if said and chosen.basis:
            said.append(self.say("It rests on: {basis}", basis=chosen.basis))
        return said

    def waived(self, entry: Finding) -> str:
        """By which waiver a finding is excused: what it rests on, who approved it, and until when."""
        waiver = self.report.waivers[entry.waiver]
        return self.say(
            "Waived: {waiver} ({basis}; {approver}; until {until})",
            waiver=waiver.id,
            basis=waiver.basis,
            approver=waiver.approver,
            until=waiver.until.isoformat(),
        )

    def readings(self, obligations: Iterable[Citation]) -> list[str]:
        """How indefinite texts were made checkable; the readings are ours, and the report says so."""
        found = (self.obligation(citation).reading for citation in obligations)
        return [self.text(reading) for reading in found if reading is not None]


def _filled(template: str, facts: Mapping[str, object]) -> str:
    """A fact may have any name, also one of a parameter of ours."""
    return template.format(**facts) if facts else template
