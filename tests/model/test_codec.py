"""What was written comes back equal, in few bytes, and always in the same ones."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import json
import types
import typing
from decimal import Decimal
from typing import Annotated

import attrs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.errors import PluginError, StoreError
from govopen.model import codec
from govopen.model.base import Record, Term
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import DisclosureAttribute
from govopen.model.contents import FeeItem
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Unit, UnitKind

PLAIN = {
    str: st.text(),
    bool: st.booleans(),
    int: st.integers(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    dt.date: st.dates(),
}


def values(hint: object) -> st.SearchStrategy[typing.Any]:
    """Any value that a field of this type may hold."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is type(None):
        return st.none()
    if origin in {types.UnionType, typing.Union}:
        return st.one_of(*map(values, arguments))
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return st.sampled_from(hint)
    if isinstance(hint, type) and attrs.has(hint):
        return records(hint)
    raise NotImplementedError(hint)


def records(cls: type) -> st.SearchStrategy[typing.Any]:
    """Any value of an attrs class; optional fields are often left out."""
    hints = typing.get_type_hints(cls)
    fields = {
        field.name: values(hints[field.name])
        if field.default is attrs.NOTHING
        else st.just(field.default) | values(hints[field.name])
        for field in attrs.fields(cls)
    }
    return st.builds(cls, **fields)


@pytest.mark.parametrize("type_", RECORD_TYPES, ids=lambda type_: type_.name)
@given(data=st.data())
def test_what_was_written_comes_back_equal_and_is_written_alike_again(type_, data):
    record = data.draw(records(type_.cls))
    body = codec.encode(record)
    back = codec.decoder(type_.cls)(body)
    assert back == record
    assert codec.encode(back) == body


@pytest.mark.parametrize("type_", RECORD_TYPES, ids=lambda type_: type_.name)
@given(data=st.data())
def test_what_comes_back_is_of_the_types_that_rules_rely_on(type_, data):
    """Equality would pass a text for an enumeration member, and an integer for a boolean."""
    record = data.draw(records(type_.cls))
    back = codec.decoder(type_.cls)(codec.encode(record))
    for field in attrs.fields(type_.cls):
        assert type(getattr(back, field.name)) is type(getattr(record, field.name))


def test_body_leaves_out_defaults_and_sorts_its_keys():
    item = InformationItem(
        id="号-1", unit="u1", category=Category.FEE, attributes=(DisclosureAttribute.PROACTIVE,), fee=FeeItem(name="费")
    )
    assert codec.encode(item).decode() == (
        '{"attributes":["proactive"],"category":"fee","fee":{"name":"费"},"id":"号-1","unit":"u1"}'
    )


def test_nothing_stated_and_none_stated_stay_apart():
    unknown, none = (
        Unit(id="u", name="", kind=UnitKind.TOWN, jurisdiction="CN", duties=duties) for duties in (None, ())
    )
    assert json.loads(codec.encode(none))["duties"] == []
    assert "duties" not in json.loads(codec.encode(unknown))


@attrs.frozen(kw_only=True)
class Odd(Record):
    made: Annotated[list[str], Term("列表", "made")] = attrs.field(factory=list)
    number: Annotated[float, Term("数", "number")] = 1.0
    named: Annotated[dict[str, FeeItem], Term("名", "named")] = attrs.field(factory=dict)
    any_: Annotated[typing.Any, Term("任意", "any")] = None


def test_a_default_made_by_a_factory_is_left_out():
    assert json.loads(codec.encode(Odd(id="x"))) == {"id": "x"}
    assert json.loads(codec.encode(Odd(id="x", made=["y"])))["made"] == ["y"]


def test_a_value_that_equals_the_default_but_is_of_another_type_is_written():
    assert json.loads(codec.encode(Odd(id="x", number=True)))["number"] is True


def test_values_of_a_mapping_leave_out_their_defaults_too():
    odd = Odd(id="x", named={"b": FeeItem(name="费"), "a": FeeItem()})
    assert b'"named":{"a":{},"b":{"name":"\xe8\xb4\xb9"}}' in codec.encode(odd)
    assert codec.decoder(Odd)(codec.encode(odd)) == odd


@pytest.mark.parametrize("value", ["\ud800", object()], ids=["half a character", "object"])
def test_a_value_without_a_json_form_is_refused_without_being_shown(value):
    with pytest.raises(StoreError, match="Odd 'x' holds a value that cannot be written") as refused:
        codec.encode(Odd(id="x", any_=value))
    assert repr(value) not in str(refused.value)


def test_unknown_fields_are_ignored_and_wrong_values_are_not():
    decode = codec.decoder(Unit)
    unit = Unit(id="u", name="n", kind=UnitKind.TOWN, jurisdiction="CN")
    assert decode(b'{"id":"u","name":"n","kind":"town","jurisdiction":"CN","later":1}') == unit
    with pytest.raises(msgspec.ValidationError):
        decode(b'{"id":"u","name":"n","kind":"city","jurisdiction":"CN"}')
    with pytest.raises(msgspec.ValidationError):
        decode(b'{"id":"u","name":1,"kind":"town","jurisdiction":"CN"}')


def test_decoder_is_made_once_for_a_class():
    assert codec.decoder(Unit) is codec.decoder(Unit)


@attrs.frozen(kw_only=True)
class Either(Record):
    held: FeeItem | Unit | None = None


@attrs.frozen(kw_only=True)
class OfItself(Record):
    twice: str = attrs.field(default=attrs.Factory(lambda self: self.id * 2, takes_self=True))


@pytest.mark.parametrize("cls", [Either, OfItself])
def test_class_that_cannot_be_read_back_is_refused(cls):
    with pytest.raises(PluginError, match=f"{cls.__name__} cannot be read from JSON"):
        codec.decoder(cls)


def test_digest_is_that_of_the_body():
    unit = Unit(id="u", name="n", kind=UnitKind.TOWN, jurisdiction="CN")
    assert codec.digest(unit) == hashlib.sha256(codec.encode(unit)).hexdigest()
    assert codec.digest(attrs.evolve(unit, name="m")) != codec.digest(unit)
