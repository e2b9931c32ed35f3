"""What the register says of fees keeps the law."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest
from fee_register import Row, to_item

from govopen.model.classification import DisclosureAttribute
from govopen.plugins.registry import Registry
from govopen.rules.samples import sign_offs
from govopen.testing.asserting import assert_compliant
from govopen.testing.building import Builder

YEAR_END = dt.date(2011, 12, 31)
ROW: Row = {
    "number": 3,
    "name": "示例检验费",
    "basis": "示价〔2011〕3号",
    "fen": 1050,
    "decided_on": dt.date(2011, 4, 15),
}


@pytest.fixture
def reviewed(govopen_build: Builder) -> dict[str, Any]:
    """The review that the register does not have, as it is in an exemplary item."""
    attribute = DisclosureAttribute.ON_REQUEST
    return {
        "attributes": (attribute,),
        "sign_offs": sign_offs(attribute),
        "review": govopen_build.item().review,
    }


def test_a_fee_of_the_register_is_a_lawful_entry(reviewed: dict[str, Any], govopen_registry: Registry) -> None:
    item = attrs.evolve(to_item(ROW), **reviewed)

    assert item.fee is not None
    assert item.fee.rate_yuan == Decimal("10.50")
    assert_compliant(item, as_of=YEAR_END, registry=govopen_registry)


def test_a_fee_without_a_rate_is_refused_by_name_law_and_remedy(
    reviewed: dict[str, Any], govopen_registry: Registry
) -> None:
    item = attrs.evolve(to_item({**ROW, "fen": None}), **reviewed)

    with pytest.raises(AssertionError, match="CAT103"):
        assert_compliant(item, as_of=YEAR_END, registry=govopen_registry)
