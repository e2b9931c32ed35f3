"""Deadlines of requests under both laws, against days counted by hand, with every day explained."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govopen.calendars.china import china_calendar
from govopen.calendars.table import TableCalendar
from govopen.errors import InputError
from govopen.model.requests import (
    ChannelKind,
    Correction,
    Excess,
    Extension,
    FeeNotice,
    PostKind,
    Receipt,
    Reply,
    Request,
    RequestKind,
    Suspension,
    SuspensionCause,
)
from govopen.policy.loading import builtin_library
from govopen.rules import samples
from govopen.rules.context import Context
from govopen.texts import Text
from govopen.workflow.day_count import DayReason
from govopen.workflow.deadlines import DeadlineKind, Explanation, Undated
from govopen.workflow.request_deadlines import explain, request_deadlines

DAY = dt.timedelta(days=1)
CALENDAR = china_calendar()
LIBRARY = builtin_library()
THIRD, ORGAN = SuspensionCause.THIRD_PARTY, SuspensionCause.OTHER_ORGAN
Kind = DeadlineKind


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def context(as_of: str, calendar: TableCalendar = CALENDAR) -> Context:
    return Context(as_of=day(as_of), library=LIBRARY, calendar=calendar)


def request(received_on: str, **changes: object) -> Request:
    return samples.request(**({"received_on": day(received_on), "reply": None} | changes))


def reply_due(one: Request, as_of: str) -> Explanation:
    return explain(one, Kind.REPLY, context(as_of))


@pytest.mark.parametrize(
    ("received_on", "due"),
    [
        ("2008-05-01", "2008-05-22"),
        ("2011-04-15", "2011-05-09"),
        ("2011-09-09", "2011-10-08"),
        ("2011-12-30", "2012-01-21"),
        # Received on a day off: Sunday in the week of National Day, of which 8 and 9 October were worked.
        ("2011-10-02", "2011-10-26"),
        ("2019-05-15", "2019-06-13"),
        ("2020-01-20", "2020-02-25"),
        ("2024-02-05", "2024-03-08"),
        ("2024-09-10", "2024-10-14"),
        ("2025-01-17", "2025-02-20"),
        ("2025-09-22", "2025-10-24"),
        ("2026-02-09", "2026-03-13"),
        ("2026-09-18", "2026-10-22"),
    ],
)
def test_the_reply_is_due_15_or_since_2019_20_working_days_after_receipt(received_on: str, due: str) -> None:
    found = reply_due(request(received_on), received_on)
    assert found.deadline.due == day(due)
    assert found.counted == found.days == (15 if received_on < "2019-05-15" else 20)


@pytest.mark.parametrize(
    ("received_on", "notice", "answer", "extended"),
    [
        ("2019-05-15", "2019-05-24", "2019-06-05", "2019-07-11"),
        ("2020-01-20", "2020-02-06", "2020-02-18", "2020-03-24"),
        ("2024-02-05", "2024-02-20", "2024-03-01", "2024-04-08"),
        ("2024-09-10", "2024-09-20", "2024-10-08", "2024-11-11"),
        ("2025-01-17", "2025-01-27", "2025-02-13", "2025-03-20"),
        ("2025-09-22", "2025-09-30", "2025-10-17", "2025-11-21"),
        ("2026-02-09", "2026-02-25", "2026-03-06", "2026-04-13"),
        ("2026-09-18", "2026-09-29", "2026-10-15", "2026-11-19"),
    ],
)
def test_seven_fifteen_and_forty_working_days_of_the_law_of_2019(
    received_on: str, notice: str, answer: str, extended: str
) -> None:
    one = request(received_on)
    assert explain(one, Kind.CORRECTION_NOTICE, context(received_on)).deadline.due == day(notice)
    for kind, cause, joint in ((Kind.THIRD_PARTY, THIRD, False), (Kind.JOINT_MAKER, ORGAN, True)):
        stop = Suspension(cause=cause, since=day(received_on), joint_maker=joint)
        asked = attrs.evolve(one, suspensions=(stop,))
        assert explain(asked, kind, context(received_on), part=1).deadline.due == day(answer)
    told = Extension(days=20, consented_by="庚", notified_on=day(received_on))
    found = reply_due(attrs.evolve(one, extension=told), received_on)
    assert found.deadline.due == day(extended)
    assert [s.reason for s in found.stretches if s.working_days][-1] is DayReason.EXTENDED
    assert sum(s.working_days for s in found.stretches if s.reason is DayReason.EXTENDED) == 20


def test_every_day_to_the_eighth_of_october_2011_is_explained() -> None:
    found = reply_due(request("2011-09-09"), "2011-09-09")
    assert [(str(s.since), str(s.until), s.working_days, s.reason.value) for s in found.stretches] == [
        ("2011-09-09", "2011-09-09", 0, "first_day"),
        ("2011-09-10", "2011-09-12", 0, "holiday"),
        ("2011-09-13", "2011-09-16", 4, "worked"),
        ("2011-09-17", "2011-09-18", 0, "weekend"),
        ("2011-09-19", "2011-09-23", 5, "worked"),
        ("2011-09-24", "2011-09-25", 0, "weekend"),
        ("2011-09-26", "2011-09-30", 5, "worked"),
        ("2011-10-01", "2011-10-07", 0, "holiday"),
        ("2011-10-08", "2011-10-08", 1, "worked_weekend"),
    ]
    assert [str(one) for one in found.deadline.citations] == ["ogi-2007:24"]
    assert found.deadline.calendar == CALENDAR.version
    # Who may not count the first day is written in a law of which nobody verified the dates.
    assert found.unverified == ("time/first-day",)
    assert found.deadline.verified is False


class Named(TableCalendar):
    """A calendar that knows one holiday."""

    def holiday_name(self, on: dt.date) -> Text | None:
        return Text("中秋节", "Mid-autumn Festival") if on == day("2011-09-12") else None


def test_a_holiday_has_its_name_where_the_calendar_knows_it() -> None:
    named = Named(name="named", version="1", first=CALENDAR.first, flags=CALENDAR.flags)
    found = explain(request("2011-09-09"), Kind.REPLY, context("2011-09-09", named))
    assert [(str(s.since), s.name.en) for s in found.stretches if s.name] == [("2011-09-12", "Mid-autumn Festival")]


class TestCorrections:
    def test_since_2019_the_time_runs_from_the_corrected_request(self) -> None:
        entry = Correction(notified_on=day("2025-03-05"), received_on=day("2025-03-12"))
        found = reply_due(request("2025-03-03", corrections=(entry,)), "2025-03-12")
        assert found.deadline.due == day("2025-04-10")
        assert found.start == day("2025-03-12")
        first = found.stretches[0]
        assert (first.since, first.until, first.reason) == (day("2025-03-03"), day("2025-03-11"), DayReason.RESTARTED)
        assert [str(one) for one in first.citations] == ["ogi-2019:30"]

    def test_until_it_comes_there_is_no_day(self) -> None:
        entry = Correction(notified_on=day("2025-03-05"), until=day("2025-03-25"))
        one = request("2025-03-03", corrections=(entry,))
        assert reply_due(one, "2025-03-06").deadline.undated is Undated.AWAITING_CORRECTION
        assert explain(one, Kind.CORRECTED_REQUEST, context("2025-03-06"), part=1).deadline.due == day("2025-03-25")

    def test_the_law_of_2007_does_not_say_and_both_days_are_told(self) -> None:
        entry = Correction(notified_on=day("2011-04-20"), received_on=day("2011-05-03"))
        found = reply_due(request("2011-04-15", corrections=(entry,)), "2011-05-03")
        assert (found.deadline.due, found.deadline.latest) == (day("2011-05-09"), day("2011-05-24"))

    def test_nor_does_it_set_a_time_for_the_notice(self) -> None:
        found = explain(request("2011-04-15"), Kind.CORRECTION_NOTICE, context("2011-04-15"))
        assert (found.deadline.due, found.deadline.undated) == (None, Undated.NO_TIME)


class TestOpinions:
    def test_the_time_to_the_answer_does_not_count(self) -> None:
        stop = Suspension(cause=THIRD, since=day("2011-04-22"), until=day("2011-05-09"))
        found = reply_due(request("2011-04-15", suspensions=(stop,)), "2011-05-09")
        assert found.deadline.due == day("2011-05-23")
        assert [(str(s.since), str(s.until)) for s in found.stretches if s.reason is DayReason.THIRD_PARTY] == [
            ("2011-04-23", "2011-05-09")
        ]

    def test_another_organ_takes_time_since_2019_only(self) -> None:
        stop = Suspension(cause=ORGAN, since=day("2011-04-22"), until=day("2011-05-09"))
        assert reply_due(request("2011-04-15", suspensions=(stop,)), "2011-05-09").deadline.due == day("2011-05-09")

    def test_pauses_that_overlap_count_once(self) -> None:
        stops = (
            Suspension(cause=THIRD, since=day("2025-03-06"), until=day("2025-03-14")),
            Suspension(cause=ORGAN, since=day("2025-03-10"), until=day("2025-03-20")),
        )
        found = reply_due(request("2025-03-03", suspensions=stops), "2025-03-20")
        assert found.deadline.due == day("2025-04-15")
        assert found.counted == 20

    @pytest.mark.parametrize(("cause", "joint"), [(THIRD, False), (ORGAN, True)])
    def test_silence_ends_after_15_working_days_since_2019(self, cause: SuspensionCause, joint: bool) -> None:
        stop = Suspension(cause=cause, since=day("2025-03-06"), joint_maker=joint)
        one = request("2025-03-03", suspensions=(stop,))
        last = reply_due(one, "2025-03-27")
        assert last.deadline.undated is Undated.SUSPENDED
        assert (last.stretches[-1].since, last.stretches[-1].until) == (day("2025-03-07"), day("2025-03-27"))
        assert reply_due(one, "2025-03-28").deadline.due == day("2025-04-22")

    def test_nothing_ends_it_for_another_organ_or_under_the_law_of_2007(self) -> None:
        for one in (
            request("2025-03-03", suspensions=(Suspension(cause=ORGAN, since=day("2025-03-06")),)),
            request("2011-04-15", suspensions=(Suspension(cause=THIRD, since=day("2011-04-22")),)),
        ):
            assert reply_due(one, "2025-12-31").deadline.undated is Undated.SUSPENDED
        other = request("2025-03-03", suspensions=(Suspension(cause=ORGAN, since=day("2025-03-06")),))
        found = explain(other, Kind.OTHER_ORGAN, context("2025-03-06"), part=1)
        assert found.deadline.undated is Undated.NO_TIME


class TestExtensionFeeAndDelay:
    def test_fifteen_and_fifteen_under_the_law_of_2007(self) -> None:
        told = Extension(days=15, consented_by="庚", notified_on=day("2011-05-09"))
        assert reply_due(request("2011-04-15", extension=told), "2011-05-09").deadline.due == day("2011-05-30")

    def test_an_extension_gains_nothing_before_the_applicant_is_told(self) -> None:
        one = request("2011-04-15", extension=Extension(days=15, consented_by="庚"))
        assert reply_due(one, "2011-04-20").deadline.due == day("2011-05-09")
        assert explain(one, Kind.EXTENSION_NOTICE, context("2011-04-20")).deadline.due == day("2011-05-09")

    def test_a_fee_is_due_in_20_working_days_and_its_payment_restarts_the_time(self) -> None:
        fee = FeeNotice(notified_on=day("2025-03-10"), amount_yuan=Decimal(100))
        one = request("2025-03-03", fee=fee)
        due = explain(one, Kind.FEE, context("2025-03-10"))
        assert due.deadline.due == day("2025-04-08")
        assert due.deadline.verified is False
        assert reply_due(one, "2025-03-11").deadline.undated is Undated.AWAITING_PAYMENT
        paid = attrs.evolve(one, fee=attrs.evolve(fee, paid_on=day("2025-03-20")))
        found = reply_due(paid, "2025-03-20")
        assert found.deadline.due == day("2025-04-18")
        assert found.stretches[0].reason is DayReason.AWAITING_PAYMENT

    def test_a_fee_charged_too_late_gains_no_time(self) -> None:
        fee = FeeNotice(notified_on=day("2025-04-01"), paid_on=day("2025-04-02"))
        assert reply_due(request("2025-03-03", fee=fee), "2025-04-02").deadline.due == day("2025-03-31")

    def test_a_reply_put_off_is_due_on_the_day_set(self) -> None:
        excess = Excess(
            asked_on=day("2025-03-05"),
            given_on=day("2025-03-07"),
            reasonable=True,
            delayed_until=day("2025-06-30"),
            told_on=day("2025-03-10"),
        )
        found = reply_due(request("2025-03-03", excess=excess), "2025-03-10")
        assert found.deadline.due == day("2025-06-30")
        assert found.stretches[-1].reason is DayReason.DELAYED
        late = attrs.evolve(excess, told_on=day("2025-04-01"))
        assert reply_due(request("2025-03-03", excess=late), "2025-04-01").deadline.due == day("2025-03-31")


class TestNotComputable:
    def test_past_the_calendar_there_is_a_reason_and_no_guess(self) -> None:
        found = reply_due(request("2026-12-15"), "2026-12-15")
        assert (found.deadline.due, found.deadline.undated) == (None, Undated.BEYOND_CALENDAR)
        # What the calendar knows is counted, and is less than the law gives.
        assert found.stretches[-1].until == day("2026-12-31")
        assert found.counted < found.days == 20

    def test_nor_for_a_third_party_asked_then(self) -> None:
        stop = Suspension(cause=THIRD, since=day("2026-12-21"))
        one = request("2026-12-15", suspensions=(stop,))
        assert explain(one, Kind.THIRD_PARTY, context("2026-12-21"), part=1).deadline.undated is Undated.BEYOND_CALENDAR
        assert reply_due(one, "2026-12-21").deadline.undated is Undated.BEYOND_CALENDAR

    def test_before_the_first_regulations_no_law_speaks(self) -> None:
        assert reply_due(request("2008-04-30"), "2008-04-30").deadline.undated is Undated.NO_LAW

    def test_a_receipt_not_confirmed_starts_nothing(self) -> None:
        one = request("2025-03-03", channel=ChannelKind.EMAIL, receipt=Receipt(arrived_on=day("2025-03-03")))
        assert reply_due(one, "2025-03-05").deadline.undated is Undated.UNCONFIRMED
        (only,) = request_deadlines(one, context("2025-03-05"))
        assert (only.kind, only.undated) == (Kind.CONFIRMATION, Undated.NO_TIME)

    def test_ordinary_post_has_to_be_confirmed_on_the_day_it_arrives(self) -> None:
        receipt = Receipt(arrived_on=day("2025-03-03"), post=PostKind.ORDINARY)
        one = request("2025-03-03", channel=ChannelKind.POST, receipt=receipt)
        (only,) = request_deadlines(one, context("2025-03-05"))
        assert (only.kind, only.due) == (Kind.CONFIRMATION, day("2025-03-03"))

    @pytest.mark.parametrize(
        ("kind", "part"), [(Kind.FEE, 0), (Kind.THIRD_PARTY, 1), (Kind.EXTENSION_NOTICE, 0), (Kind.DISCLOSURE, 0)]
    )
    def test_what_a_request_has_not_is_refused(self, kind: DeadlineKind, part: int) -> None:
        with pytest.raises(InputError, match="no deadline of the kind"):
            explain(request("2025-03-03"), kind, context("2025-03-03"), part=part)


class TestWhichThereAre:
    def test_a_new_request_has_a_reply_and_for_seven_days_a_correction_notice(self) -> None:
        one = request("2025-03-03")
        kinds = [entry.kind for entry in request_deadlines(one, context("2025-03-12"))]
        assert kinds == [Kind.CORRECTION_NOTICE, Kind.REPLY]
        assert [entry.kind for entry in request_deadlines(one, context("2025-03-13"))] == [Kind.REPLY]

    @pytest.mark.parametrize("changes", [{"kind": RequestKind.ENQUIRY}, {"reply": Reply(on=day("2025-03-05"))}])
    def test_an_enquiry_or_a_request_replied_to_has_none(self, changes: dict[str, object]) -> None:
        assert request_deadlines(request("2025-03-03", **changes), context("2025-03-10")) == ()

    def test_each_consultation_is_told_apart(self) -> None:
        stops = (
            Suspension(cause=THIRD, since=day("2025-03-05"), until=day("2025-03-06")),
            Suspension(cause=THIRD, since=day("2025-03-06")),
            Suspension(cause=ORGAN, since=day("2025-03-06"), joint_maker=True),
        )
        keys = [
            entry.key for entry in request_deadlines(request("2025-03-03", suspensions=stops), context("2025-03-20"))
        ]
        assert keys == ["request:request-1:third_party:2", "request:request-1:joint_maker:3", "request:request-1:reply"]


DAYS = st.dates(day("2021-02-01"), day("2024-12-31"))


@st.composite
def handled(draw: st.DrawFn) -> Request:
    received = draw(DAYS)

    def later(most: int) -> dt.date:
        return received + DAY * draw(st.integers(0, most))

    stops = []
    for cause in draw(st.lists(st.sampled_from(SuspensionCause), max_size=3)):
        since = later(40)
        stops.append(Suspension(cause=cause, since=since, until=since + DAY * draw(st.integers(0, 40))))
    told = later(12)
    corrections = (Correction(notified_on=told, received_on=told + DAY * draw(st.integers(0, 20))),)
    return samples.request(
        received_on=received,
        reply=None,
        suspensions=tuple(stops),
        corrections=corrections if draw(st.booleans()) else (),
        extension=draw(st.none() | st.builds(Extension, days=st.integers(1, 20), notified_on=st.just(received))),
    )


@given(handled())
@settings(max_examples=60)
def test_the_stretches_join_and_count_what_the_law_gives(one: Request) -> None:
    found = explain(one, Kind.REPLY, context("2026-06-30"))
    assert found.deadline.due is not None
    assert found.counted == found.days
    for before, after in zip(found.stretches, found.stretches[1:], strict=False):
        assert after.since == before.until + DAY
        assert before.since <= before.until
    assert found.stretches[0].since == one.received_on
    assert found.stretches[-1].until == found.deadline.due
    assert found.stretches[-1].working_days > 0
