"""Rows of a compiled table."""

from __future__ import annotations

from typing import Any

import attrs

from govopen.discretion.grid import Box
from govopen.discretion.penalties import Penalty
from govopen.model.discretion import Mode, StatutoryRange

__all__ = ["Row", "Statute"]


@attrs.frozen(kw_only=True, eq=False)
class Row:
    """A tier, compiled.

    Attributes:
        number: Its place in the table, from 1.
        when: The condition as written.
        boxes: The cases it holds for, as boxes of cells.
        output: Of a decision table of another kind: a value, or a mapping of values by output name.
        rank: For the policies priority and output order: the place of its outputs in their lists.
    """

    number: int
    tier: str
    when: str
    boxes: tuple[Box, ...]
    penalty: Penalty | None
    mode: Mode | None
    ground: str
    citation: str
    output: Any = None
    rank: tuple[int, ...] = ()
    first_box: int = 0
    texts: tuple[tuple[tuple[str, str], ...], ...] = ()

    def conditions(self, box: int) -> tuple[tuple[str, str], ...]:
        """Name and condition of each input that the row asks for, in one of its boxes (by its bit)."""
        return self.texts[box - self.first_box]


@attrs.frozen(kw_only=True, eq=False)
class Statute:
    """A statutory range, compiled.

    Attributes:
        boxes: The cases it is for.
    """

    number: int
    source: StatutoryRange
    penalty: Penalty
    boxes: tuple[Box, ...]
