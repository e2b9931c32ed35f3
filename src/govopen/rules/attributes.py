"""Rules on the disclosure attribute itself (clause 1.3). None of them can be waived or baselined."""

from __future__ import annotations

import datetime as dt

from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute, SignOff, SignOffStep
from govopen.model.website import Publication
from govopen.rules import samples
from govopen.rules.base import Case, Reads, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.exemption import exemption_has_ground
from govopen.rules.proactive_time import PROACTIVE_TIME
from govopen.rules.results import Fail, NotApplicable, Result
from govopen.rules.settling import RETURNED, SETTLING, settling, taken
from govopen.texts import Text

__all__ = ["RULES"]

_COMPLIANT = Case(Text("逐级审签", "signed off step by step"), (samples.item(),), samples.YEAR_END)


@rule(
    code="SEC004",
    name="attribute-present",
    title=Text("非涉密信息均须界定公开属性", "Every non-classified item carries a disclosure attribute"),
    subject=InformationItem,
    reads=(Reads(Publication, by="item"),),
    answers=("panyu-2011:1.3/o4",),
    basis=("panyu-2011:1.3", "ogi-2007:18", "ogi-2019:26"),
    matters=(PROACTIVE_TIME,),
    severity=Severity.SERIOUS,
    protected=True,
    rationale=Text(
        "没有公开属性，就无从知道信息应当主动公开、可以申请获取，还是免予公开。",
        "Without an attribute nobody knows whether the item is to be published, can be asked for, or is exempt.",
    ),
    remedy=Text(
        "由拟稿人提出公开属性，经科室领导审核、单位主要负责人审定后登记。",
        "Let the drafter propose an attribute, the section head review it and the principal leader decide; record it.",
    ),
    messages={
        **SETTLING,
        "missing": Text("没有登记公开属性。", "No disclosure attribute is recorded."),
    },
    valid=(_COMPLIANT,),
    invalid=(
        Case(
            Text("期限届满仍无属性", "none when the period is over"), (samples.item(attributes=()),), samples.YEAR_END
        ),
    ),
)
def attribute_present(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """An item may lack one while it is in process, that is, until it is published or its statutory period is over."""
    if dossier.record.attributes:
        return None
    return settling(dossier, ctx) or Fail("missing")


@rule(
    code="SEC005",
    name="one-attribute",
    title=Text("公开属性三者取一", "The attribute is exactly one of three"),
    subject=InformationItem,
    answers=("panyu-2011:1.3/o5",),
    basis=("panyu-2011:1.3",),
    severity=Severity.SERIOUS,
    protected=True,
    rationale=Text(
        "主动公开、依申请公开和免予公开互相排斥；以主要负责人审定的为准。",
        "Proactive, on request and exempt exclude one another. What the principal leader decided is what holds.",
    ),
    remedy=Text(
        "按主要负责人的审定意见，只登记一种公开属性；属性有变的，重新履行审签程序。",
        "Record the one attribute that the principal leader decided on. To change it, sign it off anew.",
    ),
    messages={
        "no_attribute": Text("尚无公开属性。", "It carries no attribute so far."),
        "several": Text(
            "登记了{count}项公开属性（{attributes}），只能有一项。",
            "It carries {count} attributes ({attributes}); only one is possible.",
        ),
        "differs": Text(
            "登记的公开属性是{carried}，主要负责人审定的却是{decided}。",
            "It carries the attribute {carried}, but the principal leader decided on {decided}.",
        ),
    },
    valid=(_COMPLIANT,),
    invalid=(
        Case(
            Text("登记了两种属性", "two attributes"),
            (samples.item(attributes=(DisclosureAttribute.ON_REQUEST, DisclosureAttribute.EXEMPT)),),
            samples.YEAR_END,
        ),
        Case(
            Text("与审定意见不一致", "not the one decided"),
            (samples.item(attributes=(DisclosureAttribute.EXEMPT,)),),
            samples.YEAR_END,
        ),
    ),
)
def one_attribute(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """The latest decision on the present text counts.

    The attribute has no date: one decided after the as-of date excuses a difference.
    """
    record = dossier.record
    if not record.attributes:
        return NotApplicable("no_attribute")
    if len(record.attributes) > 1:
        return Fail("several", count=len(record.attributes), attributes=record.attributes)
    carried = record.attributes[0]
    decided: SignOff | None = None
    for entry in record.sign_offs:
        if entry.step is not SignOffStep.PRINCIPAL or entry.attribute is None or entry.result is RETURNED:
            continue
        if entry.digest and not taken(entry, dossier):
            continue
        if entry.on is not None and not ctx.known(entry.on):
            if entry.attribute is carried:
                return None
        elif decided is None or (entry.on or dt.date.min) >= (decided.on or dt.date.min):
            decided = entry
    if decided is None or decided.attribute is None or decided.attribute is carried:
        return None
    return Fail("differs", carried=carried, decided=decided.attribute)


RULES = (attribute_present, one_attribute, exemption_has_ground)
"""The rules of this module."""
