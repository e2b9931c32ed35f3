"""The seed of the district, and the records that are made of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs

from govopen.calendars.china import china_calendar
from govopen.model.base import Record
from govopen.model.units import DatedDuty, DatedRole, Duty, Unit, UnitKind

__all__ = ["HERE", "JURISDICTION", "Book", "UnitPlan", "after", "digest", "load", "plans", "working_day"]

R = TypeVar("R", bound=Record)

HERE = Path(__file__).parent
JURISDICTION = "CN-449900"

_CALENDAR = china_calendar()


def after(day: dt.date, working_days: int) -> dt.date:
    """The day so many working days after ``day``, by the calendar that the check uses, too."""
    return _CALENDAR.add_working_days(day, working_days)


def working_day(day: dt.date) -> dt.date:
    """``day`` itself, or the next one on which an office is open."""
    return _CALENDAR.next_working_day(day)


def digest(*parts: str) -> str:
    """A SHA-256 that stands for a text that nobody wrote."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def load(name: str) -> dict[str, Any]:
    """A file of the seed."""
    return tomllib.loads((HERE / "seed" / name).read_text(encoding="utf-8"))


@attrs.frozen(kw_only=True)
class UnitPlan:
    """A unit of the seed: its record and what goes into the records about it."""

    id: str
    name: str
    kind: str
    short: str
    code: str
    duties: list[Any]
    leaders: list[str]
    divisions: list[str]
    functions: str
    address: str
    signers: list[str]
    number: int
    nil: list[str] = attrs.field(factory=list)
    roles: list[list[str]] = attrs.field(factory=list)
    parent: str = ""
    successor: str = ""
    since: dt.date = dt.date(2002, 1, 1)
    until: dt.date | None = None
    site_until: dt.date | None = None

    @property
    def begins(self) -> dt.date:
        """From when it has a site, columns and channels."""
        return working_day(max(self.since, dt.date(2008, 6, 2)))

    def has(self, duty: Duty) -> bool:
        return any(duty == (entry if isinstance(entry, str) else entry[0]) for entry in self.duties)

    def record(self) -> Unit:
        """The unit itself."""
        return Unit(
            id=self.id,
            name=self.name,
            kind=UnitKind(self.kind),
            parent=self.parent,
            jurisdiction=JURISDICTION,
            roles=tuple(DatedRole(role=role, **_dates(days)) for role, *days in self.roles),
            duties=tuple(
                DatedDuty(duty=Duty(name), **_dates(days))
                for name, *days in ([entry] if isinstance(entry, str) else entry for entry in self.duties)
            ),
            since=self.since,
            until=self.until,
            successor=self.successor,
        )


def _dates(days: list[str]) -> Mapping[str, dt.date]:
    """Of ``[since, until]`` in ISO text; what is blank or missing is open."""
    return {name: dt.date.fromisoformat(day) for name, day in zip(("since", "until"), days, strict=False) if day}


def plans() -> list[UnitPlan]:
    """All units, in the order of the seed."""
    return [
        UnitPlan(id=name, number=number, **entry) for number, (name, entry) in enumerate(load("units.toml").items(), 1)
    ]


class Book:
    """All records of the district, by class and identifier."""

    def __init__(self) -> None:
        self._records: dict[type[Record], dict[str, Record]] = {}

    def add(self, *records: Record) -> None:
        for record in records:
            of_class = self._records.setdefault(type(record), {})
            if record.id in of_class:
                raise LookupError(f"{record.id} is there already")
            of_class[record.id] = record

    def get(self, cls: type[R], id_: str) -> R:
        record = self._records[cls][id_]
        assert isinstance(record, cls)
        return record

    def change(self, cls: type[R], id_: str, **changes: Any) -> None:
        self._records[cls][id_] = attrs.evolve(self.get(cls, id_), **changes)

    def remove(self, cls: type[Record], *ids: str) -> None:
        for id_ in ids:
            del self._records[cls][id_]

    def of(self, cls: type[R], *units: str) -> Iterator[R]:
        """Those of ``units`` (default: all), in the order in which they were added."""
        for record in self._records.get(cls, {}).values():
            assert isinstance(record, cls)
            if not units or getattr(record, "unit", record.id) in units:
                yield record
