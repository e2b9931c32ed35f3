from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.discretion.builders import entry, row, table

from govopen.discretion.grid import Masks, bits, shortest
from govopen.model.discretion import TableInput

INFINITE = Decimal("Infinity")


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        ("0", "1", "0.5"),
        ("0", "10", "5"),
        ("1", "3", "2"),
        ("0.1", "0.2", "0.15"),
        ("0", "0.001", "0.0005"),
        ("99", "101", "100"),
        ("-3", "-1", "-2"),
        ("-1", "5", "0"),
        ("-Infinity", "Infinity", "0"),
        ("-Infinity", "0", "-1"),
        ("2.5", "Infinity", "4"),
        ("123456789012345.000000000000001", "123456789012345.000000000000002", "123456789012345.0000000000000015"),
    ],
)
def test_the_plainest_number_between_two_is_short(low: str, high: str, found: str) -> None:
    assert shortest(Decimal(low), Decimal(high)) == Decimal(found)


numbers = st.decimals(allow_nan=False, allow_infinity=False, places=15, min_value=-(10**14), max_value=10**14)


@given(numbers, numbers)
def test_between_any_two_numbers_one_is_found(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    if low < high:
        assert low < shortest(low, high) < high
    assert shortest(low, INFINITE) > low
    assert shortest(-INFINITE, high) < high


@pytest.mark.parametrize(
    "source",
    [
        entry("x"),
        entry("x", domain=">= 2"),
        entry("x", domain="[1..7]"),
        entry("x", domain="1, [3..4], 6"),
        entry("x", "decimal"),
        entry("x", "decimal", domain="(0..5)"),
        entry("x", "decimal", domain="[0..5]"),
        entry("x", "money", domain="[0..5]"),
        entry("x", "duration", unit="days", domain="[0..9]"),
        entry("x", "date"),
    ],
    ids=lambda source: f"{source.kind} {source.domain}",
)
def test_every_cell_has_values_and_examples_lie_in_it(source: TableInput) -> None:
    grid_of = table([source], row("x = 2011-04-05") if source.kind == "date" else row("x > 3 and x != 4"))
    grid, (axis,) = grid_of.grid, grid_of.axes
    for cell in range(grid.sizes[0]):
        low, high = grid.run(0, cell)
        assert low <= high
        for place in grid.examples(0, cell):
            assert low <= place <= high
            assert grid.cell(0, place) == cell
            assert axis.place(axis.value(place)) == place


@given(st.data())
def test_masks_say_of_boxes_what_looking_at_each_says(data: st.DataObject) -> None:
    sizes = (4, 3)
    runs = [
        st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).map(lambda run: (min(run), max(run)))
        for size in sizes
    ]
    boxes = data.draw(st.lists(st.tuples(*runs), max_size=6))
    within = data.draw(st.tuples(*runs))
    masks = Masks(boxes, sizes)

    def points(box: tuple[tuple[int, int], ...]) -> set[tuple[int, int]]:
        (low, high), (low_, high_) = box
        return {(x, y) for x in range(low, high + 1) for y in range(low_, high_ + 1)}

    assert bits(masks.touching(within)) == [at for at, box in enumerate(boxes) if points(box) & points(within)]
    assert bits(masks.containing(within)) == [at for at, box in enumerate(boxes) if points(box) >= points(within)]
    for axis, size in enumerate(sizes):
        for cell in range(size):
            assert bits(masks.at[axis][cell]) == [
                at for at, box in enumerate(boxes) if box[axis][0] <= cell <= box[axis][1]
            ]
