"""The catalog as a whole: kinds, standard form, and the two clocks of publishing in time (clause 1.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.calendars.china import china_calendar
from govopen.errors import NotComputable
from govopen.model.assurance import NilReturn
from govopen.model.base import Record
from govopen.model.catalog import Category, InformationItem
from govopen.model.contents import SupervisionEntry
from govopen.model.units import DatedDuty, Duty, Unit
from govopen.model.website import Carrier, Publication
from govopen.policy.loading import builtin_library
from govopen.rules import samples
from govopen.rules.base import FoldRule
from govopen.rules.catalog import RULES
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Outcome, Result

CAT = {rule.code: rule for rule in RULES}
YEAR_END = samples.YEAR_END


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def context(as_of: dt.date = YEAR_END, *, detailed: bool = False) -> Context:
    return Context(as_of=as_of, library=builtin_library(), calendar=china_calendar(), detailed=detailed)


def check(code: str, record: Record, *related: Publication, ctx: Context | None = None) -> Result:
    """What the rule says; publications after the as-of date are out of its view, as the engine has it."""
    ctx = ctx or context()
    seen = tuple(entry for entry in related if entry.published_on <= ctx.as_of)
    return CAT[code].check(Dossier(record, samples.UNIT, {Publication: seen}), ctx)


def said(result: Result) -> list[tuple[str, dict[str, Any]]]:
    verdicts = [] if result is None else result if isinstance(result, list) else [result]
    return [(verdict.message, verdict.facts) for verdict in verdicts]


def messages(result: Result) -> list[str]:
    return [message for message, _ in said(result)]


def outcomes(result: Result) -> set[Outcome]:
    verdicts = [] if result is None else result if isinstance(result, list) else [result]
    return {verdict.outcome for verdict in verdicts} or {Outcome.PASS}


# Every kind has entries


def kinds(unit: Unit, categories: Iterable[Category | None], *nil: NilReturn, as_of: dt.date = YEAR_END) -> Result:
    rule, ctx = CAT["CAT001"], context(as_of)
    assert isinstance(rule, FoldRule)
    items = [attrs.evolve(samples.item(), category=category) for category in categories]
    values = [rule.map(Dossier(item, unit, {}), ctx) for item in items]
    return rule.check(Dossier(unit, unit, {NilReturn: nil}), reduce(rule.merge, values) if values else None, ctx)


def nil_return(duty: Duty, since: str = "2011-01-01", until: str = "2011-12-31") -> NilReturn:
    return NilReturn(
        id=f"nil-{duty}",
        unit=samples.UNIT.id,
        duty=duty,
        covers_from=day(since),
        covers_until=day(until),
        reported_on=day("2011-12-30"),
        officer="甲",
    )


def test_the_kinds_that_lack_entries_are_named_in_their_order() -> None:
    unit = samples.unit(Duty.FEES, Duty.FILINGS, Duty.COMPLAINTS, Duty.ONLINE_SERVICES)

    assert said(kinds(unit, [Category.ONLINE, Category.ONLINE, None])) == [
        ("missing", {"missing": (Category.APPROVAL, Category.COMPLAINT, Category.FEE)})
    ]


def test_of_a_unit_whose_duties_nobody_stated_the_kinds_are_undecidable() -> None:
    assert messages(kinds(samples.UNIT, [Category.FEE])) == ["unstated"]
    assert outcomes(kinds(samples.UNIT, [])) == {Outcome.UNDECIDABLE}


def test_all_eleven_kinds_satisfy_whatever_the_duties_are() -> None:
    assert kinds(samples.UNIT, Category) is None


@pytest.mark.parametrize("unit", [samples.unit(), samples.unit(Duty.CLASSIFIED_ITEMS, Duty.PORTAL_COLUMNS)])
def test_duties_outside_the_eleven_kinds_ask_for_no_entry(unit: Unit) -> None:
    assert messages(kinds(unit, [])) == ["no_duty"]


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2011-05-31", ["no_duty"]), ("2011-06-01", ["missing"]), ("2011-06-30", ["missing"])]
)
def test_a_duty_asks_for_entries_from_its_first_day_to_its_last(as_of: str, expected: list[str]) -> None:
    duty = DatedDuty(duty=Duty.FEES, since=day("2011-06-01"), until=day("2011-06-30"))
    unit = attrs.evolve(samples.UNIT, duties=(duty,))

    assert messages(kinds(unit, [], as_of=day(as_of))) == expected
    assert messages(kinds(unit, [], as_of=day("2011-07-01"))) == ["no_duty"]


def test_the_context_notes_how_long_the_duty_and_the_nil_return_hold() -> None:
    duty = DatedDuty(duty=Duty.FEES, since=day("2011-02-01"))
    unit = attrs.evolve(samples.UNIT, duties=(duty,))
    ctx = context(day("2011-06-15"))

    CAT["CAT001"].check(Dossier(unit, unit, {NilReturn: (nil_return(Duty.FEES, until="2011-06-30"),)}), None, ctx)

    assert (ctx.holds_since, ctx.holds_until) == (day("2011-02-01"), day("2011-06-30"))


def test_a_nil_return_speaks_for_one_duty_of_a_kind_only() -> None:
    unit = samples.unit(Duty.LICENCES, Duty.FILINGS)

    assert messages(kinds(unit, [], nil_return(Duty.LICENCES))) == ["missing"]
    assert kinds(unit, [], nil_return(Duty.LICENCES), nil_return(Duty.FILINGS)) is None


@pytest.mark.parametrize(("since", "until"), [("2011-01-01", "2011-12-30"), ("2012-01-01", "2012-06-30")])
def test_a_nil_return_for_another_time_excuses_nothing(since: str, until: str) -> None:
    assert messages(kinds(samples.unit(Duty.FEES), [], nil_return(Duty.FEES, since, until))) == ["missing"]


@given(st.lists(st.sampled_from([None, *Category]), min_size=1), st.randoms())
def test_entries_may_be_folded_in_any_order(categories: list[Category | None], random: Any) -> None:
    unit = samples.unit(*Duty)
    shuffled = random.sample(categories, len(categories))

    assert said(kinds(unit, categories)) == said(kinds(unit, shuffled))


# Standard form


@pytest.mark.parametrize("index", ["11441700007280420Y/2021-00050", "006939748/2023-00539", "0142768-8/2022-00185"])
def test_no_format_of_index_number_is_objected_to(index: str) -> None:
    assert check("CAT002", samples.item(index_number=index)) is None


@pytest.mark.parametrize("created_on", ["2003-01-02", "2008-04-30", "2008-05-01", "2019-05-14", "2019-05-15"])
def test_the_four_elements_are_asked_under_either_law_and_of_what_is_older(created_on: str) -> None:
    item = samples.item(created_on=day(created_on), index_number=" ", title="", summary="\n")

    assert said(check("CAT002", item, ctx=context(day("2025-06-30")))) == [
        ("missing", {"missing": ("index_number", "title", "summary")})
    ]


def test_an_undated_entry_lacks_its_date_of_creation() -> None:
    assert said(check("CAT002", samples.item(created_on=None))) == [("missing", {"missing": ("created_on",)})]


def test_the_law_is_that_of_the_day_of_creation() -> None:
    """Nobody has read the article of 2007 in full; the one of 2019 has been."""
    before, after = context(day("2020-01-01")), context(day("2020-01-01"))

    check("CAT002", samples.item(created_on=day("2019-05-14")), ctx=before)
    check("CAT002", samples.item(created_on=day("2019-05-15")), ctx=after)

    assert (before.unverified, after.unverified) == ({"ogi/catalog-elements"}, set())


@pytest.mark.parametrize("category", [category for category in Category if category is not Category.OTHER])
def test_the_content_of_its_category_is_asked(category: Category) -> None:
    item = attrs.evolve(samples.item(category), **{category.value: None})

    assert said(check("CAT002", item)) == [("missing", {"missing": (category.value,)})]
    assert check("CAT002", samples.item(category)) is None


def test_content_of_another_category_does_not_count() -> None:
    fee = samples.item(Category.FEE).fee

    assert messages(check("CAT002", samples.item(Category.PROJECT, project=None, fee=fee))) == ["missing"]


def test_supervision_is_content_of_the_category_of_complaints() -> None:
    item = samples.item(Category.COMPLAINT, complaint=None, supervision=SupervisionEntry())

    assert check("CAT002", item) is None


def test_what_nobody_catalogued_is_asked_for_no_content() -> None:
    assert check("CAT002", attrs.evolve(samples.item(), category=None)) is None


# In time


def published(on: str, **changes: Any) -> Publication:
    return samples.publication("other-1", Carrier.PORTAL, published_on=day(on), **changes)


def proactive(created_on: str | None = "2011-04-15", changed_on: str | None = None) -> InformationItem:
    return samples.proactive_item(
        created_on=None if created_on is None else day(created_on),
        changed_on=None if changed_on is None else day(changed_on),
    )


@pytest.mark.parametrize(
    ("created_on", "published_on", "working_days"),
    [
        pytest.param("2021-01-19", "2021-02-01", 9, id="Yangjiang"),
        pytest.param("2023-10-20", "2023-11-10", 15, id="Guangdong"),
        pytest.param("2011-04-15", "2011-04-15", 0, id="the same day"),
        pytest.param("2011-09-09", "2011-10-08", 15, id="a worked Saturday"),
    ],
)
def test_the_working_days_to_publication_are_measured(created_on: str, published_on: str, working_days: int) -> None:
    item, entry = proactive(created_on), published(published_on)
    measured = check("CAT006", item, entry, ctx=context(day("2025-06-30"), detailed=True))

    ((message, facts),) = said(measured)
    assert (message, facts["working_days"], facts["allowed"]) == ("in_time", working_days, 20)
    assert check("CAT006", item, entry, ctx=context(day("2025-06-30"))) is None


def test_the_twentieth_working_day_is_in_time_and_the_next_is_late() -> None:
    assert check("CAT006", proactive(), published("2011-05-16")) is None
    assert said(check("CAT006", proactive(), published("2011-05-17"))) == [
        (
            "late",
            {
                "start": day("2011-04-15"),
                "published_on": day("2011-05-17"),
                "working_days": 21,
                "due": day("2011-05-16"),
            },
        )
    ]


def test_the_first_publication_anywhere_counts() -> None:
    late = samples.publication("other-1", Carrier.OWN_SITE, published_on=day("2011-06-01"))

    assert check("CAT006", proactive(), late, published("2011-05-16")) is None


def test_what_is_not_published_fails_only_after_the_last_day() -> None:
    last, next_day = context(day("2011-05-16")), context(day("2011-05-17"))

    assert said(check("CAT006", proactive(), ctx=last)) == [("not_yet_due", {"due": day("2011-05-16")})]
    assert messages(check("CAT006", proactive(), ctx=next_day)) == ["unpublished"]
    assert (last.holds_until, next_day.holds_since) == (day("2011-05-16"), day("2011-05-17"))


def test_a_publication_still_to_come_is_not_seen() -> None:
    assert messages(check("CAT006", proactive(), published("2011-05-20"), ctx=context(day("2011-05-18")))) == [
        "unpublished"
    ]


def test_what_is_disclosed_on_request_has_no_such_clock() -> None:
    assert outcomes(check("CAT006", samples.item())) == {Outcome.NOT_APPLICABLE}


def test_without_a_date_of_creation_nothing_can_be_measured() -> None:
    assert messages(check("CAT006", proactive(None), published("2011-05-10"))) == ["undated"]


def test_what_was_published_before_it_was_made_has_no_time_to_measure() -> None:
    result = check("CAT006", proactive("2011-04-15"), published("2011-04-14"))

    assert outcomes(result) == {Outcome.UNDECIDABLE}
    assert said(result) == [
        ("published_before", {"start": day("2011-04-15"), "published_on": day("2011-04-14")}),
    ]


def test_a_change_published_late_is_found_whatever_the_first_dates_are() -> None:
    item = proactive("2011-04-15", changed_on="2011-08-01")

    assert messages(check("CAT006", item, published("2011-04-14", updated_on=day("2011-08-02")))) == [
        "published_before"
    ]
    assert messages(check("CAT006", item, published("2011-04-14", updated_on=day("2011-08-30")))) == ["change_late"]


def test_a_first_publication_that_was_withdrawn_again_did_disclose() -> None:
    assert check("CAT006", proactive(), published("2011-05-10", withdrawn_on=day("2011-06-01"))) is None


def test_before_the_regulations_no_time_was_set() -> None:
    assert messages(check("CAT006", proactive("2008-04-30"))) == ["before_law"]
    assert messages(check("CAT006", proactive("2008-05-01"))) == ["unpublished"]


@pytest.mark.parametrize(
    ("updated_on", "as_of", "expected"),
    [
        ("2011-08-29", "2011-12-31", []),
        ("2011-08-30", "2011-12-31", ["change_late"]),
        (None, "2011-08-29", ["not_yet_due"]),
        (None, "2011-08-30", ["change_unpublished"]),
        ("2011-08-29", "2011-08-28", ["not_yet_due"]),
        ("2011-07-31", "2011-12-31", ["change_unpublished"]),
        ("2011-08-30", "2011-07-31", []),
    ],
)
def test_a_change_has_its_own_clock(updated_on: str | None, as_of: str, expected: list[str]) -> None:
    update = None if updated_on is None else day(updated_on)
    result = check(
        "CAT006",
        proactive(changed_on="2011-08-01"),
        published("2011-05-10", updated_on=update),
        ctx=context(day(as_of)),
    )

    assert messages(result) == expected


def test_a_new_publication_takes_the_change_in() -> None:
    new = samples.publication("other-1", Carrier.PRESS, published_on=day("2011-08-02"))

    assert check("CAT006", proactive(changed_on="2011-08-01"), published("2011-05-10"), new) is None


def test_a_copy_withdrawn_again_does_not_bring_those_up_to_date_that_stand() -> None:
    item, old = proactive(changed_on="2011-08-01"), published("2011-05-10")
    notice = samples.publication(
        "other-1", Carrier.NOTICE_BOARD, published_on=day("2011-08-02"), withdrawn_on=day("2011-08-10")
    )

    assert check("CAT006", item, old, notice, ctx=context(day("2011-08-09"))) is None
    assert messages(check("CAT006", item, old, notice)) == ["change_unpublished"]


def test_of_an_item_withdrawn_everywhere_the_change_counts_where_it_stood() -> None:
    item = proactive(changed_on="2011-08-01")
    gone = published("2011-05-10", updated_on=day("2011-08-02"), withdrawn_on=day("2011-12-01"))

    assert check("CAT006", item, gone) is None
    assert messages(check("CAT006", item, attrs.evolve(gone, updated_on=None))) == ["change_unpublished"]


def test_both_clocks_can_be_missed() -> None:
    result = check("CAT006", proactive(changed_on="2011-08-01"), published("2011-06-01"))

    assert messages(result) == ["late", "change_unpublished"]


def test_what_was_never_published_is_one_failure_whether_it_changed_or_not() -> None:
    assert messages(check("CAT006", proactive(changed_on="2011-08-01"))) == ["unpublished"]


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2011-08-29", ["not_yet_due"]), ("2011-08-30", ["change_unpublished"])]
)
def test_information_older_than_the_law_has_a_clock_once_it_changes(as_of: str, expected: list[str]) -> None:
    item = proactive("2005-03-01", changed_on="2011-08-01")

    assert messages(check("CAT006", item, ctx=context(day(as_of)))) == expected
    assert check("CAT006", item, published("2006-01-01", updated_on=day("2011-08-02"))) is None


def test_publication_within_the_known_calendar_counts_though_the_due_date_lies_beyond() -> None:
    item, as_of = proactive("2026-12-10"), day("2026-12-31")

    ((message, facts),) = said(check("CAT006", item, published("2026-12-15"), ctx=context(as_of, detailed=True)))
    assert (message, facts) == ("in_time", {"working_days": 3, "allowed": 20})
    with pytest.raises(NotComputable):
        check("CAT006", item, ctx=context(as_of))


dates = st.dates(dt.date(2008, 4, 1), dt.date(2012, 6, 30))


@given(created=dates, changed=st.none() | dates, first=st.none() | dates, update=st.none() | dates, as_of=dates)
def test_saying_what_was_measured_changes_no_outcome(
    created: dt.date, changed: dt.date | None, first: dt.date | None, update: dt.date | None, as_of: dt.date
) -> None:
    item = samples.proactive_item(created_on=created, changed_on=changed)
    entries = () if first is None else (published(first.isoformat(), updated_on=update),)

    plain = check("CAT006", item, *entries, ctx=context(as_of))
    detailed = check("CAT006", item, *entries, ctx=context(as_of, detailed=True))

    assert outcomes(plain) == outcomes(detailed)
    assert len(outcomes(plain)) == 1
