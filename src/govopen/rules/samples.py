"""Exemplary records that break no rule: what the cases of rules start from, changing one field.

Every sample lies within 2011, the year of the first instrument; :data:`YEAR_END` is the day to look at them.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs

from govopen.model.assurance import Evidence, Judgement, Probe, ProbeKind, Verdict
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import (
    AuthorityKind,
    ClassifiedItem,
    DisclosureAttribute,
    ReviewResult,
    SecrecyLevel,
    SecrecyReview,
    SignOff,
    SignOffStep,
)
from govopen.model.contents import (
    ApprovalItem,
    ApprovalKind,
    ComplaintChannel,
    ComplaintKind,
    Contacts,
    DocumentEntry,
    DocumentRelation,
    Emergency,
    EnforcementPower,
    FeeItem,
    Institution,
    Leader,
    MajorDecision,
    MajorProject,
    OnlineService,
    Outcome,
    PowerKind,
)
from govopen.model.organisation import Organisation
from govopen.model.requests import Applicant, ChannelKind, Reply, ReplyOutcome, Request, RequestChannel, RequestKind
from govopen.model.units import DatedDuty, DatedRole, Duty, Unit, UnitKind
from govopen.model.website import Carrier, Column, Publication, Site, SiteKind

__all__ = [
    "DIGEST",
    "ENFORCER",
    "UNIT",
    "YEAR_END",
    "classified_item",
    "column",
    "evidence",
    "item",
    "judgement",
    "organisation",
    "outcome",
    "proactive_item",
    "probe",
    "publication",
    "request",
    "request_channel",
    "request_channels",
    "sign_offs",
    "site",
    "unit",
]

YEAR_END = dt.date(2011, 12, 31)
"""The day to look at the samples: 2011-12-31."""
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
"""A SHA-256 that samples bear."""

UNIT = Unit(
    id="bureau",
    name="示例局",
    kind=UnitKind.DEPARTMENT,
    jurisdiction="CN-440113",
    since=dt.date(2001, 1, 1),
)
"""An exemplary department. Nobody has stated its duties."""

ENFORCER = attrs.evolve(UNIT, roles=(DatedRole(role="enforcement_body"),))
"""The same, as a body that enforces."""


def unit(*duties: Duty, kind: UnitKind = UnitKind.DEPARTMENT, **changes: Any) -> Unit:
    """The exemplary unit with just these duties; it exists since 2001-01-01."""
    return attrs.evolve(UNIT, kind=kind, duties=tuple(DatedDuty(duty=duty) for duty in duties), **changes)


def outcome() -> Outcome:
    """Results of the first half of 2011 (2011-01-01 to 2011-06-30): nothing was handled."""
    return Outcome(covers_from=dt.date(2011, 1, 1), covers_until=dt.date(2011, 6, 30), handled=0)


def sign_offs(attribute: DisclosureAttribute) -> tuple[SignOff, ...]:
    """The three steps in their order, by three persons, on 2011-04-18, 2011-04-19 and 2011-04-20."""
    return tuple(
        SignOff(step=step, person=person, on=dt.date(2011, 4, day), attribute=attribute)
        for step, person, day in (
            (SignOffStep.DRAFTER, "甲", 18),
            (SignOffStep.SECTION_HEAD, "乙", 19),
            (SignOffStep.PRINCIPAL, "丙", 20),
        )
    )


_CONTENTS: dict[Category, dict[str, Any]] = {
    Category.INSTITUTION: {
        "institution": Institution(
            functions="负责本区示例事务",
            leaders=(Leader(name="甲", post="局长", in_charge_of="主持全面工作"),),
            divisions=("办公室", "业务科"),
            contacts=Contacts(address="示例路1号", phone="020-00000000", office_hours="工作日9:00-17:00"),
        )
    },
    Category.DOCUMENT: {
        "document": DocumentEntry(
            relation=DocumentRelation.ISSUED,
            name="示例办法",
            document_number="示办〔2011〕1号",
            issued_by="示例局",
            issued_on=dt.date(2011, 4, 15),
        )
    },
    Category.APPROVAL: {
        "approval": ApprovalItem(
            kind=ApprovalKind.LICENCE,
            name="示例许可",
            workflow=("受理", "审查", "决定"),
            materials=("申请表",),
            outcomes=(outcome(),),
        )
    },
    Category.ENFORCEMENT: {
        "enforcement": EnforcementPower(
            name="示例处罚",
            workflow=("立案", "调查", "决定"),
            outcomes=(outcome(),),
            kind=PowerKind.PENALTY,
            basis=("示例条例第十条",),
            responsible="执法科",
            limits="本区内的违法行为，罚款二千元以上二万元以下",
            discretionary=False,
            reviewed_on=dt.date(2011, 4, 1),
        )
    },
    Category.COMPLAINT: {
        "complaint": ComplaintChannel(takes=tuple(ComplaintKind), address="020-00000001", outcomes=(outcome(),))
    },
    Category.ONLINE: {
        "online": OnlineService(
            name="网上预约", url="https://example.gov.cn/s", workflow=("预约", "办理"), outcomes=(outcome(),)
        )
    },
    Category.EMERGENCY: {
        "emergency": Emergency(occurred_on=dt.date(2011, 4, 2), response="启动预案", disposal="当日恢复")
    },
    Category.DECISION: {
        "decision": MajorDecision(decided_on=dt.date(2011, 4, 10), process=("征求意见", "集体讨论"), content="示例决策")
    },
    Category.PROJECT: {
        "project": MajorProject(
            approval_number="示发改〔2011〕1号",
            approved_on=dt.date(2011, 3, 1),
            status="在建",
            status_on=dt.date(2011, 4, 15),
        )
    },
    Category.FEE: {"fee": FeeItem(name="示例费", basis="示价〔2010〕1号", rate_yuan=Decimal("10.00"))},
    Category.OTHER: {},
}


def item(category: Category = Category.OTHER, **changes: Any) -> InformationItem:
    """An item disclosed on request: reviewed, signed off, and with no publication to wait for.

    Created on 2011-04-15, reviewed for secrecy on 2011-04-18 (not classified), signed off as by
    :func:`sign_offs`. Its identifier is ``CATEGORY-1``. The contents of its category have dates of their own: the
    document is of 2011-04-15, the emergency of 2011-04-02, the decision of 2011-04-10; the project was approved on
    2011-03-01 and its status is of 2011-04-15; the enforcement power was gone through on 2011-04-01.
    """
    whole: dict[str, Any] = {
        "id": f"{category}-1",
        "unit": UNIT.id,
        "category": category,
        "index_number": "006939748/2011-00001",
        "title": "示例信息",
        "summary": "示例概述",
        "issuer": "示例局",
        "created_on": dt.date(2011, 4, 15),
        "digest": DIGEST,
        "attributes": (DisclosureAttribute.ON_REQUEST,),
        "review": SecrecyReview(reviewed_on=dt.date(2011, 4, 18), reviewer="丁", result=ReviewResult.NOT_CLASSIFIED),
        "sign_offs": sign_offs(DisclosureAttribute.ON_REQUEST),
        **_CONTENTS[category],
    }
    return InformationItem(**(whole | changes))


def proactive_item(category: Category = Category.OTHER, **changes: Any) -> InformationItem:
    """An item disclosed proactively: dates as of :func:`item`.

    It needs a :func:`publication` on the own site and one on the portal.
    """
    attribute = DisclosureAttribute.PROACTIVE
    return item(category, **({"attributes": (attribute,), "sign_offs": sign_offs(attribute)} | changes))


def publication(of: str, carrier: Carrier, **changes: Any) -> Publication:
    """A publication in time of the item with identifier ``of``: on 2011-05-10, with the digest of the item."""
    whole: dict[str, Any] = {
        "id": f"{of}.{carrier}",
        "unit": UNIT.id,
        "item": of,
        "carrier": carrier,
        "published_on": dt.date(2011, 5, 10),
        "digest": DIGEST,
    }
    return Publication(**(whole | changes))


def classified_item(**changes: Any) -> ClassifiedItem:
    """A classified item with period, basis and authority: determined on 2011-03-01, classified until 2021-02-28."""
    whole: dict[str, Any] = {
        "id": "c-1",
        "unit": UNIT.id,
        "level": SecrecyLevel.MIMI,
        "determined_on": dt.date(2011, 3, 1),
        "classified_until": dt.date(2021, 2, 28),
        "basis": "secrets-2010:15",
        "authority": AuthorityKind.DERIVATIVE,
        "authorisation": "SC-2011-003",
    }
    return ClassifiedItem(**(whole | changes))


def site(kind: SiteKind = SiteKind.OWN, **changes: Any) -> Site:
    """A site that is open, since 2008-05-01."""
    whole: dict[str, Any] = {
        "id": f"site-{kind}",
        "unit": UNIT.id,
        "kind": kind,
        "url": "https://example.gov.cn",
        "since": dt.date(2008, 5, 1),
    }
    return Site(**(whole | changes))


def column(**changes: Any) -> Column:
    """A column of the portal that the unit fills, since 2008-05-01; it needs an entry within every twelve months."""
    whole: dict[str, Any] = {
        "id": "column-1",
        "unit": UNIT.id,
        "site": "site-portal",
        "name": "工作动态",
        "update_within": "12m",
        "since": dt.date(2008, 5, 1),
    }
    return Column(**(whole | changes))


def request_channel(kind: ChannelKind, **changes: Any) -> RequestChannel:
    """A way to make requests, open and published since 2008-05-01."""
    whole: dict[str, Any] = {
        "id": f"channel-{kind}",
        "unit": UNIT.id,
        "kind": kind,
        "address": "示例路1号",
        "office_hours": "工作日9:00-17:00",
        "published_on": dt.date(2008, 5, 1),
        "since": dt.date(2008, 5, 1),
    }
    return RequestChannel(**(whole | changes))


def request(**changes: Any) -> Request:
    """A request for documents by website: received on 2011-04-15, granted on the fifth working day, 2011-04-22."""
    whole: dict[str, Any] = {
        "id": "request-1",
        "unit": UNIT.id,
        "received_on": dt.date(2011, 4, 15),
        "channel": ChannelKind.WEBSITE,
        "kind": RequestKind.INFORMATION,
        "applicant": Applicant(name="申请人", identity_proof="证件", contact="地址"),
        "description": "所需信息",
        "reply": Reply(on=dt.date(2011, 4, 22), outcome=ReplyOutcome.GRANTED),
    }
    return Request(**(whole | changes))


def evidence(obligation: str, **changes: Any) -> Evidence:
    """Evidence of the obligation for all of 2011: a document of 2011-05-03, accepted on 2011-05-06."""
    whole: dict[str, Any] = {
        "id": f"evidence-{obligation.rpartition('/')[2]}",
        "unit": UNIT.id,
        "obligation": obligation,
        "covers_from": dt.date(2011, 1, 1),
        "covers_until": YEAR_END,
        "digest": DIGEST,
        "document_number": "示办〔2011〕2号",
        "dated": dt.date(2011, 5, 3),
        "accepted_by": "戊",
        "accepted_on": dt.date(2011, 5, 6),
    }
    return Evidence(**(whole | changes))


def judgement(obligation: str, **changes: Any) -> Judgement:
    """An officer's judgement of 2011-12-20 that the obligation is met, for all of 2011."""
    whole: dict[str, Any] = {
        "id": f"judgement-{obligation.rpartition('/')[2]}",
        "unit": UNIT.id,
        "obligation": obligation,
        "verdict": Verdict.MET,
        "officer": "戊",
        "reason": "查阅工作记录",
        "judged_on": dt.date(2011, 12, 20),
        "covers_from": dt.date(2011, 1, 1),
        "covers_until": YEAR_END,
    }
    return Judgement(**(whole | changes))


