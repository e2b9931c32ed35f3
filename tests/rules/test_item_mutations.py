"""One field of a compliant item or publication changed: the rule that owns it says so, and no other."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govopen.model.base import Record
from govopen.rules import samples
from govopen.testing.compliant import Setting
from govopen.testing.compliant_units import whole_units
from govopen.testing.defects_items import ITEM_DEFECTS
from govopen.testing.mutation import Mutation, assert_found

# Before any later law lifts an obligation of part 1.
DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2014, 12, 31))
FEW = settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@pytest.mark.parametrize("mutation", ITEM_DEFECTS, ids=str)
@FEW
@given(st.data())
def test_the_rule_that_owns_the_field_finds_its_change(mutation: Mutation, data: st.DataObject) -> None:
    # A unit of which it is stated that it has no duty lacks nothing.
    setting = Setting(samples.unit(), data.draw(DAYS))
    assert_found(mutation, data.draw(mutation.drawn(setting)), setting)


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(whole_units(DAYS), st.sampled_from([mutation for mutation in ITEM_DEFECTS if not mutation.alone]), st.data())
def test_it_is_found_among_everything_else_that_a_unit_has(
    whole: tuple[dt.date, tuple[Record, ...]], mutation: Mutation, data: st.DataObject
) -> None:
    as_of, (unit, *others) = whole
    setting = Setting(unit, as_of)  # type: ignore[arg-type]
    assert_found(mutation, data.draw(mutation.drawn(setting)), setting, tuple(others))
