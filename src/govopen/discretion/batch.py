"""Deciding many cases at once, over columns: the same answers as one by one, without a loop over cases.

Columns are numpy arrays. This is the one module that needs numpy (``pip install "govopen[batch]"``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from govopen.discretion.axes import Axis
from govopen.discretion.deciding import inside
from govopen.discretion.spans import Coordinate
from govopen.discretion.table import Table
from govopen.errors import InputError, Problem
from govopen.model.discretion import InputKind
from govopen.texts import N_

__all__ = ["CONFLICT", "NO_ROW", "Batch", "decide_columns"]

NO_ROW = 0
"""In :attr:`Batch.rows`: no row is met."""
CONFLICT = -1
"""In :attr:`Batch.rows`: rows are met that contradict each other, or an ambiguous condition decides."""

_LOOKUP = 1 << 22
"""Up to so many combinations of cells are looked up in a table made beforehand."""
_CHUNK = 1 << 16
_PROBLEMS = 20


@attrs.frozen(eq=False)
class Batch:
    """What a table says of each case.

    Attributes:
        rows: Number of the row that decides, from 1; :data:`NO_ROW` or :data:`CONFLICT`.
    """

    rows: NDArray[np.int64]


def decide_columns(table: Table, columns: Mapping[str, Any]) -> Batch:
    """Decide the cases that columns hold, for a table whose hit policy lets one row decide.

    Args:
        table: The compiled table.
        columns: One sequence or array per input, of equal length: whole numbers as integers; decimals and money as
            integers or ``Decimal`` objects; days as ``datetime64[D]`` or ``date`` objects; durations as integers in the
            input's unit, or ``timedelta`` objects; booleans; texts. Every fact is known: a case with gaps is decided
            by :meth:`~govopen.discretion.table.Table.decide`. Floats are refused, as they are there.

    Returns:
        The number of the row for each case: what ``table.decide`` returns for it.

    Raises:
        InputError: A column is missing or too much, of a wrong type or length, or holds a value outside the domain, or
            a case cannot occur; with the first positions.
    """
    if not table.hits.single:
        raise InputError(
            N_("Under this hit policy several rows decide together."), hint=N_("Decide the cases one by one.")
        )
    places = _places(table, columns)
    cells = [_cells(table, at, column) for at, column in enumerate(places)]
    found = _rows(table, cells)
    _refuse_related(table, places)
    if table.other is not None:
        other = decide_columns(table.other, columns).rows
        found = np.where(found == other, found, CONFLICT)
    return Batch(found)


def _places(table: Table, columns: Mapping[str, Any]) -> list[NDArray[Any]]:
    names = {axis.name for axis in table.axes}
    problems = [
        Problem(
            where="columns",
            path=name,
            message=N_("The table has no input of this name."),
            accepted=N_("There are: {names}."),
            facts={"names": ", ".join(sorted(names))},
        )
        for name in columns
        if name not in names
    ]
    found: list[NDArray[Any]] = []
    for axis in table.axes:
        if axis.name not in columns:
            problems.append(
                Problem(
                    where="columns",
                    path=axis.name,
                    message=N_("The column is missing."),
                    accepted=N_("Give all inputs."),
                )
            )
            continue
        column, faults = _column(axis, columns[axis.name])
        problems += faults
        found.append(column)
    if not problems and len({len(column) for column in found}) > 1:
        problems.append(
            Problem(
                where="columns",
                message=N_("The columns differ in length."),
                accepted=N_("Accepted: one value per case."),
            )
        )
    if problems:
        raise InputError(N_("The columns do not fit the table."), problems=problems)
    return found


def _column(axis: Axis, given: Any) -> tuple[NDArray[Any], list[Problem]]:
    """The places of a column's values on the axis, and what is wrong with them."""
    if not hasattr(given, "__array__"):
        # Of a list numpy would make one type, and a number of True.
        return _one_by_one(axis, list(given))
    array = np.asarray(given)
    if array.ndim != 1:
        problem = Problem(
            where="columns",
            path=axis.name,
            message=N_("The column has {count} dimensions."),
            accepted=N_("Accepted: one value per case."),
            facts={"count": array.ndim},
        )
        return array, [problem]
    places = _whole_column(axis, array)
    if places is None:
        return _one_by_one(axis, _values(array))
    wrong = ~_within(axis, places)
    if wrong.any():
        at = int(np.argmax(wrong))
        return places, [_fault(axis, at, inside, places[at].item())]
    return places, []


