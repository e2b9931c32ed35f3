"""On what ground an item can be exempt from disclosure, as the law of a day has it."""

from __future__ import annotations

import datetime as dt

from govopen.rules.context import Context

__all__ = ["GROUNDS", "REFUSAL_GROUNDS", "grounds_of_exemption"]

REFUSAL_GROUNDS = "ogi/refusal-grounds"
"""The matter of the grounds on which a request can be refused."""

GROUNDS = ("ogi-2007:8", "ogi-2007:14", "ogi-2019:14", "ogi-2019:15", "ogi-2019:16")
"""Where the grounds are written."""

# A state secret is classified and has no attribute (1.3); the other two are answers to one applicant and say nothing of
# the item: that he has no special need of it, or that other law tells how it is looked up.
_NOT_OF_ITEMS = frozenset({"state_secret", "no_special_need", "admin_query"})


def grounds_of_exemption(ctx: Context, on: dt.date) -> tuple[str, ...]:
    """Keys of the grounds that can exempt an item by the law of that day.

    Raises:
        NotComputable: No law on it was in force.
    """
    return tuple(key for key in ctx.matter(REFUSAL_GROUNDS, on=on).keys("grounds") if key not in _NOT_OF_ITEMS)
