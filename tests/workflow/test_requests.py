"""Steps of a request one by one: receipt by channel, replies, transfer, delay, retention."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.errors import InputError, TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.model.base import terms
from govopen.model.codec import decoder, encode
from govopen.model.requests import (
    Applicant,
    ApplicantKind,
    ChannelKind,
    Opinion,
    PostKind,
    Receipt,
    Reply,
    ReplyKind,
    ReplyOutcome,
    Request,
    RequestKind,
    SuspensionCause,
)
from govopen.policy.loading import builtin_library
from govopen.rules.context import Context
from govopen.workflow import requests
from govopen.workflow.deadlines import DeadlineKind
from govopen.workflow.receipt import confirm, receive
from govopen.workflow.request_deadlines import explain
from govopen.workflow.request_table import REQUEST, RequestState, state_of
from govopen.workflow.retention import erasable, erase, redacted
from govopen.workflow.table import flaws

CALENDAR = china_calendar()
ROLES = (Role.REQUEST_CLERK, Role.OPENNESS_HEAD, Role.RECORDS_OFFICER)
CLERK, HEAD, OFFICER = (Actor(id=f"u-{role}", name=role.text.zh, roles={"bureau": frozenset({role})}) for role in ROLES)
START = dt.date(2025, 3, 3)


def ctx(day: dt.date | str = START, **parameters: Any) -> Context:
    as_of = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return Context(as_of=as_of, library=builtin_library(), calendar=CALENDAR, parameters=parameters)


def blank(channel: ChannelKind = ChannelKind.IN_PERSON, **changes: Any) -> Request:
    whole: dict[str, Any] = {
        "id": "r-1",
        "unit": "bureau",
        "received_on": dt.date(1999, 1, 1),
        "channel": channel,
        "applicant": Applicant(name="申请人甲", identity_proof="证件", contact="地址"),
        "applicant_kind": ApplicantKind.BUSINESS,
        "description": "所需信息乙",
    }
    return Request(**(whole | changes))


def accepted(day: dt.date = START) -> Request:
    one = receive(blank(), actor=CLERK, ctx=ctx(day))
    return requests.triage(one, actor=CLERK, ctx=ctx(day), kind=RequestKind.INFORMATION)


def refusal(outcome: ReplyOutcome = ReplyOutcome.REFUSED, **changes: Any) -> Reply:
    whole: dict[str, Any] = {"on": START, "outcome": outcome, "reasons": "理由丙", "remedies_named": True}
    return Reply(**(whole | changes))


def test_the_table_has_no_flaw() -> None:
    assert list(flaws(REQUEST)) == []


class TestReceipt:
    ARRIVED = dt.date(2025, 3, 3)
    LATER = dt.date(2025, 3, 6)

    @pytest.mark.parametrize("channel", [ChannelKind.FAX, ChannelKind.EMAIL, ChannelKind.WEBSITE])
    def test_fax_and_internet_are_received_when_both_sides_confirm(self, channel: ChannelKind) -> None:
        one = receive(blank(channel), actor=CLERK, ctx=ctx(self.ARRIVED))
        assert state_of(one, ctx(self.ARRIVED)) is RequestState.ARRIVED
        assert one.received_on == self.ARRIVED
        confirmed = confirm(one, actor=CLERK, ctx=ctx(self.LATER))
        assert confirmed.received_on == self.LATER
        assert state_of(confirmed, ctx(self.LATER)) is RequestState.RECEIVED

    def test_nothing_is_decided_of_it_before_that(self) -> None:
        one = receive(blank(ChannelKind.EMAIL), actor=CLERK, ctx=ctx(self.ARRIVED))
        with pytest.raises(TransitionRefused) as caught:
            requests.triage(one, actor=CLERK, ctx=ctx(self.ARRIVED), kind=RequestKind.INFORMATION)
        assert caught.value.facts["refused_by"] == "state"
        assert "confirm:request_clerk" in caught.value.facts["possible"]  # type: ignore[operator]

    @pytest.mark.parametrize("channel", [ChannelKind.IN_PERSON, ChannelKind.OTHER])
    def test_what_is_handed_in_is_received_that_day(self, channel: ChannelKind) -> None:
        one = receive(blank(channel), actor=CLERK, ctx=ctx(self.ARRIVED))
        assert (one.received_on, state_of(one, ctx(self.ARRIVED))) == (self.ARRIVED, RequestState.RECEIVED)

    def test_signed_for_post_is_received_when_signed_for(self) -> None:
        receipt = Receipt(arrived_on=self.ARRIVED, post=PostKind.SIGNED, signed_on=self.LATER)
        one = receive(blank(ChannelKind.POST, receipt=receipt), actor=CLERK, ctx=ctx(self.LATER))
        assert one.received_on == self.LATER

    def test_ordinary_post_confirmed_late_was_received_on_arrival(self) -> None:
        receipt = Receipt(arrived_on=self.ARRIVED, post=PostKind.ORDINARY)
        one = receive(blank(ChannelKind.POST, receipt=receipt), actor=CLERK, ctx=ctx(self.ARRIVED))
        assert state_of(one, ctx(self.ARRIVED)) is RequestState.ARRIVED
        assert confirm(one, actor=CLERK, ctx=ctx(self.LATER)).received_on == self.ARRIVED

    @pytest.mark.parametrize(
        ("arrived", "received"), [("2019-05-14", "2019-05-14"), ("2019-05-15", "2019-05-17")], ids=["2007", "2019"]
    )
    def test_the_law_of_the_day_of_arrival_says_which_day_it_is(self, arrived: str, received: str) -> None:
        receipt = Receipt(arrived_on=dt.date.fromisoformat(arrived), confirmed_on=dt.date(2019, 5, 17))
        one = receive(blank(ChannelKind.EMAIL, receipt=receipt), actor=CLERK, ctx=ctx("2019-05-20"))
        assert one.received_on == dt.date.fromisoformat(received)

    def test_a_day_to_come_is_refused(self) -> None:
        with pytest.raises(TransitionRefused, match="still to come"):
            receive(blank(receipt=Receipt(arrived_on=self.LATER)), actor=CLERK, ctx=ctx(self.ARRIVED))

    def test_only_what_came_in_is_taken(self) -> None:
        handled = blank(kind=RequestKind.INFORMATION, reply=Reply(on=START), repeat_of="r-0", closed_on=START)
        one = receive(handled, actor=CLERK, ctx=ctx())
        assert (one.kind, one.reply, one.repeat_of, one.closed_on) == (None, None, "", None)


class TestTriage:
    def test_it_is_recorded_as_a_decision(self) -> None:
        one = accepted()
        assert one.triage is not None
        assert (one.triage.kind, one.triage.on, one.triage.decided_by) == (
            RequestKind.INFORMATION,
            START,
            "依申请公开经办人",
        )

    def test_an_enquiry_needs_a_reason_and_leaves_the_procedure(self) -> None:
        one = receive(blank(), actor=CLERK, ctx=ctx())
        with pytest.raises(TransitionRefused, match="takes a reason"):
            requests.triage(one, actor=CLERK, ctx=ctx(), kind=RequestKind.ENQUIRY)
        out = requests.triage(one, actor=CLERK, ctx=ctx(), kind=RequestKind.ENQUIRY, reason="只问政策")
        assert (state_of(out, ctx()), out.closed_on) == (RequestState.ENQUIRY, START)


class TestSilence:
    """Fifteen working days after 2025-03-06 end on 2025-03-27."""

    def asked(self) -> Request:
        day = ctx("2025-03-06")
        return requests.consult(accepted(), actor=CLERK, ctx=day, cause=SuspensionCause.THIRD_PARTY, asked="丁")

    def test_it_is_stated_after_the_last_day_and_not_on_it(self) -> None:
        with pytest.raises(TransitionRefused, match="until 2025-03-27"):
            requests.answer(self.asked(), actor=CLERK, ctx=ctx("2025-03-27"), opinion=Opinion.SILENT)
        assert state_of(self.asked(), ctx("2025-03-27")) is RequestState.CONSULTING
        one = requests.answer(self.asked(), actor=CLERK, ctx=ctx("2025-03-28"), opinion=Opinion.SILENT)
        assert one.suspensions[0].opinion is Opinion.SILENT

    def test_the_organ_decides_without_it(self) -> None:
        day = ctx("2025-03-28")
        assert state_of(self.asked(), day) is RequestState.HANDLING
        said = Reply(on=day.as_of, outcome=ReplyOutcome.GRANTED, items=("i-1",))
        assert requests.reply(self.asked(), actor=CLERK, ctx=day, said=said).reply is not None


class TestReply:
    def test_the_row_of_the_report_follows_from_outcome_and_ground(self) -> None:
        said = refusal(ground="personal_privacy")
        one = requests.reply(accepted(), actor=CLERK, ctx=ctx(), said=said)
        assert one.reply is not None
        assert (one.reply.kind, one.reply.reasons_given) == (ReplyKind.THIRD_PARTY, True)

    @pytest.mark.parametrize(
        ("said", "by"),
        [
            (refusal(ground="no_special_need"), "ground"),
            (refusal(ReplyOutcome.UNABLE, kind=ReplyKind.UNCLEAR), "kind-fits"),
            (refusal(ReplyOutcome.NOT_HANDLED, kind=ReplyKind.MASSIVE), "not-handled-case"),
            (refusal(ReplyOutcome.NOT_HANDLED, kind=ReplyKind.REPEAT), "not-handled-case"),
            (refusal(ReplyOutcome.PARTIAL, items=("i-1",)), "severed"),
            (refusal(ground="internal", reasons=""), "explained"),
            (refusal(ReplyOutcome.OTHER, kind=ReplyKind.FEE_UNPAID), "kind-fits"),
            (refusal(ReplyOutcome.GRANTED), "items-listed"),
        ],
    )
    def test_it_is_refused_with_the_name_of_what_is_missing(self, said: Reply, by: str) -> None:
        with pytest.raises(TransitionRefused) as caught:
            requests.reply(accepted(), actor=CLERK, ctx=ctx(), said=said)
        assert caught.value.facts["refused_by"] == by
        assert "reply:request_clerk" in caught.value.facts["possible"]  # type: ignore[operator]
        assert "理由丙" not in str(caught.value)

    def test_a_repeat_names_the_earlier_request(self) -> None:
        said = refusal(ReplyOutcome.NOT_HANDLED, kind=ReplyKind.REPEAT)
        assert requests.reply(accepted(), actor=CLERK, ctx=ctx(), said=said, repeat_of="r-0").repeat_of == "r-0"
        with pytest.raises(TransitionRefused, match="which request it repeats"):
            requests.reply(accepted(), actor=CLERK, ctx=ctx(), said=said, repeat_of="r-1")

    def test_it_is_dated_the_day_it_is_made(self) -> None:
        with pytest.raises(InputError, match="dated"):
            requests.reply(accepted(), actor=CLERK, ctx=ctx("2025-03-04"), said=refusal(ground="internal"))

    def test_a_transfer_names_the_other_organ(self) -> None:
        one = requests.transfer(
            accepted(), actor=CLERK, ctx=ctx(), to="区财政局", reasons="不归本机关", remedies_named=True
        )
        assert one.reply is not None
        assert (one.reply.kind, one.reply.referred_to) == (ReplyKind.NOT_HELD, "区财政局")
        with pytest.raises(TransitionRefused, match="which organ to ask"):
            requests.transfer(accepted(), actor=CLERK, ctx=ctx(), to=" ", reasons="不归本机关", remedies_named=True)

    def test_no_step_can_be_backdated(self) -> None:
        later = requests.extend(accepted(), actor=HEAD, ctx=ctx("2025-03-10"), days=5)
        with pytest.raises(TransitionRefused, match="Do not backdate"):
            requests.notify_extension(later, actor=CLERK, ctx=ctx("2025-03-07"))


class TestExcess:
    def weighed(self, *, good: bool) -> Request:
        one = requests.ask_reasons(accepted(), actor=CLERK, ctx=ctx("2025-03-04"))
        day = dt.date(2025, 3, 6)
        return requests.weigh_reasons(one, actor=CLERK, ctx=ctx(day), reasonable=good, given_on=day)

    def test_with_good_reasons_the_reply_is_put_off(self) -> None:
        until = dt.date(2025, 7, 31)
        one = requests.set_delay(self.weighed(good=True), actor=CLERK, ctx=ctx("2025-03-07"), until=until)
        assert explain(one, DeadlineKind.REPLY, ctx("2025-03-07")).deadline.due == until
        with pytest.raises(TransitionRefused, match="and once"):
            requests.set_delay(one, actor=CLERK, ctx=ctx("2025-03-10"), until=until)

    def test_a_day_that_is_no_later_puts_nothing_off(self) -> None:
        with pytest.raises(TransitionRefused, match="until 2025-03-31 anyway"):
            requests.set_delay(self.weighed(good=True), actor=CLERK, ctx=ctx("2025-03-07"), until=dt.date(2025, 3, 31))

    def test_without_it_is_not_handled(self) -> None:
        day = dt.date(2025, 3, 7)
        said = refusal(ReplyOutcome.NOT_HANDLED, on=day, kind=ReplyKind.MASSIVE)
        one = requests.reply(self.weighed(good=False), actor=CLERK, ctx=ctx(day), said=said)
        assert state_of(one, ctx(day)) is RequestState.REPLIED
        with pytest.raises(TransitionRefused, match="not good enough"):
            requests.reply(self.weighed(good=True), actor=CLERK, ctx=ctx(day), said=said)

    def test_nobody_could_ask_for_reasons_before_2019(self) -> None:
        with pytest.raises(TransitionRefused, match="does not let reasons be asked"):
            requests.ask_reasons(accepted(dt.date(2011, 4, 15)), actor=CLERK, ctx=ctx("2011-04-18"))


class TestRetention:
    def replied(self, **parameters: Any) -> Request:
        one = requests.ask_correction(
            accepted(), actor=CLERK, ctx=ctx(), asked_for="补正事项戊", until=dt.date(2025, 3, 20)
        )
        one = requests.correct(one, actor=CLERK, ctx=ctx("2025-03-05"))
        one = requests.consult(
            one, actor=CLERK, ctx=ctx("2025-03-05"), cause=SuspensionCause.THIRD_PARTY, asked="第三方丁"
        )
        one = requests.answer(one, actor=CLERK, ctx=ctx("2025-03-06"), opinion=Opinion.OBJECT)
        day = ctx("2025-03-07", **parameters)
        return requests.reply(one, actor=CLERK, ctx=day, said=refusal(on=day.as_of, ground="trade_secret"))

    def test_it_is_what_the_unit_says_from_the_day_it_was_closed(self) -> None:
        one = self.replied(request_retention="5y")
        assert (one.closed_on, one.erase_after) == (dt.date(2025, 3, 7), dt.date(2030, 3, 7))
        assert list(erasable([one], dt.date(2030, 3, 7))) == []
        assert list(erasable([one], dt.date(2030, 3, 8))) == [one]

    def test_where_nobody_has_said_nothing_is_erased(self) -> None:
        one = self.replied()
        assert one.erase_after is None
        assert list(erasable([one], dt.date(2099, 1, 1))) == []
        with pytest.raises(TransitionRefused, match="Nobody has said"):
            erase(one, actor=OFFICER, ctx=ctx("2026-01-05"))

    def test_a_records_officer_erases_when_it_is_over(self) -> None:
        one = self.replied(request_retention="1m")
        with pytest.raises(TransitionRefused, match="until 2025-04-07"):
            erase(one, actor=OFFICER, ctx=ctx("2025-04-07"))
        with pytest.raises(TransitionRefused, match="records officer"):
            erase(one, actor=CLERK, ctx=ctx("2025-04-08"))
        gone = erase(one, actor=OFFICER, ctx=ctx("2025-04-08"))
        assert gone.erased_on == dt.date(2025, 4, 8)
        assert list(erasable([gone], dt.date(2026, 1, 1))) == []

    def test_no_word_is_left_and_every_date_kind_and_outcome_is(self) -> None:
        one = self.replied()
        left = redacted(one)
        body = encode(left).decode()
        for word in ("申请人甲", "所需信息乙", "理由丙", "第三方丁", "补正事项戊"):
            assert word in encode(one).decode()
            assert word not in body
        assert (left.applicant_kind, left.kind, left.channel) == (one.applicant_kind, one.kind, one.channel)
        assert one.reply is not None
        assert left.reply == attrs.evolve(one.reply, reasons="")
        for kind in (DeadlineKind.REPLY, DeadlineKind.CORRECTION_NOTICE):
            assert explain(left, kind, ctx("2025-03-07")) == explain(one, kind, ctx("2025-03-07"))

    def test_every_field_that_may_hold_personal_data_is_emptied(self) -> None:
        left = redacted(self.replied())
        parts: list[Any] = [left, left.triage, left.reply, *left.corrections, *left.suspensions]
        for part in parts:
            for name, term in terms(type(part)).items():
                if term.personal:
                    assert not getattr(part, name), name


def test_a_fee_that_is_not_paid_in_time_ends_the_request() -> None:
    """Twenty working days after 2025-03-10 end on 2025-04-08."""
    one = requests.charge(accepted(), actor=CLERK, ctx=ctx("2025-03-10"), amount=Decimal(100))
    with pytest.raises(TransitionRefused, match="time until 2025-04-08"):
        requests.abandon(one, actor=CLERK, ctx=ctx("2025-04-08"))
    assert state_of(requests.abandon(one, actor=CLERK, ctx=ctx("2025-04-09")), ctx("2025-04-09")) is (
        RequestState.ABANDONED
    )


def test_a_clerk_cannot_consent_to_an_extension_and_is_told_who_can() -> None:
    with pytest.raises(TransitionRefused, match="head of the openness office") as caught:
        requests.extend(accepted(), actor=CLERK, ctx=ctx(), days=10)
    assert caught.value.facts["refused_by"] == "role"
    assert "extend:openness_head" in caught.value.facts["possible"]  # type: ignore[operator]


def test_an_extension_carries_who_consented_and_when_the_applicant_was_told() -> None:
    one = requests.extend(accepted(), actor=HEAD, ctx=ctx("2025-03-28"), days=20)
    one = requests.notify_extension(one, actor=CLERK, ctx=ctx("2025-03-31"))
    assert one.extension is not None
    assert (one.extension.consented_by, one.extension.consented_on) == (HEAD.name, dt.date(2025, 3, 28))
    assert one.extension.notified_on == dt.date(2025, 3, 31)


def test_a_body_stored_before_these_fields_existed_is_still_read() -> None:
    body = b'{"id":"r-1","unit":"bureau","received_on":"2011-04-15","channel":"post","kind":"information"}'
    one = decoder(Request)(body)
    assert state_of(one, ctx("2011-04-20")) is RequestState.HANDLING
