"""A street office's own rule and sub-categories, as a govopen plugin."""

from __future__ import annotations

from collections.abc import Iterable

from govopen.model.catalog import Category, SubCategory
from govopen.plugins.hookspecs import hookimpl
from govopen.rules.base import Rule
from govopen.texts import Text
from govopen_example_unit.notices import MARKET_CLOSURES, PARKING_NOTICES, hangs_on_the_board

__all__ = ["GOVOPEN_INTERFACE", "govopen_categories", "govopen_rules"]

GOVOPEN_INTERFACE = 1
"""The plugin interface that this is written for."""


@hookimpl
def govopen_categories() -> Iterable[SubCategory]:
    """Notices that somebody has to see in the street."""
    return [
        SubCategory(id=PARKING_NOTICES, category=Category.OTHER, title=Text("停车管制通告", "parking notices")),
        SubCategory(id=MARKET_CLOSURES, category=Category.OTHER, title=Text("市场休市通告", "market closures")),
    ]


@hookimpl
def govopen_rules() -> Iterable[Rule]:
    """What the office asks of such notices."""
    return [hangs_on_the_board]
