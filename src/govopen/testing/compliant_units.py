"""Hypothesis strategy for whole units: everything on record, and nothing wrong with any of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hypothesis import strategies as st

from govopen.model.base import Record
from govopen.model.catalog import CATEGORY_DUTIES, Category, KeyField
from govopen.model.units import Duty, UnitKind
from govopen.policy.instrument import Check
from govopen.testing.compliant import (
    Setting,
    abilities,
    answered_by,
    classified_items,
    columns,
    evidence,
    judgements,
    legal_days,
    nil_returns,
    organisations,
    request_channels,
    sites,
    units,
)
from govopen.testing.compliant_discretion import benchmarks
from govopen.testing.compliant_items import disclosed, items, widened
from govopen.testing.compliant_publishing import on_its_way
from govopen.testing.compliant_requests import requests

__all__ = ["whole_units"]

_BESIDES = (Duty.CLASSIFIED_ITEMS, Duty.PORTAL_COLUMNS, Duty.REQUESTS)


@st.composite
def whole_units(
    draw: st.DrawFn,
    as_of: dt.date | st.SearchStrategy[dt.date] | None = None,
    kinds: Sequence[UnitKind] = tuple(UnitKind),
) -> tuple[dt.date, tuple[Record, ...]]:
    """A legal day, and the records of a unit that keeps every rule on it.

    What nobody need have, such as a kind of information that the unit's duties do not give rise to, is sometimes
    there and sometimes not. Evidence and judgements may be awaited.
    """
    if as_of is None:
        as_of = legal_days()
    day = as_of if isinstance(as_of, dt.date) else draw(as_of)
    present = draw(st.sets(st.sampled_from(list(Category)), min_size=1)) | ({Category.OTHER} & draw(_either()))
    absent = [category for category in Category if category not in present]
    nil = (
        [duty for category in draw(st.sets(st.sampled_from(absent))) for duty in CATEGORY_DUTIES[category]]
        if absent
        else []
    )
    duties = {duty for category in present for duty in CATEGORY_DUTIES[category]}
    fields = draw(st.sets(st.sampled_from(list(KeyField)), max_size=1))
    enforces = Category.ENFORCEMENT in present
    stated = None if not absent and draw(st.booleans()) else sorted({*duties, *nil, *_BESIDES})
    unit = draw(units(day, stated, kinds, ("openness_office", *(["enforcement_body"] if enforces else []))))
    setting = Setting(unit, day)
    found: tuple[Record, ...] = (unit, draw(organisations(setting)))
    for category in sorted(present):
        found += draw(disclosed(setting, category) | items(setting, category).map(lambda item: (item,)))
    for field in fields:
        found += draw(widened(setting, field))
    if enforces and draw(st.booleans()):
        found += draw(benchmarks(setting))
    found += draw(on_its_way(setting, found))
    found += draw(sites(setting)) + draw(columns(setting)) + draw(request_channels(setting))
    for number in range(draw(st.integers(0, 3))):
        found += (draw(requests(setting, number)),)
    found += draw(classified_items(setting))
    found += tuple(draw(nil_returns(setting, duty)) for duty in nil)
    for obligation in answered_by(Check.EVIDENCE):
        if draw(st.booleans()):
            found += (draw(evidence(setting, obligation)),)
    for obligation in answered_by(Check.JUDGEMENT):
        if draw(st.booleans()):
            found += (draw(judgements(setting, obligation)),)
    return day, (*found, draw(abilities(setting)))


def _either() -> st.SearchStrategy[set[Category]]:
    return st.sampled_from([set(), {Category.OTHER}])
