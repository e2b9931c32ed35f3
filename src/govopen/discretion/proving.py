"""Proving a table: each property proved, refuted with a witness, or unknown with the reason."""

from __future__ import annotations

from collections.abc import Callable

from govopen.discretion.cases import boundary, complete, disjoint, reachable
from govopen.discretion.covering import Budget
from govopen.discretion.limits import contained, unused
from govopen.discretion.order import monotone
from govopen.discretion.properties import Proofs, Property, PropertyName
from govopen.discretion.published import unambiguous, wording
from govopen.discretion.searching import Search, of_both
from govopen.discretion.table import Table
from govopen.discretion.wording import INTERVAL_WORDS, IntervalWords

__all__ = ["STEPS", "prove", "prove_reading"]

STEPS = 300_000
"""Boxes that may be looked at for one property; beyond, it is unknown. Less than a second on an ordinary machine."""

_SEARCHES: dict[PropertyName, Callable[[Search], Property]] = {
    "complete": complete,
    "disjoint": disjoint,
    "reachable": reachable,
    "monotone": monotone,
    "contained": contained,
    "boundary": boundary,
}


def prove_reading(table: Table, name: PropertyName, steps: int = STEPS) -> Property:
    """What is known of one property of one reading of a table, and of none of those that compare texts."""
    return _SEARCHES[name](Search(table, Budget(steps)))


def prove(table: Table, *, words: IntervalWords = INTERVAL_WORDS, steps: int = STEPS) -> Proofs:
    """What is known of a table.

    Args:
        table: The compiled table.
        words: Which interval words include their number, for the published wording.
        steps: Boxes that may be looked at for one property.

    Returns:
        Every property of :data:`~govopen.discretion.properties.PROPERTIES`, and notes. Nothing is skipped: what could
        not be found out is ``unknown``, and says why.
    """
    properties: dict[PropertyName, Property] = {}
    for name in _SEARCHES:
        found = prove_reading(table, name, steps)
        if table.other is not None:
            found = of_both(found, prove_reading(table.other, name, steps))
        properties[name] = found
    properties["wording"] = wording(table, words, steps)
    properties["unambiguous"] = unambiguous(table)
    return Proofs(table=table.document.id, version=table.digest, properties=properties, notes=tuple(unused(table)))
