"""The review of an information item, from draft to decision (clause 1.3): secrecy first, then the attribute, in three
steps. The state is folded from the record's own fields, so an imported record stands where a native one would.
"""

from __future__ import annotations

import datetime as dt

import attrs

from govopen.model.actors import Actor, Role
from govopen.model.catalog import InformationItem, Withdrawal
from govopen.model.classification import (
    DisclosureAttribute,
    ReviewResult,
    SecrecyReview,
    SignOff,
    SignOffResult,
    SignOffStep,
)
from govopen.model.published import public_digest
from govopen.rules.context import Context
from govopen.texts import Label, Text
from govopen.workflow import review_guards as guards
from govopen.workflow.steps import Steps, changed_content
from govopen.workflow.table import Transition, Workflow, permit

__all__ = [
    "DISCLOSURE",
    "DisclosureState",
    "Standing",
    "decide",
    "draft",
    "propose",
    "review",
    "review_secrecy",
    "send_back",
    "standing",
    "withdraw",
]


class DisclosureState(Label):
    """How far the review of an item has come."""

    DRAFT = "draft", "拟稿", "draft"
    REFERRED = "referred", "保密审查不明确、已送确定", "secrecy unclear, referred"
    SECRECY_REVIEWED = "secrecy_reviewed", "保密审查通过", "found not classified"
    PROPOSED = "proposed", "已拟办", "proposed"
    REVIEWED = "reviewed", "已审核", "reviewed"
    DECIDED = "decided", "已审定", "decided"
    WITHDRAWN = "withdrawn", "已撤下", "withdrawn"


_State = DisclosureState


@attrs.frozen(kw_only=True)
class Standing:
    """Where the review of an item stands on a day.

    Attributes:
        state: How far it has come.
        attribute: What was decided; ``None`` in every state but :attr:`DisclosureState.DECIDED`.
        ground: Of the exemption decided; empty if none is recorded, or it is not exempt.
        review: The secrecy review that counts.
        proposal: The drafter's step that counts.
        section_review: The section head's step that counts.
        decision: The principal leader's step that counts.
    """

    state: DisclosureState
    attribute: DisclosureAttribute | None = None
    ground: str = ""
    review: SecrecyReview | None = None
    proposal: SignOff | None = None
    section_review: SignOff | None = None
    decision: SignOff | None = None


def standing(item: InformationItem, on: dt.date) -> Standing:
    """Where the review stands at the end of that day, as far as the record says.

    A step counts if it is dated, by that day, signed by somebody, of the content as it is now, and of the time after
    the withdrawal. It is of that content if it pins its digest or, where it pins nothing, is not older than the last
    change. A step that returned the item undoes those before it; so does a new proposal. A decision counts only after
    review and proposal, and not before the secrecy review. Steps of one day are in the order of the list.
    """
    found = Steps(item, on)
    checked = item.review if item.review is not None and found.counts_review(item.review) else None
    if checked is None:
        return Standing(state=_State.DRAFT if found.since is None else _State.WITHDRAWN)
    if checked.result is ReviewResult.UNSURE:
        return Standing(state=_State.REFERRED, review=checked)
    proposal: SignOff | None = None
    section: SignOff | None = None
    decision: SignOff | None = None
    for entry in found.in_order():
        if entry.result is SignOffResult.RETURNED:
            proposal = section = decision = None
        elif entry.step is SignOffStep.DRAFTER:
            proposal, section, decision = (entry if entry.attribute is not None else None), None, None
        elif entry.step is SignOffStep.SECTION_HEAD:
            section = entry if proposal is not None and decision is None else section
        elif section is not None and entry.attribute is not None and _not_before(entry, checked):
            # Whoever decides otherwise than before has unsettled it: another attribute takes another proposal.
            decision = entry if decision is None or decision.attribute is entry.attribute else None
    state = _State.SECRECY_REVIEWED
    for step, reached in ((proposal, _State.PROPOSED), (section, _State.REVIEWED), (decision, _State.DECIDED)):
        state = reached if step is not None else state
    attribute = decision.attribute if decision is not None else None
    ground = ""
    if decision is not None and proposal is not None and attribute is DisclosureAttribute.EXEMPT:
        ground = decision.ground or proposal.ground
    return Standing(
        state=state,
        attribute=attribute,
        ground=ground,
        review=checked,
        proposal=proposal,
        section_review=section,
        decision=decision,
    )


def _not_before(entry: SignOff, checked: SecrecyReview) -> bool:
    return entry.on is not None and checked.reviewed_on is not None and entry.on >= checked.reviewed_on


_ANY = tuple(_State)
_UNDECIDED = (_State.SECRECY_REVIEWED, _State.PROPOSED, _State.REVIEWED)
_BEFORE_REVIEW = Text(
    "文件没有规定拟稿由谁登记，这是本系统的设定。",
    "The policy does not say who records a draft; this is our own setting.",
)

