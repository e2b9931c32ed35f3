"""Rules on what stands on a site and must not (clause 1.3). None of them can be waived or baselined."""

from __future__ import annotations

import datetime as dt

from govopen.model.classification import ClassifiedItem
from govopen.model.publishing import DeliveryAction, Observation, ObservedState
from govopen.model.units import Duty
from govopen.rules import samples
from govopen.rules.base import Case, Reads, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.observing import arrival_rule, seen, sighting_rule
from govopen.rules.results import Fail, Result
from govopen.texts import Text

__all__ = ["RULES"]

_DAY = samples.YEAR_END


@rule(
    code="SEC015",
    name="classified-not-seen",
    title=Text("网站上没有涉密信息", "No classified item stands on a site"),
    subject=ClassifiedItem,
    reads=(Reads(Observation, by="item"),),
    answers=("panyu-2011:1.3/o2",),
    basis=("panyu-2011:1.3", "ogi-2007:14", "ogi-2019:14", "secrets-2010:19", "secrets-2024:24"),
    severity=Severity.CRITICAL,
    protected=True,
    duty=Duty.CLASSIFIED_ITEMS,
    rationale=Text(
        "无论发布记录怎么写，网站上看得到就是泄密。",
        "Whatever the records say was published: what can be read on a site is disclosed.",
    ),
    remedy=Text("立即从网站撤下并按泄密事件报告。", "Take it off the site at once, and report a leak."),
    messages={
        "stands": Text(
            "{observed_on}核对时，保密期限内的条目在网站{site}上可以看到。",
            "On {observed_on} the item was seen on site {site}, within its secrecy period.",
        )
    },
    valid=(
        Case(Text("网站上没有", "not there"), (samples.classified_item(),), _DAY),
        Case(
            Text("解密后可以看到", "seen after release"),
            (
                samples.classified_item(declassified_on=dt.date(2011, 5, 1)),
                *seen(ObservedState.AGREES, item="c-1", id="c-1@site-own"),
            ),
            _DAY,
        ),
    ),
    invalid=(
        Case(
            Text("网站上可以看到", "seen on a site"),
            (samples.classified_item(), *seen(ObservedState.AGREES, item="c-1", id="c-1@site-own")),
            _DAY,
        ),
    ),
)
def classified_not_seen(dossier: Dossier[ClassifiedItem], ctx: Context) -> Result:
    """However long ago it was seen: a disclosure does not lapse."""
    return [
        Fail("stands", site=observation.site, observed_on=observation.observed_on)
        for observation in dossier.related(Observation)
        if observation.digest and dossier.record.classified_on(observation.observed_on)
    ] or None


nothing_seen_uncleared = sighting_rule(
    ObservedState.UNCLEARED,
    code="SEC016",
    name="nothing-seen-uncleared",
    title=Text("网站上没有未经审定的信息", "Nothing stands on a site that was not cleared"),
    answers=("panyu-2011:1.3/o3",),
    basis=("panyu-2011:1.3", "ogi-2007:14", "ogi-2019:17"),
    severity=Severity.CRITICAL,
    protected=True,
    rationale=Text(
        "未经保密审查和逐级审定的信息一旦上网，就无法收回。",
        "What reaches a site without review and sign-off cannot be called back.",
    ),
    remedy=Text(
        "运行 govopen publish 撤下；查明是谁、以何种途径发布的。",
        "Take it away with govopen publish, and find out who published it, and how.",
    ),
    invalid={Text("未经审定", "not cleared"): ObservedState.UNCLEARED},
)


withdrawn_is_gone = sighting_rule(
    ObservedState.WITHDRAWN,
    code="SEC017",
    name="withdrawn-is-gone",
    title=Text("撤下的信息确已不在网站上", "What was withdrawn is gone from the sites"),
    basis=("panyu-2011:1.3", "panyu-2011:1.4"),
    severity=Severity.CRITICAL,
    protected=True,
    rationale=Text(
        "决定撤下而仍在网站上的信息，等于没有撤下。",
        "What was to be withdrawn and still stands on a site was not withdrawn.",
    ),
    remedy=Text(
        "运行 govopen publish 撤下，再运行 govopen reconcile 核对。",
        "Take it away with govopen publish, then compare with govopen reconcile.",
    ),
    invalid={Text("撤下仍在", "withdrawn, and there"): ObservedState.WITHDRAWN},
)


withdrawals_arrive = arrival_rule(
    DeliveryAction.WITHDRAW,
    code="SEC018",
    name="withdrawals-arrive",
    title=Text("撤下信息的指令及时送达网站", "Withdrawals reach the sites"),
    basis=("panyu-2011:1.3", "panyu-2011:1.4"),
    severity=Severity.CRITICAL,
    protected=True,
    rationale=Text(
        "撤下指令没有送达，不该公开的信息就还在网站上。",
        "While a withdrawal is on its way, what must not be shown still stands on the site.",
    ),
    remedy=Text(
        "立即人工撤下，按失败代码排除故障，再运行 govopen publish；已搁置的，加上 --retry-parked。",
        "Take it away by hand at once, mend what the code names and run govopen publish again; with --retry-parked for "
        "what is parked.",
    ),
    max_days=1,
    days=Text("等待撤下的最长天数", "longest time until a withdrawal is carried out"),
    parked=Text(
        "信息{item}多次未能从网站{site}撤下，已于{parked_on}搁置（{failure}）。",
        "Item {item} could not be taken off site {site}; that was parked on {parked_on} ({failure}).",
    ),
    late=Text(
        "信息{item}自{queued_on}起等待从网站{site}撤下，已超过{days}天。",
        "Item {item} was to be taken off site {site} on {queued_on}, more than {days} days ago.",
    ),
)


RULES = (classified_not_seen, nothing_seen_uncleared, withdrawn_is_gone, withdrawals_arrive)
"""The rules of this module."""
