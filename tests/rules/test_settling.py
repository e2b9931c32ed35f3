"""Returned steps, steps and reviews of another text, and reviews that begin anew (clause 1.3)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute, SignOff, SignOffResult
from govopen.model.published import public_digest
from govopen.model.website import Carrier, Publication
from govopen.policy.loading import builtin_library
from govopen.rules import attributes, classification, samples, sign_off
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Result, Undecidable, Verdict

RULES = {rule.code: rule for rule in (*classification.RULES, *attributes.RULES, *sign_off.RULES)}
PROACTIVE, ON_REQUEST, EXEMPT = DisclosureAttribute
DRAFTED, REVIEWED, DECIDED = samples.sign_offs(ON_REQUEST)
STALE = "0" * 64
PIN = public_digest(samples.item())


def look(code: str, record: InformationItem, *published: Publication, as_of: dt.date = samples.YEAR_END) -> Result:
    rule = RULES[code]
    ctx = Context(
        as_of=as_of,
        library=builtin_library(),
        calendar=china_calendar(),
        parameters={entry.name: entry.default for entry in rule.parameters},
    )
    return rule.check(Dossier(record, samples.UNIT, {Publication: published} if rule.reads else {}), ctx)


def said(result: Result) -> tuple[type[Verdict], str] | None:
    verdicts = result if isinstance(result, list) else [result] if result is not None else []
    kinds = {(type(verdict), verdict.message) for verdict in verdicts}
    assert len(kinds) <= 1
    return kinds.pop() if kinds else None


def signed(*steps: SignOff, **changes: Any) -> InformationItem:
    return samples.item(sign_offs=steps, **changes)


def returned(step: SignOff, **changes: Any) -> SignOff:
    return attrs.evolve(step, result=SignOffResult.RETURNED, attribute=None, reason="请补充", **changes)


def pinned(step: SignOff, digest: str = PIN) -> SignOff:
    return attrs.evolve(step, digest=digest)


class TestReturns:
    def test_a_step_that_returned_the_item_is_not_taken(self) -> None:
        record = signed(DRAFTED, REVIEWED, returned(DECIDED))
        assert said(look("SEC008", record)) == (Fail, "missing")
        assert look("SEC007", record) is None

    def test_nor_is_it_a_decision_on_the_attribute(self) -> None:
        again = attrs.evolve(DECIDED, on=dt.date(2011, 6, 1), attribute=EXEMPT, result=SignOffResult.RETURNED)
        assert look("SEC005", signed(DRAFTED, REVIEWED, DECIDED, again)) is None

    def test_nor_has_it_a_place_in_the_order(self) -> None:
        early = returned(DECIDED, on=dt.date(2011, 4, 1))
        assert look("SEC009", signed(early, DRAFTED, REVIEWED, DECIDED)) is None
        assert said(look("SEC009", signed(early, DRAFTED))) == (NotApplicable, "no_order")
        assert said(look("SEC009", signed(DRAFTED, returned(REVIEWED)))) == (NotApplicable, "no_order")

    def test_who_sent_it_back_has_signed_nothing(self) -> None:
        same = returned(REVIEWED, person=DECIDED.person)
        assert look("SEC010", signed(DRAFTED, same, REVIEWED, DECIDED)) is None


class TestPins:
    @pytest.mark.parametrize(("place", "code"), [(0, "SEC006"), (1, "SEC007"), (2, "SEC008")])
    def test_a_step_for_another_text_is_not_taken(self, place: int, code: str) -> None:
        steps = [pinned(entry) for entry in (DRAFTED, REVIEWED, DECIDED)]
        assert look(code, signed(*steps)) is None
        steps[place] = pinned(steps[place], STALE)
        assert said(look(code, signed(*steps))) == (Fail, "stale")

    def test_one_for_the_present_text_is_enough_whatever_else_was_signed(self) -> None:
        assert look("SEC008", signed(pinned(DECIDED, STALE), DRAFTED, REVIEWED, pinned(DECIDED))) is None

    def test_a_change_of_the_text_undoes_every_step(self) -> None:
        record = attrs.evolve(signed(*map(pinned, (DRAFTED, REVIEWED, DECIDED))), title="另一名称")
        assert [said(look(code, record)) for code in ("SEC006", "SEC007", "SEC008")] == [(Fail, "stale")] * 3
        assert said(look("SEC009", record)) == (NotApplicable, "no_order")

    def test_a_decision_on_another_text_decides_nothing(self) -> None:
        later = attrs.evolve(DECIDED, on=dt.date(2011, 6, 1), attribute=EXEMPT)
        assert said(look("SEC005", signed(DECIDED, pinned(later)))) == (Fail, "differs")
        assert look("SEC005", signed(DECIDED, pinned(later, STALE))) is None

    def test_steps_for_two_texts_may_be_by_one_person(self) -> None:
        same = attrs.evolve(DRAFTED, person=REVIEWED.person)
        assert said(look("SEC010", signed(pinned(same), pinned(REVIEWED)))) == (Fail, "same_person")
        assert said(look("SEC010", signed(same, pinned(REVIEWED)))) == (Fail, "same_person")
        assert look("SEC010", signed(pinned(same, STALE), pinned(REVIEWED))) is None


class TestReviewOfAnotherText:
    def record(self, pin: str, **changes: Any) -> InformationItem:
        record = samples.proactive_item(**changes)
        assert record.review is not None
        return attrs.evolve(record, review=attrs.evolve(record.review, digest=pin))

    def copy(self, **changes: Any) -> Publication:
        return samples.publication("other-1", Carrier.OWN_SITE, **changes)

    def test_a_review_of_the_present_text_covers_its_copy(self) -> None:
        assert look("SEC003", self.record(PIN), self.copy()) is None

    def test_a_review_of_another_text_covers_none(self) -> None:
        assert said(look("SEC003", self.record(STALE), self.copy())) == (Fail, "other_text")

    def test_unless_it_is_that_of_the_copy(self) -> None:
        assert look("SEC003", self.record(STALE), self.copy(digest=STALE)) is None

    def test_a_copy_of_the_text_before_the_change_was_reviewed_then(self) -> None:
        changed = self.record(STALE, changed_on=dt.date(2011, 8, 1))
        assert look("SEC003", changed, self.copy()) is None

    def test_a_change_on_the_day_of_the_review_is_no_longer_what_was_reviewed(self) -> None:
        same_day = self.record(STALE, changed_on=dt.date(2011, 4, 18))
        assert said(look("SEC003", same_day, self.copy())) == (Fail, "other_text")


class TestBegunAnew:
    """Whoever withdraws an item has as long to settle it anew as the law gives for a change."""

    GONE = samples.publication("other-1", Carrier.OWN_SITE, withdrawn_on=dt.date(2011, 9, 1))
    # 20 working days from 2011-09-01, with the holidays of mid-autumn.
    DUE = dt.date(2011, 9, 30)

    def blank(self, **changes: Any) -> InformationItem:
        return signed(**({"attributes": ()} | changes))

    @pytest.mark.parametrize("code", ["SEC004", "SEC006", "SEC007", "SEC008"])
    def test_nobody_can_tell_until_the_time_is_over(self, code: str) -> None:
        assert said(look(code, self.blank(), self.GONE, as_of=self.GONE.withdrawn_on or self.DUE)) == (
            Undecidable,
            "restarted",
        )
        assert said(look(code, self.blank(), self.GONE, as_of=self.DUE)) == (Undecidable, "restarted")
        assert said(look(code, self.blank(), self.GONE, as_of=self.DUE + dt.timedelta(days=1))) == (Fail, "missing")

    def test_not_while_a_copy_stands(self) -> None:
        standing = samples.publication("other-1", Carrier.PORTAL)
        assert said(look("SEC004", self.blank(), self.GONE, standing, as_of=self.DUE)) == (Fail, "missing")
        assert said(look("SEC004", self.blank(), self.GONE, as_of=dt.date(2011, 8, 31))) == (Fail, "missing")

    def test_a_change_since_gives_the_time_of_a_change(self) -> None:
        changed = self.blank(changed_on=dt.date(2011, 9, 20))
        assert said(look("SEC004", changed, self.GONE, as_of=dt.date(2011, 10, 20))) == (Undecidable, "restarted")

    def test_an_item_that_carries_an_attribute_was_not_withdrawn_for_review(self) -> None:
        assert said(look("SEC006", signed(), self.GONE, as_of=self.DUE)) == (Fail, "missing")
