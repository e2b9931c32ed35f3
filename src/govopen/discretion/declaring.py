"""What a table declares before its rows: inputs, outputs, hit policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import attrs

from govopen.discretion.axes import DURATION_WORDS, DURATIONS, LAST_DAY, Axis
from govopen.discretion.language import parse_cell
from govopen.discretion.spans import Spans, ends, intersect
from govopen.discretion.tokens import tokenize
from govopen.discretion.wording import IntervalWords
from govopen.errors import InputError
from govopen.model.discretion import Aggregation, DiscretionTable, HitPolicy, InputKind, TableInput, TableOutput
from govopen.texts import N_

__all__ = ["Outputs", "declare_axes", "declare_outputs", "no_outputs_problems", "policy_problems"]

Complain = Callable[[str, InputError], None]
"""Takes the path in the document, and what is wrong."""

_FEN = Decimal("0.01")
_FORBIDDEN = '`"“”'


def declare_axes(document: DiscretionTable, words: IntervalWords, complain: Complain) -> tuple[Axis, ...]:
    """The axes of a table's inputs."""
    if not document.inputs:
        complain(
            "inputs", InputError(N_("The table has no input."), hint=N_("Declare the facts that conditions ask for."))
        )
    seen: set[str] = set()
    found = []
    for number, source in enumerate(document.inputs):
        path = f"inputs[{number}]"
        for name in sorted({source.name, source.label} - {""}):
            if name in seen:
                complain(
                    path,
                    InputError(N_("The name {name} stands twice."), hint=N_("Give each input its own."), name=name),
                )
            seen.add(name)
        try:
            found.append(_axis(source, document, words))
        except InputError as error:
            complain(path, error)
    return tuple(found)


def _axis(source: TableInput, document: DiscretionTable, words: IntervalWords) -> Axis:
    if not source.name or any(mark in source.name for mark in _FORBIDDEN):
        raise InputError(
            N_("The input has no usable name."), hint=N_("Accepted: a text without quotation marks: times.")
        )
    kind = source.kind
    step, dense = _step(source)
    values = _values(source, document)
    unit = _unit(source)
    whole: Spans
    if kind is InputKind.BOOLEAN:
        whole = ((0, 1),)
    elif kind is InputKind.ENUMERATION:
        whole = ((0, len(values) - 1),)
    elif kind is InputKind.TEXT:
        whole = ((0, len(values)),)
    elif kind is InputKind.DATE:
        whole = ((1, LAST_DAY),)
    else:
        whole = (ends(dense=dense),)
    axis = Axis(
        name=source.name,
        label=source.label,
        kind=kind,
        unit=unit,
        graver=source.graver,
        step=step,
        dense=dense,
        values=values,
        domain=whole,
    )
    if not source.domain:
        return axis
    domain = intersect(parse_cell(source.domain, axis, words), whole)
    if not domain:
        raise InputError(N_("The domain holds no value."), hint=N_("Accepted: a test such as >= 1 or [0..1]."))
    return attrs.evolve(axis, domain=domain)


def _step(source: TableInput) -> tuple[Decimal, bool]:
    if source.step is not None and source.kind not in (InputKind.DECIMAL, InputKind.MONEY):
        raise InputError(N_("Only decimals and money have a step."), hint=N_("Leave the step out."))
    if source.step is not None and source.step <= 0:
        raise InputError(N_("A step is more than zero."), hint=N_("Accepted: a number such as 0.01, or none."))
    if source.kind is InputKind.MONEY:
        return source.step or _FEN, False
    return source.step or Decimal(1), source.kind is InputKind.DECIMAL and source.step is None


def _values(source: TableInput, document: DiscretionTable) -> tuple[str, ...]:
    if source.kind is InputKind.TEXT:
        return source.values or _named_texts(document)
    if source.kind is not InputKind.ENUMERATION:
        if source.values:
            raise InputError(
                N_("Only an enumeration lists its values."), hint=N_("Write a domain such as >= 1 instead.")
            )
        return ()
    if not source.values or len(set(source.values)) < len(source.values):
        raise InputError(
            N_("The enumeration has no values, or one twice."), hint=N_("List each value once, the least grave first.")
        )
    return source.values


def _named_texts(document: DiscretionTable) -> tuple[str, ...]:
    """Every text in quotes: what a text input can be asked for."""
    found: dict[str, None] = {}
    texts = [*document.impossible, *document.lawful, *(entry.when for entry in document.statute)]
    for text in (*(row.when for row in document.rows), *texts, *(row.wording for row in document.rows)):
        try:
            found.update({token.text: None for token in tokenize(text, ()) if token.kind == "text"})
        except InputError:
            # Told where the condition is read.
            continue
    return tuple(found)


