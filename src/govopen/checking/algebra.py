"""The algebra of outcomes: how what rules say of subjects becomes the status of an obligation.

An obligation is a conjunction over all its rules and all their subjects; the worst decides. ``tests/checking/
test_algebra.py`` holds the truth tables.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from govopen.policy.instrument import Force
from govopen.rules.results import Outcome
from govopen.texts import Label

__all__ = ["Extent", "Reason", "Standing", "Status", "Tally", "Verdict", "conclude", "worst"]


class Status(Label):
    """The status of an obligation for a unit on a day.

    The order of the members is that of a report: what several obligations come to is the first that occurs, so that
    what was not checked never hides behind what is satisfied.
    """

    VIOLATED = "violated", "违反", "violated"
    ERROR = "error", "程序出错", "error"
    UNDECIDABLE = "undecidable", "无法判定", "undecidable"
    STALE = "stale", "凭证过期", "stale evidence"
    AWAITING_EVIDENCE = "awaiting_evidence", "待凭证", "awaiting evidence"
    AWAITING_JUDGEMENT = "awaiting_judgement", "待判定", "awaiting judgement"
    NOTHING_RECORDED = "nothing_recorded", "无记录", "nothing recorded"
    NOT_SHOWN = "not_shown", "未见成效", "not shown"
    NOT_YET_DUE = "not_yet_due", "未到期", "not yet due"
    MET_LATE = "met_late", "逾期完成", "met late"
    WAIVED = "waived", "已豁免", "waived"
    NOT_CHECKED = "not_checked", "未核查", "not checked"
    SATISFIED = "satisfied", "符合", "satisfied"
    OVERTAKEN = "overtaken", "已被后法取代", "overtaken"
    NOT_APPLICABLE = "not_applicable", "不适用", "not applicable"


class Reason(Label):
    """Why a status is what it is, where the outcomes alone do not say."""

    NONE = "", "", ""
    NOT_IN_FORCE = "not_in_force", "文件尚未施行或者已经失效", "the instrument is not in force"
    PLAN_ENDED = (
        "plan_ended",
        "工作区声明计划期满后不再继续",
        "the workspace says the plan's duties ended with its time",
    )
    CONTINUATION_UNSTATED = (
        "continuation_unstated",
        "计划期已满，工作区未说明常设义务是否继续",
        "the plan's time is over and the workspace does not say whether its standing duties go on",
    )
    JURISDICTION_UNSTATED = (
        "jurisdiction_unstated",
        "该单位的行政区划不够具体，无法判断文件是否适用",
        "the unit's jurisdiction is too wide to say whether the instrument applies to it",
    )
    NO_UNIT = "no_unit", "该单位当日不存在", "the unit does not exist on that day"
    NOT_BOUND = "not_bound", "该单位不是义务主体", "the unit is not bound"
    NO_SUCH_DUTY = "no_such_duty", "该单位没有此项职责", "the unit has no such duty"
    NOT_NOW = "not_now", "各条目当前均不适用", "no subject is concerned now"
    UNABLE = "unable", "经认定不具备条件", "recorded as unable"
    UNMAPPED = "unmapped", "尚无规则、凭证或者判定与之对应", "no rule, evidence or judgement answers it"
    FILTERED = "filtered", "本次核查未选中", "left out by the selection"
    UNDATED = "undated", "未记录完成日期，无法判断是否按期", "when it was done is not recorded"
    NIL_RETURN = "nil_return", "已零报告", "nil return"


class Extent(Label):
    """How much of what answers an obligation was run."""

    ALL = "all", "全部", "all"
    PART = "part", "部分", "part"
    NONE = "none", "未选", "none"
    UNMAPPED = "unmapped", "无对应", "unmapped"


@attrs.frozen
class Standing:
    """Whether an obligation has to be met at all by a unit on a day.

    ``status`` is ``None`` when it has; otherwise the status it has without looking at any record.
    """

    status: Status | None = None
    reason: Reason = Reason.NONE


@attrs.frozen(kw_only=True)
class Tally:
    """What all rules said of all subjects.

    Attributes:
        counts: Subjects by outcome.
        done_on: The latest date on which a pass says it was done; ``None``: no pass says.
        no_such_duty: Every rule without a subject found that the unit has no such duty.
        nil: How many of the passes are nil returns standing in for records.
        unrecorded: A rule that the obligation cannot do without had no record to look at. What other rules pass does
            not make up for it.
    """

    counts: Mapping[Outcome, int]
    done_on: dt.date | None = None
    no_such_duty: bool = False
    nil: int = 0
    unrecorded: bool = False


@attrs.frozen
class Verdict:
    """A status and why."""

    status: Status
    reason: Reason = Reason.NONE


_RANK = (
    Outcome.FAIL,
    Outcome.ERROR,
    Outcome.UNDECIDABLE,
    Outcome.STALE,
    Outcome.AWAITING_EVIDENCE,
    Outcome.AWAITING_JUDGEMENT,
    Outcome.WAIVED,
    Outcome.PASS,
)

_AS_IS = {
    Outcome.ERROR: Status.ERROR,
    Outcome.UNDECIDABLE: Status.UNDECIDABLE,
    Outcome.STALE: Status.STALE,
    Outcome.AWAITING_EVIDENCE: Status.AWAITING_EVIDENCE,
    Outcome.AWAITING_JUDGEMENT: Status.AWAITING_JUDGEMENT,
}


_UNMET = frozenset({None, Outcome.FAIL, Outcome.STALE, Outcome.AWAITING_EVIDENCE, Outcome.AWAITING_JUDGEMENT})
"""What a recorded inability excuses. That the program failed or that a fact is missing it does not."""

_PROVEN_BY_A_PART = frozenset({Outcome.ERROR, Outcome.UNDECIDABLE, Outcome.STALE})
"""What the rules left out could only make worse."""

_GOOD = frozenset({Outcome.PASS, Outcome.WAIVED})


def worst(counts: Mapping[Outcome, int]) -> Outcome | None:
    """The worst outcome that occurs. Subjects that a rule does not concern drop out; ``None`` if all do."""
    return next((outcome for outcome in _RANK if counts.get(outcome)), None)


def conclude(  # noqa: PLR0911 - the order of the returns is the order of precedence
    *,
    force: Force,
    due: dt.date | None,
    as_of: dt.date,
    standing: Standing,
    extent: Extent,
    tally: Tally,
    able: bool | None = None,
) -> Verdict:
    """The status of one obligation for one unit.

    Args:
        force: How strongly it binds: of ``promote`` and ``if_able`` a failure is *not shown*, never *violated*.
        due: The date by which it has to be met, if the instrument states one; the day itself still counts.
        as_of: The legal day.
        standing: Whether it has to be met at all.
        extent: How much of what answers it was run. A part that passes proves nothing; one that fails or cannot be
            decided does: the rest could only make it worse.
        tally: What came of it.
        able: Of ``if_able``: what the record of ability says; ``None``: there is none.
    """
    if standing.status is not None:
        return Verdict(standing.status, standing.reason)
    if extent is Extent.UNMAPPED:
        return Verdict(Status.NOT_CHECKED, Reason.UNMAPPED)
    if extent is Extent.NONE:
        return Verdict(Status.NOT_CHECKED, Reason.FILTERED)
    outcome = worst(tally.counts)
    if force is Force.IF_ABLE and able is False and outcome in _UNMET:
        return Verdict(Status.NOT_APPLICABLE, Reason.UNABLE)
    if outcome is Outcome.FAIL:
        return Verdict(_failed(force, due, as_of))
    if extent is Extent.PART and outcome not in _PROVEN_BY_A_PART:
        return Verdict(Status.NOT_CHECKED, Reason.FILTERED)
    if outcome is None or (tally.unrecorded and outcome in _GOOD):
        return _without_subject(tally, due, as_of)
    if outcome in _AS_IS:
        return Verdict(_AS_IS[outcome])
    if outcome is Outcome.WAIVED:
        return Verdict(Status.WAIVED)
    return _passed(tally, due, as_of)


def _failed(force: Force, due: dt.date | None, as_of: dt.date) -> Status:
    if due is not None and as_of <= due:
        return Status.NOT_YET_DUE
    return Status.VIOLATED if force.strict else Status.NOT_SHOWN


def _without_subject(tally: Tally, due: dt.date | None, as_of: dt.date) -> Verdict:
    if tally.counts.get(Outcome.NOTHING):
        return Verdict(Status.NOT_YET_DUE if due is not None and as_of <= due else Status.NOTHING_RECORDED)
    reason = Reason.NO_SUCH_DUTY if tally.no_such_duty else Reason.NOT_NOW
    return Verdict(Status.NOT_APPLICABLE, reason)


def _passed(tally: Tally, due: dt.date | None, as_of: dt.date) -> Verdict:
    only_nil = tally.nil == tally.counts[Outcome.PASS]
    if due is not None and as_of > due:
        if tally.done_on is None:
            # Done at some time is not done by the date.
            return Verdict(Status.UNDECIDABLE, Reason.UNDATED)
        if tally.done_on > due:
            return Verdict(Status.MET_LATE)
    return Verdict(Status.SATISFIED, Reason.NIL_RETURN if only_nil else Reason.NONE)
