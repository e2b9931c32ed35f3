"""Secrecy and disclosure attributes (clause 1.3)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import attrs

from govopen.model.base import Record, Term
from govopen.texts import Label

__all__ = [
    "AuthorityKind",
    "ClassifiedItem",
    "DisclosureAttribute",
    "PeriodExtension",
    "ReviewResult",
    "SecrecyLevel",
    "SecrecyReview",
    "SignOff",
    "SignOffResult",
    "SignOffStep",
]


class DisclosureAttribute(Label):
    """公开属性. The third is 免予公开 in the policy and in the law of 2007; from 2019 the law says 不予公开."""

    PROACTIVE = "proactive", "主动公开", "proactive disclosure"
    ON_REQUEST = "on_request", "依申请公开", "disclosure on request"
    EXEMPT = "exempt", "免予公开", "exempt from disclosure"


class SecrecyLevel(Label):
    """密级. The English names are unstable; the key is the Chinese one."""

    JUEMI = "juemi", "绝密", "top secret"
    JIMI = "jimi", "机密", "secret"
    MIMI = "mimi", "秘密", "confidential"


class AuthorityKind(Label):
    """Whence the power to classify: own authorisation, or from material already classified."""

    ORIGINAL = "original", "原始定密", "original"
    DERIVATIVE = "derivative", "派生定密", "derivative"


class ReviewResult(Label):
    """How a secrecy review of an item ended. An item found classified becomes a :class:`ClassifiedItem`."""

    NOT_CLASSIFIED = "not_classified", "不涉密", "not classified"
    UNSURE = "unsure", "不明确", "unclear, referred"


class SignOffStep(Label):
    """The three steps by which a disclosure attribute is settled, in their order."""

    DRAFTER = "drafter", "拟稿人拟办", "drafter proposes"
    SECTION_HEAD = "section_head", "科室领导审核", "section head reviews"
    PRINCIPAL = "principal", "主要负责人审定", "principal leader decides"


class SignOffResult(Label):
    """Whether a step of the sign-off passed the item on or sent it back to the drafter."""

    AGREED = "agreed", "同意", "agreed"
    RETURNED = "returned", "退回", "returned"


@attrs.frozen(kw_only=True)
class SecrecyReview:
    """保密审查 of one item.

    ``digest`` pins what was reviewed (:func:`govopen.model.published.public_digest`); a blank one pins nothing, as in
    records of other systems, and the review is then of the item as it stood on that day.
    """

    reviewed_on: Annotated[dt.date | None, Term("审查日期", "reviewed on")] = None
    reviewer: Annotated[str, Term("审查人", "reviewer", text=True)] = ""
    result: Annotated[ReviewResult | None, Term("审查结论", "result", example="not_classified")] = None
    digest: Annotated[str, Term("所审内容摘要", "digest of what was reviewed")] = ""


@attrs.frozen(kw_only=True)
class SignOff:
    """One step of the sign-off: who, when, and the attribute proposed, supported or decided.

    An exemption names its ground, by the keys of the matter ``ogi/refusal-grounds``. ``digest`` pins what was signed,
    as in :class:`SecrecyReview`. A step that returned the item has a reason, and counts for nothing else.
    """

    step: Annotated[SignOffStep, Term("环节", "step", example="drafter")]
    person: Annotated[str, Term("人员", "person", text=True)] = ""
    acting_for: Annotated[str, Term("代行职责对象", "acting for", text=True)] = ""
    on: Annotated[dt.date | None, Term("日期", "date")] = None
    attribute: Annotated[DisclosureAttribute | None, Term("公开属性", "attribute", example="proactive")] = None
    result: Annotated[SignOffResult, Term("审签结果", "result", example="agreed")] = SignOffResult.AGREED
    reason: Annotated[str, Term("退回理由", "reason for returning", text=True)] = ""
    ground: Annotated[str, Term("免予公开理由代码", "ground of exemption", example="trade_secret")] = ""
    digest: Annotated[str, Term("所签内容摘要", "digest of what was signed")] = ""


@attrs.frozen(kw_only=True)
class PeriodExtension:
    """延长保密期限, decided before the period ran out."""

    decided_on: Annotated[dt.date, Term("决定日期", "decided on")]
    previous_until: Annotated[dt.date, Term("原保密期限截止", "last day before")]
    until: Annotated[dt.date, Term("新保密期限截止", "new last day")]
    basis: Annotated[str, Term("依据", "basis", example="secrets-2010:19")] = ""
    authorisation: Annotated[str, Term("授权编号", "authorisation")] = ""


@attrs.frozen(kw_only=True)
class ClassifiedItem(Record):
    """A classified item as an unclassified system may know it: no title, no body, no file.

    The period ends on ``classified_until`` (last day), or when ``declassify_condition`` is met; ``declassified_on``
    records an earlier release (first open day). Neither end nor condition: still classified.
    """

    unit: Annotated[str, Term("单位", "unit")]
    level: Annotated[SecrecyLevel, Term("密级", "level", example="mimi")]
    determined_on: Annotated[dt.date, Term("定密日期", "determined on")]
    classified_until: Annotated[dt.date | None, Term("保密期限截止", "last day of the secrecy period")] = None
    declassify_condition: Annotated[bool, Term("以条件解密", "ends on a condition", example="false")] = False
    declassified_on: Annotated[dt.date | None, Term("解密日期", "declassified on")] = None
    basis: Annotated[str, Term("定密依据", "basis", example="secrets-2010:15")] = ""
    authority: Annotated[AuthorityKind | None, Term("定密权来源", "authority", example="derivative")] = None
    authorisation: Annotated[str, Term("授权或派生来源编号", "authorisation or source")] = ""
    provided_otherwise: Annotated[str, Term("超过上限的另行规定", "provision for a longer period")] = ""
    extensions: Annotated[tuple[PeriodExtension, ...], Term("延长保密期限", "extensions")] = ()

    def classified_on(self, day: dt.date) -> bool:
        """Whether it is within its secrecy period on ``day``.

        State Secrets Law 2010 articles 15 and 19, 2024 articles 20 and 24.
        """
        if day < self.determined_on:
            return False
        if self.declassified_on is not None and day >= self.declassified_on:
            return False
        return self.classified_until is None or day <= self.classified_until
