"""What a rule may ask besides its dossier: the day, the law, the calendar, its parameters. Never the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

from govopen.calendars.port import Calendar
from govopen.errors import RuleError
from govopen.model.base import Record
from govopen.model.units import Unit
from govopen.policy.library import Library
from govopen.policy.matter import Provision

__all__ = ["Context", "Dossier"]

R = TypeVar("R", bound=Record)
S = TypeVar("S", bound=Record)
T = TypeVar("T")

_DAY = dt.timedelta(days=1)


class Dossier(Generic[R]):
    """A root record, its unit, and the related records that the rule declared it reads.

    Attributes:
        record: The root record.
        unit: The unit obliged.
    """

    __slots__ = ("_derived", "_related", "record", "unit")

    def __init__(self, record: R, unit: Unit, related: Mapping[type[Record], Sequence[Record]]) -> None:
        self.record = record
        self.unit = unit
        self._related = related
        self._derived: dict[Callable[[R], Any], Any] | None = None

    def derived(self, make: Callable[[R], T]) -> T:
        """What the function makes of the record, made once for all rules. It has to be pure."""
        if self._derived is None:
            self._derived = {}
        if make not in self._derived:
            self._derived[make] = make(self.record)
        return cast(T, self._derived[make])

    def related(self, cls: type[S]) -> Sequence[S]:
        """The related records of that class, ordered by identifier; those whose act lies after the as-of date are not
        among them.

        Raises:
            RuleError: No rule declared that it reads them.
        """
        try:
            return cast(Sequence[S], self._related[cls])
        except KeyError:
            raise RuleError(
                "A rule reads {cls} records of a {root}, but does not declare it.",
                hint="Add Reads({cls}, by=...) to the rule's reads.",
                cls=cls.__name__,
                root=type(self.record).__name__,
            ) from None


class Context:
    """The legal day and everything that depends on it, for one rule on one unit.

    It notes for which as-of dates the answers given so far hold: ``holds_since`` to ``holds_until``, inclusive,
    ``None`` where nothing bounds them.

    Attributes:
        as_of: The legal day.
        calendar: The working days of the unit's jurisdiction.
        parameters: The rule's parameters, by name.
        detailed: Whether passes should say what they measured; building a :class:`~govopen.rules.results.Passed` for
            each of a million records is only worth it when somebody reads them.
        unverified: The provisions used whose text nobody has verified.
    """

    __slots__ = (
        "_provisions",
        "as_of",
        "calendar",
        "detailed",
        "holds_since",
        "holds_until",
        "library",
        "parameters",
        "unverified",
    )

    def __init__(
        self,
        *,
        as_of: dt.date,
        library: Library,
        calendar: Calendar,
        parameters: Mapping[str, Any] | None = None,
        detailed: bool = False,
    ) -> None:
        self.as_of = as_of
        self.library = library
        self.calendar = calendar
        self.parameters: Mapping[str, Any] = parameters or {}
        self.detailed = detailed
        self.holds_since: dt.date | None = None
        self.holds_until: dt.date | None = None
        self.unverified: set[str] = set()
        self._provisions: dict[tuple[str, dt.date], Provision] = {}

    def matter(self, name: str, on: dt.date) -> Provision:
        """The provision of matter ``name`` for an act of the day ``on``.

        Raises:
            NotComputable: None was in force.
        """
        key = (name, on)
        provision = self._provisions.get(key)
        if provision is None:
            provision = self._provisions[key] = self.library.matter(name).on(on)
            if not provision.verified:
                self.unverified.add(name)
        return provision

    def due(self, start: dt.date, working_days: int) -> dt.date:
        """The last day of a period of working days that starts on ``start``, which is not counted.

        Raises:
            NotComputable: The calendar does not reach that far.
        """
        return self.calendar.add_working_days(start, working_days)

    def past(self, due: dt.date) -> bool:
        """Whether a period that ends on ``due`` is over: the day itself still counts."""
        if self.as_of > due:
            self._note_since(due + _DAY)
            return True
        self._note_until(due)
        return False

    def known(self, day: dt.date | None) -> bool:
        """Whether something dated ``day`` has happened by the as-of date; no date: it has not been recorded."""
        if day is None:
            return False
        if day <= self.as_of:
            self._note_since(day)
            return True
        self._note_until(day - _DAY)
        return False

    def latest(self, days: Iterable[dt.date | None]) -> dt.date | None:
        """The latest of ``days`` that has come by the as-of date."""
        return max((day for day in days if day is not None and self.known(day)), default=None)

    def _note_since(self, day: dt.date) -> None:
        if self.holds_since is None or day > self.holds_since:
            self.holds_since = day

    def _note_until(self, day: dt.date) -> None:
        if self.holds_until is None or day < self.holds_until:
            self.holds_until = day
