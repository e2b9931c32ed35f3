"""The ground of an exemption, at the edges (clause 1.3)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.errors import NotComputable
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute, SignOffResult, SignOffStep
from govopen.policy.loading import builtin_library
from govopen.rules import samples
from govopen.rules.context import Context, Dossier
from govopen.rules.exemption import exemption_has_ground
from govopen.rules.results import Fail, NotApplicable, Result

EXEMPT = DisclosureAttribute.EXEMPT


def look(record: InformationItem, as_of: dt.date = dt.date(2026, 12, 31)) -> Result:
    ctx = Context(as_of=as_of, library=builtin_library(), calendar=china_calendar())
    return exemption_has_ground.check(Dossier(record, samples.UNIT, {}), ctx)


def exempt(ground: str, day: dt.date = dt.date(2011, 4, 20), **changes: Any) -> InformationItem:
    """Exempted on that day by a decision of that ground; ``changes`` are those of the decision."""
    drafted, reviewed, decided = samples.sign_offs(EXEMPT)
    whole: dict[str, Any] = {"on": day, "ground": ground} | changes
    return samples.item(attributes=(EXEMPT,), sign_offs=(drafted, reviewed, attrs.evolve(decided, **whole)))


def said(result: Result) -> str | None:
    if result is None:
        return None
    assert isinstance(result, Fail | NotApplicable)
    return result.message


@pytest.mark.parametrize(
    ("ground", "first"),
    [
        ("trade_secret", dt.date(2008, 5, 1)),
        ("internal", dt.date(2010, 1, 12)),
        ("process", dt.date(2010, 1, 12)),
        ("case_file", dt.date(2019, 5, 15)),
    ],
)
def test_a_ground_is_one_from_the_day_that_law_knows_it(ground: str, first: dt.date) -> None:
    assert look(exempt(ground, first)) is None
    with_day_before = exempt(ground, first - dt.timedelta(days=1))
    if first == dt.date(2008, 5, 1):
        with pytest.raises(NotComputable):
            look(with_day_before)
    else:
        assert said(look(with_day_before)) == "unknown"


@pytest.mark.parametrize("ground", ["state_secret", "no_special_need", "admin_query", "inconvenient"])
def test_what_exempts_no_item_is_no_ground(ground: str) -> None:
    """A secret is classified; a special need and a way to look it up are matters of one request."""
    days = (dt.date(2011, 4, 20), dt.date(2024, 3, 1))
    assert [said(look(exempt(ground, day))) for day in days] == ["unknown"] * 2


def test_a_blank_ground_is_none() -> None:
    assert said(look(exempt("\u3000"))) == "missing"


def test_a_decision_that_is_silent_follows_the_proposal() -> None:
    record = exempt("")
    drafted, *others = record.sign_offs
    told = attrs.evolve(record, sign_offs=(attrs.evolve(drafted, ground="internal"), *others))
    assert look(told) is None
    other = attrs.evolve(drafted, ground="internal", attribute=DisclosureAttribute.ON_REQUEST)
    assert said(look(attrs.evolve(record, sign_offs=(other, *others)))) == "missing"


@pytest.mark.parametrize(
    "changes",
    [
        {"on": dt.date(2027, 1, 1)},
        {"on": None},
        {"result": SignOffResult.RETURNED},
        {"digest": "0" * 64},
        {"attribute": DisclosureAttribute.ON_REQUEST},
        {"step": SignOffStep.SECTION_HEAD},
    ],
)
def test_what_did_not_exempt_it_needs_no_ground(changes: dict[str, Any]) -> None:
    assert said(look(exempt("", **changes))) == "not_exempt"


def test_the_latest_decision_is_asked() -> None:
    record = exempt("")
    later = attrs.evolve(record.sign_offs[-1], on=dt.date(2011, 5, 3), ground="trade_secret")
    assert look(attrs.evolve(record, sign_offs=(later, *record.sign_offs))) is None
    opened = attrs.evolve(later, attribute=DisclosureAttribute.PROACTIVE, ground="")
    assert said(look(attrs.evolve(record, sign_offs=(*record.sign_offs, opened)))) == "not_exempt"
