"""Hit policies: which of the rows that a case meets decide (DMN 1.3 to 1.5, section 8.2.10)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

from govopen.discretion.grid import bits
from govopen.discretion.rows import Row
from govopen.model.discretion import Aggregation, HitPolicy

__all__ = ["Hits", "Resolved"]

Resolved = tuple[Literal["decided", "no_row", "conflict"], list[int], Any]
"""What came of it, the boxes that decide or conflict, and the outputs."""

_RANKED = (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)


class Hits:
    """The policy of a table over its boxes.

    Boxes are ordered by precedence, so that under every policy the lowest bit comes first.

    Attributes:
        single: Whether one row at most decides.
        row_of: The row of each box.
        mask: All boxes of rows.
    """

    def __init__(
        self, policy: HitPolicy, aggregation: Aggregation | None, row_of: Sequence[Row], default: Any = None
    ) -> None:
        self.policy = policy
        self.aggregation = aggregation
        self.row_of = tuple(row_of)
        self.default = default
        self.mask = (1 << len(row_of)) - 1
        self.single = policy in (HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.PRIORITY, HitPolicy.FIRST)

    @staticmethod
    def order(policy: HitPolicy, rows: Sequence[Row]) -> list[Row]:
        """Rows by precedence."""
        return sorted(rows, key=lambda row: (row.rank, row.number)) if policy in _RANKED else list(rows)

    def resolve(self, mask: int) -> Resolved:
        """What the boxes in ``mask`` come to."""
        boxes: list[int] = []
        seen: set[int] = set()
        for box in bits(mask):
            number = self.row_of[box].number
            if number not in seen:
                seen.add(number)
                boxes.append(box)
        if not boxes:
            if self.default is not None and self.single:
                return "no_row", [], self.default
            return "no_row", [], self._collected([]) if not self.single else None
        first = self.row_of[boxes[0]]
        match self.policy:
            case HitPolicy.UNIQUE if len(boxes) > 1:
                return "conflict", boxes, None
            case HitPolicy.ANY if any(not same_result(first, self.row_of[box]) for box in boxes[1:]):
                return "conflict", boxes, None
        if self.single:
            return "decided", boxes[:1], first.output
        return "decided", boxes, self._collected([self.row_of[box].output for box in boxes])

    def _collected(self, outputs: list[Any]) -> Any:
        match self.aggregation:
            case Aggregation.COUNT:
                return len(outputs)
            case None:
                return outputs
            case _ if not outputs:
                return None
            case Aggregation.SUM:
                return sum(outputs, Decimal(0))
            case Aggregation.MIN:
                return min(outputs)
        return max(outputs)


def same_result(one: Row, other: Row) -> bool:
    """Whether two rows have the same consequence."""
    return one.penalty == other.penalty and one.output == other.output and one.mode is other.mode
