"""What was found out about discretion tables as plain data, as ``table-report.schema.json`` describes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import msgspec

from govopen import __version__
from govopen.discretion.axes import Value
from govopen.discretion.properties import PROPERTIES, Property, Witness
from govopen.discretion.table import Table
from govopen.report.tables.checked import CheckedTable
from govopen.report.tables.text import said
from govopen.report.tables.wording import TableWords, statutes_of
from govopen.texts import Language

__all__ = [
    "SCHEMA_VERSION",
    "plain",
    "row_document",
    "table_report_document",
    "table_report_json",
    "table_report_schema",
]

SCHEMA_VERSION = 1
"""Of the JSON report; raised by a change that a reader of the old one would not understand."""


def table_report_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the report."""
    content = files("govopen.report").joinpath("table-report.schema.json").read_bytes()
    schema: dict[str, Any] = msgspec.json.decode(content)
    return schema


def table_report_json(found: Iterable[CheckedTable], lang: Language) -> bytes:
    """The report as indented UTF-8 JSON. Keys and codes never change with the language; texts do."""
    return msgspec.json.format(msgspec.json.encode(table_report_document(found, lang)), indent=1) + b"\n"


def table_report_document(found: Iterable[CheckedTable], lang: Language) -> dict[str, Any]:
    """The report as dictionaries, lists, strings, numbers and ``None``."""
    words = TableWords(lang)
    return {
        "schema_version": SCHEMA_VERSION,
        "govopen_version": __version__,
        "language": lang,
        "tables": [_table(entry, words) for entry in found],
    }


def _table(found: CheckedTable, words: TableWords) -> dict[str, Any]:
    document = found.table.document
    return {
        "source": found.source,
        "table": document.id,
        "title": document.title,
        "unit": document.unit,
        "since": _day(document.since),
        "until": _day(document.until),
        "version": found.proofs.version,
        "hit_policy": document.hit_policy.value,
        "interval_words": {
            "on": _day(found.worded_on),
            "since": found.provision.since.isoformat(),
            "basis": [str(citation) for citation in found.provision.basis],
            "verified": found.provision.verified,
        },
        "verdict": found.proofs.verdict.value,
        "properties": [_property(found.table, held, words) for held in found.proofs.properties.values()],
        "notes": [
            *({"kind": remark.kind.value, "text": remark.get(words.lang)} for remark in found.remarks),
            *(
                {"kind": "note", "text": said(found.table, note.message, note.facts, words)}
                for note in found.proofs.notes
            ),
        ],
    }


def _property(table: Table, held: Property, words: TableWords) -> dict[str, Any]:
    return {
        "property": held.name,
        "title": words.text(PROPERTIES[held.name]),
        "verdict": held.verdict.value,
        "reason": said(table, held.reason, held.facts, words) if held.reason is not None else None,
        "witnesses": [_witness(table, witness, words) for witness in held.witnesses],
        "more": held.more,
    }


def _witness(table: Table, witness: Witness, words: TableWords) -> dict[str, Any]:
    return {
        "text": said(table, witness.message, witness.facts, words),
        "case": case_document(witness.case) or None,
        "graver_case": case_document(witness.other) or None,
        "rows": [row_document(table, number) for number in witness.rows],
        "law": [statute.source.citation for statute in statutes_of(table, witness.case)] if witness.case else [],
    }


def row_document(table: Table, number: int) -> dict[str, Any]:
    """A row by its number, tier, outcome and citation."""
    row, source = table.rows[number - 1], table.document.rows[number - 1]
    return {
        "row": number,
        "tier": row.tier,
        "outcome": source.outcome or None,
        "further": list(source.further),
        "outputs": list(source.outputs),
        "citation": row.citation,
    }


def case_document(case: Mapping[str, Value]) -> dict[str, Any]:
    """A case by the names of inputs."""
    return {name: plain(value) for name, value in case.items()}


def plain(value: Any) -> Any:
    """A value as JSON holds it. A decimal keeps its digits: a JSON number would become a binary fraction."""
    if isinstance(value, Mapping):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:f}"


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
