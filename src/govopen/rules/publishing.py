"""Rules on what was sent to sites and what was seen there (clause 1.4)."""

from __future__ import annotations

from govopen.model.publishing import DeliveryAction, ObservedState
from govopen.rules.base import Severity
from govopen.rules.observing import arrival_rule, sighting_rule
from govopen.texts import Text

__all__ = ["RULES"]


deliveries_arrive = arrival_rule(
    DeliveryAction.PUT,
    code="WEB011",
    name="deliveries-arrive",
    title=Text("审定公开的信息及时送达网站", "What is to be published reaches the sites"),
    answers=("panyu-2011:1.4/o4",),
    basis=("panyu-2011:1.4", "ogi-2019:23"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "已经审定而没有送达网站的信息，公众看不到，本单位却以为已经公开。",
        "What was decided and never reached the site nobody sees, while the unit takes it for published.",
    ),
    remedy=Text(
        "按失败代码排除网站或者附件的故障，再运行 govopen publish；已搁置的，加上 --retry-parked。",
        "Mend the site or the file that the code names and run govopen publish again; with --retry-parked for what is "
        "parked.",
    ),
    max_days=3,
    days=Text("等待送达的最长天数", "longest time on the way"),
    parked=Text(
        "信息{item}多次未能送达网站{site}，已于{parked_on}搁置（{failure}）。",
        "Item {item} could not be brought to site {site} and was parked on {parked_on} ({failure}).",
    ),
    late=Text(
        "信息{item}自{queued_on}起等待送达网站{site}，已超过{days}天。",
        "Item {item} has waited for site {site} since {queued_on}, for more than {days} days.",
    ),
)


seen_on_both_sites = sighting_rule(
    ObservedState.MISSING,
    code="WEB012",
    name="seen-on-both-sites",
    title=Text("核对时应有的信息都在网站上", "What should stand on a site was found there"),
    answers=("panyu-2011:1.4/o4",),
    basis=("panyu-2011:1.4", "ogi-2007:15", "ogi-2019:23"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "发布记录只说明曾经发布；网站改版、迁移后信息还在不在，要核对才知道。",
        "A record of publication says that it was published once; whether it survived the last redesign only a look "
        "shows.",
    ),
    remedy=Text(
        "运行 govopen publish 补发，再运行 govopen reconcile 核对。",
        "Publish it again with govopen publish, then compare with govopen reconcile.",
    ),
    invalid={Text("网站上没有", "not there"): ObservedState.MISSING},
    old=Text("核对结果过旧", "an old comparison"),
)


copies_seen_to_agree = sighting_rule(
    ObservedState.EXTRA,
    ObservedState.STALE,
    ObservedState.DIFFERENT,
    code="WEB013",
    name="copies-seen-to-agree",
    title=Text("核对时网站上的信息与审定的一致", "What stands on the sites was found to be what was decided"),
    answers=("panyu-2011:1.4/o5",),
    basis=("panyu-2011:1.4", "ogi-2007:18", "ogi-2019:26"),
    severity=Severity.SERIOUS,
    rationale=Text(
        "旧版本、被改动或者来历不明的页面，使两个网站的信息不一致。",
        "An old version, a changed page, or one that nobody recorded makes the sites contradict each other.",
    ),
    remedy=Text(
        "旧版本和被改动的，运行 govopen publish 重发；没有登记的，补办审定手续或者撤下。",
        "Publish old and changed copies again; have what is on no record reviewed, or take it away.",
    ),
    invalid={
        Text("旧版本", "an older version"): ObservedState.STALE,
        Text("内容不符", "different"): ObservedState.DIFFERENT,
        Text("没有登记", "on no record"): ObservedState.EXTRA,
    },
)


published_procedure_agrees = sighting_rule(
    ObservedState.PROCEDURE,
    code="WEB014",
    name="published-procedure-agrees",
    title=Text("网站上的办事流程与登记的一致", "Published procedures are those on record"),
    # Whether the record is what the window does (1.4/o6) only evidence shows: WEB006.
    basis=("panyu-2011:1.4",),
    severity=Severity.ADVICE,
    rationale=Text(
        "群众按网站上的流程办事；网站与登记不同，至少有一个不是实际流程。",
        "People follow the steps on the site; where these differ from the record, one of the two is not what is done.",
    ),
    remedy=Text(
        "对照窗口实际流程，更正登记或者网站。", "Compare both with what the window does, and correct the one that errs."
    ),
    invalid={Text("流程不符", "other steps"): ObservedState.PROCEDURE},
)


RULES = (deliveries_arrive, seen_on_both_sites, copies_seen_to_agree, published_procedure_agrees)
"""The rules of this module."""
