"""Sets of values on one axis, as sorted runs of coordinates that do not touch.

A coordinate is a place in the order of an axis. On a *grid* (whole numbers, amounts in fen, days, positions in a list)
it is an ``int``, and 5 is followed by 6. On a *dense* axis it is a pair of a value and ``-1``, ``0`` or ``1``: just
below the value, the value itself, just above it. So an open end is a coordinate like any other, every run is closed,
and nothing falls between two runs that touch. Ends that nothing bounds are infinite.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

__all__ = ["Coordinate", "Run", "Spans", "after", "before", "complement", "ends", "intersect", "union"]

Coordinate = Any
"""An ``int`` or an infinite ``float`` on a grid; a pair of ``Decimal`` and ``int`` on a dense axis."""

Run = tuple[Coordinate, Coordinate]
"""First and last coordinate, both included."""

Spans = tuple[Run, ...]
"""Sorted, disjoint runs, none of which touches the next. Empty: no value."""

_GRID_ENDS = (float("-inf"), float("inf"))
_DENSE_ENDS = ((Decimal("-Infinity"), 0), (Decimal("Infinity"), 0))


def ends(*, dense: bool) -> Run:
    """The run of all values."""
    return _DENSE_ENDS if dense else _GRID_ENDS


def after(coordinate: Coordinate) -> Coordinate:
    """The next coordinate."""
    if isinstance(coordinate, tuple):
        return coordinate[0], coordinate[1] + 1
    return coordinate + 1


def before(coordinate: Coordinate) -> Coordinate:
    """The coordinate before."""
    if isinstance(coordinate, tuple):
        return coordinate[0], coordinate[1] - 1
    return coordinate - 1


def union(runs: Iterable[Run]) -> Spans:
    """Runs in any order, put together; those that end before they begin hold nothing."""
    found: list[Run] = []
    for low, high in sorted(run for run in runs if run[0] <= run[1]):
        if found and low <= after(found[-1][1]):
            if high > found[-1][1]:
                found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return tuple(found)


def intersect(one: Spans, other: Spans) -> Spans:
    """What is in both."""
    found = []
    for low, high in one:
        for low_, high_ in other:
            if max(low, low_) <= min(high, high_):
                found.append((max(low, low_), min(high, high_)))
    return tuple(sorted(found))


def complement(spans: Spans, within: Spans) -> Spans:
    """What is in ``within`` and not in ``spans``."""
    found: list[Run] = []
    for start, end in within:
        at = start
        for low, high in spans:
            if high < at or low > end:
                continue
            if low > at:
                found.append((at, before(low)))
            if high >= end:
                break
            at = after(high)
        else:
            found.append((at, end))
    return tuple(found)
