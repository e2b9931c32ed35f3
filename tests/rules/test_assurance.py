"""Evidence counts once accepted and while it covers the day; of judgements the latest that covers the day counts."""

from __future__ import annotations

import datetime as dt

import pytest

from govopen.calendars.china import china_calendar
from govopen.model.assurance import Evidence, Judgement, Verdict
from govopen.policy.instrument import Check
from govopen.policy.loading import builtin_library
from govopen.rules import readings, samples
from govopen.rules.assurance import evidence_outcome, evidence_rule, judgement_outcome, judgement_rule
from govopen.rules.base import Case, Reads, RecordRule, Severity
from govopen.rules.context import Context, Dossier
from govopen.rules.results import AwaitingEvidence, AwaitingJudgement, Fail, Outcome, Passed, Result, Stale
from govopen.texts import Text

PLAN = "panyu-2011:1.1/o5"
DUTIES = "panyu-2011:1.1/o6"
DAY = dt.timedelta(days=1)


def context(as_of: dt.date = samples.YEAR_END) -> Context:
    return Context(as_of=as_of, library=builtin_library(), calendar=china_calendar())


def said(result: Result) -> tuple[Outcome, str, dict[str, object]]:
    assert isinstance(result, (Passed, Fail, Stale, AwaitingEvidence, AwaitingJudgement))
    return result.outcome, result.message, result.facts


class TestEvidence:
    def test_accepted_evidence_that_covers_the_day_passes_and_says_when_it_was_done(self) -> None:
        result = evidence_outcome([samples.evidence(PLAN)], PLAN, context())
        assert said(result) == (Outcome.PASS, "accepted", {"evidence": "evidence-o5"})
        assert isinstance(result, Passed)
        assert result.done_on == dt.date(2011, 5, 3)

    def test_an_undated_document_was_done_when_it_was_accepted(self) -> None:
        result = evidence_outcome([samples.evidence(PLAN, dated=None)], PLAN, context())
        assert isinstance(result, Passed)
        assert result.done_on == dt.date(2011, 5, 6)

    def test_of_two_that_cover_the_day_the_earlier_done_counts(self) -> None:
        late = samples.evidence(PLAN, id="late", dated=dt.date(2011, 11, 1))
        early = samples.evidence(PLAN, id="early", dated=dt.date(2011, 2, 1))
        result = evidence_outcome([late, early], PLAN, context())
        assert isinstance(result, Passed)
        assert (result.done_on, result.facts["evidence"]) == (dt.date(2011, 2, 1), "early")

    def test_evidence_of_another_obligation_proves_nothing(self) -> None:
        result = evidence_outcome([samples.evidence("panyu-2011:1.1/o4")], PLAN, context())
        assert said(result) == (Outcome.AWAITING_EVIDENCE, "none", {})

    @pytest.mark.parametrize(
        "gap",
        [
            {"digest": ""},
            {"digest": samples.DIGEST[:-1]},
            {"digest": samples.DIGEST[:-1] + "g"},
            {"accepted_by": ""},
            {"accepted_by": "\u3000"},
            {"accepted_on": None},
            {"accepted_on": samples.YEAR_END + DAY},
        ],
    )
    def test_what_lacks_digest_officer_or_day_of_acceptance_is_not_accepted(self, gap: dict[str, object]) -> None:
        result = evidence_outcome([samples.evidence(PLAN, **gap)], PLAN, context())
        assert said(result) == (Outcome.AWAITING_EVIDENCE, "not_accepted", {"evidence": "evidence-o5"})

    @pytest.mark.parametrize("end", ["covers_until", "expires_on"])
    def test_it_covers_its_last_day_and_is_stale_on_the_next(self, end: str) -> None:
        last = dt.date(2011, 9, 30)
        evidence = samples.evidence(PLAN, **{end: last})
        assert said(evidence_outcome([evidence], PLAN, context(last)))[0] is Outcome.PASS
        assert said(evidence_outcome([evidence], PLAN, context(last + DAY))) == (
            Outcome.STALE,
            "stale",
            {"evidence": "evidence-o5", "last_day": last},
        )

    def test_of_stale_evidence_the_one_that_lasted_longest_is_named(self) -> None:
        short = samples.evidence(PLAN, id="a", covers_until=dt.date(2011, 6, 30))
        long = samples.evidence(PLAN, id="b", covers_until=dt.date(2011, 9, 30))
        assert said(evidence_outcome([long, short], PLAN, context()))[2]["evidence"] == "b"

    def test_evidence_of_a_later_time_is_awaited_not_stale(self) -> None:
        coming = samples.evidence(PLAN, covers_from=dt.date(2012, 1, 1), covers_until=dt.date(2012, 12, 31))
        assert said(evidence_outcome([coming], PLAN, context())) == (
            Outcome.AWAITING_EVIDENCE,
            "future",
            {"evidence": "evidence-o5", "covers_from": dt.date(2012, 1, 1)},
        )

    def test_a_new_document_not_yet_accepted_does_not_hide_that_the_old_one_is_stale(self) -> None:
        old = samples.evidence(PLAN, id="old", covers_until=dt.date(2011, 6, 30))
        new = samples.evidence(PLAN, id="new", accepted_by="")
        assert said(evidence_outcome([old, new], PLAN, context()))[:2] == (Outcome.STALE, "stale")

    def test_the_answer_holds_from_acceptance_to_the_last_day_covered(self) -> None:
        ctx = context()
        evidence_outcome([samples.evidence(PLAN, expires_on=dt.date(2012, 3, 1))], PLAN, ctx)
        assert (ctx.holds_since, ctx.holds_until) == (dt.date(2011, 5, 6), samples.YEAR_END)

    def test_awaiting_holds_only_until_accepted_evidence_begins_to_cover(self) -> None:
        ctx = context()
        evidence_outcome([samples.evidence(PLAN, covers_from=dt.date(2012, 3, 1))], PLAN, ctx)
        assert ctx.holds_until == dt.date(2012, 2, 29)

    def test_stale_holds_from_the_day_after_the_last(self) -> None:
        ctx = context()
        evidence_outcome([samples.evidence(PLAN, covers_until=dt.date(2011, 9, 30))], PLAN, ctx)
        assert (ctx.holds_since, ctx.holds_until) == (dt.date(2011, 10, 1), None)