DISCLOSURE: Workflow[InformationItem] = Workflow(
    name="disclosure",
    title=Text("公开审查", "disclosure review"),
    states=_State,
    initial=_State.DRAFT,
    transitions=(
        Transition(
            name="draft",
            title=Text("拟稿", "draft"),
            target=_State.DRAFT,
            roles=(Role.DRAFTER,),
            ours=_BEFORE_REVIEW,
        ),
        Transition(
            name="change",
            title=Text("修改内容", "change the content"),
            sources=_ANY,
            target=_State.DRAFT,
            roles=(Role.DRAFTER,),
            guards=(guards.SAME_ITEM, guards.IN_SEQUENCE),
            citations=("panyu-2011:1.3/o3", "ogi-2007:18", "ogi-2019:26"),
        ),
        Transition(
            name="review_secrecy",
            title=Text("保密审查：不涉密", "secrecy review: not classified"),
            sources=(_State.DRAFT, _State.REFERRED, _State.WITHDRAWN),
            target=_State.SECRECY_REVIEWED,
            roles=(Role.SECRECY_REVIEWER,),
            guards=(guards.IN_SEQUENCE,),
            citations=("panyu-2011:1.3/o3", "ogi-2007:14", "ogi-2019:17"),
        ),
        Transition(
            name="refer",
            title=Text("保密审查：不明确，送有权机关确定", "secrecy review: unclear, refer it"),
            sources=tuple(state for state in _State if state is not _State.REFERRED),
            target=_State.REFERRED,
            roles=(Role.SECRECY_REVIEWER,),
            guards=(guards.IN_SEQUENCE,),
            citations=("ogi-2007:14", "ogi-2019:17", "secrets-2010:20", "secrets-2024:25"),
        ),
        Transition(
            name="propose",
            title=Text("拟办公开属性", "propose the attribute"),
            sources=(*_UNDECIDED, _State.DECIDED),
            target=_State.PROPOSED,
            roles=(Role.DRAFTER,),
            guards=(guards.IN_SEQUENCE, guards.GROUND),
            citations=("panyu-2011:1.3/o6", "panyu-2011:1.3/o3"),
        ),
        Transition(
            name="review",
            title=Text("审核", "review"),
            sources=(_State.PROPOSED,),
            target=_State.REVIEWED,
            roles=(Role.SECTION_HEAD,),
            guards=(guards.IN_SEQUENCE, guards.DIFFERENT_PERSON),
            citations=("panyu-2011:1.3/o7", "panyu-2011:1.3/o9"),
        ),
        Transition(
            name="send_back",
            title=Text("退回拟稿人", "send back to the drafter"),
            sources=(_State.PROPOSED, _State.REVIEWED),
            target=_State.SECRECY_REVIEWED,
            roles=(Role.SECTION_HEAD, Role.PRINCIPAL),
            guards=(guards.IN_SEQUENCE, guards.REASON),
            citations=("panyu-2011:1.3/o7", "panyu-2011:1.3/o8"),
        ),
        Transition(
            name="decide",
            title=Text("审定", "decide"),
            sources=(_State.REVIEWED,),
            target=_State.DECIDED,
            roles=(Role.PRINCIPAL,),
            guards=(guards.IN_SEQUENCE, guards.ONE_ATTRIBUTE, guards.GROUND_PROPOSED, guards.DIFFERENT_PERSON),
            citations=("panyu-2011:1.3/o8", "panyu-2011:1.3/o9"),
        ),
        Transition(
            name="withdraw",
            title=Text("撤下", "withdraw"),
            sources=tuple(state for state in _State if state is not _State.WITHDRAWN),
            target=_State.WITHDRAWN,
            roles=(Role.PRINCIPAL, Role.SECTION_HEAD, Role.PUBLISHER),
            guards=(guards.IN_SEQUENCE, guards.REASON, guards.SHOWN_OR_DECIDED),
            ours=Text(
                "文件没有规定撤下的程序；撤下只会少公开，不会多公开，因此一人即可决定。",
                "The policy has no procedure of withdrawal. It only ever shows less, so one person may decide it.",
            ),
        ),
    ),
)
"""The review of an item, from draft to decision (clause 1.3)."""


def _permit(item: InformationItem, step: str, actor: Actor, ctx: Context, **arguments: object) -> Standing:
    now = standing(item, ctx.as_of)
    permit(DISCLOSURE, item, item.unit, now.state, step, actor, ctx, now=now, **arguments)
    return now


def draft(old: InformationItem | None, new: InformationItem, *, actor: Actor, ctx: Context) -> InformationItem:
    """A new item, or new content of ``old``, which restarts its review.

    Only the content of ``new`` is taken: its review, steps, attribute and withdrawal are those of ``old``, or none.
    The same content again changes nothing.

    Raises:
        TransitionRefused: The actor may not, or not now.
    """
    if old is None:
        permit(DISCLOSURE, new, new.unit, None, "draft", actor, ctx)
        fresh = attrs.evolve(new, attributes=(), review=None, sign_offs=(), withdrawn=None)
        return attrs.evolve(fresh, digest=public_digest(fresh))
    _permit(old, "change", actor, ctx, drafted=new)
    return changed_content(old, new, ctx.as_of)


