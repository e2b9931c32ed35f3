"""The screeners that are always asked. A plugin adds its own; none can be left out."""

from __future__ import annotations

from typing import Protocol

from govopen.clearance.screeners.bank import BankCards
from govopen.clearance.screeners.base import FindingCode
from govopen.clearance.screeners.credit import BusinessCodes
from govopen.clearance.screeners.drafts import UnresolvedDrafts
from govopen.clearance.screeners.hidden import HiddenContent
from govopen.clearance.screeners.identity import IdentityNumbers
from govopen.clearance.screeners.markings import SecrecyMarkings
from govopen.clearance.screeners.mobile import MobileNumbers
from govopen.clearance.screeners.unreadable import Unreadable
from govopen.clearance.screening import Screener

__all__ = ["SCREENERS", "BuiltInScreener"]


class BuiltInScreener(Screener, Protocol):
    """A screener that lists what it can find."""

    @property
    def codes(self) -> tuple[FindingCode, ...]:
        """What it can find."""


SCREENERS: tuple[BuiltInScreener, ...] = (
    SecrecyMarkings(),
    IdentityNumbers(),
    MobileNumbers(),
    BankCards(),
    BusinessCodes(),
    UnresolvedDrafts(),
    HiddenContent(),
    Unreadable(),
)
"""What is built in, by name."""

REQUIRED: frozenset[str] = frozenset(screener.name for screener in SCREENERS)
"""Names of the screeners without whose verdict nothing is cleared."""
