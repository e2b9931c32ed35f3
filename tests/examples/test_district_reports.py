"""One check of the district in every form: the same statuses, the same findings, the same verdict."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections import Counter
from typing import Any

import pytest
from lxml import etree
from rich.console import Console

from govopen.checking.algebra import Status
from govopen.checking.result import FAIL_ON, CheckReport
from govopen.office.facade import Office
from govopen.report.document import report_json
from govopen.report.junit import report_junit
from govopen.report.overview import AWAITED
from govopen.report.render import Renderer
from govopen.report.sarif import report_sarif
from govopen.report.text import print_report

pytestmark = pytest.mark.examples


@pytest.fixture(scope="module", params=[dt.date(2011, 12, 31), dt.date(2018, 6, 30)], ids=str)
def report(district: Office, request: pytest.FixtureRequest) -> CheckReport:
    return district.check(as_of=request.param)


@pytest.fixture(scope="module")
def document(report: CheckReport) -> Any:
    return json.loads(report_json(report, "en"))


@pytest.fixture(scope="module")
def sarif(report: CheckReport) -> Any:
    return json.loads(report_sarif(report, "en"))["runs"][0]


@pytest.fixture(scope="module")
def junit(report: CheckReport) -> Any:
    return etree.fromstring(report_junit(report, "en", heading="district"))


@pytest.fixture(scope="module")
def text(report: CheckReport) -> str:
    out = io.StringIO()
    print_report(report, Console(file=out, width=100_000, markup=False, emoji=False, highlight=False), "en")
    return out.getvalue()


def status_of(case: Any) -> str:
    """A failure or skip names the status by its code; what passes says it in its text."""
    for tag in ("failure", "error", "skipped"):
        if (found := case.find(tag)) is not None:
            return str(found.get("type"))
    label = case.findtext("system-out").partition(" · ")[0].partition(":")[0]
    return next(status.value for status in Status if status.text.en == label)


def test_every_form_counts_the_same_statuses(
    report: CheckReport, document: Any, sarif: Any, junit: Any, text: str
) -> None:
    counts = {status.value: count for status, count in report.summary().items()}
    last = text.strip().splitlines()[-1]
    labels = {status.text.en: status.value for status in Status}
    cases = [case for case in junit.iter("testcase") if case.get("classname") in report.units]

    assert document["summary"]["statuses"] == counts
    assert Counter(entry["status"] for entry in document["obligations"]) == counts
    assert Counter(entry["status"] for entry in sarif["properties"]["govopen"]["obligations"]) == counts
    assert Counter(map(status_of, cases)) == counts
    assert {labels[label]: int(count) for count, label in re.findall(r"(\d+) (\D+?)(?:  |$)", last)} == counts


def test_every_form_has_every_finding(report: CheckReport, document: Any, sarif: Any, junit: Any, text: str) -> None:
    words = Renderer(report, "en")
    said = [(entry.rule, entry.subject, words.message(entry)) for entry in report.findings]
    whole = "\n".join(junit.itertext())

    assert [(entry["rule"], entry["record"]["id"], entry["text"]) for entry in document["findings"]] == said
    results = [entry for entry in sarif["results"] if "outcome" in entry["properties"]]
    places = [entry["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] for entry in results]
    found = zip(results, places, strict=True)
    assert [(entry["ruleId"], place.rpartition("/")[2], entry["message"]["text"]) for entry, place in found] == said
    for entry, (_, subject, message) in zip(report.findings, said, strict=True):
        assert f"{entry.subject_type} {subject}:" in whole
        assert message in whole
        # The text names what is awaited by its obligations alone.
        assert message in text or entry.outcome in AWAITED


def test_every_form_fails_for_the_same_obligations(report: CheckReport, document: Any, sarif: Any, junit: Any) -> None:
    failing = {(entry.unit, str(entry.citation)) for entry in report.failing()}
    statuses = {status.value for status in FAIL_ON}

    assert failing
    for obligations in (document["obligations"], sarif["properties"]["govopen"]["obligations"]):
        found = {(entry["unit"], entry["obligation"]) for entry in obligations if entry["status"] in statuses}
        assert found == failing
    cases = [case for case in junit.iter("testcase") if {child.tag for child in case} & {"failure", "error"}]
    assert {(case.get("classname"), case.get("name")) for case in cases} == failing
