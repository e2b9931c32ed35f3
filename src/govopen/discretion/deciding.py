"""Deciding: from the facts of a case to the row that applies, with what made it apply."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import partial, reduce
from operator import or_
from typing import Any, Literal, NamedTuple, NoReturn, cast

import attrs

from govopen.discretion.axes import Axis, Value
from govopen.discretion.grid import Grid, Masks, bits
from govopen.discretion.hits import Hits
from govopen.discretion.penalties import Penalty
from govopen.discretion.rows import Row
from govopen.discretion.spans import Coordinate, after, before
from govopen.errors import InputError, Problem
from govopen.model.discretion import InputKind
from govopen.texts import N_

__all__ = ["Decider", "Decision", "Held", "Status"]

Status = Literal["decided", "no_row", "conflict", "undecidable"]
"""What came of deciding a case."""

_EXACT = Context(prec=2_000)
_LOOKED_UP = 4096
"""Whole numbers of an axis of at most so many are looked up, and not searched for."""
_COMBINATIONS = 20_000
"""So many combinations of unknown facts are looked at; beyond, the case is undecidable."""


class Held(NamedTuple):
    """One condition of the row that applies, and the fact that meets it."""

    input: str
    value: Value
    condition: str


@attrs.define(eq=False, slots=True)
class Decision:
    """What a table says of a case.

    Attributes:
        status: ``decided``; ``no_row``: no row is met; ``conflict``: rows are met that contradict each other;
            ``undecidable``: a fact that matters is missing, or the table is ambiguous about this case.
        rows: Numbers of the rows that decide, or that are in conflict, or that might apply; from 1.
        row: The row that applies, if it is one.
        outputs: Of a decision table of another kind: the result by DMN. A value, a mapping of values by name, a list of
            them for the policies with several hits, a number for an aggregation, ``None``.
        missing: Names of the inputs that matter and are not known.
        ambiguous: Whether it depends on how an ambiguous condition is read.
    """

    status: Status
    rows: tuple[int, ...]
    row: Row | None
    outputs: Any
    missing: tuple[str, ...]
    _case: Mapping[str, object]
    _box: int
    ambiguous: bool = False

    @property
    def tier(self) -> str:
        """Name of the tier; blank if no single row applies."""
        return "" if self.row is None else self.row.tier

    @property
    def citation(self) -> str:
        """The clause of the benchmark that the row restates; blank if none applies or it names none."""
        return "" if self.row is None else self.row.citation

    @property
    def penalty(self) -> Penalty | None:
        """What follows."""
        return None if self.row is None else self.row.penalty

    @property
    def amount(self) -> Decimal | None:
        """The fine that a formula gives, in CNY; ``None`` where the penalty is no formula."""
        penalty = self.penalty
        if penalty is None or penalty.formula is None:
            return None
        facts = {name: Fraction(cast("int | Decimal", self._case[name])) for name in penalty.formula.names}
        found = penalty.formula.value(facts)
        # What a formula divides by comes out; only the usual 28 digits could be too few.
        return _EXACT.divide(Decimal(found.numerator), Decimal(found.denominator))

    @property
    def trace(self) -> tuple[Held, ...]:
        """Which conditions of the row held, by which facts; without facts that are unknown and do not matter."""
        if self.row is None:
            return ()
        case = self._case
        conditions = self.row.conditions(self._box)
        try:
            return tuple([_held((name, case[name], text)) for name, text in conditions])
        except KeyError:
            return tuple([_held((name, case[name], text)) for name, text in conditions if name in case])


_held = cast("Callable[[tuple[object, ...]], Held]", partial(tuple.__new__, Held))
"""Makes a :class:`Held` without the detour of a named tuple's own constructor: it is most of what a trace costs."""


