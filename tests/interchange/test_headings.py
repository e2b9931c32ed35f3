"""Every field has one heading in each language, and each heading leads back to its field."""

from __future__ import annotations

import pytest

from govopen.interchange.fields import leaves_of
from govopen.interchange.headings import close_headings, find_leaf
from govopen.model.base import RecordType
from govopen.model.catalog import InformationItem
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Unit
from govopen.texts import LANGUAGES


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda record_type: record_type.name)
def test_each_path_and_each_heading_leads_to_its_field(record_type: RecordType) -> None:
    cls: type = record_type.cls
    for leaf in leaves_of(cls):
        positions = tuple(range(2, 2 + len(leaf.repeats)))
        for heading in (leaf.path(positions), *(leaf.heading(lang, positions) for lang in LANGUAGES)):
            assert find_leaf(cls, heading) == (leaf, positions)


@pytest.mark.parametrize(
    "heading",
    [
        "sign_offs.person",
        "sign_offs.0.person",
        "sign_offs.x.person",
        "sign_offs.1",
        "title.1",
        "sign_offs.1.2.person",
        "",
        "x" * 10_000,
    ],
)
def test_what_names_no_field_is_found_nowhere(heading: str) -> None:
    assert find_leaf(InformationItem, heading) is None


def test_positions_become_indexes() -> None:
    found = find_leaf(InformationItem, "institution.leaders.3.name")
    assert found is not None
    assert found[0].keys(found[1]) == ("institution", "leaders", 2, "name")


def test_a_list_that_may_be_unknown_has_a_column_to_say_that_it_is_empty() -> None:
    found = find_leaf(Unit, "duties")
    assert found is not None
    assert found[0].states_none
    assert find_leaf(Unit, "roles") is None


def test_a_slip_is_answered_with_what_may_be_meant() -> None:
    assert close_headings(InformationItem, "审签 1 / 人名") == ["审签 # / 人员"]
    assert close_headings(InformationItem, "sign_off.1.persn") == ["sign_offs.#.person"]
    assert close_headings(InformationItem, "合计") == []
