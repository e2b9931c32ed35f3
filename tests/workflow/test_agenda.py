"""What is due of all kinds of records, in one list."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.model.base import Record
from govopen.model.catalog import Withdrawal
from govopen.model.classification import DisclosureAttribute
from govopen.model.website import Carrier
from govopen.policy.loading import builtin_library
from govopen.rules import samples
from govopen.rules.context import Context
from govopen.workflow.agenda import due
from govopen.workflow.deadlines import DeadlineKind, Undated

TODAY = dt.date(2011, 4, 20)


def listed(*records: Record, as_of: dt.date = TODAY, within: int | None = None) -> list[tuple[str, dt.date | None]]:
    ctx = Context(as_of=as_of, library=builtin_library(), calendar=china_calendar())
    return [(one.key, one.due) for one in due(records, ctx, within=within)]


# Created 2011-04-15: due in 20 working days, on 2011-05-16.
ITEM = samples.proactive_item()
KEY = f"information-item:{ITEM.id}:disclosure"
DUE = dt.date(2011, 5, 16)


class TestDisclosure:
    def test_an_item_is_due_20_working_days_after_its_creation_or_change(self) -> None:
        assert listed(ITEM) == [(KEY, DUE)]
        changed = attrs.evolve(ITEM, changed_on=dt.date(2011, 9, 9))
        assert listed(changed, as_of=dt.date(2011, 9, 9)) == [(KEY, dt.date(2011, 10, 13))]

    def test_overdue_it_is_still_there(self) -> None:
        assert listed(ITEM, as_of=dt.date(2011, 12, 31), within=0) == [(KEY, DUE)]

    @pytest.mark.parametrize(
        "changes",
        [
            {"attributes": (DisclosureAttribute.ON_REQUEST,)},
            {"attributes": (DisclosureAttribute.EXEMPT,)},
            {"withdrawn": Withdrawal(on=TODAY)},
            {"created_on": dt.date(2011, 4, 21)},
        ],
    )
    def test_what_is_not_to_be_published_now_is_not_due(self, changes: dict[str, Any]) -> None:
        assert listed(attrs.evolve(ITEM, **changes)) == []

    def test_an_item_nobody_has_decided_on_may_have_to_be_published(self) -> None:
        assert listed(attrs.evolve(ITEM, attributes=())) == [(KEY, DUE)]

    def test_a_publication_settles_it_wherever_it_stands_in_the_list(self) -> None:
        shown = samples.publication(ITEM.id, Carrier.PORTAL, published_on=dt.date(2011, 4, 19))
        assert listed(shown, ITEM) == listed(ITEM, shown) == []
        assert listed(ITEM, attrs.evolve(shown, withdrawn_on=TODAY)) == [(KEY, DUE)]
        assert listed(ITEM, attrs.evolve(shown, published_on=dt.date(2011, 4, 21))) == [(KEY, DUE)]

    def test_one_of_the_content_before_a_change_does_not(self) -> None:
        shown = samples.publication(ITEM.id, Carrier.PORTAL, published_on=dt.date(2011, 4, 18))
        changed = attrs.evolve(ITEM, changed_on=dt.date(2011, 4, 19))
        assert listed(changed, shown) == [(KEY, dt.date(2011, 5, 18))]
        assert listed(changed, attrs.evolve(shown, updated_on=TODAY)) == []

    def test_without_a_date_it_comes_last_with_the_reason(self) -> None:
        ctx = Context(as_of=TODAY, library=builtin_library(), calendar=china_calendar())
        found = due([attrs.evolve(ITEM, id="undated", created_on=None), ITEM], ctx, within=60)
        assert [(one.id, one.undated) for one in found] == [(ITEM.id, None), ("undated", Undated.UNRECORDED)]


class TestSecrecy:
    SECRET = samples.classified_item()

    def test_the_last_day_of_the_period_is_told_before_it_comes(self) -> None:
        key = "classified-item:c-1:secrecy"
        assert listed(self.SECRET, as_of=dt.date(2021, 2, 28), within=0) == [(key, dt.date(2021, 2, 28))]
        assert listed(self.SECRET, as_of=dt.date(2021, 3, 1)) == []
        assert listed(self.SECRET, as_of=dt.date(2021, 1, 1), within=30) == []

    def test_nothing_is_due_of_what_ends_on_a_condition_or_was_released(self) -> None:
        assert listed(attrs.evolve(self.SECRET, classified_until=None, declassify_condition=True)) == []
        assert listed(attrs.evolve(self.SECRET, declassified_on=dt.date(2011, 4, 1))) == []


def test_the_earliest_comes_first_and_what_is_too_far_ahead_is_left_out() -> None:
    request = samples.request(reply=None)
    found = listed(ITEM, request, samples.classified_item())
    assert [key for key, _ in found] == ["request:request-1:reply", KEY, "classified-item:c-1:secrecy"]
    # The reply is due on 2011-05-09, 19 days ahead.
    assert listed(ITEM, request, within=18) == []
    assert listed(ITEM, request, within=19) == [("request:request-1:reply", dt.date(2011, 5, 9))]


def test_other_records_say_nothing() -> None:
    assert listed(samples.UNIT, samples.site(), samples.evidence("panyu-2011:1.3/o1")) == []
    assert DeadlineKind.DISCLOSURE.text.en == "proactive disclosure"
