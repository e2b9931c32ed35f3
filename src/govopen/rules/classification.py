"""Rules on secrecy and disclosure attributes (clause 1.3). None of them can be waived or baselined."""

from __future__ import annotations

import datetime as dt

from govopen.model.catalog import InformationItem
from govopen.model.classification import (
    ClassifiedItem,
    ReviewResult,
    SecrecyReview,
)
from govopen.model.units import Duty
from govopen.model.website import Carrier, Publication
from govopen.rules import samples
from govopen.rules.base import Case, Reads, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result
from govopen.texts import Text

__all__ = ["RULES"]

_OWN = Carrier.OWN_SITE


@rule(
    code="SEC002",
    name="classified-not-disclosed",
    title=Text("涉密信息在保密期限内不得公开", "Classified information is not disclosed within its secrecy period"),
    subject=ClassifiedItem,
    reads=(Reads(Publication, by="item"),),
    answers=("panyu-2011:1.3/o2",),
    basis=("panyu-2011:1.3", "ogi-2007:14", "ogi-2019:14", "secrets-2010:19", "secrets-2024:24"),
    severity=Severity.CRITICAL,
    protected=True,
    duty=Duty.CLASSIFIED_ITEMS,
    rationale=Text(
        "保密期限届满或者提前解密之前, 任何载体上的发布都是泄密。撤下不能使已发生的发布合法。",
        "Until the period ends or the item is released early, publication anywhere discloses a secret. "
        "Withdrawing it later does not undo that.",
    ),
    remedy=Text(
        "立即撤下并按泄密事件报告; 核对该条目的定密记录。",
        "Withdraw it at once, report a leak, and check the item's determination.",
    ),
    messages={
        "disclosed": Text(
            "涉密条目于{published_on}在{carrier}发布({publication}), 当时仍在保密期限内。",
            "The classified item was published on {published_on} on {carrier} ({publication}), within its secrecy period.",
        )
    },
    valid=(
        Case(Text("未发布", "not published"), (samples.classified_item(),), samples.YEAR_END),
        Case(
            Text("解密后发布", "published after release"),
            (
                samples.classified_item(declassified_on=dt.date(2011, 5, 1)),
                samples.publication("c-1", _OWN, published_on=dt.date(2011, 5, 1)),
            ),
            samples.YEAR_END,
        ),
    ),
    invalid=(
        Case(
            Text("期限内发布", "published within the period"),
            (samples.classified_item(), samples.publication("c-1", _OWN)),
            samples.YEAR_END,
        ),
        Case(
            Text("已撤下也算", "withdrawn, but disclosed"),
            (
                samples.classified_item(classified_until=dt.date(2011, 5, 10)),
                samples.publication("c-1", _OWN, withdrawn_on=dt.date(2011, 5, 11)),
            ),
            samples.YEAR_END,
        ),
    ),
)
def classified_not_disclosed(dossier: Dossier[ClassifiedItem], ctx: Context) -> Result:
    """A publication on the last day of the period still falls within it."""
    return [
        Fail("disclosed", published_on=entry.published_on, carrier=entry.carrier, publication=entry.id)
        for entry in dossier.related(Publication)
        if dossier.record.classified_on(entry.published_on)
    ] or None


@rule(
    code="SEC003",
    name="reviewed-before-disclosure",
    title=Text("先审查、后公开", "Reviewed before any disclosure"),
    subject=InformationItem,
    reads=(Reads(Publication, by="item"),),
    answers=("panyu-2011:1.3/o3",),
    basis=("panyu-2011:1.3", "ogi-2007:14", "ogi-2019:17"),
    severity=Severity.CRITICAL,
    protected=True,
    rationale=Text(
        "未经保密审查的信息一旦公开便无法收回。审查须逐条进行, 并早于任何一次发布。",
        "Once out, information cannot be called back. Each item is reviewed on its own, before any publication.",
    ),
    remedy=Text(
        "撤下该信息, 补做保密审查并记录审查日期和结论, 再重新发布。",
        "Withdraw it, review it, record date and result of the review, then publish again.",
    ),
    messages={
        "unreviewed": Text(
            "于{published_on}发布({publication}), 但没有得出不涉密结论的保密审查记录。",
            "Published on {published_on} ({publication}), but no review that found it not classified is recorded.",
        ),
        "early": Text(
            "于{published_on}发布({publication}), 早于{reviewed_on}的保密审查。",
            "Published on {published_on} ({publication}), before its review of {reviewed_on}.",
        ),
        "not_disclosed": Text("尚未公开。", "Not disclosed so far."),
    },
    valid=(
        Case(
            Text("审查后发布", "published after review"),
            (
                samples.proactive_item(),
                samples.publication("other-1", _OWN),
                samples.publication("other-1", Carrier.PORTAL),
            ),
            samples.YEAR_END,
        ),
    ),
    invalid=(
        Case(
            Text("审查前发布", "published before review"),
            (
                samples.proactive_item(
                    review=SecrecyReview(reviewed_on=dt.date(2011, 5, 11), result=ReviewResult.NOT_CLASSIFIED)
                ),
                samples.publication("other-1", _OWN),
                samples.publication("other-1", Carrier.PORTAL),
            ),
            samples.YEAR_END,
        ),
        Case(
            Text("未审查即发布", "published without review"),
            (
                samples.proactive_item(review=None),
                samples.publication("other-1", _OWN),
                samples.publication("other-1", Carrier.PORTAL),
            ),
            samples.YEAR_END,
        ),
    ),
)
def reviewed_before_disclosure(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Same-day review and publication pass: the record has dates, not hours."""
    publications = dossier.related(Publication)
    if not publications:
        return NotApplicable("not_disclosed")
    review = dossier.record.review
    if review is None or review.result is not ReviewResult.NOT_CLASSIFIED or review.reviewed_on is None:
        first = min(publications, key=lambda entry: entry.published_on)
        return Fail("unreviewed", published_on=first.published_on, publication=first.id)
    return [
        Fail("early", published_on=entry.published_on, publication=entry.id, reviewed_on=review.reviewed_on)
        for entry in publications
        if entry.published_on < review.reviewed_on
    ] or None


RULES = (classified_not_disclosed, reviewed_before_disclosure)
