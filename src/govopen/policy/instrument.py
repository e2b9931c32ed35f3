"""Legal instruments as data: clauses, the obligations in them, the bodies they bind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Protocol

import attrs

from govopen.policy.citation import Citation
from govopen.texts import Label, Text

__all__ = [
    "Body",
    "Check",
    "Clause",
    "Effect",
    "Force",
    "Instrument",
    "InstrumentKind",
    "Obligation",
    "Overtaken",
    "UnitLike",
]


class InstrumentKind(Label):
    """What kind of text an instrument is."""

    LAW = "law", "法律", "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation", "行政法规", "administrative regulation"
    GOVERNMENT_RULE = "government_rule", "规章", "government rule"
    NORMATIVE_DOCUMENT = "normative_document", "规范性文件", "normative document"
    PLAN = "plan", "工作要点", "work plan"


class Force(Label):
    """How strongly an obligation binds."""

    SHALL = "shall", "应当", "shall"
    SHALL_NOT = "shall_not", "不得", "shall not"
    PROMOTE = "promote", "推进", "promote"
    IF_ABLE = "if_able", "有条件的", "if able"

    @property
    def strict(self) -> bool:
        """Whether a failure is a violation. Of the others a failure is only *not shown*."""
        return self in (Force.SHALL, Force.SHALL_NOT)


class Check(Label):
    """By what an obligation can be decided."""

    AUTO = "auto", "自动核查", "automatic"
    EVIDENCE = "evid", "凭证核查", "evidence"
    JUDGEMENT = "judge", "人工判定", "judgement"


class Effect(Label):
    """What a later law did to an obligation."""

    ENDED = "ended", "不再适用", "ended"
    REPLACED = "replaced", "被取代", "replaced"
    CHANGED = "changed", "仍适用但有变化", "continues, changed"

    @property
    def lifts(self) -> bool:
        """Whether the obligation no longer has to be met as this instrument wrote it."""
        return self is not Effect.CHANGED


class UnitLike(Protocol):
    """What a body's predicate needs to know of a unit."""

    @property
    def kind(self) -> str: ...

    def roles_on(self, day: dt.date) -> frozenset[str]: ...


@attrs.frozen(kw_only=True)
class Body:
    """A set of bodies that a clause addresses, as a predicate over units.

    A unit belongs if it is of one of ``kinds`` or holds one of ``roles`` on the day.
    """

    name: Text
    kinds: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()

    def includes(self, unit: UnitLike, on: dt.date) -> bool:
        """Whether ``unit`` is one of these bodies on the day ``on``."""
        return unit.kind in self.kinds or (bool(self.roles) and not self.roles.isdisjoint(unit.roles_on(on)))


@attrs.frozen(kw_only=True)
class Overtaken:
    """What a later law did to an obligation, from a day on.

    Attributes:
        by: The provision that did it.
        since: The first day of its effect.
        bodies: The bodies for which it did; empty: all that the obligation binds.
        note: What changed, in both languages.
        verified: Whether somebody read the text; an output that uses an unverified one says so.
    """

    by: Citation
    since: dt.date
    effect: Effect
    bodies: tuple[str, ...] = ()
    note: Text
    verified: bool


@attrs.frozen(kw_only=True)
class Obligation:
    """One atomic duty of a clause.

    Attributes:
        id: Number within the clause: ``o2``.
        text: What has to be so, in the project's own words.
        due: The date by which it has to be so; ``None`` if the instrument states none.
        bodies: Who is bound, where that is narrower than the clause; empty: as the clause.
        reading: How an indefinite text is made checkable. It is ours, and every output says so.
    """

    id: str
    text: Text
    force: Force
    check: Check
    area: str
    due: dt.date | None = None
    bodies: tuple[str, ...] = ()
    reading: Text | None = None
    overtaken: tuple[Overtaken, ...] = ()


@attrs.frozen(kw_only=True)
class Clause:
    """A clause or article.

    Attributes:
        id: Its number: ``1.2.3``; of an article: ``33``.
        gist: What it says, in the project's own words; it does not replace the text.
        bodies: Names of the bodies it addresses (keys of :attr:`Instrument.bodies`).
        obliges: Whether it lays duties on them.
        implicit: The instrument prints no number here; the number is ours.
        lists: The names that the clause lists (fields, channels, topics), under a name of ours.
        verified: Whether somebody read this clause in a copy of the text.
    """

    id: str
    heading: Text
    gist: Text
    bodies: tuple[str, ...] = ()
    obliges: bool = False
    implicit: bool = False
    lists: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    obligations: tuple[Obligation, ...] = ()
    verified: bool = True


@attrs.frozen(kw_only=True)
class Instrument:
    """A law, regulation or policy, with what of it the rules cite.

    Attributes:
        in_force_from: First day in force.
        in_force_until: Last day in force; ``None``: still in force.
        planned_until: Of a plan: the last day of the time it plans. Whether its standing duties go on after that day
            is the workspace's word.
        jurisdiction: Code of the place whose units it binds (``CN``, ``CN-440113``).
        complete: Whether every clause is here, or only those that rules cite.
        verified: Whether somebody read the dates and number in a copy of the text.
        source: Where the facts were read.
    """

    id: str
    kind: InstrumentKind
    title: Text
    issuer: Text
    document_number: str
    issued_on: dt.date
    in_force_from: dt.date
    in_force_until: dt.date | None = None
    planned_until: dt.date | None = None
    jurisdiction: str = "CN"
    complete: bool = False
    verified: bool
    source: str
    bodies: Mapping[str, Body] = attrs.field(factory=dict)
    clauses: tuple[Clause, ...] = ()

    def in_force(self, on: dt.date) -> bool:
        """Whether it is in force on the day ``on``."""
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)

    def clause(self, clause_id: str) -> Clause | None:
        """The clause of that number, or ``None``."""
        return next((clause for clause in self.clauses if clause.id == clause_id), None)

    def obligations(self) -> Iterator[tuple[Citation, Clause, Obligation]]:
        """Every obligation with its citation and clause, in the order of the text."""
        for clause in self.clauses:
            for obligation in clause.obligations:
                yield Citation(self.id, clause.id, obligation.id), clause, obligation

    def binds(self, clause: Clause, obligation: Obligation, unit: UnitLike, on: dt.date) -> bool:
        """Whether the obligation is addressed to ``unit`` on the day ``on``."""
        return any(self.bodies[name].includes(unit, on) for name in obligation.bodies or clause.bodies)

    def overtaken(self, obligation: Obligation, unit: UnitLike, on: dt.date) -> tuple[Overtaken, ...]:
        """What later laws did to the obligation for ``unit`` by the day ``on``, in order of time."""
        return tuple(
            entry
            for entry in sorted(obligation.overtaken, key=lambda entry: entry.since)
            if entry.since <= on
            and (not entry.bodies or any(self.bodies[name].includes(unit, on) for name in entry.bodies))
        )
