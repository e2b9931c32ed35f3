"""The JSON Schema of a record type takes every record of it, and nothing that is none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from govopen.interchange.schema import json_schema
from govopen.model.base import RecordType, terms
from govopen.model.codec import encode
from govopen.model.types import RECORD_TYPES
from govopen.testing.strategies import records

every_type = pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda record_type: record_type.name)


def validator(record_type: RecordType) -> Draft202012Validator:
    return Draft202012Validator(json_schema(record_type))


@every_type
def test_the_schema_is_one_and_says_what_it_is_of(record_type: RecordType) -> None:
    schema = json_schema(record_type)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:govopen:schema:{record_type.name}:1"
    assert schema["title"] == record_type.title.en
    assert schema["description"].startswith(record_type.title.zh)
    for name, term in terms(record_type.cls).items():
        assert schema["properties"][name]["description"].startswith(f"{term.zh} — {term.en}")


@every_type
def test_an_example_is_valid(record_type: RecordType) -> None:
    schema = json_schema(record_type)
    objects = [schema, *schema.get("$defs", {}).values()]
    found = [entry for properties in objects for entry in properties["properties"].values() if "examples" in entry]
    assert found
    for entry in found:
        Draft202012Validator({"$defs": schema.get("$defs", {}), **entry}).validate(entry["examples"][0])


@every_type
@given(data=st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_every_record_is_valid(record_type: RecordType, data: st.DataObject) -> None:
    body = json.loads(encode(data.draw(records(record_type.cls))))
    validator(record_type).validate(body)
    validator(record_type).validate({"type": record_type.name, **body})


def objects_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(found for held in value.values() for found in objects_in(held))]
    return [found for held in value for found in objects_in(held)] if isinstance(value, list) else []


@every_type
@given(data=st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_a_mutated_record_is_not(record_type: RecordType, data: st.DataObject) -> None:
    body = json.loads(encode(data.draw(records(record_type.cls))))
    place = data.draw(st.sampled_from(objects_in(body)))
    key = data.draw(st.sampled_from([*sorted(place), "unheard-of"]))
    place[key] = {"no": "field has this form"}
    assert not validator(record_type).is_valid(body)


@every_type
def test_a_record_without_a_required_field_is_not_valid(record_type: RecordType) -> None:
    schema = json_schema(record_type)
    assert "id" in schema["required"]
    assert not validator(record_type).is_valid({})


def test_limits_of_numbers_and_dates_are_in_the_schema() -> None:
    organisation = next(entry for entry in RECORD_TYPES if entry.name == "organisation")
    good = {"id": "o-1", "unit": "u-1", "year": 2011, "budget_yuan": "10.50", "plan_issued_on": "2011-04-05"}
    assert validator(organisation).is_valid(good)
    for change in (
        {"year": 1900},
        {"budget_yuan": "ten"},
        {"plan_issued_on": "2011/4/5"},
        {"id": "a b"},
        {"year": None},
    ):
        assert not validator(organisation).is_valid(good | change)


def test_digests_and_what_a_classified_item_may_say_are_in_the_schema() -> None:
    by_name = {entry.name: validator(entry) for entry in RECORD_TYPES}
    item = {"id": "i-1", "unit": "u-1"}
    assert by_name["information-item"].is_valid(item | {"digest": "ab" * 32})
    assert not by_name["information-item"].is_valid(item | {"digest": "ab" * 31})
    classified = {"id": "c-1", "unit": "u-1", "level": "mimi", "determined_on": "2011-01-01"}
    assert by_name["classified-item"].is_valid(classified)
    for change in ({"id": "方案"}, {"basis": "x" * 61}, {"authorisation": "x" * 61}):
        assert not by_name["classified-item"].is_valid(classified | change)
