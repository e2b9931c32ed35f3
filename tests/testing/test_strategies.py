"""Generated records are what an import takes; the import and the store's decoder make the same of them."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from operator import attrgetter
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from govopen.errors import InputError
from govopen.interchange.structure import Structurer
from govopen.interchange.values import read_id, text_reader
from govopen.model.base import RecordType
from govopen.model.catalog import CONTENT_FIELDS, Category, InformationItem
from govopen.model.codec import decoder, encode
from govopen.model.contents import FeeItem
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Unit
from govopen.model.website import Site
from govopen.testing.strategies import records
from govopen.testing.values import dates, decimals, identifiers, texts

every_type = pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda record_type: record_type.name)
STRUCTURER = Structurer()


def kinds(value: Any) -> Any:
    """The classes of all values: a string enumeration equals a string, and True equals 1."""
    if isinstance(value, tuple):
        return [kinds(member) for member in value]
    if attrs.has(type(value)):
        return {field.name: kinds(getattr(value, field.name)) for field in attrs.fields(type(value))}
    return type(value)


@every_type
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_the_import_and_the_stores_decoder_make_the_same_record(record_type: RecordType, data: st.DataObject) -> None:
    record = data.draw(records(record_type.cls))
    body = encode(record)
    structured = STRUCTURER.structure(record_type, json.loads(body, parse_float=Decimal), "here")
    cls: type = record_type.cls
    decoded = decoder(cls)(body)
    assert structured == decoded == record
    assert kinds(structured) == kinds(decoded) == kinds(record)


@given(identifiers())
def test_identifiers_are_plain_already(identifier: str) -> None:
    assert read_id(identifier) == identifier


@given(texts())
def test_texts_are_plain_already(text: str) -> None:
    assert text_reader(1000)(text) == text


@given(dates(), decimals())
def test_scalars_are_exact(day: dt.date, number: Decimal) -> None:
    assert 1949 <= day.year <= 2100
    assert number == number.quantize(Decimal("0.0001"))


@given(records(Unit, kind=st.just("street"), since=st.just(dt.date(2000, 1, 1)), until=dates()))
def test_a_field_can_be_given(unit: Unit) -> None:
    assert (unit.kind, unit.since) == ("street", dt.date(2000, 1, 1))


@pytest.mark.parametrize("category", Category)
def test_items_of_every_category_come_with_and_without_content(category: Category) -> None:
    of_category = records(InformationItem, category=st.just(category))
    # What is found is not shown: to look for the simplest one would take minutes.
    first = settings(max_examples=500, database=None, phases=[Phase.generate])
    contents = CONTENT_FIELDS[category]
    assert find(of_category, lambda item: not any(getattr(item, name) for name in contents), settings=first)
    for name in contents:
        assert find(of_category, attrgetter(name), settings=first)


@given(records(Site, until=st.just(dt.date(2000, 1, 1))))
def test_what_is_fixed_stays_and_the_other_end_moves(site: Site) -> None:
    assert site.until == dt.date(2000, 1, 1)
    assert site.since is None or site.since <= site.until


FEE = FeeItem(name="费", basis="号", rate_yuan=Decimal(1))


@given(records(InformationItem, fee=st.just(FEE)))
def test_a_content_that_is_fixed_stays_and_decides_on_the_category(item: InformationItem) -> None:
    assert (item.fee, item.category) == (FEE, Category.FEE)


def test_a_field_that_there_is_not_is_refused() -> None:
    with pytest.raises(InputError, match=r"Site has no field urll\. Known: id, unit"):
        records(Site, urll=st.just(""))
