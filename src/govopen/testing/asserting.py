"""Asserting that records keep the law, in a test of the code that makes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import cache

import attrs

from govopen.checking.result import Finding
from govopen.checking.selection import Selection
from govopen.errors import InputError
from govopen.model.base import Record
from govopen.model.units import Unit
from govopen.plugins.registry import Registry
from govopen.report.detail import of_rule
from govopen.report.render import Renderer
from govopen.rules import samples
from govopen.rules.base import Case
from govopen.rules.results import Outcome
from govopen.testing.rules import run_case
from govopen.texts import N_, Language, Text, preferred_language

__all__ = ["assert_compliant"]

_OBJECTIONS = frozenset({Outcome.FAIL, Outcome.ERROR, Outcome.UNDECIDABLE, Outcome.STALE})


def assert_compliant(
    record: Record,
    *others: Record,
    as_of: dt.date,
    rules: Collection[str] = (),
    registry: Registry | None = None,
    lang: Language | None = None,
) -> None:
    """Assert that no rule objects to ``record`` or to the others, among all the rules there are.

    A rule objects if it fails, cannot decide, finds evidence stale, or itself goes wrong. What is only awaited is no
    objection. Units that are not among the records are made up; nothing is asserted of those.

    Args:
        record: The record.
        others: What belongs to it: the publications of an item, its unit.
        as_of: The legal day. It picks the law; plans are taken to go on after their time.
        rules: Only these, as codes or patterns (``SEC*``). Default: all.
        registry: Whose rules. Default: what is built in and every plugin installed.
        lang: Language of the message. Default: that of the locale.

    Raises:
        AssertionError: With each rule that objects, its message, its law and its remedy.
        InputError: No rule looks at such a record, it is not there yet on that day, or no instrument is in force: an
            assertion about nothing would hold.
    """
    __tracebackhide__ = True
    registry = registry or _installed()
    records = (record, *others)
    selection = Selection(rules=tuple(rules))
    _looked_at(type(record), registry, selection)
    _there(record, registry, as_of)
    report = run_case(Case(Text("", ""), _with_units(records, registry), as_of), registry)
    concerned = {(registry.type_of(type(entry)).name, entry.id) for entry in records}
    objections = [
        entry
        for entry in report.findings
        if entry.outcome in _OBJECTIONS
        and selection.takes_rule(report.rules[entry.rule])
        and (entry.subject_type, entry.subject) in concerned
    ]
    if objections:
        raise AssertionError(_said(objections, Renderer(report, lang or preferred_language())))


@cache
def _installed() -> Registry:
    return Registry.load()


def _looked_at(cls: type[Record], registry: Registry, selection: Selection) -> None:
    if not any(rule.subject is cls and selection.takes_rule(rule) for rule in registry.rules):
        raise InputError(
            N_("None of these rules looks at a record of type {type} by itself: nothing would be asserted."),
            hint=N_("Assert it of the record that they look at, and pass this one with it."),
            type=registry.type_of(cls).name,
        )


def _there(record: Record, registry: Registry, as_of: dt.date) -> None:
    act = registry.type_of(type(record)).act_date(record)
    if act is not None and act > as_of:
        raise InputError(
            N_("{type} {id} is of {act}: on {day} it is not there yet, and nothing would be asserted."),
            hint=N_("Take a later day. Is the year right?"),
            type=registry.type_of(type(record)).name,
            id=record.id,
            act=act,
            day=as_of,
        )
    bearing = [
        entry for entry in registry.library.instruments.values() if any(clause.obligations for clause in entry.clauses)
    ]
    if all(as_of < entry.in_force_from for entry in bearing):
        raise InputError(
            N_("On {day} no instrument with obligations is in force: nothing would be asserted."),
            hint=N_("Take a later day. Is the year right?"),
            day=as_of,
        )


def _with_units(records: Collection[Record], registry: Registry) -> tuple[Record, ...]:
    """A check goes by units: what belongs to none that is there would be passed over."""
    stated = {entry.id for entry in records if isinstance(entry, Unit)}
    missing = {_unit_of(entry, registry) for entry in records} - stated
    return (*(attrs.evolve(samples.UNIT, id=unit) for unit in sorted(missing)), *records)


def _unit_of(record: Record, registry: Registry) -> str:
    return str(getattr(record, registry.type_of(type(record)).unit))


def _said(objections: Collection[Finding], words: Renderer) -> str:
    head = words.say("{count} objections to the records as of {day}:", count=len(objections), day=words.report.as_of)
    lines = [head]
    for code in dict.fromkeys(entry.rule for entry in objections):
        lines += ["", *of_rule([entry for entry in objections if entry.rule == code], words)]
    return "\n".join(lines)
