"""SARIF: as its schema says, whatever was checked; nothing lost, nothing taken for a place or a link."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govopen.checking.algebra import Reason, Status
from govopen.checking.result import CheckReport, Finding, Notice
from govopen.checking.selection import Selection
from govopen.checking.waivers import Baseline, Waiver
from govopen.report.document import report_document
from govopen.report.sarif import report_sarif, sarif_document
from govopen.report.sarif_text import literal, numbered, places
from govopen.rules.base import Severity
from govopen.rules.results import Outcome
from govopen.texts import LANGUAGES, Text

SCHEMA = Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json"
VALIDATOR = jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))

WAIVER = Waiver(
    id="w1",
    rule="CAT103",
    reason="x",
    basis="示函1号",
    approver="邓某",
    since=dt.date(2011, 1, 1),
    until=dt.date(2012, 6, 1),
)
HOW = st.fixed_dictionaries(
    {
        "as_of": st.sampled_from([dt.date(2010, 1, 1), dt.date(2011, 12, 31), dt.date(2018, 6, 30)]),
        "continues": st.sampled_from([None, True]),
        "jurisdiction": st.sampled_from(["", "CN-44"]),
        "detailed": st.booleans(),
        "waivers": st.sampled_from([(), (WAIVER,)]),
        "selection": st.builds(
            Selection, rules=st.sampled_from([(), ("CAT*",)]), min_severity=st.sampled_from(list(Severity))
        ),
    }
)


def run_of(report: CheckReport, lang: Any = "en", **how: Any) -> dict[str, Any]:
    (run,) = json.loads(report_sarif(report, lang, **how))["runs"]
    return run  # type: ignore[no-any-return]


def results_of(run: dict[str, Any], outcome: Outcome) -> list[dict[str, Any]]:
    return [entry for entry in run["results"] if entry.get("properties", {}).get("outcome") == outcome.value]


def noted(report: CheckReport) -> dict[str, dict[str, Any]]:
    notifications = run_of(report)["invocations"][0]["toolConfigurationNotifications"]
    return {entry["descriptor"]["id"]: entry for entry in notifications}


def with_finding(report: CheckReport, **changes: Any) -> CheckReport:
    return attrs.evolve(report, findings=(attrs.evolve(report.findings[0], **changes),))


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), how=HOW)
def test_whatever_was_checked_is_valid_and_every_reference_leads_where_it_says(
    district: Any, cases: Any, data: st.DataObject, how: dict[str, Any]
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(range(len(cases))), min_size=1, max_size=3))
    lang, baseline = data.draw(st.tuples(st.sampled_from(LANGUAGES), st.booleans()))
    report = district([cases[number] for number in chosen], **how)
    run = run_of(report, lang, baseline=baseline, exit_code=1, heading="岭安区")
    VALIDATOR.validate({"version": "2.1.0", "runs": [run]})

    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"].partition("/")[0]
        (place,) = result["locations"][0]["logicalLocations"]
        assert run["logicalLocations"][place["index"]]["fullyQualifiedName"] == place["fullyQualifiedName"]
        assert (result["level"] == "none") == (result["kind"] != "fail")
        assert ("baselineState" in result) == baseline
    targets = [relation["target"] for rule in rules for relation in rule.get("relationships", ())]
    for taxon in [*targets, *(taxon for result in run["results"] for taxon in result.get("taxa", ()))]:
        taxonomy = run["taxonomies"][taxon["toolComponent"]["index"]]
        assert taxonomy["name"] == taxon["toolComponent"]["name"]
        assert taxonomy["taxa"][taxon["index"]]["id"] == taxon["id"]


def test_a_whole_report_is_valid_and_names_version_and_schema(a_dozen: CheckReport) -> None:
    document = json.loads(report_sarif(a_dozen, "zh-Hans", heading="岭安区", exit_code=1))

    VALIDATOR.validate(document)
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-schema-2.1.0.json")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda run: run["results"][0].update(kind="failed"),
        lambda run: run["results"][0].update(level="grave"),
        lambda run: run["results"][0].pop("message"),
        lambda run: run["invocations"][0].pop("executionSuccessful"),
        lambda run: run["tool"]["driver"]["rules"][0].pop("id"),
        lambda run: run.update(more=1),
    ],
)
def test_the_schema_refuses_what_is_no_sarif(a_dozen: CheckReport, spoil: Any) -> None:
    document = sarif_document(with_finding(a_dozen), "en")
    run = document["runs"][0]
    run["tool"]["driver"]["rules"] = run["tool"]["driver"]["rules"][:1]
    run.update(taxonomies=[], translations=[], results=run["results"][:1])
    assert VALIDATOR.is_valid(json.loads(json.dumps(document)))

    spoil(run)

    assert not VALIDATOR.is_valid(json.loads(json.dumps(document)))


def test_each_finding_is_a_result_with_its_record_fingerprint_and_obligations(a_dozen: CheckReport) -> None:
    run = run_of(a_dozen)
    found = [entry for entry in run["results"] if "outcome" in entry.get("properties", {})]

    assert len(found) == len(a_dozen.findings)
    for result, entry in zip(found, a_dozen.findings, strict=True):
        place = entry.unit if entry.subject_type == "unit" else f"{entry.unit}/{entry.subject_type}/{entry.subject}"
        assert result["ruleId"] == entry.rule
        assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == place
        assert result["partialFingerprints"] == {"govopenFinding/v1": entry.fingerprint}
        taxa = [f"{taxon['toolComponent']['name']}:{taxon['id']}" for taxon in result.get("taxa", ())]
        assert taxa == [str(citation) for citation in entry.obligations]


@pytest.mark.parametrize(
    ("outcome", "severity", "kind", "level"),
    [
        (Outcome.FAIL, Severity.CRITICAL, "fail", "error"),
        (Outcome.FAIL, Severity.SERIOUS, "fail", "error"),
        (Outcome.FAIL, Severity.MINOR, "fail", "warning"),
        (Outcome.FAIL, Severity.ADVICE, "fail", "note"),
        (Outcome.UNDECIDABLE, Severity.CRITICAL, "open", "none"),
        (Outcome.ERROR, Severity.CRITICAL, "open", "none"),
        (Outcome.STALE, Severity.CRITICAL, "open", "none"),
        (Outcome.AWAITING_EVIDENCE, Severity.CRITICAL, "review", "none"),
        (Outcome.AWAITING_JUDGEMENT, Severity.CRITICAL, "review", "none"),
    ],
)
def test_outcome_and_severity_become_kind_and_level(
    a_dozen: CheckReport, outcome: Outcome, severity: Severity, kind: str, level: str
) -> None:
    result = run_of(with_finding(a_dozen, outcome=outcome, severity=severity))["results"][0]

    assert (result["kind"], result["level"], result["suppressions"]) == (kind, level, [])
    assert result["properties"]["severity"] == severity.value


def test_a_waived_finding_is_a_suppressed_failure_that_says_by_what(a_dozen: CheckReport) -> None:
    report = attrs.evolve(
        with_finding(a_dozen, outcome=Outcome.WAIVED, waiver="w1", severity=Severity.MINOR), waivers={"w1": WAIVER}
    )
    result = run_of(report)["results"][0]

    (suppression,) = result["suppressions"]
    assert (result["kind"], result["level"]) == ("fail", "warning")
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == "Waived: w1 (示函1号; 邓某; until 2012-06-01)"


def test_a_baseline_says_of_each_result_whether_it_was_there(district: Any, cases: Any) -> None:
    before = district(cases[:4])
    report = district(cases[:4], baseline=Baseline.of([before.findings[0].fingerprint]))
    states = [entry["baselineState"] for entry in run_of(report, baseline=True)["results"]]

    assert any(entry.baselined for entry in report.findings)
    assert states[: len(report.findings)] == ["unchanged" if entry.baselined else "new" for entry in report.findings]


def test_an_unsettled_obligation_without_a_finding_is_a_result_of_its_own(district: Any, cases: Any) -> None:
    report = district(cases[:1], as_of=dt.date(2018, 6, 30), continues=None)
    silent = [entry for entry in report.statuses if entry.reason is Reason.CONTINUATION_UNSTATED]
    found = [entry for entry in run_of(report)["results"] if entry["ruleId"] == "obligation/undecidable"]

    assert silent
    assert len(found) == len(silent)
    assert {entry["properties"]["reason"] for entry in found} == {"continuation_unstated"}
    assert {entry["kind"] for entry in found} == {"open"}
    assert len({entry["partialFingerprints"]["govopenFinding/v1"] for entry in found}) == len(silent)


def test_the_status_of_every_obligation_for_every_unit_is_kept(a_dozen: CheckReport) -> None:
    own = run_of(a_dozen)["properties"]["govopen"]
    document = report_document(a_dozen, "en")

    assert [(entry["unit"], entry["obligation"], entry["status"]) for entry in own["obligations"]] == [
        (entry.unit, str(entry.citation), entry.status.value) for entry in a_dozen.statuses
    ]
    assert own["summary"] == document["summary"]
    assert own["complete"] is True


def test_what_was_left_out_or_is_checked_by_nobody_is_said(district: Any, cases: Any) -> None:
    whole, part = (district(cases[:2], selection=chosen) for chosen in (Selection(), Selection(clauses=("1.3",))))
    said = [noted(report) for report in (whole, part)]
    left_out = sum(entry.reason is Reason.FILTERED for entry in part.statuses)

    assert "unmapped" in said[0]
    assert "left-out" not in said[0]
    assert f"{left_out} obligations" in said[1]["left-out"]["message"]["text"]


def test_a_notice_is_a_notification_with_its_code(a_dozen: CheckReport) -> None:
    notice = Notice(code="GOV013", message="Waiver {waiver} is not used.", facts={"waiver": "w{0}"})
    run = run_of(attrs.evolve(a_dozen, notices=(notice,)))
    first = run["invocations"][0]["toolConfigurationNotifications"][0]

    assert first["descriptor"]["id"] == "GOV013"
    assert "w{{0}}" in first["message"]["text"]
    assert {"id": "GOV013"} in run["tool"]["driver"]["notifications"]


def test_a_rule_that_failed_makes_the_execution_unsuccessful(a_dozen: CheckReport) -> None:
    fine, failed = run_of(a_dozen, exit_code=0), run_of(with_finding(a_dozen, outcome=Outcome.ERROR), exit_code=1)
    (notification,) = failed["invocations"][0]["toolExecutionNotifications"]

    assert (fine["invocations"][0]["executionSuccessful"], fine["invocations"][0]["exitCode"]) == (True, 0)
    assert (failed["invocations"][0]["executionSuccessful"], failed["invocations"][0]["exitCode"]) == (False, 1)
    assert notification["associatedRule"]["id"] == a_dozen.findings[0].rule
    assert "exitCode" not in run_of(a_dozen)["invocations"][0]


def test_rules_carry_their_law_and_remedy_in_both_languages(a_dozen: CheckReport) -> None:
    chinese, english = run_of(a_dozen, "zh-Hans"), run_of(a_dozen, "en")
    own = {entry["id"]: entry for entry in chinese["tool"]["driver"]["rules"]}
    other = next(entry for entry in chinese["translations"] if entry["name"] == "govopen")

    assert [chinese["language"], other["language"], english["language"]] == ["zh-CN", "en", "en"]
    assert [entry["id"] for entry in other["rules"]] == list(own)
    for code, rule in a_dozen.rules.items():
        assert rule.remedy.zh in own[code]["help"]["text"]
        assert own[code]["properties"]["law"] == [str(citation) for citation in rule.basis]
    translated = {entry["id"]: entry["help"] for entry in other["rules"] if "help" in entry}
    assert translated == {entry["id"]: entry["help"] for entry in english["tool"]["driver"]["rules"] if "help" in entry}
    for taxonomy, translation in zip(chinese["taxonomies"], chinese["translations"][1:], strict=True):
        assert [taxon["id"] for taxon in taxonomy["taxa"]] == [taxon["id"] for taxon in translation["taxa"]]


def test_a_message_can_be_put_together_from_its_string_and_arguments(a_dozen: CheckReport) -> None:
    run = run_of(a_dozen)
    rules = {entry["id"]: entry for entry in run["tool"]["driver"]["rules"]}
    messages = [(entry["ruleId"], entry["message"]) for entry in run["results"] if "id" in entry["message"]]

    assert len(messages) > 10
    for code, message in messages:
        template = rules[code]["messageStrings"][message["id"]]["text"]
        assert template.format(*message.get("arguments", ())) == message["text"]


def test_an_identifier_is_no_place_and_no_link(a_dozen: CheckReport) -> None:
    entry: Finding = a_dozen.findings[0]
    unit = attrs.evolve(a_dozen.units[entry.unit], id="{0}[x](y:z)")
    report = attrs.evolve(
        with_finding(a_dozen, message="odd {nope}", facts={"id": unit.id}, unit=unit.id, obligations=()),
        units={unit.id: unit},
        statuses=(),
    )

    assert run_of(report)["results"][0]["message"]["text"] == r"odd {{nope}} (id: {{0}}\[x\](y:z))"


def test_texts_of_our_own_keep_their_braces_and_number_their_places() -> None:
    text = Text("{b}的{a}", "{a} of {{b}} {b}")

    assert places(text) == ("a", "b")
    assert numbered(text.en, places(text)) == "{0} of {{b}} {1}"
    assert numbered(text.zh, places(text)) == "{1}的{0}"
    assert literal("a [b] c") == "a [b] c"


def test_the_same_check_gives_the_same_bytes(district: Any, cases: Any) -> None:
    assert report_sarif(district(cases[:3]), "en") == report_sarif(district(cases[:3]), "en")


def test_measurements_are_results_that_pass(a_dozen: CheckReport) -> None:
    passing = [entry for entry in run_of(a_dozen)["results"] if entry["kind"] == "pass"]

    assert len(passing) == len(a_dozen.notes) > 0
    assert run_of(attrs.evolve(a_dozen, notes=()))["results"] == [
        entry for entry in run_of(a_dozen)["results"] if entry["kind"] != "pass"
    ]


def test_every_status_that_fails_a_check_shows_in_the_results(a_dozen: CheckReport) -> None:
    shown = {
        (place.partition("/")[0], f"{taxon['toolComponent']['name']}:{taxon['id']}")
        for entry in run_of(a_dozen)["results"]
        for place in [entry["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]]
        for taxon in entry.get("taxa", ())
    }
    failing = {(entry.unit, str(entry.citation)) for entry in a_dozen.failing()}

    assert failing
    assert failing <= shown
    assert Status.VIOLATED in a_dozen.summary()
