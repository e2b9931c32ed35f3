"""Waivers change an outcome, a baseline only the exit status; rules on secrecy know neither."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.checking.algebra import Status
from govopen.checking.result import FAIL_ON
from govopen.checking.selection import Selection
from govopen.checking.waivers import Baseline, Waiver, fingerprint
from govopen.rules import samples
from govopen.rules.results import Fail, Outcome, Undecidable
from govopen.texts import Text

O1 = "city-2012:1/o1"
DAY = dt.date(2012, 12, 31)


def waiver(**changes: Any) -> Waiver:
    whole: dict[str, Any] = {
        "id": "w1",
        "rule": "TST001",
        "reason": "搬迁",
        "basis": "城办〔2012〕3号",
        "approver": "甲",
        "since": dt.date(2012, 1, 1),
        "until": DAY,
    }
    return Waiver(**(whole | changes))


def fails(dossier: Any, ctx: Any) -> Fail:
    return Fail("bad", n=1)


@pytest.fixture
def report(check: Any, a_rule: Any) -> Any:
    def run(*waivers: Waiver, function: Any = fails, items: int = 1, how: Any = None, **about: Any) -> Any:
        found = [samples.item(id=f"item-{number}") for number in range(items)]
        return check(a_rule(function, **about), *found, waivers=waivers, **(how or {}))

    return run


def codes(report: Any) -> list[str]:
    return [notice.code for notice in report.notices]


def test_a_waiver_that_covers_the_day_waives(report: Any) -> None:
    found = report(waiver())
    assert found.status("bureau", O1).status is Status.WAIVED
    assert [(entry.outcome, entry.waiver) for entry in found.findings] == [(Outcome.WAIVED, "w1")]
    assert found.failing() == ()
    assert codes(found) == []


@pytest.mark.parametrize(
    ("changes", "notices"),
    [
        ({"until": dt.date(2012, 12, 30)}, ["GOV014"]),
        ({"since": dt.date(2013, 1, 1), "until": dt.date(2013, 1, 2)}, []),
        ({"units": ("other",)}, ["GOV015"]),
        ({"subjects": ("record-*",)}, ["GOV015"]),
        ({"rule": "TST002"}, ["GOV012"]),
    ],
    ids=["expired", "to come", "of another unit", "of other records", "of an unknown rule"],
)
def test_one_that_does_not_cover_it_excuses_nothing_and_is_reported(
    report: Any, changes: dict[str, Any], notices: list[str]
) -> None:
    found = report(waiver(**changes))
    assert found.status("bureau", O1).status is Status.VIOLATED
    assert codes(found) == notices


@pytest.mark.parametrize("changes", [{"since": DAY}, {"until": DAY}, {"units": ("bureau",)}, {"subjects": ("item-*",)}])
def test_first_and_last_day_units_and_patterns_count(report: Any, changes: dict[str, Any]) -> None:
    assert report(waiver(**changes)).status("bureau", O1).status is Status.WAIVED


def test_only_an_asterisk_stands_for_other_characters(report: Any) -> None:
    assert report(waiver(subjects=("item-[0-9]",))).status("bureau", O1).status is Status.VIOLATED
    assert report(waiver(subjects=("item-?",))).status("bureau", O1).status is Status.VIOLATED


def test_what_a_waiver_does_not_cover_still_fails(report: Any) -> None:
    found = report(waiver(subjects=("item-0",)), items=2)
    assert found.status("bureau", O1).status is Status.VIOLATED
    assert found.status("bureau", O1).counts == {Outcome.WAIVED: 1, Outcome.FAIL: 1}


def test_what_cannot_be_decided_is_not_waived(report: Any) -> None:
    found = report(waiver(), function=lambda d, c: Undecidable("bad", n=1))
    assert found.status("bureau", O1).status is Status.UNDECIDABLE
    assert codes(found) == ["GOV015"]


def test_a_rule_on_secrecy_knows_no_waiver(report: Any) -> None:
    found = report(waiver(), protected=True)
    assert found.status("bureau", O1).status is Status.VIOLATED
    assert codes(found) == ["GOV013"]


def test_an_unused_waiver_can_be_told_only_of_a_run_that_leaves_nothing_out(report: Any) -> None:
    def unused(**how: Any) -> list[str]:
        return codes(report(waiver(), function=lambda d, c: None, how=how))

    assert unused() == ["GOV015"]
    assert unused(selection=Selection(clauses=("1",))) == []


def accepted(found: Any) -> Baseline:
    return Baseline.of(entry.fingerprint for entry in found.findings)


def test_what_was_accepted_keeps_its_status_and_no_longer_fails_the_run(report: Any) -> None:
    before = report()
    after = report(how={"baseline": accepted(before)})
    assert after.status("bureau", O1).status is Status.VIOLATED
    assert after.status("bureau", O1).baselined
    assert [entry.baselined for entry in after.findings] == [True]
    assert (len(before.failing()), len(after.failing())) == (1, 0)
    assert before.summary() == after.summary()


def test_one_finding_more_fails_the_run_again(report: Any) -> None:
    after = report(items=2, how={"baseline": accepted(report())})
    assert [entry.baselined for entry in after.findings] == [True, False]
    assert [entry.status for entry in after.failing()] == [Status.VIOLATED]


def test_a_finding_with_other_facts_is_another_finding(report: Any) -> None:
    after = report(function=lambda d, c: Fail("bad", n=2), how={"baseline": accepted(report())})
    assert len(after.failing()) == 1


def test_an_accepted_failure_hides_no_gap_behind_it(report: Any) -> None:
    def both(dossier: Any, ctx: Any) -> Any:
        return Fail("bad", n=1) if dossier.record.id == "item-0" else Undecidable("bad", n=2)

    baseline = accepted(report())
    after = report(function=both, items=2, how={"baseline": baseline})
    assert after.status("bureau", O1).status is Status.VIOLATED
    assert len(after.failing()) == 1
    assert after.failing(frozenset({Status.NOT_SHOWN})) == ()


def test_a_rule_on_secrecy_is_never_accepted(report: Any) -> None:
    after = report(protected=True, how={"baseline": accepted(report(protected=True))})
    assert not after.findings[0].baselined
    assert len(after.failing()) == 1


def test_a_status_with_a_reason_of_its_own_is_not_accepted_with_findings(check: Any, a_rule: Any) -> None:
    rule = a_rule(lambda d, c: Undecidable("bad", n=1), answers=())
    baseline = accepted(check(rule, samples.item()))
    found = check(a_rule(lambda d, c: None), samples.item(), as_of=dt.date(2021, 1, 1), baseline=baseline)
    assert {entry.baselined for entry in found.statuses} == {False}
    assert Status.UNDECIDABLE in {entry.status for entry in found.failing(FAIL_ON)}


FACTS = st.dictionaries(
    st.sampled_from("abc"),
    st.text(max_size=3) | st.integers() | st.dates() | st.decimals(allow_nan=False, allow_infinity=False),
)


@given(FACTS)
def test_a_fingerprint_does_not_depend_on_the_order_of_facts(facts: dict[str, Any]) -> None:
    turned = dict(reversed(facts.items()))
    assert fingerprint("R", "u", "s", "m", facts) == fingerprint("R", "u", "s", "m", turned)


@given(FACTS, FACTS)
def test_other_facts_give_another_fingerprint(one: dict[str, Any], other: dict[str, Any]) -> None:
    def plain(facts: dict[str, Any]) -> dict[str, str]:
        return {
            name: str(value.normalize()) if isinstance(value, Decimal) else str(value) for name, value in facts.items()
        }

    if plain(one) != plain(other):
        assert fingerprint("R", "u", "s", "m", one) != fingerprint("R", "u", "s", "m", other)


@pytest.mark.parametrize("place", range(4))
def test_each_of_rule_unit_subject_and_message_makes_another_finding(place: int) -> None:
    about = ["R", "u", "s", "m"]
    changed = [word + "x" if number == place else word for number, word in enumerate(about)]
    assert fingerprint(*about, {}) != fingerprint(*changed, {})


def test_equal_amounts_are_the_same_finding_however_they_are_written() -> None:
    assert fingerprint("R", "u", "s", "m", {"a": Decimal("1.0")}) == fingerprint("R", "u", "s", "m", {"a": Decimal(1)})


def test_the_wording_of_a_rule_can_change_without_touching_a_baseline(check: Any, a_rule: Any) -> None:
    item = samples.item()
    before = check(a_rule(fails), item)
    after = check(a_rule(fails, messages={"bad": Text("别的{n}", "other words {n}")}), item, baseline=accepted(before))
    assert after.failing() == ()