class TestJudgement:
    def test_the_verdict_met_passes_on_the_day_judged(self) -> None:
        result = judgement_outcome([samples.judgement(DUTIES)], DUTIES, context())
        assert isinstance(result, Passed)
        assert (result.message, result.done_on) == ("met", dt.date(2011, 12, 20))

    @pytest.mark.parametrize("verdict", [Verdict.PARTLY, Verdict.NOT_MET])
    def test_any_other_verdict_fails_and_names_the_judgement(self, verdict: Verdict) -> None:
        result = judgement_outcome([samples.judgement(DUTIES, verdict=verdict)], DUTIES, context())
        facts = {"judgement": "judgement-o6", "judged_on": dt.date(2011, 12, 20)}
        assert said(result) == (Outcome.FAIL, verdict.value, facts)

    def test_the_latest_that_covers_the_day_counts(self) -> None:
        met = samples.judgement(DUTIES, id="z", judged_on=dt.date(2011, 6, 1))
        not_met = samples.judgement(DUTIES, id="a", verdict=Verdict.NOT_MET)
        assert said(judgement_outcome([not_met, met], DUTIES, context()))[2]["judgement"] == "a"

    def test_a_later_one_of_another_period_does_not_count(self) -> None:
        of_spring = samples.judgement(
            DUTIES, id="z", verdict=Verdict.NOT_MET, judged_on=samples.YEAR_END, covers_until=dt.date(2011, 4, 30)
        )
        result = judgement_outcome([of_spring, samples.judgement(DUTIES)], DUTIES, context())
        assert said(result)[:2] == (Outcome.PASS, "met")

    def test_of_two_of_one_day_the_greater_identifier_counts(self) -> None:
        records = [samples.judgement(DUTIES, id="a"), samples.judgement(DUTIES, id="b", verdict=Verdict.PARTLY)]
        for order in (records, records[::-1]):
            assert said(judgement_outcome(order, DUTIES, context()))[1] == "partly"

    @pytest.mark.parametrize(
        "gap",
        [
            {"officer": " "},
            {"reason": ""},
            {"judged_on": samples.YEAR_END + DAY},
            {"covers_from": samples.YEAR_END + DAY, "covers_until": samples.YEAR_END + DAY},
            {"covers_until": samples.YEAR_END - DAY},
        ],
    )
    def test_without_officer_reason_day_or_cover_it_counts_as_none(self, gap: dict[str, object]) -> None:
        result = judgement_outcome([samples.judgement(DUTIES, **gap)], DUTIES, context())
        assert said(result) == (Outcome.AWAITING_JUDGEMENT, "none", {})

    def test_the_answer_holds_to_the_last_day_covered(self) -> None:
        ctx = context()
        judgement_outcome([samples.judgement(DUTIES)], DUTIES, ctx)
        assert (ctx.holds_since, ctx.holds_until) == (dt.date(2011, 12, 20), samples.YEAR_END)


