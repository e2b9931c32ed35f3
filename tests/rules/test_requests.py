"""Requests: their label, the kind of the reply, and what a refusal says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.model.requests import Reply, ReplyOutcome, RequestKind
from govopen.model.units import Duty
from govopen.policy.loading import builtin_library
from govopen.rules import request_times, requests, samples
from govopen.rules.base import RecordRule, Rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, Outcome, Result, Undecidable

BEFORE_THE_LAW = dt.date(2008, 4, 30)
LAST_DAY_OF_2007_LAW = dt.date(2019, 5, 14)
FIRST_DAY_OF_2019_LAW = dt.date(2019, 5, 15)

REFUSAL = Reply(
    on=dt.date(2019, 5, 20),
    outcome=ReplyOutcome.REFUSED,
    ground="state_secret",
    reasons_given=True,
    remedies_named=True,
)


def context(as_of: dt.date = dt.date(2019, 12, 31)) -> Context:
    return Context(as_of=as_of, library=builtin_library(), calendar=china_calendar())


def worded(rule: Rule, result: Result) -> Result:
    """The result itself, once every verdict is seen to have a text in both languages that takes just its facts."""
    for verdict in result if isinstance(result, list) else [] if result is None else [result]:
        text = rule.messages[verdict.message]
        assert text.zh.format(**verdict.facts)
        assert text.en.format(**verdict.facts)
    return result


def check(rule: RecordRule, ctx: Context | None = None, **changes: Any) -> Result:
    return worded(rule, rule.check(Dossier(samples.request(**changes), samples.UNIT, {}), ctx or context()))


def said(result: Result) -> list[tuple[Outcome, str]]:
    verdicts = result if isinstance(result, list) else [] if result is None else [result]
    return [(verdict.outcome, verdict.message) for verdict in verdicts]


class TestLabel:
    @pytest.mark.parametrize("kind", RequestKind)
    def test_either_label_will_do(self, kind: RequestKind) -> None:
        assert check(requests.request_labelled, kind=kind) is None

    def test_no_label_fails(self) -> None:
        assert isinstance(check(requests.request_labelled, kind=None), Fail)


@pytest.mark.parametrize(
    "rule", [requests.reply_outcome_lawful, requests.refusal_explained], ids=lambda rule: rule.code
)
class TestWhatRepliesAreConcerned:
    @pytest.mark.parametrize("kind", [None, RequestKind.ENQUIRY])
    def test_only_replies_to_requests_for_documents(self, rule: RecordRule, kind: RequestKind | None) -> None:
        result = check(rule, kind=kind, reply=attrs.evolve(REFUSAL, reasons_given=False))
        assert said(result) == [(Outcome.NOT_APPLICABLE, "no_documents")]

    def test_no_reply_is_no_kind_of_reply(self, rule: RecordRule) -> None:
        assert said(check(rule, reply=None)) == [(Outcome.NOT_APPLICABLE, "unanswered")]

    def test_a_reply_after_the_day_has_not_been_made(self, rule: RecordRule) -> None:
        ctx = context(dt.date(2011, 4, 21))
        assert said(check(rule, ctx)) == [(Outcome.NOT_APPLICABLE, "unanswered")]
        assert ctx.holds_until == dt.date(2011, 4, 21)

    def test_before_the_regulations_there_was_no_law(self, rule: RecordRule) -> None:
        result = check(rule, received_on=BEFORE_THE_LAW, reply=attrs.evolve(REFUSAL, remedies_named=False))
        assert said(result) == [(Outcome.NOT_APPLICABLE, "no_law")]


class TestKindOfReply:
    @pytest.mark.parametrize("outcome", [outcome for outcome in ReplyOutcome if outcome is not ReplyOutcome.OTHER])
    @pytest.mark.parametrize("received_on", [LAST_DAY_OF_2007_LAW, FIRST_DAY_OF_2019_LAW])
    def test_both_laws_know_all_kinds_but_other(self, outcome: ReplyOutcome, received_on: dt.date) -> None:
        reply = Reply(on=dt.date(2019, 5, 20), outcome=outcome)
        assert check(requests.reply_outcome_lawful, received_on=received_on, reply=reply) is None

    def test_other_is_lawful_for_requests_received_since_2019_05_15(self) -> None:
        reply = Reply(on=dt.date(2019, 5, 20), outcome=ReplyOutcome.OTHER)
        assert check(requests.reply_outcome_lawful, received_on=FIRST_DAY_OF_2019_LAW, reply=reply) is None
        result = check(requests.reply_outcome_lawful, received_on=LAST_DAY_OF_2007_LAW, reply=reply)
        assert isinstance(result, Fail)
        assert result.facts == {"outcome": ReplyOutcome.OTHER}

    def test_a_reply_of_unknown_kind_cannot_be_decided(self) -> None:
        result = check(requests.reply_outcome_lawful, reply=Reply(on=dt.date(2011, 4, 22)))
        assert isinstance(result, Undecidable)


class TestRefusal:
    def check(self, received_on: dt.date = FIRST_DAY_OF_2019_LAW, **changes: Any) -> list[tuple[Outcome, str]]:
        reply = attrs.evolve(REFUSAL, **changes)
        return said(check(requests.refusal_explained, received_on=received_on, reply=reply))

    def test_with_ground_reasons_and_remedies_it_passes(self) -> None:
        assert self.check() == []

    def test_a_grant_explains_nothing(self) -> None:
        assert self.check(outcome=ReplyOutcome.GRANTED, reasons_given=None) == [(Outcome.NOT_APPLICABLE, "not_refused")]
        assert self.check(outcome=None) == [(Outcome.NOT_APPLICABLE, "no_outcome")]

    @pytest.mark.parametrize(
        "outcome", [ReplyOutcome.PARTIAL, ReplyOutcome.UNABLE, ReplyOutcome.NOT_HANDLED, ReplyOutcome.REFUSED]
    )
    def test_every_kind_of_no_needs_reasons_and_remedies(self, outcome: ReplyOutcome) -> None:
        assert self.check(outcome=outcome, reasons_given=False, remedies_named=False) == [
            (Outcome.FAIL, "no_reasons"),
            (Outcome.FAIL, "no_remedies"),
        ]

    def test_what_is_not_recorded_is_named_and_undecidable(self) -> None:
        reply = attrs.evolve(REFUSAL, reasons_given=None, remedies_named=None, ground=" ")
        result = check(requests.refusal_explained, received_on=FIRST_DAY_OF_2019_LAW, reply=reply)
        assert isinstance(result, list)
        assert [verdict.facts["missing"] for verdict in result] == [("reasons_given", "remedies_named", "ground")]
        assert isinstance(result[0], Undecidable)

    def test_one_unknown_does_not_hide_a_failure(self) -> None:
        assert self.check(reasons_given=False, remedies_named=None) == [
            (Outcome.FAIL, "no_reasons"),
            (Outcome.UNDECIDABLE, "unknown"),
        ]

    def test_a_case_file_is_a_ground_since_2019_only(self) -> None:
        assert self.check(ground="case_file") == []
        # The grounds of the older law were read by nobody: its list does not convict.
        assert self.check(LAST_DAY_OF_2007_LAW, ground="case_file") == [(Outcome.UNDECIDABLE, "unknown_ground")]

    def test_no_special_need_is_a_ground_before_2019_only(self) -> None:
        assert self.check(ground="no_special_need") == [(Outcome.FAIL, "unknown_ground")]
        assert self.check(LAST_DAY_OF_2007_LAW, ground="no_special_need") == []

    def test_what_stands_in_the_field_of_the_ground_is_never_repeated(self) -> None:
        reply = attrs.evolve(REFUSAL, ground="某人的住址")
        result = check(requests.refusal_explained, received_on=FIRST_DAY_OF_2019_LAW, reply=reply)
        assert isinstance(result, list)
        assert [verdict.facts for verdict in result] == [{}]

    @pytest.mark.parametrize("outcome", [ReplyOutcome.PARTIAL, ReplyOutcome.UNABLE, ReplyOutcome.NOT_HANDLED])
    def test_only_a_whole_refusal_needs_a_ground_of_the_list(self, outcome: ReplyOutcome) -> None:
        assert self.check(outcome=outcome, ground="") == []


@pytest.mark.parametrize("rule", [*requests.RULES[:3], *request_times.RULES], ids=lambda rule: rule.code)
def test_no_unit_is_excused_by_leaving_requests_out_of_its_duties(rule: Rule) -> None:
    """They are received, not owed; a nil return still speaks for a time without any."""
    assert rule.duty is Duty.REQUESTS
    assert not rule.excusable
