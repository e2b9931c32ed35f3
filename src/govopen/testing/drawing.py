"""Drawn records of one class, with the unit, the day and the related records that they need to be judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar, cast

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from govopen.errors import InputError
from govopen.model.assurance import Ability, Evidence, Judgement, NilReturn, Probe
from govopen.model.base import Record
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import ClassifiedItem
from govopen.model.discretion import DiscretionTable, PenaltyDecision
from govopen.model.organisation import Organisation
from govopen.model.publishing import Delivery, Observation, ScreeningOverride
from govopen.model.requests import Request, RequestChannel
from govopen.model.units import DatedDuty, Duty, Unit
from govopen.model.website import Column, Publication, Site
from govopen.policy.instrument import Check
from govopen.rules import samples
from govopen.testing import compliant as lawful
from govopen.testing.compliant import DAYS, Setting, answered_by, legal_days
from govopen.testing.compliant_items import disclosed, items
from govopen.testing.compliant_publishing import screening_overrides
from govopen.testing.compliant_requests import requests
from govopen.testing.defects import Defect, defect_named, defects_of
from govopen.testing.defects_published import decided, delivered, observed, tabled

__all__ = ["Drawn", "drawn_compliant", "drawn_defective"]

R = TypeVar("R", bound=Record)
Records = tuple[Record, ...]


@attrs.frozen(kw_only=True)
class Drawn(Generic[R]):
    """A record, and all that a check needs to judge it.

    Attributes:
        record: What was asked for.
        unit: The unit it belongs to.
        as_of: The legal day to look at it.
        others: The records that belong to it: the item of a publication, the power of a discretion table.
        defect: Name of what is wrong with it; empty: nothing is.
        rule: Code of the rule that says so; empty: none does.
        also: Codes of rules that can then decide nothing any more, but convict nobody.
    """

    record: R
    unit: Unit
    as_of: dt.date
    others: Records = ()
    defect: str = ""
    rule: str = ""
    also: frozenset[str] = frozenset()

    @property
    def records(self) -> Records:
        """All of them, the unit first. A unit that was asked for is there once."""
        own: Records = () if isinstance(self.record, Unit) else (self.record,)
        return (self.unit, *own, *self.others)


def _one(draw: Callable[[Setting], st.SearchStrategy[Record]]) -> Callable[[Setting], st.SearchStrategy[Records]]:
    return lambda setting: draw(setting).map(lambda one: (one,))


def _any_item(setting: Setting) -> st.SearchStrategy[Records]:
    return st.sampled_from(list(Category)).flatmap(lambda category: items(setting, category).map(lambda one: (one,)))


def _published(setting: Setting) -> st.SearchStrategy[Records]:
    return disclosed(setting, Category.OTHER, in_column=False)


def _let_pass(setting: Setting) -> st.SearchStrategy[Records]:
    return _published(setting).flatmap(
        lambda found: screening_overrides(setting, found[0]).map(lambda one: (one, *found))  # type: ignore[arg-type]
    )


def _unit(setting: Setting) -> st.SearchStrategy[Records]:
    return lawful.units(setting.as_of, ()).map(lambda unit: (unit,))


_DRAWN: Mapping[type[Record], Callable[[Setting], st.SearchStrategy[Records]]] = {
    Unit: _unit,
    Organisation: _one(lawful.organisations),
    InformationItem: _any_item,
    ClassifiedItem: lawful.classified_items,
    Site: lawful.sites,
    Column: lawful.columns,
    Publication: _published,
    Delivery: delivered,
    Observation: observed,
    ScreeningOverride: _let_pass,
    RequestChannel: lawful.request_channels,
    Request: _one(requests),
    DiscretionTable: tabled,
    PenaltyDecision: decided,
    Evidence: _one(
        lambda setting: st.sampled_from(answered_by(Check.EVIDENCE)).flatmap(
            lambda obligation: lawful.evidence(setting, obligation)
        )
    ),
    Judgement: _one(
        lambda setting: st.sampled_from(answered_by(Check.JUDGEMENT)).flatmap(
            lambda obligation: lawful.judgements(setting, obligation)
        )
    ),
    Probe: lawful.columns,
    NilReturn: _one(lambda setting: lawful.nil_returns(setting, Duty.EMERGENCIES)),
    Ability: _one(lawful.abilities),
}


def _setting(cls: type[Record], as_of: dt.date) -> Setting:
    """A unit of which it is stated that it has no duty lacks nothing; one that reports nil has the duty to report."""
    unit = samples.unit(roles=samples.ENFORCER.roles)
    if cls is NilReturn:
        unit = attrs.evolve(unit, duties=(*(unit.duties or ()), DatedDuty(duty=Duty.EMERGENCIES)))
    return Setting(unit, as_of)


@st.composite
def drawn_compliant(draw: st.DrawFn, cls: type[R], as_of: dt.date | None = None) -> Drawn[R]:
    """A record of the class that keeps every built-in rule on the day.

    Raises:
        InputError: The class is none of govopen's own record types, or the day is not one of :data:`DAYS`.
    """
    if cls not in _DRAWN:
        raise InputError(
            "There is no strategy for compliant records of class {cls}.",
            hint="Known: {known}. For any record of a class, lawful or not, use records().",
            cls=cls.__name__,
            known=", ".join(sorted(known.__name__ for known in _DRAWN)),
        )
    first, last = DAYS
    if as_of is not None and not first <= as_of <= last:
        raise InputError(
            "No compliant records are drawn for {day}.",
            hint="Take a day from {first} to {last}.",
            day=as_of,
            first=first,
            last=last,
        )
    day = as_of or draw(legal_days())
    setting = _setting(cls, day)
    found = draw(_DRAWN[cls](setting))
    record = next((each for each in found if isinstance(each, cls)), None)
    assume(record is not None)
    return _drawn(cls, cast("R", record), setting, found)


@st.composite
def drawn_defective(draw: st.DrawFn, cls: type[R], defect: str | None = None) -> Drawn[R]:
    """A record of the class with one defect, which one rule finds.

    Raises:
        InputError: There is no such defect of that class.
    """
    chosen = _chosen(draw, cls, defect)
    setting = _setting(cls, draw(st.dates(*chosen.days)))
    before = draw(chosen.mutation.drawn(setting))
    after = chosen.mutation.apply(before, setting)
    record = next(new for old, new in zip(before, after, strict=True) if old is not new)
    found = _drawn(cls, cast("R", record), setting, after)
    return attrs.evolve(found, defect=chosen.name, rule=chosen.rule, also=chosen.mutation.also)


def _chosen(draw: st.DrawFn, cls: type[Record], defect: str | None) -> Defect:
    if defect is not None:
        return defect_named(cls, defect)
    known = list(defects_of(cls).values())
    return draw(st.sampled_from(known)) if known else defect_named(cls, "")


def _drawn(cls: type[R], record: R, setting: Setting, found: Records) -> Drawn[R]:
    others = tuple(each for each in found if each is not record and not isinstance(each, Unit))
    unit = record if isinstance(record, Unit) else setting.unit
    return Drawn(record=record, unit=unit, as_of=setting.as_of, others=others)
