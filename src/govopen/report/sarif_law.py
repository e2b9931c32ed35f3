"""Instruments as SARIF taxonomies: a taxon for each clause that is cited, and for each obligation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from govopen.checking.result import CheckReport
from govopen.policy.citation import Citation
from govopen.policy.instrument import Clause, Instrument, Obligation
from govopen.report.render import Renderer
from govopen.report.sarif_text import CULTURES, message_string

__all__ = ["Law"]


@attrs.frozen
class Law:
    """Where each place of the law stands in the taxonomies of a run.

    Attributes:
        instruments: In the order of the taxonomies: those that are checked, then those that are only cited.
        taxa: From a place to its taxonomy's and its own position.
    """

    instruments: tuple[Instrument, ...]
    taxa: dict[Citation, tuple[int, int]]

    @classmethod
    def of(cls, report: CheckReport) -> Law:
        """All that the statuses and rules of a report name."""
        named = {entry.citation for entry in report.statuses}
        for rule in report.rules.values():
            named.update(rule.answers, rule.basis)
        checked = [entry.id for entry in report.instruments]
        others = sorted({citation.instrument for citation in named} - set(checked))
        instruments = tuple(report.library.instrument(name) for name in (*checked, *others))
        taxa = {
            place: (number, position)
            for number, instrument in enumerate(instruments)
            for position, place in enumerate(_places(instrument, named))
        }
        return cls(instruments, taxa)

    def taxonomies(self, words: Renderer) -> list[dict[str, Any]]:
        """The components that define the taxa, in the language of ``words``."""
        return [self._taxonomy(number, instrument, words) for number, instrument in enumerate(self.instruments)]

    def translations(self, words: Renderer, name: str) -> list[dict[str, Any]]:
        """The same texts in another language, as translations called ``name``."""
        return [
            {
                "name": instrument.id,
                "language": CULTURES[words.lang],
                "contents": ["localizedData"],
                "translationMetadata": {"name": name},
                "associatedComponent": self.component(number),
                "shortDescription": message_string(words.text(instrument.title)),
                "taxa": [_texts(place, words) for place in self._of(number)],
            }
            for number, instrument in enumerate(self.instruments)
        ]

    def component(self, number: int) -> dict[str, Any]:
        """A reference to a taxonomy."""
        return {"name": self.instruments[number].id, "index": number}

    def reference(self, place: Citation) -> dict[str, Any]:
        """A reference to a taxon."""
        number, position = self.taxa[place]
        return {"id": place.local, "index": position, "toolComponent": self.component(number)}

    def references(self, places: Iterable[Citation]) -> list[dict[str, Any]]:
        return [self.reference(place) for place in places]

    def _of(self, number: int) -> list[Citation]:
        return [place for place, (taxonomy, _) in self.taxa.items() if taxonomy == number]

    def _taxonomy(self, number: int, instrument: Instrument, words: Renderer) -> dict[str, Any]:
        return {
            "name": instrument.id,
            "organization": words.text(instrument.issuer),
            "shortDescription": message_string(words.text(instrument.title)),
            "releaseDateUtc": instrument.issued_on.isoformat(),
            **({"version": instrument.document_number} if instrument.document_number else {}),
            "language": CULTURES[words.lang],
            # SARIF takes what is not said to be comprehensive for a part; only what is cited is here.
            "contents": ["localizedData", "nonLocalizedData"],
            "taxa": [{**_texts(place, words), "properties": _facts(place, words)} for place in self._of(number)],
            "properties": {
                "kind": instrument.kind.value,
                "jurisdiction": instrument.jurisdiction,
                "verified": instrument.verified,
            },
        }


def _places(instrument: Instrument, named: set[Citation]) -> Iterator[Citation]:
    for clause in instrument.clauses:
        place = Citation(instrument.id, clause.id)
        obligations = [Citation(instrument.id, clause.id, entry.id) for entry in clause.obligations]
        wanted = [obligation for obligation in obligations if obligation in named]
        if wanted or place in named:
            yield place
            yield from wanted


def _entry(place: Citation, words: Renderer) -> Clause | Obligation:
    return words.obligation(place) if place.obligation else words.clause(place)


def _texts(place: Citation, words: Renderer) -> dict[str, Any]:
    entry = _entry(place, words)
    if isinstance(entry, Clause):
        short, full = words.text(entry.heading), words.text(entry.gist)
    else:
        short = full = words.text(entry.text)
        if entry.reading is not None:
            full += "\n" + words.say("Our reading: {reading}", reading=words.text(entry.reading))
    return {"id": place.local, "shortDescription": message_string(short), "fullDescription": message_string(full)}


def _facts(place: Citation, words: Renderer) -> dict[str, Any]:
    entry = _entry(place, words)
    verified = words.report.library.verified(place)
    if isinstance(entry, Clause):
        return {"verified": verified}
    return {
        "force": entry.force.value,
        "check": entry.check.value,
        "area": entry.area,
        **({"due": entry.due.isoformat()} if entry.due else {}),
        "verified": verified,
    }
