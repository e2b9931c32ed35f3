"""Rules that ask for evidence or for a judgement: factories, and the pure functions that decide.

Such a rule is about a unit and answers exactly one obligation. It decides nothing by itself: an officer accepted a
document, or judged. What the facts of a record show is for automatic rules, which refine these and outrank them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from govopen.model.assurance import Evidence, Judgement, Verdict
from govopen.model.base import filled
from govopen.model.units import Unit
from govopen.policy.citation import Citation
from govopen.policy.instrument import Check
from govopen.rules import samples
from govopen.rules.base import Case, Reads, RecordRule, Severity
from govopen.rules.context import Context, Dossier
from govopen.rules.results import AwaitingEvidence, AwaitingJudgement, Fail, Passed, Result, Stale
from govopen.texts import Text

__all__ = ["evidence_outcome", "evidence_rule", "judgement_outcome", "judgement_rule"]

_SHA256 = re.compile(r"[0-9A-Fa-f]{64}")

_EVIDENCE_MESSAGES = {
    "accepted": Text("凭证{evidence}已被接受，并覆盖该日。", "Evidence {evidence} was accepted and covers the day."),
    "stale": Text(
        "曾接受凭证{evidence}，但只覆盖到{last_day}。",
        "Evidence {evidence} was accepted, but covers no day after {last_day}.",
    ),
    "future": Text(
        "已接受凭证{evidence}，但自{covers_from}起才覆盖。",
        "Evidence {evidence} was accepted, but covers no day before {covers_from}.",
    ),
    "not_accepted": Text(
        "凭证{evidence}尚未被接受：文件摘要（SHA-256）、审核接受人、接受日期须齐全。",
        "Evidence {evidence} is not accepted yet: it needs the document's SHA-256, the officer and the day.",
    ),
    "none": Text("没有提交凭证。", "No evidence has been filed."),
}

_JUDGEMENT_MESSAGES = {
    "met": Text("{judged_on}的判定{judgement}：符合。", "Judgement {judgement} of {judged_on}: met."),
    "partly": Text("{judged_on}的判定{judgement}：部分符合。", "Judgement {judgement} of {judged_on}: partly met."),
    "not_met": Text("{judged_on}的判定{judgement}：不符合。", "Judgement {judgement} of {judged_on}: not met."),
    "none": Text(
        "没有覆盖该日、且写明判定人和理由的判定。",
        "There is no judgement that covers the day and names its officer and reason.",
    ),
}


def _accepted_on(evidence: Evidence, ctx: Context) -> dt.date | None:
    if _SHA256.fullmatch(evidence.digest) is None or not filled(evidence.accepted_by):
        return None
    return evidence.accepted_on if ctx.known(evidence.accepted_on) else None


def _last_day(evidence: Evidence) -> dt.date:
    return min(evidence.covers_until, evidence.expires_on or dt.date.max)


def evidence_outcome(records: Iterable[Evidence], obligation: str, ctx: Context) -> Result:
    """What the evidence filed for ``obligation`` says of the as-of date.

    Evidence is accepted once it has the SHA-256 of its document, an officer and a day of acceptance that has come.
    If accepted evidence covers the day: a pass, done on the earliest day shown. If it no longer does: stale. Anything
    else is awaited.
    """
    covering: list[tuple[dt.date, str]] = []
    ended: list[tuple[dt.date, str]] = []
    coming: list[tuple[dt.date, str]] = []
    pending: list[str] = []
    for evidence in records:
        if evidence.obligation != obligation:
            continue
        accepted_on = _accepted_on(evidence, ctx)
        if accepted_on is None:
            pending.append(evidence.id)
        elif not ctx.known(evidence.covers_from):
            coming.append((evidence.covers_from, evidence.id))
        elif ctx.past(_last_day(evidence)):
            ended.append((_last_day(evidence), evidence.id))
        else:
            covering.append((evidence.dated or accepted_on, evidence.id))
    if covering:
        done_on, found = min(covering)
        return Passed("accepted", done_on=done_on, evidence=found)
    if ended:
        last_day, found = max(ended)
        return Stale("stale", evidence=found, last_day=last_day)
    if coming:
        covers_from, found = min(coming)
        return AwaitingEvidence("future", evidence=found, covers_from=covers_from)
    if pending:
        return AwaitingEvidence("not_accepted", evidence=min(pending))
    return AwaitingEvidence("none")


def judgement_outcome(records: Iterable[Judgement], obligation: str, ctx: Context) -> Result:
    """What the latest judgement of ``obligation`` that covers the as-of date says.

    It serves the days that it covers and on which it had been made: from ``judged_on`` or ``covers_from``, whichever is
    later, to ``covers_until``. One that was made after its period serves no day: on the days it covers nobody had
    judged, and of the day it was made it says nothing. Let it cover the days on which it is to be read.

    A judgement without officer or reason counts as none. Of two of the same day the greater identifier is the later.
    """
    latest = max(
        (
            judgement
            for judgement in records
            if judgement.obligation == obligation
            and filled(judgement.officer)
            and filled(judgement.reason)
            and ctx.known(judgement.judged_on)
            and ctx.known(judgement.covers_from)
            and not ctx.past(judgement.covers_until)
        ),
        key=lambda judgement: (judgement.judged_on, judgement.id),
        default=None,
    )
    if latest is None:
        return AwaitingJudgement("none")
    if latest.verdict is Verdict.MET:
        return Passed("met", done_on=latest.judged_on, judgement=latest.id, judged_on=latest.judged_on)
    return Fail(latest.verdict.value, judgement=latest.id, judged_on=latest.judged_on)


def evidence_rule(
    *,
    code: str,
    name: str,
    title: Text,
    obligation: str,
    severity: Severity,
    rationale: Text,
    remedy: Text,
    basis: tuple[str, ...] = (),
    protected: bool = False,
    unit: Unit = samples.UNIT,
) -> RecordRule:
    """A rule that asks a unit for accepted evidence of one obligation.

    Args:
        code: As of every rule.
        name: As of every rule.
        title: As of every rule.
        obligation: Citation of the one obligation it answers.
        severity: As of every rule.
        rationale: As of every rule.
        remedy: What document to file, and who accepts it.
        basis: Law besides the clause of the obligation.
        protected: As of every rule.
        unit: The exemplary unit, where the clause addresses units with a role.
    """
    answered = Citation.parse(obligation)

    def check(dossier: Dossier[Unit], ctx: Context) -> Result:
        return evidence_outcome(dossier.related(Evidence), obligation, ctx)

    return RecordRule(
        code=code,
        name=name,
        title=title,
        subject=Unit,
        reads=(Reads(Evidence, by="unit"),),
        answers=(answered,),
        basis=(answered.of_clause, *basis),
        kind=Check.EVIDENCE,
        severity=severity,
        protected=protected,
        rationale=rationale,
        remedy=remedy,
        messages=_EVIDENCE_MESSAGES,
        check=check,
        valid=(
            Case(
                Text("已接受，覆盖该日", "accepted, covers the day"),
                (unit, samples.evidence(obligation)),
                samples.YEAR_END,
            ),
        ),
        invalid=(
            Case(
                Text("已过期", "expired"),
                (unit, samples.evidence(obligation, expires_on=dt.date(2011, 12, 30))),
                samples.YEAR_END,
            ),
            Case(
                Text("尚未接受", "not accepted"),
                (unit, samples.evidence(obligation, accepted_by="", accepted_on=None)),
                samples.YEAR_END,
            ),
        ),
    )


def judgement_rule(
    *,
    code: str,
    name: str,
    title: Text,
    obligation: str,
    severity: Severity,
    rationale: Text,
    remedy: Text,
    basis: tuple[str, ...] = (),
    unit: Unit = samples.UNIT,
) -> RecordRule:
    """A rule that asks for an officer's judgement of one obligation.

    Args:
        code: As of every rule.
        name: As of every rule.
        title: As of every rule.
        obligation: Citation of the one obligation it answers.
        severity: As of every rule.
        rationale: As of every rule.
        remedy: Who judges what, and against which facts.
        basis: Law besides the clause of the obligation.
        unit: The exemplary unit, where the clause addresses units with a role.
    """
    answered = Citation.parse(obligation)

    def check(dossier: Dossier[Unit], ctx: Context) -> Result:
        return judgement_outcome(dossier.related(Judgement), obligation, ctx)

    return RecordRule(
        code=code,
        name=name,
        title=title,
        subject=Unit,
        reads=(Reads(Judgement, by="unit"),),
        answers=(answered,),
        basis=(answered.of_clause, *basis),
        kind=Check.JUDGEMENT,
        severity=severity,
        rationale=rationale,
        remedy=remedy,
        messages=_JUDGEMENT_MESSAGES,
        check=check,
        valid=(Case(Text("判定符合", "judged met"), (unit, samples.judgement(obligation)), samples.YEAR_END),),
        invalid=(
            Case(
                Text("判定不符合", "judged not met"),
                (unit, samples.judgement(obligation, verdict=Verdict.NOT_MET)),
                samples.YEAR_END,
            ),
            Case(
                Text("判定部分符合", "judged partly met"),
                (unit, samples.judgement(obligation, verdict=Verdict.PARTLY)),
                samples.YEAR_END,
            ),
        ),
    )
