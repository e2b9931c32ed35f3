"""Penalties: what a tier imposes or a law allows, exact and comparable."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import attrs

from govopen.discretion.formula import Bound, Formula, parse_formula
from govopen.discretion.wording import INTERVAL_WORDS, IntervalWords, read_amount
from govopen.errors import InputError
from govopen.texts import N_

__all__ = ["Measure", "Penalty", "parse_penalty"]

Measure = tuple[str, str]
"""What an outcome is measured in: ``("amount", "")``, ``("multiple", "货值")``, ``("rate", "平方米")``."""

_NONE = ("不予处罚", "不予行政处罚", "免予处罚", "no penalty", "none")
_NO_FINE = ("不处罚款", "不予罚款", "no fine")
_FORMULA = ("formula:", "公式:", "公式：")


@attrs.frozen(kw_only=True)
class Penalty:
    """What follows.

    Attributes:
        kind: ``none``: no penalty at all. ``no_fine``: only further penalties. ``formula``: reckoned from the case.
        of: The base of a multiple, the unit of a rate; blank where none is named.
        low: The least, in CNY, times or CNY per unit.
        high: The greatest; ``None``: nothing bounds it.
        further: Further penalties, sorted.
        text: As the table writes it.
    """

    kind: Literal["none", "no_fine", "amount", "multiple", "rate", "formula"]
    of: str = ""
    low: Decimal = Decimal(0)
    low_included: bool = True
    high: Decimal | None = Decimal(0)
    high_included: bool = True
    formula: Formula | None = None
    further: tuple[str, ...] = ()
    text: str = attrs.field(default="", eq=False)

    @property
    def measure(self) -> Measure:
        """Outcomes of one measure can be compared; a formula gives an amount."""
        return ("amount", "") if self.kind == "formula" else (self.kind, self.of)

    @property
    def nil(self) -> bool:
        """Whether no fine is imposed, in whatever measure."""
        return self.kind in ("none", "no_fine")

    def bounds(self, facts: Mapping[str, Bound]) -> Bound:
        """Between which values it lies for cases whose facts lie between theirs."""
        if self.formula is not None:
            return self.formula.bounds(facts)
        return Fraction(self.low), None if self.high is None else Fraction(self.high)

    def allows(self, value: Decimal) -> bool:
        """Whether ``value`` of its measure lies in it."""
        above = value > self.low or (self.low_included and value == self.low)
        return above and (self.high is None or value < self.high or (self.high_included and value == self.high))


def parse_penalty(text: str, further: tuple[str, ...] = (), words: IntervalWords = INTERVAL_WORDS) -> Penalty:
    """An outcome as tables write it.

    Raises:
        InputError: What is wrong and what is accepted.
    """
    text = text.strip()
    more = tuple(sorted(set(further)))
    if not text:
        raise InputError(
            N_("No outcome is written."),
            hint=N_("Write an amount such as 2000元, or 不处罚款 (no fine) or 不予处罚 (no penalty)."),
        )
    if text.lower() in _NONE:
        if more:
            raise InputError(
                N_("'{text}' excludes further penalties."),
                hint=N_("Write 不处罚款 (no fine), or leave them out."),
                text=text,
            )
        return Penalty(kind="none", text=text)
    if text.lower() in _NO_FINE:
        return Penalty(kind="no_fine", further=more, text=text)
    for prefix in _FORMULA:
        if text.startswith(prefix):
            return Penalty(kind="formula", formula=parse_formula(text[len(prefix) :]), further=more, text=text)
    amount = read_amount(text, words)
    bounds = amount.bounds
    if bounds.low is not None and bounds.low < 0:
        raise InputError(N_("'{text}' is less than nothing."), hint=N_("Write zero or more."), text=text)
    return Penalty(
        kind=amount.measure,
        of=amount.of,
        low=bounds.low if bounds.low is not None else Decimal(0),
        low_included=bounds.low_included if bounds.low is not None else True,
        high=bounds.high,
        high_included=bounds.high_included,
        further=more,
        text=text,
    )
