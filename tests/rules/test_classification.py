"""Secrecy, the disclosure attribute and its three steps (clause 1.3), at the edges."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.errors import NotComputable
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.classification import (
    AuthorityKind,
    DisclosureAttribute,
    ReviewResult,
    SecrecyLevel,
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

    def test_what_was_published_before_it_was_classified_broke_no_period(self) -> None:
        publication = samples.publication("c-1", Carrier.OWN_SITE, published_on=dt.date(2011, 2, 28))
        assert look("SEC002", samples.classified_item(), publication) is None

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

    def test_review_and_publication_on_one_day_are_in_order(self) -> None:
        publication = samples.publication("other-1", Carrier.PORTAL, published_on=dt.date(2011, 4, 18))
        assert look("SEC003", samples.item(), publication) is None


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
    @pytest.mark.parametrize("created_on", [None, dt.date(2008, 4, 30)], ids=["undated", "before any law"])
    def test_without_a_period_nothing_is_in_process(self, code: str, created_on: dt.date | None) -> None:
        record = attrs.evolve(self.UNSIGNED, created_on=created_on)
        assert said(look(code, record, as_of=dt.date(2011, 4, 18))) == (Fail, "missing")

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


class TestDetermination:
    @pytest.mark.parametrize("authority", AuthorityKind)
    def test_own_and_derivative_authority_both_name_their_source(self, authority: AuthorityKind) -> None:
        assert look("SEC011", samples.classified_item(authority=authority)) is None
        result = look("SEC011", samples.classified_item(authority=authority, authorisation=" "))
        assert isinstance(result, Fail)
        assert result.facts == {"fields": ("authorisation",)}

    def test_without_authority_it_still_blocks_publication(self) -> None:
        record = samples.classified_item(basis="", authority=None, authorisation="")
        assert said(look("SEC011", record)) == (Fail, "incomplete")
        publication = samples.publication("c-1", Carrier.PORTAL)
        assert said(look("SEC002", record, publication)) == (Fail, "disclosed")

    @pytest.mark.parametrize(
        ("level", "determined_on", "last"),
        [
            (SecrecyLevel.MIMI, dt.date(2011, 3, 1), dt.date(2021, 3, 1)),
            (SecrecyLevel.JIMI, dt.date(2012, 2, 29), dt.date(2032, 2, 29)),
            (SecrecyLevel.JUEMI, dt.date(2012, 2, 29), dt.date(2042, 2, 28)),
            (SecrecyLevel.MIMI, dt.date(2024, 5, 1), dt.date(2034, 5, 1)),
        ],
    )
    def test_the_ceiling_is_reached_on_the_same_day_of_the_year(
        self, level: SecrecyLevel, determined_on: dt.date, last: dt.date
    ) -> None:
        """2034-05-01 is a rest day, 2032 and 2042 lie past every calendar: neither matters."""
        record = samples.classified_item(level=level, determined_on=determined_on, classified_until=last)
        assert look("SEC012", record) is None
        late = attrs.evolve(record, classified_until=last + dt.timedelta(days=1))
        assert said(look("SEC012", late)) == (Fail, "too_long")

    def test_determinations_before_the_law_of_2010_cannot_be_measured(self) -> None:
        record = samples.classified_item(determined_on=dt.date(2010, 9, 30))
        with pytest.raises(NotComputable):
            look("SEC012", record)

    def test_a_released_item_has_no_period_to_correct(self) -> None:
        record = samples.classified_item(classified_until=None, declassified_on=dt.date(2011, 6, 1))
        assert said(look("SEC012", record, as_of=dt.date(2011, 5, 31))) == (Fail, "no_end")
        assert said(look("SEC012", record, as_of=dt.date(2011, 6, 1))) == (NotApplicable, "released")
