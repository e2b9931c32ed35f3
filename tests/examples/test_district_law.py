"""The district's records under the law of three different days."""

from __future__ import annotations

import datetime as dt

import pytest

from govopen.checking.algebra import Status
from govopen.checking.result import CheckReport, Finding, Note
from govopen.office.facade import Office
from govopen.rules.results import Outcome

pytestmark = pytest.mark.examples

DAYS = (dt.date(2011, 12, 31), dt.date(2018, 6, 30), dt.date(2025, 6, 30))
IN_2011, IN_2018, IN_2025 = DAYS


@pytest.fixture(scope="module")
def reports(district: Office) -> dict[dt.date, CheckReport]:
    return {day: district.check(as_of=day, detailed=True) for day in DAYS}


def status(report: CheckReport, unit: str, local: str) -> Status:
    return report.status(unit, f"panyu-2011:{local}").status


def overtaken_by(report: CheckReport, unit: str, local: str) -> set[str]:
    return {str(entry.by) for entry in report.status(unit, f"panyu-2011:{local}").later_law}


def spoken(report: CheckReport) -> list[Note | Finding]:
    return [*report.notes, *report.findings]


def said(report: CheckReport, rule: str, subject: str) -> dict[str, object] | None:
    """What a rule measured where it passed, or what it found; nothing if it did not look."""
    for entry in spoken(report):
        if (entry.rule, entry.subject) == (rule, subject):
            return {"message": entry.message, **entry.facts}
    return None


def test_a_request_has_the_time_of_the_law_of_its_day(reports: dict[dt.date, CheckReport]) -> None:
    the_day_before = said(reports[IN_2025], "REQ003", "finance-20190514")
    on_the_day = said(reports[IN_2025], "REQ003", "finance-20190515")

    assert the_day_before == {
        "message": "late",
        "replied_on": dt.date(2019, 6, 10),
        "due": dt.date(2019, 6, 4),
    }
    assert on_the_day == {"message": "in_time", "working_days": 18, "due": dt.date(2019, 6, 13)}


def test_the_old_time_still_counts_for_old_requests(reports: dict[dt.date, CheckReport]) -> None:
    for day in (IN_2018, IN_2025):
        assert said(reports[day], "REQ003", "urban-20180508") == {
            "message": "late",
            "replied_on": dt.date(2018, 5, 31),
            "due": dt.date(2018, 5, 29),
        }
        in_time = said(reports[day], "REQ003", "education-20180319")
        assert in_time is not None
        assert in_time["working_days"] == 15


def test_the_new_law_counts_from_the_corrected_request_and_stops_for_other_organs(
    reports: dict[dt.date, CheckReport],
) -> None:
    corrected = said(reports[IN_2025], "REQ003", "construction-20190603")
    asked = said(reports[IN_2025], "REQ003", "education-20250310")
    before = said(reports[IN_2025], "REQ003", "hightech-20110720")

    assert corrected == {"message": "in_time", "working_days": 15, "due": dt.date(2019, 7, 15)}
    assert asked == {"message": "in_time", "working_days": 20, "due": dt.date(2025, 4, 23)}
    assert before == {"message": "clock_unstated", "due": dt.date(2011, 8, 10)}


def test_an_extension_of_twenty_days_is_lawful_since_2019(reports: dict[dt.date, CheckReport]) -> None:
    extended = said(reports[IN_2025], "REQ003", "office-20250210")

    assert extended is not None
    assert (extended["message"], extended["working_days"]) == ("in_time", 30)
    assert said(reports[IN_2025], "REQ006", "office-20250210") is None


@pytest.mark.parametrize(
    ("subject", "first_seen"),
    [
        ("office-issued-7", IN_2018),
        ("office-issued-8", IN_2025),
        ("finance-20190514", IN_2025),
        ("urban-20180508", IN_2018),
        ("urban-20250414", IN_2025),
    ],
)
def test_what_happened_after_the_day_is_out_of_view(
    reports: dict[dt.date, CheckReport], subject: str, first_seen: dt.date
) -> None:
    for day, report in reports.items():
        spoken_of = {entry.subject for entry in spoken(report)}
        assert (subject in spoken_of) == (day >= first_seen)


def test_a_publication_of_2018_is_counted_over_the_labour_day_of_2018(reports: dict[dt.date, CheckReport]) -> None:
    measured = said(reports[IN_2018], "CAT006", "office-issued-7")

    assert measured == {"message": "in_time", "working_days": 20, "allowed": 20, "due": dt.date(2018, 5, 8)}


