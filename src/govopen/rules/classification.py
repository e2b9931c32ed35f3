"""Rules on secrecy and its review (clause 1.3). None of them can be waived or baselined."""

from __future__ import annotations

import datetime as dt
from operator import attrgetter
from typing import Any

import attrs

from govopen.model.base import filled
from govopen.model.catalog import InformationItem
from govopen.model.classification import ClassifiedItem, ReviewResult, SecrecyReview
from govopen.model.published import public_digest
from govopen.model.units import Duty
from govopen.model.website import Carrier, Publication
from govopen.rules import samples
from govopen.rules.base import Case, Reads, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.determination import determination_complete, extended_in_time, period_within_ceiling
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable, Verdict
from govopen.texts import Text

__all__ = ["RULES"]

_OWN = Carrier.OWN_SITE
_PRINTED = (Carrier.GAZETTE, Carrier.PRESS)
_published_on = attrgetter("published_on")


def _reviewed(day: dt.date) -> SecrecyReview:
    return SecrecyReview(reviewed_on=day, reviewer="丁", result=ReviewResult.NOT_CLASSIFIED)


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
        "保密期限届满或者提前解密之前，任何载体上的发布都是泄密。撤下不能使已发生的发布合法。",
        "Until the period ends or the item is released early, publication anywhere discloses a secret. "
        "Withdrawing it later does not undo that.",
    ),
    remedy=Text(
        "立即撤下并按泄密事件报告；核对该条目的定密记录。",
        "Withdraw it at once, report a leak, and check the item's determination.",
    ),
    messages={
        "disclosed": Text(
            "涉密条目于{published_on}在{carrier}发布（{publication}），当时仍在保密期限内。",
            "The classified item was published on {published_on} on {carrier} ({publication}), "
            "within its secrecy period.",
        ),
        "standing": Text(
            "条目于{determined_on}定密，而{published_on}在{carrier}的发布（{publication}）当日没有撤下。",
            "The item was classified on {determined_on}, but its publication of {published_on} on {carrier} "
            "({publication}) was not withdrawn that day.",
        ),
    },
    valid=(
        Case(Text("未发布", "not published"), (samples.classified_item(),), samples.YEAR_END),
        Case(
            Text("定密当日撤下", "withdrawn on the day of determination"),
            (
                samples.classified_item(),
                samples.publication("c-1", _OWN, published_on=dt.date(2011, 2, 1), withdrawn_on=dt.date(2011, 3, 1)),
            ),
            samples.YEAR_END,
        ),
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
        Case(
            Text("定密后没有撤下", "left standing when it was classified"),
            (samples.classified_item(), samples.publication("c-1", _OWN, published_on=dt.date(2011, 2, 1))),
            samples.YEAR_END,
        ),
    ),
)
def classified_not_disclosed(dossier: Dossier[ClassifiedItem], ctx: Context) -> Result:
    """A publication on the last day of the period still falls within it. One from before the period breaks it where it
    still stands once the item is classified; withdrawal on the day of determination is in time.
    """
    return [
        verdict for entry in dossier.related(Publication) if (verdict := _disclosure(dossier.record, entry)) is not None
    ] or None


def _disclosure(item: ClassifiedItem, entry: Publication) -> Fail | None:
    published_on, determined_on = entry.published_on, item.determined_on
    if item.classified_on(published_on):
        return Fail("disclosed", published_on=published_on, carrier=entry.carrier, publication=entry.id)
    if published_on < determined_on and entry.live_on(determined_on) and item.classified_on(determined_on):
        return Fail(
            "standing",
            determined_on=determined_on,
            published_on=published_on,
            carrier=entry.carrier,
            publication=entry.id,
        )
    return None


