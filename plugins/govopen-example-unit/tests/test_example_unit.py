"""The rule keeps its own word, and the sub-categories are there."""

from __future__ import annotations

import pytest

import govopen_example_unit
from govopen.model.catalog import Category
from govopen.plugins.registry import Registry
from govopen.testing.rules import assert_cases


@pytest.fixture(scope="module")
def registry() -> Registry:
    # Given by hand, it is loaded once, installed or not; other plugins of the machine stay out.
    return Registry.load(plugins=[govopen_example_unit], entry_points=False)


def test_the_rule_passes_its_valid_cases_and_fails_its_invalid_ones(registry: Registry) -> None:
    (rule,) = (rule for rule in registry.rules if rule.prefix == "EXU")

    assert_cases(rule, registry)


def test_the_sub_categories_belong_to_other_information(registry: Registry) -> None:
    own = {entry.id: entry.category for entry in registry.categories}

    assert own == {
        "example-unit/market-closures": Category.OTHER,
        "example-unit/parking-notices": Category.OTHER,
    }
