"""Four fields of which more stands published than a year before (clause 1.4), at the edges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import reduce
from typing import Any

import attrs

from govopen.calendars.china import china_calendar
from govopen.model.base import Record
from govopen.model.catalog import KeyField
from govopen.model.units import Unit
from govopen.model.website import Carrier, Publication
from govopen.policy.loading import builtin_library
from govopen.rules import samples, widening
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Passed, Result, Undecidable, Verdict

RULES = {rule.code: rule for rule in widening.RULES}
YEAR_END = samples.YEAR_END
OWN = Carrier.OWN_SITE


def said(result: Result) -> tuple[type[Verdict], str] | None:
    if result is None:
        return None
    (verdict,) = result if isinstance(result, list) else [result]
    return type(verdict), verdict.message


class TestWidening:
    FIELD = KeyField.PUBLIC_WELFARE

    def published(self, name: str, *days: dt.date, **changes: Any) -> tuple[Record, Sequence[Record]]:
        copies = [samples.publication(name, OWN, id=f"{name}.{day}", published_on=day, **changes) for day in days]
        return samples.proactive_item(id=name, field=self.FIELD), copies

    def look(
        self, *items: tuple[Record, Sequence[Record]], as_of: dt.date = YEAR_END, unit: Unit = samples.UNIT
    ) -> Result:
        rule = RULES["WEB010"]
        ctx = Context(as_of=as_of, library=builtin_library(), calendar=china_calendar(), detailed=True)
        values = [rule.map(Dossier(item, unit, {Publication: copies}), ctx) for item, copies in items]
        return rule.check(Dossier(unit, unit, {}), reduce(rule.merge, values) if values else None, ctx)

    def test_it_counts_entries_and_not_their_copies(self) -> None:
        old = self.published("a", dt.date(2010, 6, 1), dt.date(2010, 7, 1))
        result = self.look(old, self.published("b", dt.date(2011, 6, 1), dt.date(2011, 6, 2)))
        assert isinstance(result, Passed)
        assert result.facts == {"now": 2, "before": 1}

    def test_a_republished_entry_widens_nothing(self) -> None:
        item, _ = self.published("a")
        copies = [
            samples.publication("a", OWN, id="1", published_on=dt.date(2010, 6, 1), withdrawn_on=dt.date(2011, 3, 1)),
            samples.publication("a", OWN, id="2", published_on=dt.date(2011, 3, 1)),
        ]
        assert said(self.look((item, copies))) == (Fail, "not_widened")

    def test_a_unit_younger_than_a_year_has_nothing_to_compare_with(self) -> None:
        unit = attrs.evolve(samples.UNIT, since=dt.date(2010, 12, 31))
        item = self.published("a", dt.date(2011, 3, 1))
        assert said(self.look(item, unit=unit, as_of=dt.date(2011, 12, 30))) == (NotApplicable, "founded")
        assert said(self.look(item, unit=unit, as_of=dt.date(2011, 12, 31))) == (Undecidable, "two_periods")

    def test_without_records_of_a_year_ago_it_is_undecidable(self) -> None:
        first_day = dt.date(2010, 12, 31)
        assert said(self.look(self.published("a", first_day + dt.timedelta(days=1)))) == (Undecidable, "two_periods")
        assert said(self.look(self.published("a", first_day))) == (Fail, "not_widened")

    def test_what_was_withdrawn_before_still_shows_that_records_reach_back(self) -> None:
        gone = self.published("a", dt.date(2010, 3, 1), withdrawn_on=dt.date(2010, 6, 1))
        assert said(self.look(gone)) == (Fail, "not_widened")
        assert said(self.look(gone, self.published("b", dt.date(2011, 3, 1)))) == (Passed, "widened")

    def test_the_day_of_withdrawal_no_longer_counts_in_either_year(self) -> None:
        gone = self.published("a", dt.date(2010, 3, 1), withdrawn_on=dt.date(2010, 12, 31))
        new = self.published("b", dt.date(2011, 3, 1))
        day_before = self.look(gone, new, as_of=dt.date(2011, 12, 30))
        assert isinstance(day_before, Fail)
        assert day_before.facts == {"now": 1, "before": 1}
        assert said(self.look(gone, new, as_of=dt.date(2011, 12, 31))) == (Passed, "widened")

    def test_a_year_before_29_february_is_28_february(self) -> None:
        on_28 = self.published("a", dt.date(2011, 2, 28))
        assert said(self.look(on_28, as_of=dt.date(2012, 2, 29))) == (Fail, "not_widened")
        on_29 = self.published("a", dt.date(2012, 2, 29))
        assert said(self.look(on_29, as_of=dt.date(2013, 2, 28))) == (Undecidable, "two_periods")
        assert said(self.look(on_29, as_of=dt.date(2013, 3, 1))) == (Fail, "not_widened")

    def test_a_withdrawal_planned_for_the_end_of_time_is_no_error(self) -> None:
        item = self.published("a", dt.date(2010, 3, 1), withdrawn_on=dt.date.max)
        assert said(self.look(item)) == (Fail, "not_widened")

    def test_each_rule_takes_the_entries_of_its_own_field(self) -> None:
        for rule, field in zip(widening.RULES, KeyField, strict=True):
            assert rule.when is not None
            assert [other for other in KeyField if rule.when(samples.item(field=other))] == [field]
