"""What the erasure of an applicant's personal data asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govopen.model.actors import Actor
from govopen.model.requests import Request
from govopen.rules.context import Context
from govopen.texts import Text
from govopen.workflow.table import Guard, Refusal

__all__ = ["RETENTION_OVER"]


def _retention_over(request: Request, ctx: Context, actor: Actor, args: Mapping[str, Any]) -> Refusal | None:
    until = request.erase_after
    if until is None:
        return Refusal(
            reason=Text(
                "没有设定个人信息的保存期，不得清除；请先在工作区设定保存期。",
                "Nobody has said how long personal data are kept, so none are erased. Set the period in the workspace.",
            )
        )
    if ctx.as_of > until:
        return None
    return Refusal(
        reason=Text("个人信息保存到{until}为止。", "The personal data are kept until {until}."), facts={"until": until}
    )


RETENTION_OVER: Guard[Request] = Guard(
    name="retention-over",
    title=Text("个人信息的保存期已经届满", "The time for which personal data are kept is over"),
    check=_retention_over,
    ours=Text("保存期由单位设定。", "The unit sets how long they are kept."),
)
"""The time for which personal data are kept is over."""
