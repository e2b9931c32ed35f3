"""Observations of sites and columns: which of them counts, and for how long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from govopen.model.assurance import Probe, ProbeKind
from govopen.rules.base import Parameter
from govopen.rules.context import Context
from govopen.texts import Text

__all__ = ["MAX_AGE", "is_fresh", "newest"]

MAX_AGE = Parameter(
    name="max_age_days",
    minimum=1,
    title=Text("观测结果最长有效天数", "greatest age of an observation"),
    default=30,
    unit="calendar days",
)


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
