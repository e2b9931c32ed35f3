"""Cells: the stretches of each axis within which no condition of a table changes.

All cases of one cell of every axis meet the same rows. So a table over infinitely many cases is a finite one over
cells, and a condition is a set of *boxes*: one run of cells per axis. Many boxes at once are the bits of an integer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate, product
from math import prod
from operator import or_

from govopen.discretion.axes import Axis
from govopen.discretion.numerals import EXACT
from govopen.discretion.spans import Coordinate, Run, Spans, after, before, intersect
from govopen.errors import TableError
from govopen.texts import N_

__all__ = ["BOXES", "Box", "Grid", "Masks", "bits", "shortest"]

BOXES = 50_000
"""So many boxes a table may come to."""

Box = tuple[tuple[int, int], ...]
"""First and last cell, both included, per axis."""


class Grid:
    """The cells of all axes.

    Args:
        axes: The axes.
        conditions: Values per axis of everything whose ends matter.

    Attributes:
        starts: Per axis the first coordinate of each cell.
        sizes: Per axis how many cells there are.
    """

    def __init__(self, axes: Sequence[Axis], conditions: Iterable[Sequence[Spans]]) -> None:
        self.axes = tuple(axes)
        found: list[set[Coordinate]] = [set() for _ in axes]
        for spans_of_axes in conditions:
            for starts, spans in zip(found, spans_of_axes, strict=True):
                for low, high in spans:
                    starts.add(low)
                    starts.add(after(high))
        self.starts: list[list[Coordinate]] = []
        for axis, starts in zip(axes, found, strict=True):
            low, high = self.hull(axis)
            # On a grid, nothing comes after a run without end: infinity and one is infinity.
            starts.discard(float("inf"))
            self.starts.append(sorted({low, *(start for start in starts if low < start <= high)}))
        self.sizes = tuple(map(len, self.starts))

    @staticmethod
    def hull(axis: Axis) -> Run:
        """First and last coordinate of an axis."""
        return axis.domain[0][0], axis.domain[-1][1]

    def cell(self, axis: int, coordinate: Coordinate) -> int:
        """In which cell a coordinate lies."""
        return bisect_right(self.starts[axis], coordinate) - 1

    def run(self, axis: int, cell: int) -> Run:
        """First and last coordinate of a cell."""
        starts = self.starts[axis]
        if cell + 1 < len(starts):
            return starts[cell], before(starts[cell + 1])
        return starts[cell], self.hull(self.axes[axis])[1]

    def all_boxes(self, conditions: Iterable[Sequence[Spans]]) -> list[Box]:
        """The boxes of several conditions.

        Raises:
            TableError: They are more than :data:`BOXES`.
        """
        found: list[Box] = []
        for spans_of_axes in conditions:
            found += self.boxes(spans_of_axes)
            _bounded(len(found))
        return found

    def boxes(self, spans_of_axes: Sequence[Spans]) -> list[Box]:
        """The boxes of a condition: one for each choice of a run per axis.

        Raises:
            TableError: They are more than :data:`BOXES`.
        """
        ranges = []
        for position, spans in enumerate(spans_of_axes):
            inside = intersect(spans, (self.hull(self.axes[position]),))
            ranges.append([(self.cell(position, low), self.cell(position, high)) for low, high in inside])
        _bounded(prod(map(len, ranges)))
        return list(product(*ranges))

    def example(self, axis: int, cell: int) -> Coordinate:
        """The plainest value of a cell: an end that belongs to it, else the shortest number inside."""
        low, high = self.run(axis, cell)
        if not self.axes[axis].dense:
            return low if low != float("-inf") else high if high != float("inf") else 0
        for value, side in (low, high):
            if side == 0 and value.is_finite():
                return value, 0
        return shortest(low[0], high[0]), 0

    def examples(self, axis: int, cell: int) -> list[Coordinate]:
        """A few values of a cell, the plainest first, then its ends, and on a dense axis its middle."""
        low, high = self.run(axis, cell)
        found = [self.example(axis, cell)]
        if self.axes[axis].dense:
            middle = shortest(low[0], found[0][0]) if low[0] < found[0][0] else found[0][0]
            beyond = shortest(found[0][0], high[0]) if found[0][0] < high[0] else found[0][0]
            found += [(middle, 0), (beyond, 0)]
        else:
            found += [end for end in (high, low) if end not in (float("-inf"), float("inf"))]
            if high == float("inf"):
                found.append(found[0] + 1)
        return list(dict.fromkeys(found))


def _bounded(count: int) -> None:
    if count > BOXES:
        raise TableError(
            N_("The conditions of the table come to more than {limit} boxes."),
            hint=N_("Split the table, or write its conditions with fewer alternatives."),
            limit=BOXES,
        )


def shortest(low: Decimal, high: Decimal) -> Decimal:
    """The number between two others, neither of them, that has the fewest digits and lies nearest to their middle."""
    if not low.is_finite() and not high.is_finite():
        return Decimal(0)
    if not low.is_finite():
        return EXACT.subtract(high, 1).to_integral_value(rounding="ROUND_FLOOR")
    if not high.is_finite():
        return EXACT.add(low, 1).to_integral_value(rounding="ROUND_CEILING")
    middle = EXACT.divide(EXACT.add(low, high), Decimal(2))
    place = EXACT.subtract(high, low).adjusted() + 1
    while True:
        for rounding in ("ROUND_HALF_EVEN", "ROUND_FLOOR", "ROUND_CEILING"):
            found = middle.scaleb(-place, EXACT).to_integral_value(rounding=rounding).scaleb(place, EXACT)
            if low < found < high:
                return found
        place -= 1


class Masks:
    """Boxes as bits: which of them are where, asked of all at once.

    Attributes:
        count: How many boxes there are; box ``i`` is bit ``1 << i``.
        started: Per axis and cell, the boxes that begin there or before.
        alive: Per axis and cell, the boxes that end there or later.
        at: Per axis and cell, the boxes that hold it.
    """

    def __init__(self, boxes: Sequence[Box], sizes: Sequence[int]) -> None:
        self.count = len(boxes)
        self.all = (1 << self.count) - 1
        self.started: list[list[int]] = []
        self.alive: list[list[int]] = []
        self.at: list[list[int]] = []
        for axis, size in enumerate(sizes):
            opened, closed = [0] * size, [0] * (size + 1)
            for bit, box in enumerate(boxes):
                low, high = box[axis]
                opened[low] |= 1 << bit
                closed[high + 1] |= 1 << bit
            started = list(accumulate(opened, or_))
            alive = [self.all & ~ended for ended in accumulate(closed[:size], or_)]
            self.started.append(started)
            self.alive.append(alive)
            self.at.append([one & other for one, other in zip(started, alive, strict=True)])

    def touching(self, box: Box) -> int:
        """The boxes that have a case in common with ``box``."""
        found = self.all
        for axis, (low, high) in enumerate(box):
            found &= self.started[axis][high] & self.alive[axis][low]
        return found

    def containing(self, box: Box) -> int:
        """The boxes that hold all of ``box``."""
        found = self.all
        for axis, (low, high) in enumerate(box):
            found &= self.started[axis][low] & self.alive[axis][high]
        return found


def bits(mask: int) -> list[int]:
    """The positions of the bits of a mask, from the lowest."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found
