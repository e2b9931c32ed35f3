"""Rules as SARIF reporting descriptors, with their translation into the other language."""

from __future__ import annotations

from typing import Any

from govopen.policy.citation import Citation
from govopen.report.render import Renderer
from govopen.report.sarif_law import Law
from govopen.report.sarif_text import CULTURES, literal, message_string, numbered, places
from govopen.rules.base import Rule, Severity
from govopen.texts import LANGUAGES, N_, Language

__all__ = ["LEVELS", "OBLIGATION", "TOOL", "Rules"]

TOOL = "govopen"
"""Name of the tool and of its component."""

LEVELS = {Severity.CRITICAL: "error", Severity.SERIOUS: "error", Severity.MINOR: "warning", Severity.ADVICE: "note"}
"""SARIF has three levels; the property ``severity`` keeps ours."""

OBLIGATION = "obligation"
"""Identifier of the descriptor for a status that no finding explains."""

_ABOUT = N_("The status of an obligation that no finding explains")
_TRANSLATION = N_("Texts of rules and law in simplified Chinese and English")


class Rules:
    """The descriptors of all rules of a check, in the order of their codes.

    Args:
        words: In the language of the run.
        law: The taxonomies of the run.
    """

    def __init__(self, words: Renderer, law: Law) -> None:
        self._words = words
        self._law = law
        self._rules = [words.report.rules[code] for code in sorted(words.report.rules)]
        self._index = {rule.code: position for position, rule in enumerate(self._rules)}

    def index(self, code: str) -> int:
        """Position of a rule's descriptor; that of :data:`OBLIGATION` is the last."""
        return len(self._rules) if code == OBLIGATION else self._index[code]

    def driver(self, version: str, notifications: list[dict[str, Any]]) -> dict[str, Any]:
        """The tool's own component."""
        return {
            "name": TOOL,
            "version": version,
            "semanticVersion": version,
            "language": CULTURES[self._words.lang],
            "contents": ["localizedData", "nonLocalizedData"],
            "rules": [
                *({**_texts(rule, self._words), **self._facts(rule)} for rule in self._rules),
                {**_obligation(self._words), "name": "obligation-status"},
            ],
            "notifications": notifications,
            "supportedTaxonomies": [self._law.component(number) for number in range(len(self._law.instruments))],
        }

    def translations(self) -> list[dict[str, Any]]:
        """The texts of rules and law in the other language."""
        other: Language = next(lang for lang in LANGUAGES if lang != self._words.lang)
        words = Renderer(self._words.report, other)
        name = words.say(_TRANSLATION)
        own = {
            "name": TOOL,
            "language": CULTURES[other],
            "contents": ["localizedData"],
            "translationMetadata": {"name": name},
            "associatedComponent": {"name": TOOL},
            "rules": [*(_texts(rule, words) for rule in self._rules), _obligation(words)],
        }
        return [own, *self._law.translations(words, name)]

    def _facts(self, rule: Rule) -> dict[str, Any]:
        """What does not change with the language."""
        found: dict[str, Any] = {
            "name": rule.name,
            "defaultConfiguration": {"level": LEVELS[rule.severity]},
            "properties": {
                "severity": rule.severity.value,
                "check": rule.kind.value,
                "protected": rule.protected,
                "matters": list(rule.matters),
                "answers": [str(citation) for citation in rule.answers],
                "law": [str(citation) for citation in rule.basis],
            },
        }
        if relations := [self._relation(place) for place in dict.fromkeys((*rule.answers, *rule.basis))]:
            found["relationships"] = relations
        return found

    def _relation(self, place: Citation) -> dict[str, Any]:
        return {"target": self._law.reference(place), "kinds": ["relevant"]}


def _texts(rule: Rule, words: Renderer) -> dict[str, Any]:
    separator = "；" if words.lang == "zh-Hans" else "; "
    law = words.say("Law: {law}", law=separator.join(map(words.law, rule.basis))) if rule.basis else ""
    help_ = [words.say("Do: {remedy}", remedy=words.text(rule.remedy)), law]
    return {
        "id": rule.code,
        "shortDescription": message_string(words.text(rule.title)),
        "fullDescription": message_string(words.text(rule.rationale)),
        "help": {"text": literal("\n".join(filter(None, help_)))},
        "messageStrings": {
            key: {"text": numbered(words.text(message), places(message))} for key, message in rule.messages.items()
        },
    }


def _obligation(words: Renderer) -> dict[str, Any]:
    return {"id": OBLIGATION, "shortDescription": message_string(words.say(_ABOUT))}
