"""The partial order of outcomes: which rows are lighter than a row, asked of all at once.

An outcome is lighter than another if it is no heavier in anything, and lighter in something: the least, the most, and
the further penalties. Outcomes of different measures, such as an amount and a multiple, cannot be compared; no fine at
all can be compared with every fine.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import accumulate
from operator import or_
from typing import Any

from govopen.discretion.penalties import Penalty
from govopen.discretion.rows import Row

__all__ = ["Outcomes", "compare_penalties"]

_INFINITE = Decimal("Infinity")
_Key = tuple[Decimal, int]


def _low(penalty: Penalty) -> _Key:
    return penalty.low, 0 if penalty.low_included else 1


def _high(penalty: Penalty) -> _Key:
    return (_INFINITE, 0) if penalty.high is None else (penalty.high, 0 if penalty.high_included else -1)


def compare_penalties(one: Penalty, other: Penalty) -> int | None:
    """-1: ``one`` is lighter; 1: heavier; 0: neither; ``None``: they cannot be compared. Formulas cannot."""
    if one.formula is not None or other.formula is not None:
        return None
    if one.measure != other.measure and not (one.nil or other.nil):
        return None
    below = _low(one) <= _low(other) and _high(one) <= _high(other) and set(one.further) <= set(other.further)
    above = _low(one) >= _low(other) and _high(one) >= _high(other) and set(one.further) >= set(other.further)
    if below and above:
        return 0
    return -1 if below else 1 if above else None


class Outcomes:
    """The outcomes of boxes.

    Args:
        row_of: The row of each box; box ``i`` is bit ``1 << i`` of every mask.
    """

    def __init__(self, row_of: Sequence[Row]) -> None:
        self.comparable = 0
        self.formulas = 0
        self._measures: dict[Any, int] = {}
        self._further: dict[frozenset[str], int] = {}
        self._nil = 0
        lows: dict[_Key, int] = {}
        highs: dict[_Key, int] = {}
        for bit, row in enumerate(row_of):
            penalty = row.penalty
            if penalty is None:
                continue
            mask = 1 << bit
            if penalty.formula is not None:
                self.formulas |= mask
                continue
            self.comparable |= mask
            if penalty.nil:
                self._nil |= mask
            else:
                self._measures[penalty.measure] = self._measures.get(penalty.measure, 0) | mask
            key = frozenset(penalty.further)
            self._further[key] = self._further.get(key, 0) | mask
            lows[_low(penalty)] = lows.get(_low(penalty), 0) | mask
            highs[_high(penalty)] = highs.get(_high(penalty), 0) | mask
        self._lows, self._up_to_low = _prefixes(lows)
        self._highs, self._up_to_high = _prefixes(highs)
        self._known: dict[Any, tuple[int, int]] = {}

    def against(self, penalty: Penalty) -> tuple[int, int]:
        """The boxes whose outcome is lighter than ``penalty``, and those that cannot be compared with it."""
        key = (penalty.measure, penalty.nil, _low(penalty), _high(penalty), penalty.further)
        if key not in self._known:
            self._known[key] = self._compare(penalty)
        return self._known[key]

    def _compare(self, penalty: Penalty) -> tuple[int, int]:
        measure = self.comparable if penalty.nil else self._measures.get(penalty.measure, 0) | self._nil
        further = frozenset(penalty.further)
        fewer = self._with(lambda key: key <= further)
        more = self._with(lambda key: key >= further)
        low, high = _low(penalty), _high(penalty)
        le = measure & fewer & self._at_most(self._lows, self._up_to_low, low)
        le &= self._at_most(self._highs, self._up_to_high, high)
        ge = measure & more & ~self._below(self._lows, self._up_to_low, low)
        ge &= ~self._below(self._highs, self._up_to_high, high)
        return le & ~ge, self.comparable & ~le & ~ge

    def _with(self, holds: Callable[[frozenset[str]], bool]) -> int:
        found = 0
        for key, mask in self._further.items():
            if holds(key):
                found |= mask
        return found

    @staticmethod
    def _at_most(keys: list[_Key], prefixes: list[int], key: _Key) -> int:
        at = bisect_right(keys, key)
        return prefixes[at - 1] if at else 0

    @staticmethod
    def _below(keys: list[_Key], prefixes: list[int], key: _Key) -> int:
        at = bisect_left(keys, key)
        return prefixes[at - 1] if at else 0


def _prefixes(masks: dict[_Key, int]) -> tuple[list[_Key], list[int]]:
    keys = sorted(masks)
    return keys, list(accumulate((masks[key] for key in keys), or_))