def _unit(source: TableInput) -> str:
    if source.kind is not InputKind.DURATION:
        return source.unit
    unit = DURATION_WORDS.get(source.unit, source.unit)
    if unit not in DURATIONS:
        raise InputError(
            N_("A duration counts {accepted}."),
            hint=N_("Write one of them as its unit."),
            accepted=", ".join(DURATIONS),
        )
    return unit


class Outputs:
    """The outputs of a decision table that is no table of penalties."""

    def __init__(self, sources: Sequence[TableOutput], *, ranked: bool) -> None:
        self.sources = tuple(sources)
        self.ranked = ranked
        self.axes = tuple(_output_axis(source) for source in sources)
        self.named = len(sources) > 1 or bool(sources[0].name)
        given = [source.default for source in sources]
        self.default: Any = None
        if all(given):
            self.default = self._result([self._value(at, text) for at, text in enumerate(given)])

    def read(self, texts: Sequence[str]) -> tuple[Any, tuple[int, ...]]:
        """The result of a row, and its rank.

        Raises:
            InputError: There are too few or too many, or one is no value of its output.
        """
        if len(texts) != len(self.sources):
            raise InputError(
                N_("The row has {count} results; the table has {expected} outputs."),
                hint=N_("Write one for each output, in their order."),
                count=len(texts),
                expected=len(self.sources),
            )
        found = [self._value(at, text) for at, text in enumerate(texts)]
        rank = tuple(
            source.values.index(text.strip('"'))
            for source, text in zip(self.sources, texts, strict=True)
            if source.values
        )
        return self._result(found), rank if self.ranked else ()

    def _result(self, values: list[Any]) -> Any:
        # One unnamed output is its value; so is a single named one: DMN makes no context of it.
        if len(values) == 1:
            return values[0]
        return dict(zip((source.name for source in self.sources), values, strict=True))

    def _value(self, at: int, text: str) -> Any:
        axis, source = self.axes[at], self.sources[at]
        text = text.strip().removeprefix('"').removesuffix('"')
        if source.values and text not in source.values:
            raise InputError(
                N_("'{value}' is no value of {input}."),
                hint=N_("Accepted: {accepted}."),
                value=text[:80],
                input=source.name or source.label,
                accepted=", ".join(source.values),
            )
        return text if source.kind is InputKind.TEXT else axis.value(axis.read(text))


def _output_axis(source: TableOutput) -> Axis:
    unit = "days" if source.kind is InputKind.DURATION else ""
    dense = source.kind is InputKind.DECIMAL
    step = _FEN if source.kind is InputKind.MONEY else Decimal(1)
    return Axis(
        name=source.name, label=source.label, kind=source.kind, unit=unit, dense=dense, step=step, values=source.values
    )


def declare_outputs(document: DiscretionTable, complain: Complain) -> Outputs | None:
    """The outputs; ``None`` for a table of penalties, which has none."""
    if not document.outputs:
        return None
    try:
        return Outputs(document.outputs, ranked=document.hit_policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER))
    except InputError as error:
        complain("outputs", error)
        return None


def no_outputs_problems(document: DiscretionTable) -> Iterator[tuple[str, str, str]]:
    """What is missing, or too much, by whether the table is one of penalties: path, message, what is accepted."""
    if not document.rows:
        yield "rows", N_("The table has no row."), N_("Write one row for each tier.")
    if not document.outputs and not document.statute:
        yield (
            "statute",
            N_("The table has no statutory range, so that nobody can say whether its tiers are lawful."),
            N_("Write what the law allows, with citation and date; a decision table of another kind declares outputs."),
        )
    if document.outputs and document.statute:
        yield "outputs", N_("The table has outputs and a statutory range."), N_("Accepted: one of the two.")


def policy_problems(document: DiscretionTable) -> Iterator[tuple[str, str, str]]:
    """What of hit policy and aggregation does not fit: path, message, what is accepted."""
    policy, aggregation = document.hit_policy, document.aggregation
    if policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER) and not any(output.values for output in document.outputs):
        yield (
            "hit_policy",
            N_("This hit policy ranks rows by their outputs, and no output lists its values."),
            N_("List an output's values, the first with the highest priority; or choose unique or first."),
        )
    if aggregation is not None and policy is not HitPolicy.COLLECT:
        yield (
            "aggregation",
            N_("Only the policy collect aggregates."),
            N_("Leave it out, or set the policy to collect."),
        )
    if aggregation in (Aggregation.SUM, Aggregation.MIN, Aggregation.MAX) and not (
        len(document.outputs) == 1
        and document.outputs[0].kind in (InputKind.INTEGER, InputKind.DECIMAL, InputKind.MONEY)
    ):
        yield "aggregation", N_("Only one numeric output can be aggregated so."), N_("Accepted: count, or one number.")
