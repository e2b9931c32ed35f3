"""The names that DMN gives to what a table has: namespaces of its versions, hit policies, types."""

from __future__ import annotations

from collections.abc import Mapping

from govopen.model.discretion import Aggregation, HitPolicy, InputKind

__all__ = [
    "AGGREGATIONS",
    "EXTENSION",
    "HIT_POLICIES",
    "MODEL",
    "RESERVED",
    "TYPES",
    "TYPES_WRITTEN",
]

MODEL: Mapping[str, str] = {
    "1.3": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "1.4": "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "1.5": "https://www.omg.org/spec/DMN/20230324/MODEL/",
}
"""From a version of DMN to the namespace of its elements. Decision tables are the same in these three."""

EXTENSION = "urn:govopen:discretion:1"
"""The namespace of what a discretion table says and DMN has no element for."""

HIT_POLICIES: Mapping[str, HitPolicy] = {policy.value.replace("_", " ").upper(): policy for policy in HitPolicy}
"""From ``RULE ORDER`` to the policy."""

AGGREGATIONS: Mapping[str, Aggregation] = {entry.value.upper(): entry for entry in Aggregation}
"""DMN's names of what is made of collected outputs."""

TYPES: Mapping[str, tuple[InputKind, str]] = {
    "number": (InputKind.DECIMAL, ""),
    "string": (InputKind.TEXT, ""),
    "boolean": (InputKind.BOOLEAN, ""),
    "date": (InputKind.DATE, ""),
    "days and time duration": (InputKind.DURATION, "days"),
    "years and months duration": (InputKind.DURATION, "months"),
    # Names of earlier versions, and of Camunda, in whose editor most files are made.
    "dayTimeDuration": (InputKind.DURATION, "days"),
    "yearMonthDuration": (InputKind.DURATION, "months"),
    "integer": (InputKind.INTEGER, ""),
    "long": (InputKind.INTEGER, ""),
    "double": (InputKind.DECIMAL, ""),
}
"""From a type of FEEL to the kind, and the unit of a duration."""

TYPES_WRITTEN: Mapping[InputKind, str] = {
    InputKind.INTEGER: "number",
    InputKind.DECIMAL: "number",
    InputKind.MONEY: "number",
    InputKind.DATE: "date",
    InputKind.BOOLEAN: "boolean",
    InputKind.ENUMERATION: "string",
    InputKind.TEXT: "string",
}
"""The type of FEEL for each kind but a duration, whose type its unit decides."""

RESERVED = frozenset(
    (
        *("and", "between", "else", "every", "false", "for", "if", "in", "instance", "not", "null", "of", "or"),
        *("return", "satisfies", "some", "then", "true", "且", "并且", "非", "或", "或者"),
    )
)
"""Words that no variable may be called by: FEEL or a condition would read them as its own."""
