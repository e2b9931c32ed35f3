"""A table as plain data, for whoever wants to check a proof without this package's searches.

Places in the order of an input are pairs ``[number, side]``, ``side`` being -1, 0 or 1: just below the number, the
number, just above it. Numbers are texts of exact decimals; of dates the day's ordinal, of lists the position, of money
and stepped decimals how many steps. ``null`` is an end that nothing bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from govopen.discretion.axes import Axis
from govopen.discretion.grid import Box, Grid
from govopen.discretion.hits import same_result
from govopen.discretion.penalties import Penalty
from govopen.discretion.rows import Row
from govopen.discretion.spans import Coordinate
from govopen.discretion.table import Table
from govopen.model.discretion import HitPolicy

__all__ = ["plain_place", "plain_table"]

_INFINITE = (float("inf"), float("-inf"), Decimal("Infinity"), Decimal("-Infinity"))


def plain_place(place: Coordinate) -> list[Any] | None:
    """A place as plain data."""
    number, side = place if isinstance(place, tuple) else (place, 0)
    return None if number in _INFINITE else [f"{number:f}" if isinstance(number, Decimal) else str(number), side]


def plain_table(table: Table) -> dict[str, Any]:
    """One reading of a table as plain data. JSON can hold it."""
    grid = table.grid
    classes = _classes(table)
    return {
        "table": table.document.id,
        "version": table.digest,
        "reading": table.reading,
        "policy": table.policy.value,
        "default": table.default is not None and table.hits.single,
        "inputs": [_input(axis) for axis in table.axes],
        "rows": [_row(row, classes, grid) for row in table.ordered],
        "impossible": [_box(box, grid) for box in table.impossible],
        "relations": [[one, sign, other] for one, sign, other in table.relations],
        "lawful": [_box(box, grid) for box in table.lawful],
        "periods": [[statute.number for statute in statutes] for _, statutes in table.periods],
        "statutes": [
            {
                "number": statute.number,
                "boxes": [_box(box, grid) for box in statute.boxes],
                "outcome": _outcome(statute.penalty),
            }
            for statute in table.statutes
        ],
    }


def _input(axis: Axis) -> dict[str, Any]:
    low, high = Grid.hull(axis)
    return {
        "name": axis.name,
        "kind": axis.kind.value,
        "dense": axis.dense,
        "step": str(axis.step),
        "values": list(axis.values),
        "graver": axis.graver.value if axis.graver is not None else None,
        "low": plain_place(low),
        "high": plain_place(high),
    }


def _classes(table: Table) -> dict[int, int]:
    """Of each row the first one that has the same consequence. Only the policy any asks for it."""
    if table.policy is not HitPolicy.ANY:
        return {row.number: row.number for row in table.rows}
    return {row.number: next(other.number for other in table.rows if same_result(row, other)) for row in table.rows}


def _row(row: Row, classes: Mapping[int, int], grid: Grid) -> dict[str, Any]:
    return {
        "number": row.number,
        "boxes": [_box(box, grid) for box in row.boxes],
        "outcome": _outcome(row.penalty) if row.penalty is not None else None,
        # Rows of one class have the same consequence.
        "class": classes[row.number],
        "mitigated": row.mode is not None and row.mode.value == "mitigated",
        "ground": bool(row.ground.strip()),
    }


def _outcome(penalty: Penalty) -> dict[str, Any]:
    return {
        "kind": penalty.kind,
        "of": penalty.of,
        "low": [f"{penalty.low:f}", 0 if penalty.low_included else 1],
        "high": None if penalty.high is None else [f"{penalty.high:f}", 0 if penalty.high_included else -1],
        "further": list(penalty.further),
        "formula": penalty.text if penalty.formula is not None else None,
    }


def _box(box: Box, grid: Grid) -> list[Any]:
    return [_run(at, cells, grid) for at, cells in enumerate(box)]


def _run(at: int, cells: Sequence[int], grid: Grid) -> list[Any]:
    return [plain_place(grid.run(at, cells[0])[0]), plain_place(grid.run(at, cells[1])[1])]
