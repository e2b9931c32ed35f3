"""Sites, columns, channels, observations, organisation, evidence, judgements, nil returns and classified items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from make_contents import SERVICES, phone
from make_plan import Book, UnitPlan, after, digest

from govopen.model.assurance import Evidence, Judgement, NilReturn, Probe, ProbeKind, Verdict
from govopen.model.base import Record
from govopen.model.catalog import Category
from govopen.model.classification import AuthorityKind, ClassifiedItem, SecrecyLevel
from govopen.model.organisation import Organisation
from govopen.model.requests import ChannelKind, RequestChannel
from govopen.model.units import Duty
from govopen.model.website import Column, Site, SiteKind

__all__ = ["add_services"]

_YEAR = (dt.date(2011, 1, 1), dt.date(2011, 12, 31))
_WORKING = (ChannelKind.FAX, ChannelKind.EMAIL, ChannelKind.WEBSITE)
_ORGANISED = ("1.1/o1", "1.1/o2", "1.1/o3", "1.1/o4", "1.1/o5")
_EVIDENCE = ("1.2/o4", "1.3/o1", "1.4/o6", "1.5.6/o1")
_ENFORCING = ("2.3/o1", "2.3/o2")
_REASONS = {
    "1.1/o6": "查阅了会议记录、检查通报和整改台账，推动、指导和监督工作有据可查",
    "1.2/o3": "对照职责清单通读了目录，未发现应有而没有的内容",
    "1.5/o4": "比较了上年和本年的办理台账，受理登记和分办更快",
}


def add_services(book: Book, plans: list[UnitPlan]) -> None:
    """Everything but items, their publications and requests; all of it right."""
    portal_since = dt.date(2008, 6, 2)
    book.add(
        Site(
            id="portal", unit="office", kind=SiteKind.PORTAL, url="http://www.lingan.example.gov.cn", since=portal_since
        )
    )
    book.add(*_looks("portal", "office", 0))
    for plan in plans:
        for made in (_site, _columns, _channels, _organisation, _evidence, _judgements, _nil_returns):
            book.add(*made(plan))
    book.add(*_classified())


def _site(plan: UnitPlan) -> Iterator[Record]:
    yield Site(
        id=f"{plan.id}-site",
        unit=plan.id,
        kind=SiteKind.OWN,
        url=f"http://{plan.id}.lingan.example.gov.cn",
        since=plan.begins,
        until=plan.site_until,
    )
    yield from _looks(f"{plan.id}-site", plan.id, plan.number, plan.until)


def _looks(target: str, unit: str, number: int, until: dt.date | None = None) -> Iterator[Probe]:
    """An observation each quarter of 2011; the last in December."""
    for month in (3, 6, 9, 12):
        day = after(dt.date(2011, month, 8), number % 5)
        if until is None or day <= until:
            yield Probe(
                id=f"{target}.{day:%Y%m}",
                unit=unit,
                target=target,
                kind=ProbeKind.REACHABLE,
                observed_on=day,
                works=True,
            )


def _columns(plan: UnitPlan) -> Iterator[Record]:
    if not plan.has(Duty.PORTAL_COLUMNS):
        return
    for name, title in (("info", "政务信息"), ("service", "办事服务")):
        yield Column(
            id=f"{plan.id}-{name}",
            unit=plan.id,
            site="portal",
            name=f"{plan.name}·{title}",
            update_within="12m" if name == "service" else "8m",
            since=plan.begins,
            categories=SERVICES if name == "service" else tuple(entry for entry in Category if entry not in SERVICES),
        )
    yield Probe(
        id=f"{plan.id}-info.201112",
        unit=plan.id,
        target=f"{plan.id}-info",
        kind=ProbeKind.ENTRIES,
        observed_on=after(dt.date(2011, 12, 12), plan.number % 5),
        entries=plan.number % 7 + 4,
    )


def _channels(plan: UnitPlan) -> Iterator[Record]:
    addresses = {
        ChannelKind.IN_PERSON: f"{plan.address}一楼办事窗口",
        ChannelKind.FAX: phone(plan, 9),
        ChannelKind.EMAIL: f"xxgk@{plan.id}.lingan.example.gov.cn",
        ChannelKind.WEBSITE: f"http://www.lingan.example.gov.cn/{plan.id}/ysq",
        ChannelKind.POST: f"{plan.address}，邮编000000",
        ChannelKind.OTHER: "书写有困难的，由窗口人员代填",
    }
    for kind, address in addresses.items():
        yield RequestChannel(
            id=f"{plan.id}-{kind.value}",
            unit=plan.id,
            kind=kind,
            address=address,
            office_hours="工作日8:30-12:00，14:00-17:30" if kind is ChannelKind.IN_PERSON else "",
            published_on=plan.begins,
            since=plan.begins,
            until=plan.until,
        )
        if kind in _WORKING and plan.until is None:
            yield Probe(
                id=f"{plan.id}-{kind.value}.201112",
                unit=plan.id,
                target=f"{plan.id}-{kind.value}",
                kind=ProbeKind.REACHABLE,
                observed_on=after(dt.date(2011, 12, 14), plan.number % 4),
                works=True,
            )


def _organisation(plan: UnitPlan) -> Iterator[Record]:
    # 1.1 addresses towns, streets, departments and affiliated bodies, not public enterprises and institutions.
    if plan.kind == "public_entity":
        return
    issued = after(dt.date(2011, 5, 3), plan.number)
    yield Organisation(
        id=f"{plan.id}-2011",
        unit=plan.id,
        year=2011,
        leader=plan.leaders[-1],
        working_body=plan.divisions[0],
        full_time_staff=1 + plan.number % 2,
        budget_yuan=Decimal(20000 + plan.number * 2500),
        plan_document_number=f"{plan.short}〔2011〕{plan.number + 30}号",
        plan_issued_on=issued,
    )


def _evidence(plan: UnitPlan) -> Iterator[Record]:
    if plan.until is not None:
        return
    organised = () if plan.kind == "public_entity" else _ORGANISED
    enforcing = _ENFORCING if any(role == "enforcement_body" for role, *_ in plan.roles) else ()
    for index, local in enumerate((*organised, *_EVIDENCE, *enforcing)):
        dated = after(dt.date(2011, 5, 3), plan.number + index)
        yield Evidence(
            id=f"{plan.id}-{local.replace('/', '-')}",
            unit=plan.id,
            obligation=f"panyu-2011:{local}",
            covers_from=_YEAR[0],
            covers_until=_YEAR[1],
            digest=digest(plan.id, local),
            document_number=f"{plan.short}〔2011〕{plan.number + 30 + index}号",
            dated=dated,
            accepted_by=plan.signers[1],
            accepted_on=after(dated, 4),
        )


def _judgements(plan: UnitPlan) -> Iterator[Record]:
    if plan.until is not None:
        return
    for local, reason in _REASONS.items():
        if local.startswith("1.1") and plan.kind == "public_entity":
            continue
        yield Judgement(
            id=f"{plan.id}-{local.replace('/', '-')}",
            unit=plan.id,
            obligation=f"panyu-2011:{local}",
            verdict=Verdict.MET,
            officer=plan.leaders[-1],
            reason=reason,
            judged_on=after(dt.date(2011, 12, 15), plan.number % 6),
            covers_from=_YEAR[0],
            covers_until=_YEAR[1],
        )


def _nil_returns(plan: UnitPlan) -> Iterator[Record]:
    for duty in plan.nil:
        yield NilReturn(
            id=f"{plan.id}-{duty}-2011",
            unit=plan.id,
            duty=Duty(duty),
            covers_from=_YEAR[0],
            covers_until=_YEAR[1],
            reported_on=dt.date(2011, 12, 30),
            officer=plan.signers[0],
        )


def _classified() -> Iterator[Record]:
    for unit, number, level, determined, until in (
        ("office", 1, SecrecyLevel.MIMI, dt.date(2010, 11, 15), dt.date(2015, 11, 14)),
        ("office", 2, SecrecyLevel.JIMI, dt.date(2011, 3, 7), dt.date(2031, 3, 6)),
        ("urban", 1, SecrecyLevel.MIMI, dt.date(2011, 4, 11), dt.date(2014, 4, 10)),
        ("urban", 2, SecrecyLevel.MIMI, dt.date(2011, 9, 13), dt.date(2021, 9, 12)),
        ("hightech", 1, SecrecyLevel.MIMI, dt.date(2011, 2, 21), dt.date(2016, 2, 20)),
        ("hightech", 2, SecrecyLevel.MIMI, dt.date(2011, 8, 24), dt.date(2013, 8, 23)),
    ):
        yield ClassifiedItem(
            id=f"{unit}-c{number}",
            unit=unit,
            level=level,
            determined_on=determined,
            classified_until=until,
            # Released early; what it said was then reviewed and signed off like anything else: office-other-4.
            declassified_on=dt.date(2011, 6, 1) if (unit, number) == ("office", 1) else None,
            basis="secrets-2010:15",
            authority=AuthorityKind.DERIVATIVE,
            authorisation=f"SC-{determined.year}-{number:03}",
        )
