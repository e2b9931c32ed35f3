"""The rule keeps its word, on the first and the last day of each number."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import attrs
import pytest

from govopen.plugins.registry import Registry
from govopen.rules.base import Case
from govopen.rules.results import Outcome
from govopen.testing.rules import assert_cases, run_case
from govopen.texts import Text

sys.path.insert(0, str(Path(__file__).parents[1]))
import house_rules


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(plugins=[house_rules], entry_points=False)


def outcomes(registry: Registry, text: str, made_on: dt.date | None) -> set[tuple[Outcome, str]]:
    item = attrs.evolve(house_rules.FEE, text=text, created_on=made_on)
    report = run_case(Case(Text("", ""), (item,), dt.date(2024, 6, 3)), registry)
    return {(entry.outcome, entry.message) for entry in report.findings if entry.rule == "HSE001"}


def test_it_keeps_its_own_cases_and_breaks_no_obligation(registry: Registry) -> None:
    assert_cases(house_rules.fee_names_complaints_number, registry)


@pytest.mark.parametrize(
    ("made_on", "number"),
    [
        (dt.date(2011, 1, 4), "12358"),
        (dt.date(2018, 12, 31), "12358"),
        (dt.date(2019, 1, 1), "12315"),
        (dt.date(2024, 6, 3), "12315"),
    ],
)
def test_the_number_is_that_of_the_day_on_which_the_item_was_made(
    registry: Registry, made_on: dt.date, number: str
) -> None:
    other = {"12358": "12315", "12315": "12358"}[number]

    assert outcomes(registry, f"投诉电话：{number}。", made_on) == set()
    assert outcomes(registry, f"投诉电话：{other}。", made_on) == {(Outcome.FAIL, "missing")}


def test_before_the_house_rules_nothing_can_be_said(registry: Registry) -> None:
    assert {outcome for outcome, _ in outcomes(registry, "", dt.date(2011, 1, 3))} == {Outcome.UNDECIDABLE}


def test_an_undated_item_is_not_judged_by_this_rule(registry: Registry) -> None:
    assert outcomes(registry, "", None) == set()


def test_a_house_rule_advises_and_changes_the_status_of_no_obligation(registry: Registry) -> None:
    (own,) = (each for each in registry.rules if each.code == "HSE001")
    assert own.answers == ()