@rule(
    code="SEC003",
    name="reviewed-before-disclosure",
    title=Text("先审查、后公开", "Reviewed before any disclosure"),
    subject=InformationItem,
    reads=(Reads(Publication, by="item"),),
    answers=("panyu-2011:1.3/o3",),
    basis=("panyu-2011:1.3", "ogi-2007:14", "ogi-2019:17", "secrets-2010:29", "secrets-2024:35"),
    severity=Severity.CRITICAL,
    protected=True,
    rationale=Text(
        "未经保密审查的信息一旦公开便无法收回。审查须逐条进行，并早于任何一次发布；内容变更后再公开，也是一次新的公开。",
        "Once out, information cannot be called back. Each item is reviewed on its own, before any publication; "
        "publishing it as changed is a new disclosure.",
    ),
    remedy=Text(
        "撤下该信息，补做保密审查并记录审查日期、审查人和结论，再重新发布；变更后的内容先审查、再更新。"
        "纠正以后不再判为不符合；核查纠正之前的日期，仍会判为不符合。",
        "Withdraw it, review it, record date, reviewer and result of the review, then publish again. Review a changed "
        "text before the update. Once that is done the rule is kept; a check of a day before still finds the breach.",
    ),
    messages={
        "unreviewed": Text(
            "于{published_on}发布（{publication}），但没有得出不涉密结论的保密审查记录。",
            "Published on {published_on} ({publication}), but no review that found it not classified is recorded.",
        ),
        "early": Text(
            "于{published_on}发布（{publication}），早于{reviewed_on}的保密审查。",
            "Published on {published_on} ({publication}), before its review of {reviewed_on}.",
        ),
        "no_reviewer": Text(
            "于{published_on}发布（{publication}），但{reviewed_on}的保密审查没有写明审查人。",
            "Published on {published_on} ({publication}), but its review of {reviewed_on} names no reviewer.",
        ),
        "change_unreviewed": Text(
            "{changed_on}变更后的内容于{published_on}公开（{publication}），没有重新审查；最近一次审查在{reviewed_on}。",
            "The text as changed on {changed_on} was published on {published_on} ({publication}) without a new review: "
            "the latest is of {reviewed_on}.",
        ),
        "other_text": Text(
            "于{published_on}发布（{publication}），而{reviewed_on}的保密审查针对的是另一内容。",
            "Published on {published_on} ({publication}), but its review of {reviewed_on} is of another text.",
        ),
        "earlier_review_unknown": Text(
            "于{published_on}发布的（{publication}）是{changed_on}变更之前的内容，而记录中只有变更之后的审查"
            "（{reviewed_on}），看不出此前是否审查过。请更新该处内容，或者以当时的记录版本核查。",
            "What was published on {published_on} ({publication}) is the text before the change of {changed_on}, and "
            "the only review recorded is of {reviewed_on}, after it. Update the copy, or check the records as they "
            "were known then.",
        ),
        "not_disclosed": Text("尚未公开。", "Not disclosed so far."),
        "withdrawn": Text("已经全部撤下。", "No copy stands published any more."),
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
        Case(
            Text("变更后重新审查再更新", "reviewed anew before the update"),
            (
                samples.proactive_item(changed_on=dt.date(2011, 8, 1), review=_reviewed(dt.date(2011, 8, 2))),
                samples.publication("other-1", _OWN, updated_on=dt.date(2011, 8, 2)),
                samples.publication("other-1", Carrier.PORTAL, updated_on=dt.date(2011, 8, 3)),
            ),
            samples.YEAR_END,
        ),
    ),
    invalid=(
        Case(
            Text("审查前发布", "published before review"),
            (
                samples.proactive_item(review=_reviewed(dt.date(2011, 5, 11))),
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
        Case(
            Text("没有审查人", "no reviewer"),
            (
                samples.proactive_item(review=attrs.evolve(_reviewed(dt.date(2011, 4, 18)), reviewer=" ")),
                samples.publication("other-1", _OWN),
                samples.publication("other-1", Carrier.PORTAL),
            ),
            samples.YEAR_END,
        ),
        Case(
            Text("所审不是发布的内容", "another text reviewed"),
            (
                samples.proactive_item(
                    review=attrs.evolve(_reviewed(dt.date(2011, 4, 18)), digest=samples.DIGEST[::-1])
                ),
                samples.publication("other-1", _OWN),
                samples.publication("other-1", Carrier.PORTAL),
            ),
            samples.YEAR_END,
        ),
        Case(
            Text("变更后未重新审查即更新", "updated without a new review"),
            (
                samples.proactive_item(changed_on=dt.date(2011, 8, 1)),
                samples.publication("other-1", _OWN, updated_on=dt.date(2011, 8, 2)),
                samples.publication("other-1", Carrier.PORTAL, updated_on=dt.date(2011, 8, 2)),
            ),
            samples.YEAR_END,
        ),
    ),
)
def reviewed_before_disclosure(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Same-day review and publication pass: the record has dates, not hours.

    Asked is whether what stands published was reviewed first. A copy withdrawn by then is history, but only once a
    review has found the item not classified: withdrawal alone calls nothing back. The past is not whitewashed: a check
    of a day on which the copy stood finds it. A record holds the latest review alone. One made after a change speaks
    for the changed text; for a copy that still shows the text before, nobody knows.
    """
    publications = dossier.related(Publication)
    if not publications:
        return NotApplicable("not_disclosed")
    record = dossier.record
    review = record.review
    if review is None or review.result is not ReviewResult.NOT_CLASSIFIED or review.reviewed_on is None:
        first = min(publications, key=_published_on)
        return Fail("unreviewed", published_on=first.published_on, publication=first.id)
    reviewed_on = review.reviewed_on
    if not filled(review.reviewer):
        first = min(publications, key=_published_on)
        return Fail("no_reviewer", published_on=first.published_on, publication=first.id, reviewed_on=reviewed_on)
    stale = bool(review.digest) and review.digest != dossier.derived(public_digest)
    cleared = ctx.known(reviewed_on)
    standing = False
    said: list[Verdict] = []
    for entry in publications:
        if cleared and ctx.known(entry.withdrawn_on):
            continue
        standing = True
        verdict = _review_of_copy(entry, record.changed_on, reviewed_on, stale and entry.digest != review.digest, ctx)
        if verdict is not None:
            said.append(verdict)
    return said or (None if standing else NotApplicable("withdrawn"))


def _review_of_copy(
    entry: Publication, changed_on: dt.date | None, reviewed_on: dt.date, stale: bool, ctx: Context
) -> Verdict | None:
    """Whether the text that the copy shows was reviewed before it came there.

    Of a copy published on the day of the change and updated since, the update counts. ``stale``: the review pins
    neither the present text nor that of the copy. One that shows the text before a change may still have been reviewed.
    """
    shown_on, updated_on = entry.published_on, entry.updated_on
    changed = changed_on is not None and changed_on <= shown_on
    if (
        changed_on is not None
        and updated_on is not None
        and shown_on <= changed_on <= updated_on
        and ctx.known(updated_on)
    ):
        changed, shown_on = True, updated_on
    if changed_on is not None and changed and reviewed_on < changed_on:
        return Fail(
            "change_unreviewed",
            changed_on=changed_on,
            published_on=shown_on,
            publication=entry.id,
            reviewed_on=reviewed_on,
        )
    if stale and (changed or changed_on is None):
        return Fail("other_text", published_on=shown_on, publication=entry.id, reviewed_on=reviewed_on)
    if reviewed_on <= shown_on:
        return None
    facts: dict[str, Any] = {"published_on": shown_on, "publication": entry.id, "reviewed_on": reviewed_on}
    if changed_on is not None and not changed and changed_on <= reviewed_on:
        # Print is never updated: once the changed text is reviewed, what was printed before is history.
        if entry.carrier in _PRINTED and ctx.known(reviewed_on):
            return None
        return Undecidable("earlier_review_unknown", changed_on=changed_on, **facts)
    return Fail("early", **facts)


RULES = (
    classified_not_disclosed,
    reviewed_before_disclosure,
    determination_complete,
    period_within_ceiling,
    extended_in_time,
)
"""The rules of this module."""
