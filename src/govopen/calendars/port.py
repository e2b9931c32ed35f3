"""The calendar port: what every calendar answers, and when it must refuse.

The kit :mod:`govopen.testing.conformance.calendar` tests an implementation against this contract.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from govopen.calendars.overlay import Overlay

__all__ = ["Calendar", "CalendarFactory"]


class Calendar(Protocol):
    """Which days are worked in one jurisdiction, and how to count them.

    A calendar never guesses. A question that touches a day outside :attr:`coverage` raises
    :class:`~govopen.errors.NotComputable`, whose text names the calendar, the day asked about and the coverage. China's
    worked weekends cannot be known before the year's notice, so "Monday to Friday" is a wrong answer, not a rough one.

    All days are dates. A moment must be turned into a date in its own zone first.
    """

    @property
    def name(self) -> str:
        """Short fixed name for messages: ``china``."""

    @property
    def version(self) -> str:
        """The data behind the answers: source, its version, every overlay.

        Stored with each computed date, because a late notice (2015-09-03, Spring Festival 2020) moves dates computed.
        """

    @property
    def coverage(self) -> tuple[dt.date, dt.date]:
        """First and last day that the calendar knows, both inclusive."""

    def is_working_day(self, day: dt.date) -> bool:
        """Whether ``day`` is worked.

        Raises:
            NotComputable: ``day`` is outside the coverage.
        """

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        """The ``n``-th working day after ``day``. ``day`` itself is never counted; for ``n`` 0 it is the answer.

        Raises:
            NotComputable: ``day`` or the answer is outside the coverage.
            InputError: ``n`` is negative.
        """

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """How many working days lie after ``start`` up to and including ``end``.

        Negative when ``end`` is before ``start``: minus the count from ``end`` to ``start``.

        Raises:
            NotComputable: ``start`` or ``end`` is outside the coverage.
        """

    def next_working_day(self, day: dt.date) -> dt.date:
        """``day`` itself if it is worked, else the first working day after it.

        Raises:
            NotComputable: ``day`` or the answer is outside the coverage.
        """


class CalendarFactory(Protocol):
    """What the hook ``govopen_calendars`` gives for a jurisdiction: makes its calendar."""

    def __call__(self, overlays: Sequence[Overlay], /) -> Calendar:
        """The calendar under the ``overlays`` of the workspace; they come in the order of its settings.

        Raises:
            InputError: The overlays do not fit the calendar.
        """
        ...
