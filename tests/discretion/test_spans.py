from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.discretion.spans import Coordinate, Run, Spans, after, before, complement, ends, intersect, union

PLACES = range(-1, 12)


def holds(spans: Spans) -> set[int]:
    return {place for place in PLACES if any(low <= place <= high for low, high in spans)}


grid_runs = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=5)


@st.composite
def dense_runs(draw: st.DrawFn) -> list[Run]:
    """Runs as tests make them: they begin at a number or just above it, and end at one or just below it."""
    found: list[Run] = []
    for low, high in draw(grid_runs):
        found.append(((Decimal(low), draw(st.sampled_from([0, 1]))), (Decimal(high), draw(st.sampled_from([-1, 0])))))
    return found


def dense_holds(spans: Spans) -> set[Decimal]:
    places = [(Decimal(half) / 2, 0) for half in range(-2, 24)]
    return {place[0] for place in places if any(low <= place <= high for low, high in spans)}


def apart(spans: Spans) -> bool:
    return all(low <= high for low, high in spans) and all(after(one[1]) < other[0] for one, other in pairwise(spans))


@given(grid_runs, grid_runs)
def test_whole_numbers_are_joined_shared_and_left_out_as_sets_are(one: list[Run], other: list[Run]) -> None:
    a, b = union(one), union(other)
    assert apart(a)
    assert holds(union((*a, *b))) == holds(a) | holds(b)
    assert holds(intersect(a, b)) == holds(a) & holds(b)
    assert holds(complement(a, b)) == holds(b) - holds(a)
    assert apart(complement(a, b))


@given(dense_runs(), dense_runs())
def test_decimals_are_joined_shared_and_left_out_as_sets_are(one: list[Run], other: list[Run]) -> None:
    a, b = union(one), union(other)
    assert apart(a)
    assert dense_holds(union((*a, *b))) == dense_holds(a) | dense_holds(b)
    assert dense_holds(intersect(a, b)) == dense_holds(a) & dense_holds(b)
    assert dense_holds(complement(a, b)) == dense_holds(b) - dense_holds(a)


@given(grid_runs)
def test_leaving_out_twice_gives_back_what_was_there(runs: list[Run]) -> None:
    spans, whole = union(runs), (ends(dense=False),)
    assert complement(complement(spans, whole), whole) == spans


@pytest.mark.parametrize("place", [0, 7, (Decimal("0.5"), 0), (Decimal(3), -1), float("inf")])
def test_a_place_has_one_after_and_one_before(place: Coordinate) -> None:
    assert before(after(place)) == place


@pytest.mark.parametrize(
    ("runs", "joined"),
    [
        ([(0, 1), (2, 3)], ((0, 3),)),
        ([(0, 1), (3, 4)], ((0, 1), (3, 4))),
        ([(5, 4)], ()),
        (
            [((Decimal(0), 0), (Decimal(1), -1)), ((Decimal(1), 0), (Decimal(2), 0))],
            (((Decimal(0), 0), (Decimal(2), 0)),),
        ),
        ([((Decimal(1), 1), (Decimal(1), -1))], ()),
    ],
)
def test_runs_that_touch_become_one_and_those_without_values_none(runs: list[Any], joined: Spans) -> None:
    assert union(runs) == joined
