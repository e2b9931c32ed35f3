"""What a user wants checked, held to what there is.

A misspelt unit or clause would select nothing, and a check of nothing finds nothing: it would be green.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase

from govopen.checking.selection import Selection
from govopen.cli.parameters import close_to, known_only
from govopen.errors import InputError
from govopen.policy.instrument import Instrument
from govopen.rules.base import Rule
from govopen.texts import N_

__all__ = ["check_selection"]


def check_selection(
    selection: Selection, *, units: Collection[str], instruments: Iterable[Instrument], rules: Iterable[Rule]
) -> None:
    """Hold a selection to the units, obligations and rules there are.

    Raises:
        InputError: It names what is not there, or nothing is left to check.
    """
    instruments, rules = tuple(instruments), tuple(rules)
    if not units:
        raise InputError(
            N_("The workspace holds no unit, so there is nothing to check."),
            hint=N_("Import records first: govopen import FILE"),
        )
    known_only(selection.units, units, N_("There is no unit '{word}'."))
    _clauses(selection.clauses, instruments)
    areas = {obligation.area for each in instruments for _, _, obligation in each.obligations()}
    known_only(selection.areas, sorted(areas), N_("There is no area '{word}'."))
    _rules(selection.rules, rules)
    wanted = {
        citation
        for each in instruments
        for citation, _, obligation in each.obligations()
        if selection.takes_obligation(citation, obligation)
    }
    if not any(
        selection.takes_rule(rule)
        and (not wanted.isdisjoint(rule.answers) or not (rule.answers or selection.clauses or selection.areas))
        for rule in rules
    ):
        raise InputError(
            N_("No rule, evidence or judgement answers what was selected, so there is nothing to check."),
            hint=N_("What answers each obligation is shown by: govopen coverage"),
        )


def _clauses(wanted: Iterable[str], instruments: tuple[Instrument, ...]) -> None:
    known: dict[str, None] = {}
    for each in instruments:
        for citation, clause, _ in each.obligations():
            for place in (clause.id, *_above(clause.id), citation.local):
                known[place] = known[f"{each.id}:{place}"] = None
    for word in wanted:
        if word not in known:
            # A longer list than this helps nobody: clauses without an obligation are left out.
            close = close_to(word, known)
            raise InputError(
                N_("No obligation of the workspace's instruments is in clause '{word}'."),
                hint=N_("Did you mean: {names}?")
                if close
                else N_("The clauses are listed by: govopen explain {first}"),
                word=word,
                names=", ".join(close),
                first=instruments[0].id if instruments else "",
            )


def _above(clause: str) -> list[str]:
    """The clauses that hold a clause: of 1.2.3 these are 1 and 1.2."""
    parts = clause.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _rules(wanted: Iterable[str], rules: tuple[Rule, ...]) -> None:
    codes = [rule.code for rule in rules]
    for pattern in wanted:
        if not any(fnmatchcase(code, pattern) for code in codes):
            close = close_to(pattern, codes)
            raise InputError(
                N_("There is no rule '{word}'."),
                hint=(
                    N_("Did you mean: {names}?")
                    if close
                    else N_("A pattern is written so: SEC*. The rules are listed by: govopen explain")
                ),
                word=pattern,
                names=", ".join(close),
            )
