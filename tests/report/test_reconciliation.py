"""A reconciliation is told site by site and copy by copy, and never in the words of a record."""

from __future__ import annotations

import datetime as dt
import io
import json

import attrs
import pytest
from rich.console import Console

from govopen.model.publishing import ObservedState
from govopen.publishing.reconciling import Difference, ReconcileReport, SiteSummary
from govopen.report.reconciliation import print_reconciliation, reconciliation_json

DIFFERING = ReconcileReport(
    on=dt.date(2011, 12, 31),
    sites=(
        SiteSummary(site="own", copies={ObservedState.AGREES: 3, ObservedState.STALE: 1, ObservedState.PROCEDURE: 1}),
        SiteSummary(site="portal", copies={}, failure="unreachable"),
    ),
    differences=(
        Difference(
            item="[b]1",
            unit="bureau",
            site="own",
            states=(ObservedState.STALE, ObservedState.PROCEDURE),
            address="https://example.gov.cn/1/",
            found="0" * 64,
            expected="1" * 64,
        ),
    ),
    apart=("item-2",),
)
AGREEING = ReconcileReport(
    on=dt.date(2011, 12, 31),
    sites=(SiteSummary(site="own", copies={ObservedState.AGREES: 3}),),
    differences=(),
    apart=(),
)


def printed(report: ReconcileReport, lang: str) -> str:
    out = io.StringIO()
    print_reconciliation(report, Console(file=out, width=100), lang)
    return out.getvalue()


def test_each_site_and_each_copy_that_differs_has_a_line():
    text = printed(DIFFERING, "en")
    assert "own         3       1" in text
    assert "unreachable" in text
    assert "[b]1 @ own: an older version, another procedure" in text
    assert "https://example.gov.cn/1/" in text
    assert "item-2: its copies differ" in text
    assert "Every copy agrees" not in text


def test_states_are_told_in_chinese():
    assert "[b]1 @ own: 旧版本、办事流程不符" in printed(DIFFERING, "zh-Hans")


def test_where_all_agree_it_says_so():
    assert "Every copy agrees" in printed(AGREEING, "en")


def test_a_site_that_was_not_read_is_not_agreement():
    unread = attrs.evolve(AGREEING, sites=(SiteSummary(site="own", copies={}, failure="unreachable"),))
    assert "Every copy agrees" not in printed(unread, "en")


@pytest.mark.parametrize(("report", "agrees"), [(DIFFERING, False), (AGREEING, True)])
def test_json_says_the_same_in_codes(report, agrees):
    document = json.loads(reconciliation_json(report))
    assert document["agrees"] is agrees
    assert document["on"] == "2011-12-31"
    assert [site["site"] for site in document["sites"]] == [site.site for site in report.sites]
    assert [entry["states"] for entry in document["differences"]] == [
        [state.value for state in entry.states] for entry in report.differences
    ]
