"""What the fields of one record must be to each other. What the law asks of them is for the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

import attrs

from govopen.calendars.period import Period
from govopen.errors import InputError, Problem
from govopen.interchange.values import FIRST_YEAR, LAST_YEAR
from govopen.model.assurance import Ability, Evidence, Judgement, NilReturn, Probe
from govopen.model.catalog import Category, InformationItem, SubCategory
from govopen.model.classification import ClassifiedItem
from govopen.model.contents import FeeItem, Outcome
from govopen.model.organisation import Organisation
from govopen.model.requests import Correction, Extension, RequestChannel, Suspension
from govopen.model.units import DatedDuty, DatedRole, Unit
from govopen.model.website import Column, Publication, Site
from govopen.texts import N_

__all__ = ["CONTENT_FIELDS", "ORDERED", "RANGES", "SHORT_TEXT", "Check", "checks_for"]

Check = Callable[[Any], Iterator[Problem]]
"""Yields what is wrong with a value; the problems' paths are relative to it and ``where`` is empty."""

CONTENT_FIELDS: Mapping[Category, tuple[str, ...]] = {
    Category.INSTITUTION: ("institution",),
    Category.DOCUMENT: ("document",),
    Category.APPROVAL: ("approval",),
    Category.ENFORCEMENT: ("enforcement",),
    Category.COMPLAINT: ("complaint", "supervision"),
    Category.ONLINE: ("online",),
    Category.EMERGENCY: ("emergency",),
    Category.DECISION: ("decision",),
    Category.PROJECT: ("project",),
    Category.FEE: ("fee",),
    Category.OTHER: (),
}
"""In which fields an item of a category says what it says."""

_OPEN = ("since", "until")
_COVERED = ("covers_from", "covers_until")
ORDERED: Mapping[type, tuple[str, str]] = {
    **dict.fromkeys((Unit, DatedRole, DatedDuty, Site, Column, RequestChannel, Suspension), _OPEN),
    **dict.fromkeys((Outcome, Evidence, Judgement, NilReturn, Ability), _COVERED),
    Publication: ("published_on", "withdrawn_on"),
    ClassifiedItem: ("determined_on", "classified_until"),
    Correction: ("notified_on", "received_on"),
}
"""Two dates of which the second cannot lie before the first."""

RANGES: Mapping[type, Mapping[str, tuple[int, int | None]]] = {
    Organisation: {"year": (FIRST_YEAR, LAST_YEAR), "full_time_staff": (0, None), "budget_yuan": (0, None)},
    Outcome: {"handled": (0, None)},
    Probe: {"entries": (0, None)},
    FeeItem: {"rate_yuan": (0, None)},
    Extension: {"days": (1, None)},
}
"""The least and the greatest number that a field can hold."""

SHORT_TEXT = 200
"""Characters in a text of a classified item: enough for a citation or a number, too few for what is classified."""


def _ordered(first: str, second: str) -> Check:
    both = attrgetter(first, second)

    def check(value: Any) -> Iterator[Problem]:
        since, until = both(value)
        if since is not None and until is not None and until < since:
            yield Problem(
                where="",
                path=second,
                message=N_("The date {until} lies before {since}, which {other} holds."),
                accepted=N_("Accepted: the same day or a later one."),
                facts={"until": _iso(until), "since": _iso(since), "other": first},
            )

    return check


def _iso(day: dt.date) -> str:
    return day.isoformat()


def _ranges(cls: type) -> Iterator[Check]:
    for name, (least, greatest) in RANGES.get(cls, {}).items():
        yield _range(name, least, greatest)


def _range(name: str, least: int, greatest: int | None) -> Check:
    message = N_("The number is too small or too great.")
    accepted = N_("Accepted: {least} or more.") if greatest is None else N_("Accepted: from {least} to {greatest}.")
    facts: dict[str, object] = {"least": least} if greatest is None else {"least": least, "greatest": greatest}

    def check(value: Any) -> Iterator[Problem]:
        number = getattr(value, name)
        if number is not None and (number < least or (greatest is not None and number > greatest)):
            yield Problem(where="", path=name, message=message, accepted=accepted, facts=facts)

    return check


def _content_of_category(item: InformationItem) -> Iterator[Problem]:
    # Nobody has catalogued an item without a category: no field can be the wrong one.
    if item.category is None:
        return
    right = CONTENT_FIELDS[item.category]
    for fields in CONTENT_FIELDS.values():
        for name in fields:
            if name not in right and getattr(item, name) is not None:
                yield Problem(
                    where="",
                    path=name,
                    message=N_("An item of the category {category} cannot have this field."),
                    accepted=N_("Accepted with it: {accepted}."),
                    facts={"category": item.category.value, "accepted": ", ".join(right) or "-"},
                )


def _subcategories(known: Mapping[str, SubCategory]) -> Check:
    def check(item: InformationItem) -> Iterator[Problem]:
        if not item.subcategory:
            return
        found = known.get(item.subcategory)
        if found is None:
            message = N_("This sub-category is not known.")
        elif found.category != item.category:
            message = N_("This sub-category is one of another category.")
        else:
            return
        own = [entry.id for entry in known.values() if entry.category == item.category]
        accepted = N_("Accepted: {accepted}.") if own else N_("No plugin brings a sub-category of this category.")
        yield Problem(
            where="", path="subcategory", message=message, accepted=accepted, facts={"accepted": ", ".join(own)}
        )

    return check


def _short_texts(item: ClassifiedItem) -> Iterator[Problem]:
    for field in attrs.fields(ClassifiedItem):
        value = getattr(item, field.name)
        if type(value) is str and len(value) > SHORT_TEXT:
            yield Problem(
                where="",
                path=field.name,
                message=N_("The text has {size} characters: too many for a citation or a number."),
                accepted=N_("Accepted: at most {limit} characters. A classified item has no content here."),
                facts={"size": len(value), "limit": SHORT_TEXT},
            )


def _period(column: Column) -> Iterator[Problem]:
    if not column.update_within:
        return
    try:
        Period.parse(column.update_within)
    except InputError as error:
        yield Problem(where="", path="update_within", message=N_("This is not a period."), accepted=error.hint)


def checks_for(cls: type, subcategories: Mapping[str, SubCategory]) -> tuple[Check, ...]:
    """What the fields of ``cls`` must be to each other."""
    found = list(_ranges(cls))
    if cls in ORDERED:
        found.append(_ordered(*ORDERED[cls]))
    if cls is InformationItem:
        found += [_content_of_category, _subcategories(subcategories)]
    elif cls is ClassifiedItem:
        found.append(_short_texts)
    elif cls is Column:
        found.append(_period)
    return tuple(found)
