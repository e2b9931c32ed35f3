"""A cleared item comes from ``clear`` and from nowhere else."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from typing import Any, cast

import attrs
import pytest

from govopen.clearance.bars import Bar
from govopen.clearance.cleared import Cleared, Public
from govopen.errors import NotCleared
from govopen.rules import samples
from govopen.testing.parcels import cleared, disclosed


@pytest.fixture
def genuine() -> Cleared[Public]:
    return cleared(disclosed())


@pytest.mark.parametrize("issue", [None, object(), True, "issue"])
def test_it_cannot_be_made_by_hand(issue: object) -> None:
    with pytest.raises(NotCleared, match="clear"):
        Cleared(issue, item=disclosed(), digest="", audience=Public, request="", on=dt.date(2011, 6, 1))


def test_it_cannot_be_made_without_its_initialiser() -> None:
    empty: Any = Cleared.__new__(Cleared)
    with pytest.raises(AttributeError):
        _ = empty.item
    with pytest.raises(NotCleared):
        empty._item = samples.proactive_item()


def test_it_cannot_be_changed(genuine: Cleared[Public]) -> None:
    for name in ("item", "_item", "digest", "_audience", "further"):
        with pytest.raises(NotCleared):
            setattr(genuine, name, None)
    with pytest.raises(NotCleared):
        del cast("Any", genuine)._item
    with pytest.raises(attrs.exceptions.NotAnAttrsClassError):
        attrs.evolve(cast("Any", genuine), item=samples.item())


@pytest.mark.parametrize(
    "attempt", [copy.copy, copy.deepcopy, pickle.dumps], ids=["copied", "copied deeply", "pickled"]
)
def test_it_cannot_be_duplicated(genuine: Cleared[Public], attempt: Any) -> None:
    with pytest.raises(NotCleared):
        attempt(genuine)


def test_it_has_no_subclasses() -> None:
    with pytest.raises(NotCleared):
        type("Lenient", (Cleared,), {})


def test_a_log_shows_its_identifier_and_no_text(genuine: Cleared[Public]) -> None:
    assert repr(genuine) == f"Cleared('item-1', Public, {genuine.digest[:12]})"
    assert genuine.item.title not in repr(genuine)


def test_every_bar_says_in_both_languages_what_it_is() -> None:
    assert all(bar.text.zh and bar.text.en for bar in Bar)
