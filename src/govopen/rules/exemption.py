"""The rule on the ground of an exemption (clause 1.3). It can be neither waived nor baselined."""

from __future__ import annotations

import datetime as dt

import attrs

from govopen.model.base import filled
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute, SignOff, SignOffStep
from govopen.rules import samples
from govopen.rules.base import Case, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.grounds import GROUNDS, REFUSAL_GROUNDS, grounds_of_exemption
from govopen.rules.results import Fail, NotApplicable, Result
from govopen.rules.settling import taken
from govopen.texts import Text

__all__ = ["exemption_has_ground"]

_EXEMPT = DisclosureAttribute.EXEMPT
_NOT_EXEMPT = NotApplicable("not_exempt")


def _exempt(zh: str, en: str, *grounds: str) -> Case:
    signed = zip(samples.sign_offs(_EXEMPT), grounds, strict=True)
    steps = tuple(attrs.evolve(entry, ground=ground) for entry, ground in signed)
    return Case(Text(zh, en), (samples.item(attributes=(_EXEMPT,), sign_offs=steps),), samples.YEAR_END)


@rule(
    code="SEC013",
    name="exemption-has-ground",
    title=Text("免予公开须有法定理由", "An exemption has a ground in law"),
    subject=InformationItem,
    basis=("panyu-2011:1.3", *GROUNDS),
    matters=(REFUSAL_GROUNDS,),
    severity=Severity.SERIOUS,
    protected=True,
    rationale=Text(
        "以公开为常态，不公开为例外；说不出法定理由的免予公开，就是应当公开而没有公开。",
        "What law does not except is open. An exemption that names no such ground withholds what should be open.",
    ),
    remedy=Text(
        "由拟稿人写明理由重新拟办，经审核、审定；没有法定理由的，改为主动公开或者依申请公开。",
        "Let the drafter propose it anew with its ground, and have it reviewed and decided. Without a ground in law, "
        "decide on proactive disclosure or disclosure on request.",
    ),
    messages={
        "not_exempt": Text("没有审定为免予公开。", "It was not decided to be exempt."),
        "missing": Text(
            "{on}审定为免予公开，没有写明理由。", "It was decided to be exempt on {on}, and no ground is stated."
        ),
        "unknown": Text(
            "{on}审定为免予公开，所写理由（{ground}）不在当时法律认可之列：{known}。",
            "It was decided to be exempt on {on}, on a ground ({ground}) that the law of then does not know: {known}.",
        ),
    },
    valid=(
        _exempt("写明理由", "with its ground", "trade_secret", "", "trade_secret"),
        _exempt("拟办时写明", "stated with the proposal", "internal", "", ""),
        Case(Text("依申请公开", "disclosed on request"), (samples.item(),), samples.YEAR_END),
    ),
    invalid=(
        _exempt("没有理由", "no ground", "", "", ""),
        _exempt("当时的法律没有这一理由", "a ground that came later", "case_file", "", "case_file"),
        _exempt("国家秘密应当定密", "a state secret is classified instead", "state_secret", "", "state_secret"),
    ),
)
def exemption_has_ground(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Asked is the latest decision on the present text; what it leaves open, the proposal may say."""
    record = dossier.record
    for entry in record.sign_offs:
        if entry.attribute is _EXEMPT and entry.step is SignOffStep.PRINCIPAL:
            break
    else:
        return _NOT_EXEMPT
    decided = _latest(dossier, SignOffStep.PRINCIPAL, ctx)
    if decided is None or decided.on is None or decided.attribute is not _EXEMPT:
        return _NOT_EXEMPT
    ground = decided.ground
    if not filled(ground):
        proposed = _latest(dossier, SignOffStep.DRAFTER, ctx)
        if proposed is None or proposed.attribute is not _EXEMPT or not filled(proposed.ground):
            return Fail("missing", on=decided.on)
        ground = proposed.ground
    known = grounds_of_exemption(ctx, decided.on)
    return None if ground in known else Fail("unknown", on=decided.on, ground=ground, known=known)


def _latest(dossier: Dossier[InformationItem], step: SignOffStep, ctx: Context) -> SignOff | None:
    found: SignOff | None = None
    for entry in dossier.record.sign_offs:
        if entry.step is not step or entry.attribute is None or entry.on is None or not ctx.known(entry.on):
            continue
        if taken(entry, dossier) and entry.on >= (found.on if found is not None and found.on else dt.date.min):
            found = entry
    return found
