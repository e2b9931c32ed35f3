"""The own site, the portal's columns, and copies that agree (clause 1.4), at the edges."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, reduce
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.model.assurance import Probe, ProbeKind
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute
from govopen.model.website import Carrier, Publication, Site, SiteKind
from govopen.policy.library import Library
from govopen.policy.loading import builtin_instruments, builtin_matters
from govopen.rules import columns, samples, website
from govopen.rules.base import FoldRule, RecordRule, Rule
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, NotApplicable, Passed, Result, Undecidable, Verdict

RULES: dict[str, Rule] = {rule.code: rule for rule in (*website.RULES, *columns.RULES)}
YEAR_END = samples.YEAR_END
OWN, PORTAL = Carrier.OWN_SITE, Carrier.PORTAL
# 20 working days from 2011-04-15 end on 2011-05-16.
DUE = dt.date(2011, 5, 16)
OTHER_DIGEST = "0" * 64


@cache
def library() -> Library:
    return Library.build(builtin_instruments(), builtin_matters())


def context(code: str, as_of: dt.date, *, detailed: bool = False, **parameters: Any) -> Context:
    return Context(
        as_of=as_of,
        library=library(),
        calendar=china_calendar(),
        parameters={entry.name: entry.default for entry in RULES[code].parameters} | parameters,
        detailed=detailed,
    )


def dossier(root: Record, related: Sequence[Record]) -> Dossier[Any]:
    by_class: dict[type[Record], list[Record]] = defaultdict(list)
    for record in related:
        by_class[type(record)].append(record)
    return Dossier(root, samples.UNIT, by_class)


def look(
    code: str,
    item: InformationItem,
    *published: Publication,
    sites: Sequence[Site] = (),
    as_of: dt.date = YEAR_END,
) -> Result:
    rule = RULES[code]
    assert isinstance(rule, RecordRule)
    seen = [entry for entry in published if entry.published_on <= as_of]
    return rule.check(dossier(item, [*seen, *sites]), context(code, as_of))


def fold(
    code: str, root: Record, over: Sequence[tuple[Record, Sequence[Record]]], ctx: Context, *related: Record
) -> Result:
    """What the fold rule says of ``root``, given the records folded, each with its related ones."""
    rule = RULES[code]
    assert isinstance(rule, FoldRule)
    values = [
        rule.map(dossier(record, of_record), ctx)
        for record, of_record in over
        if (rule.when is None or rule.when(record)) and rule.key(record) == root.id
    ]
    return rule.check(dossier(root, related), reduce(rule.merge, values) if values else None, ctx)


def said(result: Result) -> tuple[type[Verdict], str] | None:
    if result is None:
        return None
    (verdict,) = result if isinstance(result, list) else [result]
    return type(verdict), verdict.message


class TestOwnSite:
    def look(self, *sites: tuple[Site, Sequence[Probe]], as_of: dt.date = YEAR_END, **parameters: Any) -> Result:
        return fold("WEB001", samples.UNIT, sites, context("WEB001", as_of, **parameters))

    def test_an_observation_counts_for_thirty_days(self) -> None:
        site, probe = samples.site(), samples.probe("site-own", observed_on=dt.date(2011, 12, 1))
        assert self.look((site, [probe]), as_of=dt.date(2011, 12, 31)) is None
        assert said(self.look((site, [probe]), as_of=dt.date(2012, 1, 1))) == (Undecidable, "probe_old")

    def test_a_workspace_may_ask_for_newer_ones(self) -> None:
        probe = samples.probe("site-own", observed_on=dt.date(2011, 12, 20))
        result = self.look((samples.site(), [probe]), max_age_days=7)
        assert said(result) == (Undecidable, "probe_old")

    def test_nothing_observed_is_no_pass(self) -> None:
        assert said(self.look((samples.site(), []))) == (Undecidable, "not_probed")

    def test_a_count_of_entries_does_not_show_that_the_site_works(self) -> None:
        probe = samples.probe("site-own", kind=ProbeKind.ENTRIES, entries=4)
        assert said(self.look((samples.site(), [probe]))) == (Undecidable, "not_probed")

    def test_an_observation_without_result_is_no_pass(self) -> None:
        probe = samples.probe("site-own", works=None)
        assert said(self.look((samples.site(), [probe]))) == (Undecidable, "probe_unclear")

    def test_an_old_failure_says_nothing_of_today(self) -> None:
        probe = samples.probe("site-own", works=False, observed_on=dt.date(2011, 6, 1))
        assert said(self.look((samples.site(), [probe]))) == (Undecidable, "probe_old")

    def test_the_newest_observation_counts(self) -> None:
        repaired = [
            samples.probe("site-own", id="b", observed_on=dt.date(2011, 12, 19), works=False),
            samples.probe("site-own", id="a", observed_on=dt.date(2011, 12, 20)),
        ]
        assert self.look((samples.site(), repaired)) is None

    def test_of_contradicting_observations_of_one_day_the_worse_counts(self) -> None:
        both = [samples.probe("site-own", id="a", works=False), samples.probe("site-own", id="b")]
        assert said(self.look((samples.site(), both))) == (Fail, "broken")

    def test_the_last_day_open_is_open(self) -> None:
        site, probe = samples.site(until=YEAR_END), samples.probe("site-own")
        assert self.look((site, [probe])) is None
        assert said(self.look((site, [probe]), as_of=dt.date(2012, 1, 1))) == (Fail, "closed")

    def test_each_open_site_has_to_work(self) -> None:
        second = samples.site(id="site-second")
        result = self.look((samples.site(), [samples.probe("site-own")]), (second, []))
        assert said(result) == (Undecidable, "not_probed")

    def test_portals_are_not_the_units_own_site(self) -> None:
        portal = samples.site(SiteKind.PORTAL)
        assert RULES["WEB001"].when is not None
        assert not RULES["WEB001"].when(portal)


def entry(of: str = "other-1", **changes: Any) -> tuple[Publication, Sequence[Record]]:
    return samples.publication(of, PORTAL, **({"column": "column-1"} | changes)), ()


class TestColumnContent:
    def look(
        self, *entries: tuple[Publication, Sequence[Record]], probes: Sequence[Probe] = (), **changes: Any
    ) -> Result:
        as_of = changes.pop("as_of", YEAR_END)
        return fold("WEB002", samples.column(**changes), entries, context("WEB002", as_of, detailed=True), *probes)

    def count(self, entries: int | None, **changes: Any) -> Probe:
        return samples.probe("column-1", kind=ProbeKind.ENTRIES, works=None, entries=entries, **changes)

    def test_it_counts_what_stands_in_the_column(self) -> None:
        withdrawn = entry("b", withdrawn_on=YEAR_END)
        result = self.look(
            entry("a"), withdrawn, entry("c"), entry("elsewhere", column="column-2"), entry("d", column="")
        )
        assert isinstance(result, Passed)
        assert result.facts == {"entries": 2}

    def test_a_column_is_empty_from_the_day_its_last_entry_is_withdrawn(self) -> None:
        only = entry(withdrawn_on=dt.date(2011, 12, 31))
        assert said(self.look(only, as_of=dt.date(2011, 12, 30))) == (Passed, "filled")
        assert said(self.look(only, as_of=dt.date(2011, 12, 31))) == (Fail, "empty")

    def test_a_column_without_any_record_is_empty(self) -> None:
        rule = RULES["WEB002"]
        assert isinstance(rule, FoldRule)
        assert rule.without_records
        assert said(self.look()) == (Fail, "empty")

    def test_what_was_seen_goes_before_what_was_recorded(self) -> None:
        assert said(self.look(entry(), probes=[self.count(0)])) == (Fail, "seen_empty")
        assert said(self.look(probes=[self.count(5)])) == (Passed, "filled")

    @pytest.mark.parametrize("useless", [None, dt.date(2011, 11, 30)], ids=["no number", "too old"])
    def test_an_observation_that_says_nothing_is_passed_over(self, useless: dt.date | None) -> None:
        probe = self.count(None) if useless is None else self.count(0, observed_on=useless)
        assert said(self.look(entry(), probes=[probe])) == (Passed, "filled")
        assert said(self.look(probes=[probe])) == (Fail, "empty")

    @pytest.mark.parametrize("carrier", [OWN, Carrier.PRESS, Carrier.NOTICE_BOARD])
    def test_what_stands_elsewhere_fills_no_column_of_the_portal(self, carrier: Carrier) -> None:
        elsewhere = samples.publication("other-1", carrier, column="column-1"), ()
        assert said(self.look(elsewhere)) == (Fail, "empty")

    def test_only_columns_of_the_portal_are_asked_for(self) -> None:
        assert said(self.look(carrier=OWN)) == (NotApplicable, "not_portal")
        assert samples.column().carrier is PORTAL

    def test_a_column_of_the_units_own_site_is_none_of_the_portals(self) -> None:
        ctx = context("WEB002", YEAR_END)
        own, portal = samples.site(), samples.site(SiteKind.PORTAL)
        assert said(fold("WEB002", samples.column(site=own.id), [], ctx, own, portal)) == (NotApplicable, "not_portal")
        assert said(fold("WEB002", samples.column(site=portal.id), [], ctx, own, portal)) == (Fail, "empty")

    def test_a_closed_column_needs_none(self) -> None:
        assert said(self.look(until=dt.date(2011, 12, 30))) == (NotApplicable, "closed")


class TestColumnInTime:
    def look(self, *entries: tuple[Publication, Sequence[Record]], as_of: dt.date = YEAR_END, **changes: Any) -> Result:
        return fold("WEB003", samples.column(**changes), entries, context("WEB003", as_of))

    def test_an_update_in_months_is_due_on_the_same_day_or_the_working_day_after(self) -> None:
        """2011-11-10 is a Thursday; 2011-12-10 a Saturday, so that period ends on Monday."""
        assert self.look(entry(), update_within="6m", as_of=dt.date(2011, 11, 10)) is None
        assert said(self.look(entry(), update_within="6m", as_of=dt.date(2011, 11, 11))) == (Fail, "overdue")
        assert self.look(entry(), update_within="7m", as_of=dt.date(2011, 12, 12)) is None
        result = self.look(entry(), update_within="7m", as_of=dt.date(2011, 12, 13))
        assert isinstance(result, Fail)
        assert result.facts == {"last": dt.date(2011, 5, 10), "due": dt.date(2011, 12, 12)}

    def test_a_period_in_working_days_leaves_out_holidays(self) -> None:
        before_new_year = entry(published_on=dt.date(2011, 12, 30))
        column = {"update_within": "10wd"}
        assert self.look(before_new_year, **column, as_of=dt.date(2012, 1, 14)) is None
        late = self.look(before_new_year, **column, as_of=dt.date(2012, 1, 17))
        assert isinstance(late, Fail)
        assert late.facts["due"] == china_calendar().add_working_days(dt.date(2011, 12, 30), 10)

    def test_the_latest_change_of_any_entry_counts(self) -> None:
        updated = entry("a", updated_on=dt.date(2011, 11, 1))
        assert self.look(updated, entry("b"), update_within="3m") is None

    def test_what_was_withdrawn_keeps_no_column_up_to_date(self) -> None:
        gone = entry("a", published_on=dt.date(2011, 11, 1), withdrawn_on=dt.date(2011, 12, 1))
        assert self.look(entry("b"), gone, update_within="3m", as_of=dt.date(2011, 11, 30)) is None
        result = self.look(entry("b"), gone, update_within="3m", as_of=dt.date(2011, 12, 1))
        assert isinstance(result, Fail)
        assert (result.message, result.facts["last"]) == ("overdue", dt.date(2011, 5, 10))
        assert said(self.look(gone, update_within="3m")) == (Fail, "never")

    def test_only_columns_of_the_portal_are_asked_for(self) -> None:
        assert said(self.look(carrier=OWN, update_within="")) == (NotApplicable, "not_portal")

    def test_what_stands_elsewhere_updates_no_column_of_the_portal(self) -> None:
        own = samples.publication("a", OWN, column="column-1", published_on=dt.date(2011, 12, 1)), ()
        assert said(self.look(entry("b"), own, update_within="3m")) == (Fail, "overdue")

    def test_an_update_after_the_day_has_not_come_yet(self) -> None:
        updated = entry(updated_on=dt.date(2012, 1, 5))
        assert said(self.look(updated, update_within="3m")) == (Fail, "overdue")

    @pytest.mark.parametrize("period", ["", "  ", "half a year", "0m", "６m"])
    def test_an_unreadable_period_is_undecidable_and_is_not_repeated(self, period: str) -> None:
        result = self.look(entry(), update_within=period)
        assert isinstance(result, Undecidable)
        assert result.facts == {}

    def test_without_content_the_period_runs_from_the_opening(self) -> None:
        column = {"since": dt.date(2011, 9, 1), "update_within": "3m"}
        assert said(self.look(**column, as_of=dt.date(2011, 12, 1))) == (NotApplicable, "not_yet_due")
        assert said(self.look(**column, as_of=dt.date(2011, 12, 2))) == (Fail, "never")

    def test_without_content_and_opening_date_it_is_undecidable(self) -> None:
        assert said(self.look(since=None)) == (Undecidable, "no_start")

    @pytest.mark.parametrize("period", ["12m", "60wd"])
    def test_a_calendar_that_ends_is_no_obstacle_while_the_period_cannot_be_over(self, period: str) -> None:
        last_known_day = china_calendar().coverage[1]
        recent = entry(published_on=last_known_day - dt.timedelta(days=40))
        assert self.look(recent, update_within=period, as_of=last_known_day) is None


class TestOnBothSites:
    def test_before_the_statutory_period_is_over_nothing_is_missing(self) -> None:
        item = samples.proactive_item()
        assert said(look("WEB004", item, as_of=DUE)) == (NotApplicable, "not_yet_due")
        result = look("WEB004", item, as_of=DUE + dt.timedelta(days=1))
        assert isinstance(result, Fail)
        assert result.facts == {"carriers": (OWN, PORTAL)}

    def test_other_carriers_do_not_stand_in_for_the_portal(self) -> None:
        published = [samples.publication("other-1", carrier) for carrier in (OWN, Carrier.GAZETTE, Carrier.PRESS)]
        result = look("WEB004", samples.proactive_item(), *published)
        assert isinstance(result, Fail)
        assert result.facts == {"carriers": (PORTAL,)}

    def test_published_at_once_it_passes_at_once(self) -> None:
        published = [
            samples.publication("other-1", carrier, published_on=dt.date(2011, 4, 21)) for carrier in (OWN, PORTAL)
        ]
        assert look("WEB004", samples.proactive_item(), *published, as_of=dt.date(2011, 4, 21)) is None

    def test_a_withdrawn_copy_may_have_a_successor(self) -> None:
        published = [samples.publication("other-1", carrier) for carrier in (OWN, PORTAL)]
        old = samples.publication("other-1", PORTAL, id="old", withdrawn_on=dt.date(2011, 5, 20))
        assert look("WEB004", samples.proactive_item(), old, *published) is None

    def test_a_copy_on_a_site_that_has_closed_stands_nowhere(self) -> None:
        own, portal = (samples.publication("other-1", carrier, site=f"site-{carrier}") for carrier in (OWN, PORTAL))
        closed = samples.site(id=own.site, until=dt.date(2011, 6, 30))
        item = samples.proactive_item()
        assert look("WEB004", item, own, portal, sites=[closed], as_of=dt.date(2011, 6, 30)) is None
        result = look("WEB004", item, own, portal, sites=[closed], as_of=dt.date(2011, 7, 1))
        assert isinstance(result, Fail)
        assert result.facts == {"carriers": (OWN,)}
        assert said(look("WEB005", item, own, portal, sites=[closed])) == (NotApplicable, "not_on_both")

    def test_a_site_of_another_unit_is_taken_for_open(self) -> None:
        copies = [samples.publication("other-1", carrier, site="elsewhere") for carrier in (OWN, PORTAL)]
        assert look("WEB004", samples.proactive_item(), *copies, sites=[samples.site()]) is None

    def test_a_copy_on_the_portal_is_none_on_the_own_site(self) -> None:
        copies = [samples.publication("other-1", carrier, site="site-portal") for carrier in (OWN, PORTAL)]
        result = look("WEB004", samples.proactive_item(), *copies, sites=[samples.site(SiteKind.PORTAL)])
        assert isinstance(result, Fail)
        assert result.facts == {"carriers": (OWN,)}

    @pytest.mark.parametrize(
        "attributes",
        [(), (DisclosureAttribute.EXEMPT,), (DisclosureAttribute.PROACTIVE, DisclosureAttribute.EXEMPT)],
        ids=["none", "exempt", "two at once"],
    )
    def test_only_what_is_settled_as_proactive_is_asked_for(self, attributes: tuple[DisclosureAttribute, ...]) -> None:
        assert said(look("WEB004", samples.item(attributes=attributes))) == (NotApplicable, "not_proactive")

    def test_without_date_of_creation_the_period_is_unknown(self) -> None:
        assert said(look("WEB004", samples.proactive_item(created_on=None))) == (Undecidable, "undated")

    def test_what_is_older_than_the_law_has_no_period_to_wait_for(self) -> None:
        item = samples.proactive_item(created_on=dt.date(2008, 4, 30))
        assert said(look("WEB004", item, as_of=dt.date(2008, 5, 5))) == (Fail, "missing")


class TestCopiesAgree:
    ITEM = samples.proactive_item()

    def copies(self, **portal: Any) -> tuple[Publication, Publication]:
        return samples.publication("other-1", OWN), samples.publication("other-1", PORTAL, **portal)

    def test_it_compares_only_what_stands_on_both(self) -> None:
        own, portal = self.copies(digest=OTHER_DIGEST, withdrawn_on=dt.date(2011, 6, 1))
        assert said(look("WEB005", self.ITEM, own)) == (NotApplicable, "not_on_both")
        assert said(look("WEB005", self.ITEM, own, portal)) == (NotApplicable, "not_on_both")
        assert said(look("WEB005", self.ITEM, own, portal, as_of=dt.date(2011, 5, 31))) == (Fail, "differ")

    def test_without_digest_nothing_is_known_to_agree(self) -> None:
        result = look("WEB005", self.ITEM, *self.copies(digest=""))
        assert isinstance(result, Undecidable)
        assert result.facts == {"publications": ("other-1.portal",)}

    def test_large_and_small_digits_of_a_digest_are_the_same(self) -> None:
        assert look("WEB005", self.ITEM, *self.copies(digest=samples.DIGEST.upper())) is None
        loud = attrs.evolve(self.ITEM, digest=samples.DIGEST.upper())
        assert look("WEB005", loud, *self.copies()) is None

    @pytest.mark.parametrize("digest", ["无", "-", "0" * 63, "0" * 65, "g" * 64])
    def test_what_is_no_digest_shows_no_agreement(self, digest: str) -> None:
        own, portal = (attrs.evolve(copy, digest=digest) for copy in self.copies())
        result = look("WEB005", attrs.evolve(self.ITEM, digest=digest), own, portal)
        assert isinstance(result, Undecidable)
        assert result.facts == {"publications": (own.id, portal.id)}

    def test_an_unreadable_digest_on_record_is_compared_with_nothing(self) -> None:
        item = attrs.evolve(self.ITEM, digest="待补")
        assert said(look("WEB005", item, *self.copies())) == (Undecidable, "record_unreadable")

    def test_a_missing_digest_does_not_excuse_two_that_differ(self) -> None:
        third = samples.publication("other-1", OWN, id="third", digest="")
        assert said(look("WEB005", self.ITEM, *self.copies(digest=OTHER_DIGEST), third)) == (Fail, "differ")

    def test_a_digest_taken_after_the_day_says_nothing_of_it(self) -> None:
        copies = self.copies(digest=OTHER_DIGEST, updated_on=dt.date(2012, 2, 1))
        assert said(look("WEB005", self.ITEM, *copies)) == (Undecidable, "no_digest")
        assert said(look("WEB005", self.ITEM, *copies, as_of=dt.date(2012, 2, 1))) == (Fail, "differ")

    def test_press_and_gazette_are_not_compared(self) -> None:
        press = samples.publication("other-1", Carrier.PRESS, digest=OTHER_DIGEST)
        assert look("WEB005", self.ITEM, *self.copies(), press) is None

    def test_an_item_without_digest_has_nothing_to_compare_with(self) -> None:
        assert look("WEB005", attrs.evolve(self.ITEM, digest=""), *self.copies()) is None

    def test_a_changed_text_has_the_statutory_period_to_reach_both(self) -> None:
        item = attrs.evolve(self.ITEM, digest=OTHER_DIGEST, changed_on=dt.date(2011, 9, 9))
        copies = self.copies()
        assert look("WEB005", item, *copies, as_of=dt.date(2011, 9, 8)) is None
        assert said(look("WEB005", item, *copies, as_of=dt.date(2011, 10, 13))) == (NotApplicable, "not_yet_due")
        assert said(look("WEB005", item, *copies, as_of=dt.date(2011, 10, 14))) == (Fail, "differs_from_record")
