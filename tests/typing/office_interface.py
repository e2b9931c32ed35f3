"""The office as embedding systems use it. Never run: mypy and pyright read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import assert_type

from govopen import Office, Registry
from govopen.checking.algebra import Status
from govopen.checking.coverage import Coverage
from govopen.checking.result import CheckReport, Finding, ObligationStatus
from govopen.clearance.cleared import Applicant, Cleared, Public
from govopen.clearance.decide import ClearanceDossier, clear
from govopen.errors import DeliveryFailed, InputError, NotCleared, Problem
from govopen.model.actors import Actor
from govopen.model.catalog import AttachedFile, InformationItem
from govopen.model.classification import DisclosureAttribute, ReviewResult
from govopen.model.requests import Request, RequestKind
from govopen.model.units import Unit
from govopen.office.clock import SHANGHAI, FixedClock
from govopen.office.importing import ImportSummary
from govopen.office.publishing import PublicationReport
from govopen.policy.citation import Citation
from govopen.publishing.port import Parcel
from govopen.publishing.reconciling import ReconcileReport
from govopen.report.document import report_json
from govopen.report.html import report_html
from govopen.storage.port import Store, Stored

actor = Actor(id="u-1")
clock = FixedClock(dt.datetime(2024, 6, 3, 9, tzinfo=SHANGHAI))

with Office.open("office", registry=Registry.load(), clock=clock) as office:
    assert_type(office, Office)
    assert_type(office.store, Store)
    assert_type(office.today, dt.date)
    assert_type(Office.init("office"), Path)
    assert_type(office.import_files(["records"]), ImportSummary)

    # Every step gives the record as it is afterwards.
    assert_type(office.review_secrecy("i-1", actor, ReviewResult.NOT_CLASSIFIED), InformationItem)
    assert_type(office.propose("i-1", actor, DisclosureAttribute.PROACTIVE), InformationItem)
    assert_type(office.review("i-1", actor), InformationItem)
    assert_type(office.decide("i-1", actor), InformationItem)
    assert_type(office.triage("r-1", actor, RequestKind.INFORMATION), Request)

    # What was cleared for the public is not what was cleared for an applicant.
    assert_type(office.clear("i-1"), Cleared[Public])
    assert_type(office.clear("i-1").item, InformationItem)
    assert_type(office.clear("i-1").attachments, tuple[AttachedFile, ...])

    report = office.check(as_of=dt.date(2011, 12, 31))
    assert_type(report, CheckReport)
    assert_type(report.summary(), dict[Status, int])
    assert_type(report.findings, tuple[Finding, ...])
    assert_type(report.findings[0].obligations, tuple[Citation, ...])
    assert_type(report.status("u-1", "panyu-2011:1.3/o2"), ObligationStatus)
    assert_type(report.failing(), tuple[ObligationStatus, ...])
    assert_type(report_json(report, "en"), bytes)
    assert_type(report_html(report, "zh-Hans", heading="示例局"), str)
    assert_type(office.coverage("panyu-2011"), Coverage)
    assert_type(office.accept_findings(report), Path)

    assert_type(office.publish(), PublicationReport)
    assert_type(office.reconcile(repair=True), ReconcileReport)

    # A record that is read is of the class that was asked for.
    assert_type(office.store.get(Unit, "u-1"), Stored[Unit] | None)
    assert_type(office.store.read(Request, "u-1"), Iterator[Request])
    assert_type(office.store.find(InformationItem, "item", "u-1", "x"), Sequence[InformationItem])
    with office.store.transaction() as transaction:
        assert_type(transaction.put(office.clear("i-1").item), Stored[InformationItem])


def clears(dossier: ClearanceDossier, day: dt.date) -> tuple[Cleared[Public], Cleared[Applicant]]:
    return clear(dossier, [], Public, day), clear(dossier, [], Applicant, day)


def tells(error: InputError | NotCleared | DeliveryFailed) -> object:
    match error:
        case InputError():
            return assert_type(error.problems, tuple[Problem, ...])
        case NotCleared():
            return assert_type(error.bars, tuple[str, ...])
        case DeliveryFailed():
            return assert_type(error.code, str)


def sends(reply: Cleared[Applicant], unit: Unit) -> Parcel:
    # A reply to one applicant is nothing that a publisher takes.
    return Parcel(cleared=reply, unit=unit, column=None, published_on=dt.date(2024, 6, 3), read=_read)  # type: ignore[arg-type]


def _read(digest: str) -> bytes:
    return digest.encode()


report.findings = ()  # type: ignore[misc]
office.check(as_of="2011-12-31")  # type: ignore[arg-type]
report_html(report, "fr", heading="")  # type: ignore[arg-type]
