"""What each step of disclosure review writes down, and what becomes of records that came from elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.errors import NotComputable, TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.model.catalog import InformationItem, Withdrawal
from govopen.model.classification import DisclosureAttribute, ReviewResult, SignOff, SignOffResult, SignOffStep
from govopen.model.published import public_digest
from govopen.policy.loading import builtin_library
from govopen.rules import samples
from govopen.rules.context import Context
from govopen.workflow import disclosure
from govopen.workflow.disclosure import DisclosureState, standing

PROACTIVE, ON_REQUEST, EXEMPT = DisclosureAttribute
DAY = dt.date(2011, 5, 3)


def ctx(day: dt.date = DAY, **parameters: Any) -> Context:
    return Context(as_of=day, library=builtin_library(), calendar=china_calendar(), parameters=parameters)


def actor(name: str, *roles: Role, **changes: Any) -> Actor:
    return Actor(id=f"u-{name}", name=name, roles={"bureau": frozenset(roles)}, **changes)


DRAFTER = actor("甲", Role.DRAFTER)
HEAD = actor("乙", Role.SECTION_HEAD)
LEADER = actor("丙", Role.PRINCIPAL)
CHECKER = actor("丁", Role.SECRECY_REVIEWER)
BLANK = samples.item(attributes=(), review=None, sign_offs=())


def checked(item: InformationItem, day: dt.date = DAY) -> InformationItem:
    return disclosure.review_secrecy(item, actor=CHECKER, ctx=ctx(day), result=ReviewResult.NOT_CLASSIFIED)


def proposed(attribute: DisclosureAttribute = PROACTIVE, ground: str = "") -> InformationItem:
    item = checked(disclosure.draft(None, BLANK, actor=DRAFTER, ctx=ctx()))
    return disclosure.propose(item, actor=DRAFTER, ctx=ctx(), attribute=attribute, ground=ground)


def decided(attribute: DisclosureAttribute = PROACTIVE, ground: str = "") -> InformationItem:
    item = disclosure.review(proposed(attribute, ground), actor=HEAD, ctx=ctx())
    return disclosure.decide(item, actor=LEADER, ctx=ctx())


class TestDrafting:
    def test_a_draft_brings_no_review_with_it(self) -> None:
        """Whoever drafts could else sign for everybody."""
        made = disclosure.draft(None, samples.item(withdrawn=Withdrawal(on=DAY)), actor=DRAFTER, ctx=ctx())
        assert (made.attributes, made.review, made.sign_offs, made.withdrawn) == ((), None, (), None)
        assert made.digest == public_digest(made)
        assert made.changed_on is None

    def test_a_change_is_dated_and_takes_only_content(self) -> None:
        old = decided()
        forged = samples.item(title="新名称", sign_offs=samples.sign_offs(EXEMPT), attributes=(EXEMPT,))
        new = disclosure.draft(old, forged, actor=DRAFTER, ctx=ctx(dt.date(2011, 5, 4)))
        assert (new.title, new.changed_on, new.attributes) == ("新名称", dt.date(2011, 5, 4), ())
        assert new.digest == public_digest(new) != old.digest
        assert new.sign_offs == old.sign_offs
        assert standing(new, dt.date(2011, 5, 4)).state is DisclosureState.DRAFT

    def test_the_same_content_changes_nothing(self) -> None:
        old = decided()
        again = attrs.evolve(old, sign_offs=(), changed_on=dt.date(2011, 6, 1), digest="")
        assert disclosure.draft(old, again, actor=DRAFTER, ctx=ctx(dt.date(2011, 6, 1))) is old

    def test_the_steps_of_another_system_are_pinned_to_what_they_were_of(self) -> None:
        """Else those of the day of the change would count for the changed text."""
        old = samples.item()
        today = dt.date(2011, 4, 20)
        new = disclosure.draft(old, attrs.evolve(old, title="新名称"), actor=DRAFTER, ctx=ctx(today))
        assert {entry.digest for entry in new.sign_offs} == {public_digest(old)}
        assert new.review is not None
        assert new.review.digest == public_digest(old)
        assert standing(new, samples.YEAR_END).state is DisclosureState.DRAFT

    def test_a_step_from_before_an_earlier_change_is_pinned_to_nothing_it_was_not_of(self) -> None:
        old = samples.item(changed_on=dt.date(2011, 4, 19))
        new = disclosure.draft(old, attrs.evolve(old, title="新名称"), actor=DRAFTER, ctx=ctx())
        assert [bool(entry.digest) for entry in new.sign_offs] == [False, True, True]

    def test_content_changed_back_within_a_day_is_reviewed_anew(self) -> None:
        today = ctx(dt.date(2011, 6, 1))
        first = decided()
        second = disclosure.draft(first, attrs.evolve(first, title="乙"), actor=DRAFTER, ctx=today)
        second = checked(second, today.as_of)
        second = disclosure.propose(second, actor=DRAFTER, ctx=today, attribute=PROACTIVE)
        third = disclosure.draft(second, attrs.evolve(second, title="丙"), actor=DRAFTER, ctx=today)
        back = disclosure.draft(third, attrs.evolve(third, title="乙"), actor=DRAFTER, ctx=today)
        assert public_digest(back) == public_digest(second)
        assert (back.review, back.sign_offs) == (None, ())

    @pytest.mark.parametrize("changes", [{"id": "other-2"}, {"unit": "street"}])
    def test_an_item_does_not_become_another(self, changes: dict[str, str]) -> None:
        old = decided()
        with pytest.raises(TransitionRefused) as caught:
            disclosure.draft(old, attrs.evolve(old, **changes), actor=DRAFTER, ctx=ctx())  # type: ignore[arg-type]
        assert caught.value.facts["refused_by"] == "same-item"


class TestSigning:
    def test_every_step_says_who_when_what_and_of_which_text(self) -> None:
        item = decided(EXEMPT, "internal")
        pin = public_digest(item)
        assert item.review is not None
        assert (item.review.reviewer, item.review.reviewed_on, item.review.digest) == ("丁", DAY, pin)
        assert item.sign_offs == tuple(
            SignOff(step=step, person=person, on=DAY, attribute=EXEMPT, ground=ground, digest=pin)
            for step, person, ground in zip(SignOffStep, "甲乙丙", ("internal", "", "internal"), strict=True)
        )
        assert item.attributes == (EXEMPT,)
        assert standing(item, DAY).ground == "internal"

    def test_a_deputy_signs_in_person_and_names_the_post_acted_for(self) -> None:
        item = disclosure.review(proposed(), actor=HEAD, ctx=ctx())
        deputy = actor("戊", Role.PRINCIPAL, acting_for={Role.PRINCIPAL: "丙"})
        signed = disclosure.decide(item, actor=deputy, ctx=ctx()).sign_offs[-1]
        assert (signed.person, signed.acting_for) == ("戊", "丙")

    def test_acting_for_another_makes_no_second_person(self) -> None:
        item = disclosure.review(proposed(), actor=HEAD, ctx=ctx())
        both = actor("乙", Role.PRINCIPAL, acting_for={Role.PRINCIPAL: "丙"})
        with pytest.raises(TransitionRefused) as caught:
            disclosure.decide(item, actor=both, ctx=ctx())
        assert caught.value.facts["refused_by"] == "different-person"
        assert "section head reviews" in str(caught.value)
        assert disclosure.decide(item, actor=both, ctx=ctx(separation_of_duties=False)).attributes == (PROACTIVE,)

    def test_an_imported_proposal_without_its_ground_is_not_decided_on(self) -> None:
        imported = samples.item(attributes=(), sign_offs=samples.sign_offs(EXEMPT)[:2])
        with pytest.raises(TransitionRefused) as caught:
            disclosure.decide(imported, actor=LEADER, ctx=ctx())
        assert caught.value.facts["refused_by"] == "ground"
        assert "trade_secret" in str(caught.value)

    def test_the_ground_is_measured_by_the_law_of_the_day_of_the_step(self) -> None:
        item = disclosure.draft(None, attrs.evolve(BLANK, created_on=None), actor=DRAFTER, ctx=ctx())
        for day, lawful in ((dt.date(2019, 5, 14), False), (dt.date(2019, 5, 15), True)):
            ready = checked(item, day)
            try:
                disclosure.propose(ready, actor=DRAFTER, ctx=ctx(day), attribute=EXEMPT, ground="case_file")
                done = True
            except TransitionRefused:
                done = False
            assert done is lawful

    def test_before_there_was_a_law_on_it_nobody_can_tell(self) -> None:
        day = dt.date(2008, 4, 30)
        early = checked(disclosure.draft(None, BLANK, actor=DRAFTER, ctx=ctx(day)), day)
        with pytest.raises(NotComputable):
            disclosure.propose(early, actor=DRAFTER, ctx=ctx(day), attribute=EXEMPT, ground="trade_secret")

    @pytest.mark.parametrize(("reviewed", "step"), [(False, SignOffStep.SECTION_HEAD), (True, SignOffStep.PRINCIPAL)])
    def test_who_holds_both_posts_sends_it_back_from_the_one_whose_turn_it_is(
        self, reviewed: bool, step: SignOffStep
    ) -> None:
        item = disclosure.review(proposed(), actor=HEAD, ctx=ctx()) if reviewed else proposed()
        both = actor("己", Role.SECTION_HEAD, Role.PRINCIPAL)
        back = disclosure.send_back(item, actor=both, ctx=ctx(), reason=" 请补充 ").sign_offs[-1]
        assert (back.step, back.result, back.reason) == (step, SignOffResult.RETURNED, "请补充")

    def test_a_principal_leader_may_send_back_what_was_not_reviewed_yet(self) -> None:
        back = disclosure.send_back(proposed(), actor=LEADER, ctx=ctx(), reason="请补充")
        assert back.sign_offs[-1].step is SignOffStep.PRINCIPAL
        assert standing(back, DAY).state is DisclosureState.SECRECY_REVIEWED

    def test_a_refusal_says_nothing_of_the_record(self) -> None:
        item = attrs.evolve(proposed(), title="机密标题", text="正文内容")
        item = disclosure.propose(checked(item), actor=DRAFTER, ctx=ctx(), attribute=PROACTIVE)
        with pytest.raises(TransitionRefused) as caught:
            disclosure.review(item, actor=attrs.evolve(actor("甲", Role.SECTION_HEAD), id="u-7"), ctx=ctx())
        said = str(caught.value) + repr(caught.value.facts)
        assert not any(word in said for word in ("机密标题", "正文内容", "甲"))


class TestWithdrawal:
    def test_it_is_reviewed_anew_on_the_same_day(self) -> None:
        gone = disclosure.withdraw(decided(), actor=HEAD, ctx=ctx(), reason="有误")
        assert gone.withdrawn == Withdrawal(on=DAY, person="乙", reason="有误")
        assert (gone.attributes, standing(gone, DAY).state) == ((), DisclosureState.WITHDRAWN)
        again = checked(gone)
        assert (again.withdrawn, again.sign_offs) == (None, ())
        again = disclosure.propose(again, actor=DRAFTER, ctx=ctx(), attribute=PROACTIVE)
        again = disclosure.decide(disclosure.review(again, actor=HEAD, ctx=ctx()), actor=LEADER, ctx=ctx())
        assert standing(again, DAY).attribute is PROACTIVE

    def test_what_stands_published_can_be_withdrawn_whatever_its_review(self) -> None:
        unsigned = samples.item(attributes=(), sign_offs=())
        publisher = actor("庚", Role.PUBLISHER)
        with pytest.raises(TransitionRefused):
            disclosure.withdraw(unsigned, actor=publisher, ctx=ctx(), reason="有误")
        gone = disclosure.withdraw(unsigned, actor=publisher, ctx=ctx(), reason="有误", published=True)
        assert standing(gone, DAY).state is DisclosureState.WITHDRAWN

    def test_a_doubt_about_secrecy_stops_what_was_decided(self) -> None:
        doubted = disclosure.review_secrecy(decided(), actor=CHECKER, ctx=ctx(), result=ReviewResult.UNSURE)
        assert (doubted.attributes, standing(doubted, DAY).state) == ((), DisclosureState.REFERRED)