def probe(of: str, **changes: Any) -> Probe:
    """A recent observation, of 2011-12-20, that the site, column or channel with identifier ``of`` works."""
    whole: dict[str, Any] = {
        "id": f"probe-{of}",
        "unit": UNIT.id,
        "target": of,
        "kind": ProbeKind.REACHABLE,
        "observed_on": dt.date(2011, 12, 20),
        "works": True,
    }
    return Probe(**(whole | changes))


def organisation(**changes: Any) -> Organisation:
    """How the unit organises, staffs, funds and plans the work in 2011; the plan was issued on 2011-05-20."""
    whole: dict[str, Any] = {
        "id": "organisation-2011",
        "unit": UNIT.id,
        "year": 2011,
        "leader": "己",
        "working_body": "办公室",
        "full_time_staff": 1,
        "budget_yuan": Decimal("50000.00"),
        "plan_document_number": "示办〔2011〕3号",
        "plan_issued_on": dt.date(2011, 5, 20),
    }
    return Organisation(**(whole | changes))


def request_channels(
    changed: ChannelKind | None = None, *, without: ChannelKind | None = None, **changes: Any
) -> tuple[RequestChannel, ...]:
    """All six channels but ``without``; ``changes`` are those of the one of kind ``changed``."""
    return tuple(
        request_channel(kind, **(changes if kind is changed else {})) for kind in ChannelKind if kind is not without
    )
