"""Discretion tables in words: values, conditions, rows and cases as a reader expects them, in one language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

import attrs

from govopen.discretion.axes import OTHER, Axis, Value
from govopen.discretion.grid import Grid
from govopen.discretion.rows import Row, Statute
from govopen.discretion.spans import Coordinate, Run, Spans, intersect, union
from govopen.discretion.table import Table
from govopen.discretion.wording import Bounds, write_bounds
from govopen.errors import InputError
from govopen.model.discretion import InputKind
from govopen.report.wording import Wording
from govopen.texts import Text

__all__ = ["ANY", "Extent", "TableWords", "alternatives", "extent", "statutes_of"]

ANY = Text("不限", "any")
"""Stands for any value in a cell."""
_OTHER = Text("其他", "other")
_YES = {True: Text("是", "yes"), False: Text("否", "no")}
_UNITS = {
    "minutes": Text("分钟", "minutes"),
    "hours": Text("小时", "hours"),
    "days": Text("天", "days"),
    "months": Text("个月", "months"),
    "years": Text("年", "years"),
}
_INFINITE = (float("inf"), float("-inf"), Decimal("Infinity"), Decimal("-Infinity"))
_FIRST_DAY, _LAST_DAY = 1, dt.date.max.toordinal()


@attrs.frozen(kw_only=True)
class Extent:
    """A run of values by its ends.

    Attributes:
        low, high: The number at the end, as a coordinate; ``None``: nothing bounds it.
        low_included, high_included: Whether the number itself is meant.
    """

    low: Coordinate | None
    low_included: bool
    high: Coordinate | None
    high_included: bool

    @property
    def single(self) -> bool:
        """Whether it is one value."""
        return self.low is not None and self.low == self.high and self.low_included


def extent(axis: Axis, run: Run) -> Extent:
    """The ends of a run. The first and last day that Python has bound nothing.

    Of steps, the rounder number is named: less than 2000, and not 1999.99 at most.
    """
    low, low_included = _end(axis, run[0])
    high, high_included = _end(axis, run[1])
    if axis.numeric and not axis.dense and low != high:
        if low is not None and _digits(axis, low - 1) < _digits(axis, low):
            low, low_included = low - 1, False
        if high is not None and _digits(axis, high + 1) < _digits(axis, high):
            high, high_included = high + 1, False
    return Extent(low=low, low_included=low_included, high=high, high_included=high_included)


def _digits(axis: Axis, place: Coordinate) -> int:
    """How many digits it takes to write a number, but for its noughts at the end."""
    return len(Decimal(place * axis.step).normalize().as_tuple().digits)


def _end(axis: Axis, place: Coordinate) -> tuple[Coordinate | None, bool]:
    if axis.kind is InputKind.DATE and place in (_FIRST_DAY, _LAST_DAY):
        return None, False
    value = place[0] if isinstance(place, tuple) else place
    if value in _INFINITE:
        return None, False
    if isinstance(place, tuple):
        return (place[0], 0), place[1] == 0
    return place, True


def alternatives(table: Table, row: Row) -> list[tuple[Spans, ...]]:
    """The condition of a row: the values of each axis, once for each alternative. None: no case meets it."""
    found: dict[tuple[tuple[str, str], ...], list[list[Run]]] = {}
    for box, texts in zip(row.boxes, row.texts, strict=True):
        runs = found.setdefault(texts, [[] for _ in table.axes])
        for position, (low, high) in enumerate(box):
            runs[position].append((table.grid.run(position, low)[0], table.grid.run(position, high)[1]))
    return [
        tuple(intersect(union(each), axis.domain) for each, axis in zip(runs, table.axes, strict=True))
        for runs in found.values()
    ]


def statutes_of(table: Table, case: Mapping[str, Value]) -> tuple[Statute, ...]:
    """The statutory ranges that are for a case, whatever the facts are that it does not know."""
    cells = []
    for at, axis in enumerate(table.axes):
        value = case.get(axis.name)
        cell = None if value is None else table.grid.cell(at, axis.place(value))
        cells.append((0, table.grid.sizes[at] - 1) if cell is None else (cell, cell))
    return tuple(
        statute
        for statute in table.statutes
        if any(
            all(low <= first and last <= high for (first, last), (low, high) in zip(cells, box, strict=True))
            for box in statute.boxes
        )
    )


@attrs.frozen
class TableWords(Wording):
    """What a table says, in one language."""

    def name(self, axis: Axis) -> str:
        """What an input is called: its term in Chinese, else its name."""
        return (axis.label if self.lang == "zh-Hans" else "") or axis.name

    def number(self, axis: Axis, place: Coordinate) -> str:
        """A value without its unit: 3, 0.4, 2011-04-05."""
        value = axis.value(place)
        return str(value) if axis.kind is InputKind.DURATION else axis.write(place)

    def unit(self, axis: Axis) -> str:
        """What an input counts; blank: nothing."""
        if axis.kind is InputKind.DURATION:
            return self.text(_UNITS[axis.unit])
        return axis.unit or ("元" if axis.kind is InputKind.MONEY else "")

    def value(self, axis: Axis, place: Coordinate) -> str:
        """A value for a reader: 3次, 10天, 是."""
        value = axis.value(place)
        if isinstance(value, bool):
            return self.text(_YES[value])
        if value == OTHER:
            return self.text(_OTHER)
        return self._counted(self.number(axis, place), self.unit(axis))

    def _counted(self, number: str, unit: str) -> str:
        # 3次 and 20% stand together; 10 days does not.
        return f"{number} {unit}" if unit[:1].isascii() and unit[:1].isalpha() else f"{number}{unit}"

    def case(self, axes: Sequence[Axis], case: Mapping[str, Value]) -> str:
        """A case: 一年内受罚次数 1次，辱骂 是."""
        return ("，" if self.lang == "zh-Hans" else ", ").join(
            f"{self.name(axis)} {self.value(axis, axis.place(case[axis.name]))}" for axis in axes if axis.name in case
        )

    def spans(self, axis: Axis, spans: Spans) -> str:
        """A condition on one input, as people write it: 3次以上, 主体、完工, 不限."""
        if spans == axis.domain:
            return self.text(ANY)
        if not axis.ordered:
            return self.join(self.value(axis, place) for low, high in spans for place in range(low, high + 1))
        return (" 或 " if self.lang == "zh-Hans" else " or ").join(self._bounds(axis, run) for run in spans)

    def _bounds(self, axis: Axis, run: Run) -> str:
        """The run, without the ends that it shares with the domain."""
        first, last = Grid.hull(axis)
        found = extent(axis, run)
        if run[0] != run[1] and run[0] == first:
            found = attrs.evolve(found, low=None, low_included=False)
        if run[0] != run[1] and run[1] == last:
            found = attrs.evolve(found, high=None, high_included=False)
        if self.lang == "zh-Hans" and axis.numeric:
            try:
                return write_bounds(self._numbers(axis, found))
            except InputError:
                pass  # A number below zero has no such wording.
        return self._counted(self.interval(axis, found), "" if found.single else self.unit(axis))

    def _numbers(self, axis: Axis, found: Extent) -> Bounds:
        def number(place: Coordinate | None) -> Decimal | None:
            return None if place is None else Decimal(axis.write(place))

        return Bounds(
            low=number(found.low),
            low_included=found.low_included,
            high=number(found.high),
            high_included=found.high_included,
            unit=self.unit(axis),
        )

    def interval(self, axis: Axis, found: Extent) -> str:
        """A run in signs: ``≥ 3``, ``[5, 10)``; one value is written with its unit."""
        if found.single:
            return self.value(axis, found.low)
        low = "" if found.low is None else self.number(axis, found.low)
        high = "" if found.high is None else self.number(axis, found.high)
        if not low and not high:
            return self.text(ANY)
        if not high:
            return f"{'≥' if found.low_included else '>'} {low}"
        if not low:
            return f"{'≤' if found.high_included else '<'} {high}"
        return f"{'[' if found.low_included else '('}{low}, {high}{']' if found.high_included else ')'}"

    def outcome(self, table: Table, row: Row) -> str:
        """What follows by a row, as the table writes it."""
        source = table.document.rows[row.number - 1]
        if row.penalty is None:
            return self.join(source.outputs)
        further = self.join(source.further)
        if not further:
            return source.outcome
        return self.say("{outcome}; further: {further}", outcome=source.outcome, further=further)

    def row(self, row: Row) -> str:
        """A row by its number and tier: 第2行（一般）."""
        if row.tier:
            return self.say("row {number} ({tier})", number=row.number, tier=row.tier)
        return self.say("row {number}", number=row.number)

    def law(self, statute: Statute) -> str:
        """A statutory range with what it rests on, and whether anybody has read that."""
        source = statute.source
        text = self.say("{citation}: {outcome}", citation=source.citation, outcome=source.outcome)
        if source.further:
            text = self.say("{outcome}; further: {further}", outcome=text, further=self.join(source.further))
        if source.until is not None:
            text += self.say(" (from {since} to {until})", since=source.since, until=source.until)
        return text if source.verified else text + self.say(" (not verified)")
