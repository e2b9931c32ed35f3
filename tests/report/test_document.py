"""The JSON report: as its schema documents it, whatever was checked, and the same in both languages but for texts."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govopen.checking.algebra import Reason, Status
from govopen.checking.result import CheckReport, Finding
from govopen.checking.selection import Selection
from govopen.checking.waivers import Baseline, Waiver
from govopen.report.document import report_document, report_json, report_schema
from govopen.rules.base import Severity
from govopen.rules.results import Outcome

FORMATS = jsonschema.FormatChecker(["date"])


@FORMATS.checks("date-time", ValueError)
def _is_moment(value: object) -> bool:
    """A moment has its zone: a time without one is no date-time of RFC 3339."""
    return not isinstance(value, str) or dt.datetime.fromisoformat(value).utcoffset() is not None


VALIDATOR = jsonschema.Draft202012Validator(report_schema(), format_checker=FORMATS)
TEXTS = {"language", "text", "title", "rationale", "remedy", "reading"}


def without_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_texts(member) for key, member in value.items() if key not in TEXTS}
    return [without_texts(member) for member in value] if isinstance(value, list) else value


WAIVER = Waiver(
    id="w", rule="CAT*", reason="x", basis="x", approver="x", since=dt.date(2011, 1, 1), until=dt.date(2011, 6, 1)
)
WAIVERS = st.lists(
    st.builds(
        attrs.evolve,
        st.just(WAIVER),
        id=st.sampled_from(["w1", "w2"]),
        rule=st.sampled_from(["CAT005", "CAT103", "SEC003", "NO001"]),
        until=st.sampled_from([dt.date(2011, 6, 1), dt.date(2031, 1, 1)]),
    ),
    max_size=3,
)
HOW = st.fixed_dictionaries(
    {
        "as_of": st.sampled_from([dt.date(2010, 1, 1), dt.date(2011, 12, 31), dt.date(2018, 6, 30)])
        | st.dates(dt.date(2011, 4, 15), dt.date(2026, 6, 30)),
        "continues": st.sampled_from([None, True, False]),
        "jurisdiction": st.sampled_from(["", "CN-44"]),
        "detailed": st.booleans(),
        "known_at": st.none() | st.datetimes(timezones=st.just(dt.UTC)),
        "waivers": WAIVERS,
        "selection": st.builds(
            Selection,
            clauses=st.sampled_from([(), ("1.3",), ("panyu-2011:1.2", "1.5/o3")]),
            rules=st.sampled_from([(), ("CAT*",)]),
            min_severity=st.sampled_from(list(Severity)),
        ),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), how=HOW)
def test_every_report_is_as_the_schema_says_in_both_languages(
    district: Any, cases: Any, data: st.DataObject, how: dict[str, Any]
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(range(len(cases))), min_size=1, max_size=4))
    report: CheckReport = district([cases[number] for number in chosen], **how)
    chinese, english = (json.loads(report_json(report, lang)) for lang in ("zh-Hans", "en"))
    for document in (chinese, english):
        VALIDATOR.validate(document)
    assert without_texts(chinese) == without_texts(english)
    assert [chinese["language"], english["language"]] == ["zh-Hans", "en"]


def test_the_schema_is_one_and_knows_every_code() -> None:
    jsonschema.Draft202012Validator.check_schema(report_schema())
    known = report_schema()["$defs"]
    assert known["status"]["enum"] == [status.value for status in Status]
    assert known["outcome"]["enum"] == [outcome.value for outcome in Outcome]
    assert known["severity"]["enum"] == [severity.value for severity in Severity]


def test_the_schema_refuses_what_it_does_not_document(a_dozen: CheckReport) -> None:
    document = json.loads(report_json(a_dozen, "en"))
    for spoil in (
        lambda d: d.update(more=1),
        lambda d: d.pop("findings"),
        lambda d: d.update(as_of="31.12.2011"),
        lambda d: d.update(generated_at="2026-01-05T12:00:00"),
        lambda d: d["findings"][0].update(outcome="failed"),
        lambda d: d["obligations"][0].update(status="ok"),
    ):
        spoilt = json.loads(json.dumps(document))
        spoil(spoilt)
        assert not VALIDATOR.is_valid(spoilt)


def test_texts_are_in_the_language_asked_for(a_dozen: CheckReport) -> None:
    chinese, english = (report_document(a_dozen, lang) for lang in ("zh-Hans", "en"))
    for key in ("text", "rationale", "remedy"):
        assert chinese["findings"][0][key] != english["findings"][0][key]
    assert chinese["instruments"][0]["title"].startswith("广州市番禺区")
    assert english["instruments"][0]["title"].startswith("Key points")


def test_sums_are_those_of_the_lists(a_dozen: CheckReport) -> None:
    document = report_document(a_dozen, "en")
    assert len(document["obligations"]) == 189 * len(document["units"])
    for name, key, code in (("statuses", "obligations", "status"), ("findings", "findings", "outcome")):
        counted: dict[str, int] = {}
        for entry in document[key]:
            counted[entry[code]] = counted.get(entry[code], 0) + 1
        assert document["summary"][name] == counted


def test_amounts_keep_their_digits_and_dates_are_iso(a_dozen: CheckReport) -> None:
    facts: dict[str, Any] = {
        "amount": Decimal("1E+3"),
        "exact": Decimal("0.10"),
        "on": dt.date(2011, 4, 1),
        "several": (Status.VIOLATED, dt.date(2011, 4, 2)),
        "code": Reason.NO_UNIT,
        "yes": True,
    }
    finding = attrs.evolve(a_dozen.findings[0], facts=facts)
    document = json.loads(report_json(_with(a_dozen, finding), "zh-Hans"))
    assert document["findings"][0]["facts"] == {
        "amount": "1000",
        "exact": "0.10",
        "on": "2011-04-01",
        "several": ["violated", "2011-04-02"],
        "code": "no_unit",
        "yes": True,
    }


def _with(report: CheckReport, *findings: Finding) -> CheckReport:
    return attrs.evolve(report, findings=findings)


def test_an_accepted_finding_is_marked_and_keeps_its_fingerprint(district: Any, cases: Any) -> None:
    before = district(cases[:1])
    accepted = Baseline.of(entry.fingerprint for entry in before.findings)
    after = district(cases[:1], baseline=accepted)
    marks = [[entry["fingerprint"] for entry in report_document(each, "en")["findings"]] for each in (before, after)]
    assert marks[0] == marks[1]
    for entry in report_document(after, "en")["findings"]:
        # What is protected is never accepted.
        assert entry["baselined"] is not entry["rule"].startswith("SEC")


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_it_ends_with_a_line_end_and_is_utf_8(a_dozen: CheckReport, lang: Any) -> None:
    content = report_json(a_dozen, lang)
    assert content.endswith(b"}\n")
    assert "岭安".encode() in content
