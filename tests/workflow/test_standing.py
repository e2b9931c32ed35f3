"""Where the review of an item stands, as its record says: nothing that is not known to be in order counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govopen.model.catalog import Category, InformationItem, Withdrawal
from govopen.model.classification import (
    DisclosureAttribute,
    ReviewResult,
    SecrecyReview,
    SignOff,
    SignOffResult,
    SignOffStep,
)
from govopen.model.published import public_digest
from govopen.rules import samples
from govopen.testing.compliant import Setting
from govopen.testing.compliant_items import disclosed, items
from govopen.workflow.disclosure import DisclosureState, standing

PROACTIVE, ON_REQUEST, EXEMPT = DisclosureAttribute
DRAFT, REFERRED, CHECKED, PROPOSED, REVIEWED, DECIDED, WITHDRAWN = DisclosureState
D, S, P = SignOffStep
LATER = dt.date(2011, 12, 31)
STALE = "0" * 64


def day(number: int) -> dt.date:
    return dt.date(2011, 4, number)


def step(kind: SignOffStep, on: int | None, **changes: Any) -> SignOff:
    whole: dict[str, Any] = {"step": kind, "person": kind.value, "attribute": ON_REQUEST}
    return SignOff(**(whole | {"on": None if on is None else day(on)} | changes))


def back(kind: SignOffStep, on: int | None, **changes: Any) -> SignOff:
    return step(kind, on, result=SignOffResult.RETURNED, attribute=None, **changes)


def item(*steps: SignOff, **changes: Any) -> InformationItem:
    return samples.item(sign_offs=steps, **changes)


def reviewed(on: int) -> SecrecyReview:
    return SecrecyReview(reviewed_on=day(on), reviewer="丁", result=ReviewResult.NOT_CLASSIFIED)


def state(record: InformationItem, on: dt.date = LATER) -> DisclosureState:
    return standing(record, on).state


ALL = (step(D, 18), step(S, 19), step(P, 20))


class TestSteps:
    @pytest.mark.parametrize(
        ("steps", "expected"),
        [
            ((), CHECKED),
            (ALL[:1], PROPOSED),
            (ALL[:2], REVIEWED),
            (ALL, DECIDED),
            # Any one left out stops it there.
            ((ALL[1], ALL[2]), CHECKED),
            ((ALL[0], ALL[2]), PROPOSED),
            # The list need not be in order, the dates must be.
            (ALL[::-1], DECIDED),
            ((step(D, 19), step(S, 18), step(P, 20)), PROPOSED),
            ((step(D, 18), step(S, 20), step(P, 19)), REVIEWED),
            # On one day the order is that of the list.
            ((step(D, 18), step(S, 18), step(P, 18)), DECIDED),
            ((step(S, 18), step(D, 18), step(P, 18)), PROPOSED),
            # Without a date, a name or an attribute it is not known to be taken.
            ((step(D, None), *ALL[1:]), CHECKED),
            ((ALL[0], step(S, 19, person=" "), ALL[2]), PROPOSED),
            ((*ALL[:2], step(P, 20, attribute=None)), REVIEWED),
            ((step(D, 18, attribute=None), *ALL[1:]), CHECKED),
            # A section head who supports what was proposed need not repeat it.
            ((ALL[0], step(S, 19, attribute=None), ALL[2]), DECIDED),
            # A return undoes what came before it.
            ((*ALL[:2], back(P, 20)), CHECKED),
            ((ALL[0], back(S, 18), step(S, 19), step(P, 20)), CHECKED),
            ((ALL[0], back(S, 18), step(D, 18), step(S, 19), step(P, 20)), DECIDED),
            ((*ALL, back(P, 21)), CHECKED),
            # Nobody knows when, so at the latest where the list has it; and who it was makes no difference.
            ((*ALL, back(P, None)), CHECKED),
            ((ALL[0], back(S, None), *ALL), DECIDED),
            ((*ALL, back(P, 21, person="")), CHECKED),
            # A new proposal begins anew, and so has to go the whole way.
            ((*ALL, step(D, 21)), PROPOSED),
            ((*ALL, step(D, 21), step(S, 22), step(P, 23)), DECIDED),
            # A review after the decision changes nothing; deciding otherwise unsettles it.
            ((*ALL, step(S, 21)), DECIDED),
            ((*ALL, step(P, 21)), DECIDED),
            ((*ALL, step(P, 21, attribute=PROACTIVE)), REVIEWED),
        ],
    )
    def test_the_state_follows_from_the_steps(self, steps: tuple[SignOff, ...], expected: DisclosureState) -> None:
        assert state(item(*steps)) is expected

    def test_it_stands_where_it_stood_on_that_day(self) -> None:
        record = item(*ALL)
        courses = [(17, DRAFT), (18, PROPOSED), (19, REVIEWED), (20, DECIDED)]
        assert [state(record, day(on)) for on, _ in courses] == [expected for _, expected in courses]

    def test_the_principal_leader_has_the_last_word(self) -> None:
        now = standing(item(*ALL[:2], step(P, 20, attribute=EXEMPT, ground="internal")), LATER)
        assert (now.state, now.attribute, now.ground) == (DECIDED, EXEMPT, "internal")

    def test_an_attribute_is_settled_by_the_decision_and_not_before(self) -> None:
        found = [standing(item(*ALL[:count]), LATER).attribute for count in range(4)]
        assert found == [None, None, None, ON_REQUEST]

    def test_the_ground_is_that_of_the_decision_or_else_of_the_proposal(self) -> None:
        proposed = step(D, 18, attribute=EXEMPT, ground="process")
        decided = step(P, 20, attribute=EXEMPT)
        assert standing(item(proposed, ALL[1], decided), LATER).ground == "process"
        other = attrs.evolve(decided, ground="internal")
        assert standing(item(proposed, ALL[1], other), LATER).ground == "internal"

    def test_the_steps_that_count_are_named(self) -> None:
        now = standing(item(step(D, 16), *ALL), LATER)
        assert (now.proposal, now.section_review, now.decision) == ALL
        assert now.review == samples.item().review


class TestSecrecyReview:
    def review(self, on: int | None = 18, **changes: Any) -> SecrecyReview:
        whole: dict[str, Any] = {"reviewer": "丁", "result": ReviewResult.NOT_CLASSIFIED}
        return SecrecyReview(**(whole | {"reviewed_on": None if on is None else day(on)} | changes))

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, DECIDED),
            ({"on": None}, DRAFT),
            ({"reviewer": "\u3000"}, DRAFT),
            ({"result": None}, DRAFT),
            ({"result": ReviewResult.UNSURE}, REFERRED),
            ({"result": ReviewResult.UNSURE, "on": 25}, REFERRED),
            # The decision has to come after it; a proposal may have come before.
            ({"on": 20}, DECIDED),
            ({"on": 21}, REVIEWED),
            ({"digest": STALE}, DRAFT),
        ],
    )
    def test_without_one_that_found_no_secret_nothing_else_counts(
        self, changes: dict[str, Any], expected: DisclosureState
    ) -> None:
        assert state(item(*ALL, review=self.review(**changes))) is expected

    def test_none_at_all(self) -> None:
        assert state(item(*ALL, review=None)) is DRAFT

    def test_one_of_a_later_day_is_not_there_yet(self) -> None:
        assert state(item(*ALL, review=self.review(21)), day(20)) is DRAFT


class TestContent:
    @pytest.mark.parametrize(("changed", "expected"), [(18, DECIDED), (19, DRAFT), (20, DRAFT), (21, DRAFT)])
    def test_what_pins_nothing_is_of_the_content_of_its_day(self, changed: int, expected: DisclosureState) -> None:
        """On the day of the change it may have been of either; it is taken at its word."""
        assert state(item(*ALL, changed_on=day(changed))) is expected

    def test_steps_after_the_change_count_from_there(self) -> None:
        review = reviewed(21)
        again = (step(D, 21), step(S, 22), step(P, 23))
        assert state(item(*ALL, changed_on=day(21), review=review)) is CHECKED
        assert state(item(*ALL, *again, changed_on=day(21), review=review)) is DECIDED

    def test_a_pin_is_better_than_a_date(self) -> None:
        record = item(*ALL, changed_on=day(25))
        pin = public_digest(record)
        assert record.review is not None
        pinned = attrs.evolve(
            record,
            review=attrs.evolve(record.review, digest=pin),
            sign_offs=tuple(attrs.evolve(entry, digest=pin) for entry in ALL),
        )
        assert state(pinned) is DECIDED
        assert state(attrs.evolve(pinned, title="另一名称")) is DRAFT

    @pytest.mark.parametrize(("place", "expected"), [(0, CHECKED), (1, PROPOSED), (2, REVIEWED)])
    def test_a_step_for_another_text_does_not_count(self, place: int, expected: DisclosureState) -> None:
        steps = [attrs.evolve(entry, digest=STALE) if at == place else entry for at, entry in enumerate(ALL)]
        assert state(item(*steps)) is expected

    def test_a_return_of_another_text_undoes_nothing(self) -> None:
        assert state(item(*ALL, back(P, 21, digest=STALE))) is DECIDED


class TestWithdrawal:
    def withdrawn(self, on: int, *steps: SignOff, checked: int = 18) -> InformationItem:
        review = reviewed(checked)
        return item(*steps, withdrawn=Withdrawal(on=day(on), person="丙", reason="有误"), review=review)

    def test_it_ends_all_that_came_before_or_on_its_day(self) -> None:
        assert state(self.withdrawn(25, *ALL)) is WITHDRAWN
        assert state(self.withdrawn(20, *ALL)) is WITHDRAWN
        assert state(self.withdrawn(25, *ALL), day(24)) is DECIDED

    def test_it_takes_a_whole_new_review(self) -> None:
        again = (step(D, 26), step(S, 27), step(P, 28))
        assert state(self.withdrawn(25, *ALL, *again)) is WITHDRAWN
        assert state(self.withdrawn(25, *ALL, checked=26)) is CHECKED
        assert state(self.withdrawn(25, *ALL, *again, checked=26)) is DECIDED
        assert state(self.withdrawn(26, *ALL, *again, checked=26)) is WITHDRAWN


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_compliant_item_is_decided_on_what_it_carries(data: st.DataObject) -> None:
    setting = Setting(samples.UNIT, dt.date(2021, 6, 1))
    record = data.draw(items(setting, Category.OTHER) | disclosed(setting, Category.OTHER).map(lambda found: found[0]))
    assert isinstance(record, InformationItem)
    now = standing(record, setting.as_of)
    assert now.state is DECIDED
    assert record.attributes == (now.attribute,)
    assert bool(now.ground) == (now.attribute is EXEMPT)
