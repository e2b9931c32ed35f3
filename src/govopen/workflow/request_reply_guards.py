"""What a reply asks for: a kind that the law of the day of receipt knows, ground, reasons, remedies (clause 1.5).

Before 2008-05-01 no Regulations said what a reply is; nothing is asked of one then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govopen.model.actors import Actor
from govopen.model.base import filled
from govopen.model.requests import Reply, ReplyKind, ReplyOutcome, Request
from govopen.rules.context import Context
from govopen.rules.requests import law_of
from govopen.texts import Text
from govopen.workflow.table import Guard, Refusal

__all__ = [
    "CORRECTION_AWAITED",
    "EXPLAINED",
    "FITTING",
    "GROUND",
    "ITEMS",
    "LAWFUL",
    "NOT_HANDLED",
    "REFERRED",
    "SEVERED",
    "kind_of",
]

_Args = Mapping[str, Any]
_Guard = Guard[Request]

_GIVES = frozenset({ReplyOutcome.GRANTED, ReplyOutcome.PARTIAL})
_EXPLAINED = frozenset({ReplyOutcome.PARTIAL, ReplyOutcome.REFUSED, ReplyOutcome.UNABLE, ReplyOutcome.NOT_HANDLED})
_BY_ABANDONMENT = frozenset({ReplyKind.NOT_CORRECTED, ReplyKind.FEE_UNPAID})
_THIRD_PARTY_GROUNDS = frozenset({"trade_secret", "personal_privacy"})
_CASES = {
    ReplyKind.PETITION: "petition",
    ReplyKind.REPEAT: "repeat",
    ReplyKind.PUBLICATION: "publication",
    ReplyKind.MASSIVE: "excessive",
    # To confirm or re-issue what was given already is to ask for it again: our reading of article 36, item 6.
    ReplyKind.CONFIRM: "repeat",
}


def kind_of(outcome: ReplyOutcome, ground: str) -> ReplyKind | None:
    """The row of the annual report that outcome and ground settle; ``None``: they do not."""
    if outcome in _GIVES:
        return ReplyKind(outcome.value)
    if outcome is ReplyOutcome.REFUSED:
        row = "third_party" if ground in _THIRD_PARTY_GROUNDS else ground
        return next((kind for kind in ReplyKind if kind.value == f"refused.{row}"), None)
    return None


def _lawful(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    reply: Reply = args["reply"]
    law = law_of("ogi/reply-outcomes", request, ctx)
    if reply.outcome is None:
        return Refusal(
            reason=Text("没有注明答复类型。", "It does not say of what kind the reply is. State the outcome.")
        )
    if law is None or reply.outcome.value in law.keys("outcomes"):
        return None
    return Refusal(
        reason=Text(
            "答复类型“{outcome}”不在收到申请之日的法律所列类型之内。",
            "The law of the day of receipt knows no reply of the kind '{outcome}'.",
        ),
        facts={"outcome": reply.outcome},
    )


LAWFUL = _Guard(
    name="outcome-lawful",
    title=Text("属于当时法律规定的答复类型", "The law of the day of receipt knows this kind of reply"),
    check=_lawful,
    citations=("ogi-2007:21", "ogi-2007:22", "ogi-2019:36", "ogi-2019:37"),
)
"""The law of the day of receipt knows this kind of reply."""


def _fitting(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    reply: Reply = args["reply"]
    kind = reply.kind
    if kind is None:
        if reply.outcome in (ReplyOutcome.UNABLE, ReplyOutcome.NOT_HANDLED):
            return Refusal(
                reason=Text(
                    "没有注明属于哪一种“{outcome}”。", "It does not say which kind of '{outcome}' it is. State it."
                ),
                facts={"outcome": reply.outcome},
            )
        return None
    if kind in _BY_ABANDONMENT:
        return Refusal(
            reason=Text(
                "“{kind}”不是答复，由申请人逾期产生；请登记为视为放弃。",
                "'{kind}' is no reply: the applicant let the time pass. Record that the request counts as abandoned.",
            ),
            facts={"kind": kind},
        )
    settled = kind_of(reply.outcome, reply.ground) if reply.outcome is not None else None
    if kind.outcome is not reply.outcome or (settled is not None and kind is not settled):
        return Refusal(
            reason=Text(
                "答复细类“{kind}”与答复类型或者理由不符。", "The row '{kind}' does not fit the outcome or its ground."
            ),
            facts={"kind": kind},
        )
    if kind is ReplyKind.UNCLEAR and not request.corrections:
        return Refusal(
            reason=Text(
                "没有告知过补正，不能以补正后仍不明确答复；请先告知补正。",
                "Nothing was to be corrected, so nothing is still unclear after it. Tell what to correct first.",
            )
        )
    return None


FITTING = _Guard(
    name="kind-fits",
    title=Text("答复细类与类型、理由一致", "The row of the report fits outcome and ground"),
    check=_fitting,
    citations=("ogi-2007:21", "ogi-2019:36", "ogi-2019:50"),
)
"""The row of the report fits outcome and ground."""


def _ground(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    reply: Reply = args["reply"]
    law = law_of("ogi/refusal-grounds", request, ctx)
    if reply.outcome is not ReplyOutcome.REFUSED or law is None or reply.ground in law.keys("grounds"):
        return None
    return Refusal(
        reason=Text(
            "不予公开须有收到申请之日的法律认可的理由：{grounds}。",
            "A refusal takes a ground that the law of the day of receipt knows: {grounds}.",
        ),
        facts={"grounds": law.keys("grounds")},
    )


GROUND = _Guard(
    name="ground",
    title=Text("不予公开有法定理由", "A refusal has a ground in law"),
    check=_ground,
    citations=("ogi-2007:14", "ogi-2019:14", "ogi-2019:15", "ogi-2019:16"),
)
"""A refusal has a ground in law."""


def _explained(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    reply: Reply = args["reply"]
    if reply.outcome not in _EXPLAINED or (filled(reply.reasons) and reply.remedies_named):
        return None
    return Refusal(
        reason=Text(
            "答复（{outcome}）须说明理由，并告知救济途径。",
            "The reply ({outcome}) has to give reasons and name the remedies.",
        ),
        facts={"outcome": reply.outcome},
    )


EXPLAINED = _Guard(
    name="explained",
    title=Text("说明理由并告知救济途径", "It gives reasons and names the remedies"),
    check=_explained,
    citations=("ogi-2007:21", "ogi-2007:33", "ogi-2019:36", "ogi-2019:51"),
)
"""It gives reasons and names the remedies."""


def _severed(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    reply: Reply = args["reply"]
    if reply.outcome is not ReplyOutcome.PARTIAL or reply.severed:
        return None
    return Refusal(
        reason=Text(
            "部分公开须写明已作区分处理。", "A reply that gives a part has to say that it was severed from the rest."
        )
    )


SEVERED = _Guard(
    name="severed",
    title=Text("部分公开的已作区分处理", "What is partly granted was severed"),
    check=_severed,
    citations=("ogi-2007:22", "ogi-2019:37"),
)
"""What is partly granted was severed."""


def _not_handled(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    reply: Reply = args["reply"]
    law = law_of("ogi/reply-outcomes", request, ctx)
    if reply.outcome is not ReplyOutcome.NOT_HANDLED or reply.kind is None or law is None:
        return None
    if _CASES.get(reply.kind) not in law.keys("not_handled"):
        return Refusal(
            reason=Text(
                "收到申请之日的法律没有把“{kind}”列为可以不予处理的情形。",
                "The law of the day of receipt does not let '{kind}' go unhandled.",
            ),
            facts={"kind": reply.kind},
        )
    earlier: str = args["repeat_of"]
    if reply.kind is ReplyKind.REPEAT and (not earlier or earlier == request.id):
        return Refusal(
            reason=Text("没有写明重复的是哪一件申请。", "It does not say which request it repeats. Name that request.")
        )
    if reply.kind is ReplyKind.MASSIVE and (request.excess is None or request.excess.reasonable is not False):
        return Refusal(
            reason=Text(
                "须先要求说明理由，并认定理由不合理。", "Reasons have to be asked for first, and found not good enough."
            )
        )
    return None


NOT_HANDLED = _Guard(
    name="not-handled-case",
    title=Text("不予处理限于法定情形", "What is not handled is a case that the law names"),
    check=_not_handled,
    citations=("ogi-opinion-2008:13", "ogi-2019:35", "ogi-2019:36", "ogi-2019:39"),
)
"""What is not handled is a case that the law names."""


def _items(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    reply: Reply = args["reply"]
    if (reply.outcome in _GIVES) is bool(reply.items):
        return None
    return Refusal(
        reason=Text(
            "予以公开、部分公开的须列明所提供的信息编号，其他答复不得提供信息。",
            "A reply that grants lists the items it gives, and no other reply gives any.",
        )
    )


ITEMS = _Guard(
    name="items-listed",
    title=Text("列明所提供的信息", "It lists the items given"),
    check=_items,
    ours=Text(
        "每一项都要就该申请人另行审查，因此必须有编号。",
        "Each has to be cleared for the applicant, and is known by its identifier.",
    ),
)
"""It lists the items given."""


def _correction_awaited(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    reply: Reply = args["reply"]
    open_until = [
        entry.until for entry in request.corrections if entry.until is not None and not ctx.known(entry.received_on)
    ]
    if reply.outcome in _GIVES or not open_until or ctx.as_of > max(open_until):
        return None
    return Refusal(
        reason=Text(
            "申请人可以补正到{until}为止，在此之前只能予以公开。",
            "The applicant may correct the request until {until}. Before that it can only be granted.",
        ),
        facts={"until": max(open_until)},
    )


CORRECTION_AWAITED = _Guard(
    name="correction-awaited",
    title=Text("补正期限之内不作不利答复", "Nothing is refused while the applicant may correct"),
    check=_correction_awaited,
    citations=("ogi-2019:30",),
)
"""Nothing is refused while the applicant may correct."""


def _referred(request: Request, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    reply: Reply = args["reply"]
    if filled(reply.referred_to):
        return None
    return Refusal(
        reason=Text(
            "没有写明应当向哪个机关申请；不能确定的，答复本机关不掌握。",
            "It does not say which organ to ask. If that is not known, reply that the information is not held.",
        )
    )


REFERRED = _Guard(
    name="referred",
    title=Text("写明向哪个机关申请", "It names the organ to ask"),
    check=_referred,
    citations=("ogi-2007:21", "ogi-2019:36"),
)
"""It names the organ to ask."""
