"""What the fields of one record must be to each other. What the law asks of them is for the rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from govopen.calendars.period import Period
from govopen.errors import InputError, Problem
from govopen.interchange.values import FIRST_YEAR, LAST_YEAR
from govopen.model.assurance import Ability, Evidence, Judgement, NilReturn, Probe
from govopen.model.catalog import CONTENT_FIELDS, InformationItem, SubCategory
from govopen.model.classification import ClassifiedItem
from govopen.model.contents import FeeItem, Outcome
from govopen.model.organisation import Organisation
from govopen.model.requests import Correction, Extension, FeeNotice, RequestChannel, Suspension
from govopen.model.units import DatedDuty, DatedRole, Unit
from govopen.model.website import Column, Publication, Site
from govopen.policy.citation import Citation
from govopen.policy.dates import parse_document_number
from govopen.texts import N_

__all__ = ["CLASSIFIED_TOKEN", "DIGESTS", "ORDERED", "RANGES", "SHORT_TEXT", "Check", "checks_for"]

Check = Callable[[Any], Iterator[Problem]]
"""Yields what is wrong with a value; the problems' paths are relative to it and ``where`` is empty."""

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
    FeeNotice: {"amount_yuan": (0, None)},
}
"""The least and the greatest number that a field can hold."""

DIGESTS: Mapping[type, tuple[str, ...]] = dict.fromkeys((InformationItem, Publication, Evidence), ("digest",))
"""Fields that hold a SHA-256."""

SHORT_TEXT = 60
"""Characters in a text of a classified item: enough for a citation or a number, too few for what is classified."""

CLASSIFIED_TOKEN = f"[0-9A-Za-z._:-]{{1,{SHORT_TEXT}}}"
"""What the identifier of a classified item may be, and the number of the authorisation or of the source: no words."""


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


def _no_words(item: ClassifiedItem) -> Iterator[Problem]:
    """That a classified item says nothing in words: what is classified would fit into any free text."""
    for name, message, accepted, fits in _WORDLESS:
        value = getattr(item, name)
        if value and not (len(value) <= SHORT_TEXT and any(fit(value) for fit in fits)):
            yield Problem(where="", path=name, message=message, accepted=accepted, facts={"limit": SHORT_TEXT})


def _is_token(text: str) -> bool:
    return _TOKEN.fullmatch(text) is not None


def _is_citation(text: str) -> bool:
    try:
        Citation.parse(text)
    except InputError:
        return False
    return True


def _is_number(text: str) -> bool:
    try:
        number = parse_document_number(text)
    except InputError:
        return False
    # An organ's code is a few characters; a sentence with a year in brackets is none.
    return len(number.org_code) <= _ORGAN_CODE and number.seq < _SEQUENCE


_TOKEN = re.compile(CLASSIFIED_TOKEN)
_ORGAN_CODE = 12
_SEQUENCE = 100_000
_WORDLESS = (
    (
        "id",
        N_("The identifier of a classified item holds no words."),
        N_("Accepted: up to {limit} letters a to z, digits and the signs . _ : -"),
        (_is_token,),
    ),
    (
        "basis",
        N_("This is neither a citation nor a document number. A classified item has no content here."),
        N_("Accepted: a citation such as secrets-2010:15, or a document number such as 岭保〔2011〕3号."),
        (_is_citation, _is_number),
    ),
    (
        "authorisation",
        N_("This is neither a document number nor another number. A classified item has no content here."),
        N_("Accepted: a document number such as 岭保〔2011〕3号, or up to {limit} letters a to z, digits, and . _ : -"),
        (_is_number, _is_token),
    ),
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
        found.append(_no_words)
    elif cls is Column:
        found.append(_period)
    return tuple(found)
