"""What the steps of disclosure review ask for, besides their state and role (clause 1.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from govopen.model.actors import Actor
from govopen.model.base import filled
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute
from govopen.rules.context import Context
from govopen.rules.grounds import GROUNDS, grounds_of_exemption
from govopen.texts import Text
from govopen.workflow.sequence import in_sequence
from govopen.workflow.table import Guard, Refusal

if TYPE_CHECKING:
    from govopen.workflow.disclosure import Standing

__all__ = [
    "DIFFERENT_PERSON",
    "GROUND",
    "GROUND_PROPOSED",
    "IN_SEQUENCE",
    "ONE_ATTRIBUTE",
    "REASON",
    "SAME_ITEM",
    "SHOWN_OR_DECIDED",
]

_Args = Mapping[str, Any]


def _days(record: InformationItem) -> Iterator[dt.date | None]:
    yield record.changed_on
    if record.review is not None:
        yield record.review.reviewed_on
    if record.withdrawn is not None:
        yield record.withdrawn.on
    yield from (entry.on for entry in record.sign_offs)


IN_SEQUENCE = in_sequence(
    _days,
    ours=Text("倒填的日期会使审查的先后无从查证。", "Backdated steps would hide the order of the review."),
)
"""It is dated no earlier than the steps on record."""


def _same_item(record: InformationItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    drafted: InformationItem = args["drafted"]
    if (drafted.id, drafted.unit) == (record.id, record.unit):
        return None
    return Refusal(
        reason=Text(
            "新内容的编号和单位须与原条目一致（{id}，{unit}）。",
            "The new content has to be of the same item and unit ({id}, {unit}).",
        ),
        facts={"id": record.id, "unit": record.unit},
    )


SAME_ITEM: Guard[InformationItem] = Guard(
    name="same-item",
    title=Text("编号和单位不变", "Identifier and unit stay"),
    check=_same_item,
    ours=Text("条目换了编号或者单位，就是另一条目。", "Under another identifier or unit it is another item."),
)
"""Identifier and unit stay."""


def _ground(record: InformationItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    return _lawful(args["attribute"], args["ground"], ctx)


def _lawful(attribute: DisclosureAttribute | None, ground: str, ctx: Context) -> Refusal | None:
    if attribute is not DisclosureAttribute.EXEMPT:
        if not ground:
            return None
        return Refusal(
            reason=Text("只有免予公开才有理由代码。", "Only an exemption has a ground. Leave it out."),
        )
    known = grounds_of_exemption(ctx, ctx.as_of)
    if ground in known:
        return None
    return Refusal(
        reason=Text(
            "免予公开须写明{day}的法律认可的理由，可选：{known}。涉及国家秘密的，应当定密，而不是免予公开。",
            "An exemption names a ground that the law of {day} knows: {known}. A state secret is determined as one, "
            "not exempted.",
        ),
        facts={"day": ctx.as_of, "known": known},
    )


GROUND: Guard[InformationItem] = Guard(
    name="ground",
    title=Text("免予公开有法定理由", "An exemption has a ground in law"),
    check=_ground,
    citations=("panyu-2011:1.3/o5", *GROUNDS),
)
"""An exemption has a ground in law."""


def _ground_proposed(record: InformationItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    return _lawful(*_of_proposal(args["now"]), ctx)


GROUND_PROPOSED = attrs.evolve(GROUND, check=_ground_proposed)
"""An exemption has a ground in law."""


def _different_person(record: InformationItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    """Who acts for another signs in person: the post does not make another person of them."""
    if not ctx.parameters.get("separation_of_duties", True):
        return None
    now: Standing = args["now"]
    for entry in (now.proposal, now.section_review):
        if entry is not None and entry.person.strip() == actor.signature.strip():
            return Refusal(
                reason=Text(
                    "{actor}已经签署“{step}”；请另一人进行，代行职责的也一样。",
                    "{actor} has signed “{step}” already. Let another person take it, also where one acts for another.",
                ),
                facts={"actor": actor.id, "step": entry.step},
            )
    return None


DIFFERENT_PERSON: Guard[InformationItem] = Guard(
    name="different-person",
    title=Text("三个环节由不同人员签署", "The three steps are signed by different persons"),
    check=_different_person,
    ours=Text(
        "文件没有写明须由三人分别进行；设定“separation_of_duties”可以关闭。",
        "The policy does not say that three persons sign; the setting `separation_of_duties` turns it off.",
    ),
)
"""The three steps are signed by different persons."""


def _of_proposal(now: Standing) -> tuple[DisclosureAttribute | None, str]:
    return (now.proposal.attribute, now.proposal.ground) if now.proposal is not None else (None, "")


def _one_attribute(record: InformationItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    now: Standing = args["now"]
    attribute, ground = _of_proposal(now)
    if args["attribute"] in {None, attribute} and args["ground"] in {"", ground}:
        return None
    return Refusal(
        reason=Text(
            "拟办并经审核的是{proposed}；要改为其他属性或者理由的，请退回拟稿人重新拟办。",
            "What was proposed and reviewed is {proposed}. For another attribute or ground, send it back to the "
            "drafter to propose it.",
        ),
        facts={"proposed": attribute},
    )


ONE_ATTRIBUTE: Guard[InformationItem] = Guard(
    name="as-proposed",
    title=Text("审定的是经过拟办和审核的属性", "What is decided is what was proposed and reviewed"),
    check=_one_attribute,
    citations=("panyu-2011:1.3/o9",),
)
"""What is decided is what was proposed and reviewed."""


def _reason(record: InformationItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    return None if filled(args["reason"]) else Refusal(reason=Text("请写明理由。", "Give a reason."))


REASON: Guard[InformationItem] = Guard(
    name="reason",
    title=Text("写明理由", "A reason is given"),
    check=_reason,
    ours=Text(
        "没有理由，拟稿人无从改起，后人无从查考。", "Without one nobody knows what to change, or why it was done."
    ),
)
"""A reason is given."""


def _shown_or_decided(record: InformationItem, ctx: Context, actor: Actor, args: _Args) -> Refusal | None:
    now: Standing = args["now"]
    if now.attribute is not None or args["published"]:
        return None
    return Refusal(
        reason=Text(
            "条目既未审定，也未发布，没有可以撤下的内容。",
            "It is neither decided nor published: nothing is to withdraw.",
        )
    )


SHOWN_OR_DECIDED: Guard[InformationItem] = Guard(
    name="shown-or-decided",
    title=Text("已经审定或者发布", "It is decided or published"),
    check=_shown_or_decided,
    ours=Text("没有审定也没有发布的，谁也看不到。", "What is neither decided nor published is shown to nobody."),
)
"""It is decided or published."""
