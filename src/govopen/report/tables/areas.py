"""What a discretion table says over two of its inputs: the areas that a picture shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import attrs

from govopen.discretion.table import Table
from govopen.errors import InputError
from govopen.texts import N_

__all__ = ["CELLS", "Area", "AreaKind", "Plan", "Rect", "choose_axes", "drawable", "plan"]

AreaKind = Literal["row", "together", "depends", "default", "gap", "overlap", "lawful", "impossible", "unclear"]
"""What a part of the picture shows."""

CELLS = 40
"""So many cells of one input a picture can show."""

_COMBINATIONS = 1_000
"""So many combinations of the inputs that are not drawn are looked at for one cell."""


@attrs.frozen(order=True)
class Area:
    """What is so in a cell of the picture.

    Attributes:
        kind: ``row``: that row decides. ``together``: rows decide together. ``depends``: which row decides depends on
            inputs that are not drawn. ``default``: no row is met, and the default result applies. ``unclear``: there
            are too many combinations of the inputs that are not drawn.
        rows: Their numbers. Of a gap: those that are met by other cases of the cell.
        sometimes: Whether it is so only for some values of the inputs that are not drawn. Of ``depends``: whether for
            some no row applies, because the case keeps the law or there is a default.
        lawful: Whether cases in it keep the law.
    """

    kind: AreaKind
    rows: tuple[int, ...] = ()
    sometimes: bool = False
    lawful: bool = False


@attrs.frozen
class Rect:
    """Cells next to each other with the same area: first and last column, first and last line."""

    left: int
    right: int
    low: int
    high: int
    area: Area


@attrs.frozen
class Plan:
    """The picture before it is drawn.

    Attributes:
        across, up: Positions of the axes; ``up`` is ``None`` where the table has one input.
        areas: By column, then by line.
    """

    table: Table
    across: int
    up: int | None
    areas: tuple[tuple[Area, ...], ...]

    @property
    def rects(self) -> tuple[Rect, ...]:
        """The areas as rectangles."""
        return tuple(_rects(self.areas))

    @property
    def kinds(self) -> frozenset[AreaKind]:
        """What there is in it."""
        return frozenset(area.kind for column in self.areas for area in column)


def drawable(table: Table, position: int) -> bool:
    """Whether an input has few enough cells."""
    return table.grid.sizes[position] <= CELLS


def choose_axes(table: Table, names: Sequence[str] = ()) -> tuple[int, int | None]:
    """The positions of the inputs to draw, across and up. Unless they are named: the first ordered ones, then others.

    Raises:
        InputError: There is no such input, the number of names is wrong, or an input has too many cells.
    """
    if not names:
        fit = [at for at in range(len(table.axes)) if drawable(table, at)]
        fit.sort(key=lambda at: (not table.axes[at].ordered, at))
        if not fit:
            raise InputError(
                N_("Every input of the table has more than {limit} cells, too many for a picture."),
                hint=N_("Show the table as text instead."),
                limit=CELLS,
            )
        return fit[0], fit[1] if len(fit) > 1 else None
    found = [_position(table, name) for name in names]
    if len(found) > 2 or len(set(found)) < len(found):
        raise InputError(N_("A picture has one input or two different ones."), hint=N_("Write: --inputs first,second"))
    for at in found:
        if not drawable(table, at):
            raise InputError(
                N_("{input} has more than {limit} cells, too many for a picture."),
                hint=N_("Choose other inputs."),
                input=table.axes[at].name,
                limit=CELLS,
            )
    return found[0], found[1] if len(found) > 1 else None


def _position(table: Table, name: str) -> int:
    for at, axis in enumerate(table.axes):
        if name in (axis.name, axis.label):
            return at
    raise InputError(
        N_("The table has no input {name}."),
        hint=N_("There are: {names}."),
        name=name,
        names=", ".join(axis.name for axis in table.axes),
    )


def plan(table: Table, names: Sequence[str] = ()) -> Plan:
    """What to draw of a table.

    Args:
        table: The table. Of an ambiguous one, the reading that it is.
        names: One or two inputs, by name or label; the others may have any value.

    Raises:
        InputError: As :func:`choose_axes`.
    """
    across, up = choose_axes(table, names)
    others = [at for at in range(len(table.axes)) if at not in (across, up)]
    masks = table.masks.at
    lines = masks[up] if up is not None else [table.masks.all]
    areas = tuple(tuple(_area(table, column & line, others) for line in lines) for column in masks[across])
    return Plan(table, across, up, areas)


def _area(table: Table, mask: int, others: Sequence[int]) -> Area:
    found = {mask}
    for at in others:
        ways = set(table.masks.at[at])
        found = {one & way for one in found for way in ways}
        if len(found) > _COMBINATIONS:
            return Area("unclear")
    kinds = {_kind(table, each) for each in found}
    possible = {area for area in kinds if area.kind != "impossible"}
    if not possible:
        return Area("impossible")
    lawful = all(area.lawful for area in possible)
    kind: AreaKind
    for kind in ("overlap", "gap"):
        faults = [area for area in possible if area.kind == kind]
        if faults:
            # Beside a gap that is one for some cases only, the rows of the others are told.
            told = faults if kind == "overlap" else possible
            rows = tuple(sorted({number for area in told for number in area.rows}))
            return Area(kind, rows, sometimes=len(faults) < len(possible), lawful=lawful)
    if len(possible) == 1:
        return possible.pop()
    rows = tuple(sorted({number for area in possible for number in area.rows}))
    if len({(area.kind, area.rows) for area in possible}) == 1:
        return Area(possible.pop().kind, rows, lawful=lawful)
    return Area("depends", rows, sometimes=any(not area.rows for area in possible), lawful=lawful)


def _kind(table: Table, mask: int) -> Area:
    """What is so of the cases that are in all the boxes of ``mask``."""
    if mask & table.impossible_mask:
        return Area("impossible")
    lawful = bool(mask & table.lawful_mask)
    status, boxes, outputs = table.hits.resolve(mask & table.hits.mask)
    rows = tuple(sorted({table.hits.row_of[box].number for box in boxes}))
    if status == "conflict":
        return Area("overlap", rows, lawful=lawful)
    if rows:
        return Area("row" if len(rows) == 1 else "together", rows, lawful=lawful)
    if outputs is not None and table.hits.single:
        return Area("default", lawful=lawful)
    return Area("lawful", lawful=True) if lawful else Area("gap")


def _rects(areas: Sequence[Sequence[Area]]) -> Iterator[Rect]:
    """Cut the picture into rectangles: from each cell that is left, as far to the right, then as far up as it goes."""
    width, height = len(areas), len(areas[0])
    taken: set[tuple[int, int]] = set()
    for low in range(height):
        for left in range(width):
            if (left, low) in taken:
                continue
            area = areas[left][low]
            right = left
            while right + 1 < width and areas[right + 1][low] == area and (right + 1, low) not in taken:
                right += 1
            high = low
            while high + 1 < height and all(
                areas[at][high + 1] == area and (at, high + 1) not in taken for at in range(left, right + 1)
            ):
                high += 1
            taken.update((at, line) for at in range(left, right + 1) for line in range(low, high + 1))
            yield Rect(left, right, low, high, area)
