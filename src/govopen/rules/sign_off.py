"""Rules on the three steps that settle a disclosure attribute (clause 1.3). None of them can be waived or baselined."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import combinations
from operator import itemgetter

import attrs

from govopen.model.base import filled
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute, SignOff, SignOffStep
from govopen.model.published import public_digest
from govopen.model.website import Publication
from govopen.rules import samples
from govopen.rules.base import Case, Parameter, Reads, RecordRule, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.proactive_time import PROACTIVE_TIME
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable, Verdict
from govopen.rules.settling import RETURNED, SETTLING, settling, taken
from govopen.texts import Text

__all__ = ["RULES"]

_RANK = {step: rank for rank, step in enumerate(SignOffStep)}
_STEPS = samples.sign_offs(DisclosureAttribute.ON_REQUEST)
_DRAFTED, _REVIEWED, _DECIDED = _STEPS
_COMPLIANT = Case(Text("逐级审签", "signed off step by step"), (samples.item(),), samples.YEAR_END)


def _signed(zh: str, en: str, *steps: SignOff) -> Case:
    return Case(Text(zh, en), (samples.item(sign_offs=steps),), samples.YEAR_END)


# Whether a text was signed is told by its digest, and that is of all but the review.
_PINNED = _signed(
    "所签即现在的内容",
    "signed for this very text",
    *(attrs.evolve(entry, digest=public_digest(samples.item())) for entry in _STEPS),
)
_SENT_BACK = _signed(
    "退回后重新审签",
    "sent back and signed anew",
    attrs.evolve(_DRAFTED, on=dt.date(2011, 4, 16)),
    attrs.evolve(_REVIEWED, on=dt.date(2011, 4, 17), result=RETURNED, reason="请补充"),
    attrs.evolve(_DECIDED, on=dt.date(2011, 4, 17), result=RETURNED, reason="请补充"),
    *_STEPS,
)


def _step_check(step: SignOffStep, *, names_attribute: bool) -> Callable[[Dossier[InformationItem], Context], Result]:
    def check(dossier: Dossier[InformationItem], ctx: Context) -> Result:
        """A step may be taken more than once; one that is complete is enough."""
        flaw: Verdict | None = None
        undated = False
        for entry in dossier.record.sign_offs:
            if entry.step is not step or (entry.on is not None and not ctx.known(entry.on)):
                continue
            if entry.result is RETURNED:
                continue
            if entry.digest and not taken(entry, dossier):
                flaw = Fail("stale", step=step)
            elif not filled(entry.person):
                flaw = Fail("unnamed", step=step)
            elif names_attribute and entry.attribute is None:
                flaw = Fail("no_attribute", step=step)
            elif entry.on is None:
                undated = True
            else:
                return None
        if waits := settling(dossier, ctx):
            return waits
        return Undecidable("undated", step=step) if undated else flaw or Fail("missing", step=step)

    return check


def _step_rule(
    code: str,
    name: str,
    step: SignOffStep,
    *,
    answers: str,
    title: Text,
    rationale: Text,
    without: tuple[SignOff, ...],
    own: SignOff,
    names_attribute: bool,
) -> RecordRule:
    invalid = [
        _signed("缺少这一环节", "the step is missing", *without),
        _signed(
            "没有署名",
            "nobody signed",
            *(attrs.evolve(entry, person=" ") if entry is own else entry for entry in _STEPS),
        ),
    ]
    invalid += [
        _signed(
            "只有退回，没有通过",
            "returned, and never passed",
            *without,
            attrs.evolve(own, result=RETURNED, reason="请补充"),
        ),
        _signed(
            "所签不是现在的内容",
            "signed for another text",
            *(attrs.evolve(entry, digest=samples.DIGEST) if entry is own else entry for entry in _STEPS),
        ),
    ]
    messages = {
        **SETTLING,
        "missing": Text("没有“{step}”的审签记录。", "No sign-off is recorded for this step: {step}."),
        "stale": Text(
            "“{step}”的审签针对的不是现在的内容；内容变更后应当重新审签。",
            "The sign-off is of another text than the present one: {step}. A changed text is signed off anew.",
        ),
        "unnamed": Text("“{step}”的审签记录没有写明人员。", "The sign-off does not say who signed: {step}."),
        "undated": Text(
            "“{step}”的审签记录没有日期，无法确认是否已经完成；请补录日期。",
            "The sign-off has no date, so nobody knows whether it was done by now: {step}. Record the date.",
        ),
    }
    if names_attribute:
        messages["no_attribute"] = Text(
            "“{step}”的审签记录没有写明公开属性。", "The sign-off names no attribute: {step}."
        )
        nameless = (attrs.evolve(entry, attribute=None) if entry is own else entry for entry in _STEPS)
        invalid.append(_signed("没有写明属性", "no attribute named", *nameless))
    return rule(
        code=code,
        name=name,
        title=title,
        subject=InformationItem,
        reads=(Reads(Publication, by="item"),),
        answers=(answers,),
        basis=("panyu-2011:1.3", "ogi-2007:18", "ogi-2019:26"),
        matters=(PROACTIVE_TIME,),
        severity=Severity.SERIOUS,
        protected=True,
        rationale=rationale,
        remedy=Text(
            "按程序补办该环节，如实登记人员、日期和公开属性；不得倒填日期。",
            "Take the step now, and record person, date and attribute as they are. Do not backdate it.",
        ),
        messages=messages,
        valid=(_COMPLIANT, _SENT_BACK, _PINNED),
        invalid=invalid,
    )(_step_check(step, names_attribute=names_attribute))


drafter_proposes = _step_rule(
    "SEC006",
    "drafter-proposes",
    SignOffStep.DRAFTER,
    answers="panyu-2011:1.3/o6",
    title=Text("拟稿人提出公开属性的拟办意见", "The drafter proposes the attribute"),
    rationale=Text("拟稿人最了解内容，先由其提出意见，后面才有可审之事。", "Who drafted it knows best what is in it."),
    without=(_REVIEWED, _DECIDED),
    own=_DRAFTED,
    names_attribute=True,
)

section_head_reviews = _step_rule(
    "SEC007",
    "section-head-reviews",
    SignOffStep.SECTION_HEAD,
    answers="panyu-2011:1.3/o7",
    title=Text("办（科）室领导审核公开属性", "The head of the office or section reviews it"),
    rationale=Text("审核是对拟办意见的第一道把关。", "The review is the first check on what the drafter proposed."),
    without=(_DRAFTED, _DECIDED),
    own=_REVIEWED,
    names_attribute=False,
)

principal_decides = _step_rule(
    "SEC008",
    "principal-decides",
    SignOffStep.PRINCIPAL,
    answers="panyu-2011:1.3/o8",
    title=Text("单位主要负责人最终审定公开属性", "The principal leader decides"),
    rationale=Text(
        "公开与否的责任在单位主要负责人；未经审定的属性不算数。",
        "The principal leader answers for what is disclosed; an attribute nobody decided on does not count.",
    ),
    without=(_DRAFTED, _REVIEWED),
    own=_DECIDED,
    names_attribute=True,
)


@rule(
    code="SEC009",
    name="steps-in-order",
    title=Text("先拟办、再审核、后审定", "Proposal, review and decision in that order"),
    subject=InformationItem,
    answers=("panyu-2011:1.3/o9",),
    basis=("panyu-2011:1.3",),
    severity=Severity.SERIOUS,
    protected=True,
    rationale=Text(
        "先审定、后补拟办和审核，三道把关就只剩一道。",
        "A decision taken before proposal and review leaves one check of three.",
    ),
    remedy=Text(
        "核对各环节日期；确属倒置的，重新履行审签程序。",
        "Check the dates. If the steps were really taken out of order, sign the item off anew.",
    ),
    messages={
        "no_order": Text("审签不足两个环节，无先后可言。", "Fewer than two steps are taken: there is no order yet."),
        "undated": Text(
            "以下环节的审签记录没有日期，无法判断先后：{steps}；请补录日期。",
            "These steps have no date, so their place in the order is unknown: {steps}. Record the dates.",
        ),
        "out_of_order": Text(
            "“{step}”（{on}）没有在“{previous}”（{previous_on}）之后进行。",
            "“{step}” ({on}) was not taken after “{previous}” ({previous_on}).",
        ),
    },
    valid=(_COMPLIANT, _SENT_BACK, _PINNED),
    invalid=(
        _signed(
            "先审定后审核",
            "decided before review",
            _DRAFTED,
            attrs.evolve(_REVIEWED, on=dt.date(2011, 4, 21)),
            _DECIDED,
        ),
        _signed(
            "退回不算审核",
            "a return is no review",
            _DRAFTED,
            attrs.evolve(_REVIEWED, result=RETURNED, reason="请补充"),
            _DECIDED,
            attrs.evolve(_REVIEWED, on=dt.date(2011, 4, 21)),
        ),
        _signed(
            "同日倒置", "upside down on one day", *(attrs.evolve(entry, on=_DECIDED.on) for entry in reversed(_STEPS))
        ),
    ),
)
def steps_in_order(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Dates have no hours: steps of one day are in the order of the list.

    Steps may be taken again, as when a draft is sent back: there has to be a proposal, after it a review, and after
    that a decision, as far as there are any.
    """
    last_rank, last_on = -1, dt.date.min
    for entry in dossier.record.sign_offs:
        if entry.on is None or entry.on < last_on or _RANK[entry.step] <= last_rank or entry.result is RETURNED:
            return _search_order(dossier, ctx)
        if entry.digest and not taken(entry, dossier):
            return _search_order(dossier, ctx)
        last_rank, last_on = _RANK[entry.step], entry.on
    # In order: if the last step is taken, so are all before it.
    if len(dossier.record.sign_offs) > 1 and ctx.known(last_on):
        return None
    return _search_order(dossier, ctx)