ABOUT = {
    "name": "some-name",
    "title": Text("标题", "title"),
    "severity": Severity.MINOR,
    "rationale": Text("理由", "rationale"),
    "remedy": Text("补救", "remedy"),
}


class TestFactories:
    def test_an_evidence_rule_reads_the_units_evidence_and_answers_one_obligation(self) -> None:
        rule = evidence_rule(code="XXX001", obligation=PLAN, basis=("ogi-2019:46",), **ABOUT)
        assert rule.kind is Check.EVIDENCE
        assert rule.reads == (Reads(Evidence, by="unit"),)
        assert [str(citation) for citation in rule.answers] == [PLAN]
        assert [str(citation) for citation in rule.basis] == ["panyu-2011:1.1", "ogi-2019:46"]

    def test_a_judgement_rule_reads_the_units_judgements_and_answers_one_obligation(self) -> None:
        rule = judgement_rule(code="XXX002", obligation=DUTIES, **ABOUT)
        assert rule.kind is Check.JUDGEMENT
        assert rule.reads == (Reads(Judgement, by="unit"),)
        assert [str(citation) for citation in rule.answers] == [DUTIES]

    @pytest.mark.parametrize("rule", readings.RULES, ids=lambda rule: rule.code)
    def test_each_rule_decides_its_own_cases_by_the_records_of_its_own_obligation(self, rule: RecordRule) -> None:
        assert [outcome_of(rule, case) for case in rule.valid] == [Outcome.PASS]
        broken = {outcome_of(rule, case) for case in rule.invalid}
        assert broken == ({Outcome.STALE, Outcome.AWAITING_EVIDENCE} if rule.kind is Check.EVIDENCE else {Outcome.FAIL})

    @pytest.mark.parametrize("rule", readings.RULES, ids=lambda rule: rule.code)
    def test_every_message_that_can_be_said_has_a_text_for_its_facts(self, rule: RecordRule) -> None:
        for case in (*rule.valid, *rule.invalid):
            result = result_of(rule, case)
            _, message, facts = said(result)
            assert rule.messages[message].get("zh-Hans", **facts)
            assert rule.messages[message].get("en", **facts)


def result_of(rule: RecordRule, case: Case) -> Result:
    related = {entry.cls: [record for record in case.records if isinstance(record, entry.cls)] for entry in rule.reads}
    return rule.check(Dossier(samples.UNIT, samples.UNIT, related), context(case.as_of))


def outcome_of(rule: RecordRule, case: Case) -> Outcome:
    return said(result_of(rule, case))[0]
