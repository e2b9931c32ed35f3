"""Deliveries and observations at the edges: how long, how old, and whose."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from govopen.model.publishing import Delivery, DeliveryAction, Observation, ObservedState, copy_id
from govopen.model.website import Carrier
from govopen.rules import samples
from govopen.rules.base import Case
from govopen.rules.observing import DELIVERY, OBSERVATION
from govopen.rules.results import Outcome
from govopen.testing.rules import run_case
from govopen.texts import Text

DAY = samples.YEAR_END
PUBLISHED = (
    samples.proactive_item(),
    samples.publication("other-1", Carrier.OWN_SITE),
    samples.publication("other-1", Carrier.PORTAL),
)
CLASSIFIED = samples.classified_item()


def found(code: str, *records: object, as_of: dt.date = DAY) -> list[tuple[Outcome, str]]:
    report = run_case(Case(Text("例", "case"), (*PUBLISHED, *records), as_of))
    return [(entry.outcome, entry.message) for entry in report.findings if entry.rule == code]


def facts(code: str, *records: object) -> list[dict[str, object]]:
    report = run_case(Case(Text("例", "case"), (*PUBLISHED, *records), DAY))
    return [dict(entry.facts) for entry in report.findings if entry.rule == code]


def seen(*states: ObservedState, **changes: object) -> Observation:
    return attrs.evolve(OBSERVATION, states=states, **changes)


def withdrawal(**changes: object) -> Delivery:
    return attrs.evolve(DELIVERY, action=DeliveryAction.WITHDRAW, digest="", **changes)


class TestDeliveries:
    @pytest.mark.parametrize(("days", "expected"), [(3, []), (4, [(Outcome.FAIL, "late")])])
    def test_may_be_on_its_way_for_three_days(self, days, expected):
        assert found("WEB011", attrs.evolve(DELIVERY, queued_on=DAY - dt.timedelta(days=days))) == expected

    @pytest.mark.parametrize(("days", "expected"), [(1, []), (2, [(Outcome.FAIL, "late")])])
    def test_a_withdrawal_may_take_one_day(self, days, expected):
        assert found("SEC018", withdrawal(queued_on=DAY - dt.timedelta(days=days))) == expected

    def test_parked_counts_from_the_day_it_was_parked(self):
        parked = attrs.evolve(DELIVERY, queued_on=DAY - dt.timedelta(days=2), parked_on=DAY, failure="disk-full")
        assert found("WEB011", parked) == [(Outcome.FAIL, "parked")]
        assert found("WEB011", parked, as_of=DAY - dt.timedelta(days=1)) == []

    def test_each_that_fails_is_a_finding_of_its_own_with_its_code(self):
        parked = attrs.evolve(DELIVERY, parked_on=DAY, failure="disk-full")
        other = attrs.evolve(parked, id=copy_id("other-1", "site-portal"), site="site-portal", failure="")
        assert [(each["site"], each["failure"]) for each in facts("WEB011", parked, other)] == [
            ("site-own", "disk-full"),
            ("site-portal", "-"),
        ]

    def test_a_withdrawal_is_not_among_what_is_to_be_shown_and_the_other_way_round(self):
        assert found("WEB011", withdrawal(parked_on=DAY)) == []
        assert found("SEC018", attrs.evolve(DELIVERY, parked_on=DAY)) == []


class TestObservations:
    @pytest.mark.parametrize(
        ("code", "states"),
        [
            ("WEB012", {ObservedState.MISSING}),
            ("WEB013", {ObservedState.EXTRA, ObservedState.STALE, ObservedState.DIFFERENT}),
            ("WEB014", {ObservedState.PROCEDURE}),
            ("SEC016", {ObservedState.UNCLEARED}),
            ("SEC017", {ObservedState.WITHDRAWN}),
        ],
    )
    def test_each_state_is_the_finding_of_one_rule(self, code, states):
        assert {state for state in ObservedState if found(code, seen(state))} == states

    @pytest.mark.parametrize(("days", "fails"), [(30, True), (31, False)])
    def test_what_was_seen_more_than_thirty_days_ago_says_nothing(self, days, fails):
        old = seen(ObservedState.STALE, observed_on=DAY - dt.timedelta(days=days))
        assert bool(found("WEB013", old)) is fails

    def test_several_states_of_one_copy_are_told_together(self):
        both = seen(ObservedState.STALE, ObservedState.DIFFERENT, ObservedState.PROCEDURE)
        assert [each["states"] for each in facts("WEB013", both)] == [(ObservedState.STALE, ObservedState.DIFFERENT)]

    def test_nothing_compared_changes_no_obligation(self):
        plain = run_case(Case(Text("例", "case"), PUBLISHED, DAY))
        compared = run_case(Case(Text("例", "case"), (*PUBLISHED, OBSERVATION), DAY))
        assert [(entry.citation, entry.status) for entry in plain.statuses] == [
            (entry.citation, entry.status) for entry in compared.statuses
        ]


class TestClassified:
    def observed(self, **changes: object) -> Observation:
        whole = {"id": "c-1@site-own", "item": "c-1", "states": (ObservedState.EXTRA, ObservedState.UNCLEARED)}
        return attrs.evolve(OBSERVATION, **(whole | changes))

    def test_what_stood_on_a_site_within_its_period_is_disclosed_however_long_ago(self):
        assert found("SEC015", CLASSIFIED, self.observed(observed_on=dt.date(2011, 3, 2))) == [(Outcome.FAIL, "stands")]

    @pytest.mark.parametrize(
        "changes",
        [{"digest": "", "states": (ObservedState.MISSING,)}, {"observed_on": dt.date(2011, 2, 28)}],
        ids=["not there", "before it was classified"],
    )
    def test_what_did_not_stand_there_within_its_period_is_not(self, changes):
        assert found("SEC015", CLASSIFIED, self.observed(**changes)) == []
