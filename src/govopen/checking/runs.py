"""One rule on one unit: running it and keeping count of what it says."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from govopen.checking.algebra import worst
from govopen.checking.result import Finding, Note
from govopen.checking.waivers import Baseline, Waiver, fingerprint
from govopen.errors import NotComputable
from govopen.model.assurance import NilReturn
from govopen.model.base import Record, RecordType
from govopen.model.units import Unit
from govopen.policy.citation import Citation
from govopen.rules.base import FoldRule, Rule, Severity
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Outcome, Passed, Result, Undecidable, Verdict

__all__ = ["ERROR_MESSAGE", "NOT_COMPUTABLE", "Excuses", "FoldRun", "Raised", "Run"]

log = logging.getLogger("govopen.checking")

NOT_COMPUTABLE = "not_computable"
"""Message of a finding whose rule met a date for which law or calendar give no answer; its facts are the error's, and
``cause`` is the error's template."""

ERROR_MESSAGE = "error"
"""Message of a finding whose rule raised; its fact ``error`` names the class of the exception."""

_SILENT = frozenset({Outcome.NOT_APPLICABLE, Outcome.PASS, Outcome.NOTHING})


class Raised(Verdict):
    """The rule raised: nothing is known of the subject."""

    __slots__ = ()
    outcome = Outcome.ERROR


class Excuses:
    """The waivers and the baseline of a check, and which waivers came to be used."""

    def __init__(self, waivers: Iterable[Waiver], baseline: Baseline, as_of: dt.date) -> None:
        self._by_rule: dict[str, list[Waiver]] = {}
        for waiver in waivers:
            self._by_rule.setdefault(waiver.rule, []).append(waiver)
        self._as_of = as_of
        self.baseline = baseline
        self.used: set[str] = set()

    def waiver(self, rule: Rule, unit: str, subject: str) -> str:
        """The identifier of the waiver that excuses a failure, or nothing. A protected rule knows none."""
        if rule.protected:
            return ""
        for waiver in self._by_rule.get(rule.code, ()):
            if waiver.covers(unit, subject, self._as_of):
                self.used.add(waiver.id)
                return waiver.id
        return ""