class Decider:
    """A table made ready to decide one case after another."""

    def __init__(
        self, grid: Grid, masks: Masks, hits: Hits, impossible: int, relations: Sequence[tuple[int, str, int]]
    ) -> None:
        self.axes = axes = grid.axes
        self.grid = grid
        self.masks = masks
        self.hits = hits
        self.rows_mask = hits.mask
        self.impossible = impossible
        self.relations = relations
        self._names = frozenset(axis.name for axis in axes)
        self._steps = [_step(axis, grid.starts[position], masks.at[position]) for position, axis in enumerate(axes)]
        self._count = len(axes)

    def decide(self, case: Mapping[str, object]) -> Decision:
        """What the table says of ``case``.

        Args:
            case: Values by input name, of the types of :class:`~govopen.discretion.axes.Axis`; a fact that is not
                known is ``None`` or left out.

        Raises:
            InputError: Every fact that is of a wrong type, out of its domain or of no input; or the case cannot occur.
        """
        mask = self.masks.all
        try:
            for name, cls, known, locate, at in self._steps:
                value = case[name]
                # By class first: to a mapping True is 1, and 1.0, too.
                mask &= known[value] if value.__class__ is cls else at[locate(value)]
        except (KeyError, _NotPlain):
            return self._carefully(case)
        if len(case) != self._count or mask & self.impossible or self.relations:
            return self._carefully(case)
        return self._conclude(mask & self.rows_mask, case)

    def _conclude(self, mask: int, case: Mapping[str, object]) -> Decision:
        hits = self.hits
        if mask and not mask & (mask - 1) and hits.single:
            box = mask.bit_length() - 1
            row = hits.row_of[box]
            return Decision("decided", (row.number,), row, row.output, (), case, box)
        status, boxes, outputs = hits.resolve(mask)
        rows = [hits.row_of[box] for box in boxes]
        numbers = tuple([row.number for row in rows])
        if status == "decided" and hits.single:
            return Decision(status, numbers[:1], rows[0], outputs, (), case, boxes[0])
        return Decision(status, numbers, None, outputs, (), case, -1)

    def _carefully(self, case: Mapping[str, object]) -> Decision:
        places: dict[int, Coordinate] = {}
        problems = [no_input(str(name), self.axes) for name in case if name not in self._names]
        for position, axis in enumerate(self.axes):
            value = case.get(axis.name)
            if value is None:
                continue
            try:
                places[position] = inside(axis, axis.place(value))
            except InputError as error:
                problems.append(
                    Problem(where="case", path=axis.name, message=error.message, accepted=error.hint, facts=error.facts)
                )
        if problems:
            raise InputError(N_("The case does not fit the table."), problems=problems)
        for one, sign, other in self.relations:
            if one in places and other in places and compare(places[one], sign, places[other]):
                _refuse_impossible()
        if len(places) < self._count:
            return self._with_gaps(places, case)
        mask = self.masks.all
        for position, place in places.items():
            mask &= self.masks.at[position][self.grid.cell(position, place)]
        if mask & self.impossible:
            _refuse_impossible()
        return self._conclude(mask & self.rows_mask, case)

    def _with_gaps(self, places: Mapping[int, Coordinate], case: Mapping[str, object]) -> Decision:
        """Decide with facts unknown: only what holds whatever they are is decided."""
        ways = [
            {self.masks.at[position][cell] for cell in self._cells(position, places)} for position in range(self._count)
        ]
        free = [position for position in range(self._count) if position not in places]
        masks = {self.masks.all}
        for entries in ways:
            masks = {mask & entry for mask in masks for entry in entries}
            if len(masks) > _COMBINATIONS:
                return self._unknown(free, masks, case)
        possible = {mask & self.rows_mask for mask in masks if not mask & self.impossible}
        if not possible:
            _refuse_impossible()
        found = [self.hits.resolve(mask) for mask in possible]
        rows = {(status, tuple(self.hits.row_of[box].number for box in boxes)) for status, boxes, _ in found}
        reckoned = self._reckoned(rows, places) if self.hits.single else set()
        if len(rows) == 1 and not reckoned:
            stated = {name: value for name, value in case.items() if value is not None}
            return self._conclude(min(possible), stated)
        matters = [position for position in free if position in reckoned or self._matters(position, ways)]
        return self._unknown(matters, possible, case)

    def _cells(self, position: int, places: Mapping[int, Coordinate]) -> Iterable[int]:
        """The cells in which a fact can lie: its own, or all that its relations to known facts leave."""
        if position in places:
            return (self.grid.cell(position, places[position]),)
        low, high = self.grid.hull(self.axes[position])
        for one, sign, other in self.relations:
            if position == other and one in places:
                # What is excluded is: known sign this.
                edge = places[one]
                if sign[0] == "<":
                    high = min(high, edge if sign == "<" else before(edge))
                else:
                    low = max(low, edge if sign == ">" else after(edge))
            elif position == one and other in places:
                edge = places[other]
                if sign[0] == "<":
                    low = max(low, edge if sign == "<" else after(edge))
                else:
                    high = min(high, edge if sign == ">" else before(edge))
        if low > high:
            return ()
        return range(self.grid.cell(position, low), self.grid.cell(position, high) + 1)

    def _reckoned(self, rows: Iterable[tuple[str, tuple[int, ...]]], places: Mapping[int, Coordinate]) -> set[int]:
        """The unknown facts that the formulas of these rows reckon with."""
        numbers = {number for status, numbers in rows if status == "decided" for number in numbers}
        names: set[str] = set()
        for row in self.hits.row_of:
            if row.number in numbers and row.penalty is not None and row.penalty.formula is not None:
                names |= row.penalty.formula.names
        return {at for at, axis in enumerate(self.axes) if axis.name in names and at not in places}

    def _matters(self, position: int, ways: Sequence[set[int]]) -> bool:
        """Whether some row that the known facts leave asks for this one."""
        mask = self.rows_mask
        for at, entries in enumerate(ways):
            if at != position:
                mask &= reduce(or_, entries)
        return len({way & mask for way in ways[position]}) > 1

    def _unknown(self, missing: Iterable[int], masks: Iterable[int], case: Mapping[str, object]) -> Decision:
        might = 0
        for mask in masks:
            might |= mask & self.rows_mask
        rows = tuple(sorted({self.hits.row_of[box].number for box in bits(might)}))
        names = tuple(self.axes[position].name for position in missing)
        return Decision("undecidable", rows, None, None, names, case, -1)


