"""When something is due, and how the day was found.

A deadline is a day or the reason why there is none: a date that the calendar does not cover, or that waits for
somebody, is "not computable", and no guess stands in for it.
"""

from __future__ import annotations

import datetime as dt

import attrs

from govopen.policy.citation import Citation
from govopen.texts import Label
from govopen.workflow.day_count import Stretch, counted_in

__all__ = ["Deadline", "DeadlineKind", "Explanation", "Undated"]


class DeadlineKind(Label):
    """What is due."""

    CONFIRMATION = "confirmation", "确认收到申请", "confirm the receipt with the applicant"
    CORRECTION_NOTICE = "correction_notice", "告知补正", "tell the applicant what to correct"
    CORRECTED_REQUEST = "corrected_request", "申请人补正", "the applicant's corrected request"
    THIRD_PARTY = "third_party", "第三方答复意见", "answer of a third party"
    JOINT_MAKER = "joint_maker", "共同制作机关答复意见", "answer of a joint maker"
    OTHER_ORGAN = "other_organ", "其他机关答复意见", "answer of another organ"
    FEE = "fee", "申请人缴费", "the applicant's payment"
    EXTENSION_NOTICE = "extension_notice", "告知延长期限", "tell the applicant of the extension"
    REPLY = "reply", "答复申请", "reply to the request"
    DISCLOSURE = "disclosure", "主动公开", "proactive disclosure"
    SECRECY = "secrecy", "保密期限届满", "end of the secrecy period"


class Undated(Label):
    """Why there is no day."""

    BEYOND_CALENDAR = "beyond_calendar", "超出日历所知范围，无法计算", "beyond what the calendar knows: not computable"
    UNRECORDED = "unrecorded", "起算日期没有登记", "the day from which it counts is not on record"
    NO_LAW = "no_law", "当时没有这方面的规定", "no law of the day speaks of it"
    NO_TIME = "no_time", "法律没有规定期限", "the law sets no time"
    UNCONFIRMED = "unconfirmed", "收到申请之日尚未确定", "the date of receipt is not settled yet"
    AWAITING_CORRECTION = "awaiting_correction", "等待申请人补正", "it waits for the corrected request"
    AWAITING_PAYMENT = "awaiting_payment", "等待申请人缴费", "it waits for the payment"
    SUSPENDED = "suspended", "正在征求意见，期限暂停", "opinions are being asked, and the time stands still"


@attrs.frozen(kw_only=True)
class Deadline:
    """What is due when.

    Attributes:
        kind: What is due.
        type: Name of the record type: ``request``.
        id: Of the record.
        unit: The unit obliged.
        part: Which of several of one kind, counted from 1: the second third party. 0: there can be only one.
        due: The last day; ``None``: ``undated`` says why there is none.
        undated: Why there is no day.
        latest: By another way to count, between which the law does not decide, it ends only on this day.
        citations: The law that sets the time.
        verified: Whether somebody has read all the law it rests on in a copy of the text.
        calendar: Version of the calendar it was computed with: a late notice can move it.
    """

    kind: DeadlineKind
    type: str
    id: str
    unit: str
    part: int = 0
    due: dt.date | None = None
    undated: Undated | None = None
    latest: dt.date | None = None
    citations: tuple[Citation, ...] = ()
    verified: bool = True
    calendar: str = ""

    @property
    def key(self) -> str:
        """What names the deadline for ever: ``request:r-1:third_party:2``."""
        return f"{self.type}:{self.id}:{self.kind.value}" + (f":{self.part}" if self.part else "")


@attrs.frozen(kw_only=True)
class Explanation:
    """How a deadline was found.

    Attributes:
        deadline: The answer.
        start: Day 0, from which it was counted; ``None``: the time does not run yet.
        days: How many working days the law gives, extension included; 0 where the time is not one of working days.
        stretches: Every day from the first that matters to the last, in stretches.
        unverified: Matters used whose text nobody has verified.
    """

    deadline: Deadline
    start: dt.date | None = None
    days: int = 0
    stretches: tuple[Stretch, ...] = ()
    unverified: tuple[str, ...] = ()

    @property
    def counted(self) -> int:
        """How many working days the stretches count."""
        return counted_in(self.stretches)