class Run:
    """A rule on a unit.

    Attributes:
        live: The obligations it answers that the unit has to meet.
        subjects: How many subjects it has had.
        counts: Subjects by outcome; plain passes are reckoned by :meth:`settle`.
    """

    __slots__ = (
        "_excuses",
        "_type_name",
        "counts",
        "ctx",
        "done_on",
        "findings",
        "live",
        "nil",
        "no_such_duty",
        "notes",
        "rule",
        "severity",
        "subjects",
        "unit",
    )

    def __init__(
        self,
        *,
        rule: Rule,
        unit: Unit,
        ctx: Context,
        live: tuple[Citation, ...],
        subject_type: RecordType,
        severity: Severity,
        excuses: Excuses,
    ) -> None:
        self.rule = rule
        self.unit = unit
        self.ctx = ctx
        self.live = live
        self.severity = severity
        self.subjects = 0
        self.counts: Counter[Outcome] = Counter()
        self.done_on: dt.date | None = None
        self.nil = False
        self.no_such_duty = False
        self.findings: list[Finding] = []
        self.notes: list[Note] = []
        self._type_name = subject_type.name
        self._excuses = excuses

    def call(self, check: Callable[..., Result], subject: Record, *args: Any) -> None:
        """Run ``check`` and take what it says of ``subject``. Whatever it raises becomes an outcome."""
        try:
            result = check(*args)
        except Exception as error:  # noqa: BLE001 - it becomes an outcome, and is logged
            result = self.raised(error, subject)
        if result is not None:
            self.take(subject, result)

    def raised(self, error: Exception, subject: Record) -> Verdict:
        """What an exception of the rule says: undecidable if the law has no answer, else an error of the program."""
        if isinstance(error, NotComputable):
            facts: dict[str, Any] = {"cause": error.message, **error.facts}
            return Undecidable(NOT_COMPUTABLE, **facts)
        # The exception's text may hold the record's; its class and place do not.
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
        log.error(
            "Rule %s raised %s at %s on %s %s.",
            self.rule.code,
            type(error).__name__,
            place,
            self._type_name,
            subject.id,
        )
        return Raised(ERROR_MESSAGE, error=type(error).__name__)

    def take(self, subject: Record, result: Verdict | list[Verdict]) -> None:
        """Count what was said of one subject: its worst outcome, and a finding for each thing said."""
        said = result if isinstance(result, list) else [result]
        outcomes: Counter[Outcome] = Counter()
        for verdict in said:
            outcome = verdict.outcome
            if outcome is Outcome.FAIL and (waiver := self._excuses.waiver(self.rule, self.unit.id, subject.id)):
                outcome = Outcome.WAIVED
                self._find(subject, verdict, outcome, waiver)
            elif outcome not in _SILENT:
                self._find(subject, verdict, outcome, "")
            elif isinstance(verdict, Passed):
                self._pass(subject, verdict)
            outcomes[outcome] += 1
        self.counts[worst(outcomes) or Outcome.NOT_APPLICABLE] += 1

    def _pass(self, subject: Record, verdict: Passed) -> None:
        if verdict.done_on is not None and (self.done_on is None or verdict.done_on > self.done_on):
            self.done_on = verdict.done_on
        if self.ctx.detailed:
            self.notes.append(
                Note(
                    rule=self.rule.code,
                    unit=self.unit.id,
                    subject_type=self._type_name,
                    subject=subject.id,
                    message=verdict.message,
                    facts=verdict.facts,
                )
            )

    def _find(self, subject: Record, verdict: Verdict, outcome: Outcome, waiver: str) -> None:
        rule, unit = self.rule.code, self.unit.id
        mark = fingerprint(rule, unit, subject.id, verdict.message, verdict.facts)
        self.findings.append(
            Finding(
                rule=rule,
                outcome=outcome,
                severity=self.severity,
                unit=unit,
                subject_type=self._type_name,
                subject=subject.id,
                message=verdict.message,
                facts=verdict.facts,
                obligations=self.live,
                waiver=waiver,
                baselined=not self.rule.protected and mark in self._excuses.baseline,
            )
        )

    def settle(self, nil_returns: Iterable[NilReturn]) -> None:
        """Reckon the plain passes; where there was no subject, say what that means."""
        if self.subjects:
            self.counts[Outcome.PASS] += self.subjects - self.counts.total()
            return
        duty, as_of = self.rule.duty, self.ctx.as_of
        duties = self.unit.duties_on(as_of)
        if duty is not None and duties is not None and duty not in duties:
            self.no_such_duty = True
            self.counts[Outcome.NOT_APPLICABLE] = 1
        elif duty is not None and any(entry.duty is duty and entry.covers(as_of) for entry in nil_returns):
            self.nil = True
            self.counts[Outcome.PASS] = 1
        else:
            self.counts[Outcome.NOTHING] = 1


class FoldRun(Run):
    """A fold rule on a unit: values by roster record, and the records that could not be folded."""

    __slots__ = ("_raised", "values")
    rule: FoldRule

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)
        self.values: dict[Hashable, Any] = {}
        self._raised: dict[Hashable, Verdict] = {}

    def add(self, dossier: Dossier[Any]) -> None:
        """Fold one record in."""
        rule, record = self.rule, dossier.record
        if rule.when is not None and not rule.when(record):
            return
        key = rule.key(record)
        if key is None:
            return
        try:
            value = rule.map(dossier, self.ctx)
            self.values[key] = rule.merge(self.values[key], value) if key in self.values else value
        except Exception as error:  # noqa: BLE001 - it becomes an outcome, and is logged
            self._raised[key] = self.raised(error, record)

    def finish(self, dossier: Dossier[Any]) -> None:
        """Say what the records of one roster record add up to."""
        key = dossier.record.id
        if key in self._raised:
            self.subjects += 1
            self.take(dossier.record, self._raised[key])
        elif key in self.values or self.rule.without_records:
            self.subjects += 1
            self.call(self.rule.check, dossier.record, dossier, self.values.get(key), self.ctx)
