"""Waivers and the baseline: what a unit has been excused from, and what it has been told before.

A waiver changes an outcome to *waived*. A baseline changes only the exit status, never a status. Rules on secrecy and
clearance know neither.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

import attrs

from govopen.model.base import within
from govopen.rules.results import Fact

__all__ = ["Baseline", "Waiver", "fingerprint"]


@attrs.frozen(kw_only=True)
class Waiver:
    """A named officer's excuse from a rule, for a time, on a legal basis.

    Attributes:
        id: What reports call it.
        rule: Code of the rule.
        units: Identifiers of units; empty: all.
        subjects: Identifiers of records, where ``*`` stands for any characters; empty: all.
        basis: The law that allows it.
        approver: Who approved it.
        since: First day.
        until: Last day.
    """

    id: str
    rule: str
    reason: str
    basis: str
    approver: str
    since: dt.date
    until: dt.date
    units: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    def covers(self, unit: str, subject: str, on: dt.date) -> bool:
        return (
            within(on, self.since, self.until)
            and (not self.units or unit in self.units)
            and (not self.subjects or any(_fits(subject, pattern) for pattern in self.subjects))
        )


def _fits(subject: str, pattern: str) -> bool:
    # Brackets and question marks may stand in identifiers and mean themselves.
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), subject) is not None


@attrs.frozen(kw_only=True)
class Baseline:
    """Old findings that have been accepted, by fingerprint."""

    fingerprints: frozenset[str] = frozenset()

    def __contains__(self, mark: str) -> bool:
        return mark in self.fingerprints

    @classmethod
    def of(cls, marks: Iterable[str]) -> Baseline:
        return cls(fingerprints=frozenset(marks))


def fingerprint(rule: str, unit: str, subject: str, message: str, facts: Mapping[str, Fact]) -> str:
    """What a finding is recognised by: rule, subject and failing facts, never a text or a language."""
    content = json.dumps([rule, unit, subject, message, dict(sorted(facts.items()))], default=_plain, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:24]


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    raise TypeError(f"{type(value).__name__} is no fact")