def test_non_licence_approvals_are_overtaken_from_2015(reports: dict[dt.date, CheckReport]) -> None:
    statuses = [status(reports[day], "construction", "1.2.3/o2") for day in DAYS]

    assert statuses == [Status.SATISFIED, Status.OVERTAKEN, Status.OVERTAKEN]
    assert overtaken_by(reports[IN_2018], "construction", "1.2.3/o2") == {"approvals-2015:0"}
    assert status(reports[IN_2018], "construction", "1.2.3/o1") is Status.SATISFIED


@pytest.mark.parametrize("local", ["1.4/o1", "1.4/o4", "1.4/o5"])
@pytest.mark.parametrize("unit", ["wanghe", "hequan", "education"])
def test_own_sites_of_towns_streets_and_departments_are_overtaken_from_2017(
    reports: dict[dt.date, CheckReport], unit: str, local: str
) -> None:
    assert [status(reports[day], unit, local) for day in DAYS] == [
        Status.SATISFIED,
        Status.OVERTAKEN,
        Status.OVERTAKEN,
    ]
    assert overtaken_by(reports[IN_2018], unit, local) == {"website-guide-2017:0"}


def test_affiliates_and_public_entities_keep_the_duty_to_have_a_site(reports: dict[dt.date, CheckReport]) -> None:
    for unit in ("trading", "hospital"):
        assert status(reports[IN_2011], unit, "1.4/o1") is Status.SATISFIED
        # The last observation is of 2011.
        assert status(reports[IN_2018], unit, "1.4/o1") is Status.UNDECIDABLE


def test_requests_to_public_entities_left_the_regulations_in_2019(reports: dict[dt.date, CheckReport]) -> None:
    assert [status(reports[day], "water", "1.5/o3") for day in DAYS] == [
        Status.SATISFIED,
        Status.SATISFIED,
        Status.OVERTAKEN,
    ]
    assert overtaken_by(reports[IN_2025], "water", "1.5/o3") == {"ogi-2019:55"}
    # Not due on 2018-06-30, unanswered since, and not for this law to ask any more.
    assert said(reports[IN_2025], "REQ003", "water-20180611") is None
    assert said(reports[IN_2025], "REQ003", "hospital-20250421") is None
    assert status(reports[IN_2025], "education", "1.5/o3") is Status.SATISFIED


def test_the_duty_to_reply_goes_on_changed_and_the_report_says_by_what(reports: dict[dt.date, CheckReport]) -> None:
    assert overtaken_by(reports[IN_2011], "office", "1.5/o3") == set()
    assert overtaken_by(reports[IN_2018], "office", "1.5/o3") == set()
    assert overtaken_by(reports[IN_2025], "office", "1.5/o3") == {"ogi-2019:33"}
    assert [status(reports[day], "office", "1.5/o3") for day in DAYS] == [Status.SATISFIED] * 3


def test_a_late_reply_of_2025_is_measured_by_twenty_days(reports: dict[dt.date, CheckReport]) -> None:
    assert said(reports[IN_2025], "REQ003", "urban-20250414") == {
        "message": "late",
        "replied_on": dt.date(2025, 5, 16),
        "due": dt.date(2025, 5, 14),
    }


def test_evidence_and_judgements_of_2011_do_not_speak_of_later_years(reports: dict[dt.date, CheckReport]) -> None:
    assert [status(reports[day], "office", "1.3/o1") for day in DAYS] == [
        Status.SATISFIED,
        Status.STALE,
        Status.STALE,
    ]
    assert [status(reports[day], "office", "1.1/o6") for day in DAYS] == [
        Status.SATISFIED,
        Status.AWAITING_JUDGEMENT,
        Status.AWAITING_JUDGEMENT,
    ]


def test_a_disclosure_of_secrets_is_a_finding_on_every_day(reports: dict[dt.date, CheckReport]) -> None:
    # The period ended in 2016; the disclosure of 2011 lay within it.
    for report in reports.values():
        assert status(report, "hightech", "1.3/o2") is Status.VIOLATED


def test_the_waiver_has_expired_by_2018(reports: dict[dt.date, CheckReport]) -> None:
    assert [notice.code for notice in reports[IN_2018].notices] == ["GOV022", "GOV014"]
    assert all(found.outcome is not Outcome.WAIVED for found in reports[IN_2018].findings)


def test_the_report_says_that_the_policy_was_adopted(reports: dict[dt.date, CheckReport]) -> None:
    assert all(report.adopted == {"panyu-2011": "CN-449900"} for report in reports.values())
