"""What a run checks. What is left out is reported as *not checked*, never as met."""

from __future__ import annotations

from fnmatch import fnmatchcase

import attrs

from govopen.policy.citation import Citation
from govopen.policy.instrument import Obligation
from govopen.rules.base import Rule, Severity

__all__ = ["ALL", "Selection"]


@attrs.frozen(kw_only=True)
class Selection:
    """Units by identifier, clauses by number (with those below), rules by code or pattern, areas, severity.

    An empty tuple selects everything of its kind.
    """

    units: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    min_severity: Severity = Severity.ADVICE

    @property
    def everything(self) -> bool:
        """Whether nothing is left out. Only then can an unused waiver be told."""
        return self == ALL

    def takes_unit(self, unit_id: str) -> bool:
        return not self.units or unit_id in self.units

    def takes_obligation(self, citation: Citation, obligation: Obligation) -> bool:
        """Clauses may be written ``1.3`` or ``panyu-2011:1.3``."""
        if self.areas and obligation.area not in self.areas:
            return False
        return not self.clauses or any(_clause_matches(citation, clause) for clause in self.clauses)

    def takes_rule(self, rule: Rule, severity: Severity | None = None) -> bool:
        """Of ``severity`` if the workspace raised it; otherwise of the rule's own."""
        if (severity or rule.severity).rank > self.min_severity.rank:
            return False
        return not self.rules or any(fnmatchcase(rule.code, pattern) for pattern in self.rules)


def _clause_matches(citation: Citation, wanted: str) -> bool:
    instrument, _, clause = wanted.rpartition(":")
    if instrument and instrument != citation.instrument:
        return False
    number, _, obligation = clause.partition("/")
    return citation.within(number) if not obligation else citation.local == clause


ALL = Selection()
"""Everything."""
