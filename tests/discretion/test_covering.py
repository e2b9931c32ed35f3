from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govopen.discretion.covering import Budget, OutOfBudget, common, uncovered, uncovered_of
from govopen.discretion.grid import Box, Masks

SIZES = (4, 3, 3)
runs = [
    st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).map(lambda run: (min(run), max(run)))
    for size in SIZES
]
boxes = st.tuples(*runs)


def points(box: Box) -> set[tuple[int, ...]]:
    return set(product(*(range(low, high + 1) for low, high in box)))


@settings(max_examples=1_000)
@given(boxes, st.lists(boxes, max_size=14), st.integers(0, 2**14 - 1))
def test_what_is_left_out_is_a_part_that_no_box_touches(within: Box, found: list[Box], candidates: int) -> None:
    candidates &= (1 << len(found)) - 1
    chosen = [box for at, box in enumerate(found) if candidates >> at & 1]
    rest = points(within).difference(*map(points, chosen))
    ways = (
        uncovered(within, Masks(found, SIZES), found, candidates, Budget(10_000)),
        uncovered_of(within, chosen, Budget(10_000)),
    )
    for left in ways:
        assert (left is None) == (not rest)
        assert left is None or points(left) <= rest


@given(boxes, st.lists(boxes, max_size=14), st.integers(0, 60))
def test_with_too_few_steps_nothing_is_said(within: Box, found: list[Box], steps: int) -> None:
    rest = points(within).difference(*map(points, found))
    try:
        left = uncovered_of(within, found, Budget(steps))
    except OutOfBudget:
        return
    assert (left is None) == (not rest)


@given(boxes, boxes)
def test_what_boxes_share_is_a_box(one: Box, other: Box) -> None:
    shared = common(one, other)
    assert (points(shared) if shared is not None else set()) == points(one) & points(other)


def test_a_budget_ends_when_it_is_used_up() -> None:
    budget = Budget(2)
    budget.take(2)
    with pytest.raises(OutOfBudget):
        budget.take()