_SPANS = frozenset({"W", "D", "h", "m", "s", "ms", "us", "ns"})


def _values(array: NDArray[Any]) -> Sequence[Any]:
    """The values of an array as Python has them. Of time spans numpy would make bare numbers, whatever they count."""
    if array.dtype.kind == "m" and np.datetime_data(array.dtype)[0] in _SPANS and not np.isnat(array).any():
        exact = array.astype("timedelta64[us]")
        if (exact.astype(array.dtype) == array).all():
            found: list[Any] = exact.tolist()
            return found
    return list(array) if array.dtype.kind in "mM" else array.tolist()


def _within(axis: Axis, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    found = np.zeros(len(places), dtype=bool)
    for low, high in axis.domain:
        found |= (places >= low) & (places <= high)
    return found


def _whole_column(axis: Axis, array: NDArray[Any]) -> NDArray[np.int64] | None:
    """Places by arithmetic alone, where the column's type allows it."""
    found: NDArray[np.int64] | None = None
    match array.dtype.kind, axis.kind:
        case (("i" | "u"), (InputKind.INTEGER | InputKind.DURATION)):
            found = array.astype(np.int64) if _fits(array, 1) else None
        case (("i" | "u"), InputKind.MONEY):
            factor, rest = divmod(1, axis.step)
            found = array.astype(np.int64) * int(factor) if not rest and _fits(array, int(factor)) else None
        case "b", InputKind.BOOLEAN:
            found = array.astype(np.int64)
        case "M", InputKind.DATE if not np.isnat(array).any():
            days = array.astype("datetime64[D]")
            # An hour is no part of a day's name.
            found = days.astype(np.int64) + _EPOCH if (days.astype(array.dtype) == array).all() else None
        case "U", InputKind.ENUMERATION:
            found = _listed(axis, array)
    return found


def _fits(array: NDArray[Any], factor: int) -> bool:
    return not len(array) or max(abs(int(array.max())), abs(int(array.min()))) * factor < _LARGE


def _listed(axis: Axis, array: NDArray[Any]) -> NDArray[np.int64] | None:
    values = np.array(axis.values)
    order = np.argsort(values)
    at = order[np.minimum(np.searchsorted(values[order], array), len(values) - 1)]
    return at.astype(np.int64) if (values[at] == array).all() else None


_LARGE = 1 << 62
_EPOCH = 719_163
"""The ordinal of 1970-01-01."""


def _one_by_one(axis: Axis, values: Sequence[Any]) -> tuple[NDArray[Any], list[Problem]]:
    places: list[Coordinate] = []
    faults: list[Problem] = []
    known: dict[tuple[type, Any], Coordinate] = {}
    for at, value in enumerate(values):
        try:
            key = (type(value), value)
            if key not in known:
                known[key] = inside(axis, axis.place(value))
            places.append(known[key])
        except InputError as error:
            faults.append(_problem(axis, at, error))
            if len(faults) == _PROBLEMS:
                break
        except TypeError:
            # Not even hashable: no value of any input.
            faults.append(_fault(axis, at, lambda axis, value: axis.place(value), repr(value)))
            break
    small = not axis.dense and all(-_LARGE < place < _LARGE for place in places)
    array: NDArray[Any] = np.empty(len(places), dtype=np.int64 if small else object)
    array[:] = [place[0] for place in places] if axis.dense else places
    return array, faults


def _fault(axis: Axis, at: int, read: Any, value: Any) -> Problem:
    try:
        read(axis, value)
    except InputError as error:
        return _problem(axis, at, error)
    raise AssertionError("a value was wrong, and is not")


def _problem(axis: Axis, at: int, error: InputError) -> Problem:
    return Problem(
        where="columns", path=f"{axis.name}[{at}]", message=error.message, accepted=error.hint, facts=error.facts
    )


def _cells(table: Table, at: int, places: NDArray[Any]) -> NDArray[np.int64]:
    """The cell of each value."""
    # The first cell begins at the domain's own end, which may be infinite.
    starts = table.grid.starts[at][1:]
    dense = table.axes[at].dense
    if not dense and places.dtype != object and all(-_LARGE < start < _LARGE for start in starts):
        return np.searchsorted(np.array(starts, dtype=np.int64), places, side="right").astype(np.int64)
    # A start just above a number is not reached by the number itself.
    known = {number: table.grid.cell(at, (number, 0) if dense else number) for number in dict.fromkeys(places.tolist())}
    return np.fromiter((known[number] for number in places.tolist()), dtype=np.int64, count=len(places))


def _rows(table: Table, cells: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    if prod(table.grid.sizes) <= _LOOKUP and prod(table.grid.sizes) <= 64 * max(len(cells[0]), 1):
        return _looked_up(table, cells)
    found = np.empty(len(cells[0]), dtype=np.int64)
    answers = _Answers(table)
    for start in range(0, len(found), _CHUNK):
        part = slice(start, start + _CHUNK)
        found[part] = answers.of([column[part] for column in cells])
    return found


def _looked_up(table: Table, cells: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """By a table over all combinations of cells: rows painted in reverse precedence, so that the first one stays."""
    sizes = table.grid.sizes
    lookup = np.zeros(sizes, dtype=np.int64)
    exclusive = not _ranked(table)
    for bit in reversed(range(len(table.boxes))):
        row = table.row_of[bit]
        view = lookup[_slices(table.boxes[bit])]
        if exclusive:
            others = view[(view != NO_ROW) & (view != row.number)]
            if others.size:
                # Where two rows meet, the policy says whether they contradict each other: one combination at a time.
                return _Answers(table).of(cells)
        view[...] = row.number
    for box in table.impossible:
        lookup[_slices(box)] = _NEVER
    return _checked(lookup[tuple(cells)])


_NEVER = -2


def _slices(box: Sequence[tuple[int, int]]) -> tuple[slice, ...]:
    return tuple(slice(low, high + 1) for low, high in box)


def _ranked(table: Table) -> bool:
    return table.hits.policy.value in ("first", "priority")


def _checked(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    never = rows == _NEVER
    if never.any():
        raise InputError(
            N_("The table says that the case at position {at} cannot occur."),
            hint=N_("Check the facts, or correct the table's impossible cases."),
            at=int(np.argmax(never)),
        )
    return rows


class _Answers:
    """By the boxes at each cell, as rows of bits that are put together with AND."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.width = max((table.masks.count + 63) // 64, 1)
        self.at = [
            np.frombuffer(b"".join(mask.to_bytes(self.width * 8, "little") for mask in masks), dtype=np.uint64).reshape(
                len(masks), self.width
            )
            for masks in table.masks.at
        ]
        self.known: dict[int, int] = {}

    def of(self, cells: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
        met = self.at[0][cells[0]]
        for at, column in zip(self.at[1:], cells[1:], strict=True):
            met &= at[column]
        single = (np.bitwise_count(met).sum(axis=1) == 1) & self._only_rows(met)
        found = np.empty(len(met), dtype=np.int64)
        word = np.argmax(met != 0, axis=1)
        lowest = met[np.arange(len(met)), word]
        lowest &= ~lowest + np.uint64(1)
        # A power of two is exact as a float, and so is its logarithm.
        bit = word * 64 + np.log2(np.maximum(lowest, np.uint64(1)).astype(np.float64)).astype(np.int64)
        numbers = np.array([row.number for row in self.table.row_of] + [0], dtype=np.int64)
        found[single] = numbers[bit[single]]
        for position in np.flatnonzero(~single):
            found[position] = self._answer(int.from_bytes(met[position].tobytes(), "little"))
        return _checked(found)

    def _only_rows(self, met: NDArray[np.uint64]) -> NDArray[np.bool_]:
        others = self.table.masks.all & ~self.table.hits.mask
        if not others:
            return np.ones(len(met), dtype=bool)
        mask = np.frombuffer(others.to_bytes(self.width * 8, "little"), dtype=np.uint64)
        found: NDArray[np.bool_] = ~np.array((met & mask).any(axis=1), dtype=np.bool_)
        return found

    def _answer(self, mask: int) -> int:
        if mask not in self.known:
            self.known[mask] = self._resolved(mask)
        return self.known[mask]

    def _resolved(self, mask: int) -> int:
        if mask & self.table.impossible_mask:
            return _NEVER
        status, boxes, _ = self.table.hits.resolve(mask & self.table.hits.mask)
        if status == "decided":
            return self.table.row_of[boxes[0]].number
        return CONFLICT if status == "conflict" else NO_ROW


def _refuse_related(table: Table, places: Sequence[NDArray[Any]]) -> None:
    operators = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}
    for one, sign, other in table.relations:
        broken: NDArray[np.bool_] = np.array(operators[sign](places[one], places[other]), dtype=np.bool_)
        if broken.any():
            raise InputError(
                N_("The table says that the case at position {at} cannot occur."),
                hint=N_("Check the facts, or correct the table's impossible cases."),
                at=int(np.argmax(broken)),
            )
