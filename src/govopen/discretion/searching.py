"""What all proofs share: looking for a bad case within a budget, and saying honestly how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from govopen.discretion.axes import Value
from govopen.discretion.covering import Budget, OutOfBudget, common, uncovered, uncovered_of
from govopen.discretion.grid import Box, bits
from govopen.discretion.properties import Property, PropertyName, Verdict, Witness
from govopen.discretion.rows import Row
from govopen.discretion.table import Table
from govopen.discretion.witness import case_of
from govopen.model.discretion import HitPolicy
from govopen.texts import Text

__all__ = ["RELATED", "TOO_MUCH", "WITNESSES", "Search", "concluded", "of_both", "vacuous"]

WITNESSES = 20
"""So many witnesses are given of one property."""

TOO_MUCH = Text(
    "查找超过限度，仍未查完。拆分本表，或者减少重叠的条件。",
    "The search went past its limit before all was looked at. Split the table, or let its conditions overlap less.",
)
"""What is said where the budget of steps is spent."""
RELATED = Text(
    "能否发生取决于几项事实之间的关系，无法判定。",
    "Whether such a case can occur depends on how several facts are related; it could not be found out.",
)
"""What is said where inputs depend on each other in a way that is not computed with."""
_AMBIGUOUS = Text("取决于有歧义的条件如何理解。", "It depends on how an ambiguous condition is read.")


class Search:
    """A search in one table.

    Attributes:
        unsure: Whether a bad case was met of which it is not known that it can occur.
        doubts: What was met that could not be decided, and what fills the places of its text.
    """

    def __init__(self, table: Table, budget: Budget) -> None:
        self.table = table
        self.budget = budget
        self.unsure = False
        self.doubts: list[tuple[Text, dict[str, str]]] = []
        self.boxes = (*table.boxes, *table.impossible, *table.lawful)
        self.whole: Box = tuple((0, size - 1) for size in table.grid.sizes)
        self.ranked = table.policy in (HitPolicy.FIRST, HitPolicy.PRIORITY)

    def outside(self, within: Box, candidates: int) -> Box | None:
        """A part of ``within`` that no box of ``candidates`` touches."""
        return uncovered(within, self.table.masks, self.boxes, candidates, self.budget)

    def possible(self, within: Box, besides: int = 0) -> Box | None:
        """A part of ``within`` that can occur and that no box of ``besides`` touches."""
        return self.outside(within, self.table.impossible_mask | besides)

    def before(self, row: Row) -> int:
        """The boxes that decide before those of ``row`` do, as a mask: none, but where the policy ranks rows."""
        return (1 << row.first_box) - 1 if self.ranked else 0

    def decided(self, row: Row, within: Box | None = None) -> Iterator[Box]:
        """Parts of the cases that ``row`` decides, one for each of its boxes that decides any, within ``within``."""
        for box in row.boxes:
            part = box if within is None else common(box, within)
            if part is not None and (found := self.possible(part, self.before(row))) is not None:
                yield found

    def decided_outside(self, row: Row, within: Box, boxes: Iterable[Box]) -> Box | None:
        """A part of ``within`` that ``row`` decides and that lies outside all of ``boxes``."""
        masks, budget = self.table.masks, self.budget
        for box in row.boxes:
            part = common(box, within)
            if part is None:
                continue
            others = masks.touching(part) & (self.table.impossible_mask | self.before(row))
            known = [self.boxes[bit] for bit in bits(others)]
            if (found := uncovered_of(part, [*boxes, *known], budget)) is not None:
                return found
        return None

    def doubt(self, message: Text, **facts: str) -> None:
        """Note that something could not be decided: the property can no longer be proved."""
        self.doubts.append((message, facts))

    def case(self, box: Box | None) -> dict[str, Value] | None:
        """A case of ``box``; where none can be named, the search is no longer sure."""
        if box is None:
            return None
        found = case_of(self.table, box)
        if found is None:
            self.unsure = True
        return found


def concluded(name: PropertyName, search: Search, find: Callable[[Search], Iterator[Witness]]) -> Property:
    """The property that ``find`` looks for witnesses against: proved if it ends without any."""
    witnesses: list[Witness] = []
    reason: Text | None = None
    try:
        for witness in find(search):
            witnesses.append(witness)
            if len(witnesses) >= WITNESSES:
                break
    except OutOfBudget:
        reason = TOO_MUCH
    if witnesses:
        more = reason is not None or len(witnesses) >= WITNESSES
        return Property(name=name, verdict=Verdict.REFUTED, witnesses=tuple(witnesses), more=more)
    facts: dict[str, str] = {}
    if reason is None and search.unsure:
        reason = RELATED
    if reason is None and search.doubts:
        reason, facts = search.doubts[0]
    verdict = Verdict.PROVED if reason is None else Verdict.UNKNOWN
    return Property(name=name, verdict=verdict, reason=reason, facts=facts)


def vacuous(name: PropertyName, zh: str, en: str) -> Property:
    """A property that nothing in the table can break, and why."""
    return Property(name=name, verdict=Verdict.PROVED, reason=Text(zh, en))


def of_both(one: Property, other: Property) -> Property:
    """What holds of a table whatever the reading of its ambiguous conditions."""
    if one.verdict is other.verdict:
        return one
    return Property(name=one.name, verdict=Verdict.UNKNOWN, reason=_AMBIGUOUS)
