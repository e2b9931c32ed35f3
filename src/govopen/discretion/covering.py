"""Whether boxes cover a box, and if not, what they leave out.

Boxes that do not overlap cover what their cells count up to: where the count is the whole, nothing has to be looked
at. Only where it falls short is a box cut in two, so that a table without gaps is proved by counting, and a gap is
walked to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import prod
from statistics import median_low

from govopen.discretion.grid import Box, Masks, bits

__all__ = ["Budget", "OutOfBudget", "clip", "common", "uncovered", "uncovered_of"]

_FEW = 8
"""With so few boxes that overlap others, counting is tried before cutting."""


class OutOfBudget(Exception):
    """More steps than were granted. Nothing is known then."""


class Budget:
    """How many boxes may be looked at."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def take(self, count: int = 1) -> None:
        """Use up ``count`` steps.

        Raises:
            OutOfBudget: There are not so many left.
        """
        self.steps -= count
        if self.steps < 0:
            raise OutOfBudget


def common(one: Box, other: Box) -> Box | None:
    """What two boxes share."""
    found = []
    for (low, high), (low_, high_) in zip(one, other, strict=True):
        start, end = max(low, low_), min(high, high_)
        if start > end:
            return None
        found.append((start, end))
    return tuple(found)


def clip(boxes: Iterable[Box], within: Box) -> Iterator[Box]:
    """What of each box lies in ``within``."""
    for box in boxes:
        if (found := common(box, within)) is not None:
            yield found


def uncovered(within: Box, masks: Masks, boxes: Sequence[Box], candidates: int, budget: Budget) -> Box | None:
    """A part of ``within`` that none of the candidates touches; ``None``: they cover it.

    Args:
        within: The box to be covered.
        masks: Of ``boxes``.
        boxes: All boxes.
        candidates: Those of them that count, as a mask.
        budget: Of boxes looked at.

    Raises:
        OutOfBudget: It could not be found out.
    """
    if not candidates:
        return within
    candidates &= masks.touching(within)
    if candidates & masks.containing(within):
        return None
    if not candidates:
        return within
    apart, others = [], []
    taken = 0
    for bit in bits(candidates):
        if masks.touching(boxes[bit]) & taken:
            others.append(boxes[bit])
        else:
            taken |= 1 << bit
            apart.append(boxes[bit])
    budget.take(len(apart) + len(others))
    inside, outside = list(clip(apart, within)), list(clip(others, within))
    if len(outside) <= _FEW and _counted(inside, outside, budget) == _size(within):
        return None
    return _search(within, inside, outside, budget)


def _counted(apart: list[Box], others: list[Box], budget: Budget) -> int:
    """How many cells boxes hold together, if the ``others`` do not overlap each other either; else 0."""
    if any(common(one, other) for at, one in enumerate(others) for other in others[:at]):
        return 0
    budget.take(len(apart) * len(others))
    # What the others add is what of them no box holds yet.
    shared = sum(_size(part) for other in others for part in clip(apart, other))
    return sum(map(_size, apart)) + sum(map(_size, others)) - shared


def uncovered_of(within: Box, boxes: Sequence[Box], budget: Budget) -> Box | None:
    """The same for a few boxes of which no masks were made."""
    clipped = list(clip(boxes, within))
    apart: list[Box] = []
    others: list[Box] = []
    for box in clipped:
        (others if any(common(box, other) for other in apart) else apart).append(box)
        budget.take(1 + len(apart))
    return _search(within, apart, others, budget)


def _size(box: Box) -> int:
    return prod([high - low + 1 for low, high in box])


def _search(node: Box, apart: list[Box], others: list[Box], budget: Budget) -> Box | None:
    """``apart`` do not overlap each other; all boxes lie within the node."""
    while True:
        budget.take(1 + len(apart) + len(others))
        size = _size(node)
        if sum(map(_size, apart)) == size or any(box == node for box in others):
            return None
        if not apart and not others:
            return node
        axis, at = _cut(node, apart, others)
        halves = []
        for half in (_part(node, axis, at, lower=True), _part(node, axis, at, lower=False)):
            inside = list(clip(apart, half))
            halves.append((sum(map(_size, inside)) - _size(half), half, inside))
        # The emptier half first: a gap is likelier there.
        halves.sort(key=lambda entry: entry[0])
        for missing, half, inside in halves[:-1]:
            if missing and (found := _search(half, inside, list(clip(others, half)), budget)) is not None:
                return found
        missing, node, apart = halves[-1]
        if not missing:
            return None
        others = list(clip(others, node))


def _part(node: Box, axis: int, at: int, *, lower: bool) -> Box:
    low, high = node[axis]
    return (*node[:axis], (low, at - 1) if lower else (at, high), *node[axis + 1 :])


def _cut(node: Box, apart: list[Box], others: list[Box]) -> tuple[int, int]:
    """The middle one of the faces on the axis that has most of them."""
    best: tuple[int, int, int] | None = None
    for axis, (low, high) in enumerate(node):
        faces = []
        for box in (*apart, *others):
            low_, high_ = box[axis]
            if low_ > low:
                faces.append(low_)
            if high_ < high:
                faces.append(high_ + 1)
        if faces and (best is None or len(faces) > best[0]):
            best = (len(faces), axis, median_low(faces))
    assert best is not None, "a box that neither covers the node nor leaves it has a face in it"
    return best[1], best[2]
