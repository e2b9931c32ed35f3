"""One rule on one unit: running it and keeping count of what it says."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Any, cast

from govopen.checking.algebra import worst
from govopen.checking.result import Finding, Note
from govopen.checking.waivers import Baseline, Waiver, fingerprint
from govopen.errors import NotComputable, RuleError
from govopen.model.assurance import NilReturn
from govopen.model.base import Record, RecordType
from govopen.model.units import Unit
from govopen.policy.citation import Citation
from govopen.rules.base import FoldRule, Rule, Severity
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fact, Outcome, Passed, Result, Undecidable, Verdict

__all__ = ["ERROR_MESSAGE", "NOT_COMPUTABLE", "Excuses", "FoldRun", "Raised", "Run"]

log = logging.getLogger("govopen.checking")

NOT_COMPUTABLE = "not_computable"
"""Message of a finding whose rule met a date for which law or calendar give no answer; its facts are the error's, and
``cause`` is the error's template."""

ERROR_MESSAGE = "error"
"""Message of a finding whose rule raised; its fact ``error`` names the class of the exception."""

_NOT_FOR_RULES = frozenset({Outcome.WAIVED, Outcome.NOTHING})
"""What only waivers and the absence of records can bring about."""

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
        "_type",
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
        "undated",
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
        self.undated = False
        self.nil = False
        self.no_such_duty = False
        self.findings: list[Finding] = []
        self.notes: list[Note] = []
        self._type = subject_type
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
            verdict = Undecidable(NOT_COMPUTABLE)
            # What is no fact after all is found when the verdict is heard.
            verdict.facts = cast("dict[str, Fact]", {**error.facts, "cause": error.message})
            return verdict
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
            self._type.name,
            subject.id,
        )
        return Raised(ERROR_MESSAGE, error=type(error).__name__)

    def take(self, subject: Record, result: Verdict | list[Verdict]) -> None:
        """Count what was said of one subject: its worst outcome, and a finding for each thing said.

        An empty list says nothing: a plain pass. What is no verdict, or holds what is no fact, is the rule's error.
        """
        results = result if isinstance(result, list) else [result]
        if not results:
            return
        try:
            said = [self._hear(subject, verdict) for verdict in results]
        except Exception as error:  # noqa: BLE001 - it becomes an outcome, and is logged
            said = [self._hear(subject, self.raised(error, subject))]
        outcomes: Counter[Outcome] = Counter()
        for outcome, entry, done_on in said:
            outcomes[outcome] += 1
            if isinstance(entry, Finding):
                self.findings.append(entry)
            elif entry is not None:
                self.notes.append(entry)
            if done_on is not None and (self.done_on is None or done_on > self.done_on):
                self.done_on = done_on
            self.undated |= outcome is Outcome.PASS and done_on is None
        self.counts[worst(outcomes) or Outcome.NOT_APPLICABLE] += 1

    def _hear(self, subject: Record, verdict: Verdict) -> tuple[Outcome, Finding | Note | None, dt.date | None]:
        """One thing said: its outcome, what the report tells of it, and on which day it was done."""
        if not isinstance(verdict, Verdict):
            raise RuleError("A rule returned a {kind}.", kind=type(verdict).__name__)
        outcome, waiver = verdict.outcome, ""
        if outcome in _NOT_FOR_RULES:
            raise RuleError("A rule may not say '{outcome}' itself.", outcome=outcome.value)
        done_on = verdict.done_on if isinstance(verdict, Passed) else None
        if outcome in _SILENT and not (self.ctx.detailed and isinstance(verdict, Passed)):
            return outcome, None, done_on
        rule, unit = self.rule.code, self.unit.id
        mark = fingerprint(rule, unit, subject.id, verdict.message, verdict.facts)
        about: dict[str, Any] = {
            "rule": rule,
            "unit": unit,
            "subject_type": self._type.name,
            "subject": subject.id,
            "message": verdict.message,
            "facts": verdict.facts,
        }
        if outcome in _SILENT:
            return outcome, Note(**about), done_on
        if outcome is Outcome.FAIL and (waiver := self._excuses.waiver(self.rule, unit, subject.id)):
            outcome = Outcome.WAIVED
        finding = Finding(
            outcome=outcome,
            severity=self.severity,
            obligations=self.live,
            act_on=self._type.act_date(subject),
            waiver=waiver,
            # That a rule crashes cannot be accepted: nothing is known of its subjects.
            baselined=outcome is not Outcome.ERROR and not self.rule.protected and mark in self._excuses.baseline,
            **about,
        )
        return outcome, finding, done_on

    def settle(self, nil_returns: Iterable[NilReturn]) -> None:
        """Reckon the plain passes; where there was no subject, say what that means."""
        if self.subjects:
            plain = self.subjects - self.counts.total()
            self.counts[Outcome.PASS] += plain
            self.undated |= plain > 0
            return
        duty, as_of = self.rule.duty, self.ctx.as_of
        duties = self.unit.duties_on(as_of)
        if duty is not None and self.rule.excusable and duties is not None and duty not in duties:
            self.no_such_duty = True
            self.counts[Outcome.NOT_APPLICABLE] = 1
        elif duty is not None and any(entry.duty is duty and entry.speaks_for(as_of) for entry in nil_returns):
            self.nil = self.undated = True
            self.counts[Outcome.PASS] = 1
        else:
            self.counts[Outcome.NOTHING] = 1


class FoldRun(Run):
    """A fold rule on a unit: values by roster record, and the records that could not be folded."""

    __slots__ = ("_lost", "_raised", "values")
    rule: FoldRule

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)
        self.values: dict[Hashable, Any] = {}
        self._raised: dict[Hashable, Verdict] = {}
        self._lost: Verdict | None = None

    def add(self, dossier: Dossier[Any]) -> None:
        """Fold one record in."""
        rule, record = self.rule, dossier.record
        try:
            if rule.when is not None and not rule.when(record):
                return
            key = rule.key(record)
            hash(key)
        except Exception as error:  # noqa: BLE001 - it becomes an outcome, and is logged
            # Whose record this is nobody knows: it may be missing from any of them.
            self._lost = self.raised(error, record)
            return
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
        if raised := self._raised.get(key, self._lost):
            self.subjects += 1
            self.take(dossier.record, raised)
        elif key in self.values or self.rule.without_records:
            self.subjects += 1
            self.call(self.rule.check, dossier.record, dossier, self.values.get(key), self.ctx)
