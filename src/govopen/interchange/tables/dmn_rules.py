"""The rows of a compiled table as rules of a decision table: boxes that share no case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govopen.discretion.grid import Box
from govopen.discretion.spans import Spans, intersect, union
from govopen.discretion.table import Table
from govopen.errors import TableError
from govopen.texts import N_

__all__ = ["RULES", "Cells", "disjoint", "masked", "same_cases", "spans_of_rule"]

RULES = 2_000
"""So many rules a row may come to."""

Cells = tuple[int, ...]
"""A box: per axis the cells it holds, as bits."""


def masked(table: Table, boxes: Iterable[Box]) -> list[Cells]:
    """Boxes as bits, without what lies outside a domain."""
    inside = [_domain(table, axis) for axis in range(len(table.axes))]
    found = [
        tuple(((1 << high + 1) - (1 << low)) & mask for (low, high), mask in zip(box, inside, strict=True))
        for box in boxes
    ]
    return [cells for cells in found if all(cells)]


def _domain(table: Table, axis: int) -> int:
    domain = table.axes[axis].domain
    cells = range(table.grid.sizes[axis])
    return sum(1 << cell for cell in cells if intersect((table.grid.run(axis, cell),), domain))


def disjoint(boxes: Sequence[Cells]) -> list[Cells]:
    """The same cases in boxes that share none, put together where that is one box again.

    Raises:
        TableError: They are more than :data:`RULES`.
    """
    found: list[Cells] = []
    for box in boxes:
        found += _without([box], found)
        _few(found)
    while (merged := _merged(found)) != found:
        found = merged
    return found


def _without(boxes: list[Cells], others: Iterable[Cells]) -> list[Cells]:
    for other in others:
        boxes = [part for box in boxes for part in _difference(box, other)]
        _few(boxes)
    return boxes


def _difference(box: Cells, other: Cells) -> list[Cells]:
    if not all(mine & its for mine, its in zip(box, other, strict=True)):
        return [box]
    parts, rest = [], list(box)
    for axis, its in enumerate(other):
        if outside := rest[axis] & ~its:
            parts.append((*rest[:axis], outside, *rest[axis + 1 :]))
        rest[axis] &= its
    return parts


def _merged(boxes: list[Cells]) -> list[Cells]:
    for axis in range(len(boxes[0]) if boxes else 0):
        together: dict[tuple[Cells, Cells], int] = {}
        for box in boxes:
            rest = box[:axis], box[axis + 1 :]
            together[rest] = together.get(rest, 0) | box[axis]
        boxes = [(*before, cells, *after) for (before, after), cells in together.items()]
    return boxes


def same_cases(one: Sequence[Cells], other: Sequence[Cells]) -> bool:
    """Whether two lists of boxes hold the same cases.

    Raises:
        TableError: They are more than :data:`RULES`.
    """
    _few(one)
    _few(other)
    return not _without(list(one), other) and not _without(list(other), one)


def spans_of_rule(table: Table, box: Cells) -> tuple[Spans, ...]:
    """The values of each axis in a box."""
    found = []
    for axis, cells in enumerate(box):
        runs = [table.grid.run(axis, cell) for cell in range(table.grid.sizes[axis]) if cells >> cell & 1]
        found.append(intersect(union(runs), table.axes[axis].domain))
    return tuple(found)


def _few(boxes: Sequence[Cells]) -> None:
    # Boxes are taken in pairs: without a bound, a table that somebody made for it would keep a machine busy for hours.
    if len(boxes) > RULES:
        raise TableError(
            N_("A row comes to more than {limit} rules."),
            hint=N_("Split the row, or write its conditions with fewer alternatives."),
            limit=RULES,
        )
