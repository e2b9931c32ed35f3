"""Every named defect: what can be wrong with one record, and which rule says so.

A defect's name is the field and the code of the rule that finds it: ``index_number:CAT002``. Where one rule finds
several faults of a field, they are numbered: ``sign_offs:SEC007``, ``sign_offs:SEC007#2``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

import attrs
from hypothesis import strategies as st

from govopen.errors import InputError
from govopen.model.assurance import Evidence, Judgement, NilReturn, Verdict
from govopen.model.base import Record
from govopen.model.units import Duty
from govopen.plugins.registry import Registry
from govopen.policy.instrument import Check
from govopen.testing.compliant import Setting, answered_by, evidence, judgements, nil_returns
from govopen.testing.defects_items import ITEM_DEFECTS
from govopen.testing.defects_published import PUBLISHED_DEFECTS
from govopen.testing.defects_records import NEW_REQUEST_DEFECTS, RECORD_DEFECTS
from govopen.testing.mutation import Mutation

__all__ = ["Defect", "assurance_defects", "defect_named", "defects_of"]

_LAW_OF_2007 = (dt.date(2012, 1, 1), dt.date(2014, 12, 31))
_LAW_OF_2019 = (dt.date(2021, 6, 1), dt.date(2025, 6, 30))


@attrs.frozen(kw_only=True)
class Defect:
    """A way in which one record can be wrong.

    Attributes:
        name: The field, and the rule that finds it: ``index_number:CAT002``.
        rule: Code of that rule.
        of: Class of the record that is wrong.
        days: First and last legal day on which it is drawn: the law of those days makes it a defect.
        mutation: What is changed.
    """

    name: str
    rule: str
    of: type[Record]
    days: tuple[dt.date, dt.date] = attrs.field(repr=False)
    mutation: Mutation = attrs.field(repr=False)


def defects_of(cls: type[Record]) -> Mapping[str, Defect]:
    """The defects of records of that class, by name. None, if no built-in rule judges such records by themselves."""
    return {name: defect for (of, name), defect in _all().items() if of is cls}


def defect_named(cls: type[Record], name: str) -> Defect:
    """The defect of that name, or the first that the rule of that code finds.

    Raises:
        InputError: There is none.
    """
    known = defects_of(cls)
    for each in known.values():
        if name in (each.name, each.rule):
            return each
    raise InputError(
        "There is no defect '{name}' of {cls}.",
        hint="Known: {known}.",
        name=name,
        cls=cls.__name__,
        known=", ".join(known) or "-",
    )


@cache
def _all() -> Mapping[tuple[type[Record], str], Defect]:
    old = (*ITEM_DEFECTS, *RECORD_DEFECTS, *PUBLISHED_DEFECTS, *assurance_defects())
    found: dict[tuple[type[Record], str], Defect] = {}
    seen: Counter[tuple[type[Record], str]] = Counter()
    for mutation, days in (*_dated(old, _LAW_OF_2007), *_dated(NEW_REQUEST_DEFECTS, _LAW_OF_2019)):
        name = f"{mutation.field}:{mutation.owner}"
        seen[mutation.of, name] += 1
        if (count := seen[mutation.of, name]) > 1:
            name = f"{name}#{count}"
        found[mutation.of, name] = Defect(name=name, rule=mutation.owner, of=mutation.of, days=days, mutation=mutation)
    return found


def _dated(
    mutations: Iterable[Mutation], days: tuple[dt.date, dt.date]
) -> Iterator[tuple[Mutation, tuple[dt.date, dt.date]]]:
    return ((mutation, days) for mutation in mutations)


def assurance_defects() -> tuple[Mutation, ...]:
    """Evidence that ran out and judgements that it is not met, for each obligation that asks for one."""
    rules = Registry.load(entry_points=False).rules
    owners = {str(rule.answers[0]): rule.code for rule in rules if rule.kind is not Check.AUTO}
    ended = [
        Mutation(
            of=Evidence,
            field="expires_on",
            change=_yesterday,
            owner=owners[obligation],
            drawn=_single(evidence, obligation),
        )
        for obligation in answered_by(Check.EVIDENCE)
    ]
    judged = [
        Mutation(
            of=Judgement,
            field="verdict",
            change=verdict,
            owner=owners[obligation],
            drawn=_single(judgements, obligation),
        )
        for obligation in answered_by(Check.JUDGEMENT)
        for verdict in (Verdict.PARTLY, Verdict.NOT_MET)
    ]
    nil = Mutation(
        of=NilReturn,
        field="covers_until",
        change=_yesterday,
        owner="CAT001",
        drawn=lambda setting: nil_returns(setting, Duty.EMERGENCIES).map(lambda one: (one,)),
    )
    return (*ended, *judged, nil)


def _yesterday(_: Record, setting: Setting) -> dt.date:
    return setting.as_of - dt.timedelta(days=1)


def _single(
    draw: Callable[[Setting, str], st.SearchStrategy[Record]], obligation: str
) -> Callable[[Setting], st.SearchStrategy[tuple[Record, ...]]]:
    return lambda setting: draw(setting, obligation).map(lambda one: (one,))
