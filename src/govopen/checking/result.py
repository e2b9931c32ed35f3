"""What a check says: the status of every obligation for every unit, the findings, and what to know about both."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

import attrs

from govopen.checking.algebra import Reason, Status
from govopen.checking.selection import Selection
from govopen.checking.settings import InstrumentSettings
from govopen.checking.waivers import Waiver, fingerprint
from govopen.errors import InputError
from govopen.model.units import Unit
from govopen.policy.citation import Citation
from govopen.policy.instrument import Overtaken
from govopen.policy.library import Library
from govopen.rules.base import Rule, Severity
from govopen.rules.results import Fact, Outcome
from govopen.texts import Text

__all__ = ["FAIL_ON", "CheckReport", "Finding", "Note", "Notice", "ObligationStatus"]

FAIL_ON: frozenset[Status] = frozenset({Status.VIOLATED, Status.ERROR, Status.UNDECIDABLE, Status.STALE})
"""The statuses that make a check fail unless the caller names others."""


@attrs.frozen(kw_only=True)
class Finding:
    """Something a rule has to say of a subject other than that it passes or does not concern it.

    Attributes:
        subject_type: Name of the record type; the subject itself is an identifier.
        message: Key of the rule's message; facts fill its places.
        act_on: The date of the act, if the record has one: the law of that day applies.
        obligations: The obligations that it touches, of those in force for the unit.
        waiver: Identifier of the waiver that excuses it.
        baselined: Accepted before: it no longer fails a run.
    """

    rule: str
    outcome: Outcome
    severity: Severity
    unit: str
    subject_type: str
    subject: str
    message: str
    facts: Mapping[str, Fact]
    act_on: dt.date | None = None
    obligations: tuple[Citation, ...]
    waiver: str = ""
    baselined: bool = False

    @property
    def fingerprint(self) -> str:
        """What a baseline knows it by."""
        return fingerprint(self.rule, self.unit, self.subject, self.message, self.facts)


@attrs.frozen(kw_only=True)
class Note:
    """What a rule measured where it passed. Only a detailed run has them."""

    rule: str
    unit: str
    subject_type: str
    subject: str
    message: str
    facts: Mapping[str, Fact]


@attrs.frozen(kw_only=True)
class Notice:
    """Something about the run itself: an expired waiver, records that no plugin knows.

    ``message`` is a msgid of the program's catalogue.
    """

    code: str
    message: str
    facts: Mapping[str, Fact]


@attrs.frozen(kw_only=True)
class ObligationStatus:
    """The status of one obligation for one unit.

    Attributes:
        counts: Subjects by outcome.
        rules: Codes of the rules that answer it.
        later_law: What later laws did to it by the as-of date.
        unverified: Matters and citations behind it that nobody has verified.
        baselined: Every finding that makes it fail has been accepted before.
    """

    unit: str
    citation: Citation
    status: Status
    reason: Reason = Reason.NONE
    counts: Mapping[Outcome, int]
    rules: tuple[str, ...] = ()
    later_law: tuple[Overtaken, ...] = ()
    unverified: tuple[str, ...] = ()
    done_on: dt.date | None = None
    baselined: bool = False


@attrs.frozen(kw_only=True, eq=False, slots=False)
class CheckReport:
    """The result of a check.

    Attributes:
        as_of: The legal day.
        known_at: The records were read as they stood then; ``None``: as they stand.
        generated_at: When the check ran.
        calendars: Version of each calendar used, by jurisdiction.
        waivers: The waivers that excuse any finding, by identifier.
        instruments: The instruments checked, with what the workspace decided of each.
        type_titles: What the record types are called, by name.
    """

    as_of: dt.date
    known_at: dt.datetime | None
    generated_at: dt.datetime
    selection: Selection
    library: Library
    rules: Mapping[str, Rule]
    units: Mapping[str, Unit]
    statuses: tuple[ObligationStatus, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]
    notices: tuple[Notice, ...]
    records: int
    calendars: Mapping[str, str]
    waivers: Mapping[str, Waiver]
    instruments: tuple[InstrumentSettings, ...]
    type_titles: Mapping[str, Text] = attrs.field(factory=dict)

    @property
    def adopted(self) -> Mapping[str, str]:
        """From an instrument that the workspace applies outside its own jurisdiction to the place it applies it to."""
        return {entry.id: entry.jurisdiction for entry in self.instruments if entry.jurisdiction}

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], ObligationStatus]:
        return {(entry.unit, str(entry.citation)): entry for entry in self.statuses}

    def status(self, unit: str, obligation: str) -> ObligationStatus:
        """The status of an obligation (``panyu-2011:1.3/o2``) for a unit.

        Raises:
            InputError: The report does not cover that unit or obligation.
        """
        try:
            return self._by_place[unit, obligation]
        except KeyError:
            raise InputError(
                "The report does not cover obligation {obligation} for unit {unit}.",
                hint="It covers the units {units}.",
                unit=unit,
                obligation=obligation,
                units=", ".join(self.units),
            ) from None

    def summary(self) -> dict[Status, int]:
        """How many obligations (counted per unit) have each status, in the order of a report."""
        counts = Counter(entry.status for entry in self.statuses)
        return {status: counts[status] for status in Status if counts[status]}

    def failing(self, fail_on: frozenset[Status] = FAIL_ON) -> tuple[ObligationStatus, ...]:
        """The statuses that make the run fail; those whose findings are all baselined do not."""
        return tuple(entry for entry in self.statuses if entry.status in fail_on and not entry.baselined)

    def fails(self, fail_on: frozenset[Status] = FAIL_ON) -> bool:
        """Whether the run fails: an obligation does, or a rule that only advises went wrong and errors count.

        What such a rule would have said nobody knows, and no status shows that it is missing.
        """
        broken = any(entry.outcome is Outcome.ERROR and not entry.obligations for entry in self.findings)
        return bool(self.failing(fail_on)) or (broken and Status.ERROR in fail_on)
