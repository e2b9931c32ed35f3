"""Secrecy, the disclosure attribute and its three steps (clause 1.3), at the edges."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.classification import (
    DisclosureAttribute,
    ReviewResult,
    SecrecyReview,
    SignOff,
    SignOffStep,
)
from govopen.model.website import Carrier, Publication
from govopen.policy.library import Library
from govopen.policy.loading import builtin_instruments, builtin_matters
from govopen.rules import attributes, classification, samples, sign_off
from govopen.rules.base import RecordRule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable, Verdict

RULES = {rule.code: rule for rule in (*classification.RULES, *attributes.RULES, *sign_off.RULES)}
YEAR_END = samples.YEAR_END
ON_REQUEST, EXEMPT, PROACTIVE = (
    DisclosureAttribute.ON_REQUEST,
    DisclosureAttribute.EXEMPT,
    DisclosureAttribute.PROACTIVE,
)
DRAFTER, SECTION_HEAD, PRINCIPAL = SignOffStep
# 20 working days from 2011-04-15 end on 2011-05-16.
LAST_DAY_OF_PROCESS = dt.date(2011, 5, 16)


@cache
def library() -> Library:
    return Library.build(builtin_instruments(), builtin_matters())


def context(rule: RecordRule, as_of: dt.date, **parameters: Any) -> Context:
    return Context(
        as_of=as_of,
        library=library(),
        calendar=china_calendar(),
        parameters={entry.name: entry.default for entry in rule.parameters} | parameters,
    )


def look(code: str, record: Record, *published: Publication, as_of: dt.date = YEAR_END, **parameters: Any) -> Result:
    """What the rule says of the record; what is published after the day is out of its sight."""
    rule = RULES[code]
    seen = [entry for entry in published if entry.published_on <= as_of]
    dossier = Dossier(record, samples.UNIT, {Publication: seen} if rule.reads else {})
    return rule.check(dossier, context(rule, as_of, **parameters))


def said(result: Result) -> tuple[type[Verdict], str] | None:
    """Kind and message; of several, which all have to be alike, the first."""
    if result is None:
        return None
    verdicts = result if isinstance(result, list) else [result]
    kinds = {(type(verdict), verdict.message) for verdict in verdicts}
    assert len(kinds) == 1
    return kinds.pop()


def signed(*steps: tuple[SignOffStep, str, int | None]) -> InformationItem:
    """An item with these steps: step, person, day of April 2011."""
    return samples.item(
        sign_offs=tuple(
            SignOff(step=step, person=person, on=None if day is None else dt.date(2011, 4, day), attribute=ON_REQUEST)
            for step, person, day in steps
        )
    )


def test_every_rule_on_secrecy_and_attributes_is_protected() -> None:
    assert all(rule.protected for rule in RULES.values())


class TestClassifiedNotDisclosed:
    def test_the_last_day_of_the_period_is_still_within_it(self) -> None:
        record = samples.classified_item(classified_until=dt.date(2011, 5, 10))
        publication = samples.publication("c-1", Carrier.OWN_SITE, published_on=dt.date(2011, 5, 10))
        assert said(look("SEC002", record, publication)) == (Fail, "disclosed")
        assert look("SEC002", record, attrs.evolve(publication, published_on=dt.date(2011, 5, 11))) is None

    @pytest.mark.parametrize(
        ("withdrawn_on", "found"),
        [(None, "standing"), (dt.date(2011, 3, 2), "standing"), (dt.date(2011, 3, 1), None)],
    )
    def test_what_was_published_before_has_to_be_gone_once_it_is_classified(
        self, withdrawn_on: dt.date | None, found: str | None
    ) -> None:
        publication = samples.publication(
            "c-1", Carrier.OWN_SITE, published_on=dt.date(2011, 1, 20), withdrawn_on=withdrawn_on
        )
        result = said(look("SEC002", samples.classified_item(), publication))
        assert result == (None if found is None else (Fail, found))

    def test_what_was_never_classified_on_its_day_breaks_nothing(self) -> None:
        record = samples.classified_item(declassified_on=dt.date(2011, 3, 1))
        publication = samples.publication("c-1", Carrier.OWN_SITE, published_on=dt.date(2011, 1, 20))
        assert look("SEC002", record, publication) is None

    def test_without_authority_the_item_still_blocks_publication(self) -> None:
        record = samples.classified_item(basis="", authority=None, authorisation="")
        publication = samples.publication("c-1", Carrier.PORTAL)
        assert said(look("SEC002", record, publication)) == (Fail, "disclosed")

    def test_every_place_of_publication_is_a_finding_of_its_own(self) -> None:
        places = [samples.publication("c-1", carrier) for carrier in (Carrier.OWN_SITE, Carrier.PRESS)]
        found = look("SEC002", samples.classified_item(), *places)
        assert isinstance(found, list)
        assert [entry.facts["carrier"] for entry in found] == [Carrier.OWN_SITE, Carrier.PRESS]


class TestReviewedBeforeDisclosure:
    def test_an_unclear_review_does_not_allow_publication(self) -> None:
        review = SecrecyReview(reviewed_on=dt.date(2011, 4, 18), result=ReviewResult.UNSURE)
        publication = samples.publication("other-1", Carrier.PORTAL)
        assert said(look("SEC003", samples.item(review=review), publication)) == (Fail, "unreviewed")

    def test_a_review_without_a_date_cannot_have_come_first(self) -> None:
        review = SecrecyReview(result=ReviewResult.NOT_CLASSIFIED)
        publication = samples.publication("other-1", Carrier.PORTAL)
        assert said(look("SEC003", samples.item(review=review), publication)) == (Fail, "unreviewed")

    def test_a_review_by_nobody_is_none(self) -> None:
        review = SecrecyReview(reviewed_on=dt.date(2011, 4, 18), reviewer="\u3000", result=ReviewResult.NOT_CLASSIFIED)
        publication = samples.publication("other-1", Carrier.PORTAL)
        assert said(look("SEC003", samples.item(review=review), publication)) == (Fail, "no_reviewer")

    def test_review_and_publication_on_one_day_are_in_order(self) -> None:
        publication = samples.publication("other-1", Carrier.PORTAL, published_on=dt.date(2011, 4, 18))
        assert look("SEC003", samples.item(), publication) is None


def reviewed(day: dt.date, *, by: str = "丁", **changes: Any) -> InformationItem:
    review = SecrecyReview(reviewed_on=day, reviewer=by, result=ReviewResult.NOT_CLASSIFIED)
    return samples.item(review=review, **changes)


class TestReviewedTooLate:
    """Withdrawn, reviewed and published again, the item keeps the rule; a check of a day before does not."""

    EARLY = samples.publication("other-1", Carrier.PORTAL, withdrawn_on=dt.date(2011, 5, 20))
    AGAIN = samples.publication("other-1", Carrier.PORTAL, id="again", published_on=dt.date(2011, 6, 2))

    def test_a_remedy_counts_from_the_review_on(self) -> None:
        item = reviewed(dt.date(2011, 6, 1))
        assert look("SEC003", item, self.EARLY, self.AGAIN) is None
        assert said(look("SEC003", item, self.EARLY, as_of=dt.date(2011, 6, 1))) == (NotApplicable, "withdrawn")
        assert said(look("SEC003", item, self.EARLY, as_of=dt.date(2011, 5, 31))) == (Fail, "early")
        assert said(look("SEC003", item, self.EARLY, as_of=dt.date(2011, 5, 15))) == (Fail, "early")

    @pytest.mark.parametrize("result", [None, ReviewResult.UNSURE])
    def test_withdrawal_without_a_clean_review_calls_nothing_back(self, result: ReviewResult | None) -> None:
        review = SecrecyReview(reviewed_on=dt.date(2011, 6, 1), reviewer="丁", result=result)
        assert said(look("SEC003", samples.item(review=review), self.EARLY)) == (Fail, "unreviewed")
        assert said(look("SEC003", samples.item(review=None), self.EARLY)) == (Fail, "unreviewed")

    def test_review_alone_does_not_heal_a_copy_left_standing(self) -> None:
        left = attrs.evolve(self.EARLY, withdrawn_on=None)
        assert said(look("SEC003", reviewed(dt.date(2011, 6, 1)), left, self.AGAIN)) == (Fail, "early")

    def test_a_copy_withdrawn_after_the_review_heals_from_then_on(self) -> None:
        item, later = reviewed(dt.date(2011, 5, 15)), dt.date(2011, 5, 19)
        assert said(look("SEC003", item, self.EARLY, as_of=later)) == (Fail, "early")
        assert look("SEC003", item, self.EARLY, self.AGAIN) is None


class TestReviewOfChanges:
    CHANGED_ON = dt.date(2011, 8, 1)

    def copy(self, **changes: Any) -> Publication:
        return samples.publication("other-1", Carrier.PORTAL, **({"updated_on": dt.date(2011, 8, 5)} | changes))

    @pytest.mark.parametrize("copy", [{}, {"updated_on": None, "published_on": dt.date(2011, 8, 5)}])
    def test_a_change_published_without_a_new_review_is_found(self, copy: dict[str, Any]) -> None:
        result = look("SEC003", samples.item(changed_on=self.CHANGED_ON), self.copy(**copy))
        assert isinstance(result, list)
        assert [(verdict.message, verdict.facts) for verdict in result] == [
            (
                "change_unreviewed",
                {
                    "changed_on": self.CHANGED_ON,
                    "published_on": dt.date(2011, 8, 5),
                    "publication": "other-1.portal",
                    "reviewed_on": dt.date(2011, 4, 18),
                },
            )
        ]

    def test_a_change_not_published_yet_needs_no_review(self) -> None:
        item = samples.item(changed_on=self.CHANGED_ON)
        assert look("SEC003", item, self.copy(updated_on=None)) is None
        assert look("SEC003", item, self.copy(), as_of=dt.date(2011, 8, 4)) is None

    @pytest.mark.parametrize("day", [1, 5])
    @pytest.mark.parametrize("published_on", [dt.date(2011, 5, 10), CHANGED_ON])
    def test_a_change_reviewed_before_the_update_keeps_the_rule(self, published_on: dt.date, day: int) -> None:
        item = reviewed(dt.date(2011, 8, day), changed_on=self.CHANGED_ON)
        assert look("SEC003", item, self.copy(published_on=published_on)) is None

    def test_a_change_reviewed_after_the_update_was_published_early(self) -> None:
        item = reviewed(dt.date(2011, 8, 6), changed_on=self.CHANGED_ON)
        assert said(look("SEC003", item, self.copy())) == (Fail, "early")

    @pytest.mark.parametrize("as_of", [dt.date(2011, 7, 1), dt.date(2011, 8, 4)])
    def test_of_a_copy_with_the_text_before_the_review_is_unknown(self, as_of: dt.date) -> None:
        """The record holds the latest review alone, and that is of the changed text."""
        item = reviewed(dt.date(2011, 8, 3), changed_on=self.CHANGED_ON)
        assert said(look("SEC003", item, self.copy(), as_of=as_of)) == (Undecidable, "earlier_review_unknown")

    def test_print_keeps_the_text_before_and_is_history_once_the_change_is_reviewed(self) -> None:
        item = reviewed(dt.date(2011, 8, 3), changed_on=self.CHANGED_ON)
        printed = samples.publication("other-1", Carrier.GAZETTE)
        assert said(look("SEC003", item, printed, as_of=dt.date(2011, 8, 2))) == (Undecidable, "earlier_review_unknown")
        assert look("SEC003", item, printed, self.copy()) is None
        assert said(look("SEC003", reviewed(dt.date(2011, 8, 3)), printed)) == (Fail, "early")


class TestInProcess:
    """Until it is published or its statutory period is over, an item may lack attribute and sign-offs."""

    UNSIGNED = samples.item(attributes=(), sign_offs=())
    CODES = ("SEC004", "SEC006", "SEC007", "SEC008")

    @pytest.mark.parametrize("code", CODES)
    def test_the_last_day_of_the_period_is_still_in_process(self, code: str) -> None:
        result = look(code, self.UNSIGNED, as_of=LAST_DAY_OF_PROCESS)
        assert said(result) == (NotApplicable, "in_process")
        assert isinstance(result, NotApplicable)
        assert result.facts == {"until": LAST_DAY_OF_PROCESS}

    @pytest.mark.parametrize("code", CODES)
    def test_the_day_after_is_not(self, code: str) -> None:
        next_day = LAST_DAY_OF_PROCESS + dt.timedelta(days=1)
        assert said(look(code, self.UNSIGNED, as_of=next_day)) == (Fail, "missing")

    @pytest.mark.parametrize("code", CODES)
    def test_publication_ends_it(self, code: str) -> None:
        publication = samples.publication("other-1", Carrier.PRESS, published_on=dt.date(2011, 4, 20))
        assert said(look(code, self.UNSIGNED, publication, as_of=dt.date(2011, 4, 20))) == (Fail, "missing")

    @pytest.mark.parametrize("code", CODES)
    def test_before_any_law_nothing_is_in_process(self, code: str) -> None:
        record = attrs.evolve(self.UNSIGNED, created_on=dt.date(2008, 4, 30))
        assert said(look(code, record, as_of=dt.date(2011, 4, 18))) == (Fail, "missing")

    @pytest.mark.parametrize("code", CODES)
    def test_whether_an_undated_item_is_in_process_is_known_only_once_published(self, code: str) -> None:
        record = attrs.evolve(self.UNSIGNED, created_on=None)
        assert said(look(code, record)) == (Undecidable, "undated_item")
        publication = samples.publication("other-1", Carrier.PRESS)
        assert said(look(code, record, publication)) == (Fail, "missing")

    def test_the_law_of_2019_has_the_same_period(self) -> None:
        record = attrs.evolve(self.UNSIGNED, created_on=dt.date(2019, 5, 15))
        assert said(look("SEC004", record, as_of=dt.date(2019, 6, 13))) == (NotApplicable, "in_process")
        assert said(look("SEC004", record, as_of=dt.date(2019, 6, 14))) == (Fail, "missing")

    @pytest.mark.parametrize("code", CODES)
    def test_what_a_review_left_unclear_is_not_known_to_need_one(self, code: str) -> None:
        record = attrs.evolve(self.UNSIGNED, review=SecrecyReview(result=ReviewResult.UNSURE))
        assert said(look(code, record)) == (Undecidable, "unsure")

    def test_an_answer_holds_until_the_period_ends(self) -> None:
        ctx = context(RULES["SEC004"], dt.date(2011, 5, 1))
        RULES["SEC004"].check(Dossier(self.UNSIGNED, samples.UNIT, {Publication: ()}), ctx)
        assert ctx.holds_until == LAST_DAY_OF_PROCESS


class TestOneAttribute:
    def decided(self, *decisions: tuple[DisclosureAttribute, dt.date | None], carried: DisclosureAttribute) -> Result:
        steps = tuple(SignOff(step=PRINCIPAL, person="丙", on=on, attribute=attribute) for attribute, on in decisions)
        return look("SEC005", samples.item(attributes=(carried,), sign_offs=steps))

    def test_an_item_without_attribute_is_another_rules_business(self) -> None:
        assert said(look("SEC005", samples.item(attributes=()))) == (NotApplicable, "no_attribute")

    def test_the_latest_decision_counts(self) -> None:
        decisions = ((EXEMPT, dt.date(2011, 6, 1)), (ON_REQUEST, dt.date(2011, 4, 20)))
        assert self.decided(*decisions, carried=EXEMPT) is None
        assert said(self.decided(*decisions, carried=ON_REQUEST)) == (Fail, "differs")

    def test_of_one_day_the_later_in_the_list_counts(self) -> None:
        day = dt.date(2011, 4, 20)
        assert self.decided((EXEMPT, day), (PROACTIVE, day), carried=PROACTIVE) is None

    def test_a_decision_after_the_day_explains_the_attribute_carried_since(self) -> None:
        decisions = ((ON_REQUEST, dt.date(2011, 4, 20)), (PROACTIVE, dt.date(2012, 3, 1)))
        assert self.decided(*decisions, carried=PROACTIVE) is None

    def test_a_decision_after_the_day_changes_nothing_before(self) -> None:
        decisions = ((ON_REQUEST, dt.date(2011, 4, 20)), (PROACTIVE, dt.date(2012, 3, 1)))
        assert self.decided(*decisions, carried=ON_REQUEST) is None

    def test_an_undated_decision_is_still_a_decision(self) -> None:
        assert said(self.decided((EXEMPT, None), carried=ON_REQUEST)) == (Fail, "differs")

    def test_what_drafter_and_section_head_named_does_not_count(self) -> None:
        steps = (*samples.sign_offs(EXEMPT)[:2], samples.sign_offs(ON_REQUEST)[2])
        assert look("SEC005", samples.item(sign_offs=steps)) is None


@pytest.mark.parametrize(("code", "step"), [("SEC006", DRAFTER), ("SEC007", SECTION_HEAD), ("SEC008", PRINCIPAL)])
class TestSteps:
    def test_a_step_taken_after_the_day_is_not_taken_yet(self, code: str, step: SignOffStep) -> None:
        entry = SignOff(step=step, person="甲", on=dt.date(2012, 1, 1), attribute=ON_REQUEST)
        record = samples.item(sign_offs=(entry,))
        assert said(look(code, record)) == (Fail, "missing")
        assert look(code, record, as_of=dt.date(2012, 1, 1)) is None

    def test_a_step_without_date_is_undecidable(self, code: str, step: SignOffStep) -> None:
        assert said(look(code, signed((step, "甲", None)))) == (Undecidable, "undated")

    def test_blanks_are_no_name(self, code: str, step: SignOffStep) -> None:
        assert said(look(code, signed((step, "\u3000", 20)))) == (Fail, "unnamed")

    def test_one_complete_record_of_the_step_is_enough(self, code: str, step: SignOffStep) -> None:
        assert look(code, signed((step, "", 18), (step, "甲", None), (step, "甲", 20))) is None

    def test_a_missing_attribute_matters_where_the_step_settles_it(self, code: str, step: SignOffStep) -> None:
        record = samples.item(sign_offs=(SignOff(step=step, person="甲", on=dt.date(2011, 4, 18)),))
        expected = None if step is SECTION_HEAD else (Fail, "no_attribute")
        assert said(look(code, record)) == expected


class TestOrder:
    def test_steps_of_one_day_are_in_the_order_of_the_list(self) -> None:
        assert look("SEC009", signed((DRAFTER, "甲", 18), (SECTION_HEAD, "乙", 18), (PRINCIPAL, "丙", 18))) is None
        result = look("SEC009", signed((DRAFTER, "甲", 18), (PRINCIPAL, "丙", 18), (SECTION_HEAD, "乙", 18)))
        assert said(result) == (Fail, "out_of_order")

    def test_dates_go_before_the_order_of_the_list(self) -> None:
        assert look("SEC009", signed((PRINCIPAL, "丙", 20), (DRAFTER, "甲", 18), (SECTION_HEAD, "乙", 19))) is None

    def test_it_names_the_step_that_came_too_early(self) -> None:
        result = look("SEC009", signed((DRAFTER, "甲", 20), (PRINCIPAL, "丙", 18)))
        assert isinstance(result, Fail)
        assert result.facts == {
            "step": PRINCIPAL,
            "on": dt.date(2011, 4, 18),
            "previous": DRAFTER,
            "previous_on": dt.date(2011, 4, 20),
        }

    def test_a_missing_step_leaves_the_others_in_order(self) -> None:
        assert look("SEC009", signed((DRAFTER, "甲", 18), (PRINCIPAL, "丙", 20))) is None

    @pytest.mark.parametrize("steps", [(), ((PRINCIPAL, "丙", 20),), ((PRINCIPAL, "丙", None),)])
    def test_fewer_than_two_steps_have_no_order(self, steps: tuple[tuple[SignOffStep, str, int | None], ...]) -> None:
        assert said(look("SEC009", signed(*steps))) == (NotApplicable, "no_order")

    def test_a_draft_sent_back_is_proposed_and_reviewed_anew(self) -> None:
        again = ((DRAFTER, "甲", 18), (SECTION_HEAD, "乙", 19), (DRAFTER, "甲", 20), (SECTION_HEAD, "乙", 21))
        assert look("SEC009", signed(*again, (PRINCIPAL, "丙", 22))) is None

    def test_a_step_without_date_is_undecidable(self) -> None:
        result = look("SEC009", signed((DRAFTER, "甲", 18), (SECTION_HEAD, "乙", None), (PRINCIPAL, "丙", 20)))
        assert said(result) == (Undecidable, "undated")

    def test_a_step_without_date_does_not_excuse_what_the_dates_of_others_show(self) -> None:
        result = look("SEC009", signed((DRAFTER, "甲", 20), (SECTION_HEAD, "乙", None), (PRINCIPAL, "丙", 18)))
        assert said(result) == (Fail, "out_of_order")

    def test_steps_after_the_day_are_not_taken_yet(self) -> None:
        record = signed((DRAFTER, "甲", 20), (SECTION_HEAD, "乙", 25), (PRINCIPAL, "丙", 22))
        assert look("SEC009", record, as_of=dt.date(2011, 4, 24)) is None
        assert said(look("SEC009", record, as_of=dt.date(2011, 4, 25))) == (Fail, "out_of_order")


class TestDifferentPersons:
    def test_names_are_compared_without_surrounding_blanks(self) -> None:
        assert said(look("SEC010", signed((DRAFTER, "甲", 18), (SECTION_HEAD, " 甲 ", 19)))) == (Fail, "same_person")

    def test_unnamed_steps_are_not_taken_for_one_person(self) -> None:
        assert look("SEC010", signed((DRAFTER, "", 18), (SECTION_HEAD, "", 19), (PRINCIPAL, " ", 20))) is None

    def test_a_person_may_take_the_same_step_twice(self) -> None:
        assert look("SEC010", signed((DRAFTER, "甲", 18), (DRAFTER, "甲", 19), (PRINCIPAL, "丙", 20))) is None

    def test_a_finding_names_steps_and_nobody(self) -> None:
        result = look("SEC010", signed((DRAFTER, "甲", 18), (SECTION_HEAD, "乙", 19), (PRINCIPAL, "乙", 20)))
        assert isinstance(result, Fail)
        assert result.facts == {"steps": (SECTION_HEAD, PRINCIPAL)}

    def test_a_workspace_need_not_ask_for_it(self) -> None:
        record = signed((DRAFTER, "甲", 18), (SECTION_HEAD, "甲", 19))
        assert said(look("SEC010", record, required=False)) == (NotApplicable, "not_required")
