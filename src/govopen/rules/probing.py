"""Observations of sites and columns: which of them counts, and for how long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from govopen.model.assurance import Probe, ProbeKind
from govopen.rules.base import Parameter
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, Result, Undecidable, Verdict
from govopen.texts import Text

__all__ = ["CLOSED", "MAX_AGE", "Seen", "all_open_in_order", "is_fresh", "newest", "reachable"]

CLOSED = "closed"
"""Message of what is not open on the day."""

Seen = Mapping[str, Verdict | None]
"""What is said of each site or channel, by its identifier; ``None``: it is in order."""

MAX_AGE = Parameter(
    name="max_age_days",
    minimum=1,
    title=Text("观测结果最长有效天数", "greatest age of an observation"),
    default=30,
    unit="calendar days",
)
"""The parameter for the greatest age of an observation, in days."""


def newest(probes: Sequence[Probe], kind: ProbeKind) -> list[Probe]:
    """The observations of the newest day of that kind; a count of entries without a number is none.

    There can be several: records have dates, not hours. Of contradicting ones the worse counts.
    """
    seen = [
        probe for probe in probes if probe.kind is kind and (kind is not ProbeKind.ENTRIES or probe.entries is not None)
    ]
    last = max((probe.observed_on for probe in seen), default=None)
    return [probe for probe in seen if probe.observed_on == last]


def is_fresh(probe: Probe, ctx: Context) -> bool:
    """Whether it is no older than the rule's parameter ``max_age_days`` allows."""
    return not ctx.past(probe.observed_on + dt.timedelta(days=ctx.parameters["max_age_days"]))


def reachable(probes: Sequence[Probe], ctx: Context, **target: str) -> Verdict | None:
    """Whether what was observed works: ``not_probed``, ``probe_old``, ``probe_unclear`` or ``broken`` if not so.

    The rule has the parameter ``max_age_days``; ``target`` is the fact that names what was observed.
    """
    seen = newest(probes, ProbeKind.REACHABLE)
    if not seen:
        return Undecidable("not_probed", **target)
    facts: dict[str, Any] = {**target, "observed_on": seen[0].observed_on}
    if not is_fresh(seen[0], ctx):
        return Undecidable("probe_old", **facts, days=ctx.parameters["max_age_days"])
    found = {probe.works for probe in seen}
    if False in found:
        return Fail("broken", **facts)
    return Undecidable("probe_unclear", **facts) if None in found else None


def all_open_in_order(dossier: Dossier[Any], seen: Seen | None, ctx: Context) -> Result:
    """What is said of those that are open; of the closed ones only if none is open."""
    said = [verdict for _, verdict in sorted((seen or {}).items(), key=itemgetter(0))]
    of_open = [verdict for verdict in said if verdict is None or verdict.message != CLOSED]
    return [verdict for verdict in of_open or said if verdict is not None] or None
