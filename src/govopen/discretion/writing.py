"""Conditions written out: as this language has them, or as FEEL does for DMN."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from govopen.discretion.axes import Axis
from govopen.discretion.spans import Coordinate, Run, Spans, complement
from govopen.model.discretion import InputKind

__all__ = ["Notation", "write_cell", "write_name", "write_term", "write_value"]

Notation = Literal["plain", "feel"]
"""How a condition is written out: in govopen's own language, or in FEEL."""

_INFINITE = (float("inf"), float("-inf"), Decimal("Infinity"), Decimal("-Infinity"))
_WORDS = frozenset({"and", "or", "not", "in", "true", "false"})


def write_value(place: Coordinate, axis: Axis, notation: Notation = "plain") -> str:
    """A value as a cell writes it."""
    text = axis.write(place)
    if axis.kind in (InputKind.ENUMERATION, InputKind.TEXT):
        return f'"{text}"'
    if notation == "feel" and axis.kind is InputKind.DATE:
        return f'date("{text}")'
    return f'duration("{text}")' if notation == "feel" and axis.kind is InputKind.DURATION else text


def write_name(axis: Axis) -> str:
    """The name of an input as a condition writes it."""
    return axis.name if axis.name.isidentifier() and axis.name not in _WORDS else f"`{axis.name}`"


def write_cell(spans: Spans, axis: Axis, notation: Notation = "plain") -> str:
    """The test that holds for these values of an axis; ``language.parse_cell`` reads it back."""
    outside = complement(spans, axis.domain)
    if not outside:
        return "-"
    if not spans:
        # A condition that nothing meets is no mistake of the language, but of the table.
        return "not(-)"
    if len(outside) < len(spans) and all(_single(run) for run in outside):
        return f"not({', '.join(_test(run, axis, notation) for run in outside)})"
    if axis.kind is InputKind.TEXT and spans and spans[-1][1] >= len(axis.values):
        return f"not({', '.join(_test(run, axis, notation) for run in _apart(outside))})"
    return ", ".join(_test(run, axis, notation) for run in _split(spans, axis))


def _split(spans: Spans, axis: Axis) -> Iterator[Run]:
    """Of a list each value; of an order its runs."""
    if axis.kind in (InputKind.ENUMERATION, InputKind.TEXT):
        yield from _apart(spans)
    else:
        yield from spans


def _apart(spans: Spans) -> Iterator[Run]:
    for low, high in spans:
        yield from ((place, place) for place in range(low, high + 1))


def _single(run: Run) -> bool:
    return bool(run[0] == run[1])


def _test(run: Run, axis: Axis, notation: Notation) -> str:
    low, high = run
    first, last = axis.domain[0][0], axis.domain[-1][1]
    if low == high:
        return write_value(low, axis, notation)
    below, above = _open(low), _open(high)
    if low == first or below in _INFINITE:
        return f"{'<' if _side(high) else '<='} {write_value(_closed(high), axis, notation)}"
    if high == last or above in _INFINITE:
        return f"{'>' if _side(low) else '>='} {write_value(_closed(low), axis, notation)}"
    opened, closed = ("(" if _side(low) else "["), (")" if _side(high) else "]")
    return f"{opened}{write_value(_closed(low), axis, notation)}..{write_value(_closed(high), axis, notation)}{closed}"


def _open(place: Coordinate) -> object:
    return place[0] if isinstance(place, tuple) else place


def _side(place: Coordinate) -> int:
    return int(place[1]) if isinstance(place, tuple) else 0


def _closed(place: Coordinate) -> Coordinate:
    return (place[0], 0) if isinstance(place, tuple) else place


def write_term(spans_of_axes: Sequence[Spans], axes: Sequence[Axis]) -> str:
    """A condition over several axes: ``times >= 3 and abuse = true``."""
    parts = []
    for spans, axis in zip(spans_of_axes, axes, strict=True):
        cell = write_cell(spans, axis)
        if cell == "-":
            continue
        name = write_name(axis)
        if "," in cell or cell.startswith("not("):
            parts.append(f"{name} in ({cell})")
        elif cell[0] in "[(":
            parts.append(f"{name} in {cell}")
        else:
            parts.append(f"{name} {cell}" if cell[0] in "<>" else f"{name} = {cell}")
    return " and ".join(parts) or "-"
