"""Hypothesis strategies: records of every type, histories of workflows, discretion tables, calendars.

* :func:`records`: any record that an import would take, lawful or not;
* :func:`compliant`: a record that keeps every built-in rule, with what it needs to be judged;
* :func:`defective`: one with a single named defect, and the rule that finds it (:func:`defects` names them);
* :func:`histories`: steps of a workflow that the law of their days allows;
* :func:`tables`, :func:`calendars`.

What fails shrinks to few records with short texts and early days. Needs the ``hypothesis`` package (the extra
``testing``), which govopen itself does not.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar, cast

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from govopen.calendars.table import TableCalendar, weekday_flags
from govopen.errors import InputError
from govopen.interchange.checks import CLASSIFIED_TOKEN, DIGESTS, ORDERED, RANGES
from govopen.interchange.fields import Field, fields_of
from govopen.model.base import Record
from govopen.model.catalog import CONTENT_FIELDS, Category, InformationItem
from govopen.model.classification import ClassifiedItem
from govopen.model.discretion import DiscretionTable
from govopen.model.website import Column
from govopen.testing.compliant import law
from govopen.testing.defects import defects_of
from govopen.testing.drawing import Drawn, drawn_compliant, drawn_defective
from govopen.testing.histories import History, drawn_histories
from govopen.testing.table_strategies import documents
from govopen.testing.values import dates, decimals, identifiers, texts

__all__ = [
    "calendars",
    "compliant",
    "defective",
    "defects",
    "histories",
    "records",
    "tables",
]

_R = TypeVar("_R", bound=Record)


def records(cls: type[_R], **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[_R]:
    """Records of a class, from the types of its fields.

    Args:
        cls: The record class; a plugin's as well, as far as its fields are of the kinds that govopen's own have.
        fixed: Strategies for fields by name, instead of the generic ones. What they give stays as it is.

    Raises:
        InputError: The class has no field of such a name.
    """
    return cast("st.SearchStrategy[_R]", _values(cls, fixed))


def compliant(cls: type[_R], *, as_of: dt.date | None = None) -> st.SearchStrategy[Drawn[_R]]:
    """Records of a class of govopen's own that keep every built-in rule, each with its unit, day and related records.

    Args:
        cls: The record class.
        as_of: The legal day to look at them. Default: drawn, under the law of 2007 or of 2019.

    Raises:
        InputError: When drawn: the class is none of govopen's own, or the day is one for which nothing is drawn: before
            May 2011, or so late that a period would end beyond the calendar.
    """
    _warm_up()
    return drawn_compliant(cls, as_of)


def defective(cls: type[_R], defect: str | None = None) -> st.SearchStrategy[Drawn[_R]]:
    """Records with one defect, and the rule that finds it.

    No other rule objects, but for those in ``also`` of what is drawn: they can decide nothing any more.

    Args:
        cls: The record class.
        defect: Its name (``index_number:CAT002``), or the code of the rule that finds it (``CAT002``: the first of its
            defects). Default: any.

    Raises:
        InputError: When drawn: there is no such defect of that class.
    """
    _warm_up()
    defects_of(cls)
    return drawn_defective(cls, defect)


def defects(cls: type[Record]) -> Mapping[str, str]:
    """The defects that :func:`defective` can draw: from the name to the code of the rule that finds it.

    Empty for classes that no built-in rule judges by themselves.
    """
    return {name: defect.rule for name, defect in defects_of(cls).items()}


def histories(workflow: str, *, max_steps: int = 8) -> st.SearchStrategy[History[Any]]:
    """Lawful histories of ``disclosure``, ``secrecy`` or ``request``: steps, who took them, when, and the record.

    Args:
        workflow: Name of the workflow.
        max_steps: At most so many steps.

    Raises:
        InputError: When drawn: there is no such workflow.
    """
    _warm_up()
    return drawn_histories(workflow, max_steps=max_steps)


def tables() -> st.SearchStrategy[DiscretionTable]:
    """Discretion tables that compile, of every kind of input and outcome; complete and disjoint only by chance."""
    return documents(ambiguous=False)


@st.composite
def calendars(draw: st.DrawFn, first: dt.date = dt.date(2024, 1, 1), days: int = 400) -> TableCalendar:
    """Calendars of ``days`` days from ``first`` on: weekdays are worked, but for some, and some weekend days are too.

    There is a working day among any fourteen. Past its coverage a calendar has no answer.
    """
    flags = weekday_flags(first, first + dt.timedelta(days=days - 1))
    for place in draw(st.sets(st.integers(0, days - 1), max_size=40)):
        flags[place] ^= 1
    for start in range(days - 13):
        if not any(flags[start : start + 14]):
            flags[start + 13] = 1
    return TableCalendar(name="drawn", version="1", first=first, flags=flags)


def _warm_up() -> None:
    """Read the law now: Hypothesis measures how long drawing takes, and the first example would look too slow."""
    law()


def _values(cls: type, fixed: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    names = [field.name for field in fields_of(cls)]
    if unknown := sorted(set(fixed) - set(names)):
        raise InputError(
            "{cls} has no field {name}.",
            hint="Known: {known}.",
            cls=cls.__name__,
            name=unknown[0],
            known=", ".join(names),
        )
    if cls is InformationItem and "category" not in fixed:
        # A content that was fixed is of one category.
        of = [category for category, contents in CONTENT_FIELDS.items() if fixed.keys() & set(contents)]
        fixed |= {"category": st.sampled_from(of)} if of else {}
    strategies = {field.name: fixed[field.name] if field.name in fixed else _of(cls, field) for field in fields_of(cls)}
    return st.builds(cls, **strategies).map(_repair(cls, frozenset(fixed)))


def _of(cls: type, field: Field) -> st.SearchStrategy[Any]:
    if cls is InformationItem and field.name == "subcategory":
        # Known only if a plugin brings it.
        return st.just("")
    if cls is Column and field.name == "update_within":
        return st.from_regex(r"[1-9][0-9]?(wd|d|m|y)", fullmatch=True) | st.just("")
    single = _single(cls, field)
    if field.many:
        single = st.lists(single, max_size=3).map(tuple)
    elif field.kind is str and field.default == "":
        single = single | st.just("")
    return single | st.none() if field.optional else single


def _single(cls: type, field: Field) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one return for each kind
    kind = field.kind
    if field.name in DIGESTS.get(cls, ()):
        return st.binary(min_size=32, max_size=32).map(bytes.hex)
    if cls is ClassifiedItem and kind is str and field.name != "unit":
        # Nothing that could be a title: a citation is one of the things its basis may be, and a token too.
        return st.just("secrets-2010:15") if field.name == "basis" else st.from_regex(CLASSIFIED_TOKEN, fullmatch=True)
    if kind is str:
        if field.term.text or field.term.personal:
            return texts()
        return identifiers()
    if kind in (int, Decimal):
        least, greatest = RANGES.get(cls, {}).get(field.name, (0, None))
        return st.integers(least, 10**6 if greatest is None else greatest) if kind is int else decimals()
    if issubclass(kind, enum.Enum):
        return st.sampled_from(list(kind))
    if attrs.has(kind):
        return st.deferred(lambda: _values(kind, {}))
    simple: dict[type, Callable[[], st.SearchStrategy[Any]]] = {bool: st.booleans, dt.date: dates}
    return simple[kind]() if kind in simple else st.from_type(kind)


def _repair(cls: type, fixed: frozenset[str]) -> Callable[[Any], Any]:
    """What makes fields fit each other that were drawn apart; those that the caller fixed stay."""

    def repair(value: Any) -> Any:
        if cls in ORDERED:
            first, second = ORDERED[cls]
            since, until = getattr(value, first), getattr(value, second)
            if since is not None and until is not None and until < since:
                # Both fixed so that they contradict: there is no such record.
                assume(not {first, second} <= fixed)
                if second in fixed:
                    late = {first: until}
                else:
                    late = {second: since} if first in fixed else {first: until, second: since}
                value = attrs.evolve(value, **late)
        if isinstance(value, InformationItem):
            value = _with_right_content(value, fixed)
        return value

    return repair


def _with_right_content(item: InformationItem, fixed: frozenset[str]) -> InformationItem:
    right = {*CONTENT_FIELDS[item.category or Category.OTHER], *fixed}
    contents = [name for names in CONTENT_FIELDS.values() for name in names if name not in right]
    return attrs.evolve(item, **cast("dict[str, Any]", dict.fromkeys(contents)))
