"""Outcomes as plain data: what a fine says, which of two is lighter, and what a range allows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

__all__ = ["Case", "Fine", "allowed", "lighter", "settled"]

Case = Mapping[str, Any]


@attrs.frozen(kw_only=True)
class Fine:
    """An outcome."""

    kind: str
    text: str
    of: str = ""
    low: Decimal | Fraction = Decimal(0)
    low_in: bool = True
    high: Decimal | Fraction | None = Decimal(0)
    high_in: bool = True
    further: tuple[str, ...] = ()
    formula: Mapping[str, Fraction] | None = None
    """Coefficients by input; of "", the constant."""

    @property
    def nil(self) -> bool:
        return self.kind in ("none", "no_fine")

    def amount(self, case: Case) -> Fraction:
        assert self.formula is not None
        return sum(
            (factor * (Fraction(case[name]) if name else 1) for name, factor in self.formula.items()), Fraction()
        )

    def says(self) -> tuple[object, ...]:
        formula = tuple(sorted(self.formula.items())) if self.formula is not None else None
        return self.kind, self.of, self.low, self.low_in, self.high, self.high_in, frozenset(self.further), formula


def settled(fine: Fine, case: Case) -> Fine:
    """A formula as the amount of one case."""
    if fine.formula is None:
        return fine
    amount = fine.amount(case)
    return attrs.evolve(fine, kind="amount", low=amount, high=amount, formula=None)


def lighter(one: Fine, other: Fine) -> int | None:
    """-1: ``one`` is lighter; 0: it is not; ``None``: they cannot be compared."""
    if (one.kind, one.of) != (other.kind, other.of) and not (one.nil or other.nil):
        return None
    infinite = Decimal("Infinity")
    keys = []
    for fine in (one, other):
        least = (fine.low, 0 if fine.low_in else 1)
        most = (infinite, 0) if fine.high is None else (fine.high, 0 if fine.high_in else -1)
        keys.append((least, most, frozenset(fine.further)))
    no_more = all(a <= b for a, b in zip(*keys, strict=True))
    no_less = all(a >= b for a, b in zip(*keys, strict=True))
    return 0 if no_less else -1 if no_more else None


def allowed(fine: Fine, limit: Fine, *, mitigated: bool) -> bool | None:
    """Whether a range allows an outcome; ``None``: they are of different measures.

    Args:
        mitigated: Whether it may lie below the floor.
    """
    if not set(fine.further) <= set(limit.further):
        return False
    if fine.nil or limit.nil:
        if fine.nil and limit.nil:
            return True
    elif (fine.kind, fine.of) != (limit.kind, limit.of):
        return None
    if limit.high is not None:
        if fine.high is None or fine.high > limit.high:
            return False
        if fine.high == limit.high and fine.high_in and not limit.high_in:
            return False
    below = fine.low < limit.low or (fine.low == limit.low and fine.low_in and not limit.low_in)
    return not below or mitigated
