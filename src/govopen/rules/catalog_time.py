"""The rule on producing information in time (clause 1.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from govopen.errors import NotComputable
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute, ReviewResult, SecrecyReview
from govopen.model.website import Carrier, Publication
from govopen.rules import samples
from govopen.rules.base import Case, Reads, Severity, rule
from govopen.rules.context import Context, Dossier
from govopen.rules.proactive_time import PROACTIVE_TIME
from govopen.rules.results import Fail, NotApplicable, Outcome, Passed, Result, Undecidable, Verdict
from govopen.texts import Text

__all__ = ["produced_in_time"]


def _first(publications: Sequence[Publication]) -> dt.date | None:
    first: dt.date | None = None
    for entry in publications:
        if first is None or entry.published_on < first:
            first = entry.published_on
    return first


def _dates(publications: Sequence[Publication], changed: dt.date, ctx: Context) -> Iterator[dt.date]:
    """When what stands published took the change of the day ``changed`` in.

    A copy that was withdrawn shows the change to nobody, while others stand with the old text. Only where none stands
    any more, those withdrawn tell whether it had come in time.
    """
    standing = [entry for entry in publications if not ctx.known(entry.withdrawn_on)]
    for entry in standing or publications:
        if entry.published_on >= changed:
            yield entry.published_on
        elif entry.updated_on is not None and entry.updated_on >= changed and ctx.known(entry.updated_on):
            yield entry.updated_on


def _measure(start: dt.date, done: dt.date | None, prefix: str, ctx: Context) -> Verdict | None:
    """Whether what began on ``start`` was public in time; ``done``: when it first was."""
    try:
        days = ctx.matter(PROACTIVE_TIME, on=start).integer("days")
    except NotComputable:
        return NotApplicable("before_law", start=start)
    if done is None:
        due = ctx.due(start, days)
        if ctx.past(due):
            return Fail(f"{prefix}unpublished", start=start, due=due)
        return NotApplicable("not_yet_due", due=due)
    if done < start:
        return Undecidable("published_before", start=start, published_on=done)
    # Counted, not compared with the due date: that may lie in a year whose calendar is not known yet.
    taken = ctx.calendar.working_days_between(start, done)
    if taken > days:
        return Fail(f"{prefix}late", start=start, published_on=done, working_days=taken, due=ctx.due(start, days))
    return _passed(start, taken, days, prefix, ctx) if ctx.detailed else None


def _passed(start: dt.date, taken: int, days: int, prefix: str, ctx: Context) -> Passed:
    facts: dict[str, Any] = {"working_days": taken, "allowed": days}
    with suppress(NotComputable):
        facts["due"] = ctx.due(start, days)
    return Passed(f"{prefix}in_time", **facts)


def _published(on: dt.date, **changes: Any) -> tuple[Publication, ...]:
    return tuple(
        samples.publication("other-1", carrier, published_on=on, **changes)
        for carrier in (Carrier.OWN_SITE, Carrier.PORTAL)
    )


_CHANGED = samples.proactive_item(
    changed_on=dt.date(2011, 8, 1),
    review=SecrecyReview(reviewed_on=dt.date(2011, 8, 2), reviewer="丁", result=ReviewResult.NOT_CLASSIFIED),
)


@rule(
    code="CAT006",
    name="produced-in-time",
    title=Text("主动公开的信息按期整理、公布", "What is disclosed proactively is produced and published in time"),
    subject=InformationItem,
    reads=(Reads(Publication, by="item"),),
    answers=("panyu-2011:1.2/o6",),
    basis=("panyu-2011:1.2", "ogi-2007:18", "ogi-2019:26"),
    matters=(PROACTIVE_TIME,),
    severity=Severity.SERIOUS,
    rationale=Text(
        "信息会过时。政策只说“及时”，按主动公开的法定期限（形成或者变更之日起20个工作日）衡量。",
        "Information ages. The policy says promptly and gives no number; measured by the statutory period for "
        "proactive disclosure, 20 working days from creation or change.",
    ),
    remedy=Text(
        "立即公布或者更新；已经逾期的，查明卡在哪个环节。",
        "Publish or update at once; where it is late, find out which step held it up.",
    ),
    messages={
        "late": Text(
            "{start}生成，{published_on}首次公布，用了{working_days}个工作日；期限至{due}。",
            "Created on {start}, first published on {published_on}, after {working_days} working days; due by {due}.",
        ),
        "unpublished": Text(
            "{start}生成，至今没有公布；期限至{due}。", "Created on {start} and not published; due by {due}."
        ),
        "change_late": Text(
            "{start}变更，{published_on}才更新，用了{working_days}个工作日；期限至{due}。",
            "Changed on {start}, updated on {published_on}, after {working_days} working days; due by {due}.",
        ),
        "change_unpublished": Text(
            "{start}变更，变更后的内容至今没有公布；期限至{due}。",
            "Changed on {start}, and not published as changed; due by {due}.",
        ),
        "in_time": Text(
            "生成后{working_days}个工作日公布，在{allowed}个工作日的期限之内。",
            "Published {working_days} working days after creation; {allowed} are allowed.",
        ),
        "change_in_time": Text(
            "变更后{working_days}个工作日更新，在{allowed}个工作日的期限之内。",
            "Updated {working_days} working days after the change; {allowed} are allowed.",
        ),
        "not_yet_due": Text("尚未公布或者更新，期限至{due}。", "Not published or updated so far; due by {due}."),
        "not_proactive": Text("不属于主动公开的信息。", "Not disclosed proactively."),
        "before_law": Text("{start}时法律没有规定主动公开的期限。", "On {start} no law set a time to disclose."),
        "published_before": Text(
            "{published_on}首次公布，早于生成日期{start}，无法计算期限；请核对两个日期。",
            "First published on {published_on}, before its date of creation, {start}, so no time can be counted. "
            "Check both dates.",
        ),
        "undated": Text(
            "没有生成日期，无法计算期限。请补填生成日期。", "Without a date of creation no time runs. Enter that date."
        ),
    },
    valid=(
        Case(
            Text("最后一日公布", "published on the last day"),
            (samples.proactive_item(), *_published(dt.date(2011, 5, 16))),
            samples.YEAR_END,
        ),
        Case(
            Text("变更后按期更新", "updated in time after a change"),
            (
                _CHANGED,
                *_published(dt.date(2011, 5, 10), updated_on=dt.date(2011, 8, 29)),
            ),
            samples.YEAR_END,
        ),
    ),
    invalid=(
        Case(
            Text("迟一日公布", "published a day late"),
            (samples.proactive_item(), *_published(dt.date(2011, 5, 17))),
            samples.YEAR_END,
        ),
        Case(
            Text("变更后逾期更新", "updated late after a change"),
            (
                _CHANGED,
                *_published(dt.date(2011, 5, 10), updated_on=dt.date(2011, 8, 30)),
            ),
            samples.YEAR_END,
        ),
    ),
)
def produced_in_time(dossier: Dossier[InformationItem], ctx: Context) -> Result:
    """Two clocks: from creation to the first publication anywhere, and from the latest change to its publication.

    The first publication counts even if it was withdrawn again: it did disclose. For a change see ``_dates``.
    """
    item = dossier.record
    if DisclosureAttribute.PROACTIVE not in item.attributes:
        return NotApplicable("not_proactive")
    if item.created_on is None:
        return Undecidable("undated")
    publications = dossier.related(Publication)
    first = _first(publications)
    created = _measure(item.created_on, first, "", ctx)
    changed_on = item.changed_on
    if changed_on is None or changed_on <= item.created_on or not ctx.known(changed_on):
        return created
    if first is None and created is not None and created.message != "before_law":
        return created
    changed = _measure(changed_on, min(_dates(publications, changed_on, ctx), default=None), "change_", ctx)
    said = [verdict for verdict in (created, changed) if verdict is not None]
    failed = [verdict for verdict in said if verdict.outcome is Outcome.FAIL]
    unclear = [verdict for verdict in said if verdict.outcome is Outcome.UNDECIDABLE]
    waiting = [verdict for verdict in said if verdict.message == "not_yet_due"]
    # Where law began between creation and change, the change alone counts.
    return failed or unclear or waiting or [verdict for verdict in said if verdict.outcome is Outcome.PASS] or changed