def _search_order(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    signed = (entry for entry in dossier.record.sign_offs if taken(entry, dossier))
    steps = [entry for entry in signed if entry.on is None or ctx.known(entry.on)]
    kinds = {entry.step for entry in steps}
    if len(kinds) < 2:
        return NotApplicable("no_order")
    undated = {entry.step for entry in steps if entry.on is None}
    awaited = [step for step in SignOffStep if step in kinds - undated]
    dated = sorted(((entry.on, entry.step) for entry in steps if entry.on is not None), key=itemgetter(0))
    found: list[tuple[dt.date, SignOffStep]] = []
    for pair in dated:
        if len(found) < len(awaited) and pair[1] is awaited[len(found)]:
            found.append(pair)
    if len(found) < len(awaited):
        step = awaited[len(found)]
        on = max(day for day, kind in dated if kind is step)
        return Fail("out_of_order", step=step, on=on, previous=found[-1][1], previous_on=found[-1][0])
    return Undecidable("undated", steps=tuple(sorted(undated, key=_RANK.__getitem__))) if undated else None


@rule(
    code="SEC010",
    name="different-persons",
    title=Text("拟办、审核、审定由不同人员进行", "Three different persons sign"),
    subject=InformationItem,
    basis=("panyu-2011:1.3",),
    severity=Severity.ADVICE,
    protected=True,
    rationale=Text(
        "同一人既拟办又审核，等于少了一道把关。文件没有写明须由三人分别进行，这是本系统的设定。",
        "Who reviews their own proposal checks nothing. The policy does not say that three persons sign; "
        "this is our own setting.",
    ),
    remedy=Text(
        "请另一人重新审核；因代行职责而由同一人签署的，请本人复核。",
        "Let another person review it again. Where one person acted for another, let the other look at it.",
    ),
    messages={
        "not_required": Text("本工作区不要求由不同人员审签。", "This workspace does not ask for different persons."),
        "same_person": Text("以下环节由同一人签署：{steps}。", "The same person signed these steps: {steps}."),
    },
    parameters=(
        Parameter(name="required", title=Text("是否要求不同人员审签", "different persons must sign"), default=True),
    ),
    valid=(
        _COMPLIANT,
        _signed(
            "退回人另任审定",
            "who sent it back decides",
            _DRAFTED,
            attrs.evolve(_REVIEWED, on=_DRAFTED.on, person=_DECIDED.person, result=RETURNED, reason="请补充"),
            *_STEPS,
        ),
    ),
    invalid=(
        _signed("拟稿人兼审核", "drafter reviews", _DRAFTED, attrs.evolve(_REVIEWED, person=_DRAFTED.person), _DECIDED),
        _signed(
            "代行职责",
            "acting for the principal leader",
            _DRAFTED,
            _REVIEWED,
            attrs.evolve(_DECIDED, person=_REVIEWED.person, acting_for=_DECIDED.person),
        ),
    ),
)
def different_persons(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Who acts for another signs in person: two steps by one hand, whatever the office.

    Who sent it back has passed nothing, and steps for another text were another round.
    """
    if not ctx.parameters["required"]:
        return NotApplicable("not_required")
    for first, second in combinations(dossier.record.sign_offs, 2):
        if first.step is second.step or first.person.strip() != second.person.strip() or not filled(first.person):
            continue
        if RETURNED in {first.result, second.result} or (
            first.digest and second.digest and first.digest != second.digest
        ):
            continue
        if all(entry.on is None or ctx.known(entry.on) for entry in (first, second)):
            return Fail("same_person", steps=(first.step, second.step))
    return None


RULES = (
    drafter_proposes,
    section_head_reviews,
    principal_decides,
    steps_in_order,
    different_persons,
)
"""The rules of this module."""
