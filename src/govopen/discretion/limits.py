"""Containment: every tier inside what the law allows for its cases."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product

import attrs

from govopen.discretion.axes import Axis, Value
from govopen.discretion.covering import common
from govopen.discretion.formula import Bound
from govopen.discretion.grid import Box
from govopen.discretion.penalties import Penalty
from govopen.discretion.properties import Note, Property, Witness
from govopen.discretion.rows import Row, Statute
from govopen.discretion.searching import Search, concluded, vacuous
from govopen.discretion.table import Table
from govopen.discretion.witness import occurs
from govopen.model.discretion import Mode
from govopen.texts import Text

__all__ = ["contained", "facts_of", "unused"]

_BELOW = Text(
    "第{rows}行的{outcome}低于法定最低限{limit}。", "Row {rows} imposes {outcome}, below the statutory floor {limit}."
)
_ABOVE = Text(
    "第{rows}行的{outcome}高于法定最高限{limit}。", "Row {rows} imposes {outcome}, above the statutory ceiling {limit}."
)
_UNGROUNDED = Text(
    "第{rows}行减轻至{outcome}，低于法定最低限{limit}，却没有写明减轻的法定依据。",
    "Row {rows} mitigates to {outcome}, below the floor {limit}, and names no statutory ground of its own.",
)
_FURTHER = Text(
    "第{rows}行并处“{outcome}”，法律没有规定。", "Row {rows} adds {outcome}, which the law does not provide for."
)
_NO_RANGE = Text(
    "第{rows}行适用于法定幅度没有涵盖的情形。", "Row {rows} is met by cases for which no statutory range is given."
)
_NO_LAW = Text(
    "自{on}起，没有写明在有效期内的法定幅度。", "From {on} on, no statutory range that the table names is in force."
)
_MEASURE = Text(
    "第{rows}行以{outcome}计，法定幅度以{limit}计，无法比较。",
    "Row {rows} is measured by {outcome}, the statutory range by {limit}; they cannot be compared.",
)
_LOOSE = Text(
    "第{rows}行的公式能否始终在幅度内，无法判定。",
    "Whether the formula of row {rows} always stays in the range is not known.",
)
_UNUSED = Text("法定幅度中的{limit}没有任何档次使用。", "No tier uses {limit} of the statutory range.")
_CORNERS = 2_000
_MEASURES = {"amount": "元", "multiple": "倍", "rate": "元/"}


_Number = Decimal | Fraction


@attrs.frozen
class _Fault:
    """What is wrong with a row under a range.

    Attributes:
        certain: Whether it holds for every case; else only single cases can show it.
    """

    message: Text
    facts: dict[str, str]
    certain: bool = True


def contained(search: Search) -> Property:
    """Every tier stays inside the statutory range; a mitigated one may go below its floor, with its own ground."""
    if not search.table.statutes:
        return vacuous("contained", "本表不设处罚。", "The table imposes no penalty.")
    return concluded("contained", search, _outside)


def _outside(search: Search) -> Iterator[Witness]:
    """One witness for each row and range, of all the ranges that are in force while the table is."""
    seen: set[tuple[int, int]] = set()
    for day, statutes in search.table.periods:
        if not statutes:
            search.doubt(_NO_LAW, on=day.isoformat())
            continue
        for row in search.table.rows:
            if row.penalty is None or row.penalty.kind == "none" or not row.boxes:
                continue
            if (row.number, 0) not in seen and (witness := _without_range(search, row, statutes)) is not None:
                seen.add((row.number, 0))
                yield witness
            for number, witness in _outside_ranges(search, row, statutes):
                if (row.number, number) not in seen:
                    seen.add((row.number, number))
                    yield witness


def _without_range(search: Search, row: Row, statutes: tuple[Statute, ...]) -> Witness | None:
    ranges = [box for statute in statutes for box in statute.boxes]
    rest = None if search.whole in ranges else search.decided_outside(row, search.whole, ranges)
    if (case := search.case(rest)) is None:
        return None
    return Witness(message=_NO_RANGE, rows=(row.number,), case=case, facts={"rows": str(row.number)})


def _outside_ranges(search: Search, row: Row, statutes: tuple[Statute, ...]) -> Iterator[tuple[int, Witness]]:
    """Of several ranges for one case, a row need be inside but one: 警告或者罚款."""
    table = search.table
    faults = {entry.number: fault for entry in statutes if (fault := _fault(table, row, entry)) is not None}
    inside = [box for statute in statutes if statute.number not in faults for box in statute.boxes]
    # Where one range may let the outcome pass, another that does not refutes nothing.
    doubtful = [entry for entry in statutes if entry.number in faults and not faults[entry.number].certain]
    perhaps = [*inside, *(box for statute in doubtful for box in statute.boxes)]
    for statute in statutes:
        if statute.number not in faults:
            continue
        fault = faults[statute.number]
        shown = (
            _shown(search, row, statute, fault, perhaps)
            if fault.certain
            else _by_formula(
                search, row, statute, {entry.number: faults.get(entry.number) for entry in statutes}, inside
            )
        )
        if (witness := next(shown, None)) is not None:
            yield statute.number, witness


def _shown(search: Search, row: Row, statute: Statute, fault: _Fault, perhaps: list[Box]) -> Iterator[Witness]:
    """A case of the row for which the range is this one, and no other may let the outcome pass."""
    for within in statute.boxes:
        box = search.decided_outside(row, within, perhaps)
        if (case := search.case(box)) is not None:
            yield Witness(message=fault.message, rows=(row.number,), case=case, facts=fault.facts)


def _by_formula(
    search: Search, row: Row, statute: Statute, faults: dict[int, _Fault | None], inside: list[Box]
) -> Iterator[Witness]:
    """Single cases of the row, under a range of which only they can show whether it is kept."""
    for within in statute.boxes:
        box = search.decided_outside(row, within, inside)
        if box is None:
            continue
        for case in _corners(search, box):
            fault = _fault_in(search.table, row, faults, case)
            if fault is not None and not _decides_otherwise(search, row, case):
                yield Witness(message=fault.message, rows=(row.number,), case=case, facts=fault.facts)
        doubt = faults[statute.number]
        assert doubt is not None
        search.doubt(doubt.message, **doubt.facts)


def _fault_in(table: Table, row: Row, faults: dict[int, _Fault | None], case: dict[str, Value]) -> _Fault | None:
    """What is wrong with the amount in one case; ``None`` where some range for it may let it pass.

    ``faults`` has every range that is in force.
    """
    formula = row.penalty.formula if row.penalty is not None else None
    if formula is None or not occurs(table, case):
        return None
    value = formula.value({name: Fraction(case[name]) for name in formula.names})  # type: ignore[arg-type]
    cells = [table.grid.cell(at, axis.place(case[axis.name])) for at, axis in enumerate(table.axes)]
    point = tuple((cell, cell) for cell in cells)
    found = None
    for statute in table.statutes:
        if statute.number not in faults or not any(common(point, box) for box in statute.boxes):
            continue
        fault = faults[statute.number]
        if fault is not None and fault.message is _LOOSE:
            fault = _compared(row, statute, value, value, (True, True))
        if fault is None or not fault.certain:
            return None
        found = found or fault
    return found


def _decides_otherwise(search: Search, row: Row, case: dict[str, Value]) -> bool:
    return row.number not in search.table.alone(case).rows


def _fault(table: Table, row: Row, statute: Statute) -> _Fault | None:
    """What is wrong with the outcome of ``row`` under this range; ``None``: it lies inside."""
    penalty, limit = row.penalty, statute.penalty
    assert penalty is not None
    rows = {"rows": str(row.number)}
    if excess := [entry for entry in penalty.further if entry not in limit.further]:
        return _Fault(_FURTHER, rows | {"outcome": "、".join(excess)})
    if penalty.nil:
        # No fine at all is below any floor; only where the law sets none is it inside.
        return None if limit.nil else _compared(row, statute, Decimal(0), Decimal(0), (True, True))
    # Where the law sets no fine, any fine is above it, in whatever measure.
    if penalty.measure != limit.measure and not limit.nil:
        return _Fault(_MEASURE, rows | {"outcome": _measure(penalty), "limit": _measure(limit)}, certain=False)
    if penalty.formula is not None:
        facts = {
            axis.name: facts_of(table, axis, at, _hull(row, at)) for at, axis in enumerate(table.axes) if axis.numeric
        }
        low, high = penalty.formula.bounds(facts)
        if low is not None and _compared(row, statute, low, high, (True, True)) is None:
            return None
        return _Fault(_LOOSE, rows, certain=False)
    return _compared(row, statute, penalty.low, penalty.high, (penalty.low_included, penalty.high_included))


def _compared(row: Row, statute: Statute, low: _Number, high: _Number | None, ends: tuple[bool, bool]) -> _Fault | None:
    limit = statute.penalty
    # Two decimals compare exactly, and faster than fractions.
    exact: type[Decimal | Fraction] = Decimal if isinstance(low, Decimal) else Fraction
    floor, top = exact(limit.low), None if limit.high is None else exact(limit.high)
    if row.mode is not Mode.MITIGATED and floor < low and (top is None or (high is not None and high < top)):
        return None
    facts = {"rows": str(row.number), "outcome": row.penalty.text if row.penalty is not None else ""}
    if low < floor or (low == floor and ends[0] and not limit.low_included):
        below = facts | {"limit": _number(limit.low)}
        if row.mode is not Mode.MITIGATED:
            return _Fault(_BELOW, below)
        if not row.ground.strip():
            return _Fault(_UNGROUNDED, below)
    if limit.high is None or top is None:
        return None
    above = high is None or high > top or (high == top and ends[1] and not limit.high_included)
    return _Fault(_ABOVE, facts | {"limit": _number(limit.high)}) if above else None


def _hull(row: Row, axis: int) -> tuple[int, int]:
    lows, highs = zip(*(box[axis] for box in row.boxes), strict=True)
    return min(lows), max(highs)


def _corners(search: Search, box: Box) -> Iterator[dict[str, Value]]:
    """The plainest case, then combinations of a few values of each numeric input, as far as they are not too many."""
    base = search.case(box)
    if base is None:
        return
    table = search.table
    choices: list[list[Value]] = []
    for at, axis in enumerate(table.axes):
        places = [place for cell in box[at] for place in table.grid.examples(at, cell)] if axis.numeric else []
        choices.append([axis.value(place) for place in places] or [base[axis.name]])
    names = [axis.name for axis in table.axes]
    for values in islice(product(*choices), _CORNERS):
        yield dict(zip(names, values, strict=True))


def facts_of(table: Table, axis: Axis, at: int, cells: tuple[int, int]) -> Bound:
    """Least and greatest number of an axis over a run of cells."""
    low, high = table.grid.run(at, cells[0])[0], table.grid.run(at, cells[1])[1]
    return _end(axis, low), _end(axis, high)


def _end(axis: Axis, place: object) -> Fraction | None:
    number = place[0] if isinstance(place, tuple) else place
    if number in (float("inf"), float("-inf"), Decimal("Infinity"), Decimal("-Infinity")):
        return None
    return Fraction(number) if axis.dense else Fraction(number) * Fraction(axis.step)  # type: ignore[arg-type]


def _number(number: Decimal) -> str:
    return f"{number:f}"


def _measure(penalty: Penalty) -> str:
    kind, of = penalty.measure
    return f"{of}{_MEASURES[kind]}" if kind == "multiple" else f"{_MEASURES[kind]}{of}"


def unused(table: Table) -> Iterator[Note]:
    """The parts of each statutory range that no tier uses: no fault, but worth knowing."""
    for statute in table.statutes:
        limit = statute.penalty
        if limit.nil:
            continue
        used = sorted(
            (row.penalty.low, row.penalty.high if row.penalty.high is not None else Decimal("Infinity"))
            for row in table.rows
            if row.penalty is not None and row.penalty.measure == limit.measure and row.penalty.formula is None
        )
        if not used or any(row.penalty is not None and row.penalty.formula is not None for row in table.rows):
            continue
        top = limit.high if limit.high is not None else Decimal("Infinity")
        parts, at = [], limit.low
        for low, high in used:
            if low > at:
                parts.append(f"{_number(at)}..{_number(low)}")
            at = max(at, high)
        if at < top:
            parts.append(f"{_number(at)}..{_number(top) if top.is_finite() else ''}")
        if parts:
            yield Note(message=_UNUSED, facts={"limit": ", ".join(parts)})
