"""A source of records in a dictionary, an invented instrument, and rules made on the spot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest

from govopen.calendars.china import china_calendar
from govopen.checking.engine import Checker
from govopen.checking.result import CheckReport
from govopen.checking.settings import CheckSettings, InstrumentSettings
from govopen.model.base import Record, RecordType
from govopen.model.catalog import InformationItem
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Unit
from govopen.policy.citation import Citation
from govopen.policy.instrument import (
    Body,
    Check,
    Clause,
    Effect,
    Force,
    Instrument,
    InstrumentKind,
    Obligation,
    Overtaken,
)
from govopen.policy.library import Library
from govopen.rules import samples
from govopen.rules.base import Case, FoldRule, RecordRule, Rule, Severity
from govopen.texts import Text

CASE = Case(Text("例", "example"), (samples.item(),), samples.YEAR_END)
ANY = Text("有", "something")


class Records:
    """A source over records in memory."""

    def __init__(self, records: Iterable[Record], opaque: Mapping[str, int] | None = None) -> None:
        self._types: dict[type[Record], RecordType] = {entry.cls: entry for entry in RECORD_TYPES}
        self._records = sorted(records, key=lambda record: record.id)
        self._opaque = opaque or {}

    def units(self) -> Iterator[Unit]:
        return (record for record in self._records if isinstance(record, Unit))

    def read(self, cls: type[Any], unit_id: str) -> Iterator[Any]:
        unit_of = self._types[cls].unit_of
        return (record for record in self._records if type(record) is cls and unit_of(record) == unit_id)

    def read_by(self, cls: type[Any], field: str, unit_id: str) -> Iterator[tuple[str, Any]]:
        found = [(getattr(record, field), record) for record in self.read(cls, unit_id) if getattr(record, field)]
        return iter(sorted(found, key=lambda pair: (pair[0], pair[1].id)))

    def opaque(self) -> Mapping[str, int]:
        return self._opaque


def _obligation(number: int, **about: Any) -> Obligation:
    whole = {"force": Force.SHALL, "check": Check.AUTO, "area": "catalog", "text": ANY} | about
    return Obligation(id=f"o{number}", **whole)


def _later(effect: Effect, **about: Any) -> tuple[Overtaken, ...]:
    return (
        Overtaken(
            by=Citation("city-2012", "2"), since=dt.date(2015, 1, 1), effect=effect, note=ANY, verified=True, **about
        ),
    )


INSTRUMENT = Instrument(
    id="city-2012",
    kind=InstrumentKind.PLAN,
    title=ANY,
    issuer=ANY,
    document_number="市办〔2012〕1号",
    issued_on=dt.date(2012, 1, 1),
    in_force_from=dt.date(2012, 1, 1),
    in_force_until=dt.date(2030, 12, 31),
    planned_until=dt.date(2020, 12, 31),
    jurisdiction="CN-44",
    complete=True,
    verified=True,
    source="invented",
    bodies={
        "departments": Body(name=ANY, kinds=frozenset({"department"})),
        "enforcers": Body(name=ANY, roles=frozenset({"enforcement_body"})),
    },
    clauses=(
        Clause(
            id="1",
            heading=ANY,
            gist=ANY,
            bodies=("departments",),
            obliges=True,
            obligations=(
                _obligation(1),
                _obligation(2, force=Force.PROMOTE),
                _obligation(3, force=Force.IF_ABLE, area="website"),
                _obligation(4, due=dt.date(2013, 6, 30)),
                _obligation(5, overtaken=_later(Effect.ENDED)),
                _obligation(6, overtaken=_later(Effect.CHANGED)),
                _obligation(7, bodies=("enforcers",)),
                _obligation(8, overtaken=_later(Effect.REPLACED, bodies=("enforcers",))),
            ),
        ),
        Clause(id="2", heading=ANY, gist=ANY),
        Clause(id="2.1", heading=ANY, gist=ANY, bodies=("departments",), obliges=True, obligations=(_obligation(1),)),
    ),
)


@pytest.fixture
def records() -> type[Records]:
    return Records


@pytest.fixture
def a_rule() -> Callable[..., RecordRule]:
    """A rule about items (unless ``subject`` says otherwise) that answers the first obligation."""

    def make(check: Callable[..., Any], code: str = "TST001", answers: Any = ("city-2012:1/o1",), **about: Any) -> Any:
        whole = {
            "name": code.lower(),
            "title": ANY,
            "subject": InformationItem,
            "severity": Severity.SERIOUS,
            "rationale": ANY,
            "remedy": ANY,
            "messages": {"bad": Text("坏{n}", "bad {n}"), "known": ANY},
            "valid": (CASE,),
            "invalid": (CASE,),
        } | about
        kind = FoldRule if "over" in whole else RecordRule
        return kind(code=code, answers=answers, check=check, **whole)

    return make


@pytest.fixture
def checker() -> Callable[..., Checker]:
    """A checker of rules under the invented instrument."""

    def make(
        *rules: Rule,
        jurisdiction: str = "",
        continues: bool | None = None,
        instruments: tuple[InstrumentSettings, ...] | None = None,
        **settings: Any,
    ) -> Checker:
        own = InstrumentSettings(id="city-2012", jurisdiction=jurisdiction, continues=continues)
        return Checker(
            rules=rules,
            types=RECORD_TYPES,
            library=Library.build([INSTRUMENT], []),
            calendar_for=lambda _: china_calendar(),
            settings=CheckSettings(instruments=(own,) if instruments is None else instruments, **settings),
        )

    return make


@pytest.fixture
def check(checker: Callable[..., Checker]) -> Callable[..., CheckReport]:
    """Check records by rules. Without a unit among the records the exemplary department stands for it."""

    def run(
        rules: Rule | Iterable[Rule],
        *found: Record,
        as_of: dt.date = dt.date(2012, 12, 31),
        under: Mapping[str, Any] | None = None,
        opaque: Mapping[str, int] | None = None,
        **how: Any,
    ) -> CheckReport:
        of_unit = found if any(isinstance(record, Unit) for record in found) else (samples.UNIT, *found)
        return checker(*([rules] if isinstance(rules, Rule) else rules), **(under or {})).check(
            Records(of_unit, opaque),
            as_of=as_of,
            generated_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            **how,
        )

    return run