def _refuse_impossible() -> NoReturn:
    raise InputError(
        N_("The table says that this case cannot occur."),
        hint=N_("Check the facts, or correct the table's impossible cases."),
    )


class _NotPlain(Exception):
    """A value that the short way does not take: the long way says what is wrong with it."""


def no_input(name: str, axes: Sequence[Axis]) -> Problem:
    """That a case names what the table does not ask for."""
    return Problem(
        where="case",
        path=name,
        message=N_("The table has no input of this name."),
        accepted=N_("There are: {names}."),
        facts={"names": ", ".join(axis.name for axis in axes)},
    )


def inside(axis: Axis, place: Coordinate) -> Coordinate:
    """``place``, if the axis has it.

    Raises:
        InputError: It lies outside the domain.
    """
    if any(low <= place <= high for low, high in axis.domain):
        return place
    raise InputError(
        N_("{value} lies outside the domain of {input}."),
        hint=N_("Accepted: {accepted}."),
        value=axis.write(place),
        input=axis.name,
        accepted=", ".join(_written(axis, *run) for run in axis.domain),
    )


def _written(axis: Axis, low: Coordinate, high: Coordinate) -> str:
    """A run of a domain as a condition writes it."""
    first, last = _end(axis, low), _end(axis, high)
    if not first[0]:
        return f"{'<' if last[1] else '<='} {last[0]}"
    if not last[0]:
        return f"{'>' if first[1] else '>='} {first[0]}"
    return f"{'(' if first[1] else '['}{first[0]}..{last[0]}{')' if last[1] else ']'}"


def _end(axis: Axis, place: Coordinate) -> tuple[str, int]:
    """An end and its side; no text: nothing bounds it."""
    value, side = place if isinstance(place, tuple) else (place, 0)
    if value in (float("inf"), float("-inf"), Decimal("Infinity"), Decimal("-Infinity")):
        return "", 0
    return axis.write((value, 0) if side else place), side


def compare(one: Coordinate, sign: str, other: Coordinate) -> bool:
    """Whether ``one sign other``."""
    match sign:
        case "<":
            return bool(one < other)
        case "<=":
            return bool(one <= other)
        case ">":
            return bool(one > other)
    return bool(one >= other)


_Step = tuple[str, type | None, Mapping[Any, int], Callable[[Any], int], list[int]]


def _step(axis: Axis, starts: list[Coordinate], at: list[int]) -> _Step:
    """The short way from a value of an axis to its boxes: name, the class of values that are looked up, what is found
    there, what finds the cell of others, and the boxes by cell.
    """
    values = _listed(axis)
    cls = type(next(iter(values))) if values else None
    known = {value: at[bisect_right(starts, place) - 1] for value, place in values.items()}
    return axis.name, cls, known, _locator(axis, starts), at


def _listed(axis: Axis) -> dict[Any, int]:
    """The values of a short axis without holes, with their places."""
    low, high = axis.domain[0][0], axis.domain[-1][1]
    if len(axis.domain) > 1:
        return {}
    match axis.kind:
        case InputKind.BOOLEAN:
            return {bool(place): place for place in range(low, high + 1)}
        case InputKind.ENUMERATION:
            return {axis.values[place]: place for place in range(low, high + 1)}
        case InputKind.INTEGER if high - low < _LOOKED_UP:
            return {place: place for place in range(low, high + 1)}
    return {}


def _locator(axis: Axis, starts: list[Coordinate]) -> Callable[[Any], int]:
    """What finds the cell of a value of the usual type; it raises :class:`_NotPlain` for any other."""
    low, high = axis.domain[0][0], axis.domain[-1][1]
    if axis.kind is InputKind.INTEGER and len(axis.domain) == 1:

        def of_integer(value: Any) -> int:
            if type(value) is int and low <= value <= high:
                return bisect_right(starts, value) - 1
            raise _NotPlain

        return of_integer

    def of_any(value: Any) -> int:
        try:
            return bisect_right(starts, inside(axis, axis.place(value))) - 1
        except InputError:
            raise _NotPlain from None

    return of_any
