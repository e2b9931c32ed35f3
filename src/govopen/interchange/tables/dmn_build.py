"""The decision table of a compiled table, by DMN alone."""

from __future__ import annotations

import datetime as dt
import re
import urllib.parse
from collections.abc import Sequence

import attrs

from govopen.discretion.axes import Axis
from govopen.discretion.declaring import Outputs
from govopen.discretion.spans import Spans, ends
from govopen.discretion.table import Table
from govopen.discretion.writing import write_cell
from govopen.interchange.tables.dmn_feel import ESCAPED, Literal, feel_kind, write_literal
from govopen.interchange.tables.dmn_names import RESERVED, TYPES_WRITTEN
from govopen.interchange.tables.dmn_rules import Cells, disjoint, masked, spans_of_rule
from govopen.interchange.tables.dmn_xml import Element
from govopen.model.base import terms
from govopen.model.discretion import DiscretionTable, HitPolicy, InputKind, TableOutput, TableRow

__all__ = ["PENALTY_OUTPUTS", "Built", "build", "results_of"]

PENALTY_OUTPUTS = ("tier", "outcome", "further", "mode", "citation")
"""Columns of results of a table of penalties, by fields of its rows."""

_NCNAME = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_.\-\u4e00-\u9fff]*")
_NO_NAME = re.compile(r"\W+")
_SINGLE = (HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.PRIORITY, HitPolicy.FIRST)


@attrs.frozen
class Built:
    """A DMN file.

    Attributes:
        definitions: Its root.
        decision: The decision with the table.
        rules: How many rules each row came to.
    """

    definitions: Element
    decision: Element
    rules: tuple[int, ...]


def build(table: Table, namespace: str, *, rules: bool = True) -> Built:
    """The DMN file of a table, without what DMN has no place for.

    Args:
        table: The compiled table; it has one reading.
        namespace: Of the version of DMN.
        rules: Whether its rows are wanted, too.

    Raises:
        TableError: It comes to too many rules.
    """
    document = table.document
    identifier = document.id if _NCNAME.fullmatch(document.id) else "_" + re.sub(r"[^A-Za-z0-9_.-]", "_", document.id)
    title = document.title or document.id
    name = _variable(title)
    definitions = Element(
        "definitions",
        namespace,
        {
            "id": f"{identifier}.definitions",
            "name": title,
            "namespace": f"urn:govopen:discretion-table:{urllib.parse.quote(document.id, safe='')}",
            "exporter": "govopen",
        },
    )
    outputs = outputs_of(document)
    result = _add_types(definitions, identifier, document, outputs)
    variables = _variables(table.axes)
    for number, (axis, variable) in enumerate(zip(table.axes, variables, strict=True), start=1):
        data = definitions.add("inputData", id=f"{identifier}.data.{number}", name=variable)
        data.add("variable", name=variable, typeRef=type_of(axis.kind, axis.unit))
    decision = definitions.add("decision", id=identifier, name=name, label=title if title != name else "")
    decision.add("variable", name=name, typeRef=result)
    for number in range(1, len(variables) + 1):
        requirement = decision.add("informationRequirement", id=f"{identifier}.requirement.{number}")
        requirement.add("requiredInput", href=f"#{identifier}.data.{number}")
    element = decision.add(
        "decisionTable",
        id=f"{identifier}.table",
        hitPolicy=document.hit_policy.value.replace("_", " ").upper(),
        aggregation=document.aggregation.value.upper() if document.aggregation else "",
    )
    for number, (axis, variable) in enumerate(zip(table.axes, variables, strict=True), start=1):
        _add_input(element, f"{identifier}.input.{number}", axis, variable, document.inputs[number - 1].label)
    for number, output in enumerate(outputs, start=1):
        _add_output(element, f"{identifier}.output.{number}", output)
    counts = _add_rules(element, identifier, table) if rules else ()
    return Built(definitions, decision, counts)


def outputs_of(document: DiscretionTable) -> tuple[TableOutput, ...]:
    """The columns of results."""
    if document.outputs:
        return document.outputs
    labels = terms(TableRow)
    return tuple(TableOutput(name=name, label=labels[name].zh, kind=InputKind.TEXT) for name in PENALTY_OUTPUTS)


def results_of(document: DiscretionTable, row: TableRow) -> tuple[Literal, ...]:
    """What follows from a row, one literal for each column of results."""
    if document.outputs:
        return tuple(_literal(output, text) for output, text in zip(document.outputs, row.outputs, strict=True))
    mode = row.mode.value if row.mode is not None else ""
    texts = (row.tier, row.outcome, "；".join(row.further), mode, row.citation)
    return tuple(Literal("string", text) for text in texts)


