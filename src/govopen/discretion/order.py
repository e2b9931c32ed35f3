"""Monotonicity: heavier facts never give a lighter outcome."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from govopen.discretion.axes import Value
from govopen.discretion.covering import uncovered_of
from govopen.discretion.formula import Bound
from govopen.discretion.grid import Box, bits
from govopen.discretion.hits import same_result
from govopen.discretion.limits import facts_of
from govopen.discretion.outcomes import Outcomes
from govopen.discretion.properties import Property, Verdict, Witness
from govopen.discretion.rows import Row
from govopen.discretion.searching import Search, concluded, vacuous
from govopen.discretion.witness import occurs
from govopen.model.discretion import Graver, HitPolicy, InputKind
from govopen.texts import Text

__all__ = ["monotone"]

_LIGHTER = Text(
    "{input}更重时，适用第{lighter}行（{outcome}），反而轻于第{heavier}行（{than}）。",
    "With {input} graver, row {lighter} ({outcome}) applies, and is lighter than row {heavier} ({than}).",
)
_UNSAID = Text("没有写明{input}的轻重方向。", "Nobody has said in which direction {input} grows graver.")
_INCOMPARABLE = Text(
    "第{heavier}行与第{lighter}行的处罚无法比较轻重。",
    "The outcomes of rows {heavier} and {lighter} cannot be compared.",
)
_FORMULA = Text(
    "第{heavier}行与第{lighter}行的公式无法比较轻重。",
    "The formulas of rows {heavier} and {lighter} could not be compared.",
)
_SEVERAL = Text(
    "本命中策略同时适用多行，没有单一结果可比。",
    "Under this hit policy several rows apply at once; there is no one outcome to compare.",
)
_CELLS = 64


def monotone(search: Search) -> Property:
    """Per input with a graver direction: of two cases that differ in it alone, the graver has no lighter outcome."""
    table = search.table
    if not table.statutes:
        return vacuous("monotone", "本表不设处罚。", "The table imposes no penalty.")
    if not table.hits.single:
        return Property(name="monotone", verdict=Verdict.UNKNOWN, reason=_SEVERAL)
    return concluded("monotone", search, _disorder)


def _disorder(search: Search) -> Iterator[Witness]:
    outcomes = Outcomes(search.table.row_of)
    for at, axis in enumerate(search.table.axes):
        if axis.graver in (Graver.HIGHER, Graver.LOWER):
            yield from _Along(search, outcomes, at).find()
        elif axis.kind is not InputKind.TEXT and axis.graver is None:
            search.doubt(_UNSAID, input=axis.name)


class _Along:
    """Monotonicity along one axis.

    Attributes:
        at: The axis, by position.
        higher: Whether higher values are the graver ones.
    """

    def __init__(self, search: Search, outcomes: Outcomes, at: int) -> None:
        self.search = search
        self.table = search.table
        self.masks = search.table.masks
        self.outcomes = outcomes
        self.at = at
        self.axis = search.table.axes[at]
        self.higher = self.axis.graver is Graver.HIGHER
        self.seen: set[tuple[int, int]] = set()

    def find(self) -> Iterator[Witness]:
        """One witness at most for each pair of rows."""
        for bit, box in enumerate(self.table.boxes):
            row = self.table.row_of[bit]
            graver = self._graver(box)
            assert row.penalty is not None
            if row.penalty.formula is not None:
                yield from self._within(bit)
                lighter, unclear = 0, graver & ~(1 << bit)
            else:
                lighter, unclear = self.outcomes.against(row.penalty)
                lighter, unclear = lighter & graver, (unclear | self.outcomes.formulas) & graver
            for other_bit in bits(lighter):
                other = self.table.row_of[other_bit]
                if (row.number, other.number) in self.seen:
                    continue
                if (cases := self._pair(bit, other_bit)) is not None:
                    yield self._witness(row, other, *cases)
            for other_bit in bits(unclear):
                yield from self._unclear(bit, other_bit)

    def _graver(self, box: Box) -> int:
        """The boxes with a case that is graver than one of ``box``, and like it in all else."""
        low, high = box[self.at]
        found = self.table.hits.mask
        if self.higher:
            found &= self.masks.alive[self.at][low + 1] if low + 1 < self.table.grid.sizes[self.at] else 0
        else:
            found &= self.masks.started[self.at][high - 1] if high else 0
        for at, (start, end) in enumerate(box):
            if at != self.at:
                found &= self.masks.started[at][end] & self.masks.alive[at][start]
        return found

    def _unclear(self, bit: int, other_bit: int) -> Iterator[Witness]:
        """Two boxes whose outcomes have no order by themselves."""
        self.search.budget.take()
        row, other = self.table.row_of[bit], self.table.row_of[other_bit]
        assert row.penalty is not None
        assert other.penalty is not None
        fixed = row.penalty.formula is None and other.penalty.formula is None
        if (row.number, other.number) in self.seen or (not fixed and self._formulas_agree(bit, other_bit)):
            return
        if (cases := self._pair(bit, other_bit)) is None:
            return
        amounts = _amount(row, cases[0]), _amount(other, cases[1])
        # A lesser amount with a further penalty more is not lighter.
        no_more = set(other.penalty.further) <= set(row.penalty.further)
        if not fixed and no_more and amounts[0] is not None and amounts[1] is not None and amounts[1] < amounts[0]:
            yield self._witness(row, other, *cases)
            return
        message = _INCOMPARABLE if fixed else _FORMULA
        self.search.doubt(message, heavier=str(row.number), lighter=str(other.number))

    def _within(self, bit: int) -> Iterator[Witness]:
        """A formula's own ups and downs: they do not stop at the borders of cells."""
        box, row = self.table.boxes[bit], self.table.row_of[bit]
        if self._formulas_agree(bit, bit):
            return
        names = {"heavier": str(row.number), "lighter": str(row.number)}
        part = self._deciding(box, row)
        if part is None or (base := self.search.case(part)) is None:
            return
        places = sorted({place for cell in part[self.at] for place in self.table.grid.examples(self.at, cell)})
        for one, other in pairwise(places if self.higher else reversed(places)):
            cases = [{**base, self.axis.name: self.axis.value(place)} for place in (one, other)]
            amounts = [_amount(row, case) for case in cases]
            occurring = all(occurs(self.table, case) for case in cases)
            if occurring and amounts[0] is not None and amounts[1] is not None and amounts[1] < amounts[0]:
                yield self._witness(row, row, cases[0], cases[1])
                return
        self.search.doubt(_FORMULA, **names)

    def _deciding(self, box: Box, row: Row) -> Box | None:
        """A part of ``box`` in which ``row``, and no other, decides."""
        blockers = [self.search.boxes[bit] for bit in bits(self._blocking(box, row))]
        return uncovered_of(box, blockers, self.search.budget) if blockers else box

    def _formulas_agree(self, bit: int, other_bit: int) -> bool:
        """Whether bounds or direction show that the graver outcome is no lighter."""
        row, other = self.table.row_of[bit], self.table.row_of[other_bit]
        one, two = row.penalty, other.penalty
        assert one is not None
        assert two is not None
        comparable = one.measure == two.measure or one.nil or two.nil
        if not comparable or not set(one.further) <= set(two.further):
            return False
        facts, other_facts = self._facts(self.table.boxes[bit]), self._facts(self.table.boxes[other_bit])
        most, least = one.bounds(facts)[1], two.bounds(other_facts)[0]
        if most is not None and least is not None and most <= least:
            return True
        if row is not other or one.formula is None:
            return False
        hull = {
            name: (_least(low, other_facts[name][0]), _most(high, other_facts[name][1]))
            for name, (low, high) in facts.items()
        }
        way = one.formula.direction(self.axis.name, hull)
        return way is not None and (way >= 0 if self.higher else way <= 0)

    def _facts(self, box: Box) -> dict[str, Bound]:
        return {
            axis.name: facts_of(self.table, axis, at, box[at])
            for at, axis in enumerate(self.table.axes)
            if axis.numeric
        }

    def _pair(self, bit: int, other_bit: int) -> tuple[dict[str, Value], dict[str, Value]] | None:
        """Two cases that differ on this axis alone: one that the first box decides, and a graver one of the other."""
        box, other_box = self.table.boxes[bit], self.table.boxes[other_bit]
        rest: Box = tuple(
            (0, 0) if at == self.at else (max(low, low_), min(high, high_))
            for at, ((low, high), (low_, high_)) in enumerate(zip(box, other_box, strict=True))
        )
        row, other = self.table.row_of[bit], self.table.row_of[other_bit]
        # What blocks does not change from cell to cell as often as cells do.
        blocked: dict[tuple[int, Row], int] = {}
        tried: dict[tuple[int, int], Box | None] = {}
        for here, there in self._cells(box[self.at], other_box[self.at]):
            self.search.budget.take()
            for place in ((here, row), (there, other)):
                if place not in blocked:
                    blocked[place] = self._blockers(place[0], rest, place[1])
            key = (blocked[here, row], blocked[there, other])
            if key not in tried:
                tried[key] = self._free(rest, *key)
            found = tried[key]
            if found is not None and (cases := self._two(found, here, there)) is not None:
                self.seen.add((row.number, other.number))
                return cases
        return None

    def _cells(self, one: tuple[int, int], other: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """Pairs of cells, the second graver, the widest apart first."""
        ours = range(one[0], one[1] + 1) if self.higher else range(one[1], one[0] - 1, -1)
        theirs = range(other[1], other[0] - 1, -1) if self.higher else range(other[0], other[1] + 1)
        for here in ours[:_CELLS]:
            for there in theirs[:_CELLS]:
                if here < there if self.higher else here > there:
                    yield here, there
        if len(ours) > _CELLS or len(theirs) > _CELLS:
            self.search.unsure = True

    def _blockers(self, cell: int, rest: Box, row: Row) -> int:
        """The boxes that keep ``row`` from deciding at a cell of the axis, as a mask."""
        return self._blocking((*rest[: self.at], (cell, cell), *rest[self.at + 1 :]), row)

    def _blocking(self, node: Box, row: Row) -> int:
        """The boxes that keep ``row`` from deciding somewhere in ``node``, as a mask."""
        met = self.masks.touching(node) & (self.table.hits.mask | self.table.impossible_mask)
        rows = met & self.table.hits.mask
        if self.search.ranked:
            return met & ~self.table.hits.mask | rows & self.search.before(row)
        for bit in bits(rows):
            if not self._blocks(self.table.row_of[bit], row):
                met &= ~(1 << bit)
        return met

    def _free(self, rest: Box, *blockers: int) -> Box | None:
        """A part of ``rest`` that no blocker touches; ``rest`` has one cell on this axis."""
        at = self.at
        boxes = [self.search.boxes[bit] for mask in blockers for bit in bits(mask)]
        flat = [(*box[:at], (0, 0), *box[at + 1 :]) for box in boxes]
        return uncovered_of(rest, flat, self.search.budget) if flat else rest

    def _blocks(self, by: Row, row: Row) -> bool:
        return by is not row and (self.table.policy is HitPolicy.UNIQUE or not same_result(by, row))

    def _two(self, rest: Box, here: int, there: int) -> tuple[dict[str, Value], dict[str, Value]] | None:
        at = self.at
        one = self.search.case((*rest[:at], (here, here), *rest[at + 1 :]))
        if one is None:
            return None
        for place in self.table.grid.examples(at, there):
            other = {**one, self.axis.name: self.axis.value(place)}
            if occurs(self.table, other):
                return one, other
        self.search.unsure = True
        return None

    def _witness(self, row: Row, other: Row, case: dict[str, Value], graver: dict[str, Value]) -> Witness:
        assert row.penalty is not None
        assert other.penalty is not None
        return Witness(
            message=_LIGHTER,
            rows=(row.number, other.number),
            case=case,
            other=graver,
            facts={
                "input": self.axis.label or self.axis.name,
                "lighter": str(other.number),
                "outcome": other.penalty.text,
                "heavier": str(row.number),
                "than": row.penalty.text,
            },
        )


def _amount(row: Row, case: dict[str, Value]) -> Fraction | None:
    """The amount in a case: of a formula, a point, or none at all."""
    penalty = row.penalty
    assert penalty is not None
    if penalty.formula is not None:
        return penalty.formula.value({name: Fraction(case[name]) for name in penalty.formula.names})  # type: ignore[arg-type]
    return Fraction(penalty.low) if penalty.low == penalty.high and (penalty.nil or penalty.kind == "amount") else None


def _least(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else min(one, other)


def _most(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else max(one, other)
