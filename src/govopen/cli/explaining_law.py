"""Explanations of instruments, clauses, obligations and matters of law."""

from __future__ import annotations

from collections.abc import Iterable

from govopen.cli.explaining import Page, law_line
from govopen.cli.words import Words
from govopen.policy.citation import Citation
from govopen.policy.instrument import Clause, Instrument, Obligation
from govopen.policy.library import Library
from govopen.policy.matter import Matter, Provision
from govopen.rules.base import Rule
from govopen.texts import N_

__all__ = ["print_citation", "print_instrument", "print_library", "print_matter"]

_NOBODY_VERIFIED = N_("Nobody has verified this in a copy of the text.")


def print_library(page: Page, library: Library) -> None:
    """The instruments and matters there are."""
    words = page.words
    page.section(N_("Instruments"), (f"{each.id}  {words.text(each.title)}" for each in library.instruments.values()))
    page.section(N_("Matters of law"), (f"{each.id}  {words.text(each.title)}" for each in library.matters.values()))


def print_instrument(instrument: Instrument, page: Page) -> None:
    """An instrument: what it is, when it is in force, and its clauses."""
    words = page.words
    page.title(instrument.id, words.text(instrument.title))
    page.field(N_("Kind"), instrument.kind)
    page.field(N_("Issuer"), instrument.issuer)
    page.field(N_("Document number"), instrument.document_number)
    page.field(N_("Issued on"), instrument.issued_on)
    page.field(N_("In force"), words.period(instrument.in_force_from, instrument.in_force_until))
    page.field(N_("Planned until"), instrument.planned_until)
    page.field(N_("Place"), instrument.jurisdiction)
    if not instrument.complete:
        page.line(words.say("Only the clauses that rules cite are here."))
    if not instrument.verified:
        page.line(words.say(_NOBODY_VERIFIED))
    page.section(N_("Clauses"), (f"{clause.id}  {words.text(clause.heading)}" for clause in instrument.clauses))


def print_citation(citation: Citation, page: Page, library: Library, rules: Iterable[Rule]) -> None:
    """A clause with its obligations, or one obligation: what it says, whom it binds, what answers it."""
    words, rules = page.words, tuple(rules)
    instrument, clause = library.instrument(citation.instrument), library.clause(citation)
    page.title(str(citation), words.text(clause.heading))
    page.field(N_("Instrument"), f"{words.text(instrument.title)} {instrument.document_number}".strip())
    page.field(N_("In force"), words.period(instrument.in_force_from, instrument.in_force_until))
    page.field(N_("Content"), clause.gist)
    if not library.verified(citation):
        page.line(words.say(_NOBODY_VERIFIED))
    if citation.obligation:
        _print_obligation(citation, library.obligation(citation), page, library, rules)
        return
    page.field(N_("Binds"), _bodies(instrument, clause.bodies, words))
    for name, entries in clause.lists.items():
        page.field(name, entries)
    page.section(
        N_("Obligations"),
        (
            f"{clause.id}/{each.id}  {words.text(each.text)}  "
            f"[{words.label(each.force)}; {_answered(Citation(instrument.id, clause.id, each.id), rules, words)}]"
            for each in clause.obligations
        ),
    )
    page.section(N_("Clauses below it"), _below(instrument, clause, words))
    page.section(N_("Rules that rest on it"), (_rule(rule, words) for rule in rules if citation in rule.basis))
    page.section(
        N_("Matters of law"),
        (
            f"{matter.id}  {words.text(matter.title)}"
            for matter in library.matters.values()
            if any(citation in provision.basis for provision in matter.provisions)
        ),
    )


def _print_obligation(
    citation: Citation, obligation: Obligation, page: Page, library: Library, rules: tuple[Rule, ...]
) -> None:
    words, instrument = page.words, library.instrument(citation.instrument)
    page.field(N_("Obligation"), obligation.text)
    page.field(N_("Force"), obligation.force)
    page.field(N_("Check"), obligation.check)
    page.field(N_("Area"), obligation.area)
    page.field(N_("Due"), obligation.due)
    page.field(N_("Binds"), _bodies(instrument, obligation.bodies or library.clause(citation).bodies, words))
    page.field(N_("Our reading"), obligation.reading)
    page.section(
        N_("Later law"),
        (
            words.say("since {date}", date=later.since)
            + f"  {words.label(later.effect)}"
            + (f" [{_bodies(instrument, later.bodies, words)}]" if later.bodies else "")
            + f"  {law_line(later.by, library, words)}  {words.text(later.note)}"
            for later in sorted(obligation.overtaken, key=lambda entry: entry.since)
        ),
    )
    answering = [rule for rule in rules if citation in rule.answers]
    page.section(N_("Answered by"), [_rule(rule, words) for rule in answering] or [words.say("Nothing yet.")])


def _bodies(instrument: Instrument, names: Iterable[str], words: Words) -> str:
    return words.join([words.text(instrument.bodies[name].name) for name in names])


def _answered(citation: Citation, rules: tuple[Rule, ...], words: Words) -> str:
    codes = [rule.code for rule in rules if citation in rule.answers]
    return words.join(codes) if codes else words.say("answered by nothing yet")


def _rule(rule: Rule, words: Words) -> str:
    return f"{rule.code}  {words.text(rule.title)}"


def _below(instrument: Instrument, clause: Clause, words: Words) -> list[str]:
    return [
        f"{each.id}  {words.text(each.heading)}" for each in instrument.clauses if each.id.startswith(f"{clause.id}.")
    ]


def print_matter(matter: Matter, page: Page, library: Library, rules: Iterable[Rule]) -> None:
    """A matter of law: what was so from when to when, where it is written, and which rules ask it."""
    words = page.words
    page.title(matter.id, words.text(matter.title))
    page.field(N_("Decided by the date in"), matter.act)
    for provision in matter.provisions:
        page.section(words.period(provision.since, provision.until), _provision(matter, provision, library, words))
    page.section(
        N_("Times without an answer"),
        (f"{words.period(gap.since, gap.until)}  {words.text(gap.reason)}" for gap in matter.gaps),
    )
    page.section(N_("Rules that ask it"), (_rule(rule, words) for rule in rules if matter.id in rule.matters))


def _provision(matter: Matter, provision: Provision, library: Library, words: Words) -> list[str]:
    colon = "：" if words.lang == "zh-Hans" else ": "
    lines = [
        f"{words.text(title)} ({name}){colon}{_value(provision.values[name], words)}"
        for name, title in matter.parameters.items()
        if name in provision.values
    ]
    lines += [law_line(citation, library, words) for citation in provision.basis]
    if not provision.verified:
        lines.append(words.say(_NOBODY_VERIFIED))
    lines += [words.text(text) for text in (provision.note, provision.prevails) if text is not None]
    return lines


def _value(value: object, words: Words) -> str:
    if isinstance(value, bool):
        return words.say("yes") if value else words.say("no")
    return str(words.fact(value))
