"""From runs to obligations: which are live for a unit, and what the runs add up to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from govopen.checking.algebra import Extent, Standing, Status, Tally, conclude
from govopen.checking.result import ObligationStatus
from govopen.checking.ruleset import Ruleset
from govopen.checking.runs import Run
from govopen.checking.selection import Selection
from govopen.checking.settings import CheckSettings
from govopen.checking.standing import standing
from govopen.model.assurance import Ability
from govopen.model.base import filled
from govopen.model.units import Unit
from govopen.policy.citation import Citation
from govopen.policy.instrument import Check
from govopen.policy.library import Library
from govopen.rules.results import Outcome

__all__ = ["conclude_unit", "latest_ability", "standings"]

_FAILING = frozenset({Outcome.FAIL, Outcome.ERROR, Outcome.UNDECIDABLE, Outcome.STALE})

_FINDING_OF = {
    Status.VIOLATED: Outcome.FAIL,
    Status.ERROR: Outcome.ERROR,
    Status.UNDECIDABLE: Outcome.UNDECIDABLE,
    Status.STALE: Outcome.STALE,
    Status.AWAITING_EVIDENCE: Outcome.AWAITING_EVIDENCE,
    Status.AWAITING_JUDGEMENT: Outcome.AWAITING_JUDGEMENT,
    Status.NOT_SHOWN: Outcome.FAIL,
}


def standings(library: Library, settings: CheckSettings, unit: Unit, as_of: dt.date) -> Mapping[Citation, Standing]:
    """How each obligation of the checked instruments stands for ``unit`` on that day."""
    return {
        citation: standing(library.instrument(chosen.id), chosen, clause, obligation, unit=unit, on=as_of)
        for chosen in settings.instruments
        for citation, clause, obligation in library.instrument(chosen.id).obligations()
    }


def conclude_unit(
    ruleset: Ruleset,
    unit: Unit,
    as_of: dt.date,
    selection: Selection,
    *,
    stand: Mapping[Citation, Standing],
    runs: Iterable[Run],
    able: Mapping[str, bool],
) -> Iterator[ObligationStatus]:
    """The status of every obligation of the checked instruments, in the order of their texts.

    Args:
        ruleset: All rules there are, also those that did not run.
        unit: The unit.
        as_of: The legal day.
        selection: What was to be checked.
        stand: Whether each obligation has to be met.
        runs: The rules that ran.
        able: What the records of ability say, by obligation.
    """
    library, settings = ruleset.library, ruleset.settings
    answering = _by_obligation((citation, rule.code) for rule in ruleset.rules.values() for citation in rule.answers)
    by_code = {run.rule.code: run for run in runs}
    for chosen in settings.instruments:
        instrument = library.instrument(chosen.id)
        for citation, _, obligation in instrument.obligations():
            codes = answering.get(citation, ())
            selected = selection.takes_obligation(citation, obligation)
            stands = stand[citation]
            # A rule may have run for the sake of another obligation.
            concerned = selected and stands.status is None
            ran = [by_code[code] for code in codes if code in by_code] if concerned else []
            tally = _tally(ran, obligation.check)
            verdict = conclude(
                force=obligation.force,
                due=obligation.due,
                as_of=as_of,
                standing=stands,
                extent=_extent(codes, ran),
                tally=tally,
                able=able.get(str(citation)),
            )
            yield ObligationStatus(
                unit=unit.id,
                citation=citation,
                status=verdict.status,
                reason=verdict.reason,
                counts=tally.counts,
                rules=tuple(codes),
                later_law=instrument.overtaken(obligation, unit, as_of),
                unverified=_unverified(library, ran, as_of),
                done_on=tally.done_on,
                baselined=not verdict.reason and _baselined(verdict.status, ran),
            )


def _by_obligation(pairs: Iterable[tuple[Citation, str]]) -> Mapping[Citation, list[str]]:
    found: dict[Citation, list[str]] = {}
    for citation, code in pairs:
        found.setdefault(citation, []).append(code)
    return found


def _extent(codes: Sequence[str], ran: list[Run]) -> Extent:
    if not codes:
        return Extent.UNMAPPED
    if not ran:
        return Extent.NONE
    return Extent.ALL if len(ran) == len(codes) else Extent.PART


def _tally(ran: list[Run], check: Check) -> Tally:
    counts: Counter[Outcome] = Counter()
    for run in ran:
        counts += run.counts
    empty = [run for run in ran if not run.subjects]
    return Tally(
        counts=counts,
        # One pass that does not say when it was done leaves open when all of it was.
        done_on=None
        if any(run.undated for run in ran)
        else max((run.done_on for run in ran if run.done_on is not None), default=None),
        no_such_duty=bool(empty) and all(run.no_such_duty for run in empty),
        nil=sum(run.nil for run in ran),
        # Rules that only back up evidence or a judgement may have no record to look at.
        unrecorded=check is Check.AUTO and any(Outcome.NOTHING in run.counts for run in ran),
    )


def _unverified(library: Library, ran: list[Run], as_of: dt.date) -> tuple[str, ...]:
    cited = {
        str(citation)
        for run in ran
        for citation in run.rule.basis
        if not library.verified(citation) and library.instrument(citation.instrument).in_force(as_of)
    }
    return tuple(sorted(cited.union(*(run.ctx.unverified for run in ran))))


def _baselined(status: Status, ran: list[Run]) -> bool:
    outcome = _FINDING_OF.get(status)
    if outcome is None:
        return False
    # An accepted failure must not hide an error or a gap behind it that nobody accepted.
    findings = [entry for run in ran for entry in run.findings if entry.outcome is outcome or entry.outcome in _FAILING]
    return bool(findings) and all(entry.baselined for entry in findings)


def latest_ability(statements: Iterable[Ability], as_of: dt.date) -> Mapping[str, bool]:
    """What the latest statement that covers the day says, by obligation. One without officer or reason says nothing."""
    covering = (entry for entry in statements if entry.covers(as_of) and filled(entry.officer) and filled(entry.reason))
    return {entry.obligation: entry.able for entry in sorted(covering, key=lambda entry: (entry.stated_on, entry.id))}
