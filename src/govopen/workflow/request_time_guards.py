"""What the steps that move the time of a request ask for: extension, delay, fee, abandonment (clause 1.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from govopen.model.actors import Actor
from govopen.model.requests import Request
from govopen.policy.matter import Provision
from govopen.rules.context import Context
from govopen.rules.requests import law_of
from govopen.texts import Text
from govopen.workflow.deadlines import DeadlineKind, Undated
from govopen.workflow.request_deadlines import explain
from govopen.workflow.table import Guard, Refusal

__all__ = [
    "BEFORE_DUE",
    "CHARGEABLE",
    "DELAY",
    "EXTENSION_LENGTH",
    "EXTENSION_ONCE",
    "EXTENSION_UNTOLD",
    "PERIOD_OVER",
    "REASONS_POSSIBLE",
    "WEIGHED",
]

_Args = Mapping[str, Any]
_Guard = Guard[Request]


def _extension_once(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    if request.extension is None:
        return None
    return Refusal(
        reason=Text(
            "已经延长{days}个工作日，不能再次延长。请在期限内答复。",
            "It was extended by {days} working days already, and is not extended again. Reply within that time.",
        ),
        facts={"days": request.extension.days},
    )


EXTENSION_ONCE = _Guard(
    name="extension-once",
    title=Text("只延长一次", "It is extended once"),
    check=_extension_once,
    ours=Text(
        "条例只规定一个上限，没有规定可以多次延长。", "The Regulations set one ceiling, and speak of no second time."
    ),
)
"""It is extended once."""


def _extension_length(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    law = law_of("ogi/reply-time", request, ctx)
    if law is None or 1 <= args["days"] <= law.integer("extension"):
        return None
    return Refusal(
        reason=Text(
            "延长{days}个工作日；法律允许1至{at_most}个。",
            "It would add {days} working days; the law allows 1 to {at_most}.",
        ),
        facts={"days": args["days"], "at_most": law.integer("extension")},
    )


EXTENSION_LENGTH = _Guard(
    name="extension-length",
    title=Text("延长不超过法定上限", "It adds no more than the law allows"),
    check=_extension_length,
    citations=("ogi-2007:24", "ogi-2019:33"),
)
"""It adds no more than the law allows."""


def _before_due(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    found = explain(request, DeadlineKind.REPLY, ctx).deadline
    # What lies beyond the calendar lies beyond its last day.
    beyond = found.undated is Undated.BEYOND_CALENDAR
    due = ctx.calendar.coverage[1] if beyond else found.due
    if due is None or ctx.as_of <= due:
        return None
    return Refusal(
        reason=Text(
            "答复期限到{due}为止，已经届满。请立即答复，并说明逾期原因。",
            "The time to reply ended on {due}. Reply at once, and say why it is late.",
        ),
        facts={"due": due},
    )


BEFORE_DUE = _Guard(
    name="before-due",
    title=Text("在答复期限届满之前", "It comes before the time to reply is over"),
    check=_before_due,
    citations=("ogi-2007:24", "ogi-2019:33"),
)
"""It comes before the time to reply is over."""


def _extension_untold(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    if request.extension is not None and request.extension.notified_on is None:
        return None
    return Refusal(
        reason=Text(
            "没有经同意而尚未告知的延期；须先由政府信息公开工作机构负责人同意延期。",
            "No extension was consented to that is still to be told. The head of the openness office consents first.",
        )
    )


EXTENSION_UNTOLD = _Guard(
    name="extension-untold",
    title=Text("有经负责人同意、尚未告知的延期", "There is an extension with consent that was not told yet"),
    check=_extension_untold,
    citations=("ogi-2007:24", "ogi-2019:33"),
)
"""There is an extension with consent that was not told yet."""


def _reasons_possible(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    law = law_of("ogi/excessive-requests", request, ctx)
    if law is not None and law.values["reasons"] and request.excess is None:
        return None
    return Refusal(
        reason=Text(
            "收到申请之日的法律没有规定可以要求说明理由，或者已经要求过。请依法答复。",
            "The law of the day of receipt does not let reasons be asked for, or they were asked for already. Reply.",
        )
    )


REASONS_POSSIBLE = _Guard(
    name="reasons-possible",
    title=Text("可以要求说明理由", "Reasons may be asked for"),
    check=_reasons_possible,
    citations=("ogi-2019:35",),
)
"""Reasons may be asked for."""


def _weighed(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    given: dt.date | None = args["given_on"]
    if args["reasonable"] and given is None:
        return Refusal(
            reason=Text(
                "没有收到理由，不能认定为合理。", "No reasons came in, so none can be good. Record when they came."
            )
        )
    if given is None or (request.excess is not None and request.excess.asked_on <= given <= ctx.as_of):
        return None
    return Refusal(
        reason=Text(
            "说明理由的日期须在要求之后、今日以前。",
            "The day of the reasons lies after they were asked for, and not ahead.",
        )
    )


WEIGHED = _Guard(
    name="weighed",
    title=Text("理由已收到，日期合理", "The reasons came in, on a day that is possible"),
    check=_weighed,
    ours=Text("认定须有事实依据。", "What is weighed has to be there."),
)
"""The reasons came in, on a day that is possible."""


def _delay(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    excess = request.excess
    if excess is None or not excess.reasonable or excess.delayed_until is not None:
        return Refusal(
            reason=Text(
                "只有申请明显超过合理范围、理由合理的，才能确定一次延迟期限。",
                "Only a reply to an excessive request with good reasons is put off, and once.",
            )
        )
    due = explain(request, DeadlineKind.REPLY, ctx).deadline.due
    if due is None or args["until"] > due:
        return None
    return Refusal(
        reason=Text(
            "答复期限本来到{due}为止；延迟期限须在其后。",
            "The time to reply lasts until {due} anyway. Set a later day.",
        ),
        facts={"due": due},
    )


DELAY = _Guard(
    name="delay",
    title=Text("理由合理，期限晚于原期限", "The reasons are good, and the day is later than it was"),
    check=_delay,
    citations=("ogi-2019:35",),
)
"""The reasons are good, and the day is later than it was."""


def _chargeable(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    amount: Decimal = args["amount"]
    if law_of("ogi/handling-fee-payment", request, ctx) is None:
        return Refusal(
            reason=Text(
                "收到申请之日没有信息处理费的标准，不得收费。请答复。",
                "On the day of receipt there was no standard for a handling fee, so none is charged. Reply.",
            )
        )
    if request.fee is None and amount > 0:
        return None
    return Refusal(
        reason=Text("已经通知过收费，或者金额不大于零。请答复。", "A fee was charged already, or this is none. Reply.")
    )


CHARGEABLE = _Guard(
    name="chargeable",
    title=Text("有收费标准，只收一次", "There is a standard, and it is charged once"),
    check=_chargeable,
    citations=("ogi-2019:42", "ogi-fees-2020:3"),
)
"""There is a standard, and it is charged once."""


def _period_over(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    cause = args["cause"]
    law: Provision | None = law_of("ogi/abandonment", request, ctx)
    if law is None or cause.value not in law.keys("causes"):
        return Refusal(
            reason=Text(
                "收到申请之日的法律没有规定“{cause}”视为放弃申请。请按现有内容答复。",
                "By the law of the day of receipt '{cause}' does not end a request. Reply to what there is.",
            ),
            facts={"cause": cause},
        )
    due: dt.date | None = args["due"]
    if due is not None and ctx.as_of > due:
        return None
    if due is None:
        return Refusal(
            reason=Text("期限无法计算，不能认定逾期。", "When the time ends cannot be computed, so nobody is late.")
        )
    return Refusal(
        reason=Text("申请人的期限到{due}为止，尚未届满。", "The applicant has time until {due}."), facts={"due": due}
    )


PERIOD_OVER = _Guard(
    name="period-over",
    title=Text("法律规定视为放弃，期限已经届满", "The law takes it for abandoned, and the time is over"),
    check=_period_over,
    citations=("ogi-2019:30", "ogi-fees-2020:6"),
)
"""The law takes it for abandoned, and the time is over."""
