"""Instruments with their clauses and obligations on a page, and what answers them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx import addnodes

from govopen.plugins.registry import Registry
from govopen.policy.citation import Citation
from govopen.policy.instrument import Clause, Instrument, Obligation, Overtaken
from govopen.sphinxext.backlinks import Backlinks
from govopen.sphinxext.building import Page
from govopen.sphinxext.objects import Kind, Thing
from govopen.sphinxext.options import names
from govopen.texts import N_, Language

__all__ = ["instruments_page"]

_NOBODY_VERIFIED = N_("Nobody has verified this in a copy of the text.")


def instruments_page(registry: Registry, argument: str, lang: Language) -> list[nodes.Node]:
    """A section for every instrument, or for those that ``argument`` names.

    Raises:
        PolicyDataError: There is no such instrument.
    """
    page, back = _LawPage(lang), Backlinks.of(registry)
    library = registry.library
    chosen = [library.instrument(name) for name in names(argument)] or list(library.instruments.values())
    return [page.instrument(instrument, back) for instrument in chosen]


class _LawPage(Page):
    def instrument(self, instrument: Instrument, back: Backlinks) -> nodes.section:
        thing = Thing(Kind.INSTRUMENT, instrument.id, instrument.title)
        content: list[nodes.Node] = self.facts(
            (
                (N_("Kind"), instrument.kind),
                (N_("Issuer"), instrument.issuer),
                (N_("Document number"), instrument.document_number),
                (N_("Issued on"), instrument.issued_on),
                (N_("In force"), self.period(instrument.in_force_from, instrument.in_force_until)),
                (N_("Planned until"), instrument.planned_until),
                (N_("Place"), instrument.jurisdiction),
            )
        )
        if not instrument.complete:
            content.append(self.paragraph(self.say("Only the clauses that rules cite are here.")))
        if not instrument.verified:
            content.append(self.unverified())
        content += [self.clause(instrument, clause, back) for clause in instrument.clauses]
        return self.section(thing, *content)

    def unverified(self) -> nodes.paragraph:
        return self.paragraph(self.say(_NOBODY_VERIFIED))

    def clause(self, instrument: Instrument, clause: Clause, back: Backlinks) -> addnodes.desc:
        citation = Citation(instrument.id, clause.id)
        content: list[nodes.Node] = [self.paragraph(self.text(clause.gist))]
        if not clause.verified:
            content.append(self.unverified())
        content += self.facts(
            (
                (N_("Binds"), self.bodies(instrument, clause.bodies)),
                (N_("Rules that rest on it"), self.rules(back.resting.get(citation, ()))),
                (
                    N_("Matters of law"),
                    self.joined(self.ref(Kind.MATTER, name) for name in back.asking.get(citation, ())),
                ),
                (N_("Workflows"), self.joined(self.ref(Kind.WORKFLOW, name) for name in back.steps.get(citation, ()))),
                (N_("Overtakes"), self.joined(map(self.law, back.overtaking.get(citation, ())))),
            )
        )
        content += [self.obligation(instrument, clause, each, back) for each in clause.obligations]
        thing = Thing(Kind.CLAUSE, str(citation), clause.heading, indexed=False)
        return self.described(thing, clause.id, self.text(clause.heading), *content)

    def obligation(
        self, instrument: Instrument, clause: Clause, obligation: Obligation, back: Backlinks
    ) -> addnodes.desc:
        citation = Citation(instrument.id, clause.id, obligation.id)
        remark = self.join(map(self.label, (obligation.force, obligation.check)))
        answered = self.rules(back.answering.get(citation, ())) or self.prose(self.say("Nothing yet."))
        content = [
            self.paragraph(self.text(obligation.text)),
            *self.facts(
                (
                    (N_("Due"), obligation.due),
                    (N_("Binds"), self.bodies(instrument, obligation.bodies)),
                    (N_("Our reading"), obligation.reading),
                    (N_("Answered by"), answered),
                    (
                        N_("Workflows"),
                        self.joined(self.ref(Kind.WORKFLOW, name) for name in back.steps.get(citation, ())),
                    ),
                    (N_("Later law"), self.bullets(self.later(obligation.overtaken, instrument))),
                )
            ),
        ]
        thing = Thing(Kind.OBLIGATION, str(citation), obligation.text, indexed=False)
        return self.described(thing, citation.local, remark, *content)

    def later(self, entries: Iterable[Overtaken], instrument: Instrument) -> Iterator[list[str | nodes.Node]]:
        for entry in sorted(entries, key=lambda entry: entry.since):
            bound = f" [{self.bodies(instrument, entry.bodies)}]" if entry.bodies else ""
            said = f"{self.say('since {date}', date=entry.since)} {self.label(entry.effect)}{bound} "
            mark = "" if entry.verified else self.say(" (not verified)")
            yield [said, self.law(entry.by), f"{mark} {self.text(entry.note)}"]

    def rules(self, codes: Iterable[str]) -> list[nodes.Node]:
        return self.joined(self.ref(Kind.RULE, code) for code in codes)

    def bodies(self, instrument: Instrument, bodies: Iterable[str]) -> str:
        return self.join(self.text(instrument.bodies[name].name) for name in bodies)
