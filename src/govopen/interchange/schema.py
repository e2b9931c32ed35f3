"""JSON Schema 2020-12 of record types: what a line of JSON Lines may hold in its canonical form."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Any

from govopen.errors import InputError
from govopen.interchange.checks import CLASSIFIED_TOKEN, DIGESTS, RANGES, SHORT_TEXT
from govopen.interchange.fields import Field, fields_of
from govopen.interchange.values import DIGEST_PATTERN, choices, enum_reader, read_bool, read_decimal, read_int
from govopen.model.base import ID_PATTERN, RecordType
from govopen.model.classification import ClassifiedItem

__all__ = ["json_schema"]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DECIMAL = r"^[+-]?[0-9]+(\.[0-9]+)?$"


def json_schema(record_type: RecordType) -> dict[str, Any]:
    """The JSON Schema of one record, as the store and an export write it.

    An import takes more than this: ``null`` and blank texts for missing fields, dates and enumerations as people
    write them. The key ``type``, by which a line of JSON Lines names its record type, is allowed too.
    """
    definitions: dict[str, Any] = {}
    schema = {
        "$schema": _DRAFT,
        "$id": f"urn:govopen:schema:{record_type.name}:{record_type.version}",
        "title": record_type.title.en,
        "description": f"{record_type.title.zh} — {_first_sentence(record_type.cls)}",
        **_object(record_type.cls, definitions, identifiers={"id", record_type.unit, *record_type.indexes}),
    }
    schema["properties"].setdefault("type", {"const": record_type.name})
    if definitions:
        schema["$defs"] = definitions
    return schema


def _first_sentence(cls: type) -> str:
    return " ".join((cls.__doc__ or "").split("\n\n")[0].split())


def _object(cls: type, definitions: dict[str, Any], identifiers: set[str] | None = None) -> dict[str, Any]:
    properties = {}
    for field in fields_of(cls):
        properties[field.name] = _described(field, _value(field, definitions))
        if field.name in (identifiers or ()) and field.kind is str:
            # Other identifiers than the record's own may be blank: nobody has said.
            pattern = f"^{ID_PATTERN}$" if field.required else f"^({ID_PATTERN})?$"
            properties[field.name]["pattern"] = pattern
    for name in DIGESTS.get(cls, ()):
        properties[name]["pattern"] = f"^({DIGEST_PATTERN})?$"
    if cls is ClassifiedItem:
        properties["id"]["pattern"] = f"^{CLASSIFIED_TOKEN}$"
        for name in ("basis", "authorisation"):
            properties[name]["maxLength"] = SHORT_TEXT
    for name, (least, greatest) in RANGES.get(cls, {}).items():
        properties[name]["minimum"] = least
        if greatest is not None:
            properties[name]["maximum"] = greatest
    return {
        "type": "object",
        "properties": properties,
        "required": [field.name for field in fields_of(cls) if field.required],
        "additionalProperties": False,
    }


def _described(field: Field, schema: dict[str, Any]) -> dict[str, Any]:
    notes = [f"{field.term.zh} — {field.term.en}"]
    if issubclass(field.kind, enum.Enum):
        notes.append(choices(field.kind))
    if field.term.personal:
        notes.append("personal data")
    schema["description"] = "; ".join(notes)
    if field.term.example and (example := _example(field)) is not None:
        schema["examples"] = [example]
    return schema


def _value(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = _single(field.kind, definitions)
    if field.many:
        schema = {"type": "array", "items": schema}
    if not field.optional:
        return schema
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*kinds, "null"], **({"enum": [*schema["enum"], None]} if "enum" in schema else {})}
    return {"anyOf": [schema, {"type": "null"}]}


def _single(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    if issubclass(kind, enum.Enum):
        return {"type": "string", "enum": [member.value for member in kind]}
    for known, schema in (
        (bool, {"type": "boolean"}),
        (int, {"type": "integer"}),
        (Decimal, {"type": ["string", "number"], "format": "decimal", "pattern": _DECIMAL}),
        (dt.date, {"type": "string", "format": "date", "pattern": _DATE}),
        (str, {"type": "string"}),
        (float, {"type": "number"}),
    ):
        if kind is known:
            return dict(schema)
    if not hasattr(kind, "__attrs_attrs__"):
        return {}
    if kind.__name__ not in definitions:
        # The place is taken first: a class may hold itself.
        definitions[kind.__name__] = {}
        definitions[kind.__name__].update({"description": _first_sentence(kind), **_object(kind, definitions)})
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _example(field: Field) -> Any:
    example = field.term.example
    if field.many:
        members = [_scalar(field.kind, part.strip()) for part in example.split(";")]
        return None if None in members else members
    return _scalar(field.kind, example)


def _scalar(kind: type, text: str) -> Any:
    try:
        if issubclass(kind, enum.Enum):
            return enum_reader(kind)(text).value
        if kind is bool:
            return read_bool(text)
        if kind is int:
            return read_int(text)
        return str(read_decimal(text)) if kind is Decimal else text
    except InputError:
        return None
