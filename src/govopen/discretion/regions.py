"""Regions: the cases of a table cut apart until each piece has one answer.

The pieces are the leaves of a tree of cuts. The tree is what a proof rests on, and what a certificate writes down:
whoever follows it sees of every case that it is looked at, and of every piece that its answer is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import attrs

from govopen.discretion.grid import Box, Masks, bits
from govopen.discretion.table import Table
from govopen.model.discretion import HitPolicy

__all__ = ["REGIONS", "Leaf", "Regions", "Tree", "divide"]

REGIONS = 40_000
"""So many pieces a table is cut into; a table that needs more is not decided, but *unknown*."""

Answer = Literal["row", "none", "conflict", "impossible", "several"]

Tree = tuple[int, int, "Tree", "Tree"] | int
"""A cut: axis, first cell of the upper part, lower part, upper part. Or the number of a leaf."""

_FEW = 20
"""With so few boxes left, their own faces are the only cuts tried."""
_TRIED = 8
_BALANCED = 4


@attrs.frozen
class Leaf:
    """A piece of the cases that has one answer.

    Attributes:
        answer: ``row``: one row decides. ``none``: no row is met. ``conflict``: rows are met that contradict each
            other. ``several``: rows are met that decide together. ``impossible``: the cases cannot occur.
        boxes: The boxes of the rows that answer, by their bits.
        lawful: Whether the cases keep the law.
    """

    box: Box
    answer: Answer
    boxes: tuple[int, ...]
    lawful: bool


@attrs.frozen
class Regions:
    """All cases, cut apart.

    Attributes:
        tree: ``None`` where not all was cut.
    """

    leaves: tuple[Leaf, ...]
    tree: Tree | None

    @property
    def whole(self) -> bool:
        """Whether every case is in a leaf."""
        return self.tree is not None


class _TooMany(Exception):
    pass


def divide(table: Table, limit: int = REGIONS, *, by_law: bool = False) -> Regions:
    """Cut the cases of a table apart, into ``limit`` pieces at most.

    Args:
        table: The table.
        limit: Of pieces.
        by_law: Whether each piece shall also lie wholly inside or outside every statutory range's cases.
    """
    dividing = _Dividing(table, limit, by_law=by_law)
    whole = tuple((0, size - 1) for size in table.grid.sizes)
    try:
        tree: Tree | None = dividing.cut(whole, dividing.masks.all)
    except _TooMany:
        tree = None
    return Regions(tuple(dividing.leaves), tree)


class _Dividing:
    def __init__(self, table: Table, limit: int, *, by_law: bool) -> None:
        self.table = table
        self.boxes: tuple[Box, ...] = (*table.boxes, *table.impossible, *table.lawful)
        self.masks = table.masks
        self.whole_only = table.impossible_mask | table.lawful_mask
        if by_law:
            known = len(self.boxes)
            self.boxes += tuple(box for statute in table.statutes for box in statute.boxes)
            self.masks = Masks(self.boxes, table.grid.sizes)
            self.whole_only |= ((1 << (len(self.boxes) - known)) - 1) << known
        self.rows = table.hits.mask
        self.impossible = table.impossible_mask
        self.lawful = table.lawful_mask
        self.first = table.policy in (HitPolicy.FIRST, HitPolicy.PRIORITY)
        self.exclusive = table.policy in (HitPolicy.UNIQUE, HitPolicy.ANY)
        self.limit = limit
        self.leaves: list[Leaf] = []

    def cut(self, box: Box, touching: int) -> Tree:
        """The tree of ``box``, of which ``touching`` are the boxes that have a case in it."""
        containing = touching
        started, alive = self.masks.started, self.masks.alive
        for axis, (low, high) in enumerate(box):
            containing &= started[axis][low] & alive[axis][high]
        answer = self._answer(touching, containing)
        if answer is not None:
            if len(self.leaves) >= self.limit:
                raise _TooMany
            self.leaves.append(Leaf(box, answer[0], answer[1], bool(containing & self.lawful)))
            return len(self.leaves) - 1
        axis, at = self._best_cut(box, touching, touching & ~containing)
        low, high = box[axis]
        lower = (*box[:axis], (low, at - 1), *box[axis + 1 :])
        upper = (*box[:axis], (at, high), *box[axis + 1 :])
        return (
            axis,
            at,
            self.cut(lower, touching & started[axis][at - 1]),
            self.cut(upper, touching & alive[axis][at]),
        )

    def _answer(self, touching: int, containing: int) -> tuple[Answer, tuple[int, ...]] | None:
        """What all cases of a piece have in common; ``None`` if they do not yet."""
        if containing & self.impossible:
            return "impossible", ()
        pending = touching & self.whole_only & ~containing
        if pending & ~self.lawful or (pending and not containing & self.lawful):
            return None
        rows = touching & self.rows
        return self._of_rows(rows, rows & containing) if rows else ("none", ())

    def _of_rows(self, rows: int, held: int) -> tuple[Answer, tuple[int, ...]] | None:
        if self.first:
            lowest = rows & -rows
            return ("row", (lowest.bit_length() - 1,)) if lowest & held else None
        if self.exclusive:
            if held and held & (held - 1) and (found := self._conflict(held)):
                return "conflict", found
            if held == rows:
                return "row", ((rows & -rows).bit_length() - 1,)
            return None
        return ("several", tuple(bits(rows))) if held == rows else None

    def _conflict(self, held: int) -> tuple[int, ...]:
        status, boxes, _ = self.table.hits.resolve(held)
        return tuple(boxes) if status == "conflict" else ()

    def _best_cut(self, box: Box, touching: int, pending: int) -> tuple[int, int]:
        """The axis and cell where a cut parts the boxes most evenly and splits the fewest."""
        count = touching.bit_count()
        best: tuple[int, int, int] | None = None
        for axis, at in self._cuts(box, touching, pending, count):
            below = (touching & self.masks.started[axis][at - 1]).bit_count()
            above = (touching & self.masks.alive[axis][at]).bit_count()
            split = below + above - count
            if below == above == count:
                continue
            score = max(below, above) + split
            if best is None or score < best[0]:
                best = (score, axis, at)
                if split == 0 and max(below, above) * _BALANCED <= count * (_BALANCED - 1):
                    break
        if best is None:
            # Every cut splits all: the faces of what is pending still make progress.
            axis, at = next(self._faces(box, pending))
            return axis, at
        return best[1], best[2]

    def _cuts(self, box: Box, touching: int, pending: int, count: int) -> Iterator[tuple[int, int]]:
        if count <= _FEW:
            yield from dict.fromkeys(self._faces(box, pending))
            return
        tried = 0
        middles = [(low + high + 1) // 2 for low, high in box]
        for offset in range(max(high - low for low, high in box) + 1):
            for axis, (low, high) in enumerate(box):
                for at in {middles[axis] + offset, middles[axis] - offset}:
                    if low < at <= high:
                        tried += 1
                        yield axis, at
            if tried > _TRIED * len(box):
                break
        yield from self._faces(box, pending & -pending)

    def _faces(self, box: Box, pending: int) -> Iterator[tuple[int, int]]:
        """Where boxes begin or end within ``box``."""
        for bit in bits(pending):
            for axis, ((low, high), (low_, high_)) in enumerate(zip(box, self.boxes[bit], strict=True)):
                if low < low_ <= high:
                    yield axis, low_
                if low <= high_ < high:
                    yield axis, high_ + 1
