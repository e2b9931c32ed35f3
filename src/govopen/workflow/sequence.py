"""No step is dated before one that is on record: the guard of order that all workflows share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from govopen.model.actors import Actor
from govopen.model.base import Record
from govopen.rules.context import Context
from govopen.texts import Text
from govopen.workflow.table import Guard, Refusal

__all__ = ["in_sequence"]

R = TypeVar("R", bound=Record)

_BACKDATED = Text(
    "记录中已有{latest}的步骤，不能再登记{day}的步骤；不得倒填日期。",
    "A step of {latest} is on record already, so none of {day} can follow. Do not backdate it.",
)


def in_sequence(days: Callable[[R], Iterable[dt.date | None]], *, ours: Text) -> Guard[R]:
    """The guard that refuses a step dated before the latest of ``days``.

    Args:
        days: The dates of all steps on record; ``None`` for one not taken.
        ours: Why it is asked for, where no law says so.
    """

    def check(record: R, ctx: Context, actor: Actor, args: Mapping[str, Any]) -> Refusal | None:
        latest = max((day for day in days(record) if day is not None), default=dt.date.min)
        if ctx.as_of >= latest:
            return None
        return Refusal(reason=_BACKDATED, facts={"latest": latest, "day": ctx.as_of})

    return Guard(
        name="in-sequence",
        title=Text("日期不早于已登记的步骤", "It is dated no earlier than the steps on record"),
        check=check,
        ours=ours,
    )
