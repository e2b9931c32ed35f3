"""The statutory period for proactive disclosure, which several clauses wait for."""

from __future__ import annotations

import datetime as dt

from govopen.errors import NotComputable
from govopen.model.catalog import InformationItem
from govopen.model.classification import ReviewResult
from govopen.model.website import Publication
from govopen.rules.context import Context, Dossier
from govopen.rules.results import NotApplicable, Undecidable
from govopen.texts import Text

__all__ = ["PROACTIVE_TIME", "UNSETTLED", "proactive_due", "unsettled"]

PROACTIVE_TIME = "ogi/proactive-time"
"""The matter of the time within which information is disclosed."""

UNSETTLED = {
    "undated_item": Text(
        "没有生成日期，也没有发布记录，无法计算法定主动公开期限，尚不能确定是否仍在办理之中；请补录生成日期。",
        "It has neither a date of creation nor a publication, so nobody knows whether its statutory period still runs. "
        "Record the date of creation.",
    ),
    "in_process": Text(
        "尚未公开，法定主动公开期限至{until}，仍在办理之中。",
        "Not published, and the statutory period for proactive disclosure runs until {until}: still in process.",
    ),
    "unsure": Text(
        "保密审查结论为不明确，尚不能确定是否涉密；得出结论后请更新审查记录。",
        "The secrecy review ended unclear, so nobody knows whether the item is classified. "
        "Record the result once there is one.",
    ),
}
"""What :func:`unsettled` can say. A rule that calls it has these among its messages."""


def proactive_due(day: dt.date, ctx: Context) -> dt.date | None:
    """The last day to disclose proactively what was created or changed on ``day``; ``None``: no law set one then.

    OGI Regulations 2007 article 18, 2019 article 26.

    Raises:
        NotComputable: The calendar does not reach that far.
    """
    try:
        provision = ctx.matter(PROACTIVE_TIME, on=day)
    except NotComputable:
        return None
    return ctx.due(day, provision.integer("days"))


def unsettled(dossier: Dossier[InformationItem], ctx: Context) -> NotApplicable | Undecidable | None:
    """Why nothing can be asked yet of how the item's attribute was settled; ``None``: it has to be settled by now.

    Publication ends the time for it. The rule must read the item's publications.

    Raises:
        NotComputable: The calendar does not reach the end of the period.
    """
    record = dossier.record
    if dossier.related(Publication):
        return None
    if record.created_on is not None:
        due = proactive_due(record.created_on, ctx)
        if due is not None and not ctx.past(due):
            return NotApplicable("in_process", until=due)
    if record.review is not None and record.review.result is ReviewResult.UNSURE:
        return Undecidable("unsure")
    return Undecidable("undated_item") if record.created_on is None else None
