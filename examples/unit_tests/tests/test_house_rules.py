"""The bureau's own rule keeps its own cases, among all rules there are."""

from __future__ import annotations

from house_rules import index_number_shape

from govopen.plugins.registry import Registry
from govopen.testing.rules import assert_cases


def test_the_rule_keeps_its_cases(govopen_registry: Registry) -> None:
    assert_cases(index_number_shape, govopen_registry)
