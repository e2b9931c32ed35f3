"""Coverage: what answers each obligation of an instrument. Static: of instrument and rules, without any record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import attrs

from govopen.policy.citation import Citation
from govopen.policy.instrument import Check, Instrument
from govopen.rules.base import Rule
from govopen.texts import Label

__all__ = ["Answer", "Coverage", "CoveredObligation", "coverage"]


class Answer(Label):
    """By what an obligation is answered."""

    RULES = "rules", "自动规则", "automatic rules"
    EVIDENCE = "evidence", "凭证", "evidence"
    JUDGEMENT = "judgement", "判定", "judgement"
    DOWNGRADED = "downgraded", "降级（应自动核查，仅凭凭证或判定）", "downgraded"
    UNMAPPED = "unmapped", "无对应", "unmapped"


@attrs.frozen(kw_only=True)
class CoveredObligation:
    """An obligation and the codes of the rules that answer it."""

    citation: Citation
    check: Check
    answer: Answer
    rules: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Coverage:
    """What answers each obligation of one instrument, in the order of its text."""

    instrument: Instrument
    obligations: tuple[CoveredObligation, ...]

    def summary(self, clause: str = "") -> dict[Answer, int]:
        """How many obligations are answered how; with ``clause``, of that clause and those below it."""
        counts = Counter(entry.answer for entry in self.obligations if not clause or entry.citation.within(clause))
        return {answer: counts[answer] for answer in Answer}


def coverage(instrument: Instrument, rules: Iterable[Rule]) -> Coverage:
    """What answers each obligation of ``instrument`` among ``rules``."""
    answering: dict[Citation, list[Rule]] = {}
    for rule in rules:
        for citation in rule.answers:
            answering.setdefault(citation, []).append(rule)
    return Coverage(
        instrument=instrument,
        obligations=tuple(
            CoveredObligation(
                citation=citation,
                check=obligation.check,
                answer=_answer(obligation.check, answering.get(citation, [])),
                rules=tuple(rule.code for rule in answering.get(citation, [])),
            )
            for citation, _, obligation in instrument.obligations()
        ),
    )


def _answer(check: Check, rules: list[Rule]) -> Answer:
    kinds = {rule.kind for rule in rules}
    if not kinds:
        return Answer.UNMAPPED
    if check is Check.AUTO:
        return Answer.RULES if Check.AUTO in kinds else Answer.DOWNGRADED
    if check is Check.EVIDENCE and Check.EVIDENCE in kinds:
        return Answer.EVIDENCE
    if check is Check.JUDGEMENT and Check.JUDGEMENT in kinds:
        return Answer.JUDGEMENT
    # Evidence or judgement can be spared where a rule decides from records alone, never the other way round.
    return Answer.RULES if Check.AUTO in kinds else Answer.DOWNGRADED
