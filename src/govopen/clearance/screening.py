"""Screening: what in a text or file may not be shown, and how the findings of all screeners fold to one."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Protocol

import attrs

from govopen.texts import Text

__all__ = ["Hit", "Passage", "Ruling", "Screener", "ScreeningVerdict", "fold"]


class Ruling(enum.IntEnum):
    """What a finding of a screener means; the greatest of all counts.

    ``HOLD`` can be lifted by a named person with a reason, for exactly the content looked at. ``BAR`` cannot.
    """

    PASS = 0
    HOLD = 1
    BAR = 2


@attrs.frozen(kw_only=True)
class Passage:
    """A text to be screened.

    Attributes:
        place: Field or file it stands in: ``title``, ``text``, ``attachments[0]``. Never a file's name.
        text: What it says; ``None``: nobody can read it (a scan, an encrypted file, a file that is not there).
    """

    place: str
    text: str | None


@attrs.frozen(kw_only=True)
class Hit:
    """Something a screener found.

    Attributes:
        code: What it is: ``identity-number``, ``secrecy-marking``, ``unreadable``. Lower case, hyphenated.
        ruling: What it means for clearance.
        place: Where, as in :class:`Passage`.
        start: From which character of the passage.
        end: Up to which character, exclusive.
    """

    code: str
    ruling: Ruling
    place: str
    start: int = 0
    end: int = 0


class Screener(Protocol):
    """Looks for one kind of thing that must not be shown. Pure: the same passage gives the same hits."""

    @property
    def name(self) -> str:
        """Short, fixed, unique: ``identity-numbers``."""

    @property
    def title(self) -> Text:
        """What it looks for, in both languages."""

    def screen(self, passage: Passage) -> Iterable[Hit]:
        """What it finds in a passage. A passage that nobody can read is given to every screener, too."""


@attrs.frozen(kw_only=True)
class ScreeningVerdict:
    """What one screener says of one item, or that it failed.

    Attributes:
        screener: Its name.
        digest: The public digest of the content screened; a verdict on other content counts for nothing.
        hits: What it found; none: it passes the item.
    """

    screener: str
    digest: str
    hits: tuple[Hit, ...] = ()

    @property
    def ruling(self) -> Ruling:
        return max((hit.ruling for hit in self.hits), default=Ruling.PASS)


def fold(verdicts: Iterable[ScreeningVerdict]) -> Ruling:
    """The most restrictive of the verdicts: whoever joins can tighten and never loosen. None at all: nobody looked."""
    found = [verdict.ruling for verdict in verdicts]
    return max(found) if found else Ruling.BAR