def _literal(output: TableOutput, text: str) -> Literal:
    text = text.strip().removeprefix('"').removesuffix('"')
    if output.kind not in (InputKind.TEXT, InputKind.ENUMERATION):
        (axis,) = Outputs((attrs.evolve(output, default=""),), ranked=False).axes
        text = axis.write(axis.read(text))
    return Literal(feel_kind(output.kind), text)


def type_of(kind: InputKind, unit: str = "") -> str:
    """The type of FEEL for a kind."""
    of_months = "years and months duration" if unit in ("months", "years") else "days and time duration"
    return TYPES_WRITTEN.get(kind, of_months)


def _variable(text: str) -> str:
    """A text as FEEL takes it for the name of a variable."""
    name = " ".join(_NO_NAME.sub(" ", text).split()) or "decision"
    name = name if name[0].isalpha() or name[0] == "_" else f"_{name}"
    return name if RESERVED.isdisjoint(name.split()) else f"{name.replace(' ', '_')}_"


def _variables(axes: Sequence[Axis]) -> list[str]:
    found: list[str] = []
    for axis in axes:
        name = _variable(axis.name)
        while name in found:
            name = f"{name.replace(' ', '_')}_"
        found.append(name)
    return found


def _add_types(definitions: Element, identifier: str, document: DiscretionTable, outputs: Sequence[TableOutput]) -> str:
    """The type of the result; several columns are a structure, several hits a list."""
    if document.aggregation is not None:
        return "number"
    many = document.hit_policy not in _SINGLE
    if len(outputs) == 1 and not many:
        return type_of(outputs[0].kind)
    name = "tResult"
    item = definitions.add("itemDefinition", id=f"{identifier}.result", name=name, isCollection="true" if many else "")
    if len(outputs) == 1:
        item.add("typeRef", type_of(outputs[0].kind))
    for output in outputs if len(outputs) > 1 else ():
        item.add("itemComponent", name=output.name).add("typeRef", type_of(output.kind))
    return name


def _add_input(table: Element, identifier: str, axis: Axis, variable: str, label: str) -> None:
    clause = table.add("input", id=identifier, label=label or (axis.name if variable != axis.name else ""))
    clause.add("inputExpression", typeRef=type_of(axis.kind, axis.unit)).add("text", variable)
    if axis.kind is InputKind.ENUMERATION:
        inside = [value for at, value in enumerate(axis.values) if any(low <= at <= high for low, high in axis.domain)]
        clause.add("inputValues").add("text", ", ".join(write_literal(Literal("string", value)) for value in inside))
    elif cell := _domain(axis):
        clause.add("inputValues").add("text", cell)


def _add_output(table: Element, identifier: str, output: TableOutput) -> None:
    clause = table.add("output", id=identifier, name=output.name, label=output.label, typeRef=type_of(output.kind))
    if output.values:
        written = ", ".join(write_literal(_literal(output, value)) for value in output.values)
        clause.add("outputValues").add("text", written)
    if output.default:
        clause.add("defaultOutputEntry").add("text", write_literal(_literal(output, output.default)))


def _add_rules(element: Element, identifier: str, table: Table) -> tuple[int, ...]:
    counts = []
    number = 0
    for row, source in zip(table.rows, table.document.rows, strict=True):
        boxes = disjoint(masked(table, row.boxes))
        counts.append(len(boxes))
        results = [write_literal(literal) for literal in results_of(table.document, source)]
        for box in boxes:
            number += 1
            rule = element.add("rule", id=f"{identifier}.rule.{number}")
            for cell in _cells(table, box):
                rule.add("inputEntry").add("text", cell)
            for result in results:
                rule.add("outputEntry").add("text", result)
    return tuple(counts)


def _cells(table: Table, box: Cells) -> list[str]:
    return [_cell(spans, axis) for spans, axis in zip(spans_of_rule(table, box), table.axes, strict=True)]


def _cell(spans: Spans, axis: Axis) -> str:
    if axis.kind in (InputKind.ENUMERATION, InputKind.TEXT):
        axis = attrs.evolve(axis, values=tuple(value.translate(ESCAPED) for value in axis.values))
    return write_cell(spans, axis, "feel")


def _domain(axis: Axis) -> str:
    """The domain as a cell; blank: it is all that the type has."""
    match axis.kind:
        case InputKind.BOOLEAN:
            whole: Spans = ((0, 1),)
        case InputKind.TEXT:
            whole = ((0, len(axis.values)),)
        case InputKind.DATE:
            whole = ((dt.date.min.toordinal(), dt.date.max.toordinal()),)
        case _:
            whole = (ends(dense=axis.dense),)
    return "" if axis.domain == whole else _cell(axis.domain, attrs.evolve(axis, domain=whole))
