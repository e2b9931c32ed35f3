"""One field of any other compliant record changed: the rule that owns it says so, and no other."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govopen.model.assurance import NilReturn
from govopen.model.catalog import Category
from govopen.model.units import Duty
from govopen.rules import samples
from govopen.testing.compliant import Setting
from govopen.testing.compliant_items import items
from govopen.testing.defects import assurance_defects
from govopen.testing.defects_published import PUBLISHED_DEFECTS
from govopen.testing.defects_records import NEW_REQUEST_DEFECTS, RECORD_DEFECTS
from govopen.testing.mutation import Mutation, assert_found, objections

LAW_OF_2007 = st.dates(dt.date(2012, 1, 1), dt.date(2014, 12, 31))
LAW_OF_2019 = st.dates(dt.date(2021, 6, 1), dt.date(2025, 6, 30))
FEW = settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@pytest.mark.parametrize("mutation", [*RECORD_DEFECTS, *PUBLISHED_DEFECTS, *assurance_defects()], ids=str)
@FEW
@given(st.data())
def test_the_rule_that_owns_the_field_finds_its_change(mutation: Mutation, data: st.DataObject) -> None:
    unit = samples.unit(*([Duty.EMERGENCIES] if mutation.of is NilReturn else []), roles=samples.ENFORCER.roles)
    setting = Setting(unit, data.draw(LAW_OF_2007))
    assert_found(mutation, data.draw(mutation.drawn(setting)), setting)


@pytest.mark.parametrize("mutation", NEW_REQUEST_DEFECTS, ids=str)
@FEW
@given(st.data())
def test_what_the_law_asks_since_2019_is_found_since_then(mutation: Mutation, data: st.DataObject) -> None:
    setting = Setting(samples.unit(), data.draw(LAW_OF_2019))
    assert_found(mutation, data.draw(mutation.drawn(setting)), setting)


@FEW
@given(st.data())
def test_a_duty_added_to_a_unit_is_missed_in_its_catalog(data: st.DataObject) -> None:
    setting = Setting(samples.unit(Duty.FEES), data.draw(LAW_OF_2007))
    records = (data.draw(items(setting, Category.FEE)),)
    assert not objections(setting, records)
    more = attrs.evolve(setting, unit=samples.unit(Duty.FEES, Duty.EMERGENCIES))
    assert set(objections(more, records)) == {"CAT001"}
