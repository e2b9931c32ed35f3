"""One obligation of one unit in plain lines: what has to be so, what was found, by which law, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govopen.checking.algebra import Reason, Status
from govopen.checking.result import CheckReport, Finding, ObligationStatus
from govopen.policy.citation import Citation
from govopen.report.overview import law_of
from govopen.report.render import Renderer
from govopen.rules.results import Outcome
from govopen.texts import N_

__all__ = [
    "PASSING",
    "UNSETTLED",
    "Found",
    "advice",
    "found_by_obligation",
    "lines_of",
    "of_rule",
    "said",
    "unexplained",
]

PASSING = frozenset({Status.SATISFIED, Status.MET_LATE})
"""The statuses that pass a test. Not applicable, waived or not checked is another thing than done."""

UNSETTLED = frozenset(
    {
        Status.VIOLATED,
        Status.ERROR,
        Status.UNDECIDABLE,
        Status.STALE,
        Status.AWAITING_EVIDENCE,
        Status.AWAITING_JUDGEMENT,
        Status.NOTHING_RECORDED,
        Status.NOT_SHOWN,
    }
)
"""The statuses after which somebody has something to do or to record."""

_NOTHING = N_(
    "There is no record to look at for {rules}. Record what there is; where there was nothing, an officer's nil return "
    "says so."
)

_UNSTATED = N_(
    "The time of {instrument} is over. Write `continues = true` or `continues = false` under "
    "[instruments.{instrument}] in govopen.toml: whether its standing duties go on."
)

Found = Mapping[tuple[str, Citation], Sequence[Finding]]
"""From a unit and an obligation to the findings that touch it."""


def found_by_obligation(report: CheckReport) -> Found:
    """The findings by the unit and obligation that they touch; one that touches several is under each."""
    found: dict[tuple[str, Citation], list[Finding]] = {}
    for entry in report.findings:
        for citation in entry.obligations:
            found.setdefault((entry.unit, citation), []).append(entry)
    return found


def advice(report: CheckReport, unit: str) -> list[Finding]:
    """The unit's findings that touch no obligation: their rules only advise, or ask what the unit need not meet."""
    return [entry for entry in report.findings if entry.unit == unit and not entry.obligations]


def unexplained(report: CheckReport, found: Found) -> list[ObligationStatus]:
    """The unsettled statuses without a finding: a report that lists findings only would pass them over in silence."""
    return [
        entry for entry in report.statuses if entry.status in UNSETTLED and (entry.unit, entry.citation) not in found
    ]


def said(entry: Finding, words: Renderer) -> str:
    """A finding in one line: its record, its outcome unless it plainly fails, what the rule says, who excused it."""
    parts = [f"{entry.subject_type} {entry.subject}:"]
    if entry.outcome is not Outcome.FAIL:
        parts.append(f"[{words.label(entry.outcome)}]")
    parts.append(words.message(entry))
    if entry.waiver:
        parts.append(words.waived(entry))
    if entry.baselined:
        parts.append(words.say("[accepted before]"))
    return " ".join(parts)


def lines_of(entry: ObligationStatus, findings: Sequence[Finding], words: Renderer) -> list[str]:
    """The obligation in full; law and remedy stand once under what each rule found.

    Args:
        entry: The status.
        findings: Those that touch the obligation for the unit.
        words: Of the report.
    """
    obligation = words.obligation(entry.citation)
    lines = [
        f"{words.status(entry)} · {entry.unit} · {entry.citation}",
        words.text(obligation.text),
        words.law(entry.citation),
    ]
    if obligation.reading is not None:
        lines.append(words.say("Our reading: {reading}", reading=words.text(obligation.reading)))
    if entry.status is Status.NOTHING_RECORDED:
        lines.append(words.say(_NOTHING, rules=" ".join(entry.rules)))
    if entry.reason is Reason.CONTINUATION_UNSTATED:
        lines += ["", words.say(_UNSTATED, instrument=entry.citation.instrument)]
    for code in dict.fromkeys(finding.rule for finding in findings):
        lines += ["", *of_rule([finding for finding in findings if finding.rule == code], words)]
    for later in entry.later_law:
        law = words.law(later.by, verified=later.verified)
        lines += ["", f"{later.since} {words.label(later.effect)}: {law}", words.text(later.note)]
    if entry.unverified:
        names = ", ".join(entry.unverified)
        lines += ["", words.say("Nobody has verified these in a copy of the text: {names}", names=names)]
    return lines


def of_rule(findings: Sequence[Finding], words: Renderer) -> list[str]:
    """What one rule found, the law that it rests on, and the remedy."""
    rule = words.report.rules[findings[0].rule]
    laws = dict.fromkeys(citation for finding in findings for citation in law_of(words.report, finding))
    separator = "；" if words.lang == "zh-Hans" else "; "
    lines = [f"{rule.code} {words.text(rule.title)}", *(f"  {said(finding, words)}" for finding in findings)]
    if laws:
        lines.append("  " + words.say("Law: {law}", law=separator.join(map(words.law, laws))))
    return [*lines, "  " + words.say("Do: {remedy}", remedy=words.text(rule.remedy))]
