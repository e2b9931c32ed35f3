"""The samples are what their documentation says: who writes a case relies on its dates."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest

from govopen.model.catalog import Category
from govopen.model.classification import DisclosureAttribute
from govopen.model.codec import encode
from govopen.model.requests import ChannelKind
from govopen.model.website import Carrier
from govopen.rules import samples

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
ITEMS = [samples.item(category) for category in Category]
MADE: list[tuple[Callable[..., Any], Any]] = [
    (samples.unit, samples.unit()),
    (samples.outcome, samples.item(Category.APPROVAL)),
    (samples.sign_offs, samples.item(sign_offs=samples.sign_offs(DisclosureAttribute.PROACTIVE), review=None)),
    (samples.item, ITEMS),
    (samples.publication, samples.publication("item-1", Carrier.PORTAL)),
    (samples.classified_item, samples.classified_item()),
    (samples.site, samples.site()),
    (samples.column, samples.column()),
    (samples.request_channel, samples.request_channel(ChannelKind.POST)),
    (samples.request, samples.request()),
    (samples.evidence, samples.evidence("panyu-2011:1.1/o5")),
    (samples.judgement, samples.judgement("panyu-2011:1.1/o6")),
    (samples.probe, samples.probe("site-own")),
    (samples.organisation, samples.organisation()),
]


@pytest.mark.parametrize(("function", "made"), MADE, ids=lambda value: getattr(value, "__name__", ""))
def test_each_date_in_the_documentation_of_a_sample_is_one_of_the_sample(
    function: Callable[..., Any], made: Any
) -> None:
    stated = set(DATE.findall(inspect.getdoc(function) or ""))
    members = made if isinstance(made, list) else [made]
    held = {day for member in members for day in DATE.findall(encode(member).decode())}

    assert stated
    assert stated <= held
