"""The time to reply: both laws, corrections, suspensions, extensions, and the days at the edge."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.errors import NotComputable
from govopen.model.requests import Correction, Extension, Reply, ReplyOutcome, RequestKind, Suspension, SuspensionCause
from govopen.policy.loading import builtin_library
from govopen.rules import request_times, samples
from govopen.rules.base import RecordRule, Rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Outcome, Passed, Result, Undecidable, Verdict

DAY = dt.timedelta(days=1)
CALENDAR = china_calendar()
# Fifteen working days after 2011-04-15, and twenty after 2019-05-15, the first day of the law of 2019.
RECEIVED_2011, DUE_2011 = dt.date(2011, 4, 15), dt.date(2011, 5, 9)
RECEIVED_2019, DUE_2019 = dt.date(2019, 5, 15), dt.date(2019, 6, 13)


def context(as_of: dt.date, *, detailed: bool = False) -> Context:
    return Context(as_of=as_of, library=builtin_library(), calendar=CALENDAR, detailed=detailed)


def replied(on: dt.date) -> Reply:
    return Reply(on=on, outcome=ReplyOutcome.GRANTED)


def worded(rule: Rule, result: Result) -> Result:
    """The result itself, once every verdict is seen to have a text in both languages that takes just its facts."""
    for verdict in result if isinstance(result, list) else [] if result is None else [result]:
        text = rule.messages[verdict.message]
        assert text.zh.format(**verdict.facts)
        assert text.en.format(**verdict.facts)
    return result


def check(rule: RecordRule, as_of: dt.date | Context = dt.date(2020, 12, 31), **changes: Any) -> Result:
    ctx = as_of if isinstance(as_of, Context) else context(as_of)
    return worded(rule, rule.check(Dossier(samples.request(**changes), samples.UNIT, {}), ctx))


def reply_time(as_of: dt.date | Context = dt.date(2020, 12, 31), **changes: Any) -> Result:
    return check(request_times.reply_in_time, as_of, **changes)


def said(result: Result) -> tuple[Outcome, str, dict[str, object]]:
    assert isinstance(result, Verdict)
    return result.outcome, result.message, result.facts


def asked(since: dt.date, until: dt.date | None, cause: SuspensionCause = SuspensionCause.THIRD_PARTY) -> Suspension:
    return Suspension(cause=cause, since=since, until=until)


class TestReply:
    @pytest.mark.parametrize(
        ("received_on", "due"),
        [
            (RECEIVED_2011, DUE_2011),
            (dt.date(2011, 9, 9), dt.date(2011, 10, 8)),  # the due date is a worked Saturday
            (dt.date(2019, 5, 14), dt.date(2019, 6, 4)),
            (RECEIVED_2019, DUE_2019),
            (dt.date(2020, 1, 20), dt.date(2020, 2, 25)),
        ],
    )
    def test_it_is_in_time_on_the_due_date_and_late_on_the_next(self, received_on: dt.date, due: dt.date) -> None:
        assert reply_time(received_on=received_on, reply=replied(due)) is None
        late = reply_time(received_on=received_on, reply=replied(due + DAY))
        assert said(late) == (Outcome.FAIL, "late", {"replied_on": due + DAY, "due": due})

    def test_while_there_is_time_an_open_request_is_no_pass(self) -> None:
        ctx = context(DUE_2011)
        assert said(reply_time(ctx, reply=None)) == (Outcome.NOT_APPLICABLE, "not_yet_due", {"due": DUE_2011})
        assert ctx.holds_until == DUE_2011

    def test_an_open_request_fails_from_the_day_after_the_due_date(self) -> None:
        ctx = context(DUE_2011 + DAY)
        assert said(reply_time(ctx, reply=None)) == (Outcome.FAIL, "unanswered", {"due": DUE_2011})
        assert ctx.holds_since == DUE_2011 + DAY

    def test_a_reply_after_the_as_of_date_has_not_been_made(self) -> None:
        reply = replied(dt.date(2011, 5, 20))
        assert said(reply_time(dt.date(2011, 5, 8), reply=reply))[1] == "not_yet_due"
        assert said(reply_time(dt.date(2011, 5, 19), reply=reply))[1] == "unanswered"
        assert said(reply_time(dt.date(2011, 5, 20), reply=reply))[1] == "late"

    def test_a_detailed_pass_says_how_many_working_days_it_took(self) -> None:
        result = reply_time(context(samples.YEAR_END, detailed=True))
        assert isinstance(result, Passed)
        assert result.facts == {"working_days": 5, "due": DUE_2011}
        on_the_spot = reply_time(context(samples.YEAR_END, detailed=True), reply=replied(RECEIVED_2011))
        assert isinstance(on_the_spot, Passed)
        assert on_the_spot.facts["working_days"] == 0

    def test_an_enquiry_has_no_time_and_an_unlabelled_item_cannot_be_decided(self) -> None:
        assert said(reply_time(kind=RequestKind.ENQUIRY, reply=None))[:2] == (Outcome.NOT_APPLICABLE, "enquiry")
        assert said(reply_time(kind=None, reply=None))[:2] == (Outcome.UNDECIDABLE, "unlabelled")

    def test_before_the_regulations_there_was_no_time(self) -> None:
        result = reply_time(received_on=dt.date(2008, 4, 30), reply=None)
        assert said(result)[:2] == (Outcome.NOT_APPLICABLE, "no_law")
        assert said(reply_time(received_on=dt.date(2008, 5, 1), reply=None))[1] == "unanswered"

    def test_a_reply_before_the_receipt_cannot_be_decided(self) -> None:
        result = reply_time(reply=replied(RECEIVED_2011 - DAY))
        assert said(result)[:2] == (Outcome.UNDECIDABLE, "before_receipt")

    def test_past_the_calendar_nothing_is_guessed(self) -> None:
        last = CALENDAR.coverage[1]
        with pytest.raises(NotComputable):
            reply_time(last, received_on=last - 3 * DAY, reply=None)


class TestExtensionOfTheReply:
    TOLD = Extension(days=15, consented_by="庚", notified_on=DUE_2011)

    def test_it_adds_its_working_days(self) -> None:
        due = dt.date(2011, 5, 30)
        assert reply_time(extension=self.TOLD, reply=replied(due)) is None
        assert said(reply_time(extension=self.TOLD, reply=replied(due + DAY)))[2]["due"] == due

    def test_it_adds_no_more_than_the_law_allows(self) -> None:
        too_long = attrs.evolve(self.TOLD, days=40)
        assert said(reply_time(extension=too_long, reply=replied(dt.date(2011, 5, 31))))[2]["due"] == dt.date(
            2011, 5, 30
        )

    def test_the_law_of_2019_allows_twenty(self) -> None:
        extension = Extension(days=40, consented_by="庚", notified_on=DUE_2019)
        late = reply_time(received_on=RECEIVED_2019, extension=extension, reply=replied(dt.date(2019, 7, 12)))
        assert said(late)[2]["due"] == dt.date(2019, 7, 11)

    def test_a_negative_number_shortens_nothing(self) -> None:
        assert reply_time(extension=attrs.evolve(self.TOLD, days=-5), reply=replied(DUE_2011)) is None

    def test_before_the_applicant_is_told_it_adds_nothing(self) -> None:
        told_on = dt.date(2011, 5, 16)
        extension = attrs.evolve(self.TOLD, notified_on=told_on)
        assert said(reply_time(told_on - DAY, extension=extension, reply=None))[1] == "unanswered"
        assert said(reply_time(told_on, extension=extension, reply=None))[1] == "not_yet_due"


class TestSuspension:
    # Ten working days.
    STOP = asked(dt.date(2011, 4, 22), dt.date(2011, 5, 9))
    DUE = dt.date(2011, 5, 23)

    def test_its_working_days_do_not_count(self) -> None:
        assert reply_time(suspensions=(self.STOP,), reply=replied(self.DUE)) is None
        late = reply_time(suspensions=(self.STOP,), reply=replied(self.DUE + DAY))
        assert said(late)[2]["due"] == self.DUE

    def test_the_day_the_question_was_put_counts_and_the_day_of_the_answer_does_not(self) -> None:
        # From Friday to Monday one working day stands still: the Monday.
        stop = asked(dt.date(2011, 4, 22), dt.date(2011, 4, 25))
        assert said(reply_time(suspensions=(stop,), reply=replied(dt.date(2011, 6, 1))))[2]["due"] == dt.date(
            2011, 5, 10
        )

    def test_one_answered_on_the_same_day_changes_nothing(self) -> None:
        stop = asked(dt.date(2011, 4, 22), dt.date(2011, 4, 22))
        assert said(reply_time(suspensions=(stop,), reply=None))[2]["due"] == DUE_2011

    def test_overlapping_ones_are_counted_once(self) -> None:
        inner = asked(dt.date(2011, 4, 25), dt.date(2011, 4, 28))
        for stops in ((self.STOP, inner), (inner, self.STOP)):
            assert said(reply_time(suspensions=stops, reply=replied(dt.date(2011, 7, 1))))[2]["due"] == self.DUE

    def test_asking_another_organ_counts_under_the_law_of_2007_and_not_under_that_of_2019(self) -> None:
        stop = asked(dt.date(2011, 4, 22), dt.date(2011, 5, 9), SuspensionCause.OTHER_ORGAN)
        assert said(reply_time(suspensions=(stop,), reply=replied(self.DUE)))[1] == "late"
        # One working day: 2019-05-17 is a Friday.
        stop = asked(dt.date(2019, 5, 17), dt.date(2019, 5, 20), SuspensionCause.OTHER_ORGAN)
        reply = replied(DUE_2019 + DAY)
        assert reply_time(received_on=RECEIVED_2019, suspensions=(stop,), reply=reply) is None

    def test_while_it_lasts_the_clock_stands_still(self) -> None:
        open_ended = asked(dt.date(2011, 4, 22), None)
        assert said(reply_time(suspensions=(open_ended,), reply=None))[:2] == (Outcome.NOT_APPLICABLE, "suspended")

    def test_an_answer_after_the_as_of_date_has_not_come(self) -> None:
        ctx = context(dt.date(2011, 5, 8))
        assert said(reply_time(ctx, suspensions=(self.STOP,), reply=None))[1] == "suspended"
        assert ctx.holds_until == dt.date(2011, 5, 8)
        assert said(reply_time(dt.date(2011, 5, 9), suspensions=(self.STOP,), reply=None))[2] == {"due": self.DUE}

    def test_one_that_begins_when_time_is_over_saves_nothing(self) -> None:
        open_ended = asked(DUE_2011, None)
        assert said(reply_time(suspensions=(open_ended,), reply=None))[1:] == ("unanswered", {"due": DUE_2011})

    def test_one_that_was_never_closed_ends_with_the_reply(self) -> None:
        open_ended = asked(dt.date(2011, 4, 22), None)
        assert reply_time(suspensions=(open_ended,), reply=replied(dt.date(2011, 8, 1))) is None

    def test_one_after_the_reply_changes_nothing(self) -> None:
        after = asked(dt.date(2011, 4, 25), None)
        result = reply_time(context(samples.YEAR_END, detailed=True), suspensions=(after,))
        assert said(result)[2] == {"working_days": 5, "due": DUE_2011}


class TestCorrection:
    NOTICE = Correction(notified_on=dt.date(2019, 5, 20), received_on=dt.date(2019, 6, 3))
    DUE = dt.date(2019, 7, 2)

    def test_the_law_of_2019_restarts_the_clock_from_the_corrected_request(self) -> None:
        about = {"received_on": RECEIVED_2019, "corrections": (self.NOTICE,)}
        assert reply_time(**about, reply=replied(self.DUE)) is None
        assert said(reply_time(**about, reply=replied(self.DUE + DAY)))[2]["due"] == self.DUE
        assert said(reply_time(self.DUE + DAY, **about, reply=None))[1:] == ("unanswered", {"due": self.DUE})

    def test_of_several_the_last_restarts_it(self) -> None:
        later = Correction(notified_on=dt.date(2019, 6, 5), received_on=dt.date(2019, 7, 1))
        result = reply_time(
            dt.date(2019, 7, 10), received_on=RECEIVED_2019, corrections=(later, self.NOTICE), reply=None
        )
        assert said(result) == (
            Outcome.NOT_APPLICABLE,
            "not_yet_due",
            {"due": CALENDAR.add_working_days(dt.date(2019, 7, 1), 20)},
        )

    @pytest.mark.parametrize("received_on", [None, dt.date(2019, 8, 1)])
    def test_while_it_is_awaited_the_clock_of_2019_does_not_run(self, received_on: dt.date | None) -> None:
        notice = attrs.evolve(self.NOTICE, received_on=received_on)
        result = reply_time(dt.date(2019, 7, 31), received_on=RECEIVED_2019, corrections=(notice,), reply=None)
        assert said(result)[:2] == (Outcome.NOT_APPLICABLE, "awaiting_correction")

    def test_a_reply_before_the_corrected_request_came_is_not_late(self) -> None:
        result = reply_time(
            received_on=RECEIVED_2019,
            corrections=(attrs.evolve(self.NOTICE, received_on=None),),
            reply=replied(dt.date(2019, 9, 2)),
        )
        assert said(result)[:2] == (Outcome.NOT_APPLICABLE, "awaiting_correction")

    def test_a_notice_after_the_as_of_date_changes_nothing(self) -> None:
        result = reply_time(dt.date(2019, 5, 17), received_on=RECEIVED_2019, corrections=(self.NOTICE,), reply=None)
        assert said(result)[2] == {"due": DUE_2019}

    # Received on 2011-04-15, corrected on 2011-05-03: due on 2011-05-09 by one count, on 2011-05-24 by the other.
    UNSTATED = Correction(notified_on=dt.date(2011, 4, 20), received_on=dt.date(2011, 5, 3))
    LATER_DUE = dt.date(2011, 5, 24)

    def test_under_the_law_of_2007_only_what_is_clear_both_ways_is_decided(self) -> None:
        about = {"corrections": (self.UNSTATED,)}
        assert reply_time(**about, reply=replied(DUE_2011)) is None
        between = (Outcome.UNDECIDABLE, "clock_unstated", {"due": DUE_2011})
        assert said(reply_time(**about, reply=replied(DUE_2011 + DAY))) == between
        assert said(reply_time(**about, reply=replied(self.LATER_DUE))) == between
        assert said(reply_time(**about, reply=replied(self.LATER_DUE + DAY)))[1:] == (
            "late",
            {"replied_on": self.LATER_DUE + DAY, "due": self.LATER_DUE},
        )

    @pytest.mark.parametrize(
        ("as_of", "outcome", "message"),
        [
            (DUE_2011, Outcome.NOT_APPLICABLE, "not_yet_due"),
            (DUE_2011 + DAY, Outcome.UNDECIDABLE, "clock_unstated"),
            (LATER_DUE, Outcome.UNDECIDABLE, "clock_unstated"),
            (LATER_DUE + DAY, Outcome.FAIL, "unanswered"),
        ],
    )
    def test_an_open_request_of_2011_runs_through_the_same_stages(
        self, as_of: dt.date, outcome: Outcome, message: str
    ) -> None:
        assert said(reply_time(as_of, corrections=(self.UNSTATED,), reply=None))[:2] == (outcome, message)

    def test_a_correction_never_received_leaves_a_late_request_of_2011_undecided(self) -> None:
        notice = attrs.evolve(self.UNSTATED, received_on=None)
        assert said(reply_time(corrections=(notice,), reply=None))[:2] == (Outcome.UNDECIDABLE, "clock_unstated")


class TestCorrectionNotice:
    def check(self, *days: dt.date, received_on: dt.date = RECEIVED_2019, as_of: dt.date = DUE_2019) -> Result:
        corrections = tuple(Correction(notified_on=day) for day in days)
        return check(request_times.correction_notice, as_of, received_on=received_on, corrections=corrections)

    def test_seven_working_days_are_allowed_and_eight_are_not(self) -> None:
        assert self.check(dt.date(2019, 5, 24)) is None
        result = self.check(dt.date(2019, 5, 27))
        assert isinstance(result, list)
        assert [said(verdict) for verdict in result] == [
            (Outcome.FAIL, "late", {"notified_on": dt.date(2019, 5, 27), "due": dt.date(2019, 5, 24)})
        ]

    def test_twice_is_once_too_often_and_two_entries_of_a_day_are_one_notice(self) -> None:
        day = dt.date(2019, 5, 20)
        assert self.check(day, day) is None
        result = self.check(day, day + DAY)
        assert isinstance(result, list)
        assert [said(verdict)[1:] for verdict in result] == [("repeated", {"count": 2})]

    def test_a_notice_after_the_as_of_date_is_not_counted(self) -> None:
        assert self.check(dt.date(2019, 5, 20), dt.date(2019, 5, 22), as_of=dt.date(2019, 5, 21)) is None

    def test_the_law_of_2007_set_no_time(self) -> None:
        result = self.check(dt.date(2019, 12, 2), received_on=dt.date(2019, 5, 14), as_of=dt.date(2019, 12, 31))
        assert said(result)[:2] == (Outcome.NOT_APPLICABLE, "no_limit")

    def test_where_nothing_had_to_be_corrected_it_is_not_concerned(self) -> None:
        assert said(self.check())[:2] == (Outcome.NOT_APPLICABLE, "no_correction")

    def test_an_enquiry_is_not_concerned(self) -> None:
        corrections = (Correction(notified_on=dt.date(2019, 6, 10)),)
        result = check(
            request_times.correction_notice,
            received_on=RECEIVED_2019,
            kind=RequestKind.ENQUIRY,
            corrections=corrections,
        )
        assert said(result)[:2] == (Outcome.NOT_APPLICABLE, "no_documents")


class TestExtension:
    TOLD = Extension(days=15, consented_by="庚", notified_on=DUE_2011)
    REPLY = replied(dt.date(2011, 5, 20))

    def check(self, as_of: dt.date = samples.YEAR_END, *, reply: Reply | None = REPLY, **changes: Any) -> list[Verdict]:
        about = {name: changes.pop(name) for name in ("received_on", "corrections", "suspensions") if name in changes}
        extension = attrs.evolve(self.TOLD, **changes)
        result = check(request_times.extension_lawful, as_of, extension=extension, reply=reply, **about)
        return result if isinstance(result, list) else [] if result is None else [result]

    def test_within_the_length_with_consent_and_told_in_time_it_passes(self) -> None:
        assert self.check() == []

    @pytest.mark.parametrize("days", [0, -1, 16])
    def test_its_length_is_from_one_day_to_that_of_the_law(self, days: int) -> None:
        assert [said(verdict)[1:] for verdict in self.check(days=days)] == [("length", {"days": days, "at_most": 15})]

    def test_the_law_of_2019_allows_twenty(self) -> None:
        about = {"received_on": RECEIVED_2019, "notified_on": DUE_2019, "reply": None, "as_of": DUE_2019}
        assert self.check(days=20, **about) == []
        assert [verdict.message for verdict in self.check(days=21, **about)] == ["length"]

    def test_consent_has_a_name(self) -> None:
        assert [type(verdict) for verdict in self.check(consented_by=" ")] == [Fail]

    def test_told_after_the_original_time_is_too_late(self) -> None:
        (verdict,) = self.check(notified_on=DUE_2011 + DAY)
        assert said(verdict) == (Outcome.FAIL, "told_late", {"told_on": DUE_2011 + DAY, "due": DUE_2011})

    def test_the_original_time_counts_suspensions(self) -> None:
        stop = asked(dt.date(2011, 4, 22), dt.date(2011, 5, 9))
        assert self.check(notified_on=dt.date(2011, 5, 23), suspensions=(stop,), reply=None) == []

    def test_not_told_fails_once_the_original_time_is_over(self) -> None:
        (before,) = self.check(DUE_2011, notified_on=None, reply=None)
        assert isinstance(before, NotApplicable)
        (after,) = self.check(DUE_2011 + DAY, notified_on=None, reply=None)
        assert said(after) == (Outcome.FAIL, "not_told", {"due": DUE_2011})
        (replied_late,) = self.check(notified_on=None)
        assert said(replied_late)[1] == "not_told"

    def test_a_notice_after_the_as_of_date_has_not_been_given(self) -> None:
        told_on = dt.date(2011, 5, 12)
        assert [said(verdict)[1] for verdict in self.check(told_on - DAY, notified_on=told_on, reply=None)] == [
            "not_told"
        ]
        assert [said(verdict)[1] for verdict in self.check(told_on, notified_on=told_on, reply=None)] == ["told_late"]

    def test_one_that_was_not_needed_needs_no_notice(self) -> None:
        (verdict,) = self.check(notified_on=None, reply=replied(DUE_2011))
        assert said(verdict)[:2] == (Outcome.NOT_APPLICABLE, "unused")

    def test_what_is_unlawful_is_said_even_before_the_notice_is_due(self) -> None:
        (verdict,) = self.check(DUE_2011, days=99, notified_on=None, reply=None)
        assert isinstance(verdict, Fail)

    def test_where_the_restart_is_unstated_the_notice_may_be_undecidable(self) -> None:
        correction = Correction(notified_on=dt.date(2011, 4, 20), received_on=dt.date(2011, 5, 3))
        (verdict,) = self.check(notified_on=dt.date(2011, 5, 24), corrections=(correction,), reply=None)
        assert isinstance(verdict, Undecidable)

    def test_without_extension_it_is_not_concerned(self) -> None:
        assert said(check(request_times.extension_lawful))[:2] == (Outcome.NOT_APPLICABLE, "no_extension")
