"""How a request came in and how it ended, as the rules see it, and what that does to the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.model.requests import (
    Abandonment,
    AbandonmentCause,
    ChannelKind,
    Correction,
    Excess,
    FeeNotice,
    Receipt,
    Reply,
    ReplyOutcome,
    Request,
    RequestKind,
    Suspension,
    SuspensionCause,
)
from govopen.policy.loading import builtin_library
from govopen.rules import request_steps, request_times, samples
from govopen.rules.base import RecordRule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Outcome, Verdict

LIBRARY = builtin_library()
NEW = dt.date(2025, 3, 3)
LONG_AFTER = dt.date(2025, 12, 31)


def said(rule: RecordRule, request: Request, as_of: dt.date = LONG_AFTER) -> tuple[Outcome, str]:
    ctx = Context(as_of=as_of, library=LIBRARY, calendar=china_calendar())
    result = rule.check(Dossier(request, samples.UNIT, {}), ctx)
    if result is None:
        return Outcome.PASS, ""
    verdict = result[0] if isinstance(result, list) else result
    assert isinstance(verdict, Verdict)
    rule.messages[verdict.message].en.format(**verdict.facts)
    return verdict.outcome, verdict.message


def new_request(**changes: Any) -> Request:
    return samples.request(**({"received_on": NEW, "reply": None} | changes))


def by_email(**changes: Any) -> Request:
    return new_request(channel=ChannelKind.EMAIL, receipt=Receipt(arrived_on=NEW), **changes)


def replied(day: dt.date) -> Reply:
    return Reply(on=day, outcome=ReplyOutcome.GRANTED)


class TestReceipt:
    def test_an_email_nobody_confirmed_is_undecidable_and_its_time_does_not_run(self) -> None:
        assert said(request_steps.receipt_dated, by_email()) == (Outcome.UNDECIDABLE, "unconfirmed")
        assert said(request_times.reply_in_time, by_email()) == (Outcome.NOT_APPLICABLE, "unconfirmed")

    def test_what_is_in_time_from_arrival_is_in_time_from_any_later_day(self) -> None:
        one = by_email(reply=replied(dt.date(2025, 3, 31)))
        assert said(request_times.reply_in_time, one)[0] is Outcome.PASS
        late = by_email(reply=replied(dt.date(2025, 4, 1)))
        assert said(request_times.reply_in_time, late) == (Outcome.NOT_APPLICABLE, "unconfirmed")

    def test_a_confirmation_is_known_from_its_day_on(self) -> None:
        receipt = Receipt(arrived_on=NEW, confirmed_on=dt.date(2025, 3, 6))
        one = attrs.evolve(by_email(), receipt=receipt, received_on=dt.date(2025, 3, 6))
        assert said(request_steps.receipt_dated, one, dt.date(2025, 3, 5))[0] is Outcome.UNDECIDABLE
        assert said(request_steps.receipt_dated, one, dt.date(2025, 3, 6))[0] is Outcome.PASS

    @pytest.mark.parametrize(
        ("changes", "message"),
        [({"receipt": None}, "no_receipt"), ({"kind": RequestKind.ENQUIRY}, "no_documents")],
    )
    def test_it_asks_nothing_where_nothing_is_recorded_or_of_an_enquiry(
        self, changes: dict[str, Any], message: str
    ) -> None:
        one = attrs.evolve(by_email(), **changes)
        assert said(request_steps.receipt_dated, one) == (Outcome.NOT_APPLICABLE, message)

    def test_before_the_first_regulations_it_asks_nothing(self) -> None:
        day = dt.date(2008, 4, 30)
        one = samples.request(received_on=day, receipt=Receipt(arrived_on=day))
        assert said(request_steps.receipt_dated, one) == (Outcome.NOT_APPLICABLE, "no_law")


class TestAbandonment:
    ASKED = Correction(notified_on=dt.date(2025, 3, 5), until=dt.date(2025, 3, 20))

    def ended(
        self, cause: AbandonmentCause = AbandonmentCause.NOT_CORRECTED, on: str = "2025-03-21", **changes: Any
    ) -> Request:
        whole = {"corrections": (self.ASKED,), "abandoned": Abandonment(on=dt.date.fromisoformat(on), cause=cause)}
        return new_request(**(whole | changes))

    def test_a_request_lawfully_ended_waits_for_no_reply(self) -> None:
        assert said(request_times.reply_in_time, self.ended()) == (Outcome.NOT_APPLICABLE, "abandoned")
        assert said(request_steps.abandonment_lawful, self.ended())[0] is Outcome.PASS

    def test_one_ended_without_law_still_waits(self) -> None:
        asked = Correction(notified_on=dt.date(2011, 4, 20), received_on=dt.date(2011, 4, 21))
        one = self.ended(received_on=dt.date(2011, 4, 15), on="2011-05-03", corrections=(asked,))
        assert said(request_steps.abandonment_lawful, one) == (Outcome.FAIL, "unlawful")
        assert said(request_times.reply_in_time, one) == (Outcome.FAIL, "unanswered")

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"on": "2025-03-20"}, (Outcome.FAIL, "early")),
            ({"corrections": ()}, (Outcome.FAIL, "not_asked")),
            ({"corrections": (attrs.evolve(ASKED, until=None),)}, (Outcome.UNDECIDABLE, "undated")),
            ({"cause": AbandonmentCause.WITHDRAWN}, (Outcome.NOT_APPLICABLE, "withdrawn")),
            ({"cause": AbandonmentCause.FEE_UNPAID}, (Outcome.FAIL, "not_asked")),
            ({"abandoned": None}, (Outcome.NOT_APPLICABLE, "not_ended")),
        ],
    )
    def test_it_takes_a_time_that_was_set_and_is_over(
        self, changes: dict[str, Any], expected: tuple[Outcome, str]
    ) -> None:
        assert said(request_steps.abandonment_lawful, self.ended(**changes)) == expected

    def test_a_fee_has_twenty_working_days(self) -> None:
        """From 2025-03-10 they end on 2025-04-08."""
        fee = FeeNotice(notified_on=dt.date(2025, 3, 10))
        for on, outcome in (("2025-04-08", Outcome.FAIL), ("2025-04-09", Outcome.PASS)):
            one = self.ended(AbandonmentCause.FEE_UNPAID, on, fee=fee, corrections=())
            assert said(request_steps.abandonment_lawful, one)[0] is outcome


class TestClock:
    def test_an_unpaid_fee_stops_it_and_a_payment_restarts_it(self) -> None:
        fee = FeeNotice(notified_on=dt.date(2025, 3, 10))
        assert said(request_times.reply_in_time, new_request(fee=fee)) == (Outcome.NOT_APPLICABLE, "unpaid")
        paid = attrs.evolve(fee, paid_on=dt.date(2025, 3, 20))
        for day, outcome in ((dt.date(2025, 4, 18), Outcome.PASS), (dt.date(2025, 4, 21), Outcome.FAIL)):
            assert said(request_times.reply_in_time, new_request(fee=paid, reply=replied(day)))[0] is outcome

    def test_a_delay_lawfully_set_is_kept_or_not(self) -> None:
        excess = Excess(
            asked_on=dt.date(2025, 3, 4),
            given_on=dt.date(2025, 3, 5),
            reasonable=True,
            delayed_until=dt.date(2025, 6, 30),
            told_on=dt.date(2025, 3, 6),
        )
        for day, outcome in ((dt.date(2025, 6, 30), Outcome.PASS), (dt.date(2025, 7, 1), Outcome.FAIL)):
            assert said(request_times.reply_in_time, new_request(excess=excess, reply=replied(day)))[0] is outcome
        unsaid = attrs.evolve(excess, told_on=None)
        assert said(request_times.reply_in_time, new_request(excess=unsaid, reply=replied(dt.date(2025, 6, 30))))[
            0
        ] is (Outcome.FAIL)

    def test_a_joint_makers_silence_ends_after_15_working_days(self) -> None:
        """Asked on 2025-03-06, it has until 2025-03-27; the reply is then due on 2025-04-22."""
        stop = Suspension(cause=SuspensionCause.OTHER_ORGAN, since=dt.date(2025, 3, 6), joint_maker=True)
        for day, outcome in ((dt.date(2025, 4, 22), Outcome.PASS), (dt.date(2025, 4, 23), Outcome.FAIL)):
            assert said(request_times.reply_in_time, new_request(suspensions=(stop,), reply=replied(day)))[0] is outcome