def review_secrecy(item: InformationItem, *, actor: Actor, ctx: Context, result: ReviewResult) -> InformationItem:
    """The secrecy review, with which every round of review begins: steps of an earlier round leave the record.

    An unclear result is for the competent department or the secrecy administration to settle (OGI Regulations 2007
    article 14, 2019 article 17); what they find is recorded as a further review.

    Raises:
        TransitionRefused: The actor may not, or not now.
    """
    name = "review_secrecy" if result is ReviewResult.NOT_CLASSIFIED else "refer"
    _permit(item, name, actor, ctx)
    found = SecrecyReview(reviewed_on=ctx.as_of, reviewer=actor.signature, result=result, digest=public_digest(item))
    return attrs.evolve(item, review=found, sign_offs=(), attributes=(), withdrawn=None)


def _sign(item: InformationItem, entry: SignOff, role: Role, actor: Actor, ctx: Context) -> InformationItem:
    signed = attrs.evolve(
        entry,
        person=actor.signature,
        acting_for=actor.acting_for.get(role, ""),
        on=ctx.as_of,
        digest=public_digest(item),
    )
    return attrs.evolve(item, sign_offs=(*item.sign_offs, signed), attributes=())


def propose(
    item: InformationItem, *, actor: Actor, ctx: Context, attribute: DisclosureAttribute, ground: str = ""
) -> InformationItem:
    """The drafter's proposal (1.3/o6). One on top of another replaces it, and takes review and decision with it.

    Raises:
        TransitionRefused: The actor may not, or not now.
        NotComputable: No law of that day names grounds of exemption.
    """
    _permit(item, "propose", actor, ctx, attribute=attribute, ground=ground)
    entry = SignOff(step=SignOffStep.DRAFTER, attribute=attribute, ground=ground)
    return _sign(item, entry, Role.DRAFTER, actor, ctx)


def review(item: InformationItem, *, actor: Actor, ctx: Context) -> InformationItem:
    """The section head supports the proposal (1.3/o7).

    Raises:
        TransitionRefused: The actor may not, or not now.
    """
    now = _permit(item, "review", actor, ctx)
    told = now.proposal.attribute if now.proposal is not None else None
    entry = SignOff(step=SignOffStep.SECTION_HEAD, attribute=told)
    return _sign(item, entry, Role.SECTION_HEAD, actor, ctx)


def send_back(item: InformationItem, *, actor: Actor, ctx: Context, reason: str) -> InformationItem:
    """The section head or the principal leader returns the item to its drafter, who has to propose anew.

    Raises:
        TransitionRefused: The actor may not, or not now.
    """
    now = _permit(item, "send_back", actor, ctx, reason=reason)
    posts = [(Role.SECTION_HEAD, SignOffStep.SECTION_HEAD), (Role.PRINCIPAL, SignOffStep.PRINCIPAL)]
    if now.state is _State.REVIEWED:
        posts.reverse()
    role, step = next(post for post in posts if actor.may(post[0], item.unit))
    entry = SignOff(step=step, result=SignOffResult.RETURNED, reason=reason.strip())
    return _sign(item, entry, role, actor, ctx)


def decide(
    item: InformationItem,
    *,
    actor: Actor,
    ctx: Context,
    attribute: DisclosureAttribute | None = None,
    ground: str = "",
) -> InformationItem:
    """The principal leader decides on what was proposed and reviewed (1.3/o8); the item then carries that attribute.

    Args:
        item: The item.
        actor: The principal leader, or who acts for him.
        ctx: Law and day.
        attribute: What he means to decide; another than was proposed is refused. Default: as proposed.
        ground: Likewise.

    Raises:
        TransitionRefused: The actor may not, or not now.
        NotComputable: No law of that day names grounds of exemption.
    """
    now = _permit(item, "decide", actor, ctx, attribute=attribute, ground=ground)
    settled = now.proposal.attribute if now.proposal is not None else None
    why = now.proposal.ground if now.proposal is not None else ""
    entry = SignOff(step=SignOffStep.PRINCIPAL, attribute=settled, ground=why)
    return attrs.evolve(
        _sign(item, entry, Role.PRINCIPAL, actor, ctx), attributes=(settled,) if settled is not None else ()
    )


def withdraw(
    item: InformationItem, *, actor: Actor, ctx: Context, reason: str, published: bool = False
) -> InformationItem:
    """Take the item back from wherever it is shown. It is shown again only after a whole new review, secrecy first.

    Args:
        item: The item.
        actor: A principal leader, section head or publishing clerk.
        ctx: Law and day.
        reason: Why.
        published: Whether it stands published: then it can be withdrawn whatever its review.

    Raises:
        TransitionRefused: The actor may not, or not now.
    """
    _permit(item, "withdraw", actor, ctx, reason=reason, published=published)
    taken_back = Withdrawal(on=ctx.as_of, person=actor.signature, reason=reason.strip())
    return attrs.evolve(item, attributes=(), withdrawn=taken_back)
